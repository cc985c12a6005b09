from django.apps import AppConfig
from django.db.models.signals import post_save, pre_delete


class EditorialConfig(AppConfig):
    name = "editorial"

    def ready(self) -> None:
        """Tell the other rooms of the house what is kept here, which they cannot know."""
        from blog import rewording as edits  # noqa: PLC0415
        from comments import mydata, rooms  # noqa: PLC0415
        from editorial import (  # noqa: PLC0415
            advisers,
            following_comments,
            raisers,
            receivers,
            rewording,
            told_readers,
        )

        mydata.ROOMS += [raisers, advisers, told_readers]
        rooms.ROOMS.append(following_comments)
        edits.ROOMS.append(rewording)
        post_save.connect(receivers.person_saved, sender="accounts.Person")
        pre_delete.connect(receivers.person_leaves, sender="accounts.Person")
