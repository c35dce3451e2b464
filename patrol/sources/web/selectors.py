"""What of a web page is a post: CSS selectors, as one line a watch can hold, and what they find on a page.

The line: `https://loker.example/lowongan | item=.job | title=h2 | text=.desc | link=a@href | time=time@datetime | next=a.next@href`.
The address first, then what each part is, with ` | ` between. A selector may end in `@attribute`; a selector without words before
the @ means the item itself (`link=@href`). Without `item` the whole page is one post.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from types import MappingProxyType

import soupsieve
from bs4 import BeautifulSoup, Tag

from patrol import domain
from patrol.sources.shared import canonical, markup, times
from patrol.sources.shared import parts as query_parts
from patrol.sources.web import asked, problems

LONGEST = 500  # characters of the line: models.Watch.query
PARTS = tuple(part.key for part in asked.PARTS)
_ATTRIBUTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"link": ("href",), "next": ("href",), "image": ("src", "data-src", "data-original"), "time": ("datetime",)}
)
_ATTRIBUTE = re.compile(r"@([A-Za-z_][\w:.-]*)$")

ITEMS = 300  # of one page; more are a selector that is too wide
SAMPLES = 3
LONGEST_SAMPLE = 160  # characters
_LONGEST_TIME = 80
_DEEPEST = 100  # layers an item is looked for above; hostile pages have thousands

# Words before a time that belong to the page, not to the time.
_BEFORE_TIME = re.compile(
    r"^(di)?(post(ing|ed)?|tayang(kan)?|publi(kasikan|sh(ed)?)|terbit(kan)?|unggah|muat|tulis|buat|perbarui|updated|"
    r"tanggal|pada|sejak|on|tgl\.?)\b[\s:,-]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Value:
    """One selector, with the attribute that is meant instead of the words."""

    css: str = ""  # "" is the item itself
    attribute: str = ""

    @classmethod
    def read(cls, text: str) -> "Value":
        text = text.strip()
        found = _ATTRIBUTE.search(text)
        return cls(text[: found.start()].strip(), found.group(1).lower()) if found else cls(text)

    def written(self) -> str:
        return f"{self.css}@{self.attribute}" if self.attribute else self.css

    def elements(self, within: Tag) -> list[Tag]:
        """What it finds, in order. Raises soupsieve.SelectorSyntaxError."""
        return list(soupsieve.select(self.css, within)) if self.css else [within]


@dataclass(frozen=True, slots=True)
class Selectors:
    """The line of a watch, taken apart: the page's address, and a Value for each part that is said."""

    address: str
    parts: Mapping[str, Value] = field(default_factory=dict)

    @classmethod
    def read(cls, line: str) -> "Selectors":
        """Raises SourceError("bad_query") for a line that cannot be read; `complaints` says what else is wrong with it."""
        address, *rest = query_parts.pieces(line)
        parts: dict[str, Value] = {}
        for piece in rest:
            name, equals, value = piece.partition("=")
            name = name.strip().lower()
            if name not in PARTS or not equals or not value.strip() or name in parts:
                raise problems.raised(problems.bad_part(piece))
            parts[name] = Value.read(value)
        return cls(address, {name: parts[name] for name in PARTS if name in parts})

    def written(self) -> str:
        """The one form of the line: parts in their usual order."""
        return query_parts.joined(self.address, {name: value.written() for name, value in self.parts.items()})

    def complaints(self) -> tuple[domain.Problem, ...]:
        """What a person has to change before a watch can use it."""
        found: list[domain.Problem] = []
        if not canonical.canonical(self.address):
            found.append(problems.bad_address(self.address))
        if len(self.written()) > LONGEST:
            found.append(problems.too_long(len(self.written())))
        for name, value in self.parts.items():
            try:
                soupsieve.compile(value.css or "*")
            except (soupsieve.SelectorSyntaxError, ValueError) as error:
                found.append(problems.bad_selector(name, value.written(), str(error).partition("\n")[0]))
            if name == "detail" and "link" not in self.parts:
                found.append(problems.detail_without_link())
        return tuple(found)


# --- on a page ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One post as a page shows it."""

    place: int  # from 1
    title: str
    text: str  # the chosen parts, else all words of the item
    link: str  # address of the page of its own; "" for none
    written: str  # its time, as written
    author: str
    links: tuple[str, ...]
    pictures: tuple[tuple[str, str], ...]  # address and alternative text


@dataclass(frozen=True, slots=True)
class WebPage:
    soup: BeautifulSoup
    base: str
    all_read: bool  # every letter could be decoded
    asks_login: bool


def read_page(answer: domain.RawAnswer) -> WebPage:
    """The tree of an answer. Never raises for what the page holds."""
    text, all_read = decode(answer)
    soup = markup.parse(text)
    anchor = soup.find("base", href=True)
    base = markup.absolute(markup.attribute(anchor, "href"), answer.final_url) if isinstance(anchor, Tag) else ""
    return WebPage(soup, base or answer.final_url, all_read, soup.find("input", type="password") is not None)


def decode(answer: domain.RawAnswer) -> tuple[str, bool]:
    """The text of a page by the charset it names in its header or its first kilobytes, else as UTF-8."""
    named = re.search(r"charset=[\"']?([\w.:-]+)", answer.header("Content-Type"), re.IGNORECASE)
    name = named.group(1) if named else ""
    if not name:
        inside = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w.:-]+)", answer.body[:4096], re.IGNORECASE)
        name = inside.group(1).decode("ascii", "replace") if inside else ""
    if name.lower().replace("_", "-") not in {"", "utf-8", "utf8"}:
        try:
            return answer.body.decode(name), True
        except (LookupError, UnicodeError, ValueError):
            pass
    return markup.decode(answer.body, truncated=answer.truncated)


def elements(selectors: Selectors, page: WebPage) -> list[Tag]:
    """The items of a page, at most ITEMS and one more; the page itself where the line names none. An item within an item is part of
    it: a selector that is too wide must not read the same words again for each of its layers."""
    if "item" not in selectors.parts:
        body = page.soup.find("body")
        return [body if isinstance(body, Tag) else page.soup]
    kept: list[Tag] = []
    chosen: set[int] = set()
    for element in selectors.parts["item"].elements(page.soup):
        if not any(id(parent) in chosen for parent in islice(element.parents, _DEEPEST)):
            kept.append(element)
            chosen.add(id(element))
        if len(kept) > ITEMS:
            break
    return kept


def items(selectors: Selectors, page: WebPage) -> list[Item]:
    return [_item(selectors, element, place, page.base) for place, element in enumerate(elements(selectors, page), 1)]


def _item(selectors: Selectors, element: Tag, place: int, base: str) -> Item:
    parts = selectors.parts

    def value(name: str) -> str:
        return next(iter(values(name, parts[name], element, base)), "") if name in parts else ""

    title = value("title")
    words = values("text", parts["text"], element, base) if "text" in parts else [_all_words(parts.get("time"), element)]
    return Item(
        place=place,
        title=title,
        text="\n\n".join(dict.fromkeys(filter(None, [*([title] if "text" in parts else []), *words]))),
        link=value("link") if "item" in parts else "",
        written=value("time"),
        author=value("author"),
        links=_links(element, base),
        pictures=_pictures(parts.get("image"), element, base),
    )


def _all_words(time: Value | None, element: Tag) -> str:
    """The item's words without its time: "2 jam lalu" is another text with every fetch, and would make a new version of it."""
    times_of = {id(found) for found in time.elements(element)} - {id(element)} if time and time.css else set()
    return markup.text_of(element, skip=lambda tag: id(tag) in times_of)


def values(name: str, value: Value, within: Tag, base: str) -> list[str]:
    """What a selector finds, each as text: the attribute said, or the usual one of its part, or the words. Addresses are absolute;
    what is no web address is none."""
    found = []
    for element in value.elements(within):
        wanted = (value.attribute,) if value.attribute else _ATTRIBUTES.get(name, ())
        read = next(filter(None, (markup.attribute(element, one) for one in wanted)), "")
        if name in {"link", "next", "image"}:
            read = _address(read, base)
        elif not read and not value.attribute:
            read = markup.text_of(element)
            read = read if name in {"text", "detail"} else " ".join(read.split())
        if read:
            found.append(read)
    return found


def _address(href: str, base: str) -> str:
    """Absolute; a query alone (`?page=2`) leads to a page of its own here, unlike in a text."""
    href = href.strip()
    if not href or href.startswith("#"):
        return ""
    address = markup.absolute(href if href[0] != "?" else base.partition("?")[0].partition("#")[0] + href, base)
    return address if canonical.canonical(address) else ""


def _links(element: Tag, base: str) -> tuple[str, ...]:
    own = [markup.absolute(markup.attribute(element, "href"), base)] if element.name == "a" else []
    return tuple(dict.fromkeys(filter(None, [*own, *markup.links_of(element, base)])))


def _pictures(value: Value | None, element: Tag, base: str) -> tuple[tuple[str, str], ...]:
    """Those the line names, else every <img> of the item."""
    found: dict[str, str] = {}
    value = value or Value("img")
    for picture in value.elements(element):
        for address in values("image", Value("", value.attribute), picture, base):
            found.setdefault(address, markup.attribute(picture, "alt"))
    return tuple(found.items())


def moment(written: str, now: datetime) -> datetime | None:
    """A time as Indonesian and English pages write it, in UTC. Without a zone WIB is meant; relative ones ("3 hari lalu") count from
    `now`."""
    text = " ".join(written.split())[:_LONGEST_TIME].replace("+ ", " ")
    parsed, _assumed = times.parse(text)
    if parsed is not None:
        return parsed
    while (shorter := _BEFORE_TIME.sub("", text)) != text:
        text = shorter
    if re.fullmatch(r"\W*\d*\W*", text):
        return None  # a number alone is no time, whatever a parser makes of it
    import dateparser  # noqa: PLC0415 -- a tenth of a second to load, and most pages write their times plainly

    local = now.astimezone(domain.LAW_ZONE).replace(tzinfo=None)
    try:
        read = dateparser.parse(
            text,
            languages=["id", "en"],
            settings={
                "RELATIVE_BASE": local,
                "TIMEZONE": "Asia/Jakarta",
                "RETURN_AS_TIMEZONE_AWARE": True,
                "PREFER_DATES_FROM": "past",
                "DATE_ORDER": "DMY",
            },
        )
        return read.astimezone(UTC) if read else None
    except (ValueError, OverflowError, RecursionError):
        return None


# --- trying it out --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """What one selector of a line finds on a page, for the person who writes it."""

    part: str
    selector: str
    matched: int  # items of the page in which it finds something; for item and next: elements of the page
    of: int  # items of the page
    samples: tuple[str, ...] = ()
    complaint: domain.Problem | None = None


def findings(selectors: Selectors, answer: domain.RawAnswer, now: datetime) -> tuple[Finding, ...]:
    """One Finding for each selector of the line, in its order. `detail` is looked for on pages of its own, so here it is only
    checked for being CSS. Pure: asks nothing of the network."""
    page = read_page(answer)
    try:
        found = elements(selectors, page)
    except (soupsieve.SelectorSyntaxError, ValueError):
        found = []
    return tuple(_finding(name, value, found, page, now) for name, value in selectors.parts.items())


def _finding(name: str, value: Value, found: Sequence[Tag], page: WebPage, now: datetime) -> Finding:
    written = value.written()
    places: Sequence[Tag] = [page.soup] if name in {"item", "next"} else found
    try:
        if name == "item":
            each = [[markup.text_of(element)] for element in found]
            soupsieve.compile(value.css or "*")
        elif name == "detail":
            soupsieve.compile(value.css or "*")
            return Finding(name, written, 0, len(found))
        else:
            each = [values(name, value, element, page.base) for element in places]
    except (soupsieve.SelectorSyntaxError, ValueError) as error:
        return Finding(name, written, 0, len(found), (), problems.bad_selector(name, written, str(error).partition("\n")[0]))
    matched = [one for one in each if one]
    samples = tuple(" ".join(one[0].split())[:LONGEST_SAMPLE] for one in matched[:SAMPLES])
    complaint = next(_complaints(name, value, matched, places, now), None)
    return Finding(name, written, len(matched), len(found), samples, complaint)


def _complaints(
    name: str, value: Value, matched: Sequence[Sequence[str]], places: Sequence[Tag], now: datetime
) -> Iterator[domain.Problem]:
    if not matched and name == "next":
        return  # the last page has none, and so has the only one
    if not matched:
        there = any(value.elements(place) for place in places)
        yield (problems.no_value(name, value.written()) if there else problems.finds_nothing(name, value.written()))
    if name == "time" and matched and not any(moment(one[0], now) for one in matched):
        yield problems.no_time(matched[0][0][:LONGEST_SAMPLE])
