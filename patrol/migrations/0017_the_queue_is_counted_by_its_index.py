from django.db import migrations, models

OPEN = models.Q(state__in=["needs_information", "waiting"])


class Migration(migrations.Migration):
    dependencies = [("patrol", "0016_fewer_indexes_on_the_way_of_a_post")]

    operations = [
        migrations.RemoveIndex(model_name="flag", name="flag_row_open"),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(
                condition=OPEN,
                fields=["office", "row_key", "urgency", "raised_at", "id"],
                include=("level", "snoozed_until"),
                name="flag_row_open",
            ),
        ),
    ]
