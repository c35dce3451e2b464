"""From what is new to one message: found once, told to whoever may hear of it and wanted to, together, masked, and only while it holds."""

from __future__ import annotations

import email
import email.policy
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patrol import models, telling, triage
from patrol.access import audit
from patrol.cases import referrals
from patrol.changes import webhooks
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.intake.tips import handling
from patrol.models import Role, Way
from patrol.outgoing import mailing
from patrol.telling import bundling, choices, finding
from patrol.telling.choices import Kind, One, When
from patrol.triage import bulk, quality
from tests import factories, sink
from tests.cases import asked
from tests.cases.test_sending import use
from tests.factories import NOW
from tests.intake.tips import reporting

pytestmark = pytest.mark.django_db
OWN, OTHER = "bp3mi-jabar", "bp3mi-sulsel"
MAIL = (Way.MAIL,)
LOOK = "webhook dijeda, diakhiri, atau kirimannya tidak sampai"


@pytest.fixture
def server(settings: Any) -> Iterator[sink.Handler]:
    settings.SITE_URL = "https://sipatrol.example"
    with sink.running() as (handler, port):
        use(settings, port)
        yield handler


def listener(role: str = Role.OFFICER, code: str = OWN, when: When = When.NOW, kinds: Any = tuple(Kind), **given: Any) -> models.Person:
    one = factories.person(role, code)
    models.Person.objects.filter(pk=one.pk).update(mail=f"{one.username}@kantor.example")
    choices.choose(kinds={kind: One(MAIL, when) for kind in kinds}, hour=7, quiet=given.get("quiet"), by=one, now=NOW)
    return one


def high(code: str = OWN) -> models.Flag:
    """A high flag that was raised just now, in that office."""
    (flag,) = factories.flags(1)
    models.Flag.objects.filter(pk=flag.pk).update(office=factories.office(code), level="high", level_rank=3, state="waiting")
    return flag


def told() -> list[tuple[int, str, str]]:
    return sorted(models.Told.objects.values_list("person_id", "kind", "what"))


def run(now: Any = NOW) -> None:
    while jobs.run({"dispatch": mailing.carry_out}, now=now):
        pass


def texts(server: sink.Handler) -> dict[str, str]:
    """Address -> what its newest mail says."""
    found = {}
    for mail in server.mails:
        read: Any = email.message_from_bytes(bytes(mail.original_content or b""), policy=email.policy.default)
        assert read["Subject"] in {"SIPatrol: pemberitahuan", "SIPatrol: notices"}
        found[mail.rcpt_tos[0]] = read.get_content().replace("\r\n", "\n")
    return found


def test_high_flags_go_to_those_of_the_office_who_decide_in_one_message(server: sink.Handler) -> None:
    person, other = listener(), listener(code=OTHER)
    listener(Role.ANALYST)  # at the directorate, which sees all offices and holds none of these
    flags = [high(), high()]
    decided = high(OTHER)
    models.Flag.objects.filter(pk=decided.pk).update(state="confirmed", decided_at=NOW)
    medium = high()
    models.Flag.objects.filter(pk=medium.pk).update(level="medium", level_rank=2)
    assert telling.tell(now=NOW) == 3  # two things, one message
    assert told() == [(person.pk, "flags", "flag")] * 2
    assert telling.tell(now=NOW) == 0
    run()
    text = texts(server)
    assert list(text) == [f"{person.username}@kantor.example"]
    assert "2 tanda tinggi baru di antrean" in text[f"{person.username}@kantor.example"]
    assert "https://sipatrol.example/" in text[f"{person.username}@kantor.example"]
    hidden = [flag.number for flag in flags] + [flag.gist_id for flag in flags] + ["Kamboja", "WA", other.name, "0812"]
    assert [word for word in hidden if word in str(text)] == []
    high()
    telling.tell(now=NOW + timedelta(minutes=9))
    run(NOW + timedelta(minutes=9))
    assert len(server.mails) == 1  # bundled: one message in ten minutes
    telling.tell(now=NOW + timedelta(minutes=10))
    run(NOW + timedelta(minutes=10))
    assert "1 tanda tinggi baru" in texts(server)[f"{person.username}@kantor.example"]
    assert len(server.mails) == 2
    assert audit.verify() is None


@pytest.mark.parametrize(
    ("kind", "before", "after", "is_told"),
    [
        ("raised", {}, {"level": "high"}, True),
        ("raised", {}, {"level": "medium"}, False),
        ("new_version", {"level": "medium"}, {"level": "high"}, True),
        ("new_version", {"level": "high"}, {"level": "high"}, False),
        ("returned", {}, {}, True),
        ("handed_over", {"office": OTHER}, {"office": OWN}, True),
        ("snoozed", {}, {}, False),
    ],
)
def test_which_events_bring_a_flag_into_a_queue_as_a_high_one(kind: str, before: Any, after: Any, is_told: bool) -> None:
    listener()
    flag = high()
    telling.tell(now=NOW)
    models.Told.objects.all().delete()
    newest = models.FlagEvent.objects.latest("pk").pk
    models.Reached.objects.update_or_create(name="told flags", defaults={"row": newest})
    sides = ({key: factories.office(value).pk if key == "office" else value for key, value in side.items()} for side in (before, after))
    models.FlagEvent.objects.create(flag=flag, kind=kind, at=NOW, **dict(zip(("before", "after"), sides, strict=True)))
    telling.tell(now=NOW)
    assert models.Told.objects.count() == is_told


def test_what_was_there_before_somebody_listened_is_told_to_nobody(server: sink.Handler) -> None:
    high()
    assert telling.tell(now=NOW + timedelta(hours=1)) == 0
    person = listener()
    assert telling.tell(now=NOW + timedelta(hours=1)) == 0
    high()
    telling.tell(now=NOW + timedelta(hours=1))
    assert told() == [(person.pk, "flags", "flag")]


def test_an_urgent_report_of_the_public_goes_out_as_a_high_flag_does(server: sink.Handler) -> None:
    """To those of its office who want to hear of high flags, once, without a word of it; until an officer has seen to it."""
    factories.offices()
    person, quiet, other = listener(), listener(quiet=(0, 23)), listener(code=OTHER)
    listener(kinds=(Kind.CLOCKS,))  # did not choose to hear of it
    danger = reporting.report(danger=True)
    left = reporting.report(since="left", words="Saya sudah di sana, paspor ditahan, nomor saya 0812-0000-9911")
    reporting.report(words="Lowongan admin toko, tiket ditanggung")  # nobody is in danger
    reporting.report(danger=True, where="Makassar", contact=reporting.CONTACT)
    telling.tell(now=NOW)
    assert told() == sorted([*[(one.pk, "flags", "notice") for one in (person, person, quiet, quiet)], (other.pk, "flags", "notice")])
    telling.tell(now=NOW)
    models.Notice.objects.update(read_at=NOW, read_by=person)  # who has read the notice has not answered yet
    run()
    text = texts(server)
    assert sorted(text) == sorted(f"{one.username}@kantor.example" for one in (person, other))  # quiet hours hold, as for a high flag
    assert "2 laporan mendesak dari masyarakat menunggu" in text[f"{person.username}@kantor.example"]
    assert "1 laporan mendesak dari masyarakat menunggu" in text[f"{other.username}@kantor.example"]
    hidden = ["0812", "9911", "kenari", "paspor", "Makassar", danger.last_digits, left.last_digits]
    assert [word for word in hidden if word in str(text)] == []
    handling.write(tip_id=danger.pk, text="Kami menelepon.", asks=False, seen_version=danger.version, by=person, now=NOW)
    handling.write(tip_id=left.pk, text="Kami menelepon.", asks=False, seen_version=left.version, by=person, now=NOW)
    late = NOW + timedelta(days=1)
    models.TellingChoice.objects.filter(person=quiet).update(quiet_from=None, quiet_to=None)
    telling.tell(now=late)
    run(late)
    assert len(server.mails) == 2  # both were seen to by then
    assert models.Dispatch.objects.get(person=quiet).state == "dropped"
    assert audit.verify() is None


def changed(person: models.Person, flag: models.Flag, what: str) -> None:
    people = models.Person.objects.filter(pk=person.pk)
    if what == "inactive":
        people.update(is_active=False)
    elif what == "no address":
        people.update(mail="")
    elif what == "another office":
        people.update(office=factories.office(OTHER))
    elif what == "another role":
        people.update(role=Role.REGISTRAR)
    elif what == "decided":
        models.Flag.objects.filter(pk=flag.pk).update(state="confirmed", decided_at=NOW)
    elif what == "handed over":
        models.Flag.objects.filter(pk=flag.pk).update(office=factories.office(OTHER))


@pytest.mark.parametrize("what", ["inactive", "no address", "another office", "another role", "decided", "handed over"])
def test_what_no_longer_holds_when_it_is_sent_is_not_told(what: str, server: sink.Handler) -> None:
    person, flag = listener(), high()
    telling.tell(now=NOW)
    changed(person, flag, what)
    run()
    assert (server.mails, models.Dispatch.objects.get().state) == ([], "dropped")


def test_turned_off_before_it_left_is_forgotten(server: sink.Handler) -> None:
    person = listener(when=When.DAILY)
    high()
    telling.tell(now=NOW)
    assert (told(), models.Dispatch.objects.count()) == ([(person.pk, "flags", "flag")], 0)
    choices.choose(kinds={Kind.CLOCKS: One(MAIL, When.NOW)}, hour=7, quiet=None, by=person, now=NOW)
    telling.tell(now=NOW + timedelta(days=1))
    assert (told(), models.Dispatch.objects.count()) == ([], 0)


def test_the_daily_message_comes_at_its_hour_of_the_office(server: sink.Handler) -> None:
    listener(code=OTHER, when=When.DAILY)  # 07.00 WITA is 23.00 UTC
    high(OTHER)
    seven = NOW.replace(hour=23, minute=0)
    telling.tell(now=NOW)
    telling.tell(now=seven - timedelta(minutes=1))
    assert models.Dispatch.objects.count() == 0
    telling.tell(now=seven)
    assert models.Dispatch.objects.count() == 1


def test_what_is_kept_for_the_daily_hour_stands_in_front_of_nothing_that_is_due(
    server: sink.Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundling, "AT_ONCE", 2)
    later, once = listener(when=When.DAILY), listener(quiet=(0, 1))
    both = [high(), high(), high()]
    for person, refs in ((later, both), (once, both[:1])):
        rows = (models.Told(person=person, way="mail", kind="flags", what="flag", ref=flag.pk, mark="1", at=NOW) for flag in refs)
        models.Told.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as seen:
        assert bundling.send({later.pk: choices.listeners()[later.pk]}, now=NOW) == 0
    assert len(seen) == 4  # what is of nobody who listens is forgotten: it was once's
    assert models.Told.objects.filter(person=once).count() == 0
    models.Told.objects.create(person=once, way="mail", kind="flags", what="flag", ref=both[0].pk, at=NOW)
    assert bundling.send(choices.listeners(), now=NOW) == 1
    assert models.Dispatch.objects.get().person == once
    assert models.Told.objects.filter(person=later, dispatch=None).count() == 3


def notice(kind: str, **given: Any) -> models.Notice:
    return models.Notice.objects.create(kind=kind, at=NOW, **given)


def test_clocks_messages_and_approvals_from_the_notices_of_those_they_are_for(server: sink.Handler) -> None:
    officer, supervisor, other = listener(), listener(Role.SUPERVISOR), listener(Role.SUPERVISOR, OTHER)
    case = asked.case_of(1, OWN, by=officer)
    notice("case_due", case=case, person=officer)
    notice("case_late", case=case, person=supervisor)
    notice("case_message", case=case, office=case.office, note="Nomor 0812-3456-7890 milik Budi")
    notice("account_waits", person=supervisor, account=officer)  # of the directorate's administrators and supervisors alone
    notice("handed_over", office=case.office)
    telling.tell(now=NOW)
    clocks, messages = (officer.pk, "clocks", "notice"), (officer.pk, "messages", "notice")
    by_supervisor = [(supervisor.pk, kind, "notice") for kind in ("approvals", "clocks", "messages")]
    assert told() == sorted([clocks, messages, *by_supervisor])
    run()
    text = texts(server)
    assert sorted(text) == sorted(f"{one.username}@kantor.example" for one in (officer, supervisor))
    for said in text.values():
        assert f"1 perkara lewat tenggat: {case.number}" in said
        assert f"1 perkara dengan pesan baru: {case.number}" in said
        assert [word for word in ("0812", "Budi", other.name, "persetujuan") if word in said] == []


@pytest.mark.parametrize("given", [False, True])
def test_an_approval_that_waits_is_counted_and_one_that_was_given_is_not(given: bool, server: sink.Handler) -> None:
    officer, supervisor = factories.person(), listener(Role.SUPERVISOR)
    made = asked.submitted(asked.case_of(1, OWN, by=officer), officer)
    assert models.Notice.objects.filter(kind="referral_submitted", person=supervisor).count() == 1
    telling.tell(now=NOW)
    if given:
        referrals.approve(referral_id=made.pk, seen_version=made.version, by=factories.person(Role.SUPERVISOR), now=NOW)
    run()
    said = "".join(texts(server).values())
    assert (("1 hal menunggu persetujuan Anda" in said), made.number in said) == (not given, False)
    assert models.Dispatch.objects.get().state == ("dropped" if given else "sent")


def test_a_watch_that_fails_is_told_once_until_it_ran_well(server: sink.Handler) -> None:
    person = listener()
    listener(code=OTHER)
    watch = factories.watch(OWN, attempts=2)  # two runs that nobody ended may be one that is on its way
    assert telling.tell(now=NOW) == 0

    def becomes(after: timedelta, **changes: Any) -> int:
        """Becomes so, and is looked at by two sweeps. Returns how often it was told by then."""
        models.Watch.objects.filter(pk=watch.pk).update(**changes)
        for _again in range(2):
            telling.tell(now=NOW + after)
        return len(told())

    failed = {"attempts": 1, "last_problem": {"code": "no_answer", "permanent": "", "id": "", "en": ""}, "last_problem_at": NOW}
    well: dict[str, Any] = {"attempts": 0, "last_problem": None, "last_problem_at": None}
    assert becomes(timedelta(), **failed) == 1
    assert told() == [(person.pk, "watches", "watch")]
    assert becomes(timedelta(hours=1), **well, last_good_at=NOW + timedelta(hours=1)) == 1
    assert becomes(timedelta(hours=2), **failed) == 2
    assert becomes(timedelta(hours=3), **well, last_good_at=NOW + timedelta(hours=3)) == 2
    assert becomes(timedelta(hours=4), **failed) == 2  # every other run: once a day
    assert becomes(timedelta(hours=5), state="stopped", due_at=None) == 3
    run()
    (text,) = texts(server).values()
    assert "1 pantauan gagal" in text
    assert watch.name not in text


def test_an_answer_that_is_overdue_is_told_to_the_side_that_asked(server: sink.Handler) -> None:
    officer, of_other = listener(), listener(code=OTHER)
    made = asked.approved(asked.case_of(1, OWN, by=officer), officer)
    due = NOW + timedelta(hours=2)
    models.Referral.objects.filter(pk=made.pk).update(state="sent", sent_at=NOW, sent_by=officer, sent_how="portal", due_at=due)
    telling.tell(now=NOW)
    assert [row for row in told() if row[2] == "referral"] == []
    for _again in range(2):
        telling.tell(now=due + timedelta(minutes=1))
    assert [row for row in told() if row[2] == "referral"] == [(officer.pk, "clocks", "referral")]
    run(due + timedelta(minutes=1))
    text = texts(server)
    assert f"1 rujukan belum dijawab sampai batas waktunya: {made.case.number}" in text[f"{officer.username}@kantor.example"]
    assert f"{of_other.username}@kantor.example" not in text


def test_what_the_office_chose_holds_for_whoever_chose_nothing(server: sink.Handler) -> None:
    person, own = factories.person(), listener(kinds=())
    models.Person.objects.filter(pk=person.pk).update(mail="satu@kantor.example")
    supervisor, stranger = factories.person(Role.SUPERVISOR), factories.person(Role.SUPERVISOR, OTHER)
    chosen: dict[str, Any] = {"kinds": {Kind.FLAGS: One(MAIL, When.NOW)}, "hour": 7, "quiet": None}
    office = factories.office(OWN)
    for by in (person, stranger):
        with pytest.raises(PermissionDenied):
            choices.set_office(office_id=office.pk, **chosen, by=by, now=NOW)
    choices.set_office(office_id=office.pk, **chosen, by=supervisor, now=NOW)
    high()
    telling.tell(now=NOW)
    assert told() == [(person.pk, "flags", "flag")]
    choices.as_office(by=own, now=NOW)
    assert sorted(choices.listeners()) == sorted([person.pk, own.pk])


@pytest.mark.parametrize(
    ("given", "code"), [({"hour": 24}, "telling.hour"), ({"quiet": (25, 3)}, "telling.hour"), ({"quiet": (3, 3)}, "telling.quiet")]
)
def test_hours_that_are_none_are_refused(given: dict[str, Any], code: str) -> None:
    person = factories.person()
    told_of: dict[str, Any] = {"kinds": {}, "hour": 7, "quiet": None} | given
    with pytest.raises(RefusedError, match=f"^{code}"):
        choices.choose(**told_of, by=person, now=NOW)
    assert models.TellingChoice.objects.count() == 0


def test_a_bulk_decision_that_waits_is_told_to_who_may_approve_it_and_to_nobody_once_it_ended(server: sink.Handler) -> None:
    """The second yes is another supervisor's of the office; where there is none, the directorate's."""
    maker, second = listener(Role.SUPERVISOR), listener(Role.SUPERVISOR)
    for role, code in ((Role.OFFICER, OWN), (Role.SUPERVISOR, OTHER)):
        listener(role, code)
    above = listener(Role.SUPERVISOR, "directorate")
    kinds = (Kind.APPROVALS,)
    for one in models.Person.objects.all():
        choices.choose(kinds={kind: One(MAIL, When.NOW) for kind in kinds}, hour=7, quiet=None, by=one, now=NOW)
    waits = _proposed(maker)
    telling.tell(now=NOW)
    assert told() == [(second.pk, "approvals", "notice")]
    run()
    assert {to: "1 hal menunggu persetujuan Anda" in said for to, said in texts(server).items()} == {
        f"{second.username}@kantor.example": True
    }
    bulk.cancel(bulk_id=waits.pk, by=maker, now=NOW)
    assert models.Notice.objects.count() == 0
    models.Person.objects.filter(pk=second.pk).update(is_active=False)
    gone = _proposed(maker)
    telling.tell(now=NOW)
    assert told() == sorted([(second.pk, "approvals", "notice"), (above.pk, "approvals", "notice")])
    bulk.approve(bulk_id=gone.pk, by=above, now=NOW)
    run()
    assert (len(server.mails), models.Dispatch.objects.filter(person=above).get().state) == (1, "dropped")


def _proposed(by: models.Person) -> models.Bulk:
    rows = [(flag.pk, flag.version) for flag in factories.flags(21)]
    return bulk.begin(rows=rows, outcome="dismissed", reason="lawful", note="", by=by, now=NOW)


def test_second_looks_and_differences_are_told_to_those_who_had_no_hand_in_them(
    server: sink.Handler, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality, "SECOND_SHARE", 1.0)
    kinds = (Kind.LOOKS,)
    first, second, third = listener(kinds=kinds), listener(kinds=kinds), listener(Role.SUPERVISOR, kinds=kinds)
    listener(code=OTHER, kinds=kinds)
    above = listener(Role.SUPERVISOR, "directorate", kinds=kinds)
    both = factories.flags(2)
    for flag in both:
        told_of: dict[str, Any] = {"outcome": "confirmed", "reason": "fraud", "note": "", "seen_version": flag.version}
        triage.decide(flag_id=flag.pk, decision_key=uuid.uuid4(), **told_of, by=first, now=NOW)
    quality.draw(now=NOW + timedelta(seconds=11))
    now = NOW + timedelta(minutes=1)
    telling.tell(now=now)
    assert told() == sorted([(second.pk, "looks", "draw"), (third.pk, "looks", "draw")] * 2)
    run(now)
    assert {"2 keputusan untuk ditinjau kedua kali" in said for said in texts(server).values()} == {True}
    one, other = models.Draw.objects.filter(kind="second")
    look: dict[str, Any] = {"note": "", "by": second, "now": now}
    quality.review(draw_id=one.pk, outcome="confirmed", reason="fraud", **look)  # agrees: nothing to settle
    quality.review(draw_id=other.pk, outcome="dismissed", reason="lawful", **look)
    later = now + timedelta(minutes=11)
    telling.tell(now=later)
    assert [row for row in told() if row[2] == "difference"] == [(third.pk, "looks", "difference")]
    run(later)
    assert "1 keputusan yang dinilai berbeda oleh dua orang" in texts(server)[f"{third.username}@kantor.example"]
    assert f"{above.username}@kantor.example" not in texts(server)


def test_what_became_of_a_webhook_is_told_to_supervisors_in_one_line(server: sink.Handler, settings: Any) -> None:
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    kinds = (Kind.SYSTEMS,)
    by, second = listener(Role.SUPERVISOR, kinds=kinds), listener(Role.SUPERVISOR, kinds=kinds)
    listener(kinds=kinds)
    made, _secret = webhooks.make(office_id=by.office_id, address="https://terima.example/x", types=["flag.raised"], by=by, now=NOW)
    models.Webhook.objects.update(state="active")
    for verb in (webhooks.pause, webhooks.resume, webhooks.pause):
        verb(webhook_id=made.pk, by=by, now=NOW)
    telling.tell(now=NOW)
    assert told() == [(second.pk, "systems", "notice")] * 3
    run()
    assert {to: f"- 1 {LOOK}: BP3MI Jawa Barat\n" in said for to, said in texts(server).items()} == {
        f"{second.username}@kantor.example": True
    }
    assert "terima.example" not in str(texts(server))


def test_two_webhooks_of_a_host_are_two_and_one_that_works_again_is_none_to_look_at(server: sink.Handler, settings: Any) -> None:
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode()]
    by, lent = factories.person(Role.SUPERVISOR, OWN), listener(Role.SUPERVISOR, kinds=(Kind.SYSTEMS,))
    office, elsewhere = lent.office, factories.office("bp3mi-sulsel")
    hooks = [
        webhooks.make(office_id=by.office_id, address=f"https://terima.example/{path}", types=["flag.raised"], by=by, now=NOW)[0]
        for path in "abc"
    ]
    models.Webhook.objects.update(state="active")
    duty = models.Duty.objects.create(role=Role.SUPERVISOR, person=lent, office=elsewhere, since=NOW, made_by=by)
    away = {"own_role": lent.role, "own_office": office, "office": elsewhere, "duty": duty}
    models.Person.objects.filter(pk=lent.pk).update(**away)
    for hook in hooks:
        webhooks.pause(webhook_id=hook.pk, by=by, now=NOW)
    webhooks.resume(webhook_id=hooks[1].pk, by=by, now=NOW)
    notes = [f"terima.example{which}, {office.name}" for which in ("", " (2)", " (3)", " (2)")]
    assert list(models.Notice.objects.order_by("id").values_list("note", flat=True)) == notes
    telling.tell(now=NOW)
    run()
    [said] = texts(server).values()
    assert f"- 2 {LOOK}: {office.name}\n- 1 webhook mengirim lagi: {office.name}\n" in said
    assert f"SIPatrol, {elsewhere.short_name}\n" in said  # where they work now


def test_a_high_flag_behind_an_import_of_the_register_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import writes an event of each flag it had judged anew: of those that stay as they were it writes, and none of them is walked."""
    monkeypatch.setattr(finding, "WINDOW", 2)
    person = listener()
    flag = high()
    telling.tell(now=NOW)
    models.Told.objects.all().delete()
    stay = {"level": "high", "state": "waiting"}
    events = [models.FlagEvent(flag=flag, kind="register_changed", at=NOW, before=stay, after=stay) for _one in range(5)]
    models.FlagEvent.objects.bulk_create([*events, models.FlagEvent(flag=flag, kind="returned", at=NOW)])
    telling.tell(now=NOW)
    assert told() == [(person.pk, "flags", "flag")] * 2
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT max(id) FROM {finding._COMES}")
        assert "flag_event_comes" in str(cursor.fetchall())


def test_finding_asks_the_same_for_few_and_for_many() -> None:
    asked_for = []
    for many in (1, 30):
        for _one in range(many):
            listener()
        factories.flags(many)
        listeners = choices.listeners()
        with CaptureQueriesContext(connection) as seen:
            assert finding.find(listeners, now=NOW) > 0
        asked_for.append(len(seen))
    assert asked_for == [11, 11]
