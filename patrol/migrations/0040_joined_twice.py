"""What was joined counts each, though its row was joined further and that was taken back: only a row of its own makes one another text."""

from django.db import migrations

FUNCTION = """
-- The posts among these flags as they are counted (triage.together): copies of one text once, what a person joined each.
CREATE OR REPLACE FUNCTION public.patrol_posts(flags bigint[]) RETURNS bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT count(*) FROM (
    SELECT DISTINCT f.office_id, COALESCE((
        SELECT e.before ->> 'row' FROM public.patrol_flagevent e
        WHERE e.flag_id = f.id AND e.kind = 'joined' AND e.id > COALESCE((
            SELECT max(p.id) FROM public.patrol_flagevent p
            WHERE p.flag_id = f.id AND p.kind = 'parted' AND p.after ->> 'row' = 'apart-' || f.id), 0)
        ORDER BY e.id LIMIT 1), f.row_key)
    FROM public.patrol_flag f WHERE f.id = ANY(flags)) AS texts
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0039_clock_of_an_answer")]

    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
