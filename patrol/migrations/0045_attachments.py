"""Files attached to a case: an append-only table, and the events that tell of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON patrol_caseattachment FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_caseattachment FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0044_joint_leave")]

    operations = [
        migrations.CreateModel(
            name="CaseAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("internal", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "capture",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="attachment", to="patrol.capture"),
                ),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="patrol.case")),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office")),
                ("shown", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture")),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["id"],
                "constraints": [models.CheckConstraint(condition=~models.Q(title=""), name="case_attachment_titled")],
            },
        ),
        migrations.AddField(
            model_name="caseevent",
            name="attachment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="patrol.caseattachment"
            ),
        ),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
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
                    ]
                ),
                name="case_event_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(kind__in=["attached", "attachment_withdrawn"], attachment__isnull=False)
                | ~models.Q(kind__in=["attached", "attachment_withdrawn"]) & models.Q(attachment__isnull=True),
                name="case_event_of_attachment",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent", constraint=models.UniqueConstraint(fields=("attachment", "kind"), name="case_event_attachment_once")
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
