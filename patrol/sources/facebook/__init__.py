"""Facebook through Meta's Graph API: the feed of a page or group the office may read, and the comments of a post.

In this order: what it says of itself, how it is fetched, how it becomes RawPost. Identity is the post's own number, the second half
of the Graph API's `PAGE_POST`; a comment is `POST_COMMENT`. What an address shows of them says shape.py.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from patrol import domain
from patrol.sources.facebook import shape as facebook_shape
from patrol.sources.shared import api, graph, shapes, walks

PLATFORM: str = domain.Platform.FACEBOOK
NAME = domain.Sentence(id="Facebook", en="Facebook")
HOSTS: tuple[str, ...] = ("facebook.com", "fb.com", "fb.watch")
CALLED: tuple[str, ...] = ("fb",)
SENT_IN = True
TITLE = domain.Sentence(id="Facebook (API Graph)", en="Facebook (Graph API)")
TERMS = domain.Sentence(
    id="Ketentuan Platform Meta: lewat antarmuka resmi, dengan token milik kantor, hanya halaman dan grup yang haknya sudah diberikan. "
    "Facebook tidak pernah dibaca dengan akun pribadi atau pengikis.",
    en="Meta's Platform Terms: through the official interface, with the office's own token, only pages and groups for which the right "
    "was granted. Facebook is never read with a personal account or a scraper.",
)
HEALTHY = domain.Sentence(
    id="Halaman yang ramai membawa beberapa unggahan sehari. Jawaban kosong berarti tidak ada unggahan baru, atau pengelola menutup "
    "haknya; hak yang hilang dikatakan sebagai galat, bukan jawaban kosong.",
    en="A busy page brings some posts a day. An empty answer means nothing new, or that its managers closed it; a right that is "
    "missing is told as an error, not as an empty answer.",
)
LIMITS = domain.Sentence(
    id="Halaman orang lain perlu hak Page Public Content Access dari Meta. Grup: Meta menutup Groups API untuk umum pada April 2024; "
    "tanpa hak khusus, grup hanya terbaca lewat tangkapan petugas. Sekitar 200 pertanyaan sejam untuk setiap pengguna aplikasi. "
    "Dari setiap unggahan terbaca 25 komentar terbaru; selebihnya lewat pantauan komentar.",
    en="Pages of others need Meta's Page Public Content Access. Groups: Meta closed the Groups API to the public in April 2024; without "
    "a special right groups can only be captured by officers. About 200 questions an hour for each user of the app. Of each post "
    "the newest 25 comments are read; the rest by a watch of its comments.",
)
ROBOTS = domain.Sentence(
    id="Antarmuka resmi dengan token; robots.txt tidak berlaku.", en="An official interface with a token; robots.txt does not apply."
)
PROVEN = domain.Sentence(
    id="Diuji dengan bentuk jawaban asli yang terekam; tidak dengan Facebook sendiri.",
    en="Tested with recorded shapes of real answers; not against Facebook itself.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (0, 100)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
ASKS = domain.Sentence(
    id="Tulis nama atau nomor halaman tanpa spasi, misalnya loker.contoh, atau alamatnya https://www.facebook.com/loker.contoh.",
    en="Write the name or number of a page without spaces, such as loker.contoh, or its address https://www.facebook.com/loker.contoh.",
)
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(
        domain.QueryKind.ACCOUNT,
        domain.Sentence(id="Halaman", en="Page"),
        ASKS,
        label=domain.Sentence(id="Nama atau nomor halaman", en="Name or number of the page"),
        example="loker.contoh",
    ),
    domain.QueryShape(
        domain.QueryKind.GROUP,
        domain.Sentence(id="Grup", en="Group"),
        domain.Sentence(
            id="Tulis nomor grup, misalnya 123456789012345, atau alamatnya https://www.facebook.com/groups/123456789012345.",
            en="Write the group's number, such as 123456789012345, or its address https://www.facebook.com/groups/123456789012345.",
        ),
        label=domain.Sentence(id="Nomor grup", en="Number of the group"),
        example="123456789012345",
    ),
    domain.QueryShape(
        domain.QueryKind.COMMENTS,
        domain.Sentence(id="Komentar satu unggahan", en="Comments of one post"),
        domain.Sentence(
            id="Tulis nomor halaman, garis bawah, dan nomor unggahan, misalnya 100200300400500_600700800900, atau alamat unggahan "
            "yang memuat kedua nomor.",
            en="Write the number of the page, an underscore and the number of the post, such as 100200300400500_600700800900, or the "
            "post's address with both numbers.",
        ),
        label=domain.Sentence(id="Nomor unggahan", en="Number of the post"),
        example="100200300400500_600700800900",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = (graph.TOKEN,)

# Tags, replies and late comments move posts of a group up again: what was answered two hours ago may still be on its way.
_NAME = re.compile(r"[A-Za-z0-9.]{3,60}|[^\W_][\w.-]{2,80}-[0-9]{5,20}")
_NUMBER = re.compile(r"[1-9][0-9]{3,24}")
_FULL_ID = re.compile(r"[1-9][0-9]*_[1-9][0-9]{3,24}")
_NAME_NUMBER = re.compile(r"[^\W_].*-([1-9][0-9]{4,19})")  # a name somebody chose has no hyphen
_NO_NAMES = frozenset(
    (
        "events",
        "groups",
        "hashtag",
        "login",
        "marketplace",
        "pages",
        "people",
        "permalink.php",
        "photo",
        "photo.php",
        "profile.php",
        "reel",
        "search",
        "share",
        "stories",
        "story.php",
        "video.php",
        "watch",
    )
)


# --- fetching -------------------------------------------------------------------------------------


def identity(url: str) -> str:
    """See facebook_shape.identity."""
    return facebook_shape.identity(url)


def check_query(query: str, kind: str = "") -> domain.Problem | None:
    """Whether a watch could ask for this. Whether Meta grants the right shows the first fetch."""
    kind = kind or domain.QueryKind.ACCOUNT
    if asked(query, kind):
        return None
    return shapes.refused(QUERIES, kind)


def asked_for(query: str, kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    kind = kind or domain.QueryKind.ACCOUNT
    name = asked(query, kind).lower()
    numbered = _NAME_NUMBER.fullmatch(name) if kind == domain.QueryKind.ACCOUNT else None
    return numbered[1] if numbered else name


def asked(query: str, kind: str) -> str:
    """What stands in the Graph API's path for a query: name or number of a page, number of a group, `PAGE_POST`; "" for none."""
    text = query.strip()
    path, parameters = _address(text)
    if kind == domain.QueryKind.GROUP:
        number = path[1] if len(path) >= 2 and path[0] == "groups" else text
        return number if _NUMBER.fullmatch(number) else ""
    if kind == domain.QueryKind.COMMENTS:
        place, post = facebook_shape.split(text) if path else ("", "")
        full = f"{place}_{post}" if place else text
        return full if _FULL_ID.fullmatch(full) else ""
    name = _page(path, parameters) if path else text.removeprefix("@")
    usable = name.lower() not in _NO_NAMES and "__" not in name
    return name if usable and (_NUMBER.fullmatch(name) or _NAME.fullmatch(name)) else ""


def _page(path: list[str], parameters: Mapping[str, str]) -> str:
    """profile.php?id=NUMBER, people/NAME/NUMBER, pages/NAME/NUMBER, pages/category/WHAT/NAME-NUMBER, p/NAME-NUMBER, or NAME itself."""
    if path[0] == "profile.php":
        return parameters.get("id", "")
    if path[0] == "p" or path[:2] == ["pages", "category"]:
        number = path[-1].rpartition("-")[2]
    elif path[0] in {"people", "pages"}:
        number = path[2] if len(path) > 2 else ""
    else:
        return path[0]
    return number if _NUMBER.fullmatch(number) else ""


def _address(text: str) -> tuple[list[str], Mapping[str, str]]:
    """Path and parameters of an address of Facebook; nothing for what is none."""
    if "/" not in text:
        return [], {}
    try:
        parts = urlsplit(text if "//" in text else f"https://{text}")
        host = (parts.hostname or "").rstrip(".")
        found = {key: values[0] for key, values in parse_qs(parts.query).items()}
    except ValueError:
        return [], {}
    at_facebook = host in {"facebook.com", "fb.com"} or host.endswith((".facebook.com", ".fb.com"))
    if not at_facebook or parts.scheme not in {"http", "https"}:
        return [], {}
    return [piece for piece in parts.path.split("/") if piece], found


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """Newest first, as walks.down goes. Raises SourceError: bad_query, and what graph.get raises."""
    kind = ask.kind or domain.QueryKind.ACCOUNT
    name = asked(ask.query, kind)
    if not name:
        problem = check_query(ask.query, kind)
        assert problem is not None
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)

    def look(token: str) -> walks.Turn:
        if kind == domain.QueryKind.COMMENTS:
            return _comments(ask, fetcher, name, token)
        return _feed(ask, fetcher, name, token, by_update=kind == domain.QueryKind.GROUP)

    yield from walks.down(ask, {name: look})


def _feed(ask: domain.Ask, fetcher: domain.Fetcher, name: str, token: str, *, by_update: bool) -> walks.Turn:
    """One page of a feed. A group's is sorted by the last change of its posts, a page's by their time."""
    parameters = {"fields": facebook_shape.POST, "limit": "50", **graph.place(token)}
    answer, body = graph.get(fetcher, f"{name}/feed", ask, TITLE, parameters)
    posts, problems = adapted(graph.items(answer, body, TITLE), name, ask.now)
    moments = [api.moment(item.get("updated_time" if by_update else "created_time")) for item in body["data"] if isinstance(item, dict)]
    return walks.Turn(answer, posts, graph.following(body), graph.told(answer, posts, problems), moments=tuple(moments))


def _comments(ask: domain.Ask, fetcher: domain.Fetcher, post_id: str, token: str) -> walks.Turn:
    """One page of comments, answers to comments among them (filter=stream)."""
    parameters = {
        "fields": facebook_shape.COMMENT,
        "filter": "stream",
        "order": "reverse_chronological",
        "limit": "100",
        **graph.place(token),
    }
    answer, body = graph.get(fetcher, f"{post_id}/comments", ask, TITLE, parameters)
    origin, _, thread = post_id.partition("_")
    posts, problems = _adapted_comments(graph.items(answer, body, TITLE), thread, origin, "data", ask.now)
    return walks.Turn(answer, tuple(posts), graph.following(body), graph.told(answer, posts, problems))


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """What a page says about itself; None for people, of whom Meta shows nothing, and for pages we may not read."""
    name = asked(account, domain.QueryKind.ACCOUNT)
    if not name:
        return None
    try:
        answer, body = graph.get(fetcher, name, ask, TITLE, {"fields": facebook_shape.ABOUT})
    except domain.SourceError as error:
        if error.problem.code in {"not_found", "right_missing", "client_error"}:
            return None
        raise
    words = [api.text(body.get(key)) for key in ("about", "bio", "description", "phone", "single_line_address")]
    words += [api.text(mail) for mail in api.of_kind(body.get("emails"), list, [])]
    links = [api.text(body.get("website")), api.text(body.get("link"))]
    return domain.Profile(
        platform=PLATFORM,
        account=api.text(body.get("id")) or name.lower(),
        name=api.text(body.get("name")),
        text="\n".join(_each_once(words)),
        links=tuple(_each_once(links)),
        url=api.text(body.get("link")) or f"https://www.facebook.com/{name}",
        answer=answer,
    )


# --- becoming posts -------------------------------------------------------------------------------


def adapted(items: Sequence[Any], origin: str, now: datetime) -> tuple[tuple[domain.RawPost, ...], list[domain.Problem]]:
    """The posts of a feed, each followed by the comments that came with it, and what could not be read."""
    posts: list[domain.RawPost] = []
    problems: list[domain.Problem] = []
    cut = 0
    for place, item in enumerate(items):
        post = adapt(item, origin, f"data[{place}]") if isinstance(item, dict) else None
        if post is None:
            problems.append(api.unreadable(f"data[{place}]"))
            continue
        problems += _of_time(post, now)
        edge = api.of_kind(item.get("comments"), dict, {})
        comments, told = _adapted_comments(
            api.of_kind(edge.get("data"), list, []), post.external_id, origin, f"{post.locator}.comments", now
        )
        cut += bool(graph.following(edge))
        posts += [post, *comments]
        problems += told
    if cut:
        problems.append(_more_comments(cut))
    return tuple(posts), problems


def adapt(item: Mapping[str, Any], origin: str, locator: str) -> domain.RawPost | None:
    """One post of a feed; None without a number."""
    own = _numbers(item)
    if not own:
        return None
    attachments = _attachments(item.get("attachments"))
    message = api.text(item.get("message"))
    words = [message, *(_words(attachment) for attachment in attachments)]
    text = "\n\n".join(_each_once(words, within=True)) or api.text(item.get("story"))
    parent = api.text(item.get("parent_id")).rpartition("_")[2]
    url = api.text(item.get("permalink_url")) or f"https://www.facebook.com/{api.text(item.get('id')) or own}"
    written = api.text(item.get("created_time"))
    return domain.RawPost(
        platform=PLATFORM,
        external_id=own,
        url=url,
        text=text,
        author=_author(item)[0],
        author_name=_author(item)[1],
        posted_at=api.moment(written),
        posted_at_source=written,
        forward_of=parent if _NUMBER.fullmatch(parent) and parent != own else "",
        origin=origin,
        links=tuple(_links(attachments)),
        media=_media(attachments, api.text(item.get("full_picture"))),
        also=_also(item, own, url, origin, attachments),
        locator=locator,
        unknown=_unknown(item, attachments),
    )


def _numbers(item: Mapping[str, Any]) -> str:
    """The post's own number: the second half of the id, else what its address says."""
    number = api.text(item.get("id")).rpartition("_")[2]
    if _NUMBER.fullmatch(number):
        return number
    return facebook_shape.identity(api.text(item.get("permalink_url"))).partition("_")[0]


def _adapted_comments(
    items: Sequence[Any], thread: str, origin: str, locator: str, now: datetime
) -> tuple[list[domain.RawPost], list[domain.Problem]]:
    posts: list[domain.RawPost] = []
    problems: list[domain.Problem] = []
    for place, item in enumerate(items):
        where = f"{locator}[{place}]"
        post = adapt_comment(item, thread, origin, where) if isinstance(item, dict) else None
        if post is None:
            problems.append(api.unreadable(where))
        else:
            posts.append(post)
            problems += _of_time(post, now)
    return posts, problems


def adapt_comment(item: Mapping[str, Any], thread: str, origin: str, locator: str) -> domain.RawPost | None:
    """One comment of the post `thread`; None without a number. Its number stands in the id, or only in its address."""
    url = api.text(item.get("permalink_url"))
    number = api.text(item.get("id")).rpartition("_")[2] or facebook_shape.identity(url).partition("_")[2]
    if not _NUMBER.fullmatch(number):
        return None
    attachments = _attachments({"data": [item["attachment"]]}) if isinstance(item.get("attachment"), dict) else []
    parent = api.text(api.of_kind(item.get("parent"), dict, {}).get("id")).rpartition("_")[2] or facebook_shape.parent_of(url)
    words = [api.text(item.get("message")), *(_words(attachment) for attachment in attachments)]
    written = api.text(item.get("created_time"))
    return domain.RawPost(
        platform=PLATFORM,
        external_id=f"{thread}_{number}",
        url=url or f"https://www.facebook.com/{thread}?comment_id={number}",
        text="\n\n".join(_each_once(words, within=True)),
        author=_author(item)[0],
        author_name=_author(item)[1],
        posted_at=api.moment(written),
        posted_at_source=written,
        reply_to=f"{thread}_{parent}" if _NUMBER.fullmatch(parent) else thread,
        thread=thread,
        origin=origin,
        links=tuple(_links(attachments)),
        media=_media(attachments, ""),
        locator=locator,
        unknown=_unknown(item, attachments),
    )


def _of_time(post: domain.RawPost, now: datetime) -> Iterator[domain.Problem]:
    if post.posted_at is None and post.posted_at_source:
        sentence = domain.Sentence(
            id="Waktu satu unggahan tidak dapat dibaca; unggahan disimpan tanpa waktu.",
            en="The time of one post could not be read; it is kept without a time.",
        )
        yield domain.Problem("bad_time", sentence, where=post.locator)
    elif post.posted_at is not None and post.posted_at > now + timedelta(hours=1):
        sentence = domain.Sentence(
            id="Waktu satu unggahan ada di masa depan; jam platform atau jam kita salah.",
            en="The time of one post lies in the future; the platform's clock or ours is wrong.",
        )
        yield domain.Problem("future_time", sentence, where=post.locator)


def _more_comments(posts: int) -> domain.Problem:
    return domain.Problem(
        "more_comments",
        domain.Sentence(
            id=f"{posts} unggahan punya lebih dari 25 komentar; hanya yang terbaru terbaca. Pantau komentarnya bila perlu.",
            en=f"{posts} posts have more than 25 comments; only the newest were read. Watch their comments where it matters.",
        ),
    )


def _author(item: Mapping[str, Any]) -> tuple[str, str]:
    """Number and name of who wrote it; Meta leaves both out for people who did not agree."""
    author = api.of_kind(item.get("from"), dict, {})
    return api.text(author.get("id")), api.text(author.get("name"))


def _attachments(edge: Any) -> list[Mapping[str, Any]]:
    """Attachments and what is attached within them (an album), in order."""
    found: list[Mapping[str, Any]] = []
    for attachment in api.of_kind(api.of_kind(edge, dict, {}).get("data"), list, []):
        if isinstance(attachment, dict):
            found.append(attachment)
            within = api.of_kind(attachment.get("subattachments"), dict, {})
            found += [one for one in api.of_kind(within.get("data"), list, []) if isinstance(one, dict)]
    return found


def _words(attachment: Mapping[str, Any]) -> str:
    """Title and description: the words of a shared post, a picture or the page linked to, often all there is of an offer."""
    return "\n".join(filter(None, (api.text(attachment.get("title")), api.text(attachment.get("description")))))


def _each_once(words: Sequence[str], *, within: bool = False) -> list[str]:
    """In order, each once; `within`: also without those another one already holds."""
    kept: list[str] = []
    for one in words:
        flat = " ".join(one.split())
        if flat and not any(flat == " ".join(held.split()) or (within and flat in " ".join(held.split())) for held in kept):
            kept.append(one)
    return kept


def _links(attachments: Sequence[Mapping[str, Any]]) -> list[str]:
    """Where attachments lead, Facebook's own detour undone."""
    found: list[str] = []
    for attachment in attachments:
        address = api.text(attachment.get("unshimmed_url")) or _unshimmed(api.text(attachment.get("url")))
        target = api.text(api.of_kind(attachment.get("target"), dict, {}).get("url"))
        found += [address or _unshimmed(target)]
    return _each_once(found)


def _unshimmed(url: str) -> str:
    """The address behind l.facebook.com/l.php?u=, else itself."""
    try:
        parts = urlsplit(url)
        if parts.hostname in {"l.facebook.com", "lm.facebook.com"}:
            return parse_qs(parts.query).get("u", [url])[0]
    except ValueError:
        pass
    return url


def _media(attachments: Sequence[Mapping[str, Any]], picture: str) -> tuple[domain.MediaReference, ...]:
    found: dict[str, domain.MediaReference] = {}
    for attachment in attachments:
        media = api.of_kind(attachment.get("media"), dict, {})
        image = api.text(api.of_kind(media.get("image"), dict, {}).get("src"))
        source = api.text(media.get("source"))
        shared = api.text(attachment.get("media_type")) == "link"
        if source:
            found.setdefault(source, domain.MediaReference("video", source))
        if image:
            found.setdefault(image, domain.MediaReference("link_preview" if shared else "photo", image))
    if not found and picture:
        found[picture] = domain.MediaReference("photo", picture)
    return tuple(found.values())


def _also(item: Mapping[str, Any], own: str, url: str, origin: str, attachments: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """A post with one picture or video of its own is also known by that one's number; addresses may carry the opaque word."""
    named = [facebook_shape.identity(url)]
    if len(attachments) == 1 and attachments[0].get("media_type") in {"photo", "video"}:
        writers = {api.text(item.get("id")).partition("_")[0], _author(item)[0], origin.lower(), *facebook_shape.owners(url)}
        target = api.of_kind(attachments[0].get("target"), dict, {})
        owners = [owner for one in (attachments[0], target) for owner in facebook_shape.owners(api.text(one.get("url")))]
        if not _is_shared(item, own) and writers.issuperset(owners):
            named.append(api.text(target.get("id")))
    return tuple(name for name in _each_once(named) if name != own and "_" not in name)


def _is_shared(item: Mapping[str, Any], own: str) -> bool:
    """Whether the post shows another one again, whose picture then has that one's number."""
    parent = api.text(item.get("parent_id")).rpartition("_")[2]
    return parent not in {"", own} or api.text(item.get("status_type")) == "shared_story"


def _unknown(item: Mapping[str, Any], attachments: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    found = api.unknown(item, facebook_shape.READ | facebook_shape.IGNORED)
    for attachment in attachments:
        known = facebook_shape.ATTACHMENT_READ | facebook_shape.ATTACHMENT_IGNORED
        found |= api.unknown(attachment, known, within="attachment.")
    return found
