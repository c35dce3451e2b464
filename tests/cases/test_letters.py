"""What a letter says: slots replaced once and never run, empty ones named, editions, numbers by office and year."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.cases import documents, letter_files, letters, packets
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import ItemKind
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked
from tests.factories import NOW

TOLD = {"code": "PK.02", "subject": "Hal", "addressee": "{{tujuan}}", "body": "Kami mohon.", "copies": ""}


def test_the_shipped_letters_are_those_of_the_channels_that_go_out_with_one() -> None:
    assert set(letters.shipped()) == set(letters.with_letter())
    channels = {"komdigi", "police", "agency_supervision", "agency_clarification", "kemlu", "victim_handover"}
    assert set(letters.with_letter()) == channels | {letters.CORRECTION}
    for channel, told in letters.shipped().items():
        kept = letters.checked(**told)
        if channel == letters.CORRECTION:
            continue  # stands for each channel: test_correcting fills it
        wanted = {"kontak": "contact", "uraian": "facts", "pertanyaan": "questions", "persetujuan": "agreed"}
        asked_for = {fact.key for fact in CHANNELS[channel].facts}
        used = letters.slots_of(*kept.values())
        assert [slot for slot in used if slot in wanted and wanted[slot] not in asked_for] == []
        assert ("tujuan" in used) <= (CHANNELS[channel].targets is not None)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{{tujuan.__class__}}",
        "{{ tujuan|upper }}",
        "{{''.__class__.__mro__[1].__subclasses__()}}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{lain}}",
        "{{}}",
        "{{tujuan",
        "{{{{tujuan}}}}",
    ],
)
def test_a_template_holds_slots_of_the_list_and_nothing_that_could_run(text: str) -> None:
    for place in ("subject", "addressee", "body", "copies"):
        with pytest.raises(RefusedError, match=rf"^letter\.slot {place}$"):
            letters.checked(**TOLD | {place: text})


def test_other_braces_are_text() -> None:
    text = "{% for x in y %} ${7*7} {tujuan} #{1} <script>alert(1)</script>"
    kept = letters.checked(**TOLD | {"body": text})
    assert letters.filled(kept["body"], {"tujuan": "Polda"}, []) == [text]


def test_what_is_put_into_a_slot_is_not_looked_through() -> None:
    blanks: list[str] = []
    assert letters.filled("Yth. {{tujuan}}, {{kontak}}", {"tujuan": "{{kontak}} {{7*7}}", "kontak": "Nama"}, blanks) == [
        "Yth. {{kontak}} {{7*7}}, Nama"
    ]
    assert blanks == []


def test_an_empty_slot_is_named_once_and_an_optional_one_drops_its_line() -> None:
    blanks: list[str] = []
    said = letters.filled("Satu {{uraian}}\nDua {{rangkaian?}}\nTiga {{uraian}} {{tujuan}}", {"tujuan": "Polda", "rangkaian": " "}, blanks)
    assert (said, blanks) == (["Satu ........", "Tiga ........ Polda"], ["uraian"])
    assert letters.filled("Dua {{ rangkaian ? }}", {"rangkaian": "a\n\nb"}, []) == ["Dua a", "b"]


def test_how_many_lines_are_said_as_people_count() -> None:
    def said(*kinds: ItemKind) -> str:
        lines: list[Any] = [SimpleNamespace(kind=kind) for kind in kinds]
        return letters._counted(lines)

    link, phone, account = ItemKind.LINK, ItemKind.PHONE, ItemKind.ACCOUNT
    assert said(link, link, phone) == "2 tautan dan 1 nomor telepon"
    assert (said(link), said()) == ("1 tautan", "")
    assert said(account, phone, link) == "1 tautan, 1 nomor telepon, dan 1 akun"


@pytest.mark.parametrize(
    ("count", "day", "number"),
    [
        (1, date(2026, 1, 1), "B.1/DIT/PK.02/I/2026"),
        (312, date(2026, 12, 31), "B.312/DIT/PK.02/XII/2026"),
        (None, date(2027, 9, 2), "B.…/DIT/PK.02/IX/2027"),
    ],
)
def test_a_number_says_unit_subject_month_and_year(count: int | None, day: date, number: str) -> None:
    assert letters.numbered(count, "DIT", "PK.02", day) == number


@pytest.mark.django_db
def test_only_a_supervisor_of_the_directorate_enters_editions_and_only_over_the_newest() -> None:
    letters.load(now=NOW)
    by = factories.person(Role.SUPERVISOR, "directorate")
    first = letters.template_of("komdigi")
    assert first is not None
    assert (letters.load(now=NOW), first.by) == (0, None)
    told: dict[str, Any] = {"channel": "komdigi", "seen": first.pk, "now": NOW, **TOLD}
    for other in (factories.person(Role.ANALYST), factories.person(Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            letters.enter(**told, by=other)
    with pytest.raises(RefusedError, match=r"^letter\.channel$"):
        letters.enter(**told | {"channel": "iasc"}, by=by)
    with pytest.raises(RefusedError, match=r"^letter\.required body$"):
        letters.enter(**told | {"body": " \n "}, by=by)
    made = letters.enter(**told, by=by)
    assert (letters.template_of("komdigi"), made.body) == (made, "Kami mohon.")
    with pytest.raises(RefusedError, match=r"^letter\.newer$"):
        letters.enter(**told, by=by)
    assert models.LetterTemplate.objects.filter(channel="komdigi").count() == 2


@pytest.mark.django_db
def test_an_office_without_a_letterhead_submits_no_letter_and_is_told_why() -> None:
    letters.load(now=NOW)
    analyst = factories.person(Role.ANALYST)
    case = asked.case_of(by=factories.person())
    made = asked.draft(case, analyst, "kemlu")
    lines = packets.lines(made)
    letter = documents.composed(made, lines, by=analyst, now=NOW)
    assert letter is not None
    assert letter.blanks == ("kop", "uraian", "kontak")  # and what nobody wrote yet
    assert [one.fact for one in letters.lacks(made, lines, letter)] == ["kop", "uraian", "kontak"]
    asked.letters_ready("directorate")
    made = asked.filled(made, analyst)
    letter = documents.composed(made, lines, by=analyst, now=NOW)
    assert letter is not None
    assert (letter.blanks, letters.lacks(made, lines, letter)) == ((), [])
    assert letter_files.banner(letter, draft=True) == "KONSEP, BELUM DIAJUKAN"


@pytest.mark.django_db
def test_the_sample_of_a_letter_speaks_of_articles_where_it_quotes_any() -> None:
    letters.load(now=NOW)
    office = factories.office("directorate")
    quoting = set()
    for channel in letters.with_letter():
        template = letters.template_of(channel)
        assert template is not None
        told = {part: getattr(template, part) for part in ("code", "subject", "addressee", "body", "copies")}
        banner = letter_files.banner(letters.sample(channel, told, office=office, now=NOW), draft=True)
        if banner != "KONSEP, BELUM DIAJUKAN":
            assert banner == "KONSEP, BELUM DIAJUKAN. Pasal yang dikutip menunggu konfirmasi unit hukum"
            quoting.add(channel)
    assert quoting == {"komdigi", "police"}
