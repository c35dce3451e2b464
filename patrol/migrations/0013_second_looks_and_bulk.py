import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from patrol.migrations import _guards


def guard(apps, schema_editor):
    for table in ("patrol_draw", "patrol_review"):
        schema_editor.execute(_guards.append_only_sql(table), params=None)
    schema_editor.execute(
        _guards.moves_sql(
            "patrol_bulk",
            ("cancelled", "reversed"),
            ("done", "reversed"),
            ("proposed", "cancelled"),
            ("proposed", "refused"),
            ("proposed", "running"),
            ("running", "cancelled"),
            ("running", "done"),
        ),
        params=None,
    )


class Migration(migrations.Migration):
    dependencies = [("patrol", "0012_finding_again")]

    operations = [
        migrations.CreateModel(
            name="Bulk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("outcome", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=40)),
                ("note", models.TextField(blank=True)),
                ("state", models.CharField(max_length=20, verbose_name="state")),
                ("at", models.DateTimeField(verbose_name="begun")),
                ("approved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_note", models.TextField(blank=True)),
            ],
            options={"verbose_name": "bulk decision", "verbose_name_plural": "bulk decisions"},
        ),
        migrations.CreateModel(
            name="BulkEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_version", models.PositiveIntegerField()),
                ("copies", models.PositiveIntegerField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("why", models.CharField(blank=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("day", models.DateField()),
                ("at", models.DateTimeField(verbose_name="drawn")),
            ],
            options={"verbose_name": "drawn for quality", "verbose_name_plural": "quality"},
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=10)),
                ("outcome", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=40)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "review", "verbose_name_plural": "reviews"},
        ),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.AddField(model_name="caseevent", name="article", field=models.CharField(blank=True, max_length=20)),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["opened", "flag_added", "flag_removed", "escalated", "taken", "returned", "note", "message", "closed", "reopened"],
                    )
                ),
                name="case_event_kind",
            ),
        ),
        migrations.AddField(
            model_name="bulk",
            name="approved_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="bulk",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="bulk",
            name="ended_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="bulk",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office", verbose_name="office"
            ),
        ),
        migrations.AddField(
            model_name="bulkentry",
            name="bulk",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="patrol.bulk"),
        ),
        migrations.AddField(
            model_name="bulkentry",
            name="decision",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.decision"),
        ),
        migrations.AddField(
            model_name="bulkentry",
            name="flag",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.flag"),
        ),
        migrations.AddField(
            model_name="draw",
            name="decision",
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="draw", to="patrol.decision"),
        ),
        migrations.AddField(
            model_name="draw",
            name="flag",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="patrol.flag"),
        ),
        migrations.AddField(
            model_name="draw",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office", verbose_name="office"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="review",
            name="draw",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="patrol.draw"),
        ),
        migrations.AddIndex(model_name="bulk", index=models.Index(fields=["office", "-at"], name="bulk_by_office")),
        migrations.AddConstraint(
            model_name="bulk",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "running", "done", "cancelled", "refused", "reversed"])), name="bulk_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulk",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["confirmed", "dismissed", "needs_information"])), name="bulk_outcome"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    _connector="OR",
                ),
                name="bulk_approved_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="bulk",
            constraint=models.CheckConstraint(
                condition=models.Q(("approved_by", None), models.Q(("approved_by", models.F("by")), _negated=True), _connector="OR"),
                name="bulk_two_people",
            ),
        ),
        migrations.AddIndex(model_name="bulkentry", index=models.Index(fields=["bulk", "state", "id"], name="bulk_entry_by_state")),
        migrations.AddConstraint(
            model_name="bulkentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "done", "left", "returned"])), name="bulk_entry_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="bulkentry", constraint=models.UniqueConstraint(fields=("bulk", "flag"), name="bulk_entry_once")
        ),
        migrations.AddIndex(model_name="draw", index=models.Index(fields=["kind", "office", "day"], name="draw_by_office")),
        migrations.AddConstraint(
            model_name="draw", constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["low", "second"])), name="draw_kind")
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision__isnull", True), ("kind", "low")),
                    models.Q(("decision__isnull", False), ("kind", "second")),
                    _connector="OR",
                ),
                name="draw_decision_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(condition=models.Q(("kind", "low")), fields=("flag",), name="draw_low_once"),
        ),
        migrations.AddIndex(model_name="review", index=models.Index(fields=["at"], name="review_at")),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(condition=models.Q(("step__in", ["second", "third"])), name="review_step"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["confirmed", "dismissed", "needs_information", "victim"])), name="review_outcome"
            ),
        ),
        migrations.AddConstraint(model_name="review", constraint=models.UniqueConstraint(fields=("draw", "step"), name="review_step_once")),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
