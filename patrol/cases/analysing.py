"""The legal analysis of a case, written from its ticks: for each link the article in force on its day, the elements shown and by what, the
elements not shown. In both languages; contacts are cut, and nothing is said that nobody ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from patrol import models
from patrol.cases import law, ticking
from patrol.domain import ClaimKind, Sentence
from patrol.engine import masks
from patrol.engine.licences.sentences import day_en, day_id
from patrol.models import TickKind

MARK: Final = Sentence("menunggu konfirmasi unit hukum", "to be confirmed by the legal unit")
ERASED: Final = Sentence("(isi unggahan sudah dihapus)", "(the content of the post was erased)")
_LONGEST: Final = 160  # characters of a quotation

CLAIMS: Final[Mapping[str, Sentence]] = {
    ClaimKind.PHONE: Sentence("nomor telepon", "phone number"),
    ClaimKind.ACCOUNT: Sentence("akun", "account"),
    ClaimKind.LINK: Sentence("tautan", "link"),
    ClaimKind.BANK_ACCOUNT: Sentence("rekening bank", "bank account"),
    ClaimKind.EMAIL: Sentence("alamat surel", "e-mail address"),
    ClaimKind.LICENCE_NUMBER: Sentence("nomor SIP", "SIP number"),
    ClaimKind.SIP3MI_NUMBER: Sentence("nomor SIP3MI", "SIP3MI number"),
    ClaimKind.COMPANY: Sentence("perusahaan", "company"),
    ClaimKind.COUNTRY: Sentence("negara", "country"),
    ClaimKind.POSITION: Sentence("pekerjaan", "work"),
    ClaimKind.PAY: Sentence("gaji", "pay"),
    ClaimKind.FEE: Sentence("biaya", "fee"),
    ClaimKind.DEDUCTION: Sentence("potongan gaji", "deduction"),
    ClaimKind.AGE: Sentence("usia", "age"),
    ClaimKind.EDUCATION: Sentence("pendidikan", "schooling"),
    ClaimKind.PLACE: Sentence("tempat perekrutan", "place of recruitment"),
    ClaimKind.PHRASE: Sentence("ungkapan", "phrase"),
}
_CAPTURES: Final[Mapping[str, Sentence]] = {
    "page": Sentence("rekaman halaman", "copy of the page"),
    "screenshot": Sentence("tangkapan layar", "screenshot"),
    "answer": Sentence("rekaman jawaban platform", "copy of the platform's answer"),
    "media": Sentence("rekaman gambar atau video", "copy of a picture or video"),
    "upload": Sentence("rekaman unggahan petugas", "copy of what an officer uploaded"),
}
_PLACES: Final[Mapping[str, Sentence]] = {
    "text": Sentence("dalam teks", "in the text"),
    "image": Sentence("pada gambar", "on a picture"),
    "qr": Sentence("dalam kode QR", "in a QR code"),
    "link": Sentence("dalam tautan unggahan", "in a link of the post"),
    "alt": Sentence("dalam keterangan gambar", "in the words beside a picture"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An element of the edition, and what shows it on this link: nothing where nobody ticked it."""

    key: str
    words: Sentence
    by: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is to be said of one link and one article. `edition` None: on that day none is in force here."""

    flag: models.Flag
    article: models.Article
    day: date
    edition: models.ArticleEdition | None
    confirmed: bool
    elements: tuple[Shown, ...]

    @property
    def whole(self) -> bool:
        """Whether each element is shown."""
        return bool(self.elements) and all(one.by for one in self.elements)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        number, cited = self.flag.number, self.article.cited
        head = Sentence(f"Tautan {number}, unggahan tanggal {day_id(self.day)}: ", f"Link {number}, post of {day_en(self.day)}: ")
        if self.edition is None:
            none = Sentence(f"pada hari itu tidak ada edisi {cited} yang berlaku.", f"no edition of {cited} is in force on that day.")
            return (_joined(head, none),)
        first = self.edition.in_force_from
        since = Sentence(f" (edisi sejak {day_id(first)})", f" (edition from {day_en(first)})") if first else Sentence("", "")
        mark = Sentence("", "") if self.confirmed else Sentence(f" [{MARK.id}]", f" [{MARK.en}]")
        law_then = Sentence(f"pada hari itu berlaku {cited}", f"the article in force on that day is {cited}")
        found = [_joined(head, law_then, since, mark, _STOP)]
        if not self.elements:
            found.append(Sentence("Unsur pasal ini belum dimasukkan.", "The elements of this article are not entered yet."))
        for one in self.elements:
            if one.by:
                shown, words = _listed(one.by), one.words
                found.append(
                    Sentence(f"Unsur “{words.id}” ditunjukkan oleh {shown.id}.", f"The element “{words.en}” is shown by {shown.en}.")
                )
        missing = [Sentence(f"“{one.words.id}”", f"“{one.words.en}”") for one in self.elements if not one.by]
        if missing:
            left = _listed(missing)
            found.append(Sentence(f"Belum ditunjukkan: {left.id}.", f"Not shown yet: {left.en}."))
        return tuple(found)


_STOP: Final = Sentence(".", ".")
Places = dict[tuple[int, int, str], list[Sentence]]  # link, article and key of the element -> what shows it


def _joined(*parts: Sentence) -> Sentence:
    return Sentence("".join(one.id for one in parts), "".join(one.en for one in parts))


def _listed(parts: Sequence[Sentence]) -> Sentence:
    return Sentence("; ".join(one.id for one in parts), "; ".join(one.en for one in parts))


def analysis(
    case: models.Case, *, articles: Sequence[models.Article] | None = None, flags: Sequence[models.Flag] | None = None
) -> list[Paragraph]:
    """Link by link in the order they came into the case, article by article. `flags`: of these links only, as ticking.links gives them;
    `articles`: as ticking.chosen gives them. Eight queries at most, however many links."""
    articles = ticking.chosen(case) if articles is None else articles
    flags = list(ticking.links(case)) if flags is None else flags
    return paragraphs(articles, flags, places(articles, ticking.standing(case, flags, whole=False)) if articles else {})


def places(articles: Sequence[models.Article], ticks: Sequence[models.ElementTick]) -> Places:
    """What each of these ticks rests on, in words, by link, article and element. Two queries."""
    of_edition = {edition.pk: article.pk for article in articles for edition in article.editions.all()}
    wanted = [one for one in ticks if one.edition_id in of_edition]
    told, found = said(wanted), Places()
    for one in wanted:
        found.setdefault((one.flag_id, of_edition[one.edition_id], one.element), []).append(told[one.pk])
    return found


def paragraphs(articles: Sequence[models.Article], flags: Sequence[models.Flag], shown_by: Places) -> list[Paragraph]:
    """As `analysis`, of what was read already. No query."""
    found = []
    for flag in flags:
        day = ticking.day_of(flag)
        for article in articles:
            edition = law.article_on(article, day)
            shown = tuple(
                Shown(one["key"], Sentence(one["id"], one["en"]), tuple(shown_by.get((flag.pk, article.pk, one["key"]), ())))
                for one in (edition.elements if edition else ())
            )
            found.append(Paragraph(flag, article, day, edition, edition is not None and law.confirmed(edition), shown))
    return found


def unconfirmed(case: models.Case) -> list[models.ArticleEdition]:
    """The editions that a letter on this case would cite and that the legal unit has not confirmed: of each chosen article the one in force
    on each link's day. Four queries."""
    days = {ticking.day_of(flag) for flag in ticking.links(case)}
    cited = [edition for one in ticking.chosen(case) for day in sorted(days) if (edition := law.article_on(one, day))]
    return list(dict.fromkeys(one for one in cited if not law.confirmed(one)))


# --- evidence in words ----------------------------------------------------------------------------


def said(ticks: Sequence[models.ElementTick]) -> dict[int, Sentence]:
    """What each tick rests on, in words, by its key. Two queries."""
    readings = {one.reading_id for one in ticks if one.reading_id}
    contents = {one.pk: one for one in models.ReadingClaims.objects.filter(pk__in=readings)}
    texts = dict(models.PostText.objects.filter(version__readings__in=readings).values_list("version__readings", "text"))
    found = {}
    for one in ticks:
        if one.kind == TickKind.CHECK:
            assert one.licence_check
            found[one.pk] = check_said(one.licence_check)
        elif one.kind == TickKind.CAPTURE:
            assert one.capture
            found[one.pk] = capture_said(one.capture)
        elif one.words_id:  # a row of the register, in the words of the day it was ticked
            found[one.pk] = Sentence(one.words_id, one.words_en)
        else:
            content = contents.get(one.reading_id or 0)
            claims = content.claims if content else []
            whole = {"text": texts.get(one.reading_id or 0, "")}
            known = one.claim is not None and one.claim < len(claims)
            found[one.pk] = claim_said(claims[one.claim or 0], whole, content) if known else ERASED
    return found


def check_said(check: models.LicenceCheck) -> Sentence:
    """Its reason as it was stored that day, which names the register's date."""
    day = check.day
    return Sentence(
        f"hasil cek SIP untuk {day_id(day)}: {masks.text(check.reason_id, [])}",
        f"the SIP check for {day_en(day)}: {masks.text(check.reason_en, [])}",
    )


def capture_said(capture: models.Capture) -> Sentence:
    kind = _CAPTURES.get(capture.kind, Sentence("rekaman", "copy"))
    day, short = law.today(capture.received_at), capture.sha256[:12]
    return Sentence(f"{kind.id} tanggal {day_id(day)}, SHA-256 {short}…", f"{kind.en} of {day_en(day)}, SHA-256 {short}…")


def claim_said(claim: Mapping[str, Any], texts: Mapping[str, str], content: models.ReadingClaims | None) -> Sentence:
    """The words of the post themselves, cut where they are a contact, with their place."""
    kind = CLAIMS.get(claim["kind"], Sentence("klaim", "claim"))
    source, _colon, place = str(claim["source"]).partition(":")
    where = _PLACES.get(source, _PLACES["text"])
    start, end = claim["start"], claim["end"]
    text = texts.get(source) or _of_picture(source, place, content)
    quoted = (
        masks.value(claim["kind"], claim["value"]) if claim["kind"] in masks.CONTACTS else masks.text(text[start:end] or claim["value"], [])
    )
    quoted = " ".join(quoted.split())[:_LONGEST]
    return Sentence(
        f"{kind.id} “{quoted}” {where.id} (huruf {start + 1}-{end})", f"{kind.en} “{quoted}” {where.en} (characters {start + 1}-{end})"
    )


def _of_picture(source: str, place: str, content: models.ReadingClaims | None) -> str:
    kept = {"image": content.picture_texts, "qr": content.code_texts}.get(source, []) if content else []
    return str(kept[int(place)]) if place.isdigit() and int(place) < len(kept) else ""
