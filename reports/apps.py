"""The weekly summaries as an app of their own: on the highest floor, so that nothing below depends on them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = _("Weekly summary")

    def ready(self) -> None:
        from reports import checks  # noqa: F401, PLC0415 -- registers itself
