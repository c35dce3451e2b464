import django.db.models.expressions
from django.db import migrations, models

OPEN = models.Q(state__in=["needs_information", "waiting"])
QUEUE = (
    models.Index(fields=["office", "urgency", "raised_at", "id"], condition=OPEN, name="flag_queue"),
    models.Index(fields=["urgency", "raised_at", "id"], condition=OPEN, name="flag_queue_of_all"),
    models.Index(
        fields=["office", "row_key", "urgency", "raised_at", "id"], include=["snoozed_until"], condition=OPEN, name="flag_row_open"
    ),
)

HIDDEN = (
    "mod("
    + " + ".join(f"{6 if n < 7 else 1} * get_byte(sha256(('level ' || (%(expressions)s)::text)::bytea), {n})" for n in range(8))
    + ", 10) = 0"
)


class Migration(migrations.Migration):
    """PostgreSQL changes no expression of a generated column: it is made anew, at the price of writing the table once."""

    dependencies = [("patrol", "0021_collector_as_sent")]

    operations = [
        *(migrations.RemoveIndex(model_name="flag", name=index.name) for index in QUEUE),
        migrations.RemoveField(model_name="flag", name="urgency"),
        migrations.AddField(
            model_name="flag",
            name="urgency",
            field=models.GeneratedField(
                expression=models.Case(
                    models.When(models.Func(models.F("id"), template=HIDDEN, output_field=models.BooleanField()), then=models.Value(0)),
                    default=django.db.models.expressions.CombinedExpression(models.Value(3), "-", models.F("level_rank")),
                ),
                output_field=models.SmallIntegerField(),
                db_persist=True,
            ),
        ),
        *(migrations.AddIndex(model_name="flag", index=index) for index in QUEUE),
    ]
