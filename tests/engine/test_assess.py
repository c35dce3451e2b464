"""From a text to the answer: posts of our own against a register of our own."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain
from patrol.domain import (
    LAW_ZONE,
    Agency,
    Claim,
    ClaimKind,
    CompanyRole,
    Content,
    Licence,
    LicenceCheck,
    Reading,
    Register,
    Sentence,
    Standing,
    TextKind,
    Verdict,
)
from patrol.engine import assess
from patrol.engine.licences import Book
from patrol.engine.rules import scoring

REGISTER = Register(
    agencies=(
        Agency(
            name="PT Cahaya Rantau Rekaan",
            sip3mi_number="77/SIP3MI/2024",
            standings=(Standing("active", date(2024, 1, 2)),),
            province="Jawa Timur",
            city="Malang",
            phones=("0840-1111-2222",),
        ),
        Agency(
            name="PT Samudra Contoh Jaya",
            standings=(
                Standing("active", date(2023, 1, 2), date(2026, 11, 9)),
                Standing("revoked", date(2026, 11, 10), decree="SK 5/2026"),
            ),
            phones=("0840-3333-4444",),
        ),
    ),
    licences=(
        Licence(
            number="B.101/SIP2MI/III/2026",
            agency="PT Cahaya Rantau Rekaan",
            country="TW",
            positions=("operator produksi",),
            valid_from=date(2026, 3, 1),
            valid_to=date(2027, 2, 28),
        ),
        Licence(
            number="B.202/SIP2MI/I/2026",
            agency="PT Samudra Contoh Jaya",
            country="MY",
            positions=("pekerja ladang",),
            valid_from=date(2026, 1, 10),
            valid_to=date(2027, 1, 9),
        ),
    ),
    register_date=date(2026, 11, 18),
)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=LAW_ZONE)


@pytest.fixture(scope="module")
def book() -> object:
    return assess.book(REGISTER)


def one(text: str, book: object, when: datetime | None = NOW, **more: str) -> domain.Assessment:
    (assessed,) = assess.assess([Content(text=text, **more)], [when], book, now=NOW)  # type: ignore[arg-type]
    return assessed


_SHOWN = st.sampled_from(
    ["SIP", "SIP2MI no.", "izin resmi no", "Nomor izin:", "legalitas no", "izin rekrut", "", "dengan surat izin perekrutan nomor"]
)
_STYLES = st.sampled_from(
    [
        "B.{n}/SIP2MI/{m}/{y}",
        "B {n} SIP2MI {m} {y}",
        "{n}-SIP2MI-{m}-{y}",
        "b.{n}/sip2mi/{m}/{y}",
        "{n}/SIP2MI/{m}/{y}",
        "B. {n} / SIP2MI / {m} / {y}",
    ]
)
_HOME_MADE = st.sampled_from(["{n}/TKI-LN/{m}/{y}", "{n}/LN.JTM/{m}/{y}", "AB/{n}/PKTKI/{y}", "{n}/KERJA-TW/{y}"])
_MONTHS = st.sampled_from(["I", "III", "VII", "XII", "3", "08", "11"])


@given(_SHOWN, _STYLES, st.integers(1, 99_999), _MONTHS, st.integers(2020, 2028))
def test_a_text_with_a_readable_licence_number_is_never_licensed_by_the_agency_alone(
    book: Book, shown: str, style: str, serial: int, month: str, year: int
) -> None:
    number = style.format(n=serial, m=month, y=year)
    found = one(f"PT Cahaya Rantau Rekaan buka lowongan operator produksi pabrik Taiwan. {shown} {number}. Daftar di kantor", book).check
    held = book.permits_by_number(number)
    assert (found.verdict == Verdict.LICENSED) is bool(held)
    assert held or found.verdict == Verdict.LICENCE_NOT_FOUND


@given(st.sampled_from(["izin resmi no", "Nomor izin:", "surat izin no.", "lisensi nomor"]), _HOME_MADE, st.integers(1, 99_999), _MONTHS)
def test_a_home_made_number_shown_as_the_permit_is_not_found(book: Book, shown: str, style: str, serial: int, month: str) -> None:
    number = style.format(n=serial, m=month, y=2026)
    found = one(f"PT Cahaya Rantau Rekaan buka lowongan operator produksi pabrik Taiwan. {shown} {number}. Daftar di kantor", book).check
    assert found.verdict == Verdict.LICENCE_NOT_FOUND


def spans_lie_in_their_texts(assessed: domain.Assessment, text: str) -> bool:
    return all(
        0 <= start < end <= len(text)
        for finding in assessed.findings
        for (start, end), source in zip(finding.spans, finding.sources, strict=True)
        if source == "text"
    )


LICENSED = (
    "Lowongan kerja Taiwan: operator produksi, kontrak 3 tahun, gaji NT$29.500. PT Cahaya Rantau Rekaan, "
    "SIP2MI B.101/SIP2MI/III/2026. Daftar lewat kantor kami di Malang atau disnaker. Telp 0840-1111-2222."
)


def test_a_licensed_offer_is_below_medium(book: object) -> None:
    assessed = one(LICENSED, book)
    assert (assessed.check.verdict, assessed.level, assessed.kinds) == ("licensed", "none", ())
    assert [finding.rule for finding in assessed.findings] == ["official_placement"]


def test_the_same_agency_for_another_country(book: object) -> None:
    text = "Dibutuhkan operator produksi untuk Korea Selatan. PT Cahaya Rantau Rekaan, WA 0840-1111-2222."
    assessed = one(text, book)
    assert (assessed.check.verdict, assessed.level) == ("no_licence_for_offer", "medium")
    assert assessed.kinds == ("illegal_recruitment",)
    assert spans_lie_in_their_texts(assessed, text)


def test_the_day_of_the_post_decides(book: object) -> None:
    text = "Lowongan ladang sawit Malaysia, PT Samudra Contoh Jaya, hubungi kantor 0840-3333-4444."
    last_good_day = datetime(2026, 11, 9, 23, 59, tzinfo=LAW_ZONE)
    before, after = one(text, book, last_good_day), one(text, book, last_good_day + timedelta(minutes=1))
    assert (before.check.verdict, before.level) == ("licensed", "none")
    assert (after.check.verdict, after.level) == ("agency_revoked", "high")
    # the same moment in another zone is the same day in Jakarta
    assert one(text, book, last_good_day.astimezone(UTC)).check == before.check


def test_a_compound_job(book: object) -> None:
    text = (
        "LOKER KAMBOJA!! Dicari admin judol dan CS chat, gaji 12 juta/bulan + bonus, mess dan makan 3x sehari, "
        "tanpa ijazah tanpa pengalaman, paspor dibikinin. Japri 0840 5555 6666"
    )
    assessed = one(text, book)
    assert (assessed.check.verdict, assessed.level) == ("no_licence_shown", "high")
    assert assessed.findings[0].rule == "scam_compound_job"
    assert assessed.reading.countries == ("KH",)
    assert spans_lie_in_their_texts(assessed, text)


def test_domestic_work_on_a_pilgrim_visa(book: object) -> None:
    text = "Butuh cepat PRT untuk Arab Saudi, pakai visa ziarah dulu, langsung majikan. WA 0840 7777 8888"
    rules = {finding.rule for finding in one(text, book).findings}
    assert {"domestic_work_closed_country", "visit_visa", "licence_verdict"} <= rules
    assert one(text, book).level == "high"


def test_without_a_register_every_offer_cannot_be_checked() -> None:
    plain = "Lowongan kerja Taiwan: operator produksi, kontrak 3 tahun. WA 0840 5555 6666"
    visa = "Butuh PRT untuk Arab Saudi, pakai visa ziarah dulu. WA 0840 5555 6666"
    unchecked, bad = one(plain, None), one(visa, None)
    assert (unchecked.check.verdict, unchecked.level) == ("cannot_check", "none")
    assert (bad.check.verdict, bad.level) == ("cannot_check", "high")


@pytest.mark.parametrize(
    "text",
    [
        'Waspada penipuan! Jangan percaya: "Loker Kamboja admin judol gaji 12 juta, mess, WA 0840 5555 6666"',
        "Polisi menangkap tersangka perekrut ke Arab Saudi, kata Kapolres. Korban dibawa dengan visa ziarah, bayar DP.",
        "Mau tanya, ada yang tahu PT Samudra Contoh Jaya resmi tidak? Saya ditawari kerja di Malaysia, mohon info.",
        "Dibutuhkan segera operator produksi pabrik di Karawang, gaji UMK, kirim lamaran ke HRD PT Rekaan Abadi.",
        "Jual tiket pesawat Jakarta - Hong Kong murah untuk teman-teman BMI, WA 0840 5555 6666",
    ],
)
def test_what_is_no_offer_stays_below_medium(text: str, book: object) -> None:
    assessed = one(text, book)
    assert assessed.check.verdict == "not_an_offer"
    assert assessed.level in ("none", "low")


def test_no_reason_holds_a_number_of_the_post(book: object) -> None:
    text = (
        "Loker PT Cahaya Rantau Rekaan ke Taiwan operator produksi. Jangan telepon kantor. Bayar DP dulu 2 juta ke "
        "BCA 0000111122 a.n. Budi Rekaan atau DANA 084055556666, info 0840 5555 6666"
    )
    assessed = one(text, book)
    assert assessed.level == "high"
    said = json.dumps([assess.render(assessed, id="x")["findings"], assessed.check.reason.id, assessed.check.reason.en])
    assert "5555" not in said
    assert "0000111122" not in said


def test_an_answer_for_each_content_in_order(book: object) -> None:
    texts = [LICENSED, "halo semua", LICENSED]
    assessed = assess.assess([Content(text=text) for text in texts], [NOW] * 3, book, now=NOW)  # type: ignore[arg-type]
    assert [one.check.verdict for one in assessed] == ["licensed", "not_an_offer", "licensed"]
    with pytest.raises(ValueError, match="zip"):
        assess.assess([Content(text="a")], [], book, now=NOW)  # type: ignore[arg-type]


# --- the day --------------------------------------------------------------------------------------


def test_law_day() -> None:
    register_noon = datetime(2026, 11, 18, 12, tzinfo=LAW_ZONE)

    def day(posted_at: datetime | None) -> tuple[date, str]:
        found, note = assess.law_day(posted_at, now=NOW, undated=register_noon)
        return found, note.id if note else ""

    assert day(datetime(2026, 11, 19, 17, 0, tzinfo=UTC)) == (date(2026, 11, 20), "")
    assert day(datetime(2026, 11, 19, 16, 59, tzinfo=UTC)) == (date(2026, 11, 19), "")
    assert day(NOW) == (date(2026, 11, 20), "")
    assert day(NOW + timedelta(seconds=1)) == (
        date(2026, 11, 20),
        "Waktu unggahan berada di masa depan; dinilai per waktu diterima, 20 Nov 2026.",
    )
    assert day(None) == (date(2026, 11, 18), "Waktu unggahan tidak diketahui; dinilai per 18 Nov 2026.")


def test_what_was_assumed_stands_in_the_reason(book: object) -> None:
    undated = assess.render(one(LICENSED, book, None), id=1)
    future = assess.render(one(LICENSED, book, NOW + timedelta(days=400)), id=1)
    assert undated["licence"]["reason"].endswith("Waktu unggahan tidak diketahui; dinilai per 20 Nov 2026.")
    assert undated["licence"]["verdict"] == "licensed"
    assert "masa depan" in future["licence"]["reason"]
    assert future["licence"]["verdict"] == "licensed"


# --- the wire shape -------------------------------------------------------------------------------


def test_a_whole_line() -> None:
    line = {
        "id": "a1",
        "text": "Loker",
        "posted_at": "2026-11-19T08:00:00",
        "platform": "telegram",
        "author": "contoh",
        "url": "https://t.me/contoh/1",
        "links": ["https://wa.me/6284055556666"],
        "images": ["flyer.png"],
    }
    assert assess.question(json.dumps(line).encode()) == assess.Question(
        id="a1",
        content=Content(
            text="Loker", platform="telegram", author="contoh", url="https://t.me/contoh/1", links=("https://wa.me/6284055556666",)
        ),
        posted_at=datetime(2026, 11, 19, 8, tzinfo=LAW_ZONE),
        images=("flyer.png",),
    )
    assert assess.question(b'{"id": 7, "text": ""}') == assess.Question(id=7, content=Content(text=""))


@pytest.mark.parametrize(
    ("line", "of", "reason"),
    [
        (b"\xff\xfe", None, "the line is not UTF-8"),
        (b"[1]", None, "the line is not a JSON object"),
        (b'{"text": "x"}', None, "id is missing or neither text nor a whole number"),
        (b'{"id": true, "text": "x"}', None, "id is missing or neither text nor a whole number"),
        (b'{"id": "a"}', "a", "text is missing"),
        (b'{"id": "a", "text": 5}', "a", "text is not text"),
        (b'{"id": "a", "text": "x", "links": "y"}', "a", "links is not a list of texts"),
        (b'{"id": "a", "text": "x", "images": [1]}', "a", "images is not a list of texts"),
        (b'{"id": "a", "text": "x", "author": {}}', "a", "author is not text"),
        (b'{"id": "a", "text": "x", "posted_at": "kemarin"}', "a", "posted_at is not an ISO date or time"),
        (b'{"id": "a", "text": "x", "posted_at": 5}', "a", "posted_at is not text"),
        (b'{"id": "a", "text": "x", "posted_at": "0001-01-01T00:00:00Z"}', "a", None),
        (b'{"id": "a", "text": "x", "posted_at": "9999-12-31T23:00:00Z"}', "a", "posted_at is not an ISO date or time"),
    ],
)
def test_bad_lines_say_what_is_wrong(line: bytes, of: str | None, reason: str | None) -> None:
    if reason is None:
        assert assess.question(line).id == of
        return
    with pytest.raises(assess.BadLineError) as caught:
        assess.question(line)
    assert (caught.value.of, str(caught.value)) == (of, reason)


def test_a_line_that_is_no_json() -> None:
    for line in (b"{", b"[" * 100_000):
        with pytest.raises(assess.BadLineError, match="the line is not JSON"):
            assess.question(line)


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_stored_has_the_same_length_and_can_be_written(text: str) -> None:
    stored = assess.storable(text)
    assert len(stored) == len(text)
    assert "\0" not in stored
    stored.encode()


def test_nul_and_lone_surrogates() -> None:
    assert assess.question(rb'{"id": "a", "text": "x\u0000\ud800y"}').content.text == "x\ufffd\ufffdy"


def test_the_shape_of_an_answer() -> None:
    company = Claim(ClaimKind.COMPANY, "PT Cahaya Rantau Rekan", (0, 22), role=CompanyRole.PLACER, confidence=0.912)
    employer = Claim(ClaimKind.COMPANY, "Maju Sdn Bhd", (30, 42), role=CompanyRole.EMPLOYER)
    phone = Claim(ClaimKind.PHONE, "+6284055556666", (50, 64))
    seen = Claim(ClaimKind.PHONE, "+6284055556666", (3, 17), source="image:0", confidence=0.8)
    permit = Claim(ClaimKind.SIP3MI_NUMBER, "7/SIP3MI/2024", (70, 83))
    name = Claim(ClaimKind.COMPANY, "PT Cahaya Rantau Rekaan", (0, 22), role=CompanyRole.PLACER, confidence=0.9)
    found = domain.Finding("visit_visa", 1, 2.4, Sentence("Alasan.", "Reason."), ("illegal_recruitment",), ((90, 99),), ("text",))
    other = LicenceCheck(Verdict.LICENSED, date(2026, 11, 20), Sentence("Baik.", "Good."), agency="PT Lain Rekaan")
    assessed = domain.Assessment(
        reading=Reading(TextKind.OFFER_ABROAD, (company, employer, phone, permit, seen), ("TW",), ("production_operator",)),
        check=LicenceCheck(
            Verdict.LICENCE_EXPIRED,
            date(2026, 11, 20),
            Sentence("SIP kedaluwarsa", "SIP expired"),
            register_date=date(2026, 11, 18),
            agency="PT Cahaya Rantau Rekaan",
            licence_number="B.1/SIP2MI/I/2025",
            notes=(Sentence("Register lama.", "Old register."),),
            claims=(name,),
            others=(other,),
        ),
        findings=(found,),
        score=72,
        level="high",
        kinds=("illegal_recruitment",),
        notes=(Sentence("Waktu tidak diketahui.", "Time unknown."),),
    )
    assert assess.render(assessed, id="p1", notes=[Sentence("Gambar 1 tidak ditemukan.", "…")]) == {
        "id": "p1",
        "level": "high",
        "score": 72,
        "kinds": ["illegal_recruitment"],
        "overseas_offer": True,
        "licence": {
            "verdict": "licence_expired",
            "agency": "PT Cahaya Rantau Rekaan",
            "licence_number": "B.1/SIP2MI/I/2025",
            "register_date": "2026-11-18",
            "reason": "SIP kedaluwarsa. Register lama. Waktu tidak diketahui. Gambar 1 tidak ditemukan.",
            "others": [{"verdict": "licensed", "agency": "PT Lain Rekaan", "licence_number": "", "reason": "Baik."}],
        },
        "indicators": [
            {"kind": "agency", "value": "PT Cahaya Rantau Rekaan", "span": [0, 22], "source": "text", "confidence": 0.9},
            {"kind": "phone", "value": "+6284055556666", "span": [50, 64], "source": "text", "confidence": 1.0},
            {"kind": "licence_number", "value": "7/SIP3MI/2024", "span": [70, 83], "source": "text", "confidence": 1.0},
            {"kind": "phone", "value": "+6284055556666", "span": [3, 17], "source": "image:0", "confidence": 0.8},
        ],
        "countries": ["TW"],
        "positions": ["production_operator"],
        "findings": [{"rule": "visit_visa", "version": 1, "points": 2.4, "reason": "Alasan.", "spans": [[90, 99]], "sources": ["text"]}],
    }


def test_kinds_come_from_findings_that_speak_against_the_post() -> None:
    reason = Sentence("a", "b")
    findings = [
        domain.Finding("x", 1, 2.0, reason, kinds=("phishing", "fraud")),
        domain.Finding("y", 1, 1.0, reason, kinds=("fraud",)),
        domain.Finding("z", 1, -1.0, reason, kinds=("impersonation",)),
    ]
    offer, lure = (Reading(kind, (), (), ()) for kind in (TextKind.OFFER_ABROAD, TextKind.LURE))
    assert scoring.kinds(lure, findings) == ("phishing", "fraud")
    assert scoring.kinds(lure, []) == ()
    recruits = domain.Finding("r", 1, 1.0, reason, kinds=("illegal_recruitment", "fraud"))
    assert scoring.kinds(offer, [recruits]) == ("illegal_recruitment", "fraud")
    poses = domain.Finding("p", 1, 1.0, reason, kinds=("impersonation",))
    assert scoring.kinds(offer, [recruits, poses]) == scoring.kinds(offer, [poses]) == ("impersonation", "fraud")
    assert scoring.kinds(lure, [poses]) == ("impersonation",)


def test_what_stands_on_a_picture_has_its_box_beside_its_span() -> None:
    on_picture = Claim(ClaimKind.PHONE, "+6284012345678", (3, 16), "image:0", box=(40, 300, 200, 30))
    in_text = Claim(ClaimKind.PHONE, "+6284112345678", (0, 13))
    places = (domain.Place("image:0", (0, 2), (0, 300, 30, 30)), domain.Place("image:0", (3, 16), (40, 300, 200, 30)))
    read = Reading(TextKind.OTHER, (in_text, on_picture), (), (), picture_texts=("WA 0840-1234-5678",), places=places)
    check = LicenceCheck(Verdict.NOT_AN_OFFER, date(2026, 5, 1), Sentence("bukan tawaran", "no offer"))
    found = (
        domain.Finding("both", 1, 1.0, Sentence("a", "a"), spans=((0, 5), (0, 16)), sources=("text", "image:0")),
        domain.Finding("text", 1, 1.0, Sentence("a", "a"), spans=((0, 5),), sources=("text",)),
    )
    answer = assess.render(domain.Assessment(read, check, found, 0, "none", ()), id="a")
    assert [one.get("box") for one in answer["indicators"]] == [None, [40, 300, 200, 30]]
    both, text = answer["findings"]
    assert both["boxes"] == [None, [0, 300, 240, 30]]
    assert "boxes" not in text
