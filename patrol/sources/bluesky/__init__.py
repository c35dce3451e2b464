"""Bluesky, by the AT Protocol's HTTP interface (https://docs.bsky.app/docs/api/).

What one account posts, a post's replies and profiles are read without an account from the public view; search wants a session, for
which an app password is exchanged. The session's token lives an hour in this process's memory and is never stored: logins are limited
(300 a day for an account), so each run cannot make its own. In this order: what is asked for, how it is fetched; how a post becomes
RawPost stands in shape.py.

Identity is the post's at:// address with the account's did, which outlives handles. An address in a browser mostly names the handle:
its form here is the same at:// address with the handle in it, and every post says it in `also`.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from patrol import domain
from patrol.sources.bluesky import problems as bluesky_problems
from patrol.sources.bluesky import shape
from patrol.sources.shared import api, followed, shapes, spellings, walks

PLATFORM: str = domain.Platform.BLUESKY
NAME = domain.Sentence(id="Bluesky", en="Bluesky")
HOSTS: tuple[str, ...] = ("bsky.app",)
CALLED: tuple[str, ...] = ("bsky",)
SENT_IN = True
TITLE = domain.Sentence(id="Bluesky (unggahan publik)", en="Bluesky (public posts)")
TERMS = domain.Sentence(
    id="Dibaca lewat antarmuka resmi Bluesky: tanpa akun untuk akun, balasan, dan profil; dengan sandi aplikasi kantor untuk pencarian.",
    en="Read through Bluesky's own interface: without an account for accounts, replies and profiles; with an app password for search.",
)
HEALTHY = domain.Sentence(
    id="Pencarian kata yang lazim menemukan sesuatu setiap hari; akun yang sepi boleh kosong. Kosong berhari-hari pada kata lazim perlu "
    "dilihat orang.",
    en="A search for common words finds something every day; a quiet account may be empty. Days of nothing for a common word need a look.",
)
ASKS = domain.Sentence(
    id="Tulis kata yang dicari, misalnya loker taiwan. Perlu sandi aplikasi akun Bluesky kantor.",
    en="Write words to look for, such as loker taiwan. Needs an app password of the office's Bluesky account.",
)
LIMITS = domain.Sentence(
    id="3.000 permintaan per lima menit, 300 kali masuk sehari, 100 unggahan setiap kali. Unggahan bertanggal lama yang baru dibuat tidak "
    "tampil di atas, jadi bisa terlewat.",
    en="3,000 requests in five minutes, 300 logins a day, 100 posts a request. A new post that carries an old date is not shown on top "
    "and may be missed.",
)
ROBOTS = domain.Sentence(
    id="Antarmuka ini dibuat untuk program; robots.txt mengatur halaman web dan tidak ditanya.",
    en="The interface is made for programs; robots.txt is about web pages and is not asked.",
)
PROVEN = domain.Sentence(
    id="Diuji dengan jawaban asli yang terekam saja; tidak dengan Bluesky sendiri.",
    en="Tested with recorded real answers only; not against Bluesky itself.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (1, 200)
PROFILE_BY_ID = True
SEVERAL_VIEWS = False
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(
        domain.QueryKind.SEARCH,
        domain.Sentence(id="Pencarian kata", en="Search"),
        ASKS,
        takes_words=True,
        label=domain.Sentence(id="Kata yang dicari", en="Words to look for"),
        example="loker taiwan",
    ),
    domain.QueryShape(
        domain.QueryKind.ACCOUNT,
        domain.Sentence(id="Akun", en="Account"),
        domain.Sentence(
            id="Tulis nama akun tanpa spasi, misalnya nama.bsky.social, atau alamat profilnya.",
            en="Write the account's name without spaces, such as nama.bsky.social, or the address of its profile.",
        ),
        open=True,
        label=domain.Sentence(id="Nama akun", en="Name of the account"),
        example="nama.bsky.social",
    ),
    domain.QueryShape(
        domain.QueryKind.HASHTAG,
        domain.Sentence(id="Tagar", en="Hashtag"),
        domain.Sentence(
            id="Tulis satu tagar tanpa spasi, misalnya #lokerluarnegeri. Perlu sandi aplikasi akun Bluesky kantor.",
            en="Write one hashtag without spaces, such as #lokerluarnegeri. Needs an app password of the office's Bluesky account.",
        ),
        takes_words=True,
        example="#lokerluarnegeri",
    ),
    domain.QueryShape(
        domain.QueryKind.COMMENTS,
        domain.Sentence(id="Balasan satu unggahan", en="Replies to one post"),
        domain.Sentence(
            id="Tulis alamat unggahan, misalnya https://bsky.app/profile/nama.bsky.social/post/3l2s5xxv2ze2c.",
            en="Write the post's address, such as https://bsky.app/profile/nama.bsky.social/post/3l2s5xxv2ze2c.",
        ),
        open=True,
        label=domain.Sentence(id="Alamat unggahan", en="Address of the post"),
        example="https://bsky.app/profile/nama.bsky.social/post/3l2s5xxv2ze2c",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = (
    domain.CredentialField("handle", domain.Sentence(id="Nama akun", en="Account name"), secret=False),
    domain.CredentialField("app_password", domain.Sentence(id="Sandi aplikasi", en="App password")),
    domain.CredentialField(
        "service",
        domain.Sentence(id="Server akun (kosong: bsky.social)", en="Server of the account (empty: bsky.social)"),
        secret=False,
        required=False,
    ),
)

_PUBLIC = "public.api.bsky.app"
_SERVICE = "bsky.social"
_PAGE = 100  # posts; the most the platform gives
_AGAIN = 10  # results of a search asked for again on the next page: a post deleted between two pages moves the others up
_SESSION = timedelta(hours=1)  # the platform's own last about two
_MOST_SESSIONS = 100

_sessions: dict[str, tuple[datetime, str]] = {}  # digest of the credential -> when it was made, token


# --- what is asked for ----------------------------------------------------------------------------


def identity(url: str) -> str:
    """The post's at:// address; with the handle in it where the address names the handle. "" for others."""
    return shape.identity(url)


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """None for what the platform could answer. Search and hashtag may be empty: keyword packs may bring the words."""
    kind = kind or QUERIES[0].key
    usable = {
        domain.QueryKind.SEARCH.value: len(query) <= 300,
        domain.QueryKind.HASHTAG.value: not query.strip() or bool(_tag(query)),
        domain.QueryKind.ACCOUNT.value: bool(shape.actor_of(query)),
        domain.QueryKind.COMMENTS.value: bool(identity(query)),
    }
    return None if usable.get(kind, False) else shapes.refused(QUERIES, kind)


def asked_for(query: str, kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    named = {
        domain.QueryKind.HASHTAG.value: _tag,
        domain.QueryKind.ACCOUNT.value: shape.actor_of,
        domain.QueryKind.COMMENTS.value: identity,
    }
    return named.get(kind or QUERIES[0].key, spellings.words)(query)


def _tag(words: str) -> str:
    return re.sub(r"\W+", "", words).lower()


# --- fetching -------------------------------------------------------------------------------------


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """Pages newest first, a word of the packs after the other. Raises SourceError: bad_query, not_found, credential_missing,
    credentials_refused, shape_changed, and those of `api` and the fetcher."""
    kind = ask.kind or QUERIES[0].key
    if check_query(ask.query, kind):
        raise _bad_query(kind)
    if kind == domain.QueryKind.COMMENTS:
        uri = identity(ask.query)
        actor = uri.split("/")[2]

        def thread(account: followed.Followed) -> Iterator[domain.Page]:
            return _comments(uri.replace(actor, account.own_id, 1), fetcher)

        yield from followed.pages(actor, ask, lambda: _did(actor, fetcher), thread)
        return
    if kind == domain.QueryKind.ACCOUNT:
        actor = shape.actor_of(ask.query)

        def walk(account: followed.Followed) -> Iterator[domain.Page]:
            return walks.down(ask, {"": _account(account, fetcher)})

        yield from followed.pages(actor, ask, lambda: _did(actor, fetcher), walk)
        return
    words = dict.fromkeys(word.strip() for word in (ask.query, *ask.words))
    if kind == domain.QueryKind.HASHTAG:
        words = dict.fromkeys(f"#{_tag(word)}" for word in words if _tag(word))
    words.pop("", None)
    if not words:
        raise _bad_query(kind)
    account = _Account.of(ask, fetcher)
    yield from walks.down(ask, {word: _search(word, account) for word in words})


def _bad_query(kind: str) -> domain.SourceError:
    problem = shapes.refused(QUERIES, kind)
    return domain.SourceError(problem.code, problem.sentence, permanent=True)


def _get(fetcher: domain.Fetcher, host: str, method: str, *, token: str = "", **parameters: str) -> tuple[domain.RawAnswer, Any]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        return api.get(
            fetcher, f"https://{host}/xrpc/{method}", title=TITLE, parameters=parameters, headers=headers, judge=bluesky_problems.said
        )
    except domain.SourceError as error:
        if error.problem.code != "credentials_refused" or token:
            raise
        missing = api.credential_missing(TITLE)
        missing.answer = error.answer
        raise missing from error


class _Account:
    """The office's account: asks with its session, and makes a new one where the old has ended."""

    def __init__(self, host: str, credential: Mapping[str, str], now: datetime, fetcher: domain.Fetcher) -> None:
        self.host, self.now, self.fetcher = host, now, fetcher
        self._login = {"identifier": credential["handle"].strip().removeprefix("@"), "password": credential["app_password"]}
        secret = "\0".join((host, *self._login.values()))
        self._key = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

    @classmethod
    def of(cls, ask: domain.Ask, fetcher: domain.Fetcher) -> "_Account":
        """Raises SourceError: credential_missing."""
        given = ask.credential
        if not given.get("handle") or not given.get("app_password"):
            raise api.credential_missing(TITLE)
        host = given.get("service", "").strip().lower().removeprefix("https://").rstrip("/") or _SERVICE
        return cls(host, given, ask.now, fetcher)

    def get(self, method: str, **parameters: str) -> tuple[domain.RawAnswer, Any]:
        try:
            return _get(self.fetcher, self.host, method, token=self._token(), **parameters)
        except domain.SourceError as error:
            if error.problem.code != bluesky_problems.SESSION_EXPIRED:
                raise
        _sessions.pop(self._key, None)
        return _get(self.fetcher, self.host, method, token=self._token(), **parameters)

    def _token(self) -> str:
        """Raises SourceError: credentials_refused, shape_changed; never with the answer, which holds the token."""
        made, token = _sessions.get(self._key, (None, ""))
        if made is not None and timedelta(0) <= self.now - made < _SESSION:
            return token
        url = f"https://{self.host}/xrpc/com.atproto.server.createSession"
        answer, body = api.post(self.fetcher, url, title=TITLE, body=self._login, private=True, judge=bluesky_problems.said)
        token = api.text(api.mapping(body).get("accessJwt"))
        if not token:
            error = api.shape_changed(TITLE, answer)
            error.answer = None
            raise error
        if len(_sessions) >= _MOST_SESSIONS:
            _sessions.clear()
        _sessions[self._key] = (self.now, token)
        return token


def _listed(body: Any, name: str, answer: domain.RawAnswer) -> list[Any]:
    found = api.mapping(body).get(name)
    if not isinstance(found, list):
        raise api.shape_changed(TITLE, answer)
    return found


def _did(actor: str, fetcher: domain.Fetcher) -> str:
    """The account behind a name. Raises SourceError: not_found, shape_changed."""
    if actor.startswith("did:"):
        return actor
    answer, body = _get(fetcher, _PUBLIC, "com.atproto.identity.resolveHandle", handle=actor)
    did = api.text(api.mapping(body).get("did"))
    if not did.startswith("did:"):
        raise api.shape_changed(TITLE, answer)
    return did


def _account(account: followed.Followed, fetcher: domain.Fetcher) -> walks.Look:
    def look(token: str) -> walks.Turn:
        answer, body = _get(
            fetcher,
            _PUBLIC,
            "app.bsky.feed.getAuthorFeed",
            actor=account.own_id,
            limit=str(_PAGE),
            filter="posts_with_replies",
            cursor=token,
        )
        posts, problems = shape.adapted(_listed(body, "feed", answer), answer, f"@{account.name}")
        return walks.Turn(answer, posts, api.text(body.get("cursor")), problems)

    return look


def _search(word: str, account: _Account) -> walks.Look:
    def look(token: str) -> walks.Turn:
        answer, body = account.get("app.bsky.feed.searchPosts", q=word, sort="latest", limit=str(_PAGE), cursor=token)
        found = _listed(body, "posts", answer)
        posts, problems = shape.adapted(found, answer, word)
        return walks.Turn(answer, posts, _overlapping(api.text(body.get("cursor")), len(found)), problems)

    return look


def _overlapping(cursor: str, found: int) -> str:
    """The cursor of a search counts results: a little less shows the last ones again. Other cursors stay what they are."""
    if re.fullmatch(r"[0-9]{1,9}", cursor) and found > _AGAIN:
        return str(int(cursor) - _AGAIN)
    return cursor


def _comments(uri: str, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """The post as it is now and everything below it, in one answer. `uri` names the account by its did: of a post whose account cannot
    be found by the handle nobody knows whether it is gone."""
    try:
        answer, body = _get(fetcher, _PUBLIC, "app.bsky.feed.getPostThread", uri=uri, depth="1000", parentHeight="0")
    except domain.SourceError as error:
        if error.problem.code != "not_found" or error.answer is None:
            raise
        yield domain.Page(error.answer, (), {}, (bluesky_problems.post_gone(),), gone=(uri,))
        return
    thread = api.mapping(body).get("thread")
    if not isinstance(thread, dict):
        raise api.shape_changed(TITLE, answer)
    views, gone, answered = _flat(thread)
    posts, problems = shape.adapted(views, answer, "")
    told = (*problems, bluesky_problems.post_gone()) if uri in gone else problems
    yield domain.Page(answer, posts, {}, told, gone=tuple(gone), answered=tuple(answered))


def _flat(thread: Mapping[str, Any]) -> tuple[list[Any], list[str], list[str]]:
    """The posts of a thread, each before its replies, the addresses of those the platform says are not there, and of those it shows all
    direct replies of: as many as it counts, each of them. Blocked ones are there, but not for us."""
    views: list[Any] = []
    gone: list[str] = []
    answered: list[str] = []
    stack: list[Mapping[str, Any]] = [thread]
    while stack:
        node = stack.pop()
        if node.get("notFound") or api.text(node.get("$type")).endswith("#notFoundPost"):
            gone.append(api.text(node.get("uri")))
        elif not (node.get("blocked") or api.text(node.get("$type")).endswith("#blockedPost")):
            views.append(node.get("post"))
            post, below = api.mapping(node.get("post")), node.get("replies") or []
            shown = [one for one in api.mappings(below) if isinstance(one.get("post"), dict) or one.get("notFound")]
            if len(shown) == len(below) and api.of_kind(post.get("replyCount"), int, len(below) + 1) <= len(below):
                answered.append(api.text(post.get("uri")))
        stack += reversed(api.mappings(node.get("replies")))
    return views, [uri for uri in gone if uri], [uri for uri in answered if uri]


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """What an account says about itself. None where the platform knows it no more. Raises SourceError."""
    actor = shape.actor_of(account)
    if not actor:
        return None
    try:
        answer, body = _get(fetcher, _PUBLIC, "app.bsky.actor.getProfile", actor=actor)
    except domain.SourceError as error:
        if error.problem.code == "not_found":
            return None
        raise
    if not isinstance(body, dict) or not api.text(body.get("did")):
        raise api.shape_changed(TITLE, answer)
    text = api.text(body.get("description"))
    links = (api.text(body.get("website")), *re.findall(r"https?://[^\s<>\"')\]]+", text))
    name = shape.author_of(body)
    return domain.Profile(
        platform=PLATFORM,
        account=name,
        name=api.text(body.get("displayName")),
        text=text,
        links=tuple(dict.fromkeys(filter(None, links))),
        url=f"https://bsky.app/profile/{name}",
        answer=answer,
        account_id=api.text(body.get("did")),
    )
