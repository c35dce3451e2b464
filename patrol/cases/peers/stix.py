"""A bundle of STIX 2.1: an indicator for each mark, a report that holds them; of a campaign its infrastructure and what ties all three."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from patrol.cases.peers import handed
from patrol.cases.peers.choosing import Mark, bare_host
from patrol.cases.peers.handed import Handed
from patrol.domain import ClaimKind

if TYPE_CHECKING:
    from stix2.v21 import _STIXBase21

MEDIA_TYPE: Final = "application/stix+json;version=2.1"


def written(of: Handed) -> bytes:
    """The same bytes for the same content."""
    import stix2  # noqa: PLC0415 -- half a second of each process that asks for no file

    bundle = stix2.v21.Bundle(id=f"bundle--{of.id('bundle', of.number)}", objects=list(_objects(of)))
    # What the library calls pretty looks for each property through the whole file: its square.
    return (json.dumps(json.loads(bundle.serialize()), indent=2, ensure_ascii=False) + "\n").encode()


def written_back(of: Handed) -> bytes:
    """That the marks of it are revoked: the last version of each of their objects, and of what tied them to a campaign."""
    import stix2  # noqa: PLC0415

    bundle = stix2.v21.Bundle(id=f"bundle--{of.id('bundle', of.number, of.at.isoformat())}", objects=list(_revoked(of)))
    return (json.dumps(json.loads(bundle.serialize()), indent=2, ensure_ascii=False) + "\n").encode()


def _revoked(of: Handed) -> Iterator[_STIXBase21]:
    from stix2 import v21  # noqa: PLC0415

    who, note, colour = _says(of, *of.back)
    yield from (who, note, colour)
    common = {"modified": of.at, "created_by_ref": who.id, "object_marking_refs": [colour.id, note.id], "revoked": True}
    for mark in of.marks:
        yield v21.Indicator(
            **common,
            id=f"indicator--{of.id_of(mark)}",
            created=of.first[mark.id],
            name=handed.TITLES[mark.kind],
            description=of.back[0],
            indicator_types=["benign"],
            pattern=pattern(mark),
            pattern_type="stix",
            valid_from=of.first[mark.id],
            lang="en",
        )
    ring, used = (f"{kind}--{of.id(kind, of.subject)}" for kind in ("campaign", "infrastructure"))
    for mark in of.marks if of.campaign else ():
        thing = _thing(mark, [colour.id, note.id])
        ties = [(f"indicator--{of.id_of(mark)}", "indicates", ring), *([(used, "consists-of", thing.id)] if thing is not None else [])]
        for source, how, target in ties:
            key = f"relationship--{of.id('relationship', source, how, target)}"
            yield v21.Relationship(**common, id=key, created=of.began, relationship_type=how, source_ref=source, target_ref=target)


def _says(of: Handed, english: str, indonesian: str) -> tuple[Any, Any, Any]:
    """Who hands over, what the file says of itself, and its colour."""
    import stix2  # noqa: PLC0415
    from stix2 import v21  # noqa: PLC0415

    author = f"identity--{of.id('organisation')}"
    note = v21.MarkingDefinition(
        id=f"marking-definition--{of.id('note', english)}",
        created=of.since,
        created_by_ref=author,
        definition_type="statement",
        definition=v21.StatementMarking(statement=f"{english} / {indonesian}"),
    )
    colour = {"red": stix2.TLP_RED, "amber": stix2.TLP_AMBER, "green": stix2.TLP_GREEN}[of.sharing]
    who = v21.Identity(
        id=author, created=of.since, modified=of.at, name=of.organisation, identity_class="organization", sectors=["government"]
    )
    return who, note, colour


def pattern(mark: Mark) -> str:
    """What a peer compares. A telephone number and a bank account have no object of the standard: their names are those peers use."""
    from stix2.patterns import AndBooleanExpression, EqualityComparisonExpression, ObjectPath, ObservationExpression, StringConstant  # noqa: PLC0415

    compared = [EqualityComparisonExpression(ObjectPath(kind, [name]), StringConstant(value)) for kind, name, value in _compared(mark)]
    return str(ObservationExpression(compared[0] if len(compared) == 1 else AndBooleanExpression(compared)))


def _compared(mark: Mark) -> list[tuple[str, str, str]]:
    if mark.kind == ClaimKind.PHONE:
        return [("phone-number", "value", mark.value)]
    if mark.kind == ClaimKind.EMAIL:
        return [("email-addr", "value", mark.value)]
    if mark.kind == ClaimKind.LINK:
        host = bare_host(mark.value)
        return [("domain-name", "value", host)] if host else [("url", "value", mark.value)]
    of, name = handed.parted(mark)
    if mark.kind == ClaimKind.BANK_ACCOUNT:
        return [("bank-account", "account_number", name), ("bank-account", "institution", of)]
    known_by = [("user-account", "account_type", of)]
    if mark.own_id:
        return [*known_by, ("user-account", "user_id", mark.own_id.partition(":")[2])]
    return [*known_by, ("user-account", "account_login", name)]


def _objects(of: Handed) -> Iterator[_STIXBase21]:
    from stix2 import v21  # noqa: PLC0415

    who, note, colour = _says(of, of.note, of.note_id)
    author = who.id
    yield from (who, note, colour)

    def common(kind: str, created: datetime, *key: str) -> dict[str, Any]:
        return {
            "id": f"{kind}--{of.id(*(key or (kind, of.subject)))}",
            "created": created,
            "modified": of.at,
            "created_by_ref": author,
            "object_marking_refs": [colour.id, note.id],
        }

    def tied(source: str, how: str, target: str) -> Any:
        known = common("relationship", of.began, "relationship", source, how, target)
        return v21.Relationship(**known, relationship_type=how, source_ref=source, target_ref=target)

    indicators = [
        v21.Indicator(
            **common("indicator", of.first[mark.id]) | {"id": f"indicator--{of.id_of(mark)}"},
            name=handed.TITLES[mark.kind],
            description=handed.said(mark),
            indicator_types=["malicious-activity"],
            pattern=pattern(mark),
            pattern_type="stix",
            valid_from=mark.first_seen,
            valid_until=handed.good_until(mark),
            confidence=handed.confidence(mark),
            labels=handed.labels(set(mark.kinds)) or None,
            lang="en",
        )
        for mark in of.marks
    ]
    yield from indicators
    found: list[Any] = list(indicators)
    if of.campaign:
        first, last = min(mark.first_seen for mark in of.marks), max(mark.last_seen for mark in of.marks)
        ring = v21.Campaign(**common("campaign", of.began), name=of.subject, first_seen=first, last_seen=last, labels=of.kinds or None)
        things = [thing for mark in of.marks if (thing := _thing(mark, [colour.id, note.id])) is not None]
        found.append(ring)
        found += [tied(indicator.id, "indicates", ring.id) for indicator in indicators]
        if things:
            used = v21.Infrastructure(
                **common("infrastructure", of.began),
                name=f"Accounts and addresses of {of.subject}",
                infrastructure_types=["unknown"],
                first_seen=first,
                last_seen=last,
            )
            found += [used, tied(ring.id, "uses", used.id), *things, *(tied(used.id, "consists-of", thing.id) for thing in things)]
    yield from found[len(indicators) :]
    yield v21.Report(
        **common("report", of.began),
        name=of.title,
        description=f"{of.note}\n\n{of.note_id}",
        report_types=["campaign" if of.campaign else "indicator"],
        published=of.at,
        object_refs=[one.id for one in found],
        external_references=[{"source_name": "SIPatrol", "external_id": of.subject}, {"source_name": "SIPatrol", "external_id": of.number}],
        labels=of.kinds or None,
        lang="en",
    )


def _thing(mark: Mark, markings: list[str]) -> Any | None:
    """The mark as an object of the standard, whose id is the same with everybody; None for what has none there."""
    from stix2 import v21  # noqa: PLC0415

    known = {name: value for _kind, name, value in _compared(mark)}
    kinds = {"email-addr": v21.EmailAddress, "domain-name": v21.DomainName, "url": v21.URL, "user-account": v21.UserAccount}
    kind = kinds.get(_compared(mark)[0][0])
    return kind(**known, object_marking_refs=markings) if kind else None
