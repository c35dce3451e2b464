"""Two people sign an edition, over the figures that were frozen: who may, in which order, what is refused, and what the database holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse

from patrol import domain, models
from patrol.access import audit
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.outgoing import mailing
from reports import documents, mailed, sheets, signing, summary
from reports.models import Signature, WeeklySummary
from reports.period import IsoWeek
from tests import pdf_text, races, sink
from tests.cases.test_sending import use
from tests.markup import said_by
from tests.reports.conftest import Patrol

WEEK = IsoWeek(2026, 46)
NOW = datetime(2026, 11, 23, 10, tzinfo=domain.LAW_ZONE)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world(patrol: Any) -> Any:
    patrol.java, patrol.lampung, patrol.top = patrol.office("jateng"), patrol.office("lampung"), patrol.directorate()
    patrol.post(patrol.java, datetime(2026, 11, 10, 8, tzinfo=domain.LAW_ZONE))
    patrol.author, patrol.head = patrol.person("supervisor", patrol.java, "penyusun"), patrol.person("supervisor", patrol.java, "kepala")
    patrol.lone = patrol.person("supervisor", patrol.lampung, "sendiri")
    patrol.above = [patrol.person("supervisor", patrol.top, name) for name in ("siber", "siber2")]
    return patrol


def frozen(office: models.Office | None, by: models.Person, **given: Any) -> WeeklySummary:
    return summary.freeze(**{"office_id": office.pk if office else None, "period": WEEK, "by": by, "now": NOW, **given})


def sign(edition: WeeklySummary, place: str, by: models.Person, **given: Any) -> Signature:
    return signing.sign(**{"summary_id": edition.pk, "place": place, "seen": edition.sha256, "by": by, "now": LATER, **given})


def refused(code: str, *given: Any, **more: Any) -> None:
    """And nothing was signed."""
    before = Signature.objects.count(), models.AuditEntry.objects.count()
    with pytest.raises((RefusedError, PermissionDenied)) as error:
        sign(*given, **more)
    assert getattr(error.value, "code", "denied") == code
    assert (Signature.objects.count(), models.AuditEntry.objects.count()) == before


def test_author_and_second_sign_the_figures_and_the_log_says_so(world: Any) -> None:
    edition = frozen(world.java, world.author)
    stored = dict(edition.figures)
    refused("signing.author", edition, "second", world.head)
    sign(edition, "author", world.author)
    refused("signing.signed", edition, "author", world.head)
    refused("pair.same", edition, "second", world.author)
    sign(edition, "second", world.head)
    refused("signing.signed", edition, "second", world.above[0])
    edition.refresh_from_db()
    assert (edition.figures, edition.intact) == (stored, True)
    assert list(edition.signatures.values_list("place", "by", "sha256", "at")) == [
        ("author", world.author.pk, edition.sha256, LATER),
        ("second", world.head.pk, edition.sha256, LATER),
    ]
    said = [(row.verb, row.actor_id, row.after["signs"]) for row in models.AuditEntry.objects.filter(verb="summary.signed").order_by("seq")]
    assert said == [("summary.signed", world.author.pk, "author"), ("summary.signed", world.head.pk, "second")]
    assert audit.verify() is None


def test_who_may_not_and_what_is_not_there_to_be_signed(world: Any) -> None:
    edition = frozen(world.java, world.author)
    for person in (world.person("officer", world.java), world.lone, world.person("analyst", world.top)):
        refused("denied", edition, "author", person)
    refused("signing.place", edition, "third", world.author)
    for person in (world.head, world.above[0]):
        refused("signing.not_author", edition, "author", person)
    refused("signing.figures", edition, "author", world.author, seen="0" * 64)
    running = frozen(world.java, world.author, period=IsoWeek.of(NOW))
    refused("signing.preliminary", running, "author", world.author)
    newer = frozen(world.java, world.author, note="lain", reason="Catatan")
    refused("signing.newer", edition, "author", world.author)
    sign(newer, "author", world.author)


def test_where_who_froze_it_is_gone_another_signs_as_its_author(world: Any) -> None:
    edition = frozen(world.java, world.author)
    models.Person.objects.filter(pk=world.author.pk).update(is_active=False)
    assert signing.place_for(WeeklySummary.objects.get(pk=edition.pk), world.head, [], []) == "author"
    sign(edition, "author", world.head)
    sign(edition, "second", world.above[0])


def test_a_newer_edition_leaves_a_half_signed_one_as_it_is(world: Any) -> None:
    edition = frozen(world.java, world.author)
    sign(edition, "author", world.author)
    assert signing.waiting(world.head) == signing.Waiting(1, reverse("admin:reports_weeklysummary_edition", args=[edition.pk]))
    frozen(world.java, world.author, note="lain", reason="Catatan")
    refused("signing.newer", edition, "second", world.head)
    assert signing.waiting(world.head) == signing.Waiting(0, "")


def test_the_second_is_of_the_office_else_of_the_directorate_else_whom_the_setting_names(world: Any) -> None:
    java, lampung, national = frozen(world.java, world.author), frozen(world.lampung, world.lone), frozen(None, world.above[0])
    for edition in (java, lampung, national):
        sign(edition, "author", edition.frozen_by)
    of = signing.supervisors()

    def names(edition: WeeklySummary, author: models.Person) -> list[str]:
        edition = WeeklySummary.objects.select_related("office").get(pk=edition.pk)
        return [one.username for one in signing.seconds(edition, author.pk, of)]

    assert names(java, world.author) == ["kepala"]
    assert names(java, world.above[0]) == ["penyusun", "kepala"]  # frozen by the directorate
    assert names(lampung, world.lone) == ["siber", "siber2"]
    assert names(national, world.above[0]) == ["siber2"]
    refused("signing.not_second", java, "second", world.above[0])
    models.Office.objects.filter(pk__in=[world.java.pk, world.lampung.pk]).update(second_signatory=world.above[1])
    assert names(java, world.author) == names(lampung, world.lone) == ["siber2"]
    assert names(java, world.above[1]) == ["penyusun", "kepala"]  # who is its author signs no second time
    refused("signing.not_second", java, "second", world.head)
    assert [signing.waiting(one).count for one in (world.head, *world.above)] == [0, 0, 3]
    sign(java, "second", world.above[1])
    models.Office.objects.filter(pk=world.java.pk).update(second_signatory=world.author)
    models.Person.objects.filter(pk=world.above[1].pk).update(is_active=False)  # named, and gone
    of = signing.supervisors()
    assert names(lampung, world.lone) == ["siber"]
    refused("denied", lampung, "second", models.Person.objects.get(pk=world.above[1].pk))
    sign(lampung, "second", world.above[0])


def waits() -> list[tuple[str, str]]:
    rows = models.Notice.objects.filter(kind="signature_waits", read_at=None)
    return sorted(rows.values_list("person__username", "note"))


def test_whoever_signs_second_is_told_until_it_is_signed_or_a_newer_edition_is_there(world: Any, client: Client) -> None:
    java, lampung = frozen(world.java, world.author), frozen(world.lampung, world.lone)
    assert waits() == []
    sign(java, "author", world.author)
    sign(lampung, "author", world.lone)
    both = [("siber", lampung.number), ("siber2", lampung.number)]
    assert waits() == [("kepala", java.number), *both]
    client.force_login(world.head)
    page = client.get(reverse("admin:patrol_notice_changelist")).content.decode()
    assert f"Rekap {java.number} sudah ditandatangani penyusunnya dan menunggu tanda tangan Anda" in page
    notice = models.Notice.objects.get(person=world.head)
    answer = client.post(reverse("admin:patrol_notice_open", args=[notice.pk]))
    assert answer["Location"] == reverse("admin:reports_weeklysummary_waiting")
    assert java.number in client.get(answer["Location"]).content.decode()
    sign(lampung, "second", world.above[0])
    models.Notice.objects.filter(pk=notice.pk).update(read_at=None, read_by=None)
    assert waits() == [("kepala", java.number)]
    frozen(world.java, world.author, note="lain", reason="Catatan")
    assert waits() == []


def test_rows_of_the_app_are_held_to_it_too(world: Any) -> None:
    edition = frozen(world.java, world.author)

    def row(place: str, by: models.Person, sha256: str = edition.sha256) -> None:
        with transaction.atomic():
            Signature.objects.create(summary=edition, place=place, by=by, sha256=sha256, at=NOW)

    for wrong in (("author", world.author, "0" * 64), ("second", world.head), ("third", world.head)):
        with pytest.raises(IntegrityError):
            row(*wrong)
    row("author", world.author)
    for wrong in (("author", world.head), ("second", world.author)):
        with pytest.raises(IntegrityError):
            row(*wrong)
    frozen(world.java, world.author, note="lain", reason="Catatan")
    with pytest.raises(IntegrityError, match="a newer edition is there"):
        row("second", world.head)
    assert Signature.objects.count() == 1


def test_an_edition_is_made_or_signed_one_at_a_time(world: Any) -> None:
    def held() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted"
                " AND classid = hashtext('patrol editions')::bit(32)::bigint::oid"
            )
            return int(cursor.fetchone()[0])

    edition = frozen(world.java, world.author)
    assert held() == 1
    sign(edition, "author", world.author)
    assert held() == 1  # the same one
    frozen(world.lampung, world.lone)
    assert held() == 2


# --- on the pages -----------------------------------------------------------------------------------


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)


def here(name: str, *parts: Any) -> str:
    return reverse(f"admin:reports_weeklysummary_{name}", args=parts)


def shown(client: Client, by: models.Person, edition: WeeklySummary) -> str:
    client.force_login(by)
    return " ".join(client.get(here("edition", edition.pk)).content.decode().split())


def test_the_page_says_who_signed_and_offers_the_button_to_whoever_is_next(world: Any, client: Client, clock: None) -> None:
    edition = frozen(world.java, world.author)
    link = here("sign", edition.pk)
    officer = world.person("officer", world.java)
    assert "Belum ditandatangani" in shown(client, officer, edition)
    assert [f'action="{link}"' in shown(client, one, edition) for one in (officer, world.author, world.head)] == [False, True, False]
    client.force_login(world.author)
    told = {"place": "author", "seen": edition.sha256}
    answer = client.post(link, told)
    assert (said_by(answer)[-1][1], Signature.objects.count()) == ("read", 0)
    assert client.post(link, told | {"read": "1"})["Location"] == here("edition", edition.pk)
    assert [f'action="{link}"' in shown(client, one, edition) for one in (officer, world.author, world.head)] == [False, False, True]
    text = shown(client, officer, edition)
    assert "Menunggu tanda tangan kedua" in text
    assert "ditandatangani di SIPatrol, Sen, 23 Nov 2026 12.00 WIB" in text
    client.force_login(world.head)
    client.post(link, {"place": "second", "seen": edition.sha256, "read": "1"})
    assert Signature.objects.count() == 2
    assert f'action="{link}"' not in shown(client, world.head, edition)
    assert client.get(link).status_code == 404
    newer = frozen(world.java, world.author, note="lain", reason="Catatan", now=LATER)
    assert f'action="{link}"' not in shown(client, world.author, edition)
    assert here("sign", newer.pk) in shown(client, world.author, newer)


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_of_what_waits(world: Any, client: Client, clock: None, many: int, django_assert_num_queries: Any) -> None:
    for back in range(many):
        edition = frozen(world.lampung, world.lone, period=WEEK.shifted(-back))
        sign(edition, "author", world.lone)
    client.force_login(world.above[0])
    client.get(here("waiting"))
    with django_assert_num_queries(8):
        page = client.get(here("waiting"))
    assert (len(page.context["rows"]), signing.waiting(world.above[0]).count) == (many, many)
    client.force_login(world.head)
    assert client.get(here("waiting")).context["rows"] == []


def test_paper_shows_both_signatures_or_that_there_is_none(world: Any, client: Client, clock: None) -> None:
    edition = frozen(world.java, world.author)

    def paper() -> tuple[str, str]:
        fresh = WeeklySummary.objects.select_related("office").get(pk=edition.pk)
        client.force_login(world.head)
        printed = " ".join(client.get(here("print", edition.pk)).content.decode().split())
        return printed, pdf_text.said(documents.pdf(sheets.sheet(fresh.read(), fresh))).replace(" ", "")

    for text in paper():
        assert text.replace(" ", "").count("Belumditandatangani") == 2
    sign(edition, "author", world.author)
    sign(edition, "second", world.head, now=LATER + timedelta(minutes=1))
    for text in paper():
        flat = text.replace(" ", "")
        assert "Belumditandatangani" not in flat
        assert flat.count("ditandatanganidiSIPatrol") == 2
        assert ("23Nov202612.00WIB" in flat, "23Nov202612.01WIB" in flat) == (True, True)


# --- at once --------------------------------------------------------------------------------------


def apart() -> Any:
    """An edition its author signed, in a database whose transactions commit; and who else is there."""
    patrol: Any = Patrol()
    patrol.java = patrol.office("jateng")
    patrol.directorate()
    patrol.author, patrol.head, patrol.other = (patrol.person("supervisor", patrol.java, name) for name in ("penyusun", "kepala", "lain"))
    patrol.edition = frozen(patrol.java, patrol.author)
    sign(patrol.edition, "author", patrol.author)
    return patrol


@pytest.mark.usefixtures("committed")
def test_of_two_who_sign_and_one_who_corrects_at_once_the_first_counts() -> None:
    world = apart()
    lock = f"SELECT pg_advisory_xact_lock(hashtext('patrol editions'), hashtext('{world.java.pk} {WEEK}'))"

    def race(*acts: str) -> list[str]:
        """What came of each, in the order in which they come to the edition."""
        edition = WeeklySummary.objects.latest("pk")
        done = {
            "kepala": lambda: sign(edition, "second", world.head),
            "lain": lambda: sign(edition, "second", world.other),
            "penyusun": lambda: frozen(world.java, world.author, note=acts[0], reason="Catatan"),
        }
        return [getattr(one, "code", type(one).__name__) for one in races.race(lock, *(done[who] for who in acts))]

    assert race("kepala", "penyusun", "lain") == ["Signature", "WeeklySummary", "signing.signed"]
    sign(WeeklySummary.objects.latest("pk"), "author", world.author)
    assert race("penyusun", "kepala", "lain") == ["WeeklySummary", "signing.newer", "signing.newer"]
    assert audit.verify() is None


@pytest.mark.usefixtures("committed")
def test_signed_corrected_mailed_sent_again_and_no_longer_wanted_at_once_nobody_waits_for_the_other(settings: Any) -> None:
    """Each in a transaction of its own, all let go where they meet: at the messages that leave."""
    world = apart()
    reader = world.person("officer", world.java, "pembaca")
    models.Person.objects.filter(pk__in=[reader.pk, world.head.pk]).update(mail=Concat("username", Value("@kantor.example")))
    mailed.subscribe(draft=False, editions=["jateng"], by=reader)
    mailed.subscribe(draft=True, editions=[], by=world.head)
    target = {"office": world.java.pk, "week": str(WEEK.next())}
    failed, _draft = (mailing.ask("summary_draft", key, person_id=world.head.pk, target=target, now=NOW) for key in "ab")
    assert failed is not None
    models.Dispatch.objects.filter(pk=failed.pk).update(state="refused")
    models.Job.objects.filter(key=str(failed.pk)).update(state="done", ended_at=NOW)
    asked_at = models.Dispatch.objects.get(pk=failed.pk).asked_at.isoformat()

    def mail() -> str:
        return jobs.run({"dispatch": mailing.carry_out}, now=LATER).key  # type: ignore[union-attr]

    with sink.running() as (server, port):
        use(settings, port)
        signed, corrected, sent, again, nothing = races.race(
            "LOCK TABLE patrol_dispatch IN EXCLUSIVE MODE",
            lambda: sign(world.edition, "second", world.head),
            lambda: frozen(world.java, world.author, note="lain", reason="Catatan"),
            mail,
            lambda: mailing.again(dispatch_id=failed.pk, seen=asked_at, by=world.head, now=LATER),
            lambda: mailed.subscribe(draft=False, editions=[], by=reader),
            may_end=True,
        )
        assert [type(one).__name__ for one in (signed, corrected, sent, again, nothing)] == [
            "Signature",
            "WeeklySummary",
            "str",
            "Dispatch",
            "NoneType",
        ]
        while jobs.run({"dispatch": mailing.carry_out}, now=LATER):
            pass
        assert [envelope.rcpt_tos for envelope in server.mails] == [["kepala@kantor.example"]] * 2
    states = dict(models.Dispatch.objects.values_list("person__username", "state"))
    assert (states, models.Dispatch.objects.filter(state="sent").count()) == ({"kepala": "sent", "pembaca": "dropped"}, 2)
    assert audit.verify() is None
