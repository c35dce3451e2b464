"""Nobody ever wrote how far our clock is from another one; what the platform's clock said stands in the answer's headers (Date)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("patrol", "0038_many_take_two")]

    operations = [migrations.RemoveField("capture", "clock_offset_ms")]
