"""The pages of second eyes: what the blind one keeps to itself, what the third sees, and what they cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from patrol import models
from patrol.infra.refusals import NUL
from patrol.triage import chance, quality
from tests import factories
from tests.markup import read, said_by
from tests.triage.acts import decide, flags
from tests.triage.test_quality import EFFECTIVE, a_draw, differing, drawn, look, parked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def every(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "SECOND_SHARE", 1.0)
    monkeypatch.setattr(quality, "LOW_SHARE", 1.0)
    monkeypatch.setattr(quality, "LOW_MOST", 100)
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW + timedelta(hours=1))  # agreement is of the last weeks


def browser(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def main(answer: Any) -> str:
    """The page without its frame."""
    return str(answer.content.decode().split('<div class="wb">', 1)[1])


def page(person: models.Person, draw: models.Draw) -> Any:
    return browser(person).get(reverse("admin:patrol_draw_change", args=[draw.pk]))


def test_the_blind_page_tells_neither_decision_nor_level_nor_who_nor_where_to_look_it_up() -> None:
    first = factories.person(name="Pemutus Pertama")
    draw = a_draw(first, "dismissed", "lawful")
    text = main(page(factories.person(), draw))
    assert "Dibutuhkan" in text
    flag = draw.flag
    for told in (first.name, flag.number, f"/flag/{flag.pk}/", 'class="lv', "Tinggi", f"skor {flag.score}", "0840 5550"):
        assert told not in text
    listed = main(browser(factories.person()).get(reverse("admin:patrol_draw_changelist")))
    for told in (first.name, flag.number, flag.gist_id, 'class="lv'):
        assert told not in listed


def test_all_answers_stand_there_alike_and_none_is_chosen() -> None:
    text = main(page(factories.person(), a_draw(factories.person())))
    assert "checked" not in text
    assert {f'value="{outcome}:' in text for outcome in ("confirmed", "dismissed", "victim", "needs_information")} == {True}


def test_kept_and_on_to_the_next_one() -> None:
    one, other = a_draw(factories.person()), a_draw(factories.person())
    client = browser(factories.person())
    answer = client.post(reverse("admin:patrol_draw_review", args=[one.pk]), {"said": "dismissed:lawful"})
    assert answer["Location"] == reverse("admin:patrol_draw_change", args=[other.pk])
    answer = client.post(reverse("admin:patrol_draw_review", args=[other.pk]), {"said": "confirmed:fraud"})
    assert answer["Location"].startswith(reverse("admin:patrol_draw_changelist"))
    assert list(models.Review.objects.order_by("id").values_list("outcome", flat=True)) == ["dismissed", "confirmed"]


NONE = "Nothing was kept: choose what you would decide, and say in the note what else it is."


@pytest.mark.parametrize(
    ("sent", "sentence", "beside"),
    [
        *(({"said": said}, NONE, "said") for said in ("", "confirmed", "confirmed:lawful", "reversed:undone", ":::")),
        ({"said": "dismissed:other", "note": " "}, NONE, "said"),
        ({"said": "dismissed:lawful", "note": "a\0b"}, NUL, "note"),
    ],
)
def test_an_answer_that_is_none_is_said_to_be_none(sent: dict[str, Any], sentence: object, beside: str) -> None:
    draw = a_draw(factories.person())
    client = browser(factories.person())
    client.cookies["django_language"] = "en"
    answer = client.post(reverse("admin:patrol_draw_review", args=[draw.pk]), sent)
    with translation.override("en"):
        assert said_by(answer) == [(str(sentence), beside)]
    assert answer["Location"] == reverse("admin:patrol_draw_change", args=[draw.pk])
    assert models.Review.objects.count() == 0


def test_the_third_says_why_beside_the_note() -> None:
    draw, _first, _second = differing()
    client = browser(factories.person("supervisor"))
    client.cookies["django_language"] = "en"
    answer = client.post(reverse("admin:patrol_draw_settle", args=[draw.pk]), {"said": "dismissed:lawful", "note": " "})
    assert said_by(answer) == [("Nothing was kept: write why, whoever decided will read it.", "note")]
    assert models.Review.objects.count() == 1


def test_the_third_sees_both_and_settles() -> None:
    draw, first, second = differing()
    supervisor = factories.person("supervisor")
    text = main(page(supervisor, draw))
    assert first.name in text
    assert second.name in text
    client = browser(supervisor)
    sent = {"said": "dismissed:lawful", "note": "SIP memang ada"}
    client.post(reverse("admin:patrol_draw_settle", args=[draw.pk]), sent)
    draw.flag.refresh_from_db()
    assert draw.flag.state == "dismissed"


def agreement(person: models.Person) -> Any:
    return browser(person).get(reverse("admin:patrol_draw_agreement"))


def test_with_nothing_to_compare_no_figure_stands_there() -> None:
    supervisor = factories.person("supervisor")
    empty = agreement(supervisor)
    assert "<td" not in main(empty)
    assert empty.context["waiting"] == 0
    a_draw(factories.person())
    assert agreement(supervisor).context["waiting"] == 1


def test_agreement_is_shown_with_how_many_it_stands_on() -> None:
    officer, second = factories.person(), factories.person()
    for outcome, reason in (("confirmed", "fraud"), ("dismissed", "lawful")):
        look(a_draw(officer, outcome, reason), second, "confirmed", "fraud")
    answer = agreement(factories.person("supervisor"))
    assert next((row["of"], row["same"]) for row in answer.context["sums"]) == (2, 50)
    [week] = answer.context["weeks"]
    assert (week["week"], week["of"], week["same"]) == ("Minggu 48, mulai 23 Nov 2026", 2, 50)


def test_one_answer_throughout_and_none_at_all_are_two_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chance, "hidden_by_id", lambda flag: False)
    look(a_draw(factories.person(), "confirmed", "fraud"), factories.person(), "confirmed", "fraud")
    text = main(agreement(factories.person("supervisor")))
    with translation.override("id"):
        assert text.count(gettext("one answer throughout: alpha says nothing")) == 3  # all, level shown, this week
        assert text.count(gettext("none looked at twice yet")) == 1  # level hidden


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("queue", ["second", "low", "third"])
def test_lists_cost_the_same_with_one_and_thirty_rows(queue: str, count: int, django_assert_num_queries: Any) -> None:
    supervisor, officer, second = factories.person("supervisor"), factories.person(), factories.person()
    if queue == "low":
        parked(count)
    for flag in flags(count) if queue != "low" else ():
        decide(flag, officer)
    quality.draw(now=EFFECTIVE)
    quality.draw(now=EFFECTIVE.replace(day=EFFECTIVE.day + 1))
    if queue == "third":
        for draw in drawn():
            look(draw, second, "dismissed", "lawful")
    client = browser(supervisor)
    client.get(reverse("admin:patrol_draw_changelist"), {"queue": queue})
    with django_assert_num_queries(QUERIES):
        answer = client.get(reverse("admin:patrol_draw_changelist"), {"queue": queue})
    assert main(answer).count("<li>") == count


QUERIES = 10  # session, person, side bar and top bar (2), three counts, the rows, the keys, who read it


def test_the_key_to_begin_with_is_told_where_something_waits() -> None:
    hints = []
    for waits in (False, True):
        if waits:
            a_draw(factories.person())
        shown = browser(factories.person()).get(reverse("admin:patrol_draw_changelist")).content
        hints.append([read(one) for one in BeautifulSoup(shown, "html.parser").select(".keyhints > span")])
    assert hints[1] == ["M Mulai dari yang pertama", *hints[0]]
