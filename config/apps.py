from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Let Django know our own checks."""
        from config import checks  # noqa: F401, PLC0415  registers itself


class OurStaticFiles(StaticFilesConfig):
    """Without the files of libraries of which we show no page."""

    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        *("rest_framework", "django_comments_xtd", "django_htmx"),
    )
