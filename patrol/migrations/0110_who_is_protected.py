"""Whose protection a flag is, for masks; flags by hashes of their texts; which offices have a part in a case: as the owner sees it (ADR 71)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What its answer depends on may lie in the cases of other offices.
GUARDS = ("patrol_case_hanging", "patrol_case_way", "patrol_referral_case")
MADE = """
CREATE FUNCTION public.patrol_case_shared(wanted bigint, office bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE above AS (
    SELECT id, merged_into_id, office_id FROM public.patrol_case WHERE id = wanted
    UNION SELECT c.id, c.merged_into_id, c.office_id FROM public.patrol_case c JOIN above a ON c.id = a.merged_into_id
), below AS (
    SELECT id, office_id FROM public.patrol_case WHERE merged_into_id = wanted
    UNION SELECT c.id, c.office_id FROM public.patrol_case c JOIN below b ON c.merged_into_id = b.id
)
SELECT EXISTS (SELECT FROM above WHERE office_id = office) OR EXISTS (SELECT FROM below WHERE office_id = office)
$$;
REVOKE ALL ON FUNCTION public.patrol_case_shared(bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.patrol_case_shared(bigint, bigint) TO {app};

-- Which flags are of somebody harmed, and which office protects them: what masks ask, and nothing else of it. It answers as its owner does.
CREATE VIEW public.patrol_protected AS SELECT flag_id, office_id FROM public.patrol_protection;
GRANT SELECT ON public.patrol_protected TO {app};
-- Flags by hashes of their texts. Behind a policy the comparison of arrays may not be asked of an index: it is not leakproof.
CREATE VIEW public.patrol_flagbands AS SELECT id, office_id, state, raised_at, text_bands FROM public.patrol_flag;
GRANT SELECT ON public.patrol_flagbands TO {app};
"""


def make(apps, schema_editor):
    del apps
    schema_editor.execute(MADE.format(app=schema_editor.quote_name(settings.DATABASES["default"]["USER"])))
    for function in GUARDS:
        schema_editor.execute(f"ALTER FUNCTION public.{function}() SECURITY DEFINER")


class Migration(migrations.Migration):
    dependencies = [("patrol", "0109_where_the_night_stopped")]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Protected",
            fields=[
                (
                    "flag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="protected",
                        serialize=False,
                        to="patrol.flag",
                    ),
                ),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="patrol.office")),
            ],
            options={"db_table": "patrol_protected", "managed": False},
        ),
    ]
