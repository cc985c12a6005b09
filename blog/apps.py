from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BlogConfig(AppConfig):
    name = "blog"

    def ready(self) -> None:
        from blog import receivers  # noqa: PLC0415

        post_migrate.connect(receivers.migrated, sender=self)
