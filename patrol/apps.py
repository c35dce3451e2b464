"""The two apps Django knows of us."""

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig


class PatrolConfig(AppConfig):
    name = "patrol"
    verbose_name = "SIPatrol"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

        from patrol import celery  # noqa: F401, PLC0415 -- after the apps: tasks need models, checks need settings
        from patrol.access import sign_in  # noqa: PLC0415 -- after the apps: tasks need models, checks need settings
        from patrol.frame import checks  # noqa: F401, PLC0415 -- after the apps: tasks need models, checks need settings

        user_logged_in.connect(sign_in.begin, dispatch_uid="patrol.sign_in.begin")


class WorkbenchConfig(SimpleAdminConfig):
    """The simple one: the pages load with the addresses (patrol.admin.pages), and a process that serves none starts in half the time."""

    default_site = "patrol.admin.site.Workbench"
