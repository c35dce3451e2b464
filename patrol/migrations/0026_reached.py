"""One table says how far a work has come that goes through rows in the order of their ids; words of posts move into it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0025_erasing_by_two")]

    operations = [
        migrations.CreateModel(
            name="Reached",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("row", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RunSQL(
            "INSERT INTO patrol_reached (name, row) SELECT 'words', reading_id FROM patrol_wordsmark", migrations.RunSQL.noop
        ),
        migrations.DeleteModel(name="WordsMark"),
    ]
