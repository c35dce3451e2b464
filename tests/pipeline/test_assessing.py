"""Stored posts all the way to their flags."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.urls import reverse

from patrol import domain, models, pipeline
from patrol.domain.states import FlagState
from patrol.engine import assess, reading
from patrol.pipeline import assessing, claiming
from patrol.register import recheck
from tests import factories
from tests.admin.conftest import (
    Door,
    door,  # noqa: F401 -- fixtures
)

pytestmark = pytest.mark.django_db


def read_all(now: datetime = factories.NOW) -> list[claiming.Batch]:
    batches = []
    while (batch := assessing.read_due(now=now, limit=500)).read or batch.quarantined:
        batches.append(batch)
    return batches


def test_an_offer_without_licence_waits_for_a_person_and_a_greeting_makes_no_flag() -> None:
    factories.offices()
    offer, greeting = factories.stored([factories.illegal(7), factories.raw_post()])
    read_all()
    flag = models.Flag.objects.get()
    assert (flag.post, flag.state, flag.level) == (offer, FlagState.WAITING, "high")
    assert flag.number == "TND-26-000001"
    assert [event.kind for event in flag.events.all()] == ["raised"]
    assert flag.current_check.verdict == "cannot_check"
    assert models.Reading.objects.filter(version__post=greeting).count() == 1
    assert pipeline.due().posts == 0


def test_reasons_are_kept_as_they_were_with_places_in_the_text_and_no_full_number() -> None:
    factories.offices()
    factories.stored([factories.illegal(8)])
    read_all()
    text = models.PostText.objects.get().text
    findings = list(models.Finding.objects.all())
    assert findings
    for finding in findings:
        assert finding.reason_id
        assert finding.reason_en
        assert "84055500008" not in finding.reason_id.replace(" ", "")
        for (start, end), source in zip(finding.spans, finding.sources, strict=True):
            assert source == "text"
            assert 0 <= start < end <= len(text)


def test_the_number_of_an_offer_is_a_contact_and_its_author_an_account() -> None:
    factories.offices()
    factories.stored([factories.illegal(9, author="perekrut_contoh")])
    read_all()
    seen = models.Sighting.objects.values_list("indicator__kind", "indicator__value", "role")
    assert set(seen) >= {("phone", "+6284055500009", "contact"), ("account", "telegram:perekrut_contoh", "author")}


@pytest.mark.parametrize(("days", "notes"), [(4, 1), (5, 0), (14, 0)])
def test_from_how_many_days_on_a_register_is_called_old_is_a_setting(days: int, notes: int, settings: Any) -> None:
    settings.REGISTER_STALE_DAYS = days
    factories.offices()
    factories.register(register_date=factories.NOW.date() - timedelta(days=5))
    factories.stored([factories.illegal(70)])
    read_all()
    said = models.LicenceCheck.objects.get().notes
    assert len(said) == notes
    assert all(f"{days} hari" in note["id"] for note in said)


def test_whose_post_was_forwarded_is_kept_masked_on_the_page_and_erased_with_the_text(door: Door) -> None:  # noqa: F811
    post = factories.illegal(71, forward_of="1000000001/5", forward_name="Rina Perekrut 0840 5550 0099")
    factories.offices()
    factories.stored([post])
    factories.stored([replace(post, text=post.text + " Cepat ya!", forward_name="Rina Baru")])
    names = models.PostText.objects.order_by("version__number").values_list("forward_name", flat=True)
    assert list(names) == ["Rina Perekrut 0840 5550 0099", "Rina Baru"]
    read_all()
    stranger = door(factories.person(code="bp3mi-sulsel"))
    html = stranger.get(reverse("admin:patrol_flag_change", args=[models.Flag.objects.get().pk])).content.decode()
    assert "Diteruskan dari" in html
    assert "Rina Baru" not in html
    for version in models.PostVersion.objects.all():
        factories.erase(version)
    assert set(models.PostText.objects.values_list("forward_name", flat=True)) == {""}


def test_a_number_beside_a_picture_or_in_a_link_card_is_found_and_masked_on_the_page(door: Door) -> None:  # noqa: F811
    factories.offices()
    offer = "Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah. Berangkat minggu ini."
    media = (
        domain.MediaReference("photo", "", "Brosur, hubungi WA 0840 5550 0071"),
        domain.MediaReference("video", ""),
        domain.MediaReference("link_preview", "", "Daftar sekarang WA 0840 5550 0072"),
    )
    factories.stored([factories.raw_post(offer, media=media)])
    read_all()
    seen = models.Sighting.objects.filter(indicator__kind="phone").values_list("indicator__value", "role")
    assert set(seen) == {("+6284055500071", "contact"), ("+6284055500072", "contact")}
    claims = models.ReadingClaims.objects.get().claims
    found = {one["source"]: media[int(one["source"][-1])].words[one["start"] : one["end"]] for one in claims if one["kind"] == "phone"}
    assert found == {"alt:0": "0840 5550 0071", "alt:2": "0840 5550 0072"}
    flag = models.Flag.objects.get()
    html = door(factories.person(code="bp3mi-sulsel")).get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    assert "Brosur, hubungi WA" in html
    assert "0840 5550 0071" not in html
    assert "0840 5550 0072" not in html


def test_the_verdict_is_that_of_the_post_s_day() -> None:
    factories.offices()
    factories.register(
        [
            {
                "name": "PT Rembulan Karya Contoh",
                "standings": [("active", "2020-01-01", "2026-11-09", ""), ("revoked", "2026-11-10", None, "SK 1")],
            }
        ],
        [{"number": "B.11/SIP2MI/I/2026", "agency": "PT Rembulan Karya Contoh", "country": "TW", "positions": ["production operator"]}],
    )
    text = "PT Rembulan Karya Contoh membuka lowongan operator pabrik di Taiwan, SIP B.11/SIP2MI/I/2026. Daftar ke kantor."
    early = factories.raw_post(text, posted_at=factories.NOW.replace(day=9))
    late = factories.raw_post(text, posted_at=factories.NOW.replace(day=11))
    first, second = factories.stored([early, late])
    read_all()
    verdicts = dict(models.LicenceCheck.objects.values_list("reading__version__post", "verdict"))
    assert verdicts == {first.pk: "licensed", second.pk: "agency_revoked"}


def test_the_same_ad_with_another_number_is_one_row_and_an_own_text_another() -> None:
    factories.offices()
    ad = factories.ILLEGAL
    factories.stored([factories.raw_post(ad.format(phone=f"0840555{n:05d}")) for n in range(3)] + [factories.illegal(77)])
    read_all()
    keys = models.Flag.objects.values_list("row_key", flat=True)
    assert sorted(list(keys).count(key) for key in set(keys)) == [1, 3]


def test_the_office_is_the_place_of_recruitment_else_the_watch_s() -> None:
    offices = factories.offices()
    watch = factories.watch("bp3mi-jabar")
    factories.stored(
        [factories.raw_post(factories.ILLEGAL.format(phone="0840 5550 1111") + " Khusus warga Mataram, NTB."), factories.illegal(5)],
        of=watch,
    )
    read_all()
    assert set(models.Flag.objects.values_list("office", flat=True)) == {offices["bp3mi-ntb"].pk, offices["bp3mi-jabar"].pk}


def test_an_edit_that_says_less_is_read_and_lowers_nothing_on_an_undecided_flag() -> None:
    factories.offices()
    post = factories.illegal(12)
    factories.stored([post])
    read_all()
    factories.stored([replace(post, text="Maaf, lowongan sudah ditutup. Terima kasih atas perhatian semuanya.", edited=True)])
    read_all()
    flag = models.Flag.objects.get()
    assert (flag.state, flag.level) == (FlagState.WAITING, "high")
    assert [event.kind for event in flag.events.all()] == ["raised", "newer_beside"]
    assert models.Reading.objects.filter(version__post=flag.post).count() == 2


def test_a_newer_register_checks_offers_again_and_says_what_changed() -> None:
    factories.offices()
    factories.stored([factories.illegal(13)])
    recheck.mark(now=factories.NOW)
    read_all()
    assert recheck.mark(now=factories.NOW) == 0
    factories.register([{"name": "PT Rembulan Karya Contoh"}])
    assert recheck.mark(now=factories.NOW) == 1
    read_all()
    flag = models.Flag.objects.get()
    assert flag.current_check.verdict == "no_licence_shown"
    event = flag.events.latest("pk")
    assert (event.kind, event.before["verdict"], event.after["verdict"]) == ("new_register", "cannot_check", "no_licence_shown")
    assert models.Reading.objects.count() == 1
    assert models.LicenceCheck.objects.count() == 2


@pytest.mark.parametrize("cause", ["new_rules", "new_reader", "trusted"])
def test_the_history_of_a_flag_names_what_had_it_judged_again(cause: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each alone: the other things it was judged by stay as they were."""
    factories.offices()
    factories.register([{"name": "PT Rembulan Karya Contoh"}])
    factories.stored([factories.illegal(14)])
    read_all()
    recheck.mark(now=factories.NOW)
    read_all()
    flag = models.Flag.objects.get()
    assert list(flag.events.values_list("kind", flat=True)) == ["raised"]
    if cause == "new_rules":
        monkeypatch.setattr("patrol.pipeline.keeping.rules.version", lambda _points: "0123456789abcdef")
    elif cause == "new_reader":
        monkeypatch.setattr("patrol.pipeline.keeping.reading.READER_VERSION", reading.READER_VERSION + 1)
    else:
        sighting = models.Sighting.objects.filter(post=flag.post, role="contact").first()
        assert sighting is not None
        contact = sighting.indicator
        models.Trusted.objects.create(
            indicator=contact,
            known_as="hotline",
            reason="resmi",
            expires_on=factories.NOW.date() + timedelta(days=90),
            proposed_by=factories.person(),
            proposed_at=factories.NOW,
            approved_by=factories.person(),
            approved_at=factories.NOW,
        )
        claiming.again(contact.pk, since=factories.NOW)
    recheck.mark(now=factories.NOW)
    read_all()
    assert flag.events.latest("pk").kind == {"trusted": "new_rules"}.get(cause, cause)


def dismissed(post: domain.RawPost) -> models.Flag:
    factories.offices()
    factories.stored([post])
    read_all()
    models.Flag.objects.update(state="dismissed", decided_at=factories.NOW)
    return models.Flag.objects.get()


def test_a_dismissed_flag_returns_on_a_new_contact() -> None:
    post = factories.raw_post(factories.ILLEGAL.format(phone="0840 5550 0021"))
    flag = dismissed(post)
    factories.stored([replace(post, text=post.text.replace("0021", "0022"), edited=True)])
    read_all()
    flag.refresh_from_db()
    assert (flag.state, flag.decided_at) == ("waiting", None)
    assert flag.events.latest("pk").kind == "returned"


def test_a_dismissed_flag_stays_when_only_words_change() -> None:
    post = factories.raw_post(factories.ILLEGAL.format(phone="0840 5550 0023"))
    flag = dismissed(post)
    factories.stored([replace(post, text=post.text + " Cepat ya!", edited=True)])
    read_all()
    flag.refresh_from_db()
    assert flag.state == "dismissed"


def test_a_dismissed_flag_returns_when_an_edit_gives_it_its_first_contact() -> None:
    bare = factories.raw_post("Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah. Berangkat minggu ini.")
    flag = dismissed(bare)
    factories.stored([replace(bare, text=bare.text + " WA 0840 5550 0024", edited=True)])
    read_all()
    flag.refresh_from_db()
    assert flag.state == "waiting"


def test_a_dismissed_flag_stays_when_an_import_is_undone_and_the_verdict_is_what_it_was() -> None:
    factories.offices()
    name, number = "PT Rembulan Karya Contoh", "B.11/SIP2MI/I/2026"
    agency = {"name": name}
    licence = {"number": number, "agency": name, "country": "TW", "positions": ["production operator"]}
    text = f"{name} buka lowongan operator pabrik di Taiwan, SIP {number}. Bayar DP dulu 5 juta, WA 0840 5550 0025."
    factories.register([agency])
    factories.stored([factories.raw_post(text)])
    recheck.mark(now=factories.NOW)
    read_all()
    flag = models.Flag.objects.get()
    verdict = flag.current_check.verdict
    models.Decision.objects.create(
        flag=flag,
        decision_key=uuid.uuid4(),
        outcome="dismissed",
        reason="lawful",
        by=factories.person(),
        at=factories.NOW,
        effective_at=factories.NOW,
        state_before=flag.state,
        state_after="dismissed",
        level_then=flag.level,
        check_then=flag.current_check,
    )
    models.Flag.objects.update(state="dismissed", decided_at=factories.NOW)
    seen = []
    for licences in ([licence], []):
        factories.register([agency], licences)
        assert recheck.mark(now=factories.NOW) == 1
        read_all()
        flag.refresh_from_db()
        seen.append((flag.current_check.verdict, flag.state))
    assert seen == [("licensed", "dismissed"), (verdict, "dismissed")]
    assert verdict != "licensed"


def test_a_batch_under_way_when_the_register_changes_is_read_again_under_the_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    factories.stored([factories.illegal(14)])
    real = assess.assess

    def meanwhile(*args: Any, **given: Any) -> Any:
        factories.register([{"name": "PT Rembulan Karya Contoh"}])
        recheck.mark(now=factories.NOW)
        return real(*args, **given)

    monkeypatch.setattr(assess, "assess", meanwhile)
    assert assessing.read_due(now=factories.NOW, limit=10).read == 0
    monkeypatch.undo()
    assert pipeline.due().posts == 1
    read_all()
    assert list(models.LicenceCheck.objects.values_list("verdict", flat=True)) == ["no_licence_shown"]


def test_a_post_that_breaks_the_batch_stands_alone_in_quarantine(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    posts = factories.stored([factories.raw_post() for _ in range(7)])
    poison = models.PostText.objects.get(version__post=posts[3]).text
    real = assess.assess

    def choke(contents: Sequence[domain.Content], days: Any, book: Any, **given: Any) -> Any:
        if any(content.text == poison for content in contents):
            raise RecursionError
        return real(contents, days, book, **given)

    monkeypatch.setattr(assess, "assess", choke)
    batch = assessing.read_due(now=factories.NOW, limit=100)
    assert (batch.read, batch.quarantined) == (6, 1)
    held = models.Post.objects.exclude(quarantined_at=None).get()
    assert (held, held.quarantine_reason) == (posts[3], "RecursionError")


@pytest.mark.parametrize(("limit", "tried"), [(1, [0, 1]), (2, [1, 1])])  # alone, and in a batch that could be halved
def test_a_task_whose_time_is_over_sets_no_post_aside(limit: int, tried: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """The claim counted the try; the posts are free again when the lease has run out."""
    factories.offices()
    posts = factories.stored([factories.raw_post() for _ in range(2)])

    def slow(*_args: Any, **_given: Any) -> None:
        raise SoftTimeLimitExceeded

    with monkeypatch.context() as patched:
        patched.setattr(assess, "assess", slow)
        with pytest.raises(SoftTimeLimitExceeded):
            assessing.read_due(now=factories.NOW, limit=limit)
    assert models.Post.objects.exclude(quarantined_at=None).count() == 0
    assert sorted(models.Post.objects.values_list("attempts", flat=True)) == tried
    models.Post.objects.exclude(lease_token=None).update(lease_until=factories.NOW)
    while assessing.read_due(now=factories.NOW, limit=10).read:
        pass
    assert models.Reading.objects.count() == len(posts)


def test_a_post_that_killed_its_worker_five_times_is_set_aside() -> None:
    (post,) = factories.stored([factories.raw_post()])
    models.Post.objects.update(attempts=5)
    assert assessing.read_due(now=factories.NOW, limit=10).quarantined == 1
    post.refresh_from_db()
    assert post.quarantine_reason == "given up after 5 tries"


def test_a_post_that_kills_its_worker_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        """The process is gone: nothing on the way may catch it."""

    posts = factories.stored([factories.raw_post() for _ in range(60)])
    poison = models.PostText.objects.get(version__post=posts[41]).text
    real = assess.assess
    asked: list[int] = []

    def dies(contents: Sequence[domain.Content], *args: Any, **given: Any) -> Any:
        asked.append(len(contents))
        if any(content.text == poison for content in contents):
            raise Killed
        return real(contents, *args, **given)

    monkeypatch.setattr(assess, "assess", dies)
    for _ in range(60):
        try:
            batch = assessing.read_due(now=factories.NOW, limit=50)
        except Killed:  # its lease is over long ago, by the database's clock
            models.Post.objects.exclude(lease_token=None).update(lease_until=factories.NOW)
        else:
            if not (batch.read or batch.quarantined):
                break
    held = models.Post.objects.exclude(quarantined_at=None).get()
    assert (held, held.quarantine_reason) == (posts[41], "given up after 5 tries")
    assert models.Reading.objects.count() == 59
    assert max(asked) == 50
    assert asked.count(1) <= 3 + 2  # at its last tries the poisonous post is alone, or with one other


def test_a_version_that_comes_while_we_read_keeps_the_post_due(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.offices()
    post = factories.raw_post("Versi pertama dari unggahan contoh ini, selamat pagi semua")
    factories.stored([post])
    real = assess.assess

    def meanwhile(*args: Any, **given: Any) -> Any:
        factories.stored([replace(post, text="Versi kedua", edited=True)])
        return real(*args, **given)

    monkeypatch.setattr(assess, "assess", meanwhile)
    assessing.read_due(now=factories.NOW, limit=10)
    monkeypatch.undo()
    assert pipeline.due().posts == 1
    read_all()
    assert set(models.Reading.objects.values_list("version__number", flat=True)) == {1, 2}


def test_what_a_person_brought_belongs_to_his_office_and_what_nobody_did_to_the_directorate() -> None:
    offices = factories.offices()
    (post,) = factories.stored([factories.illegal()])
    models.Seen.objects.all().delete()
    person = factories.person(code="bp3mi-kepri")
    intake = models.Intake.objects.create(kind="upload", person=person, office=person.office, at=factories.NOW)
    models.Seen.objects.create(post=post, intake=intake, at=factories.NOW)
    (nobodys,) = factories.stored([factories.illegal()])
    models.Seen.objects.filter(post=nobodys).delete()
    read_all()
    owners = dict(models.Flag.objects.values_list("post", "office"))
    assert owners == {post.pk: offices["bp3mi-kepri"].pk, nobodys.pk: offices["directorate"].pk}


def test_thirty_posts_take_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    factories.offices()
    factories.stored([factories.raw_post()])
    read_all()
    for count in (1, 30):
        factories.stored([factories.illegal() for _ in range(count)])
        with django_assert_num_queries(QUERIES_A_BATCH):
            assessing.read_due(now=factories.NOW, limit=100)


QUERIES_A_BATCH = 30


def test_indicators_are_one_row_whoever_brings_them() -> None:
    factories.offices()
    factories.stored([factories.illegal(31, external_id="1/1"), factories.illegal(31, external_id="1/2")])
    read_all()
    assert models.Indicator.objects.filter(kind="phone").count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM patrol_sighting s JOIN patrol_indicator i ON i.id = s.indicator_id WHERE i.kind = 'phone'")
        assert cursor.fetchone()[0] == 2


def test_a_batch_claims_no_more_than_its_limit_whatever_the_plan() -> None:
    factories.offices()
    factories.stored([factories.raw_post() for _ in range(5)])
    with connection.cursor() as cursor:
        for way in ("hashjoin", "mergejoin", "material", "hashagg", "sort", "memoize"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert assessing.read_due(now=factories.NOW, limit=2).read == 2


def agencies_of(*names: str) -> list[str]:
    """Values of the indicators that posts naming these companies make, beside a register that holds one."""
    factories.register([{"name": "PT Lintang Bahtera Contoh"}])
    text = "Lowongan Taiwan operator pabrik gaji 12 juta, resmi lewat {}. WA 0840 5550 0777."
    factories.stored([factories.raw_post(text.format(name)) for name in names])
    read_all()
    return list(models.Indicator.objects.filter(kind="agency").order_by("value").values_list("value", flat=True))


def test_a_company_of_the_register_has_one_indicator_however_it_is_written() -> None:
    names = ("PT LINTANG BAHTERA CONTOH", "Pt. Lintang Bahtera Contoh", "PT Lintang Bahtera Contoh")
    assert agencies_of(*names) == ["PT Lintang Bahtera Contoh"]


def test_one_the_register_does_not_hold_has_one_indicator_too_and_another_name_another() -> None:
    names = ("PT KELANA SURYA REKAAN", "PT Kelana Surya Rekaan", "PT Kelana Surya Rekaan Utama")
    assert agencies_of(*names) == ["PT KELANA SURYA REKAAN", "PT KELANA SURYA REKAAN UTAMA"]
