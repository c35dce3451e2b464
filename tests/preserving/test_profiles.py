"""Profiles of flagged accounts: due once in thirty days, kept as evidence, and what they give is found again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from patrol import domain, models, sources
from patrol.infra import jobs, pace
from patrol.infra.reached import SETTLED
from patrol.pipeline import assessing
from patrol.preserving import profiles
from patrol.watches import credentials
from tests import factories

pytestmark = pytest.mark.django_db
NOW = factories.NOW
BIO = "Info kerja luar negeri. WA 0840 5559 8888, grup https://chat.contoh.example/abc"


class Source:
    """Plays a platform's `profile`: the table of accounts, or what to raise."""

    def __init__(self, held: Any) -> None:
        self.held = held
        self.asked: list[Any] = []

    def __call__(self, account: Any, ask: Any, fetcher: Any) -> Any:
        self.asked.append(account)
        if isinstance(self.held, Exception):
            raise self.held
        if self.held is None:
            return None
        return domain.Profile(
            "telegram",
            account,
            "Rani Contoh",
            self.held,
            ("https://lain.example/x",),
            f"https://t.me/{account}",
            factories.answer(b"<html>profil</html>"),
        )


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Any:
    def play(held: Any = BIO) -> Any:
        source = Source(held)
        monkeypatch.setattr(sources.SOURCES["telegram"], "profile", source)
        return source

    return play


def run(now: Any = NOW) -> Any:
    return jobs.run({"profile": lambda job, *, now: profiles.keep(job, now=now, fetcher=cast("domain.Fetcher", object()))}, now=now)


def wake() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE patrol_job SET due_at = clock_timestamp() WHERE state = 'waiting'")


# --- due ------------------------------------------------------------------------------------------


def test_the_author_of_a_flag_is_asked_for_once_in_thirty_days(played: Any) -> None:
    source = played()
    factories.flags(2, author="saluran_contoh")
    assert [profiles.mark(now=NOW), profiles.mark(now=NOW)] == [1, 0]
    run()
    assert source.asked == ["saluran_contoh"]
    assert profiles.mark(now=NOW + timedelta(days=29)) == 0
    factories.flags(1, author="saluran_contoh", now=NOW + timedelta(days=30))
    assert profiles.mark(now=NOW + timedelta(days=30, seconds=1)) == 1


def test_only_ids_stand_in_the_job() -> None:
    flag = factories.flag(author="saluran_contoh")
    profiles.mark(now=NOW)
    job = models.Job.objects.get(kind="profile")
    account = models.Indicator.objects.get(kind="account", value="telegram:saluran_contoh")
    assert (job.key, job.target) == (str(account.pk), {"indicator": account.pk, "post": flag.post_id})


def test_nobody_else_is_asked_for() -> None:
    factories.stored([factories.raw_post(author="orang_biasa")])  # no flag
    factories.flags(1)  # no author
    flag = factories.flag(author="rendah")
    models.Flag.objects.filter(pk=flag.pk).update(level="low", level_rank=1, state="parked")
    factories.flags(1, author="lama", now=NOW - timedelta(days=31))
    assert profiles.mark(now=NOW) == 0


def test_a_sweep_asks_for_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "AT_ONCE", 2)
    for n in range(3):
        factories.flags(1, author=f"akun_{n}")
    assert [profiles.mark(now=NOW), profiles.mark(now=NOW)] == [2, 1]


def test_a_flag_is_looked_at_again_when_its_level_rises() -> None:
    """Once its event has settled, a sweep does not come back to a flag by itself."""
    flag = factories.flag(author="rendah")
    models.Flag.objects.filter(pk=flag.pk).update(level="low", level_rank=1, state="parked")
    settled = NOW + SETTLED
    assert (profiles.mark(now=NOW), profiles.mark(now=settled)) == (0, 0)
    models.Flag.objects.filter(pk=flag.pk).update(level="medium", level_rank=2, state="waiting")
    assert profiles.mark(now=settled) == 0
    event = models.FlagEvent.objects.create(flag=flag, kind="new_version", at=settled, before={}, after={})
    assert (profiles.mark(now=settled), models.Reached.objects.get(name="profiles").row) == (1, event.pk - 1)


# --- kept -----------------------------------------------------------------------------------------


def test_a_profile_is_kept_with_the_answer_that_shows_it(played: Any) -> None:
    played()
    factories.flags(1, author="saluran_contoh")
    profiles.mark(now=NOW)
    run()
    kept = profiles.newest("telegram", "saluran_contoh", "")
    assert kept is not None
    assert (kept.name, kept.text, kept.links) == ("Rani Contoh", BIO, ["https://lain.example/x"])
    assert kept.capture is not None
    assert kept.capture.job is not None
    assert (kept.capture.kind, kept.capture.job.kind, kept.capture.media_type) == ("answer", "profile", "text/html")
    assert models.Job.objects.get(kind="profile").state == "done"


def test_what_it_gives_is_found_from_the_post_and_is_no_contact_of_the_post(played: Any) -> None:
    played()
    flag = factories.flag(author="saluran_contoh")
    profiles.mark(now=NOW)
    run()
    found = models.Sighting.objects.filter(post=flag.post, role="profile").values_list("indicator__kind", "indicator__value")
    assert ("phone", "+6284055598888") in found
    assert any(kind == "link" and "lain.example" in value for kind, value in found)
    version = flag.post.versions.get()
    assert set(models.Sighting.objects.filter(role="profile").values_list("version_id", flat=True)) == {version.pk}
    assert not models.Sighting.objects.filter(role="contact", indicator__value="+6284055598888").exists()


def test_the_account_s_own_name_in_its_profile_is_not_sighted_again(played: Any) -> None:
    played("Kanal kami https://t.me/saluran_contoh")
    flag = factories.flag(author="saluran_contoh")
    profiles.mark(now=NOW)
    run()
    accounts = models.Sighting.objects.filter(post=flag.post, indicator__kind="account", indicator__value="telegram:saluran_contoh")
    assert set(accounts.values_list("role", flat=True)) == {"author"}


def test_a_platform_that_shows_nothing_is_asked_again_in_thirty_days(played: Any) -> None:
    played(None)
    factories.flags(1, author="saluran_contoh")
    profiles.mark(now=NOW)
    run()
    assert models.Profile.objects.count() == 0
    assert models.Job.objects.get(kind="profile").state == "done"
    assert profiles.mark(now=NOW + timedelta(days=1)) == 0


def test_our_own_pace_costs_no_try_and_a_refusal_costs_one(played: Any) -> None:
    factories.flags(1, author="saluran_contoh")
    profiles.mark(now=NOW)
    played(pace.Paced("t.me", 30))
    run()
    job = models.Job.objects.get(kind="profile")
    assert (job.state, job.attempts, job.problem) == ("waiting", 0, None)
    wake()
    played(domain.SourceError("unreachable", domain.Sentence("Nanti.", "Later.")))
    run()
    job.refresh_from_db()
    assert job.problem is not None
    assert (job.state, job.attempts, job.problem["code"]) == ("waiting", 1, "unreachable")


@pytest.fixture
def credential(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Telegram asks for none: its source is made to, so that a job of its platform holds one."""
    monkeypatch.setattr(sources.SOURCES["telegram"], "CREDENTIAL", sources.SOURCES["youtube"].CREDENTIAL)
    return models.Credential.objects.create(platform="telegram", name="Kunci", sealed=credentials.seal({"key": "rahasia"}), changed_at=NOW)


REFUSED = domain.SourceError("credentials_refused", domain.Sentence("Ditolak.", "Refused."), permanent=True)


def test_a_credential_a_job_finds_refused_stops_its_watches_and_the_job_waits_for_a_better_one(played: Any, credential: Any) -> None:
    watch, other = factories.watch(credential=credential, cursor={"a": 1}), factories.watch()
    factories.flags(1, author="saluran_contoh", of=other)
    profiles.mark(now=NOW)
    source = played(REFUSED)
    run()
    credential.refresh_from_db()
    watch.refresh_from_db()
    other.refresh_from_db()
    assert (credential.refused_at, credential.refusal["id"]) == (NOW, "Ditolak.")
    assert watch.last_problem is not None
    assert (watch.state, watch.cursor, watch.last_problem["code"]) == ("stopped", {"a": 1}, "credentials_refused")
    assert other.state == "active"
    job = models.Job.objects.get(kind="profile")
    assert (job.state, job.attempts, job.problem) == ("waiting", 0, None)
    wake()
    source = played()
    run()
    job.refresh_from_db()
    assert (source.asked, job.state, job.attempts) == ([], "waiting", 0)  # nobody is asked while there is none that works
    models.Credential.objects.update(refused_at=None, refusal=None)
    wake()
    run()
    job.refresh_from_db()
    assert (source.asked, job.state) == (["saluran_contoh"], "done")


def test_values_changed_meanwhile_are_tried_at_once(played: Any, credential: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.flags(1, author="saluran_contoh")
    profiles.mark(now=NOW)

    def changed(account: Any, ask: Any, fetcher: Any) -> None:
        models.Credential.objects.update(changed_at=NOW + timedelta(seconds=5))
        raise REFUSED

    monkeypatch.setattr(sources.SOURCES["telegram"], "profile", changed)
    run()
    credential.refresh_from_db()
    job = models.Job.objects.get(kind="profile")
    assert (credential.refused_at, job.state, job.attempts) == (None, "waiting", 0)


def test_a_worker_that_was_too_slow_keeps_nothing(played: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    played()
    factories.flags(1, author="saluran_contoh")
    profiles.mark(now=NOW)
    monkeypatch.setattr(jobs, "finish", _lost)
    run()
    assert models.Profile.objects.count() == 0
    assert not models.Sighting.objects.filter(role="profile").exists()


def _lost(job: Any, *, now: Any) -> None:
    raise jobs.JobLostError(job.id)


# --- shown ----------------------------------------------------------------------------------------


def profile(text: Any) -> Any:
    return models.Profile(platform="telegram", account="saluran_contoh", text=text)


def test_contacts_are_cut_from_the_text() -> None:
    shown = profiles.masked(profile(BIO))
    assert shown == "Info kerja luar negeri. WA 0840-••••88, grup chat.contoh.example/••••"


@given(st.text(max_size=300))
def test_any_text_is_masked_without_breaking(text: Any) -> None:
    assert isinstance(profiles.masked(profile(text)), str)


def test_nobody_s_profile() -> None:
    assert profiles.newest("telegram", "", "") is None


# --- whose it is ----------------------------------------------------------------------------------


def said_of_itself(account: Any, text: Any, **given: Any) -> Any:
    capture = models.Capture.objects.all()[0]
    return models.Profile.objects.create(
        platform="telegram", account=account, text=text, url="https://t.me/contoh", capture=capture, **{"seen_at": NOW, **given}
    )


def test_the_place_an_account_gives_as_its_own_stands_between_the_text_s_and_the_watch_s() -> None:
    first = factories.flag(author="lama")
    said_of_itself("tetap", "Sponsor resmi, Mataram NTB.", seen_at=NOW - timedelta(days=1))
    said_of_itself("pindah", "Mataram NTB", seen_at=NOW - timedelta(days=40))
    said_of_itself("pindah", "Sekarang di Banda Aceh.")
    said_of_itself("tanpa", "Proses cepat.")
    said_of_itself("lama", "Mataram NTB")

    def office(account: Any, text: Any = factories.ILLEGAL) -> Any:
        (post,) = factories.stored([factories.raw_post(text.format(phone="0840 5550 7777"), author=account)])
        assessing.read_due(now=NOW, limit=50)
        return post.flag.office.code

    assert [office(account) for account in ("tetap", "pindah", "tanpa", "", "baru")] == [
        "bp3mi-ntb",
        "bp3mi-aceh",
        "bp3mi-jabar",
        "bp3mi-jabar",
        "bp3mi-jabar",
    ]
    assert office("tetap", factories.ILLEGAL + " Rekrut di Surabaya.") == "bp3mi-jatim"
    first.refresh_from_db()
    assert first.office.code == "bp3mi-jabar"  # whose a flag is stays
