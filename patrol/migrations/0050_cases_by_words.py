"""The words cases are searched by. Filled by the sweep, from the timeline."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("patrol", "0049_clock_of_a_case")]

    operations = [
        migrations.CreateModel(
            name="CaseWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField()),
                ("events", models.PositiveIntegerField()),
                ("case", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="words", to="patrol.case")),
                ("office", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="patrol.office")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "office"), name="case_words_once", nulls_distinct=False)],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["words"], name="case_words_trigrams", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        migrations.AddIndex("case", models.Index(fields=["-opened_at", "-id"], name="case_newest")),
    ]
