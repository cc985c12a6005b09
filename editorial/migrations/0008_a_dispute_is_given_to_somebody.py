import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def read_names_from_accounts(apps, schema_editor):
    """Whom a dispute was given to was a name in the words of the event; names do not stay there."""
    events = apps.get_model("editorial", "DisputeEvent").objects.filter(kind="assigned")
    people = apps.get_model("accounts", "Person").objects.all()
    for name in set(events.exclude(message="").values_list("message", flat=True)):
        named = list(people.filter(name=name)[:2])
        if named:
            only = named[0] if len(named) == 1 else None
            events.filter(message=name).update(given_to=only, message="")
    events.exclude(actor=None).filter(given_to=None).update(message="")


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("editorial", "0007_addresses_are_confirmed_by_the_mailed_link"),
    ]

    operations = [
        migrations.AddField(
            model_name="disputeevent",
            name="given_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(read_names_from_accounts, migrations.RunPython.noop),
    ]
