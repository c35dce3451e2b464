"""What collected each capture, once for each process; who took or handed on a piece of evidence, with the minutes of it; what a night's
looks at the files came to.

Captures from before keep their own six columns and name no collector.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

KEPT = "".join(
    f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();\n"
    f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();\n"
    for table in ("patrol_collector", "patrol_minutes", "patrol_custodyentry")
)


def guard(apps, schema_editor):
    del apps
    schema_editor.execute(KEPT, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0122_exports_for_peers")]

    operations = [
        migrations.CreateModel(
            name="Collector",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("program", models.TextField()),
                ("commit", models.CharField(blank=True, max_length=40)),
                ("lock_sha256", models.CharField(max_length=64)),
                ("system", models.CharField(max_length=120)),
                ("host", models.CharField(max_length=64)),
                ("clock_source", models.CharField(max_length=40)),
                ("clock_within", models.BigIntegerField(null=True)),
                ("clock_to_database", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CopyNight",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("looked", models.PositiveIntegerField()),
                ("size", models.PositiveBigIntegerField()),
                ("oldest", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CustodyEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("purpose", models.CharField(max_length=40)),
                ("recipient", models.CharField(blank=True, max_length=200)),
                ("found", models.CharField(max_length=20)),
                ("before", models.CharField(blank=True, max_length=64)),
                ("after", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True, verbose_name="number")),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("year", models.PositiveSmallIntegerField()),
                ("count", models.PositiveIntegerField()),
                ("at", models.DateTimeField(verbose_name="at")),
                ("recipient", models.CharField(max_length=200, verbose_name="to whom")),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"verbose_name": "minutes of evidence", "verbose_name_plural": "minutes of evidence"},
        ),
        migrations.AddField(model_name="capture", name="tls_chain", field=models.JSONField(null=True)),
        migrations.AddField(model_name="copycheck", name="missing", field=models.BooleanField(null=True)),
        migrations.AlterField(model_name="capture", name="clock_source", field=models.CharField(blank=True, max_length=40)),
        migrations.AlterField(model_name="capture", name="collector", field=models.TextField(blank=True)),
        migrations.AlterField(model_name="capture", name="host", field=models.CharField(blank=True, max_length=64)),
        migrations.AlterField(model_name="capture", name="lock_sha256", field=models.CharField(blank=True, max_length=64)),
        migrations.AlterField(model_name="capture", name="system", field=models.CharField(blank=True, max_length=120)),
        migrations.AddIndex(model_name="copycheck", index=models.Index(fields=["checked_at"], name="copy_checked_first")),
        migrations.AddIndex(
            model_name="copycheck", index=models.Index(condition=models.Q(("whole", False)), fields=["missing"], name="copy_not_whole")
        ),
        migrations.AddField(
            model_name="capture",
            name="collecting",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.collector"
            ),
        ),
        migrations.AddField(
            model_name="custodyentry",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="custodyentry",
            name="capture",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddField(
            model_name="custodyentry",
            name="office",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office"),
        ),
        migrations.AddField(
            model_name="minutes",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="minutes",
            name="office",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office"),
        ),
        migrations.AddField(
            model_name="minutes",
            name="referral",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="patrol.referral"),
        ),
        migrations.AddField(
            model_name="custodyentry",
            name="minutes",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="patrol.minutes"),
        ),
        migrations.AddIndex(model_name="minutes", index=models.Index(fields=["-at", "-id"], name="minutes_newest")),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["taken", "handed_over"])), name="minutes_kind"),
        ),
        migrations.AddConstraint(
            model_name="minutes", constraint=models.UniqueConstraint(fields=("office", "year", "count"), name="minutes_counted_once")
        ),
        migrations.AddIndex(model_name="custodyentry", index=models.Index(fields=["capture", "id"], name="custody_of_capture")),
        migrations.AddIndex(model_name="custodyentry", index=models.Index(fields=["digest"], name="custody_by_digest")),
        migrations.AddConstraint(
            model_name="custodyentry",
            constraint=models.CheckConstraint(condition=models.Q(("act__in", ["taken", "handed_over", "refused"])), name="custody_act"),
        ),
        migrations.AddConstraint(
            model_name="custodyentry",
            constraint=models.CheckConstraint(condition=models.Q(("found__in", ["whole", "changed", "missing"])), name="custody_found"),
        ),
        migrations.AddConstraint(
            model_name="custodyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "refused"), ("after", ""), ("minutes", None)),
                    models.Q(models.Q(("act", "refused"), _negated=True), ("minutes__isnull", False)),
                    _connector="OR",
                ),
                name="custody_minutes",
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
