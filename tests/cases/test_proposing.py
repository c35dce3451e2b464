"""What a referral may ask about: of the case and its campaigns, of the channel's kinds, nobody's who is harmed or known to be good."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from patrol import access, models
from patrol.cases import proposing
from patrol.cases.channels import CHANNELS
from patrol.infra import wall
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.cases import asked
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TEXT = "Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tanpa ijazah. WA 0840 5550 7777, DP transfer BCA 8830012345 a.n. Contoh Satu. {n}"


@pytest.fixture
def analyst() -> models.Person:
    return factories.person(Role.ANALYST)


def ring(count: int, *, tied: bool = True) -> list[models.Flag]:
    """Confirmed flags that share a number, in one campaign; of the directorate."""
    texts = [TEXT.format(n=f"Gelombang {n}.") for n in range(count)]
    posts = factories.stored([factories.raw_post(text) for text in texts], of=factories.watch("directorate"))
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    flags = list(models.Flag.objects.filter(post__in=posts).order_by("id"))
    assert len(flags) == count
    models.Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(state="confirmed", decided_at=NOW)
    campaign = models.Campaign.objects.create(
        number="JRG-26-0001", name="Kursi", state="confirmed", made_at=NOW, grown_at=NOW, posts_count=count
    )
    for flag in flags:
        given: dict[str, Any] = {"campaign": campaign, "joined_at": NOW, "follows": False, "linked_at": NOW}
        models.LinkedPost.objects.update_or_create(post_id=flag.post_id, defaults=given)
    for later in flags[1:]:
        models.Tie.objects.update_or_create(
            later_id=later.post_id,
            earlier_id=flags[0].post_id,
            kind="phone",
            key="k",
            defaults={"weight": 1, "at": NOW, "state": "confirmed" if tied else "proposed"}
            | ({"by": factories.person(Role.ANALYST), "decided_at": NOW} if tied else {}),
        )
    return flags


def opened(flags: list[models.Flag], by: models.Person) -> models.Case:
    case = models.Case.objects.create(
        number="PKR-26-0099", title="Kursi", office=flags[0].office, opened_by=by, opened_at=NOW, responsible=by
    )
    models.CaseFlag.objects.bulk_create(models.CaseFlag(case=case, flag=flag, added_by=by, added_at=NOW) for flag in flags)
    return case


def proposed(case: models.Case, channel: str, by: models.Person) -> list[tuple[str, str, int, bool]]:
    return [(line.kind, line.value, line.flag_id, line.own) for line in proposing.lines(case, CHANNELS[channel], by)]


def test_of_a_campaign_all_links_and_each_number_once(analyst: models.Person) -> None:
    one, two, three = ring(3)
    case = opened([one], analyst)
    urls = {flag.pk: flag.post.url for flag in (one, two, three)}
    assert proposed(case, "komdigi", analyst) == [
        ("link", urls[one.pk], one.pk, True),
        ("link", urls[two.pk], two.pk, False),
        ("link", urls[three.pk], three.pk, False),
    ]
    assert proposed(case, "aduan_nomor", analyst) == [("phone", "+6284055507777", one.pk, True)]
    assert proposed(case, "iasc", analyst) == [("bank_account", "BCA 8830012345", one.pk, True)]
    assert {kind for kind, *_more in proposed(case, "police", analyst)} >= {"link", "phone", "bank_account"}
    assert proposing.together(case, "komdigi") == "Jaringan JRG-26-0001 (Kursi), banyaknya unggahan 3: nomor telepon yang sama (3)."
    (beyond,) = factories.stored([factories.raw_post()])
    for earlier, kind, key in ((two, "text", ""), (beyond, "phone", "o")):  # of posts: one tie more that holds two, and one that leads out
        models.Tie.objects.create(
            later_id=three.post_id, earlier_id=getattr(earlier, "post_id", earlier.pk), kind=kind, key=key * 32, weight=0.9, at=NOW
        )
    ties = "nomor telepon yang sama (3), teks yang hampir sama (2)"
    assert proposing.together(case, "komdigi") == f"Jaringan JRG-26-0001 (Kursi), banyaknya unggahan 3: {ties}."


def test_a_post_on_a_proposed_tie_or_not_confirmed_is_not_of_the_ring(analyst: models.Person) -> None:
    one, _two = ring(2, tied=False)
    case = opened([one], analyst)
    assert [row[2] for row in proposed(case, "komdigi", analyst)] == [one.pk]
    models.Tie.objects.update(state="confirmed", by=analyst, decided_at=NOW)
    assert len(proposed(case, "komdigi", analyst)) == 2
    models.Flag.objects.exclude(pk=one.pk).update(state="waiting", decided_at=None)
    assert [row[2] for row in proposed(case, "komdigi", analyst)] == [one.pk]


def test_a_contact_known_to_be_good_is_not_asked_about(analyst: models.Person) -> None:
    (one,) = ring(1)
    case = opened([one], analyst)
    phone = models.Indicator.objects.get(kind="phone")
    models.Trusted.objects.create(
        indicator=phone,
        known_as="agency",
        reason="contoh",
        proposed_by=analyst,
        proposed_at=NOW,
        approved_by=factories.person(Role.SUPERVISOR, "directorate"),
        approved_at=NOW,
        expires_on=date(2027, 1, 1),
    )
    assert proposed(case, "aduan_nomor", analyst) == []


def test_somebody_harmed_is_proposed_for_the_hand_over_alone(analyst: models.Person) -> None:
    one, plea = ring(2)
    models.Flag.objects.filter(pk=plea.pk).update(state="waiting", decided_at=None)
    models.Flag.objects.filter(pk=plea.pk).update(state="dismissed", decided_at=NOW)
    models.Protection.objects.create(flag=plea, office=plea.office, by=analyst, at=NOW)
    case = opened([one], analyst)
    assert [(line.kind, line.value, line.flag_id) for line in proposing.lines(case, CHANNELS["victim_handover"], analyst)] == [
        ("person", "", plea.pk)
    ]
    assert plea.pk not in {row[2] for row in proposed(case, "police", analyst)}
    assert proposed(case, "victim_handover", factories.person(code="bp3mi-sulsel")) == []


def test_links_without_a_copy_come_first_and_what_was_asked_says_so(analyst: models.Person) -> None:
    one, two = ring(2)
    asked.copied(one)
    case = opened([one, two], analyst)
    assert [(line.flag_id, line.copied) for line in proposing.lines(case, CHANNELS["komdigi"], analyst)] == [
        (two.pk, False),
        (one.pk, True),
    ]
    made = asked.draft(case, analyst, "komdigi", marks=[proposing.mark("link", one.post.url)])
    again = {line.flag_id: line.asked for line in proposing.lines(case, CHANNELS["komdigi"], analyst)}
    assert again == {one.pk: made.number, two.pk: ""}
    assert {line.asked for line in proposing.lines(case, CHANNELS["police"], analyst)} == {""}


def test_what_another_office_asked_says_so_behind_the_wall(analyst: models.Person) -> None:
    flags = ring(2)
    made = asked.draft(opened(flags, analyst), analyst, "komdigi")
    officer = factories.person()
    case = models.Case.objects.create(number="PKR-26-0098", title="Kursi", office=officer.office, opened_by=officer, opened_at=NOW)
    models.CaseFlag.objects.filter(flag=flags[1]).update(case=case)
    with wall.behind(access.behind_wall(officer)):
        lines = proposing.lines(case, CHANNELS["komdigi"], officer)
    assert {line.flag_id: line.asked for line in lines} == {flag.pk: made.number for flag in flags}


@pytest.mark.parametrize("count", [1, 8])
def test_however_many_lines_they_cost_the_same(count: int, analyst: models.Person, django_assert_num_queries: Any) -> None:
    case = opened(ring(count), analyst)
    with django_assert_num_queries(4):
        proposing.lines(case, CHANNELS["police"], analyst)


@pytest.mark.parametrize(
    ("told", "asked_about"),
    [
        ("surel lamaran.contoh@rekaan.example", ["lamaran.contoh@rekaan.example"]),
        ("lamaran contoh di rekaan example", []),
        ("akun @lamaran_contoh", []),  # an at sign alone is no address
    ],
)
def test_an_e_mail_address_is_asked_about_where_a_body_takes_any_contact(told: str, asked_about: list[str], analyst: models.Person) -> None:
    """Komdigi takes addresses of posts, numbers and accounts of banks, each in a lane of its own: none is for e-mail addresses."""
    posts = factories.stored([factories.raw_post(TEXT.format(n=told))], of=factories.watch("directorate"))
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    flag = models.Flag.objects.get(post=posts[0])
    models.Flag.objects.update(state="confirmed", decided_at=NOW)
    case = opened([flag], analyst)
    of = {key: [value for kind, value, *_rest in proposed(case, key, analyst) if kind == "email"] for key in CHANNELS}
    assert {key: values for key, values in of.items() if values} == ({"police": asked_about, "kemlu": asked_about} if asked_about else {})
