"""Walking down what a platform serves newest first, page by page, behind tokens only the platform understands.

One watch may look in several places (a word each). Each place has a `Walk`: down from the newest page to where the last finished
walk began. What a walk begins with counts as known only when the walk is finished: a run that is killed, paced or out of pages goes
on at the kept token, and a token the platform no longer takes costs the walk's pages again, never its posts. Search indexes lag and
posts are edited: a walk goes `look_back` deeper than what is known.

For numbered channels see progress.py, which knows more and asks less.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from patrol import vocabulary

FIRST = timedelta(days=7)  # how deep the first walk of a new watch goes
LOOK_BACK = timedelta(hours=2)

# Answers that blame the request itself: another word of the same watch may still be asked.
_OF_ONE_LOOK = frozenset(("not_found", "client_error", "bad_query"))


@dataclass(frozen=True, slots=True)
class Turn:
    """One page of one look, as the platform served it, with its posts adapted."""

    answer: vocabulary.RawAnswer
    posts: tuple[vocabulary.RawPost, ...]
    next: str = ""  # the platform's token of the page below; "" where it says there is none
    problems: tuple[vocabulary.Problem, ...] = ()
    gone: tuple[str, ...] = ()


type Look = Callable[[str], Turn]  # asks for the page behind a token; "" is the newest. Raises SourceError


@dataclass(frozen=True, slots=True)
class Walk:
    """How far one look has come. Times are those of posts (UTC); None: nothing was ever finished, nothing is on its way."""

    known: datetime | None = None  # newest post of the last finished walk
    top: datetime | None = None  # newest post of the walk on its way
    token: str = ""  # where it goes on

    @classmethod
    def read(cls, kept: Any) -> "Walk":
        """From a stored cursor. One that cannot be read starts anew: that costs requests, believing it costs posts."""
        try:
            return cls(_time(kept["known"]), _time(kept["top"]), str(kept["token"]))
        except (KeyError, TypeError, ValueError):
            return cls()

    def cursor(self) -> dict[str, str]:
        return {
            "known": self.known.isoformat() if self.known else "",
            "top": self.top.isoformat() if self.top else "",
            "token": self.token,
        }

    def floor(self, going: "_Going") -> datetime:
        """Below which time nothing more is looked for."""
        return self.known - going.look_back if self.known else going.now - going.first

    def after(self, turn: Turn, floor: datetime, now: datetime) -> "Walk":
        """The walk once this page is stored: finished where the platform has no page below, or all of it lies below the floor.

        Only a page that is old throughout ends a walk: one pinned or late post in the wrong place must not cut off the rest.
        A post from the future counts as of now, or it would make all others old for good.
        """
        times = [min(post.posted_at, now) for post in turn.posts if post.posted_at is not None]
        top = max((moment for moment in (self.top, *times) if moment is not None), default=None)
        old = bool(times) and len(times) == len(turn.posts) and max(times) < floor
        if turn.next and not old:
            return replace(self, top=top, token=turn.next)
        known = max((moment for moment in (self.known, top) if moment is not None), default=None)
        return Walk(known=known)


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


@dataclass(frozen=True, slots=True)
class _Going:
    now: datetime
    first: timedelta
    look_back: timedelta


@dataclass(frozen=True, slots=True)
class _Step:
    turn: Turn
    walk: Walk
    problems: tuple[vocabulary.Problem, ...] = ()


def down(
    ask: vocabulary.Ask,
    looks: Mapping[str, Look],
    *,
    first: timedelta = FIRST,
    look_back: timedelta = LOOK_BACK,
) -> Iterator[vocabulary.Page]:
    """The pages of all looks, at most `ask.max_pages` in all. Each look is walked to its end before the next; a run that ends
    early begins the next one where it stopped, so no look starves.

    A look the platform refuses by itself (a word it does not take) becomes a Problem beside the first page of another; where no
    look answers, its SourceError is raised. A token that leads to a page seen in this run ends the look and is told.
    """
    going = _Going(ask.now, first, look_back)
    walks = {key: Walk.read(_kept(ask.cursor).get(key)) for key in looks}
    order = _turn_order(list(looks), str(ask.cursor.get("turn", "")))
    left = max(ask.max_pages, 1)
    refused: list[vocabulary.SourceError] = []
    told: tuple[vocabulary.Problem, ...] = ()
    answered = False
    for place, key in enumerate(order):
        try:
            for step in _one(walks[key], looks[key], going):
                turn, walks[key], answered, left = step.turn, step.walk, True, left - 1
                following = key if step.walk.token else order[(place + 1) % len(order)]
                cursor = {"looks": {name: one.cursor() for name, one in walks.items()}, "turn": following}
                yield vocabulary.Page(
                    turn.answer, turn.posts, cursor, (*told, *turn.problems, *step.problems), turn.gone
                )
                told = ()
                if left <= 0:
                    return
        except vocabulary.SourceError as error:
            if error.problem.code not in _OF_ONE_LOOK or len(looks) == 1:
                raise
            refused.append(error)
            told = (*told, replace(error.problem, where=key))
    if refused and not answered:
        raise refused[0]


def since(ask: vocabulary.Ask, key: str, *, first: timedelta = FIRST, look_back: timedelta = LOOK_BACK) -> datetime:
    """Below which time the next walk of a look need not go, for platforms that take a beginning with the question. A walk on its way
    was begun at the same time: what is known only moves when it ends. A beginning that moves all the same (the clock, for a first
    walk) belongs into the token."""
    return Walk.read(_kept(ask.cursor).get(key)).floor(_Going(ask.now, first, look_back))


def _kept(cursor: Mapping[str, Any]) -> Mapping[str, Any]:
    kept = cursor.get("looks")
    return kept if isinstance(kept, Mapping) else {}


def _turn_order(keys: list[str], turn: str) -> list[str]:
    start = keys.index(turn) if turn in keys else 0
    return keys[start:] + keys[:start]


def _one(walk: Walk, look: Look, going: _Going) -> Iterator[_Step]:
    """A kept walk to its end, then a new one from the newest page."""
    if walk.token:
        try:
            for step in _walked(walk, look, going):
                walk = step.walk
                yield step
        except vocabulary.SourceError as error:
            if error.problem.code not in _OF_ONE_LOOK:
                raise  # else the platform no longer takes the token: the new walk goes down the whole way
    yield from _walked(replace(walk, token=""), look, going)


def _walked(walk: Walk, look: Look, going: _Going) -> Iterator[_Step]:
    floor = walk.floor(going)
    tokens, posts = {walk.token}, set[str]()
    while True:
        turn = look(walk.token)
        names = {post.external_id for post in turn.posts}
        walk = walk.after(turn, floor, going.now)
        if walk.token and (walk.token in tokens or (names and names <= posts)):
            # Believing such a page leads round and round. What it hides is asked for again by the next run's new walk.
            yield _Step(turn, Walk(known=walk.known), (page_repeats(),))
            return
        yield _Step(turn, walk)
        if not walk.token:
            return
        tokens.add(walk.token)
        posts |= names


def page_repeats() -> vocabulary.Problem:
    return vocabulary.Problem(
        "page_repeats",
        vocabulary.Sentence(
            id="Platform menyajikan halaman yang sama lagi alih-alih halaman berikutnya. Pengambilan berhenti di situ.",
            en="The platform served the same page again instead of the next one. Fetching stopped there.",
        ),
    )
