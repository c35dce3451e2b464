"""The documents of a referral: made by a job of what was submitted, kept, approved and given out as the very same bytes."""

from __future__ import annotations

import builtins
import hashlib
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from patrol import models
from patrol.cases import analysing, documents, letters, packets, referrals, ticking
from patrol.evidence import pictures, raw
from patrol.infra import jobs, printing
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories, pdf_text
from tests.cases import asked
from tests.cases.test_referrals import moved, step
from tests.factories import NOW

CHANGED = "The letter would say something else by now. Have its documents made again."

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> models.Person:
    return factories.person(Role.ANALYST)


@pytest.fixture
def second() -> models.Person:
    return factories.person(Role.SUPERVISOR, "directorate")


@pytest.fixture
def without_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """WeasyPrint is installed, the libraries behind it are not. Makes these tests quick, too: what stands in a PDF is asked once."""
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    printing.available.cache_clear()
    yield
    printing.available.cache_clear()


def kinds(made: models.Referral) -> list[str]:
    return list(made.documents.order_by("id").values_list("kind", flat=True))


def test_what_is_given_out_is_what_was_approved_byte_for_byte(
    analyst: models.Person, second: models.Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 60.0)  # a busy machine leaves no picture out
    case = asked.case_of(2, copies=False, by=factories.person())
    short, long = models.Flag.objects.order_by("id")
    asked.copied(short, asked.picture())
    asked.copied(long, asked.picture(height=400))
    made = asked.submitted(case, analyst, "komdigi")
    assert (made.letter_number, made.letter_office) == ("B.1/DIREKTORAT/PK.02/XI/2026", analyst.office)
    asked.documents_made()
    assert kinds(made) == ["letter_docx", "letter_pdf", "annex_pdf", "hashes", "packet"]
    made = step(referrals.approve, made, second)
    files = documents.approved(made)
    ends = ("-surat.docx", "-surat.pdf", "-lampiran.pdf", "-hash.txt", ".zip")
    assert [one.name for one in files] == [f"{made.number}{end}" for end in ends]
    assert [hashlib.sha256(one.content).hexdigest() for one in files] == [one.sha256 for one in files]
    with zipfile.ZipFile(io.BytesIO(files[-1].content)) as archive:
        inside = ("surat.docx", "surat.pdf", "lampiran.pdf", "hash.txt", "daftar.csv", "paket.json")
        assert archive.namelist() == [f"{made.number}/{name}" for name in inside]
        assert [archive.read(name) for name in archive.namelist()[:4]] == [one.content for one in files[:4]]
        lines = json.loads(archive.read(f"{made.number}/paket.json"))["lines"]
    said = [" ".join(sentence.id for sentence in one.sentences) for one in analysing.analysis(case)]
    assert [one["analysis"] for one in lines] == [[words] for words in said]
    assert referrals.packet(referral_id=made.pk, by=analyst, now=NOW)[1] == files[-1].content
    # What an official reads: number, subject, articles, each address in full with its checksum.
    letter, annex = ("".join(pdf_text.said(files[place].content).split()) for place in (1, 2))
    for words in (made.letter_number, "Permohonanpenanganankonten", "UU18/2017Pasal69jo.81", "NamaContoh"):
        assert words in letter
    for item in made.items.all():
        assert item.value in annex
        assert hashlib.sha256(item.value.encode()).hexdigest()[:8] in annex
    assert files[2].content.count(b"/Subtype /Image") == 2
    assert re.findall(r"Yangtercetak[^;]*", annex) == ["Yangtercetakhanyabagianatasnya,22%daritingginya"]
    word = "\n".join(one.text for one in docx.Document(io.BytesIO(files[0].content)).paragraphs)
    assert made.letter_number in word
    assert "menunggu konfirmasi" not in word


def test_a_picture_that_takes_too_long_is_tried_twice_and_said_to_be_missing(
    analyst: models.Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    case = asked.case_of(copies=False, by=factories.person())
    (sha256,) = [asked.copied(flag, asked.picture()).sha256 for flag in models.Flag.objects.all()]
    made = asked.submitted(case, analyst, "komdigi")
    tries: list[str] = []
    real = subprocess.Popen

    def counted(arguments: list[str], *args: Any, **kwargs: Any) -> Any:
        tries.extend(one for one in arguments if one.endswith("pictures/child.py"))
        return real(arguments, *args, **kwargs)

    monkeypatch.setattr(pictures, "SECONDS", 0.0)
    monkeypatch.setattr(subprocess, "Popen", counted)
    asked.documents_made()
    assert len(tries) == 2
    assert kinds(made) == ["letter_docx", "letter_pdf", "annex_pdf", "hashes", "packet"]
    assert caplog.messages == [f"picture {sha256} is left out of an annex: too_costly"]
    annex = models.ReferralDocument.objects.get(kind="annex_pdf").capture
    assert b"/Subtype /Image" not in raw.whole(annex.sha256)


def not_approved(made: models.Referral, by: models.Person, why: str) -> None:
    """The approval is refused with this reason, and nothing happened."""
    before = models.Referral.objects.values().get(pk=made.pk)
    with pytest.raises(RefusedError, match=r"^referral\.unready$") as told:
        step(referrals.approve, made, by)
    assert told.value.said("en") == f"Nothing was approved. {why}"
    assert models.Referral.objects.values().get(pk=made.pk) == before


def test_nobody_approves_before_the_documents_are_there(analyst: models.Person, second: models.Person, without_pango: None) -> None:
    made = asked.submitted(asked.case_of(by=factories.person()), analyst, "komdigi")
    not_approved(made, second, "The documents are still being made.")
    with pytest.raises(IntegrityError, match="its documents are not made"), transaction.atomic():
        moved(made, "approved", approved_by=second, approved_at=NOW)
    with pytest.raises(RefusedError, match=r"^referral\.documents_not_approved$"):
        documents.approved(made)
    asked.documents_made()
    assert kinds(made) == ["letter_docx", "hashes", "packet"]  # where Pango misses
    assert models.ReferralLetter.objects.get().printed is False
    assert step(referrals.approve, made, second).state == "approved"


def test_an_article_nobody_confirmed_is_marked_and_not_approved(analyst: models.Person, second: models.Person, without_pango: None) -> None:
    asked.letters_ready()
    case = asked.case_of(by=factories.person())
    edition = asked.ticked(case, analyst, confirmed=False)
    made = asked.filled(asked.draft(case, analyst, "komdigi"), analyst)
    made = step(referrals.submit, made, analyst)
    asked.documents_made()
    file = documents.look(referral_id=made.pk, kind="letter_docx", by=second, now=NOW)
    assert "menunggu konfirmasi unit hukum" in "\n".join(one.text for one in docx.Document(io.BytesIO(file.content)).paragraphs)
    not_approved(made, second, "The letter cites an article that the legal unit has not confirmed.")
    with pytest.raises(IntegrityError, match="cites an article nobody confirmed"), transaction.atomic():
        moved(made, "approved", approved_by=second, approved_at=NOW)
    asked.confirm(edition)
    not_approved(made, second, CHANGED)  # its paper still carries the mark
    with pytest.raises(IntegrityError, match="cites an article nobody confirmed"), transaction.atomic():
        moved(made, "approved", approved_by=second, approved_at=NOW)
    assert models.Referral.objects.get().state == "submitted"
    step(referrals.documents_again, made, second)
    asked.documents_made()
    assert models.ReferralLetter.objects.count() == 2
    assert step(referrals.approve, made, second).state == "approved"


def test_a_link_without_analysis_is_submitted_in_no_letter_that_promises_one_of_each(analyst: models.Person) -> None:
    asked.letters_ready()
    case = asked.case_of(3, by=factories.person())
    asked.ticked(case, analyst)
    made = asked.filled(asked.draft(case, analyst, "komdigi"), analyst)
    middle = models.ElementTick.objects.order_by("id")[1]
    ticking.untick(case_id=case.pk, tick_id=middle.pk, by=analyst, now=NOW)
    lines = packets.lines(made)
    letter = documents.composed(made, lines, by=analyst, now=NOW)
    lacks = documents.missing(made, lines, letter)
    assert [(one.place, one.line, str(one.words)) for one in lacks] == [
        (2, lines[1], "belum ada unsur pasal yang dicentang pada unggahan ini")
    ]
    assert [bool(one.analysis) for one in letter.entries] == [True, False, True] if letter else False
    with pytest.raises(RefusedError, match=r"^referral\.incomplete$"):
        step(referrals.submit, made, analyst)
    assert (models.Referral.objects.get().state, models.Job.objects.filter(kind="letter").count()) == ("draft", 0)
    told: dict[str, Any] = {"evidence": ["check"], "everywhere": False, "edition_id": middle.edition_id, "element": middle.element}
    ticking.tick(case_id=case.pk, flag_id=lines[1].flag_id, by=analyst, now=NOW, **told)
    assert step(referrals.submit, made, analyst).state == "submitted"


def test_a_post_of_which_several_lines_are_asked_is_said_once_to_have_no_analysis(analyst: models.Person) -> None:
    """Police: the link, the number and the account of a post have one analysis, at its first line."""
    asked.letters_ready()
    case = asked.case_of(2, by=factories.person())
    made = asked.filled(asked.draft(case, analyst, "police"), analyst)
    lines = packets.lines(made)
    letter = documents.composed(made, lines, by=analyst, now=NOW)
    first: dict[str, int] = {}
    for place, line in enumerate(lines, 1):
        first.setdefault(line.flag, place)
    assert len(lines) > len(first) == 2
    assert [(one.place, one.fact) for one in documents.missing(made, lines, letter)] == [(place, "") for place in first.values()]


def test_a_field_that_is_empty_is_missing_once_though_its_slot_is_empty_too(analyst: models.Person) -> None:
    asked.letters_ready()
    case = asked.case_of(by=factories.person())
    asked.ticked(case, analyst)
    made = asked.draft(case, analyst, "police", target="")
    lines = packets.lines(made)
    letter = documents.composed(made, lines, by=analyst, now=NOW)
    assert letter is not None
    assert letter.blanks == ("tujuan", "uraian", "kontak")
    assert [one.fact for one in documents.missing(made, lines, letter)] == ["target", "contact", "facts"]
    letter = documents.composed(made, [], by=analyst, now=NOW)
    assert [one.fact for one in documents.missing(made, [], letter)] == ["target", "contact", "facts", ""]  # and no line


def test_a_tick_after_the_documents_has_them_made_again(analyst: models.Person, second: models.Person, without_pango: None) -> None:
    case = asked.case_of(by=factories.person())
    made = asked.submitted(case, analyst, "komdigi")
    asked.documents_made()
    asked.ticked(case, analyst, element="individual")
    not_approved(made, second, CHANGED)
    lines = packets.lines(made)
    letter = documents.composed(made, lines, by=second, now=NOW)
    assert letter is not None
    status = documents.unready(made, lines, letter)
    assert status is not None
    assert status.said("en") == CHANGED  # on the page, where nobody did anything
    assert models.Referral.objects.get().state == "submitted"


def test_a_link_whose_analysis_was_taken_back_keeps_the_letter_from_being_approved(
    analyst: models.Person, second: models.Person, without_pango: None
) -> None:
    case = asked.case_of(2, by=factories.person())
    made = asked.submitted(case, analyst, "komdigi")
    asked.documents_made()
    last = models.ElementTick.objects.order_by("id").last()
    assert last is not None
    ticking.untick(case_id=case.pk, tick_id=last.pk, by=analyst, now=NOW)
    not_approved(made, second, "The letter lacks something: no element of an article is ticked on this post.")


def test_what_is_changed_is_made_anew_and_keeps_its_number(analyst: models.Person, second: models.Person, without_pango: None) -> None:
    case = asked.case_of(by=factories.person())
    made = asked.submitted(case, analyst, "komdigi")
    number = made.letter_number
    asked.documents_made()
    made = step(referrals.send_back, made, second, note="Narahubung kurang.")
    made = asked.filled(made, analyst)
    made = step(referrals.submit, made, analyst)
    assert made.letter_number == number
    not_approved(made, second, "The documents are still being made.")  # those of the older version count for nothing
    asked.documents_made()
    assert step(referrals.approve, made, second).letter_number == number
    assert asked.submitted(case, analyst, "komdigi").letter_number == "B.2/DIREKTORAT/PK.02/XI/2026"
    with pytest.raises(IntegrityError, match="its letter keeps its number"), transaction.atomic():
        models.Referral.objects.filter(pk=made.pk).update(letter_number="B.9/X/Y/I/2026")


def test_a_job_of_what_was_changed_meanwhile_keeps_nothing(analyst: models.Person, without_pango: None) -> None:
    made = asked.submitted(asked.case_of(by=factories.person()), analyst, "komdigi")
    asked.filled(made, analyst)
    asked.documents_made()
    assert (models.ReferralLetter.objects.count(), models.Job.objects.get(kind="letter").state) == (0, "done")


def test_no_document_is_added_changed_or_removed_afterwards(analyst: models.Person, without_pango: None) -> None:
    made = asked.approved(asked.case_of(by=factories.person()), analyst, "komdigi")
    row = made.documents.select_related("letter", "capture").first()
    assert row is not None
    with pytest.raises(IntegrityError, match="documents are made of what is submitted"), transaction.atomic():
        models.ReferralDocument.objects.create(
            letter=row.letter, referral=made, version=row.version, kind="annex_pdf", name="x", capture=row.capture, at=NOW
        )
    for change in (made.documents.all().delete, lambda: made.documents.update(name="y")):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_the_job_says_how_far_it_has_come(analyst: models.Person, without_pango: None) -> None:
    made = asked.submitted(asked.case_of(by=factories.person()), analyst, "komdigi")
    assert documents.progress(made) == documents.Progress(0, None, over=False)
    (job,) = jobs.claim(("letter",), 1)
    jobs.tell(job, 10, 25)
    assert documents.progress(made) == documents.Progress(40, None, over=False)
    documents.keep(job, now=NOW)
    assert documents.progress(made) is None


def test_who_approves_writes_or_sends_it_looks_and_it_is_logged(analyst: models.Person, second: models.Person, without_pango: None) -> None:
    made = asked.submitted(asked.case_of(by=factories.person()), analyst, "komdigi")
    asked.documents_made()
    officer = factories.person()  # of the office: what goes out from the directorate is read by who approves it there
    for by in (officer, factories.person(Role.SUPERVISOR, "bp3mi-ntb")):
        with pytest.raises(PermissionDenied):
            documents.look(referral_id=made.pk, kind="letter_docx", by=by, now=NOW)
    with pytest.raises(RefusedError, match=r"^referral\.no_document$"):
        documents.look(referral_id=made.pk, kind="annex_pdf", by=second, now=NOW)
    assert not models.AuditEntry.objects.filter(verb="contact.shown").exists()
    documents.look(referral_id=made.pk, kind="packet", by=second, now=NOW)
    told = models.AuditEntry.objects.get(verb="contact.shown")
    assert (told.actor_id, told.after) == (second.pk, {"purpose": "referral", "number": made.number, "document": "packet"})


def everything(files: list[documents.Document]) -> str:
    """All that can be read in them, letters and figures alone."""
    said = []
    for one in files:
        if one.name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(one.content)) as archive:
                said += [archive.read(name).decode() for name in archive.namelist() if name.endswith((".csv", ".json", ".txt"))]
        elif one.name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(one.content)) as archive:
                said += [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
        elif one.name.endswith(".pdf"):
            said.append(pdf_text.said(one.content))
    return letters._squeezed("".join(said))


def pleading(by: models.Person) -> tuple[models.Protection, list[str]]:
    """A post of somebody harmed, with their account and their number: planted, to be found nowhere."""
    posts = factories.stored(
        [factories.raw_post(factories.ILLEGAL.format(phone="0840 5550 9999"), author="korban_77")], of=factories.watch()
    )
    assessing.read_due(now=NOW, limit=10)
    flag = models.Flag.objects.get(post=posts[0])
    models.Flag.objects.filter(pk=flag.pk).update(state="dismissed", decided_at=NOW)
    made = models.Protection.objects.create(flag=flag, office=flag.office, by=by, at=NOW)
    values = list(models.Sighting.objects.filter(post=flag.post).values_list("indicator__kind", "indicator__value"))
    planted = [letters._core(kind, value) for kind, value in values if kind in {"phone", "account"}]
    assert len(planted) == 2
    return made, planted


def test_contacts_of_somebody_harmed_enter_no_document(analyst: models.Person, second: models.Person) -> None:
    case = asked.case_of(by=factories.person())
    _protection, planted = pleading(analyst)
    asked.letters_ready()
    asked.ticked(case, analyst)
    made = asked.filled(asked.draft(case, analyst, "komdigi"), analyst)
    told: dict[str, Any] = {"target": made.target, "urgent": False, "facts": made.facts}
    for words in ("Korban: @korban_77", "WA korban +62 840-5550-9999"):
        made = referrals.change(referral_id=made.pk, seen_version=made.version, together=words, by=analyst, now=NOW, **told)
        with pytest.raises(RefusedError, match=r"^referral\.incomplete$"):
            step(referrals.submit, made, analyst)
        assert (models.Referral.objects.get().state, models.Job.objects.filter(kind="letter").count()) == ("draft", 0)
    made = referrals.change(referral_id=made.pk, seen_version=made.version, together="WA 0840 5550 9998", by=analyst, now=NOW, **told)
    made = step(referrals.submit, made, analyst)
    asked.documents_made()
    link = letters._squeezed(made.items.all()[0].value)
    # Of each document whether the link is found in it, as what is planted would be. The letter and the hashes name none.
    found = {
        kind: (link in said, [one for one in planted if one in said])
        for kind in kinds(made)
        for said in [everything([documents.look(referral_id=made.pk, kind=kind, by=second, now=NOW)])]
    }
    assert found == {
        "letter_docx": (True, []),
        "letter_pdf": (False, []),
        "annex_pdf": (True, []),
        "hashes": (False, []),
        "packet": (True, []),
    }


def test_the_hand_over_of_somebody_harmed_names_them_in_its_data_alone(without_pango: None) -> None:
    """The letter and its list do not; the CSV for whoever looks after them does, as ever."""
    officer = factories.person()
    case = asked.case_of(by=officer)
    protection, planted = pleading(officer)
    made = asked.handed_over(case, protection, officer)
    assert made.letter_number == "B.1/BP3MI-JABAR/PK.04/XI/2026"
    asked.documents_made()
    by = factories.person(Role.SUPERVISOR)
    letter, _hashes, packet = (documents.look(referral_id=made.pk, kind=kind, by=by, now=NOW) for kind in kinds(made))
    said = everything([letter])
    assert ("permohonanpelindungan" in said, [one for one in planted if one in said]) == (True, [])
    assert "korban77" in everything([packet])
    with pytest.raises(PermissionDenied):  # the packet is for who may see all of them
        documents.look(referral_id=made.pk, kind="packet", by=factories.person(Role.SUPERVISOR, "bp3mi-ntb"), now=NOW)


def test_a_channel_without_a_letter_has_no_documents(without_pango: None) -> None:
    officer = factories.person()
    made = asked.approved(asked.case_of(by=officer), officer)
    assert (made.has_letter, made.letter_number, documents.approved(made), models.Job.objects.filter(kind="letter").count()) == (
        False,
        "",
        [],
        0,
    )
