"""What happened to the ways into an account goes by mail and chat at once, whatever its owner chose to be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from patrol import models, tasks
from patrol.access import accounts, people
from patrol.infra import jobs, pace
from patrol.models import Role, Way
from patrol.sources.transport import bot as api
from patrol.telling import account
from tests import bot_server, factories, sink
from tests.access.test_factors import with_app
from tests.cases.test_sending import use
from tests.factories import NOW
from tests.telling.test_bots import made

pytestmark = pytest.mark.django_db
SITE = "https://sipatrol.kantor.example"
NIGHT = NOW.replace(hour=18, minute=0)  # 01.00 in Jakarta


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[sink.Handler]:
    monkeypatch.setattr(pace.SharedPace, "wait", lambda self, host: None)
    settings.SITE_URL = SITE
    with sink.running() as (handler, port):
        use(settings, port)
        yield handler


def owner(**given: Any) -> models.Person:
    return factories.person(Role.OFFICER, username="sari", **{"mail": "sari@kantor.example"} | given)


def warned(person: models.Person, kind: str) -> None:
    with transaction.atomic():
        accounts.warn(person, kind, now=NIGHT)


def work() -> None:
    while jobs.run({kind: tasks.HANDLERS[kind] for kind in ("account", "dispatch")}, now=NIGHT):
        pass


def sent() -> list[tuple[str, str, str]]:
    return list(models.Dispatch.objects.order_by("id").values_list("kind", "way", "state"))


def test_it_leaves_by_each_way_at_night_though_nothing_was_chosen(server: sink.Handler, settings: Any) -> None:
    person, boss = owner(), factories.person(Role.SUPERVISOR)
    bot = made(boss)
    models.Pairing.objects.create(person=person, bot=bot, expires_at=NOW, chat=77, paired_at=NOW, code_sha256="x")
    with bot_server.running("takes") as telegram:
        settings.STAND_INS = {api.ORIGIN: telegram.base}
        warned(person, "factor_added")
        work()
        work()  # once
        [(chat, text)] = telegram.sent
    assert sent() == [("account", Way.MAIL, "sent"), ("account", Way.TELEGRAM, "sent")]
    [mail] = server.mails
    assert mail.rcpt_tos == ["sari@kantor.example"]
    assert chat == 77
    for word in ("Faktor kedua dipasang untuk akun Anda", "Akun: sari.", "24 November 2026 01:00 WIB", f"Buka: {SITE}/kerja/"):
        assert word in text


def test_every_word_has_a_verb_that_says_it_and_nothing_else_is_told_so(server: sink.Handler) -> None:
    """Factors, codes, passwords and links, each by what is done to them."""
    person, admin = owner(), factories.person(Role.ADMINISTRATOR)
    with_app(person)
    for by, link_by in ((person, None), (None, person.pk), (None, admin.pk)):
        with transaction.atomic():
            people.password_set(person=person, by=by, link_by_id=link_by, now=NIGHT)
    people.reset_link(person_id=person.pk, by=admin, now=NIGHT, without_factors=True)
    people.end_logins(person_id=person.pk, by=admin, now=NIGHT)
    accounts.tell(person, "account_changed", by=admin, now=NIGHT)
    work()
    told = [
        models.Notice.objects.get(pk=one["notice"]).kind for one in models.Dispatch.objects.order_by("id").values_list("target", flat=True)
    ]
    assert told == ["factor_added", "password_changed", "password_set", "password_set", "factors_reset", "password_link", "logins_ended"]
    assert len(server.mails) == len(told)
    others = {
        "codes_made",
        "factor_removed",
        "password_known",
        "recovery_code_used",
        "new_browser",
        "login_held",
        "login_known",
        "login_linked",
        "login_unlinked",
    }  # tests/access
    assert set(told) | others == set(account.TOLD)


@pytest.mark.parametrize("given", [{"mail": ""}, {"is_active": False}])
def test_who_has_no_way_or_is_closed_gets_nothing(given: dict[str, Any], server: sink.Handler) -> None:
    person = owner(**given)
    warned(person, "password_known")
    work()
    assert (server.mails, [one for one in sent() if one[2] != "dropped"]) == ([], [])
    assert models.Notice.objects.filter(person=person).count() == 1


def test_without_a_server_nothing_waits_for_one(settings: Any) -> None:
    warned(owner(), "password_known")
    work()
    assert (sent(), models.Job.objects.get(kind="account").state) == ([], "done")


def test_an_old_notice_of_another_kind_is_no_such_letter() -> None:
    person = owner()
    notice = models.Notice.objects.create(kind="paired", person=person, at=NOW - timedelta(days=1))
    dispatch = models.Dispatch(kind="account", person=person, target={"notice": notice.pk})
    assert account.letter(dispatch, now=NOW) is None
