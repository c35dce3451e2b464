"""Law on the page of a case, and the page on which an article's elements are ticked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from patrol import cases, models
from patrol.admin.officer import case_law
from patrol.cases import law, register_rows, ticking
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.cases import asked
from tests.cases.test_moving import confirmed, opened
from tests.factories import NOW
from tests.markup import read, said_by

pytestmark = pytest.mark.django_db


def door(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, name: str, *parts: Any, **query: Any) -> str:
    answer = client.get(reverse(f"admin:patrol_case_{name}", args=parts), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_articles_are_chosen_ticked_and_taken_back_and_the_page_says_what_is_missing() -> None:
    officer = factories.person()
    case = opened(officer, confirmed(2))
    flags = list(ticking.links(case))
    of, client = models.Article.objects.get(key="placement"), door(officer)
    shown = page(client, "change", case.pk)
    assert "No article has been chosen for this case yet." in shown
    assert "Legal analysis, preview" not in shown
    answer = client.post(reverse("admin:patrol_case_choose", args=[case.pk]), {"article": of.pk})
    assert said_by(answer)[-1] == ("The article stands in the case: tick its elements.", "")
    shown = page(client, "change", case.pk)
    assert "2 elements are not shown on any link" in shown
    assert shown.count("to be confirmed by the legal unit") == 4  # the card, the article, and each link's analysis
    here = reverse("admin:patrol_case_elements", args=[case.pk, of.pk]) + f"?tanda={flags[1].pk}"
    assert f'<a href="{reverse("admin:patrol_flag_change", args=[flags[1].pk])}">{flags[1].number}</a>' in page(
        client, "elements", case.pk, of.pk, tanda=flags[1].pk
    )
    told = {"flag": flags[1].pk, "edition": of.editions.get().pk, "element": "placing", "back": here}
    to = reverse("admin:patrol_case_tick", args=[case.pk])
    answer = client.post(to, told)
    assert answer.headers["Location"] == here
    assert said_by(answer)[-1][0] == "Nothing was ticked: choose what shows the element."
    answer = client.post(to, told | {"evidence": ["check", "claim-0"]})
    assert said_by(answer)[-1] == ("2 ticks were made.", "")
    assert said_by(client.post(to, told | {"evidence": ["check"]}))[-1] == ("It was ticked already.", "")
    assert said_by(client.post(to, told | {"evidence": ["check"], "everywhere": "1"}))[-1] == ("1 tick was made.", "")
    shown = page(client, "change", case.pk)
    assert "1 element is not shown on any link" in shown
    assert "2 of 2 links" in shown
    assert "Carries out the placement of Indonesian migrant workers (2 pieces)" in shown  # the timeline
    assert "Take the tick back" in page(client, "elements", case.pk, of.pk)
    tick = ticking.standing(case)[0]
    answer = client.post(reverse("admin:patrol_case_untick", args=[case.pk]), {"tick": tick.pk, "back": "https://contoh.example/"})
    assert answer.headers["Location"] == reverse("admin:patrol_case_change", args=[case.pk])
    assert len(ticking.standing(case)) == 2
    client.post(reverse("admin:patrol_case_drop", args=[case.pk]), {"article": of.pk})
    assert client.get(here).status_code == 404
    assert "took an article out of the case" in page(client, "change", case.pk)


def test_who_may_not_tick_reads_and_is_offered_no_form() -> None:
    officer = factories.person()
    case = opened(officer, confirmed())
    case = cases.escalate(case_id=case.pk, article="placement", note="x", seen_version=case.version, by=officer, now=NOW)
    of = models.Article.objects.get(key="placement")
    for person, may in ((officer, False), (factories.person(Role.ANALYST), True)):
        client = door(person)
        assert ("Choose what shows it" in page(client, "elements", case.pk, of.pk)) is may
        assert ("Add the article" in page(client, "change", case.pk)) is may


def test_the_card_counts_over_all_links_though_the_page_has_only_the_first() -> None:
    """An edition more on the day of the second link, which says an element otherwise; on the day of the third the article has ended."""
    officer = factories.person()
    case = opened(officer, confirmed(4))
    flags = list(ticking.links(case))
    of = models.Article.objects.get(key="placement")
    register = factories.register()
    days = [ticking.day_of(flags[0]) + timedelta(days=place) for place in (0, 10, 20, 20)]
    for flag, day in zip(flags, days, strict=True):
        asked.checked(flag, register, day=day)
    of.editions.create(in_force_from=days[1], elements=[{"key": "placing", "id": "Lain", "en": "Other"}], source="x", at=NOW)
    ticking.choose(case_id=case.pk, article_id=of.pk, by=officer, now=NOW)
    for place, evidence in ((0, ["check", "claim-0"]), (1, ["check"]), (3, ["check"])):
        edition = law.article_on(of, days[place])
        assert edition is not None
        told: dict[str, Any] = {"flag_id": flags[place].pk, "edition_id": edition.pk, "element": "placing", "everywhere": False}
        ticking.tick(case_id=case.pk, evidence=evidence, **told, by=officer, now=NOW)
    of.editions.create(in_force_from=days[2], ended=True, source="x", at=NOW)
    flags, loaded = list(ticking.links(case)), list(law.loaded())
    articles = [one for one in loaded if one.pk == of.pk]
    whole, cut = (case_law.gather(case, officer, loaded=loaded, articles=articles, flags=flags[:many], links=4)["rows"] for many in (4, 1))
    assert whole == cut
    (row,) = cut
    assert [(one["shown"], one["of"], len(one["by"])) for one in row["elements"]] == [(0, 1, 0), (2, 2, 2)]
    assert (row["missing"], row["not_in_force"]) == (1, 2)
    assert {one["link"].partition("?")[2] for one in row["elements"][1]["by"]} == {f"tanda={flags[0].pk}"}


def test_rows_of_the_register_are_offered_by_themselves_and_ticked() -> None:
    officer = factories.person()
    case = opened(officer, confirmed())
    (flag,) = ticking.links(case)
    of, client = models.Article.objects.get(key="placement"), door(officer)
    ticking.choose(case_id=case.pk, article_id=of.pk, by=officer, now=NOW)
    assert "The register on this day" not in page(client, "elements", case.pk, of.pk)
    sips = [{"agency": "PT Contoh <b>", "number": f"SIP {n:02}", "country": "TW"} for n in range(register_rows.MOST + 1)]
    asked.checked(flag, factories.register([{"name": "PT Contoh <b>"}], sips), agency="PT Contoh <b>")
    shown = page(client, "elements", case.pk, of.pk)
    assert "row of the agency: PT Contoh &lt;b&gt;, standing on 23 Nov 2026: active, according to the register as of" in shown
    assert shown.count("row of the SIP:") == register_rows.MOST * 2  # beside either element
    assert "Of each agency at most 40 rows of its SIP stand here, the quoted number first." in shown
    told = {"flag": flag.pk, "edition": of.editions.get().pk, "element": "placing"}
    to = reverse("admin:patrol_case_tick", args=[case.pk])
    answer = client.post(to, told | {"evidence": ["check", f"licence-{models.Licence.objects.get(number='SIP 40').pk + 1}"]})
    assert (
        said_by(answer)[-1][0]
        == "Nothing was ticked: a chosen row of the register does not hold on the post's day, or the link was checked anew."
    )
    answer = client.post(to, told | {"evidence": [f"agency-{models.Agency.objects.get().pk}"]})
    assert said_by(answer)[-1] == ("1 tick was made.", "")
    assert "row of the agency: PT Contoh &lt;b&gt;" in page(client, "change", case.pk)


def test_one_word_that_is_two_claims_is_offered_once() -> None:
    officer = factories.person()
    factories.offices()
    text = "Lowongan packing buah Australia, transfer 9 juta dulu, WA 0840 5550 1234."
    [post] = factories.stored([factories.raw_post(text)], of=factories.watch())
    assessing.read_due(now=NOW, limit=500)
    flag = models.Flag.objects.get(post=post)
    models.Flag.objects.filter(pk=flag.pk).update(state="confirmed", decided_at=NOW)
    case, of = opened(officer, [flag]), models.Article.objects.get(key="placement")
    ticking.choose(case_id=case.pk, article_id=of.pk, by=officer, now=NOW)
    told = [one.told["value"] for one in ticking.evidence_of(flag) if one.told and one.told["kind"] == "position"]
    shown = BeautifulSoup(page(door(officer), "elements", case.pk, of.pk), "html.parser")
    form = shown.select('form:has(input[name="element"][value="placing"])')[0]
    offered = [read(label) for label in form.select("label:has(input[name=evidence])")]
    assert (len(set(told)), offered.count("work “packing” in the text (characters 10-16)"), len(offered)) == (2, 1, len(set(offered)))


@pytest.mark.parametrize("links", [1, 30])
def test_the_pages_cost_the_same_with_one_link_and_with_thirty(links: int, django_assert_num_queries: Any) -> None:
    officer = factories.person()
    flags = [one for most in ([links] if links < 20 else [links // 2] * 2) for one in confirmed(most)]
    case = opened(officer, flags)
    case = cases.escalate(case_id=case.pk, article="placement", note="x", seen_version=case.version, by=officer, now=NOW)
    analyst = factories.person(Role.ANALYST)
    of = models.Article.objects.get(key="placement")
    register = factories.register([{"name": "PT Contoh"}], [{"agency": "PT Contoh", "number": "SIP 1", "country": "TW"}])
    for flag in ticking.links(case):
        asked.checked(flag, register, agency="PT Contoh")
    offered = ticking.evidence_of(ticking.links(case)[0])
    told: dict[str, Any] = {
        "flag_id": ticking.links(case)[0].pk,
        "edition_id": of.editions.get().pk,
        "element": "placing",
        "everywhere": True,
    }
    ticking.tick(
        case_id=case.pk, evidence=[offered[0].key, "claim-0", *(one.key for one in offered if one.row)], **told, by=analyst, now=NOW
    )
    client = door(analyst)
    for name, parts, queries in (("change", [case.pk], 32), ("elements", [case.pk, of.pk], 25)):
        with django_assert_num_queries(queries):
            page(client, name, *parts)
