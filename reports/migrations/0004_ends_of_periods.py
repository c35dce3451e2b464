"""What waited when a week or a month ended. The sweep counts those of the past, too."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_signatures"), ("patrol", "0076_second_signatory")]

    operations = [
        migrations.CreateModel(
            name="QueueEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("waiting", models.PositiveIntegerField()),
                ("oldest_at", models.DateTimeField(null=True)),
                ("late", models.PositiveIntegerField()),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "office"), name="queue_end_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("late", 0), ("oldest_at", None), ("waiting", 0)),
                            models.Q(("late__lte", models.F("waiting")), ("oldest_at__isnull", False), ("waiting__gt", 0)),
                            _connector="OR",
                        ),
                        name="queue_end_of_what_waits",
                    ),
                ]
            },
        )
    ]
