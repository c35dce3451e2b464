"""The page of erasing: it shows what will go before anything does, to whoever may do it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from patrol import cases, models
from patrol.models import Role
from tests import factories
from tests.test_erasing import alone, answered, erase, with_files
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def address(post, name="erase"):
    return reverse(f"admin:patrol_post_{name}", args=[post.pk])


def main(answer):
    return answer.content.decode().split('<div class="wb">', 1)[1]


def supervisor(code="directorate"):
    return factories.person(Role.SUPERVISOR, code)


def test_it_shows_what_goes_and_what_stays_and_why():
    posts, shared = answered(factories.illegal(), factories.illegal(), body=b"halaman")
    own = with_files(posts[0])
    text = main(browser(supervisor()).get(address(posts[0])))
    assert {sha256 for sha256 in (*own, shared) if sha256[:12] in text} == {*own, shared}
    assert text.count(">dihapus</span>") == 1 + len(own)
    assert "1 unggahan lain yang tidak dihapus" in text
    assert models.Erasure.objects.count() == 0


def test_erased_with_a_reason_and_then_nothing_of_it_can_be_opened():
    [flag] = factories.flags(1, of=factories.watch())
    person = supervisor("bp3mi-jabar")
    client = browser(person)
    assert address(flag.post) in client.get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    refused = client.post(address(flag.post), {"reason": "subject", "note": ""})
    assert (refused.url, models.Erasure.objects.count()) == (address(flag.post), 0)
    answer = client.post(address(flag.post), {"reason": "subject", "note": "Surat 12."})
    assert answer.url == reverse("admin:patrol_flag_change", args=[flag.pk])
    assert models.Erasure.objects.get().by == person
    page = client.get(answer.url).content.decode()
    assert ("Dibutuhkan" in page, "Teks sudah dihapus" in page) == (False, True)
    again = main(client.get(address(flag.post)))
    assert "sudah dihapus" in again
    assert 'name="reason"' not in again


def test_an_open_case_is_named_and_forbids_it():
    [flag] = factories.flags(1, of=factories.watch())
    officer = factories.person()
    decide(flag, officer)
    case = cases.open_case(flag_ids=[flag.pk], title="Perkara", by=officer, now=factories.NOW)
    client = browser(supervisor())
    text = main(client.get(address(flag.post)))
    assert (case.number in text, 'name="reason"' in text) == (True, False)
    client.post(address(flag.post), {"reason": "subject", "note": "Surat 12."})
    assert models.Erasure.objects.count() == 0


def test_a_shared_answer_is_opened_to_nobody_once_one_of_its_posts_is_erased():
    watch = factories.watch()
    first, second = factories.flags(2, of=watch)
    capture = second.post.versions.get().capture
    assert capture == first.post.versions.get().capture
    client = browser(factories.person())
    copy = reverse("admin:patrol_post_download_copy", args=[second.post_id, capture.pk])
    assert client.post(copy).status_code == 200
    erase(first.post)
    answer = client.post(copy)
    assert answer.url == reverse("admin:patrol_flag_change", args=[second.pk])
    assert "dihapus" in client.get(answer.url).content.decode()
    copy = reverse("admin:patrol_post_download_copy", args=[first.post_id, capture.pk])
    assert client.post(copy).status_code == 404


def test_an_erased_post_without_a_flag_says_so():
    post, _answer = alone()
    models.Flag.objects.filter(post=post).delete()
    erase(post)
    assert "Teks sudah dihapus" in main(browser(factories.person()).get(address(post, "change")))


@pytest.mark.parametrize("files", [1, 30])
def test_the_page_costs_the_same_whatever_will_go(files, django_assert_num_queries):
    post, _answer = alone()
    for n in range(files):
        factories.file_capture(f"berkas {n}".encode(), post_id=post.pk)
    client = browser(supervisor())
    with django_assert_num_queries(14):
        assert client.get(address(post)).status_code == 200
