"""A provider of logins (OpenID Connect) on this machine, of other hands than the client: oidc-provider-mock, in a thread.

It signs with keys of its own, gives each code once and says of a person what the test told it, also what is wrong. Before it stands what
a proxy does: the name it is asked by. What it cannot say wrongly by itself, a test puts into `tampered`.
"""

from __future__ import annotations

import html
import http.client
import io
import json
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

HOST, BEHIND = "sso.contoh.example", "masuk.contoh.example"
ISSUER = f"http://{HOST}"
PAGE, TOKEN, KEYS, SELF = "/oauth2/authorize", "/oauth2/token", "/jwks", "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Answer:
    """What is answered in place of what the provider would say. `missing`: bytes that are promised and do not come."""

    told: Any
    status: str = "200 OK"
    missing: int = 0
    leads: str = ""

    def to(self) -> list[tuple[str, str]]:
        return [("Location", self.leads)] if self.leads else []


class Provider:
    """`asked`: path and form of each request that came by our server, not by the person's browser."""

    base: str
    behind = False  # its pages for people lie at another host, to which it sends them on

    def __init__(self) -> None:
        self.tampered: dict[str, Callable[[dict[str, Any]], Any]] = {}  # path -> what becomes of its JSON
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.headers: dict[str, str] = {}  # of the last request for a token

    def app(self, inner: Any) -> Callable[..., Any]:
        def answered(environ: dict[str, Any], start: Any) -> Any:
            came_to, environ["HTTP_HOST"] = environ["HTTP_HOST"], HOST
            path = environ["PATH_INFO"]
            if path == PAGE and self.behind and came_to != BEHIND:
                start("302 Found", [("Location", f"http://{BEHIND}{path}?{environ['QUERY_STRING']}")])
                return []
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
            if path in {TOKEN, KEYS, SELF}:
                self.asked.append((path, parse_qs(body.decode())))
            if path == TOKEN:
                self.headers = {"Authorization": environ.get("HTTP_AUTHORIZATION", "")}
            if path == "/favicon.ico":
                start("204 No Content", [])
                return []
            if path not in self.tampered and path != PAGE:
                return inner(environ, start)
            said: list[Any] = []
            whole = b"".join(inner(environ, lambda status, headers, _error=None: said.extend((status, headers))))
            if path == PAGE:
                sent, kind = re.sub(rb"<link[^>]*>", b"", whole), "text/html"  # its style sheet is of another site
            else:
                changed, kind = self.tampered[path](json.loads(whole)), "application/json"
                answer = changed if isinstance(changed, Answer) else Answer(changed, said[0])
                sent = answer.told if isinstance(answer.told, bytes) else json.dumps(answer.told).encode()
                start(answer.status, [("Content-Type", kind), ("Content-Length", str(len(sent) + answer.missing)), *answer.to()])
                return [sent]
            kept = [(name, value) for name, value in said[1] if name == "Location"]
            start(said[0], [("Content-Type", kind), ("Content-Length", str(len(sent))), *kept])
            return [sent]

        return answered

    def says(self, subject: str, **claims: Any) -> None:
        """What its tokens say of this person, beside and in place of what they say by themselves."""
        assert self._ask("PUT", f"/users/{subject}", json.dumps(claims), "application/json")[0] == 204

    def log_in(self, address: str, subject: str, *, deny: bool = False) -> str:
        """What somebody does there whom a login led to `address`. Returns where they are sent back to."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}" == ISSUER
        form = {"sub": subject} | ({"action": "deny"} if deny else {})
        status, back = self._ask("POST", f"{parts.path}?{parts.query}", urlencode(form), "application/x-www-form-urlencoded")
        assert status == 302
        return back

    def _ask(self, method: str, path: str, body: str, kind: str) -> tuple[int, str]:
        there = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        there.request(method, path, body, {"Content-Type": kind})
        answer = there.getresponse()
        answer.read()
        there.close()
        return answer.status, answer.getheader("Location") or ""


def led_by(page: str) -> str:
    """Where a page of ours leads that goes on to the provider, by itself and by its link."""
    (by_itself,), (link,) = re.findall(r'content="0;url=([^"]*)"', page), re.findall(r'<a class="btn pri" href="([^"]*)"', page)
    assert by_itself == link, page
    return html.unescape(link)


@contextmanager
def running() -> Iterator[Provider]:
    import oidc_provider_mock  # noqa: PLC0415 -- with all it brings along, where a test needs it
    from werkzeug.serving import make_server  # noqa: PLC0415

    for name in ("werkzeug", "oidc_provider_mock"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # it is asked by http, as a browser of the tests can
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app(oidc_provider_mock.app()), threaded=True)
    provider.base = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        del os.environ["AUTHLIB_INSECURE_TRANSPORT"]
