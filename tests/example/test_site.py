"""The example site over real HTTP on loopback."""

from __future__ import annotations

import base64
import calendar
import json
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag

from example import site, world
from tests.markup import only, value_of

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


OPENER = urllib.request.build_opener(NoRedirect, urllib.request.ProxyHandler({}))


@contextmanager
def serving(showing: world.Showing, *, outbox: Path | None = None) -> Iterator[str]:
    server = site.Site(0, showing, outbox=outbox)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def loaded() -> world.World:
    return world.load()


@pytest.fixture(scope="module")
def base(loaded: world.World) -> Iterator[str]:
    with serving(world.Showing(loaded, world.Anchor(NOW))) as address:
        yield address


def get(address: str, headers: dict[str, str] | None = None) -> tuple[int, Message, bytes]:
    """Status, headers, body; redirects and errors are answers too."""
    request = urllib.request.Request(address, headers=headers or {})
    try:
        with OPENER.open(request, timeout=120) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def page_messages(body: bytes) -> tuple[BeautifulSoup, list[Tag]]:
    soup = BeautifulSoup(body, "html.parser")
    return soup, list(soup.select(".tgme_widget_message"))


def paged(base: str, name: str) -> tuple[list[Tag], int]:
    """All messages of a channel, paged backwards as a reader would; oldest first."""
    messages: list[Tag] = []
    address: str | None = f"{base}/t.me/s/{name}"
    pages = 0
    while address:
        _, _, body = get(address)
        soup, own = page_messages(body)
        assert 1 <= len(own) <= 20
        messages = own + messages
        more = soup.select_one(".tme_messages_more")
        address = f"{base}/t.me{more['href']}" if more else None
        pages += 1
    return messages, pages


def test_paging_to_the_end_gives_every_post_once(base: str, loaded: world.World) -> None:
    deep = 0
    for name, place in loaded.channels.items():
        messages, pages = paged(base, name)
        deep += pages > 1
        assert [message["data-post"] for message in messages] == [f"{name}/{post.key}" for post in place.posts]
    assert deep >= 5


def test_a_message_carries_what_the_platform_shows(base: str, loaded: world.World) -> None:
    place = loaded.channels["loker_kps_contoh"]
    messages = {value_of(message, "data-post"): message for message in paged(base, place.name)[0]}
    posts = {f"{place.name}/{post.key}": post for post in place.posts}
    for key, message in messages.items():
        ticket = value_of(message, "data-view")
        view = json.loads(base64.urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4)))
        assert (view["c"], view["p"]) == (-place.number, int(posts[key].key))
        moment = datetime.fromisoformat(value_of(only(message, ".tgme_widget_message_date time"), "datetime"))
        assert moment == NOW - posts[key].age
    marks = {
        "tgme_widget_message_forwarded_from": {key for key, post in posts.items() if post.forward or post.forward_name},
        "tgme_widget_message_reply": {key for key, post in posts.items() if post.reply},
        "tgme_widget_message_photo_wrap": {key for key, post in posts.items() if post.picture is not None},
        "tgme_widget_message_link_preview": {key for key, post in posts.items() if post.preview},
        "tgme_widget_message_from_author": {key for key, post in posts.items() if post.author},
    }
    for mark, expected in marks.items():
        assert expected, mark
        assert {key for key, message in messages.items() if message.select_one(f".{mark}")} == expected, mark
    edited = {key for key, message in messages.items() if "edited" in only(message, ".tgme_widget_message_meta").text}
    assert edited == {key for key, post in posts.items() if post.edited}
    assert [key for key, message in messages.items() if "service_message" in message["class"]] == [f"{place.name}/1"]


def test_before_the_first_message_no_posts_are_found(base: str) -> None:
    status, _, body = get(f"{base}/t.me/s/loker_kps_contoh?before=1")
    soup, messages = page_messages(body)
    assert (status, messages) == (200, [])
    assert [told.text for told in soup.select(".tme_no_messages_found")] == ["No posts found"]


def test_a_before_that_is_no_number_gives_the_newest_page(base: str) -> None:
    newest = get(f"{base}/t.me/s/loker_kps_contoh")[2]
    assert get(f"{base}/t.me/s/loker_kps_contoh?before=x")[2] == newest


def test_a_channel_nobody_has_redirects_to_its_contact_page(base: str) -> None:
    status, headers, _ = get(f"{base}/t.me/s/tidak_ada_contoh")
    assert (status, headers["Location"]) == (302, "https://t.me/tidak_ada_contoh")
    status, _, body = get(f"{base}/t.me/tidak_ada_contoh")
    assert status == 200
    assert "you can contact" in body.decode()


def test_a_single_message_and_one_that_is_gone(base: str, loaded: world.World) -> None:
    last = loaded.channels["loker_abk_contoh"].posts[-1]
    _, _, body = get(f"{base}/t.me/loker_abk_contoh/{last.key}?embed=1")
    assert [message["data-post"] for message in page_messages(body)[1]] == [f"loker_abk_contoh/{last.key}"]
    _, _, body = get(f"{base}/t.me/loker_abk_contoh/99999?embed=1")
    assert "Post not found" in body.decode()


def test_pictures_are_served(base: str, loaded: world.World) -> None:
    messages, _ = paged(base, "loker_kps_contoh")
    styles = [value_of(wrap, "style") for message in messages for wrap in message.select(".tgme_widget_message_photo_wrap")]
    address = re.search(r"url\('(https://[^']+)'\)", styles[0])
    assert address is not None
    status, headers, body = get(address[1].replace("https://", f"{base}/"))
    assert (status, headers["Content-Type"], body[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")
    assert get(f"{base}/{site.CDN_HOST}/file/none.png")[0] == 404


def test_feeds_hold_every_post_with_its_time(base: str, loaded: world.World) -> None:
    for host, place in loaded.feeds.items():
        _, headers, body = get(f"{base}/{host}/feed.xml")
        feed = feedparser.parse(body)
        assert not feed.bozo
        assert feed.version == {"rss": "rss20", "atom": "atom10"}[place.shape]
        assert place.shape in headers["Content-Type"]
        assert [entry.id for entry in reversed(feed.entries)] == [post.key for post in place.posts]
        times = [datetime.fromtimestamp(calendar.timegm(entry.published_parsed), UTC) for entry in reversed(feed.entries)]
        assert times == [NOW - post.age for post in place.posts]
        for entry in feed.entries:
            assert get(entry.link.replace("https://", f"{base}/"))[0] == 200


def test_an_unchanged_feed_is_not_sent_again(base: str) -> None:
    status, headers, _ = get(f"{base}/warta-pmi.example/feed.xml")
    assert status == 200
    status, _, body = get(f"{base}/warta-pmi.example/feed.xml", {"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")


def test_the_agencys_site_shows_its_licence_numbers(base: str, loaded: world.World) -> None:
    host = "pt-lintang-bahtera.example"
    assert get(f"{base}/{host}/")[0] == 200
    assert get(f"{base}/{host}/tidak-ada")[0] == 404
    licences = (world.FOLDER / "register" / "licences.csv").read_text(encoding="utf-8")
    own = set(re.findall(r"^(B\. \d+/SIP2MI/\w+/2026),PT Lintang Bahtera Nusaraya", licences, re.MULTILINE))
    shown = set(re.findall(r"B\. \d+/SIP2MI/\w+/\d+", get(f"{base}/{host}/izin")[2].decode()))
    assert shown
    assert shown < own  # the one that ran out is not shown any more


@pytest.mark.parametrize("path", ["/", "/other.example/feed.xml", "/t.me/", "/t.me/s/", "/t.me/s/..%2f", "/t.me/s/a"])
def test_nothing_else_is_served(base: str, path: str) -> None:
    assert get(base + path)[0] == 404


def test_stand_ins_name_every_origin(loaded: world.World) -> None:
    assert site.stand_ins(8071, loaded) == {
        "https://t.me": "http://127.0.0.1:8071/t.me",
        "https://cdn4.telegram-cdn.org": "http://127.0.0.1:8071/cdn4.telegram-cdn.org",
        "https://pengaduan-kantor.example": "http://127.0.0.1:8071/pengaduan-kantor.example",
        "https://forum-rantau.example": "http://127.0.0.1:8071/forum-rantau.example",
        "https://loker-luar-negeri.example": "http://127.0.0.1:8071/loker-luar-negeri.example",
        "https://pt-lintang-bahtera.example": "http://127.0.0.1:8071/pt-lintang-bahtera.example",
        "https://warta-pmi.example": "http://127.0.0.1:8071/warta-pmi.example",
    }


# --- the system of an office ------------------------------------------------------------------------


def posted(address: str, body: bytes, id_: str) -> int:
    request = urllib.request.Request(address, data=body, headers={"webhook-id": id_, "Content-Type": "application/json"})
    try:
        with OPENER.open(request, timeout=120) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_a_webhook_is_a_file_of_the_outbox_and_one_that_comes_twice_is_one(loaded: world.World, tmp_path: Path) -> None:
    with serving(world.Showing(loaded, world.Anchor(NOW)), outbox=tmp_path / "outbox") as address:
        there = f"{address}/{site.RECEIVER.removeprefix('https://')}/perubahan"
        assert [posted(there, b'{"id":"d7"}', "d7") for _time in range(2)] == [204, 204]
        for wrong in (posted(f"{address}/t.me/perubahan", b"{}", "d8"), posted(there, b"{}", "../d8")):
            assert wrong == 404
    assert {file.name: file.read_bytes() for file in (tmp_path / "outbox").iterdir()} == {"webhook-d7.json": b'{"id":"d7"}'}


def test_without_an_outbox_no_webhook_is_taken(base: str) -> None:
    assert posted(f"{base}/{site.RECEIVER.removeprefix('https://')}/perubahan", b"{}", "d7") == 404


# --- posts kept back ------------------------------------------------------------------------------


def shown(showing: world.Showing) -> dict[str, datetime]:
    return {place.label_id(post): moment for place in showing.world.places for post, moment in showing.posts(place)}


def held(loaded: world.World) -> set[str]:
    return {place.label_id(post) for place in loaded.places for post in place.posts if post.held}


def test_posts_kept_back_come_out_one_by_one_and_keep_their_time(loaded: world.World, tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    showing = world.Showing(loaded, world.Anchor.at(NOW, path), hold=True)
    everything = {place.label_id(post) for place in loaded.places for post in place.posts}
    assert set(shown(showing)) == everything - held(loaded)
    later = NOW + timedelta(minutes=5)
    first, second = showing.publish_next(later), showing.publish_next(later + timedelta(minutes=1))
    assert {first, second} < held(loaded)
    assert shown(showing)[first] == later

    again = world.Showing(loaded, world.Anchor.at(NOW + timedelta(days=3), path), hold=True)
    assert shown(again) == shown(showing)


def test_without_trickle_everything_is_there_and_stays(loaded: world.World, tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    all_at_once = shown(world.Showing(loaded, world.Anchor.at(NOW, path)))
    assert held(loaded) < set(all_at_once)
    trickling = world.Showing(loaded, world.Anchor.at(NOW, path), hold=True)
    assert shown(trickling) == all_at_once
    assert trickling.publish_next(NOW) == ""


def test_in_a_channel_the_posts_kept_back_are_the_newest(loaded: world.World) -> None:
    for place in loaded.places:
        flags = [post.held for post in place.posts]
        assert flags == sorted(flags), place.name


def test_trickle_ends_when_none_is_left(loaded: world.World) -> None:
    showing = world.Showing(loaded, world.Anchor(NOW), hold=True)
    site.publish_slowly(showing, 0, threading.Event())
    assert len(shown(showing)) == sum(len(place.posts) for place in loaded.places)


# --- the program ----------------------------------------------------------------------------------


def test_the_program_prints_one_line_and_serves(tmp_path: Path, loaded: world.World) -> None:
    command: list[str | Path] = [sys.executable, ROOT / "example" / "site.py", "--port", "0", "--anchor", tmp_path / "anchor.json"]
    command += ["--now", "2026-11-24T10:00", "--write-register", tmp_path / "register"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        assert program.stdout is not None
        line = program.stdout.readline()
        told = re.fullmatch(r"Example world \(invented data\) on (http://127\.0\.0\.1:\d+)/, day 2026-11-24\n", line)
        assert told is not None
        assert get(f"{told[1]}/t.me/s/loker_kps_contoh")[0] == 200
        assert (tmp_path / "register" / "newer" / "licences.csv").exists()
    finally:
        program.terminate()
        rest = program.communicate(timeout=120)
    assert rest == ("", "")
    moment = json.loads((tmp_path / "anchor.json").read_text())["moment"]
    assert datetime.fromisoformat(moment) == datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_the_register_alone_is_written_without_serving(tmp_path: Path) -> None:
    assert site.main(["--write-register", str(tmp_path), "--now", "2026-11-24T10:00"]) == 0
    assert "{" not in (tmp_path / "agencies.csv").read_text(encoding="utf-8")


def test_nothing_to_do_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        site.main([])
    assert "give --port, --write-register or both" in capsys.readouterr().err


def test_a_busy_port_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    server = site.Site(0, world.Showing(world.load(), world.Anchor(NOW)))
    try:
        assert site.main(["--port", str(server.server_port)]) == 1
    finally:
        server.server_close()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.fullmatch(r"example site: .*in use\n", captured.err)


def test_posts_that_were_taken_down_are_gone_from_list_and_page(loaded: world.World, tmp_path: Path) -> None:
    """As their platforms do: the list goes on without them, the page says it has none."""
    channel, feed = next(iter(loaded.channels.values())), next(iter(loaded.feeds.values()))
    post, entry = channel.real_posts[-1], feed.posts[-1]
    file = tmp_path / "gone"
    with serving(world.Showing(loaded, world.Anchor(NOW), gone=file)) as address:
        page, article = f"{address}/t.me/s/{channel.name}", f"{address}/{feed.name}/{entry.slug}"

        def shown() -> tuple[bool, bool, int]:
            listed = f'/{post.key}"' in get(page)[2].decode(), entry.slug in get(f"{address}/{feed.name}/feed.xml")[2].decode()
            return *listed, get(article)[0]

        assert shown() == (True, True, 200)
        file.write_text(f"{channel.label_id(post)}\n{feed.label_id(entry)}\n")
        assert shown() == (False, False, 404)
