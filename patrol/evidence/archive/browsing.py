"""The program that shows one page to a browser and asks its parent for everything the page wants.

    python -I browsing.py alone|... < frames > frames

A frame is two lengths (4 bytes each, big endian), then JSON, then bytes. The first one tells what to show. Every request of the browser
becomes a frame {"ask": n, "url", "type", "headers"}; its answer {"answer": n, "status", "headers"} with the body, or {"answer": n,
"abort": true}. {"refused": code} counts what is not even asked. The last frame is {"shown": {...}} with the screenshot.

The browser itself reaches nothing: names lead nowhere, every connection goes to a proxy that is not there, and as a rule the sandbox took
the network away besides. It stands alone: `-I` keeps the project off its path.
"""

import asyncio
import contextlib
import json
import struct
import sys
import time
from typing import Any

from playwright.async_api import Browser, BrowserContext, Dialog, Download, Error, Page, Playwright, Route, WebSocketRoute, async_playwright

_ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-extensions",
    "--disable-breakpad",
    "--disable-client-side-phishing-detection",
    "--disable-notifications",
    "--disable-speech-api",
    "--dns-prefetch-disable",
    "--metrics-recording-only",
    "--mute-audio",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--js-flags=--max-old-space-size=256",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,SpeculationRulesPrefetchFuture,Prerender2",
)
# Headers that speak of the wire, or outlive the page.
_LEFT = frozenset(
    (
        "content-encoding",
        "transfer-encoding",
        "content-length",
        "connection",
        "keep-alive",
        "alt-svc",
        "upgrade",
        "trailer",
        "strict-transport-security",
        "nel",
        "report-to",
        "reporting-endpoints",
        "public-key-pins",
        "clear-site-data",
    )
)
_PASSED_ON = ("accept", "accept-language", "origin")  # of what the browser would say; no cookie, no referrer
_SHOWN = """() => ({
    title: String(document.title).slice(0, 300),
    words: String(document.body ? document.body.innerText : "").slice(0, 4000),
    passwords: document.querySelectorAll("input[type=password]").length,
    height: Math.max(document.documentElement.scrollHeight, document.body ? document.body.scrollHeight : 0),
})"""


class _Parent:
    """Asks for requests and hears their answers."""

    def __init__(self) -> None:
        self._asked: dict[int, asyncio.Future[tuple[dict[str, Any], bytes]]] = {}
        self._count = 0
        self.enough = asyncio.Event()  # the parent says: show what is there

    async def hear(self, reader: asyncio.StreamReader) -> None:
        while True:
            said, body = await _frame(reader)
            if said.get("enough"):
                self.enough.set()
                continue
            waiting = self._asked.pop(said["answer"], None)
            if waiting and not waiting.done():
                waiting.set_result((said, body))

    async def ask(self, url: str, kind: str, headers: dict[str, str]) -> tuple[dict[str, Any], bytes]:
        self._count += 1
        number = self._count
        self._asked[number] = asyncio.get_running_loop().create_future()
        say({"ask": number, "url": url, "type": kind, "headers": headers})
        return await self._asked[number]


def say(said: dict[str, Any], body: bytes = b"") -> None:
    head = json.dumps(said).encode()
    sys.stdout.buffer.write(struct.pack(">II", len(head), len(body)) + head + body)
    sys.stdout.buffer.flush()


async def _frame(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    head, body = struct.unpack(">II", await reader.readexactly(8))
    said: dict[str, Any] = json.loads(await reader.readexactly(head))
    return said, await reader.readexactly(body)


async def _route(route: Route, parent: _Parent) -> None:
    request = route.request
    with contextlib.suppress(Error):  # the page went on or is closed: nobody waits for the answer
        if request.method != "GET":
            say({"refused": "method"})
            await route.abort("blockedbyclient")
            return
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        said, body = await parent.ask(request.url, request.resource_type, headers)
        if said.get("abort"):
            await route.abort("blockedbyclient")
            return
        given: dict[str, str] = {}
        for name, value in said["headers"]:
            if name.lower() not in _LEFT:
                given[name] = f"{given[name]}\n{value}" if name in given else value
        await route.fulfill(status=said["status"], headers=given, body=body)


async def _close_socket(socket: WebSocketRoute) -> None:
    say({"refused": "websocket"})
    await socket.close()


async def _context(browser: Browser, order: dict[str, Any], parent: _Parent, *, scripts: bool) -> BrowserContext:
    context = await browser.new_context(
        viewport={"width": order["width"], "height": 900},
        user_agent=order["agent"],
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        accept_downloads=False,
        service_workers="block",
        java_script_enabled=scripts,
        permissions=[],
    )
    await context.route("**/*", lambda route: _route(route, parent))
    await context.route_web_socket("**/*", _close_socket)
    return context


def _shut(page: Page) -> None:
    """What a page opens beside itself is closed and counted."""

    async def popup(other: Page) -> None:
        say({"refused": "popup"})
        await _closed(other)

    async def dialog(asked: Dialog) -> None:
        say({"refused": "dialog"})
        with contextlib.suppress(Error):
            await asked.dismiss()

    def download(_: Download) -> None:
        say({"refused": "download"})

    page.on("popup", popup)
    page.on("dialog", dialog)
    page.on("download", download)


async def _closed(page: Page) -> None:
    with contextlib.suppress(Error):
        await page.close()


async def _loaded(page: Page, order: dict[str, Any], parent: _Parent) -> None:
    """Until the page is quiet, the parent has enough, or time is up. Goes down once: much is loaded only when it comes in sight."""

    async def whole() -> None:
        await page.goto(order["url"], wait_until="load", timeout=0)
        with contextlib.suppress(Error, TimeoutError):
            await page.wait_for_load_state("networkidle", timeout=order["quiet"] * 1000)
        for step in range(1, 9):
            at = step * 900
            if await page.evaluate("at => { scrollTo(0, at); return document.documentElement.scrollHeight < at; }", at):
                break
            await asyncio.sleep(0.15)
        await page.evaluate("scrollTo(0, 0)")
        with contextlib.suppress(Error, TimeoutError):
            await page.wait_for_load_state("networkidle", timeout=order["quiet"] * 1000)

    work = asyncio.ensure_future(whole())
    stop = asyncio.ensure_future(parent.enough.wait())
    await asyncio.wait({work, stop}, timeout=order["seconds"], return_when=asyncio.FIRST_COMPLETED)
    for task in (work, stop):
        task.cancel()
    with contextlib.suppress(Error, asyncio.CancelledError):
        await work


async def _picture(page: Page, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What the page says of itself, and its picture down to the height allowed. Raises Error or TimeoutError where it does not answer."""
    said = await asyncio.wait_for(page.evaluate(_SHOWN), 5)
    height = max(1, min(int(said["height"] or 1), order["height"]))
    clip: Any = {"x": 0, "y": 0, "width": order["width"], "height": height}
    picture = await asyncio.wait_for(page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide", timeout=12_000), 15)
    return said, picture


async def _show(browser: Browser, order: dict[str, Any], parent: _Parent) -> tuple[dict[str, Any], bytes]:
    context = await _context(browser, order, parent, scripts=True)
    page = await context.new_page()
    _shut(page)
    await _loaded(page, order, parent)
    try:
        said, picture = await _picture(page, order)
    except (Error, TimeoutError, LookupError, TypeError, ValueError):
        # A script holds the page, or it broke. Its words are there all the same: shown once more without scripts.
        say({"refused": "script"})
    else:
        return {**said, "url": page.url, "scripts": True}, picture
    plain = await _context(browser, order, parent, scripts=False)
    page = await plain.new_page()
    with contextlib.suppress(Error, TimeoutError):
        await asyncio.wait_for(page.goto(order["url"], wait_until="load", timeout=10_000), 12)
    said, picture = await _picture(page, order)
    return {**said, "url": page.url, "scripts": False}, picture


async def _launched(playwright: Playwright, order: dict[str, Any]) -> tuple[Browser, bool]:
    """The browser, in its own sandbox where the machine lets it."""
    given: dict[str, Any] = {"executable_path": order["browser"], "args": list(_ARGUMENTS), "timeout": 30_000}
    try:
        return await playwright.chromium.launch(chromium_sandbox=True, **given), True
    except Error:
        return await playwright.chromium.launch(chromium_sandbox=False, **given), False


async def main(alone: bool) -> None:
    reader = asyncio.StreamReader(limit=2**26)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    order, _body = await _frame(reader)
    parent = _Parent()
    hearing = asyncio.ensure_future(parent.hear(reader))
    started = time.monotonic()
    async with async_playwright() as playwright:
        browser, sandboxed = await _launched(playwright, order)
        about = {"version": browser.version, "sandboxed": sandboxed, "alone": alone}
        say({"started": about, "seconds": time.monotonic() - started})
        try:
            said, picture = await _show(browser, order, parent)
        except (Error, TimeoutError, LookupError, TypeError, ValueError):
            said, picture = {}, b""
        say({"shown": said}, picture)
        hearing.cancel()
        with contextlib.suppress(Error, TimeoutError):
            await asyncio.wait_for(browser.close(), 5)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] == "alone"))
