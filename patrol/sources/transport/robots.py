"""robots.txt (RFC 9309): asked once for each site and remembered for its time, through the same polite client, and obeyed.

`Obeying` is a Fetcher around another. What a site's file says of us is read by protego; what it means that there is none, or none to
be had, is decided here: 4xx is permission (RFC 9309, 2.3.1.3), a fault or silence is refusal for now (2.3.1.4). Redirects lie inside
the client, so a page that was redirected is looked at once it came: one the rules forbid is thrown away.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from protego import Protego

from patrol import domain

LARGEST = 500 * 1024  # bytes that are read of the file; RFC 9309 asks for at least as many
LONGEST_DELAY = 20.0  # seconds between two requests a site may ask for: as long as the pace waits. A longer wish is met as far as this
_CANDIDATES = 40  # lines looked at to name the one that forbids
_LONGEST_RULE = 100  # characters of it that are shown

# Client refusals that mean there is no file for us to read: then nothing is forbidden. 429 is not among them: it is a wish, too.
_NO_FILE = frozenset(("not_found", "refused", "client_error", "redirect_loop", "bad_redirect"))
_UNREACHABLE = frozenset(("too_many", "server_error", "timeout", "dns", "tls", "unreachable", "bad_encoding", "private_address"))

LONGEST_KEPT = timedelta(days=1)  # RFC 9309, 2.4: not used for longer, whatever the site says

type Hold = Callable[[str, float], None]  # asks all workers to leave a host alone for so many seconds


def _nobody(_host: str, _seconds: float) -> None:
    pass


class Memory(Protocol):
    """What sites said before, shared by all workers."""

    def file_of(self, site: str) -> bytes | None:
        """The file of a site whose time is not over; None where it has to be asked for."""

    def keep(self, site: str, body: bytes, until: datetime) -> None: ...


class _Forgets:
    def file_of(self, _site: str) -> bytes | None:
        return None

    def keep(self, _site: str, _body: bytes, _until: datetime) -> None: ...


FORGETS = _Forgets()


def kept_until(answer: domain.RawAnswer) -> datetime:
    """How long an answer may be remembered: as its Cache-Control says, else a day. No later than when it came: not at all."""
    said = answer.header("Cache-Control").lower()
    if re.search(r"\bno-(store|cache)\b", said):
        return answer.received_at
    age = re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})", said)
    return answer.received_at + (min(timedelta(seconds=int(age[1])), LONGEST_KEPT) if age else LONGEST_KEPT)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the file of one site says to us."""

    text: str
    agent: str
    parsed: Protego

    @classmethod
    def read(cls, body: bytes, agent: str) -> "Rules":
        """Never raises: what is no rule is passed over."""
        text = body[:LARGEST].decode("utf-8-sig", "replace")
        if len(body) > LARGEST:
            text = text.rpartition("\n")[0]  # half a rule may forbid more than the whole
        return cls(text, agent, Protego.parse(text))

    def allow(self, url: str) -> bool:
        return bool(self.parsed.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """Seconds between two requests the site asks for; 0 where it asks for nothing."""
        asked = self.parsed.crawl_delay(self.agent) or 0.0
        return min(max(float(asked), 0.0), LONGEST_DELAY)

    def forbidding(self, url: str) -> str:
        """The line that forbids an address, as the file writes it: the one without which it would be allowed. Where several say
        the same, the longest."""
        lines = self.text.splitlines()
        alone: list[str] = []
        for place, line in enumerate(lines):
            rule = line.partition("#")[0].strip()
            if not re.match(r"dis?s?all?ow\s*:", rule, re.IGNORECASE):
                continue
            if Protego.parse(f"User-agent: *\n{rule}").can_fetch(url, self.agent):
                continue
            alone.append(rule)
            if Rules.read("\n".join(lines[:place] + lines[place + 1 :]).encode(), self.agent).allow(url):
                return rule[:_LONGEST_RULE]
            if len(alone) == _CANDIDATES:
                break
        return max(alone, key=len, default="")[:_LONGEST_RULE]


@dataclass(frozen=True, slots=True)
class Obeying:
    """A Fetcher that asks robots.txt before each site's first page, where nothing is remembered of it. One for each run.

    A wish for pauses (Crawl-delay) is handed to `hold` after each request, so that every worker keeps it: the next request then
    waits in the pace, or ends the run until the wait is over.
    """

    fetcher: domain.Fetcher
    user_agent: str
    hold: Hold = _nobody
    memory: Memory = FORGETS
    _known: dict[str, Rules | domain.SourceError] = field(default_factory=dict, repr=False, compare=False)

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        """As the client's, and raises SourceError: robots_refused, robots_unreachable."""
        rules = self._allowed(url)
        try:
            answer = self.fetcher.get(url, headers=headers)
        finally:
            self._rest(url, rules)
        for hop in answer.hops[1:]:
            self._allowed(hop)
        return answer

    def post(
        self,
        url: str,
        *,
        json: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] = domain.NOTHING,
        private: bool = False,
    ) -> domain.RawAnswer:
        rules = self._allowed(url)
        try:
            return self.fetcher.post(url, json=json, form=form, headers=headers, private=private)
        finally:
            self._rest(url, rules)

    def _rest(self, url: str, rules: Rules) -> None:
        if rules.delay:
            self.hold(urlsplit(url).hostname or "", rules.delay)

    def _allowed(self, url: str) -> Rules:
        """The rules of the address's site. Raises SourceError where they forbid it, or cannot be had."""
        site = _site(url)
        rules = self._known.get(site)
        if rules is None:
            rules = self._known[site] = self._asked(site)
        if isinstance(rules, domain.SourceError):
            raise rules
        if urlsplit(url).path != "/robots.txt" and not rules.allow(url):
            raise _refused(site, rules.forbidding(url))
        return rules

    def _asked(self, site: str) -> Rules | domain.SourceError:
        agent = self.user_agent.partition("/")[0].strip() or "SIPatrol"
        if (kept := self.memory.file_of(site)) is not None:
            return Rules.read(kept, agent)
        try:
            answer = self.fetcher.get(f"{site}/robots.txt", headers={"Accept": "text/plain"})
        except domain.SourceError as error:
            if error.problem.code in _NO_FILE:
                if error.answer is not None:
                    self._keep(site, b"", error.answer)
                return Rules.read(b"", agent)
            if error.problem.code == "too_large" and error.answer is not None:
                return Rules.read(error.answer.body, agent)
            if error.problem.code in _UNREACHABLE:
                return _unreachable(site, error)
            raise  # the address itself, or our own pace
        if answer.truncated:
            answer = replace(answer, body=answer.body.rpartition(b"\n")[0])
        else:
            self._keep(site, answer.body, answer)
        return Rules.read(answer.body, agent)

    def _keep(self, site: str, body: bytes, answer: domain.RawAnswer) -> None:
        until = kept_until(answer)
        if until > answer.received_at and len(body) <= LARGEST:
            self.memory.keep(site, body, until)


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"


def _refused(site: str, rule: str) -> domain.SourceError:
    host = urlsplit(site).hostname or site
    return domain.SourceError(
        "robots_refused",
        domain.Sentence(
            id=f"{host} meminta mesin tidak membuka halaman ini (robots.txt: {rule!r}). Kami patuhi; dicek lagi nanti. Orang tetap "
            "boleh membukanya dan mengirim tangkapannya.",
            en=f"{host} asks machines not to open this page (robots.txt: {rule!r}). We obey; it is checked again later. A person may "
            "still open it and send a capture.",
        ),
        retry_after=86_400.0,
    )


def _unreachable(site: str, error: domain.SourceError) -> domain.SourceError:
    host = urlsplit(site).hostname or site
    return domain.SourceError(
        "robots_unreachable",
        domain.Sentence(
            id=f"Aturan {host} untuk mesin (robots.txt) tidak dapat dibaca, jadi halamannya belum diambil. {error.problem.sentence.id}",
            en=f"The rules of {host} for machines (robots.txt) could not be read, so no page was fetched. {error.problem.sentence.en}",
        ),
        retry_after=error.retry_after,
        answer=error.answer,
    )
