"""The text of a post as pieces to print: tinted by claim, numbered by the reason that uses it, contacts cut. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from patrol.domain import ClaimKind
from patrol.engine import masks

# Tint by kind of claim: the legend of the page. Earlier ones win where claims overlap.
TINTS: dict[str, str] = {
    ClaimKind.PHONE: "ck",
    ClaimKind.ACCOUNT: "ck",
    ClaimKind.LINK: "ck",
    ClaimKind.BANK_ACCOUNT: "ck",
    ClaimKind.EMAIL: "ck",
    ClaimKind.LICENCE_NUMBER: "cp",
    ClaimKind.SIP3MI_NUMBER: "cp",
    ClaimKind.COMPANY: "cp",
    ClaimKind.COUNTRY: "cn",
    ClaimKind.POSITION: "cn",
    ClaimKind.PAY: "cu",
    ClaimKind.FEE: "cu",
}
_NONE: dict[tuple[str, str], str] = {}
_RANK = {tint: rank for rank, tint in enumerate(("ck", "cp", "cu", "cn", "cv", ""))}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text. `tint` is a class of the style sheet or "", `numbers` the reasons whose span ends here, `of` those whose span
    it is part of, `first` those whose first place begins here."""

    text: str
    tint: str = ""
    numbers: tuple[int, ...] = ()
    cut: bool = False
    of: tuple[int, ...] = ()
    first: tuple[int, ...] = ()


def pieces(
    text: str,
    claims: Sequence[dict[str, Any]],
    reasons: Iterable[tuple[int, Sequence[Sequence[int]]]],
    *,
    shown: bool,
    tags: Mapping[tuple[str, str], str] = _NONE,
    hidden: Collection[tuple[str, str]] = (),
) -> list[Piece]:
    """The whole text in order. `reasons` are (number on the page, its spans in the text); `shown`: contacts in full, but for those
    `hidden`, by kind and value. `tags`: what stands behind the mask of a contact, where another one looks like it.

    A reason's place that no claim covers is tinted as a condition (cv): what a rule leans on is always visible.
    """
    size = len(text)
    spans = [
        (claim["start"], claim["end"], TINTS.get(claim["kind"], ""))
        for claim in claims
        if claim["source"] == "text" and 0 <= claim["start"] < claim["end"] <= size and claim["role"] != "denied"
    ]
    used = [(number, s, e) for number, places in reasons for s, e in places if 0 <= s < e <= size]
    said = {masks.span_of(claim): (claim["kind"], claim.get("value", "")) for claim in claims if claim["source"] == "text"}
    contacts = masks.contacts_of(claims)
    if shown:
        cuts = masks.claimed(text, [span for span in contacts if said[span] in hidden])
    else:
        cuts = masks.places(text, contacts, masks.known_of(claims))
    ties = {span[:2]: tags.get(said[span], "") for span in contacts}
    cuts = [replace(place, instead=place.instead + ties.get((place.start, place.end), "")) for place in cuts]

    def snap(position: int, *, up: bool) -> int:
        for place in cuts:
            if place.start < position < place.end:
                return place.end if up else place.start
        return position

    spans = [(snap(s, up=False), snap(e, up=True), tint) for s, e, tint in spans if tint]
    used = [(number, snap(s, up=False), snap(e, up=True)) for number, s, e in used]
    spans += [(s, e, "cv") for _number, s, e in used]
    spans += [(place.start, place.end, "ck") for place in cuts]
    ends: dict[int, set[int]] = {}
    for number, _start, end in used:
        ends.setdefault(end, set()).add(number)
    instead = {place.start: place for place in cuts}
    edges = sorted({0, size, *(edge for s, e, _tint in spans for edge in (s, e))})
    found: list[Piece] = []
    met: set[int] = set()
    for start, end in itertools.pairwise(edges):
        tints = [tint for s, e, tint in spans if s <= start and end <= e]
        tint = min(tints, key=_RANK.__getitem__, default="")
        cut = instead.get(start)
        written = cut.instead if cut else text[start:end]
        of = tuple(sorted({number for number, s, e in used if s <= start and end <= e}))
        first = tuple(number for number in of if number not in met)
        met.update(of)
        found.append(Piece(masks.turning_shown(written), tint, tuple(sorted(ends.get(end, ()))), cut is not None, of, first))
    return found


def drawn(of: Iterable[Piece], *, anchors: bool = False) -> SafeString:
    """Pieces as a page prints them; with `anchors`, places that a reason leads to. Of a long text the nodes of a template take ten times
    as long."""
    return format_html_join("", "{}", ((_drawn(piece, anchors=anchors),) for piece in of))


def _drawn(piece: Piece, *, anchors: bool) -> str:
    numbers = format_html("<sup>{}</sup>", ",".join(map(str, piece.numbers))) if piece.numbers else ""
    if not piece.tint:
        return format_html("{}{}", piece.text, numbers) if numbers else piece.text
    part_of = format_html(' data-of="{}"', " ".join(map(str, piece.of))) if piece.of else ""
    places = format_html_join("", '<a class="at" id="teks-{}"></a>', ((number,) for number in piece.first)) if anchors else ""
    return format_html('<mark class="{}"{}>{}{}{}</mark>', piece.tint, part_of, places, piece.text, numbers)
