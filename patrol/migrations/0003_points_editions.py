import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from patrol.migrations import _guards


def guard(apps, schema_editor):
    schema_editor.execute(_guards.append_only_sql("patrol_pointsedition"), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0002_guards")]

    operations = [
        migrations.CreateModel(
            name="PointsEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="edition")),
                ("approved_at", models.DateTimeField(verbose_name="approved")),
                ("points", models.JSONField(default=dict)),
                ("content", models.TextField(blank=True)),
                ("sha256", models.CharField(max_length=64)),
                ("labels_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
            ],
            options={"verbose_name": "edition of the points", "verbose_name_plural": "editions of the points", "ordering": ["-number"]},
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
