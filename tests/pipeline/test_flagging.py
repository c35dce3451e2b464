"""Whose flag it is, where its level puts it, and what a newer version, register or rule does to one that exists."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from patrol import domain, models, triage
from patrol.cases import erasures
from patrol.domain.states import FlagState
from patrol.engine import assess, reading
from patrol.evidence import custody
from patrol.intake import identities, uploads
from patrol.models import Role
from patrol.pipeline import assessing, claiming, flagging, storing
from patrol.register import recheck
from tests import factories
from tests.admin.conftest import door  # noqa: F401 -- fixtures
from tests.factories import NOW
from tests.pipeline import test_picturing

pytestmark = pytest.mark.django_db

LINK = "https://t.me/saluran_contoh/4711"
HARMLESS = "Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman."


def read_all(now: Any = NOW) -> None:
    while (batch := assessing.read_due(now=now, limit=500)).read:
        assert batch.quarantined == 0


def raised(**given: Any) -> models.Flag:
    """A high flag of bp3mi-jabar that came by a watch."""
    factories.offices()
    factories.stored([factories.illegal(4711, external_id="1000000001/4711", url=LINK, **given)])
    read_all()
    flag = models.Flag.objects.get()
    assert (flag.level, flag.state, flag.office.code) == ("high", "waiting", "bp3mi-jabar")
    return flag


def edited(text: str, **given: Any) -> None:
    """What the watch finds at the next look: the author changed the post."""
    factories.stored([replace(factories.illegal(4711), external_id="1000000001/4711", url=LINK, text=text, **given)])
    read_all()


def sent(text: str, by: models.Person) -> models.Intake:
    """Staff brings the same address with another text."""
    typed = uploads.Typed(text=text, link=LINK, platform="telegram", author="", posted_at=None, origin="", note="")
    intake = uploads.take(typed=typed, files=[], key=uuid.uuid4(), by=by, now=NOW)
    read_all()
    return intake


def by_address() -> str:
    """The name the address gives; a channel's number would stand in the fetched one."""
    found = identities.by_address(LINK, "telegram")
    assert found is not None
    return found[1]


def shared() -> models.Flag:
    """A flag whose post goes by the name its address gives."""
    factories.offices()
    factories.stored([factories.illegal(4711, external_id=by_address(), url=LINK)])
    read_all()
    return models.Flag.objects.get()


# --- what may lower a level ------------------------------------------------------------------------


def test_what_another_office_brings_lowers_parks_and_ends_nothing(door: Any) -> None:  # noqa: F811
    flag = shared()
    officer, stranger = (factories.person(code="bp3mi-jabar"), factories.person(code="bp3mi-sulsel", name="Rekan Sulawesi"))
    triage.take(flag.pk, by=officer, now=NOW)
    before = models.Flag.objects.values().get()
    intake = sent(HARMLESS, stranger)
    assert (intake.posts_new, intake.posts_changed) == (0, 1)
    assert models.Flag.objects.values().get() == before
    assert triage.holds(models.Flag.objects.get(), officer)
    event = flag.events.exclude(kind="raised").get()
    assert (event.kind, event.by, event.before, event.after) == ("newer_beside", stranger, {}, {"version": 2, "read_as": "none"})
    html = door(officer).get(reverse("admin:patrol_flag_change", args=[flag.pk])).content.decode()
    assert HARMLESS in html
    assert "Rekan Sulawesi" in html
    assert "Berangkat minggu ini" in html
    decided = triage.decide(
        flag_id=flag.pk,
        outcome="confirmed",
        reason="several",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=before["version"],
        by=officer,
        now=NOW,
    )
    assert decided.flag.state == "confirmed"


def test_an_author_who_edits_lowers_nothing_and_nobody_is_named() -> None:
    flag = raised()
    edited(HARMLESS)
    after = models.Flag.objects.get()
    assert (after.level, after.state, after.current_check, after.version) == ("high", "waiting", flag.current_check, 1)
    event = flag.events.exclude(kind="raised").get()
    assert (event.kind, event.by, event.after) == ("newer_beside", None, {"version": 2, "read_as": "none"})


def test_the_office_that_owns_a_flag_lowers_it_by_what_it_brings() -> None:
    flag = shared()
    owner = factories.person(code="bp3mi-jabar")
    sent(HARMLESS, owner)
    after = models.Flag.objects.get()
    assert (after.level, after.state) == ("none", "parked")
    event = flag.events.exclude(kind="raised").get()
    assert (event.kind, event.by, event.before["state"], event.after["state"]) == ("new_version", owner, "waiting", "parked")


def test_what_anybody_brings_raises_a_level() -> None:
    factories.offices()
    home = factories.watch("bp3mi-jabar")
    mild = "Lowongan cleaning service ke Malaysia, gaji RM 1.700, hubungi 0840 5550 4711, visa kunjungan"
    factories.stored([factories.raw_post(mild, external_id=by_address(), url=LINK)], of=home)
    read_all()
    before = models.Flag.objects.get()
    assert (before.level, before.state) == ("medium", "waiting")
    stranger = factories.person(code="bp3mi-sulsel")
    sent(factories.ILLEGAL.format(phone="0840 5550 4711"), stranger)
    flag = models.Flag.objects.get()
    assert (flag.level, flag.state, flag.current_check.reading.version.number) == ("high", "waiting", 2)
    event = flag.events.exclude(kind="raised").get()
    assert (event.kind, event.by) == ("new_version", stranger)


def test_the_same_level_again_is_followed() -> None:
    flag = raised()
    edited(factories.ILLEGAL.format(phone="0840 5550 4799"))
    after = models.Flag.objects.get()
    assert (after.level, after.state, after.current_check.reading.version.number) == ("high", "waiting", 2)
    assert flag.events.exclude(kind="raised").get().kind == "new_version"


def test_a_newer_text_that_lowers_nothing_is_told_once() -> None:
    flag = raised()
    edited(HARMLESS)
    factories.register()
    assert recheck.mark(now=NOW) == 1
    read_all()
    assert [event.kind for event in flag.events.all()] == ["raised", "newer_beside"]
    edited("Selamat siang semuanya, sampai jumpa besok di pasar seperti biasa ya, jangan lupa bawa payung.")
    assert [event.after.get("version") for event in flag.events.all()] == [None, 2, 3]
    assert models.Flag.objects.get().level == "high"


def test_a_picture_an_author_adds_later_lowers_and_parks_nothing() -> None:
    """Its text is read first and lowers nothing, so that the flag stands on the new version when its picture is read."""
    factories.offices()
    factories.register(
        [{"name": "PT Laut Biru Mandiri", "sip3mi_number": "12 Tahun 2020"}],
        [{"agency": "PT Laut Biru Mandiri", "number": "112/PPTKLN/2026", "country": "TW"}],
    )
    text = "Dibutuhkan operator pabrik Taiwan, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5551 0009. Berangkat minggu ini."
    first = replace(factories.illegal(4711), external_id="1000000001/4711", url=LINK, text=text)
    factories.stored([first])
    read_all()
    assert models.Flag.objects.values_list("level", "state").get() == ("medium", "waiting")
    factories.stored([replace(first, text=f"{text} Ayo", media=(domain.MediaReference("photo", "u"),))])
    read_all()
    before = models.Flag.objects.values().get()
    drawn = test_picturing.flyer(("PT LAUT BIRU MANDIRI", "SIP2MI 112/PPTKLN/2026", "Negara tujuan Taiwan pabrik"))
    test_picturing.run(test_picturing.Platform({"u": drawn}))
    assert assessing.read_pictured(now=NOW).levels == {"none": 1}
    assert models.Flag.objects.values().get() == before
    event = models.FlagEvent.objects.latest("pk")
    assert (event.kind, event.by, event.before, event.after) == ("newer_beside", None, {}, {"version": 2, "read_as": "none"})


@pytest.mark.parametrize(("office", "told"), [("bp3mi-sulsel", False), ("bp3mi-jabar", True)])
def test_another_office_tells_of_a_flag_s_post_neither_its_day_nor_its_author(office: str, told: bool) -> None:
    """The licence held until October. Its own office may tell what the post is judged by at the next check."""
    factories.offices()
    rows = [{"agency": "PT Laut Biru Mandiri", "number": "112/PPTKLN/2026", "country": "TW", "valid_to": "2026-10-31"}]
    factories.register([{"name": "PT Laut Biru Mandiri", "sip3mi_number": "12 Tahun 2020"}], rows)
    text = "PT Laut Biru Mandiri, SIP2MI 112/PPTKLN/2026: operator pabrik Taiwan, gaji 15 juta, WA 0840 5551 0009, Bandung, Jawa Barat."
    factories.stored([factories.raw_post(text, external_id=by_address(), url=LINK, posted_at=None, posted_at_source="")])
    read_all()
    assert models.Flag.objects.values_list("level", "state", "office__code").get() == ("medium", "waiting", "bp3mi-jabar")
    person = factories.person(code=office)
    intake = models.Intake.objects.create(kind="capture", person=person, office=person.office, at=NOW)
    capture = custody.capture_file(b"{}", "application/json", platform="telegram", kind="upload", person=person, intake=intake, now=NOW)
    day = NOW - timedelta(days=60)
    again = factories.raw_post(text, external_id=by_address(), url=LINK, posted_at=day, posted_at_source="24 September", author_id="77")
    storing.store([again], capture_id=capture.pk, intake_id=intake.pk, now=NOW)
    gained = models.Post.objects.values_list("posted_at", "posted_at_source", "author_id").get()
    assert gained == ((day, "24 September", "77") if told else (None, "", ""))
    factories.register([{"name": "PT Laut Biru Mandiri", "sip3mi_number": "12 Tahun 2020"}], rows)
    assert recheck.mark(now=NOW) == 1
    read_all()
    assert models.Flag.objects.values_list("level", "state").get() == (("none", "parked") if told else ("medium", "waiting"))


def test_a_flag_somebody_asked_about_stays_so_under_a_harmless_edit() -> None:
    flag = raised()
    triage.decide(
        flag_id=flag.pk,
        outcome="needs_information",
        reason="agency",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=1,
        by=factories.person(),
        now=NOW,
    )
    edited(HARMLESS)
    after = models.Flag.objects.get()
    assert (after.level, after.state) == ("high", FlagState.NEEDS_INFORMATION)


# --- what was erased -------------------------------------------------------------------------------


def test_what_was_erased_is_never_judged_anew_and_its_last_verdict_is_called_so(door: Any) -> None:  # noqa: F811
    confirmed, waiting = (raised(), _another())
    officer = factories.person()
    triage.decide(
        flag_id=confirmed.pk, outcome="confirmed", reason="several", note="", decision_key=uuid.uuid4(), seen_version=1, by=officer, now=NOW
    )
    for flag in (confirmed, waiting):
        asked = erasures.ask(post_id=flag.post_id, reason="subject", ground="Surat 12/PDP/2026.", by=_supervisor(), now=NOW)
        erasures.approve(request_id=asked.pk, seen_versions=1, by=_supervisor(), now=NOW)
    before = list(models.Flag.objects.order_by("pk").values("pk", "level", "state", "current_check", "version"))
    assert [row["state"] for row in before] == ["confirmed", "waiting"]
    checks, readings = models.LicenceCheck.objects.count(), models.Reading.objects.count()
    factories.register()
    assert recheck.mark(now=NOW) == 0
    models.Post.objects.update(due_at=NOW)  # whatever made it due
    assert assessing.read_due(now=NOW, limit=10) == claiming.Batch()
    assert not models.Post.objects.filter(due_at__isnull=False).exists()
    assert not models.Post.objects.filter(lease_token__isnull=False).exists()
    assert list(models.Flag.objects.order_by("pk").values("pk", "level", "state", "current_check", "version")) == before
    assert (models.LicenceCheck.objects.count(), models.Reading.objects.count()) == (checks, readings)
    html = door(officer).get(reverse("admin:patrol_flag_change", args=[waiting.pk])).content.decode()
    assert "hasil cek terakhir, teks dihapus" in html


def _another() -> models.Flag:
    (flag,) = factories.flags(1)
    return flag


def _supervisor() -> models.Person:
    return factories.person(Role.SUPERVISOR, "directorate")


def test_an_edit_after_the_erasure_is_a_text_of_its_own() -> None:
    flag = raised()
    asked = erasures.ask(post_id=flag.post_id, reason="subject", ground="Surat 12/PDP/2026.", by=_supervisor(), now=NOW)
    erasures.approve(request_id=asked.pk, seen_versions=1, by=_supervisor(), now=NOW)
    edited(factories.ILLEGAL.format(phone="0840 5550 4799"))
    assert models.Flag.objects.get().current_check.reading.version.number == 2


# --- where a level puts a flag ---------------------------------------------------------------------


@pytest.mark.parametrize(("level", "state"), [("high", "waiting"), ("medium", "waiting"), ("low", "parked"), ("none", "parked")])
def test_medium_and_high_wait_and_low_ones_are_parked(level: str, state: str) -> None:
    assert models.state_for(domain.Level(level)) == state


# --- whose flag it is ------------------------------------------------------------------------------


def office_of(post: domain.RawPost) -> str:
    return models.Flag.objects.get(post__external_id=post.external_id).office.code


def test_the_place_of_recruitment_comes_first_then_the_account_s_then_the_way_then_the_directorate() -> None:
    offices = factories.offices()
    watch = factories.watch("bp3mi-sulsel")
    in_text, by_account, by_watch = (factories.illegal(author=author) for author in ("akun_ntb", "akun_ntb", "akun_tanpa_tempat"))
    in_text = replace(in_text, text=f"{in_text.text} Khusus warga Bandung, Jawa Barat.")
    (post,) = factories.stored([in_text], of=watch)
    run = factories.fetch(watch)
    answer = factories.answer()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=run)
    for text, seen_at in (("Agen Makassar, Sulawesi Selatan", NOW - timedelta(days=9)), ("Agen Mataram, NTB", NOW - timedelta(days=2))):
        models.Profile.objects.create(
            platform="telegram", account="akun_ntb", text=text, url="https://t.me/akun_ntb", capture=capture, seen_at=seen_at
        )
    factories.stored([by_account, by_watch], of=watch)
    read_all()
    assert [office_of(one) for one in (in_text, by_account, by_watch)] == ["bp3mi-jabar", "bp3mi-ntb", "bp3mi-sulsel"]
    assert post.external_id == in_text.external_id
    routing = flagging.routing()
    said = reading.read(domain.Content(text="Lowongan ke Taiwan"))
    assert routing.office_of(said, None, None) == offices["directorate"].pk


def test_the_account_s_place_counts_for_a_post_that_comes_alone() -> None:
    factories.offices()
    watch = factories.watch("bp3mi-sulsel")
    answer = factories.answer()
    capture = custody.capture(answer, sha256=custody.keep(answer), platform="telegram", fetch=factories.fetch(watch))
    models.Profile.objects.create(
        platform="telegram", account="akun_ntb", text="Agen Mataram, NTB", url="https://t.me/akun_ntb", capture=capture, seen_at=NOW
    )
    post = factories.illegal(author="akun_ntb")
    factories.stored([post], of=watch)
    read_all()
    assert office_of(post) == "bp3mi-ntb"


def test_the_first_place_that_has_an_office_counts_and_the_first_way() -> None:
    factories.offices()
    post = factories.illegal()
    post = replace(post, text=f"{post.text} Khusus warga Mataram, NTB dan Bandung, Jawa Barat.")
    other = factories.illegal()
    factories.stored([post, other], of=factories.watch("bp3mi-sulsel"))
    factories.stored([post, other], of=factories.watch("bp3mi-jabar"))
    read_all()
    assert (office_of(post), office_of(other)) == ("bp3mi-ntb", "bp3mi-sulsel")


def test_an_office_that_was_closed_gets_no_flag() -> None:
    factories.offices()
    models.Office.objects.filter(code="bp3mi-ntb").update(active=False)
    post = factories.illegal()
    post = replace(post, text=f"{post.text} Khusus warga Mataram, NTB.")
    factories.stored([post], of=factories.watch("bp3mi-jabar"))
    read_all()
    assert office_of(post) == "bp3mi-jabar"


# --- coming back -----------------------------------------------------------------------------------


def dismissed(post: domain.RawPost, **given: Any) -> models.Flag:
    factories.offices()
    factories.stored([post], **given)
    read_all()
    flag = models.Flag.objects.get()
    triage.decide(
        flag_id=flag.pk,
        outcome="dismissed",
        reason="not_overseas",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=factories.person(code=flag.office.code),
        now=NOW,
    )
    return models.Flag.objects.get()


def test_a_dismissed_flag_comes_back_by_who_sent_the_new_contact_and_he_is_named() -> None:
    post = factories.illegal(4711, external_id=by_address(), url=LINK)
    flag = dismissed(post)
    stranger = factories.person(code="bp3mi-sulsel")
    sent(post.text + " Atau 0840 5550 4799", stranger)
    after = models.Flag.objects.get()
    assert (after.state, after.decided_at, after.version) == ("waiting", None, flag.version + 1)
    event = after.events.get(kind="returned")
    assert (event.by, event.before["state"], event.after["state"]) == (stranger, "dismissed", "waiting")


def test_a_new_contact_on_a_harmless_text_brings_nothing_back() -> None:
    post = factories.illegal(4711)
    dismissed(post)
    factories.stored([replace(post, text="Selamat pagi semuanya, nomor arisan yang baru 0840 5550 4799 ya.")])
    read_all()
    after = models.Flag.objects.get()
    assert (after.state, after.level) == ("dismissed", "none")


def test_a_trusted_contact_is_no_new_one() -> None:
    post = factories.illegal(4711)
    dismissed(post)
    good = models.Indicator.objects.create(kind="phone", value="+6284055504799", first_seen=NOW, last_seen=NOW)
    models.Trusted.objects.create(
        indicator=good,
        known_as="hotline",
        reason="resmi",
        expires_on=NOW.date() + timedelta(days=90),
        proposed_by=factories.person(),
        proposed_at=NOW,
        approved_by=factories.person(),
        approved_at=NOW,
    )
    factories.stored([replace(post, text=post.text + " Atau 0840 5550 4799")])
    read_all()
    assert models.Flag.objects.get().state == "dismissed"


def test_a_confirmed_flag_stays_confirmed_whatever_comes() -> None:
    post = factories.illegal(4711)
    factories.offices()
    factories.stored([post])
    read_all()
    triage.decide(
        flag_id=models.Flag.objects.get().pk,
        outcome="confirmed",
        reason="several",
        note="",
        decision_key=uuid.uuid4(),
        seen_version=1,
        by=factories.person(),
        now=NOW,
    )
    decided = models.Flag.objects.get().decided_at
    for text in (HARMLESS, post.text + " Atau 0840 5550 4799"):
        factories.stored([replace(post, text=text)])
        read_all()
        after = models.Flag.objects.get()
        assert (after.state, after.decided_at) == ("confirmed", decided)


def test_what_follows_moves_only_its_own_flag() -> None:
    factories.offices()
    posts = [factories.illegal() for _ in range(3)]
    factories.stored(posts)
    read_all()
    before = {flag.post_id: (flag.version, flag.current_check_id) for flag in models.Flag.objects.all()}
    changed = replace(posts[1], text=posts[1].text + " Cepat ya!")
    factories.stored([posts[0], changed])
    read_all()
    after = {flag.post_id: (flag.version, flag.current_check_id) for flag in models.Flag.objects.all()}
    moved = models.Post.objects.get(external_id=changed.external_id).pk
    assert {post for post in after if after[post] != before[post]} == {moved}
    assert after[moved][0] == before[moved][0] + 1
    assert models.FlagEvent.objects.exclude(kind="raised").get().flag.post_id == moved


# --- the line of the queue -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "tail", "line"),
    [
        ([], "Biaya di muka", "Biaya di muka"),
        (["perawat", "Taiwan"], "Biaya di muka", "perawat Taiwan, biaya di muka"),
        (["perawat"], "SIP tidak disebut", "perawat, SIP tidak disebut"),
        (["x" * 105], "Biaya di muka", "x" * 105 + ", biaya di muka"),
        (["x" * 106], "Biaya di muka", "x" * 106 + ", biaya di mu…"),
    ],
)
def test_a_line_of_at_most_120_characters(head: list[str], tail: str, line: str) -> None:
    assert flagging._line(head, tail) == line
    assert len(line) <= 120


MANY = "Lowongan cleaning service ke Malaysia, Singapura dan Brunei, gaji RM 1.700, hubungi 0840 5550 4711, visa kunjungan, perawat lansia"
BAIT = "Bantuan sosial untuk TKI, klik link dan isi data KTP, transfer dulu biaya admin 500 ribu, WA 0840 5550 4711"


def assessed(text: str) -> domain.Assessment:
    (one,) = assess.assess([domain.Content(text=text, platform="telegram")], [NOW], None, now=NOW)
    return one


@pytest.mark.parametrize(
    ("text", "line", "bare"),
    [
        (
            MANY,
            ("Petugas kebersihan Malaysia/Singapura, visa kunjungan atau ziarah", "Cleaner Malaysia/Singapore, visit or pilgrimage visa"),
            ("Petugas kebersihan Malaysia/Singapura, unggahan", "Cleaner Malaysia/Singapore, post"),
        ),
        (BAIT, ("Iming-iming bantuan atau hadiah", "Aid or prize as bait"), ("Unggahan", "Post")),
    ],
    ids=["an offer", "a lure"],
)
def test_the_line_names_work_place_and_the_strongest_reason(text: str, line: tuple[str, str], bare: tuple[str, str]) -> None:
    one = assessed(text)
    gist = flagging.gist(one)
    assert (gist.id, gist.en) == line
    weak = replace(one, findings=(replace(one.findings[0], points=0.0),))
    for without in (replace(one, findings=()), weak):
        gist = flagging.gist(without)
        assert (gist.id, gist.en) == bare


def test_where_the_licence_is_the_strongest_reason_the_line_says_what_was_found() -> None:
    one = assessed(MANY)
    check = replace(one.check, verdict=domain.Verdict.LICENCE_NOT_FOUND)
    found = replace(one.findings[0], rule="licence_verdict")
    gist = flagging.gist(replace(one, check=check, findings=(found,)))
    assert gist.id == "Petugas kebersihan Malaysia/Singapura, nomor SIP tidak ditemukan"


# --- indicators ------------------------------------------------------------------------------------


def dates(value: str = "+6284055504711") -> tuple[Any, Any]:
    one = models.Indicator.objects.get(kind="phone", value=value)
    return one.first_seen, one.last_seen


def test_an_indicator_is_first_and_last_seen_by_the_times_of_its_posts() -> None:
    factories.offices()
    phone = "0840 5550 4711"
    days = {name: NOW - timedelta(days=n) for name, n in (("middle", 5), ("late", 1), ("early", 9))}
    spans = []
    for at in days.values():
        post = factories.illegal(posted_at=at)
        factories.stored([replace(post, text=f"{post.text} WA {phone}")])
        read_all()
        spans.append(dates())
    assert spans == [(days["middle"], days["middle"]), (days["middle"], days["late"]), (days["early"], days["late"])]


def test_an_indicator_is_never_last_seen_later_than_its_post_was_received() -> None:
    factories.offices()
    for at, received in ((NOW + timedelta(hours=20), NOW), (None, NOW + timedelta(hours=1))):
        post = factories.illegal(posted_at=at)
        factories.stored([replace(post, text=f"{post.text} WA 0840 5550 4711")], now=received)
        read_all(received)
        assert dates() == (NOW, received)


# --- what a decision must have seen ----------------------------------------------------------------

REMBULAN = {"name": "PT Rembulan Karya Contoh", "standings": [("revoked", "2026-01-05", None, "SK 1/2026")]}


def of_rembulan(*agencies: dict[str, Any], weeks: int = 1) -> tuple[models.Flag, models.Flag]:
    """A flag whose post names the revoked agency, before and after another edition."""
    factories.offices()
    factories.register([REMBULAN], register_date=NOW.date() - timedelta(weeks=weeks))
    factories.stored([factories.raw_post(factories.ILLEGAL.format(phone="0840 5550 4711") + " Resmi lewat PT Rembulan Karya Contoh.")])
    read_all()
    before = models.Flag.objects.get()
    assert (before.current_check.verdict, before.version) == ("agency_revoked", 1)
    factories.register(agencies, register_date=NOW.date())
    recheck.mark(now=NOW)
    read_all()
    after = models.Flag.objects.get()
    assert after.current_check.edition != before.current_check.edition
    assert [event.kind for event in after.events.order_by("pk")] == ["raised", "new_register"]
    return before, after


@pytest.mark.parametrize("weeks", [0, 1, 26], ids=["of the same day", "a newer one", "after an old one"])
def test_an_edition_that_says_the_same_of_a_post_leaves_its_flag_s_version(weeks: int) -> None:
    """Who saw it before decides by the same."""
    before, after = of_rembulan(REMBULAN, {"name": "PT Seroja Abadi Contoh"}, weeks=weeks)
    assert any("Register lama" in note["id"] for note in before.current_check.notes) is (weeks == 26)
    assert (after.version, after.level, after.state, after.score) == (1, before.level, before.state, before.score)
    officer = factories.person(code=after.office.code)
    done = triage.decide(
        flag_id=after.pk, outcome="confirmed", reason="fraud", note="", decision_key=uuid.uuid4(), seen_version=1, by=officer, now=NOW
    )
    assert (done.flag.version, done.decisions[0].check_then) == (2, after.current_check)


@pytest.mark.parametrize(
    "agency",
    [
        REMBULAN | {"standings": [("active", "2020-01-01", None, "")]},
        REMBULAN | {"standings": [("revoked", "2026-01-06", None, "SK 1/2026")]},
        REMBULAN | {"standings": [("revoked", "2026-01-05", None, "SK 2/2026")]},
        REMBULAN | {"phones": ["+6284055504711"]},
        REMBULAN | {"phones": ["+6284055504712"]},
    ],
    ids=["verdict", "since when", "decree", "contact is its own", "contact is almost its own"],
)
def test_an_edition_that_says_something_else_raises_the_version(agency: dict[str, Any]) -> None:
    _before, after = of_rembulan(agency)
    assert after.version == 2


def test_rules_that_say_the_same_leave_the_version_and_another_reader_raises_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another reader reads is not held against what the old one read."""
    flag = raised()
    monkeypatch.setattr("patrol.pipeline.keeping.rules.version", lambda _points: "0123456789abcdef")
    recheck.mark(now=NOW)
    read_all()
    alike = models.Flag.objects.get()
    assert (alike.version, alike.current_check == flag.current_check) == (1, False)
    monkeypatch.setattr(reading, "READER_VERSION", reading.READER_VERSION + 1)
    recheck.mark(now=NOW)
    read_all()
    assert models.Flag.objects.get().version == 2
