import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from patrol.migrations import _guards


def guard(apps, schema_editor):
    for sql in (
        _guards.append_only_sql("patrol_erasurerequest"),
        _guards.append_only_sql("patrol_erasureanswer"),
        _guards.erasure_by_two_sql(),
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0024_older_versions")]

    operations = [
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("reason", models.CharField(max_length=20)),
                ("ground", models.TextField(verbose_name="legal ground")),
                ("versions", models.PositiveIntegerField()),
                ("files", models.PositiveIntegerField()),
                ("at", models.DateTimeField(verbose_name="asked")),
                ("until", models.DateTimeField(verbose_name="runs out")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("post", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="erasure_requests", to="patrol.post")),
            ],
            options={"verbose_name": "request to erase", "verbose_name_plural": "requests to erase"},
        ),
        migrations.CreateModel(
            name="ErasureAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="patrol.erasurerequest"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="erasure",
            name="request",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="patrol.erasurerequest"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="erasure",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="patrol.erasurerequest"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.CheckConstraint(condition=models.Q(("until__gt", models.F("at"))), name="erasure_request_runs_out"),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.CheckConstraint(condition=models.Q(("ground", ""), _negated=True), name="erasure_request_ground"),
        ),
        migrations.AddConstraint(
            model_name="erasureanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["approved", "refused", "withdrawn", "ran_out"])), name="erasure_answer_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasureanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by__isnull", True), ("kind", "ran_out")),
                    models.Q(models.Q(("kind", "ran_out"), _negated=True), ("by__isnull", False)),
                    _connector="OR",
                ),
                name="erasure_answer_by_somebody",
            ),
        ),
        migrations.RemoveConstraint(model_name="campaignevent", name="campaign_event_kind"),
        migrations.AddConstraint(
            model_name="campaignevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "proposed",
                            "confirmed",
                            "named",
                            "tie_confirmed",
                            "tie_cut",
                            "split",
                            "merged",
                            "unmerged",
                            "dissolved",
                            "decided",
                            "decision_reversed",
                            "case_opened",
                        ],
                    )
                ),
                name="campaign_event_kind",
            ),
        ),
        migrations.RemoveConstraint(model_name="postmark", name="post_mark_kind"),
        migrations.AddConstraint(
            model_name="postmark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["bank_account", "phone", "account", "link", "picture", "text", "author", "handle", "email", "agency"])
                ),
                name="post_mark_kind",
            ),
        ),
        migrations.RemoveConstraint(model_name="tie", name="tie_kind"),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["bank_account", "phone", "account", "link", "picture", "text", "author", "handle", "email"])
                ),
                name="tie_kind",
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
