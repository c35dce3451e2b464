"""Rows of the register of the post's day as what shows an element."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from patrol import models
from patrol.cases import analysing, documents, packets, register_rows, ticking
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked
from tests.cases.test_ticking import escalated, tick, timeline

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)  # of the posts of the factory
REGISTER = "according to the register as of 23 Nov 2026 (edition 1)"
AGENCIES: list[dict[str, Any]] = [
    {"name": "PT Contoh Satu", "sip3mi_number": "1/2020", "standings": [("suspended", "2026-11-01", "2026-11-30", "KEP 1 (contoh)")]},
    {"name": "PT Contoh Baru", "standings": [("active", "2026-11-24", None, "")]},
    {"name": "PT Contoh Pergi", "gone_since": DAY},
    {"name": "PT Contoh Lain"},
]
SIPS: list[dict[str, Any]] = [
    {"agency": "PT Contoh Satu", "number": "SIP 1", "country": "TW", "positions": ["perawat"], "valid_to": DAY},
    {"agency": "PT Contoh Satu", "number": "SIP 2", "country": "HK", "valid_from": DAY, "status": "revoked", "status_from": "2026-11-20"},
    {"agency": "PT Contoh Satu", "number": "SIP 3", "country": "MY", "status": "exhausted", "status_from": "2026-11-24"},
    {"agency": "PT Contoh Satu", "number": "SIP 4", "country": "SG", "valid_to": "2026-11-22"},
    {"agency": "PT Contoh Satu", "number": "SIP 5", "country": "JP", "valid_from": "2026-11-24"},
    {"agency": "PT Contoh Satu", "number": "SIP 6", "country": "KR", "gone_since": DAY},
    {"agency": "PT Contoh Lain", "number": "SIP 7", "country": "TW"},
]


def named(case: models.Case, *names: str, at: int = 0, **given: Any) -> models.LicenceCheck:
    """The check of a link of the case named these agencies."""
    register = models.RegisterEdition.objects.first() or factories.register(AGENCIES, SIPS, register_date=DAY)
    others = [{"verdict": "agency_not_found", "agency": name, "licence_number": "", "id": "x", "en": "x"} for name in names[1:]]
    return asked.checked(ticking.links(case)[at], register, agency=names[0] if names else "", others=others, day=DAY, **given)


def shown(case: models.Case, at: int = 0) -> dict[str, str]:
    """Key without its number -> the words, of what the register offers."""
    found = [one.row for one in ticking.evidence_of(ticking.links(case)[at]) if one.row]
    return {f"{row.kind} {row.same}": row.said.en for row in found}


def test_the_rows_that_held_on_the_day_are_offered_and_no_others() -> None:
    case = escalated()
    named(case, "PT Contoh Satu")
    assert shown(case) == {
        "agency PT Contoh Satu": "row of the agency: PT Contoh Satu, SIP3MI 1/2020, standing on 23 Nov 2026: suspended (KEP 1 (contoh)), "
        + REGISTER,
        "licence SIP 1 TW": "row of the SIP: SIP 1 of PT Contoh Satu, for Taiwan (perawat), valid 1 Jan 2026 to 23 Nov 2026, " + REGISTER,
        "licence SIP 2 HK": "row of the SIP: SIP 2 of PT Contoh Satu, for Hong Kong, valid 23 Nov 2026 to 31 Dec 2027, "
        "revoked since 20 Nov 2026, " + REGISTER,
        "licence SIP 3 MY": "row of the SIP: SIP 3 of PT Contoh Satu, for Malaysia, valid 1 Jan 2026 to 31 Dec 2027, " + REGISTER,
    }


def test_a_name_without_a_row_on_the_day_is_a_finding_with_edition_and_day() -> None:
    case = escalated()
    named(case, "PT Rekaan 0840 5550 0001", "PT Contoh Pergi", "PT Contoh Baru")
    found = list(shown(case).values())
    assert "0840 5550 0001" not in found[0]
    assert found[0].endswith(f"” for 23 Nov 2026, {REGISTER}")
    assert found[1:] == [
        f"no row of an agency named “PT Contoh Pergi” for 23 Nov 2026, {REGISTER}",
        f"row of the agency: PT Contoh Baru, standing before 24 Nov 2026 not known, {REGISTER}",
    ]


def test_without_a_register_or_a_name_there_is_nothing_of_it(django_assert_num_queries: Any) -> None:
    case = escalated()
    named(case)
    check = ticking.links(case)[0].current_check
    check_of_none = models.LicenceCheck(agency="PT Contoh Satu", others=[], day=DAY)
    with django_assert_num_queries(0):
        assert (register_rows.of_check(check), register_rows.of_check(check_of_none)) == ([], [])


def test_the_quoted_number_stands_first_and_not_all_of_many_are_offered(monkeypatch: Any) -> None:
    case = escalated()
    named(case, "PT Contoh Satu", licence_number="SIP 3")
    monkeypatch.setattr(register_rows, "MOST", 2)
    assert list(shown(case)) == ["agency PT Contoh Satu", "licence SIP 3 MY", "licence SIP 1 TW"]


def test_a_row_is_ticked_with_the_words_of_its_day_which_no_later_register_changes() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    named(case, "PT Contoh Satu", "PT Rekaan")
    offered = {one.kind: one for one in ticking.evidence_of(ticking.links(case)[0]) if one.row}
    keys = [offered[kind].key for kind in ("agency", "licence", "no_row")]
    assert tick(case, analyst, evidence=keys) == 3
    assert tick(case, analyst, evidence=keys) == 0  # a second click
    factories.register([{"name": "PT Contoh Satu", "standings": [("revoked", "2026-11-01", None, "")]}, {"name": "PT Rekaan"}])
    rows = ticking.standing(case)
    assert [(one.kind, one.day, one.searched, str(one.agency or ""), str(one.licence or "")) for one in rows] == [
        ("agency", DAY, "", "PT Contoh Satu", ""),
        ("licence", DAY, "", "", "SIP 3"),
        ("no_row", DAY, "PT Rekaan", "", ""),
    ]
    assert rows[2].register == models.RegisterEdition.objects.get(number=1)
    (told,) = analysing.analysis(case)
    said = " ".join(one.id for one in told.sentences)
    per = "menurut register per 23 Nov 2026 (edisi 1)"
    assert f"baris P3MI: PT Contoh Satu, SIP3MI 1/2020, status pada 23 Nov 2026: disanksi (KEP 1 (contoh)), {per}" in said
    assert f"tidak ada baris P3MI bernama “PT Rekaan” untuk 23 Nov 2026, {per}" in said
    assert timeline(case)[1:] == [("ticked", "placement")]


def test_the_letter_of_a_referral_prints_the_row() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    asked.letters_ready("directorate")
    asked.copied(ticking.links(case)[0])
    named(case, "PT Contoh Satu")
    tick(case, analyst, evidence=[next(one.key for one in ticking.evidence_of(ticking.links(case)[0]) if one.kind == "licence")])
    made = asked.draft(case, analyst, "komdigi", marks=asked.marks(case, "komdigi", analyst)[:1])
    letter = documents.composed(made, packets.lines(made), by=analyst, now=factories.NOW)
    assert letter is not None
    row = "baris SIP: SIP 1 milik PT Contoh Satu, untuk Taiwan (perawat), berlaku 1 Jan 2026 s.d. 23 Nov 2026"
    assert f"ditunjukkan oleh {row}, menurut register per 23 Nov 2026 (edisi 1)." in letter.entries[0].analysis[0]


def test_the_same_row_is_ticked_on_the_other_links_that_name_it() -> None:
    """Of three links two name the agency; the check of one of them asked a later edition."""
    case, analyst = escalated(3), factories.person(Role.ANALYST)
    named(case, "PT Contoh Satu")
    later = factories.register(AGENCIES, SIPS, register_date=DAY)
    asked.checked(ticking.links(case)[1], later, agency="PT Contoh Satu", day=DAY)
    named(case, "PT Contoh Lain", at=2)
    key = next(one.key for one in ticking.evidence_of(ticking.links(case)[0]) if one.kind == "licence")
    assert tick(case, analyst, evidence=[key], everywhere=True) == 2
    assert [(one.flag_id, one.licence.edition.number if one.licence else 0) for one in ticking.standing(case)] == [
        (flag.pk, number) for flag, number in zip(ticking.links(case)[:2], (1, 2), strict=True)
    ]


def test_a_row_of_another_day_or_agency_is_refused_by_the_verb() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    named(case, "PT Contoh Satu")
    pks = models.Licence.objects.filter(number__in=["SIP 4", "SIP 5", "SIP 6", "SIP 7"]).values_list("pk", flat=True)
    for key in (*(f"licence-{pk}" for pk in pks), f"agency-{models.Agency.objects.get(name='PT Contoh Lain').pk}", "no_row-PT Contoh Satu"):
        with pytest.raises(RefusedError, match=r"^case\.row_of_another_day evidence$"):
            tick(case, analyst, evidence=["check", key])
    assert (models.ElementTick.objects.count(), timeline(case)) == (0, [("escalated", "placement")])


HELD = {"agency": "PT Contoh Satu", "licence": "SIP 1", "no_row": "PT Contoh Pergi"}
NOT_HELD = {"agency": "PT Contoh Pergi", "licence": "SIP 4", "no_row": "PT Contoh Satu"}


ROWS: list[tuple[str, dict[str, str], dict[str, Any], bool]] = [
    *((kind, HELD, {}, True) for kind in HELD),
    *((kind, NOT_HELD, {}, False) for kind in HELD),
    *((kind, HELD, {"words_en": ""}, False) for kind in HELD),
    *((kind, HELD, {"day": None}, False) for kind in HELD),
    ("agency", HELD, {"searched": "PT"}, False),
    ("no_row", HELD, {"searched": ""}, False),
    ("licence", HELD, {"claim": 0}, False),
    ("licence", HELD, {"register_id": 0}, False),
    ("licence", HELD, {"agency_id": 0}, False),
    ("check", HELD, {}, False),
    ("page", HELD, {}, False),
]


def test_the_database_takes_one_row_that_held_with_its_words() -> None:
    case, analyst = escalated(), factories.person(Role.ANALYST)
    named(case, "PT Contoh Satu")
    tick(case, analyst)
    (made,) = ticking.standing(case)
    register = models.RegisterEdition.objects.get()
    agencies = dict(models.Agency.objects.values_list("name", "pk"))
    licences = dict(models.Licence.objects.values_list("number", "pk"))
    known = {"register_id": register.pk, "agency_id": agencies["PT Contoh Lain"]}
    for kind, names, changed, taken in ROWS:
        things: dict[str, dict[str, Any]] = {
            "agency": {"agency_id": agencies[names["agency"]]},
            "licence": {"licence_id": licences[names["licence"]]},
            "no_row": {"register_id": register.pk, "searched": names["no_row"]},
        }
        row = {"kind": kind, "day": DAY, "words_id": "x", "words_en": "x"} | things.get(kind, things["agency"])
        row |= {name: known.get(name, value) for name, value in changed.items()}
        tried = models.ElementTick(event=made.event, edition=made.edition, element="placing", flag=made.flag, **row)
        try:
            with transaction.atomic():
                tried.save()
        except IntegrityError:
            assert not taken, (kind, changed)
        else:
            assert taken, (kind, changed)
    assert models.ElementTick.objects.count() == 4
