"""Editions of a channel: entered against what was seen, kept as rows, and each referral keeps the one it was submitted with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import translation

from patrol import models
from patrol.cases import channel_editions, channels, packets, referrals
from patrol.cases.channels import CHANNELS
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.cases import asked
from tests.factories import NOW

pytestmark = pytest.mark.django_db
KEY = "platform_form"
COLUMNS = [("value", "Tautan"), ("no", "Urut")]


@pytest.fixture
def supervisor() -> models.Person:
    return factories.person(Role.SUPERVISOR, "directorate")


def enter(by: models.Person, channel: str = KEY, **given: Any) -> models.ChannelEdition:
    told: dict[str, Any] = {
        "columns": COLUMNS,
        "hours_usual": 48,
        "hours_urgent": 6,
        "source": "Surat badan (contoh)",
        "addresses": [("Badan contoh", "aduan@badan.example")],
        "seen": 1,
        **given,
    }
    return channel_editions.enter(channel=channel, by=by, now=NOW, **told)


def test_the_shipped_one_is_the_first_edition_of_each_channel() -> None:
    factories.offices()
    assert channel_editions.load(now=NOW) == 0
    assert sorted(models.ChannelEdition.objects.values_list("channel", "number")) == sorted((key, 1) for key in CHANNELS)
    assert not models.ChannelEdition.objects.exclude(by=None).exists()
    assert {key: channels.with_edition(key, channels.newest(key)) for key in CHANNELS} == CHANNELS
    assert [channels.address(channels.newest(key), "Badan contoh") for key in CHANNELS] == [""] * len(CHANNELS)


def test_an_edition_changes_columns_hours_and_address_and_says_what_was_before(supervisor: models.Person) -> None:
    made = enter(supervisor, columns=[("Yang diminta ditindak", "Tautan"), ("no", "Urut")])
    way = channels.with_edition(KEY, channels.newest(KEY))
    assert ([(one.key, one.title) for one in way.columns], way.hours) == (COLUMNS, (48, 6))
    assert (channels.address(made, "badan CONTOH"), channels.address(made, "Badan contoh 2")) == ("aduan@badan.example", "")
    first = models.ChannelEdition.objects.get(channel=KEY, number=1)
    with translation.override("id"):
        changes = channel_editions.differences(made, first)
    assert changes["hours"] == (["24 / 4"], ["48 / 6"])
    assert changes["addresses"] == ([], ["Badan contoh | aduan@badan.example"])
    assert changes["columns"][1] == ["Yang diminta ditindak | Tautan", "Nomor urut | Urut"]
    moved = enter(supervisor, columns=COLUMNS[::-1], seen=2)
    with translation.override("id"):
        was = ["Yang diminta ditindak | Tautan", "Nomor urut | Urut"]
        assert channel_editions.differences(moved, made) == {"columns": (was, was[::-1])}
    log = models.AuditEntry.objects.filter(verb="channel.entered").order_by("seq")
    assert [row.after["changed"] for row in log] == [["columns", "hours_usual", "hours_urgent", "source", "addresses"], ["columns"]]


def test_one_address_alone_is_for_everybody_without_a_line(supervisor: models.Person) -> None:
    made = enter(supervisor, addresses=[("Polda A", "a@badan.example"), ("", "semua@badan.example")], channel="police")
    assert [channels.address(made, to) for to in ("polda a", "Polda B")] == ["a@badan.example", "semua@badan.example"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"seen": 0}, "channel.newer"),
        ({"seen": 2}, "channel.newer"),
        ({"source": "  "}, "channel.source source"),
        ({"hours_urgent": 49}, "channel.hours hours_usual"),
        ({"hours_urgent": 0}, "channel.hours hours_usual"),
        ({"hours_usual": 1441}, "channel.hours hours_usual"),
        ({"columns": [("value", "Tautan"), ("harga", "Nilai")]}, "channel.column columns"),
        ({"columns": [("value", "Tautan"), ("agreed", "Setuju")]}, "channel.column columns"),  # nobody writes that for a platform
        ({"columns": [("no", "No")]}, "channel.columns columns"),
        ({"columns": [("value", "Tautan"), ("value", "Nilai")]}, "channel.columns columns"),
        ({"columns": [("value", " ")]}, "channel.title columns"),
        ({"columns": [("value", "T" * 201)]}, "channel.title columns"),
        ({"addresses": [("", "a@badan.example"), ("", "b@badan.example")]}, "channel.addresses addresses"),
        ({"addresses": [("A", "a@badan.example"), ("a", "b@badan.example")]}, "channel.addresses addresses"),
        ({"channel": "komdigi", "addresses": [("Komdigi", "a@badan.example")]}, "channel.target addresses"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_entered(given: dict[str, Any], code: str, supervisor: models.Person) -> None:
    with pytest.raises(RefusedError, match=rf"^{code}$"):
        enter(supervisor, **given)
    assert models.ChannelEdition.objects.exclude(number=1).count() == 0


MAILS = {
    "aduan@badan.example": True,
    "a.b+c@xn--badan-contoh.example": True,
    "": False,
    "aduan": False,
    "aduan@badan": False,
    "a@badan.example, b@badan.example": False,
    "a@badan.example\nBcc: b@badan.example": False,
    "a@badan.example\n": False,
    "Aduan <a@badan.example>": False,
    "a@b..example": False,
    "aduan@bädan.example": False,
    "a" * 65 + "@badan.example": False,
    "a@[127.0.0.1]": False,
}


def test_an_address_is_one_plain_address() -> None:
    assert {mail: channel_editions.mailable(mail) for mail in MAILS} == MAILS


def test_what_says_the_same_is_no_edition_and_nobody_else_enters_one(supervisor: models.Person) -> None:
    enter(supervisor)
    with pytest.raises(RefusedError, match=r"^channel\.same$"):
        enter(supervisor, seen=2, source="Surat lain")
    for by in (factories.person(Role.SUPERVISOR), factories.person(Role.ANALYST)):
        with pytest.raises(PermissionDenied):
            enter(by, seen=2, hours_usual=30)
    assert channels.newest(KEY).number == 2  # type: ignore[union-attr]


def test_the_database_keeps_editions_as_they_are(supervisor: models.Person) -> None:
    made = enter(supervisor)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        models.ChannelEdition.objects.filter(pk=made.pk).update(addresses=[])
    with pytest.raises(IntegrityError, match="channel_edition_once"), transaction.atomic():
        models.ChannelEdition.objects.create(
            channel=KEY, number=2, columns=[], hours_usual=1, hours_urgent=1, source="x", by=supervisor, at=NOW
        )


def test_a_referral_keeps_the_edition_it_was_submitted_with(supervisor: models.Person) -> None:
    officer = factories.person()
    made = asked.submitted(asked.case_of(by=officer), officer, urgent=True)
    before = packets.packed(made, packets.lines(made), confirmed=None)
    later = enter(supervisor)
    second = factories.person(Role.SUPERVISOR)
    made = referrals.approve(referral_id=made.pk, seen_version=made.version, by=second, now=NOW)
    assert packets.packed(made, packets.lines(made), confirmed=None) == before
    assert (made.edition.number, channels.address(made.edition, made.target)) == (1, "")  # type: ignore[union-attr]
    with pytest.raises(IntegrityError, match="chosen in a draft alone"), transaction.atomic():
        models.Referral.objects.filter(pk=made.pk).update(edition=later)
    made = asked.mark_sent(made, officer)
    assert made.due_at == NOW + timedelta(hours=4)


def test_what_is_submitted_anew_takes_the_newest(supervisor: models.Person) -> None:
    officer = factories.person()
    made = asked.submitted(asked.case_of(by=officer), officer, urgent=True)
    enter(supervisor)
    made = asked.filled(made, officer)
    assert (made.state, made.edition, channels.way(made).hours) == ("draft", None, (48, 6))
    made = referrals.submit(referral_id=made.pk, seen_version=made.version, by=officer, now=NOW)
    assert made.edition is not None
    assert (made.edition.number, channels.address(made.edition, made.target)) == (2, "aduan@badan.example")
    other = models.ChannelEdition.objects.get(channel="komdigi")
    made = asked.filled(made, officer)
    models.ReferralCompleteness.objects.create(referral=made, version=made.version, items=1, digest="", by=officer, at=NOW)
    with pytest.raises(IntegrityError, match="that of its channel"), transaction.atomic():
        models.Referral.objects.filter(pk=made.pk).update(edition=other, state="submitted")


def test_what_was_submitted_before_there_were_editions_goes_out_as_it_was(supervisor: models.Person) -> None:
    officer = factories.person()
    case = asked.case_of(by=officer)
    made = asked.filled(asked.draft(case, officer), officer)
    lines = packets.lines(made)
    models.ReferralCompleteness.objects.create(
        referral=made, version=made.version, items=1, digest=packets.digest(made, lines, None), by=officer, at=NOW
    )
    models.Referral.objects.filter(pk=made.pk).update(state="submitted", submitted_by=officer, submitted_at=NOW)
    enter(supervisor)
    made.refresh_from_db()
    second = factories.person(Role.SUPERVISOR)
    made = referrals.approve(referral_id=made.pk, seen_version=made.version, by=second, now=NOW)
    assert channels.way(made) == CHANNELS[KEY]
    assert asked.mark_sent(made, officer).due_at == NOW + timedelta(hours=24)


def test_a_confirmation_holds_for_the_columns_of_an_edition(supervisor: models.Person) -> None:
    enter(supervisor)
    told: dict[str, Any] = {"channel": KEY, "letter": "B.1/2026", "day": date(2026, 11, 20), "by": supervisor, "now": NOW}
    with pytest.raises(RefusedError, match=r"^channel\.confirm_newer$"):
        referrals.confirm(seen=1, **told)
    made = referrals.confirm(seen=2, **told)
    assert packets.confirmation(CHANNELS[KEY]) is None
    enter(supervisor, hours_usual=30, seen=2)
    assert packets.confirmation(channels.with_edition(KEY, channels.newest(KEY))) == made  # other hours, the same columns
