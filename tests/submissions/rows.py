"""All that the database holds of texts and readings, to compare before with after."""

from typing import Any

from django.apps import apps

Rows = dict[str, list[dict[str, Any]]]


def all_rows() -> Rows:
    """Every row of the project's own tables, by table."""
    models = [
        model
        for label in ("corpus", "submissions")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    return {
        model._meta.db_table: list(model._default_manager.order_by("pk").values())
        for model in models
    }
