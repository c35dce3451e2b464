"""A MISP event: telephone numbers, addresses and links as attributes, accounts and bank accounts as objects of MISP's templates.

The ids of what stands in an event are of that event: MISP takes an attribute of one id into one event, and compares by values.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from patrol.cases.peers import handed
from patrol.cases.peers.choosing import Mark, bare_host
from patrol.cases.peers.handed import Handed
from patrol.domain import ClaimKind, Level
from patrol.domain.peers import Sharing

if TYPE_CHECKING:
    from pymisp import MISPEvent

MEDIA_TYPE: Final = "application/json"
# Template, and in it the name and the platform's own id.
_ACCOUNTS: Final = {
    "telegram": ("telegram-account", "username", "id"),
    "facebook": ("facebook-account", "account-name", "account-id"),
    "instagram": ("instagram-account", "account-name", "account-id"),
    "x": ("twitter-account", "name", "id"),
}
_ANY_ACCOUNT: Final = ("user-account", "username", "user-id")
_OWN_ORGANISATION, _COMMUNITY = 0, 1  # MISP's levels of distribution
_COMPLETED: Final = 2
_THREATS: Final = {Level.HIGH.rank: 1, Level.MEDIUM.rank: 2}
_CONFIDENCE: Final = {handed.HIGH: "usually-confident", handed.MEDIUM: "fairly-confident"}


def written(of: Handed) -> bytes:
    """The same bytes for the same content."""
    return _bytes(_event(of))


def written_back(of: Handed) -> bytes:
    """That the marks of it are deleted in the event they went in: nothing else of that event is changed by it, nor its level of threat."""
    event = _began(of, of.back, "back")
    for mark in of.marks:
        _add(event, of, mark, back=True)
    return _bytes(event)


def _bytes(event: MISPEvent) -> bytes:
    return (json.dumps({"Event": json.loads(event.to_json())}, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _event(of: Handed) -> MISPEvent:
    level = _THREATS.get(max(mark.level for mark in of.marks), 3)
    event = _began(of, (of.note, of.note_id), "note", threat_level_id=level, analysis=_COMPLETED)
    for kind in of.kinds:
        event.add_tag(f'sipatrol:kind="{kind}"')
    for mark in of.marks:
        _add(event, of, mark)
    return event


def _began(of: Handed, notes: tuple[str, str], key: str, **said: int) -> MISPEvent:
    """The event of the case or campaign with what the file says of itself, in English and Indonesian. `key`: of the ids of that."""
    from pymisp import MISPEvent, MISPOrganisation  # noqa: PLC0415 -- a third of a second of each process that asks for no file

    event = MISPEvent(strict_validation=True, force_timestamps=True)
    event.from_dict(
        uuid=str(of.id("event", of.subject)),
        info=of.title,
        date=of.at.astimezone(UTC).date(),
        distribution=_COMMUNITY if of.sharing == Sharing.GREEN else _OWN_ORGANISATION,
        timestamp=_seconds(of.at),
        published=False,
        **said,
    )
    event.orgc = MISPOrganisation()
    event.orgc.from_dict(name=of.organisation, uuid=str(of.id("organisation")))
    event.add_tag(f"tlp:{of.sharing}")
    for place, (language, text) in enumerate(zip(("en", "id"), notes, strict=True)):
        event.add_attribute(
            "comment",
            text,
            category="Other",
            uuid=str(of.id(key, of.subject, str(place))),
            timestamp=_seconds(of.at),
            comment=language,
            to_ids=False,
            disable_correlation=True,
        )
    return event


def _add(event: MISPEvent, of: Handed, mark: Mark, *, back: bool = False) -> None:
    """`back`: as deleted, which an importing MISP takes over where it is newer; nothing is looked for by it either."""
    known: dict[str, Any] = {"timestamp": _seconds(of.at), "comment": of.back[0] if back else handed.said(mark)}
    known |= {"deleted": True} if back else {"first_seen": mark.first_seen, "last_seen": mark.last_seen}
    within = str(of.id_of(mark, "event", of.subject))
    tags = [] if back else [{"name": f'misp:confidence-level="{_CONFIDENCE[handed.confidence(mark)]}"'}]
    if mark.kind in {ClaimKind.ACCOUNT, ClaimKind.BANK_ACCOUNT}:
        template, parts = _parts(mark)
        thing = event.add_object(name=template, strict=True, uuid=within, **known)
        for place, (relation, value, compared) in enumerate(parts):
            # A bare name or the digits of an account may be another's elsewhere: nothing is looked for by them alone.
            to_ids = {"to_ids": compared and not back, "disable_correlation": not compared, "Tag": tags if place == 0 else []}
            thing.add_attribute(relation, value, uuid=str(of.id("part", within, relation)), **to_ids, **known)
        return
    host = bare_host(mark.value) if mark.kind == ClaimKind.LINK else ""
    kind, category = {
        ClaimKind.PHONE: ("phone-number", "Financial fraud"),
        ClaimKind.EMAIL: ("email", "Network activity"),
        ClaimKind.LINK: ("domain" if host else "url", "Network activity"),
    }[ClaimKind(mark.kind)]
    event.add_attribute(kind, host or mark.value, category=category, uuid=within, to_ids=not back, Tag=tags, **known)


def _parts(mark: Mark) -> tuple[str, list[tuple[str, str, bool]]]:
    """The template, and of each part its relation, its value and whether it is compared."""
    of, name = handed.parted(mark)
    if mark.kind == ClaimKind.BANK_ACCOUNT:
        return "bank-account", [("account", name, False), ("institution-name", of, False)]
    template, by_name, by_id = _ACCOUNTS.get(of, _ANY_ACCOUNT)
    parts = [(by_name, name, False)]
    if mark.own_id:
        parts.append((by_id, mark.own_id.partition(":")[2], True))
    if template == _ANY_ACCOUNT[0]:
        parts.append(("account-type", of, False))
    return template, parts


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
