"""The register's pages: what stands on them, who may do what, and that nothing is taken but what was looked at."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from patrol import models, register
from patrol.admin.registrar import agencies as pages
from patrol.admin.registrar import differences, register_files
from patrol.domain import Sentence
from patrol.engine.licences import files, tables
from patrol.engine.licences.tables import RowProblem
from patrol.infra import spreadsheets
from patrol.models import Role
from patrol.register import recheck
from tests import factories
from tests.admin.conftest import Door
from tests.conftest import NOW

LAKSITA = "PT Laksita Benua Rekaan,Laksita Rekaan,201/SIP3MI/2021,active,2024-01-10,,,Jawa Barat,Cirebon,Jl. Contoh 1,0840-1111-0001,,"
WREDA = "PT Wredasana Rekaan,,,active,2024-02-01,,,,,,,,"
TAIWAN = "B. 401/SIP2MI/IV/2026,PT Laksita Benua Rekaan,TW,operator produksi,Pabrik Contoh,60,2026-01-01,2026-12-31,active,2026-01-01"
JAPAN = "B. 402/SIP2MI/IV/2026,PT Wredasana Rekaan,JP,penjahit,,,2026-01-01,2026-06-30,active,2026-11-01"
AGENCY_HEADER, LICENCE_HEADER = ",".join(files.AGENCY_COLUMNS), ",".join(files.LICENCE_COLUMNS)


def lines(*rows: str) -> bytes:
    return "\n".join((*rows, "")).encode()


FIRST = (lines(AGENCY_HEADER, LAKSITA, WREDA), lines(LICENCE_HEADER, TAIWAN, JAPAN))
NEWER = (
    lines(AGENCY_HEADER, LAKSITA.replace("Cirebon", "Bandung")),
    lines(LICENCE_HEADER, TAIWAN.replace("active,2026-01-01", "revoked,2026-11-20")),
)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def registrar(door: Door) -> Client:
    client = door(Role.REGISTRAR)
    client.cookies["django_language"] = "en"
    return client


def at(name: str, *parts: Any, model: str = "registeredition", **query: Any) -> str:
    return reverse(f"admin:patrol_{model}_{name}", args=parts, query=query or None)


def take(pair: tuple[bytes, bytes]) -> models.RegisterEdition:
    names: dict[str, Any] = {"agencies_name": "agencies.csv", "licences_name": "licences.csv"}
    return register.take(*pair, **names, by=None, now=NOW)


def upload(client: Client, pair: tuple[bytes, bytes], *, names: tuple[str, str] = ("agencies.csv", "licences.csv"), day: str = "") -> Any:
    chosen = {key: SimpleUploadedFile(name, content) for key, name, content in zip(("agencies", "licences"), names, pair, strict=True)}
    return client.post(at("import"), {**chosen, "register_date": day})


def looked(client: Client, pair: tuple[bytes, bytes], **more: Any) -> Any:
    """The page that shows what two files would change."""
    answer = upload(client, pair, **more)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"])


def apply(client: Client, page: Any, **instead: Any) -> Any:
    """Posts the preview's own form."""
    found = dict(re.findall(r'name="(upload|seen_base)" value="([^"]*)"', page.content.decode()))
    return client.post(at("take"), {**found, **instead})


def text(answer: Any) -> str:
    """The page as it is read: without tags, in single spaces."""
    body = answer.content.decode()
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body[body.index("<main") :])).split())


def cells(answer: Any, table: int = 0) -> list[list[str]]:
    """The rows of a table, each cell as text."""
    found = re.findall(r"<tbody>(.*?)</tbody>", answer.content.decode(), re.DOTALL)[table]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", found, re.DOTALL)
    icon = r'<span class="ic"[^>]*>[^<]*</span>'
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]*>", " ", re.sub(icon, "", cell))).split())
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        ]
        for row in rows
    ]


def counted(answer: Any) -> list[str]:
    """What the page says each file holds."""
    return re.findall(r'<small class="l2">\s*(\d+ rows?)\s*</small>', answer.content.decode())


class TestLooking:
    def test_the_difference_field_by_field_and_nothing_is_written(self, registrar: Client) -> None:
        take(FIRST)
        page = looked(registrar, NEWER)
        assert cells(page) == [
            [
                "Gone",
                "PT Wredasana Rekaan",
                "the agency itself",
                "the whole row",
                "active since 1 Feb 2024",
                "kept, marked “no longer there since 20 Nov 2026”",
            ],
            [
                "Gone",
                "PT Wredasana Rekaan",
                "B. 402/SIP2MI/IV/2026 Japan",
                "the whole row",
                "penjahit, to 30 Jun 2026",
                "kept, marked “no longer there since 20 Nov 2026”",
            ],
            ["Changed", "PT Laksita Benua Rekaan", "the agency itself", "city", "Cirebon", "Bandung"],
            ["Changed", "PT Laksita Benua Rekaan", "B. 401/SIP2MI/IV/2026 Taiwan", "status", "active", "revoked"],
            ["Changed", "PT Laksita Benua Rekaan", "B. 401/SIP2MI/IV/2026 Taiwan", "status from", "1 Jan 2026", "20 Nov 2026"],
        ]
        assert counted(page) == ["1 row", "1 row"]
        assert "Apply as of 20 Nov 2026" in text(page)
        assert "offers of the last 90 days and all open flags are checked again" in text(page)
        assert models.RegisterEdition.objects.count() == 1

    def test_chips_show_one_kind(self, registrar: Client) -> None:
        take(FIRST)
        address = upload(registrar, NEWER)["Location"]
        assert [row[0] for row in cells(registrar.get(f"{address}&kind=changed"))] == ["Changed"] * 3
        assert [row[0] for row in cells(registrar.get(f"{address}&kind=gone"))] == ["Gone"] * 2
        assert "Nothing here." in text(registrar.get(f"{address}&kind=new"))

    def test_a_long_difference_is_paged_and_no_entry_is_lost(self, registrar: Client) -> None:
        many = [f"PT Rekaan Nomor {n},,,active,2024-02-01,,,,,,,," for n in range(130)]
        one = TAIWAN.replace("PT Laksita Benua Rekaan", "PT Rekaan Nomor 7")
        address = upload(registrar, (lines(AGENCY_HEADER, *many), lines(LICENCE_HEADER, one)))["Location"]
        first, second = registrar.get(address), registrar.get(f"{address}&page=2")
        assert (len(cells(first)), len(cells(second))) == (100, 31)
        assert len({tuple(row) for row in cells(first) + cells(second)}) == 131
        assert "1 to 100 of 131" in text(first)
        assert "101 to 131 of 131" in text(second)

    def test_xlsx_is_read_as_csv_is(self, registrar: Client) -> None:
        def book(content: bytes) -> bytes:
            workbook, out = openpyxl.Workbook(), io.BytesIO()
            for row in csv.reader(io.StringIO(content.decode())):
                workbook.worksheets[0].append(row)
            workbook.save(out)
            return out.getvalue()

        as_books = looked(registrar, (book(FIRST[0]), book(FIRST[1])), names=("agencies.xlsx", "licences.xlsx"))
        assert cells(as_books) == cells(looked(registrar, FIRST))
        assert len(cells(as_books)) == 4

    def test_the_same_files_again_say_that_nothing_changes(self, registrar: Client) -> None:
        take(FIRST)
        assert "The files hold what the register holds already" in text(looked(registrar, FIRST))

    def test_older_files_are_noted_and_not_refused(self, registrar: Client) -> None:
        take(NEWER)
        page = looked(registrar, FIRST)
        assert cells(page, 0) == [
            ["note", "agencies.csv", "-", "-", "The files of 1 Nov 2026 are older than the loaded register (of 20 Nov 2026)"]
        ]
        assert "Apply as of 1 Nov 2026" in text(page)

    def test_a_day_in_the_files_that_lies_ahead_is_said(self, registrar: Client) -> None:
        ahead = (FIRST[0].replace(b"2024-02-01", b"2027-02-01"), FIRST[1])
        assert "1 Feb 2027, lies in the future" in text(looked(registrar, ahead))
        assert "lies in the future" not in text(looked(registrar, FIRST))


KINDS = [
    (b"", None, ("agencies.csv", "-", "-", "The file is empty")),
    (b"PK\x03\x04broken", None, ("agencies.csv", "-", "-", "The XLSX file is broken or is none")),
    (b"\xd0\xcf\x11\xe0old", None, ("agencies.csv", "-", "-", "An old XLS file; save it as XLSX or CSV")),
    (FIRST[0].replace(b"Contoh", b"Cont\xf6h"), None, ("agencies.csv", "2", "-", "The file is not UTF-8; save it as “CSV UTF-8” or XLSX")),
    (
        FIRST[0].replace(b",", b";"),
        None,
        ("agencies.csv", "1", "-", "The columns are separated by semicolons; save as CSV with commas, or as XLSX"),
    ),
    (
        FIRST[0].replace(b"status_from", b"status_form"),
        None,
        ("agencies.csv", "1", "Status sejak", "The column status_from is missing; is it “status_form”?"),
    ),
    (FIRST[0].replace(b"decree", b"city", 1), None, ("agencies.csv", "1", "city", "The column city stands twice")),
    (lines(AGENCY_HEADER), None, ("agencies.csv", "-", "-", "The file holds a header and no rows")),
    (lines(AGENCY_HEADER, LAKSITA, WREDA, WREDA), None, ("agencies.csv", "4", "-", "Double row: the same as 3")),
    (
        FIRST[0].replace(b"2024-02-01", b"2024-02-30"),
        None,
        ("agencies.csv", "3", "status_from", "“2024-02-30” cannot be read as a date. Write year-month-day, for example 2026-11-30"),
    ),
    (
        FIRST[0].replace(b"active,2024-02", b"aktiv,2024-02"),
        None,
        ("agencies.csv", "3", "status", "“aktiv” is no status. Write one of: active, partly_suspended, suspended, supervised, revoked"),
    ),
    (FIRST[0].replace(b"Cirebon", b"=1+1"), None, ("agencies.csv", "2", "city", "The cell holds a formula; paste its value instead")),
    (
        lines(AGENCY_HEADER, LAKSITA, WREDA, WREDA.replace("active,2024-02-01,,", "suspended,2024-02-01,,SK 1")),
        None,
        ("agencies.csv", "4", "status_from", "The period overlaps that of row 3"),
    ),
    (
        None,
        FIRST[1].replace(b"Pabrik Contoh", b"Pabrik Contoh, Ltd."),
        ("licences.csv", "2", "-", "The row has more cells than the header; text with commas must stand in quotes"),
    ),
    (None, FIRST[1].replace(b"JP", b"Jepung"), ("licences.csv", "3", "country", "“Jepung” is no country known. Is it Jepang?")),
    (
        None,
        FIRST[1].replace(b"PT Wredasana Rekaan", b"PT Wredasena Rekain"),
        (
            "licences.csv",
            "3",
            "agency",
            "The agency “PT Wredasena Rekain” is not in the file of agencies (P3MI). A like one: PT Wredasana Rekaan",
        ),
    ),
    (
        None,
        FIRST[1].replace(b",60,", b",enam puluh,"),
        ("licences.csv", "2", "quota", "The quota “enam puluh” is no whole number of 0 to 1,000,000"),
    ),
    (
        None,
        FIRST[1].replace(b"402", b"401").replace(b",JP,", b",TW,"),
        ("licences.csv", "3", "number", "The number B. 401/SIP2MI/IV/2026 for this country stands in row 2 already"),
    ),
    (None, FIRST[1].replace(b"2026-06-30", b"2025-06-30"), ("licences.csv", "3", "valid_to", "The period ends before it begins")),
]


class TestMistakes:
    @pytest.mark.parametrize(("agencies", "licences", "expected"), KINDS, ids=[kind[2][3][:40] for kind in KINDS])
    def test_each_kind_has_its_place_and_its_sentence_and_keeps_everything_out(
        self, agencies: bytes | None, licences: bytes | None, expected: tuple[str, ...], registrar: Client
    ) -> None:
        pair = (FIRST[0] if agencies is None else agencies, FIRST[1] if licences is None else licences)
        if not pair[0]:
            # An empty file does not pass the form: the sentence stands there, at once.
            assert "The submitted file is empty." in text(upload(registrar, pair))
            return
        page = looked(registrar, pair)
        assert ["mistake", *expected] in cells(page)
        assert counted(page) == []  # rows that cannot be read are no rows of it yet
        assert 'name="seen_base"' not in page.content.decode()
        assert "The difference is shown once the mistakes are mended." in text(page)

    def test_in_indonesian_the_sentence_is_indonesian(self, door: Door) -> None:
        page = looked(door(Role.REGISTRAR), (FIRST[0].replace(b"2024-02-01", b"2024-02-30"), FIRST[1]))
        assert "“2024-02-30” tidak dapat dibaca sebagai tanggal. Tulis tahun-bulan-hari, misalnya 2026-11-30" in text(page)

    def test_mistakes_come_before_notes_and_none_is_hidden(self, registrar: Client) -> None:
        rows = [f"PT Rekaan {n},,,active,2024-02-31,,,,,,,," for n in range(150)]
        page = looked(registrar, (lines(f"{AGENCY_HEADER},catatan", *(f"{row},x" for row in rows)), FIRST[1]))
        found = cells(page)
        assert [row[0] for row in found] == ["mistake"] * (len(found) - 1) + ["note"]
        dates = [row[2] for row in found if row[3] == "status_from" and "as a date" in row[4]]
        assert dates == [str(line) for line in range(2, 152)]
        assert found[-1][3:] == ["catatan", "The column catatan is not known and not read"]

    def test_a_forged_request_takes_nothing_either(self, registrar: Client) -> None:
        take(FIRST)
        bad = (FIRST[0].replace(b"2024-02-01", b"2024-02-30"), FIRST[1])
        token = upload(registrar, bad)["Location"]
        [wanted] = re.findall(r"upload=([^&]+)", token)
        answer = registrar.post(at("take"), {"upload": unescape(wanted.replace("%3A", ":")), "seen_base": "1"}, follow=True)
        assert "No row was loaded: 1 mistake must be mended first." in text(answer)
        assert models.RegisterEdition.objects.count() == 1

    def test_the_list_is_a_file_for_whoever_made_the_files(self, registrar: Client) -> None:
        page = looked(registrar, (FIRST[0].replace(b"decree", b"=HYPERLINK(1)"), FIRST[1]))
        link = re.findall(r'href="([^"]*/masalah/[^"]*)"', page.content.decode())[0]
        answer = registrar.get(unescape(link))
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert answer["Content-Disposition"] == 'attachment; filename="register-masalah.csv"'
        assert rows == [
            ["File", "Row", "Column", "Reason", "Keeps the files out"],
            ["agencies.csv", "1", "Nomor SK", "The column decree is missing", "yes"],
            ["agencies.csv", "1", "'=HYPERLINK(1)", "The column =HYPERLINK(1) is not known and not read", "no"],
        ]

    @pytest.mark.parametrize("sign", [*"=+-@\t\r＝＋－＠", "\0"])
    def test_no_cell_of_the_list_is_a_formula(self, sign: str) -> None:
        said = Sentence(f"{sign}1", f"{sign}1")
        listed = differences.problem_list([RowProblem(f"{sign}cmd.csv", 3, f"{sign}A1", said)]).decode("utf-8-sig")
        row = list(csv.reader(io.StringIO(listed, newline="")))[1]
        # A sentence may quote what somebody wrote: there a wide @ begins a name, and is masked.
        sentence = "••" if sign == "＠" else f"'{sign}"
        begun = [f"'{sign}", f"'{sign}", sentence] if sign != "\r" else [" c", " A", " 1"]  # a cell is one line
        assert [cell[:2] for cell in (row[0], row[2], row[3])] == begun
        assert spreadsheets.inert("PT Contoh") == "PT Contoh"

    def test_a_file_over_20_mb_is_refused_at_the_door(self, registrar: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tables, "MAX_BYTES", len(FIRST[0]) - 1)
        assert "The file is larger than 20 MB." in text(upload(registrar, FIRST))

    @pytest.mark.parametrize(
        ("day", "sentence"), [("2026-11-24", "The day lies in the future."), ("11/24/2026", "Write the day as 24/11/2026 or 24 Nov 2026.")]
    )
    def test_a_day_that_cannot_be_is_refused_beside_its_field(self, day: str, sentence: str, registrar: Client) -> None:
        assert sentence in text(upload(registrar, FIRST, day=day))


class TestTaking:
    def test_what_was_looked_at_is_taken_and_said(self, registrar: Client) -> None:
        person = models.Person.objects.get(role=Role.REGISTRAR)
        answer = apply(registrar, looked(registrar, FIRST, day="2026-11-22"))
        edition = models.RegisterEdition.objects.get()
        assert answer["Location"] == at("change", edition.pk)
        assert (str(edition.register_date), edition.imported_by) == ("2026-11-22", person)
        page = text(registrar.get(answer["Location"]))
        assert (
            "Taken: Register as of 22 Nov 2026, edition 1. Offers of the last 90 days and all open flags are checked again by it." in page
        )
        assert "2 held; 2 new, 0 changed, 0 gone" in page
        assert all(file["sha256"] in page for file in edition.files)

    def test_twice_is_once(self, registrar: Client) -> None:
        page = looked(registrar, FIRST)
        first, second = apply(registrar, page), apply(registrar, page)
        assert first["Location"] == second["Location"]
        assert "nothing was taken twice" in text(registrar.get(second["Location"]))
        assert models.RegisterEdition.objects.count() == 1

    def test_the_second_of_two_registrars_sees_the_difference_anew(self, registrar: Client) -> None:
        take(FIRST)
        page = looked(registrar, NEWER)
        take((FIRST[0], lines(LICENCE_HEADER, TAIWAN)))
        answer = apply(registrar, page)
        assert models.RegisterEdition.objects.count() == 2
        again = registrar.get(answer["Location"])
        assert "Another register edition was loaded in the meantime; look at the preview again." in text(again)
        assert apply(registrar, again)["Location"] == at("change", models.RegisterEdition.objects.get(number=3).pk)

    @pytest.mark.parametrize("instead", [{"seen_base": ""}, {"seen_base": "one"}, {"upload": ""}, {"upload": "a\0b"}, {"upload": "x"}])
    def test_what_no_page_wrote_is_not_taken(self, instead: dict[str, str], registrar: Client) -> None:
        assert apply(registrar, looked(registrar, FIRST), **instead).status_code == 404
        assert models.RegisterEdition.objects.count() == 0

    def test_files_of_one_name_are_told_apart(self, registrar: Client) -> None:
        page = looked(registrar, (FIRST[0].replace(b"2024-02-01", b"x"), FIRST[1]), names=("register.csv", "register.csv"))
        assert [row[1] for row in cells(page) if row[0] == "mistake"] == ["P3MI: register.csv"]

    def test_what_waits_belongs_to_whoever_brought_it(self, registrar: Client, door: Door) -> None:
        address = upload(registrar, FIRST)["Location"]
        colleague = door(Role.REGISTRAR)
        assert colleague.get(address).status_code == 404
        assert registrar.get(address).status_code == 200
        assert registrar.get(f"{address}x").status_code == 404
        assert registrar.get(at("preview")).status_code == 404

    def test_what_waited_too_long_is_asked_for_again(self, registrar: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        address = upload(registrar, FIRST)["Location"]
        monkeypatch.setattr(register_files, "UPLOAD_KEPT_SECONDS", -1)
        answer = registrar.get(address, follow=True)
        assert answer.redirect_chain == [(at("import"), 302)]
        assert "These files have waited too long; choose them again." in text(answer)

    def test_the_page_says_how_far_the_new_check_is(self, registrar: Client) -> None:
        take(FIRST)
        factories.stored([factories.illegal()])
        said = "Offers of the last 90 days and all open flags "
        assert f"{said}will be checked again by this edition within a minute." in text(registrar.get(at("changelist")))
        recheck.mark(now=NOW)
        assert f"{said}are being checked again by this edition: 1 post still waits." in text(registrar.get(at("changelist")))
        models.Post.objects.update(due_at=None)
        assert f"{said}are checked by this edition." in text(registrar.get(at("changelist")))


class TestUndoing:
    def test_it_shows_what_changes_back_and_restores_the_edition_before(self, registrar: Client) -> None:
        first, newer = (take(FIRST), take((lines(AGENCY_HEADER, LAKSITA, WREDA, WREDA.replace("Wreda", "Werda")), FIRST[1])))
        page = registrar.get(at("undo", newer.pk))
        assert cells(page) == [
            ["Gone", "PT Werdasana Rekaan", "the agency itself", "the whole row", "active since 1 Feb 2024", "not in that edition"]
        ]
        answer = registrar.post(at("undo", newer.pk))
        restored = models.RegisterEdition.objects.get(number=3)
        assert answer["Location"] == at("change", restored.pk)
        assert restored.restores == first
        assert "Undone: Register as of 1 Nov 2026, edition 3 is in force." in text(registrar.get(answer["Location"]))
        assert [row[1] for row in cells(registrar.get(at("changelist")))] == [
            "1 Nov 2026 restores edition 1",
            "1 Nov 2026 undone by edition 3",
            "1 Nov 2026",
        ]

    def test_only_the_newest_and_never_the_first(self, registrar: Client) -> None:
        first = take(FIRST)
        assert registrar.get(at("undo", first.pk)).status_code == 404
        assert at("undo", first.pk) not in registrar.get(at("change", first.pk)).content.decode()
        newer = take(NEWER)
        assert registrar.get(at("undo", first.pk)).status_code == 404
        assert at("undo", newer.pk) in registrar.get(at("change", newer.pk)).content.decode()
        answer = registrar.post(at("undo", first.pk), follow=True)
        assert "Only the newest edition can be undone." in text(answer)
        assert models.RegisterEdition.objects.count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REGISTRAR])
def test_everybody_reads_and_only_a_registrar_imports(role: str, door: Door, registrar: Client) -> None:
    page, client = looked(registrar, FIRST), door(role)
    take(FIRST)
    newer = take(NEWER)
    read = [at("changelist"), at("change", newer.pk), at("changelist", model="agency"), at("changelist", model="licence")]
    read.append(at("change", models.Agency.objects.filter(edition=newer).earliest("pk").pk, model="agency"))
    assert [client.get(address).status_code for address in read] == [200] * 5
    for address in read:
        assert "/impor/" not in client.get(address).content.decode()
        assert "/batalkan/" not in client.get(address).content.decode()
    assert [client.get(at(name)).status_code for name in ("import", "preview", "problems")] == [404] * 3
    assert client.get(at("undo", newer.pk)).status_code == 404
    assert upload(client, FIRST).status_code == 404
    assert apply(client, page).status_code == 403
    assert client.post(at("undo", newer.pk)).status_code == 403
    assert models.RegisterEdition.objects.count() == 2


def test_without_a_register_every_page_says_so(registrar: Client) -> None:
    for address in (at("changelist"), at("changelist", model="agency"), at("changelist", model="licence")):
        assert "No register loaded" in text(registrar.get(address))
        assert at("import") in registrar.get(address).content.decode()


def test_an_old_register_says_how_old_it_is(registrar: Client, settings: Any) -> None:
    take(FIRST)  # of 1 Nov; today is 23 Nov
    for address in (at("changelist"), at("changelist", model="agency"), at("changelist", model="licence")):
        assert "counts as old" in text(registrar.get(address))
    assert "22 days old" in text(registrar.get(at("changelist")))
    settings.REGISTER_STALE_DAYS = 22
    assert "counts as old" not in text(registrar.get(at("changelist")))


def row(name: str, **given: Any) -> dict[str, Any]:
    return {"name": name, **given}


@pytest.fixture
def held(db: None) -> models.RegisterEdition:
    """One agency for each standing, and licences in every state."""
    today = NOW.date()
    return factories.register(
        [
            row("PT Satu Rekaan", aliases=["Satu Jaya"], sip3mi_number="11/SIP3MI/2020", phones=["0840-1111-0001"]),
            row("PT Dua Rekaan", standings=[("active", "2020-01-01", "2026-10-31", ""), ("suspended", "2026-11-01", None, "SK 7")]),
            row("PT Tiga Rekaan", standings=[("revoked", "2026-11-01", None, "SK 8")]),
            row("PT Empat Rekaan", standings=[("suspended", "2026-01-01", "2026-03-31", "SK 9")]),
            row("PT Lima Rekaan", gone_since=today),
            row("PT Enam Rekaan", standings=[("active", "2026-12-01", None, "")]),
        ],
        [
            {"number": "B. 1/SIP2MI/2026", "agency": "PT Satu Rekaan", "country": "TW", "positions": ["operator"]},
            {"number": "2/SIP2MI/2026", "agency": "PT Satu Rekaan", "country": "JP", "valid_to": "2026-11-22"},
            {"number": "3/SIP2MI/2026", "agency": "PT Satu Rekaan", "country": "JP", "valid_to": "2026-11-23"},
            {"number": "4/SIP2MI/2026", "agency": "PT Dua Rekaan", "country": "TW", "valid_from": "2026-11-24"},
            {"number": "5/SIP2MI/2026", "agency": "PT Dua Rekaan", "country": "TW", "status": "revoked", "status_from": today},
            {"number": "6/SIP2MI/2026", "agency": "PT Dua Rekaan", "country": "TW", "status": "exhausted", "status_from": "2026-06-01"},
            {"number": "7/SIP2MI/2026", "agency": "PT Lima Rekaan", "country": "MY", "gone_since": "2026-11-23"},
            {"number": "8/SIP2MI/2026", "agency": "PT Tiga Rekaan", "country": "MY", "status": "revoked", "status_from": "2026-11-24"},
        ],
    )


def test_agencies_with_their_standing_of_today(registrar: Client, held: models.RegisterEdition) -> None:
    found = {line[0].removesuffix(" Satu Jaya"): line[3:] for line in cells(registrar.get(at("changelist", model="agency")))}
    assert found == {
        "PT Satu Rekaan": ["active", "2 of 3"],
        "PT Dua Rekaan": ["suspended", "0 of 3"],
        "PT Tiga Rekaan": ["SIP3MI revoked", "0 of 1"],
        "PT Empat Rekaan": ["active", "0 of 0"],
        "PT Lima Rekaan": ["no longer there no longer there since 23 Nov 2026", "0 of 1"],
        "PT Enam Rekaan": ["active", "0 of 0"],
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"q": "satu rek"}, ["PT Satu Rekaan"]),
        ({"q": "SATU JAYA"}, ["PT Satu Rekaan"]),
        ({"q": "11 sip3mi"}, ["PT Satu Rekaan"]),
        ({"q": "b.1/sip2mi"}, ["PT Satu Rekaan"]),
        ({"q": "sepuluh"}, []),
        ({"q": "%"}, ["PT Dua Rekaan", "PT Empat Rekaan", "PT Enam Rekaan", "PT Lima Rekaan", "PT Satu Rekaan", "PT Tiga Rekaan"]),
        ({"standing": "suspended"}, ["PT Dua Rekaan"]),
        ({"standing": "gone"}, ["PT Lima Rekaan"]),
        ({"standing": "revoked", "q": "satu"}, []),
    ],
)
def test_agencies_are_found(query: dict[str, str], names: list[str], registrar: Client, held: models.RegisterEdition) -> None:
    answer = registrar.get(at("changelist", model="agency", **query))
    assert sorted(line[0].removesuffix(" Satu Jaya") for line in cells(answer) if len(line) == 5) == names
    if not names:
        assert "Not found in the register as of 23 Nov 2026." in text(answer)


def test_an_agency_with_its_periods_and_licences(registrar: Client, held: models.RegisterEdition) -> None:
    key = models.Agency.objects.get(name="PT Dua Rekaan").pk
    page = registrar.get(at("change", key, model="agency"))
    assert cells(page, 0) == [
        ["suspended holds today", "1 Nov 2026", "until further notice", "SK 7"],
        ["active", "1 Jan 2020", "31 Oct 2026", "-"],
    ]
    assert [(line[0], line[-1]) for line in cells(page, 1)] == [
        ("4/SIP2MI/2026", "not yet valid"),
        ("5/SIP2MI/2026", "revoked since 23 Nov 2026"),
        ("6/SIP2MI/2026", "quota used up since 1 Jun 2026"),
    ]


@pytest.mark.parametrize(
    ("standing", "said", "valid"),
    [
        ("active", "valid today", "1 of 2"),
        ("supervised", "valid today", "1 of 2"),
        ("partly_suspended", "agency partly suspended", "0 of 2"),  # its decree names no part
        ("suspended", "agency suspended", "0 of 2"),
        ("revoked", "agency revoked", "0 of 2"),
    ],
)
def test_a_licence_is_valid_where_its_agency_may_use_it(standing: str, said: str, valid: str, registrar: Client) -> None:
    factories.register(
        [row("PT Tujuh Rekaan", standings=[("active", "2020-01-01", "2026-10-31", ""), (standing, "2026-11-01", None, "SK 7")])],
        [
            {"number": "1/SIP2MI/2026", "agency": "PT Tujuh Rekaan", "country": "TW"},
            {"number": "2/SIP2MI/2026", "agency": "PT Tujuh Rekaan", "country": "TW", "valid_to": "2026-11-22"},
        ],
    )
    key = models.Agency.objects.get().pk
    assert [line[-1] for line in cells(registrar.get(at("change", key, model="agency")), 1)] == [said, "expired"]
    assert [line[-1] for line in cells(registrar.get(at("changelist", model="licence")))] == [said, "expired"]
    assert cells(registrar.get(at("changelist", model="agency")))[0][-1] == valid


@pytest.mark.parametrize(
    ("decree", "said", "valid"),
    [
        ("SK 7: penempatan ke Taiwan", "agency partly suspended", "0 of 1"),
        ("SK 7: penempatan ke Malaysia", "valid today", "1 of 1"),
        ("SK 7: jabatan operator produksi", "agency partly suspended", "0 of 1"),
        ("SK 7: jabatan perawat lansia", "valid today", "1 of 1"),
    ],
)
def test_a_decree_that_stops_a_part_stops_the_licences_for_it(decree: str, said: str, valid: str, registrar: Client) -> None:
    factories.register(
        [row("PT Tujuh Rekaan", standings=[("partly_suspended", "2026-11-01", None, decree)])],
        [{"number": "1/SIP2MI/2026", "agency": "PT Tujuh Rekaan", "country": "TW", "positions": ["operator produksi"]}],
    )
    assert [line[-1] for line in cells(registrar.get(at("changelist", model="licence")))] == [said]
    assert cells(registrar.get(at("changelist", model="agency")))[0][-1] == valid


def test_what_ends_something_is_offered_where_there_is_some(registrar: Client) -> None:
    factories.register(
        [row("PT Satu Rekaan"), row("PT Dua Rekaan", phones=["0840-1111-0002"], standings=[("suspended", "2026-11-01", None, "SK 7")])],
        [{"number": "1/SIP2MI/2026", "agency": "PT Dua Rekaan", "country": "TW"}],
    )
    offered = {
        agency.name: re.findall(rf"/baru/{agency.pk}/([a-z-]+)/", registrar.get(at("change", agency.pk, model="agency")).content.decode())
        for agency in models.Agency.objects.all()
    }
    assert offered == {
        "PT Satu Rekaan": ["sip", "status", "kontak"],
        "PT Dua Rekaan": ["sip", "akhiri-sip", "status", "akhiri-status", "kontak", "akhiri-kontak"],
    }


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("PT Satu Rekaan", "0840-1111-0001"),
        ("PT Lima Rekaan", "No longer in the register's files since 23 Nov 2026."),
        ("PT Enam Rekaan", "Its status before 1 Dec 2026 is not known."),
    ],
)
def test_an_agency_says(name: str, sentence: str, registrar: Client, held: models.RegisterEdition) -> None:
    key = models.Agency.objects.get(name=name).pk
    assert sentence in text(registrar.get(at("change", key, model="agency")))


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, "12345678"),
        ({"country": "JP"}, "23"),
        ({"validity": "valid"}, "13"),
        ({"validity": "agency_revoked"}, "8"),
        ({"validity": "agency_suspended"}, ""),
        ({"validity": "expired"}, "2"),
        ({"validity": "not_yet"}, "4"),
        ({"validity": "revoked"}, "5"),
        ({"validity": "exhausted"}, "6"),
        ({"validity": "gone"}, "7"),
        ({"status": "revoked"}, "58"),
        ({"agency": "dua"}, "456"),
        ({"agency": "dua", "validity": "revoked", "country": "TW"}, "5"),
        ({"q": "b 1 sip2mi"}, "1"),
        ({"country": "XX"}, ""),
    ],
)
def test_licences_are_filtered(query: dict[str, str], numbers: str, registrar: Client, held: models.RegisterEdition) -> None:
    found = [line[0] for line in cells(registrar.get(at("changelist", model="licence", **query))) if len(line) == 8]
    assert sorted(number.removeprefix("B. ")[0] for number in found) == sorted(numbers)


def test_an_older_edition_says_that_it_is_not_in_force(registrar: Client) -> None:
    older = take(FIRST)
    key = models.Agency.objects.get(name="PT Laksita Benua Rekaan").pk
    newer = take(NEWER)
    page = registrar.get(at("change", key, model="agency"))
    said = "You are looking at an older edition (Register as of 1 Nov 2026, edition 1). In force: Register as of 20 Nov 2026, edition 2."
    assert said in text(page)
    now = models.Agency.objects.get(edition=newer, name="PT Laksita Benua Rekaan")
    assert at("change", now.pk, model="agency") in page.content.decode()
    for model in ("agency", "licence"):
        assert said in text(registrar.get(at("changelist", model=model, edition=older.number)))
        assert said not in text(registrar.get(at("changelist", model=model)))
        assert registrar.get(at("changelist", model=model, edition=99)).status_code == 404
    assert "kept" not in text(registrar.get(at("changelist", model="agency", edition=older.number)))


def test_rows_gone_from_the_file_are_still_found(registrar: Client) -> None:
    take(FIRST)
    take(NEWER)
    assert cells(registrar.get(at("changelist", model="agency", q="wreda")))[0][3] == ("no longer there no longer there since 20 Nov 2026")
    assert cells(registrar.get(at("changelist", model="licence", validity="gone")))[0][0] == "B. 402/SIP2MI/IV/2026"


def test_hostile_cells_are_text(registrar: Client) -> None:
    evil = '"<script>alert(1)</script>"'
    take((FIRST[0].replace(b"Jl. Contoh 1", evil.encode()), FIRST[1].replace(b"Pabrik Contoh", evil.encode())))
    key = models.Agency.objects.get(name="PT Laksita Benua Rekaan").pk
    edition = models.RegisterEdition.objects.get()
    for address in (at("change", key, model="agency"), at("changelist", model="licence"), at("change", edition.pk)):
        assert "<script>alert" not in registrar.get(address).content.decode()
    assert "<script>alert(1)</script>" in text(registrar.get(at("changelist", model="licence")))


@pytest.mark.parametrize(
    "query", [{"page": "0"}, {"page": "-1"}, {"page": "x"}, {"page": "9" * 15}, {"edition": "x"}, {"kind": "<b>"}, {"q": "\0"}]
)
def test_a_mistyped_address_is_no_error(query: dict[str, str], registrar: Client, held: models.RegisterEdition) -> None:
    for model in ("registeredition", "agency", "licence"):
        assert registrar.get(at("changelist", model=model, **query)).status_code == 200


@pytest.mark.parametrize("many", [1, 30])
@pytest.mark.parametrize(("model", "queries"), [("registeredition", 8), ("agency", 10), ("licence", 10)])
def test_a_list_costs_the_same_with_one_row_and_with_thirty(
    many: int, model: str, queries: int, registrar: Client, django_assert_num_queries: Any
) -> None:
    names = [f"PT Rekaan {n}" for n in range(many)]
    rows = [{"number": f"{n}/SIP2MI/2026", "agency": name, "country": "TW"} for n, name in enumerate(names)]
    for _ in range(many):
        factories.register([row(name) for name in names], rows)
    with django_assert_num_queries(queries):
        assert len(cells(registrar.get(at("changelist", model=model)))) == many


@pytest.mark.parametrize("many", [1, 30])
def test_the_pages_of_one_cost_the_same(many: int, registrar: Client, django_assert_num_queries: Any) -> None:
    for number in range(2):
        names = [f"PT Rekaan {n} {number}" for n in range(many)]
        edition = factories.register(
            [row(name) for name in names], [{"number": f"{n}/SIP2MI", "agency": names[0], "country": "TW"} for n in range(many)]
        )
    with django_assert_num_queries(19):
        assert registrar.get(at("change", edition.pk)).status_code == 200
    key = models.Agency.objects.filter(edition=edition).earliest("id").pk
    with django_assert_num_queries(10):
        assert len(cells(registrar.get(at("change", key, model="agency")), 1)) == many


def test_editions_are_paged_and_what_was_undone_is_known_over_the_edge(registrar: Client) -> None:
    for _ in range(29):
        factories.register()
    first = take(FIRST)
    newer = take(NEWER)
    register.undo(edition_id=newer.pk, by=models.Person.objects.get(role=Role.REGISTRAR), now=NOW + timedelta(hours=1))
    shown = [cells(registrar.get(at("changelist", page=page))) for page in (1, 2)]
    assert [[int(line[0]) for line in page] for page in shown] == [list(range(32, 2, -1)), [2, 1]]
    assert shown[0][1][1] == "20 Nov 2026 undone by edition 32"
    assert first.number == 30


def test_every_state_has_a_badge() -> None:
    assert set(pages.STANDINGS) == {"active", "partly_suspended", "suspended", "supervised", "revoked", "gone"}
    assert set(differences.FIELDS) >= {*files.AGENCY_COLUMNS, *files.LICENCE_COLUMNS} - {"name", "number", "country", "status_to", "decree"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_example_files_import_as_they_are(registrar: Client, language: str) -> None:
    registrar.cookies["django_language"] = language
    form = registrar.get(at("import")).content.decode()
    assert ("Negara tujuan" in form, "country" in form) == (language == "id", language == "en")
    pair = tuple(registrar.get(at(f"example_{kind}")).content for kind in ("agencies", "licences"))
    assert [at(f"example_{kind}") in form for kind in ("agencies", "licences")] == [True, True]
    edition = take(pair)  # type: ignore[arg-type]
    assert (edition.agencies.count(), edition.licences.count()) == (2, 2)
