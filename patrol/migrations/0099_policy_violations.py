"""What browsers stopped on our pages, counted by day, page and kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0098_unusual_readings")]

    operations = [
        migrations.CreateModel(
            name="PolicyViolation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("public", models.BooleanField()),
                ("page", models.CharField(blank=True, max_length=200)),
                ("directive", models.CharField(blank=True, max_length=40)),
                ("blocked", models.CharField(blank=True, max_length=120)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("day", "public", "page", "directive", "blocked"), name="policy_violation_once_a_day")
                ]
            },
        )
    ]
