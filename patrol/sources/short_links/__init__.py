"""Short links: which addresses are some, and where one leads by the word of its service.

Only the services are asked. The address they redirect to is the answer, and is not opened: its owner sees nobody come, and a chain ends at
the first address that is no short link. What a page of a service shows (a form for a password, a countdown, a refresh written into the
page) is not followed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from patrol import domain
from patrol.domain.keepable import keepable
from patrol.domain.short_links import ShortLinkOutcome as Outcome
from patrol.sources.shared import refusals
from patrol.sources.transport import addresses

HOPS: Final = 5  # short links behind each other
LONGEST: Final = 500  # characters of a short link
LONGEST_END: Final = 2_000  # characters of what one leads to

SERVICES: Final = tomllib.loads((Path(__file__).parent / "services.toml").read_text(encoding="utf-8"))

_CODE = re.compile(r"/[\w.~%+-]{1,100}(?:/[\w.~%+-]{1,100})?", re.ASCII)
_OF_MACHINES = frozenset(("/robots.txt", "/favicon.ico"))
_DOORS = frozenset(("login", "signin", "sign-in", "sign_in", "masuk", "auth", "password"))
_APPS = frozenset(("whatsapp", "tg", "line", "viber"))  # addresses of a conversation: they hold who is written to

_ELSEWHERE = domain.Sentence(
    id="Tautan ini mengarah ke alamat yang bukan halaman internet publik. Tidak dibuka.",
    en="This link leads to an address that is no page of the public internet. It was not opened.",
)


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a short link leads. `exchanges`: every answer on the way, in order; `problem`: what kept it from being opened, in words."""

    outcome: Outcome
    leads_to: str = ""
    exchanges: tuple[domain.RawAnswer, ...] = ()
    problem: domain.Problem | None = None


def short(address: str) -> str:
    """The address as all who write it mean it, "" where it is no short link. One link, whether written with http or https, with or
    without who sent the reader."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if host not in SERVICES or not _CODE.fullmatch(path) or path in _OF_MACHINES:
        return ""
    found = f"https://{host}{path}"
    return found if len(found) <= LONGEST else ""


def follow(address: str, ask: Callable[[str], domain.RawAnswer]) -> Followed:
    """Where `address` leads; `ask` gives the answer to one GET, whatever its status, and follows nothing.

    Raises SourceError where trying again may tell more; the answers before it are lost with it, and asked for again.
    """
    seen = [address]
    exchanges: list[domain.RawAnswer] = []
    while True:
        try:
            answer = ask(seen[-1])
        except domain.SourceError as error:
            # A redirect is an answer also where its body was too large, or it leads to no address that could be asked.
            if error.answer is None or not _location(error.answer):
                if not error.problem.permanent and error.problem.code != "robots_refused":
                    raise
                return Followed(Outcome.REFUSED, "", tuple(exchanges), _final(error.problem, seen[-1]))
            answer = error.answer
        exchanges.append(answer)
        target = _location(answer)
        if not target:
            return Followed(_without_end(answer), "", tuple(exchanges))
        following = short(target)
        if _is_door(seen[-1], target):
            return Followed(Outcome.LOGIN_WALL, "", tuple(exchanges))
        if not following:
            return _ended(seen[-1], target, tuple(exchanges))
        if following in seen or len(seen) > HOPS:
            return Followed(Outcome.TOO_MANY_HOPS, "", tuple(exchanges))
        seen.append(following)


def _final(problem: domain.Problem, address: str) -> domain.Problem:
    """A refusal as it stands: a page is looked at again later, a short link is not."""
    if problem.code != "robots_refused":
        return problem
    host = urlsplit(address).hostname or ""
    said = domain.Sentence(
        f"{host} meminta mesin tidak membuka tautan ini (robots.txt). Kami patuhi. Orang tetap boleh membukanya.",
        f"{host} asks machines not to open this link (robots.txt). We obey. A person may still open it.",
    )
    return domain.Problem(problem.code, said, permanent=True)


def _location(answer: domain.RawAnswer) -> str:
    """The address an answer redirects to, "" where to none."""
    # Latin-1 on the wire; servers write UTF-8 into it.
    written = answer.header("Location").encode("latin-1", "replace").decode("utf-8", "replace").strip()
    if answer.status not in {301, 302, 303, 307, 308} or not written:
        return ""
    try:
        return keepable(re.sub(r"\s", "%20", urljoin(answer.final_url, written)))
    except ValueError:
        return keepable(written)


def _without_end(answer: domain.RawAnswer) -> Outcome:
    """What an answer that leads nowhere means. Raises SourceError where trying again may tell more."""
    if answer.status == 401:
        return Outcome.LOGIN_WALL
    try:
        refusals.unless_refused(answer)
    except domain.SourceError as refused:
        if not refused.problem.permanent:
            raise
        return Outcome.GONE if refused.problem.code == "not_found" else Outcome.REFUSED
    return Outcome.NO_REDIRECT


def _is_door(current: str, target: str) -> bool:
    """Whether a service asks for a login or a password instead of saying where the link leads."""
    parts = _parts(target)
    return parts is not None and _is_own(current, parts) and any(part.casefold() in _DOORS for part in parts.path.split("/"))


def _parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        named = parts.hostname is not None
    except ValueError:
        return None
    return parts if named or parts.scheme in _APPS else None


def _is_own(current: str, target: SplitResult) -> bool:
    service = urlsplit(current).hostname or ""
    host = (target.hostname or "").rstrip(".")
    return any(host == own or host.endswith(f".{own}") for own in (service, *SERVICES[service].get("also", ())))


def _ended(current: str, target: str, exchanges: tuple[domain.RawAnswer, ...]) -> Followed:
    """At an address that is no short link: that is the end, unless it is the service's own page, or no public address."""
    parts = _parts(target)
    if parts is None or not _is_public(parts) or len(target) > LONGEST_END:
        problem = domain.Problem("private_address", _ELSEWHERE, permanent=True)
        return Followed(Outcome.REFUSED, "", exchanges, problem)
    if _is_own(current, parts):
        return Followed(Outcome.NO_REDIRECT, "", exchanges)
    return Followed(Outcome.OPENED, target, exchanges)


def _is_public(parts: SplitResult) -> bool:
    """Whether an address can be one of the public internet, or is one of an app."""
    if parts.scheme in _APPS:
        return True
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in {"http", "https"}:
        return False
    if written := addresses.literal(host):
        return addresses.is_public(written)
    return "." in host and not addresses.is_disguised_number(host)
