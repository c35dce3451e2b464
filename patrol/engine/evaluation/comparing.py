"""One post: what was said of it, what was expected, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patrol import domain
from patrol.domain import ClaimKind, Level, Span
from patrol.engine import assess, masks
from patrol.engine.evaluation.labels import NAMED, Label, comparable
from patrol.engine.rules import scoring

GIST = 90  # code points of a text in a list of what went wrong


@dataclass(frozen=True, slots=True)
class Said:
    """An assessment in the shape of a label."""

    level: str
    score: int
    text_kind: str
    overseas_offer: bool
    kinds: frozenset[str]
    main_kind: str  # "" for none
    verdict: str
    agency: str
    named: Mapping[str, frozenset[str]]  # every key of NAMED; values as `comparable` makes them
    spans: Mapping[tuple[str, str], frozenset[Span]]  # of the text only
    weights: Mapping[str, float]  # threat kind -> points that speak for it
    findings: tuple[tuple[str, float], ...]  # rule, points
    quiet: bool  # below medium whatever the points

    @property
    def look(self) -> bool:
        return Level(self.level).rank >= Level.MEDIUM.rank


def said(assessment: domain.Assessment) -> Said:
    """What an assessment says, ready to be held against a label."""
    read, check = assessment.reading, assessment.check
    named: dict[str, set[str]] = {key: set() for key in NAMED}
    spans: dict[tuple[str, str], set[Span]] = {}
    by_kind = {kind: key for key, kind in NAMED.items() if kind}
    for indicator in assess.indicators(read, check):
        key = by_kind[indicator["kind"]]
        value = comparable(key, indicator["value"])
        named[key].add(value)
        if indicator["source"] == "text":
            spans.setdefault((key, value), set()).add((indicator["span"][0], indicator["span"][1]))
    named["countries"].update(read.countries)
    named["positions"].update(read.positions)
    weights: dict[str, float] = {}
    for finding in assessment.findings:
        for kind in finding.kinds:
            weights[str(kind)] = weights.get(str(kind), 0.0) + max(0.0, finding.points)
    return Said(
        level=str(assessment.level),
        score=assessment.score,
        text_kind=str(read.text_kind),
        overseas_offer=read.overseas_offer,
        kinds=frozenset(map(str, assessment.kinds)),
        main_kind=next(map(str, assessment.kinds), ""),
        verdict=str(check.verdict),
        agency=check.agency,
        named={key: frozenset(values) for key, values in named.items()},
        spans={place: frozenset(found) for place, found in spans.items()},
        weights=weights,
        findings=tuple((finding.rule, finding.points) for finding in assessment.findings),
        quiet=scoring.is_quiet(read, check),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was said and not expected, or the other way round. `extra` and `missed` hold whole values."""

    of: str  # look, verdict, text_kind, offer, kinds, agency, or a key of NAMED
    extra: tuple[str, ...]
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One labelled post. `text` in full, `gist` one line with contacts masked."""

    id: str
    said: Said
    label: Label
    text: str
    gist: str

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What went wrong, gravest first; () where everything that was judged is right."""
        return tuple(_differences(self.said, self.label))

    @property
    def gravity(self) -> tuple[int, int, int]:
        """Sorts what went wrong: the kind of the gravest difference, how sure the wrong level was, how many."""
        found = self.differences
        if not found:
            return len(_GRAVEST), 0, 0
        return _GRAVEST.index(found[0].of), -abs(self.said.score - scoring.MEDIUM_FROM), -len(found)


_GRAVEST = ("look", "verdict", "phones", "offer", "text_kind", "kinds", "agency", *list(NAMED)[1:])


def compare(id_: str, content: domain.Content, assessment: domain.Assessment, label: Label) -> Comparison:
    """Holds one assessment against its label."""
    return Comparison(id_, said(assessment), label, content.text, gist(content.text, assessment.reading))


def gist(text: str, read: domain.Reading) -> str:
    """The beginning of a text in one line, every contact masked: those the reader found and what looks like one."""
    contacts = [(*c.span, str(c.kind)) for c in read.claims if c.source == "text" and c.kind in masks.CONTACTS]
    known = [c.span for c in read.claims if c.source == "text" and c.kind in _PUBLIC]
    line = " ".join(masks.text(text, contacts, known).split())
    return line if len(line) <= GIST else line[: GIST - 1] + "…"


_PUBLIC = (ClaimKind.LICENCE_NUMBER, ClaimKind.SIP3MI_NUMBER, ClaimKind.PAY, ClaimKind.FEE, ClaimKind.COMPANY)


def _differences(said: Said, label: Label) -> list[Difference]:
    found: list[Difference] = []

    def one(of: str, was: str, wanted: str | None) -> None:
        if wanted is not None and was != wanted:
            found.append(Difference(of, (was,), (wanted,)))

    def several(of: str, were: frozenset[str], wanted: frozenset[str] | None) -> None:
        if wanted is not None and were != wanted:
            found.append(Difference(of, tuple(sorted(were - wanted)), tuple(sorted(wanted - were))))

    if label.look is not None and said.look != label.look:
        found.append(Difference("look", (f"{said.level} ({said.score})",), ("look" if label.look else "do not look",)))
    one("verdict", said.verdict, label.verdict)
    several("phones", said.named["phones"], label.named.get("phones"))
    if label.overseas_offer is not None and said.overseas_offer != label.overseas_offer:
        found.append(Difference("offer", (_OFFER[said.overseas_offer],), (_OFFER[label.overseas_offer],)))
    one("text_kind", said.text_kind, label.text_kind)
    several("kinds", said.kinds, label.kinds)
    if label.agency is not None and not same_agency(said, label):
        found.append(Difference("agency", (said.agency or "none",), (label.agency or "none",)))
    for key in list(NAMED)[1:]:
        several(key, said.named[key], label.named.get(key))
    return found


def same_agency(said: Said, label: Label) -> bool:
    """Whether the verdict is about the expected agency; "" means about none."""
    return comparable("agency", said.agency) == comparable("agency", label.agency or "")


_OFFER = {True: "offer", False: "no offer"}
_MASKED = {"phones": ClaimKind.PHONE, "accounts": ClaimKind.ACCOUNT, "links": ClaimKind.LINK, "bank_accounts": ClaimKind.BANK_ACCOUNT}


def shown(of: str, value: str, *, full: bool) -> str:
    """A value of a difference as it may be printed: contacts masked unless `full`."""
    return value if full or of not in _MASKED else masks.value(_MASKED[of], value)
