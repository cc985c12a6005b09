"""All rows of the site, to see that something changed all of them or none."""

from typing import Any

from django.apps import apps

WATCHED = ("accounts", "blog", "comments", "editorial", "django_tasks_database")
Everything = dict[str, list[dict[str, Any]]]


def everything() -> Everything:
    """All rows of the site."""
    models = [model for app in WATCHED for model in apps.get_app_config(app).get_models()]
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models
    }
