"""Who signs the summaries of an office beside their author."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0075_dispatches")]

    operations = [
        migrations.AddField(
            model_name="office",
            name="second_signatory",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="second signatory",
            ),
        )
    ]
