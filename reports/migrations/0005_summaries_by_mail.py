"""Who wants which summaries by mail, and up to which Monday the supervisors of an office were told of the draft."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_ends_of_periods"), ("patrol", "0075_dispatches")]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=10)),
                ("office", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("what__in", ["draft", "edition"])), name="subscription_what"),
                    models.UniqueConstraint(fields=("person", "what", "office"), name="subscription_once", nulls_distinct=False),
                ]
            },
        ),
        migrations.CreateModel(
            name="Monday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("office", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("office",), name="monday_once", nulls_distinct=False)]},
        ),
    ]
