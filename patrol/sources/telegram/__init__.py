"""Telegram: public channels as the web preview shows them (https://t.me/s/NAME, paged backwards with ?before=NUMBER).

Without an account, so: channels only; no groups, no comments, no private chats. A page holds about 20 messages, oldest
first. In this order: what stands on the wire, how it is fetched, how it becomes RawPost.

Identity is `<numeric channel id>/<message number>`: channel names change hands, the number does not. The number stands
in `data-view` (base64url JSON, key "c") of every message of a preview page, or in `data-peer`. Where neither can be
read, the id of the page's other messages or of the cursor is taken; where there is none, the post is kept as
`name:NAME/NUMBER` and a Problem says so: a post that may be doubled after a rename is better than a post that is lost.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import NavigableString, Tag

from patrol import domain
from patrol.sources.shared import markup, progress
from patrol.sources.telegram import problems as telegram_problems
from patrol.sources.telegram import profile as telegram_profile
from patrol.sources.telegram import shape as telegram_shape

PLATFORM: str = domain.Platform.TELEGRAM
NAME = domain.Sentence(id="Telegram", en="Telegram")
HOSTS: tuple[str, ...] = ("t.me", "telegram.me")
CALLED: tuple[str, ...] = ("tele",)
SENT_IN = True
TITLE = domain.Sentence(id="Kanal publik Telegram", en="Public Telegram channel")
TERMS = domain.Sentence(
    id="Dibaca dari pratinjau web t.me/s/ yang dibuka Telegram untuk umum, tanpa akun dan tanpa masuk ke kanal. Hanya kanal publik.",
    en="Read from the t.me/s/ web preview that Telegram opens to the public, without an account and without joining. Public channels only.",
)
HEALTHY = domain.Sentence(
    id="Setiap pengambilan membaca halaman terbaru (sekitar 20 pesan), juga bila tidak ada yang baru. Halaman tanpa "
    "pesan berarti kanal kosong, dikunci, atau bentuk halaman berubah, bukan berarti tidak ada kejadian.",
    en="Every fetch reads the newest page (about 20 messages), also when nothing is new. A page without messages "
    "means an empty or closed channel or a changed page, not that nothing happened.",
)
ASKS = domain.Sentence(
    id="Tulis nama kanal publik tanpa spasi, misalnya loker_taiwan, atau alamatnya https://t.me/loker_taiwan.",
    en="Write the name of a public channel without spaces, such as loker_taiwan, or its address https://t.me/loker_taiwan.",
)

LIMITS = domain.Sentence(
    id="Tidak ada batas resmi; kami meminta paling banyak satu halaman per detik. Tidak terbaca: grup, komentar, kanal tertutup.",
    en="No official limit; we ask for one page a second at most. Not readable: groups, comments, closed channels.",
)
ROBOTS = domain.Sentence(
    id="Halaman pratinjau ditujukan untuk umum; robots.txt t.me tidak ditanya karena yang dibuka hanya alamat pratinjau itu.",
    en="The preview is meant for the public; t.me's robots.txt is not asked, since only that preview address is opened.",
)
PROVEN = domain.Sentence(
    id="Diuji dengan halaman asli yang terekam dan situs contoh; tidak dengan Telegram sendiri.",
    en="Tested with recorded real pages and the example site; not against Telegram itself.",
)
OBEYS_ROBOTS = False
HEALTHY_RANGE = (1, 50)
PROFILE_BY_ID = False
SEVERAL_VIEWS = False
QUERIES: tuple[domain.QueryShape, ...] = (
    domain.QueryShape(
        domain.QueryKind.CHANNEL,
        domain.Sentence(id="Kanal publik", en="Public channel"),
        ASKS,
        label=domain.Sentence(id="Nama kanal", en="Name of the channel"),
        example="loker_taiwan",
    ),
)
CREDENTIAL: tuple[domain.CredentialField, ...] = ()

PAGES_LOOKED_AT_AGAIN = 2  # the newest two pages, about 40 messages, are read in every run so that edits are seen

_HOSTS = frozenset(("t.me", "telegram.me", "telegram.dog", "www.t.me"))
_NAME = re.compile(r"[a-z][a-z0-9_]{3,31}")
_RESERVED = frozenset(("joinchat", "addstickers", "share", "proxy", "socks", "iv", "login", "addlist", "boost", "addemoji"))


# --- on the wire ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WireMessage:
    name: str  # channel, lower case
    number: int
    channel: str  # numeric id, "" where it cannot be read
    element: Tag

    @property
    def locator(self) -> str:
        return f"data-post={self.name}/{self.number}"

    @property
    def address(self) -> str:
        return f"https://t.me/{self.name}/{self.number}"


@dataclass(frozen=True, slots=True)
class WirePage:
    messages: tuple[WireMessage, ...]  # as they stand on the page
    unreadable: int  # message elements without a readable data-post
    older: int | None  # the page's own word for where the next older page begins
    is_channel: bool  # the page has the shape of a channel's preview
    asks_login: bool
    all_utf8: bool
    cut: bool  # the answer broke off; the last message is left out unless it is complete

    @property
    def channel(self) -> str:
        return next((message.channel for message in self.messages if message.channel), "")


def read_page(answer: domain.RawAnswer) -> WirePage:
    """The messages of a preview page. Never raises for what the page holds."""
    cut = answer.truncated or not _ended(answer.body)
    text, all_utf8 = markup.decode(answer.body, truncated=cut)
    soup = markup.parse(text)
    messages, unreadable = [], 0
    for element in markup.every(soup, "tgme_widget_message"):
        name, slash, number = markup.attribute(element, "data-post").lower().partition("/")
        if not (slash and _NAME.fullmatch(name) and re.fullmatch(r"[1-9][0-9]{0,14}", number)):
            unreadable += 1
            continue
        messages.append(WireMessage(name, int(number), _channel_id(element), element))
    if cut and messages and markup.first(messages[-1].element, "tgme_widget_message_date") is None:
        messages.pop()
    return WirePage(
        messages=tuple(messages),
        unreadable=unreadable,
        older=_older(soup),
        is_channel=any(soup.find(class_=shape) is not None for shape in telegram_shape.CHANNEL_PAGE),
        asks_login=soup.find("input", type="password") is not None or "/login" in urlsplit(answer.final_url).path,
        all_utf8=all_utf8,
        cut=cut,
    )


def _ended(body: bytes) -> bool:
    """Whether a page goes on behind its last message to where the messages end, or the page does.

    A server in trouble also serves half a page as if it were a whole one: what the other half holds would count as read.
    """
    last = max(body.rfind(b"tgme_widget_message "), 0)
    return any(body.find(mark, last) >= 0 for mark in (b"</main>", b"</html>"))


def _channel_id(element: Tag) -> str:
    """The numeric id of the channel from data-view or data-peer, without sign; "" where neither can be read."""
    view = markup.attribute(element, "data-view")
    try:
        decoded = json.loads(base64.urlsafe_b64decode(view + "=" * (-len(view) % 4)))
        number = abs(int(decoded["c"]))
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        peer = re.match(r"c([0-9]+)_", markup.attribute(element, "data-peer"))
        return peer.group(1) if peer else ""
    return str(number) if number else ""


def _older(soup: Tag) -> int | None:
    anchor = soup.find("a", class_="tme_messages_more", attrs={"data-before": True})
    if isinstance(anchor, Tag):
        return _number(markup.attribute(anchor, "data-before"))
    link = soup.find("link", rel="prev", href=True)
    if isinstance(link, Tag):
        return _number(parse_qs(urlsplit(markup.attribute(link, "href")).query).get("before", [""])[0])
    return None


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


# --- fetching -------------------------------------------------------------------------------------


def identity(url: str) -> str:
    """`<numeric id>/<message>` for t.me/c/ID/NUMBER, `name:NAME/NUMBER` for t.me/NAME/NUMBER, else "".

    A public address knows only the name, and the number behind it needs a look at the page. `name:…` is the same for
    every way of writing the address, and `identity(post.url)` of a fetched post gives it too: whoever stores a capture
    joins on that before making a new post.
    """
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    path = [piece for piece in parts.path.split("/") if piece]
    if parts.scheme not in {"http", "https"}:
        return ""
    if host.endswith(".t.me") and host not in _HOSTS:
        path = [host.removesuffix(".t.me"), *path]
    elif host not in _HOSTS:
        return ""
    if path[:1] == ["s"]:
        path = path[1:]
    if len(path) >= 3 and path[0] == "c" and all(re.fullmatch(r"[1-9][0-9]*", piece) for piece in path[1:3]):
        return f"{path[1]}/{path[-1]}" if path[-1].isdecimal() else ""
    name = path[0].lower() if path else ""
    if len(path) < 2 or not _NAME.fullmatch(name) or name in _RESERVED or not re.fullmatch(r"[1-9][0-9]*", path[-1]):
        return ""
    return f"name:{name}/{path[-1]}"


def channel_name(query: str) -> str:
    """The channel a watch asks for, lower case; "" where the query names none."""
    text = query.strip().removeprefix("@")
    if "/" in text:
        try:
            parts = urlsplit(text if "//" in text else f"https://{text}")
        except ValueError:
            return ""
        path = [piece for piece in parts.path.split("/") if piece]
        if (parts.hostname or "") not in _HOSTS or parts.scheme not in {"http", "https"}:
            return ""
        path = path[1:] if path[:1] == ["s"] else path
        text = path[0] if path else ""
    name = text.lower()
    return name if _NAME.fullmatch(name) and name not in _RESERVED else ""


def check_query(query: str, _kind: str = "") -> domain.Problem | None:
    """None for the name of a public channel. Invitations (t.me/+…) lead into closed groups, which are not read."""
    return None if channel_name(query) else telegram_problems.bad_query(query)


def asked_for(query: str, _kind: str = "") -> str:
    """One form for the many ways to write a query that `check_query` takes: two of one form ask for one source."""
    return channel_name(query)


def fetch(ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
    """Pages newest first: the newest page, the one below it again (for edits), then what is still missing, until
    `max_pages`, until nothing is missing, or until the platform gets no further (told as a Problem).

    Raises SourceError: bad_query, channel_not_found, no_preview, login_wall, unexpected_page, and the fetcher's own.
    """
    name = channel_name(ask.query)
    if not name:
        problem = telegram_problems.bad_query(ask.query)
        raise domain.SourceError(problem.code, problem.sentence, permanent=True)
    state = progress.Progress.read(ask.cursor)
    before: int | None = None
    again = 1
    for left in reversed(range(max(ask.max_pages, 1))):
        url = f"https://t.me/s/{name}" + (f"?before={before}" if before else "")
        answer = fetcher.get(url, headers={"Accept-Language": "en"})
        wire = read_page(answer)
        telegram_problems.unless_no_channel(answer, is_channel=wire.is_channel, asks_login=wire.asks_login)
        posts, problems = _adapted(wire, state.channel, ask.now)
        if wire.channel and wire.channel != state.channel:
            if state.channel:
                problems.append(telegram_problems.channel_changed())
                state = progress.Progress()
            state = replace(state, channel=wire.channel)
        step = _after(state, before, wire)
        problems += step.problems
        state = step.state
        covered = _covered(wire, before, step)
        yield domain.Page(answer, tuple(posts), state.cursor(), tuple(problems), covered=covered)
        if step.stop:
            return
        may_look_again = wire.older and again < PAGES_LOOKED_AT_AGAIN and state.is_covered(step.low - 1)
        if may_look_again and (left > 1 or state.next_before is None):
            before, again = step.low, again + 1
        else:
            before, again = state.next_before, PAGES_LOOKED_AT_AGAIN
        if before is None:
            return


@dataclass(frozen=True, slots=True)
class _Step:
    state: progress.Progress
    low: int = 0  # smallest number the page covers
    stop: bool = False
    problems: tuple[domain.Problem, ...] = ()


def _after(state: progress.Progress, before: int | None, wire: WirePage) -> _Step:
    """What is known once this page is stored, and whether asking on makes sense."""
    numbers = [message.number for message in wire.messages]
    if not numbers and wire.cut:
        return _Step(state, stop=True, problems=(telegram_problems.cut_page(),))
    if not numbers and before is None:
        return _Step(state, stop=True, problems=(telegram_problems.no_posts(),))
    if not numbers and before is not None:
        known = state.empty_at == before
        state = state.with_empty_page(before)
        return _Step(state, stop=not known)
    low = min(numbers)
    if wire.older is not None and low < wire.older <= max(numbers):
        low = wire.older  # a message far below the others (out of order) says nothing about what lies between
    problems = (telegram_problems.cut_page(),) if wire.cut else ()
    if before is None:
        return _Step(state.with_newest_page(numbers, low), low, stop=wire.cut, problems=problems)
    if low >= before:
        return _Step(state, stop=True, problems=(telegram_problems.page_repeats(before),))
    return _Step(state.with_page_below(before, numbers, low, truncated=wire.cut), low, stop=wire.cut, problems=problems)


def _covered(wire: WirePage, before: int | None, step: _Step) -> domain.Covered | None:
    """The stretch of numbers in which the page shows all there is: what is stored of it and not served was deleted.

    None where the page leaves room for doubt (cut, repeated, with messages nobody could read): a post called gone by mistake is a
    false word in evidence. The newest page says nothing above its own newest message, which a cache may have kept back.
    """
    if not wire.messages or not wire.channel or wire.cut or wire.unreadable or step.stop:
        return None
    high = max(message.number for message in wire.messages) if before is None else before - 1
    return domain.Covered(f"{wire.channel}/", step.low, high)


def profile(account: str, ask: domain.Ask, fetcher: domain.Fetcher) -> domain.Profile | None:
    """The card of a channel; None where there is none. Raises the fetcher's SourceError."""
    name = channel_name(account)
    if not name:
        return None
    return telegram_profile.read(name, fetcher.get(f"https://t.me/{name}", headers={"Accept-Language": "en"}))


# --- becoming posts -------------------------------------------------------------------------------


def _adapted(wire: WirePage, known_channel: str, now: datetime) -> tuple[list[domain.RawPost], list[domain.Problem]]:
    """The posts of a page, newest first, and what could not be read of it."""
    problems: list[domain.Problem] = []
    if not wire.all_utf8:
        problems.append(telegram_problems.bad_charset())
    if wire.unreadable:
        problems.append(telegram_problems.unreadable_messages(wire.unreadable))
    channel = wire.channel or known_channel
    posts: dict[str, domain.RawPost] = {}
    for message in wire.messages:
        if "service_message" in markup.classes(message.element):
            continue  # "channel created", "photo updated", "pinned": Telegram's words, not the channel's
        if not message.channel:
            problems.append(telegram_problems.no_channel_id(message.locator, resolved=bool(channel)))
        post, told = adapt(message, message.channel or channel, now)
        problems += told
        posts[post.external_id] = post
    unknown = sorted({name for post in posts.values() for name in post.unknown})
    if unknown:
        problems.append(telegram_problems.unknown_fields(unknown))
    return sorted(posts.values(), key=_message_number, reverse=True), problems


def _message_number(post: domain.RawPost) -> int:
    return int(post.external_id.rpartition("/")[2])


def adapt(message: WireMessage, channel: str, now: datetime) -> tuple[domain.RawPost, list[domain.Problem]]:
    """One message. Views, votes and reactions are ignored by name: they change by the minute and are not content."""
    element, problems = message.element, []
    texts = _texts(element)
    text = "\n\n".join(filter(None, (*map(markup.text_of, texts), *_other_words(element))))
    media = tuple(_media(element))
    written, posted_at = _time(element)
    if posted_at is None:
        problems.append(telegram_problems.bad_time(written, message.locator))
    elif posted_at > now + timedelta(hours=1):
        problems.append(telegram_problems.future_time(written, message.locator))
    if not text and not media and markup.first(element, "message_media_not_supported") is not None:
        problems.append(telegram_problems.not_shown(message.locator))
    edited, meta_words = _meta(element)
    unknown = _unknown(element)
    if meta_words:
        unknown["words beside the time"] = meta_words
    signature = _words(markup.first(element, "tgme_widget_message_from_author"))
    forward_of, forward_name = _forward(element)
    post = domain.RawPost(
        platform=PLATFORM,
        external_id=f"{channel}/{message.number}" if channel else f"name:{message.name}/{message.number}",
        url=message.address,
        text=text,
        author=message.name,
        author_id=channel,
        author_name=signature or _words(markup.first(element, "tgme_widget_message_owner_name")),
        posted_at=posted_at,
        posted_at_source=written,
        edited=edited,
        reply_to=_reply(element, message.name, channel),
        forward_of=forward_of,
        forward_name=forward_name,
        origin=message.name,
        links=_links(element, texts),
        media=media,
        also=_also(message, channel),
        locator=message.locator,
        unknown=unknown,
    )
    return post, problems


def _also(message: WireMessage, channel: str) -> tuple[str, ...]:
    """The channel's name in the number's place, as an address names it, and every picture of an album: each has a number of its
    own, but they are one message."""
    numbers = {message.number: None}
    for part in markup.every(message.element, "grouped_media_wrap"):
        known = identity(markup.absolute(markup.attribute(part, "href"), "https://t.me/"))
        if known.startswith(f"name:{message.name}/"):
            numbers[int(known.rpartition("/")[2])] = None
    own = f"{channel}/{message.number}" if channel else f"name:{message.name}/{message.number}"
    prefixes = (f"name:{message.name}", channel) if channel else (f"name:{message.name}",)
    return tuple(name for number in numbers for prefix in prefixes if (name := f"{prefix}/{number}") != own)


def _texts(element: Tag) -> list[Tag]:
    """The message's own text elements: outermost only (Telegram nests them), without the quoted text of a reply."""
    return [
        found
        for found in markup.every(element, "js-message_text")
        if not markup.inside(found, "js-message_text", "tgme_widget_message_reply", "tgme_widget_message_reply_template")
    ]


def _other_words(element: Tag) -> Iterator[str]:
    """What the author wrote outside the text: poll, names of files, a shared contact, words on buttons."""
    for poll in markup.every(element, "tgme_widget_message_poll"):
        options = [_words(option) for option in markup.every(poll, "tgme_widget_message_poll_option_text")]
        question = _words(markup.first(poll, "tgme_widget_message_poll_question"))
        yield "\n".join([question, *(f"- {option}" for option in options)])
    for name in telegram_shape.WORDS_OUTSIDE_TEXT:
        for found in markup.every(element, name):
            yield _words(found)


def _words(tag: Tag | None) -> str:
    return " ".join(markup.text_of(tag).split()) if tag is not None else ""


def _links(element: Tag, texts: list[Tag]) -> tuple[str, ...]:
    """Addresses of the text, hidden ones included, of buttons, places and previews; hashtags lead nowhere new."""
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(markup.links_of(text, "https://t.me/")))
    for name in telegram_shape.LINKED:
        for anchor in markup.every(element, name):
            address = markup.absolute(markup.attribute(anchor, "href"), "https://t.me/")
            if address:
                found[address] = None
    return tuple(found)


def _time(element: Tag) -> tuple[str, datetime | None]:
    """The time as written, and in UTC; None where it is missing, unreadable or without a zone."""
    date = markup.first(element, "tgme_widget_message_date")
    moment = date.find("time", datetime=True) if date is not None else None
    written = markup.attribute(moment, "datetime") if isinstance(moment, Tag) else ""
    try:
        parsed = datetime.fromisoformat(written)
        return written, parsed.astimezone(UTC) if parsed.tzinfo else None
    except (ValueError, OverflowError):
        return written, None


def _meta(element: Tag) -> tuple[bool, str]:
    """Whether the message says it was edited, and the words beside the time that nobody knows."""
    meta = markup.first(element, "tgme_widget_message_meta")
    if meta is None:
        return False, ""
    loose = " ".join(str(child) for child in meta.children if isinstance(child, NavigableString))
    words = re.findall(r"[^\s,]+", loose)
    return "edited" in words, " ".join(word for word in words if word != "edited")


def _forward(element: Tag) -> tuple[str, str]:
    """Address of the original (a channel or message) and who is named as its author."""
    box = markup.first(element, "tgme_widget_message_forwarded_from")
    if box is None:
        return "", ""
    source = markup.first(box, "tgme_widget_message_forwarded_from_name")
    address = markup.absolute(markup.attribute(source, "href"), "https://t.me/") if source is not None else ""
    named = (_words(source), _words(markup.first(box, "tgme_widget_message_forwarded_from_author")))
    name = " / ".join(filter(None, named)) or _words(box).removeprefix("Forwarded from").strip()
    return identity(address) or address, name


def _reply(element: Tag, name: str, channel: str) -> str:
    """external_id of the message answered; the `name:` form where it stands in another channel."""
    reply = markup.first(element, "tgme_widget_message_reply")
    known = identity(markup.absolute(markup.attribute(reply, "href"), "https://t.me/")) if reply is not None else ""
    prefix = f"name:{name}/"
    return f"{channel}/{known.removeprefix(prefix)}" if channel and known.startswith(prefix) else known


def _media(element: Tag) -> Iterator[domain.MediaReference]:
    """A picture's number stands among its classes; the address of its file is another one every few days."""
    for found in markup.elements(element):
        for class_name in markup.classes(found):
            kind = telegram_shape.MEDIA.get(class_name)
            if kind and not markup.inside(found, "tgme_widget_message_reply"):
                number = next(filter(str.isdecimal, markup.classes(found)), "")
                yield domain.MediaReference(kind, _media_url(found, kind), file=f"telegram:{number}" if number else "")


def _media_url(found: Tag, kind: str) -> str:
    """Where the file lies: the player's source, the sticker's file, else the picture in the background of the element
    or of one inside it (a video's still). A document lies behind the message; a preview without picture has none."""
    for player in markup.elements(found):
        if player.name in {"video", "audio"} and "src" in player.attrs:
            return markup.absolute(markup.attribute(player, "src"), "https://t.me/")
    for candidate in (found, *markup.elements(found)):
        address = markup.attribute(candidate, "data-webp")
        background = re.search(r"background-image:\s*url\(['\"]?([^'\")]+)", markup.attribute(candidate, "style"))
        if background and not address and "emoji" not in markup.classes(candidate):
            address = background.group(1)
        if candidate.name == "img":
            address = address or markup.attribute(candidate, "src")
        if address:
            return markup.absolute(address, "https://t.me/")
    return "" if kind == "link_preview" else markup.absolute(markup.attribute(found, "href"), "https://t.me/")


def _unknown(element: Tag) -> dict[str, Any]:
    """Classes, tags and data attributes of a message that are neither read nor ignored by name, with their words."""
    unknown: dict[str, Any] = {}
    for name, value in element.attrs.items():
        if name.startswith("data-") and name not in telegram_shape.MESSAGE_ATTRIBUTES:
            unknown[f"attribute {name}"] = str(value)[:200]
    drawn = {id(part) for drawing in markup.elements(element) if drawing.name == "svg" for part in markup.elements(drawing)}
    for found in (element, *markup.elements(element)):
        if id(found) in drawn:
            continue
        if markup.inside(found, telegram_shape.VOICE) and not _words(found):
            continue  # bars, buttons and waves of the player: a part with words in it is told
        names = [f"class {name}" for name in markup.classes(found) if not telegram_shape.is_known(name)]
        if found.name not in telegram_shape.TAGS:
            names.append(f"tag {found.name}")
        for name in names:
            if name not in unknown:
                unknown[name] = _words(found)[:200]
    return unknown
