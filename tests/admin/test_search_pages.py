"""The box on every page, the page of posts, and writing down by hand: what they answer and what never stands in an address."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from patrol import domain, models, search
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.admin.conftest import Door
from tests.markup import tight

NOW = factories.NOW
FIND, POSTS, NOTE = (reverse(f"admin:patrol_{name}") for name in ("indicator_find", "post_changelist", "intake_note"))


def brought(*texts: str, **given: Any) -> list[models.Post]:
    posts = factories.stored([factories.raw_post(text, **given) for text in texts])
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    while search.fill(now=NOW, limit=500):
        pass
    return posts


def test_the_box_stands_on_every_page_of_who_may_search(door: Door) -> None:
    assert 'name="what"' in door(Role.OFFICER).get(reverse("admin:index")).content.decode()
    assert 'name="what"' not in door(Role.REGISTRAR).get(reverse("admin:index")).content.decode()


def test_a_single_hit_is_opened_and_several_are_listed(door: Door) -> None:
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"))
    phone, client = models.Indicator.objects.get(kind="phone"), door(Role.OFFICER)
    one = client.post(FIND, {"what": "0840-5550-0001"})
    assert (one.status_code, one["Location"]) == (302, reverse("admin:patrol_indicator_change", args=[phone.pk]))
    brought(factories.HARMLESS.format(n=1) + " ig: kursi_contoh_id telegram: kursi_contoh_id")
    several = client.post(FIND, {"what": "@kursi_contoh_id"}).content.decode()
    assert tight(several).count('<li><a href="/kerja/patrol/indicator/') == 2
    assert "kursi_contoh_id" not in several.replace('value="@kursi_contoh_id"', "")


def test_nothing_found_says_so_and_offers_to_write_it_down(door: Door) -> None:
    client = door(Role.OFFICER)
    text = client.post(FIND, {"what": "0840 5550 9999"}).content.decode()
    assert NOTE in text
    form = client.post(NOTE, {"prefill": "1", "words": "0840 5550 9999"})
    assert form.context["form"].initial["words"] == "0840 5550 9999"
    assert not models.Intake.objects.exists()


@pytest.mark.parametrize(("sent", "sentence"), [("0840 5550\0 0001", "(NUL)"), ("k" * 1001, "paling banyak 1000 karakter")])
def test_what_cannot_be_searched_for_is_said_beside_the_box_and_nothing_is_searched(sent: str, sentence: str, door: Door) -> None:
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"))
    answer = door(Role.OFFICER).post(FIND, {"what": sent})
    [said] = BeautifulSoup(answer.content, "html.parser").select("[role=alert]")
    assert (answer.status_code, said["data-beside"], answer.context["asked"]) == (200, f"{FIND} what", "")
    assert sentence in said.text


@pytest.mark.parametrize("sent", [{}, {"what": ""}, {"what": " \n "}])
def test_nothing_asked_says_what_can_be_asked(sent: dict[str, str], door: Door) -> None:
    answer = door(Role.OFFICER).post(FIND, sent)
    text = answer.content.decode()
    assert (answer.status_code, answer.context["asked"], "data-beside" in text) == (200, "", False)
    assert "Tempel nomor telepon dalam bentuk apa pun" in text


def test_as_many_characters_as_the_box_holds_are_searched_for(door: Door) -> None:
    assert door(Role.OFFICER).post(FIND, {"what": "k" * 1000}).context["asked"] == "k" * 1000


def test_words_that_only_posts_hold_are_counted_and_lead_to_those_posts(door: Door) -> None:
    brought(*(f"Nelayan pulang membawa ikan tongkol, perahu ke-{n}." for n in range(10)), "Selamat pagi semua.")
    client = door(Role.OFFICER)
    for words in ("ikan tongkol", "tongkol"):
        answer = client.post(FIND, {"what": words})
        text = answer.content.decode()
        assert answer.context["posts"] == 10
        assert "Dalam 10 unggahan" in text
        assert "Belum pernah terlihat" not in text
        assert len(client.get(answer.context["posts_link"]).context["rows"]) == 10
    nowhere = client.post(FIND, {"what": "ikan cakalang"})
    assert (nowhere.context["posts"], nowhere.context["posts_link"], nowhere.context["words_link"]) == (0, "", "")
    assert "Belum pernah terlihat" in nowhere.content.decode()


def test_more_posts_than_are_counted_are_said_to_be_more(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    brought(*(f"Nelayan pulang membawa ikan tongkol, perahu ke-{n}." for n in range(3)))
    client = door(Role.OFFICER)
    monkeypatch.setattr(search, "MOST_COUNTED", 3)
    assert "Dalam 3 unggahan" in client.post(FIND, {"what": "tongkol"}).content.decode()
    monkeypatch.setattr(search, "MOST_COUNTED", 2)
    assert "Dalam lebih dari 2 unggahan" in client.post(FIND, {"what": "tongkol"}).content.decode()


def test_words_that_are_not_looked_for_are_not_called_unseen(door: Door) -> None:
    answer = door(Role.OFFICER).post(FIND, {"what": "satu dua tiga empat lima enam tujuh"}).content.decode()
    assert "Paling banyak 6 kata." in answer
    assert "Belum pernah terlihat" not in answer


@pytest.mark.parametrize("asked", ["ikan tongkol 0840 5550 9999", "tongkol @kursi_contoh_id", "kursi_contoh_id"])
def test_a_search_with_a_contact_stands_in_no_address(asked: str, door: Door) -> None:
    """The last one is an account that is known here, written without its platform."""
    factories.register([{"name": "PT Kursi_contoh_id"}])  # so that there are two hits, and the page is shown
    brought("Ikan tongkol segar, ig: kursi_contoh_id")
    text = door(Role.OFFICER).post(FIND, {"what": asked}).content.decode()
    assert f"{POSTS}?q=" not in text


def standing_beside(client: Any, asked: str) -> dict[str, list[str]]:
    """What was found -> the badges beside it."""
    hits = client.post(FIND, {"what": asked}).context["hits"]
    return {f"{hit['what']}: {hit['title']}": [str(badge.title) for badge in hit["standing"]] for hit in hits}


def test_beside_a_company_stands_how_it_stands_today(door: Door) -> None:
    factories.register([{"name": name} for name in ("PT Contoh Bukit Hijau", "PT Contoh Bukit Biru")])  # out of force
    day = timezone.now().astimezone(domain.LAW_ZONE).date()  # or the day before, where midnight passes meanwhile
    before, after = str(day - timedelta(days=1)), str(day + timedelta(days=2))
    stopped = [("active", "2020-01-01", None, ""), ("suspended", before, after, "1/2026")]
    over = [("suspended", "2020-01-01", before, "1/2020")]
    ahead = [("active", "2020-01-01", None, ""), ("revoked", after, None, "2/2026")]
    licence = {"country": "TW", "positions": ["caregiver"], "valid_from": "2020-01-01", "valid_to": "2099-12-31"}
    factories.register(
        [
            {"name": "PT Contoh Bukit Hijau", "standings": stopped},
            {"name": "PT Contoh Bukit Biru", "standings": over},
            {"name": "PT Contoh Bukit Merah", "standings": ahead},
        ],
        [
            {"number": "2/SIP/2026", "agency": "PT Contoh Bukit Hijau", **licence},
            {"number": "3/SIP/2026", "agency": "PT Contoh Bukit Biru", **licence},
            {"number": "4/SIP/2026", "agency": "PT Contoh Bukit Biru", **licence, "valid_to": "2020-12-31"},
        ],
    )
    brought("Lowongan Taiwan caregiver dari PT CONTOH BUKIT HIJAU, SIP 2/SIP/2026, 3/SIP/2026 dan 4/SIP/2026.")
    client = door(Role.OFFICER)
    assert standing_beside(client, "contoh bukit") == {
        "P3MI: PT Contoh Bukit Biru": ["aktif"],
        "P3MI: PT Contoh Bukit Hijau": ["sanksi penuh"],
        "P3MI: PT Contoh Bukit Merah": ["aktif"],
    }
    found = standing_beside(client, "PT Contoh Bukit Hijau")
    assert found == {"P3MI: PT Contoh Bukit Hijau": ["sanksi penuh"], "Perusahaan: PT Contoh Bukit Hijau": ["sanksi penuh"]}
    assert standing_beside(client, "2/SIP/2026")["SIP: 2/SIP/2026"] == ["P3MI disanksi penuh"]
    assert standing_beside(client, "3/SIP/2026")["SIP: 3/SIP/2026"] == ["berlaku hari ini"]
    assert standing_beside(client, "4/SIP/2026")["SIP: 4/SIP/2026"] == ["kedaluwarsa"]
    named = models.Indicator.objects.get(kind="agency")
    rows = client.get(reverse("admin:patrol_indicator_change", args=[named.pk])).context["register"]["rows"]
    assert [(row["title"], str(row["badge"].title)) for row in rows] == [("PT Contoh Bukit Hijau", "sanksi penuh")]


@pytest.mark.parametrize("rows", [1, 30])
def test_counting_posts_and_standings_costs_the_same_however_many(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    factories.register([{"name": f"PT Contoh Bukit {n}"} for n in range(rows + 1)])
    brought(*(f"Nelayan pulang membawa ikan tongkol, perahu ke-{n}." for n in range(rows)))
    client = door(Role.OFFICER)
    with django_assert_num_queries(16):  # one of them for the register's contacts: the word may be the name of an account
        client.post(FIND, {"what": "tongkol"})
    with django_assert_num_queries(16):
        client.post(FIND, {"what": "contoh bukit"})


@pytest.mark.parametrize(("typed", "covered"), [("+62 840-••••07", True), ("laks••••oh", True), ("+62 840-5550-0907", False)])
def test_a_value_copied_from_behind_its_mask_is_not_told_to_be_unseen(typed: str, covered: bool, door: Door) -> None:
    text = door(Role.OFFICER).post(FIND, {"what": typed}).content.decode()
    assert ("Sebagian nilai ini ditutup" in text, "Belum pernah terlihat" in text, 'name="prefill"' in text) == (
        covered,
        not covered,
        not covered,
    )


def test_how_a_note_came_is_nobodys_choice_until_it_is_chosen(door: Door) -> None:
    client = door(Role.OFFICER)
    assert client.get(NOTE).context["form"]["way"].value() is None
    sent = {"key": uuid.uuid4(), "words": "0840 5550 9999", "note": "", "place": "", "way": ""}
    answer = client.post(NOTE, sent)
    assert (answer.status_code, answer.context["form"].errors) == (200, {"way": ["Pilih caranya."]})
    assert answer.context["form"]["words"].value() == "0840 5550 9999"
    assert not models.Intake.objects.exists()


def test_a_note_says_what_was_recognised_masked(door: Door) -> None:
    sent = {"key": uuid.uuid4(), "words": "0840 5550 9999", "note": "", "place": "", "way": "telephone"}
    text = door(Role.OFFICER).post(NOTE, sent, follow=True).content.decode()
    assert "+62 840-••••99" in text
    assert "5550 9999" not in text


def test_words_go_into_the_address_and_numbers_do_not(door: Door) -> None:
    client = door(Role.OFFICER)
    assert client.post(POSTS, {"q": "kerja kamboja", "level": "high"})["Location"] == f"{POSTS}?q=kerja+kamboja&level=high"
    looked_up = client.post(POSTS, {"q": "0840 5550 0001"})
    assert (looked_up.status_code, looked_up.templates[0].name) == (200, "workbench/found.html")
    by_hand = client.get(POSTS, {"q": "0840 5550 0001"})
    assert by_hand.context["problem"]
    assert by_hand.context["rows"] == []


def test_hits_are_marked_in_a_masked_piece_of_the_text(door: Door) -> None:
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"), "Selamat pagi, hari ini hujan di kota kami sejak subuh.")
    answer = door(Role.OFFICER).get(POSTS, {"q": "Kamboja"})
    text = answer.content.decode()
    assert len(answer.context["rows"]) == 1
    assert "<mark>kamboja</mark>" in text
    assert ("5550 0001" in text, "55500001" in text) == (False, False)
    assert models.AuditEntry.objects.filter(verb="search.made").count() == 1


FILTERED = [
    ({"platform": "telegram"}, 2),
    ({"platform": "web"}, 0),
    ({"level": "none"}, 1),
    ({"state": "open"}, 1),
    ({"state": "confirmed"}, 0),
    ({"country": "kh"}, 1),
    ({"country": "TW"}, 0),
    ({"country": "XX"}, 2),
    ({"since": "2026-11-23"}, 2),
    ({"since": "2026-11-24"}, 0),
    ({"until": "2026-11-22"}, 0),
    ({"platform": "nirkabel"}, 2),
    ({"since": "2026-13-99"}, 0),
    ({"office": "x"}, 2),
    ({"watch": "999999"}, 0),
    ({"kind": "\x00"}, 2),
]


@pytest.mark.parametrize(("query", "rows"), FILTERED)
def test_each_filter_narrows_the_list(query: dict[str, str], rows: int, door: Door) -> None:
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"), "Selamat pagi, hari ini hujan di kota kami sejak subuh.")
    assert len(door(Role.OFFICER).get(POSTS, query).context["rows"]) == rows


def test_a_country_is_chosen_by_its_name_among_those_that_posts_name(door: Door) -> None:
    client = door(Role.OFFICER)
    assert client.get(POSTS).context["countries"] == []
    brought("Lowongan pabrik Taiwan, hub 0840 5550 0001", "Lowongan admin Kamboja, hub 0840 5550 0002", "Kota kami sejuk.")
    assert client.get(POSTS).context["countries"] == [("KH", "Kamboja"), ("TW", "Taiwan")]
    answer = client.get(POSTS, {"country": "JP"})
    assert answer.context["countries"] == [("JP", "Jepang"), ("KH", "Kamboja"), ("TW", "Taiwan")]
    assert '<option value="JP" selected>Jepang</option>' in answer.content.decode()


def test_a_watch_is_a_filter(door: Door) -> None:
    watch = factories.watch()
    factories.stored([factories.raw_post("Selamat pagi semua.")], of=watch)
    factories.stored([factories.raw_post("Selamat siang semua.")])
    assert len(door(Role.OFFICER).get(POSTS, {"watch": watch.pk}).context["rows"]) == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_costs_the_same_with_one_hit_and_with_thirty(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    brought(*(f"Unggahan biasa bernomor {n} tentang cuaca mendung di kota kami." for n in range(rows)))
    client = door(Role.OFFICER)
    with django_assert_num_queries(14):  # one for how posts without a flag begin, one for the countries
        assert len(client.get(POSTS, {"q": "mendung"}).context["rows"]) == rows
