"""RSS and Atom feeds: news sites, agencies, ministries.

In this order: what stands on the wire, how it is fetched, how it becomes RawPost. Identity is `<feed host> <guid>`:
guids are only unique within a site. Without a guid the entry's link stands in, without a link a hash of its content;
the last cannot follow an edit, and a Problem says so.
"""

import calendar
import hashlib
import html
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import feedparser

from patrol import domain
from patrol.sources.feed import problems as feed_problems
from patrol.sources.shared import canonical, markup, spellings, spoken, times

PLATFORM: str = domain.Platform.FEED
NAME = domain.Sentence(id="RSS situs web", en="Website RSS")
HOSTS: tuple[str, ...] = ()
CALLED: tuple[str, ...] = ()
SENT_IN = False
TITLE = domain.Sentence(id="RSS situs web", en="Website RSS")
TERMS = domain.Sentence(
    id="RSS yang disiarkan pemilik situs untuk dibaca mesin. Dibaca dengan jeda, dan hanya bila isinya berubah.",
    en="Feeds that site owners publish for machines to read. Read with pauses, and only when their content changed.",
)
HEALTHY = domain.Sentence(
    id='Jawaban "tidak berubah" adalah sehat. RSS yang tidak memuat satu entri pun, atau berhari-hari tidak berubah, perlu dilihat orang.',
    en='The answer "not modified" is healthy. A feed without a single entry, or one unchanged for days, needs a look.',
)
ASKS = domain.Sentence(
    id="Tulis alamat lengkap RSS situs itu, misalnya https://kabar.example/umpan.xml.",
    en="Write the full address of the site's feed, such as https://kabar.example/umpan.xml.",
)

LIMITS = domain.Sentence(
    id="Satu permintaan per detik untuk setiap situs; RSS tidak punya halaman kedua, entri lama yang sudah turun tidak terbaca.",
    en="One request a second for each site; a feed has no second page, entries that dropped out of it are not readable.",
)
ROBOTS = domain.Sentence(
    id="robots.txt situs ditanya sebelum RSS pertama diambil, dan dipatuhi; begitu pula untuk gambarnya, di situs tempat gambar itu.",
    en="The site's robots.txt is asked before the first feed is fetched, and obeyed; so it is for its pictures, on the site they lie on.",
)
PROVEN = domain.Sentence(
    id="Diuji dengan RSS asli yang terekam dan situs contoh.", en="Tested with recorded real feeds and the example site."
)
OBEYS_ROBOTS = True
HEALTHY_RANGE = (0, 50)
PROFILE_BY_ID = False
SEVERAL_VIEWS = True
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(
        domain.QueryKind.FEED,
        domain.Sentence(id="RSS", en="Feed"),
        ASKS,
        label=domain.Sentence(id="Alamat RSS", en="Address of the feed"),
        example="https://kabar.example/umpan.xml",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = ()

_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
_LONGEST_GUID = 300  # characters; longer ones are hashed

_DEFLATED = re.compile(r'(?P<before>(?:W/)?"[^"]*)(?:-gzip"|"-gzip)')  # the second: Apache 2.2
_CLOSES = r"</(?:\w+:)?(?:item|entry)\s*>"
# What stands in CDATA or in a comment closes nothing; one without its end goes to the end of the feed.
_ENTRY_CLOSES = re.compile(rf"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|(?P<closes>{_CLOSES})", re.DOTALL)
_ENTRY_END = re.compile(_CLOSES.encode())

_READ = frozenset(
    (
        "id",
        "guidislink",
        "link",
        "links",
        "title",
        "title_detail",
        "summary",
        "summary_detail",
        "content",
        "published",
        "published_parsed",
        "updated",
        "updated_parsed",
        "created",
        "created_parsed",
        "author",
        "author_detail",
        "authors",
        "source",
        "media_content",
        "media_thumbnail",
        "media_text",
        "subtitle",
        "subtitle_detail",
        "href",
        "language",
    )
)

# Ignored by name: order and counts of comments, rights, and what only repeats what was read.
_IGNORED = frozenset(
    (
        "tags",
        "comments",
        "slash_comments",
        "wfw_commentrss",
        "thr_total",
        "thr_in-reply-to",
        "rights",
        "rights_detail",
        "contributors",
        "publisher",
        "publisher_detail",
        "expired",
        "expired_parsed",
        "license",
        "feedburner_origlink",
        "post-id",
        "media_credit",
        "media_title",
        "media_description",
        "media_keywords",
        "media_rating",
        "credit",
        "image",
        "xml_lang",
        "itunes_explicit",
        "itunes_duration",
        "itunes_episode",
    )
)


# --- on the wire ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WireFeed:
    entries: tuple[Mapping[str, Any], ...]
    is_feed: bool
    whole: bool  # False: broken off or not well-formed; what could be read was read
    override: str  # the encoding the feed turned out to be in, where it claims another
    spoken: tuple[str, ...] = ()  # what is said in the video of each entry (media:text); empty where the feed tells of none
    unclear: bool = False  # it tells of some, and nobody knows of which entry


def read_feed(answer: domain.RawAnswer) -> WireFeed:
    """The entries of a feed. The parser is given bytes only, so it fetches nothing; external entities are not followed,
    and no base address, so guids stay as the feed wrote them."""
    parsed = feedparser.parse(
        io.BytesIO(answer.body),
        response_headers={"content-type": answer.header("Content-Type") or "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    fault = parsed.get("bozo_exception")
    override = parsed.get("encoding", "") if isinstance(fault, feedparser.CharacterEncodingOverride) else ""
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    whole = not answer.truncated and (not parsed.bozo or isinstance(fault, harmless))
    # Plain dicts: the library's own answer a missing "updated" with "published".
    entries = [dict(dict.items(entry)) for entry in parsed.entries]
    if not whole and entries and len(_ENTRY_END.findall(answer.body)) < len(entries):
        entries.pop()  # it broke off in the middle
    spoken = _spoken(_decoded(answer.body, parsed.get("encoding") or ""))
    unclear = bool(spoken) and len(spoken) != len(entries)
    return WireFeed(tuple(entries), bool(parsed.get("version") or entries), whole, override, () if unclear else spoken, unclear)


def _decoded(body: bytes, encoding: str) -> str:
    """By the encoding the parser found."""
    try:
        return body.decode(encoding or "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _spoken(written: str) -> tuple[str, ...]:
    """The words of each entry's media:text, a line for each piece: the parser keeps only their attributes. Empty where there are none."""
    if "<media:text" not in written:
        return ()
    found, start = [], 0
    for one in _ENTRY_CLOSES.finditer(written):
        if one["closes"]:
            found.append("\n".join(_said(written[start : one.start()])))
            start = one.end()
    return tuple(found)


def _said(item: str) -> Iterator[str]:
    """The pieces of one entry. Cut at what ends each, so that an opening without its end costs nothing."""
    for piece in item.split("</media:text")[:-1]:
        opened, _sign, words = piece.rpartition("<media:text")[2].partition(">")
        if not opened.endswith("/"):
            yield _plain(words)


def _plain(written: str) -> str:
    """The words of an element: escaped, or in CDATA, which is taken as it is."""
    found = []
    for part in written.split("]]>"):
        before, _sign, as_it_is = part.partition("<![CDATA[")
        found += [html.unescape(re.sub(r"<[^<>]*>", " ", before)), as_it_is]
    return " ".join("".join(found).split())


# --- fetching -------------------------------------------------------------------------------------


def identity(_url: str) -> str:
    """Always "": an article's address does not say which feed carries it under which guid. The page an entry leads to on the feed's own
    site stands in `RawPost.also` by its canonical address: so it meets the same page read by a web watch or captured."""
    return ""


def check_query(query: str, _kind: str = "") -> domain.Problem | None:
    """None for an http or https address. Whether a feed answers there shows the first fetch."""
    return None if _host(query) else feed_problems.bad_query(query)


def asked_for(query: str, _kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    return spellings.address(query)


def _host(query: str) -> str:
    try:
        parts = urlsplit(query.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    usable = parts.scheme in {"http", "https"} and "@" not in parts.netloc and not re.search(r"\s", query.strip())
    return host.rstrip(".") if usable else ""


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """One page: a feed has no second. A 304 gives a page without posts, which is healthy.

    Validators (ETag, Last-Modified) are those of the cursor; after half a feed none, since "not modified" would then hide the other half.
    Raises SourceError: bad_query, not_a_feed, and the fetcher's own.
    """
    host = _host(ask.query)
    if not host:
        problem = feed_problems.bad_query(ask.query)
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)
    answer = fetcher.get(ask.query.strip(), headers={"Accept": _ACCEPT, **_conditional(ask)})
    if answer.status == 304:
        yield domain.Page(answer, (), dict(ask.cursor))
        return
    wire = read_feed(answer)
    if not wire.is_feed:
        raise feed_problems.not_a_feed(host, answer)
    posts, problems = _adapted(wire, host, answer, ask.now)
    cursor: dict[str, Any] = {"incomplete": True}
    if wire.whole:
        cursor = {"etag": answer.header("ETag"), "last_modified": answer.header("Last-Modified")}
    yield domain.Page(answer, tuple(posts), cursor, tuple(problems))


def _conditional(ask: domain.Ask) -> dict[str, str]:
    if ask.cursor.get("incomplete"):
        return {}
    sent = {"If-None-Match": _tags(str(ask.cursor.get("etag", ""))), "If-Modified-Since": str(ask.cursor.get("last_modified", ""))}
    return {name: value for name, value in sent.items() if value}


def _tags(etag: str) -> str:
    """The tags a server is asked by. Apache marks what mod_deflate sends with `-gzip` and compares what it is asked for with the tag
    it had before: by the marked one alone it never says "not modified" (its bug 45023)."""
    marked = _DEFLATED.fullmatch(etag)
    return f'{etag}, {marked["before"]}"' if marked else etag


def profile(_account: str, _ask: domain.Ask, _fetcher: domain.Fetcher) -> None:
    """A feed has authors, not accounts."""


# --- becoming posts -------------------------------------------------------------------------------


def _adapted(wire: WireFeed, host: str, answer: domain.RawAnswer, now: datetime) -> tuple[list[domain.RawPost], list[domain.Problem]]:
    """The posts of a feed in its own order, each identity once, and what could not be read."""
    problems: list[domain.Problem] = []
    if not wire.whole:
        problems.append(feed_problems.half_feed(len(wire.entries)))
    if wire.override:
        problems.append(feed_problems.bad_charset(wire.override))
    if wire.unclear:
        problems.append(feed_problems.speech_unclear())
    repeated = _repeated_guids(wire.entries)
    if repeated:
        problems.append(feed_problems.guid_repeated(len(repeated)))
    shared = _shared_links(wire.entries)
    posts: dict[str, domain.RawPost] = {}
    once: set[str] = set()  # told for one entry, true of the whole feed
    for place, entry in enumerate(wire.entries, start=1):
        said = wire.spoken[place - 1] if wire.spoken else ""
        post, told = adapt(entry, place, host, answer, now, repeated=repeated, shared=shared, said=said)
        problems += [problem for problem in told if problem.code not in once]
        once |= {problem.code for problem in told} & {"zone_assumed"}
        if post is not None:
            posts.setdefault(post.external_id, post)
    unknown = sorted({name for post in posts.values() for name in post.unknown})
    if unknown:
        problems.append(feed_problems.unknown_fields(unknown))
    if not wire.entries and wire.whole:
        problems.append(feed_problems.no_posts())
    return list(posts.values()), problems


def _repeated_guids(entries: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Guids that different entries share: then they name nothing, and link or content has to."""
    contents: dict[str, set[tuple[str, str, str]]] = {}
    for entry in entries:
        guid = str(entry.get("id", ""))
        content = (str(entry.get("link")), str(entry.get("title")), str(entry.get("summary")))
        contents.setdefault(guid, set()).add(content)
    return frozenset(guid for guid, different in contents.items() if guid and len(different) > 1)


def _shared_links(entries: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """Addresses that different entries share: they lead to a front page or a form, and are none of their own."""
    named: dict[str, set[tuple[str, str]]] = {}
    for entry in entries:
        content = (str(entry.get("title")), str(entry.get("summary")))
        named.setdefault(str(entry.get("link", "")), set()).add(content)
    return frozenset(link for link, different in named.items() if len(different) > 1)


def _page(url: str, host: str) -> tuple[str, ...]:
    """The canonical address of the entry's own page, where that lies on the feed's site: what a feed says of another site's page is not
    that page."""
    page = canonical.identity(url)
    own = (urlsplit(url).hostname or "").removeprefix("www.") == host.lower().removeprefix("www.")
    return (page,) if page and own and urlsplit(url).path.strip("/") + urlsplit(url).query else ()


def adapt(
    entry: Mapping[str, Any],
    place: int,
    host: str,
    answer: domain.RawAnswer,
    now: datetime,
    *,
    repeated: frozenset[str] = frozenset(),
    shared: frozenset[str] = frozenset(),
    said: str = "",
) -> tuple[domain.RawPost | None, list[domain.Problem]]:
    """One entry; None where it holds nothing at all. `place` counts from 1; `said`: in its video."""
    where = f"entry {place}"
    problems: list[domain.Problem] = []
    parts = [_Part.of(detail, answer.final_url) for detail in _details(entry)]
    text = "\n\n".join(filter(None, (_joined(parts), spoken.part(said, "ditulis oleh penerbit umpan"))))
    link = markup.absolute(str(entry.get("link", "")), answer.final_url)
    url = link if urlsplit(link).scheme in {"http", "https"} else ""
    guid = str(entry.get("id", "")).strip()
    if not (text or url or guid):
        return None, [feed_problems.empty_entry(where)]
    if guid in repeated:
        guid = ""
    if not guid and not url:
        problems.append(feed_problems.no_guid(where))
    written, posted_at, told = _time(entry, where, now)
    problems += told
    source = entry.get("source") or {}
    external_id = f"{host} {_short(guid or url or _digest(text, written))}"
    post = domain.RawPost(
        platform=PLATFORM,
        external_id=external_id,
        url=url or answer.asked_url,
        text=text,
        author_name=str(entry.get("author", "")).strip(),
        posted_at=posted_at,
        posted_at_source=written,
        edited=_edited(entry),
        forward_of=markup.absolute(str(source.get("link") or source.get("href") or ""), answer.final_url),
        forward_name=str(source.get("title", "")).strip(),
        origin=answer.asked_url,
        links=_links(entry, parts, answer.final_url),
        media=_media(entry, parts, answer.final_url),
        also=_page(url, host) if str(entry.get("link", "")) not in shared else (),
        locator=where,
        unknown={name: str(value)[:200] for name, value in entry.items() if name not in _READ | _IGNORED},
    )
    return post, problems


@dataclass(frozen=True, slots=True)
class _Part:
    """Title, summary or content of an entry, as text, with what its markup points to."""

    text: str
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()

    @classmethod
    def of(cls, detail: Mapping[str, Any], base: str) -> "_Part":
        value = str(detail.get("value") or "")
        if "html" not in str(detail.get("type", "")):
            return cls(value.strip())
        soup = markup.parse(value)
        base = markup.absolute(str(detail.get("base") or ""), base) or base
        pictures = [markup.absolute(markup.attribute(image, "src"), base) for image in soup.find_all("img", src=True)]
        return cls(markup.text_of(soup), markup.links_of(soup, base), tuple(filter(None, pictures)))


def _details(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Title first, then every content, then the summary and what podcasts call the subtitle."""
    details = [entry.get("title_detail"), *(entry.get("content") or ()), entry.get("summary_detail"), entry.get("subtitle_detail")]
    return [detail for detail in details if detail]


def _joined(parts: Sequence[_Part]) -> str:
    """The parts one after the other, without those another part already holds (a summary is mostly an excerpt)."""
    kept: list[str] = []
    flat: list[str] = []
    for part in parts:
        words = " ".join(part.text.split())
        excerpt = re.sub(r"\s*(\[?(…|\.\.\.|&hellip;)\]?)$", "", words)
        if words and not any(excerpt in held for held in flat):
            kept.append(part.text)
            flat.append(words)
    if len(kept) > 1 and " ".join(kept[1].split()).startswith(flat[0]):
        kept.pop(0)
    return "\n\n".join(kept)


def _time(entry: Mapping[str, Any], where: str, now: datetime) -> tuple[str, datetime | None, list[domain.Problem]]:
    """The time of publication as written and in UTC; an entry without one has none."""
    name = next((name for name in ("published", "created", "updated") if entry.get(name)), "")
    written = str(entry.get(name, ""))
    if not written:
        return "", None, []
    moment, assumed = times.parse(written)
    parsed = entry.get(f"{name}_parsed")
    if moment is None and parsed is not None:
        with suppress(ValueError, OverflowError, OSError):
            moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    if moment is None:
        return written, None, [feed_problems.bad_time(written, where)]
    problems = [feed_problems.zone_assumed(written, where)] if assumed else []
    if moment > now + timedelta(hours=1):
        problems.append(feed_problems.future_time(written, where))
    return written, moment, problems


def _edited(entry: Mapping[str, Any]) -> bool:
    published, updated = entry.get("published_parsed"), entry.get("updated_parsed")
    return published is not None and updated is not None and tuple(updated) > tuple(published)


def _links(entry: Mapping[str, Any], parts: Sequence[_Part], base: str) -> tuple[str, ...]:
    """Addresses behind the words, and those the feed calls related; the entry's own address is its url."""
    found = dict.fromkeys(link for part in parts for link in part.links)
    for link in entry.get("links") or ():
        if link.get("rel") in {"related", "via"}:
            found[markup.absolute(str(link.get("href", "")), base)] = None
    found.pop("", None)
    return tuple(found)


def _media(entry: Mapping[str, Any], parts: Sequence[_Part], base: str) -> tuple[domain.MediaReference, ...]:
    """Enclosures, media:content and pictures of the content, each address once; a thumbnail where nothing else is."""
    found: dict[str, str] = {}
    for link in entry.get("links") or ():
        if link.get("rel") == "enclosure":
            found.setdefault(markup.absolute(str(link.get("href", "")), base), _kind(link))
    for content in entry.get("media_content") or ():
        found.setdefault(markup.absolute(str(content.get("url", "")), base), _kind(content))
    for part in parts:
        for picture in part.pictures:
            found.setdefault(picture, "photo")
    found.pop("", None)
    if not found:
        for thumbnail in entry.get("media_thumbnail") or ():
            found.setdefault(markup.absolute(str(thumbnail.get("url", "")), base), "photo")
        found.pop("", None)
    return tuple(domain.MediaReference(kind, url) for url, kind in found.items())


def _kind(link: Mapping[str, Any]) -> str:
    """photo, video or document, from the type or medium, else from the ending of the address."""
    said = f"{link.get('type', '')} {link.get('medium', '')}".lower()
    path = urlsplit(str(link.get("href") or link.get("url") or "")).path.lower()
    if "image" in said or path.endswith((".jpg", ".jpeg", ".png", ".webp", ".gif")):
        return "photo"
    if "video" in said or path.endswith((".mp4", ".webm", ".mov")):
        return "video"
    return "document"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_GUID else _digest(name)


def _digest(*parts: str) -> str:
    return "sha256:" + hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]
