"""Mastodon: any server that speaks its interface (Mastodon, snac, Pleroma, GoToSocial, …), https://docs.joinmastodon.org/api/.

A watch names the server too (`#tag@server`, `@account@server`, `server`, `words@server`, the address of a post for its comments).
Most timelines are open to all; search needs a token of an account there, and so do some servers for everything. The token is sent to
its own server only. In this order: what is asked for, how it is fetched; how a post becomes RawPost
stands in shape.py.

Identity is the post's `uri`, the same on every server that shows it. A page in a browser shows a server's own number instead
(`https://server/@account/NUMBER`); its form here is `https://server/web/statuses/NUMBER`, an address that works, and every post says in
`also` under which number it was fetched. What `quote` cites is named in `forward_of` and not mixed into the text: a warning that
cites an offer is no offer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import requests

from patrol import domain
from patrol.sources.mastodon import problems as mastodon_problems
from patrol.sources.mastodon import shape
from patrol.sources.shared import api, shapes, walks

PLATFORM: str = domain.Platform.MASTODON
NAME = domain.Sentence(id="Mastodon", en="Mastodon")
HOSTS: tuple[str, ...] = ()
CALLED: tuple[str, ...] = ()
SENT_IN = True
TITLE = domain.Sentence(id="Mastodon (server mana pun)", en="Mastodon (any server)")
TERMS = domain.Sentence(
    id="Dibaca lewat antarmuka terbuka server Mastodon, dengan jeda. Hanya unggahan untuk umum; token hanya dikirim ke servernya.",
    en="Read through the open interface of Mastodon servers, with pauses. Public posts only; a token is sent to its own server only.",
)
HEALTHY = domain.Sentence(
    id="Tagar atau akun yang sepi boleh berhari-hari kosong. Linimasa server yang kosong berarti server tutup atau menutup linimasanya.",
    en="A quiet hashtag or account may be empty for days. An empty server timeline means the server is down or has closed it.",
)
ASKS = domain.Sentence(
    id="Tulis tagar dan servernya, misalnya #lokerluarnegeri@mastodon.example.",
    en="Write a hashtag and its server, such as #lokerluarnegeri@mastodon.example.",
)
LIMITS = domain.Sentence(
    id="Biasanya 300 permintaan per lima menit, 40 unggahan setiap kali. Tidak terbaca: unggahan untuk pengikut saja, pesan langsung.",
    en="Usually 300 requests in five minutes, 40 posts a request. Not readable: posts for followers only, direct messages.",
)
ROBOTS = domain.Sentence(
    id="Antarmuka ini dibuat untuk program; robots.txt mengatur halaman web dan tidak ditanya.",
    en="The interface is made for programs; robots.txt is about web pages and is not asked.",
)
PROVEN = domain.Sentence(
    id="Diuji dengan server sungguhan (snac): akun, tagar, linimasa, pencarian, komentar, suntingan, penghapusan; dan dengan "
    "jawaban Mastodon asli yang terekam.",
    en="Tested against a real server (snac): account, hashtag, timeline, search, comments, edits, deletion; and with recorded "
    "real answers of Mastodon.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (0, 100)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(
        domain.QueryKind.HASHTAG,
        domain.Sentence(id="Tagar", en="Hashtag"),
        ASKS,
        takes_words=True,
        names_server=True,
        open=True,
        label=domain.Sentence(id="Tagar dan server", en="Hashtag and server"),
        example="#lokerluarnegeri@mastodon.example",
    ),
    domain.QueryShape(
        domain.QueryKind.ACCOUNT,
        domain.Sentence(id="Akun", en="Account"),
        domain.Sentence(
            id="Tulis akun dan servernya, misalnya @akun@mastodon.example, atau alamatnya https://mastodon.example/@akun.",
            en="Write an account and its server, such as @akun@mastodon.example, or its address https://mastodon.example/@akun.",
        ),
        open=True,
        label=domain.Sentence(id="Akun dan server", en="Account and server"),
        example="@akun@mastodon.example",
    ),
    domain.QueryShape(
        domain.QueryKind.TIMELINE,
        domain.Sentence(id="Linimasa server", en="Server timeline"),
        domain.Sentence(id="Tulis nama server, misalnya mastodon.example.", en="Write the server's name, such as mastodon.example."),
        open=True,
        label=domain.Sentence(id="Nama server", en="Name of the server"),
        example="mastodon.example",
    ),
    domain.QueryShape(
        domain.QueryKind.SEARCH,
        domain.Sentence(id="Pencarian kata", en="Search"),
        domain.Sentence(
            id="Tulis kata dan servernya, misalnya loker taiwan@mastodon.example. Perlu token akun di server itu.",
            en="Write words and the server, such as loker taiwan@mastodon.example. Needs a token of an account there.",
        ),
        takes_words=True,
        label=domain.Sentence(id="Kata dan server", en="Words and server"),
        example="loker taiwan@mastodon.example",
    ),
    domain.QueryShape(
        domain.QueryKind.COMMENTS,
        domain.Sentence(id="Komentar satu unggahan", en="Comments under one post"),
        domain.Sentence(
            id="Tulis alamat unggahan, misalnya https://mastodon.example/@akun/109302354165120279.",
            en="Write the post's address, such as https://mastodon.example/@akun/109302354165120279.",
        ),
        open=True,
        label=domain.Sentence(id="Alamat unggahan", en="Address of the post"),
        example="https://mastodon.example/@akun/109302354165120279",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = (
    domain.CredentialField("instance", domain.Sentence(id="Server", en="Server"), secret=False),
    domain.CredentialField("token", domain.Sentence(id="Token akses", en="Access token")),
)

_PAGE = 40  # posts; the most Mastodon gives
_NAME = re.compile(r"[\w.-]+(@[\w.-]+)?")
_AGAIN = 5  # results of a search asked for again on the next page: a post deleted between two pages moves the others up


# --- what is asked for ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a watch looks: a server, and what there (a tag, an account, words, a post's number; "" for all of it)."""

    host: str
    what: str = ""


def identity(url: str) -> str:
    """The post's `uri` where the address is one, `https://server/web/statuses/NUMBER` for a page in a browser, else ""."""
    return shape.identity(url)


def place_of(query: str, kind: str = "") -> Place | None:
    """What a query asks for, None where it asks for nothing a server could answer."""
    query, kind = query.strip(), kind or QUERIES[0].key
    address = shape.split(query)
    if address:
        return _place_of_address(*address, kind)
    what, at, host = query.rpartition("@")
    what, host = what.strip(), host.lower()
    name, tag = what.removeprefix("@"), tag_of(what)
    answerable = {
        domain.QueryKind.TIMELINE.value: (not what, ""),
        domain.QueryKind.ACCOUNT.value: (bool(at and _NAME.fullmatch(name)), name),
        domain.QueryKind.HASHTAG.value: (bool(tag or not what), tag),
        domain.QueryKind.SEARCH.value: (True, what),
    }
    usable, asked = answerable.get(kind, (False, ""))
    return Place(host, asked) if usable and shape.HOST.fullmatch(host) else None


def _place_of_address(host: str, path: str, kind: str) -> Place | None:
    if kind == domain.QueryKind.COMMENTS:
        post = shape.WEB.fullmatch(path) or shape.OBJECT.fullmatch(path)
        number = next(filter(None, post.groups()), "") if post else ""
        return Place(host, number) if number else None
    found = {
        domain.QueryKind.ACCOUNT.value: re.fullmatch(r"/@([\w.-]+(?:@[\w.-]+)?)", path),
        domain.QueryKind.HASHTAG.value: re.fullmatch(r"/tags/(\w+)", path),
        domain.QueryKind.TIMELINE.value: re.fullmatch(r"(?:/public(?:/local)?)?()", path),
    }.get(kind)
    return Place(host, found.group(1)) if found else None


def tag_of(words: str) -> str:
    """Words as one hashtag: "loker luar negeri" is #lokerluarnegeri."""
    return re.sub(r"[\W]+", "", words).lower()


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """None for what a server could answer. A search may leave the query empty: then the credential names the server."""
    kind = kind or QUERIES[0].key
    if kind == domain.QueryKind.SEARCH and not query.strip():
        return None
    return None if place_of(query, kind) else shapes.refused(QUERIES, kind)


def asked_for(query: str, kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    place = place_of(query, kind)
    return f"{place.what}@{place.host}".casefold() if place else ""


# --- fetching -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Server:
    host: str
    token: str
    fetcher: domain.Fetcher

    def get(self, path: str, **parameters: str) -> tuple[domain.RawAnswer, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        url = f"https://{self.host}/api/{path}"
        try:
            return api.get(self.fetcher, url, title=TITLE, parameters=parameters, headers=headers, judge=_judged)
        except domain.SourceError as error:
            if error.problem.code != "credentials_refused" or self.token:
                raise
            missing = api.credential_missing(TITLE)
            missing.answer = error.answer
            raise missing from error


def _own_server(ask: domain.Ask) -> str:
    """The server the credential is of."""
    return ask.credential.get("instance", "").strip().lower().removeprefix("https://").rstrip("/")


def _server(host: str, ask: domain.Ask, fetcher: domain.Fetcher) -> _Server:
    """A server, with the token where it is its own: another server must never see it."""
    return _Server(host, ask.credential.get("token", "") if _own_server(ask) == host else "", fetcher)


def _judged(answer: domain.RawAnswer, body: Any) -> domain.SourceError | None:
    return mastodon_problems.said(body, answer)


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """Pages newest first, a tag or word of the packs after the other. Raises SourceError: bad_query, not_found,
    credential_missing, credentials_refused, shape_changed, and those of `api` and the fetcher."""
    kind = ask.kind or QUERIES[0].key
    query = _own_server(ask) if kind == domain.QueryKind.SEARCH and not ask.query.strip() else ask.query
    place = place_of(query, kind)
    if place is None:
        raise _bad_query(kind)
    server = _server(place.host, ask, fetcher)
    if kind == domain.QueryKind.COMMENTS:
        yield from _comments(server, place, ask)
        return
    looks = _looks(server, place, kind, ask)
    if not looks:
        raise _bad_query(kind)
    yield from walks.down(ask, looks)


def _bad_query(kind: str) -> domain.SourceError:
    problem = shapes.refused(QUERIES, kind)
    return domain.SourceError(problem.code, problem.sentence, permanent=True)


def _looks(server: _Server, place: Place, kind: str, ask: domain.Ask) -> dict[str, walks.Look]:
    if kind == domain.QueryKind.TIMELINE:
        return {"": _timeline(server, "v1/timelines/public", server.host, local="true")}
    if kind == domain.QueryKind.ACCOUNT:
        account = _account(server, place.what)[1]
        number = quote(api.text(account.get("id")), safe="")
        return {"": _timeline(server, f"v1/accounts/{number}/statuses", f"@{place.what}@{server.host}")}
    if kind == domain.QueryKind.HASHTAG:
        tags = [tag for tag in dict.fromkeys((place.what, *map(tag_of, ask.words))) if tag]
        return {tag: _timeline(server, f"v1/timelines/tag/{quote(tag)}", f"#{tag}@{server.host}") for tag in tags}
    if not server.token:
        raise api.credential_missing(TITLE)
    words = [word for word in dict.fromkeys((place.what, *ask.words)) if word.strip()]
    return {word: _search(server, word) for word in words}


def _account(server: _Server, name: str) -> tuple[domain.RawAnswer, Mapping[str, Any]]:
    """An account by name. Raises SourceError: not_found, and those of `_Server.get`."""
    try:
        answer, body = server.get("v1/accounts/lookup", acct=name)
    except domain.SourceError as error:
        if error.problem.code == "not_found":
            raise mastodon_problems.account_not_found(error.answer) from error
        raise
    if not isinstance(body, dict) or not api.text(body.get("id")):
        raise api.shape_changed(TITLE, answer)
    return answer, body


def _timeline(server: _Server, path: str, origin: str, **parameters: str) -> walks.Look:
    """A timeline, paged by the number of the last post of the page above (`max_id`)."""

    def look(token: str) -> walks.Turn:
        answer, body = server.get(path, **parameters, limit=str(_PAGE), max_id=token)
        numbers = _numbers(_listed(body, answer))
        posts, problems = shape.adapted(body, answer, server.host, origin)
        if token and token in numbers:  # the server looks past max_id and shows its newest posts again
            # Some servers always do, one behind a cache does it once: a walk ended here would leave a hole for good.
            return walks.Turn(answer, posts, "", (*problems, mastodon_problems.pages_not_served()), strayed=True)
        return walks.Turn(answer, posts, _next(answer, numbers), problems)

    return look


def _search(server: _Server, word: str) -> walks.Look:
    """A search, paged by how many results to leave out. They overlap: a post deleted meanwhile moves the others up."""

    def look(token: str) -> walks.Turn:
        answer, body = server.get("v2/search", q=word, type="statuses", resolve="false", limit=str(_PAGE), offset=token)
        found = _listed(api.mapping(body).get("statuses"), answer)
        numbers = _numbers(found)
        posts, problems = shape.adapted(found, answer, server.host, server.host)
        more = len(numbers) > _AGAIN
        return walks.Turn(answer, posts, str(int(token or 0) + len(numbers) - _AGAIN) if more else "", problems)

    return look


def _listed(body: Any, answer: domain.RawAnswer) -> list[Any]:
    """The posts of a page. Raises SourceError("shape_changed") where it is no list."""
    if not isinstance(body, list):
        raise api.shape_changed(TITLE, answer)
    return body


def _numbers(body: list[Any]) -> list[str]:
    """The server's numbers of a page's posts."""
    numbers = [api.text(item.get("id")) if isinstance(item, dict) else "" for item in body]
    return [number for number in numbers if number]


def _next(answer: domain.RawAnswer, numbers: Sequence[str]) -> str:
    """Where the page below begins: as the Link header says, or the last number where the server sends none at all. Of the header
    only the number is taken: the address itself could lead anywhere."""
    written = answer.header("Link")
    if not written:
        return numbers[-1] if numbers else ""
    for link in requests.utils.parse_header_links(written):
        if link.get("rel") == "next":
            return parse_qs(urlsplit(link.get("url", "")).query).get("max_id", [""])[0]
    return ""


def _comments(server: _Server, place: Place, ask: domain.Ask) -> Iterator[domain.Page]:
    """The post itself as it is now, then everything below it. The platform serves both whole, so nothing is kept in the cursor."""
    path = f"v1/statuses/{quote(place.what, safe='')}"
    try:
        answer, status = server.get(path)
    except domain.SourceError as error:
        if error.problem.code == "not_found" and error.answer and error.answer.body.lstrip().startswith(b"{"):
            yield domain.Page(error.answer, (), {}, (mastodon_problems.post_gone(),), gone=shape.names_of(ask.query))
            return
        raise
    posts, problems = shape.adapted([status], answer, server.host, server.host)
    if ask.max_pages > 1:
        yield domain.Page(answer, posts, {}, problems)
    answer, body = server.get(f"{path}/context")
    below = _listed(api.mapping(body).get("descendants"), answer)
    posts, problems = shape.adapted(below, answer, server.host, server.host, root=status)
    yield domain.Page(answer, posts, {}, problems, answered=shape.answered(below, status, server.host))


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """What an account says about itself: its note and its fields. None where the server knows it no more."""
    place = place_of(account, domain.QueryKind.ACCOUNT)
    if place is None:
        return None
    server = _server(place.host, ask, fetcher)
    try:
        answer, body = _account(server, place.what)
    except domain.SourceError as error:
        if error.problem.code == "not_found":
            return None
        raise
    parts = [shape.html(body.get("note"), answer)]
    for entry in api.mappings(body.get("fields")):
        value, links = shape.html(entry.get("value"), answer)
        parts.append((f"{api.text(entry.get('name'))}: {value}", links))
    return domain.Profile(
        platform=PLATFORM,
        account=shape.author(body, server.host),
        name=api.text(body.get("display_name")),
        text="\n".join(text for text, _links in parts if text),
        links=tuple(dict.fromkeys(link for _text, links in parts for link in links)),
        url=api.text(body.get("url")),
        answer=answer,
        account_id=shape.author_id(body),
    )
