"""Walking down what a platform serves newest first, page by page, behind tokens only the platform understands.

One watch may look in several places (a word each). Each place has a `Walk`: down from the newest page to where the last finished
walk began. What a walk begins with counts as known only when the walk is finished: a run that is killed, paced or out of pages goes
on at the kept token, and a token the platform no longer takes costs the walk's pages again, never its posts. Search indexes lag and
posts are edited: a walk goes `look_back` deeper than what is known. Why and at what price: docs/adr/0023.

For numbered channels see progress.py, which knows more and asks less.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from patrol import domain
from patrol.domain import moments

FIRST = timedelta(days=7)  # how deep the first walk of a new watch goes
LOOK_BACK = timedelta(hours=2)
EMPTY_PAGES = 5  # in a row, each with a next one: believed no longer
_REMEMBERED = 400  # tokens and pages of one walk kept in the cursor, 12 characters each; a loop longer than that is not seen
_TROUBLES = 3  # looks in a row a platform in trouble fails before the run ends

# Answers that blame the request itself: another word of the same watch may still be asked.
_OF_ONE_LOOK = frozenset(("not_found", "client_error", "bad_query"))
# Answers that may blame the request or the whole platform. Others are asked first, then the run fails and is tried again.
_PERHAPS_OF_ONE_LOOK = frozenset(
    ("server_error", "timeout", "cut_answer", "not_json", "shape_changed", "platform_error", "too_large", "bad_encoding")
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One page of one look, as the platform served it, with its posts adapted."""

    answer: domain.RawAnswer
    posts: tuple[domain.RawPost, ...]
    next: str = ""  # the platform's token of the page below; "" where it says there is none
    problems: tuple[domain.Problem, ...] = ()
    gone: tuple[str, ...] = ()
    # The times the platform sorts by, where they are not those of the posts: a group puts on top what was answered last.
    moments: tuple[datetime | None, ...] | None = None
    # The platform served something else than the page it was asked for: what lies below was not shown, and is asked for again.
    strayed: bool = False


type Look = Callable[[str], Turn]  # asks for the page behind a token; "" is the newest. Raises SourceError


@dataclass(frozen=True, slots=True)
class Walk:
    """How far one look has come. Times are those of posts (UTC); None: nothing was ever finished, nothing is on its way."""

    known: datetime | None = None  # newest post of the last finished walk
    top: datetime | None = None  # newest post of the walk on its way
    token: str = ""  # where it goes on
    floor: datetime | None = None  # of the walk on its way: kept, since a first walk over many runs must not end higher than it began
    seen: tuple[str, ...] = ()  # digests of its tokens and pages
    empty: int = 0  # pages without a post, the last ones in a row

    @classmethod
    def read(cls, kept: Any) -> "Walk":
        """From a stored cursor. One that cannot be read starts anew: that costs requests, believing it costs posts."""
        try:
            seen = tuple(str(digest) for digest in kept.get("seen", ()))
            floor = _time(kept.get("floor", ""))
            return cls(_time(kept["known"]), _time(kept["top"]), str(kept["token"]), floor, seen, int(kept.get("empty", 0)))
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
            return cls()

    def cursor(self) -> dict[str, Any]:
        cursor: dict[str, Any] = {"known": _written(self.known), "top": _written(self.top), "token": self.token}
        if self.floor:
            cursor["floor"] = _written(self.floor)
        if self.token:
            cursor |= {"seen": list(self.seen), "empty": self.empty}
        return cursor

    def begun(self, now: datetime, first: timedelta, look_back: timedelta) -> "Walk":
        """A walk from the newest page. What a walk that lost its token had on top stays on top: it was stored."""
        floor = self.known - look_back if self.known else self.floor or now - first
        return Walk(known=self.known, top=self.top, floor=floor)

    def after(self, turn: Turn, now: datetime) -> "Walk":
        """The walk once this page is stored: finished where the platform has no page below, or all of it lies below the floor.

        Only a page that is old throughout ends a walk: one pinned or late post in the wrong place must not cut off the rest.
        A post from the future counts as of now, or it would make all others old for good; one from before there were posts has no time.
        """
        told = [post.posted_at for post in turn.posts] if turn.moments is None else turn.moments
        times = [min(moment, now) for moment in told if moment is not None and moment >= moments.EARLIEST]
        top = max((moment for moment in (self.top, *times) if moment is not None), default=None)
        old = self.floor is not None and bool(times) and len(times) == len(told) and max(times) < self.floor
        if turn.next and not old:
            seen = (*self.seen, *_digests(self.token, turn.posts))[-_REMEMBERED:]
            return replace(self, top=top, token=turn.next, seen=seen, empty=0 if turn.posts else self.empty + 1)
        known = max((moment for moment in (self.known, top) if moment is not None), default=None)
        return Walk(known=known)

    def given_up(self) -> "Walk":
        """Nothing counts as known that was not reached; the next walk goes down the whole way again."""
        return Walk(known=self.known, floor=None if self.known else self.floor)

    def led_back(self, turn: Turn, following: "Walk") -> bool:
        """Whether a page, or the page it names as the next, was seen in this walk already."""
        page = _digests(None, turn.posts)
        return any(digest in self.seen for digest in page) or _digest("token", following.token) in following.seen


def _digests(token: str | None, posts: Iterable[domain.RawPost]) -> tuple[str, ...]:
    names = sorted({post.external_id for post in posts})
    page = (_digest("page", *names),) if names else ()
    return page if token is None else (_digest("token", token), *page)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _time(text: str) -> datetime | None:
    """None too for what no post can have: kept by a walk that believed it."""
    moment = datetime.fromisoformat(text) if text else None
    return moment.astimezone(UTC) if moment is not None and moment >= moments.EARLIEST else None


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


@dataclass(frozen=True, slots=True)
class _Going:
    now: datetime
    first: timedelta
    look_back: timedelta


@dataclass(frozen=True, slots=True)
class _Step:
    turn: Turn
    walk: Walk
    problems: tuple[domain.Problem, ...] = ()


def down(
    ask: domain.Ask, looks: Mapping[str, Look], *, first: timedelta = FIRST, look_back: timedelta = LOOK_BACK
) -> Iterator[domain.Page]:
    """The pages of all looks, at most `ask.max_pages` in all. Each look is walked to its end before the next; a run that ends
    early begins the next one where it stopped, one that a look ended begins with the look behind it: no look starves.

    A look the platform refuses by itself (a word it does not take) is told on a page of its own, its answer kept, and the others
    go on; where no look answers, its SourceError is raised. A look that fails as the platform itself may fail does not keep the
    others from being asked either, and its SourceError ends the run after them. A walk that is led back to a page it has
    seen, or into ever more empty pages, is given up and told.
    """
    going = _Going(ask.now, first, look_back)
    walks = {key: Walk.read(_kept(ask.cursor).get(key)) for key in looks}
    order = _turn_order(list(looks), str(ask.cursor.get("turn", "")))
    left = max(ask.max_pages, 1)
    refused: list[domain.SourceError] = []
    failed: list[domain.SourceError] = []
    answered, in_a_row = False, 0

    def cursor(turn: str) -> dict[str, Any]:
        return {"looks": {name: one.cursor() for name, one in walks.items()}, "turn": turn}

    for place, key in enumerate(order):
        after_this = order[(place + 1) % len(order)]
        told: domain.Page | None = None
        try:
            for step in _one(walks[key], looks[key], going):
                turn, walks[key], answered, left, in_a_row = step.turn, step.walk, True, left - 1, 0
                kept = cursor(key if step.walk.token else after_this)
                yield domain.Page(turn.answer, turn.posts, kept, (*turn.problems, *step.problems), turn.gone)
                if left <= 0:
                    break
        except domain.SourceError as error:
            of_this_look = _blames_the_look(error)
            in_a_row += not of_this_look
            if len(looks) == 1:
                raise
            if not _others_may_be_asked(error) or in_a_row >= _TROUBLES:
                if error.problem.code != "paced":  # our own pace blames no look: it is asked first again
                    error.cursor = cursor(after_this)
                raise
            (refused if of_this_look else failed).append(error)
            if error.answer is not None:
                problem = replace(error.problem, where=key)
                told = domain.Page(error.answer, (), cursor(after_this), (problem,))
        if told is not None:
            left -= 1
            yield told
        if left <= 0:
            break
    if failed:
        raise failed[0]
    if refused and not answered:
        raise refused[0]


def _blames_the_look(error: domain.SourceError) -> bool:
    """Whether it can be told on a page of its own; without an answer there is none to tell it on."""
    return error.problem.code in _OF_ONE_LOOK and error.answer is not None


def _others_may_be_asked(error: domain.SourceError) -> bool:
    return error.problem.code in _OF_ONE_LOOK | _PERHAPS_OF_ONE_LOOK and not error.retry_after


def _kept(cursor: Mapping[str, Any]) -> Mapping[str, Any]:
    kept = cursor.get("looks")
    return kept if isinstance(kept, Mapping) else {}


def _turn_order(keys: list[str], turn: str) -> list[str]:
    start = keys.index(turn) if turn in keys else 0
    return keys[start:] + keys[:start]


def _one(walk: Walk, look: Look, going: _Going) -> Iterator[_Step]:
    """A kept walk to its end, then a new one from the newest page.

    A kept token that fails begins a new walk: refused, it is no longer taken; failing as the platform fails, it may lead to a page
    that always does, and new posts must not wait for it. Where all of the platform is down, the newest page fails as well and the
    token stays.
    """
    if walk.token:
        try:
            turn = look(walk.token)
        except domain.SourceError as error:
            if not _others_may_be_asked(error):
                raise
        else:
            for step in _walked(walk, turn, look, going):
                walk = step.walk
                yield step
    walk = walk.begun(going.now, going.first, going.look_back)
    yield from _walked(walk, look(""), look, going)


def _walked(walk: Walk, turn: Turn, look: Look, going: _Going) -> Iterator[_Step]:
    """A walk from a page that was just fetched down to its end."""
    names: set[str] = set()
    while True:
        following = walk.after(turn, going.now)
        on_page = {post.external_id for post in turn.posts}
        if turn.strayed:
            yield _Step(turn, walk.given_up())
            return
        if following.token and (walk.led_back(turn, following) or (on_page and on_page <= names)):
            # Believing such a page leads round and round. What it hides is asked for again by the next run's new walk.
            yield _Step(turn, walk.given_up(), (page_repeats(),))
            return
        if following.token and following.empty >= EMPTY_PAGES:
            yield _Step(turn, walk.given_up(), (empty_pages(),))
            return
        walk = following
        yield _Step(turn, walk)
        if not walk.token:
            return
        names |= on_page
        try:
            turn = look(walk.token)
        except domain.SourceError as error:
            if error.problem.code not in _OF_ONE_LOOK or error.answer is None:
                raise
            # A token given a moment ago is refused: the platform goes no deeper. That must not stop the watch for good.
            yield _Step(Turn(error.answer, ()), walk.given_up(), (replace(error.problem, permanent=False),))
            return


def page_repeats() -> domain.Problem:
    return domain.Problem(
        "page_repeats",
        domain.Sentence(
            id="Platform menyajikan halaman yang sama lagi alih-alih halaman berikutnya. Pengambilan berhenti di situ.",
            en="The platform served the same page again instead of the next one. Fetching stopped there.",
        ),
    )


def empty_pages() -> domain.Problem:
    return domain.Problem(
        "empty_pages",
        domain.Sentence(
            id=f"Platform menyajikan {EMPTY_PAGES} halaman kosong berturut-turut dan selalu menjanjikan halaman berikutnya. "
            "Pengambilan berhenti di situ dan dimulai lagi dari unggahan terbaru.",
            en=f"The platform served {EMPTY_PAGES} empty pages in a row and kept promising another one. Fetching stopped there "
            "and begins again at the newest post.",
        ),
    )
