"""The dossier of a case: what a person reads of it on paper, in Indonesian. What it is about, who decided, the timeline, law and elements,
each post with what was read in it, the register as of that day, referrals, preserved files.

Of a masked package every line of it goes through `Cut`. Nothing is said that the database does not hold, and internal notes are in none.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from patrol import models, sources, triage
from patrol.cases import analysing, homes, register_rows, ticking
from patrol.cases.channels import CHANNELS
from patrol.cases.packages import gathering, renditions
from patrol.cases.packages.cutting import Cut, Words
from patrol.cases.packages.gathering import Gathered, Kept
from patrol.domain import LAW_ZONE, Sentence
from patrol.domain.states import CaseState, FlagState, ReferralState
from patrol.domain.words import long_day
from patrol.engine import masks
from patrol.evidence import minutes
from patrol.infra import printing
from patrol.models import CaseEventKind, CaseKind, CaseOutcome, Outcome

TITLE: Final = "Berkas Perkara"
_LONGEST: Final = 6_000  # characters of a post on paper; its whole text is in the package
_KINDS: Final = {
    CaseKind.COMPOUND: "Perekrutan untuk pusat penipuan daring",
    CaseKind.DOMESTIC: "Pekerjaan rumah tangga di luar negeri",
    CaseKind.SQUID_BOATS: "Kapal cumi",
    CaseKind.AID_FRAUD: "Penipuan bantuan",
    CaseKind.MISUSED_NAME: "Pencatutan nama P3MI",
    CaseKind.WITHOUT_SIP: "P3MI tanpa SIP",
    CaseKind.OTHER: "Lainnya",
}
_STATES: Final = {
    CaseState.OPENED: "dibuka, pada kantor",
    CaseState.ESCALATED: "dieskalasi, belum diambil analis",
    CaseState.IN_ANALYSIS: "dianalisis di direktorat",
    CaseState.REFERRED: "dirujuk",
    CaseState.CLOSED: "ditutup",
}
_OUTCOMES: Final = {
    CaseOutcome.ACTED_UPON: "ditindaklanjuti",
    CaseOutcome.REFUSED: "ditolak oleh yang dimintai",
    CaseOutcome.UNFOUNDED: "tidak terbukti",
    CaseOutcome.HANDED_OVER: "diserahkan kepada instansi lain",
    CaseOutcome.VICTIM_PROTECTED: "korban dilindungi",
    CaseOutcome.MERGED: "digabung ke perkara lain",
    CaseOutcome.WITHDRAWN: "dibatalkan bersama keputusannya",
    CaseOutcome.NOT_TOLD: "hasil tidak dicatat",
}
# Events of the timeline that are said; notes, messages, tasks and ticks are not, the ticks stand under the law.
_EVENTS: Final = {
    CaseEventKind.OPENED: "Perkara dibuka",
    CaseEventKind.FLAG_ADDED: "Tanda ditambahkan",
    CaseEventKind.FLAG_REMOVED: "Tanda dikeluarkan",
    CaseEventKind.ESCALATED: "Dieskalasi ke direktorat",
    CaseEventKind.TAKEN: "Diambil analis",
    CaseEventKind.PASSED_ON: "Diteruskan",
    CaseEventKind.RETURNED: "Dikembalikan ke kantor",
    CaseEventKind.KIND_SET: "Jenis perkara ditetapkan",
    CaseEventKind.REFERRED: "Rujukan dikirim",
    CaseEventKind.CAME_BACK: "Yang pernah dirujuk ada lagi",
    CaseEventKind.CLOSED: "Perkara ditutup",
    CaseEventKind.REOPENED: "Perkara dibuka kembali",
    CaseEventKind.ATTACHED: "Lampiran ditambahkan",
    CaseEventKind.ATTACHMENT_WITHDRAWN: "Lampiran ditarik",
    CaseEventKind.MERGED: "Perkara lain digabungkan",
    CaseEventKind.UNMERGED: "Penggabungan dibatalkan",
    CaseEventKind.LINK_DOWN: "Tautan tidak dapat dibuka lagi",
    CaseEventKind.LINK_BACK: "Tautan dapat dibuka lagi",
    CaseEventKind.SEEN_AGAIN: "Terlihat lagi dengan nama lain",
    CaseEventKind.NOT_AGAIN: "Dinyatakan bukan yang sama",
    CaseEventKind.CORRECTED: "Dikoreksi setelah keberatan",
}
_DECIDED: Final = {
    Outcome.CONFIRMED: "Dikonfirmasi",
    Outcome.DISMISSED: "Tidak ditindaklanjuti",
    Outcome.NEEDS_INFORMATION: "Perlu keterangan",
    Outcome.VICTIM: "Orang yang mungkin korban, untuk pelindungan",
    Outcome.REVERSED: "Keputusan ditarik kembali",
}
_FLAGS: Final = {
    FlagState.PARKED: "diparkir",
    FlagState.WAITING: "menunggu keputusan",
    FlagState.NEEDS_INFORMATION: "perlu keterangan",
    FlagState.CONFIRMED: "dikonfirmasi",
    FlagState.DISMISSED: "tidak ditindaklanjuti",
}
_LEVELS: Final = {"high": "tinggi", "medium": "sedang", "low": "rendah", "none": "tidak ada"}
_REFERRALS: Final = {
    ReferralState.DRAFT: "konsep",
    ReferralState.SUBMITTED: "diajukan, menunggu persetujuan",
    ReferralState.APPROVED: "disetujui, belum dikirim",
    ReferralState.SENT: "dikirim",
    ReferralState.RECEIVED: "diterima",
    ReferralState.CONTACT_FAILED: "tidak sampai",
    ReferralState.NO_RESPONSE: "tidak dijawab sampai batas waktunya",
    ReferralState.CLARIFICATION_ASKED: "diminta keterangan tambahan",
    ReferralState.ACCEPTED: "diterima untuk ditindaklanjuti",
    ReferralState.PARTLY_DONE: "ditindaklanjuti sebagian",
    ReferralState.ACTED_UPON: "ditindaklanjuti",
    ReferralState.REFUSED: "ditolak",
    ReferralState.WITHDRAWN: "ditarik",
}
WITHHELD: Final = {
    gathering.MASKED: "berkas asli tidak dimuat dalam versi tersamar",
    "harmed": "ditahan: memuat atau dapat memuat orang yang mungkin korban",
    "erased": "ditahan: isi suatu unggahan di dalamnya sudah dihapus",
    "missing": "berkas tidak ada lagi",
    "unreadable": "berkas tidak terbaca",
    "changed": "berkas tidak sama dengan catatannya",
}
HOW: Final = {renditions.BLURRED: "gambar kabur", renditions.TEXT: "teks tersamar"}


type Act = tuple[str, list[models.CustodyEntry]]  # its digest, its entries


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a post's words; `mark`: what a reader took it for, "" for nothing."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A preserved file as the dossier lists it, and as the package does."""

    kept: Kept
    file: str = ""  # its name in the package, "" where it is withheld
    withheld: str = ""
    masked: str = ""
    how: str = ""


def context(
    found: Gathered,
    files: Sequence[Row],
    acts: Sequence[Act],
    cut: Cut,
    *,
    by: models.Person,
    purpose: str,
    now: datetime,
    unsealed: Sentence | None = None,
) -> dict[str, Any]:
    """What is printed, as plain values; `acts`: of custody, those that the package holds; `unsealed`: why what is new was not sealed
    before. About fifteen queries, and four for each post."""
    case = found.case
    readings = renditions.readings_of(found.versions)
    return {
        "title": TITLE,
        "number": case.number,
        "masked": cut.masked,
        "made": _moment(now),
        "by": _person(by),
        "purpose": cut.said(purpose),
        "about": [
            ("Judul", cut.said(case.title)),
            ("Jenis", _kind(case)),
            ("Kantor", case.office.name),
            ("Keadaan", _STATES[CaseState(case.state)] + (f": {_OUTCOMES[CaseOutcome(case.outcome)]}" if case.outcome else "")),
            ("Dibuka", f"{_moment(case.opened_at)} oleh {_person(case.opened_by)}"),
            ("Penanggung jawab", _person(case.responsible) if case.responsible else ""),
            ("Unggahan", str(len(found.flags))),
        ],
        "events": _events(case),
        "law": _law(found, cut),
        "posts": [_post(flag, found, readings, cut) for flag in found.flags],
        "referrals": _referrals(case, cut),
        "files": [_file(one, cut) for one in files],
        "withheld": sum(not one.file for one in files),
        "custody": _custody(acts, cut),
        "acts_withheld": len(found.acts) - len(acts) + found.elsewhere,
        "looks": found.looks,
        "unsealed": "" if unsealed is None else unsealed.id,
    }


def _kind(case: models.Case) -> str:
    """A case begins as "other": that says nothing until somebody chose it."""
    if case.kind == CaseKind.OTHER and not case.events.filter(kind=CaseEventKind.KIND_SET).exists():
        return "belum ditentukan"
    return _KINDS[CaseKind(case.kind)]


def html(told: Mapping[str, Any]) -> str:
    return render_to_string("letters/dossier.html", {"dossier": told, "letter": {"referral": told["number"]}, "css": _css()})


def pdf(told: Mapping[str, Any]) -> bytes:
    """Raises printing.NoPdfError."""
    return printing.pdf(html(told), pdf_variant="pdf/ua-1")


@functools.cache
def _css() -> str:
    return (settings.BASE_DIR / "static" / "letter.css").read_text()


def _moment(at: datetime | None) -> str:
    return f"{long_day(at.astimezone(LAW_ZONE).date())} pukul {at.astimezone(LAW_ZONE):%H.%M} WIB" if at else ""


def _person(person: models.Person) -> str:
    return f"{person.name} ({minutes.ROLES.get(models.Role(person.role), person.role)}, {person.office.name})"


def _events(case: models.Case) -> list[dict[str, str]]:
    rows = models.CaseEvent.objects.filter(case__in=homes.within(case), kind__in=list(_EVENTS))
    rows = rows.select_related("by__office", "flag", "case", "other", "to__office").order_by("at", "id")
    return [
        {
            "at": _moment(row.at),
            "what": _EVENTS[CaseEventKind(row.kind)],
            "which": ", ".join(
                part
                for part in (
                    row.flag.number if row.flag else "",
                    row.other.number if row.other else "",
                    row.note if row.kind == CaseEventKind.REFERRED else "",
                    _OUTCOMES[CaseOutcome(row.outcome)] if row.outcome else "",
                    _KINDS[CaseKind(row.case_kind)] if row.case_kind else "",
                    f"kepada {_person(row.to)}" if row.to else "",
                    f"dalam {row.case.number}" if row.case_id != case.pk else "",
                )
                if part
            ),
            "who": _person(row.by) if row.by else "Sistem",
        }
        for row in rows
    ]


def _law(found: Gathered, cut: Cut) -> list[dict[str, Any]]:
    """Paragraph by paragraph; what somebody harmed posted and what was erased is in none."""
    articles = ticking.chosen(found.case)
    flags = [flag for flag in found.flags if flag.post_id not in found.harmed and not _blank(flag, found)]
    told = analysing.analysis(found.case, articles=articles, flags=flags)
    return [{"flag": one.flag.number, "lines": [cut.said(sentence.id) for sentence in one.sentences]} for one in told]


def _blank(flag: models.Flag, found: Gathered) -> bool:
    """Whether what it was decided on was erased."""
    return flag.current_check.reading.version_id in found.erased


def _post(flag: models.Flag, found: Gathered, readings: Mapping[int, models.ReadingClaims], cut: Cut) -> dict[str, Any]:
    post, check = flag.post, flag.current_check
    if flag.post_id in found.harmed:  # platform and minute alone find a public post
        return {"number": flag.number, "closed": True}
    erased = _blank(flag, found)
    version = check.reading.version
    about = [
        ("Platform", sources.called(post.platform).id),
        ("Alamat", "" if erased else cut.link(post.url)),
        ("Diunggah", _moment(post.posted_at) or "tidak diketahui"),
        ("Pertama terlihat", _moment(post.first_seen)),
        ("Keadaan", _FLAGS[FlagState(flag.state)]),
        ("Tingkat", _LEVELS.get(flag.level, flag.level)),
        ("Hari yang dicek", long_day(check.day)),
    ]
    decisions = flag.decisions.select_related("by__office").order_by("id")
    # A sentence on a post quotes it: what was erased is in none.
    reasons = [] if erased else [cut.said(one.reason_id) for one in check.findings.order_by("-points", "id")]
    return {
        "number": flag.number,
        "closed": False,
        "erased": erased,
        "about": [(name, words) for name, words in about if words],
        "decisions": [_decision(one) for one in decisions],
        "check": "" if erased else cut.said(check.reason_id),
        "reasons": reasons,
        "register": [] if erased else [cut.said(row.said.id) for row in register_rows.of_check(check)],
        "words": [] if erased else [parts(words, cut) for words in renditions.words_of(version, readings.get(version.pk)) if words.text],
    }


def _decision(one: models.Decision) -> str:
    with translation.override("id"):
        reason = str(triage.reason_said(one.outcome, one.reason))
    said = _DECIDED.get(Outcome(one.outcome), one.outcome)
    return f"{said}{f' ({reason})' if reason else ''}: {_person(one.by)}, {_moment(one.at)}"


def parts(words: Words, cut: Cut) -> list[Part]:
    """The words in stretches, what was read in them marked by its kind."""
    text = words.text
    claims = [dict(one) for one in words.claims if one["source"] == words.source]
    cuts = {}
    if cut.masked:
        places = masks.places(text, masks.contacts_of(claims, words.source), masks.known_of(claims, words.source))
        cuts = {place.start: (place.end, place.instead) for place in places}
    taken = sorted((start, end) for start, (end, _instead) in cuts.items())
    marks = {}
    reach = 0
    for one in sorted(claims, key=lambda claim: (claim["start"], -claim["end"])):
        start, end = one["start"], one["end"]
        across = any(start < e and s < end and (s, e) != (start, end) for s, e in taken)
        if start >= reach and start < end <= len(text) and not across:
            marks[start] = (end, analysing.CLAIMS[one["kind"]].id if one["kind"] in analysing.CLAIMS else "")
            reach = end
    found: list[Part] = []
    at = 0
    for start in sorted({*cuts, *marks}):
        if start < at:
            continue
        if start >= _LONGEST:
            break
        end, mark = marks.get(start, (0, ""))
        stop, instead = cuts.get(start, (end, text[start:end]))
        found += [Part(cut.known_out(text[at:start]) if cut.masked else text[at:start])] if at < start else []
        found.append(Part(cut.known_out(instead) if cut.masked else instead, mark or ("kontak" if start in cuts else "")))
        at = max(stop, end)
    rest = text[at : max(at, _LONGEST)] if len(text) > _LONGEST else text[at:]
    if rest:
        found.append(Part((cut.known_out(rest) if cut.masked else rest) + ("…" if len(text) > max(at, _LONGEST) else "")))
    return found


def _referrals(case: models.Case, cut: Cut) -> list[dict[str, str]]:
    rows = models.Referral.objects.filter(case__in=homes.within(case)).select_related("approved_by__office").order_by("id")
    return [
        {
            "number": row.number,
            "to": CHANNELS[row.channel].name.id if row.channel in CHANNELS else row.channel,
            "letter": cut.said(row.letter_number),
            "state": _REFERRALS[ReferralState(row.state)],
            "approved": f"{_person(row.approved_by)}, {_moment(row.approved_at)}" if row.approved_by else "",
            "sent": _moment(row.sent_at),
            "answered": _moment(row.answered_at),
        }
        for row in rows
    ]


def _file(one: Row, cut: Cut) -> dict[str, Any]:
    row = one.kept.capture
    closed = one.withheld == gathering.HARMED
    return {
        "id": str(row.pk),
        "kind": minutes.CLOSED if closed else minutes.KINDS.get(row.kind, row.kind),
        "title": "" if closed else cut.said(one.kept.attachment),
        "received": "" if closed else _moment(row.received_at),
        "length": f"{row.length:,} byte".replace(",", "."),
        "sha256": row.sha256,
        "file": one.file,
        "withheld": WITHHELD.get(one.withheld, ""),
        "masked": one.masked,
        "how": HOW.get(one.how, ""),
    }


def _custody(kept: Sequence[Act], cut: Cut) -> list[dict[str, str]]:
    acts = {
        "taken": "Salinan diambil",
        "handed_over": "Diserahkan",
        "exported": "Diekspor",
        "refused": "Tidak dapat dibuka: berkas tidak utuh",
    }
    people = models.Person.objects.select_related("office").in_bulk({row.by_id for _digest, rows in kept for row in rows})
    return [
        {
            "at": _moment(rows[0].at),
            "what": acts.get(rows[0].act, rows[0].act),
            "many": str(len(rows)),
            "who": _person(people[rows[0].by_id]),
            "to": cut.said(rows[0].recipient),
            "minutes": rows[0].minutes.number if rows[0].minutes else "",
        }
        for _digest, rows in kept
    ]
