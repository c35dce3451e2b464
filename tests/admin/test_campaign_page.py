"""The pages of campaigns: masked, counted before decided, the same cost for a small and a large one."""

from __future__ import annotations

import itertools
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from patrol import cases, models
from patrol.admin.analyst import campaign_page
from patrol.campaigns import deciding, judging, proposing
from patrol.domain import TieKind
from patrol.domain.states import CampaignState, FlagState
from patrol.engine import masks
from patrol.infra.refusals import NUL
from patrol.models import Role
from patrol.triage import together
from reports import campaigns as weekly
from tests import factories
from tests.admin.conftest import Door
from tests.campaigns.test_campaigns import COPY, OFFERS, A, B, C, campaign_of, posted
from tests.campaigns.test_judging import by_author, confirmed, ring
from tests.campaigns.test_proposing import two
from tests.markup import only, said_by, tight

pytestmark = pytest.mark.django_db


def page(name: str, *parts: object) -> str:
    return reverse(f"admin:patrol_campaign_{name}", args=parts)


def grown_from(post: models.Post) -> models.Campaign:
    campaign = campaign_of(post)
    assert campaign is not None
    return campaign


def test_the_list_shows_size_growth_and_open_flags(door: Door) -> None:
    campaign = ring()
    said = tight(door(Role.OFFICER).get(page("changelist")).content.decode())
    assert campaign.number in said
    assert re.search(r'<td class="num"[^>]*>4</td><td class="num"[^>]*>(\+4|-)</td>', said)
    assert '<th class="num">Terakhir bertambah</th>' in said  # when a post joined: none need have been posted then


def test_people_of_another_office_stand_in_the_history_as_their_office(door: Door) -> None:
    """As in a case and on the page of a flag: who works where is told to the own office and the directorate."""
    campaign = ring()
    of_another = factories.person(code="bp3mi-sulsel", name="Petugas Lain Rekaan")
    judging.name(campaign_id=campaign.pk, name="Cincin Contoh", seen_version=campaign.version, by=of_another, now=factories.NOW)
    said = [door(role).get(page("change", campaign.pk)).content.decode() for role in (Role.OFFICER, Role.ANALYST)]
    assert ["Petugas Lain Rekaan" in one for one in said] == [False, True]
    assert of_another.office.short_name in said[0]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    models.Campaign.objects.bulk_create(
        models.Campaign(number=f"JRG-26-8{n:03}", made_at=factories.NOW, grown_at=factories.NOW) for n in range(rows)
    )
    client = door(Role.OFFICER)
    with django_assert_num_queries(9):
        assert client.get(page("changelist")).status_code == 200


@pytest.mark.parametrize("rows", [2, 30])
def test_a_campaign_costs_the_same(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    factories.offices()
    posts = posted(*(COPY.format("roti", n, n, A) for n in range(rows)))
    campaign, client = grown_from(posts[0]), door(Role.OFFICER)
    with django_assert_num_queries(19):
        assert client.get(page("change", campaign.pk)).status_code == 200


def test_numbers_and_accounts_are_those_that_the_weekly_summary_counts(door: Door) -> None:
    """Of a text that three accounts post, each with a number of its own, no number and no account ties two posts."""
    factories.offices()
    posts = posted(*(COPY.format("roti", n, n, number) for n, number in enumerate((A, B, C))))
    for post in posts:
        given = {"kind": "account", "first_seen": factories.NOW, "last_seen": factories.NOW}
        author = models.Indicator.objects.create(value=f"telegram:penjual_contoh_{post.pk}", **given)
        seen = {"version": post.versions.get(), "role": "author", "confidence": 1.0, "seen_at": factories.NOW}
        models.Sighting.objects.create(post=post, indicator=author, **seen)
    campaign = grown_from(posts[0])
    assert {tie.kind for tie in judging.not_cut(campaign)} == {TieKind.TEXT}
    (then,) = weekly.then([models.Flag.objects.get(post=posts[0]).pk], factories.NOW - timedelta(days=1), factories.NOW + timedelta(days=1))
    facts = dict(door(Role.OFFICER).get(page("change", campaign.pk)).context["facts"])
    assert (facts["Nomor"], facts["Akun"]) == (len(then.phones), len(then.accounts)) == (3, 3)
    harmed = models.Flag.objects.get(post=posts[1])
    models.Protection.objects.create(flag=harmed, office=harmed.office, by=factories.person(code="bp3mi-sulsel"), at=factories.NOW)
    facts = dict(door(Role.OFFICER).get(page("change", campaign.pk)).context["facts"])
    assert (facts["Unggahan"], facts["Nomor"], facts["Akun"]) == (3, 2, 2)


@pytest.mark.parametrize("rows", [1, 30])
def test_what_it_may_be_merged_with_costs_the_same(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    campaign, client = ring(2), door(Role.OFFICER)
    mine = campaign.members.earliest("post").post
    for n, post in enumerate(factories.stored([factories.raw_post() for _ in range(rows)])):
        other = models.Campaign.objects.create(number=f"JRG-26-8{n:03}", made_at=factories.NOW, grown_at=factories.NOW, posts_count=1)
        models.LinkedPost.objects.filter(post=post).delete()
        models.LinkedPost.objects.create(post=post, campaign=other, joined_at=factories.NOW, follows=False, linked_at=factories.NOW)
        models.Tie.objects.create(later=post, earlier=mine, kind="phone", key=f"{n:032}", weight=0.95, at=factories.NOW, crosses=True)
    assert proposing.tell(now=factories.NOW) == rows
    with django_assert_num_queries(21):
        answer = client.get(page("change", campaign.pk))
    assert len(answer.context["mergers"]) == min(rows, proposing.SHOWN)


def test_a_proposed_merger_stands_on_both_pages_and_is_refused_or_done_there(door: Door) -> None:
    one, other = two()
    proposing.tell(now=factories.NOW)
    analyst = factories.person(Role.ANALYST)
    client = door(analyst)
    for this, that in ((one, other), (other, one)):
        answer = client.get(page("change", this.pk))
        [row] = answer.context["mergers"]
        assert (row["other"], len(row["lines"]), answer.context["waiting"]) == (that, 1, [])
        said = tight(answer.content.decode())
        assert f'href="{page("change", that.pk)}"' in said
        assert page("refuse_merger", this.pk, row["up_to"]) in said
        assert re.sub(r"\D", "", B).removeprefix("0") not in said
    notice = models.Notice.objects.get(kind="campaign_merger")
    opened = client.post(reverse("admin:patrol_notice_open", args=[notice.pk]))
    assert opened.headers["Location"] == page("change", one.pk)
    client.post(page("refuse_merger", one.pk, row["up_to"]), {"note": "calo"})
    assert client.get(page("change", one.pk)).context["mergers"] == []
    late = client.post(page("refuse_merger", other.pk, row["up_to"]), {"note": ""}, follow=True)
    assert analyst.name in str(next(iter(late.context["messages"])))


def test_no_contact_stands_on_the_page(door: Door) -> None:
    factories.offices()
    posts = posted(COPY.format("roti", 2, 3, A), COPY.format("komponen", 3, 4, A), COPY.format("gudang", 3, 4, B))
    said = door(Role.OFFICER).get(page("change", grown_from(posts[0]).pk)).content.decode()
    for number in (A, B):
        assert number not in said
        assert re.sub(r"\D", "", number).removeprefix("0") not in said
    assert 'class="slot' in said
    assert "roti" in said


TWIN = "0842-6655-9941"  # another number that looks like A once it is masked


@pytest.mark.parametrize(("other", "alike"), [(TWIN, True), (B, False)])
def test_two_numbers_that_look_the_same_masked_carry_a_tag(other: str, alike: bool, door: Door) -> None:
    factories.offices()
    posts = posted(*(COPY.format(what, 2, 3, one) for what, one in (("roti", A), ("kain", A), ("sekrup", other), ("cat", other))))
    answer = door(Role.OFFICER).get(page("change", grown_from(posts[0]).pk))
    tied = models.Indicator.objects.filter(pk__in=models.Tie.objects.filter(kind="phone").values("indicator"))
    assert tied.count() == 2
    masked = {one.pk: masks.value(one.kind, one.value) for one in tied}
    assert (len(set(masked.values())) == 1) is alike
    wanted = {f"{mask} #{key}" if alike else mask for key, mask in masked.items()}
    shown = [row for row in answer.context["ties"] if row["tie"].kind == "phone"]
    assert {row["value"] for row in shown} == wanted
    nodes = [node for node in answer.context["graph"]["nodes"] if node["kind"] == "phone"]
    assert {node["title"].split(": ")[1] for node in nodes} == wanted
    assert len({node["label"] for node in nodes}) == 2
    for value in wanted:
        assert value in answer.content.decode()


def test_a_tie_is_cut_and_a_campaign_confirmed(door: Door) -> None:
    campaign, client = ring(3), door(Role.OFFICER)
    assert client.post(page("confirm", campaign.pk), {"seen_version": campaign.version}).status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.CONFIRMED
    tie = judging.within(campaign).order_by("-later")[0]
    client.post(page("cut", campaign.pk, tie.pk))
    campaign.refresh_from_db()
    assert campaign.posts_count == 2
    assert client.post(page("confirm", campaign.pk), {"seen_version": 1}, follow=True).context["messages"]


def test_the_count_and_five_examples_come_before_the_decision(door: Door) -> None:
    officer = factories.person()
    campaign = confirmed(officer)
    flags = models.Flag.objects.filter(post__linked__campaign=campaign)
    flags.update(office=officer.office, state=FlagState.WAITING)
    client = door(officer)
    asked = client.get(page("decide", campaign.pk), {"outcome": "confirmed"})
    assert asked.context["count"] == 4
    assert len(asked.context["examples"]) == 4
    form = {"outcome": "confirmed", "key": asked.context["key"], "counted": 4, "seen_version": campaign.version, "note": ""}
    client.post(page("decide", campaign.pk), form)  # without a reason nothing is decided
    assert flags.filter(state=FlagState.WAITING).count() == 4
    client.post(page("decide", campaign.pk), form | {"reason": "fraud"})
    assert flags.filter(state=FlagState.CONFIRMED).count() == 4
    event = campaign.events.get(kind="decided")
    client.post(page("reverse", campaign.pk), {"event": event.pk, "note": "keliru"})
    assert flags.filter(state=FlagState.WAITING).count() == 4


def test_a_tie_of_another_campaign_is_not_there(door: Door) -> None:
    one, other = ring(2), ring(2, B)
    tie = judging.within(other)[0]
    assert door(Role.OFFICER).post(page("cut", one.pk, tie.pk)).status_code == 404


def test_the_flag_s_page_leads_to_its_campaign(door: Door) -> None:
    campaign = ring()
    flag = models.Flag.objects.filter(post__linked__campaign=campaign).earliest("pk")
    said = door(Role.SUPERVISOR, code=flag.office.code).get(reverse("admin:patrol_flag_change", args=[flag.pk]))
    assert page("change", campaign.pk) in said.content.decode()


def test_five_hundred_posts_are_drawn(door: Door) -> None:
    factories.offices()
    campaign = models.Campaign.objects.create(number="JRG-26-7777", made_at=factories.NOW, grown_at=factories.NOW, posts_count=500)
    posts = factories.stored([factories.raw_post(OFFERS[0].format(A) + f" {n}") for n in range(500)])
    models.LinkedPost.objects.bulk_create(
        models.LinkedPost(post=post, campaign=campaign, joined_at=factories.NOW, follows=False, linked_at=factories.NOW) for post in posts
    )
    models.Tie.objects.bulk_create(
        models.Tie(later=later, earlier=earlier, kind="phone", key=f"{n % 9:032}", weight=0.9, at=factories.NOW)
        for n, (earlier, later) in enumerate(itertools.pairwise(posts))
    )
    said = door(Role.OFFICER).get(page("change", campaign.pk))
    assert len(said.context["graph"]["nodes"]) == 509
    assert said.context["graph"]["many"]


def test_a_tie_by_a_picture_shows_both_pictures_washed_out(door: Door, django_assert_num_queries: Any) -> None:
    """Masked renditions only, through the door that knows who may see; a tie to a post without a kept picture shows none."""
    campaign = ring(3)
    first, second, third = (row.post for row in campaign.members.order_by("post"))
    media = []
    for post, colour in ((first, b"a"), (second, b"b")):
        original = factories.file_capture(b"original " + colour, post_id=post.pk)
        masked = factories.file_capture(b"masked " + colour, post_id=post.pk)
        media.append(
            models.Media.objects.create(
                version=post.versions.get(),
                position=0,
                kind="photo",
                state="kept",
                capture=original,
                thumbnail=original,
                masked=masked,
                width=800,
                height=600,
            )
        )
        models.ShownPicture.objects.create(post=post, sha256=original.sha256, key="k" * 32, looked_at=factories.NOW)
    for later in (second, third):
        models.Tie.objects.create(later=later, earlier=first, kind="picture", key="k" * 32, weight=0.85, at=factories.NOW)
    client = door(Role.OFFICER)
    with django_assert_num_queries(20):
        said = tight(client.get(page("change", campaign.pk)).content.decode())
    links = re.findall(r'<img src="([^"]+)" width="800" height="600"', said)
    shown = [reverse("admin:patrol_post_picture", args=[one.pk]) for one in media]
    assert sorted(set(links)) == sorted(shown)
    assert reverse("admin:patrol_post_picture_clear", args=[media[0].pk]) not in said


@pytest.mark.parametrize(("numbers", "asked"), [((A, A), 0), ((A, B), 1)])
def test_only_what_a_person_has_to_say_waits(numbers: tuple[str, str], asked: int, door: Door) -> None:
    """A text says nothing new of two posts that a number ties; where it alone ties them, somebody must look."""
    factories.offices()
    posts = posted(*(COPY.format("roti", n, n, number) for n, number in enumerate(numbers)))
    campaign = grown_from(posts[0])
    assert models.Tie.objects.filter(kind="text").count() == 1
    answer = door(Role.OFFICER).get(page("change", campaign.pk))
    assert (answer.context["asked"], len(answer.context["waiting"])) == (asked, asked)


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def kept() -> list[object]:
    """All that a verb of a campaign could have changed."""
    return [
        *models.Campaign.objects.order_by("id").values_list("id", "state", "version", "name"),
        models.CampaignEvent.objects.count(),
        models.AuditEntry.objects.filter(verb__startswith="campaign.").count(),
        models.Decision.objects.count(),
        models.Case.objects.count(),
    ]


NOTHING = "Nothing was changed: there is nothing here to do this to."


@pytest.mark.parametrize(
    ("verb", "sent", "sentence", "beside"),
    [
        ("merge", {}, "Nothing was changed: give the number of the other campaign.", "other"),
        ("merge", {"other": " "}, "Nothing was changed: give the number of the other campaign.", "other"),
        ("merge", {"other": "JRG-26-0000"}, "Nothing was changed: there is no campaign with this number.", "other"),
        ("merge", {"other": "gone"}, "Nothing was changed: the other campaign is dissolved, or was merged already.", "other"),
        ("merge", {"other": "own"}, "A campaign cannot be merged with itself.", "other"),
        ("merge", {"other": "JRG\0"}, NUL, "other"),
        ("name", {"name": "Hubungi 08123"}, "A name must not hold a number somebody can be reached by.", "name"),
        ("name", {"name": "Kursi\0Taiwan"}, NUL, "name"),
        ("dissolve", {"note": "a\0b"}, NUL, "note"),
        ("split", {"note": "a\0b"}, NUL, "note"),
        ("split", {"post": ["x", "-1", ""]}, "Nothing was split off: choose posts first.", ""),
        ("reverse", {"event": "event", "note": " "}, "Nothing was changed: write a note first.", "note"),
        ("reverse", {"event": "elsewhere", "note": "Keliru."}, NOTHING, ""),
        ("reverse", {"event": "x", "note": "Keliru."}, NOTHING, ""),
        ("reverse", {"note": "Keliru."}, NOTHING, ""),
        ("confirm", {"seen_version": "0"}, "Nothing was changed: the system was faster. Look again.", ""),
    ],
)
def test_what_a_verb_lacks_is_said_beside_its_field_and_nothing_happens(
    verb: str, sent: dict[str, Any], sentence: object, beside: str, door: Door
) -> None:
    officer = factories.person()
    campaign, gone = ring(3), ring(2, B)
    judging.dissolve(campaign_id=gone.pk, note="", seen_version=gone.version, by=officer, now=factories.NOW)
    told = {"key": str(uuid.uuid4()), "outcome": "confirmed", "reason": "fraud", "decisions": [], "left": []}
    events = [models.CampaignEvent.objects.create(campaign=one, kind="decided", at=factories.NOW, told=told) for one in (campaign, gone)]
    named = {"gone": gone.number, "own": campaign.number, "event": events[0].pk, "elsewhere": events[1].pk}
    sent = {key: named.get(value, value) if isinstance(value, str) else value for key, value in sent.items()}
    before = kept()
    with translation.override("en"):
        answer = english(door(officer)).post(page(verb, campaign.pk), sent)
        assert said_by(answer) == [(str(sentence), beside)]
    assert answer["Location"] == page("change", campaign.pk)
    assert kept() == before


def test_what_is_told_to_a_verb_reaches_it(door: Door) -> None:
    campaign, other, client = ring(3), ring(2, B), door(Role.OFFICER)
    posts = sorted(campaign.members.values_list("post_id", flat=True))
    client.post(page("name", campaign.pk), {"name": "  Kursi   Taiwan ", "seen_version": campaign.version})
    client.post(page("merge", campaign.pk), {"other": f" {other.number.lower()} ", "note": " Sama. "})
    merger = campaign.events.get(kind="merged")
    assert (merger.note, merger.told["from"]) == ("Sama.", other.pk)
    client.post(page("unmerge", other.pk))
    client.post(page("split", campaign.pk), {"post": [str(posts[0]), "x", str(posts[1])], "note": "Lain."})
    split = campaign.events.get(kind="split")
    assert (split.note, split.told["posts"]) == ("Lain.", posts[:2])
    client.post(page("dissolve", campaign.pk), {"note": "Bukan."})
    campaign.refresh_from_db()
    assert (campaign.name, campaign.state) == ("Kursi Taiwan", CampaignState.DISSOLVED)
    assert campaign.events.get(kind="dissolved").note == "Bukan."
    told = client.get(reverse("admin:patrol_campaign_change", args=[campaign.pk])).content.decode()
    assert ('class="jar"' in told, "Bukan." in told) == (False, True)  # no strip and no map of nothing, which a browser calls an error


@pytest.mark.parametrize(
    ("given", "sentence", "beside"),
    [
        ({"reason": ""}, "Choose a reason first.", "reason"),
        ({"reason": "lawful"}, "Choose a reason first.", "reason"),
        ({"reason": "other", "note": " "}, "Choose a reason first.", "reason"),
        ({"outcome": "victim", "reason": "asks"}, "Choose a reason first.", "outcome"),
        ({"outcome": ""}, "Choose a reason first.", "outcome"),
        ({"key": "1"}, "Choose a reason first.", "key"),
        ({"key": ""}, "Choose a reason first.", "key"),
        ({"note": "a\0b"}, NUL, "note"),
        ({"counted": "3"}, "Nothing was decided: the number of open flags has changed. Look at the count again.", ""),
        ({"counted": "four"}, "Nothing was decided: the number of open flags has changed. Look at the count again.", ""),
        ({"seen_version": "0"}, "Nothing was changed: the system was faster. Look again.", ""),
    ],
)
def test_a_decision_for_all_that_lacks_something_decides_nothing(given: dict[str, str], sentence: object, beside: str, door: Door) -> None:
    officer = factories.person()
    campaign = ready(officer)
    to = page("decide", campaign.pk)
    form = {
        "outcome": "confirmed",
        "reason": "fraud",
        "note": "",
        "key": str(uuid.uuid4()),
        "counted": "4",
        "seen_version": campaign.version,
    }
    before = kept()
    with translation.override("en"):
        answer = english(door(officer)).post(to, form | given)
        assert said_by(answer) == [(str(sentence), beside)]
    assert answer["Location"].partition("?")[0] == (to if beside else page("change", campaign.pk))
    assert kept() == before


@pytest.mark.parametrize(
    ("given", "sentence", "beside"),
    [
        ({"title": " "}, "Give the case a title that names no person and no number.", "title"),
        ({"title": "Kam\0boja"}, NUL, "title"),
        ({"reason": "whim"}, "Choose a reason first.", "reason"),
        ({"reason": ""}, "Choose a reason first.", "reason"),
        ({"reason": None}, "Choose a reason first.", "reason"),  # not sent at all
        ({"reason": "fraud\0"}, "Choose a reason first.", "reason"),
        ({"key": "1"}, "Choose a reason first.", "key"),
        ({"open": "x"}, "No case was opened: the campaign or its flags have changed. Look at the count again.", ""),
    ],
)
def test_a_case_that_lacks_something_is_not_opened(given: dict[str, str | None], sentence: object, beside: str, door: Door) -> None:
    officer = factories.person()
    campaign = ready(officer, sure=1)
    client = english(door(officer))
    opens = page("open_case", campaign.pk)
    form = case_form(client.get(opens))
    before = kept()
    with translation.override("en"):
        answer = client.post(opens, {name: value for name, value in (form | given).items() if value is not None})
        assert said_by(answer) == [(str(sentence), beside)]
    assert answer["Location"] == f"{opens}?office={officer.office_id}"
    assert kept() == before


def case_form(answer: Any, **given: Any) -> dict[str, Any]:
    context = answer.context
    plan = context["plan"]
    return {
        "key": context["key"],
        "office": plan.office_id,
        "sure": len(plan.sure),
        "open": len(plan.open),
        "title": "Jaringan Kamboja",
        "seen_version": context["campaign"].version,
        "reason": "fraud",
        "note": "",
    } | given


def ready(officer: models.Person, *, sure: int = 0) -> models.Campaign:
    """A confirmed campaign whose flags are of the officer's office; the first `sure` of them confirmed."""
    campaign = confirmed(officer)
    flags = models.Flag.objects.filter(post__linked__campaign=campaign)
    flags.update(office=officer.office, state="waiting", decided_at=None)
    chosen = list(flags.order_by("id").values_list("pk", flat=True)[:sure])
    models.Flag.objects.filter(pk__in=chosen).update(state="confirmed", decided_at=factories.NOW)
    return campaign


def test_the_count_and_five_examples_come_before_the_case(door: Door) -> None:
    officer = factories.person()
    campaign = ready(officer, sure=1)
    client = door(officer)
    opens = page("open_case", campaign.pk)
    assert f'href="{opens}" data-press="P"' in tight(client.get(page("change", campaign.pk)).content.decode())
    shown = client.get(opens)
    text = shown.content.decode()
    assert (shown.context["sure"], shown.context["open"], 'value="leave"' in text) == (1, 3, True)
    assert models.Case.objects.count() == 0
    grown = client.post(opens, case_form(shown, open=2))
    assert (grown["Location"].partition("?")[0], models.Case.objects.count()) == (opens, 0)
    assert client.post(opens, case_form(shown, reason="whim"))["Location"].partition("?")[0] == opens
    assert models.Decision.objects.count() == 0
    done = client.post(opens, case_form(shown))
    case = models.Case.objects.get()
    there = reverse("admin:patrol_case_change", args=[case.pk])
    assert (done["Location"], case.title, case.entries.count()) == (there, "Jaringan Kamboja", 4)
    assert done["Location"] in client.get(page("change", campaign.pk)).content.decode()
    assert client.post(opens, case_form(shown))["Location"] == done["Location"]  # the same form once more
    assert models.Case.objects.count() == 1
    assert 'name="title"' not in client.get(opens).content.decode()


def test_open_flags_may_be_left_out(door: Door) -> None:
    officer = factories.person()
    campaign = ready(officer, sure=2)
    client = door(officer)
    opens = page("open_case", campaign.pk)
    client.post(opens, case_form(client.get(opens), reason="leave"))
    assert models.Case.objects.get().entries.count() == 2
    assert models.Decision.objects.count() == 0


def test_the_directorate_chooses_the_office(door: Door) -> None:
    officer = factories.person()
    campaign = ready(officer, sure=4)
    other = factories.office("bp3mi-jatim")
    first = models.Flag.objects.filter(post__linked__campaign=campaign).earliest("pk")
    models.Flag.objects.filter(pk=first.pk).update(office=other)
    opens = page("open_case", campaign.pk)
    client = door("analyst")
    shown = client.get(opens)
    assert [(one["title"], one["count"], one["on"]) for one in shown.context["choices"]] == [
        ("Direktorat Siber, bersama semua kantor", 4, True),
        (officer.office.short_name, 3, False),
        (other.short_name, 1, False),
    ]
    shown = client.get(opens, {"office": other.pk})
    assert (shown.context["sure"], shown.context["plan"].others) == (1, 3)
    client.post(opens, case_form(shown))
    assert models.Case.objects.get().office == other
    assert door(factories.person(code="bp3mi-ntb")).get(opens).context["count"] == 0


@pytest.mark.parametrize(("sure", "queries"), [(1, 18), (3, 18), (4, 16)])  # where none is open, no rows of open ones are looked for
def test_the_page_of_a_case_to_open_costs_the_same(sure: int, queries: int, door: Door, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    campaign = ready(officer, sure=sure)
    client = door(officer)
    with django_assert_num_queries(queries):
        assert client.get(page("open_case", campaign.pk)).status_code == 200


def test_a_post_dated_in_the_future_stands_on_the_day_it_was_seen() -> None:
    """The clock of whoever posts may run ahead: such a post neither leads the strip nor makes it longer."""
    posts = [models.Post(first_seen=factories.NOW, posted_at=factories.NOW + ahead) for ahead in (timedelta(0), timedelta(hours=23))]
    strip = campaign_page.strip(posts)
    assert strip == campaign_page.strip([models.Post(first_seen=factories.NOW, posted_at=factories.NOW) for _ in posts])
    early = models.Post(first_seen=factories.NOW, posted_at=factories.NOW - timedelta(days=3))
    assert campaign_page.strip([early, posts[0]]) != strip


def test_a_ring_of_more_than_twenty_posts_waits_for_a_second_person(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its members count each; the offices they belong to get a bulk each, and nothing is decided before somebody agrees."""
    monkeypatch.setattr(together, "ALONE", 3)
    officer = factories.person()
    campaign = ready(officer)
    client = door(officer)
    client.cookies["django_language"] = "en"
    to = page("decide", campaign.pk)
    shown = client.get(to)
    form = {
        "outcome": "confirmed",
        "reason": "fraud",
        "note": "",
        "key": shown.context["key"],
        "counted": 4,
        "seen_version": shown.context["campaign"].version,
    }
    assert client.post(to, form)["Location"] == page("change", campaign.pk)
    [made] = models.Bulk.objects.all()
    assert (made.state, made.outcome, made.by, made.office) == ("proposed", "confirmed", officer, officer.office)
    assert sorted(made.entries.values_list("flag", flat=True)) == sorted(
        models.Flag.objects.filter(post__linked__campaign=campaign).values_list("pk", flat=True)
    )
    assert models.Decision.objects.count() == 0
    client.post(to, form)  # once more
    assert models.Bulk.objects.count() == 1
    opens = page("open_case", campaign.pk)
    form_of_case = case_form(client.get(opens))
    with translation.override("en"):
        assert said_by(client.post(opens, form_of_case | {"reason": ""}))[-1] == ("Choose a reason first.", "reason")
    client.post(opens, form_of_case)
    assert (models.Case.objects.count(), models.Decision.objects.count()) == (0, 0)
    monkeypatch.setattr(together, "ALONE", 4)
    client.post(to, form)
    assert models.Decision.objects.filter(outcome="confirmed").count() == 4


@pytest.mark.parametrize(("language", "said"), [("id", "1 akun pengunggah mengaitkan 4 unggahan"), ("en", "4 posts tied by 1 author")])
def test_a_kind_of_ties_is_one_line_and_what_it_ties_is_there_to_compare(language: str, said: str, door: Door) -> None:
    campaign, client = ring(), door(Role.OFFICER)
    posts = by_author(campaign)
    judging.within(campaign).filter(kind="phone", later=posts[-1]).delete()
    client.cookies["django_language"] = language
    answer = client.get(page("change", campaign.pk))
    [row] = answer.context["waiting"]
    assert (row["said"], row["single"], answer.context["asked"]) == (said, None, 1)
    [thing] = row["things"]
    assert [post["post"] for post in thing["posts"]] == posts[::-1]
    body = tight(answer.content.decode())
    assert body.count(page("confirm_kind", campaign.pk)) == body.count(page("cut_kind", campaign.pk)) == 1


def test_all_of_a_kind_are_cut_from_the_page_as_it_was_shown(door: Door) -> None:
    campaign, client = ring(), door(Role.OFFICER)
    posts = by_author(campaign)
    judging.within(campaign).filter(kind="phone", later=posts[-1]).delete()
    told = {"kind": "author", "seen_version": campaign.version}
    for wrong in ({"kind": "friendship"}, {"kind": ""}, {"seen_version": campaign.version - 1}, {"other": "999"}):
        client.post(page("cut_kind", campaign.pk), told | wrong)
    assert not models.Tie.objects.filter(state="cut").exists()
    with translation.override("en"):
        client.cookies["django_language"] = "en"
        [row] = client.get(page("change", campaign.pk)).context["waiting"]
    assert row["cuts"] == ("3 ties are cut and not proposed again. 1 post leaves the campaign. It can be taken back under “History”.")
    client.post(page("cut_kind", campaign.pk), told | {"other": "0"})
    assert models.Tie.objects.filter(state="cut", kind="author").count() == 3
    shown = client.get(page("change", campaign.pk)).context
    assert (shown["waiting"], [one["uncut"] for one in shown["events"]][:1]) == ([], [True])
    event = shown["events"][0]["event"].pk
    for wrong in ({"event": ""}, {"event": event - 1}, {"seen_version": campaign.version}):
        client.post(page("uncut_kind", campaign.pk), {"event": event} | wrong)
    assert models.Tie.objects.filter(state="cut", kind="author").count() == 3
    answer = client.post(page("uncut_kind", campaign.pk), {"event": event})
    assert said_by(answer)[-1][0] == "3 ties wait again. 1 post came back."
    assert not models.Tie.objects.filter(state="cut").exists()
    assert [one["uncut"] for one in client.get(page("change", campaign.pk)).context["events"]][:2] == [False, False]


def test_posts_stand_by_the_day_they_were_posted_whatever_came_first(door: Door) -> None:
    campaign = ring()
    posts = sorted(campaign.members.values_list("post_id", flat=True))
    for hours, post in zip((3, 1, 2, 4), posts, strict=True):
        models.Post.objects.filter(pk=post).update(posted_at=factories.NOW - timedelta(hours=hours), first_seen=factories.NOW)
    rows = door(Role.OFFICER).get(page("change", campaign.pk)).context["rows"]
    assert [(row["number"], row["post"]) for row in rows] == [(4, posts[1]), (3, posts[2]), (2, posts[0]), (1, posts[3])]


@pytest.mark.parametrize(
    ("most", "cut", "said_posts", "said_ties"),
    [
        (4, 0, "4, newest first", "3"),
        (4, 1, "4, newest first", "2"),
        (3, 0, "3 of 4, newest first", "3"),
        (2, 0, "2 of 4, newest first", "2 of 3"),
    ],
)
def test_how_many_of_them_are_listed_is_said(
    most: int, cut: int, said_posts: str, said_ties: str, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LISTED_POSTS", "LISTED_TIES"):
        monkeypatch.setattr(campaign_page, name, most)
    campaign = ring()
    [*keys] = judging.within(campaign).order_by("pk").values_list("pk", flat=True)
    models.Tie.objects.filter(pk__in=keys[:cut]).update(state="cut")
    html = BeautifulSoup(english(door(Role.OFFICER)).get(page("change", campaign.pk)).content, "html.parser")
    said = [" ".join(only(html, where).text.split()) for where in ("#unggahan header", "#kaitan summary")]
    assert said == [f"Posts {said_posts}", f"List of ties {said_ties}"]
    assert [len(html.select(rows)) for rows in ("#unggahan tbody tr", "#kaitan li")] == [most, min(most, 3 - cut)]


def test_every_filling_stands_in_the_table(door: Door) -> None:
    factories.offices()
    words = ("roti", "komponen", "gudang", "kayu", "kaca", "kain", "gelas", "ban")
    posts = posted(*(COPY.format(word, 2, 3, A) for word in words))
    html = BeautifulSoup(door(Role.OFFICER).get(page("change", grown_from(posts[0]).pk)).content, "html.parser")
    slot = next(one for one in html.select(".slot") if "isi)" in one.text)
    [row] = [one for one in html.select("details.tbl tr") if set(words) & set(one.text.split())]
    assert sorted(set(words) & set(row.text.split())) == sorted(words)
    assert (f"({len(words)} isi)" in " ".join(slot.text.split()), str(slot["title"]).endswith(", …")) == (True, True)


@pytest.mark.parametrize(
    ("state", "counts", "done"),
    [(FlagState.WAITING, 4, 0), (FlagState.PARKED, 0, 0), (FlagState.DISMISSED, 0, 4), (FlagState.CONFIRMED, 0, 4)],
)
def test_what_is_parked_is_neither_open_nor_decided(state: str, counts: int, done: int) -> None:
    officer = factories.person()
    campaign = confirmed(officer)
    decided = {"decided_at": factories.NOW} if done else {}
    models.Flag.objects.filter(post__linked__campaign=campaign).update(office=officer.office, state=state, **decided)
    plan = deciding.plan(campaign, officer)
    assert (len(plan.flags), plan.done) == (counts, done)


def test_the_history_leads_to_the_other_campaign(door: Door) -> None:
    campaign, other, client = ring(3), ring(2, B), door(Role.OFFICER)
    client.post(page("merge", campaign.pk), {"other": other.number})
    client.post(page("unmerge", other.pk))
    posts = sorted(campaign.members.values_list("post_id", flat=True))
    client.post(page("split", campaign.pk), {"post": [str(posts[0])]})
    made = models.Campaign.objects.latest("pk")

    def led(one: models.Campaign) -> list[tuple[str, str]]:
        events = client.get(page("change", one.pk)).context["events"]
        return [(row["event"].kind, row["other"]["number"]) for row in events if row["other"]]

    assert led(campaign) == [("split", made.number), ("unmerged", other.number), ("merged", other.number)]
    assert led(other) == [("unmerged", campaign.number), ("merged", campaign.number)]
    assert led(made) == [("split", campaign.number)]
    said = tight(client.get(page("change", campaign.pk)).content.decode())
    assert f'<a href="{page("change", other.pk)}">{other.number}</a>' in said


def test_the_history_names_whom_a_merger_was_proposed_with(door: Door) -> None:
    one, other = two()
    proposing.tell(now=factories.NOW)
    for this, that in ((one, other), (other, one)):
        row = door(Role.ANALYST).get(page("change", this.pk)).context["events"][0]
        assert (row["event"].kind, row["other"]) == ("merger_proposed", {"number": that.number, "link": ""})


@pytest.mark.parametrize(
    ("in_case", "said"),
    [
        (0, "The decision was taken back for 4 flags."),
        (1, "The decision was taken back for 3 flags. Left as they were: {} (in a case)."),
        (3, "The decision was taken back for 1 flag. Left as they were: {} (in a case), {} (in a case), {} (in a case)."),
    ],
)
def test_a_decision_that_is_taken_back_in_part_is_not_told_as_decided(in_case: int, said: str, door: Door) -> None:
    officer = factories.person()
    campaign, client = confirmed(officer), english(door(officer))
    flags = models.Flag.objects.filter(post__linked__campaign=campaign).order_by("pk")
    flags.update(office=officer.office, state=FlagState.WAITING)
    form = {"outcome": "confirmed", "reason": "fraud", "note": "", "key": uuid.uuid4(), "counted": 4, "seen_version": campaign.version}
    client.post(page("decide", campaign.pk), form)
    left = list(flags[:in_case])
    if left:
        cases.open_case(flag_ids=[flag.pk for flag in left], title="Perkara contoh", by=officer, now=factories.NOW)
    answer = client.post(page("reverse", campaign.pk), {"event": campaign.events.get(kind="decided").pk, "note": "keliru"})
    assert said_by(answer)[-1] == (said.format(*(flag.number for flag in left)), "")
    assert flags.filter(state=FlagState.WAITING).count() == 4 - in_case


@pytest.mark.parametrize(
    ("sure", "acts", "said"),
    [
        (4, ["help", "title", "case"], "These are all of them. Look at them first."),
        (2, ["help", "title", "case", "confirm", "note"], "These are all of them. Look at them first."),
    ],
)
def test_the_page_of_a_case_to_open_names_the_keys_it_has(sure: int, acts: list[str], said: str, door: Door) -> None:
    officer = factories.person()
    campaign = ready(officer, sure=sure)
    answer = english(door(officer)).get(page("open_case", campaign.pk))
    assert (sorted(answer.context["keys"]), said in answer.content.decode()) == (sorted(acts), True)


def test_the_flag_s_page_calls_a_campaign_without_a_name_by_its_number_once(door: Door) -> None:
    campaign = ring()
    flag = models.Flag.objects.filter(post__linked__campaign=campaign).earliest("pk")
    client = door(Role.OFFICER)
    for name in ("", "Cincin Contoh"):
        models.Campaign.objects.filter(pk=campaign.pk).update(name=name)
        told = client.get(reverse("admin:patrol_flag_change", args=[flag.pk])).context["campaign"]
        assert told["title"] == (name or campaign.number)


@pytest.mark.parametrize(("more", "listed", "older"), [(14, 15, False), (15, 15, True)])
def test_a_history_says_that_it_goes_further_back(more: int, listed: int, older: bool, door: Door) -> None:
    campaign = ring()
    models.CampaignEvent.objects.bulk_create(
        models.CampaignEvent(campaign=campaign, kind="named", at=factories.NOW, told={"name": str(n)}) for n in range(more)
    )
    answer = english(door(Role.OFFICER)).get(page("change", campaign.pk))
    said = "What was done before is kept too and not listed here." in answer.content.decode()
    assert (len(answer.context["events"]), said) == (listed, older)
