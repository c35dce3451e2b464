"""What is kept in editions, as values: the register for the licence check, and the approved points of the rules.

An edition never changes, the newest is in force. Making one is a verb of people: patrol.register, and calibration beside this.
"""

from __future__ import annotations

from collections import defaultdict

from django.db.models import QuerySet

from patrol import domain, models
from patrol.engine.rules import points


def current() -> models.RegisterEdition | None:
    """The edition in force: the newest. None where no register was ever loaded."""
    return models.RegisterEdition.objects.order_by("-number").first()


def before(edition: models.RegisterEdition) -> models.RegisterEdition | None:
    """The edition that was in force until this one came."""
    return models.RegisterEdition.objects.filter(number__lt=edition.number).order_by("-number").first()


def current_register() -> domain.Register | None:
    """The edition in force as a value."""
    edition = current()
    return load(edition.pk) if edition else None


def load(edition_id: int) -> domain.Register:
    """One edition as a value: four queries, whatever its size. Raises RegisterEdition.DoesNotExist."""
    edition = models.RegisterEdition.objects.get(pk=edition_id)
    held = agencies(models.Agency.objects.filter(edition=edition))
    rows = models.Licence.objects.filter(edition=edition).order_by("number", "id")
    licences = tuple(licence(row, held[row.agency_id].name) for row in rows)
    return domain.Register(tuple(held.values()), licences, edition.register_date, edition=edition.pk)


def agencies(rows: QuerySet[models.Agency]) -> dict[int, domain.Agency]:
    """Agencies as values, by id, in the order of their names: two queries, whatever their number."""
    standings = defaultdict(list)
    for row in models.Standing.objects.filter(agency__in=rows).order_by("since", "id"):
        standings[row.agency_id].append(domain.Standing(row.status, row.since, row.until, row.decree))
    return {
        row.pk: domain.Agency(
            name=row.name,
            aliases=tuple(row.aliases),
            sip3mi_number=row.sip3mi_number,
            standings=tuple(standings[row.pk]),
            province=row.province,
            city=row.city,
            address=row.address,
            phones=tuple(row.phones),
            websites=tuple(row.websites),
            accounts=tuple(row.accounts),
            gone_since=row.gone_since,
        )
        for row in rows.order_by("name", "id")
    }


def licence(row: models.Licence, agency: str) -> domain.Licence:
    """A licence as a value; `agency` is the name of whose it is."""
    return domain.Licence(
        number=row.number,
        agency=agency,
        country=row.country,
        positions=tuple(row.positions),
        employer=row.employer,
        quota=row.quota,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        status=row.status,
        status_from=row.status_from,
        gone_since=row.gone_since,
    )


def current_points() -> points.Points:
    """The points in force: those of the newest edition, the expert's where there is none."""
    edition = models.PointsEdition.objects.order_by("-number").first()
    return as_points(edition) if edition else points.EXPERT


def as_points(edition: models.PointsEdition) -> points.Points:
    """The approved points of an edition. Its entries for other versions of their rules have no effect."""
    return points.Points({rule: points.Approved(entry["version"], entry["points"]) for rule, entry in edition.points.items()})
