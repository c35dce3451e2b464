"""How an edition is written: one at a time, whole, with what it did with the changes made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from patrol import domain, models
from patrol.engine.licences import difference
from patrol.infra import copying
from patrol.models import ManualHold
from patrol.register import editions

_LOCK = 0x51_4E_60  # one edition at a time

type Held = Iterable[tuple[int, ManualHold]]  # ids of changes by hand, and what the edition does with each


def alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def counts(changed: difference.Difference) -> dict[str, dict[str, int]]:
    return {
        kind: {"new": len(part.new), "changed": len(part.changed), "gone": len(part.gone), "same": part.same}
        for kind, part in (("agencies", changed.agencies), ("licences", changed.licences))
    }


def write(
    register: domain.Register,
    *,
    sources: tuple[Mapping[str, Any], ...],
    changed: Mapping[str, Any],
    by: models.Person | None,
    now: datetime,
    restores: models.RegisterEdition | None = None,
    releases: models.ManualChange | None = None,
    held: Held = (),
) -> models.RegisterEdition:
    newest = editions.current()
    edition = models.RegisterEdition.objects.create(
        number=newest.number + 1 if newest else 1,
        register_date=register.register_date,
        imported_at=now,
        imported_by=by,
        restores=restores,
        releases=releases,
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
    models.ManualHeld.objects.bulk_create(models.ManualHeld(edition=edition, change_id=pk, how=how) for pk, how in held)
    return edition
