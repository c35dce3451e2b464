"""What the database itself refuses: changing append-only rows, moves off the table, half-filled pairs.

The triggers are made by migrations, each in SQL of its own; here stand the tables they belong to, the constraints, and the rights that
are given after every migrate. Four roles: the owner migrates, the app role runs the product, the eraser owns the functions that blank
personal content, the keyholder opens sealed contacts of reporters one by one. The owner is guarded too: a migration that must rewrite an
append-only table does so inside `audit.lifted`, which leaves an audit row.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

# Never changed, never removed. Whoever adds a table here also adds its two triggers in a migration (0031 shows them).
APPEND_ONLY = (
    "patrol_postversion",
    "patrol_capture",
    "patrol_reading",
    "patrol_licencecheck",
    "patrol_finding",
    "patrol_decision",
    "patrol_flagevent",
    "patrol_caseevent",
    "patrol_caseattachment",
    "patrol_registeredition",
    "patrol_agency",
    "patrol_standing",
    "patrol_licence",
    "patrol_auditentry",
    "patrol_erasure",
    "patrol_pointsedition",
    "patrol_campaignevent",
    "patrol_draw",
    "patrol_review",
    "patrol_protectionevent",
    "patrol_erasurerequest",
    "patrol_erasureanswer",
    "patrol_seal",
    "patrol_appointment",
    "patrol_agreement",
    "patrol_articleedition",
    "patrol_lawconfirmation",
    "patrol_linkcheck",
    "patrol_elementtick",
    "patrol_elementuntick",
    "patrol_referralcompleteness",
    "patrol_itemanswer",
    "patrol_referralevent",
    "patrol_channelconfirmation",
    "patrol_comeback",
    "patrol_comebackanswer",
    "patrol_verification",
    "patrol_brokencapture",
    "patrol_channeledition",
    "patrol_letterhead",
    "patrol_lettertemplate",
    "patrol_referralletter",
    "patrol_referraldocument",
    "patrol_mergerproposal",
    "patrol_mergeranswer",
    "patrol_manualchange",
    "patrol_manualanswer",
    "patrol_manualheld",
    "patrol_watchquota",
    "patrol_guideedition",
    "patrol_cardfile",
    "patrol_tipevent",
    "patrol_identityrequest",
    "patrol_consultation",
    "patrol_retentionedition",
    "patrol_retentionanswer",
    "patrol_collector",
    "patrol_minutes",
    "patrol_custodyentry",
)
# The same, of the app above.
APPEND_ONLY_REPORTS = ("reports_weeklysummary", "reports_signature", "reports_sheethead")
# Personal content, apart from what is chained: added once, blanked by the eraser alone.
ERASABLE = ("patrol_posttext", "patrol_readingclaims")
# What is sealed is put in while its report comes in and taken out, never exchanged (0089); what the keyholder answers is blanked, and
# stays answered. What went by its age is named by the eraser alone.
SEALED = {"patrol_tipidentity": "SELECT, INSERT, DELETE", "patrol_identityanswer": "SELECT, UPDATE (sealed)", "patrol_erasedrow": "SELECT"}
# What the process that holds the key reads to answer one request, and where it writes: table -> rights. No word of a report is among it.
KEYHOLDER = {
    "patrol_identityrequest": "SELECT",
    "patrol_identityanswer": "SELECT, INSERT",
    "patrol_tipidentity": "SELECT",
    "patrol_tip": "SELECT (id, key, office_id, post_id, emptied_at)",
    "patrol_tipevent": "SELECT (id, tip_id, kind, by_id)",  # who joined it to its post
    "patrol_flag": "SELECT (id, post_id)",
    "patrol_caseflag": "SELECT (flag_id, case_id)",
    "patrol_case": "SELECT (id, responsible_id, state)",
    "patrol_person": "SELECT (id, role, office_id, is_active, approves)",
    "patrol_office": "SELECT (id, kind)",
    "patrol_auditentry": "SELECT, INSERT",
    "patrol_loghead": "SELECT, INSERT, UPDATE",
    "patrol_heartbeat": "SELECT, INSERT, UPDATE",
}
# Behind row-level security (0113, 0129, ADR 71): each of them has policies, and one for the keyholder where it reads there.
WALLED = (
    "patrol_flag",
    "patrol_decision",
    "patrol_case",
    "patrol_referral",
    "patrol_tip",
    "patrol_tipmessage",
    "patrol_tippicture",
    "patrol_protection",
    "patrol_minutes",
    "patrol_peerexport",
)


def in_transaction() -> Any:
    """A column that says which transaction wrote the row, in the database's own word: what changes are read in the order of (ADR 78)."""
    return models.BigIntegerField(db_default=models.Func(function="txid_current", output_field=models.BigIntegerField()))


def together(*fields: str, name: str) -> models.CheckConstraint:
    """Fields that are all set or all null."""
    every = models.Q(**{f"{field}__isnull": False for field in fields})
    none = models.Q(**{f"{field}__isnull": True for field in fields})
    return models.CheckConstraint(condition=every | none, name=name)


def one_of(field: str, values: Any, name: str) -> models.CheckConstraint:
    """A text column that holds only these words."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": [str(value) for value in values]}), name=name)


def grants_sql() -> str:
    """What the app role may do. Run after every migrate: a new table is closed until it stands here by its kind.

    The app role may make temporary tables, and PostgreSQL looks at those first: every function of ours looks at them last.
    """
    app = settings.DATABASES["default"]["USER"]
    keyholder = settings.DATABASE_KEYHOLDER_ROLE
    kept = ", ".join(f"'{table}'" for table in (*APPEND_ONLY, *APPEND_ONLY_REPORTS, *ERASABLE))
    sealed = "\n".join(f"REVOKE ALL ON {table} FROM {app}; GRANT {rights} ON {table} TO {app};" for table, rights in SEALED.items())
    opens = "\n".join(f"        GRANT {rights} ON {table} TO {keyholder};" for table, rights in KEYHOLDER.items())
    passes = "\n".join(
        f"        DROP POLICY IF EXISTS keyholder ON {table}; CREATE POLICY keyholder ON {table} FOR SELECT TO {keyholder} USING (true);"
        for table in WALLED
        if table in KEYHOLDER
    )
    return f"""
DO $$
DECLARE t record;
BEGIN
    FOR t IN SELECT tablename, c.relispartition FROM pg_tables JOIN pg_class c ON c.oid = format('public.%I', tablename)::regclass
        WHERE schemaname = 'public' LOOP
        IF t.relispartition THEN  -- a part of a table is reached through the table alone
            EXECUTE format('REVOKE ALL ON %I FROM {app}', t.tablename);
        ELSIF t.tablename IN ({kept}) THEN
            EXECUTE format('REVOKE ALL ON %I FROM {app}', t.tablename);
            EXECUTE format('GRANT SELECT, INSERT ON %I TO {app}', t.tablename);
        ELSIF t.tablename <> 'django_migrations' THEN
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO {app}', t.tablename);
        ELSE
            EXECUTE format('GRANT SELECT ON %I TO {app}', t.tablename);
        END IF;
    END LOOP;
END $$;
DO $$
DECLARE f record;
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS name, p.proowner::regrole AS owner FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f' AND pg_has_role(current_user, p.proowner, 'SET')
              AND p.proconfig IS DISTINCT FROM ARRAY['search_path=pg_catalog, public, pg_temp']
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE format('SET LOCAL ROLE %s', f.owner);
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f.name);
        RESET ROLE;
    END LOOP;
END $$;
GRANT USAGE ON SCHEMA public TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
{sealed}
DO $$
BEGIN
    -- Where docs/roles.sql was last run before there was a keyholder, the next migrate gives it its rights.
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{keyholder}') THEN
        REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {keyholder};
        GRANT USAGE ON SCHEMA public TO {keyholder};
{opens}
{passes}
        GRANT USAGE ON SEQUENCE patrol_identityanswer_id_seq TO {keyholder};
    END IF;
END $$;
"""
