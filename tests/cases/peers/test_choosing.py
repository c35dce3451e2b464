"""What of a case or campaign may go, and what is withheld: each reason with what meets it, and what nearly does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from patrol import models
from patrol.campaigns import judging
from patrol.cases.peers import choosing
from patrol.domain import Level
from patrol.domain.peers import Withheld
from patrol.evidence import custody
from patrol.infra.refusals import RefusedError
from patrol.pipeline import assessing, storing
from tests import factories
from tests.campaigns import test_judging as ringed
from tests.cases import carded, objected
from tests.cases.carded import LATER
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def stands(flag: models.Flag, kind: str, value: str, role: str = "contact", own_id: str = "") -> models.Indicator:
    """One more indicator in the flag's post."""
    seen: dict[str, Any] = {"first_seen": NOW - timedelta(days=3), "last_seen": NOW}
    made, _new = models.Indicator.objects.get_or_create(kind=kind, value=value, own_id=own_id, defaults=seen)
    sighted(flag, made, role)
    return made


def sighted(flag: models.Flag, of: models.Indicator, role: str = "contact", **changes: Any) -> models.Sighting:
    version = models.Sighting.objects.filter(post=flag.post_id)[0].version_id
    told: dict[str, Any] = {"post_id": flag.post_id, "version_id": version, "role": role, "confidence": 0.9, "seen_at": NOW}
    return models.Sighting.objects.create(indicator=of, **(told | changes))


def another(case: models.Case) -> models.Flag:
    """One more confirmed post of the case."""
    flag = objected.decided()
    models.CaseFlag.objects.create(case=case, flag=flag, added_by=factories.person(), added_at=NOW)
    return flag


def alone(subject: models.Case | models.Campaign, indicator: models.Indicator) -> str:
    """ "goes", or why this one is withheld: by what else stands there without it."""
    whole = choosing.choose(subject, now=LATER)
    if indicator.pk in whole.ids:
        return "goes"
    models.Sighting.objects.filter(indicator=indicator).delete()
    [why] = (whole.withheld - choosing.choose(subject, now=LATER).withheld).elements()
    return str(why)


def test_what_a_confirmed_post_gives_goes_and_who_wrote_it() -> None:
    case, flag = carded.case()
    bank, account = stands(flag, "bank_account", "BCA 1234567890"), stands(flag, "account", "telegram:calo", "author", "telegram:7001")
    found = choosing.choose(case, now=LATER)
    assert {bank.pk, account.pk} <= set(found.ids)
    mark = next(one for one in found.marks if one.id == account.pk)
    assert (mark.value, mark.own_id, mark.posts, mark.level, mark.kinds) == (
        "telegram:calo",
        "telegram:7001",
        1,
        flag.level_rank,
        ("fraud",),
    )
    assert (mark.first_seen, mark.last_seen) == (NOW - timedelta(hours=5), NOW - timedelta(hours=5))  # of the post, whatever else gave it
    assert {one.kind for one in found.marks} >= {"phone", "bank_account", "account"}
    assert not found.withheld[Withheld.UNDECIDED]


def test_what_no_person_confirmed_goes_nowhere() -> None:
    case, flag = carded.case()
    models.Flag.objects.filter(pk=flag.pk).update(state="waiting", decided_at=None)
    found = choosing.choose(case, now=LATER)
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
    row = models.Trusted.objects.create(indicator=known, expires_on=LATER.date(), **told)
    assert known.pk in choosing.choose(case, now=LATER).ids  # proposed alone
    second = factories.person("supervisor", "bp3mi-jabar")
    models.Trusted.objects.filter(pk=row.pk).update(approved_by=second, approved_at=NOW)
    assert known.pk in choosing.choose(case, now=LATER + timedelta(days=2)).ids  # it held until its last day
    assert alone(case, known) == "trusted"


def test_what_the_register_lists_for_an_agency_is_withheld() -> None:
    listed = {
        "phones": ["(021) 555-0101"],
        "accounts": ["ig:pt.contoh", "facebook.com/profile.php", "instagram.com/p/AbC", "facebook.com/groups/12"],
        "websites": ["www.contoh-laut.example", "info.contoh@gmail.com", "linktr.ee/contoh_laut"],
    }
    factories.register([{"name": "PT Contoh Laut", **listed}])
    case, flag = carded.case()
    own = [
        ("phone", "+62215550101"),
        ("account", "instagram:pt.contoh"),
        ("link", "https://instagram.com/pt.contoh"),
        ("link", "https://karir.contoh-laut.example/daftar"),
        ("email", "hrd@contoh-laut.example"),
        ("link", "https://wa.me/62215550101"),
        ("email", "info.contoh@gmail.com"),
        ("link", "https://linktr.ee/contoh_laut"),
    ]
    near = [
        ("phone", "+62215550102"),
        ("account", "telegram:pt.contoh"),
        ("link", "https://instagram.com/pt.contoh.resmi"),
        ("link", "https://contoh-laut.example.jahat.example/"),
        ("email", "hrd@bukan-contoh-laut.example"),
        ("email", "calo.contoh@gmail.com"),
        ("link", "https://linktr.ee/calo_lain"),
        ("link", "https://facebook.com/profile.php?id=10001234567"),
        ("link", "https://instagram.com/p/XyZ"),
        ("account", "facebook:profile.php"),
    ]
    assert [alone(case, stands(flag, *one)) for one in own] == ["agency"] * len(own)
    assert [alone(case, stands(flag, *one)) for one in near] == ["goes"] * len(near)


def test_an_address_of_a_member_of_staff_is_withheld() -> None:
    case, flag = carded.case()
    models.Person.objects.filter(pk=factories.person().pk).update(mail="Petugas@kantor.example")
    assert alone(case, stands(flag, "email", "petugas@kantor.example")) == "staff"
    assert alone(case, stands(flag, "email", "petugas2@kantor.example")) == "goes"


def brought(case: models.Case, kind: str, **given: Any) -> dict[str, str]:
    """A post of the case that came by an intake of this kind, or a fetch: what becomes of its number and of who wrote it."""
    post = factories.illegal(**({"author": f"kerabat_{case.entries.count()}"} | given))
    if kind == "fetch":
        factories.stored([post])
    else:
        by = factories.person()
        intake = models.Intake.objects.create(kind=kind, person=by, office=by.office, at=NOW)
        told: dict[str, Any] = {
            "platform": post.platform,
            "kind": "upload",
            "intake": intake,
            "person": by,
            "office": by.office,
            "now": NOW,
        }
        capture = custody.capture_file(post.text.encode(), "text/plain", **told)
        storing.store([post], capture_id=capture.pk, intake_id=intake.pk, now=NOW)
    assessing.read_due(now=NOW, limit=10)
    flag = objected.decided(models.Flag.objects.latest("id"))
    models.CaseFlag.objects.create(case=case, flag=flag, added_by=factories.person(), added_at=NOW)
    found = models.Indicator.objects.filter(sightings__post=flag.post_id, kind__in=["phone", "account"])
    return {one.kind: alone(case, one) for one in found}


def test_what_somebody_told_and_whoever_sent_it_on_is_withheld() -> None:
    """Whoever telephones may give a number of their own; a report's words beside a link stand under the link's platform. Who hands on a
    chat or forwards a message is its author there."""
    case, _flag = carded.case()
    assert brought(case, "fetch") == {"phone": "goes", "account": "goes"}
    assert brought(case, "capture") == {"phone": "goes", "account": "goes"}
    assert brought(case, "upload") == {"phone": "told", "account": "told"}
    assert brought(case, "noted", platform="noted") == {"phone": "told", "account": "told"}
    assert brought(case, "import") == {"phone": "goes", "account": "sent_on"}
    assert brought(case, "capture", platform="whatsapp") == {"phone": "goes", "account": "sent_on"}
    assert brought(case, "fetch", forward_of="saluran_lain/7") == {"phone": "goes", "account": "sent_on"}
    assert brought(case, "fetch", author="kerabat_1") == {"phone": "goes", "account": "goes"}  # of whom a post of his own is known
    assert brought(case, "fetch", forward_name="Saluran Lain") == {"phone": "goes", "account": "sent_on"}


@pytest.mark.parametrize(
    ("kind", "value"), [("phone", "+6281255550111"), ("bank_account", "BCA 1234567890"), ("account", "telegram:korban")]
)
def test_a_contact_of_somebody_harmed_is_withheld_until_two_authors_give_it(kind: str, value: str) -> None:
    """A victim's post stands among the suspects' until somebody sees whose it is; its number may stand in an offer that quotes it."""
    case, flag = carded.case()
    (of_victim,) = factories.flags(1)
    contact = stands(of_victim, kind, value)
    stands(of_victim, "account", "telegram:penulis_korban", "author", "telegram:501")
    sighted(flag, contact)
    stands(flag, "account", "telegram:calo1", "author")
    assert contact.pk in choosing.choose(case, now=LATER).ids
    models.Protection.objects.create(flag=of_victim, office=case.office, by=factories.person(), at=NOW)
    assert contact.pk not in choosing.choose(case, now=LATER).ids
    for author in ("telegram:calo1", "telegram:penulis_korban"):  # the same once more; and the person harmed herself
        more = another(case)
        sighted(more, contact)
        stands(more, "account", author, "author")
        assert contact.pk not in choosing.choose(case, now=LATER).ids, author
    more = another(case)
    sighted(more, contact)
    assert contact.pk not in choosing.choose(case, now=LATER).ids  # nobody knows who wrote it
    stands(more, "account", "telegram:calo2", "author")
    assert contact.pk in choosing.choose(case, now=LATER).ids


def test_who_wrote_a_post_of_somebody_harmed_is_withheld_whoever_gives_it() -> None:
    case, flag = carded.case()
    (of_victim,) = factories.flags(1)
    account = stands(of_victim, "account", "whatsapp:+6281255550111", "author")
    phone = stands(flag, "phone", "+6281255550111")
    stands(flag, "account", "telegram:calo1", "author")
    more = another(case)
    sighted(more, phone)
    stands(more, "account", "telegram:calo2", "author")
    assert phone.pk in choosing.choose(case, now=LATER).ids
    models.Protection.objects.create(flag=of_victim, office=case.office, by=factories.person(), at=NOW)
    sighted(flag, account)
    found = choosing.choose(case, now=LATER)
    assert not {phone.pk, account.pk} & set(found.ids)
    assert found.withheld[Withheld.HARMED] == 2
    models.Protection.objects.create(flag=flag, office=case.office, by=factories.person(), at=NOW)
    models.Protection.objects.create(flag=more, office=case.office, by=factories.person(), at=NOW)
    assert choosing.choose(case, now=LATER).marks == ()  # the post of one confirms nothing


FORMS = (
    ("phone", "+6281255550111", ""),
    ("link", "https://wa.me/6281255550111?text=halo", ""),
    ("link", "https://api.whatsapp.com/send?phone=6281255550111", ""),
    ("account", "whatsapp:+62 812-5555-0111", ""),
)
NAMED = (
    ("account", "telegram:calo_baru", "telegram:7001"),
    ("account", "telegram:calo_lama", ""),
    ("link", "https://t.me/Calo_Lama", ""),
    ("link", "https://telegram.me/s/calo_lama/12", ""),
)


@pytest.mark.parametrize("same", [FORMS, NAMED])
def test_what_bars_a_contact_bars_it_in_each_of_its_forms(same: tuple[tuple[str, str, str], ...]) -> None:
    case, flag = carded.case()
    made = [stands(flag, kind, value, own_id=own_id) for kind, value, own_id in same]
    near = [
        stands(flag, "phone", "+6281255550112"),
        stands(flag, "account", "telegram:calo_lama2"),
        stands(flag, "link", "https://wa.me/qr/ABC"),
    ]
    if same is NAMED:
        models.AccountName.objects.create(indicator=made[0], name="telegram:calo_lama", first_seen=NOW, last_seen=NOW)
    told: dict[str, Any] = {"known_as": "hotline", "reason": "Contoh.", "proposed_by": factories.person(), "proposed_at": NOW}
    told |= {"approved_by": factories.person("supervisor", "bp3mi-jabar"), "approved_at": NOW, "expires_on": LATER.date()}
    for one in made:
        row = models.Trusted.objects.create(indicator=one, **told)
        found = choosing.choose(case, now=LATER)
        assert not {mark.pk for mark in made} & set(found.ids), one.value
        assert ({mark.pk for mark in near} <= set(found.ids), found.withheld[Withheld.TRUSTED]) == (True, len(made))
        models.Trusted.objects.filter(pk=row.pk).update(ended_at=NOW, ended_by=told["proposed_by"])
    assert {mark.pk for mark in made} <= set(choosing.choose(case, now=LATER).ids)


def test_what_came_after_the_decision_was_decided_by_nobody() -> None:
    case, flag = carded.case()
    of = models.Sighting.objects.filter(post=flag.post_id)[0].version
    later = models.PostVersion.objects.create(
        post_id=flag.post_id, number=2, capture=of.capture, locator="2", seen_at=LATER, edited=True, content_key="x", commitment="y"
    )
    seen: dict[str, Any] = {"first_seen": NOW, "last_seen": NOW}
    new = models.Indicator.objects.create(kind="phone", value="+6281255550111", **seen)
    read = models.Indicator.objects.create(kind="phone", value="+6281255550112", **seen)
    sighted(flag, new, version_id=later.pk, seen_at=LATER)
    sighted(flag, read, seen_at=LATER)  # of a picture that was read later
    assert [alone(case, new), alone(case, read)] == ["undecided", "undecided"]
    models.Flag.objects.filter(pk=flag.pk).update(level="low", level_rank=1)  # the machine's, since
    was = models.Decision.objects.get(flag=flag).level_then
    assert {mark.level for mark in choosing.choose(case, now=LATER).marks} == {Level(was).rank}


def test_a_decision_counts_once_it_is_effective_and_while_nobody_objects() -> None:
    by = factories.person()
    case, flag = carded.case(by=by)
    assert choosing.choose(case, now=NOW).marks == ()
    assert choosing.choose(case, now=LATER).marks
    objected.enter(flag, by)
    assert set(choosing.choose(case, now=LATER).withheld) >= {Withheld.UNDECIDED}
    assert choosing.choose(case, now=LATER).marks == ()


@pytest.mark.parametrize(("outcome", "goes"), [("unfounded", False), ("withdrawn", False), ("handed_over", True)])
def test_of_a_case_that_ended_without_its_suspicion_nothing_goes(outcome: str, goes: bool) -> None:
    case, _flag = carded.case()
    case.outcome = outcome
    if goes:
        choosing.require_whole(case)
        return
    with pytest.raises(RefusedError, match=r"peer\.unfounded"):
        choosing.require_whole(case)


def test_what_is_everybodys_the_states_or_our_own_is_withheld(settings: Any) -> None:
    settings.PUBLIC_HOTLINE, settings.PUBLIC_WHATSAPP = "0800 1000 555", "0812-5555-0199"
    settings.SITE_URL = "https://patroli.example"
    case, flag = carded.case()
    barred = {
        ("link", "https://facebook.com/"): "everybodys",
        ("link", "https://m.facebook.com"): "everybodys",
        ("link", "http://bit.ly"): "everybodys",
        ("account", "telegram:botfather"): "everybodys",
        ("link", "https://siskop2mi.bp2mi.go.id/a"): "state",
        ("email", "aduan@mil.id"): "state",
        ("phone", "+6281255550199"): "ours",
        ("link", "https://wa.me/6281255550199"): "ours",
        ("link", "https://patroli.example/cek/"): "ours",
    }
    near = [
        ("link", "https://facebook.com/calo.rekaan"),
        ("link", "http://bit.ly/3calo"),
        ("link", "https://calo-rekaan.blogspot.com/"),
        ("link", "https://bp2mi-go.id/a"),
        ("email", "calo@gmail.com"),
        ("phone", "+6281255550198"),
    ]
    assert {one: alone(case, stands(flag, *one)) for one in barred} == barred
    assert [alone(case, stands(flag, *one)) for one in near] == ["goes"] * len(near)


def test_what_was_last_seen_a_year_ago_is_too_old() -> None:
    case, _flag = carded.case()
    last = NOW - timedelta(hours=5)
    assert choosing.choose(case, now=last + choosing.LASTS - timedelta(seconds=1)).marks
    assert set(choosing.choose(case, now=last + choosing.LASTS).withheld) >= {Withheld.OLD}
    assert choosing.choose(case, now=last + choosing.LASTS).marks == ()


def test_a_cut_leaves_out_what_may_go_and_never_what_was_approved(monkeypatch: pytest.MonkeyPatch) -> None:
    case, flag = carded.case()
    for n in range(3):
        stands(flag, "email", f"hrd{n}@contoh.example")
    whole = choosing.choose(case, now=LATER)
    monkeypatch.setattr(choosing, "MOST", 2)
    cut = choosing.choose(case, now=LATER)
    assert (cut.ids, cut.cut, whole.cut) == (whole.ids[:2], True, False)
    assert choosing.choose(case, now=LATER, only=whole.ids[-2:]).ids == whole.ids[-2:]


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
    for flag in flags[:2]:
        objected.decided(flag)
    assert set(choosing.choose(campaign, now=LATER).withheld) == {Withheld.UNDECIDED}
    judging.confirm(campaign_id=campaign.pk, seen_version=campaign.version, by=by, now=NOW)
    campaign.refresh_from_db()
    choosing.require_whole(campaign)
    (phone,) = [one for one in choosing.choose(campaign, now=LATER).marks if one.kind == "phone"]
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
        found = choosing.choose(case, now=LATER)
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
