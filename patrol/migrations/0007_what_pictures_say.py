from django.db import migrations, models

from patrol.migrations import _guards


def forget_too(apps, schema_editor):
    schema_editor.execute(_guards.erasure_of_pictures_sql(), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0006_names_and_fewer_indexes")]

    operations = [
        migrations.CreateModel(
            name="PictureRead",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64)),
                ("pixels", models.CharField(max_length=120)),
                ("said", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["sha256"], name="picture_read_hash"),
                    models.Index(fields=["pixels"], name="picture_read_pixels"),
                ]
            },
        ),
        migrations.RunPython(forget_too, migrations.RunPython.noop),
    ]
