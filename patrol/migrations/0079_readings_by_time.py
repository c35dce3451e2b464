"""What was read in a time is found by a few pages of index, without a look at all readings there are."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("patrol", "0078_telling")]

    operations = [migrations.AddIndex("reading", BrinIndex(fields=["read_at"], autosummarize=True, name="reading_read_at"))]
