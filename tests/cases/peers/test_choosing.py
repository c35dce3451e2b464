"""What of a case or campaign may go, and what is withheld: each reason with what meets it, and what nearly does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from patrol import models
from patrol.campaigns import judging
from patrol.cases.peers import choosing
from patrol.domain.peers import Withheld
from patrol.infra.refusals import RefusedError
from tests import factories
from tests.campaigns import test_judging as ringed
from tests.cases import carded
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def stands(flag: models.Flag, kind: str, value: str, role: str = "contact", own_id: str = "") -> models.Indicator:
    """One more indicator in the flag's post."""
    of = models.Sighting.objects.filter(post=flag.post_id)[0]
    made = models.Indicator.objects.create(kind=kind, value=value, own_id=own_id, first_seen=NOW - timedelta(days=3), last_seen=NOW)
    models.Sighting.objects.create(indicator=made, post_id=flag.post_id, version_id=of.version_id, role=role, confidence=0.9, seen_at=NOW)
    return made


def alone(subject: models.Case | models.Campaign, indicator: models.Indicator) -> str:
    """ "goes", or why this one is withheld: by what else stands there without it."""
    whole = choosing.choose(subject, now=NOW)
    if indicator.pk in whole.ids:
        return "goes"
    models.Sighting.objects.filter(indicator=indicator).delete()
    [why] = (whole.withheld - choosing.choose(subject, now=NOW).withheld).elements()
    return str(why)


def test_what_a_confirmed_post_gives_goes_and_who_wrote_it() -> None:
    case, flag = carded.case()
    bank, account = stands(flag, "bank_account", "BCA 1234567890"), stands(flag, "account", "telegram:calo", "author", "telegram:7001")
    found = choosing.choose(case, now=NOW)
    assert {bank.pk, account.pk} <= set(found.ids)
    mark = next(one for one in found.marks if one.id == account.pk)
    assert (mark.value, mark.own_id, mark.posts, mark.level) == ("telegram:calo", "telegram:7001", 1, flag.level_rank)
    assert set(mark.kinds) == set(flag.kinds)
    assert {one.kind for one in found.marks} >= {"phone", "bank_account", "account"}
    assert not found.withheld[Withheld.UNDECIDED]


def test_what_no_person_confirmed_goes_nowhere() -> None:
    case, flag = carded.case()
    models.Flag.objects.filter(pk=flag.pk).update(state="waiting", decided_at=None)
    found = choosing.choose(case, now=NOW)
    assert (found.marks, set(found.withheld)) == ((), {Withheld.UNDECIDED})


def test_who_is_only_mentioned_is_withheld_and_who_writes_under_a_number_of_an_author_is_no_number() -> None:
    case, flag = carded.case()
    assert alone(case, stands(flag, "phone", "+6281255550111", "mentioned")) == "mentioned"
    assert alone(case, stands(flag, "phone", "+6281255550112", "profile")) == "mentioned"
    assert alone(case, stands(flag, "phone", "+6281255550113")) == "goes"


def test_what_is_known_to_be_good_is_withheld_as_long_as_that_holds() -> None:
    case, flag = carded.case()
    known = stands(flag, "phone", "+6281255550111")
    told: dict[str, Any] = {"known_as": "hotline", "reason": "Contoh.", "proposed_by": factories.person(), "proposed_at": NOW}
    row = models.Trusted.objects.create(indicator=known, expires_on=NOW.date(), **told)
    assert known.pk in choosing.choose(case, now=NOW).ids  # proposed alone
    second = factories.person("supervisor", "bp3mi-jabar")
    models.Trusted.objects.filter(pk=row.pk).update(approved_by=second, approved_at=NOW)
    assert known.pk in choosing.choose(case, now=NOW + timedelta(days=2)).ids  # it held until its last day
    assert alone(case, known) == "trusted"


def test_what_the_register_lists_for_an_agency_is_withheld() -> None:
    listed = {"phones": ["(021) 555-0101"], "accounts": ["ig:pt.contoh"], "websites": ["www.contoh-laut.example"]}
    factories.register([{"name": "PT Contoh Laut", **listed}])
    case, flag = carded.case()
    own = [
        ("phone", "+62215550101"),
        ("account", "instagram:pt.contoh"),
        ("link", "https://instagram.com/pt.contoh"),
        ("link", "https://karir.contoh-laut.example/daftar"),
        ("email", "hrd@contoh-laut.example"),
    ]
    near = [
        ("phone", "+62215550102"),
        ("account", "telegram:pt.contoh"),
        ("link", "https://instagram.com/pt.contoh.resmi"),
        ("link", "https://contoh-laut.example.jahat.example/"),
        ("email", "hrd@bukan-contoh-laut.example"),
    ]
    assert [alone(case, stands(flag, *one)) for one in own] == ["agency"] * len(own)
    assert [alone(case, stands(flag, *one)) for one in near] == ["goes"] * len(near)


def test_an_address_of_a_member_of_staff_is_withheld() -> None:
    case, flag = carded.case()
    models.Person.objects.filter(pk=factories.person().pk).update(mail="Petugas@kantor.example")
    assert alone(case, stands(flag, "email", "petugas@kantor.example")) == "staff"
    assert alone(case, stands(flag, "email", "petugas2@kantor.example")) == "goes"


def test_what_stands_only_in_what_somebody_told_is_withheld() -> None:
    """Whoever telephones may give a number of their own."""
    case, flag = carded.case()
    told = stands(flag, "phone", "+6281255550111")
    assert told.pk in choosing.choose(case, now=NOW).ids
    models.Post.objects.filter(pk=flag.post_id).update(platform="noted")
    assert alone(case, told) == "told"


def test_a_contact_of_somebody_harmed_is_withheld_and_the_post_of_one_confirms_nothing() -> None:
    case, flag = carded.case()
    (of_victim,) = factories.flags(1)
    theirs = stands(of_victim, "phone", "+6281255550111")
    of = models.Sighting.objects.filter(post=flag.post_id)[0]
    models.Sighting.objects.create(
        indicator=theirs, post_id=flag.post_id, version_id=of.version_id, role="author", confidence=1, seen_at=NOW
    )
    account = stands(of_victim, "account", "telegram:korban", "author")
    models.Sighting.objects.create(
        indicator=account, post_id=flag.post_id, version_id=of.version_id, role="contact", confidence=1, seen_at=NOW
    )
    assert account.pk in choosing.choose(case, now=NOW).ids
    models.Protection.objects.create(flag=of_victim, office=case.office, by=factories.person(), at=NOW)
    assert alone(case, account) == "harmed"
    models.Protection.objects.create(flag=flag, office=case.office, by=factories.person(), at=NOW)
    assert set(choosing.choose(case, now=NOW).withheld) == {Withheld.UNDECIDED, Withheld.MENTIONED}
    assert choosing.choose(case, now=NOW).marks == ()


def test_what_has_no_form_that_can_be_compared_is_withheld() -> None:
    case, flag = carded.case()
    for kind, value in (
        ("phone", "081234567890"),
        ("account", "tanpa-platform"),
        ("account", "telegram:dua\nbaris"),
        ("account", "telegram:balik\u202eitu"),
        ("link", "ftp://contoh.example/a"),
        ("link", "https://contoh.example/" + "a" * 470 + " b"),
        ("bank_account", "1234567890"),
        ("email", "dua@tanda@contoh.example"),
    ):
        assert alone(case, stands(flag, kind, value)) == "shape", value


def test_quotes_and_what_a_spreadsheet_would_run_are_forms_like_others() -> None:
    case, flag = carded.case()
    values = ["telegram:o'neill\\", 'telegram:=HYPERLINK("x")', "telegram:<b>"]
    assert [alone(case, stands(flag, "account", value)) for value in values] == ["goes"] * 3


def test_of_a_campaign_goes_what_hangs_on_a_tie_that_a_person_confirmed() -> None:
    by = factories.person("analyst", "directorate")
    campaign = ringed.ring()
    with pytest.raises(RefusedError, match=r"peer\.unconfirmed"):
        choosing.require_whole(campaign)
    flags = list(models.Flag.objects.filter(post__linked__campaign=campaign).order_by("id"))
    models.Flag.objects.filter(pk__in=[flag.pk for flag in flags[:2]]).update(state="confirmed", decided_at=NOW)
    assert set(choosing.choose(campaign, now=NOW).withheld) == {Withheld.UNDECIDED}
    judging.confirm(campaign_id=campaign.pk, seen_version=campaign.version, by=by, now=NOW)
    campaign.refresh_from_db()
    choosing.require_whole(campaign)
    (phone,) = [one for one in choosing.choose(campaign, now=NOW).marks if one.kind == "phone"]
    assert phone.posts == 2


def test_what_was_merged_sends_people_to_where_it_went() -> None:
    by = factories.person("analyst", "directorate")
    one, other = ringed.ring(), ringed.ring(3, "0812-9999-0002")
    judging.merge(campaign_id=one.pk, other_id=other.pk, note="", seen_version=one.version, by=by, now=NOW)
    gone = models.Campaign.objects.select_related("merged_into").exclude(merged_into=None).get()
    with pytest.raises(RefusedError) as told:
        choosing.require_whole(gone)
    assert told.value.said("en") == f"Nothing can be handed over from here: it was merged into {gone.merged_into}. Ask there."


@pytest.mark.parametrize("many", [1, 30])
def test_it_asks_as_much_for_one_indicator_as_for_thirty(many: int, django_assert_num_queries: Any) -> None:
    factories.register([{"name": "PT Contoh"}])
    case, flag = carded.case()
    for n in range(many):
        stands(flag, "email", f"hrd{n}@contoh.example")
    with django_assert_num_queries(7):
        found = choosing.choose(case, now=NOW)
    assert sum(one.kind == "email" for one in found.marks) == many


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://palsu.example", "palsu.example"),
        ("http://Palsu.Example/", "palsu.example"),
        ("https://palsu.example/a", ""),
        ("https://palsu.example/?a=1", ""),
        ("https://palsu.example:8443/", ""),
        ("https://a@palsu.example/", ""),
        ("https://10.0.0.1/", ""),
        ("https://setempat/", ""),
        ("https://[palsu/", ""),
    ],
)
def test_a_link_to_a_whole_site_is_its_name(link: str, host: str) -> None:
    assert choosing.bare_host(link) == host
