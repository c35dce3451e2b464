"""The example world as read from its files: channels, feeds, their posts, and the register's templates.

One TOML file is one channel (`telegram/NAME.toml`) or one feed with its web site (`feeds/HOST.toml`). A post carries
its age, not its time: the world's moment (`Anchor`) turns ages into times, so that all lie in the last fortnight.
Ages of whole days fall on exactly that many days before the world's day; all others may fall a calendar day earlier.
"""

from __future__ import annotations

import itertools
import json
import re
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent
LAW_ZONE = ZoneInfo("Asia/Jakarta")

_AGE = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?")
_OFFSET = re.compile(r"\{([+-]?\d+)\}")


class WorldError(Exception):
    """A file of the world, or the anchor file, does not say what it should. The message names the file."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The card Telegram draws below a post for its first link."""

    url: str
    site: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Post:
    """One message of a channel or one item of a feed."""

    key: str  # message number of a channel, guid of a feed
    age: timedelta  # before the world's moment
    text: str  # as typed; `[words](address)` hides a link behind words, `**words**` is bold
    title: str = ""  # feeds only
    slug: str = ""  # feeds only: the page on the feed's site
    author: str = ""  # feeds: who wrote it; channels: the signature below the message
    forward: str = ""  # NAME/NUMBER of the original, of this world or invented
    forward_name: str = ""
    reply: str = ""  # message number in the same channel
    edited: bool = False
    service: bool = False  # "Channel created": stands on the page, is no post
    picture: tuple[str, ...] | None = None  # the lines written on the picture; None without a picture
    preview: Preview | None = None
    views: int = 0
    held: bool = False  # kept back for --trickle


@dataclass(frozen=True, slots=True)
class Place:
    """A channel (`platform` telegram) or a feed with its site (`platform` feed)."""

    platform: str
    name: str  # handle, or host
    title: str
    description: str
    posts: tuple[Post, ...]  # oldest first
    number: int = 0  # Telegram's numeric channel id
    members: str = ""
    shape: str = ""  # feeds: rss or atom
    pages: Mapping[str, str] = field(default_factory=dict)  # feeds: further pages of the site, slug to text
    shut: tuple[tuple[datetime, datetime], ...] = ()  # when it does not answer, from and until
    length: int = 0  # posts on a page of the channel, or in the feed; 0 as many as usual

    @property
    def real_posts(self) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if not post.service)

    def label_id(self, post: Post) -> str:
        """The post's external id, as the sources make it."""
        return f"{self.number}/{post.key}" if self.platform == "telegram" else f"{self.name} {post.key}"


@dataclass(frozen=True, slots=True)
class World:
    channels: Mapping[str, Place]
    feeds: Mapping[str, Place]

    @property
    def places(self) -> tuple[Place, ...]:
        return (*self.channels.values(), *self.feeds.values())


def age(text: str) -> timedelta:
    """`"3d 4h 20m"` and shorter forms. Raises ValueError."""
    match = _AGE.fullmatch(text.strip())
    if match is None or not text.strip():
        raise ValueError(f"not an age: {text!r}")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def _post(row: dict[str, Any], key: str) -> Post:
    kept = dict(row)
    preview = kept.pop("preview", None)
    picture = kept.pop("picture", None)
    return Post(
        key=str(kept.pop(key)),
        age=age(kept.pop("age")),
        text=kept.pop("text").strip("\n"),
        preview=Preview(**preview) if preview else None,
        picture=None if picture is None else tuple(picture),
        reply=str(kept.pop("reply", "")),
        **kept,
    )


def _place(path: Path, platform: str, key: str) -> Place:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        posts = tuple(_post(row, key) for row in table.pop("post"))
        place = Place(platform=platform, name=path.stem, posts=posts, **table)
    except (ValueError, KeyError, TypeError) as error:
        raise WorldError(f"{path}: {error}") from error
    for earlier, later in itertools.pairwise(posts):
        if later.age > earlier.age:
            raise WorldError(f"{path}: {later.key} stands after {earlier.key} but is older")
    return place


def load(folder: Path = FOLDER) -> World:
    """Raises WorldError for a file that does not say what it should."""
    channels = [_place(path, "telegram", "id") for path in sorted((folder / "telegram").glob("*.toml"))]
    feeds = [_place(path, "feed", "guid") for path in sorted((folder / "feeds").glob("*.toml"))]
    return World({place.name: place for place in channels}, {place.name: place for place in feeds})


# --- time -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Anchor:
    """The moment the ages count back from, and when posts kept back were let out.

    Both are written to `path` at the first start and read at every later one: a post stored yesterday
    must not come back today with another time.
    """

    moment: datetime
    published: dict[str, datetime] = field(default_factory=dict)
    path: Path | None = None

    @classmethod
    def at(cls, now: datetime, path: Path | None = None) -> Anchor:
        """From the file where it exists, else from `now` (and written). Raises WorldError."""
        if path is not None and path.exists():
            try:
                table = json.loads(path.read_text(encoding="utf-8"))
                moment = datetime.fromisoformat(table["moment"])
                published = {key: datetime.fromisoformat(value) for key, value in table["published"].items()}
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise WorldError(f"{path}: {error}; remove the file to begin a new world") from error
            if any(value.tzinfo is None for value in (moment, *published.values())):
                raise WorldError(f"{path}: a time without its zone; remove the file to begin a new world")
            return cls(moment, published, path)
        anchor = cls(now.astimezone(UTC).replace(microsecond=0), {}, path)
        anchor.save()
        return anchor

    def save(self) -> None:
        if self.path is None:
            return
        table = {"moment": self.moment.isoformat(), "published": {key: value.isoformat() for key, value in self.published.items()}}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_name(self.path.name + ".new")
        beside.write_text(json.dumps(table, indent=1), encoding="utf-8")
        beside.replace(self.path)

    @property
    def day(self) -> date:
        return self.moment.astimezone(LAW_ZONE).date()


class Showing:
    """What the site shows: the world at its anchor, less what is still kept back and what was taken down. Safe for several threads.

    `gone`: a file with the ids (`Place.label_id`) of posts that were taken down, one a line, read at each question; it need not be there.
    """

    def __init__(self, world: World, anchor: Anchor, *, hold: bool = False, gone: Path | None = None) -> None:
        self.world = world
        self.anchor = anchor
        self._gone = gone
        self._lock = threading.Lock()
        held = [(place, post) for place in world.places for post in place.posts if post.held]
        waiting = [pair for pair in held if pair[0].label_id(pair[1]) not in anchor.published]
        if not hold:
            for place, post in waiting:
                anchor.published[place.label_id(post)] = anchor.moment - post.age
            anchor.save()
            waiting = []
        self._waiting = sorted(waiting, key=lambda pair: pair[1].age, reverse=True)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def answers(self, place: Place) -> bool:
        """Whether the place can be read now."""
        return not place.shut or not any(start <= self.now() < end for start, end in place.shut)

    def posts(self, place: Place) -> list[tuple[Post, datetime]]:
        """The posts of a place with their times, oldest first."""
        gone = set(self._gone.read_text(encoding="utf-8").splitlines()) if self._gone is not None and self._gone.exists() else set()
        with self._lock:
            hidden = {id(post) for _, post in self._waiting}
            return [
                (post, self.anchor.published.get(place.label_id(post), self.anchor.moment - post.age))
                for post in place.posts
                if id(post) not in hidden and place.label_id(post) not in gone
            ]

    def publish_next(self, now: datetime) -> str:
        """Lets the oldest post kept back out, dated `now`. Answers its id, "" when none is left."""
        with self._lock:
            if not self._waiting:
                return ""
            place, post = self._waiting.pop(0)
            key = place.label_id(post)
            self.anchor.published[key] = now.astimezone(UTC).replace(microsecond=0)
            self.anchor.save()
            return key


# --- the register's files -------------------------------------------------------------------------


def dated(text: str, day: date) -> str:
    """`{-30}` becomes the ISO date thirty days before `day`."""
    return _OFFSET.sub(lambda match: (day + timedelta(days=int(match[1]))).isoformat(), text)


def write_register(into: Path, day: date, folder: Path = FOLDER) -> list[Path]:
    """Writes agencies.csv and licences.csv, and the newer pair below `newer/`. Answers the paths written."""
    written = []
    for template in sorted((folder / "register").rglob("*.csv")):
        target = into / template.relative_to(folder / "register")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dated(template.read_text(encoding="utf-8"), day), encoding="utf-8")
        written.append(target)
    return written
