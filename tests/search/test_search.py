"""One box for everything: what a pasted line is taken for, where it leads, what the log keeps of it; and posts by their words."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from patrol import cases, models, search, triage
from patrol.cases import erasures
from patrol.infra.reached import SETTLED
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.cases import asked, objected
from tests.triage import acts

database = pytest.mark.django_db
NOW = factories.NOW


def brought(*texts: str, **given: object) -> list[models.Post]:
    posts = factories.stored([factories.raw_post(text, **given) for text in texts])
    while assessing.read_due(now=NOW, limit=500).read:
        pass
    return posts


def found(text: str, by: models.Person | None = None) -> list[tuple[str, str]]:
    return [(hit.what, hit.title) for hit in search.find(text=text, by=by or factories.person(), now=NOW).hits]


# --- one line -------------------------------------------------------------------------------------


@database
@pytest.mark.parametrize(
    "written",
    [
        "0840 5550 0001",
        "+62 840-5550-0001",
        "6284055500001",
        "84055500001",
        "wa.me/6284055500001",
        "nol delapan empat nol 5550 0001",
        "hubungi 0840.5550.0001 ya",
    ],
)
def test_a_number_in_any_form_is_one_number(written: str) -> None:
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"))
    assert ("indicator", "+62 840-••••01") in found(written)
    assert ("indicator", "+62 840-••••02") not in found(written)


@database
def test_an_account_is_found_with_and_without_its_platform() -> None:
    brought(factories.HARMLESS.format(n=1) + " ig: laksita_kerja_contoh")
    titles = [title for _what, title in found("@laksita_kerja_contoh")]
    assert titles == [title for what, title in found("instagram laksita_kerja_contoh") if what == "indicator"]
    assert titles == ["instagram:laks••••oh"]


@database
def test_a_bank_account_is_found_by_its_digits_alone() -> None:
    brought(factories.HARMLESS.format(n=1) + " Transfer ke BCA 8830012345 a.n. Contoh.")
    assert ("indicator", "BCA ••••2345") in found("8830012345")


@database
@pytest.mark.parametrize(
    ("written", "hit"),
    [("Kru.Rekaan@Surel.example", True), ("kru.rekaan (at) surel dot example", True), ("kru.rekaan2@surel.example", False)],
)
def test_an_e_mail_address_is_found_and_shown_masked(written: str, hit: bool) -> None:
    brought(factories.HARMLESS.format(n=1) + " Kirim CV ke kru.rekaan@surel.example")
    assert found(written) == ([("indicator", "kru.•••• (surel.example)")] if hit else [])


@database
@pytest.mark.parametrize("written", ["{0}", "tnd {1} {2}", "TND{1}{2}", "TND–{1}–{3}"])
def test_a_flag_is_found_by_its_number_however_it_is_dashed(written: str) -> None:
    flag = factories.flag()
    _series, year, number = flag.number.split("-")
    assert found(written.format(flag.number, year, number, int(number))) == [("flag", flag.number)]


@database
def test_a_case_of_another_office_is_known_to_be_and_no_more() -> None:
    flag, officer = factories.flag(), factories.person()
    triage.decide(
        flag_id=flag.pk,
        outcome="confirmed",
        reason="several",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=officer,
        now=NOW,
    )
    case = cases.open_case(flag_ids=[flag.pk], title="Ring Kamboja", by=officer, now=NOW)
    (own,) = search.find(text=case.number, by=officer, now=NOW).hits
    (other,) = search.find(text=case.number, by=factories.person(code="bp3mi-ntb"), now=NOW).hits
    assert (own.open, own.key, other.open, other.key) == (True, case.pk, False, 0)
    assert "Ring Kamboja" not in str(other)


@database
@pytest.mark.parametrize("what", ["campaign", "bulk"])
def test_a_campaign_and_an_act_on_many_flags_are_found_by_their_number_and_no_second_one(what: str) -> None:
    person = factories.person()
    made: Sequence[models.Campaign | models.Bulk]
    if what == "campaign":
        made = [models.Campaign.objects.create(number=f"JRG-26-000{n}", made_at=NOW, grown_at=NOW) for n in (1, 2)]
    else:
        given = {"office": person.office, "outcome": "confirmed", "reason": "fraud", "state": "running", "by": person, "at": NOW}
        made = [models.Bulk.objects.create(number=f"MSL-26-000{n}", **given) for n in (1, 2)]
    for one in made:
        (hit,) = search.find(text=one.number.replace("-", " "), by=person, now=NOW).hits
        assert (hit.what, hit.key, hit.title, hit.open) == (what, one.pk, one.number, True)
    assert found(made[0].number.replace("26", "25"), person) == []


@database
def test_the_acts_of_another_office_are_not_found() -> None:
    person = factories.person()
    given = {"office": person.office, "outcome": "confirmed", "reason": "fraud", "state": "running", "by": person, "at": NOW}
    models.Bulk.objects.create(number="MSL-26-0001", **given)
    assert (found("MSL-26-0001", person), found("MSL-26-0001", factories.person(code="bp3mi-ntb"))) == ([("bulk", "MSL-26-0001")], [])


@database
def test_whatever_has_a_number_of_ours_is_found_by_it_where_it_may_be_seen() -> None:
    officer, analyst, elsewhere = factories.person(), factories.person(Role.ANALYST, "directorate"), factories.person(code="bp3mi-ntb")
    objection = objected.enter(objected.decided(by=officer), officer)
    referral = asked.draft(asked.case_of(by=officer), officer)
    post = factories.flag().post
    erasure = erasures.ask(post_id=post.pk, reason="subject", ground="Surat 12.", by=officer, now=NOW)
    for what, one in (("objection", objection), ("referral", referral), ("erasure", erasure)):
        assert found(one.number.replace("-", " "), officer) == [(what, one.number)]
        assert found(one.number, analyst) == [(what, one.number)]
        assert found(one.number, elsewhere) == []
    assert found("PSD-26-0001", officer) == [], "what a subject asked is for the data protection officer"


@database
def test_a_licence_number_that_posts_named_is_an_indicator() -> None:
    brought("PT Contoh Bukit Hijau membuka lowongan caregiver ke Taiwan, SIP nomor 2/SIP/2026.", factories.HARMLESS.format(n=1))
    kinds = [(hit.what, hit.kind) for hit in search.find(text="SIP nomor 2/SIP/2026", by=factories.person(), now=NOW).hits]
    assert kinds == [("indicator", "licence_number")]
    assert found("SIP nomor 3/SIP/2026") == []


@database
def test_of_many_indicators_the_nearest_to_a_person_stand_first_and_no_more_than_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "Gabung bit.ly/abc, SIP nomor 2/SIP/2026 PT Contoh Bukit Hijau, ig: laksita_kerja, BCA 8830012345, wa 0840 5550 0001"
    brought(line)

    def kinds() -> list[Any]:
        return [hit.kind for hit in search.find(text=line, by=factories.person(), now=NOW).hits]

    assert kinds() == ["phone", "bank_account", "account", "agency", "licence_number", "link"]
    monkeypatch.setattr(search, "MOST_HITS", 2)
    assert kinds() == ["phone", "bank_account"]


@database
def test_a_post_is_found_by_its_address() -> None:
    (post,) = brought(
        factories.HARMLESS.format(n=3),
        url="https://www.contoh.example/lowongan/9",
        platform="web",
        external_id="https://www.contoh.example/lowongan/9",
    )
    hits = search.find(text="https://www.contoh.example/lowongan/9?utm_source=wa", by=factories.person(), now=NOW).hits
    assert ("post", post.pk) in [(hit.what, hit.key) for hit in hits]


@database
def test_what_another_platform_calls_by_the_same_name_is_another_post() -> None:
    name = "https://www.contoh.example/lowongan/9"
    other, post = (brought(factories.HARMLESS.format(n=n), platform=one, external_id=name)[0] for n, one in enumerate(("mastodon", "web")))
    third, _fourth = brought(factories.HARMLESS.format(n=3), factories.HARMLESS.format(n=4), platform="mastodon")
    models.OtherName.objects.create(platform="mastodon", external_id=name, post=third)
    hits = search.find(text=name, by=factories.person(), now=NOW).hits
    assert [hit.key for hit in hits if hit.what == "post"] == [post.pk]
    assert other.external_id == name


@database
def test_a_post_is_found_by_each_of_its_names_and_no_other_one_is() -> None:
    post, other = brought(
        factories.HARMLESS.format(n=3), factories.HARMLESS.format(n=4), platform="web", url="https://www.contoh.example/lowongan"
    )
    for n, one in enumerate((post, other), 3):
        models.OtherName.objects.create(platform="web", external_id=f"https://www.contoh.example/{n}", post=one)
    for written in ("https://www.contoh.example/3", "www.contoh.example/3"):
        hits = search.find(text=written, by=factories.person(), now=NOW).hits
        assert [hit.key for hit in hits if hit.what == "post"] == [post.pk]
    assert found("https://www.contoh.example/5") == []


@database
def test_agencies_and_licences_of_the_register_in_force_are_found() -> None:
    factories.register([{"name": "PT Contoh Lama"}])
    factories.register(
        [{"name": "PT Contoh Bukit Hijau"}],
        [{"number": "2/SIP/2026", "agency": "PT Contoh Bukit Hijau", "country": "TW", "positions": ["caregiver"]}],
    )
    assert found("bukit hijau") == [("agency", "PT Contoh Bukit Hijau")]
    assert ("licence", "2/SIP/2026") in found("2/SIP/2026")
    assert found("PT Contoh Lama") == []


@database
@pytest.mark.parametrize(
    ("written", "hit"),
    [
        ("021-0000-1401", True),
        ("021-0000-1402", False),
        ("@bukit_hijau_contoh", True),
        ("t.me/bukit_hijau_contoh", True),
        ("t.me/bukit_hijau_lain", False),
        ("bukit-hijau.example", True),
        ("https://bukit-hijau.example/lowongan", True),
        ("https://bukit-merah.example/lowongan", False),
    ],
)
def test_a_contact_that_only_the_register_lists_leads_to_its_agency(written: str, hit: bool) -> None:
    factories.register(
        [
            {
                "name": "PT Contoh Bukit Hijau",
                "phones": ["021-0000-1401"],
                "websites": ["https://bukit-hijau.example"],
                "accounts": ["tg:bukit_hijau_contoh"],
            }
        ]
    )
    assert found(written) == ([("agency", "PT Contoh Bukit Hijau")] if hit else [])


@database
def test_a_contact_of_the_register_that_posts_held_leads_to_its_indicator_alone() -> None:
    factories.register([{"name": "PT Contoh Bukit Hijau", "phones": ["0840 5550 0001"]}])
    assert found("0840 5550 0001") == [("agency", "PT Contoh Bukit Hijau")]
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"))
    assert found("0840 5550 0001") == [("indicator", "+62 840-••••01")]


@database
def test_a_part_of_an_agency_s_name_has_three_letters() -> None:
    factories.register([{"name": "PT Abc Contoh"}])
    assert found("abc") == [("agency", "PT Abc Contoh")]
    assert found("ab") == []


@database
def test_what_nobody_has_seen_is_said_to_be_that() -> None:
    answer = search.find(text="0840 5550 9999", by=factories.person(), now=NOW)
    assert (answer.hits, answer.mask) == ((), "0840-••••99")
    assert "phone" in answer.kinds


@database
def test_words_that_posts_hold_are_counted_where_nothing_of_ours_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    brought(*(f"Nelayan pulang membawa ikan tongkol, perahu ke-{n}." for n in range(3)), "Selamat pagi semua.")
    while search.fill(now=NOW, limit=100):
        pass
    person = factories.person()

    def answer(text: str) -> tuple[object, int | None, object]:
        one = search.find(text=text, by=person, now=NOW)
        return one.hits, one.posts, one.refused and one.refused.code

    assert answer("ikan TONGKOL") == ((), 3, None)
    assert answer("tongkol") == ((), 3, None)  # one word may be an account too
    assert answer("perahu ke-1.") == ((), 1, None)
    assert answer("ikan cakalang") == ((), 0, None)
    assert answer("ikan tongkol 0840 5550 9999") == ((), None, None)  # posts are searched without contacts
    assert answer("ke di") == ((), None, "search.short")
    monkeypatch.setattr(search, "MOST_COUNTED", 2)
    assert answer("tongkol") == ((), 3, None)
    monkeypatch.setattr(search, "MOST_COUNTED", 1)
    assert answer("tongkol") == ((), 2, None)


@database
def test_words_are_not_counted_where_something_of_ours_matches() -> None:
    factories.register([{"name": "PT Contoh Bukit Hijau"}])
    brought("Hari ini PT Contoh Bukit Hijau libur.")
    while search.fill(now=NOW, limit=100):
        pass
    answer = search.find(text="Contoh Bukit Hijau", by=factories.person(), now=NOW)
    assert ("agency" in [hit.what for hit in answer.hits], answer.posts) == (True, None)


@database
def test_the_log_counts_the_posts_that_hold_the_words() -> None:
    brought("Nelayan pulang membawa ikan tongkol.", "Ikan tongkol mahal.")
    while search.fill(now=NOW, limit=100):
        pass
    search.find(text="ikan tongkol", by=factories.person(), now=NOW)
    entry = models.AuditEntry.objects.get(verb="search.made")
    assert (entry.after["hits"], entry.after["kinds"]) == (2, ["words"])


# --- what the log keeps ---------------------------------------------------------------------------


@database
@pytest.mark.parametrize("written", ["0840 5550 0001", "@laksita_kerja", "Sri Contoh Wati", "BCA 8830012345"])
def test_the_log_says_that_somebody_searched_and_not_for_what(written: str) -> None:
    person = factories.person()
    search.find(text=written, by=person, now=NOW)
    line = models.AuditEntry.objects.get(verb="search.made")
    assert line.actor_id == person.pk
    assert set(line.after) == {"digest", "hits", "kinds"}
    assert written not in str(line.after)


@database
def test_two_searches_for_one_thing_can_be_told_to_be_alike() -> None:
    for written in ("0840 5550 0001", "0840  5550 0001", "0840 5550 0002"):
        search.find(text=written, by=factories.person(), now=NOW)
    one, same, other = (line.after["digest"] for line in models.AuditEntry.objects.filter(verb="search.made").order_by("seq"))
    assert one == same != other


@pytest.mark.parametrize(
    ("alike", "other"),
    [
        (["0840 5550 0001", "+62 840-5550-0001", "084055500001"], "0840 5550 0002"),
        (["@agen_contoh", "AGEN_CONTOH", "https://t.me/agen_contoh", "telegram:agen_contoh", "t.me/agen_contoh"], "@agen_lain"),
        (["sari@contoh.example", "Sari@Contoh.example"], "sari@contoh2.example"),
        (["https://contoh.example/x"], "https://contoh.example/y"),
        (["Sri Contoh Wati"], "Sri Contoh"),
    ],
)
def test_each_spelling_of_one_thing_has_one_fingerprint(alike: list[str], other: str) -> None:
    assert len({search.digest(one) for one in alike}) == 1
    assert search.digest(other) != search.digest(alike[0])


@database
def test_a_number_of_our_own_is_nobodys_personal_data() -> None:
    found(factories.flag().number)
    assert not models.AuditEntry.objects.filter(verb="search.made").exists()


@database
def test_the_registrar_finds_nobody() -> None:
    with pytest.raises(PermissionDenied):
        search.find(text="0840 5550 0001", by=factories.person(Role.REGISTRAR), now=NOW)


@database
def test_hostile_lines_are_answered() -> None:
    person = factories.person()
    for text in ("", " ", "\x00", "\ud800", "%", "_", "'; DROP TABLE", "TND-99-99999999", "9" * 900, "http://[::1", "@" * 900):
        search.find(text=text, by=person, now=NOW)


# --- words ----------------------------------------------------------------------------------------


def by_words(text: str) -> list[int]:
    terms = search.terms(text)
    return list(search.with_words(models.Post.objects.order_by("id"), terms).values_list("id", flat=True))


@database
def test_posts_are_found_by_words_and_not_by_numbers() -> None:
    one, other = brought(factories.ILLEGAL.format(phone="0840 5550 0001"), "Selamat pagi, hari ini hujan di kota kami sejak subuh.")
    assert search.fill(now=NOW, limit=100) == 2
    assert by_words("Kamboja tiket") == [one.pk]
    assert by_words("hujan") == [other.pk]
    assert by_words("5550") == []
    assert "0840" not in models.PostWords.objects.get(post=one).words


@database
def test_filling_twice_changes_nothing_and_a_newer_version_replaces_the_words() -> None:
    (post,) = brought("Lowongan lama di kota kami sejak subuh tadi pagi.", external_id="1000000001/77777")
    assert (search.fill(now=NOW, limit=100), search.fill(now=NOW, limit=100)) == (1, 0)
    brought("Lowongan baru di kota kami sejak subuh tadi pagi.", external_id="1000000001/77777")
    assert search.fill(now=NOW, limit=100) == 1
    assert (by_words("lama"), by_words("baru")) == ([], [post.pk])


@database
def test_more_than_a_batch_is_filled_in_several() -> None:
    brought(*(f"Unggahan biasa bernomor {n} tentang cuaca di kota kami." for n in range(7)))
    assert [search.fill(now=NOW, limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert models.PostWords.objects.count() == 7


def reached() -> int:
    return models.Reached.objects.values_list("row", flat=True).get(name="words")


@database
def test_readings_are_looked_at_until_they_have_settled(django_assert_num_queries: Any) -> None:
    """The transaction of a reading may end after that of one with a larger id: its words are taken in all the same."""
    brought(*(f"Unggahan biasa bernomor {n} tentang cuaca di kota kami." for n in range(3)))
    first, overtaken, last = models.Reading.objects.order_by("id").values_list("pk", flat=True)
    search.fill(now=NOW, limit=100)
    early = NOW + SETTLED - timedelta(microseconds=1)
    assert (search.due(now=early), reached()) == (False, first - 1)
    models.PostWords.objects.filter(reading_id=overtaken).delete()  # as if it had come only now
    assert (search.due(now=early), search.fill(now=NOW, limit=100), search.due(now=early)) == (True, 1, False)
    assert (search.due(now=NOW + SETTLED), reached(), models.PostWords.objects.count()) == (False, last, 3)
    with django_assert_num_queries(1):  # where nothing is new
        assert search.due(now=NOW + SETTLED) is False
    models.PostWords.objects.filter(reading_id=last).delete()
    brought("Unggahan yang datang sesudahnya.")
    assert search.fill(now=NOW + SETTLED, limit=100) == 1  # the last one that has settled is behind us too


@database
def test_a_long_backlog_is_gone_through_once() -> None:
    """Each batch begins where the one before ended, not at the first reading."""
    brought(*(f"Unggahan biasa bernomor {n} tentang cuaca di kota kami." for n in range(7)))
    ids = list(models.Reading.objects.order_by("id").values_list("pk", flat=True))
    late = NOW + SETTLED
    assert [(search.fill(now=late, limit=3), reached()) for _ in range(3)] == [(3, ids[2]), (3, ids[5]), (1, ids[6])]


@database
def test_erased_words_are_gone_and_do_not_come_back() -> None:
    (post,) = brought("Cerita pribadi yang harus dihapus dari semua tempat.")
    search.fill(now=NOW, limit=100)
    version = models.PostVersion.objects.get(post=post)
    factories.erase(version)
    assert not models.PostWords.objects.exists()
    assert search.fill(now=NOW, limit=100) == 0


@pytest.mark.parametrize(("text", "terms"), [("", []), ("Kerja  KERJA di", ["kerja", "di"]), ("gaji 15", ["gaji", "15"])])
def test_terms_are_small_and_stand_once(text: str, terms: Any) -> None:
    assert search.terms(text) == terms


@pytest.mark.parametrize(
    ("text", "code"), [("di", "search.short"), ("ke di", "search.short"), ("a b c d e f panjang", "search.many_words")]
)
def test_a_search_that_would_read_everything_is_refused(text: str, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        search.terms(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("kerja kamboja", False),
        ("0840 5550 0001", True),
        ("hubungi @laksita_kerja", True),
        ("gaji 15 juta", False),
        ("tahun 2026", False),
        ("kode 12345678", True),  # the reader takes it for nothing, and it has the shape of a number
        ("ig laksita", True),  # no mask knows it, and the reader takes it for an account
    ],
)
def test_numbers_and_accounts_do_not_go_into_an_address(text: str, person: bool) -> None:
    assert search.leads_to_a_person(text) is person


@pytest.mark.parametrize(
    ("words", "terms", "width", "pieces"),
    [
        ("satu dua tiga empat lima", ["tiga"], 8, ["… ", "a ", ["tiga"], " e", " …"]),
        ("tiga empat", ["tiga"], 4, [["tiga"], " …"]),
        ("satu tiga", ["tiga"], 9, ["satu ", ["tiga"]]),  # it fits in whole
        ("satu tiga", ["tiga"], 8, ["… ", "atu ", ["tiga"]]),
        ("tiga dua tiga satu tiga", ["tiga"], 99, [["tiga"], " dua ", ["tiga"], " satu ", ["tiga"]]),
        ("mencari pekerja", ["kerja", "pekerja"], 99, ["mencari ", ["pekerja"]]),  # the longer one is the hit
        ("satu dua tiga empat lima", ["satu", "lima"], 8, [["satu"], " dua", " …"]),  # the first place
        ("satu dua", [], 99, ["satu dua"]),
        ("satu dua", ["lima"], 4, ["satu", " …"]),
    ],
)
def test_a_snippet_shows_the_place_and_says_where_it_was_cut(words: str, terms: Any, width: int, pieces: Any) -> None:
    wanted = [(piece[0], True) if isinstance(piece, list) else (piece, False) for piece in pieces]
    assert search.snippet(words, terms, width=width) == wanted


@given(st.text(alphabet="ab c", max_size=80), st.lists(st.text(alphabet="abc", min_size=1, max_size=3), max_size=3))
def test_a_snippet_is_a_piece_of_the_words(words: Any, terms: Any) -> None:
    made = search.snippet(words, terms)
    assert "".join(piece for piece, _hit in made).removeprefix("… ").removesuffix(" …") in words
    assert all(piece in terms for piece, hit in made if hit)


@database
def test_countries_are_those_that_posts_name_however_long_ago(monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any) -> None:
    brought("Lowongan pabrik Taiwan", "Lowongan admin Kamboja", "Lowongan kebun Kamboja", "Selamat pagi semua.")
    while search.fill(now=NOW, limit=100):
        pass
    assert search.countries() == {"TW", "KH"}
    monkeypatch.setattr(search, "_NEWEST", 2)
    with django_assert_num_queries(1):
        assert search.countries() == {"TW", "KH"}
    models.PostWords.objects.filter(countries=["TW"]).delete()  # as the eraser does
    assert search.countries() == {"KH"}


@database
@pytest.mark.parametrize(
    ("text", "open_to_them"),
    [
        ("Calo 0840 5550 0001 rute Batam", False),  # the number of somebody harmed, as people write it
        ("Calo (0840)5550-0001", False),
        ("Akun @korban_contoh minta tolong", False),
        ("t.me/korban_contoh", False),
        ("Calo 0840 5550 0002 rute Batam", True),  # one digit off: nobody's that is known here
        ("Akun @korban_contoh2", True),
        ("Calo rute Batam", True),
        ("", True),
    ],
)
def test_a_line_people_wrote_stands_in_full_unless_a_contact_in_it_may_not(text: str, open_to_them: bool) -> None:
    own, stranger, analyst = factories.person(), factories.person(code="bp3mi-ntb"), factories.person(Role.ANALYST)
    [post] = brought(factories.ILLEGAL.format(phone="0840 5550 0001"), author="korban_contoh")
    acts.decide(post.flag, own, "victim", "asks")
    rows = {7: text, 8: "Tanpa kontak"}
    for person, wanted in ((own, True), (analyst, True), (stranger, open_to_them)):
        assert search.open_texts(rows, person) == ({7, 8} if wanted else {8})
    assert search.open_texts(rows, factories.person(Role.REGISTRAR)) == frozenset()


@database
def test_no_sign_before_behind_or_within_a_contact_opens_its_line(django_assert_num_queries: Any) -> None:
    own, stranger = factories.person(), factories.person(code="bp3mi-ntb")
    offer = factories.ILLEGAL.format(phone="0840 5550 0001") + " Transfer ke rekening BCA 8830012345."
    [post] = brought(offer, author="korban_contoh")
    assert models.Indicator.objects.filter(kind="bank_account", value="BCA 8830012345").exists()
    acts.decide(post.flag, own, "victim", "asks")
    brought("Tanya jadwal pasar malam: hubungi 0840 5550 0007")
    theirs = [
        "Calo menandai @korban_contoh. Rute Batam",
        "(@korban_contoh)…",
        "Akun ＠korban_contoh",
        "Akun ﹫Korban_Contoh._",
        "ig@korban_contoh",
        "Rek 8830012345 (2 unggahan)",
        "Rek 8830012345 12/11/2026",
        "Rek 12 8830012345",
        "Rek 8830012345, 084055500029",
        "Rek 883_001_2345",
        "Rek 883,001,2345",
        "Rek 883·001·2345",
        "Rek 883–001–2345",
        "Rek ⑧⑧③⓪⓪①②③④⑤",
        "Calo 0840 5550 0001 (2)",
        "Calo 0840, 5550, 0001",
        "Calo 0062 840 5550 0001",
        "Calo 0840 wa 55500001",
        "Calo " + "1 " * 60 + "84055500029",  # more digits than are looked through
    ]
    nobodys = [
        "Calo menandai @korban_contohan. Rute Batam",
        "Rek 8830012346 (2 unggahan)",
        "Rek 883001234 12/11/2026",
        "Calo 0840 5550 0002, 84055500029",
        "Pasar 0840 5550 0007",  # known, and nobody's to protect
        "Akun korban_contoh",  # no mask cuts it
        "2 unggahan, 12/11/2026",
    ]
    texts = dict(enumerate([*theirs, *nobodys]))
    open_to_all = frozenset(range(len(theirs), len(texts)))
    with django_assert_num_queries(5):
        assert search.open_texts(texts, stranger) == open_to_all
    assert search.open_texts(texts, own) == frozenset(texts) - {len(theirs) - 1}


@database
def test_of_a_line_of_no_office_a_contact_nobody_knows_stays_masked() -> None:
    person = factories.person()
    brought(factories.ILLEGAL.format(phone="0840 5550 0001"), author="agen_contoh")
    known = ["Calo 0840 5550 0001", "Akun @agen_contoh.", "Calo 0840 5550 0001 (2)", "Calo rute Batam"]
    unknown = ["Korban 0840 5550 0002", "Korban @siti_contoh", "siti@pos.example", "Calo 0840 5550 0001 0840 5550 0002"]
    texts = dict(enumerate([*known, *unknown]))
    assert search.open_texts(texts, person) == frozenset(texts)
    assert search.open_texts(texts, person, unknown=()) == frozenset(range(len(known)))
    assert search.open_texts(texts, person, unknown={5}) == frozenset({*range(len(known)), 5})
    assert search.open_texts(texts, factories.person(Role.ANALYST), unknown=()) == frozenset(texts)


@pytest.mark.django_db
def test_posts_of_a_place_are_asked_in_the_words_of_its_index() -> None:
    """In others the index would lie beside unused, and a place that few name would cost a look at each flagged post."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # Of its table alone: where a join begins is a matter of what was counted.
        cursor.execute(f"EXPLAIN SELECT FROM patrol_readingclaims k WHERE {search._OF_PLACE.partition('WHERE ')[2]}", {"place": "52"})
        assert "claims_places_named" in "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.django_db
def test_posts_of_a_place_are_the_same_whether_few_or_many_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = [f"{factories.ILLEGAL.format(phone=f'0840 5550 00{n:02}')} Daftar di {town}." for n, town in enumerate(("Mataram", "Cirebon"))]
    lombok, _cirebon, harmless = brought(*offers, "Selamat pagi dari Mataram, hari ini hujan sejak subuh.")
    assert not hasattr(harmless, "flag")
    while search.fill(now=NOW, limit=100):
        pass
    few = list(search.of_place(models.Post.objects.all(), "52"))
    monkeypatch.setattr(search, "_PAGE", 1)
    assert few == list(search.of_place(models.Post.objects.all(), "52")) == [lombok]
    assert list(search.of_place(models.Post.objects.all(), "81")) == []
