"""Addresses in a text, with their disguise undone.

Links come first in a reading: what lies inside one is no number or name of its own (`phones` and `accounts` are told
the places). A full stop alone makes no address: without scheme, path or a word that announces it, an ending counts
only where it is no everyday word ("minat.info lengkap" is two sentences).
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from patrol.engine import lazy
from patrol.engine.reading import folding, phrases

_LISTED = phrases.load("links.toml")
_TLDS = frozenset(_LISTED["tlds"]) | frozenset(_LISTED["wordy"])
_WORDY = frozenset(_LISTED["wordy"])
_SECOND = frozenset(_LISTED["second"])
_NO_HOSTS = frozenset(_LISTED["no_hosts"])
_SHORT = frozenset(_LISTED["short"])
_ANNOUNCED = lazy.regex(rf"\b(?:{'|'.join(_LISTED['announces'])})(?:\s(?:di|ke|kami|resmi|nya))?\s?[:=>\-]{{0,3}}\s?$")

_LABEL = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?"
_BRACKETED = r"\s?[\[({<]\s?(?:\.|dot|titik|,)\s?[\])}>]\s?"
_DOT = rf"(?:{_BRACKETED}|\s(?:dot|titik)\s|\.)"
_LOOSE_DOT = rf"(?:{_BRACKETED}|\s?(?:\.|,|dot|titik)\s?)"
_BRACKETED_SLASH = r"\s?[\[({<]\s?(?:/|garis miring|garing|slash)\s?[\])}>]\s?"
_SLASH = rf"(?:\s?(?:/|\\)\s?|\s(?:garing|slash|garis miring|miring)\s|{_BRACKETED_SLASH})"
_SPOKEN_SLASH = rf"(?:\s(?:garis miring|garing|slash)\s|{_BRACKETED_SLASH})"
_PATH = r"[a-z0-9\-._~:/?#@!$&()*+,;=%]"  # nothing else stands in an address: emojis and quotes end it
_SCHEME = r"(?:h(?:tt|xx|\*\*|__)ps?)\s?[:;]?\s?(?:/|\\){1,2}\s?"

_LINK = lazy.regex(
    rf"(?:(?<![\w@.\-])|(?<=\.)(?=www\.))(?P<scheme>{_SCHEME})?(?P<host>{_LABEL}(?:{_DOT}(?!www\.){_LABEL}){{1,7}})(?![\w@]|-\w)"
    rf"(?P<port>:\d{{2,5}})?(?P<path>[/?]{_PATH}{{0,600}}|(?:{_SPOKEN_SLASH}[a-z0-9\-_]{{1,40}}){{1,6}})?"
)
# Hosts everybody knows are read through spaces, commas and spelled-out strokes; they need something behind them.
_KNOWN = lazy.regex(
    rf"(?<![\w@.\-/])(?P<scheme>{_SCHEME})?(?P<host>"
    + "|".join(re.escape(host).replace("t\\.me", r"t\.m\s?e").replace("\\.", _LOOSE_DOT) for host in sorted(_SHORT - {"wa.me"}))
    + rf"){_SLASH}(?P<path>{_PATH}{{3,200}})"
)
_WA_SPOKEN = lazy.regex(
    rf"(?<![\w./])(?!wa\.me/\+?\d{{9,16}}(?!\w))(?:{_SCHEME})?w\s?a(?:{_LOOSE_DOT}|\s)m\s?e(?:{_SLASH}|\s)/?\s?"
    r"(?P<number>\+?\d[\doil]{8,15}(?!\w)|\+?\d(?: [\doil]){8,15}(?!\w)|\+?\d{1,4}(?:[ \-.]{1,2}\d{2,5}){2,4}(?!\d))"
)
_WA_SPOKEN_END = lazy.regex(rf"m\s?e(?:{_SLASH}|\s)/?\s?\+?\d")  # in every match of it, and found faster
_APP = lazy.regex(rf"(?<!\w)(?:whatsapp|tg|line|viber|zalo|weixin|fb|instagram)://{_PATH}{{3,300}}")
# Without one of these there is no address but WhatsApp's spoken one. Each begins with a rare sign, which is found fast.
_SIGN = lazy.regex(
    r"[.,/\[({<:](?:(?<=[a-z0-9]\.)[a-z]|(?<=\s\.)\s|(?<=\.)\s?(?:me|ly|id|ee)\s?/|(?<=[\[({<])\s?[.,]|"
    r"(?<=\()(?:dot|titik)|(?<=,)[a-z]{2}\s?/|(?<=:)//)"
)
_SIGN_OF_WORDS = lazy.regex(r"http|h..ps?\s?[:;]?\s?/|\bdot\b|\btitik\b")
_LETTER_DIGITS = str.maketrans("oil", "011")

_WA_HOSTS = frozenset(
    {"wa.me", "api.whatsapp.com", "web.whatsapp.com", "whatsapp.com", "www.whatsapp.com", "wasap.my", "chat.whatsapp.com"}
)
_WA_NUMBER = lazy.regex(r"(?:/|phone=)\+?(?:%2b)?(\d[\d\-]{7,16})(?![\d\w])")
_TRAILING = ".,;:!?>\"'~"


class Link(NamedTuple):
    """A link found: places in `Folded.plain`, its address, and the number it dials ("" for none)."""

    start: int
    end: int
    address: str
    host: str
    path: str
    dials: str


def dials_at(host: str) -> bool:
    """Whether addresses of a host hold the number they dial; an invitation to a group holds a code."""
    return host in _WA_HOSTS and host != "chat.whatsapp.com"


def ends_as_a_site(name: str) -> bool:
    """Whether a name without blanks may be that of a site: "loker.id", not "loker.riyadh88"."""
    before, _dot, ending = name.rpartition(".")
    return bool(before) and ending.lower() in _TLDS


def find(folded: folding.Folded) -> list[Link]:
    """All links of a text in order, WhatsApp's spoken form included."""
    plain = folded.plain
    signed = _is_signed(plain)
    spoken = _WA_SPOKEN_END.search(plain) is not None
    found: list[Link] = []
    taken = bytearray(len(plain))  # a text of nothing but links must not cost their number squared
    for pattern, made in ((_WA_SPOKEN, _spoken), (_KNOWN, _known), (_LINK, _link)):
        for match in pattern.finditer(plain) if (spoken if pattern is _WA_SPOKEN else signed) else ():
            if any(taken[match.start() : match.end()]):
                continue
            link = made(folded, match)
            if link is not None:
                found.append(link)
                taken[link.start : link.end] = b"\1" * (link.end - link.start)
    for match in _APP.finditer(plain) if "://" in plain else ():
        end = _end(plain, match.start(), match.end())
        address = _address(folded, match.start(), end)
        number = re.search(r"phone=\+?(\d{8,15})", address)
        found.append(Link(match.start(), end, address, "", "", number[1] if number else ""))
    return sorted(found)


def _is_signed(plain: str) -> bool:
    """Whether there can be an address. The words are searched only where a part of one stands at all."""
    if _SIGN.search(plain):
        return True
    parts = "http" in plain or "/" in plain or "dot" in plain or "titik" in plain
    return parts and _SIGN_OF_WORDS.search(plain) is not None


def _spoken(folded: folding.Folded, match: re.Match[str]) -> Link:
    number = re.sub(r"\D", "", match["number"].translate(_LETTER_DIGITS))
    return Link(match.start(), match.end(), f"https://wa.me/{number}", "wa.me", f"/{number}", number)


def _known(folded: folding.Folded, match: re.Match[str]) -> Link | None:
    host = _undisguised(match["host"].replace(",", "."))
    end = _end(folded.plain, match.start(), match.end())
    path = "/" + _address(folded, match.start("path"), end)
    return Link(match.start(), end, f"{_scheme(match)}://{host}{path}", host, path, "")


def _link(folded: folding.Folded, match: re.Match[str]) -> Link | None:
    plain = folded.plain
    host = _undisguised(match["host"])
    end = match.end()
    if not match["path"] and not match["port"]:
        host, end = _as_far_as_it_is_one(host, match, plain)
    labels = host.split(".")
    if len(labels) < 2 or labels[0] in _NO_HOSTS or not labels[-1].isalpha():
        return None
    if not match["scheme"] and not _is_address(host, match, plain):
        return None
    end = _end(plain, match.start(), end)
    path = _address(folded, match.end("host"), end) if end > match.end("host") else ""
    if path[:1] not in {"", "/", "?"}:
        path = re.sub(_SPOKEN_SLASH, "/", path.lower())
    dials = ""
    if host in _WA_HOSTS:
        number = _WA_NUMBER.search(path.lower())
        dials = re.sub(r"\D", "", number[1]) if number else ""
    return Link(match.start(), end, f"{_scheme(match)}://{host}{path}", host, path, dials)


def _as_far_as_it_is_one(host: str, match: re.Match[str], plain: str) -> tuple[str, int]:
    """ "situs.example.daftar sekarang": the next sentence begins without a space; the address ends before it."""
    labels, end = host.split("."), match.end("host")
    while len(labels) > 2 and labels[-1] not in _TLDS and match["scheme"] is None:
        end -= len(labels.pop())
        while end > match.start() and plain[end - 1] in " .[](){}<>":
            end -= 1
        if plain[end : match.end("host")].count(".") > 1:
            break
    return ".".join(labels), end


def _is_address(host: str, match: re.Match[str], plain: str) -> bool:
    """Whether what has no scheme is an address all the same."""
    labels = host.split(".")
    ending, first = labels[-1], labels[0]
    if host in _SHORT or first == "www":
        return True
    if ending not in _TLDS or (len(labels) == 2 and (first.isdigit() or (len(first) < 2 and not match["path"]))):
        return False
    if ending not in _WORDY or (len(labels) > 2 and (labels[-2] in _SECOND or match["path"])):
        return True
    if match["path"] and len(match["path"]) > 1:
        return len(first) > 3
    return (
        "-" in host
        or (labels[-2][0].isalpha() and any(c.isdigit() for c in labels[-2]))
        or _ANNOUNCED.search(plain, max(0, match.start() - 30), match.start()) is not None
    )


def _scheme(match: re.Match[str]) -> str:
    return "http" if match["scheme"] and not re.match(r"h..ps", match["scheme"]) else "https"


def _undisguised(host: str) -> str:
    return re.sub(rf"{_BRACKETED}|\s?\b(?:dot|titik)\b\s?|\s?\.\s?", ".", host).replace(" ", "")


def _address(folded: folding.Folded, start: int, end: int) -> str:
    """The original characters, capitals kept, without marks nobody sees and in plain letters."""
    written = unicodedata.normalize("NFKC", folded.original(start, end))
    kept = "".join(c for c in written if unicodedata.category(c) not in {"Cf", "Mn", "Me"})
    return kept if kept.isascii() else folded.plain[start:end]


def _end(plain: str, start: int, end: int) -> int:
    """Where the address ends without the sentence's own signs; brackets and stars count as its own where they pair."""
    while end > start and not _belongs(plain, start, end, plain[end - 1]):
        end -= 1
    return end


def _belongs(plain: str, start: int, end: int, last: str) -> bool:
    if last in ")]":
        opening = "(" if last == ")" else "["
        return plain.count(opening, start, end) >= plain.count(last, start, end)
    if last in "*_":
        return plain[start - 1 : start] != last
    return last not in _TRAILING
