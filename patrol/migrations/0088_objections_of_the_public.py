"""Objections that came by the public page: entered by nobody, followed by a number."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
-- As 0061 has it; one of the public page was entered by nobody.
CREATE OR REPLACE FUNCTION public.patrol_objection_halves(objection bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT entered_by_id FROM public.patrol_objection WHERE id = objection AND entered_by_id IS NOT NULL
UNION
SELECT d.by_id FROM public.patrol_objection o JOIN public.patrol_decision x ON x.id = o.decision_id
    JOIN public.patrol_decision d ON d.flag_id = x.flag_id WHERE o.id = objection
UNION
SELECT r.by_id FROM public.patrol_objection o JOIN public.patrol_decision x ON x.id = o.decision_id
    JOIN public.patrol_draw w ON w.flag_id = x.flag_id JOIN public.patrol_review r ON r.draw_id = w.id WHERE o.id = objection
UNION
SELECT who FROM public.patrol_objection o JOIN public.patrol_decision x ON x.id = o.decision_id
    JOIN public.patrol_decision c ON c.id = x.id OR c.batch = x.batch
    JOIN public.patrol_bulkentry e ON e.decision_id = c.id JOIN public.patrol_bulk b ON b.id = e.bulk_id
    CROSS JOIN LATERAL unnest(ARRAY[b.by_id, b.approved_by_id]) who
    WHERE o.id = objection AND who IS NOT NULL
$$;

-- As 0061 has it, and beside it: what it was sent with does not change.
CREATE OR REPLACE FUNCTION public.patrol_objection_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'entered' THEN
            RAISE EXCEPTION 'patrol_objection %: begins as entered', NEW.number USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.number, OLD.decision_id, OLD.office_id, OLD.side, OLD.how, OLD.day, OLD.file_id, OLD.entered_by_id, OLD.entered_at, OLD.due_at,
        OLD.receipt, OLD.about)
            IS DISTINCT FROM
       (NEW.number, NEW.decision_id, NEW.office_id, NEW.side, NEW.how, NEW.day, NEW.file_id, NEW.entered_by_id, NEW.entered_at, NEW.due_at,
        NEW.receipt, NEW.about)
        OR NEW.name NOT IN (OLD.name, '') OR NEW.contact NOT IN (OLD.contact, '') OR NEW.text NOT IN (OLD.text, '') THEN
        RAISE EXCEPTION 'patrol_objection %: what came in does not change', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state <> 'entered' AND (OLD.outcome, OLD.ground, OLD.put_right, OLD.ended_by_id, OLD.ended_at) IS DISTINCT FROM
            (NEW.outcome, NEW.ground, NEW.put_right, NEW.ended_by_id, NEW.ended_at)
        OR OLD.correction_id IS NOT NULL AND OLD.correction_id IS DISTINCT FROM NEW.correction_id
        OR OLD.answered_at IS NOT NULL AND (OLD.answered_at, OLD.answered_by_id, OLD.answered_how) IS DISTINCT FROM
            (NEW.answered_at, NEW.answered_by_id, NEW.answered_how) THEN
        RAISE EXCEPTION 'patrol_objection %: said once', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0087_reports_of_the_public")]

    operations = [
        migrations.RemoveConstraint(model_name="objection", name="objection_how"),
        migrations.RemoveConstraint(model_name="objection", name="objection_answered_how"),
        migrations.AddField(model_name="objection", name="about", field=models.CharField(blank=True, max_length=120)),
        migrations.AddField(model_name="objection", name="receipt", field=models.CharField(blank=True, max_length=64)),
        migrations.AlterField(
            model_name="objection",
            name="entered_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name="objection",
            index=models.Index(condition=models.Q(("receipt", ""), _negated=True), fields=["receipt"], name="objection_receipt"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["letter", "mail", "in_person", "form"])), name="objection_how"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_how__in", ["", "letter", "mail", "in_person", "form"])), name="objection_answered_how"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entered_by", None),
                        ("how", "form"),
                        models.Q(("receipt", ""), _negated=True),
                        models.Q(("about", ""), _negated=True),
                    ),
                    models.Q(models.Q(("how", "form"), _negated=True), ("about", ""), ("entered_by__isnull", False), ("receipt", "")),
                    _connector="OR",
                ),
                name="objection_of_the_public",
            ),
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
