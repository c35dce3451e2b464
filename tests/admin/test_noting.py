"""Noting by hand: what is said of a call for help, which raises no flag and leads to no protection by itself."""

from __future__ import annotations

import uuid

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from patrol import models
from patrol.pipeline import assessing
from tests import factories
from tests.admin.conftest import Door
from tests.markup import only, read

pytestmark = pytest.mark.django_db
HELP = "Adik saya disekap di Myawaddy, dipukul, minta tebusan. Tolong bantu pulangkan. Hubungi kakaknya 0840 7700 1188"
NO_HELP = "Nomor ini menipu tetangga saya, hati-hati 0840 7700 1188"  # somebody asks for nothing
TOLD = "It reads as a call for help. Unless an offence stands in it no flag is raised, and nobody is told of it. "
AT_THE_PUBLIC_DESK = (
    "Enter it as a report at the public desk, marked “Somebody is in danger”, with the number to call back: then it stands first under "
    "Protection."
)
BY_ONESELF = "Tell the protection desk of your office yourself, with the number: here it stays masked."
ADDRESS = "admin:patrol_intake_note"


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def sent(client: Client, words: str) -> list[str]:
    answer = client.post(reverse(ADDRESS), {"key": uuid.uuid4(), "words": words, "way": "telephone"})
    return [str(one) for one in get_messages(answer.wsgi_request)]


def banner(client: Client) -> list[str]:
    """What the page of the only post says above it."""
    while assessing.read_due(now=factories.NOW, limit=10).read:
        pass
    post = models.Post.objects.get()
    shown = client.get(reverse("admin:patrol_post_change", args=[post.pk]))
    return [" ".join(read(one).split()[1:]) for one in BeautifulSoup(shown.content, "html.parser").select(".stack > .banner")]


@pytest.mark.parametrize(("desk", "way"), [("1", AT_THE_PUBLIC_DESK), ("0", BY_ONESELF)])
def test_a_call_for_help_is_said_to_go_nowhere_and_where_it_is_taken(desk: str, way: str, door: Door, settings: object) -> None:
    settings.PUBLIC_DESK, settings.RECEIPT_KEY = desk, "r" * 40  # type: ignore[attr-defined]
    client = english(door())
    form = read(only(BeautifulSoup(client.get(reverse(ADDRESS)).content, "html.parser"), ".two .stack > p.mut"))
    assert form.endswith(f"A call for help goes nowhere from here: it is no flag by itself. {way}")
    assert sent(client, HELP)[1:] == [TOLD + way]
    assert banner(client) == [f"This note reads as a call for help. No flag was raised, so nobody has it before them. {way}"]


def test_where_no_report_can_be_taken_the_public_desk_is_not_named(door: Door, settings: object) -> None:
    settings.PUBLIC_DESK, settings.RECEIPT_KEY = "1", ""  # type: ignore[attr-defined]
    assert sent(english(door()), HELP)[1:] == [TOLD + BY_ONESELF]


def test_another_note_is_said_nothing_of_help(door: Door) -> None:
    client = english(door())
    assert (len(sent(client, NO_HELP)), banner(client)) == (1, [])
