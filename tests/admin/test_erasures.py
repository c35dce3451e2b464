"""The pages of erasing: they show what will go before anything does, and a second person says yes or no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from patrol import cases, models
from patrol.infra.refusals import NUL
from patrol.models import Role
from tests import factories
from tests.evidence.test_erasing import alone, answered, ask, erase, with_files
from tests.markup import said_by, tight
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request runs out after a week: it must not be by the clock of whoever runs this."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW + timedelta(hours=1))


def browser(person: models.Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def address(post: models.Post, name: str = "erase") -> str:
    return reverse(f"admin:patrol_post_{name}", args=[post.pk])


def main(answer: Any) -> str:
    return str(answer.content.decode().split('<div class="wb">', 1)[1])


def supervisor(code: str = "directorate") -> models.Person:
    return factories.person(Role.SUPERVISOR, code)


def test_it_shows_what_goes_and_what_stays_and_why() -> None:
    posts, shared = answered(factories.illegal(), factories.illegal(), body=b"halaman")
    own = with_files(posts[0])
    text = main(browser(supervisor()).get(address(posts[0])))
    assert {sha256 for sha256 in (*own, shared) if sha256[:12] in text} == {*own, shared}
    assert tight(text).count(">dihapus</span>") == 1 + len(own)
    assert "1 unggahan lain yang tidak dihapus" in text
    assert models.Erasure.objects.count() == 0


def request_of(asked: models.ErasureRequest, name: str = "change") -> str:
    return reverse(f"admin:patrol_erasurerequest_{name}", args=[asked.pk])


def test_asked_for_by_one_and_erased_by_another_and_then_nothing_of_it_can_be_opened() -> None:
    [flag] = factories.flags(1, of=factories.watch())
    one, two = factories.person(), supervisor("bp3mi-jabar")
    asks, approves = browser(one), browser(two)
    assert address(flag.post) in asks.get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    refused = asks.post(address(flag.post), {"reason": "subject", "ground": ""})
    assert (refused["Location"], models.ErasureRequest.objects.count()) == (address(flag.post), 0)
    answer = asks.post(address(flag.post), {"reason": "subject", "ground": "Surat 12."})
    asked = models.ErasureRequest.objects.get()
    assert (answer["Location"], asks.get(address(flag.post))["Location"]) == (request_of(asked), request_of(asked))
    again = asks.post(address(flag.post), {"reason": "subject", "ground": "Surat 12."})
    assert (again["Location"], models.ErasureRequest.objects.count()) == (request_of(asked), 1)
    own = main(asks.get(request_of(asked)))
    assert ("Surat 12." in own, request_of(asked, "approve") in own, request_of(asked, "withdraw") in own) == (True, False, True)
    listed = reverse("admin:patrol_notice_changelist")
    assert asked.number in main(approves.get(listed))
    page = main(approves.get(request_of(asked)))
    assert ("1 berkas" in page, "Surat 12." in page, 'name="seen_versions" value="1"' in page) == (True, True, True)
    assert (request_of(asked, "approve") in page, request_of(asked, "withdraw") in page) == (True, False)
    assert models.Erasure.objects.count() == 0
    done = approves.post(request_of(asked, "approve"), {"seen_versions": "1"})
    assert done["Location"] == request_of(asked)
    assert models.Erasure.objects.get().by == two
    page = approves.get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    assert ("Dibutuhkan" in page, "Teks sudah dihapus" in page) == (False, True)
    assert "disetujui" in main(asks.get(listed))
    erased = main(asks.get(address(flag.post)))
    assert ("sudah dihapus" in erased, 'name="reason"' in erased, "Yang akan dihapus" in erased) == (True, False, False)
    late = approves.post(request_of(asked, "refuse"), {"note": "Tidak."}, follow=True).content.decode()
    assert "tidak ada yang diubah" in late.lower()


def test_that_files_are_removed_is_said_where_any_goes() -> None:
    posts, _shared = answered(factories.illegal(), factories.illegal(), body=b"halaman")
    with_files(posts[0])
    # Of the second only the shared answer is kept, which the first still needs then.
    for post, files in ((posts[1], ""), (posts[0], " Berkas yang ikut dihapus dibuang dalam beberapa menit.")):
        asked = ask(post)
        done = browser(supervisor()).post(request_of(asked, "approve"), {"seen_versions": "1"})
        assert said_by(done)[-1] == (f"{asked.number} disetujui dan isinya dihapus.{files}", "")


def test_refused_with_a_note_and_withdrawn_by_who_asked() -> None:
    posts, _shared = answered(factories.illegal(), factories.illegal(), body=b"halaman")
    one, two = supervisor(), supervisor()
    first, second = (ask(post, one) for post in posts)
    client = browser(two)
    client.post(request_of(first, "refuse"), {"note": " "})
    assert models.ErasureAnswer.objects.count() == 0
    client.post(request_of(first, "refuse"), {"note": "Masih dibutuhkan."})
    assert client.post(request_of(second, "withdraw")).status_code == 403
    browser(one).post(request_of(second, "withdraw"))
    assert {(row.request, row.kind, row.by) for row in models.ErasureAnswer.objects.all()} == {
        (first, "refused", two),
        (second, "withdrawn", one),
    }
    assert "Masih dibutuhkan." in main(browser(one).get(request_of(first)))
    assert models.Erasure.objects.count() == 0


@pytest.mark.parametrize(
    ("ground", "kept"), [("Surat B.560/1234/2026.", "ditutup titik; yang disimpan: “Surat B.••••.”"), ("Surat 12, 30 November 2026.", "")]
)
def test_a_ground_that_is_not_kept_as_typed_is_said(ground: str, kept: str) -> None:
    [flag] = factories.flags(1, of=factories.watch())
    client = browser(factories.person())
    page = client.post(address(flag.post), {"reason": "subject", "ground": ground}, follow=True).content.decode()
    assert (kept in page, "ditutup titik" in page) == (True, bool(kept))


def test_a_note_of_a_refusal_that_is_not_kept_as_typed_is_said() -> None:
    [post], _shared = answered(factories.illegal(), body=b"halaman")
    asked = ask(post, supervisor())
    page = browser(supervisor()).post(request_of(asked, "refuse"), {"note": "Lihat agenda 2026120144."}, follow=True).content.decode()
    assert "ditutup titik; yang disimpan: “Lihat agenda ••••.”" in page


def test_what_grew_is_not_erased() -> None:
    post, _answer = alone()
    asked = ask(post)
    client = browser(supervisor())
    for sent in ({"seen_versions": "0"}, {"seen_versions": "x"}, {}):
        client.cookies["django_language"] = "en"
        answer = client.post(request_of(asked, "approve"), sent)
        assert said_by(answer)[-1] == ("Nothing was erased: the post has changed since you looked. Look at what would go again.", "")
    assert models.Erasure.objects.count() == 0


GROUND = "Nothing was asked for: choose a reason and write the legal ground."


@pytest.mark.parametrize(
    ("sent", "sentence", "beside"),
    [
        ({"reason": "subject", "ground": " "}, GROUND, "ground"),
        ({"reason": "whim", "ground": "Surat 12."}, GROUND, "reason"),
        ({"ground": "Surat 12."}, GROUND, "reason"),
        ({"reason": "subject", "ground": "Surat\0 12."}, NUL, "ground"),
    ],
)
def test_what_a_request_lacks_is_said_beside_its_field(sent: dict[str, str], sentence: object, beside: str) -> None:
    post, _answer = alone()
    client = browser(supervisor())
    client.cookies["django_language"] = "en"
    answer = client.post(address(post), sent)
    with translation.override("en"):
        assert said_by(answer) == [(str(sentence), beside)]
    assert (answer["Location"], models.ErasureRequest.objects.count()) == (address(post), 0)


@pytest.mark.parametrize(("note", "sentence"), [(" ", "Nothing was changed: write a note first."), ("a\0b", NUL)])
def test_who_refuses_says_why_beside_the_note(note: str, sentence: object) -> None:
    post, _answer = alone()
    asked, client = ask(post), browser(supervisor())
    client.cookies["django_language"] = "en"
    answer = client.post(request_of(asked, "refuse"), {"note": note})
    with translation.override("en"):
        assert said_by(answer) == [(str(sentence), "note")]
    assert (answer["Location"], models.ErasureAnswer.objects.count()) == (request_of(asked), 0)


def test_the_side_bar_counts_what_waits_for_this_person() -> None:
    post, _answer = alone()
    one, two = supervisor(), supervisor()
    asked = ask(post, one)
    link = reverse("admin:patrol_erasurerequest_changelist")
    counts = {}
    for person in (one, two):
        page = browser(person).get(link)
        assert asked.number in main(page)
        items = [item for group in page.context["sidebar_navigation"] for item in group["items"]]
        counts[person.pk] = [tab["count"] for item in items for tab in item["tabs"] if tab["link"] == link]
    assert counts == {one.pk: [0], two.pk: [1]}


def test_who_may_not_see_the_post_s_office_sees_no_request() -> None:
    [flag] = factories.flags(1, of=factories.watch())
    asked = ask(flag.post)
    elsewhere = browser(factories.person(code="bp3mi-ntb"))
    assert elsewhere.get(request_of(asked)).status_code == 404
    assert asked.number not in main(elsewhere.get(reverse("admin:patrol_erasurerequest_changelist")))


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_with_any_number_of_requests(rows: int, django_assert_num_queries: Any) -> None:
    one = supervisor()
    for _ in range(rows):
        ask(alone(f"jawaban {_}".encode())[0], one)
    client = browser(supervisor())
    with django_assert_num_queries(7):
        assert client.get(reverse("admin:patrol_erasurerequest_changelist")).status_code == 200


@pytest.mark.parametrize("files", [1, 30])
def test_the_page_of_a_request_costs_the_same_whatever_will_go(files: int, django_assert_num_queries: Any) -> None:
    post, _answer = alone()
    for n in range(files):
        factories.file_capture(f"berkas {n}".encode(), post_id=post.pk)
    asked = ask(post)
    client = browser(supervisor())
    with django_assert_num_queries(16):
        assert client.get(request_of(asked)).status_code == 200


def test_an_open_case_is_named_and_forbids_it() -> None:
    [flag] = factories.flags(1, of=factories.watch())
    officer = factories.person()
    decide(flag, officer)
    case = cases.open_case(flag_ids=[flag.pk], title="Perkara", by=officer, now=factories.NOW)
    client = browser(supervisor())
    text = main(client.get(address(flag.post)))
    assert (case.number in text, 'name="reason"' in text) == (True, False)
    client.post(address(flag.post), {"reason": "subject", "ground": "Surat 12."})
    assert models.ErasureRequest.objects.count() == 0


def test_a_shared_answer_is_opened_to_nobody_once_one_of_its_posts_is_erased() -> None:
    watch = factories.watch()
    first, second = factories.flags(2, of=watch)
    capture = second.post.versions.get().capture
    assert capture == first.post.versions.get().capture
    client = browser(factories.person())
    copy = reverse("admin:patrol_post_download_copy", args=[second.post_id, capture.pk])
    assert client.post(copy, {"purpose": "case"}).status_code == 200
    erase(first.post)
    answer = client.post(copy, {"purpose": "case"})
    assert answer["Location"] == reverse("admin:patrol_flag_change", args=[second.pk])
    assert "dihapus" in client.get(answer["Location"]).content.decode()
    copy = reverse("admin:patrol_post_download_copy", args=[first.post_id, capture.pk])
    assert client.post(copy, {"purpose": "case"}).status_code == 404


def test_an_erased_post_without_a_flag_says_so() -> None:
    post, _answer = alone()
    models.Flag.objects.filter(post=post).delete()
    erase(post)
    assert "Teks sudah dihapus" in main(browser(factories.person()).get(address(post, "change")))


def test_of_an_erased_post_nothing_is_said_to_be_kept_and_nothing_is_offered() -> None:
    first, second = factories.flags(2, of=factories.watch())
    for flag in (first, second):
        factories.file_capture(f"berkas {flag.pk}".encode(), post_id=flag.post_id)
    client = browser(supervisor())

    def offered(flag: models.Flag) -> tuple[int, ...]:
        page = tight(main(client.get(reverse("admin:patrol_flag_change", args=[flag.pk]))))
        acts = (address(flag.post), reverse("admin:patrol_post_ask_page", args=[flag.post_id]))
        words = (">lengkap<", "tersimpan", "Unduh: ", ">terhapus atau tertutup<")
        return tuple(page.count(one) for one in (*acts, *words))

    before = offered(second)
    assert before[2:] == (2, 1, 2, 0)
    erase(first.post)
    assert offered(first) == (0, 0, 0, 0, 0, 3)  # two copies, and the capture of the text
    assert offered(second) == before


@pytest.mark.parametrize("files", [1, 30])
def test_the_page_costs_the_same_whatever_will_go(files: int, django_assert_num_queries: Any) -> None:
    post, _answer = alone()
    for n in range(files):
        factories.file_capture(f"berkas {n}".encode(), post_id=post.pk)
    client = browser(supervisor())
    with django_assert_num_queries(16):
        assert client.get(address(post)).status_code == 200
