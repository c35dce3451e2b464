"""When each preserved copy was last looked at in the night. A row of today replaces the one before: nothing rests on it but what is said."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0061_objections")]

    operations = [
        migrations.CreateModel(
            name="CopyCheck",
            fields=[
                (
                    "capture",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="patrol.capture",
                    ),
                ),
                ("checked_at", models.DateTimeField()),
                ("whole", models.BooleanField()),
            ],
        )
    ]
