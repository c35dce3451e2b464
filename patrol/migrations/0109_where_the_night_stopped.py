"""A run that is cut goes on where it stopped, in place of walking over all that went before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0106_bounds_of_each_term")]

    operations = [
        migrations.AddField("retentionfigure", "place", models.BigIntegerField(default=0)),
        migrations.AddField("retentionfigure", "failed", models.PositiveIntegerField(default=0)),
    ]
