from django.db import migrations


def know_who_wrote(apps, schema_editor):
    """Give every earlier comment its participant; what was published before has been read."""
    comments = apps.get_model("comments", "PostComment").objects
    participants = apps.get_model("comments", "Participant").objects
    for comment in comments.iterator(500):
        facts = {"read_at": comment.submit_date} if comment.state == "published" else {}
        if comment.user_id:
            facts["participant"], _made = participants.get_or_create(person_id=comment.user_id)
            facts["confirmed_at"] = comment.submit_date
        elif comment.user_email:
            email = comment.user_email.lower()
            facts["participant"], _made = participants.get_or_create(guest_email=email)
        if facts:
            comments.filter(pk=comment.pk).update(**facts)


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_the_conversation")]

    operations = [migrations.RunPython(know_who_wrote, migrations.RunPython.noop, elidable=True)]
