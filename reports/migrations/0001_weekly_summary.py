"""Frozen summaries, guarded from the first day: an edition is added, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from patrol.migrations import _guards


def guard(apps, schema_editor):
    schema_editor.execute(_guards.append_only_sql("reports_weeklysummary"), params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = [("patrol", "0002_guards"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="WeeklySummary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("week", models.PositiveSmallIntegerField(verbose_name="week")),
                ("edition", models.PositiveSmallIntegerField(verbose_name="edition")),
                ("figures", models.JSONField(verbose_name="figures")),
                ("register_date", models.DateField(null=True, verbose_name="register as of")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen")),
                ("sha256", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="supervisor's note")),
                ("correction_reason", models.CharField(blank=True, max_length=500, verbose_name="reason of the correction")),
                (
                    "frozen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="frozen by"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summaries",
                        to="patrol.office",
                        verbose_name="office",
                    ),
                ),
            ],
            options={
                "verbose_name": "weekly summary",
                "verbose_name_plural": "weekly summaries",
                "ordering": ["-year", "-week", "-edition", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "year", "week", "edition"), name="summary_edition_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(condition=models.Q(("week__range", (1, 53))), name="summary_week_range"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("correction_reason", ""), ("edition", 1)),
                            models.Q(("edition__gt", 1), models.Q(("correction_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="summary_correction_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="summary_hash_shape"),
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
