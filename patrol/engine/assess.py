"""Reading > licence check > rules > level: the one answer for the pipeline, the command and the public page.

Pure: the clock, the register and the bytes of pictures are handed in. The second half is the wire shape of
`manage.py assess` (docs/offices/commands.md): what a line asks, and what a line answers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from patrol import domain
from patrol.domain import LAW_ZONE, ClaimKind, CompanyRole, Level, Sentence, moments
from patrol.engine import licences, reading, rules
from patrol.engine.rules import points, scoring

MONTHS_ID = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def book(register: domain.Register) -> licences.Book:
    """The index of one edition, with what reading knows of positions. Build it once, use it for many posts."""
    return licences.Book(register, position_codes=reading.position_codes, covers=reading.covers(), role=reading.company_role)


def assess(
    contents: Sequence[domain.Content],
    days: Sequence[datetime | None],
    book: licences.Book | None,
    *,
    now: datetime,
    undated: datetime | Sequence[datetime] | None = None,
    cache: domain.ReadCache | None = None,
    weights: points.Points = points.EXPERT,
    trusted: frozenset[tuple[str, str]] = frozenset(),
    stale_after_days: int = licences.STALE_AFTER_DAYS,
) -> list[domain.Assessment]:
    """One assessment for each content, in order.

    `days`: when each was posted, None where nobody knows; such a post is judged as of `undated` (one for all, or one for each), else
    `now`. A time after `now` or before 1995 counts as `now`. `book` None: no register is loaded. `weights`: the points of the rules in
    force. `trusted`: (kind, value) of contacts known to be good: they stay in the reading, and are no ground for anything.
    `stale_after_days`: how old a register is called old, in the notes of the check.
    Raises ValueError where the lengths differ.
    """
    each = [undated or now] * len(contents) if undated is None or isinstance(undated, datetime) else undated
    today = now.astimezone(LAW_ZONE).date()
    law_days = [law_day(posted_at, now=now, undated=one) for posted_at, one in zip(days, each, strict=True)]
    reads = reading.read_many(contents, cache=cache)
    judged = [
        _judged(read, content, book, day, today=today, trusted=trusted, stale_after_days=stale_after_days)
        for read, content, (day, _) in zip(reads, contents, law_days, strict=True)
    ]
    found = [rules.findings(read, check, weights) for read, check in judged]
    scores = [scoring.score(read, check, findings) for (read, check), findings in zip(judged, found, strict=True)]
    return [
        domain.Assessment(
            reading=read,
            check=check,
            findings=findings,
            score=score,
            level=scoring.level(score),
            kinds=scoring.kinds(read, findings),
            notes=(*((assumed,) if assumed else ()), *read.notes),
        )
        for read, (_, check), (_, assumed), findings, score in zip(reads, judged, law_days, found, scores, strict=True)
    ]


def _judged(
    read: domain.Reading,
    content: domain.Content,
    book: licences.Book | None,
    day: date,
    *,
    today: date,
    trusted: frozenset[tuple[str, str]],
    stale_after_days: int,
) -> tuple[domain.Reading, domain.LicenceCheck]:
    """The check, and the reading the rules are asked about: without the contacts known to be good."""
    check = licences.check(read, content, book, day, today=today, stale_after_days=stale_after_days)
    if not (good := trusted_in(read, trusted)):
        return read, check
    judged = replace(read, claims=tuple(c for c in read.claims if (str(c.kind), c.value) not in good))
    if check.contact_own is False:
        # An agency's listed contact still counts as its own; one that is only known to be good makes no stranger of the post.
        check = licences.check(judged, content, book, day, today=today, stale_after_days=stale_after_days)
    return judged, check


def trusted_in(read: domain.Reading, trusted: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of the trusted contacts that this reading holds."""
    if not trusted:
        return trusted
    return trusted & {(str(claim.kind), claim.value) for claim in read.claims}


def judged_by(version: str, good: frozenset[tuple[str, str]]) -> str:
    """What names the rules of a check that left contacts out: 16 hexadecimal digits, of `version` and those contacts.

    A check is kept once for a reading and its rules; without this the one made before a contact was trusted would stand for ever.
    """
    if not good:
        return version
    return hashlib.sha256("\n".join([version, *sorted(map("\t".join, good))]).encode()).hexdigest()[:16]


def law_day(posted_at: datetime | None, *, now: datetime, undated: datetime) -> tuple[date, Sentence | None]:
    """The day in Asia/Jakarta a post is judged by, and what had to be assumed for it."""
    if posted_at is None:
        day = undated.astimezone(LAW_ZONE).date()
        return day, Sentence(
            f"Waktu unggahan tidak diketahui; dinilai per {_written(day, MONTHS_ID)}.",
            f"The time of the post is unknown; judged as of {_written(day, MONTHS_EN)}.",
        )
    if posted_at < moments.EARLIEST:
        day = now.astimezone(LAW_ZONE).date()
        return day, Sentence(
            f"Waktu unggahan sebelum tahun 1995; dinilai per waktu diterima, {_written(day, MONTHS_ID)}.",
            f"The time of the post lies before 1995; judged as of its receipt, {_written(day, MONTHS_EN)}.",
        )
    if posted_at > now:
        day = now.astimezone(LAW_ZONE).date()
        return day, Sentence(
            f"Waktu unggahan berada di masa depan; dinilai per waktu diterima, {_written(day, MONTHS_ID)}.",
            f"The time of the post lies in the future; judged as of its receipt, {_written(day, MONTHS_EN)}.",
        )
    return posted_at.astimezone(LAW_ZONE).date(), None


def _written(day: date, months: Sequence[str]) -> str:
    return f"{day.day} {months[day.month - 1]} {day.year}"


# --- the wire shape -------------------------------------------------------------------------------


class BadLineError(ValueError):
    """A line that asks nothing we can answer. `of` is the line's own id, None where it has none."""

    def __init__(self, reason: str, *, of: str | int | None = None) -> None:
        super().__init__(reason)
        self.of = of


@dataclass(frozen=True, slots=True)
class Question:
    """One line of `manage.py assess`: a post, and the paths of its pictures, not opened yet."""

    id: str | int
    content: domain.Content
    posted_at: datetime | None = None
    images: tuple[str, ...] = ()


def question(line: bytes) -> Question:
    """Reads one line. Raises BadLineError with a sentence that names what is wrong."""
    try:
        asked = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadLineError("the line is not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLineError(f"the line is not JSON: {error}") from None
    if not isinstance(asked, dict):
        raise BadLineError("the line is not a JSON object")
    id_ = asked.get("id")
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise BadLineError("id is missing or neither text nor a whole number")
    if isinstance(id_, str):
        id_ = storable(id_)
    text = _text(asked, "text", id_, required=True)
    return Question(
        id=id_,
        content=domain.Content(
            text=text,
            platform=_text(asked, "platform", id_),
            author=_text(asked, "author", id_),
            url=_text(asked, "url", id_),
            links=_texts(asked, "links", id_),
        ),
        posted_at=_time(asked, id_),
        images=_texts(asked, "images", id_),
    )


def storable(text: str) -> str:
    """NUL and lone surrogates one for one by U+FFFD, as `store` does: spans hold."""
    if text.isascii() and "\0" not in text:
        return text
    return "".join("\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text)


def _text(asked: Mapping[str, Any], key: str, of: str | int, *, required: bool = False) -> str:
    value = asked.get(key)
    if value is None and not required:
        return ""
    if not isinstance(value, str):
        raise BadLineError(f"{key} is missing" if value is None else f"{key} is not text", of=of)
    return storable(value)


def _texts(asked: Mapping[str, Any], key: str, of: str | int) -> tuple[str, ...]:
    value = asked.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadLineError(f"{key} is not a list of texts", of=of)
    return tuple(storable(item) for item in value)


def _time(asked: Mapping[str, Any], of: str | int) -> datetime | None:
    value = asked.get("posted_at")
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadLineError("posted_at is not text", of=of)
    try:
        return moment(value)
    except ValueError:
        raise BadLineError("posted_at is not an ISO date or time", of=of) from None


def moment(written: str) -> datetime:
    """An ISO date or time; without a zone it is meant in Asia/Jakarta. Raises ValueError."""
    when = datetime.fromisoformat(written.strip())
    if when.tzinfo is None:
        when = when.replace(tzinfo=LAW_ZONE)
    try:
        when.astimezone(LAW_ZONE)
    except OverflowError:  # the first and last day of the calendar leave it in another zone
        raise ValueError(f"out of range: {written}") from None
    return when


def render(
    assessment: domain.Assessment,
    *,
    id: str | int,  # noqa: A002  the wire's own word
    notes: Sequence[Sentence] = (),
    english: bool = False,
) -> dict[str, Any]:
    """The answer as JSON-able values, sentences in Indonesian or English. `notes`: what else had to be assumed for this line.

    Beside the fields of each post, what stands on a picture has its place there: an indicator of source `image:n` or `qr:n` has
    `box`, a finding `boxes`, one for each span and null for one of the text. A box is [left, top, width, height] in pixels of
    the picture as it is shown.
    """
    read, check = assessment.reading, assessment.check

    def said(*sentences: Sentence) -> str:
        return _paragraph([one.en if english else one.id for one in sentences])

    return {
        "id": id,
        "level": Level(assessment.level).value,
        "score": assessment.score,
        "kinds": list(assessment.kinds),
        "overseas_offer": read.overseas_offer,
        "licence": {
            **_licence(check),
            "register_date": check.register_date.isoformat() if check.register_date else None,
            # What was assumed belongs to the reason: a verdict without it could be taken for more than it is.
            "reason": said(check.reason, *check.notes, *assessment.notes, *notes),
            "others": [{**_licence(other), "reason": said(other.reason, *other.notes)} for other in check.others],
        },
        "indicators": indicators(read, check),
        "countries": list(read.countries),
        "positions": list(read.positions),
        "findings": [
            {
                "rule": finding.rule,
                "version": finding.version,
                "points": finding.points,
                "reason": finding.reason.en if english else finding.reason.id,
                "spans": [list(span) for span in finding.spans],
                "sources": list(finding.sources),
                **_boxes(read, finding),
            }
            for finding in assessment.findings
        ],
    }


def _boxes(read: domain.Reading, finding: domain.Finding) -> dict[str, Any]:
    """`boxes` of a finding that stands on pictures, nothing for one of the text alone."""
    boxes = [read.box(source, span) for source, span in zip(finding.sources, finding.spans, strict=True)]
    return {"boxes": [box and list(box) for box in boxes]} if any(boxes) else {}


def _paragraph(sentences: Sequence[str]) -> str:
    """Sentences in one line; those that are written for a badge get their full stop."""
    return " ".join(sentence if sentence.endswith((".", "!", "?")) else f"{sentence}." for sentence in sentences)


def _licence(check: domain.LicenceCheck) -> dict[str, Any]:
    return {"verdict": str(check.verdict), "agency": check.agency, "licence_number": check.licence_number}


_INDICATORS: Mapping[str, str] = {
    ClaimKind.PHONE: "phone",
    ClaimKind.ACCOUNT: "account",
    ClaimKind.LINK: "link",
    ClaimKind.BANK_ACCOUNT: "bank_account",
    ClaimKind.LICENCE_NUMBER: "licence_number",
    ClaimKind.SIP3MI_NUMBER: "licence_number",
    ClaimKind.COMPANY: "agency",
}


_AT_HOME = frozenset(("pt", "cv"))  # legal forms of Indonesia


def company(written: str) -> str:
    """The one spelling under which a company the register does not hold is found again, whoever writes it in capitals."""
    return " ".join(written.upper().split())


def leads(read: domain.Reading, check: domain.LicenceCheck) -> list[domain.Claim]:
    """What leads from this post to others: the claims an indicator is made of, each place once, in the register's form where it has one."""
    resolved = [claim for claim in check.claims if claim.kind in _INDICATORS]
    named = [claim for claim in read.claims if claim.kind in _INDICATORS and not _is_marked(claim, resolved)]
    return [*named, *read.of(ClaimKind.EMAIL), *resolved]


def indicators(read: domain.Reading, check: domain.LicenceCheck) -> list[dict[str, Any]]:
    """What can be looked up and linked, in the order of the text; names and numbers in the register's form. The kinds are those that
    `assess` promises: an e-mail address is an indicator of the product and not among them.

    Where the check and the reader marked the same place, the check's form counts.
    """
    kept = [claim for claim in leads(read, check) if claim.kind in _INDICATORS and not _is_foreign(claim, read)]
    kept.sort(key=lambda claim: (claim.source != "text", claim.source, claim.span))
    return [
        {
            "kind": _INDICATORS[claim.kind],
            "value": claim.value,
            "span": list(claim.span),
            "source": claim.source,
            "confidence": round(claim.confidence, 2),
            **({"box": list(box)} if (box := claim.box or read.box(claim.source, claim.span)) else {}),
        }
        for claim in kept
    ]


def _is_foreign(claim: domain.Claim, read: domain.Reading) -> bool:
    """A foreign firm, employer or recruiter, is no agency; one the register holds is one, however it is called. A company of Indonesia
    that sends its own staff abroad is named."""
    employer = claim.role == CompanyRole.EMPLOYER and claim.detail.get("form") not in _AT_HOME
    return employer or ("foreign" in claim.detail and claim in read.claims)


def _is_marked(claim: domain.Claim, resolved: Sequence[domain.Claim]) -> bool:
    return any(
        _INDICATORS[other.kind] == _INDICATORS[claim.kind]
        and other.source == claim.source
        and other.span[0] < claim.span[1]
        and claim.span[0] < other.span[1]
        for other in resolved
    )
