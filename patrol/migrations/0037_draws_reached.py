"""Drawing for quality goes on where it stood: behind the last day that was drawn, and behind decisions too old to be drawn."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("patrol", "0036_looks_and_words")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO patrol_reached (name, row)"
            # The number of a day as Python counts: 1 January of the year 1 is 1.
            " SELECT 'low', max(day) - date '0001-01-01' + 1 FROM patrol_draw WHERE kind = 'low' HAVING count(*) > 0"
            " UNION ALL"
            " SELECT 'second', max(id) FROM patrol_decision WHERE at < now() - interval '3 days' HAVING count(*) > 0",
            migrations.RunSQL.noop,
        )
    ]
