"""HTML of other people -> plain text and the addresses behind its words. Nothing is rendered, nothing is fetched."""

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Comment, NavigableString, PageElement, Tag

_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    )
)
_SILENT = frozenset(("head", "script", "style", "template", "noscript", "svg", "iframe", "object"))
# A line break of the markup, not of the text. It begins where its spaces begin: from within a run of spaces it is never looked for.
_SOURCE_BREAK = re.compile(r"(?<![ \t\r\f])[ \t\r\f]*+\n[ \t\r\n\f]*")


def parse(html: str) -> BeautifulSoup:
    """The tree of a page, by the parser of the standard library: no extra dependency, and no guessing of encodings."""
    return BeautifulSoup(html, "html.parser")


def decode(body: bytes, *, truncated: bool = False) -> tuple[str, bool]:
    """UTF-8 text of a body, and whether all of it was UTF-8. A truncated body may end in half a character."""
    if truncated:
        for cut in range(4):
            try:
                return body[: len(body) - cut].decode("utf-8"), True
            except UnicodeDecodeError:
                continue
    try:
        return body.decode("utf-8"), True
    except UnicodeDecodeError:
        return body.decode("utf-8", "replace"), False


def text_of(element: Tag, skip: Callable[[Tag], bool] = lambda _tag: False) -> str:
    """The text of an element as a reader sees it: <br> and blocks break lines, line breaks of the markup do not.

    Runs of spaces inside a line stay: they are the author's. Walks with a stack of its own, since hostile pages nest
    deeper than Python's.
    """
    writer = _Writer()
    stack: list[tuple[PageElement, bool]] = [(child, False) for child in reversed(element.contents)]
    preformatted = 0
    while stack:
        node, leaving = stack.pop()
        if isinstance(node, NavigableString):
            if not isinstance(node, Comment):
                writer.write(str(node), as_written=preformatted > 0)
            continue
        if not isinstance(node, Tag) or (not leaving and (node.name in _SILENT or skip(node))):
            continue
        if leaving:
            writer.block()
            preformatted -= node.name == "pre"
        elif node.name == "br":
            writer.line_break()
        elif node.name == "img":
            if "emoji" in attribute(node, "class") or "wp-smiley" in attribute(node, "class"):
                writer.write(attribute(node, "alt"), as_written=True)
        else:
            if node.name in _BLOCKS:
                writer.block()
                preformatted += node.name == "pre"
                stack.append((node, True))
            elif node.name in {"td", "th"}:
                writer.space()
            stack += [(child, False) for child in reversed(node.contents)]
    return writer.text()


class _Writer:
    """Puts text together so that a block begins on a line of its own and markup leaves no space at a line's ends."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._line_open = False

    def write(self, text: str, *, as_written: bool) -> None:
        if not as_written:
            text = _SOURCE_BREAK.sub("\n", text)
            if not self._line_open:
                text = text.lstrip("\n")
            text = text.replace("\n", " ")
        if text:
            self._pieces.append(text)
            self._line_open = not text.endswith("\n")

    def space(self) -> None:
        if self._line_open:
            self._pieces.append(" ")

    def line_break(self) -> None:
        self._pieces.append("\n")
        self._line_open = False

    def block(self) -> None:
        if self._line_open:
            self.line_break()

    def text(self) -> str:
        lines = "".join(self._pieces).split("\n")
        return "\n".join(line.rstrip(" \t") for line in lines).strip("\n ")


def links_of(element: Tag, base: str) -> tuple[str, ...]:
    """Addresses behind the words of an element, absolute, in order, each once; anchors of the page left out."""
    found: dict[str, None] = {}
    for anchor in elements(element):
        if anchor.name == "a" and (address := absolute(attribute(anchor, "href"), base)):
            found[address] = None
    return tuple(found)


def absolute(href: str, base: str) -> str:
    """An address as a browser would follow it; "" for anchors and queries of the page itself. Never raises."""
    href = href.strip()
    if not href or href[0] in "#?":
        return ""
    try:
        return urljoin(base, href)
    except ValueError:  # brackets that are no IPv6 address: still what the author wrote
        return href


def attribute(tag: Tag, name: str) -> str:
    """An attribute as one string, "" where it is missing."""
    value = tag.get(name)
    if value is None:
        return ""
    return value if isinstance(value, str) else " ".join(value)


def classes(tag: Tag) -> Sequence[str]:
    """The class tokens of an element."""
    value = tag.attrs.get("class") or ()
    return value.split() if isinstance(value, str) else value


def elements(tag: Tag) -> Iterator[Tag]:
    """All descendants that are elements, in order. find_all() asks each for its filters, most of what reading a message cost."""
    return (found for found in tag.descendants if isinstance(found, Tag))


def first(tag: Tag, class_name: str) -> Tag | None:
    """The first descendant with a class."""
    return next((found for found in elements(tag) if class_name in classes(found)), None)


def every(tag: Tag, class_name: str) -> list[Tag]:
    """All descendants with a class, in order."""
    return [found for found in elements(tag) if class_name in classes(found)]


def inside(tag: Tag, *class_names: str) -> bool:
    """Whether an ancestor has one of these classes."""
    return any(name in class_names for parent in tag.parents for name in classes(parent))
