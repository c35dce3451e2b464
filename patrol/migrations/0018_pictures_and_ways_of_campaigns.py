import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from patrol.migrations import _guards

# Under one band no more stay than are ever looked at, as for every post from now on.
_FEWER = """
WITH ranked AS (
    SELECT post_id, band, row_number() OVER (PARTITION BY band ORDER BY post_id) AS place
    FROM patrol_linkedpost CROSS JOIN LATERAL unnest(text_bands) AS band
), crowded AS (SELECT DISTINCT post_id FROM ranked WHERE place > 16)
UPDATE patrol_linkedpost l SET text_bands = ARRAY(SELECT r.band FROM ranked r WHERE r.post_id = l.post_id AND r.place <= 16)
FROM crowded c WHERE c.post_id = l.post_id
"""


def guard(apps, schema_editor):
    schema_editor.execute(_guards.erasure_of_shown_pictures_sql(), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0017_the_queue_is_counted_by_its_index")]

    operations = [
        migrations.AddField("linkedpost", "ways", models.PositiveSmallIntegerField(default=1)),
        migrations.CreateModel(
            name="ShownPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=32)),
                ("offered", models.JSONField(default=dict)),
                ("bands", django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "post",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="shown", to="patrol.post"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["sha256"], name="shown_picture_file"),
                    models.Index(condition=models.Q(("looked_at", None)), fields=["id"], name="shown_picture_due"),
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["bands"], name="shown_picture_bands"),
                ],
                "constraints": [models.UniqueConstraint(fields=("post", "sha256"), name="shown_picture_once")],
            },
        ),
        migrations.RunSQL(_FEWER, migrations.RunSQL.noop),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
