"""The example world's files: consistent with each other, invented throughout, readable by the engine's rules."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from example import world
from example.world import markup
from patrol import domain

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

# Inputs an Indonesian mobile number could be hidden in: anything that begins like one and goes on with digits.
MOBILE = re.compile(r"(?<!\d)(?:\+?62|0)[\s.\-/()]*8(?:[\s.\-/()]*\d){7,}")
INDONESIAN = re.compile(r"\+62840\d{8}")


def labels() -> list[Any]:
    lines = (world.FOLDER / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def loaded() -> world.World:
    return world.load()


def test_every_post_has_one_label_and_every_label_a_post(loaded: world.World) -> None:
    posts = [place.label_id(post) for place in loaded.places for post in place.real_posts]
    assert sorted(posts) == sorted(label["id"] for label in labels())
    assert len(posts) == len(set(posts))


def test_there_are_enough_posts_and_half_of_them_are_lawful_or_unrelated(loaded: world.World) -> None:
    levels = [label["level"] for label in labels()]
    assert len(levels) >= 200
    assert sum(level in ("none", "low") for level in levels) * 2 >= len(levels)
    assert {label["verdict"] for label in labels()} == set(domain.Verdict) - {"cannot_check"}


def test_labels_agree_with_themselves() -> None:
    for label in labels():
        verdict = domain.Verdict(label["verdict"])
        domain.Level(label["level"])
        assert label["overseas_offer"] == (verdict != domain.Verdict.NOT_AN_OFFER), label["id"]
        if verdict not in (domain.Verdict.NOT_AN_OFFER, domain.Verdict.EXEMPT, domain.Verdict.LICENSED):
            assert label["level"] in ("medium", "high"), label["id"]
        if verdict == domain.Verdict.EXEMPT:
            assert label["level"] in ("none", "low"), label["id"]
        assert all(re.fullmatch("[A-Z]{2}", country) and country != "ID" for country in label["countries"]), label["id"]
        if label["overseas_offer"]:
            assert label["countries"], label["id"]


def test_posts_lie_in_the_last_fortnight(loaded: world.World) -> None:
    ages = [post.age for place in loaded.places for post in place.real_posts]
    assert timedelta(0) < min(ages)
    assert max(ages) < timedelta(days=14)


def test_every_phone_number_is_invented(loaded: world.World) -> None:
    texts = [(place.label_id(post), f"{post.title} {post.text}") for place in loaded.places for post in place.posts]
    texts += [(place.name, text) for place in loaded.feeds.values() for text in place.pages.values()]
    texts += [(path.name, path.read_text(encoding="utf-8")) for path in (world.FOLDER / "register").rglob("*.csv")]
    found = 0
    for where, text in texts:
        for match in MOBILE.finditer(text):
            digits = re.sub(r"\D", "", match[0])
            found += 1
            assert re.match(r"(?:62|0)840", digits), f"{where}: {match[0]}"
    assert found > 150
    for label in labels():
        for phone in label["phones"]:
            # Abroad there is no prefix to hide in: four zeros in a row are an invention anybody sees.
            assert INDONESIAN.fullmatch(phone) or (not phone.startswith("+62") and "0000" in phone), phone


def test_every_host_is_an_example_host(loaded: world.World) -> None:
    allowed = re.compile(r"https?://(?:[a-z0-9-]+\.)*(?:example|wa\.me|t\.me)(?:[/?]|$)")
    for place in loaded.places:
        for post in place.posts:
            for address in re.findall(r"https?://[^\s)]+", f"{post.text} {post.preview.url if post.preview else ''}"):
                assert allowed.match(address), address


def test_every_place_says_that_it_is_invented(loaded: world.World) -> None:
    for place in loaded.places:
        assert "Data contoh: semua orang, nomor dan perusahaan di sini rekaan." in place.description


def test_forwards_and_replies_point_at_posts_of_the_world(loaded: world.World) -> None:
    forwards = 0
    for place in loaded.channels.values():
        numbers = {post.key for post in place.posts}
        for post in place.posts:
            assert not post.reply or post.reply in numbers
            if post.forward:
                name, _, number = post.forward.partition("/")
                forwards += 1
                assert number in {other.key for other in loaded.channels[name].posts}
    assert forwards >= 8


def test_feeds_have_unique_slugs_and_guids(loaded: world.World) -> None:
    for place in loaded.feeds.values():
        slugs = [post.slug for post in place.posts] + list(place.pages)
        assert len(slugs) == len(set(slugs))
        assert all(slugs)
        guids = [post.key for post in place.posts]
        assert len(guids) == len(set(guids))


def test_each_watch_watches_a_place_and_each_place_is_watched_once(loaded: world.World) -> None:
    watches = tomllib.loads((world.FOLDER / "watches.toml").read_text(encoding="utf-8"))["watch"]
    expected = sorted([("telegram", name) for name in loaded.channels] + [("feed", f"https://{host}/feed.xml") for host in loaded.feeds])
    assert sorted((watch["platform"], watch["query"]) for watch in watches) == expected
    for watch in watches:
        assert sorted(watch) == ["every_seconds", "healthy_high", "healthy_low", "name", "office", "platform", "query"]
        assert 0 <= watch["healthy_low"] < watch["healthy_high"]
    assert {watch["office"] for watch in watches} == {
        "directorate",
        "bp3mi-jabar",
        "bp3mi-jateng",
        "bp3mi-jatim",
        "bp3mi-kepri",
        "bp3mi-ntb",
    }


# --- the register ---------------------------------------------------------------------------------

AGENCIES = "name,aliases,sip3mi_number,status,status_from,status_to,decree,province,city,address,phones,websites,accounts"
LICENCES = "number,agency,country,positions,employer,quota,valid_from,valid_to,status,status_from"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8"))))


@pytest.fixture(scope="module", params=[".", "newer"])
def register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("register")
    world.write_register(into, DAY)
    return into / str(request.param)


def test_the_register_has_the_contracts_header(register: Path) -> None:
    assert (register / "agencies.csv").read_text(encoding="utf-8").splitlines()[0] == AGENCIES
    assert (register / "licences.csv").read_text(encoding="utf-8").splitlines()[0] == LICENCES


def test_the_registers_dates_are_iso_and_in_order(register: Path) -> None:
    for row in rows(register, "agencies.csv"):
        since = date.fromisoformat(row["status_from"])
        assert since <= DAY
        if row["status_to"]:
            assert since <= date.fromisoformat(row["status_to"])
    for row in rows(register, "licences.csv"):
        assert date.fromisoformat(row["valid_from"]) <= date.fromisoformat(row["valid_to"])
        assert date.fromisoformat(row["status_from"]) <= DAY


def test_the_periods_of_an_agency_follow_each_other_without_gap(register: Path) -> None:
    periods: dict[str, list[dict[str, str]]] = {}
    for row in rows(register, "agencies.csv"):
        periods.setdefault(row["name"], []).append(row)
    assert len(periods) >= 25
    for name, own in periods.items():
        for earlier, later in itertools.pairwise(own):
            ends, begins = date.fromisoformat(earlier["status_to"]), date.fromisoformat(later["status_from"])
            assert begins - ends == timedelta(days=1), name
        assert all(row["decree"] for row in own if row["status"] != "active"), name


def test_every_licence_belongs_to_an_agency_and_stands_once(register: Path) -> None:
    names = {row["name"] for row in rows(register, "agencies.csv")}
    licences = rows(register, "licences.csv")
    numbers = [row["number"] for row in licences]
    assert len(numbers) >= 60
    assert len(numbers) == len(set(numbers))
    assert {row["agency"] for row in licences} <= names
    assert {row["status"] for row in licences} == {"active", "revoked", "exhausted"}


def test_all_states_of_an_agency_occur(register: Path) -> None:
    assert {row["status"] for row in rows(register, "agencies.csv")} == set(domain.StandingStatus)


def test_the_newer_register_changes_adds_and_drops(tmp_path: Path) -> None:
    world.write_register(tmp_path, DAY)
    for name, key in (("agencies.csv", "name"), ("licences.csv", "number")):
        old, new = rows(tmp_path, name), rows(tmp_path / "newer", name)
        old_keys, new_keys = {row[key] for row in old}, {row[key] for row in new}
        assert old_keys - new_keys
        assert new_keys - old_keys
        assert [row for row in new if row[key] in old_keys and row not in old]


def test_the_older_register_is_older_than_the_newest_posts(tmp_path: Path) -> None:
    world.write_register(tmp_path, DAY)
    newest = {
        folder: max(row["status_from"] for name in ("agencies.csv", "licences.csv") for row in rows(folder, name))
        for folder in (tmp_path, tmp_path / "newer")
    }
    assert newest == {tmp_path: "2026-11-22", tmp_path / "newer": "2026-11-24"}


# --- ages, anchor, markup -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"), [("3d 4h 20m", timedelta(days=3, hours=4, minutes=20)), ("5d", timedelta(days=5)), ("0d 3h", timedelta(hours=3))]
)
def test_age(text: str, expected: timedelta) -> None:
    assert world.age(text) == expected


@pytest.mark.parametrize("text", ["", " ", "3", "3w", "-1d", "1h 2d"])
def test_age_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="not an age"):
        world.age(text)


def test_the_anchor_is_written_once_and_read_later(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "anchor.json"
    first = world.Anchor.at(NOW, path)
    later = world.Anchor.at(NOW + timedelta(days=9), path)
    assert later.moment == first.moment == NOW


@pytest.mark.parametrize(
    "content", ["", "[]", '{"moment": "gestern", "published": {}}', '{"moment": "2026-11-24T03:00:00", "published": {}}', "{}"]
)
def test_a_broken_anchor_is_one_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "anchor.json"
    path.write_text(content)
    with pytest.raises(world.WorldError, match="remove the file"):
        world.Anchor.at(NOW, path)


def test_the_worlds_day_is_jakartas() -> None:
    assert world.Anchor(datetime(2026, 11, 23, 18, 0, tzinfo=UTC)).day == DAY


def test_a_file_out_of_order_is_named(tmp_path: Path) -> None:
    (tmp_path / "telegram").mkdir()
    text = "".join(f'\n[[post]]\nid = {number}\nage = "{age}"\ntext = "x"\n' for number, age in ((1, "1d"), (2, "2d")))
    (tmp_path / "telegram" / "kanal.toml").write_text(f'title = "K"\ndescription = ""\nnumber = 1\n{text}')
    with pytest.raises(world.WorldError, match=r"kanal\.toml: 2 stands after 1"):
        world.load(tmp_path)


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "telegram").mkdir()
    (tmp_path / "telegram" / "kanal.toml").write_text(
        'title = "K"\ndescription = ""\n[[post]]\nid = 1\nage = "1d"\ntext = "x"\nfoward = "y/1"\n'
    )
    with pytest.raises(world.WorldError, match="foward"):
        world.load(tmp_path)


def test_markup_as_telegram_writes_it() -> None:
    assert markup.telegram("Daftar [di sini](https://a.example/?x=1&y=2)!\n**Cepat** @kanal_kami #loker") == (
        'Daftar <a href="https://a.example/?x=1&amp;y=2" target="_blank" rel="noopener">di sini</a>&#33;<br/>'
        '<b>Cepat</b> <a href="https://t.me/kanal_kami" target="_blank">@kanal_kami</a> '
        '<a href="?q=%23loker">#loker</a>'
    )


def test_a_bare_messenger_address_becomes_a_link() -> None:
    assert markup.telegram("chat wa.me/6284011120150.") == (
        'chat <a href="http://wa.me/6284011120150" target="_blank" rel="noopener">wa.me/6284011120150</a>.'
    )


def test_emoji_stand_in_pictures_of_their_own() -> None:
    assert markup.telegram("0\ufe0f\u20e3👍🏽") == (
        '<i class="emoji" style="background-image:url(\'//telegram.org/img/emoji/40/30EFB88FE283A3.png\')">'
        "<b>0\ufe0f\u20e3</b></i>"
        '<i class="emoji" style="background-image:url(\'//telegram.org/img/emoji/40/F09F918DF09F8FBD.png\')">'
        "<b>👍🏽</b></i>"
    )


def test_hostile_text_stays_text() -> None:
    assert markup.telegram("<script>alert('x')</script> & \"y\"") == ("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;")
