"""The channels and feeds of those weeks: what stands in them when, and when they do not answer. Drawn by a fixed seed."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from example import world
from example.history import adverts
from example.history.calendar import Span

_SEED: Final = 20
_ABOUT: Final = "Data contoh: semua orang, nomor dan perusahaan di sini rekaan."
# Posts on a page or in a feed: every run reads the newest pages of a channel again, and reading them is most of what the weeks cost.
LENGTH: Final = {"telegram": 3, "feed": 6}


_BEFORE: Final = timedelta(days=5)  # so long a place has stood when its watch is made


@dataclass(frozen=True, slots=True)
class Source:
    """A place and the watch on it: see places.toml. `shut`: days (first, last) on which the place did not answer."""

    platform: str
    name: str  # channel, or host of the feed
    title: str
    office: str
    towns: str  # which of adverts.TOWNS
    weight: float
    since: int
    number: int = 0
    shut: tuple[int, int] | None = None
    paused: int | None = None
    by: str = "analis"  # who makes its watch: an office's own where that is its supervisor
    proposed: str = ""  # who put the watch forward, where that was somebody else
    station: str = ""  # of that office

    @property
    def query(self) -> str:
        return self.name if self.platform == "telegram" else f"https://{self.name}/feed.xml"

    @property
    def watch(self) -> str:
        return f"{'Telegram: ' if self.platform == 'telegram' else ''}{self.title.removesuffix(' (contoh)')}"


@dataclass(frozen=True, slots=True)
class Ring:
    """Who writes to many under one number."""

    kind: str
    among: tuple[int, ...]
    first: int
    last: int
    posts: int


_FILE: Final = tomllib.loads((Path(__file__).parent / "places.toml").read_text(encoding="utf-8"))
SOURCES: Final = tuple(Source(**{**row, "shut": tuple(row["shut"]) if "shut" in row else None}) for row in _FILE["source"])
RINGS: Final = tuple(Ring(**{**row, "among": tuple(row["among"])}) for row in _FILE["ring"])


@dataclass(slots=True)
class Written:
    """All that was written: the places as the example site serves them, and what kind each post is of."""

    span: Span
    places: tuple[world.Place, ...] = ()
    kinds: dict[str, adverts.Kind] = field(default_factory=dict)  # by external_id


@dataclass(frozen=True, slots=True)
class _Note:
    at: datetime
    kind: adverts.Kind
    text: str


def write(span: Span) -> Written:
    """Everything that was written up to the end of the span."""
    dice = random.Random(_SEED)
    notes: list[list[_Note]] = [[] for _ in SOURCES]
    for number, ring in enumerate(RINGS):
        sender, kind = adverts.sender(number), adverts.BY_KEY[ring.kind]
        for step in range(ring.posts):
            index = ring.among[step % len(ring.among)]
            day = ring.first + (ring.last - ring.first) * step // (ring.posts - 1)
            town = dice.choice(adverts.TOWNS[SOURCES[index].towns])
            notes[index].append(_Note(_moment(span, day, dice), kind, adverts.write(kind, town, sender, dice)))
    kinds, often = adverts.KINDS, [kind.often for kind in adverts.KINDS]
    sender_number = 100
    for day in range((span.weeks + 1) * 7):  # the whole running week: what lies behind the moment is left out, and changes nothing before
        for index, source in enumerate(SOURCES):
            for _ in range(_count(source.weight, dice)):
                (kind,) = dice.choices(kinds, often)
                sender_number += 1
                text = adverts.write(kind, dice.choice(adverts.TOWNS[source.towns]), adverts.sender(sender_number), dice)
                notes[index].append(_Note(_moment(span, day, dice), kind, text))
    written = Written(span)
    written.places = tuple(
        _place(source, sorted(found, key=lambda note: note.at), written) for source, found in zip(SOURCES, notes, strict=True)
    )
    return written


def _count(weight: float, dice: random.Random) -> int:
    whole = int(weight)
    return max(0, whole + (dice.random() < weight - whole) + dice.choice((-1, 0, 0, 1)) * (whole > 0))


def _moment(span: Span, day: int, dice: random.Random) -> datetime:
    return span.at(day, dice.randint(6, 22), dice.randint(0, 59)) + timedelta(seconds=dice.randint(0, 59))


def _place(source: Source, notes: list[_Note], written: Written) -> world.Place:
    span, posts = written.span, []
    shut = ((span.at(source.shut[0], 0), span.at(source.shut[1] + 1, 0)),) if source.shut else ()
    for number, note in enumerate(notes, start=2):
        if note.at < span.at(source.since, 0) - _BEFORE or not span.passed(note.at) or any(start <= note.at < end for start, end in shut):
            continue
        age = span.moment - note.at
        if source.platform == "telegram":
            post = world.Post(key=str(number), age=age, text=note.text, views=number * 37 % 4000 + 60)
        else:
            title = note.text.split(",")[0].split(".")[0][:60]
            post = world.Post(
                key=f"catatan-{number}", age=age, text=note.text, title=title, slug=f"catatan-{number}", author="Redaksi Contoh"
            )
        posts.append(post)
    if source.platform == "telegram":
        posts.insert(0, world.Post(key="1", age=timedelta(days=700), text="Channel created", service=True))
    place = world.Place(
        platform=source.platform,
        name=source.name,
        title=source.title,
        description=f"Kabar dan lowongan kerja. {_ABOUT}",
        posts=tuple(posts),
        number=source.number,
        members="3.2K" if source.platform == "telegram" else "",
        shape="" if source.platform == "telegram" else "rss",
        shut=shut,
        length=LENGTH[source.platform],
    )
    for post in place.real_posts:
        note = notes[int(post.key.removeprefix("catatan-")) - 2]
        written.kinds[place.label_id(post)] = note.kind
    return place


def joined(loaded: world.World, written: Written) -> world.World:
    """The example world with the places of its past."""
    channels = {place.name: place for place in written.places if place.platform == "telegram"}
    feeds = {place.name: place for place in written.places if place.platform == "feed"}
    return world.World({**loaded.channels, **channels}, {**loaded.feeds, **feeds})
