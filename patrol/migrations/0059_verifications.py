"""When the preserved files were last checked and what was found broken: a row a run, so that a page says no more than the last one saw."""

import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""


def guard(apps, schema_editor):
    for table in ("patrol_verification", "patrol_brokencapture"):
        schema_editor.execute(GUARDS.format(table=table), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0058_letters_of_referrals")]

    operations = [
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("covers", models.DateTimeField()),
                ("records", models.PositiveIntegerField()),
                ("files", models.PositiveIntegerField()),
                ("broken", models.PositiveIntegerField()),
                ("elsewhere", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="BrokenCapture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("capture", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture")),
                (
                    "verification",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="captures", to="patrol.verification"
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("verification", "capture"), name="broken_capture_once")]},
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
