"""Whose contact something is by the register: the agencies of an edition that list it as theirs."""

from __future__ import annotations

from collections.abc import Iterable

from patrol import models
from patrol.domain import ClaimKind
from patrol.engine.licences import contacts

_READ = {ClaimKind.PHONE: ("phones", contacts.phone_digits), ClaimKind.ACCOUNT: ("accounts", contacts.account_name)}
_SITES = {ClaimKind.LINK, ClaimKind.EMAIL}


def listing(wanted: Iterable[tuple[str, str]], edition: models.RegisterEdition) -> list[models.Agency]:
    """The agencies that list one of these contacts, (kind, value) each, by name. What is no contact that a register lists has none.
    One query, however many contacts."""
    asked = [(ClaimKind(kind), value) for kind, value in wanted if kind in _READ or kind in _SITES]
    if not asked:
        return []
    shapes = {kind: {shape(value) for each, value in asked if each == kind} - {""} for kind, (_field, shape) in _READ.items()}
    sites = [value for kind, value in asked if kind in _SITES]
    rows = models.Agency.objects.filter(edition=edition).only("id", "name", "city", "phones", "accounts", "websites")
    return [row for row in rows.order_by("name", "id") if _lists(row, shapes, sites)]


def _lists(row: models.Agency, shapes: dict[ClaimKind, set[str]], sites: list[str]) -> bool:
    named = any(shapes[kind] and not shapes[kind].isdisjoint(map(shape, getattr(row, field))) for kind, (field, shape) in _READ.items())
    return named or (bool(row.websites) and any(contacts.has_site(row.websites, value) for value in sites))
