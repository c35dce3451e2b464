"""Posts by the place they name are found by an index where few name it.

With two million readings it takes a minute, in which no post is read.
"""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models

_PLACES_NAMED = models.Func(
    models.F("claims"), models.Value('$[*] ? (@.kind == "place").value'), function="jsonb_path_query_array", output_field=models.JSONField()
)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0085_warning_cards")]

    operations = [
        migrations.AddIndex(
            "readingclaims", GinIndex(OpClass(_PLACES_NAMED, name="jsonb_path_ops"), name="claims_places_named", fastupdate=False)
        )
    ]
