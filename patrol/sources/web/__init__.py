"""Any web page or job board, by CSS selectors: what an office writes down once is read from then on.

In this order: what it says of itself, how it is fetched, how it becomes RawPost. The watch's query is the line of selectors.py.
Identity is the canonical address of a post's own page; a post without one is its site and a hash of its words.

A site has pages, not numbers or times one may rely on. A run reads from the first page down until a page shows only what was seen
before, then goes on where the last run stopped. The cursor keeps short digests of what was seen, and the places still to be read; a
place is kept until all of it is stored, so a run that is killed anywhere costs requests, never posts.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.shared import canonical, markup, spellings
from patrol.sources.web import asked
from patrol.sources.web import problems as web_problems
from patrol.sources.web import selectors as web_selectors
from patrol.sources.web.selectors import Selectors

PLATFORM: str = domain.Platform.WEB
NAME = domain.Sentence(id="Halaman web", en="Web page")
HOSTS: tuple[str, ...] = ()
CALLED: tuple[str, ...] = ("situs", "website", "situs web")
SENT_IN = True
TITLE = domain.Sentence(id="Halaman web atau papan lowongan", en="Web page or job board")
TERMS = domain.Sentence(
    id="Halaman yang terbuka untuk umum, tanpa akun, dengan jeda, dan hanya sejauh robots.txt situs mengizinkan.",
    en="Pages open to the public, without an account, with pauses, and only as far as the site's robots.txt allows.",
)
HEALTHY = domain.Sentence(
    id="Setiap pengambilan membaca halaman pertama. Halaman tanpa satu pun unggahan berarti kosong, minta masuk, atau bentuk situs "
    "berubah sehingga pemilihnya perlu diperbaiki; itu selalu dikatakan.",
    en="Every fetch reads the first page. A page without a single post is empty, asks for a login, or the site changed its shape and the "
    "selectors need mending; it is always told.",
)
LIMITS = domain.Sentence(
    id="Satu permintaan per detik untuk setiap situs, atau lebih jarang bila robots.txt memintanya; sampai 20 halaman dan 100 halaman "
    "rinci sekali jalan, sampai 100 halaman ke belakang. Skrip halaman tidak dijalankan.",
    en="One request a second for each site, or fewer where its robots.txt asks for it; up to 20 pages and 100 pages of single posts a run, "
    "up to 100 pages back. Scripts of the page are not run.",
)
ROBOTS = domain.Sentence(
    id="robots.txt situs ditanya sebelum halaman pertama, dan dipatuhi; begitu pula untuk gambarnya, di situs tempat gambar itu.",
    en="The site's robots.txt is asked before the first page, and obeyed; so it is for its pictures, on the site they lie on.",
)
PROVEN = domain.Sentence(
    id="Diuji dengan halaman buatan dari server sungguhan; setiap situs dicoba dulu pada layar uji coba.",
    en="Tested with invented pages of a real server; each site is tried out first on the try-it screen.",
)
OBEYS_ROBOTS = True
HEALTHY_RANGE = (0, 100)
PROFILE_BY_ID = False
SEVERAL_VIEWS = True
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(
        domain.QueryKind.PAGE,
        domain.Sentence(id="Halaman", en="Page"),
        asked.ASKS,
        label=asked.ADDRESS,
        example=asked.EXAMPLE,
        parts=asked.PARTS,
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = ()

DEEPEST = 100  # pages below the first
DETAILS = 5  # pages of single posts for each page a run may read
REMEMBERED = 2000  # digests in the cursor, 12 letters each
PLACES = 10  # still to be read, newest first

_ACCEPT = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1", "Accept-Language": "id,en;q=0.5"}
_OF_THE_PAGE = frozenset(("not_found", "client_error", "refused", "robots_refused", "too_large", "bad_address", "bad_redirect"))
_PERHAPS_OF_THE_PAGE = frozenset(("server_error", "timeout", "redirect_loop", "bad_encoding"))
_TROUBLES = 3  # pages of single posts in a row that fail as the site may fail


# --- fetching -------------------------------------------------------------------------------------


def identity(_url: str) -> str:
    """Always "": every address is one of some page, so `sources.identity` could know no other. Whoever captures a page no platform
    knows takes `canonical.identity`, which is what stands in external_id here."""
    return ""


def check_query(query: str, _kind: str = "") -> domain.Problem | None:
    """The first thing a person has to change about the line; None where it can be used."""
    try:
        return next(iter(Selectors.read(query).complaints()), None)
    except domain.SourceError as error:
        return error.problem


def asked_for(query: str, _kind: str = "") -> str:
    """As of other platforms; by other selectors it is another watch. "" for a line that cannot be read."""
    try:
        line = Selectors.read(query)
    except domain.SourceError:
        return ""
    return replace(line, address=spellings.address(line.address)).written()


@dataclass(frozen=True, slots=True)
class _Place:
    """A page still to be read, and how far below the first it lies. `onward`: an earlier run left it unread. New posts have pushed
    the others down since, so that a page of known ones says nothing about what lies below it: from here the site is read to its end."""

    address: str
    depth: int = 0
    onward: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """What the cursor keeps."""

    seen: tuple[str, ...] = ()  # digests, newest first
    below: tuple[_Place, ...] = ()  # newest first

    @classmethod
    def read(cls, cursor: Mapping[str, Any]) -> "_State":
        """One that cannot be read starts anew: that costs requests, believing it costs posts."""
        try:
            below = tuple(_Place(str(address), int(depth), onward=True) for address, depth in cursor.get("below", ()))
            return cls(tuple(map(str, cursor.get("seen", ()))), below)
        except (TypeError, ValueError):
            return cls()

    def cursor(self) -> dict[str, Any]:
        return {"seen": list(self.seen), "below": [[place.address, place.depth] for place in self.below]}

    def having(self, digests: Sequence[str]) -> "_State":
        return replace(self, seen=tuple(dict.fromkeys((*digests, *self.seen)))[:REMEMBERED])

    def at(self, *places: _Place) -> "_State":
        """With these on top, one address once; the oldest are dropped first. What an earlier run left at an address stays left."""
        return replace(self, below=tuple({place.address: place for place in (*places, *self.below)}.values())[:PLACES])

    def without_top(self) -> "_State":
        return replace(self, below=self.below[1:])


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """The first page and those below it, at most `max_pages`; behind each the pages of its single posts, where the line asks for
    them. Raises SourceError: bad_query, bad_selector, login_wall, not_a_page, and the fetcher's own."""
    selectors = _checked(ask.query)
    start = _Place(selectors.address)
    state = _State.read(ask.cursor)
    state = replace(state, below=tuple(place for place in state.below if place.address != start.address)).at(start)
    run = _Run(ask, fetcher, selectors, frozenset(state.seen))
    for _left in range(max(ask.max_pages, 1)):
        if not state.below:
            return
        for page, behind in run.place(state):
            state = behind
            yield page
        if run.spent:
            return


def _checked(query: str) -> Selectors:
    selectors = Selectors.read(query)
    for problem in selectors.complaints():
        raise web_problems.raised(problem)
    return selectors


class _Run:
    """One run: what it was asked, what it has seen by itself, and what it may still cost."""

    def __init__(self, ask: domain.Ask, fetcher: domain.Fetcher, selectors: Selectors, before: frozenset[str]) -> None:
        self.ask, self.fetcher, self.selectors, self.before = ask, fetcher, selectors, before
        self.addresses: set[str] = set()
        self.names: set[str] = set()
        self.details = max(ask.max_pages, 1) * DETAILS
        self.troubles = self.repeats = 0
        self.spent = False

    def place(self, state: _State) -> Iterator[tuple[domain.Page, _State]]:
        """The page on top of the state and what hangs on it."""
        place = state.below[0]
        try:
            wire, answer = self._page(place.address)
        except domain.SourceError as error:
            if not place.depth or error.problem.code not in _OF_THE_PAGE or error.answer is None:
                raise
            # A page below that is no longer there must not stop the watch.
            state = state.without_top()
            yield domain.Page(error.answer, (), state.cursor(), (replace(error.problem, permanent=False),)), state
            return
        posts, problems = adapted(self.selectors, wire, answer)
        digests = {post.external_id: _digest(post) for post in posts}
        known = bool(posts) and all(digest in self.before for digest in digests.values())
        names = set(digests)
        # Once may be a post that came while we were reading and pushed the others down; twice is a site without end.
        self.repeats = self.repeats + 1 if place.depth and names <= self.names else 0
        self.addresses.add(canonical.canonical(place.address))
        following, told = self._following(place, wire, known=known)
        problems += told
        self.names |= names
        done = state.without_top()
        done = done.at(following) if following else done
        open_posts = [post for post in posts if self._has_detail(post) and digests[post.external_id] not in state.seen]
        if "detail" not in self.selectors.parts:
            state = done.having(list(digests.values()))
            yield domain.Page(answer, tuple(posts), state.cursor(), tuple(problems)), state
            return
        plain = [post for post in posts if not self._has_detail(post)]
        state = (state if open_posts else done).having([digests[post.external_id] for post in plain])
        yield domain.Page(answer, tuple(plain), state.cursor(), tuple(problems)), state
        for left, post in zip(reversed(range(len(open_posts))), open_posts, strict=True):
            if self.details <= 0:
                self.spent = True
                return
            page, read = self._detail(post, answer)
            state = state.having([digests[post.external_id]]) if read else state
            if not left:
                state = done.having(state.seen)
            yield replace(page, cursor=state.cursor()), state

    def _page(self, address: str) -> tuple[web_selectors.WebPage, domain.RawAnswer]:
        answer = self.fetcher.get(address, headers=_ACCEPT)
        unless_no_page(answer)
        wire = web_selectors.read_page(answer)
        if wire.asks_login and not web_selectors.elements(self.selectors, wire):
            raise web_problems.login_wall(answer)
        return wire, answer

    def _following(self, place: _Place, wire: web_selectors.WebPage, *, known: bool) -> tuple[_Place | None, list[domain.Problem]]:
        """The page below, and why it is not read where it is not."""
        value = self.selectors.parts.get("next")
        address = next(iter(web_selectors.values("next", value, wire.soup, wire.base)), "") if value else ""
        if not address or (known and not place.onward):
            return None, []
        host = urlsplit(address).hostname or ""
        if host != urlsplit(self.selectors.address).hostname:
            return None, [web_problems.next_elsewhere(host)]
        if canonical.canonical(address) in self.addresses or self.repeats > 1:
            return None, [web_problems.page_repeats()]
        if place.depth >= DEEPEST:
            return None, [web_problems.too_deep(DEEPEST)]
        return _Place(address, place.depth + 1, place.onward), []

    def _has_detail(self, post: domain.RawPost) -> bool:
        """Whether a post has a page of its own, on the same site: others did not agree to be read."""
        own_site = urlsplit(post.url).hostname == urlsplit(self.selectors.address).hostname
        return "detail" in self.selectors.parts and own_site and canonical.identity(post.url) == post.external_id

    def _detail(self, post: domain.RawPost, shown: domain.RawAnswer) -> tuple[domain.Page, bool]:
        """The page of one post, and whether it counts as read. One that fails by itself leaves what the list shows."""
        self.details -= 1
        try:
            answer = self.fetcher.get(post.url, headers=_ACCEPT)
            unless_no_page(answer)
        except domain.SourceError as error:
            code = error.problem.code
            if error.retry_after and code != "robots_refused":
                raise
            if code not in _OF_THE_PAGE | _PERHAPS_OF_THE_PAGE | {"not_a_page"}:
                raise
            self.troubles += code in _PERHAPS_OF_THE_PAGE
            if self.troubles >= _TROUBLES:
                raise
            problem = web_problems.detail_missing(error.problem, post.url)
            return domain.Page(error.answer or shown, (post,), {}, (problem,)), code not in _PERHAPS_OF_THE_PAGE
        self.troubles = 0
        wire = web_selectors.read_page(answer)
        value = self.selectors.parts["detail"]
        words = web_selectors.values("detail", value, wire.soup, wire.base)
        if not words:
            problem = web_problems.finds_nothing("detail", value.written())
            return domain.Page(answer, (post,), {}, (replace(problem, where=post.url[:200]),)), True
        found = [link for element in value.elements(wire.soup) for link in markup.links_of(element, wire.base)]
        text = "\n\n".join(dict.fromkeys((*post.text.split("\n\n"), *words)))
        return domain.Page(answer, (replace(post, text=text, links=_each_once(*post.links, *found)),), {}), True


def unless_no_page(answer: domain.RawAnswer) -> None:
    """Raises SourceError("not_a_page") for an answer that is no HTML."""
    kind = answer.header("Content-Type").lower()
    if "html" not in kind and "xml" not in kind and not answer.body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise web_problems.not_a_page(answer)


def profile(_account: str, _ask: domain.Ask, _fetcher: domain.Fetcher) -> None:
    """Pages have authors, not accounts."""


# --- becoming posts -------------------------------------------------------------------------------


def adapted(
    selectors: Selectors, wire: web_selectors.WebPage, answer: domain.RawAnswer
) -> tuple[list[domain.RawPost], list[domain.Problem]]:
    """The posts of a page, each identity once, in its order, and what could not be read."""
    problems = [web_problems.cut_page()] if answer.truncated else []
    if not wire.all_read:
        problems.append(web_problems.bad_charset())
    items = web_selectors.items(selectors, wire)
    if len(items) > web_selectors.ITEMS:
        problems.append(web_problems.too_many_items(web_selectors.ITEMS))
    items = [item for item in items[: web_selectors.ITEMS] if item.text or item.pictures or item.link]
    if not items:
        problems.append(web_problems.no_items(_written(selectors), answer))
    shared = _shared_links(items)
    posts: dict[str, domain.RawPost] = {}
    for item in items:
        post = adapt(selectors, replace(item, link="") if item.link in shared else item, answer)
        posts.setdefault(post.external_id, post)
    problems += _told(selectors, items, shared, answer)
    return list(posts.values()), problems


def _written(selectors: Selectors) -> str:
    return selectors.parts["item"].written() if "item" in selectors.parts else "body"


def _shared_links(items: Sequence[web_selectors.Item]) -> frozenset[str]:
    """Addresses that posts of different words share: they lead to a form or a front page, and name none of them."""
    words: dict[str, set[str]] = {}
    for item in items:
        words.setdefault(item.link, set()).add(item.text)
    return frozenset(link for link, texts in words.items() if link and len(texts) > 1)


def _told(
    selectors: Selectors, items: Sequence[web_selectors.Item], shared: frozenset[str], answer: domain.RawAnswer
) -> Iterator[domain.Problem]:
    repeated = sum(item.link in shared for item in items)
    if repeated:
        yield web_problems.link_repeated(repeated)
    without = sum(not item.link for item in items)
    if without and "item" in selectors.parts:
        yield web_problems.no_link(without)
    unread = [item.written for item in items if item.written and _moment(item.written, answer.received_at) is None]
    if unread:
        yield web_problems.unreadable_times(len(unread), unread[0])


def _moment(written: str, now: datetime) -> datetime | None:
    return web_selectors.moment(written, now)


def adapt(selectors: Selectors, item: web_selectors.Item, answer: domain.RawAnswer) -> domain.RawPost:
    """One item. Without a link of its own it is known by its site and its words; the page itself, without items, by its address."""
    whole = "item" not in selectors.parts
    own = canonical.identity(selectors.address if whole else item.link)
    return domain.RawPost(
        platform=PLATFORM,
        external_id=own or f"{canonical.identity(selectors.address)} {_short(item.title, item.text)}",
        url=selectors.address if whole else item.link or answer.final_url,
        text=item.text,
        author_name=item.author[:200],
        posted_at=_moment(item.written, answer.received_at) if item.written else None,
        posted_at_source=item.written[:60],
        origin=urlsplit(selectors.address).hostname or "",
        links=_each_once(*item.links),
        media=tuple(domain.MediaReference("photo", address, words) for address, words in item.pictures),
        locator=f"item {item.place}",
    )


def _each_once(*links: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(links))


def _short(*parts: str) -> str:
    return "sha256:" + hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _digest(post: domain.RawPost) -> str:
    """Of a post as the list shows it: another text is another digest, so an edit is read anew."""
    return hashlib.sha256(f"{post.external_id}\0{post.text}".encode("utf-8", "surrogatepass")).hexdigest()[:12]


# --- trying it out --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Preview:
    """What a line of selectors would bring, from the first page alone."""

    answer: domain.RawAnswer
    findings: tuple[web_selectors.Finding, ...]
    posts: tuple[domain.RawPost, ...]
    problems: tuple[domain.Problem, ...]


def preview(query: str, fetcher: domain.Fetcher) -> Preview:
    """One page asked for, nothing stored; selectors that are no CSS are complained of in the findings. Raises SourceError: bad_query,
    not_a_page, and the fetcher's own."""
    selectors = Selectors.read(query)
    complaints = selectors.complaints()
    for problem in complaints:
        if problem.code == "bad_query":
            raise web_problems.raised(problem)
    answer = fetcher.get(selectors.address, headers=_ACCEPT)
    unless_no_page(answer)
    if complaints:
        found = web_selectors.findings(selectors, answer, answer.received_at)
        return Preview(answer, found, (), complaints)
    return tried(selectors, answer)


def tried(selectors: Selectors, answer: domain.RawAnswer) -> Preview:
    """The same from an answer that is there. Pure; for selectors without complaints."""
    posts, problems = adapted(selectors, web_selectors.read_page(answer), answer)
    found = web_selectors.findings(selectors, answer, answer.received_at)
    return Preview(answer, found, tuple(posts), tuple(problems))
