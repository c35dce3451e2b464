"""Tasks of a case: their rows, their moves, and the events that tell of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# As patrol/domain/states.py has them; a test compares both.
MOVES = """
CREATE FUNCTION public.patrol_casetask_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('open', 'done'), ('open', 'dropped'), ('done', 'open'), ('dropped', 'open')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_casetask: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER moves BEFORE UPDATE OF state ON patrol_casetask
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_casetask_moves();
"""
KINDS = [
    "opened",
    "flag_added",
    "flag_removed",
    "escalated",
    "taken",
    "passed_on",
    "returned",
    "note",
    "message",
    "kind_set",
    "closed",
    "reopened",
    "attached",
    "attachment_withdrawn",
    "merged",
    "unmerged",
    "task_added",
    "task_assigned",
    "task_due",
    "task_done",
    "task_reopened",
    "task_dropped",
]


class Migration(migrations.Migration):
    dependencies = [("patrol", "0046_merged_cases")]

    operations = [
        migrations.CreateModel(
            name="CaseTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="task")),
                ("due_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="open", max_length=10)),
                ("done_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="patrol.case")),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "task", "verbose_name_plural": "tasks", "ordering": ["id"]},
        ),
        migrations.AddField(model_name="caseevent", name="due_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="caseevent",
            name="task",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="patrol.casetask"),
        ),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_passed_on_to_somebody"),
        migrations.AddConstraint(
            model_name="caseevent", constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="case_event_kind")
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "passed_on"), ("to__isnull", False)),
                    ("kind__in", ["task_added", "task_assigned"]),
                    models.Q(models.Q(("kind", "passed_on"), _negated=True), ("to__isnull", True)),
                    _connector="OR",
                ),
                name="case_event_passed_on_to_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__startswith", "task_"), ("task__isnull", False)),
                    models.Q(models.Q(("kind__startswith", "task_"), _negated=True), ("task__isnull", True)),
                    _connector="OR",
                ),
                name="case_event_of_a_task",
            ),
        ),
        migrations.AddIndex(
            model_name="casetask",
            index=models.Index(condition=models.Q(("state", "open")), fields=["person", "due_at"], name="case_task_of_person"),
        ),
        migrations.AddConstraint(
            model_name="casetask",
            constraint=models.CheckConstraint(condition=models.Q(("state__in", ["open", "done", "dropped"])), name="case_task_state"),
        ),
        migrations.AddConstraint(
            model_name="casetask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                    _connector="OR",
                ),
                name="case_task_done_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="casetask",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("state", "done")),
                    models.Q(models.Q(("state", "done"), _negated=True), ("done_at__isnull", True)),
                    _connector="OR",
                ),
                name="case_task_done_state",
            ),
        ),
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
    ]
