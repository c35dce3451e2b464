"""A third voter on whether a text offers work abroad: the labelled posts it is most like.

`learned` and `voters` sum what each word mostly means. What rare words mean together only posts that hold several of them show: those
are looked up, and the nearest vote. They err elsewhere than the sums, so that both together err less (docs/adr/0015 has the figures).
The posts are invented ones. lexicon/offers.neighbours lists where their words stand:

- `:posts`: for each post in turn + where it offers work abroad, else -
- `:sizes`: for each post in turn how much it has to share, the root of the sum of what its words count
- `kuli bangunan`: a word, or two in a row, as in `voters.runs`, and the places of the posts it stands in, the first being 0
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import NamedTuple

from patrol.engine.reading import voters

FILE = "offers.neighbours"

_NEAREST = 15  # posts that vote
_NEARER = 3  # a post counts by this power of what it shares
_DOUBT = 0.02  # added to each side: no vote is surer than five logits


class Posts(NamedTuple):
    """Labelled posts. `offers`, `sizes`: by post, as in the file; `places`: word or pair -> the posts it stands in."""

    offers: Sequence[bool]
    sizes: Sequence[int]
    places: Mapping[str, Sequence[int]]
    share: float  # of offers among them, 0..1, both ends left out


def log_odds(words: Sequence[str]) -> float:
    """What the nearest posts say of the words of a text (`learned.words_of`), 0 where none shares a word with it."""
    return vote(_posts(), words)


def vote(posts: Posts, words: Sequence[str]) -> float:
    """The same of any posts."""
    shared: dict[int, int] = {}
    total = len(posts.offers)
    for places in filter(None, map(posts.places.get, voters.runs(words))):
        counts = counted(total, len(places))
        for place in places:
            shared[place] = shared.get(place, 0) + counts
    if not shared:
        return 0.0
    near_by = list(map(operator.truediv, shared.values(), map(posts.sizes.__getitem__, shared)))
    least = sorted(near_by)[-_NEAREST:][0]
    nearest = sorted([one for one in zip(near_by, shared, strict=True) if one[0] >= least], reverse=True)[:_NEAREST]
    nearness = [(near**_NEARER, posts.offers[place]) for near, place in nearest]
    offers = math.fsum(near for near, offer in nearness if offer) / math.fsum(near for near, _ in nearness)
    # Offers are the fewer: a neighbour of each kind says as much.
    return math.log((offers / posts.share + _DOUBT) / ((1 - offers) / (1 - posts.share) + _DOUBT))


@functools.lru_cache(maxsize=1 << 10)
def counted(posts: int, stands_in: int) -> int:
    """How much it counts to share a word that stands in so many of the posts: the rarer, the more."""
    return round(100 * (math.log(posts / (1 + stands_in)) + 1) ** 2)


@functools.cache
def _posts() -> Posts:
    written = resources.files("patrol.engine.reading").joinpath("lexicon", FILE).read_text(encoding="utf-8")
    rows = dict(line.split("\t") for line in written.splitlines()[2:])  # a row may begin with the sign of a comment, too
    offers = [sign == "+" for sign in rows.pop(":posts")]
    sizes = list(map(int, rows.pop(":sizes").split()))
    numbers = {str(number): number for number in range(len(offers))}  # one object for each post, not for each place that names it
    places = {token: tuple(map(numbers.__getitem__, listed.split())) for token, listed in rows.items()}
    return Posts(offers, sizes, places, sum(offers) / len(offers))
