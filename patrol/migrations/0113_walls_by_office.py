"""Row-level security on flags, decisions, cases, referrals, reports of the public and protections: the second wall (ADR 71).

The product's role sees and changes what `patrol.scope` of its session reaches. The owner and the eraser pass by policies of their own (the
keyholder by one that comes with its rights, guards.py); nobody bypasses by an attribute of their role.
"""

from django.conf import settings
from django.db import migrations

# Each is asked once a statement, not once a row. What is missing or empty reaches nothing.
EVERYTHING = "(SELECT current_setting('patrol.scope', true) = 'everything')"
OFFICE = (
    "(SELECT CASE WHEN current_setting('patrol.scope', true) ~ '^[1-9][0-9]{0,17}$' THEN current_setting('patrol.scope', true)::bigint END)"
)
ANYBODY = "(SELECT current_setting('patrol.scope', true) <> '')"
OWN = f"{EVERYTHING} OR office_id = {OFFICE}"

# table -> policy -> (of which commands, USING, WITH CHECK; the first stands for the second where that is left out)
POLICIES = {
    # That one exists, its office and what became of it is shared by all staff.
    "patrol_flag": {
        "reading": ("SELECT", ANYBODY, None),
        "adding": ("INSERT", None, OWN),
        "changing": ("UPDATE", OWN, OWN),
        "deleting": ("DELETE", OWN, None),
    },
    "patrol_decision": {
        "reading": ("SELECT", ANYBODY, None),
        "adding": (
            "INSERT",
            None,
            f"{EVERYTHING} OR EXISTS (SELECT FROM public.patrol_flag f WHERE f.id = flag_id AND f.office_id = {OFFICE})",
        ),
    },
    # The office of a case that went into this one, or that this one went into, reads it: where its own goes on. It changes it not, and
    # gives itself no part in another's: the function sees cases as they were before the statement.
    "patrol_case": {
        "reading": ("SELECT", f"{OWN} OR public.patrol_case_shared(id, {OFFICE})", None),
        "adding": ("INSERT", None, f"{EVERYTHING} OR office_id = {OFFICE} AND merged_into_id IS NULL"),
        "changing": (
            "UPDATE",
            OWN,
            f"{EVERYTHING} OR office_id = {OFFICE} AND (merged_into_id IS NULL OR public.patrol_case_shared(merged_into_id, {OFFICE}))",
        ),
        "deleting": ("DELETE", OWN, None),
    },
    "patrol_tip": {"own": ("ALL", OWN, None)},
    "patrol_protection": {"own": ("ALL", OWN, None)},
    "patrol_referral": {
        "own": ("ALL", f"{EVERYTHING} OR EXISTS (SELECT FROM public.patrol_case c WHERE c.id = case_id AND c.office_id = {OFFICE})", None)
    },
}


# Reports by hashes of their words, as patrol_flagbands: behind a policy the index is not asked.
VIEW = """
CREATE VIEW public.patrol_tipbands AS SELECT id, office_id, at, bands FROM public.patrol_tip;
GRANT SELECT ON public.patrol_tipbands TO {app};
"""


def put_up(apps, schema_editor):
    del apps
    app = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    schema_editor.execute(VIEW.format(app=app))
    # It lets pass what finds no emptied report: asked as whoever writes, it would find none of another office.
    schema_editor.execute("ALTER FUNCTION public.patrol_tip_part() SECURITY DEFINER")
    eraser = schema_editor.quote_name(settings.DATABASE_ERASER_ROLE)
    for table, policies in POLICIES.items():
        schema_editor.execute(f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY owner ON public.{table} TO CURRENT_USER USING (true)")
        schema_editor.execute(f"CREATE POLICY eraser ON public.{table} TO {eraser} USING (true)")
        for name, (command, using, check) in policies.items():
            reach = (f" USING ({using})" if using else "") + (f" WITH CHECK ({check})" if check else "")
            schema_editor.execute(f"CREATE POLICY {name} ON public.{table} FOR {command} TO {app}{reach}")


class Migration(migrations.Migration):
    dependencies = [("patrol", "0112_erased_by_name")]

    operations = [migrations.RunPython(put_up, migrations.RunPython.noop)]
