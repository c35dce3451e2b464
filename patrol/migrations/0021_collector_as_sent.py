"""The User-Agent as it was sent: an office's contact has no length of ours. Text for a shorter varchar rewrites no row."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0020_erased_files")]

    operations = [migrations.AlterField(model_name="capture", name="collector", field=models.TextField())]
