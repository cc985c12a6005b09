from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete, pre_save


class CommentsConfig(AppConfig):
    name = "comments"

    def ready(self) -> None:
        """Switch off what django-comments-xtd does on save: it would publish held replies."""
        from django_comments_xtd.models import publish_or_unpublish_on_pre_save  # noqa: PLC0415

        from comments import mydata, receivers, writers  # noqa: PLC0415

        mydata.ROOMS.append(writers)
        pre_save.disconnect(publish_or_unpublish_on_pre_save, sender="comments.PostComment")
        post_save.connect(receivers.person_saved, sender="accounts.Person")
        pre_delete.connect(receivers.person_leaves, sender="accounts.Person")
        pre_delete.connect(receivers.participant_leaves, sender="comments.Participant")
        post_save.connect(receivers.publication_saved, sender="blog.Publication")
