"""Instagram through Meta's Graph API: what is posted under a hashtag, what a business account posts, comments of the office's own posts.

In this order: what it says of itself, how it is fetched, how it becomes RawPost. Identity is the number in the post's address
(shape.py): the Graph API's own id is another one, which no address shows. Where a post comes without an address it is kept as
`graph:ID`; comments have no address at all and are `comment:ID`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from patrol import domain
from patrol.sources.instagram import shape as instagram_shape
from patrol.sources.shared import api, graph, shapes, walks

PLATFORM: str = domain.Platform.INSTAGRAM
NAME = domain.Sentence(id="Instagram", en="Instagram")
HOSTS: tuple[str, ...] = ("instagram.com",)
CALLED: tuple[str, ...] = ("ig",)
SENT_IN = True
TITLE = domain.Sentence(id="Instagram (API Graph)", en="Instagram (Graph API)")
TERMS = domain.Sentence(
    id="Ketentuan Platform Meta: lewat antarmuka resmi, dengan akun bisnis milik kantor yang terhubung ke halaman Facebook-nya. Hanya "
    "yang terbuka untuk umum.",
    en="Meta's Platform Terms: through the official interface, with the office's own business account connected to its Facebook page. "
    "Only what is public.",
)
HEALTHY = domain.Sentence(
    id="Tagar yang ramai membawa puluhan unggahan sehari. Tagar hanya menunjukkan 24 jam terakhir: bila tidak diambil lebih dari sehari, "
    "yang di antaranya hilang. Jawaban kosong berarti tidak ada unggahan dalam 24 jam itu.",
    en="A busy hashtag brings dozens of posts a day. A hashtag shows the last 24 hours only: not fetched for more than a day, what lies "
    "between is lost. An empty answer means nothing was posted in those 24 hours.",
)
LIMITS = domain.Sentence(
    id="Paling banyak 30 tagar berbeda dalam 7 hari untuk satu akun kantor; nama pengunggah tidak diberikan pada tagar. Akun lain hanya "
    "terbaca bila akun bisnis atau kreator. Komentar hanya terbaca dari unggahan milik kantor. Sekitar 200 pertanyaan sejam.",
    en="At most 30 different hashtags within 7 days for one account of the office; hashtags come without the author's name. Other accounts "
    "are readable only where they are business or creator accounts. Comments only of the office's own posts. About 200 questions an hour.",
)
ROBOTS = domain.Sentence(
    id="Antarmuka resmi dengan token; robots.txt tidak berlaku.", en="An official interface with a token; robots.txt does not apply."
)
PROVEN = domain.Sentence(
    id="Diuji dengan bentuk jawaban asli yang terekam; tidak dengan Instagram sendiri.",
    en="Tested with recorded shapes of real answers; not against Instagram itself.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (0, 300)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
ASKS = domain.Sentence(
    id="Tulis satu tagar tanpa spasi, misalnya #lokertaiwan.", en="Write one hashtag without spaces, such as #lokertaiwan."
)
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(domain.QueryKind.HASHTAG, domain.Sentence(id="Tagar", en="Hashtag"), ASKS, takes_words=True, example="#lokertaiwan"),
    domain.QueryShape(
        domain.QueryKind.ACCOUNT,
        domain.Sentence(id="Akun bisnis", en="Business account"),
        domain.Sentence(
            id="Tulis nama akun tanpa spasi, misalnya @agen_contoh, atau alamatnya https://www.instagram.com/agen_contoh/.",
            en="Write the account's name without spaces, such as @agen_contoh, or its address https://www.instagram.com/agen_contoh/.",
        ),
        label=domain.Sentence(id="Nama akun", en="Name of the account"),
        example="@agen_contoh",
    ),
    domain.QueryShape(
        domain.QueryKind.COMMENTS,
        domain.Sentence(id="Komentar unggahan sendiri", en="Comments of an own post"),
        domain.Sentence(
            id="Tulis nomor media Graph API dari unggahan milik kantor, misalnya 17846368219941692.",
            en="Write the Graph API media number of one of the office's own posts, such as 17846368219941692.",
        ),
        label=domain.Sentence(id="Nomor media", en="Media number"),
        example="17846368219941692",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = (
    graph.TOKEN,
    domain.CredentialField("user_id", domain.Sentence(id="Nomor akun Instagram kantor", en="Number of the office's account"), secret=False),
)

WINDOW = timedelta(hours=24)  # all a hashtag shows; not in order of time, so all of it is looked at in every walk

_MEDIA = "id,caption,media_type,media_url,permalink,timestamp,children{id,media_type,media_url}"
_OF_ACCOUNT = f"{_MEDIA},username,media_product_type,thumbnail_url"
_COMMENT = "id,text,timestamp,username,replies{id,text,timestamp,username}"
_READ = frozenset(
    (
        "id",
        "caption",
        "media_type",
        "media_url",
        "permalink",
        "timestamp",
        "children",
        "username",
        "thumbnail_url",
        "shortcode",
        "ig_id",
        "alt_text",
    )
)
# Ignored by name: counts, and what is said of the media's kind elsewhere.
_IGNORED = frozenset(
    (
        "comments_count",
        "like_count",
        "media_product_type",
        "owner",
        "is_comment_enabled",
        "is_shared_to_feed",
        "view_count",
        "video_title",
        "comments",
        "saved_count",
        "boost_eligibility_info",
        "copyright_check_information",
    )
)
_COMMENT_READ = frozenset(("id", "text", "timestamp", "username", "replies", "parent_id", "media"))
_COMMENT_IGNORED = frozenset(("like_count", "hidden", "user", "from"))
_HOSTS = frozenset(("instagram.com", "www.instagram.com", "m.instagram.com", "instagr.am", "www.instagr.am"))
_NAME = re.compile(r"[a-z0-9_.]{1,30}")
_TAG = re.compile(r"\w{1,100}")
_ID = re.compile(r"[1-9][0-9]{4,24}")
_NO_NAMES = frozenset(("p", "reel", "reels", "tv", "stories", "explore", "accounts", "direct", "share"))


# --- fetching -------------------------------------------------------------------------------------


def identity(url: str) -> str:
    """The number behind /p/CODE, /reel/CODE, /tv/CODE (with the account's name before it or not); "" for other addresses."""
    path = _path(url)
    if len(path) >= 3 and _NAME.fullmatch(path[0].lower()) and path[0] not in _NO_NAMES:
        path = path[1:]
    if len(path) >= 2 and path[0] in {"p", "reel", "reels", "tv"}:
        return instagram_shape.number(path[1])
    return path[2] if len(path) >= 3 and path[0] == "stories" and _ID.fullmatch(path[2]) else ""


def _path(url: str) -> list[str]:
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return []
    if host not in _HOSTS or parts.scheme not in {"http", "https"}:
        return []
    return [piece for piece in parts.path.split("/") if piece]


def account_name(query: str) -> str:
    """The account a query names, lower case; "" for none."""
    text = query.strip().removeprefix("@")
    path = _path(text)
    name = (path[0] if path else "" if "/" in text else text).lower()
    return name if _NAME.fullmatch(name) and name not in _NO_NAMES else ""


def hashtag(query: str) -> str:
    """The hashtag a query names, lower case, without #; "" for none: spaces, dots and emoji make none."""
    text = query.strip().removeprefix("#").casefold()
    return text if _TAG.fullmatch(text) and not text.isdecimal() else ""


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """Whether a watch could ask for this. A hashtag may be missing where keyword packs bring some."""
    kind = kind or domain.QueryKind.HASHTAG
    read = {domain.QueryKind.ACCOUNT: account_name, domain.QueryKind.COMMENTS: _media_id}.get(domain.QueryKind(kind), hashtag)
    if read(query) or (kind == domain.QueryKind.HASHTAG and not query.strip()):
        return None
    return shapes.refused(QUERIES, kind)


def asked_for(query: str, kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    named = {domain.QueryKind.ACCOUNT.value: account_name, domain.QueryKind.COMMENTS.value: _media_id}
    return named.get(kind, hashtag)(query)


def _media_id(query: str) -> str:
    return query.strip() if _ID.fullmatch(query.strip()) else ""


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """Newest first, as walks.down goes; one look for each hashtag. Words of packs become hashtags by losing their spaces.

    Raises SourceError: bad_query, and what graph.get raises.
    """
    kind = ask.kind or domain.QueryKind.HASHTAG
    problem = check_query(ask.query, kind)
    tags = dict.fromkeys(filter(None, (hashtag("".join(word.split())) for word in (ask.query, *ask.words))))
    if problem is None and kind == domain.QueryKind.HASHTAG and not tags:
        problem = check_query("#", kind)
    if problem is not None:
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)
    if kind == domain.QueryKind.ACCOUNT:
        name = account_name(ask.query)
        yield from walks.down(ask, {name: lambda token: _of_account(ask, fetcher, name, token)})
    elif kind == domain.QueryKind.COMMENTS:
        media = _media_id(ask.query)
        yield from walks.down(ask, {media: lambda token: _comments(ask, fetcher, media, token)})
    else:
        looks: dict[str, walks.Look] = {tag: _hashtag_look(ask, fetcher, tag) for tag in tags}
        yield from walks.down(ask, looks, first=WINDOW, look_back=WINDOW)


def _hashtag_look(ask: domain.Ask, fetcher: domain.Fetcher, tag: str) -> walks.Look:
    def look(token: str) -> walks.Turn:
        user = graph.token(ask, TITLE, "user_id")
        page, number, place = _hashtag_token(token)
        if not number:
            answer, body = graph.get(fetcher, "ig_hashtag_search", ask, TITLE, {"user_id": user, "q": tag})
            found = graph.items(answer, body, TITLE)
            number = api.text(found[0].get("id")) if found and isinstance(found[0], dict) else ""
            if not _ID.fullmatch(number):
                raise api.shape_changed(TITLE, answer)
        parameters = {"user_id": user, "fields": _MEDIA, "limit": "50", **graph.place(place)}
        answer, body = graph.get(fetcher, f"{number}/recent_media", ask, TITLE, parameters)
        posts, problems = adapted(graph.items(answer, body, TITLE), f"#{tag}", "data")
        following = graph.following(body)
        # Meta gives every page of a hashtag the same cursor: the number of the page tells them apart.
        token = f"{page + 1} {number} {following}" if following else ""
        return walks.Turn(answer, posts, token, graph.told(answer, posts, problems))

    return look


def _hashtag_token(token: str) -> tuple[int, str, str]:
    """Page, number of the hashtag (asked for once a walk), place."""
    page, _, rest = token.partition(" ")
    number, _, place = rest.partition(" ")
    return (int(page) if page.isdecimal() else 0), (number if _ID.fullmatch(number) else ""), place


def _of_account(ask: domain.Ask, fetcher: domain.Fetcher, name: str, token: str) -> walks.Turn:
    fields = f"business_discovery.username({name}){{id,username,name,media{_after(token)}.limit(50){{{_OF_ACCOUNT}}}}}"
    answer, body = graph.get(fetcher, graph.token(ask, TITLE, "user_id"), ask, TITLE, {"fields": fields})
    found = api.of_kind(body.get("business_discovery"), dict, {})
    edge = api.of_kind(found.get("media"), dict, {})
    posts, problems = adapted(
        graph.items(answer, edge, TITLE), name, "media", of=_Account(name, api.text(found.get("name")), api.text(found.get("id")))
    )
    # Here the page below is known by its cursor alone; past the last page it leads to an empty one.
    after = api.text(api.of_kind(api.of_kind(edge.get("paging"), dict, {}).get("cursors"), dict, {}).get("after"))
    return walks.Turn(answer, posts, f"after={after}" if after and posts else "", graph.told(answer, posts, problems))


def _comments(ask: domain.Ask, fetcher: domain.Fetcher, media: str, token: str) -> walks.Turn:
    """One page of comments, asked through their post: only its address says under which number it is stored."""
    fields = f"id,permalink,comments{_after(token)}.limit(50){{{_COMMENT}}}"
    answer, body = graph.get(fetcher, media, ask, TITLE, {"fields": fields})
    edge = body.get("comments", {"data": []})  # a post without comments has no such edge
    url = api.text(body.get("permalink"))
    thread = identity(url) or f"graph:{media}"
    posts, problems = adapted_comments(graph.items(answer, edge, TITLE), thread, url, "comments.data")
    return walks.Turn(answer, posts, graph.following(edge), graph.told(answer, posts, problems))


def _after(token: str) -> str:
    """The place as an expansion of fields takes it; "" for the first page, and for what could end the expansion."""
    after = graph.place(token).get("after", "")
    return f".after({after})" if re.fullmatch(r"[\w=-]+", after) else ""


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """What a business or creator account says about itself; None for the others, which Meta does not show."""
    name = account_name(account)
    if not name:
        return None
    fields = f"business_discovery.username({name}){{id,username,name,biography,website}}"
    try:
        answer, body = graph.get(fetcher, graph.token(ask, TITLE, "user_id"), ask, TITLE, {"fields": fields})
    except domain.SourceError as error:
        if error.problem.code in {"not_found", "client_error"}:
            return None
        raise
    found = api.of_kind(body.get("business_discovery"), dict, {})
    website = api.text(found.get("website"))
    return domain.Profile(
        platform=PLATFORM,
        account=name,
        name=api.text(found.get("name")),
        text=api.text(found.get("biography")),
        links=(website,) if website else (),
        url=f"https://www.instagram.com/{name}/",
        answer=answer,
        account_id=api.text(found.get("id")),
    )


# --- becoming posts -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Account:
    """Whose media are asked for, where one account's are."""

    name: str = ""
    title: str = ""
    number: str = ""


_ANYBODY = _Account()


def adapted(
    items: Sequence[Any], origin: str, locator: str, *, of: _Account = _ANYBODY
) -> tuple[tuple[domain.RawPost, ...], list[domain.Problem]]:
    """The posts of a list of media, and what could not be read of it."""
    posts: list[domain.RawPost] = []
    problems: list[domain.Problem] = []
    for place, item in enumerate(items):
        where = f"{locator}[{place}]"
        post = adapt(item, origin, where, of=of) if isinstance(item, dict) else None
        if post is None:
            problems.append(api.unreadable(where))
        else:
            posts.append(post)
    return tuple(posts), problems


def adapt(item: Mapping[str, Any], origin: str, locator: str, *, of: _Account = _ANYBODY) -> domain.RawPost | None:
    """One post; None without any number. Hashtags come without the author."""
    own_id = api.text(item.get("id"))
    named = identity(api.text(item.get("permalink"))) or instagram_shape.number(api.text(item.get("shortcode")))
    named = named or (api.text(item.get("ig_id")) if _ID.fullmatch(api.text(item.get("ig_id"))) else "")
    if not named and not _ID.fullmatch(own_id):
        return None
    written = api.text(item.get("timestamp"))
    kept = f"graph:{own_id}" if _ID.fullmatch(own_id) else ""
    return domain.RawPost(
        platform=PLATFORM,
        external_id=named or kept,
        url=api.text(item.get("permalink")) or (f"https://www.instagram.com/p/{instagram_shape.code(named)}/" if named else ""),
        text=api.text(item.get("caption")),
        author=api.text(item.get("username")).lower() or of.name,
        author_name=of.title,
        author_id=of.number,
        posted_at=api.moment(written),
        posted_at_source=written,
        origin=origin,
        media=tuple(_media(item)),
        also=(kept,) if named and kept else (),
        locator=locator,
        unknown=api.unknown(item, _READ | _IGNORED),
    )


def _media(item: Mapping[str, Any]) -> Iterator[domain.MediaReference]:
    """Pictures and videos of an album, else the one of the post. Meta leaves the address out where music is protected."""
    children = api.of_kind(api.of_kind(item.get("children"), dict, {}).get("data"), list, [])
    shown: list[Mapping[str, Any]] = [child for child in children if isinstance(child, dict)]
    for media in shown or [item]:
        kind = "video" if api.text(media.get("media_type")) in {"VIDEO", "REELS"} else "photo"
        address = api.text(media.get("media_url"))
        still = api.text(media.get("thumbnail_url"))
        if address:
            yield domain.MediaReference(kind, address, api.text(media.get("alt_text")))
        if still:
            yield domain.MediaReference("photo", still)


def adapted_comments(
    items: Sequence[Any], thread: str, url: str, locator: str, reply_to: str = ""
) -> tuple[tuple[domain.RawPost, ...], list[domain.Problem]]:
    """Comments and, after each, the answers that came with it. `url`: of the post, since comments have none."""
    posts: list[domain.RawPost] = []
    problems: list[domain.Problem] = []
    for place, item in enumerate(items):
        where = f"{locator}[{place}]"
        own = api.text(item.get("id")) if isinstance(item, dict) else ""
        if not _ID.fullmatch(own):
            problems.append(api.unreadable(where))
            continue
        written = api.text(item.get("timestamp"))
        posts.append(
            domain.RawPost(
                platform=PLATFORM,
                external_id=f"comment:{own}",
                url=url,
                text=api.text(item.get("text")),
                author=api.text(item.get("username")).lower(),
                posted_at=api.moment(written),
                posted_at_source=written,
                reply_to=reply_to or thread,
                thread=thread,
                origin=thread,
                locator=where,
                unknown=api.unknown(item, _COMMENT_READ | _COMMENT_IGNORED),
            )
        )
        replies = api.of_kind(api.of_kind(item.get("replies"), dict, {}).get("data"), list, [])
        if not reply_to and replies:
            answers, told = adapted_comments(replies, thread, url, f"{where}.replies", f"comment:{own}")
            posts += answers
            problems += told
    return tuple(posts), problems
