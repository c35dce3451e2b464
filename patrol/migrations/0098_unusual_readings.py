"""Reading that stood out of a week, and what became of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0097_what_a_person_decided_today")]

    operations = [
        migrations.CreateModel(
            name="UnusualReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(max_length=20)),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("usual", models.PositiveIntegerField()),
                ("found_at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "unusual reading",
                "verbose_name_plural": "unusual reading",
                "indexes": [models.Index(fields=["-found_at", "-id"], name="unusual_newest")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("why__in", ["much", "outside", "others", "own"])), name="unusual_why"),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["", "explained", "asked", "passed_on"])), name="unusual_reason"
                    ),
                    models.UniqueConstraint(fields=("person", "day", "why"), name="unusual_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("reason", "")),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="unusual_closed_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closed_by", models.F("person")), _negated=True), name="unusual_closed_by_another"
                    ),
                ],
            },
        )
    ]
