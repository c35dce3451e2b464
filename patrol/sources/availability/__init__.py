"""Whether a post still stands at its address, from what a server answered. Pure: no network, no database.

Servers pretend: with status 200 for what is gone, with a login, a consent page or a challenge for what is there. So:

- *there* needs proof: the post's own words;
- *down* is what the server says is gone by its status, or its page in words, or a list that would hold the post and does not;
- anything else cannot be told, and the reason says why. A refusal, an error, a country's block or a way to the front page is no "down".
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from patrol import domain
from patrol.domain.availability import AvailabilityReason as Reason
from patrol.domain.availability import Known, Looked
from patrol.sources import telegram
from patrol.sources.availability import phrases, places
from patrol.sources.shared import markup

RUN: Final = 3  # words in a row that are compared
ENOUGH: Final = 0.6  # of the post's runs on the page, or of a short extract's in the post
NEARLY_ALL: Final = 0.9  # outweighs a title that says it is gone
FEWEST: Final = 4  # words a post must have to be found by them
FEW: Final = 120  # words of a page that says one thing
LEAST: Final = 8  # words of a page that says anything
LONGEST: Final = 2_000_000  # characters of a page that are looked at

# Codes of domain.SourceError where no answer came, or none that counts.
_PROBLEMS: Final = {
    "timeout": Reason.TIMEOUT,
    "dns": Reason.NO_SUCH_HOST,
    "robots_refused": Reason.ROBOTS,
    "robots_unreachable": Reason.ROBOTS,
    "bad_address": Reason.NO_ADDRESS,
    "bad_redirect": Reason.REDIRECTED,
    "redirect_loop": Reason.REDIRECTED,
    "too_many": Reason.RATE_LIMIT,
    "server_error": Reason.SERVER_ERROR,
    "refused": Reason.REFUSED,
}
# What a page may be about although it was refused with a status of its own.
_REFUSED_BY: Final = frozenset({Reason.RATE_LIMIT, Reason.CAPTCHA, Reason.COUNTRY_BLOCK, Reason.PRIVATE, Reason.LOGIN_WALL})
_EMBEDDED: Final = frozenset({domain.Platform.YOUTUBE.value, domain.Platform.X.value, domain.Platform.TIKTOK.value})


def judge(known: Known, answer: domain.RawAnswer | None, problem: str = "") -> Looked:
    """`answer`: of the address `places.of(known)` names; None where none came, then `problem` is the code of the SourceError."""
    if answer is None or problem == "timeout":
        return Looked(_PROBLEMS.get(problem, Reason.UNREACHABLE))
    if problem in {"robots_refused", "bad_redirect", "redirect_loop"}:
        return Looked(_PROBLEMS[problem])
    return Looked(_refused(known, answer) or _by_address(answer) or _content(known, answer))


_STATUSES: Final = {429: Reason.RATE_LIMIT, 451: Reason.COUNTRY_BLOCK}


def _refused(known: Known, answer: domain.RawAnswer) -> Reason | None:
    """What the status says; None for a status that says nothing."""
    status = answer.status
    if status < 500 and status != 429 and _matching(phrases.HOSTS, _host(answer.final_url)) is Reason.COUNTRY_BLOCK:
        return Reason.COUNTRY_BLOCK
    if status in {404, 410}:
        return _not_found(known, answer)
    if status in _STATUSES or status >= 500:
        return _STATUSES.get(status, Reason.SERVER_ERROR)
    return _kept_back(known, answer) if status >= 400 else None


def _not_found(known: Known, answer: domain.RawAnswer) -> Reason:
    """Some servers send this status with the post itself, or with what hides it."""
    page = _read(_text(answer))
    said = page.said()
    if said is None and _shows(known, page, NEARLY_ALL):
        return Reason.WORDS_FOUND
    if said in _REFUSED_BY and (said is not Reason.LOGIN_WALL or page.asks_password):
        return said
    return Reason.NOT_FOUND


def _kept_back(known: Known, answer: domain.RawAnswer) -> Reason:
    """Why a page was refused, as far as it says."""
    said = Reason.CAPTCHA if answer.header("cf-mitigated") == "challenge" else _said(_plain(_text(answer)[:20_000]))
    if said in _REFUSED_BY:
        return said
    if answer.status in {401, 403} and known.platform in _EMBEDDED and answer.asked_url != known.url:
        return Reason.PRIVATE  # the interface for embedding is open to all: what it keeps back is its author's wish
    return Reason.LOGIN_WALL if answer.status == 401 else Reason.REFUSED


def _by_address(answer: domain.RawAnswer) -> Reason | None:
    """Where the way led, where that alone says it."""
    if answer.final_url == answer.asked_url:
        return None
    return _matching(phrases.HOSTS, _host(answer.final_url)) or _matching(phrases.PATHS, urlsplit(answer.final_url).path.lower())


def _matching(table: tuple[tuple[Reason, re.Pattern[str]], ...], text: str) -> Reason | None:
    whole = table is phrases.HOSTS
    return next((reason for reason, pattern in table if (pattern.fullmatch(text) if whole else pattern.search(text))), None)


def _content(known: Known, answer: domain.RawAnswer) -> Reason:
    text = _text(answer)
    if not text.strip():
        return Reason.NO_CONTENT
    if known.platform == domain.Platform.TELEGRAM and places.telegram_number(known.url):
        return _telegram(known, answer)
    if "json" in answer.header("Content-Type") or text.lstrip()[:1] in {"{", "["}:
        return _json(known, text)
    return _page(known, answer, text)


# --- lists and interfaces -------------------------------------------------------------------------


def _telegram(known: Known, answer: domain.RawAnswer) -> Reason:
    """A page of the channel that would hold the message. A channel without a preview leads to its card."""
    named = places.telegram_number(known.url)
    assert named is not None
    if not urlsplit(answer.final_url).path.startswith("/s/"):
        return Reason.LOGIN_WALL
    page = telegram.read_page(answer)
    if not page.messages:
        return Reason.LOGIN_WALL if page.asks_login else Reason.NO_CONTENT
    for message in page.messages:
        albums = markup.every(message.element, "grouped_media_wrap")
        parts = {markup.attribute(part, "href").partition("?")[0].rpartition("/")[2] for part in albums}
        if message.number == named[1] or str(named[1]) in parts:
            words = markup.first(message.element, "tgme_widget_message_text")
            return _same(known.text, markup.text_of(words) if words else "")
    begins = min(message.number for message in page.messages)
    whole = not page.cut and (begins < named[1] or page.older is None)
    return Reason.MISSING if whole else Reason.NO_CONTENT


def _json(known: Known, text: str) -> Reason:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return Reason.NO_CONTENT
    if known.platform == domain.Platform.BLUESKY and isinstance(found, dict) and isinstance(found.get("posts"), list):
        if not found["posts"]:
            return Reason.MISSING
        return _same(known.text, _string(found["posts"][0], "record", "text"))
    if known.platform == domain.Platform.MASTODON:
        return _same(known.text, _without_tags(_string(found, "content")))
    if known.platform in _EMBEDDED:
        said = _string(found, "title") or _without_tags(_string(found, "html"))
        return _same(known.text, said) if said else Reason.NO_CONTENT
    return Reason.WORDS_FOUND if _share(known.text, text) >= ENOUGH else _said(_plain(text[:20_000])) or Reason.NO_CONTENT


def _string(found: Any, *path: str) -> str:
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def _without_tags(fragment: str) -> str:
    return markup.text_of(markup.parse(fragment[:LONGEST]))


def _same(before: str, now: str) -> Reason:
    """Of the same post beyond doubt: whether its words are those it had. An extract of them is enough."""
    if (words := _words(before)) and words == _words(now):
        return Reason.WORDS_FOUND
    if len(words) < FEWEST:
        return Reason.NOTHING_TO_COMPARE
    if _share(before, now) >= ENOUGH or _share(now, before) >= ENOUGH:
        return Reason.WORDS_FOUND
    return Reason.OTHER_WORDS


# --- pages ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    head: str  # title and headings
    shown: str  # what a reader sees
    extract: str  # what the page says of itself to others
    data: str  # what its scripts carry: a text may stand there, but so does every message they might show
    asks_password: bool

    def said(self) -> Reason | None:
        """What the page says of itself: in its head, as a whole where it is short, or in what its script shows for an error."""
        short = len(_words(self.shown)) <= FEW
        return _said(_plain(self.head)) or (_said(_plain(self.shown)) if short else None) or _said(_plain(_alert(self.data)))


# YouTube's pages hold no word without their script; this is what it would show instead of the video or channel.
_ALERT: Final = re.compile(
    r'"(?:alertRenderer"\s*:\s*\{\s*"type|playabilityStatus"\s*:\s*\{\s*"status)"\s*:\s*"ERROR"\s*,\s*'
    r'"(?:text"\s*:\s*\{\s*"simpleText|reason)"\s*:\s*"([^"]{1,500})"'
)


def _alert(data: str) -> str:
    found = _ALERT.search(data)
    return found[1] if found else ""


def _read(text: str) -> _Page:
    soup = markup.parse(text[:LONGEST])
    heads = [tag.get_text(" ") for tag in soup.find_all(["title", "h1", "h2"], limit=6)]
    extract = max(_metas(soup), key=len, default="")
    scripts = " ".join(tag.get_text() for tag in soup.find_all("script"))
    return _Page(
        head="\n".join(heads),
        shown=markup.text_of(soup),
        extract=extract,
        data=_unescaped(scripts),
        asks_password=soup.find("input", type="password") is not None,
    )


def _metas(soup: BeautifulSoup) -> list[str]:
    wanted = {"description", "og:description", "twitter:description"}
    tags = [tag for tag in soup.find_all("meta", limit=200) if isinstance(tag, Tag)]
    return [markup.attribute(tag, "content") for tag in tags if wanted & {markup.attribute(tag, "name"), markup.attribute(tag, "property")}]


def _unescaped(script: str) -> str:
    written = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), script)
    return html.unescape(written.replace("\\n", " ").replace("\\/", "/"))


def _page(known: Known, answer: domain.RawAnswer, text: str) -> Reason:
    if _led_home(answer):
        return Reason.REDIRECTED_HOME
    page = _read(text)
    said = page.said()
    if _shows(known, page, NEARLY_ALL if said in {Reason.SAYS_GONE, Reason.ACCOUNT_GONE} else ENOUGH):
        return Reason.WORDS_FOUND
    if said is not None:
        return said
    if page.asks_password:
        return Reason.LOGIN_WALL
    return _unsaid(known, answer, page)


def _shows(known: Known, page: _Page, enough: float) -> bool:
    """Whether the post's own words stand there: to be read, in what the page says of itself to others, or in its scripts."""
    share = max(_share(known.text, page.shown), _share(known.text, page.extract), _share(known.text, page.data))
    if len(_words(page.extract)) >= 2 * FEWEST:
        share = max(share, _share(page.extract, known.text))
    return share >= enough


def _unsaid(known: Known, answer: domain.RawAnswer, page: _Page) -> Reason:
    """A page without the post's words that does not say why."""
    if len(_words(page.shown)) < LEAST:
        return Reason.NO_CONTENT
    if not _stays(answer):
        return Reason.REDIRECTED
    if len(_words(known.text)) < FEWEST:
        return Reason.NOTHING_TO_COMPARE
    # The same page with other words: its heading is still the post's.
    return Reason.OTHER_WORDS if _runs(known.text) & _runs(page.head) else Reason.OTHER_CONTENT


def _led_home(answer: domain.RawAnswer) -> bool:
    """Whether a post's own address led to a front page, that of a language too."""
    before, after = urlsplit(answer.asked_url), urlsplit(answer.final_url)
    front = re.fullmatch(r"/?(?:[a-z]{2}(?:[-_][A-Za-z]{2})?/?|index\.(?:html?|php)|home/?|beranda/?)?", after.path)
    return bool(front) and not after.query and (before.path.strip("/") != after.path.strip("/") or bool(before.query))


def _stays(answer: domain.RawAnswer) -> bool:
    """Whether the way ended where it began, but for http or https, www and a slash."""
    before, after = urlsplit(answer.asked_url), urlsplit(answer.final_url)
    return (
        re.sub(r"^(?:www|m)\.", "", before.hostname or "") == re.sub(r"^(?:www|m)\.", "", after.hostname or "")
        and before.path.strip("/") == after.path.strip("/")
        and before.query == after.query
    )


# --- words ----------------------------------------------------------------------------------------


def _text(answer: domain.RawAnswer) -> str:
    return markup.decode(answer.body[: 2 * LONGEST], truncated=answer.truncated)[0]


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


def _plain(text: str) -> str:
    """As `phrases` are written."""
    return " ".join(text.replace("’", "'").replace("‘", "'").replace("&#39;", "'").lower().split())


def _said(plain: str) -> Reason | None:
    return next((reason for reason, pattern in phrases.SAID if pattern.search(plain)), None)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text[:LONGEST]).casefold())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _share(part: str, whole: str) -> float:
    """How many of the runs of words of `part` stand in `whole`, 0 to 1; 0 where it has too few words."""
    wanted = _runs(part) if len(_words(part)) >= FEWEST else set()
    return len(wanted & _runs(whole)) / len(wanted) if wanted else 0.0
