from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"

    def ready(self) -> None:
        """Tell the other rooms of the house what is kept here, which they cannot know."""
        from blog import rewording as edits  # noqa: PLC0415
        from comments import mydata  # noqa: PLC0415
        from editorial import advisers, raisers, rewording  # noqa: PLC0415

        mydata.ROOMS += [raisers, advisers]
        edits.ROOMS.append(rewording)
