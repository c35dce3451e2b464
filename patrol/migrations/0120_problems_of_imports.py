"""What was wrong with rows and pages that came in goes with the note beside them: such a sentence may quote what stood there. How many rows
were bad stays.
"""

from django.conf import settings
from django.db import migrations

FUNCTION = """
-- As 0118 has it, and beside it: the problems of what came in.
CREATE OR REPLACE FUNCTION public.patrol_erase_words(term text, wanted bigint, edition bigint)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE days int; since timestamptz; stands boolean := false;
BEGIN
    SELECT t.days INTO days FROM public.patrol_retention_days(term, edition) t;
    IF term = 'intake' THEN
        SELECT ended_at INTO since FROM public.patrol_intake WHERE id = wanted FOR NO KEY UPDATE;
        stands := EXISTS (SELECT FROM public.patrol_seen s JOIN public.patrol_postversion v ON v.post_id = s.post_id
            WHERE s.intake_id = wanted AND NOT EXISTS (SELECT FROM public.patrol_erasure e WHERE e.version_id = v.id));
    ELSIF term = 'subject' THEN
        SELECT answered_at INTO since FROM public.patrol_subjectrequest WHERE id = wanted FOR NO KEY UPDATE;
    ELSIF term = 'objector' THEN
        SELECT GREATEST(o.ended_at, o.answered_at) INTO since FROM public.patrol_objection o WHERE o.id = wanted AND o.ended_at IS NOT NULL
            FOR NO KEY UPDATE;
        stands := EXISTS (SELECT FROM public.patrol_objection o JOIN public.patrol_decision d ON d.id = o.decision_id
            JOIN public.patrol_caseflag c ON c.flag_id = d.flag_id WHERE o.id = wanted);
    ELSIF term = 'outbox' THEN
        SELECT ended_at INTO since FROM public.patrol_dispatch WHERE id = wanted FOR NO KEY UPDATE;
    END IF;
    IF since IS NULL OR since > clock_timestamp() - make_interval(days => days) THEN
        RAISE EXCEPTION '% % is not due', term, wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF stands THEN
        RAISE EXCEPTION '% % is held', term, wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF term = 'intake' THEN
        UPDATE public.patrol_intake SET name = '', note = '', options = options - 'chat', problems = '[]' WHERE id = wanted;
    ELSIF term = 'subject' THEN
        UPDATE public.patrol_subjectrequest SET note = '', answer = '-' WHERE id = wanted;
    ELSIF term = 'objector' THEN
        UPDATE public.patrol_objection SET name = '', contact = '', text = '' WHERE id = wanted;
    ELSE
        UPDATE public.patrol_dispatch SET message_id = '', said = '' WHERE id = wanted;
    END IF;
    INSERT INTO public.patrol_erasedrow (term, row, edition_id, at) VALUES (term, wanted, edition, clock_timestamp());
    RETURN 1;
END $$;
"""


def guard(apps, schema_editor):
    del apps
    eraser = settings.DATABASE_ERASER_ROLE
    for sql in (
        f"GRANT SELECT (problems), UPDATE (problems) ON patrol_intake TO {eraser}",
        # Only their owner may replace them.
        f"GRANT CREATE ON SCHEMA public TO {eraser}",
        f"SET LOCAL ROLE {eraser}",
        FUNCTION,
        "RESET ROLE",
        f"REVOKE CREATE ON SCHEMA public FROM {eraser}",
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0119_open_reports_by_words")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
