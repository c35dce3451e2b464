"""The letter of a referral: what its template says, with its slots filled from the packet, the ticks and the office's letterhead.

A template is text. Its slots are a fixed set of names that are replaced once, in one pass: nothing in a template, and nothing that is put
into one, is ever run. A slot that stays empty is named; a letter that has one is neither submitted nor approved.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit, looks
from patrol.cases import analysing, channels, homes, packets
from patrol.cases.channels import CHANNELS
from patrol.domain import LAW_ZONE
from patrol.domain.keepable import keepable
from patrol.domain.referrals import ItemKind, Proof
from patrol.domain.words import long_day
from patrol.engine import masks
from patrol.infra import series, wall
from patrol.infra.refusals import RefusedError
from patrol.models import Ending, OfficeKind

MOST_BODY: Final = 6_000  # characters of a template
MOST_LINES: Final = 1_000  # of what stands above and below it
CORRECTION: Final = "correction"  # stands in the place of a channel: what a correction says is the same to each body
PENDING: Final = "…"  # stands for the running number until one is taken

SLOTS: Final[Mapping[str, Any]] = {
    "tujuan": _("to whom, as the referral says"),
    "jumlah": _("how many lines, by their kind"),
    "batas": _("the channel's time"),
    "kontak": _("contact person"),
    "uraian": _("what happened, in short"),
    "pertanyaan": _("what is asked"),
    "persetujuan": _("what the person agreed to"),
    "koreksi": _("of a correction: what was wrong and what is right"),
    "dikoreksi": _("of a correction: number of the referral or letter it corrects"),
    "rangkaian": _("why the lines belong together"),
    "pasal": _("articles of which an element is ticked"),
    "analisis": _("the legal analysis, from the ticks"),
    "kantor": _("name of the office"),
    "perkara": _("number of the case"),
    "rujukan": _("number of the referral"),
    "nomor": _("number of the letter"),
    "tanggal": _("date of the letter"),
    "hal": _("subject of the letter"),
}
# What stands around the words of a template; empty it is named like a slot.
FRAME: Final[Mapping[str, Any]] = {"kop": _("the office's letterhead"), "templat": _("the channel's template")}
_FACTS: Final = {"kontak": "contact", "uraian": "facts", "pertanyaan": "questions", "persetujuan": "agreed", "koreksi": "correction"}
_SLOT: Final = re.compile(r"\{\{\s*([^{}?]*?)\s*(\?)?\s*\}\}")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_OF_NOBODY: Final = frozenset({"value", "check"})  # columns of somebody harmed that stand in no letter
_SAID_ELSEWHERE: Final = frozenset({"no", "flag", "kind", "verdict"})  # at the head of an entry, or in the words of its reason


@dataclass(frozen=True, slots=True)
class Entry:
    """What the annex says of one line."""

    place: int
    kind: str
    flag: str
    value: str  # in full; "" of somebody harmed
    check: str
    cells: tuple[tuple[str, str, str], ...]  # key, title, words
    analysis: tuple[str, ...]
    picture: str  # SHA-256 of the screenshot, "" where there is none; the first line of a post has it
    copy: str  # SHA-256 of the preserved copy
    name: str  # of the copy in the list of hashes
    same_as: int = 0  # the line that shows the same post


@dataclass(frozen=True, slots=True)
class Letter:
    """All that letter and annex say. `blanks`: slots that stayed empty; `cited`: editions of articles it names."""

    kop: tuple[str, ...]
    address: str
    number: str
    place: str
    day: str
    nature: str
    enclosed: str
    subject: str
    addressee: tuple[str, ...]
    body: tuple[str, ...]
    signer_title: str
    signer_name: str
    copies: tuple[str, ...]
    referral: str
    entries: tuple[Entry, ...] = ()
    blanks: tuple[str, ...] = ()
    cited: tuple[int, ...] = ()
    mark: str = ""  # analysing.MARK, where an edition is confirmed by nobody
    template: models.LetterTemplate | None = field(default=None, compare=False)
    letterhead: models.Letterhead | None = field(default=None, compare=False)

    @property
    def digest(self) -> str:
        rows = ("template", "letterhead")
        said = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in rows}
        said["entries"] = [asdict(one) for one in self.entries]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def words(self) -> str:
        """Whatever a person can read in it."""
        own = (*self.kop, self.address, self.subject, *self.addressee, *self.body, *self.copies, self.signer_title, self.signer_name)
        of = [part for one in self.entries for part in (one.value, *(words for _key, _title, words in one.cells), *one.analysis)]
        return "\n".join((*own, *of))


# --- editions ---------------------------------------------------------------------------------------


def with_letter() -> list[str]:
    return [*(key for key, channel in CHANNELS.items() if channel.letter), CORRECTION]


def template_of(channel: str) -> models.LetterTemplate | None:
    """The newest edition."""
    return models.LetterTemplate.objects.select_related("by").filter(channel=channel).order_by("-id").first()


def _kind_of(referral: models.Referral) -> str:
    return referral.channel if referral.corrects_id is None else CORRECTION


def letterhead_of(office_id: int) -> models.Letterhead | None:
    return models.Letterhead.objects.select_related("office", "by").filter(office=office_id).order_by("-id").first()


def slots_of(*texts: str) -> list[str]:
    """The names that stand in double braces, each once, as they are written."""
    return list(dict.fromkeys(match[1] for text in texts for match in _SLOT.finditer(text)))


def enter(
    *, channel: str, code: str, subject: str, addressee: str, body: str, copies: str, seen: int, by: models.Person, now: datetime
) -> models.LetterTemplate:
    """A further edition of a channel's letter. `seen`: the newest edition the page showed, 0 for none.

    Raises RefusedError, PermissionDenied.
    """
    access.require(by, Action.LETTER_CHANGE)
    told = checked(code=code, subject=subject, addressee=addressee, body=body, copies=copies)
    if channel not in with_letter():
        raise RefusedError("letter.channel", _("Nothing was changed: this channel goes out without a letter."))
    with transaction.atomic():
        models.Office.objects.select_for_update(no_key=True).get(kind=OfficeKind.DIRECTORATE)  # two who enter one: the second is told
        _require_newest(template_of(channel), seen)
        made = models.LetterTemplate.objects.create(channel=channel, by=by, at=now, **told)
        audit.write("letter.template_entered", by=by, now=now, target=made, after={"channel": channel, "edition": made.pk})
    return made


def checked(*, code: str, subject: str, addressee: str, body: str, copies: str) -> dict[str, str]:
    """The parts of a template as they are kept. Raises RefusedError for an empty or a long one, and for a slot there is none of."""
    told = {"code": "".join(code.split()), "subject": " ".join(subject.split()), "addressee": _lined(addressee), "body": _lined(body)}
    told["copies"] = _lined(copies)
    most = {"code": 30, "subject": 200, "addressee": MOST_LINES, "body": MOST_BODY, "copies": MOST_LINES}
    for place, text in told.items():
        if not text and place != "copies":
            raise RefusedError("letter.required", _("This is required."), place)
        if len(text) > most[place]:
            raise RefusedError("letter.long", _("%(most)s letters at most."), place, most=most[place])
        unknown = [slot for slot in slots_of(text) if slot not in SLOTS]
        if unknown or _SLOT.sub("", text).count("{{"):
            raise RefusedError("letter.slot", _("There is no slot %(slot)s."), place, slot=f"{{{{{unknown[0] if unknown else ''}}}}}"[:60])
    return {key: keepable(text) for key, text in told.items()}


def _lined(text: str) -> str:
    """Without empty lines and spaces at the ends of lines."""
    return "\n".join(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)


def _require_newest(newest: models.LetterTemplate | models.Letterhead | None, seen: int) -> None:
    if (newest.pk if newest else 0) != seen:
        raise RefusedError("letter.newer", _("Nothing was changed: there is a newer edition than you saw. Look at it first."))


def head(
    *,
    office_id: int,
    lines: str,
    address: str,
    unit: str,
    place: str,
    signer_title: str,
    signer_name: str,
    seen: int,
    by: models.Person,
    now: datetime,
) -> models.Letterhead:
    """A further edition of an office's letterhead. Raises RefusedError, PermissionDenied, Office.DoesNotExist."""
    access.require(by, Action.LETTER_CHANGE)
    told = {"lines": _lined(lines), "address": " ".join(address.split()), "unit": "".join(unit.split()), "place": " ".join(place.split())}
    told |= {"signer_title": " ".join(signer_title.split()), "signer_name": " ".join(signer_name.split())}
    most = {"lines": MOST_LINES, "address": 300, "unit": 40, "place": 60, "signer_title": 150, "signer_name": 150}
    for field_name, text in told.items():
        if not text:
            raise RefusedError("letter.required_head", _("This is required."), field_name)
        if len(text) > most[field_name]:
            raise RefusedError("letter.long_head", _("%(most)s letters at most."), field_name, most=most[field_name])
    with transaction.atomic():
        office = models.Office.objects.select_for_update(no_key=True).get(pk=office_id)
        _require_newest(letterhead_of(office.pk), seen)
        made = models.Letterhead.objects.create(office=office, by=by, at=now, **{key: keepable(text) for key, text in told.items()})
        audit.write("letter.head_entered", by=by, now=now, target=office, after={"edition": made.pk})
    return made


@functools.cache
def shipped() -> dict[str, dict[str, str]]:
    """The first editions of letters.toml, by channel."""
    return tomllib.loads((Path(__file__).parent / "letters.toml").read_text())


def load(*, now: datetime, using: str = "default") -> int:
    """Makes the first edition of each channel that has none. Returns how many; what exists is never changed."""
    rows = models.LetterTemplate.objects.using(using)
    known = set(rows.values_list("channel", flat=True))
    made = [
        models.LetterTemplate(channel=channel, at=now, **{key: _lined(text) for key, text in told.items()})
        for channel, told in shipped().items()
        if channel not in known
    ]
    rows.bulk_create(made)
    return len(made)


# --- its number -------------------------------------------------------------------------------------


def numbered(count: int | None, unit: str, code: str, day: date) -> str:
    """B.12/BP3MI-JABAR/PK.02/XI/2026, the way of official letters: running number, unit, code of the subject, month, year."""
    return f"B.{PENDING if count is None else count}/{unit}/{code}/{_ROMAN[day.month - 1]}/{day.year}"


def take_number(held: models.Referral, *, by: models.Person, now: datetime) -> dict[str, Any]:
    """What a referral that is submitted first is given: the next number of that person's office, and the office. One that has a number
    keeps it. In the caller's transaction, which holds the series from then on."""
    if not held.has_letter or held.letter_number:
        return {}
    head_of, template = letterhead_of(by.office_id), template_of(_kind_of(held))
    assert head_of  # `lacks` asked before
    assert template
    count, year = series.next_letter(by.office.code, now=now)
    day = now.astimezone(LAW_ZONE).date().replace(year=year)
    return {"letter_number": numbered(count, head_of.unit, template.code, day), "letter_office": by.office}


# --- composed ---------------------------------------------------------------------------------------


def filled(text: str, values: Mapping[str, str], blanks: list[str]) -> list[str]:
    """The lines of a text with its slots replaced, once: what is put in is not looked through. A line with an empty optional slot falls."""
    found = []
    for line in text.splitlines():
        slots = list(_SLOT.finditer(line))
        if any(match[2] and not values.get(match[1], "").strip() for match in slots):
            continue
        blanks += [match[1] for match in slots if not values.get(match[1], "").strip() and match[1] not in blanks]
        said = _SLOT.sub(lambda match: values.get(match[1], "").strip() or "........", line)
        found += [one for one in (" ".join(part.split()) for part in said.splitlines()) if one]
    return found


def compose(
    referral: models.Referral,
    lines: Sequence[packets.Line],
    *,
    office: models.Office,
    now: datetime,
    template: models.LetterTemplate | None = None,
) -> Letter:
    """The letter as it would go out. `office`: whose letter it is until it has a number. `template`: another edition than the newest.

    About twenty queries, however many lines there are.
    """
    channel = channels.way(referral)
    template = template or template_of(_kind_of(referral))
    own = referral.letter_office or office
    letterhead = letterhead_of(own.pk)
    day = (referral.submitted_at or now).astimezone(LAW_ZONE).date()
    corrected = referral.corrects
    paragraphs = _paragraphs(referral, lines) if Proof.ANALYSIS in channel.proofs and corrected is None else []
    entries = _entries(referral, lines, paragraphs)
    cited = {one.edition.pk: one for one in paragraphs if one.edition}
    hours = channel.hours[1] if referral.urgent else channel.hours[0]
    number = referral.letter_number or (numbered(None, letterhead.unit, template.code, day) if letterhead and template else "")
    values = {
        "tujuan": referral.target or (channel.name.id if corrected else ""),
        "jumlah": _counted(lines),
        "batas": f"{hours} jam sejak surat ini diterima",
        "rangkaian": referral.together,
        "pasal": "; ".join(_cited(one) for one in cited.values()),
        "analisis": "\n".join(_summed(paragraphs)),
        "kantor": own.name,
        "perkara": referral.case.number,
        "rujukan": referral.number,
        "nomor": number,
        "dikoreksi": (corrected.letter_number or corrected.number) if corrected else "",
        "tanggal": long_day(day),
        **{slot: str(referral.facts.get(fact, "")) for slot, fact in _FACTS.items()},
    }
    blanks: list[str] = [name for name, there in (("kop", letterhead), ("templat", template)) if there is None]
    subject = " ".join(filled(template.subject, values, blanks)) if template else ""
    values["hal"] = subject
    return Letter(
        kop=tuple(letterhead.lines.splitlines()) if letterhead else (),
        address=letterhead.address if letterhead else "",
        number=number,
        place=letterhead.place if letterhead else "",
        day=long_day(day),
        nature="Segera" if referral.urgent else "Biasa",
        enclosed="1 (satu) berkas",
        subject=subject,
        addressee=tuple(filled(template.addressee, values, blanks)) if template else (),
        body=tuple(filled(template.body, values, blanks)) if template else (),
        signer_title=letterhead.signer_title if letterhead else "",
        signer_name=letterhead.signer_name if letterhead else "",
        copies=tuple(filled(template.copies, values, blanks)) if template else (),
        referral=referral.number,
        entries=entries,
        blanks=tuple(blanks),
        cited=tuple(sorted(cited)),
        mark=analysing.MARK.id if any(not one.confirmed for one in cited.values()) else "",
        template=template,
        letterhead=letterhead,
    )


def sample(channel: str, told: Mapping[str, str], *, office: models.Office, now: datetime) -> Letter:
    """A letter of this template before it is kept: each slot shows what stands in it. `told`: as `checked` gives it."""
    letterhead, day = letterhead_of(office.pk), now.astimezone(LAW_ZONE).date()
    quotes = channel in CHANNELS and Proof.ANALYSIS in CHANNELS[channel].proofs  # no other letter cites an article, nor a correction
    values = {name: f"[{about}]" for name, about in SLOTS.items()}
    values |= {"nomor": numbered(None, letterhead.unit if letterhead else "KANTOR", told["code"], day), "tanggal": long_day(day)}
    values["hal"] = " ".join(filled(told["subject"], values, []))
    return Letter(
        kop=tuple(letterhead.lines.splitlines()) if letterhead else (str(FRAME["kop"]),),
        address=letterhead.address if letterhead else "",
        number=values["nomor"],
        place=letterhead.place if letterhead else "",
        day=values["tanggal"],
        nature="Biasa",
        enclosed="1 (satu) berkas",
        subject=values["hal"],
        addressee=tuple(filled(told["addressee"], values, [])),
        body=tuple(filled(told["body"], values, [])),
        signer_title=letterhead.signer_title if letterhead else "",
        signer_name=letterhead.signer_name if letterhead else "",
        copies=tuple(filled(told["copies"], values, [])),
        referral=channel,
        mark=analysing.MARK.id if quotes else "",
    )


def masked(letter: Letter) -> Letter:
    """The same for the screen: contacts are cut, and the annex is left out."""
    text = masks.text
    return replace(
        letter,
        subject=text(letter.subject),
        addressee=tuple(text(one) for one in letter.addressee),
        body=tuple(text(one) for one in letter.body),
        copies=tuple(text(one) for one in letter.copies),
        entries=(),
    )


def _counted(lines: Sequence[packets.Line]) -> str:
    many = {kind: sum(line.kind == kind for line in lines) for kind in ItemKind}
    said = [f"{count} {packets.KINDS[kind]}" for kind, count in many.items() if count]
    return (", dan " if said[2:] else " dan ").join([", ".join(said[:-1]), said[-1]] if said[1:] else said)


def _paragraphs(referral: models.Referral, lines: Sequence[packets.Line]) -> list[analysing.Paragraph]:
    """Of the analysis what somebody ticked: an article nobody showed on a link is not said of it. A merged case is
    analysed where it went."""
    wanted = models.Flag.objects.filter(pk__in={line.flag_id for line in lines}).select_related("current_check", "post").order_by("id")
    found = analysing.analysis(homes.of(referral.case), flags=list(wanted))
    return [one for one in found if one.edition is not None and any(element.by for element in one.elements)]


def _cited(one: analysing.Paragraph) -> str:
    return one.article.cited + ("" if one.confirmed else f" [{analysing.MARK.id}]")


def _summed(paragraphs: Sequence[analysing.Paragraph]) -> list[str]:
    """A line for each edition: its elements, and on how many links each is shown."""
    found: dict[int, list[analysing.Paragraph]] = {}
    for one in paragraphs:
        found.setdefault(one.edition.pk if one.edition else 0, []).append(one)
    told = []
    for same in found.values():
        shown = {
            element.key: (element.words.id, sum(any(each.by and each.key == element.key for each in one.elements) for one in same))
            for element in same[0].elements
        }
        parts = "; ".join(f"“{words}” pada {many} tautan" for words, many in shown.values() if many)
        told.append(f"- {_cited(same[0])}: unsur {parts}.")
    return told


def _entries(referral: models.Referral, lines: Sequence[packets.Line], paragraphs: Sequence[analysing.Paragraph]) -> tuple[Entry, ...]:
    pictures = dict(
        models.Capture.objects.filter(post__in={line.post_id for line in lines if line.kind != ItemKind.PERSON}, kind="screenshot")
        .order_by("received_at", "-sha256")  # of two of one moment the one that the packet names
        .values_list("post", "sha256")
    )  # the newest of each
    columns = packets.columns(referral)
    shows = referral.corrects_id is None  # a correction proves nothing
    said: dict[int, list[str]] = {}
    for one in paragraphs:
        said.setdefault(one.flag.pk, []).append(" ".join(sentence.id for sentence in one.sentences))
    found: list[Entry] = []
    first: dict[int, int] = {}
    for place, (line, cells) in enumerate(zip(lines, packets.rows(referral, lines), strict=True), 1):
        person = line.kind == ItemKind.PERSON
        left_out = _SAID_ELSEWHERE | _OF_NOBODY
        again = first.setdefault(line.post_id, place)
        found.append(
            Entry(
                place=place,
                kind=packets.KINDS[ItemKind(line.kind)],
                flag=line.flag,
                value="" if person else line.value,
                check="" if person else packets.check(line.value),
                cells=tuple(
                    (one.key, one.title, _read(line, one.key) or cells[one.key])
                    for one in columns
                    if one.key not in left_out and cells[one.key]
                ),
                analysis=tuple(said.get(line.flag_id, ())) if again == place else (),
                picture=pictures.get(line.post_id, "") if again == place and not person and shows else "",
                copy="" if person or not shows else line.sha256,
                name=f"{line.flag}-{place:03d}",
                same_as=again if again != place and not person else 0,
            )
        )
    return tuple(found)


def _read(line: packets.Line, key: str) -> str:
    """Days and moments as a letter writes them; "" for all else."""
    if key == "register":
        return long_day(line.register_date)
    at = {"posted": line.posted_at, "captured": line.captured_at}.get(key)
    return f"{long_day(at.astimezone(LAW_ZONE).date())} pukul {at.astimezone(LAW_ZONE):%H.%M} WIB" if at else ""


# --- what it lacks ----------------------------------------------------------------------------------


def lacks(referral: models.Referral, lines: Sequence[packets.Line], letter: Letter) -> list[packets.Missing]:
    """What keeps the letter from being submitted and approved: empty slots, ticks that are missing, and people harmed who stand in it."""
    proves = Proof.ANALYSIS in CHANNELS[referral.channel].proofs and referral.corrects_id is None
    bare = _not_analysed(lines, letter) if proves else []
    of_ticks = {"pasal", "analisis"} if bare else set()  # they are empty because of these lines
    found = [packets.Missing(_blank(one), fact=one) for one in letter.blanks if one not in of_ticks]
    found += bare
    of_flags = {line.flag_id for line in lines if line.kind != ItemKind.PERSON and referral.corrects_id is None}
    with wall.everything("nobody who was harmed stands in a letter, whichever office protects them"):
        harmed = set(models.Protection.objects.filter(flag__in=of_flags).exclude(ending=Ending.NOT_HARMED).values_list("flag", flat=True))
    found += [
        packets.Missing(_HARMED, place, line) for place, line in enumerate(lines, 1) if line.flag_id in harmed and line.flag_id in of_flags
    ]
    if protected_in(letter.words):
        found.append(packets.Missing(_("a contact of somebody harmed stands in it: take it out"), fact="harmed"))
    return found


def _not_analysed(lines: Sequence[packets.Line], letter: Letter) -> list[packets.Missing]:
    """The first line of each post of which the annex says nothing in law: the letter promises an analysis of each."""
    analysed = {one.flag for one in letter.entries if one.analysis}
    first: dict[str, tuple[int, packets.Line]] = {}
    for place, line in enumerate(lines, 1):
        if line.kind != ItemKind.PERSON:
            first.setdefault(line.flag, (place, line))
    return [packets.Missing(_NOT_ANALYSED, place, line) for flag, (place, line) in first.items() if flag not in analysed]


def told_already(referral: models.Referral, lines: Sequence[packets.Line], missing: packets.Missing) -> bool:
    """Whether this empty slot stands for a field or for lines of which the packet says that they are missing (`packets.missing`)."""
    fields = {slot for slot, fact in _FACTS.items() if fact in {one.key for one in packets.facts(referral)}}
    if CHANNELS[referral.channel].targets is not None:
        fields.add("tujuan")
    return missing.fact in fields or (not lines and missing.fact in {"jumlah", "pasal", "analisis"})


_NOT_ANALYSED: Final = _("no element of an article is ticked on this post")
_HARMED: Final = _("the post was written by somebody harmed: it goes into no request")


def _blank(name: str) -> Any:
    return format_lazy("{}: {} ({})", _("an empty slot of the letter"), name, SLOTS.get(name) or FRAME[name])


def protected_in(words: str) -> bool:
    """Whether a contact of somebody harmed stands in these words, however it is punctuated. Two queries."""
    seen = models.Indicator.objects.filter(sightings__post__flag__protected__isnull=False).distinct()
    rows = {key: (kind, value) for key, kind, value in seen.values_list("id", "kind", "value")}
    harmed = [rows[key] for key in looks.of_harmed(rows)]
    squeezed = _squeezed(words)
    return any(core in squeezed for kind, value in harmed if len(core := _core(kind, value)) >= _SHORTEST)


_SHORTEST: Final = 5  # letters and figures: what is shorter stands in any text


def _core(kind: str, value: str) -> str:
    """Of a number its last figures, however its country is written; of an account its name without the platform."""
    core = _squeezed(value.rpartition(":")[2] if kind == "account" else value)
    return core[-9:] if kind in {"phone", "bank_account"} else core


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()
