"""Debian's Firefox for the tests, driven over Marionette, and pages under the platforms' own https addresses.

Marionette is spoken by Firefox itself: JSON with its length before it, over a socket of this machine. It reaches the browser's own window
too, so that the button beside the address bar and "Allow" in a question of Firefox are pressed as a person presses them. No driver from a
package does that here: Playwright wants a Firefox it patched, geckodriver is in no registry, marionette-driver brings ten packages along.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.browser import chromium

PROGRAM = Path("/usr/bin/firefox-esr")
OFF = f"the extension's tests in Firefox are off: {PROGRAM} is not there (apt install firefox-esr)"
PATIENCE = chromium.PATIENCE / 1000  # seconds
START = 4 * PATIENCE  # for its first word: beside a whole test run Firefox needed more than a minute to come up
ENTER = "\ue007"  # WebDriver's name of the key
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver's name of a reference to an element
MESSAGE = 1 << 16  # bytes read at once


def missing() -> bool:
    """Whether there is no Firefox. Under CI=true that is a failure, not a reason to leave the tests out."""
    if PROGRAM.exists():
        return False
    if os.environ.get("CI") == "true":
        pytest.fail(OFF)
    return True


# --- pages under addresses that are not ours --------------------------------------------------------


class Pages:
    """A proxy that answers `answers` (address -> type, body) under their own names, and nothing else: no word leaves this machine."""

    def __init__(self, answers: Mapping[str, tuple[str, bytes]]) -> None:
        hosts = sorted({urlsplit(url).netloc for url in answers})
        self.authority, held = _certificates(hosts)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile() as file:
            file.write(held)
            file.flush()
            tls.load_cert_chain(file.name)

        class Answering(BaseHTTPRequestHandler):
            timeout = 10  # seconds a connection may lie idle

            def do_CONNECT(self) -> None:
                if self.path.partition(":")[0] not in hosts:
                    self.send_error(502)
                    return
                self.send_response(200)
                self.end_headers()
                try:
                    self.connection = tls.wrap_socket(self.connection, server_side=True)
                except (ssl.SSLError, OSError):  # Firefox changed its mind
                    self.close_connection = True
                    return
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
                self.close_connection = False

            def do_GET(self) -> None:
                kind, body = answers.get(f"https://{self.headers['Host']}{self.path}", ("text/plain", b""))
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def finish(self) -> None:
                with contextlib.suppress(OSError):  # a browser hangs up when it likes
                    super().finish()
                self.connection.close()

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = False  # close() waits for them

            def handle_error(self, *_: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Answering)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _certificates(hosts: list[str]) -> tuple[str, bytes]:
    """An authority of this run (DER in base64), and certificate with key (PEM) of the hosts."""
    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in ("tests", hosts[0])]
    means: list[tuple[x509.ExtensionType, bool]] = [
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), False),
    ]
    made = [
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(names[0])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(extension, critical=critical)
        .sign(keys[0], hashes.SHA256())
        for name, key, (extension, critical) in zip(names, keys, means, strict=True)
    ]
    private = keys[1].private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    authority = base64.b64encode(made[0].public_bytes(serialization.Encoding.DER)).decode()
    return authority, made[1].public_bytes(serialization.Encoding.PEM) + private


# --- the browser ------------------------------------------------------------------------------------


class Firefox:
    """A running Firefox. One tab is driven at a time, the one last opened or gone to."""

    def __init__(self, port: int) -> None:
        end = time.monotonic() + START
        while True:
            try:
                self._socket = socket.create_connection(("127.0.0.1", port), START)
                break
            except OSError:
                assert time.monotonic() < end, "Firefox does not listen"
                time.sleep(0.05)
        self._came, self._number = b"", 0
        self._read()  # its greeting
        self.send("WebDriver:NewSession", capabilities={})
        self._socket.settimeout(PATIENCE)

    def send(self, command: str, **parameters: Any) -> Any:
        """The answer's value. Raises AssertionError with Firefox's own words where it refuses."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, number, error, result = self._read()
        assert number == self._number
        assert error is None, f"{command}: {error['error']}: {error['message']}"
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def _read(self) -> Any:
        while b":" not in self._came:
            self._more()
        length, _, self._came = self._came.partition(b":")
        while len(self._came) < int(length):
            self._more()
        message, self._came = self._came[: int(length)], self._came[int(length) :]
        return json.loads(message)

    def _more(self) -> None:
        more = self._socket.recv(MESSAGE)
        assert more, "Firefox has gone"
        self._came += more

    def close(self) -> None:
        self._socket.close()

    def wait[T](self, ask: Callable[[], T], what: str) -> T:
        """What `ask` answers as soon as that is something."""
        end = time.monotonic() + PATIENCE
        while not (answer := ask()):
            assert time.monotonic() < end, f"{what}: not within {PATIENCE:.0f} seconds"
            time.sleep(0.05)
        return answer

    # --- the browser's own window ---

    @contextlib.contextmanager
    def window(self) -> Iterator[None]:
        self.send("Marionette:SetContext", value="chrome")
        yield
        self.send("Marionette:SetContext", value="content")

    def inside(self, script: str, *given: Any) -> Any:
        with self.window():
            return self.send("WebDriver:ExecuteScript", script=script, args=list(given))

    def press(self, selector: str) -> None:
        """A click on something in the tool bars."""
        with self.window():
            self.send("WebDriver:ElementClick", id=self._find(selector))

    def answer(self, button: str) -> None:
        """ "primary" or "secondary", to the question Firefox asks beside the address bar."""
        pressed = """const asked = document.getElementById("notification-popup");
            const button = asked?.state === "open" && asked.querySelector(`.popup-notification-${arguments[0]}-button`);
            if (button) button.click();
            return !!button;"""
        self.wait(lambda: self.inside(pressed, button), "a question")

    # --- tabs and the page in one ---

    def tabs(self) -> list[str]:
        return list(self.send("WebDriver:GetWindowHandles"))

    def go(self, tab: str) -> None:
        self.send("WebDriver:SwitchToWindow", handle=tab, focus=True)

    def open(self, url: str) -> str:
        tab: str = self.send("WebDriver:NewWindow", type="tab", focus=True)["handle"]
        self.go(tab)
        self.send("WebDriver:Navigate", url=url)
        return tab

    def opens(self, act: Callable[[], None]) -> str:
        """The tab that `act` opens, gone to."""
        before = set(self.tabs())
        act()
        [tab] = self.wait(lambda: set(self.tabs()) - before, "a new tab")
        self.go(tab)
        return tab

    def shut(self, tab: str) -> None:
        self.go(tab)
        self.go(self.send("WebDriver:CloseWindow")[-1])  # with what is left

    def run(self, script: str, *given: Any) -> Any:
        """In the page's own scope; a promise is waited for."""
        return self.send("WebDriver:ExecuteScript", script=script, args=list(given), sandbox=None)

    def _find(self, selector: str) -> str:
        return str(self.send("WebDriver:FindElement", using="css selector", value=selector)[ELEMENT])

    def click(self, selector: str) -> None:
        self.send("WebDriver:ElementClick", id=self._find(selector))

    def type(self, selector: str, text: str, *, instead: bool = True) -> None:
        """Types; `instead` of what stands there."""
        found = self._find(selector)
        if instead:
            self.send("WebDriver:ElementClear", id=found)
        self.send("WebDriver:ElementSendKeys", id=found, text=text)

    def value(self, selector: str) -> Any:
        """Of a field its value, of any other element its words."""
        return self.run("const one = document.querySelector(arguments[0]); return one && (one.value ?? one.textContent)", selector)

    def has(self, selector: str) -> bool:
        return bool(self.run("return !!document.querySelector(arguments[0])", selector))


@contextlib.contextmanager
def opened(folder: Path, pages: Pages) -> Iterator[Firefox]:
    """A Firefox with a fresh profile in `folder`, all of whose requests but those to this machine go to `pages`."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    wishes = {
        "marionette.port": port,
        "network.proxy.type": 1,
        "network.proxy.share_proxy_settings": True,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": pages.server.server_port,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": pages.server.server_port,
        "security.notification_enable_delay": 0,  # a question may be answered at once
    }
    folder.mkdir(parents=True)
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wishes.items()]
    (folder / "user.js").write_text("\n".join(lines))
    arguments = ["--headless", "--no-remote", "--profile", str(folder), "--marionette", "--remote-allow-system-access"]
    with (folder / "firefox.log").open("wb") as log:
        process = subprocess.Popen(
            [PROGRAM, *arguments, "about:blank"],
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"},
        )
    try:
        with contextlib.closing(Firefox(port)) as firefox:
            trust = """Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(arguments[0], "CTu,,")"""
            firefox.inside(trust, pages.authority)
            yield firefox
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder / "cache2", ignore_errors=True)
