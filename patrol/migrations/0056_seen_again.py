"""What a referral asked about and is seen again under another name: found by the machine, answered by a person; both append-only."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""
BY_NOBODY = ["flag_near", "link_down", "link_back", "seen_again"]
CASE_EVENTS = [
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
    "article_added",
    "article_removed",
    "ticked",
    "unticked",
    "referred",
    "came_back",
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
    "link_down",
    "link_back",
    "seen_again",
    "not_again",
]
REFERRAL_EVENTS = [
    "drafted",
    "changed",
    "submitted",
    "sent_back",
    "approved",
    "packet_taken",
    "sent",
    "received",
    "contact_failed",
    "no_response",
    "answered",
    "replied",
    "withdrawn",
    "came_back",
    "not_again",
]


def guard(apps, schema_editor):
    for table in ("patrol_comeback", "patrol_comebackanswer"):
        schema_editor.execute(GUARDS.format(table=table), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0055_referrals")]

    operations = [
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_by_somebody"),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.RemoveConstraint(model_name="referralevent", name="referral_event_kind"),
        migrations.AddConstraint(
            model_name="caseevent", constraint=models.CheckConstraint(condition=models.Q(("kind__in", CASE_EVENTS)), name="case_event_kind")
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", True), ("flag__isnull", False), ("kind__in", BY_NOBODY)),
                    models.Q(models.Q(("kind__in", BY_NOBODY), _negated=True), ("by__isnull", False)),
                    _connector="OR",
                ),
                name="case_event_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="referralevent",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", REFERRAL_EVENTS)), name="referral_event_kind"),
        ),
        migrations.CreateModel(
            name="ComeBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("ties", models.JSONField()),
                ("flag", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="come_backs", to="patrol.flag")),
                (
                    "referral",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="come_backs", to="patrol.referral"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("referral", "flag"), name="come_back_once")]},
        ),
        migrations.CreateModel(
            name="ComeBackAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("come_back", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="patrol.comeback")),
                (
                    "following",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.referral"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("outcome__in", ["asked", "other"])), name="come_back_outcome"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("following__isnull", False), ("outcome", "asked")),
                            models.Q(("following", None), ("outcome", "other"), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="come_back_answered",
                    ),
                ]
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
