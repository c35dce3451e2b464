"""Warning cards: of a confirmed case, by two people, of nobody by name, and never while somebody who is named answers."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from PIL import Image

from patrol import cases, models
from patrol.cases import card_files, cards, objections
from patrol.domain import public_words, states
from patrol.domain.states import CardState
from patrol.engine.reading import titles
from patrol.evidence import raw
from patrol.evidence.archive import browser
from patrol.infra import jobs, printing
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked, carded, objected
from tests.cases.carded import LATER, QUOTE
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(settings: Any) -> None:
    settings.PUBLIC_URL = "https://cek.contoh.example"
    settings.PUBLIC_HOTLINE = "0800-0000-000"


@pytest.fixture
def officer() -> models.Person:
    return factories.person(Role.OFFICER)


def refused(code: str, call: Any) -> str:
    before = models.AuditEntry.objects.count(), models.Card.objects.count(), models.Job.objects.count()
    with pytest.raises(RefusedError) as caught:
        call()
    assert str(caught.value) == code
    assert (models.AuditEntry.objects.count(), models.Card.objects.count(), models.Job.objects.count()) == before
    return caught.value.said("en")


def test_a_card_is_made_of_a_confirmed_case_and_released_by_a_second_person(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    second = factories.person(Role.SUPERVISOR)
    made = carded.make(case, flag, officer)
    assert (made.number, made.state, made.level, made.decision.flag_id) == ("KP-JABAR-2026-001", "proposed", flag.level, flag.pk)
    assert list(models.Notice.objects.filter(kind="card_waits").values_list("person", "note")) == [(second.pk, made.number)]
    assert [one.pk for one in cards.waits_for(second)] == [made.pk]
    assert list(cards.waits_for(officer)) == []
    refused("card.undrawn", lambda: cards.release(card_id=made.pk, seen_version=1, by=second, now=LATER))
    carded.drawn(made)
    out = cards.release(card_id=made.pk, seen_version=1, by=second, now=LATER)
    assert (out.state, out.released_by, out.released_at, out.version) == (CardState.RELEASED, second, LATER, 2)
    assert not models.Notice.objects.filter(kind="card_waits").exists()
    assert list(models.AuditEntry.objects.filter(verb__startswith="card.").order_by("seq").values_list("verb", "actor_id")) == [
        ("card.made", officer.pk),
        ("card.released", second.pk),
    ]
    with pytest.raises(states.MoveRefusedError):
        cards.release(card_id=made.pk, seen_version=2, by=factories.person(Role.SUPERVISOR), now=LATER)
    assert carded.make(case, flag, officer).number == "KP-JABAR-2026-002"


def test_whoever_made_it_does_not_release_it() -> None:
    supervisor = factories.person(Role.SUPERVISOR)
    case, flag = carded.case(by=factories.person(Role.OFFICER))
    made = carded.drawn(carded.make(case, flag, supervisor))
    refused("pair.same", lambda: cards.release(card_id=made.pk, seen_version=1, by=supervisor, now=LATER))
    for role, code in ((Role.OFFICER, asked.OWN), (Role.ANALYST, "directorate"), (Role.SUPERVISOR, "bp3mi-ntb")):
        with pytest.raises(PermissionDenied):
            cards.release(card_id=made.pk, seen_version=1, by=factories.person(role, code), now=LATER)
    # Nor past the verb.
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Card.objects.filter(pk=made.pk).update(state="released", released_by=supervisor, released_at=LATER, version=2)
    made.refresh_from_db()
    assert (made.state, made.version) == (CardState.PROPOSED, 1)


def test_no_card_goes_out_while_an_objection_is_open(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    made = carded.drawn(carded.make(case, flag, officer))
    second, other = factories.person(Role.SUPERVISOR), factories.person(Role.SUPERVISOR)
    objection = objected.enter(flag, factories.person(Role.OFFICER))
    said = refused("card.heard", lambda: cards.release(card_id=made.pk, seen_version=1, by=second, now=objected.LATER))
    assert said == f"Nothing was done: whoever is named is still answering ({objection.number}). No card goes out until that is over."
    refused("card.heard", lambda: carded.make(case, flag, officer, objected.LATER))
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Card.objects.filter(pk=made.pk).update(state="released", released_by=second, released_at=LATER, version=2)
    objected.decide(objection, other, "rejected")
    assert cards.release(card_id=made.pk, seen_version=1, by=second, now=objected.LATER).state == CardState.RELEASED


def test_no_card_goes_out_while_the_agency_is_asked(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    agency, other = "PT Rembulan Karya Contoh", asked.case_of(code="bp3mi-ntb")
    register = factories.register([{"name": agency}], [{"number": "B.11/SIP2MI/I/2026", "agency": agency, "country": "TW"}])
    asked.checked(flag, register, agency=agency)
    told: dict[str, Any] = {"number": "RJK-26-0001", "from_directorate": False, "needs_copies": False}
    told |= {"wrote_by": officer, "wrote_at": NOW, "changed_by": officer, "changed_at": NOW}
    for of, channel, target, hears in (
        (case, cards.HEARING, "PT Lain Contoh", True),
        (other, cards.HEARING, agency, True),  # another office asks the same agency
        (other, cards.HEARING, "PT Lain Contoh", False),
        (case, "police", agency, False),
    ):
        with transaction.atomic():
            models.Referral.objects.create(case=of, channel=channel, target=target, **told)
            assert cards.heard(case, [flag.pk]) == ("RJK-26-0001" if hears else "")
            if hears:
                refused("card.heard", partial(carded.make, case, flag, officer))
            transaction.set_rollback(True)


TELLING: list[tuple[dict[str, Any], str]] = [
    ({"quote": "Hubungi 0812 3456 7890 sekarang."}, "card.tells quote"),
    ({"quote": "WA wa.me/6281234567890"}, "card.tells quote"),
    ({"quote": "Chat @agen_contoh di Telegram"}, "card.tells quote"),
    ({"quote": "Daftar ke PT Rembulan Karya Contoh."}, "card.tells quote"),
    ({"quote": "Transfer ke BCA 1234567890."}, "card.tells quote"),
    ({"position": "admin 0812-3456-7890"}, "card.tells position"),
    ({"quote": "Perusahaan resmi, proses cepat."}, "card.forbidden quote"),
    ({"quote": "Berangkat sekarang!"}, "card.forbidden quote"),
    ({"quote": " "}, "card.quote quote"),
    ({"quote": "a" * 161}, "card.long quote"),
    ({"position": "b" * 41}, "card.long position"),
    ({"country": "XX"}, "card.country country"),
    ({"signs": []}, "card.signs signs"),
    ({"signs": ["visa", "fee", "pay", "hurry"]}, "card.signs signs"),
    ({"signs": ["lain"]}, "card.signs signs"),
    ({"signs": ["register"]}, "card.register signs"),
]


def test_what_tells_who_is_behind_an_offer_stands_on_no_card(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    for changes, code in TELLING:
        assert "7890" not in refused(code, partial(carded.make, case, flag, officer, **changes))


def test_the_name_of_the_posts_author_stands_on_no_card(officer: models.Person) -> None:
    factories.offices()
    flag = objected.decided(factories.flag(author_name="Kartika Rekaan"), by=officer)
    case = cases.open_case(flag_ids=[flag.pk], title="Calo", by=officer, now=NOW)
    refused("card.name quote", lambda: carded.make(case, flag, officer, quote="Tanya kartika rekaan saja."))


def test_a_card_rests_on_a_confirmed_flag_of_its_case_and_on_nobodys_harm(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    other_case, other = carded.case(by=officer)
    refused("card.unconfirmed flag", lambda: carded.make(case, other, officer))
    models.Protection.objects.create(flag=flag, office=flag.office, by=officer, at=NOW)
    refused("card.victim flag", lambda: carded.make(case, flag, officer))
    models.Protection.objects.all().delete()
    made = carded.drawn(carded.make(other_case, other, officer))
    upheld = objected.enter(other, factories.person(Role.OFFICER))
    objected.decide(upheld, factories.person(Role.SUPERVISOR), anew="dismissed", reason="lawful")
    second = factories.person(Role.SUPERVISOR)
    refused("card.unconfirmed flag", lambda: cards.release(card_id=made.pk, seen_version=1, by=second, now=objected.LATER))
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="unfounded", closed_by=officer, closed_at=NOW)
    refused("card.case", lambda: carded.make(case, flag, officer))


def test_a_card_is_refused_or_withdrawn_with_a_reason(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    second = factories.person(Role.SUPERVISOR)
    one, two = carded.drawn(carded.make(case, flag, officer)), carded.released(case, flag, officer, second)
    refused("card.note note", lambda: cards.refuse(card_id=one.pk, note=" ", seen_version=1, by=second, now=LATER))
    told: dict[str, Any] = {"note": "WA 081234567890", "now": LATER}
    out = refused("card.note_told note", lambda: cards.withdraw(card_id=two.pk, seen_version=2, by=officer, **told))
    assert out == "Nothing was changed: “••••” may not stand in it, the public can read this note."
    for verb in (cards.refuse, cards.withdraw):  # of one that never went out the public reads nothing
        call = partial(verb, card_id=one.pk, seen_version=1, by=second, **told)
        assert refused("card.note_told note", call) == "Nothing was changed: “••••” may not stand in it. Take it out."
    with pytest.raises(PermissionDenied):
        cards.refuse(card_id=one.pk, note="Salah negara.", seen_version=1, by=officer, now=LATER)
    assert cards.refuse(card_id=one.pk, note="Salah negara.", seen_version=1, by=second, now=LATER).state == CardState.REFUSED
    gone = cards.withdraw(card_id=two.pk, note="Tawaran lain.", seen_version=2, by=officer, now=LATER)
    assert (gone.state, gone.reason, gone.released_by) == (CardState.WITHDRAWN, "Tawaran lain.", second)
    with pytest.raises(states.MoveRefusedError):
        cards.withdraw(card_id=two.pk, note="Lagi.", seen_version=3, by=officer, now=LATER)
    for words in ({"quote": "lain"}, {"number": "KP-X"}, {"released_by": officer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Card.objects.filter(pk=two.pk).update(**words)


def test_the_form_begins_with_what_the_post_says_and_may_be_said(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    (one,) = cards.suggested(case)
    assert (one.flag, one.country, one.signs[0] in cards.SIGNS) == (flag, "KH", True)
    assert one.quote
    assert public_words.forbidden(one.quote) == []
    made = carded.make(case, flag, officer, position=one.position, quote=one.quote, signs=[key for key in one.signs if key != "register"])
    assert made.quote == one.quote


def test_every_word_of_a_card_and_its_captions_may_stand_on_a_public_page(officer: models.Person) -> None:
    case, _flag = carded.case(by=officer)
    for at in range(0, len(cards.SIGNS), 3):
        card = models.Card(
            number="KP-JABAR-2026-001",
            case=case,
            office=case.office,
            level="high",
            position="admin",
            country="KH",
            quote=QUOTE,
            signs=list(cards.SIGNS)[at : at + 3],
            register_date=NOW.date(),
            at=NOW,
        )
        for language in cards.LANGUAGES:
            told = cards.captions(card, language, desk=card_files.desk(), link=card_files.address(card.number, language), hotline="0800")
            assert set(told) == {"facebook", "instagram", "whatsapp"}
            whole = " ".join([*told.values(), card_files.page(card, language, refers="", fonts="").partition("<body>")[2]])
            assert public_words.forbidden(whole.replace("<!--", "")) == []
            assert "http" not in told["instagram"]
    assert all(both.id and both.en for both in titles.COUNTRIES.values())


@pytest.mark.skipif(not browser.found(), reason="no Chromium on this machine")
def test_the_job_draws_a_card_of_1080_by_1350_whose_code_leads_to_its_page(officer: models.Person, settings: Any) -> None:
    case, flag = carded.case(by=officer)
    made = carded.make(case, flag, officer)
    assert jobs.run({cards.JOB: card_files.keep}, now=LATER) is not None
    files = cards.files(made)
    assert set(files) == {(language, kind) for language in ("id", "en") for kind in (("png", "pdf") if printing.available() else ("png",))}
    for language, path in (("id", "kartu"), ("en", "en/kartu")):
        with Image.open(BytesIO(raw.whole(files[language, "png"].capture.sha256))) as picture:
            assert (picture.format, picture.size) == ("PNG", (1080, 1350))
            (code,) = zxingcpp.read_barcodes(picture)
        assert code.text == f"https://cek.contoh.example/{path}/{made.number}/"
    if printing.available():
        content = raw.whole(files["id", "pdf"].capture.sha256)
        assert content.startswith(b"%PDF")
    # Drawn once: asked for again it draws nothing, and what is there stays.
    refused("card.drawn", lambda: cards.draw_again(card_id=made.pk, by=officer, now=LATER))


def test_without_a_browser_the_card_waits_and_says_why(officer: models.Person, settings: Any) -> None:
    case, flag = carded.case(by=officer)
    made = carded.make(case, flag, officer)
    settings.BROWSER_PATH = "/nonexistent"
    jobs.run({cards.JOB: card_files.keep}, now=LATER)
    job = models.Job.objects.get(kind=cards.JOB)
    assert job.problem is not None
    assert (job.state, job.problem["code"], cards.files(made)) == ("given_up", "no_browser", {})
    cards.draw_again(card_id=made.pk, by=officer, now=LATER)
    job.refresh_from_db()
    assert job.state == "waiting"


def test_a_card_stands_as_long_as_the_decision_it_rests_on(officer: models.Person) -> None:
    case, flag = carded.case(by=officer)
    made = carded.released(case, flag, officer)
    card = models.Card.objects.select_related("decision__flag").get(pk=made.pk)
    assert cards.stands(card, now=LATER)
    assert objections.open_to(flag) == made.decision
    objection = objected.enter(flag, factories.person(Role.OFFICER))
    objected.decide(objection, factories.person(Role.SUPERVISOR))
    assert not cards.stands(models.Card.objects.select_related("decision__flag").get(pk=made.pk), now=objected.LATER)
