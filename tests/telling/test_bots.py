"""An office's Telegram bot: its token sealed and shown to nobody, people paired by a code they send it, each message once or not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from patrol import domain, models, telling
from patrol.access import audit
from patrol.infra import jobs, pace
from patrol.infra.refusals import RefusedError
from patrol.models import Role, Way
from patrol.outgoing import mailing
from patrol.sources.transport import bot as api
from patrol.telling import bots, choices, listening, pairing
from patrol.telling.choices import Kind, One, When
from patrol.watches import credentials
from tests import bot_server, factories
from tests.bot_server import TOKEN
from tests.factories import NOW
from tests.telling.test_telling import high

pytestmark = pytest.mark.django_db
OWN, OTHER = "bp3mi-jabar", "bp3mi-sulsel"
SOON = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace.SharedPace, "wait", lambda self, host: None)


@pytest.fixture
def telegram(settings: Any, request: pytest.FixtureRequest) -> Iterator[bot_server.Server]:
    with bot_server.running(getattr(request, "param", "takes")) as server:
        settings.STAND_INS = {api.ORIGIN: server.base}
        yield server


@pytest.fixture
def supervisor() -> models.Person:
    return factories.person(Role.SUPERVISOR)


def made(by: models.Person, **given: Any) -> models.Bot:
    """A bot that works, as far as anybody has heard."""
    bots.set_token(office_id=by.office_id, token=TOKEN, by=by, now=NOW)
    models.Bot.objects.filter(office=by.office_id).update(**{"name": "contoh_bot"} | given)
    return models.Bot.objects.get(office=by.office_id)


def paired(bot: models.Bot, code: str = OWN, chat: int = 77) -> models.Person:
    """An officer who wants to be told of high flags at once, by Telegram."""
    one = factories.person(Role.OFFICER, code)
    given = {"expires_at": NOW, "chat": chat, "paired_at": NOW, "code_sha256": "x"}
    models.Pairing.objects.create(person=one, bot=bot, **given)
    choices.choose(kinds={Kind.FLAGS: One((Way.TELEGRAM,), When.NOW)}, hour=7, quiet=None, by=one, now=NOW)
    return one


def run(now: Any = SOON) -> None:
    jobs.run({"dispatch": mailing.carry_out}, now=now)


def due() -> None:
    models.Job.objects.update(state="waiting", ended_at=None, due_at=NOW - timedelta(days=1), lease_until=None, lease_token=None)


def stands() -> tuple[str, str]:
    return models.Dispatch.objects.values_list("state", "said").get()


# --- its token ----------------------------------------------------------------------------------------


def test_the_token_is_sealed_and_stands_nowhere_else(supervisor: models.Person, telegram: bot_server.Server) -> None:
    bots.set_token(office_id=supervisor.office_id, token=f" {TOKEN} ", by=supervisor, now=NOW)
    bot = models.Bot.objects.get()
    assert (bot.name, bots.usable(bot), bots.token(bot)) == ("", False, TOKEN)
    tried = bots.attempt(office_id=supervisor.office_id, by=supervisor, now=NOW)
    assert (tried.name, bots.usable(tried)) == ("contoh_bot", True)
    kept = str(list(models.Bot.objects.values())) + str(list(models.AuditEntry.objects.values("verb", "before", "after")))
    assert TOKEN not in kept
    assert "t" * 20 not in kept
    assert [method for _token, method, _asked in telegram.asked] == ["getMe", "getUpdates"]
    assert credentials.reseal(now=NOW) == 1
    assert bots.token(models.Bot.objects.get()) == TOKEN
    assert audit.verify() is None


@pytest.mark.parametrize("wrong", ["", "123456", "123456:kurang", f"{TOKEN}\n{TOKEN}", f"https://api.telegram.org/bot{TOKEN}"])
def test_what_is_no_token_is_refused(wrong: str, supervisor: models.Person) -> None:
    with pytest.raises(RefusedError, match=r"bot\.token"):
        bots.set_token(office_id=supervisor.office_id, token=wrong, by=supervisor, now=NOW)
    assert models.Bot.objects.count() == 0


def test_set_by_the_own_supervisor_or_an_administrator(supervisor: models.Person) -> None:
    office = supervisor.office_id
    for by in (factories.person(), factories.person(Role.SUPERVISOR, OTHER), factories.person(Role.ANALYST)):
        for verb in (bots.attempt, bots.remove):
            with pytest.raises(PermissionDenied):
                verb(office_id=office, by=by, now=NOW)
        with pytest.raises(PermissionDenied):
            bots.set_token(office_id=office, token=TOKEN, by=by, now=NOW)
    assert models.Bot.objects.count() == 0
    bots.set_token(office_id=office, token=TOKEN, by=factories.person(Role.ADMINISTRATOR), now=NOW)
    assert models.Bot.objects.get().office_id == office


def test_one_bot_is_of_one_office(supervisor: models.Person) -> None:
    made(supervisor)
    other = factories.person(Role.SUPERVISOR, OTHER)
    with pytest.raises(RefusedError, match=r"bot\.taken"):
        bots.set_token(office_id=other.office_id, token=TOKEN, by=other, now=NOW)
    assert models.Bot.objects.count() == 1


def test_another_token_of_the_same_bot_keeps_who_is_paired_and_another_bot_does_not(supervisor: models.Person) -> None:
    person = paired(made(supervisor))
    bots.set_token(office_id=supervisor.office_id, token=TOKEN.replace("t", "u"), by=supervisor, now=SOON)
    assert pairing.of(person) is not None
    bots.set_token(office_id=supervisor.office_id, token=f"9{TOKEN}", by=supervisor, now=SOON)
    assert (pairing.of(person), models.Pairing.objects.get().why, models.Pairing.objects.get().chat) == (None, "bot", None)


def test_turned_off_nothing_of_it_is_left(supervisor: models.Person) -> None:
    person = paired(made(supervisor))
    bots.remove(office_id=supervisor.office_id, by=supervisor, now=SOON)
    bot = models.Bot.objects.get()
    assert ((bot.sealed, bot.mark, bot.name), pairing.of(person), choices.listeners()) == (("", "", ""), None, {})
    with pytest.raises(RefusedError, match=r"bot\.none"):
        bots.attempt(office_id=supervisor.office_id, by=supervisor, now=SOON)


@pytest.mark.parametrize(
    ("telegram", "code"),
    [("token_wrong", "refused"), ("fault", "no_answer"), ("gateway", "no_answer"), ("no_json", "no_answer"), ("elsewhere", "elsewhere")],
    indirect=["telegram"],
)
def test_a_try_that_fails_says_why(code: str, supervisor: models.Person, telegram: bot_server.Server) -> None:
    made(supervisor)
    with pytest.raises(RefusedError, match=f"^bot.{code}"):
        bots.attempt(office_id=supervisor.office_id, by=supervisor, now=SOON)
    assert (models.Bot.objects.get().refused_at is not None) == (code == "refused")


# --- pairing ------------------------------------------------------------------------------------------


def look(now: Any = SOON) -> None:
    assert telling.tell(now=now) == 1
    jobs.run({"pairing": listening.look}, now=now)


def test_paired_by_the_code_in_a_private_chat_and_by_nothing_else(supervisor: models.Person, telegram: bot_server.Server) -> None:
    bot, person = made(supervisor), factories.person()
    code = pairing.ask(by=person, now=NOW)
    assert code not in str(list(models.Pairing.objects.values())) + str(list(models.AuditEntry.objects.values("after")))
    telegram.updates += [
        bot_server.message(1, code, chat=-5, kind="group"),
        bot_server.message(2, f"kode saya {code}"),
        bot_server.message(3, "AAAAAAAA"),
        {"update_id": 4, "message": {"text": code}},
        {"update_id": "5"},
        {"update_id": 6, "message": {"text": code, "chat": {"id": "x", "type": "private"}}},
    ]
    look()
    assert (pairing.of(person), models.Bot.objects.get().read_up_to) == (None, 6)
    telegram.updates.append(bot_server.message(7, f"/start {code[:4].lower()} {code[4:]}", chat=4242))
    look()
    found = pairing.of(person)
    assert found is not None
    assert (found.chat, found.bot) == (4242, bot)
    assert list(models.Notice.objects.values_list("kind", "person")) == [("paired", person.pk)]
    assert list(models.AuditEntry.objects.filter(verb="pairing.paired").values_list("actor_id", flat=True)) == [None]
    run()
    assert [chat for chat, _text in telegram.sent] == [4242]
    assert telling.tell(now=SOON) == 0  # nobody waits: the bot is not asked
    telegram.updates.append(bot_server.message(8, code, chat=1))
    assert pairing.of(person) == found
    assert audit.verify() is None


@pytest.mark.parametrize("what", ["late", "inactive", "moved", "replaced", "dropped"])
def test_a_code_that_ended_pairs_nobody(what: str, supervisor: models.Person, telegram: bot_server.Server) -> None:
    made(supervisor)
    person, now = factories.person(), SOON
    code = pairing.ask(by=person, now=NOW)
    if what == "late":
        now = NOW + pairing.LIVES
        pairing.ask(by=factories.person(), now=now)  # so that the bot is looked at
    elif what == "inactive":
        models.Person.objects.filter(pk=person.pk).update(is_active=False)
    elif what == "moved":
        models.Person.objects.filter(pk=person.pk).update(office=factories.office(OTHER))
    elif what == "replaced":
        pairing.ask(by=person, now=NOW)
    else:
        pairing.part(by=person, now=NOW)
        pairing.ask(by=factories.person(), now=NOW)
    telegram.updates.append(bot_server.message(1, code))
    look(now)
    assert models.Pairing.objects.exclude(paired_at=None).count() == 0


def test_without_a_bot_that_works_there_is_no_code(supervisor: models.Person) -> None:
    person = factories.person()
    for prepared in (lambda: None, lambda: made(supervisor, name=""), lambda: models.Bot.objects.update(name="contoh_bot", refused_at=NOW)):
        prepared()
        with pytest.raises(RefusedError, match=r"pairing\.no_bot"):
            pairing.ask(by=person, now=NOW)
    with pytest.raises(RefusedError, match=r"pairing\.no_bot"):
        pairing.ask(by=factories.person(code=OTHER), now=NOW)
    assert models.Pairing.objects.count() == 0


def test_whoever_ended_it_is_sent_nothing(supervisor: models.Person, telegram: bot_server.Server) -> None:
    person = paired(made(supervisor))
    high()
    telling.tell(now=NOW)
    pairing.part(by=person, now=NOW)
    run()
    assert (stands(), telegram.sent) == (("refused", "not_paired"), [])


# --- messages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("telegram", "state", "may_have"),
    [
        ("takes", "sent", 1),
        ("too_many", "asked", 0),
        ("fault", "unknown", 1),
        ("gateway", "unknown", 0),
        ("token_wrong", "refused", 0),
        ("blocked", "refused", 0),
        ("no_chat", "refused", 0),
        ("filtered", "unknown", 0),
        ("no_page", "unknown", 0),
        ("no_json", "unknown", 1),
        ("cut", "unknown", 1),
        ("lost", "unknown", 1),
    ],
    indirect=["telegram"],
)
def test_each_message_once_whatever_telegram_does(
    state: str, may_have: int, supervisor: models.Person, telegram: bot_server.Server
) -> None:
    person = paired(made(supervisor))
    high()
    telling.tell(now=NOW)
    run()
    assert (stands()[0], len(telegram.sent)) == (state, may_have)
    if state == "asked":
        waits = models.Job.objects.get()
        assert (waits.state, waits.attempts) == ("waiting", 1)
    blocked, wrong = telegram.mode in {"blocked", "no_chat"}, telegram.mode == "token_wrong"
    assert (pairing.of(person) is None) == blocked
    assert (models.Bot.objects.get().refused_at is not None) == wrong
    told = set(models.Notice.objects.values_list("kind", "person"))
    assert told == ({("pairing_ended", person.pk)} if blocked else {("bot_refused", supervisor.pk)} if wrong else set())
    telegram.mode = "takes"
    due()
    run(SOON + timedelta(minutes=10))
    assert len(telegram.sent) == (1 if state == "asked" else may_have)
    assert stands()[0] == ("sent" if state == "asked" else state)


def test_with_another_token_nothing_is_found_for_the_chat_until_telegram_named_the_bot(supervisor: models.Person) -> None:
    person = paired(made(supervisor))
    models.Person.objects.filter(pk=person.pk).update(mail="satu@kantor.example")
    assert choices.listeners()[person.pk].ways == {Way.MAIL, Way.TELEGRAM}
    models.Bot.objects.update(name="")
    assert choices.listeners()[person.pk].ways == {Way.MAIL}


def test_what_was_put_off_leaves_once_telegram_knows_the_bot(supervisor: models.Person, telegram: bot_server.Server) -> None:
    person = paired(made(supervisor))
    mailing.ask("notices", "tunda", person_id=person.pk, target={}, now=NOW, way=Way.TELEGRAM)
    models.Job.objects.filter(state="waiting").update(due_at=datetime.now(UTC) + timedelta(hours=1))  # as after a try that failed
    assert jobs.due() == {}
    bots.attempt(office_id=supervisor.office_id, by=supervisor, now=SOON)
    assert jobs.due() == {"dispatch": 1}


def test_our_own_pace_is_no_try(supervisor: models.Person, telegram: bot_server.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    paired(made(supervisor))
    high()
    telling.tell(now=NOW)

    def full(self: Any, host: str) -> None:
        raise domain.SourceError("paced", domain.Sentence(id="nanti", en="later"), retry_after=40.0)

    monkeypatch.setattr(pace.SharedPace, "wait", full)
    run()
    waits = models.Job.objects.get()
    assert (waits.state, waits.attempts, stands(), telegram.sent) == ("waiting", 0, ("asked", "paced"), [])


def test_what_it_says_is_counts_and_goes_to_the_own_chat(supervisor: models.Person, telegram: bot_server.Server) -> None:
    paired(made(supervisor), chat=501)
    flag = high()
    telling.tell(now=NOW)
    run()
    ((chat, text),) = telegram.sent
    assert chat == 501
    assert "1 tanda tinggi baru di antrean" in text
    assert [word for word in (flag.number, flag.gist_id, "WA", "081") if word in text] == []


def test_a_worker_that_dies_with_the_message_out_does_not_send_it_again(
    supervisor: models.Person, telegram: bot_server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    paired(made(supervisor))
    high()
    telling.tell(now=NOW)

    def killed(*given: Any, **asked: Any) -> Any:
        send(*given, **asked)
        raise SystemExit

    send = api.send
    with monkeypatch.context() as patched:
        patched.setattr(api, "send", killed)
        with pytest.raises(SystemExit):
            run()
    assert (stands()[0], len(telegram.sent)) == ("trying", 1)
    for _again in range(2):
        due()
        run()
        assert (stands(), len(telegram.sent)) == (("unknown", "died"), 1)


def test_in_another_office_nothing_comes_by_the_bot_of_the_old_one(supervisor: models.Person, telegram: bot_server.Server) -> None:
    person = paired(made(supervisor))
    models.Person.objects.filter(pk=person.pk).update(office=factories.office(OTHER))
    high(OTHER)
    telling.tell(now=NOW)
    assert (models.Told.objects.count(), telegram.sent) == (0, [])
