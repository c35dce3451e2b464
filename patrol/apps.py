"""The two apps Django knows of us."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PatrolConfig(AppConfig):
    name = "patrol"
    verbose_name = "SIPatrol"

    def ready(self) -> None:
        from patrol import celery, checks  # noqa: F401, PLC0415 -- after the apps: tasks need models, checks need settings


class WorkbenchConfig(AdminConfig):
    default_site = "patrol.admin.site.Workbench"
