"""Against a real server of the fediverse: snac (Debian's snac2), started here on loopback and filled through its own interface."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from patrol import domain
from patrol.sources import mastodon
from patrol.sources.transport import http

SNAC = shutil.which("snac") or "/usr/bin/snac"
HOST = "kampung.example"
# Snac delivers what is written to other servers. Here there are none, and it must not look for them.
NOWHERE = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy"), "http://127.0.0.1:1")
USER_AGENT = "SIPatrol/test (+https://sipatrol.example/kontak)"

pytestmark = pytest.mark.skipif(not Path(SNAC).exists(), reason="snac is missing and apt is not allowed here (Debian: apt install snac2)")


@dataclass(frozen=True)
class Snac:
    base: str
    folder: Path
    token: str
    password: str

    def delete(self, uri: str) -> None:
        """By the page its owner uses; the interface of snac 2.75 deletes nothing."""
        form = {"id": uri, "action": "Delete"}
        owner = ("pak_contoh", self.password)
        requests.post(f"{self.base}/pak_contoh/admin/action", data=form, auth=owner, timeout=120, allow_redirects=False)

    def call(self, method: str, path: str, **form: str) -> requests.Response:
        """Snac's own interface, as the account that posts here uses it."""
        answer = requests.request(
            method, f"{self.base}{path}", data=form or None, headers={"Authorization": f"Bearer {self.token}"}, timeout=120
        )
        answer.raise_for_status()
        return answer

    def write(self, text: str, **more: str) -> dict[str, str]:
        made: dict[str, str] = self.call("POST", "/api/v1/statuses", status=text, **more).json()
        return made


def tool(*arguments: str, typed: str = "") -> str:
    return subprocess.run([SNAC, *arguments], input=typed, capture_output=True, text=True, check=True, timeout=120).stdout


@pytest.fixture(scope="module")
def snac(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snac]:
    folder = tmp_path_factory.mktemp("snac") / "server"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tool("init", str(folder), typed=f"127.0.0.1\n{port}\n{HOST}\n\n\n")
    password = re.search(r"password is (\S+)", tool("adduser", str(folder), "pak_contoh", typed="\n"))
    assert password
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [SNAC, "httpd", str(folder)], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **NOWHERE}
        )
    base = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(base, server)
        form = {"login": "pak_contoh", "passwd": password.group(1)}
        token = requests.post(f"{base}/oauth/x-snac-get-token", data=form, timeout=120).text.strip()
        yield Snac(base, folder, token, password.group(1))
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(60)


def _until_it_answers(base: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert server.poll() is None, "snac ended by itself"
        with contextlib.suppress(requests.exceptions.ConnectionError):
            requests.get(f"{base}/api/v1/instance", timeout=60)
            return
        time.sleep(0.05)
    raise AssertionError("snac did not answer")


class Unhurried:
    def wait(self, host: str) -> None:
        pass


@pytest.fixture
def client(snac: Snac) -> http.Client:
    return http.Client(pace=Unhurried(), user_agent=USER_AGENT, stand_ins={f"https://{HOST}": snac.base})


def fetched(client: http.Client, query: str, kind: str, **more: Any) -> list[domain.Page]:
    now = datetime.now(UTC) + timedelta(minutes=1)
    given: dict[str, Any] = {"query": query, "cursor": {}, "now": now, "kind": kind, **more}
    asked = domain.Ask(**given)
    return list(mastodon.fetch(asked, client))


def by_id(pages: list[domain.Page]) -> dict[str, domain.RawPost]:
    return {post.external_id: post for page in pages for post in page.posts}


def credential(snac: Snac) -> dict[str, str]:
    return {"instance": HOST, "token": snac.token}


def test_a_post_is_read_whole_from_its_hashtag(snac: Snac, client: http.Client) -> None:
    written = snac.write("Lowongan kebun Malaysia. Hubungi https://wa.example/62840001 #lokerutuh", spoiler_text="Info kerja")
    page, end = fetched(client, f"#lokerutuh@{HOST}", "hashtag")  # snac sends no Link header: an empty page is the end
    assert end.posts == ()
    (post,) = page.posts
    assert post.external_id == written["uri"]
    assert post.text == "Info kerja\n\nLowongan kebun Malaysia. Hubungi https://wa.example/62840001 #lokerutuh"
    assert post.links == ("https://wa.example/62840001",)
    assert (post.author, post.origin) == (f"pak_contoh@{HOST}", f"#lokerutuh@{HOST}")
    assert post.posted_at == datetime.fromisoformat(written["created_at"])
    assert (page.problems, post.unknown) == ((), {})


def test_a_link_behind_words_is_read(snac: Snac, client: http.Client) -> None:
    snac.write("Daftar [klik di sini](https://daftar.example/formulir) #lokertautan")
    (post,) = by_id(fetched(client, f"#lokertautan@{HOST}", "hashtag")).values()
    assert "https://daftar.example/formulir" in post.links
    assert post.text.startswith("Daftar klik di sini")


def test_pages_are_walked_to_the_end_over_many_runs(snac: Snac, client: http.Client) -> None:
    written = {snac.write(f"Loker nomor {number} #lokerbanyak")["uri"] for number in range(47)}  # more than a page
    seen: dict[str, domain.RawPost] = {}
    cursor: object = {}
    for _ in range(3):
        pages = fetched(client, f"#lokerbanyak@{HOST}", "hashtag", cursor=cursor, max_pages=1)
        cursor = pages[-1].cursor
        seen |= by_id(pages)
    assert set(seen) == written


def test_the_public_timeline_shows_the_same_posts(snac: Snac, client: http.Client) -> None:
    written = snac.write("Di linimasa umum")
    assert written["uri"] in by_id(fetched(client, HOST, "timeline"))


def test_an_account_is_looked_up_and_its_older_posts_are_said_to_be_out_of_reach(snac: Snac, client: http.Client) -> None:
    written = snac.write("Dari satu akun")
    pages = fetched(client, f"@pak_contoh@{HOST}", "account")
    assert written["uri"] in by_id(pages)
    told = {problem.code for page in pages for problem in page.problems}
    assert told <= {"pages_not_served"}  # snac knows no pages of an account
    assert not any(walk["token"] for walk in pages[-1].cursor["looks"].values())


def test_an_account_nobody_has_is_said_so(client: http.Client) -> None:
    with pytest.raises(domain.SourceError) as raised:
        fetched(client, f"@tidak_ada@{HOST}", "account")
    assert (raised.value.problem.code, raised.value.problem.permanent) == ("not_found", True)


def test_what_an_account_says_of_itself(snac: Snac, client: http.Client) -> None:
    snac.call("PATCH", "/api/v1/accounts/update_credentials", display_name="Pak Contoh", note="Kirim PMI resmi")
    asked = domain.Ask("", {}, datetime.now(UTC))
    profile = mastodon.profile(f"pak_contoh@{HOST}", asked, client)
    assert profile is not None
    assert (profile.account, profile.url) == (f"pak_contoh@{HOST}", f"https://{HOST}/pak_contoh")
    assert (profile.name, profile.text) == ("Pak Contoh", "Kirim PMI resmi")
    assert mastodon.profile(f"tidak_ada@{HOST}", asked, client) is None


def test_a_search_needs_a_token_and_finds_with_one(snac: Snac, client: http.Client) -> None:
    written = snac.write("Dicari tukang las untuk Jepang")
    with pytest.raises(domain.SourceError) as raised:
        fetched(client, f"tukang las@{HOST}", "search")
    assert raised.value.problem.code == "credential_missing"
    pages = fetched(client, "", "search", words=("tukang las",), credential=credential(snac))
    assert written["uri"] in by_id(pages)


def test_a_token_the_server_does_not_know_is_refused(client: http.Client) -> None:
    with pytest.raises(domain.SourceError) as raised:
        fetched(client, "kata", "search", words=("kata",), credential={"instance": HOST, "token": "0" * 32})
    assert raised.value.problem.code in {"credentials_refused", "bad_query"}


def test_the_token_never_stands_in_the_evidence(snac: Snac, client: http.Client) -> None:
    for page in fetched(client, "", "search", words=("Jepang",), credential=credential(snac)):
        assert snac.token not in repr(page)


def test_comments_hang_under_their_post(snac: Snac, client: http.Client) -> None:
    root = snac.write("Unggahan induk #lokerinduk")
    first = snac.write("Minat pak", in_reply_to_id=root["id"])
    second = snac.write("Saya juga", in_reply_to_id=root["id"])
    below = snac.write("Sama", in_reply_to_id=first["id"])  # snac serves direct answers only
    query = f"https://{HOST}/web/statuses/{root['id']}"
    posts = by_id(fetched(client, query, "comments", credential=credential(snac)))
    assert set(posts) == {root["uri"], first["uri"], second["uri"]}
    assert {posts[one["uri"]].thread for one in (first, second)} == {root["uri"]}
    assert posts[second["uri"]].reply_to == root["uri"]
    query = f"https://{HOST}/web/statuses/{first['id']}"
    posts = by_id(fetched(client, query, "comments", credential=credential(snac)))
    assert (posts[below["uri"]].reply_to, posts[first["uri"]].reply_to) == (first["uri"], query.replace(first["id"], root["id"]))


def test_an_edited_post_is_the_same_post_and_says_so(snac: Snac, client: http.Client) -> None:
    written = snac.write("Gaji 5 juta #lokersunting")
    snac.call("PUT", f"/api/v1/statuses/{written['id']}", status="Gaji 25 juta #lokersunting")
    (post,) = by_id(fetched(client, f"#lokersunting@{HOST}", "hashtag")).values()
    assert (post.external_id, post.text, post.edited) == (written["uri"], "Gaji 25 juta #lokersunting", True)


def test_a_deleted_post_is_served_no_more(snac: Snac, client: http.Client) -> None:
    written = snac.write("Nanti dihapus #lokerhapus")
    assert set(by_id(fetched(client, f"#lokerhapus@{HOST}", "hashtag"))) == {written["uri"]}
    snac.delete(written["uri"])
    assert by_id(fetched(client, f"#lokerhapus@{HOST}", "hashtag")) == {}


def test_a_deleted_post_is_told_as_gone_or_not_found(snac: Snac, client: http.Client) -> None:
    written = snac.write("Dihapus juga")
    snac.delete(written["uri"])
    with pytest.raises(domain.SourceError) as raised:  # snac says 404 in HTML: no word of the interface
        fetched(client, f"https://{HOST}/web/statuses/{written['id']}", "comments", credential=credential(snac))
    assert raised.value.answer is not None
    assert (raised.value.problem.code, raised.value.answer.status) == ("not_found", 404)
