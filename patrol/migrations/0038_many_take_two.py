"""Deciding many for good takes two people in the database too, so that rows written past the verbs do not pass it.

Events of flags are found by their time: the start page and the weekly summary read those of two weeks out of all there ever were.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations

FUNCTIONS = """
-- The posts among these flags as they are counted (triage.together): copies of one text once, what a person joined each.
CREATE FUNCTION public.patrol_posts(flags bigint[]) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT count(*) FROM (
    SELECT DISTINCT f.office_id, COALESCE((
        SELECT e.before ->> 'row' FROM public.patrol_flagevent e
        WHERE e.flag_id = f.id AND e.kind = 'joined' AND e.id > COALESCE((
            SELECT max(p.id) FROM public.patrol_flagevent p WHERE p.flag_id = f.id AND p.kind = 'parted'), 0)
        ORDER BY e.id LIMIT 1), f.row_key)
    FROM public.patrol_flag f WHERE f.id = ANY(flags)) AS texts
$$;

-- Those of these flags that no bulk of two people covers: one that runs, was approved, and still waits to decide a flag of their row.
CREATE FUNCTION public.patrol_of_one(flags bigint[], wanted text, person bigint) RETURNS bigint[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT COALESCE(array_agg(f.id), '{}') FROM public.patrol_flag f WHERE f.id = ANY(flags) AND NOT EXISTS (
    SELECT FROM public.patrol_flag c
        JOIN public.patrol_bulkentry e ON e.flag_id = c.id AND e.state = 'waiting'
        JOIN public.patrol_bulk b ON b.id = e.bulk_id AND b.state = 'running' AND b.approved_by_id IS NOT NULL
            AND b.outcome = wanted AND (person IS NULL OR b.by_id = person)
    WHERE c.row_key = f.row_key AND c.office_id = f.office_id)
$$;

-- Raises where these are more than one person decides for good (triage.together.ALONE). `person` NULL: whoever it was.
CREATE FUNCTION public.patrol_require_second(what text, flags bigint[], wanted text, person bigint) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE many bigint;
BEGIN
    IF cardinality(flags) > 20 THEN
        many := public.patrol_posts(public.patrol_of_one(flags, wanted, person));
        IF many > 20 THEN
            RAISE EXCEPTION '%: % posts at once take a second person', what, many USING ERRCODE = 'check_violation';
        END IF;
    END IF;
END $$;

CREATE FUNCTION public.patrol_flag_many() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE moved record;
BEGIN
    FOR moved IN
        SELECT n.state, array_agg(n.id) AS flags FROM now_so n JOIN was_so o USING (id)
        WHERE n.state IN ('confirmed', 'dismissed') AND o.state <> n.state GROUP BY n.state
    LOOP
        PERFORM public.patrol_require_second(TG_TABLE_NAME, moved.flags, moved.state, NULL);
    END LOOP;
    RETURN NULL;
END $$;

-- What one person decides in one statement, and what was written under one batch by now.
CREATE FUNCTION public.patrol_decision_many() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE act record;
BEGIN
    FOR act IN
        SELECT by_id, outcome, array_agg(DISTINCT flag_id) AS flags FROM made GROUP BY by_id, outcome
        UNION ALL
        SELECT d.by_id, d.outcome, array_agg(DISTINCT d.flag_id) FROM public.patrol_decision d
        WHERE d.batch IN (SELECT batch FROM made) GROUP BY d.batch, d.by_id, d.outcome
    LOOP
        IF act.outcome IN ('confirmed', 'dismissed', 'victim') THEN
            PERFORM public.patrol_require_second(TG_TABLE_NAME, act.flags, act.outcome, act.by_id);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

-- A bulk that runs without a second person, with all that still stands open in the rows it names.
CREATE FUNCTION public.patrol_require_second_of(bulks bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE one record;
BEGIN
    FOR one IN
        SELECT b.number, b.outcome, b.by_id, array_agg(DISTINCT c.id) AS flags FROM public.patrol_bulk b
            JOIN public.patrol_bulkentry e ON e.bulk_id = b.id JOIN public.patrol_flag f ON f.id = e.flag_id
            JOIN public.patrol_flag c ON c.row_key = f.row_key AND c.office_id = f.office_id
                AND c.state IN ('parked', 'waiting', 'needs_information')
        WHERE b.id = ANY(bulks) AND b.state = 'running' AND b.approved_by_id IS NULL AND b.outcome IN ('confirmed', 'dismissed')
        GROUP BY b.id
    LOOP
        PERFORM public.patrol_require_second(one.number, one.flags, one.outcome, one.by_id);
    END LOOP;
END $$;

CREATE FUNCTION public.patrol_bulk_many() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.patrol_require_second_of(ARRAY[NEW.id]);
    RETURN NULL;
END $$;

CREATE FUNCTION public.patrol_bulkentry_many() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.patrol_require_second_of((SELECT array_agg(DISTINCT bulk_id) FROM made));
    RETURN NULL;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER many AFTER UPDATE ON public.patrol_flag REFERENCING OLD TABLE AS was_so NEW TABLE AS now_so
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_flag_many();
CREATE TRIGGER many AFTER INSERT ON public.patrol_decision REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_decision_many();
CREATE TRIGGER many AFTER INSERT ON public.patrol_bulkentry REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_bulkentry_many();
CREATE TRIGGER many AFTER INSERT OR UPDATE OF state, outcome, approved_by_id ON public.patrol_bulk
    FOR EACH ROW WHEN (NEW.state = 'running' AND NEW.approved_by_id IS NULL) EXECUTE FUNCTION public.patrol_bulk_many();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0037_draws_reached")]

    operations = [
        migrations.RunSQL(FUNCTIONS + TRIGGERS, migrations.RunSQL.noop),
        migrations.AddIndex("flagevent", BrinIndex(fields=["at"], autosummarize=True, name="flag_event_at")),
    ]
