"""The packet of a referral: its lines with what shows them, what it still lacks, and the file that goes out.

Values in full leave this module in the file alone, which is a look at contacts (`referrals.packet`); pages mask what they show.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from patrol import domain, models, sources
from patrol.cases import channels
from patrol.cases.channels import CHANNELS, shared
from patrol.domain import LAW_ZONE, Sentence
from patrol.domain.referrals import Channel, Column, Fact, ItemKind, Proof
from patrol.domain.states import FlagState
from patrol.engine.licences import sentences
from patrol.infra import spreadsheets
from patrol.models import ObjectionOutcome

MOST: Final = 200  # lines of one packet: it is put together while somebody waits

# What is preserved of a post to show it with: its archived page or a screenshot, made for it or brought by the one who saw it.
_COPIES: Final = """
SELECT c.sha256, c.received_at FROM patrol_capture c WHERE c.post_id = f.post_id AND c.kind IN ('page', 'screenshot')
UNION ALL SELECT c.sha256, c.received_at FROM patrol_postversion v JOIN patrol_capture c ON c.id = v.capture_id
WHERE v.post_id = f.post_id AND c.kind = 'page'
"""
_NEWEST: Final = "ORDER BY received_at DESC, sha256 LIMIT 1"  # of two of one moment always the same one
_COPY: Final = f"{_COPIES}{_NEWEST}\n"
_COPIES_AT: Final = f"""
SELECT f.post_id, c.sha256 FROM unnest(%s::bigint[]) AS f(post_id) CROSS JOIN LATERAL (
    SELECT sha256 FROM ({_COPIES}) AS each WHERE received_at <= %s {_NEWEST}) AS c
"""  # noqa: S608 -- our own names


def with_copy(sql: str) -> str:
    """The statement with the sub-select in its place; `f.post_id` is the post."""
    return sql.replace("COPY_OF_THE_POST", _COPY)


_LINES = with_copy("""
SELECT i.id, i.kind, i.value, i.mark, i.flag_id, i.indicator_id, i.protection_id, f.number, f.state, f.post_id,
    p.platform, p.external_id, p.url, p.posted_at, k.verdict, k.contact_own, k.register_date, k.licence_number,
    k.reading_id,
    COALESCE(r.reason_id, ''), COALESCE(r.reason_en, ''), COALESCE(c.sha256, ''), c.received_at
FROM patrol_referralitem i JOIN patrol_flag f ON f.id = i.flag_id JOIN patrol_post p ON p.id = f.post_id
JOIN patrol_licencecheck k ON k.id = f.current_check_id
LEFT JOIN LATERAL (
    SELECT reason_id, reason_en FROM patrol_finding WHERE check_of_id = k.id ORDER BY points DESC, id LIMIT 1) r ON true
LEFT JOIN LATERAL (COPY_OF_THE_POST) c ON true
WHERE i.referral_id = %s ORDER BY i.id
""")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with the post that shows it, as both stand now."""

    id: int
    kind: str
    value: str
    mark: str
    flag_id: int
    indicator_id: int | None
    protection_id: int | None
    flag: str  # number
    state: str
    post_id: int
    platform: str
    external_id: str
    url: str
    posted_at: datetime | None
    verdict: str
    contact_own: bool | None
    register_date: Any
    licence_number: str
    reading_id: int
    reason_id: str
    reason_en: str
    sha256: str  # of the copy; "" where there is none
    captured_at: datetime | None


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a packet from being complete: in a line (its `place` from 1), or of the packet as a whole (`fact`, else "")."""

    words: Any
    place: int = 0
    line: Line | None = None
    fact: str = ""


def lines(referral: models.Referral) -> list[Line]:
    """One query, however many there are."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [referral.pk])
        return [Line(*row) for row in cursor.fetchall()]


def copies_at(post_ids: Sequence[int], at: datetime) -> dict[int, str]:
    """post id -> SHA-256 of the copy that `lines` named at that moment. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COPIES_AT, [list(post_ids), at])
        return dict(cursor.fetchall())


def digest(referral: models.Referral, of: Sequence[Line], edition: models.ChannelEdition | None) -> str:
    """Of all that is asked, in which columns, and where it is mailed. What was found complete, approved and sent has the same one."""
    said: dict[str, Any] = {
        "channel": referral.channel,
        "round": referral.round,
        "target": referral.target,
        "urgent": referral.urgent,
        "together": referral.together,
        "facts": referral.facts,
        "lines": [[line.kind, line.value, line.mark, line.flag] for line in of],
    }
    if edition is not None:  # none: submitted before there were editions
        said |= {"edition": edition.number, "columns": edition.columns, "mail": channels.address(edition, referral.target)}
    if referral.corrects_id is not None:
        said["corrects"] = referral.corrects_id
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


# --- what it says -----------------------------------------------------------------------------------

# A correction names its lines and says what was wrong. It says nothing again of what was held against them.
_NAMING: Final = frozenset({"no", "kind", "value", "check", "bank", "account_number", "id", "platform", "post_url", "flag"})


def facts(referral: models.Referral) -> tuple[Fact, ...]:
    """What a person writes for this packet: what its channel asks for; of a correction the letter, who answers, and the correction."""
    channel = CHANNELS[referral.channel]
    if referral.corrects_id is None:
        return channel.facts
    return (*(fact for fact in channel.facts if fact.key in {"letter", "contact"}), shared.CORRECTION)


def columns(referral: models.Referral) -> tuple[Column, ...]:
    found = channels.way(referral).columns
    return found if referral.corrects_id is None else tuple(one for one in found if one.key in _NAMING)


def asks(referral: models.Referral) -> Sentence:
    """For what; a correction takes back or puts right what another referral said."""
    if referral.corrects is None:
        return CHANNELS[referral.channel].asks
    return shared.corrects(referral.corrects.number)


def correction_facts(of: models.Referral, items: Sequence[models.ReferralItem], objection: models.Objection) -> dict[str, str]:
    """A beginning for whoever writes it, in Indonesian, as the packet is."""
    flags = ", ".join(models.Flag.objects.filter(pk__in=[item.flag_id for item in items]).order_by("pk").values_list("number", flat=True))
    upheld = objection.outcome == ObjectionOutcome.UPHELD
    what = "keliru dan permohonan untuk baris ini ditarik kembali" if upheld else "memuat keterangan yang keliru"
    said = f"Penandaan {flags} yang disampaikan dengan {of.number} {what}. {objection.put_right}"
    kept = {"contact": of.facts["contact"]} if of.facts.get("contact") else {}
    return kept | {"correction": said[: shared.CORRECTION.most]}


# --- what it lacks ----------------------------------------------------------------------------------

_PROOFS: Final[dict[Proof, tuple[Callable[[Line], bool], Any]]] = {
    Proof.COPY: (lambda line: bool(line.sha256), _("no page or screenshot of the post is preserved")),
    Proof.IDENTITY: (lambda line: bool(line.external_id and line.url), _("the post has no address or no id of its platform")),
    Proof.SOURCE: (lambda line: bool(line.reason_id), _("no rule gave a reason for the post")),
    Proof.REGISTER: (lambda line: line.register_date is not None, _("the post was checked against no register")),
}
_NOT_CONFIRMED = _("the post is not confirmed by a person any more")


def missing(referral: models.Referral, of: Sequence[Line]) -> list[Missing]:
    """What this packet lacks, the packet as a whole first, then line by line. Empty: it is complete."""
    channel = CHANNELS[referral.channel]
    found = []
    if channel.targets is not None and not referral.target.strip():
        found.append(Missing(channel.targets, fact="target"))
    found += [Missing(fact.title, fact=fact.key) for fact in facts(referral) if not str(referral.facts.get(fact.key, "")).strip()]
    if not of:
        found.append(Missing(_("no line was chosen")))
    if referral.corrects_id is not None:  # of posts that are confirmed no more, and it proves nothing
        return found
    for place, line in enumerate(of, 1):
        if line.kind != ItemKind.PERSON and line.state != FlagState.CONFIRMED:
            found.append(Missing(_NOT_CONFIRMED, place, line))
        found += [Missing(words, place, line) for proof, (there, words) in _PROOFS.items() if proof in channel.proofs and not there(line)]
    return found


# --- the file ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """What a cell is made from."""

    line: Line
    place: int
    referral: models.Referral
    holder: str
    value: str


def _moment(at: datetime | None) -> str:
    return at.astimezone(LAW_ZONE).isoformat(timespec="seconds") if at else ""


def check(value: str) -> str:
    """The first eight letters of the SHA-256 of a value: who types it off can tell whether an l was a 1."""
    return hashlib.sha256(value.encode()).hexdigest()[:8]


CELLS: Final[dict[str, Callable[[_Row], str]]] = {
    "no": lambda row: str(row.place),
    "kind": lambda row: KINDS[row.line.kind],
    "value": lambda row: row.value,
    "check": lambda row: check(row.value),
    "bank": lambda row: row.value.rpartition(" ")[0],
    "account_number": lambda row: row.value.rpartition(" ")[2],
    "holder": lambda row: row.holder,
    "used_for": lambda row: str(row.referral.facts.get("used_for", "")),
    "agreed": lambda row: str(row.referral.facts.get("agreed", "")),
    "id": lambda row: row.line.external_id,
    "platform": lambda row: sources.called(row.line.platform).id,  # the bodies asked read Indonesian, here and below
    "post_url": lambda row: row.line.url,
    "posted": lambda row: _moment(row.line.posted_at),
    "captured": lambda row: _moment(row.line.captured_at),
    "sha256": lambda row: row.line.sha256,
    "verdict": lambda row: sentences.title(row.line.verdict, row.line.contact_own).id,
    "register": lambda row: row.line.register_date.isoformat() if row.line.register_date else "",
    "licence_number": lambda row: row.line.licence_number,
    "reason": lambda row: row.line.reason_id,
    "flag": lambda row: row.line.flag,
}
KINDS: Final[dict[str, str]] = {  # in what goes out: the bodies asked read Indonesian
    ItemKind.LINK: "tautan",
    ItemKind.PHONE: "nomor telepon",
    ItemKind.BANK_ACCOUNT: "rekening",
    ItemKind.ACCOUNT: "akun",
    ItemKind.EMAIL: "alamat surel",
    ItemKind.AGENCY: "P3MI",
    ItemKind.PERSON: "orang",
}


def _inert(cell: str, key: str) -> str:
    """No spreadsheet takes it for a formula. A telephone number keeps its plus: what stands there was read as a number."""
    number = key == "value" and cell[:1] == "+" and cell[1:].isdigit()
    return cell if number else spreadsheets.cell(cell)


def rows(referral: models.Referral, of: Sequence[Line]) -> list[dict[str, str]]:
    """The cells of each line, by column. Two queries at most beside the lines."""
    holders = _holders(of)
    persons = _persons(of)
    given = [
        _Row(line, place, referral, holders.get((line.reading_id, line.value), ""), persons.get(line.reading_id) or line.url)
        if line.kind == ItemKind.PERSON
        else _Row(line, place, referral, holders.get((line.reading_id, line.value), ""), line.value)
        for place, line in enumerate(of, 1)
    ]
    wanted = columns(referral)
    return [{column.key: CELLS[column.key](row) for column in wanted} for row in given]


def _holders(of: Sequence[Line]) -> dict[tuple[int, str], str]:
    """Of bank accounts the name they are said to be in, where the post says it."""
    wanted = {line.reading_id for line in of if line.kind == ItemKind.BANK_ACCOUNT}
    if not wanted:
        return {}
    read = models.ReadingClaims.objects.filter(reading__in=wanted).values_list("reading_id", "claims")
    return {
        (key, claim["value"]): claim["detail"].get("holder", "")
        for key, claims in read
        for claim in claims
        if claim["kind"] == domain.ClaimKind.BANK_ACCOUNT and claim.get("detail")
    }


def _persons(of: Sequence[Line]) -> dict[int, str]:
    """Of people harmed the account they wrote by, as it stands now: nothing of it is kept with the referral."""
    wanted = {line.reading_id: line.platform for line in of if line.kind == ItemKind.PERSON}
    if not wanted:
        return {}
    texts = models.PostText.objects.filter(version__readings__in=wanted).exclude(author="")
    return {key: f"{wanted[key]}:{author}" for key, author in texts.values_list("version__readings", "author") if key in wanted}


def confirmation(channel: Channel) -> models.ChannelConfirmation | None:
    """The newest that holds for the columns as they are."""
    return models.ChannelConfirmation.objects.filter(channel=channel.key, digest=channels.digest(channel)).order_by("-id").first()


def files(
    referral: models.Referral, of: Sequence[Line], *, confirmed: models.ChannelConfirmation | None, analyses: Sequence[Sequence[str]] = ()
) -> list[tuple[str, bytes]]:
    """The lines as CSV and JSON: a name and its bytes each. `analyses`: what the annex says of the articles, line by line; it stands in
    the JSON, for the columns of the CSV are those the body asked has agreed to."""
    filled = rows(referral, of)
    return [("daftar.csv", _csv(referral, filled)), ("paket.json", _json(referral, filled, confirmed, analyses))]


def sha256(referral: models.Referral, of: Sequence[Line]) -> str:
    """Of the packet as it is now."""
    return hashlib.sha256(packed(referral, of, confirmed=confirmation(channels.way(referral)))).hexdigest()


def packed(referral: models.Referral, of: Sequence[Line], *, confirmed: models.ChannelConfirmation | None) -> bytes:
    """CSV and JSON in a ZIP, the same bytes for the same content."""
    return zipped(referral.number, files(referral, of, confirmed=confirmed))


def zipped(folder: str, content_of: Sequence[tuple[str, bytes]]) -> bytes:
    """These files by name, in a folder of that name. The same bytes for the same content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in content_of:
            # A PDF is mostly pictures, and those are packed already.
            kind = zipfile.ZIP_STORED if name.endswith(".pdf") else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}"), content, kind)
    return out.getvalue()


def _csv(referral: models.Referral, filled: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_ALL)
    table.writerow([column.title for column in columns(referral)])
    table.writerows([[_inert(cell, key) for key, cell in row.items()] for row in filled])
    return text.getvalue().encode("utf-8-sig")


def _json(
    referral: models.Referral,
    filled: Sequence[dict[str, str]],
    confirmed: models.ChannelConfirmation | None,
    analyses: Sequence[Sequence[str]],
) -> bytes:
    channel = CHANNELS[referral.channel]
    corrects = referral.corrects
    told = {
        "number": referral.number,
        "letter": referral.letter_number,
        "round": referral.round,
        "channel": channel.key,
        "asks": asks(referral).id,
        **(
            {"corrects": {"number": corrects.number, "their_number": corrects.their_number, "sent": _moment(corrects.sent_at)}}
            if corrects
            else {}
        ),
        "to": referral.target or channel.name.id,
        "urgent": referral.urgent,
        "together": referral.together,
        "facts": referral.facts,
        "columns": [{"key": column.key, "title": column.title} for column in columns(referral)],
        "columns_confirmed": {"letter": confirmed.letter, "day": confirmed.day.isoformat()} if confirmed and not corrects else None,
        "check": "first 8 characters of SHA-256 over the value in UTF-8",
        "lines": [row | {"analysis": list(said)} for row, said in zip(filled, analyses, strict=True)] if analyses else filled,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
