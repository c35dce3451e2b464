"""A case may be merged into another: closed by reference, and taken back by what its closing tells."""

import django.db.models.deletion
from django.db import migrations, models

OUTCOMES = ["acted_upon", "refused", "unfounded", "handed_over", "victim_protected", "merged", "withdrawn", "not_told"]
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
]


class Migration(migrations.Migration):
    dependencies = [("patrol", "0045_attachments")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="case_closed_outcome"),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_outcome"),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="patrol.case"),
        ),
        migrations.AddField(
            model_name="caseevent",
            name="other",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.case"),
        ),
        migrations.AddField(model_name="caseevent", name="told", field=models.JSONField(default=dict)),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(state="closed", outcome__in=OUTCOMES) | (~models.Q(state="closed") & models.Q(outcome="")),
                name="case_closed_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(outcome="merged", merged_into__isnull=False)
                | (~models.Q(outcome="merged") & models.Q(merged_into__isnull=True)),
                name="case_merged_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent", constraint=models.CheckConstraint(condition=models.Q(kind__in=EVENTS), name="case_event_kind")
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(condition=models.Q(outcome__in=["", *OUTCOMES]), name="case_event_outcome"),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=~models.Q(kind__in=["merged", "unmerged"]) & ~models.Q(outcome="merged") | models.Q(other__isnull=False),
                name="case_event_names_the_other",
            ),
        ),
    ]
