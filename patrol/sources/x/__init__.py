"""X (formerly Twitter) by its API v2: recent search by words or by place, and what one account posts.

In this order: what a watch may ask, how it is asked, how it becomes RawPost. Shapes: https://docs.x.com/x-api (recent search, user
posts, user lookup). Identity is the number of the post's first version: X gives an edited post a new number and lists all of them,
oldest first, in `edit_history_tweet_ids`; the other numbers stand in `also`.

A search leaves plain reposts out (`-is:retweet`): the original is found by the same words, and each repost is charged like a post. What
an account reposts is kept, as a forward with the words of the original. No language is asked for: X calls short advertisements "und".
A place is found only where the author put one on the post, which few do; reposts have none.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.shared import api, beginnings, followed, places, spellings, walks
from patrol.sources.x import problems as x_problems
from patrol.sources.x import shape

PLATFORM: str = domain.Platform.X
NAME = domain.Sentence(id="X", en="X")
HOSTS: tuple[str, ...] = ("x.com", "twitter.com")
CALLED: tuple[str, ...] = ("twitter", "x (twitter)", "x/twitter")
SENT_IN = True
TITLE = x_problems.TITLE
TERMS = domain.Sentence(
    id="Dibaca lewat API resmi X v2 dengan token milik instansi, menurut perjanjian pengembang X. Setiap unggahan yang dibaca dihitung "
    "(dan ditagih) oleh X.",
    en="Read by X's official API v2 with the office's own token, under X's developer agreement. X counts (and charges) each post read.",
)
HEALTHY = domain.Sentence(
    id="Pencarian yang sehat membawa beberapa unggahan sehari. Kosong berhari-hari biasanya berarti kata kuncinya terlalu sempit; X hanya "
    "mencari di tujuh hari terakhir.",
    en="A healthy search brings some posts a day. Nothing for days usually means words too narrow; X searches the last seven days only.",
)
LIMITS = domain.Sentence(
    id="Menurut paket: biasanya 60 pencarian per 15 menit, kueri paling panjang 512 huruf, jatah unggahan per bulan. Akun: paling jauh "
    "3.200 unggahan terakhir. Akun tertutup tidak terbaca. Pencarian di satu tempat tidak dibuka di semua paket, dan hanya menemukan "
    "unggahan yang diberi lokasi oleh pengunggahnya.",
    en="By plan: usually 60 searches in 15 minutes, 512 characters a query, a monthly number of posts. Accounts: their last 3,200 "
    "posts at most. Protected accounts are not readable. Not every plan opens the search at a place, and it finds only posts to which "
    "their authors added one.",
)
ROBOTS = domain.Sentence(
    id="robots.txt tidak ditanya: yang dibuka hanya alamat API, dengan izin tokennya.",
    en="robots.txt is not asked: only addresses of the API are opened, with the leave of its token.",
)
PROVEN = domain.Sentence(
    id="Diuji hanya dengan jawaban terekam dan tiruan menurut dokumentasi; belum dengan X sendiri.",
    en="Tested with recorded answers and imitations of the documented ones only; not yet against X itself.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (1, 300)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
ASKS = domain.Sentence(
    id='Tulis kata yang dicari, misalnya loker taiwan; "frasa", OR dan lang:in boleh dipakai. Boleh kosong bila paket kata dipilih.',
    en='Write words to look for, such as loker taiwan; "phrase", OR and lang:in may be used. May be empty where a pack is chosen.',
)
ASKS_ACCOUNT = domain.Sentence(
    id="Tulis nama akun tanpa spasi, misalnya @loker_contoh, atau alamatnya https://x.com/loker_contoh.",
    en="Write the account's name without spaces, such as @loker_contoh, or its address https://x.com/loker_contoh.",
)
ASKS_PLACE = domain.Sentence(
    id="Tulis titik dan jarak paling jauh 40 km (lintang, bujur, jarak), misalnya -6.3265, 108.32, 20 km; nama tempat di X, misalnya "
    "Indramayu; atau kode negara, misalnya MY, SG, bersama kata yang dicari.",
    en="Write a point and a distance of 40 km at most (latitude, longitude, distance), such as -6.3265, 108.32, 20 km; the name of a place "
    "at X, such as Indramayu; or codes of countries, such as MY, SG, together with words to look for.",
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
    places.shape("Pencarian di satu tempat", "Search at a place", ASKS_PLACE, "-6.3265, 108.32, 20 km"),
    domain.QueryShape(
        domain.QueryKind.ACCOUNT,
        domain.Sentence(id="Unggahan satu akun", en="Posts of one account"),
        ASKS_ACCOUNT,
        label=domain.Sentence(id="Nama akun", en="Name of the account"),
        example="@loker_contoh",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = (
    domain.CredentialField("bearer_token", domain.Sentence(id="Token aplikasi (Bearer Token)", en="Application token (Bearer Token)")),
)

LONGEST_QUERY = 512  # characters, of the self-serve plans; the larger plans allow more
WIDEST = 40  # kilometres around a point; X wants less than 25 miles
SEARCHABLE = timedelta(days=7) - timedelta(minutes=5)  # how far recent search reaches; a start_time beyond it is refused
FIRST_OF_ACCOUNT = timedelta(days=30)

_API = "https://api.x.com/2"
_HOSTS = frozenset(("x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com", "m.twitter.com"))
_RESERVED = frozenset(("i", "home", "search", "explore", "hashtag", "intent", "share", "settings", "messages", "notifications"))
_PLAIN_WORD = re.compile(r"[#@]?\w+")
_NO_RETWEETS = "-is:retweet"


# --- what may be asked ----------------------------------------------------------------------------


def identity(url: str) -> str:
    """The number of the post for x.com/NAME/status/NUMBER, /i/status/NUMBER, /i/web/status/NUMBER (twitter.com alike), else "".

    Of an edited post the address may carry the number of a later version; it stands in `also` of the fetched post.
    """
    path = _path(url)
    for place, piece in enumerate(path[:-1]):
        if piece in {"status", "statuses"} and place in {1, 2} and shape.NUMBER.fullmatch(path[place + 1]):
            return path[place + 1]
    return ""


def _path(url: str) -> list[str]:
    """The pieces of the path of an address of X; empty for any other."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return []
    if parts.scheme not in {"http", "https"} or host not in _HOSTS:
        return []
    return [piece for piece in parts.path.split("/") if piece]


def handle(query: str) -> str:
    """The account asked for, lower case; "" where the query names none."""
    text = query.strip()
    if "/" in text:
        text = (_path(text) or [""])[0]
    text = text.removeprefix("@").lower()
    return text if shape.HANDLE.fullmatch(text) and text not in _RESERVED else ""


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """None for words that fit into one search, at a place X can be asked for, or for the name of an account. Raises nothing."""
    if kind == domain.QueryKind.ACCOUNT:
        return None if handle(query) else domain.Problem("bad_query", ASKS_ACCOUNT, permanent=True)
    where = ""
    if kind == domain.QueryKind.PLACE:
        where, query = _at(query)
        if not where:
            return places.refused(ASKS_PLACE)
    if len(_own(query, where)) > LONGEST_QUERY:
        room = LONGEST_QUERY - len(_own("-", where)) + 1
        return domain.Problem(
            "bad_query",
            domain.Sentence(
                id=f"Kueri terlalu panjang untuk X: paling banyak {room} huruf. Bagi menjadi beberapa pantauan atau paket kata.",
                en=f"The query is too long for X: {room} characters at most. Divide it into several watches or packs of words.",
            ),
            permanent=True,
        )
    return None


def asked_for(query: str, kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    if kind == domain.QueryKind.ACCOUNT:
        return handle(query)
    return spellings.placed(query, _words) if kind == domain.QueryKind.PLACE else _words(query)


def _words(query: str) -> str:
    """X takes OR in capitals for an operator, "or" for a word."""
    return " ".join(word if word == "OR" else word.casefold() for word in query.split())


def _own(query: str, where: str = "") -> str:
    return " ".join(filter(None, (f"({query.strip()})" if query.strip() else "", where, _NO_RETWEETS)))


def _at(query: str) -> tuple[str, str]:
    """The place of a query in X's operators, "" where X cannot be asked for it, and the words."""
    place, words = places.asked(query)
    match place:
        case places.Point() if place.kilometres <= WIDEST:
            return f"point_radius:[{place.longitude:f} {place.latitude:f} {place.kilometres:f}km]", words
        case places.Named():
            return f"place:{place.name}" if places.NUMBER.fullmatch(place.name) else f'place:"{place.name}"', words
        case places.Countries():
            operators = " OR ".join(f"place_country:{code}" for code in place.codes)
            return f"({operators})" if len(place.codes) > 1 else operators, words
    return "", words


def searches(query: str, words: Sequence[str], where: str = "") -> list[str]:
    """The fewest searches that ask for the query and for any of the words at a place, each within the length X takes; for all that is
    there where there are no words."""
    found = [_own(query, where)] if query.strip() or (where and not words) else []
    alternatives: list[str] = []
    for word in dict.fromkeys(" ".join(word.split()) for word in words):
        if not word.strip('" '):
            continue
        asked = _alternative(word)
        if alternatives and len(_own(" OR ".join([*alternatives, asked]), where)) > LONGEST_QUERY:
            found.append(_own(" OR ".join(alternatives), where))
            alternatives = []
        alternatives.append(asked)
    return found + ([_own(" OR ".join(alternatives), where)] if alternatives else [])


def _alternative(word: str) -> str:
    """Several plain words must all stand in a post, in any order. Whatever X could take for an operator is asked for as a phrase."""
    pieces = word.split()
    if all(_PLAIN_WORD.fullmatch(piece) and piece not in {"OR", "AND"} for piece in pieces):
        return pieces[0] if len(pieces) == 1 else f"({' '.join(pieces)})"
    return '"' + word.replace('"', " ").strip() + '"'


# --- fetching -------------------------------------------------------------------------------------


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """Pages of 100 posts, newest first. Raises SourceError: credential_missing, bad_query, bad_place, quota, credits_depleted,
    not_in_plan, not_found (the account), those of api.py, and the fetcher's own."""
    asker = _Asker.of(ask, fetcher)
    problem = check_query(ask.query, ask.kind)
    if problem:
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)
    if ask.kind == domain.QueryKind.ACCOUNT:
        name = handle(ask.query)
        walked = beginnings.Walked(ask, first=FIRST_OF_ACCOUNT)

        def walk(account: followed.Followed) -> Iterator[domain.Page]:
            return walked.down({name: lambda token: _of_account(asker, name, account.own_id, token, walked)})

        yield from followed.pages(name, ask, lambda: api.text(_user(asker, name)[1].get("id")), walk)
        return
    walked = beginnings.Walked(ask)
    where, query = _at(ask.query) if ask.kind == domain.QueryKind.PLACE else ("", ask.query)
    looks: dict[str, walks.Look] = {
        search: lambda token, search=search: _of_search(asker, search, token, walked)  # type: ignore[misc]
        for search in searches(query, ask.words, where)
    }
    if ask.kind == domain.QueryKind.PLACE and places.too_wide(ask.query) and not ask.words:
        raise domain.SourceError("bad_query", ASKS_PLACE, permanent=True)
    if not looks:
        raise domain.SourceError("bad_query", ASKS, permanent=True)
    yield from walked.down(looks)


@dataclass(frozen=True, slots=True)
class _Asker:
    ask: domain.Ask
    fetcher: domain.Fetcher
    token: str

    @classmethod
    def of(cls, ask: domain.Ask, fetcher: domain.Fetcher) -> "_Asker":
        token = ask.credential.get("bearer_token", "").strip()
        if not token:
            raise api.credential_missing(TITLE)
        return cls(ask, fetcher, token)

    def get(self, path: str, parameters: Mapping[str, str]) -> tuple[domain.RawAnswer, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            return api.get(self.fetcher, _API + path, title=TITLE, parameters=parameters, headers=headers, judge=x_problems.judge)
        except domain.SourceError as error:
            error.retry_after = error.retry_after or x_problems.seconds_to_reset(error)
            raise


def _of_search(asker: _Asker, search: str, token: str, walked: beginnings.Walked) -> walks.Turn:
    """The token is `START|NEXT`: X wants the start_time a search began with on each of its pages."""
    ask = asker.ask
    start, _, following = token.partition("|")
    since = walked.since(search)
    begun = start or _written(max(since, ask.now - SEARCHABLE))
    answer, body = asker.get(
        "/tweets/search/recent", {"query": search, "max_results": "100", "start_time": begun, "next_token": following, **shape.FIELDS}
    )
    missed: tuple[domain.Problem, ...] = ()
    if not token and since < ask.now - timedelta(days=7) - walks.LOOK_BACK:
        missed = (x_problems.beyond_reach(since),)
    return _turn(answer, body, begun, missed)


def _of_account(asker: _Asker, name: str, number: str, token: str, walked: beginnings.Walked) -> walks.Turn:
    """The token is `START|NUMBER|NEXT`, with the number of the account."""
    start, _, rest = token.partition("|")
    begun_with, _, following = rest.partition("|")
    number = begun_with or number
    begun = start or _written(walked.since(name))
    answer, body = asker.get(
        f"/users/{number}/tweets", {"max_results": "100", "start_time": begun, "pagination_token": following, **shape.FIELDS}
    )
    return _turn(answer, body, f"{begun}|{number}")


def _user(asker: _Asker, name: str) -> tuple[domain.RawAnswer, dict[str, Any]]:
    answer, body = asker.get(f"/users/by/username/{name}", {"user.fields": shape.USER_FIELDS})
    user = body.get("data")
    if not isinstance(user, dict) or not shape.NUMBER.fullmatch(api.text(user.get("id"))):
        raise x_problems.no_account(answer) if body.get("errors") else api.shape_changed(TITLE, answer)
    return answer, user


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _turn(answer: domain.RawAnswer, body: dict[str, Any], before: str, missed: tuple[domain.Problem, ...] = ()) -> walks.Turn:
    posts, problems = shape.read(answer, body)
    told, gone = x_problems.partial(body)
    following = api.text(api.of_kind(body.get("meta"), dict, {}).get("next_token"))
    return walks.Turn(answer, posts, f"{before}|{following}" if following else "", (*missed, *problems, *told), gone)


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """What an account says about itself; None where there is no such account (any more). Raises SourceError."""
    name = handle(account)
    if not name:
        return None
    try:
        answer, user = _user(_Asker.of(ask, fetcher), name)
    except domain.SourceError as error:
        if error.problem.code == "not_found":
            return None
        raise
    text, place = (html.unescape(api.text(user.get(key))) for key in ("description", "location"))
    entities = api.of_kind(user.get("entities"), dict, {})
    links = (*shape.links_of(entities.get("url")), *shape.links_of(entities.get("description")))
    return domain.Profile(
        PLATFORM,
        name,
        api.text(user.get("name")),
        "\n".join(filter(None, (text, place))),
        links,
        f"https://x.com/{name}",
        answer,
        account_id=api.text(user.get("id")),
    )
