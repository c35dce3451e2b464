"""What a wrong installation is told at its start: system checks with an id and a hint."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core import checks
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from patrol import sources
from patrol.domain import LAW_ZONE
from patrol.engine import rules
from patrol.engine.reading.pictures import tesseract
from patrol.evidence.archive import browser
from patrol.models import guards

_TIP_DAYS: Final = 90  # as shipped


@checks.register()
def optional_parts(**_: Any) -> list[checks.CheckMessage]:
    """Parts that need a system package say so when they are off."""
    found: list[checks.CheckMessage] = []
    if not tesseract.available():
        found.append(
            checks.Info(
                "Pictures are read by RapidOCR alone: Tesseract with Indonesian is not installed.",
                hint="apt-get install tesseract-ocr tesseract-ocr-ind",
                id="patrol.I001",
            )
        )
    if not browser.found(settings.BROWSER_PATH):
        found.append(
            checks.Info(
                "Pages of posts are not archived: there is no Chromium"
                + (f" at {settings.BROWSER_PATH}." if settings.BROWSER_PATH else "."),
                hint="apt-get install chromium, or set BROWSER_PATH to the program.",
                id="patrol.I002",
            )
        )
    return found


@checks.register()
def tables(**_: Any) -> list[checks.CheckMessage]:
    """Sources and rules are listed by hand: a name twice would hide one of them."""
    found: list[checks.CheckMessage] = []
    names = [rule.NAME for rule in rules.RULES]
    found += [checks.Error(f"The rule {name} is listed twice.", id="patrol.E001") for name in sorted(set(names)) if names.count(name) > 1]
    found += [
        checks.Error(f"The source {key} calls itself {source.PLATFORM}.", id="patrol.E002")
        for key, source in sources.SOURCES.items()
        if key != source.PLATFORM
    ]
    return found


@checks.register(checks.Tags.security, deploy=True)
def production(**_: Any) -> list[checks.CheckMessage]:
    """What must not reach an office."""
    found: list[checks.CheckMessage] = []
    if settings.EXAMPLE:
        found.append(checks.Error("EXAMPLE=1 marks everything as example data.", hint="Unset EXAMPLE.", id="patrol.E010"))
    if settings.SECOND_FACTOR == "offered":
        found.append(
            checks.Error(
                "Nobody must have a second factor.", hint="Unset SECOND_FACTOR, or set it to directorate or everybody.", id="patrol.E013"
            )
        )
    if not settings.CONTACT:
        found.append(
            checks.Warning(
                "Platforms cannot tell who visits them.",
                hint="Set CONTACT to the address of a page with the office's contact.",
                id="patrol.W010",
            )
        )
    if settings.SECURITY_UNTIL is not None and timezone.now().astimezone(LAW_ZONE).date() > settings.SECURITY_UNTIL:
        found.append(
            checks.Warning(
                "/.well-known/security.txt is not there any more: its day is over.",
                hint="Set SECURITY_UNTIL to the last day on which SECURITY_CONTACT is answered, or unset both.",
                id="patrol.W011",
            )
        )
    if settings.TIP_DAYS > _TIP_DAYS:
        found.append(
            checks.Warning(
                f"What reporters leave is kept for {settings.TIP_DAYS} days, longer than {_TIP_DAYS}, and no second person agreed.",
                hint="Unset TIP_DAYS, or have the longer time confirmed by the legal unit (docs/offices/reports.md).",
                id="patrol.W012",
            )
        )
    if "owner" in settings.DATABASES and settings.DATABASES["owner"]["USER"] == settings.DATABASES["default"]["USER"]:
        found.append(
            checks.Error(
                "The product runs as the owner of its tables.",
                hint="Give DATABASE_URL a role of its own (docs/roles.sql).",
                id="patrol.E011",
            )
        )
    if not settings.CREDENTIAL_KEYS:
        found.append(
            checks.Error(
                "Credentials of platforms cannot be kept: there is no key to seal them with.",
                hint="Set CREDENTIAL_KEYS (docs/offices/install.md, table of settings); keep a copy apart from the database.",
                id="patrol.E012",
            )
        )
    return found


# What of the wall by office (ADR 71) does not hold for whoever asks: each walled table with what is wrong there.
_DOWN = """
SELECT c.relname, CASE WHEN pg_has_role(c.relowner, 'MEMBER') THEN 'owned by the role that runs the product' ELSE 'not forced' END
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY (%s)
 AND (pg_has_role(c.relowner, 'MEMBER') OR NOT (c.relrowsecurity AND c.relforcerowsecurity))
UNION ALL SELECT p.tablename, 'without a policy for the role that runs the product'
FROM (SELECT unnest(%s::text[]) AS tablename) p WHERE to_regclass('public.' || p.tablename) IS NOT NULL
 AND NOT EXISTS (SELECT FROM pg_policies o WHERE o.schemaname = 'public' AND o.tablename = p.tablename AND current_user = ANY (o.roles))
ORDER BY 1, 2
"""


@checks.register(checks.Tags.security, deploy=True)
def walls(**_: Any) -> list[checks.CheckMessage]:
    """Whether the database keeps offices apart for the role the product runs as. Nothing is said where no database answers, and before the
    migration that puts up the last of them: an update asks here first."""
    try:
        if ("patrol", "0129_walls_and_custody") not in MigrationRecorder(connection).applied_migrations():
            return []
        with connection.cursor() as cursor:
            cursor.execute(_DOWN, [list(guards.WALLED), list(guards.WALLED)])
            found = cursor.fetchall()
    except OperationalError:
        return []
    return [
        checks.Error(
            f"The wall between offices is down: {table} is {wrong}.",
            hint="Run migrate with DATABASE_OWNER_URL; give DATABASE_URL a role of its own (docs/roles.sql).",
            id="patrol.E014",
        )
        for table, wrong in found
    ]
