from django.apps import AppConfig


class EditorialConfig(AppConfig):
    name = "editorial"

    def ready(self) -> None:
        """Let people who ask for their data hear of their objections too."""
        from comments import mydata  # noqa: PLC0415
        from editorial import raisers  # noqa: PLC0415

        mydata.ROOMS.append(raisers)
