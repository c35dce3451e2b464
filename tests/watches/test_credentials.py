"""Credentials of platforms: sealed, renewed, refused by the platform, and never seen again anywhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from patrol import domain, models, pipeline, sources, watches
from patrol.domain import LAW_ZONE, CredentialField, QueryKind, QueryShape, Sentence
from patrol.infra.refusals import RefusedError
from patrol.pipeline import fetching
from patrol.watches import credentials
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
CANARY = "kenari-rahasia-7Q2w9"
VALUES = {"key": CANARY, "handle": "kantor.contoh"}
BOTH = Sentence("Contoh", "Example")


class Platform:
    """Stands for a platform of the world that wants to see a key; not ours, so it is a fake."""

    PLATFORM = "youtube"
    TITLE = TERMS = HEALTHY = LIMITS = ROBOTS = PROVEN = BOTH
    OBEYS_ROBOTS = False
    HEALTHY_RANGE = (0, 10)
    QUERIES = (QueryShape(QueryKind.SEARCH, BOTH, BOTH, takes_words=True),)
    CREDENTIAL = (
        CredentialField("key", BOTH),
        CredentialField("handle", BOTH, secret=False),
        CredentialField("extra", BOTH, required=False),
    )

    def __init__(self) -> None:
        self.asked: list[domain.Ask] = []
        self.answers: Callable[[domain.Ask], Iterator[domain.Page]] = lambda ask: iter(())

    def check_query(self, query: str, kind: str = "") -> None:
        return None

    def identity(self, url: str) -> str:
        return ""

    def asked_for(self, query: str, kind: str = "") -> str:
        return query

    def fetch(self, ask: domain.Ask, fetcher: domain.Fetcher) -> Iterator[domain.Page]:
        self.asked.append(ask)
        return self.answers(ask)


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Platform:
    one = Platform()
    monkeypatch.setattr(sources, "SOURCES", {**sources.SOURCES, "youtube": one})
    return one


@pytest.fixture
def admin() -> models.Person:
    return factories.person("administrator")


@pytest.fixture
def credential(platform: Platform, admin: models.Person) -> models.Credential:
    return credentials.add(platform="youtube", name="Kunci YouTube", values=VALUES, last_day=None, by=admin, now=NOW)


def watch(credential: models.Credential, **given: Any) -> models.Watch:
    return factories.watch(platform="youtube", kind="search", query="loker", credential=credential, **given)


def patrolled(one: models.Watch) -> fetching.Round:
    done = fetching.patrol_watch(one.pk, now=NOW)
    assert done is not None
    return done


def refused(act: Callable[..., Any], **given: Any) -> str:
    with pytest.raises(RefusedError) as error:
        act(**given)
    assert CANARY not in str(error.value)
    assert CANARY not in error.value.said("en")
    return error.value.place


def refusing(ask: domain.Ask) -> Iterator[domain.Page]:
    raise domain.SourceError("credentials_refused", Sentence("Ditolak.", "Refused."), permanent=True)
    yield


def test_what_is_kept_opens_again_and_cannot_be_read_in_the_table(credential: models.Credential) -> None:
    assert CANARY not in credential.sealed
    assert dict(credentials.unseal(credential.sealed)) == VALUES
    mark = credentials.fingerprint(credential.sealed)
    assert len(mark) == 4
    entry = models.AuditEntry.objects.get(verb="credential.added")
    assert entry.after == {"platform": "youtube", "mark": mark, "last_day": None}


def test_the_first_key_seals_all_open_and_a_rotation_moves_what_is_kept(credential: models.Credential, settings: Any) -> None:
    old, new = settings.CREDENTIAL_KEYS[0], Fernet.generate_key().decode()
    settings.CREDENTIAL_KEYS = [new, old]
    assert dict(credentials.unseal(credential.sealed)) == VALUES
    assert credentials.reseal(now=NOW) == 1
    credential.refresh_from_db()
    settings.CREDENTIAL_KEYS = [new]
    assert dict(credentials.unseal(credential.sealed)) == VALUES
    settings.CREDENTIAL_KEYS = [old]
    for keys in ([old], []):
        settings.CREDENTIAL_KEYS = keys
        with pytest.raises(credentials.UnreadableError):
            credentials.unseal(credential.sealed)
        assert credentials.fingerprint(credential.sealed) == ""


def test_without_a_key_nothing_is_sealed(platform: Platform, admin: models.Person, settings: Any) -> None:
    settings.CREDENTIAL_KEYS = []
    add = {"platform": "youtube", "name": "Kunci", "values": VALUES, "last_day": None, "by": admin, "now": NOW}
    assert refused(credentials.add, **add) == "platform"
    assert models.Credential.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"platform": "telegram"}, "platform"),
        ({"platform": "surat"}, "platform"),
        ({"values": {"key": CANARY}}, "value_handle"),
        ({"values": VALUES | {"key": "  "}}, "value_key"),
        ({"values": VALUES | {"key": f"{CANARY}\nX-Header: 1"}}, "value_key"),
        ({"values": VALUES | {"key": CANARY * 1000}}, "value_key"),
        ({"last_day": NOW.astimezone(LAW_ZONE).date() - timedelta(days=1)}, "last_day"),
    ],
)
def test_what_is_no_credential_is_refused_beside_its_field(
    platform: Platform, admin: models.Person, given: dict[str, Any], field: str
) -> None:
    asked = {"platform": "youtube", "name": "Kunci", "values": VALUES, "last_day": None, "by": admin, "now": NOW}
    assert refused(credentials.add, **(asked | given)) == field
    assert models.Credential.objects.count() == 0


def test_the_last_day_is_not_over(credential: models.Credential, admin: models.Person) -> None:
    late = datetime(2026, 11, 30, 17, tzinfo=UTC)  # the first of December has begun in Jakarta
    asked: dict[str, Any] = {"credential_id": credential.pk, "values": VALUES | {"key": "baru"}, "by": admin, "now": late}
    assert refused(credentials.renew, **asked, last_day=date(2026, 11, 30)) == "last_day"
    credential.refresh_from_db()
    assert dict(credentials.unseal(credential.sealed)) == VALUES
    credentials.renew(**asked, last_day=date(2026, 12, 1))
    credential.refresh_from_db()
    assert credentials.last_day(credential) == date(2026, 12, 1)


def test_a_name_is_taken_once(credential: models.Credential, admin: models.Person) -> None:
    asked: dict[str, Any] = {"platform": "youtube", "values": VALUES, "last_day": None, "by": admin, "now": NOW}
    assert refused(credentials.add, name="Kunci YouTube", **asked) == "name"
    other = credentials.add(name="Kunci kedua", **asked)
    assert refused(credentials.rename, credential_id=other.pk, name="Kunci YouTube", by=admin, now=NOW) == "name"
    credentials.rename(credential_id=other.pk, name="Kunci ketiga", by=admin, now=NOW)
    other.refresh_from_db()
    assert (other.name, other.sealed != "") == ("Kunci ketiga", True)


@pytest.mark.parametrize(("role", "code"), [("analyst", "directorate"), ("officer", "bp3mi-jabar"), ("registrar", "directorate")])
def test_only_administrators_change_credentials(credential: models.Credential, role: str, code: str) -> None:
    person, at = factories.person(role, code), {"now": NOW}
    for act in (
        lambda: credentials.add(platform="youtube", name="Lain", values=VALUES, last_day=None, by=person, **at),
        lambda: credentials.renew(credential_id=credential.pk, values=VALUES, last_day=None, by=person, **at),
        lambda: credentials.rename(credential_id=credential.pk, name="Lain", by=person, **at),
        lambda: credentials.retire(credential_id=credential.pk, by=person, **at),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert models.AuditEntry.objects.count() == 1


# --- a run ----------------------------------------------------------------------------------------


def test_a_run_is_handed_the_values_and_the_client_their_secret_part(
    credential: models.Credential, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr(fetching, "client", lambda secrets=(), **_asked: told.append(tuple(secrets)))
    fetching.patrol_watch(watch(credential).pk, now=NOW)
    (ask,) = platform.asked
    assert dict(ask.credential) == VALUES
    assert told == [(CANARY,)]  # the handle is no secret
    assert CANARY not in repr(ask)


def test_a_refusal_stops_every_watch_of_the_credential_and_keeps_their_cursors(
    credential: models.Credential, platform: Platform, admin: models.Person
) -> None:
    first, second = watch(credential, cursor={"a": 1}), factories.watch(credential=credential, cursor={"b": 2})
    paused, other = factories.watch(credential=credential, state="paused"), factories.watch()
    platform.answers = refusing
    assert patrolled(first).failed
    for one, cursor in ((first, {"a": 1}), (second, {"b": 2})):
        one.refresh_from_db()
        assert (one.state, one.due_at, one.cursor, one.lease_token) == ("stopped", None, cursor, None)
        assert one.last_problem is not None
        assert (one.last_problem["id"], one.last_problem["permanent"]) == ("Ditolak.", True)
    paused.refresh_from_db()
    assert (paused.state, pipeline.due().watches) == ("paused", (other.pk,))
    credential.refresh_from_db()
    assert credential.refusal is not None
    assert (credential.refused_at, credential.refusal["code"]) == (NOW, "credentials_refused")
    entry = models.AuditEntry.objects.get(verb="credential.refused")
    assert (entry.actor_id, entry.after) == (None, {"watches": sorted([first.pk, second.pk])})
    with pytest.raises(RefusedError, match=r"^watch\.credential_refused credential$"):
        watches.resume(watch_id=first.pk, by=admin, now=NOW)


def test_new_values_start_them_again_where_they_were_and_no_other(
    credential: models.Credential, platform: Platform, admin: models.Person
) -> None:
    mine = watch(credential, cursor={"a": 1})
    gone = factories.watch(
        credential=credential,
        state="stopped",
        due_at=None,
        last_problem_at=NOW,
        last_problem={"code": "not_found", "id": "a", "en": "b", "permanent": True},
    )
    models.Watch.objects.filter(pk=gone.pk).update(due_at=None)
    platform.answers = refusing
    fetching.patrol_watch(mine.pk, now=NOW)
    later = NOW + timedelta(hours=1)
    values = VALUES | {"key": "baru"}
    assert credentials.renew(credential_id=credential.pk, values=values, last_day=None, by=admin, now=later) == (mine.pk,)
    mine.refresh_from_db()
    gone.refresh_from_db()
    credential.refresh_from_db()
    assert (mine.state, mine.cursor, mine.last_problem, gone.state) == ("active", {"a": 1}, None, "stopped")
    assert pipeline.due().watches == (mine.pk,)
    assert (credential.refused_at, credential.refusal, credential.changed_at) == (None, None, later)
    entry = models.AuditEntry.objects.get(verb="credential.renewed")
    assert entry.before["mark"] != entry.after["mark"]
    assert entry.after["watches"] == [mine.pk]


def test_values_changed_while_the_old_ones_were_refused_are_tried(
    credential: models.Credential, platform: Platform, admin: models.Person
) -> None:
    mine = watch(credential)

    def meanwhile(ask: domain.Ask) -> Iterator[domain.Page]:
        later = NOW + timedelta(seconds=5)
        credentials.renew(credential_id=credential.pk, values=VALUES, last_day=None, by=admin, now=later)
        return refusing(ask)

    platform.answers = meanwhile
    fetching.patrol_watch(mine.pk, now=NOW)
    mine.refresh_from_db()
    credential.refresh_from_db()
    assert (mine.state, credential.refused_at) == ("active", None)
    assert pipeline.due().watches == (mine.pk,)


def test_a_seal_no_key_opens_stops_the_watch_without_asking(credential: models.Credential, platform: Platform, settings: Any) -> None:
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    mine = watch(credential)
    done = patrolled(mine)
    assert [problem.code for problem in done.problems] == ["credential_unreadable"]
    mine.refresh_from_db()
    assert (mine.state, platform.asked) == ("stopped", [])


def test_what_is_used_stays_and_what_is_retired_is_emptied(credential: models.Credential, admin: models.Person) -> None:
    mine = watch(credential)
    assert refused(credentials.retire, credential_id=credential.pk, by=admin, now=NOW) == ""
    models.Watch.objects.filter(pk=mine.pk).update(credential=None)
    credentials.retire(credential_id=credential.pk, by=admin, now=NOW)
    credential.refresh_from_db()
    assert (credential.sealed, credential.retired_at) == ("", NOW)
    again = {"credential_id": credential.pk, "values": VALUES, "last_day": None, "by": admin, "now": NOW}
    assert refused(credentials.renew, **again) == ""


# --- what somebody has to see to ------------------------------------------------------------------


def test_the_last_day_is_whole() -> None:
    ends = credentials.expiry(date(2026, 12, 1))
    assert ends == datetime(2026, 12, 2, tzinfo=LAW_ZONE)
    assert credentials.last_day(models.Credential(expires_at=ends)) == date(2026, 12, 1)
    assert credentials.expiry(None) is None


@pytest.mark.parametrize(
    ("ahead", "told"),
    [
        (timedelta(days=14, seconds=1), None),
        (timedelta(days=14), (14, False)),
        (timedelta(days=3), (3, False)),
        (timedelta(days=3) - timedelta(seconds=1), (2, True)),
        (timedelta(seconds=1), (0, True)),
        (timedelta(seconds=-1), (-1, True)),
    ],
)
def test_a_credential_is_told_14_days_ahead_and_urgently_3(
    credential: models.Credential, ahead: timedelta, told: tuple[int, bool] | None
) -> None:
    models.Credential.objects.update(expires_at=NOW + ahead)
    found = credentials.notices(now=NOW)
    assert [(one.days, one.urgent) for one in found] == ([told] if told else [])


@pytest.mark.parametrize("rows", [1, 30])
def test_notices_take_one_query(platform: Platform, admin: models.Person, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        credentials.add(platform="youtube", name=f"Kunci {n}", values=VALUES, last_day=NOW.date(), by=admin, now=NOW)
    with django_assert_num_queries(1):
        assert len(credentials.notices(now=NOW)) == rows


# --- the canary -----------------------------------------------------------------------------------


def test_a_value_stands_nowhere_but_in_the_seal(
    credential: models.Credential, platform: Platform, admin: models.Person, caplog: pytest.LogCaptureFixture
) -> None:
    """Logs, problems, runs, captures, audit, the tables as a whole."""
    mine = watch(credential)

    def broken(ask: domain.Ask) -> Iterator[domain.Page]:
        held = ask.credential["key"]
        raise RuntimeError(len(held))
        yield

    platform.answers = broken
    with caplog.at_level(logging.DEBUG):
        done = patrolled(mine)
    assert [problem.code for problem in done.problems] == ["internal"]
    assert "fetch failed" in caplog.text
    assert CANARY not in caplog.text
    assert CANARY not in repr(done)
    tables = [table for table in connection.introspection.table_names() if table.startswith("patrol_")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{CANARY}%"])
            assert cursor.fetchone() == (0,), table


def test_values_written_out_say_their_keys_only() -> None:
    held = credentials.Values(VALUES)
    assert [repr(held), str(held), f"{held}"] == ["<credential: handle, key>"] * 3
    assert CANARY not in repr(credentials.Held(1, NOW, held))


def test_an_error_page_and_an_error_mail_do_not_show_them(
    platform: Platform, admin: models.Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: Any, **_given: Any) -> None:
        raise RuntimeError("database gone")

    monkeypatch.setattr(models.Credential.objects, "create", fails)
    settings.DEBUG = False
    request = RequestFactory().post("/", {"value_key": CANARY})
    vars(request)["sensitive_post_parameters"] = "__ALL__"
    try:
        credentials.add(platform="youtube", name="Kunci", values=VALUES, last_day=None, by=admin, now=NOW)
    except RuntimeError:
        kind, error, traceback = sys.exc_info()
        assert traceback is not None
        assert traceback.tb_next is not None
        product = traceback.tb_next.tb_next  # above it are frames of the tests (walling.py), whose own variables nobody marks
        page = ExceptionReporter(request, kind, error, product).get_traceback_html()
        text = ExceptionReporter(request, kind, error, product).get_traceback_text()
    assert "database gone" in page
    # The report shows lines of the program around the fault; values are what must not be there.
    assert CANARY not in page
    assert CANARY not in text
