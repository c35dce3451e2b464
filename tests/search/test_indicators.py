"""A value is shown with a purpose and a line in the log; trust takes two people, holds for a time, and changes what a contact proves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import domain, models, triage
from patrol.access import looks
from patrol.campaigns import trusted
from patrol.domain import Agency, Content, Level, Licence, Register, Standing
from patrol.engine import assess
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.search import indicators
from tests import factories
from tests.triage.acts import decide

database = pytest.mark.django_db
NOW = factories.NOW
NEXT_YEAR = date(2027, 11, 1)
PHONE = "+6284055590001"  # one digit off the agency's own


def phone_of(flag: models.Flag) -> models.Indicator:
    return models.Indicator.objects.get(kind="phone", sightings__post=flag.post_id)


def proposed(indicator: models.Indicator, by: models.Person, **given: Any) -> models.Trusted:
    fields: dict[str, Any] = {"known_as": "hotline", "reason": "Nomor resmi, tertulis di situs kantor.", "expires_on": NEXT_YEAR}
    return indicators.propose(indicator_id=indicator.pk, by=by, now=NOW, **fields | given)


# --- showing --------------------------------------------------------------------------------------


@database
def test_a_value_is_shown_and_the_log_says_who_and_why_but_not_what() -> None:
    phone, person = phone_of(factories.flag()), factories.person()
    assert indicators.show(indicator_id=phone.pk, purpose="triage", reference="", by=person, now=NOW) == phone.value
    line = models.AuditEntry.objects.get(verb="indicator.shown")
    assert (line.actor_id, line.target_id, line.after) == (person.pk, str(phone.pk), {"purpose": "triage", "reference": ""})


@database
def test_a_value_is_for_whoever_has_a_post_of_it_open_to_them() -> None:
    own, stranger, analyst = factories.person(), factories.person(code="bp3mi-ntb"), factories.person(Role.ANALYST)
    flag = factories.flag(author="korban_contoh")
    phone = phone_of(flag)
    account = models.Indicator.objects.get(kind="account", value="telegram:korban_contoh")

    def sees(one: Any) -> list[Any]:
        return [looks.may_indicator(one, by) for by in (own, stranger, analyst)]

    assert (sees(phone), sees(account)) == ([True] * 3, [True] * 3)
    decide(flag, own, "victim", "asks", note="Minta dipulangkan.")
    assert (sees(phone), sees(account)) == ([True, False, True], [True, False, True])
    with pytest.raises(RefusedError, match=r"^contact\.of_others$"):
        indicators.show(indicator_id=phone.pk, purpose="triage", reference="", by=stranger, now=NOW)
    assert not models.AuditEntry.objects.filter(verb="indicator.shown").exists()
    # in an undecided post of the same account it is still the person's; what another account offers work by is the advertiser's
    for author, open_to_all in (("korban_contoh", False), ("calo_contoh", True)):
        text = f"{factories.illegal().text} Atau {phone.value}."
        [other] = factories.stored([factories.raw_post(text, author=author)])
        assessing.read_due(now=NOW, limit=10)
        assert models.Sighting.objects.filter(post=other, indicator=phone, role="contact").exists()
        assert (sees(phone), sees(account)) == ([True, open_to_all, True], [True, False, True])
    assert not looks.may_indicator(phone, factories.person(Role.REGISTRAR))


def quoted(kind: str, value: str, flag: models.Flag, role: str = "mentioned") -> models.Indicator:
    one, _made = models.Indicator.objects.get_or_create(kind=kind, value=value, defaults={"first_seen": NOW, "last_seen": NOW})
    version = flag.post.versions.get()
    models.Sighting.objects.create(indicator=one, post=flag.post, version=version, role=role, confidence=1.0, seen_at=NOW)
    return one


# What stands in the protected post and in another office's undecided one: kind and value, its role there, whether there it is theirs.
ELSEWHERE = {
    "quoted in another plea": ("phone", "+6284155503333", "mentioned", True),
    "offered by another account": ("phone", "+6284155503333", "contact", False),
    "bank account, quoted": ("bank_account", "bca:1234567890", "mentioned", True),
    "the account that wrote": ("account", "telegram:korban_contoh", "mentioned", True),
    "the account that wrote, offered": ("account", "telegram:korban_contoh", "contact", True),
    "an office it calls": ("account", "telegram:kantor_contoh", "mentioned", False),
    "a link": ("link", "https://contoh.example/cerita", "mentioned", False),
}


@database
@pytest.mark.parametrize(("kind", "value", "role", "theirs"), ELSEWHERE.values(), ids=ELSEWHERE.keys())
@pytest.mark.parametrize("decided", [False, True])
def test_a_number_of_somebody_harmed_is_theirs_wherever_it_stands(kind: Any, value: Any, role: Any, theirs: Any, decided: bool) -> None:
    harmed = factories.flag(author="korban_contoh")
    ntb = factories.watch("bp3mi-ntb")
    other, apart = factories.flags(2, of=ntb, author="orang_contoh")
    models.Flag.objects.filter(pk__in=[other.pk, apart.pk]).update(office=factories.office("bp3mi-ntb"))
    own, neighbour, third = (factories.person(code=code) for code in ("bp3mi-jabar", "bp3mi-ntb", "bp3mi-bali"))
    analyst = factories.person(Role.ANALYST)
    if value != "telegram:korban_contoh":
        quoted(kind, value, harmed)
    one = quoted(kind, value, other, role)

    def sees(flag: models.Flag) -> list[Any]:
        flag.refresh_from_db()
        return [looks.may_flag(flag, by) for by in (own, neighbour, third, analyst)]

    def knows() -> list[Any]:
        return [looks.may_indicator(one, by) for by in (own, neighbour, third, analyst)]

    assert (sees(other), knows()) == ([True] * 4, [True] * 4)
    decide(harmed, own, "victim", "asks", note="Minta dipulangkan.")
    if decided:
        decide(other, neighbour)
    others = [not decided, not theirs, not (theirs or decided), True]
    assert sees(other) == others
    assert knows() == [True, not theirs, not (theirs or decided), True]
    assert sees(apart) == [True] * 4  # none of it stands there
    if theirs:
        with pytest.raises(PermissionDenied):
            triage.show_contact(other.pk, purpose="comparison", by=neighbour, now=NOW)
        with pytest.raises(RefusedError, match=r"^contact\.of_others$"):
            indicators.show(indicator_id=one.pk, purpose="triage", reference="", by=neighbour, now=NOW)
        assert not models.AuditEntry.objects.filter(verb__in=looks.VERBS).exists()


@database
def test_the_copy_of_their_post_in_another_office_is_theirs_too_and_a_trusted_number_is_nobodys() -> None:
    own, neighbour = factories.person(), factories.person(code="bp3mi-ntb")
    harmed, other = factories.flags(2)
    phone = quoted("phone", phone_of(harmed).value, other, "contact")
    decide(harmed, own, "victim", "asks", note="Minta dipulangkan.")
    models.Flag.objects.filter(pk=other.pk).update(office=neighbour.office)
    assert looks.may_indicator(phone, neighbour)  # other words: offered by somebody else
    models.Flag.objects.filter(pk=other.pk).update(row_key=harmed.row_key)
    other.refresh_from_db()
    assert (looks.may_indicator(phone, neighbour), looks.may_flag(other, neighbour)) == (False, False)
    indicators.approve(trusted_id=proposed(phone, own).pk, by=factories.person(Role.SUPERVISOR, "directorate"), now=NOW)
    assert (looks.may_indicator(phone, neighbour), looks.may_flag(other, neighbour)) == (True, True)


@database
def test_a_number_typed_as_reference_does_not_get_into_the_log() -> None:
    phone = phone_of(factories.flag())
    indicators.show(indicator_id=phone.pk, purpose="request", reference="B/12 tentang 0840 5550 7777", by=factories.person(), now=NOW)
    line = models.AuditEntry.objects.get(verb="indicator.shown")
    assert "7777" not in str(line.after)
    assert "B/12" in str(line.after)


@database
@pytest.mark.parametrize(
    ("purpose", "reference", "field"), [("", "", "purpose"), ("curious", "", "purpose"), ("request", " ", "reference")]
)
def test_without_a_purpose_nothing_is_shown(purpose: str, reference: str, field: str) -> None:
    phone = phone_of(factories.flag())
    with pytest.raises(RefusedError) as refused:
        indicators.show(indicator_id=phone.pk, purpose=purpose, reference=reference, by=factories.person(), now=NOW)
    assert refused.value.place == field
    assert not models.AuditEntry.objects.filter(verb="indicator.shown").exists()


@database
def test_the_registrar_is_shown_nothing() -> None:
    phone = phone_of(factories.flag())
    with pytest.raises(PermissionDenied):
        indicators.show(indicator_id=phone.pk, purpose="triage", reference="", by=factories.person(Role.REGISTRAR), now=NOW)


# --- trust ----------------------------------------------------------------------------------------


@database
def test_trust_takes_two_people() -> None:
    phone, one, other = phone_of(factories.flag()), factories.person(Role.ANALYST), factories.person(Role.SUPERVISOR)
    row = proposed(phone, one)
    assert trusted.contacts(NOW) == frozenset()
    with pytest.raises(RefusedError, match=r"^trust\.same_person$"):
        indicators.approve(trusted_id=row.pk, by=one, now=NOW)
    assert indicators.approve(trusted_id=row.pk, by=other, now=NOW) == 1
    assert trusted.contacts(NOW) == {("phone", phone.value)}
    assert list(models.AuditEntry.objects.filter(verb__startswith="trusted").order_by("seq").values_list("verb", "actor_id")) == [
        ("trusted.proposed", one.pk),
        ("trusted.approved", other.pk),
    ]


@database
def test_the_database_refuses_an_approval_by_the_proposer_too() -> None:
    row = proposed(phone_of(factories.flag()), factories.person())
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Trusted.objects.filter(pk=row.pk).update(approved_by=row.proposed_by, approved_at=NOW)


@database
def test_an_officer_proposes_and_does_not_approve() -> None:
    row = proposed(phone_of(factories.flag()), factories.person())
    with pytest.raises(PermissionDenied):
        indicators.approve(trusted_id=row.pk, by=factories.person(), now=NOW)


@database
def test_trust_holds_through_its_last_day_in_jakarta() -> None:
    phone = phone_of(factories.flag())
    row = proposed(phone, factories.person(), expires_on=date(2026, 11, 30))
    indicators.approve(trusted_id=row.pk, by=factories.person(Role.SUPERVISOR), now=NOW)
    last = NOW.replace(day=30, hour=16, minute=59)  # 23.59 WIB
    assert trusted.contacts(last) == {("phone", phone.value)}
    assert trusted.contacts(last + timedelta(minutes=1)) == frozenset()
    assert trusted.of([phone.pk], last)[phone.pk].known_as == "hotline"


@database
def test_after_it_ran_out_it_can_be_proposed_again_and_while_it_holds_not() -> None:
    phone, person = phone_of(factories.flag()), factories.person()
    proposed(phone, person, expires_on=date(2026, 11, 24))
    with pytest.raises(RefusedError, match=r"^trust\.already$"):
        proposed(phone, person)
    later = NOW + timedelta(days=2)
    again = indicators.propose(
        indicator_id=phone.pk, known_as="media", reason="Redaksi, dicek lagi.", expires_on=NEXT_YEAR, by=person, now=later
    )
    assert again.ended_at is None


@database
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"known_as": "teman"}, "known_as"),
        ({"reason": "ya"}, "reason"),
        ({"expires_on": date(2026, 11, 23)}, "expires_on"),
        ({"expires_on": date(2030, 1, 1)}, "expires_on"),
    ],
)
def test_a_proposal_names_whose_it_is_how_that_is_known_and_until_when(given: Any, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        proposed(phone_of(factories.flag()), factories.person(), **given)
    assert refused.value.place == field


@database
def test_withdrawing_needs_a_reason_and_is_done_once() -> None:
    row = proposed(phone_of(factories.flag()), factories.person())
    indicators.approve(trusted_id=row.pk, by=factories.person(Role.SUPERVISOR), now=NOW)
    with pytest.raises(RefusedError, match=r"^trust\.why why$"):
        indicators.end(trusted_id=row.pk, why=" ", by=factories.person(), now=NOW)
    assert indicators.end(trusted_id=row.pk, why="Nomor berganti pemilik.", by=factories.person(), now=NOW) == 1
    assert trusted.contacts(NOW) == frozenset()
    with pytest.raises(RefusedError, match=r"^trust\.gone$"):
        indicators.end(trusted_id=row.pk, why="Nomor berganti pemilik.", by=factories.person(), now=NOW)


# --- what a trusted contact proves ----------------------------------------------------------------

AGENCY = Agency("PT Contoh Bukit Hijau", phones=("+62 840 5559 0000",), standings=(Standing("active", date(2020, 1, 1)),))
BOOK = assess.book(Register((AGENCY,), (Licence("2/SIP/2026", AGENCY.name, "TW", ("caregiver",)),), register_date=NOW.date(), edition=1))
OFFER = "PT Contoh Bukit Hijau membuka lowongan caregiver ke Taiwan, SIP nomor 2/SIP/2026. Hubungi WA {phone}."


def judged(phone: str, good: frozenset[tuple[str, str]]) -> domain.Assessment:
    (one,) = assess.assess([Content(text=OFFER.format(phone=phone))], [NOW], BOOK, now=NOW, trusted=good)
    return one


def test_a_post_whose_only_ground_is_a_trusted_contact_is_not_raised() -> None:
    good = frozenset({("phone", PHONE)})
    stranger, known, own = (judged("0840 5559 0001", frozenset()), judged("0840 5559 0001", good), judged("0840 5559 0000", frozenset()))
    assert stranger.check.contact_own is False
    assert known.check.contact_own is None
    assert Level(known.level).rank < Level.MEDIUM.rank <= Level(stranger.level).rank
    assert known.level == own.level
    assert known.reading == stranger.reading  # it stays read, masked and seen


def test_a_trusted_number_does_not_whiten_the_stranger_beside_it() -> None:
    text = OFFER.format(phone="0840 5559 0001") + " Transfer dulu, admin lain: 0840 5550 7002."
    (one,) = assess.assess([Content(text=text)], [NOW], BOOK, now=NOW, trusted=frozenset({("phone", PHONE)}))
    assert one.check.contact_own is False


def test_the_check_is_named_by_the_trusted_contacts_it_left_out() -> None:
    good = frozenset({("phone", PHONE)})
    read = judged("0840 5559 0001", good).reading
    assert assess.trusted_in(read, good | {("phone", "+6284055509999")}) == good
    assert assess.judged_by("a" * 16, frozenset()) == "a" * 16
    assert assess.judged_by("a" * 16, good) != assess.judged_by("a" * 16, frozenset({("phone", "+6284055507002")}))
    assert len(assess.judged_by("a" * 16, good)) == 16


@database
def test_approval_and_withdrawal_judge_its_posts_anew() -> None:
    flag = factories.flag()
    before = flag.current_check
    row = proposed(phone_of(flag), factories.person())
    indicators.approve(trusted_id=row.pk, by=factories.person(Role.SUPERVISOR), now=NOW)
    assert assessing.read_due(now=NOW, limit=10).read == 1
    flag.refresh_from_db()
    assert flag.current_check != before
    assert flag.current_check.reading == before.reading
    indicators.end(trusted_id=row.pk, why="Salah nomor.", by=factories.person(), now=NOW)
    assert assessing.read_due(now=NOW, limit=10).read == 1
    flag.refresh_from_db()
    assert flag.current_check == before
