"""Summaries of months and quarters beside those of weeks. What was frozen before is of a week: the column's default says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_weekly_summary")]

    operations = [
        migrations.RemoveConstraint(model_name="weeklysummary", name="summary_edition_once"),
        migrations.RemoveConstraint(model_name="weeklysummary", name="summary_week_range"),
        migrations.AlterModelOptions(
            name="weeklysummary",
            options={
                "ordering": ["-year", "kind", "-week", "-edition", "id"],
                "verbose_name": "weekly summary",
                "verbose_name_plural": "weekly summaries",
            },
        ),
        migrations.AddField(
            model_name="weeklysummary",
            name="kind",
            field=models.CharField(db_default="week", default="week", max_length=7, verbose_name="kind"),
        ),
        migrations.AddConstraint(
            model_name="weeklysummary",
            constraint=models.UniqueConstraint(
                fields=("office", "kind", "year", "week", "edition"), name="summary_edition_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="weeklysummary",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "week"), ("week__range", (1, 53))),
                    models.Q(("kind", "month"), ("week__range", (1, 12))),
                    models.Q(("kind", "quarter"), ("week__range", (1, 4))),
                    _connector="OR",
                ),
                name="summary_period_range",
            ),
        ),
    ]
