"""Filters of the list of cases that a person keeps, and which cases a filter that tells has told of."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("patrol", "0050_cases_by_words")]

    operations = [
        migrations.CreateModel(
            name="CaseFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("query", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("tells", models.BooleanField(default=False)),
                ("person", models.ForeignKey(on_delete=PROTECT, related_name="case_filters", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [models.UniqueConstraint(fields=("person", "name"), name="case_filter_name_once")],
                "indexes": [models.Index(condition=models.Q(tells=True), fields=["id"], name="case_filter_tells")],
            },
        ),
        migrations.CreateModel(
            name="CaseFitted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.ForeignKey(on_delete=PROTECT, related_name="+", to="patrol.case")),
                ("filter", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="fitted", to="patrol.casefilter")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("filter", "case"), name="case_fitted_once")]},
        ),
    ]
