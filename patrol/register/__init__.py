"""Verbs on the register: look at two files, take them as a new edition, undo an edition.

All rows or none; the files themselves are kept as evidence. An edition never changes: undoing one makes a new edition equal to the one
before it. What a newer register changes on posts and flags is found by recheck.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from patrol import access, domain, models
from patrol.access import Action, audit
from patrol.engine import reading
from patrol.engine.licences import difference, files
from patrol.evidence import raw
from patrol.infra import copying
from patrol.infra.refusals import RefusedError
from patrol.register import editions

_LOCK = 0x51_4E_60  # one import at a time


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `register` None where a problem blocks it; `base` is the edition it was compared with (0: none)."""

    register: domain.Register | None
    problems: tuple[files.RowProblem, ...]
    difference: difference.Difference | None
    base: int
    sources: tuple[Mapping[str, Any], ...]  # {name, sha256, length, rows} of each file


def preview(agencies: bytes, granted: bytes, *, agencies_name: str, licences_name: str, register_date: date | None = None) -> Preview:
    """Reads both files against the edition in force. Writes nothing."""
    edition = editions.current()
    previous = editions.load(edition.pk) if edition else None
    came = files.read_register(
        agencies,
        granted,
        agencies_name=agencies_name,
        licences_name=licences_name,
        country_code=reading.country_code,
        register_date=register_date,
        previous=previous,
    )
    return Preview(
        register=came.register,
        problems=came.problems,
        difference=difference.difference(previous, came.register) if came.register else None,
        base=edition.number if edition else 0,
        sources=(_source(agencies, agencies_name, came.agency_rows), _source(granted, licences_name, came.licence_rows)),
    )


def _source(content: bytes, name: str, rows: int) -> dict[str, Any]:
    return {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "length": len(content), "rows": rows}


def take(
    agencies: bytes,
    granted: bytes,
    *,
    agencies_name: str,
    licences_name: str,
    register_date: date | None = None,
    seen_base: int | None = None,
    by: models.Person | None,
    now: datetime,
) -> models.RegisterEdition:
    """Takes both files as the new edition. `by` None is the installation itself.

    `seen_base`: the edition the person compared with; where another one came in between, nothing is taken.
    Raises RefusedError, PermissionDenied.
    """
    if by is not None:
        access.require(by, Action.REGISTER_IMPORT)
    for content in (agencies, granted):
        raw.put(content)
    with transaction.atomic():
        _alone()
        looked = preview(agencies, granted, agencies_name=agencies_name, licences_name=licences_name, register_date=register_date)
        if seen_base is not None and seen_base != looked.base:
            raise RefusedError("register.stale", _("Another register edition was loaded in the meantime; look at the preview again."))
        if looked.register is None or looked.difference is None:
            blocking = sum(problem.blocking for problem in looked.problems)
            text = ngettext_lazy(
                "No row was loaded: %(count)s mistake must be mended first.",
                "No row was loaded: %(count)s mistakes must be mended first.",
                "count",
            )
            raise RefusedError("register.mistakes", text, count=blocking, problems=looked.problems)
        edition = _write(looked.register, sources=looked.sources, changed=_counts(looked.difference), by=by, now=now)
        # Names of files are free text that a chained row could never lose again: the hashes say the same.
        hashes = [source["sha256"] for source in edition.files]
        after = {"number": edition.number, "register_date": str(edition.register_date), "files": hashes}
        audit.write("register.imported", by=by, now=now, target=edition, after=after)
    return edition


def undo(*, edition_id: int, by: models.Person, now: datetime) -> models.RegisterEdition:
    """Undoes the edition in force by a new one equal to the one before it. Raises RefusedError, PermissionDenied."""
    access.require(by, Action.REGISTER_IMPORT)
    with transaction.atomic():
        _alone()
        newest = editions.current()
        if newest is None or newest.pk != edition_id:
            raise RefusedError("register.not_newest", _("Only the newest edition can be undone."))
        before = editions.before(newest)
        if before is None:
            raise RefusedError("register.no_edition_before", _("There is no edition before this one to go back to."))
        restored = editions.load(before.pk)
        changed = _counts(difference.difference(editions.load(newest.pk), restored))
        edition = _write(restored, sources=tuple(before.files), changed=changed, by=by, now=now, restores=before)
        after = {"number": edition.number, "restores": before.number, "undone": newest.number}
        audit.write("register.undone", by=by, now=now, target=edition, after=after)
    return edition


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _counts(changed: difference.Difference) -> dict[str, dict[str, int]]:
    return {
        kind: {"new": len(part.new), "changed": len(part.changed), "gone": len(part.gone), "same": part.same}
        for kind, part in (("agencies", changed.agencies), ("licences", changed.licences))
    }


def _write(
    register: domain.Register,
    *,
    sources: tuple[Mapping[str, Any], ...],
    changed: Mapping[str, Any],
    by: models.Person | None,
    now: datetime,
    restores: models.RegisterEdition | None = None,
) -> models.RegisterEdition:
    newest = editions.current()
    edition = models.RegisterEdition.objects.create(
        number=newest.number + 1 if newest else 1,
        register_date=register.register_date,
        imported_at=now,
        imported_by=by,
        restores=restores,
        files=[dict(source) for source in sources],
        difference=dict(changed),
    )
    with connection.cursor() as cursor:
        ids = copying.next_ids(cursor, "patrol_agency", len(register.agencies))
        by_name = {agency.name: key for key, agency in zip(ids, register.agencies, strict=True)}
        copying.copy(
            cursor,
            "patrol_agency",
            (
                "id",
                "edition_id",
                "name",
                "aliases",
                "sip3mi_number",
                "province",
                "city",
                "address",
                "phones",
                "websites",
                "accounts",
                "gone_since",
            ),
            (
                (
                    by_name[a.name],
                    edition.pk,
                    a.name,
                    a.aliases,
                    a.sip3mi_number,
                    a.province,
                    a.city,
                    a.address,
                    a.phones,
                    a.websites,
                    a.accounts,
                    a.gone_since,
                )
                for a in register.agencies
            ),
        )
        copying.copy(
            cursor,
            "patrol_standing",
            ("agency_id", "status", "since", "until", "decree"),
            ((by_name[a.name], str(s.status), s.since, s.until, s.decree) for a in register.agencies for s in a.standings),
        )
        copying.copy(
            cursor,
            "patrol_licence",
            (
                "edition_id",
                "agency_id",
                "number",
                "country",
                "positions",
                "employer",
                "quota",
                "valid_from",
                "valid_to",
                "status",
                "status_from",
                "gone_since",
            ),
            (
                (
                    edition.pk,
                    by_name[one.agency],
                    one.number,
                    one.country,
                    one.positions,
                    one.employer,
                    one.quota,
                    one.valid_from,
                    one.valid_to,
                    str(one.status),
                    one.status_from,
                    one.gone_since,
                )
                for one in register.licences
            ),
        )
    return edition
