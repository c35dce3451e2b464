"""Changes on their way to another system: signed, in their order, each until it arrived, over a real server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connection

from patrol import models
from patrol.access import audit
from patrol.changes import sending, stream, webhooks
from patrol.infra import jobs, pace
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.watches import credentials
from tests import factories, hook_server
from tests.cases.test_dying import dying  # noqa: F401 -- a fixture
from tests.changes.test_signing import verified
from tests.factories import NOW
from tests.hook_server import ORIGIN

database = pytest.mark.django_db
OWN, OTHER = "bp3mi-jabar", "bp3mi-sulsel"
SOON, LATER = NOW + timedelta(minutes=1), NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace.SharedPace, "wait", lambda self, host: None)


@pytest.fixture
def receiver(settings: Any) -> Iterator[hook_server.Server]:
    with hook_server.running() as server:
        settings.STAND_INS = {ORIGIN: server.base}
        yield server


def made(by: models.Person | None = None, *, types: Any = stream.TYPES, state: str = "active") -> tuple[models.Webhook, str]:
    by = by or factories.person(Role.SUPERVISOR, OWN)
    webhook, secret = webhooks.make(office_id=by.office_id, address=f"{ORIGIN}/perubahan", types=types, by=by, now=NOW)
    models.Webhook.objects.filter(pk=webhook.pk).update(state=state)
    webhook.refresh_from_db()
    return webhook, secret


def happened(count: int = 3) -> list[str]:
    """The ids of so many changes of the office."""
    flag = factories.flag(of=factories.watch(OWN), now=NOW)
    for _ in range(count - 1):
        models.FlagEvent.objects.create(flag=flag, kind="gone", at=SOON)
    return [f"f{pk}" for pk in models.FlagEvent.objects.order_by("id").values_list("pk", flat=True)]


def due() -> None:
    """Its wait is over, whatever it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE patrol_job SET due_at = clock_timestamp() - interval '1 second', lease_until = NULL, lease_token = NULL"
            " WHERE state = 'waiting'"
        )


def run(now: datetime = LATER) -> jobs.Leased | None:
    sending.mark(now=now)
    return jobs.run({"webhook": sending.carry_out}, now=now)


def stands(webhook: models.Webhook) -> tuple[str, int]:
    webhook.refresh_from_db()
    return webhook.state, webhook.failures


def wait() -> float:
    """Seconds until the job is due."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXTRACT(epoch FROM due_at - clock_timestamp()) FROM patrol_job WHERE kind = 'webhook' AND state = 'waiting'")
        return float(cursor.fetchone()[0])


def deliveries() -> list[Any]:
    return list(models.Delivery.objects.order_by("id").values_list("change", "arrived", "status", "problem"))


# --- what is sent -------------------------------------------------------------------------------------


@database
def test_each_change_arrives_once_in_its_order_and_is_signed(receiver: hook_server.Server) -> None:
    webhook, secret = made()
    ids = happened()
    run()
    assert receiver.ids == ids
    page = stream.after(stream.since(NOW), office=webhook.office, now=LATER)
    assert receiver.told == [change.told() for change in page.changes]
    for path, headers, body in receiver.came:
        assert (path, headers["content-type"]) == ("/perubahan", "application/json")
        assert headers["webhook-timestamp"] == str(int(LATER.timestamp()))
        assert verified(secret, headers, body)
    assert deliveries() == [(one, True, 204, "") for one in ids]
    run()
    assert (len(receiver.came), models.Job.objects.get(kind="webhook").state) == (3, "done")


@database
def test_only_the_chosen_kinds_and_the_own_office_s(receiver: hook_server.Server) -> None:
    made(types=["flag.gone"])
    ids = happened()
    factories.flag(of=factories.watch(OTHER), now=NOW)
    run()
    assert receiver.ids == ids[1:]


@database
def test_what_was_answered_is_not_kept_and_more_than_is_read_arrived_all_the_same(receiver: hook_server.Server) -> None:
    made()
    happened(1)
    receiver.mode = "talks"
    run()
    assert list(models.Delivery.objects.values_list("arrived", "status", "problem", "said")) == [
        (True, 200, "", models.Delivery.objects.get().said)
    ]
    assert len(models.Delivery.objects.get().said) <= 160


@database
def test_nothing_is_sent_for_an_office_that_was_closed(receiver: hook_server.Server) -> None:
    webhook, _secret = made()
    happened()
    sending.mark(now=LATER)
    models.Office.objects.filter(pk=webhook.office_id).update(active=False)
    assert sending.mark(now=LATER) == 0
    jobs.run({"webhook": sending.carry_out}, now=LATER)
    assert (receiver.came, stands(webhook)) == ([], ("active", 0))


@database
def test_kinds_that_are_chosen_while_one_is_on_its_way_hold_for_the_next(receiver: hook_server.Server) -> None:
    by = factories.person(Role.SUPERVISOR, OWN)
    webhook, _secret = made(by)
    ids = happened()
    real = sending.send

    def chosen(*given: Any, **named: Any) -> Any:
        came = real(*given, **named)
        webhooks.choose(webhook_id=webhook.pk, types=["case.closed"], by=by, now=NOW)
        return came

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sending, "send", chosen)
        run()
    assert receiver.ids == ids[:1]


@database
def test_nothing_waits_and_the_sweep_moves_on(
    receiver: hook_server.Server, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_assert_num_queries(1):
        assert sending.mark(now=LATER) == 0
    webhook, _secret = made(types=["referral.sent"])
    monkeypatch.setattr(stream, "_SPARE", 10**12)  # other databases of the server have transactions too: the place stays
    with django_assert_num_queries(3):
        assert sending.mark(now=LATER) == 0
    happened(30)
    with django_assert_num_queries(3):
        assert sending.mark(now=LATER) == 0
    monkeypatch.setattr(stream, "_SPARE", 0)
    with django_assert_num_queries(4):
        assert sending.mark(now=LATER) == 0
    assert models.Webhook.objects.get(pk=webhook.pk).cursor != webhook.cursor
    assert receiver.came == []


# --- what fails ---------------------------------------------------------------------------------------


@database
def test_waits_grow_then_it_is_failing_its_supervisors_hear_and_what_waits_is_sent_once_it_is_back(receiver: hook_server.Server) -> None:
    by, other, away = (factories.person(Role.SUPERVISOR, code) for code in (OWN, OTHER, OWN))
    duty = {"own_role": away.role, "own_office": away.office, "role": Role.OFFICER, "office": other.office}
    given = {"person": away, "office": other.office, "since": NOW, "made_by": by}
    models.Person.objects.filter(pk=away.pk).update(**duty, duty=models.Duty.objects.create(role=Role.OFFICER, **given))
    webhook, _secret = made(by)
    ids = happened()
    receiver.mode = "not_this"
    waits = []
    for number in range(len(sending.WAITS)):
        run()
        assert stands(webhook) == ("active", number + 1)
        waits.append(wait())
        due()
    assert all(least - 5 <= told <= 1.5 * least + 5 for least, told in zip(sending.WAITS, waits, strict=True))
    run()
    assert stands(webhook) == ("failing", len(sending.WAITS) + 1)
    heard = models.Notice.objects.values_list("kind", "person").order_by("person")
    assert list(heard) == [("webhook_failing", one.pk) for one in sorted((by, away), key=lambda one: one.pk)]
    assert set(models.Notice.objects.values_list("note", flat=True)) == {"terima.example, BP3MI Jawa Barat"}
    assert other.pk != by.pk
    assert set(receiver.ids) == {ids[0]}
    assert set(deliveries()) == {(ids[0], False, 400, "client_error")}
    due()
    run()
    assert len(receiver.came) == len(sending.WAITS) + 1  # nothing is sent to one that is failing
    receiver.mode = "takes"
    webhooks.resume(webhook_id=webhook.pk, by=by, now=LATER)
    run()
    assert receiver.ids[-3:] == ids
    assert stands(webhook) == ("active", 0)
    assert audit.verify() is None


@database
def test_its_office_and_whoever_made_it_hear_once_that_nothing_arrived_for_a_day_and_when_it_works_again(
    receiver: hook_server.Server,
) -> None:
    by, second, stranger = (factories.person(Role.SUPERVISOR, code) for code in (OWN, OWN, OTHER))
    webhook, _secret = made(by)
    models.Person.objects.filter(pk=by.pk).update(role=Role.OFFICER)  # they made it, and answer for the office no more
    happened(1)
    receiver.mode = "fault"
    run()
    due()
    run(LATER + sending.FAILED_FOR - timedelta(minutes=1))
    assert (heard(), stands(webhook)) == ([], ("active", 2))
    for minutes in (0, 1):  # once
        sending.mark(now=LATER + sending.FAILED_FOR + timedelta(minutes=minutes))
        assert heard() == [("webhook_late", by.pk), ("webhook_late", second.pk)]
    receiver.mode = "takes"
    for _time in range(2):
        due()
        run(LATER + timedelta(days=2))
    assert (heard()[2:], stands(webhook)) == ([("webhook_back", by.pk), ("webhook_back", second.pk)], ("active", 0))
    assert (models.Webhook.objects.get().told_at, stranger.notices.count()) == (None, 0)


@database
def test_who_pauses_resumes_and_ends_it_tells_the_others(receiver: hook_server.Server) -> None:
    by, second = factories.person(Role.SUPERVISOR, OWN), factories.person(Role.SUPERVISOR, OWN)
    webhook, _secret = made(by)
    for verb in (webhooks.pause, webhooks.resume, webhooks.end):
        verb(webhook_id=webhook.pk, by=second, now=NOW)
        sending.mark(now=SOON)  # nothing is told twice
    assert heard() == [("webhook_paused", by.pk), ("webhook_back", by.pk), ("webhook_ended", by.pk)]


@database
def test_what_a_restore_paused_is_told_by_the_next_sweep(receiver: hook_server.Server) -> None:
    by = factories.person(Role.SUPERVISOR, OWN)
    made(by)
    models.Webhook.objects.update(state="paused")
    assert [sending.mark(now=SOON), sending.mark(now=LATER)] == [1, 0]
    assert heard() == [("webhook_paused", by.pk)]


@database
def test_what_the_restore_of_an_older_backup_paused_is_not_noted_as_told(receiver: hook_server.Server) -> None:
    """The column comes by a migration after such a restore."""
    for office in (OWN, OTHER):
        made(factories.person(Role.SUPERVISOR, office))
    paused, failing = models.Webhook.objects.order_by("id")
    models.Webhook.objects.filter(pk=paused.pk).update(state="paused")
    models.Webhook.objects.filter(pk=failing.pk).update(state="failing")
    untold = models.Webhook.objects.filter(told_at=None).order_by("id").values_list("pk", flat=True)
    for restored, left in ((True, [paused.pk]), (False, [])):
        models.Webhook.objects.update(told_at=None)
        models.Reached.objects.filter(name="restored").delete()
        if restored:
            models.Reached.objects.create(name="restored", row=1)
        with connection.cursor() as cursor:
            cursor.execute(import_module("patrol.migrations.0134_webhooks_told").TOLD)
        assert list(untold.all()) == left


@database
def test_a_try_that_arrives_says_that_it_works_again(receiver: hook_server.Server) -> None:
    by, second = factories.person(Role.SUPERVISOR, OWN), factories.person(Role.SUPERVISOR, OWN)
    webhook, _secret = made(by)
    happened(1)
    receiver.mode = "gone"
    run()
    receiver.mode = "takes"
    webhooks.attempt(webhook_id=webhook.pk, by=by, now=LATER)
    assert heard() == [("webhook_failing", by.pk), ("webhook_failing", second.pk), ("webhook_back", second.pk)]


def heard() -> list[tuple[str, int]]:
    return list(models.Notice.objects.order_by("id").values_list("kind", "person"))


@database
def test_it_waits_as_long_as_they_ask_and_keeps_a_few_masked_words(receiver: hook_server.Server) -> None:
    webhook, _secret = made()
    happened(1)
    receiver.mode = "fault"
    run()
    assert stands(webhook) == ("active", 1)
    assert 3_900 < wait() <= 6_005
    said = models.Delivery.objects.get().said
    assert said.startswith("hubungi ")
    assert "3456" not in said
    assert len(said) <= 120


@database
def test_whoever_wants_nothing_any_more_is_asked_once(receiver: hook_server.Server) -> None:
    webhook, _secret = made()
    happened(1)
    receiver.mode = "gone"
    run()
    assert (stands(webhook), deliveries()[0][2:]) == (("failing", 1), (410, "not_found"))


@database
@pytest.mark.parametrize("mode", ["elsewhere", "inside"])
def test_a_redirect_is_not_followed(mode: str, receiver: hook_server.Server) -> None:
    webhook, _secret = made()
    happened(1)
    receiver.mode = mode
    run()
    assert len(receiver.came) == 1
    assert (stands(webhook), deliveries()[0][3]) == (("active", 1), "bad_redirect")


@database
@pytest.mark.parametrize(
    ("address", "problem"),
    [("127.0.0.1", "private_address"), ("10.0.0.5", "private_address"), ("169.254.169.254", "private_address"), ("::1", "private_address")],
)
def test_a_name_that_points_inside_is_not_dialled(address: str, problem: str, receiver: hook_server.Server, monkeypatch: Any) -> None:
    monkeypatch.setattr("patrol.sources.transport.http.socket.getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (address, 443))])
    by = factories.person(Role.SUPERVISOR, OWN)
    webhook, _secret = webhooks.make(office_id=by.office_id, address="https://dalam.example/x", types=["flag.raised"], by=by, now=NOW)
    models.Webhook.objects.filter(pk=webhook.pk).update(state="active")
    happened(1)
    run()
    assert receiver.came == []
    assert deliveries()[0][1:] == (False, None, problem)


@database
def test_one_that_is_paused_is_sent_nothing_and_then_all_of_it(receiver: hook_server.Server) -> None:
    by = factories.person(Role.SUPERVISOR, OWN)
    webhook, _secret = made(by)
    webhooks.pause(webhook_id=webhook.pk, by=by, now=NOW)
    ids = happened()
    run()
    assert receiver.came == []
    webhooks.resume(webhook_id=webhook.pk, by=by, now=NOW)
    run()
    assert receiver.ids == ids


@database
def test_what_a_person_does_while_one_is_on_its_way_stands(receiver: hook_server.Server) -> None:
    by = factories.person(Role.SUPERVISOR, OWN)
    webhook, _secret = made(by)
    ids = happened()
    paused: list[Any] = []

    def pause(*_given: Any, **_named: Any) -> Any:
        if not paused:
            paused.append(webhooks.pause(webhook_id=webhook.pk, by=by, now=NOW))
        return None

    # In this thread: the server's own has no connection in the test's transaction.
    real = sending.send
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sending, "send", lambda *given, **named: (real(*given, **named), pause())[0])
        run()
    assert (stands(webhook)[0], receiver.ids) == ("paused", ids[:1])
    webhooks.resume(webhook_id=webhook.pk, by=by, now=NOW)
    run()
    assert receiver.ids == [ids[0], *ids]  # the one that was on its way once more: with the same id


@database
def test_our_own_pace_is_nobody_s_failure(receiver: hook_server.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_self: Any, host: str) -> None:
        raise pace.Paced(host, 40.0)

    webhook, _secret = made()
    happened(1)
    monkeypatch.setattr(pace.SharedPace, "wait", busy)
    run()
    assert (stands(webhook), deliveries(), receiver.came) == (("active", 0), [], [])
    assert wait() > 30


@database
def test_without_its_key_nothing_leaves_and_the_office_hears(receiver: hook_server.Server, settings: Any) -> None:
    webhook, _secret = made()
    happened(1)
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    run()
    assert (stands(webhook)[0], receiver.came, models.Notice.objects.count()) == ("failing", [], 1)


# --- secrets, again, restored -------------------------------------------------------------------------


@database
def test_for_a_day_both_secrets_sign_and_then_the_new_one_alone(receiver: hook_server.Server) -> None:
    by = factories.person(Role.SUPERVISOR, OWN)
    webhook, old = made(by)
    new = webhooks.rotate(webhook_id=webhook.pk, by=by, now=NOW)
    happened(1)
    run()
    _path, headers, body = receiver.came[-1]
    assert (verified(old, headers, body), verified(new, headers, body)) == (True, True)
    models.FlagEvent.objects.create(flag=models.Flag.objects.get(), kind="gone", at=SOON)
    due()
    run(NOW + timedelta(days=1))
    _path, headers, body = receiver.came[-1]
    assert (verified(old, headers, body), verified(new, headers, body)) == (False, True)
    webhook.refresh_from_db()
    assert dict(credentials.unseal(webhook.sealed)) == {"secret": new}
    assert webhook.before_until is None


@database
def test_read_anew_sends_the_same_ids_again(receiver: hook_server.Server) -> None:
    by = factories.person(Role.SUPERVISOR, OWN)
    webhook, _secret = made(by)
    ids = happened()
    run()
    webhooks.read_anew(webhook_id=webhook.pk, since=SOON, by=by, now=LATER)
    run()
    assert receiver.ids == [*ids, *ids[1:]]
    first, second = receiver.told[1], receiver.told[3]
    assert first == second


@database
def test_after_a_restore_it_goes_on_shortly_before_what_arrived_last(receiver: hook_server.Server) -> None:
    made()
    ids = happened()
    run()
    models.Reached.objects.create(name=stream.RESTORED, row=1_790_000_000)
    assert webhooks.waits(models.Webhook.objects.get(), now=LATER, most=9) is None  # nobody knows before the next sweep
    due()
    run()
    assert receiver.ids == [*ids, *ids]
    assert models.AuditEntry.objects.filter(verb="webhook.restored").count() == 1


@database
def test_no_contact_leaves(receiver: hook_server.Server) -> None:
    made()
    flag = factories.flag(of=factories.watch(OWN), now=NOW)
    models.FlagEvent.objects.create(flag=flag, kind="handed_over", at=SOON, after={"note": "0812-3456-7890", "state": "waiting"})
    run()
    assert len(receiver.came) == 2
    sent = b"".join(body for _path, _headers, body in receiver.came)
    assert b"3456" not in sent
    shown = [flag.gist_id, *models.PostText.objects.get().text.split()]
    assert [word for word in shown if len(word) > 4 and word.encode() in sent] == []


# --- two at once, and killed --------------------------------------------------------------------------


def test_of_two_workers_one_sends(committed: None, receiver: hook_server.Server) -> None:
    made()
    ids = happened()
    sending.mark(now=LATER)
    (job,) = jobs.claim(("webhook",), 5)
    assert jobs.claim(("webhook",), 5) == []
    with connection.cursor() as cursor:  # it was too slow: another has it by now
        cursor.execute("UPDATE patrol_job SET lease_until = clock_timestamp() - interval '1 second'")
    (other,) = jobs.claim(("webhook",), 5)
    with pytest.raises(jobs.JobLostError):
        sending.carry_out(job, now=LATER)
    assert (receiver.ids, deliveries()) == (ids[:1], [])  # sent, and not noted as its: the other's stands
    sending.carry_out(other, now=LATER)
    assert receiver.ids == [ids[0], *ids]
    assert deliveries() == [(one, True, 204, "") for one in ids]


def test_a_worker_that_dies_sends_again_with_the_same_id_and_skips_nothing(
    receiver: hook_server.Server, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("EXAMPLE", "1")
    monkeypatch.setenv("STAND_INS", f'{{"{ORIGIN}": "{receiver.base}"}}')
    process = request.getfixturevalue("dying")
    webhook, _secret = made()
    flag, told = factories.flag(of=factories.watch(OWN), now=NOW), {"by": factories.person(Role.SUPERVISOR, OWN), "now": LATER}
    # It was handed over and nobody heard; it was heard and not written for good; it was written.
    for at, times in (("data", 2), ("before", 2), ("after", 1)):
        receiver.came.clear()
        kept = models.Delivery.objects.count()
        change = models.FlagEvent.objects.order_by("-id").values_list("pk", flat=True)[0]
        sending.mark(now=LATER)
        assert process.act("carry_out_webhook", told, at=at) == "died"
        assert receiver.heard(1) == [f"f{change}"]
        assert models.Delivery.objects.count() == kept + (at == "after")
        due()
        assert process.act("carry_out_webhook", told) == "done"
        assert receiver.ids == [f"f{change}"] * times
        assert models.Delivery.objects.count() == kept + 1
        models.FlagEvent.objects.create(flag=flag, kind="gone", at=SOON)
    webhook.refresh_from_db()
    assert [one.id for one in stream.after(webhook.cursor, office=webhook.office, now=LATER).changes] == [f"f{change + 1}"]


@database
def test_what_is_no_address_of_the_internet_is_refused() -> None:
    by = factories.person(Role.SUPERVISOR, OWN)
    for wrong in (
        *("", "http://terima.example/", "https://", "https://localhost/", "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/x"),
        *("https://2130706433/", "https://0x7f.1/", "https://a:b@terima.example/", "https://terima.example:8443/", "ftp://terima.example/"),
        *("https://terima.example/#x", "https://terima.example/a b", f"https://terima.example/{'x' * 300}"),
        *("https://[::ffff:127.0.0.1]/", "https://terimá.example/", "https://[terima.example/"),
    ):
        with pytest.raises(RefusedError, match=r"webhook\.address address"):
            webhooks.make(office_id=by.office_id, address=wrong, types=["flag.raised"], by=by, now=NOW)
    assert models.Webhook.objects.count() == 0
