"""The bars and tables of the start page: each opens its list, and the list has as many rows as the bar says."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse

from patrol import cases, models, search
from patrol.admin.shared import window_cards, words
from patrol.cases import homes
from patrol.models import Role
from patrol.pipeline import assessing
from tests import factories
from tests.admin.conftest import Door
from tests.markup import tight
from tests.triage import acts

pytestmark = pytest.mark.django_db
NOW = factories.NOW
HOUR = timedelta(hours=1)
PLACES = "Tempat rekrut yang disebut"
OFFER = "Dibutuhkan CS chat ke {country}, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA {phone}. Khusus daerah {place}. {tail}"


@pytest.fixture(autouse=True)
def today(monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def brought(many: int, code: str, *, country: str, place: str, phone: str, platform: str = "telegram") -> list[models.Flag]:
    """Flagged posts that are no copies of each other, with their words filled."""
    factories.offices()
    offers = [
        factories.raw_post(
            OFFER.format(country=country, place=place, phone=phone, tail=factories.illegal().text.partition("Info")[2]),
            platform=platform,
            author=f"akun_{code}_{country}",
        )
        for _ in range(many)
    ]
    posts = factories.stored(offers, of=factories.watch(code), now=NOW - 2 * HOUR)
    while assessing.read_due(now=NOW - 2 * HOUR, limit=500).read:
        pass
    while search.fill(now=NOW, limit=500):
        pass
    found = list(models.Flag.objects.filter(post__in=posts).order_by("id"))
    assert len(found) == many
    return found


def rows(text: str, title: str) -> list[list[tuple[str, str]]]:
    """(address, words) of each link in each row of the card of this title; the number of a bar stands behind its links."""
    card = next(part for part in text.split('<section class="card">')[1:] if part.startswith(f"<header><h2>{title}</h2>"))
    return [
        [(address.replace("&amp;", "&"), said) for address, said in re.findall(r'<a href="([^"]+)"[^>]*>([^<]*)<', row)]
        + [("", said) for said in re.findall(r"<b>(\d+)</b>", row)]
        for row in re.findall(r'<tr class="r28">(.*?)</tr>', card)
    ]


def home(client: Any) -> str:
    return tight(client.get(reverse("admin:index")).content.decode())


def listed(client: Any, address: str) -> int:
    count = 0
    while address:
        context = client.get(address).context
        found = context.get("queue", context)
        count += len(found["rows"])
        address = found.get("next", "")
    return count


@pytest.fixture
def busy() -> None:
    """Two offices; old posts and unflagged ones; a number in many posts, a trusted one, and one of somebody harmed."""
    first = brought(31, "bp3mi-jabar", country="Kamboja", place="Cirebon", phone="0840 5550 0001")
    brought(1, "bp3mi-jabar", country="Laos", place="Cirebon", phone="0840 5550 0002", platform="facebook")
    brought(2, "bp3mi-ntb", country="Kamboja", place="Mataram", phone="0840 5550 0003")
    brought(2, "bp3mi-jabar", country="Myanmar", place="Cirebon", phone="0840 5550 0004")
    (harmed, _other) = brought(2, "bp3mi-jabar", country="Myanmar", place="Cirebon", phone="0840 5550 0005")
    models.Protection.objects.create(flag=harmed, office=harmed.office, by=factories.person(), at=NOW)
    known = models.Indicator.objects.get(kind="phone", value="+6284055500004")
    by, second = factories.person(), factories.person(Role.ANALYST)
    told = {"reason": "Nomor kantor.", "expires_on": NOW.date() + timedelta(days=9), "proposed_by": by, "proposed_at": NOW}
    models.Trusted.objects.create(indicator=known, known_as="agency", approved_by=second, approved_at=NOW, **told)
    for flag in first[:3]:
        acts.decide(flag, by, now=NOW - HOUR)
    models.Post.objects.filter(pk=first[5].post_id).update(first_seen=NOW - timedelta(days=8), posted_at=None)
    ages = (1, 5, 30, 90)
    for flag, age in zip(first[6:10], ages, strict=True):
        models.Flag.objects.filter(pk=flag.pk).update(raised_at=NOW - age * HOUR)


def check_bars(client: Any, text: str) -> dict[str, dict[str, int]]:
    """title of the card -> line -> number, each as long as its list."""
    found = {title: rows(text, title) for title in ("Usia antrean", "Tujuan dan platform", "Nomor dan akun", PLACES)}
    for title, lines in found.items():
        for line in lines:
            assert listed(client, line[0][0]) == int(line[-1][1]), (title, line)
    tiles = re.findall(r'<a href="([^"]+)" aria-label="([^":]+): ([\d.]+)[^"]*">', text)
    assert [(listed(client, address.replace("&amp;", "&")), int(said)) for address, _name, said in tiles] == [
        (int(said), int(said)) for _address, _name, said in tiles
    ]
    # Both maps say what the tables beside them say, platforms apart.
    mapped = [line for line in (*found[PLACES], *found["Tujuan dan platform"]) if line[0][1] not in set(map(str, words.PLATFORMS.values()))]
    assert {name: int(said) for _address, name, said in tiles} == {line[0][1]: int(line[-1][1]) for line in mapped}
    counts = {title: {line[0][1]: int(line[-1][1]) for line in lines} for title, lines in found.items()}
    assert sum(counts["Usia antrean"].values()) == listed(client, reverse("admin:patrol_flag_changelist"))
    return counts


def test_each_bar_of_an_office_is_as_long_as_its_list(busy: None, door: Door, monkeypatch: Any) -> None:
    client = door(factories.person())
    text = home(client)
    counts = check_bars(client, text)
    assert (counts["Tujuan dan platform"]["Kamboja"], counts["Tujuan dan platform"]["Laos"], counts["Tujuan dan platform"]["Facebook"]) == (
        30,
        1,
        1,
    )
    # A number known to be good, and that of somebody who was harmed, are not among them; what is, is masked.
    named = {int(line[0][0].rpartition("=")[2]) for line in rows(text, "Nomor dan akun")}
    assert set(models.Indicator.objects.filter(pk__in=named, kind="phone").values_list("value", flat=True)) == {"+6284055500001"}
    assert "55500" not in text.replace(" ", "")
    # An account may be there for what it posts: its name stands in no text, and the table says so.
    assert set(models.Sighting.objects.filter(indicator__in=named, indicator__kind="account").values_list("role", flat=True)) == {"author"}
    assert ">Paling banyak dicantumkan, atau pengunggahnya<" in text

    part = text.split("Arus per hari", 1)[1].split("</details>", 1)[0]
    shown = re.findall(r'<td class="num"><a href="([^"]+)">(\d+)</a></td>', part)
    assert len(shown) == 28
    days = [(address.replace("&amp;", "&"), int(said)) for address, said in shown if said != "0"]
    assert len(days) >= 2
    for address, said in days:
        context = client.get(address).context
        assert (context["counted"], len(context["rows"]) if said <= 30 else said) == (said, said), address

    monkeypatch.setattr(window_cards, "LONG", 1)
    assert "per pukul" not in home(client)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=2))
    text = home(client)
    assert "per pukul 10.47" in text
    # The figures are kept; whom it turned out since to have harmed somebody is not named for all that.
    (phone,) = models.Indicator.objects.filter(kind="phone", value="+6284055500001")
    assert f"indicator={phone.pk}" in text
    flag = models.Flag.objects.filter(post__sightings__indicator=phone).earliest("id")
    models.Protection.objects.create(flag=flag, office=flag.office, by=factories.person(), at=NOW)
    assert f"indicator={phone.pk}" not in home(client)
    cache.clear()


@pytest.mark.parametrize(
    ("role", "code"), [(Role.OFFICER, "bp3mi-jabar"), (Role.SUPERVISOR, "bp3mi-jabar"), (Role.SUPERVISOR, "directorate")]
)
def test_what_was_put_off_stays_over_its_limit_and_is_told_beside(role: str, code: str, door: Door) -> None:
    factories.draw(*(False,) * 4)
    asleep, _one, _other, young = [*acts.flags(3, now=NOW - 90 * HOUR), *acts.flags(1, now=NOW - HOUR)]
    models.Flag.objects.update(level="high", level_rank=3)
    models.Flag.objects.filter(pk__in=[asleep.pk, young.pk]).update(snoozed_until=NOW.replace(year=2126))
    client = door(factories.person(role, code))

    def lines() -> list[tuple[str, str, int]]:
        """Of each line its words, how many it says, and how many its list has."""
        page = BeautifulSoup(client.get(reverse("admin:index")).content, "html.parser")
        (card,) = [one for one in page.select("section.card") if one.select("h2")[0].get_text(strip=True) == "Melewati batas"]
        found = [(row.select("a")[0], row.select("td.num")[0].get_text(strip=True)) for row in card.select("tr.r36")]
        return [(str(link.find_all(string=True)[-1]).strip(), many, listed(client, str(link["href"]))) for link, many in found]

    def told() -> list[list[str]]:
        """What stands at the rows of the list besides their post."""
        page = BeautifulSoup(client.get(reverse("admin:patrol_flag_changelist"), {"late": "1"}).content, "html.parser")
        return [one.get_text(" ", strip=True).split()[:2] for one in page.select("a.q .held")]

    assert (lines(), told()) == ([("Tanda tingkat tinggi", "3", 3), ("di antaranya ditunda", "1", 1)], [["snooze", "sampai"]])
    models.Flag.objects.filter(pk=asleep.pk).update(snoozed_until=None)
    assert (lines(), told()) == ([("Tanda tingkat tinggi", "3", 3)], [])


def test_each_bar_and_cell_of_the_directorate_is_as_long_as_its_list(busy: None, door: Door) -> None:
    officer, chief = factories.person(), factories.person(Role.SUPERVISOR, "directorate")
    for flag in models.Flag.objects.filter(state="confirmed"):
        cases.open_case(flag_ids=[flag.pk], title="Contoh", by=officer, now=NOW)
    client = door(chief)
    text = home(client)
    assert check_bars(client, text)["Tujuan dan platform"]["Kamboja"] == 32
    table = re.findall(r'<tr class="r28"><td>[^<]+</td>.*?</tr>', text)
    assert len(table) == models.Office.objects.filter(active=True).count()
    cells = [re.findall(r'<a href="([^"]+)"[^>]*>(\d+)</a>', row) for row in table]
    busiest = [found for found in cells if found[0][1] != "0"]
    assert len(busiest) == 2
    for found in (*busiest, cells[-1]):
        for address, said in found:
            assert listed(client, address.replace("&amp;", "&")) == int(said), address
    assert homes.by_office(cases.listed(cases.OPEN, chief)) == {officer.office_id: 3}
    without = models.Office.objects.filter(active=True).exclude(people__is_active=True).count()
    assert f"{without} kantor tanpa orang" in text
    assert "2 baris menunggu di sana" in text
    assert listed(client, reverse("admin:patrol_office_changelist") + "?people=none") == without
