import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0033_what_a_person_holds")]

    operations = [
        migrations.CreateModel(
            name="RobotsFile",
            fields=[
                ("site", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("body", models.BinaryField()),
                ("kept_until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PageView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_key", models.CharField(max_length=64)),
                ("number", models.IntegerField()),
                (
                    "post",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.post"),
                ),
                (
                    "watch",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.watch"),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("post", "watch"), name="page_view_once")]},
        ),
    ]
