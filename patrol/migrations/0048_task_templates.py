"""Templates of tasks, and which line a task was made from."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = ["compound", "domestic", "squid_boats", "aid_fraud", "misused_name", "without_sip", "other"]


class Migration(migrations.Migration):
    dependencies = [("patrol", "0047_tasks")]

    operations = [
        migrations.CreateModel(
            name="TaskLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200, verbose_name="task")),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("days", models.PositiveSmallIntegerField(null=True)),
                ("goes_to", models.CharField(max_length=20)),
                ("place", models.PositiveSmallIntegerField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "line of a template",
                "verbose_name_plural": "templates of tasks",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="task_line_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("goes_to__in", ["opener", "responsible", "nobody"])), name="task_line_goes_to"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="casetask",
            name="line",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="patrol.taskline"),
        ),
        migrations.AddField(
            model_name="casetask", name="title_en", field=models.CharField(blank=True, default="", max_length=200), preserve_default=False
        ),
        migrations.AddConstraint(
            model_name="casetask", constraint=models.UniqueConstraint(fields=("case", "line"), name="case_task_once_a_line")
        ),
    ]
