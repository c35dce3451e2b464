"""Links are looked at again: the schedule of those asked about, each look, and what a case tells of them.

An event of a case that nobody did has nobody: until now each had somebody, so what was written before fits.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON patrol_linkcheck FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_linkcheck FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0052_flags_near_a_case")]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.PositiveSmallIntegerField(null=True)),
                ("at", models.DateTimeField(verbose_name="looked at")),
                ("outcome", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=30)),
                ("asked_url", models.TextField(blank=True)),
                ("status", models.PositiveSmallIntegerField(null=True)),
            ],
            options={"verbose_name": "look at a link", "verbose_name_plural": "looks at links"},
        ),
        migrations.CreateModel(
            name="LinkSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_at", models.DateTimeField()),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_by_somebody"),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
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
                            "link_down",
                            "link_back",
                        ],
                    )
                ),
                name="case_event_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", True), ("flag__isnull", False), ("kind__in", ["flag_near", "link_down", "link_back"])),
                    models.Q(models.Q(("kind__in", ["flag_near", "link_down", "link_back"]), _negated=True), ("by__isnull", False)),
                    _connector="OR",
                ),
                name="case_event_by_somebody",
            ),
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="capture",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="case",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="link_checks", to="patrol.case"),
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="post",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="link_checks", to="patrol.post"
            ),
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="second_of",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="second", to="patrol.linkcheck"
            ),
        ),
        migrations.AddField(
            model_name="linkschedule",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="linkschedule",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="link_schedules", to="patrol.case"
            ),
        ),
        migrations.AddField(
            model_name="linkschedule",
            name="post",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="link_schedules", to="patrol.post"
            ),
        ),
        migrations.AddField(
            model_name="linkcheck",
            name="schedule",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="patrol.linkschedule"
            ),
        ),
        migrations.AddIndex(
            model_name="linkschedule",
            index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="link_schedule_due"),
        ),
        migrations.AddConstraint(
            model_name="linkschedule", constraint=models.UniqueConstraint(fields=("post", "begun_at"), name="link_schedule_once")
        ),
        migrations.AddIndex(model_name="linkcheck", index=models.Index(fields=["post", "-id"], name="link_check_newest")),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["there", "down", "changed", "unsure"])), name="link_check_outcome"
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "words_found",
                            "other_words",
                            "not_found",
                            "says_gone",
                            "account_gone",
                            "missing",
                            "login_wall",
                            "private",
                            "country_block",
                            "consent",
                            "captcha",
                            "rate_limit",
                            "robots",
                            "refused",
                            "server_error",
                            "timeout",
                            "unreachable",
                            "no_such_host",
                            "redirected_home",
                            "redirected",
                            "no_content",
                            "other_content",
                            "nothing_to_compare",
                            "no_address",
                            "erased",
                        ],
                    )
                ),
                name="link_check_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("schedule__isnull", False), ("step__isnull", False)),
                    models.Q(("schedule__isnull", True), ("step__isnull", True)),
                    _connector="OR",
                ),
                name="link_check_step_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcheck", constraint=models.UniqueConstraint(fields=("schedule", "step"), name="link_check_once_a_step")
        ),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", False), ("schedule__isnull", True), ("second_of__isnull", True)),
                    models.Q(("by__isnull", True), ("schedule__isnull", False), ("second_of__isnull", True)),
                    models.Q(("by__isnull", True), ("schedule__isnull", True), ("second_of__isnull", False)),
                    _connector="OR",
                ),
                name="link_check_asked_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="linkcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("capture__isnull", False),
                        ("outcome", "down"),
                        ("reason__in", ["account_gone", "missing", "not_found", "says_gone"]),
                    ),
                    models.Q(
                        models.Q(("outcome", "down"), _negated=True),
                        models.Q(("reason__in", ["account_gone", "missing", "not_found", "says_gone"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="link_check_down_is_shown",
            ),
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
