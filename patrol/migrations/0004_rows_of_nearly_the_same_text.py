import django.contrib.postgres.fields
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from patrol.migrations import _guards


def erase_too(apps, schema_editor):
    schema_editor.execute(_guards.erasure_of_bands_sql(), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0003_points_editions")]

    operations = [
        migrations.AddField(
            model_name="flag",
            name="text_bands",
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None),
        ),
        migrations.AddIndex(model_name="flag", index=GinIndex(fastupdate=False, fields=["text_bands"], name="flag_text_bands")),
        migrations.RunPython(erase_too, migrations.RunPython.noop),
    ]
