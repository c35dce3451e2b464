"""Which cases of others an office reads is asked once a statement, not of each case; of one that is changed `patrol_case_shared` is asked as
before. The views of hashes answer whoever may ask (ADR 71): of reports what runs for everything, of flags whoever is somebody.

`patrol_protected` answers everybody on purpose: a mask that asks for a protection and is told of none opens.
"""

from django.conf import settings
from django.db import migrations, models

EVERYTHING = "(SELECT current_setting('patrol.scope', true) = 'everything')"
OFFICE = (
    "(SELECT CASE WHEN current_setting('patrol.scope', true) ~ '^[1-9][0-9]{0,17}$' THEN current_setting('patrol.scope', true)::bigint END)"
)
# Those that cases of the office went into, and those that went into one of it.
ASKED_ONCE = """
CREATE FUNCTION public.patrol_cases_shared(office bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE above AS (
    SELECT merged_into_id AS id FROM public.patrol_case WHERE office_id = office AND merged_into_id IS NOT NULL
    UNION SELECT c.merged_into_id FROM public.patrol_case c JOIN above a ON c.id = a.id WHERE c.merged_into_id IS NOT NULL
), below AS (
    SELECT c.id FROM public.patrol_case c JOIN public.patrol_case i ON i.id = c.merged_into_id
        WHERE c.merged_into_id IS NOT NULL AND i.office_id = office
    UNION SELECT c.id FROM public.patrol_case c JOIN below b ON c.merged_into_id = b.id WHERE c.merged_into_id IS NOT NULL
)
SELECT id FROM above UNION SELECT id FROM below
$$;
REVOKE ALL ON FUNCTION public.patrol_cases_shared(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.patrol_cases_shared(bigint) TO {app};
ALTER POLICY reading ON public.patrol_case
    USING ({everything} OR office_id = {office} OR id IN (SELECT public.patrol_cases_shared({office})));
"""
# The limit is asked once a statement and leaves the index as it is.
LIMITED = """
CREATE OR REPLACE VIEW public.patrol_flagbands AS SELECT id, office_id, state, raised_at, text_bands FROM public.patrol_flag
    WHERE current_setting('patrol.scope', true) <> '';
CREATE OR REPLACE VIEW public.patrol_tipbands AS SELECT id, office_id, at, bands FROM public.patrol_tip
    WHERE current_setting('patrol.scope', true) = 'everything';
"""


def ask_once(apps, schema_editor):
    del apps
    app = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(ASKED_ONCE.format(app=app, everything=EVERYTHING, office=OFFICE), params=None)
    schema_editor.execute(LIMITED, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0116_tally_planned_once")]

    operations = [
        migrations.AddIndex(
            "case", models.Index(fields=["office"], condition=models.Q(merged_into__isnull=False), name="case_merged_of_office")
        ),
        migrations.RunPython(ask_once, migrations.RunPython.noop),
    ]
