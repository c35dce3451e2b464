"""YouTube by its Data API v3: search by words or around a point, the videos of a channel, the comments under a video.

In this order: what a watch may ask, how it is asked, in which steps. Shapes: https://developers.google.com/youtube/v3/docs; how an item
becomes a RawPost: shape.py. Identity is the id of the video, `VIDEO/COMMENT` for a comment.

Search and channel lists cut descriptions or leave parts out, so all videos are read from `videos.list`: the list is one page (without
posts, kept as evidence, 100 units of the daily 10,000 for a search), the videos it names are the next (1 unit). The token of a walk says
which step comes next, so a run that ends between them asks for nothing twice.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from patrol import domain
from patrol.sources.shared import api, beginnings, followed, places, spellings, walks
from patrol.sources.youtube import problems as youtube_problems
from patrol.sources.youtube import shape

PLATFORM: str = domain.Platform.YOUTUBE
NAME = youtube_problems.NAME
HOSTS: tuple[str, ...] = ("youtube.com", "youtu.be")
CALLED: tuple[str, ...] = ("yt",)
SENT_IN = True
TITLE = domain.Sentence(id="Video dan komentar YouTube", en="YouTube videos and comments")
TERMS = domain.Sentence(
    id="Dibaca lewat YouTube Data API v3 dengan kunci milik instansi, menurut ketentuan API YouTube. Hanya yang terbuka untuk umum.",
    en="Read by the YouTube Data API v3 with the office's own key, under YouTube's API terms of service. Public content only.",
)
HEALTHY = domain.Sentence(
    id="Pencarian membawa beberapa video sehari; kanal dan komentar menurut keramaiannya. Halaman daftar tanpa unggahan itu wajar: "
    "videonya dibaca di halaman sesudahnya. Berhari-hari tanpa video berarti kata kuncinya perlu dilihat.",
    en="A search brings some videos a day; channels and comments as busy as they are. A list page without posts is normal: its videos are "
    "read on the page after it. Days without a video mean the words need a look.",
)
LIMITS = domain.Sentence(
    id="10.000 satuan sehari untuk satu kunci: satu halaman pencarian 100 satuan, lainnya 1. Pencarian memberi paling banyak sekitar "
    "500 video, dan tidak menjamin semuanya. Pencarian di satu tempat hanya menemukan video yang diberi lokasi oleh pengunggahnya; "
    "menurut negara YouTube tidak dapat ditanyai (regionCode berarti dapat ditonton di sana).",
    en="10,000 units a day for one key: a page of search costs 100, others 1. A search gives about 500 videos at most, and never promises "
    "all of them. The search at a place finds only videos to which the uploader added one; YouTube cannot be asked by country "
    "(regionCode means that it can be watched there).",
)
ROBOTS = domain.Sentence(
    id="robots.txt tidak ditanya: yang dibuka hanya alamat API, dengan izin kuncinya.",
    en="robots.txt is not asked: only addresses of the API are opened, with the leave of its key.",
)
PROVEN = domain.Sentence(
    id="Diuji hanya dengan jawaban terekam dan tiruan menurut dokumentasi; belum dengan YouTube sendiri.",
    en="Tested with recorded answers and imitations of the documented ones only; not yet against YouTube itself.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (1, 200)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
ASKS = domain.Sentence(
    id="Tulis kata yang dicari, misalnya loker taiwan. Boleh kosong bila paket kata dipilih.",
    en="Write words to look for, such as loker taiwan. May be empty where a pack is chosen.",
)
ASKS_PLACE = domain.Sentence(
    id="Tulis titik dan jarak paling jauh 1000 km (lintang, bujur, jarak), misalnya -6.3265, 108.32, 20 km.",
    en="Write a point and a distance of 1000 km at most (latitude, longitude, distance), such as -6.3265, 108.32, 20 km.",
)
ASKS_CHANNEL = domain.Sentence(
    id="Tulis nama kanal tanpa spasi, misalnya @nama, id kanal yang diawali UC, atau alamatnya https://www.youtube.com/@nama (bukan /c/…).",
    en="Write the channel's name without spaces, such as @nama, its id that begins with UC, or https://www.youtube.com/@nama (not /c/…).",
)
ASKS_VIDEO = domain.Sentence(
    id="Tulis alamat satu video, misalnya https://www.youtube.com/watch?v=aB3dE5fG7hI, atau id-nya (11 huruf).",
    en="Write the address of one video, such as https://www.youtube.com/watch?v=aB3dE5fG7hI, or its id (11 characters).",
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
        domain.QueryKind.CHANNEL,
        domain.Sentence(id="Video satu kanal", en="Videos of one channel"),
        ASKS_CHANNEL,
        label=domain.Sentence(id="Nama kanal", en="Name of the channel"),
        example="@nama",
    ),
    domain.QueryShape(
        domain.QueryKind.COMMENTS,
        domain.Sentence(id="Komentar satu video", en="Comments under one video"),
        ASKS_VIDEO,
        label=domain.Sentence(id="Alamat video", en="Address of the video"),
        example="https://www.youtube.com/watch?v=aB3dE5fG7hI",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = (domain.CredentialField("api_key", domain.Sentence(id="Kunci API", en="API key")),)

# The index of the search lags by hours, and descriptions are changed. The price: what was found in two days is read again (1 unit for 50).
LOOK_BACK = timedelta(days=2)
# Replies come under old comments too: threads of two weeks are looked at again; the first walk reads all.
COMMENTS_LOOK_BACK = timedelta(days=14)
COMMENTS_FIRST = timedelta(days=365 * 25)
WIDEST = 1000  # kilometres around a point
LONGEST_SEARCH = 300  # characters of alternatives in one search; no limit is documented, longer ones find less

_API = "https://www.googleapis.com/youtube/v3"
_HOSTS = frozenset(("youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com"))
_WITH_ID = frozenset(("shorts", "live", "embed", "v", "e"))
_CHANNEL = re.compile(r"UC[A-Za-z0-9_-]{22}")
_NAME = re.compile(r"[^\W_][\w.·-]{1,29}")


# --- what may be asked ----------------------------------------------------------------------------


def identity(url: str) -> str:
    """The video's id for watch, youtu.be, shorts, live and embed addresses; `VIDEO/COMMENT` where `lc` names a comment; else ""."""
    host, path, parameters = _parts(url)
    number = ""
    if host == "youtu.be":
        number = path[0] if path else ""
    elif host in _HOSTS and path[:1] == ["watch"]:
        number = parameters.get("v", [""])[0] if len(path) == 1 else path[1]
    elif host in _HOSTS and len(path) >= 2 and path[0] in _WITH_ID:
        number = path[1]
    if not shape.VIDEO.fullmatch(number):
        return ""
    comment = parameters.get("lc", [""])[0]
    return f"{number}/{comment}" if shape.COMMENT.fullmatch(comment) else number


def _parts(url: str) -> tuple[str, list[str], dict[str, list[str]]]:
    """Host, pieces of the path, parameters; an empty host where it is no http address."""
    try:
        parts = urlsplit(url.strip() if "//" in url else f"https://{url.strip()}")
        host = (parts.hostname or "").rstrip(".")
        parameters = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return "", [], {}
    path = [unquote(piece) for piece in parts.path.split("/") if piece]
    return (host, path, parameters) if parts.scheme in {"http", "https"} else ("", [], {})


def channel(query: str) -> Mapping[str, str]:
    """How channels.list is asked for the channel a query names (`id`, `forHandle` or `forUsername`); empty where it names none."""
    text = query.strip()
    if "/" in text:
        host, path, _parameters = _parts(text)
        if host not in _HOSTS or not path:
            return {}
        if path[0] == "user" and len(path) > 1 and _NAME.fullmatch(path[1]):
            return {"forUsername": path[1]}
        text = path[1] if path[0] == "channel" and len(path) > 1 else path[0]
        if not text.startswith("@") and not _CHANNEL.fullmatch(text):
            return {}
    if _CHANNEL.fullmatch(text):
        return {"id": text}
    name = text.removeprefix("@").lower()
    return {"forHandle": f"@{name}"} if _NAME.fullmatch(name) else {}


def video(query: str) -> str:
    """The video a query names, "" where it names none."""
    text = query.strip()
    return text if shape.VIDEO.fullmatch(text) else identity(text).partition("/")[0]


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """None for words, a point, one channel or one video, as the kind wants it. Whether it exists shows the first fetch."""
    if kind == domain.QueryKind.CHANNEL:
        return None if channel(query) else domain.Problem("bad_query", ASKS_CHANNEL, permanent=True)
    if kind == domain.QueryKind.COMMENTS:
        return None if video(query) else domain.Problem("bad_query", ASKS_VIDEO, permanent=True)
    if kind == domain.QueryKind.PLACE:
        where, query = _around(query)
        if not where:
            return places.refused(ASKS_PLACE)
    if len(query) > LONGEST_SEARCH:
        sentence = domain.Sentence(
            id=f"Kueri terlalu panjang: paling banyak {LONGEST_SEARCH} huruf. Bagi menjadi beberapa pantauan atau paket kata.",
            en=f"The query is too long: {LONGEST_SEARCH} characters at most. Divide it into several watches or packs of words.",
        )
        return domain.Problem("bad_query", sentence, permanent=True)
    return None


def asked_for(query: str, kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    if kind == domain.QueryKind.CHANNEL:
        return " ".join(f"{key} {value}" for key, value in channel(query).items())
    if kind == domain.QueryKind.COMMENTS:
        return video(query)
    return spellings.placed(query) if kind == domain.QueryKind.PLACE else spellings.words(query)


def _around(query: str) -> tuple[dict[str, str], str]:
    """The point of a query as search.list takes it, empty where it takes none such, and the words."""
    place, words = places.asked(query)
    if not isinstance(place, places.Point) or place.kilometres > WIDEST:
        return {}, words
    return {"location": f"{place.latitude:f},{place.longitude:f}", "locationRadius": f"{place.kilometres:f}km"}, words


def searches(query: str, words: Sequence[str]) -> list[str]:
    """The fewest searches for the query and for any of the words: YouTube takes `|` for "or", and a search costs a hundredth of the day.
    Words of several parts are asked for as a phrase, or "|" would tear them."""
    found = [query.strip()] if query.strip() else []
    alternatives: list[str] = []
    for word in dict.fromkeys(" ".join(re.sub(r'["|]', " ", word).split()) for word in words):
        if not word:
            continue
        asked = f'"{word}"' if not word.isalnum() else word
        if alternatives and len("|".join([*alternatives, asked])) > LONGEST_SEARCH:
            found.append("|".join(alternatives))
            alternatives = []
        alternatives.append(asked)
    return found + (["|".join(alternatives)] if alternatives else [])


# --- fetching -------------------------------------------------------------------------------------


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """Pages newest first. Raises SourceError: credential_missing, bad_query, bad_place, quota, too_many, not_found, not_open, those of
    api.py, and the fetcher's own."""
    asker = _Asker.of(ask, fetcher)
    problem = check_query(ask.query, ask.kind)
    if problem:
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)
    if ask.kind == domain.QueryKind.COMMENTS:
        number = video(ask.query)
        looks: dict[str, walks.Look] = {number: lambda token: _comments(asker, number, token)}
        yield from walks.down(ask, looks, first=COMMENTS_FIRST, look_back=COMMENTS_LOOK_BACK)
        return
    if ask.kind == domain.QueryKind.CHANNEL:
        wanted = channel(ask.query)
        named = "|".join(wanted.values())

        def walk(account: followed.Followed) -> Iterator[domain.Page]:
            uploads: dict[str, walks.Look] = {named: lambda token: _uploads(asker, {"id": account.own_id}, token)}
            return walks.down(ask, uploads, first=timedelta(days=30), look_back=LOOK_BACK)

        yield from followed.pages(named, ask, lambda: wanted.get("id") or _channel_id(asker, wanted), walk)
        return
    walked = beginnings.Walked(ask, look_back=LOOK_BACK)
    where, query = _around(ask.query) if ask.kind == domain.QueryKind.PLACE else ({}, ask.query)
    before = f"{places.split(ask.query)[0]}; " if where else ""
    asked = searches(query, ask.words) or ([""] if where else [])
    looks = {
        before + search: lambda token, search=search: _search(asker, search, where, token, lambda: walked.since(before + search))  # type: ignore[misc]
        for search in asked
    }
    if not looks:
        raise domain.SourceError("bad_query", ASKS, permanent=True)
    yield from walked.down(looks)


@dataclass(frozen=True, slots=True)
class _Asker:
    ask: domain.Ask
    fetcher: domain.Fetcher
    key: str

    @classmethod
    def of(cls, ask: domain.Ask, fetcher: domain.Fetcher) -> "_Asker":
        key = ask.credential.get("api_key", "").strip()
        if not key:
            raise api.credential_missing(youtube_problems.NAME)
        return cls(ask, fetcher, key)

    def get(self, what: str, parameters: Mapping[str, str]) -> tuple[domain.RawAnswer, dict[str, Any], list[Any]]:
        """The answer, its JSON and what it lists."""
        answer, body = api.get(
            self.fetcher,
            f"{_API}/{what}",
            title=youtube_problems.NAME,
            parameters=parameters,
            headers={"X-Goog-Api-Key": self.key},
            judge=youtube_problems.judge,
        )
        return answer, body, shape.items(answer, body)


# Tokens of walks: `videos ID,ID… REST` reads these videos and goes on with REST; each list adds its own word in front of what the
# platform calls its page.


def _search(asker: _Asker, search: str, where: Mapping[str, str], token: str, since: Callable[[], datetime]) -> walks.Turn:
    """`list START PAGE`: publishedAfter stays what it was when the search began, or its page tokens would mean something else."""
    step, _, rest = token.partition(" ")
    if step == "videos":
        return _videos(asker, rest)
    begun, _, page = rest.partition(" ")
    begun = begun or _written(since())
    answer, body, listed = asker.get(
        "search",
        {
            "part": "snippet",
            "type": "video",
            "order": "date",
            "safeSearch": "none",
            "maxResults": "50",
            "relevanceLanguage": "id",
            "q": search,
            "publishedAfter": begun,
            "pageToken": page,
            **where,
        },
    )
    ids = [api.text(api.of_kind(_item(one).get("id"), dict, {}).get("videoId")) for one in listed]
    return _list(asker, answer, ids, _below(body, f"list {begun}"))


def _channel_id(asker: _Asker, wanted: Mapping[str, str]) -> str:
    """The channel behind a name. Raises SourceError: not_found."""
    answer, _body, found = asker.get("channels", {"part": "id", **wanted})
    own = api.text(_item(found[0]).get("id")) if found else ""
    if not _CHANNEL.fullmatch(own):
        raise youtube_problems.no_such(answer)
    return own


def _uploads(asker: _Asker, wanted: Mapping[str, str], token: str) -> walks.Turn:
    """`list PLAYLIST PAGE`, with the playlist of the channel's uploads."""
    step, _, rest = token.partition(" ")
    if step == "videos":
        return _videos(asker, rest)
    playlist, _, page = rest.partition(" ")
    if not playlist:
        answer, _body, found = asker.get("channels", {"part": "contentDetails", **wanted})
        if not found:
            raise youtube_problems.no_such(answer)
        details = api.of_kind(_item(found[0]).get("contentDetails"), dict, {})
        playlist = api.text(api.of_kind(details.get("relatedPlaylists"), dict, {}).get("uploads"))
        if not re.fullmatch(r"[A-Za-z0-9_-]{10,60}", playlist):
            raise api.shape_changed(youtube_problems.NAME, answer)
    answer, body, listed = asker.get(
        "playlistItems", {"part": "contentDetails", "maxResults": "50", "playlistId": playlist, "pageToken": page}
    )
    ids = [api.text(api.of_kind(_item(one).get("contentDetails"), dict, {}).get("videoId")) for one in listed]
    return _list(asker, answer, ids, _below(body, f"list {playlist}"))


def _list(asker: _Asker, answer: domain.RawAnswer, ids: Sequence[str], below: str) -> walks.Turn:
    """A list, and the step to its videos behind it. Where only one page is wanted (a watch is tried), it is that of the videos."""
    named = list(dict.fromkeys(number for number in ids if shape.VIDEO.fullmatch(number)))
    problems = tuple(api.unreadable(f"/items/{place}") for place, number in enumerate(ids) if not shape.VIDEO.fullmatch(number))
    if not named:
        return walks.Turn(answer, (), below, problems)
    videos = f"{','.join(named)} {below}"
    if asker.ask.max_pages > 1:
        return walks.Turn(answer, (), f"videos {videos}", problems)
    read = _videos(asker, videos)
    return replace(read, problems=(*problems, *read.problems))


def _videos(asker: _Asker, rest: str) -> walks.Turn:
    """What is asked for by its id and not answered is deleted or private by now."""
    ids, _, below = rest.partition(" ")
    answer, body, listed = asker.get("videos", {"part": "snippet", "maxResults": "50", "id": ids})
    posts, problems = shape.videos(body, listed)
    answered = {api.text(_item(one).get("id")) for one in listed}
    return walks.Turn(answer, posts, below, problems, tuple(number for number in ids.split(",") if number not in answered))


def _comments(asker: _Asker, number: str, token: str) -> walks.Turn:
    """`list PAGE`; `replies THREAD,THREAD… PAGE BELOW` reads the rest of long threads, one after the other, `-` for no page."""
    step, _, rest = token.partition(" ")
    if step == "replies":
        threads, page, below = (*rest.split(" ", 2), "", "")[:3]
        parent, _, others = threads.partition(",")
        answer, body, listed = asker.get(
            "comments",
            {"part": "snippet", "maxResults": "100", "textFormat": "plainText", "parentId": parent, "pageToken": page.strip("-")},
        )
        posts, problems = shape.comments(body, listed, number)
        following = api.text(body.get("nextPageToken"))
        if following:
            below = f"replies {threads} {following} {below}"
        elif others:
            below = f"replies {others} - {below}"
        # Replies are sorted by themselves: their times say nothing of how far the walk has come.
        return walks.Turn(answer, posts, below, problems, moments=())
    answer, body, listed = asker.get(
        "commentThreads",
        {"part": "snippet,replies", "maxResults": "100", "order": "time", "textFormat": "plainText", "videoId": number, "pageToken": rest},
    )
    (posts, problems), longer = shape.threads(body, listed, number)
    below = _below(body, "list")
    below = f"replies {','.join(longer)} - {below}" if longer else below
    moments = tuple(post.posted_at for post in posts if not post.reply_to)
    return walks.Turn(answer, posts, below, problems, moments=moments)


def _item(value: Any) -> dict[str, Any]:
    return api.of_kind(value, dict, {})


def _below(body: Mapping[str, Any], before: str) -> str:
    page = api.text(body.get("nextPageToken"))
    return f"{before} {page}" if page else ""


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """What a channel (its id, or @name) says about itself; None where there is none. Raises SourceError."""
    wanted = channel(account)
    if not wanted:
        return None
    answer, _body, found = _Asker.of(ask, fetcher).get("channels", {"part": "snippet,brandingSettings", **wanted})
    if not found:
        return None
    item = _item(found[0])
    snippet = api.of_kind(item.get("snippet"), dict, {})
    own = api.text(item.get("id"))
    name = api.text(snippet.get("customUrl"))
    branding = api.of_kind(api.of_kind(item.get("brandingSettings"), dict, {}).get("channel"), dict, {})
    # What the owner sets for the channel is mostly the same description again, and words for the search that nobody sees.
    words = dict.fromkeys(map(api.text, (snippet.get("description"), branding.get("description"), branding.get("keywords"), name)))
    address = f"https://www.youtube.com/channel/{own}"
    return domain.Profile(PLATFORM, own, api.text(snippet.get("title")), "\n".join(filter(None, words)), (), address, answer)
