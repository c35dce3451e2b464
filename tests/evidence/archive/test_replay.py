"""An archive in a player that is not ours (wabac.js, the core of ReplayWeb.page), in Chromium with the network closed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page

from patrol.evidence.archive import wacz
from tests import archives
from tests.browser import chromium
from tests.evidence.archive.conftest import NOW, PAGE, Take
from tests.evidence.archive.test_taking import HTML, RED, page, png
from tests.judges import asked
from tests.sources.conftest import Site

pytestmark = pytest.mark.browser

# As ReplayWeb.page does it: the worker of the player takes an archive, and shows its pages below /w/NAME/.
_OPEN = """
async (name) => {
    await navigator.serviceWorker.register("/sw.js?useHashCheck=1");
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
        await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, {once: true}));
    const told = new Promise((done) => navigator.serviceWorker.addEventListener("message", (event) => {
        if (event.data.msg_type === "collAdded" || event.data.error) done(event.data);
    }));
    navigator.serviceWorker.controller.postMessage({msg_type: "addColl", name, file: {sourceUrl: `${location.origin}/${name}.wacz`}});
    return JSON.stringify(await told);
}
"""


_VERIFIED = """
(name) => new Promise((done, no) => {
    const opened = indexedDB.open(`db:${name}`);
    opened.onerror = no;
    opened.onsuccess = () => {
        const asked = opened.result.transaction("verification").objectStore("verification").getAll();
        asked.onerror = no;
        asked.onsuccess = () => done(Object.fromEntries(asked.result.map((one) => [one.id, one.matched])));
    };
})
"""


# What this version of it compares; the hashes of index and records it reads and leaves (tests/evidence/archive/test_wacz.py).
_LOOKED_AT = ("signature", "defaultdatapackage.json", "defaultpages/pages.jsonl")


@contextmanager
def served(files: dict[str, tuple[str, bytes]]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            media_type, content = files.get(self.path, ("", b""))
            first, last = 0, len(content) - 1
            asked_for = self.headers.get("Range", "").removeprefix("bytes=")
            if asked_for.startswith("-"):
                first = max(0, len(content) - int(asked_for[1:]))
            elif asked_for:
                first, last = int(asked_for.split("-")[0]), min(last, int(asked_for.split("-")[1] or last))
            self.send_response(206 if asked_for else 200 if media_type else 404)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(last - first + 1))
            if asked_for:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
            self.end_headers()
            self.wfile.write(content[first : last + 1])

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def opened(page: Page, host: str, name: str) -> dict[str, Any]:
    page.goto(f"{host}/")
    page.wait_for_function("navigator.serviceWorker", timeout=chromium.PATIENCE)
    told: dict[str, Any] = json.loads(page.evaluate(_OPEN, name))
    return told


def verified(page: Page, name: str) -> dict[str, bool]:
    """What the player found of the archive's hashes and signature, by what of it was shown so far: kept by it in the browser's database."""
    found: dict[str, bool] = page.evaluate(_VERIFIED, name)
    return found


def test_a_page_replays_with_words_picture_and_script_while_the_network_is_closed(take: Take, site: Site) -> None:
    player = asked.player()
    site.serve(
        *page(
            f'<link rel=stylesheet href="/gaya.css"><p id=words>{archives.WORDS}</p><p id=made></p>'
            '<img src="https://gambar.example/Brosur.png">'
            "<script>fetch('/isi.json?b=2&a=1').then(r => r.json()).then(j => { made.textContent = j.words; })</script>"
        ),
        headers=HTML,
    )
    site.serve("/laman/gaya.css", b"p { color: rgb(0, 0, 255) }", headers={"Content-Type": "text/css"})
    site.serve("/gambar/Brosur.png", png(RED), headers={"Content-Type": "image/png"})
    site.serve("/laman/isi.json?b=2&a=1", b'{"words": "dari skrip"}', headers={"Content-Type": "application/json"})
    taken = take()
    site.close()
    whole = wacz.pack(
        taken.warc, url=PAGE, at=taken.main.requested_at, title=taken.title, software="SIPatrol/test", created=NOW, key=archives.KEY
    )
    spoiled = archives.SIGNATURES["another key"](whole)
    files = {
        "/": ("text/html", b"<!doctype html><title>Pemutar</title>"),
        "/sw.js?useHashCheck=1": ("text/javascript", player),
        "/whole.wacz": ("application/wacz", whole),
        "/spoiled.wacz": ("application/wacz", spoiled),
    }
    elsewhere: list[str] = []
    closed = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with served(files) as host, chromium.opened(closed) as browser:
        context = browser.new_context()
        context.on("request", lambda one: elsewhere.append(one.url) if not one.url.startswith((host, "data:", "blob:")) else None)
        tab = context.new_page()
        assert opened(tab, host, "whole")["msg_type"] == "collAdded"
        # In a frame, as ReplayWeb.page shows it: a page of an archive that is nobody's frame goes to look for its player.
        tab.evaluate("(src) => document.body.append(Object.assign(document.createElement('iframe'), {src}))", f"/w/whole/mp_/{PAGE}")
        shown = tab.frame_locator("iframe")
        shown.get_by_text("dari skrip").wait_for(timeout=chromium.PATIENCE)
        assert shown.locator("#words").inner_text() == archives.WORDS
        assert shown.locator("#words").evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 255)"
        assert shown.locator("img").evaluate("one => [one.naturalWidth, one.naturalHeight]") == [40, 40]
        assert [verified(tab, "whole")[name] for name in _LOOKED_AT] == [True, True, True]
        opened(tab, host, "spoiled")
        assert [verified(tab, "spoiled")[name] for name in _LOOKED_AT] == [False, True, True]
    assert elsewhere == []
