"""The database knows the bounds of each term, says itself when times were answered, and drops no month of the reading log without an edition."""

from django.db import migrations

FUNCTIONS = r"""
-- As patrol/retention/terms.toml has them. Another bound is another migration: whoever writes past the form meets the same limits.
CREATE OR REPLACE FUNCTION public.patrol_retention_bounds() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE wrong text;
BEGIN
    IF jsonb_typeof(NEW.times) <> 'object' OR EXISTS (
            SELECT FROM jsonb_each(NEW.times) t WHERE jsonb_typeof(t.value) <> 'null' AND t.value::text !~ '^[0-9]{1,5}$') THEN
        RAISE EXCEPTION 'times of keeping: days, or null' USING ERRCODE = 'check_violation';
    END IF;
    SELECT b.term || ', ' || b.least || ' to ' || b.most INTO wrong
        FROM (VALUES ('unflagged', 90, 730), ('dismissed', 90, 1825), ('victim', 30, 1825), ('profile', 30, 1825),
            ('outbox', 7, 365), ('reading_log', 365, 1825)) AS b (term, least, most)
        WHERE (NEW.times ->> b.term)::int NOT BETWEEN b.least AND b.most LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'times of keeping: outside its bounds: %', wrong USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- By the clock here as well as by the time given: one to come would pass what was done to the other within 30 days, one that is over
-- would find a duty that ended. What stays is the clock's.
CREATE OR REPLACE FUNCTION public.patrol_retention_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE half bigint; why text;
BEGIN
    SELECT by_id INTO STRICT half FROM public.patrol_retentionedition WHERE id = NEW.edition_id;
    IF NEW.kind = 'withdrawn' AND NEW.by_id <> half OR NEW.kind = 'refused' AND NEW.by_id = half THEN
        RAISE EXCEPTION 'patrol_retentionanswer %: not whose word it is', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'approved' THEN
        why := public.patrol_pair_refused(half, NEW.by_id, NEW.at);
        IF why = '' THEN
            why := public.patrol_pair_refused(half, NEW.by_id, clock_timestamp());
        END IF;
        IF why <> '' THEN
            RAISE EXCEPTION 'patrol_retentionanswer %: no second person (%)', NEW.id, why USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    NEW.at := clock_timestamp();
    RETURN NEW;
END $$;

-- Whole months that ended before this day, and what lies outside of months before the first of its month. Returns how many rows went.
CREATE OR REPLACE FUNCTION public.patrol_consultation_drop_before(day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone bigint := 0; many bigint; name text; kept text := 'patrol_consultation_' || to_char(day, 'YYYY_MM'); days int;
BEGIN
    IF day > (clock_timestamp() AT TIME ZONE 'UTC')::date - 365 THEN
        RAISE EXCEPTION 'patrol_consultation: a year is kept, % is later', day USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT (e.times ->> 'reading_log')::int INTO days
        FROM public.patrol_retentionedition e JOIN public.patrol_retentionanswer a ON a.edition_id = e.id
        WHERE a.kind = 'approved' AND a.by_id <> e.by_id ORDER BY a.id DESC LIMIT 1;
    IF days IS NULL OR day > (clock_timestamp() AT TIME ZONE 'UTC')::date - days THEN
        RAISE EXCEPTION 'patrol_consultation: no edition in force lets go what is before %', day USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'public.patrol_consultation'::regclass AND c.relname ~ '^patrol_consultation_\d{4}_\d\d$'
          AND c.relname < kept ORDER BY c.relname
    LOOP
        EXECUTE format('SELECT count(*) FROM public.%I', name) INTO many;
        EXECUTE format('DROP TABLE public.%I', name);
        gone := gone + many;
    END LOOP;
    PERFORM set_config('patrol.lifted', 'patrol_consultation_other', true);
    DELETE FROM public.patrol_consultation_other WHERE at < date_trunc('month', day::timestamp) AT TIME ZONE 'UTC';
    GET DIAGNOSTICS many = ROW_COUNT;
    PERFORM set_config('patrol.lifted', '', true);
    RETURN gone + many;
END $$;
"""


def replace(apps, schema_editor):
    del apps
    schema_editor.execute(FUNCTIONS, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0105_held_flags_stay")]

    operations = [migrations.RunPython(replace, migrations.RunPython.noop)]
