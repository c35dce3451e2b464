"""A case has a clock: whose turn it is, how long that may take, and when it is over.

Cases that are open begin their turn with this migration: nobody was told of a deadline before. How long a step may take is loaded by
`setup`, and the sweep counts them then.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TURNS = """
INSERT INTO public.patrol_clockedition (id, number, counted_by) VALUES (1, 1, '');
INSERT INTO public.patrol_caseturn (case_id, step, office_id, began_at, counts)
    SELECT id, state,
           CASE WHEN state = 'opened' THEN office_id ELSE (SELECT id FROM public.patrol_office WHERE kind = 'directorate') END,
           statement_timestamp(), true
    FROM public.patrol_case WHERE state IN ('opened', 'escalated', 'in_analysis');
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0048_task_templates")]

    operations = [
        migrations.CreateModel(
            name="CaseDeadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=20, verbose_name="step")),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("hours", models.PositiveSmallIntegerField(verbose_name="working hours")),
                ("grace", models.PositiveSmallIntegerField(verbose_name="supervisor told after")),
                ("changed_at", models.DateTimeField(null=True)),
            ],
            options={"verbose_name": "deadline", "verbose_name_plural": "deadlines"},
        ),
        migrations.CreateModel(
            name="CaseTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=20)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("counts", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClockEdition",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(default=1)),
                ("counted_by", models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.AddField(model_name="case", name="clock_edition", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(model_name="case", name="due_at", field=models.DateTimeField(null=True, verbose_name="due")),
        migrations.AddField(model_name="case", name="late_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="case", name="tell_at", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="case", name="told", field=models.PositiveSmallIntegerField(default=0)),
        migrations.AddIndex(
            model_name="case", index=models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="case_due")
        ),
        migrations.AddIndex(
            model_name="case", index=models.Index(condition=models.Q(("tell_at__isnull", False)), fields=["tell_at"], name="case_tell")
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("state", "closed"), _negated=True), fields=["clock_edition"], name="case_clock_edition"),
        ),
        migrations.AddField(
            model_name="casedeadline",
            name="changed_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="caseturn",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="patrol.case"),
        ),
        migrations.AddField(
            model_name="caseturn",
            name="office",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office"),
        ),
        migrations.AddConstraint(
            model_name="clockedition", constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="clock_edition_once")
        ),
        migrations.AddConstraint(
            model_name="casedeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["opened", "escalated", "in_analysis"])), name="case_deadline_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="casedeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["compound", "domestic", "squid_boats", "aid_fraud", "misused_name", "without_sip", "other"])
                ),
                name="case_deadline_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("changed_at__isnull", False), ("changed_by__isnull", False)),
                    models.Q(("changed_at__isnull", True), ("changed_by__isnull", True)),
                    _connector="OR",
                ),
                name="case_deadline_changed_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="casedeadline", constraint=models.UniqueConstraint(fields=("step", "kind"), name="case_deadline_once")
        ),
        migrations.AddConstraint(
            model_name="casedeadline", constraint=models.CheckConstraint(condition=models.Q(("hours__gte", 1)), name="case_deadline_hours")
        ),
        migrations.AddConstraint(
            model_name="caseturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["opened", "escalated", "in_analysis", "outside"])), name="case_turn_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="caseturn",
            constraint=models.UniqueConstraint(condition=models.Q(("ended_at", None)), fields=("case",), name="case_turn_one_open"),
        ),
        migrations.AddConstraint(
            model_name="caseturn",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_at", None), ("ended_at__gte", models.F("began_at")), _connector="OR"),
                name="case_turn_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseturn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("office", None), ("step", "outside")),
                    models.Q(models.Q(("step", "outside"), _negated=True), ("office__isnull", False)),
                    _connector="OR",
                ),
                name="case_turn_of_an_office",
            ),
        ),
        migrations.RunSQL(TURNS, migrations.RunSQL.noop),
    ]
