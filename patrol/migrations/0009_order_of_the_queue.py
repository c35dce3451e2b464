import django.db.models.expressions
from django.db import migrations, models

OPEN = models.Q(state__in=["needs_information", "waiting"])


class Migration(migrations.Migration):
    dependencies = [("patrol", "0008_victims_and_notices")]

    operations = [
        migrations.RemoveIndex(model_name="flag", name="flag_queue"),
        migrations.AddField(
            model_name="flag",
            name="urgency",
            field=models.GeneratedField(
                expression=django.db.models.expressions.CombinedExpression(models.Value(3), "-", models.F("level_rank")),
                output_field=models.SmallIntegerField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            model_name="flag", index=models.Index(fields=["office", "urgency", "raised_at", "id"], condition=OPEN, name="flag_queue")
        ),
        migrations.AddIndex(
            model_name="flag", index=models.Index(fields=["urgency", "raised_at", "id"], condition=OPEN, name="flag_queue_of_all")
        ),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(fields=["office", "row_key", "urgency", "raised_at", "id"], condition=OPEN, name="flag_row_open"),
        ),
        migrations.AddIndex(model_name="flag", index=models.Index(fields=["office", "state", "raised_at"], name="flag_by_office")),
    ]
