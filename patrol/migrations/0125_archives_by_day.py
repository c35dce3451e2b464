"""Archives of pages are found by their day: those that wait for a time stamp (docs/adr/0075)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0128_changes_in_their_order")]

    operations = [
        migrations.AddIndex(
            model_name="capture",
            index=models.Index(fields=["-received_at"], condition=models.Q(("media_type", "application/wacz")), name="capture_archives"),
        )
    ]
