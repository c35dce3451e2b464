"""TikTok by its Research API: videos by words, country, hashtag or account, and the comments under a video.

In this order: what a watch may ask, how it is asked, in which steps. Shapes: https://developers.tiktok.com/doc/research-api-specs-query-videos
(…-query-video-comments, …-query-user-info); how an item becomes a RawPost: shape.py. Identity is the number of the video,
`VIDEO/COMMENT` for a comment. Short links (vm.tiktok.com, vt.tiktok.com) lead somewhere only when opened, so they are no identity.

TikTok promises no order and knows days only, so nothing is concluded from the times of a page: a walk asks for windows of days, newest
first, each to its end. New videos reach the index up to two days late: each walk asks for the last days again, and that is its price.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.shared import api, beginnings, places, spellings, walks
from patrol.sources.tiktok import problems as tiktok_problems
from patrol.sources.tiktok import shape

PLATFORM: str = domain.Platform.TIKTOK
NAME = tiktok_problems.NAME
HOSTS: tuple[str, ...] = ("tiktok.com",)
CALLED: tuple[str, ...] = ("tik tok",)
SENT_IN = True
TITLE = domain.Sentence(id="Video dan komentar TikTok", en="TikTok videos and comments")
TERMS = domain.Sentence(
    id="Dibaca lewat TikTok Research API, yang hanya dibuka TikTok bagi peneliti yang disetujui (lembaga nirlaba, terutama di Amerika "
    "Serikat dan Eropa). Kantor memerlukan persetujuan itu; tanpa itu, pakai ekstensi peramban atau impor.",
    en="Read by the TikTok Research API, which TikTok opens to approved researchers only (non-profit bodies, mainly in the United States "
    "and Europe). An office needs that approval; without it, use the browser extension or an import.",
)
HEALTHY = domain.Sentence(
    id="Pencarian membawa beberapa sampai ratusan video sehari; video baru muncul sampai dua hari terlambat. Kosong tiga hari berarti kata "
    "kuncinya perlu dilihat.",
    en="A search brings some to hundreds of videos a day; new ones appear up to two days late. Nothing for three days means the words need "
    "a look.",
)
LIMITS = domain.Sentence(
    id="1.000 permintaan sehari untuk satu klien, 100 video tiap permintaan, paling jauh 30 hari tiap pencarian. Komentar: paling banyak "
    "1.000 pertama, tanpa nama pengunggahnya. Pencarian kata hanya membaca akun yang terdaftar di Indonesia, pencarian menurut "
    "negara akun yang terdaftar di sana; di mana video dibuat tidak dapat ditanyakan.",
    en="1,000 requests a day for one client, 100 videos each, 30 days a search at most. Comments: the first 1,000 at most, without their "
    "authors. Searches for words read accounts registered in Indonesia only, searches by country accounts registered there; where a video "
    "was made cannot be asked for.",
)
ROBOTS = domain.Sentence(
    id="robots.txt tidak ditanya: yang dibuka hanya alamat API, dengan izin kredensialnya.",
    en="robots.txt is not asked: only addresses of the API are opened, with the leave of its credentials.",
)
PROVEN = domain.Sentence(
    id="Diuji hanya dengan jawaban terekam dan tiruan menurut dokumentasi; belum dengan TikTok sendiri.",
    en="Tested with recorded answers and imitations of the documented ones only; not yet against TikTok itself.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (1, 500)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
ASKS = domain.Sentence(
    id="Tulis kata yang dicari di keterangan video, misalnya loker taiwan. Boleh kosong bila paket kata dipilih.",
    en="Write words to look for in the descriptions, such as loker taiwan. May be empty where a pack is chosen.",
)
ASKS_PLACE = domain.Sentence(
    id="Tulis kode negara tempat akunnya terdaftar, misalnya MY, SG, bersama kata yang dicari.",
    en="Write codes of the countries where the accounts are registered, such as MY, SG, together with words to look for.",
)
ASKS_HASHTAG = domain.Sentence(
    id="Tulis satu tagar tanpa spasi, misalnya #lokertaiwan.", en="Write one hashtag without spaces, such as #lokertaiwan."
)
ASKS_ACCOUNT = domain.Sentence(
    id="Tulis nama akun tanpa spasi, misalnya @loker_contoh, atau alamatnya https://www.tiktok.com/@loker_contoh.",
    en="Write the account's name without spaces, such as @loker_contoh, or its address https://www.tiktok.com/@loker_contoh.",
)
ASKS_VIDEO = domain.Sentence(
    id="Tulis alamat panjang satu video, misalnya https://www.tiktok.com/@nama/video/7300000000000000001 (bukan tautan pendek vm. "
    "atau vt.).",
    en="Write the long address of one video, such as https://www.tiktok.com/@nama/video/7300000000000000001 (no short vm. or vt. link).",
)
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(
        domain.QueryKind.SEARCH,
        domain.Sentence(id="Pencarian kata", en="Search for words"),
        ASKS,
        takes_words=True,
        label=domain.Sentence(id="Kata yang dicari", en="Words to look for"),
        example="loker taiwan",
    ),
    places.shape("Pencarian menurut negara", "Search by country", ASKS_PLACE, "MY, SG"),
    domain.QueryShape(domain.QueryKind.HASHTAG, domain.Sentence(id="Tagar", en="Hashtag"), ASKS_HASHTAG, example="#lokertaiwan"),
    domain.QueryShape(
        domain.QueryKind.ACCOUNT,
        domain.Sentence(id="Video satu akun", en="Videos of one account"),
        ASKS_ACCOUNT,
        label=domain.Sentence(id="Nama akun", en="Name of the account"),
        example="@loker_contoh",
    ),
    domain.QueryShape(
        domain.QueryKind.COMMENTS,
        domain.Sentence(id="Komentar satu video", en="Comments under one video"),
        ASKS_VIDEO,
        label=domain.Sentence(id="Alamat video", en="Address of the video"),
        example="https://www.tiktok.com/@nama/video/7300000000000000001",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = (
    domain.CredentialField("client_key", domain.Sentence(id="Client key", en="Client key"), secret=False),
    domain.CredentialField("client_secret", domain.Sentence(id="Client secret", en="Client secret")),
)

WINDOW = 30  # days between the first and the last day of one question, the most TikTok takes
LOOK_BACK = timedelta(days=3)  # the index is up to two days late
WORDS_AT_ONCE = 40  # alternatives in one condition; no limit is documented

_API = "https://open.tiktokapis.com/v2"
_HOSTS = frozenset(("tiktok.com", "www.tiktok.com", "m.tiktok.com"))
_ALWAYS = timedelta(days=365 * 20)  # comments come in no order: each walk reads all of them
# A day deeper than what is asked for: windows begin at midnight, and no page of them may look old throughout.
_FIRST, _LOOK_BACK = walks.FIRST + timedelta(days=1), LOOK_BACK + timedelta(days=1)


# --- what may be asked ----------------------------------------------------------------------------


def identity(url: str) -> str:
    """The number for tiktok.com/@NAME/video/NUMBER (or photo), /v/NUMBER.html, /embed/NUMBER; `VIDEO/COMMENT` for our own addresses of
    comments; else ""."""
    path, fragment = _parts(url)
    number = ""
    if len(path) >= 3 and path[0].startswith("@") and path[1] in {"video", "photo"}:
        number = path[2]
    elif len(path) >= 2 and path[0] == "v":
        number = path[1].removesuffix(".html")
    elif len(path) >= 2 and path[0] == "embed":
        number = path[-1]
    if not shape.NUMBER.fullmatch(number):
        return ""
    comment = fragment.removeprefix("comment-")
    return f"{number}/{comment}" if comment != fragment and shape.NUMBER.fullmatch(comment) else number


def _parts(url: str) -> tuple[list[str], str]:
    """The pieces of the path of an address of TikTok, and what stands behind #; nothing for any other."""
    try:
        parts = urlsplit(url.strip() if "//" in url else f"https://{url.strip()}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return [], ""
    if parts.scheme not in {"http", "https"} or host not in _HOSTS:
        return [], ""
    return [piece for piece in parts.path.split("/") if piece], parts.fragment


def handle(query: str) -> str:
    """The account a query names, lower case; "" where it names none."""
    text = query.strip()
    if "/" in text:
        path, _fragment = _parts(text)
        text = path[0] if path and path[0].startswith("@") else ""
    name = text.removeprefix("@").lower()
    return name if shape.HANDLE.fullmatch(name) else ""


def hashtag(query: str) -> str:
    """The tag a query names, without #; "" where it names none."""
    text = query.strip().removeprefix("#")
    return text if re.fullmatch(r"\w{1,100}", text) else ""


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """None for words, countries, one tag, one account or one video, as the kind wants it."""
    if kind == domain.QueryKind.PLACE and not isinstance(places.asked(query)[0], places.Countries):
        return places.refused(ASKS_PLACE)
    if kind == domain.QueryKind.HASHTAG and not hashtag(query):
        return domain.Problem("bad_query", ASKS_HASHTAG, permanent=True)
    if kind == domain.QueryKind.ACCOUNT and not handle(query):
        return domain.Problem("bad_query", ASKS_ACCOUNT, permanent=True)
    if kind == domain.QueryKind.COMMENTS and not identity(query):
        return domain.Problem("bad_query", ASKS_VIDEO, permanent=True)
    return None


def asked_for(query: str, kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    named = {
        domain.QueryKind.PLACE.value: spellings.placed,
        domain.QueryKind.HASHTAG.value: lambda query: hashtag(query).casefold(),
        domain.QueryKind.ACCOUNT.value: handle,
        domain.QueryKind.COMMENTS.value: identity,
    }
    return named.get(kind, spellings.words)(query)


def conditions(ask: domain.Ask) -> dict[str, list[dict[str, Any]]]:
    """What all videos asked for have in common, by the key of the look: lists of conditions as TikTok takes them."""
    if ask.kind == domain.QueryKind.ACCOUNT:
        return {f"@{handle(ask.query)}": [_condition("username", handle(ask.query))]}
    if ask.kind == domain.QueryKind.HASHTAG:
        return {f"#{hashtag(ask.query)}": [_condition("hashtag_name", hashtag(ask.query))]}
    countries: tuple[str, ...] = ("ID",)
    where, query = "", ask.query
    if ask.kind == domain.QueryKind.PLACE:
        named, query = places.asked(ask.query)
        if isinstance(named, places.Countries):
            where, countries = f"{named}; ", named.codes
    words = list(dict.fromkeys(filter(None, (" ".join(word.split()) for word in (query, *ask.words)))))
    chunks = [words[place : place + WORDS_AT_ONCE] for place in range(0, len(words), WORDS_AT_ONCE)]
    return {where + " | ".join(chunk): [_condition("region_code", *countries), _condition("keyword", *chunk)] for chunk in chunks}


def _condition(name: str, *values: str) -> dict[str, Any]:
    """Several values: any of them."""
    return {"operation": "IN" if len(values) > 1 else "EQ", "field_name": name, "field_values": list(values)}


# --- fetching -------------------------------------------------------------------------------------


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """Pages of 100. Raises SourceError: credential_missing, credentials_refused, bad_query, bad_place, quota, too_many, those of
    api.py, and the fetcher's own."""
    asker = _Asker.of(ask, fetcher)
    problem = check_query(ask.query, ask.kind)
    if problem:
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)
    if ask.kind == domain.QueryKind.COMMENTS:
        number = identity(ask.query).partition("/")[0]
        name = handle(ask.query)
        yield from walks.down(ask, {number: lambda token: _comments(asker, number, name, token)}, first=_ALWAYS, look_back=_ALWAYS)
        return
    walked = beginnings.Walked(ask, first=_FIRST, look_back=_LOOK_BACK)
    looks: dict[str, walks.Look] = {
        key: lambda token, key=key, all_of=all_of: _videos(asker, all_of, token, lambda: walked.since(key))  # type: ignore[misc]
        for key, all_of in conditions(ask).items()
    }
    if not looks:
        raise domain.SourceError("bad_query", ASKS, permanent=True)
    yield from walked.down(looks)


@dataclass(slots=True)
class _Asker:
    """One run's way to ask. Its access token (two hours) is asked for once a run and never kept."""

    ask: domain.Ask
    fetcher: domain.Fetcher
    key: str
    secret: str = field(repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def of(cls, ask: domain.Ask, fetcher: domain.Fetcher) -> "_Asker":
        key, secret = (ask.credential.get(name, "").strip() for name in ("client_key", "client_secret"))
        if not key or not secret:
            raise api.credential_missing(tiktok_problems.NAME)
        return cls(ask, fetcher, key, secret)

    def post(self, what: str, fields: str, body: Mapping[str, Any]) -> tuple[domain.RawAnswer, Any]:
        return api.post(
            self.fetcher,
            f"{_API}/research/{what}/?fields={fields}",
            title=tiktok_problems.NAME,
            body=body,
            headers={"Authorization": f"Bearer {self._access()}"},
            judge=tiktok_problems.judge,
        )

    def _access(self) -> str:
        if not self.token:
            _answer, body = api.post(
                self.fetcher,
                f"{_API}/oauth/token/",
                title=tiktok_problems.NAME,
                form={"client_key": self.key, "client_secret": self.secret, "grant_type": "client_credentials"},
                private=True,
                judge=tiktok_problems.judge,
            )
            token = body.get("access_token")
            # It goes into a header: anything but visible ASCII would break the request or be another header.
            if not isinstance(token, str) or not re.fullmatch(r"[!-~]{1,4096}", token):
                raise tiktok_problems.no_token()
            self.token = token
        return self.token


@dataclass(frozen=True, slots=True)
class _Window:
    """One question of a walk: `FIRST-LAST/CURSOR/SEARCH/OLDEST`, days as YYYYMMDD."""

    first: date
    last: date
    oldest: date  # where the walk ends
    cursor: int = 0
    search: str = ""

    @classmethod
    def newest(cls, now: datetime, since: datetime) -> "_Window":
        """Whole days only, the first one after `since`."""
        today, oldest = now.astimezone(UTC).date(), since.astimezone(UTC).date() + timedelta(days=1)
        return cls(max(oldest, today - timedelta(days=WINDOW)), today, oldest)

    @classmethod
    def read(cls, token: str) -> "_Window":
        """Raises ValueError."""
        days, cursor, search, oldest = token.split("/")
        first, last = days.split("-")
        return cls(_day(first), _day(last), _day(oldest), int(cursor), search)

    def token(self) -> str:
        return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}/{self.cursor}/{self.search}/{self.oldest:%Y%m%d}"

    def older(self) -> "_Window | None":
        """The days before these: the first and the last day of a window both belong to it."""
        last = self.first - timedelta(days=1)
        return None if last < self.oldest else _Window(max(self.oldest, last - timedelta(days=WINDOW)), last, self.oldest)


def _day(written: str) -> date:
    return datetime.strptime(written, "%Y%m%d").replace(tzinfo=UTC).date()


def _videos(asker: _Asker, all_of: Sequence[Mapping[str, Any]], token: str, since: Callable[[], datetime]) -> walks.Turn:
    try:
        window = _Window.read(token)
    except ValueError:  # the newest page; an unreadable token begins there too
        window = _Window.newest(asker.ask.now, since())
    asked: dict[str, Any] = {
        "query": {"and": list(all_of)},
        "start_date": f"{window.first:%Y%m%d}",
        "end_date": f"{window.last:%Y%m%d}",
        "max_count": 100,
        "cursor": window.cursor,
    }
    if window.search:
        asked["search_id"] = window.search
    answer, body = asker.post("video/query", shape.VIDEO_FIELDS, asked)
    data, found = shape.listed(answer, body, "videos")
    posts, problems = shape.videos(body, found)
    search, cursor = api.text(data.get("search_id")), _cursor(data)
    following: _Window | None = _Window(window.first, window.last, window.oldest, cursor, search if search.isalnum() else "")
    if data.get("has_more") is not True:
        following = window.older()
    return walks.Turn(answer, posts, following.token() if following else "", problems)


def _comments(asker: _Asker, number: str, name: str, token: str) -> walks.Turn:
    """`list CURSOR`; `replies COMMENT,COMMENT… CURSOR BELOW` reads the replies of comments that have some, one after the other."""
    step, _, rest = token.partition(" ")
    comments, at, below = (*rest.split(" ", 2), "", "")[:3] if step == "replies" else ("", rest, "")
    wanted, _, others = comments.partition(",")
    about = {"comment_id": int(wanted)} if wanted else {"video_id": int(number)}
    answer, body = asker.post(
        "video/comment/list", shape.COMMENT_FIELDS, {**about, "max_count": 100, "cursor": int(at) if at.isdecimal() else 0}
    )
    data, found = shape.listed(answer, body, "comments")
    more = data.get("has_more") is True
    if wanted:
        posts, problems = shape.replies(body, found, number, name)
        if more:
            below = f"replies {comments} {_cursor(data)} {below}"
        elif others:
            below = f"replies {others} 0 {below}"
        return walks.Turn(answer, posts, below.strip(), problems)
    (posts, problems), answered = shape.comments(body, found, number, name)
    below = f"list {_cursor(data)}" if more else ""
    return walks.Turn(answer, posts, f"replies {','.join(answered)} 0 {below}".strip() if answered else below, problems)


def _cursor(data: Mapping[str, Any]) -> int:
    written = api.text(data.get("cursor"))
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= 12 else 0


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """What an account says about itself; None where TikTok shows no such account. Raises SourceError."""
    name = handle(account)
    if not name:
        return None
    try:
        answer, body = _Asker.of(ask, fetcher).post("user/info", shape.USER_FIELDS, {"username": name})
    except domain.SourceError as error:
        if error.problem.code in {"not_found", "client_error"}:
            return None
        raise
    data = api.of_kind(body.get("data"), dict, {})
    if not data:
        return None
    link = api.text(data.get("bio_url"))
    return domain.Profile(
        PLATFORM,
        name,
        api.text(data.get("display_name")),
        api.text(data.get("bio_description")),
        (link,) if link else (),
        f"https://www.tiktok.com/@{name}",
        answer,
    )
