"""A flag that joins the campaign or row of a case is told in its timeline by the machine, once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

EVENTS = [
    "opened",
    "flag_added",
    "flag_removed",
    "escalated",
    "taken",
    "passed_on",
    "returned",
    "note",
    "message",
    "kind_set",
    "closed",
    "reopened",
    "attached",
    "attachment_withdrawn",
    "merged",
    "unmerged",
    "task_added",
    "task_assigned",
    "task_due",
    "task_done",
    "task_reopened",
    "task_dropped",
    "flag_near",
]


class Migration(migrations.Migration):
    dependencies = [("patrol", "0051_kept_filters_of_cases")]

    operations = [
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.AlterField(
            model_name="caseevent",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name="caseevent", constraint=models.CheckConstraint(condition=models.Q(kind__in=EVENTS), name="case_event_kind")
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(kind="flag_near"), fields=("case", "flag"), name="case_event_flag_near_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(kind="flag_near") ^ models.Q(by__isnull=False), name="case_event_by_somebody"
            ),
        ),
    ]
