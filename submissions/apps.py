"""How a text comes in and is read."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SubmissionsConfig(AppConfig):
    name = "submissions"

    def ready(self) -> None:
        from submissions import guards

        pre_migrate.connect(guards.lift, sender=self, dispatch_uid="lift-guards")
        post_migrate.connect(guards.install, sender=self, dispatch_uid="install-guards")
