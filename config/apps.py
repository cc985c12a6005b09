from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Let Django know our own checks."""
        from config import checks  # noqa: F401, PLC0415  registers itself


class OurAdmin(AdminConfig):
    """Without tables that nobody here has a use for: the rules of `accounts` keep them."""

    UNUSED = ("auth.Group", "sites.Site", "account.EmailAddress", "mfa.Authenticator")

    def ready(self) -> None:
        super().ready()
        from django.contrib import admin  # noqa: PLC0415  there is no site before

        for label in self.UNUSED:
            admin.site.unregister(apps.get_model(label))


class OurStaticFiles(StaticFilesConfig):
    """Without the files of libraries of which we show no page."""

    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        *("rest_framework", "django_comments_xtd"),
    )
