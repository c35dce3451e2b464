"""One ad, one row of the queue, one decision, however often and however little changed it is posted.

The same text (digits masked) and a forward are found by their keys, a text that was changed a little by bands: numbers of which alike
texts share some. Only the flag that begins a row keeps bands. Copies are found through it, so that looking costs by the rows there
are and not by the copies in them; the price is that a changed ad begins a new row thirty days after the first, though copies went on.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection

from patrol import domain, models
from patrol.domain import states
from patrol.engine import linking
from patrol.engine.likeness import job, text
from patrol.pipeline import claims

if TYPE_CHECKING:
    from patrol.pipeline.claiming import Item

ROW_DAYS = 30  # the same ad within so many days is one row of the queue
BANDS = 14  # of text.BANDS: texts of which seven tenths are equal share one with probability 0.996, of which half, 0.85
_LOOKS = 8  # rows compared with each text, those that share most bands: a template with a thousand jobs costs no more
_UNDER_ONE_BAND = 32  # rows, for the same reason

# For each text the few rows that share most bands with it; in the order of their age, for the older one wins. Each band is looked up
# once and to a bound: a template in thousands of rows costs no more than its bands.
_NEAR = """
WITH wanted AS (
    SELECT place, band FROM unnest(%(places)s::int[], %(bands)s::int[]) AS w (place, band)
), found AS MATERIALIZED (
    SELECT b.band, f.id FROM (SELECT DISTINCT band FROM wanted) b CROSS JOIN LATERAL (
        SELECT id FROM (SELECT id, raised_at FROM patrol_flagbands WHERE text_bands && ARRAY[b.band] OFFSET 0) banded
        WHERE raised_at >= %(since)s ORDER BY id LIMIT %(under_one)s
    ) f
), ranked AS (
    SELECT id, row_number() OVER (PARTITION BY place ORDER BY count(*) DESC, id) AS rank
    FROM wanted JOIN found USING (band) GROUP BY place, id
), chosen AS (
    SELECT DISTINCT id FROM ranked WHERE rank <= %(looks)s
)
SELECT f.row_key, f.text_bands, f.state = ANY(%(undecided)s), r.text_kind, c.agency, t.text, k.claims::text
FROM chosen
JOIN patrol_flag f ON f.id = chosen.id
JOIN patrol_licencecheck c ON c.id = f.current_check_id
JOIN patrol_reading r ON r.id = c.reading_id
JOIN patrol_readingclaims k ON k.reading_id = r.id
JOIN patrol_posttext t ON t.version_id = r.version_id
ORDER BY f.id
"""


@dataclass(frozen=True, slots=True)
class Ad:
    """What a text is known again by, and what two copies of one ad may not differ in."""

    sketch: text.Sketch
    kind: str  # TextKind: an ad and a warning that quotes it share words, never a decision
    offered: job.Job

    def is_same(self, other: Ad) -> bool:
        return (
            self.kind == other.kind
            and text.alike(self.sketch, other.sketch)
            and not linking.is_another_ad(self.sketch, self.offered, other.sketch, other.offered)
        )


@dataclass(frozen=True, slots=True)
class Row:
    """Where a flag goes. `bands` are empty for a copy: the flag that began the row has them."""

    key: str
    bands: tuple[int, ...] = ()


@dataclass(slots=True)
class _Rows:
    """Rows by the bands of the ad that began each, the oldest first."""

    _begun: list[tuple[Row, Ad, bool]] = field(default_factory=list)  # with whether it is undecided
    _by_band: dict[int, list[int]] = field(default_factory=dict)

    def add(self, row: Row, ad: Ad, *, undecided: bool) -> None:
        for band in row.bands:
            places = self._by_band.setdefault(band, [])
            if len(places) < _UNDER_ONE_BAND:
                places.append(len(self._begun))
        self._begun.append((row, ad, undecided))

    def of(self, ad: Ad, bands: Sequence[int]) -> str | None:
        """The key of the oldest row that nobody decided yet, else of the oldest, whose ad is the same."""
        shared = Counter(place for band in bands for place in self._by_band.get(band, ()))
        nearest = sorted(shared, key=lambda place: (-shared[place], place))[:_LOOKS]
        same = [place for place in nearest if self._begun[place][1].is_same(ad)]
        if not same:
            return None
        return self._begun[min(same, key=lambda place: (not self._begun[place][2], place))][0].key


def ad(words: str, read: domain.Reading, agency: str) -> Ad | None:
    """None for a text too short to be known again. Contacts are left out: that they alone differ is the ring's habit."""
    spans = [claim.span for claim in read.of(*linking.CONTACTS) if claim.source == "text"]
    sketch = text.sketch(words, without=spans)
    if sketch is None or not sketch.pairs:
        return None
    return Ad(sketch, str(read.text_kind), job.job(read, agency=agency))


def ads(items: Sequence[Item], assessed: Sequence[domain.Assessment]) -> dict[str, tuple[Ad, tuple[int, ...]]]:
    """text key -> the ad and its bands, each text once. Takes no lock: it is the long part, and done before any is held."""
    found: dict[str, Ad] = {}
    seen: set[str] = set()
    for item, one in zip(items, assessed, strict=True):
        if item.text_key not in seen:
            seen.add(item.text_key)
            if (made := ad(item.content.text, one.reading, one.check.agency)) is not None:
                found[item.text_key] = made
    bands = text.bands([made.sketch for made in found.values()])[:, :BANDS].tolist()
    return {key: (made, tuple(own)) for (key, made), own in zip(found.items(), bands, strict=True)}


def rows(items: Sequence[Item], known: dict[str, tuple[Ad, tuple[int, ...]]], *, now: datetime) -> dict[int, Row]:
    """post id -> its row: that of the same text, of the original of a forward, of nearly the same text, else one of its own.

    `known` comes from `ads`. The caller holds the series of the flags, so that a copy another worker raises is seen here or sees ours.
    """
    since = now - timedelta(days=ROW_DAYS)
    originals = {item.forward_of for item in items if item.forward_of}
    recent = models.Flag.objects.filter(raised_at__gte=since)
    same = recent.filter(post__text_key__in={item.text_key for item in items}).order_by("post__text_key", "id")
    by_text = dict(same.distinct("post__text_key").values_list("post__text_key", "row_key"))
    forwarded = recent.filter(post__external_id__in=originals).order_by("-id")
    by_original = dict(forwarded.values_list("post__external_id", "row_key"))
    begun = _begun([bands for key, (_ad, bands) in known.items() if key not in by_text], since)
    found: dict[int, Row] = {}
    for item in _originals_first(items):
        row = _row(item, by_text.get(item.text_key) or by_original.get(item.forward_of), known.get(item.text_key), begun)
        found[item.post_id] = row
        by_text[item.text_key] = by_original[item.external_id] = row.key
    return found


def _originals_first(items: Sequence[Item]) -> list[Item]:
    """The items in their order, but none before the one it forwards: whichever of them was stored first. Of a ring, which no platform
    makes, the first comes first."""
    by_name = {item.external_id: item for item in items}
    ordered: dict[int, Item] = {}
    for item in items:
        chain: list[Item] = []
        while item.post_id not in ordered and item not in chain:
            chain.append(item)
            item = by_name.get(item.forward_of, item)  # noqa: PLW2901 -- on to what it forwards
        ordered |= {one.post_id: one for one in reversed(chain)}
    return list(ordered.values())


def _row(item: Item, key: str | None, known: tuple[Ad, tuple[int, ...]] | None, begun: _Rows) -> Row:
    if key is not None or known is None:
        return Row(key or f"post-{item.post_id}")
    own, bands = known
    if (key := begun.of(own, bands)) is not None:
        return Row(key)
    row = Row(f"post-{item.post_id}", bands)
    begun.add(row, own, undecided=True)
    return row


def _begun(wanted: Iterable[Sequence[int]], since: datetime) -> _Rows:
    """The rows begun since then whose ads may be alike to one of these bands' texts."""
    pairs = [(place, band) for place, bands in enumerate(wanted) for band in bands]
    begun = _Rows()
    if not pairs:
        return begun
    with connection.cursor() as cursor:
        places, bands = map(list, zip(*pairs, strict=True))
        undecided = sorted(map(str, states.UNDECIDED))
        cursor.execute(
            _NEAR, {"places": places, "bands": bands, "since": since, "looks": _LOOKS, "under_one": _UNDER_ONE_BAND, "undecided": undecided}
        )
        for key, kept_bands, open_yet, kind, agency, words, said in cursor.fetchall():
            read = domain.Reading(kind, tuple(map(claims.from_json, json.loads(said))), (), ())
            if (kept := ad(words, read, agency)) is not None:  # None where its words were erased
                begun.add(Row(key, tuple(kept_bands)), kept, undecided=open_yet)
    return begun
