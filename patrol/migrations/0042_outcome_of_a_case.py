"""A taken case is in analysis, a closed one says what came of it, and each says what it is about.

The table of moves comes first: a case that an analyst has moves along it. What was closed before this was kept says that it was not told,
and what was closed by undoing its decision says so: it is the closing without a note.
"""

from django.db import migrations, models

KINDS = ["compound", "domestic", "squid_boats", "aid_fraud", "misused_name", "without_sip", "other"]
OUTCOMES = ["acted_upon", "refused", "unfounded", "handed_over", "victim_protected", "withdrawn", "not_told"]

MOVES = """
CREATE OR REPLACE FUNCTION public.patrol_case_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (
        ('closed', 'opened'),
        ('escalated', 'closed'), ('escalated', 'in_analysis'), ('escalated', 'opened'),
        ('in_analysis', 'closed'), ('in_analysis', 'opened'),
        ('opened', 'closed'), ('opened', 'escalated')
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_case: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;
"""

ROWS = """
UPDATE public.patrol_case SET state = 'in_analysis' WHERE state = 'escalated' AND responsible_id IS NOT NULL;
UPDATE public.patrol_case c SET outcome = CASE WHEN EXISTS (
        SELECT FROM public.patrol_caseevent e WHERE e.case_id = c.id AND e.kind = 'closed' AND e.note = '' AND e.at = c.closed_at
    ) THEN 'withdrawn' ELSE 'not_told' END
WHERE state = 'closed';
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0041_copies_are_looks")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="case_state"),
        migrations.RemoveConstraint(model_name="case", name="case_escalated_state"),
        migrations.RemoveConstraint(model_name="caseevent", name="case_event_kind"),
        migrations.AddField(model_name="case", name="kind", field=models.CharField(default="other", max_length=20, verbose_name="kind")),
        migrations.AddField(
            model_name="case",
            name="outcome",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="outcome"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="caseevent", name="outcome", field=models.CharField(blank=True, default="", max_length=20), preserve_default=False
        ),
        migrations.AddField(
            model_name="caseevent", name="case_kind", field=models.CharField(blank=True, default="", max_length=20), preserve_default=False
        ),
        migrations.RunSQL(MOVES, migrations.RunSQL.noop),
        migrations.RunSQL(ROWS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["opened", "escalated", "in_analysis", "closed"])), name="case_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="case", constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="case_kind")
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", OUTCOMES), ("state", "closed")),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("outcome", "")),
                    _connector="OR",
                ),
                name="case_closed_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["escalated", "in_analysis"]), _negated=True), ("escalated_at__isnull", False), _connector="OR"
                ),
                name="case_escalated_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("state", "in_analysis"), _negated=True), ("responsible__isnull", False), _connector="OR"),
                name="case_in_analysis_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
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
                        ],
                    )
                ),
                name="case_event_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(condition=models.Q(("outcome__in", ["", *OUTCOMES])), name="case_event_outcome"),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.CheckConstraint(condition=models.Q(("case_kind__in", ["", *KINDS])), name="case_event_case_kind"),
        ),
    ]
