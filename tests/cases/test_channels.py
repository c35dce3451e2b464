"""The folder of channels and its table say the same, and each channel is whole."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from patrol import models
from patrol.cases import channels, packets, referrals
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import ItemKind, Sender
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from tests import factories
from tests.factories import NOW


def test_the_table_lists_the_folder() -> None:
    files = {path.stem for path in Path(channels.__file__).parent.glob("*.py")} - {"__init__", "shared"}
    assert set(CHANNELS) == files
    assert {key: channel.key for key, channel in CHANNELS.items()} == {key: key for key in files}


@pytest.mark.parametrize("key", CHANNELS)
def test_each_channel_has_columns_that_can_be_filled_and_its_hours(key: str) -> None:
    channel = CHANNELS[key]
    names = [column.key for column in channel.columns]
    assert (set(names) <= set(packets.CELLS), len(names) == len(set(names)), "check" in names) == (True, True, True)
    usual, urgent = channel.hours
    assert 0 < urgent <= usual
    assert {column for column in ("used_for", "agreed") if column in names} <= {fact.key for fact in channel.facts}


def test_offices_send_to_agencies_platforms_and_services_for_victims() -> None:
    assert {key for key, way in CHANNELS.items() if way.sender == Sender.OFFICE} == {
        "platform_form",
        "agency_supervision",
        "agency_clarification",
        "victim_handover",
    }


def test_what_goes_down_and_what_is_blocked_is_said_by_the_channel() -> None:
    assert {key for key, way in CHANNELS.items() if way.takes_down} == {"platform_form", "komdigi", "aduan_nomor"}
    assert {key for key, way in CHANNELS.items() if way.blocks} == {"iasc"}  # accounts at banks


def test_somebody_harmed_stands_in_the_hand_over_alone() -> None:
    assert [key for key, way in CHANNELS.items() if ItemKind.PERSON in way.kinds] == ["victim_handover"]
    assert CHANNELS["victim_handover"].kinds == (ItemKind.PERSON,)


@pytest.mark.django_db
def test_columns_are_to_be_confirmed_until_a_supervisor_of_the_directorate_enters_the_letter() -> None:
    way, second = CHANNELS["komdigi"], factories.person(Role.SUPERVISOR, "directorate")
    assert packets.confirmation(way) is None
    for by in (factories.person(Role.SUPERVISOR), factories.person(Role.ANALYST)):
        with pytest.raises(PermissionDenied):
            referrals.confirm(channel="komdigi", letter="B.1/2026", day=date(2026, 11, 20), seen=1, by=by, now=NOW)
    with pytest.raises(RefusedError, match=r"^channel\.letter letter$"):
        referrals.confirm(channel="komdigi", letter=" ", day=date(2026, 11, 20), seen=1, by=second, now=NOW)
    for day in (None, NOW.date() + timedelta(days=1)):
        with pytest.raises(RefusedError, match=r"^channel\.day day$"):
            referrals.confirm(channel="komdigi", letter="B.1/2026", day=day, seen=1, by=second, now=NOW)
    assert models.ChannelConfirmation.objects.count() == 0
    made = referrals.confirm(channel="komdigi", letter="B.1/2026", day=date(2026, 11, 20), seen=1, by=second, now=NOW)
    assert (packets.confirmation(way), packets.confirmation(CHANNELS["iasc"])) == (made, None)
