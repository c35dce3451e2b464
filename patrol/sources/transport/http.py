"""The one way out: polite and safe HTTP for everything the collector fetches.

Polite: per-host pace, conditional requests, Retry-After, a contact in the User-Agent, one request at a time.
Safe: public addresses only, checked on the address that is dialled and again at every redirect; http and https on
ports 80 and 443 (an office's proxy is asked for the checked address, never for a name), and one host inside where a client is given it;
one deadline for the whole transfer (timeouts per read do not stop a server that sends a byte a
second); caps on received bytes, decoded bytes and their ratio; one content encoding, undone here in steps. Proxies,
cookies, netrc and certificates named in the environment are not looked at. Each hop makes a new connection: a kept one
would skip the check.
"""

import contextlib
import functools
import hashlib
import json as jsons
import re
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from patrol import domain
from patrol.sources.shared import refusals
from patrol.sources.transport import addresses, bodies

type Resolve = Callable[[str, int], Sequence[str]]
type Connect = Callable[[str, int, float], socket.socket]

_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")  # as long as DNS lets a name be
_SECRET_HEADERS = frozenset(("authorization", "cookie", "proxy-authorization", "x-goog-api-key"))
_LONGEST_WORD = 8 * 1024  # bytes of a proxy's answer
_SHORTEST_SECRET = 8  # characters; a shorter one would be found in innocent words


@dataclass(frozen=True, slots=True)
class Limits:
    """What one `get` may cost at most, over all its hops."""

    seconds: float = 30.0  # from the first dial to the last byte; waiting for the pace is not counted
    connect_seconds: float = 10.0
    redirects: int = 5
    wire_bytes: int = 8 * 1024 * 1024
    decoded_bytes: int = 32 * 1024 * 1024
    ratio: int = 100  # decoded bytes for each received byte, looked at from `ratio_from` decoded bytes on
    ratio_from: int = 1024 * 1024


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host. Asked with a trailing dot, so that the machine's search domains are not tried."""
    name = host if addresses.literal(host) else host.rstrip(".") + "."
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to an address that was checked before. Raises OSError."""
    return socket.create_connection((address, port), timeout=seconds)


class _TimedSocket(socket.socket):
    """A socket whose every read ends at one deadline, however often the other side sends a byte."""

    deadline: float

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_left(self.deadline))
        return super().recv_into(*args, **kwargs)


class _TimedTLSSocket(ssl.SSLSocket):
    deadline: float

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_left(self.deadline))
        return super().recv_into(*args, **kwargs)


def _left(deadline: float) -> float:
    """Seconds until a deadline of the monotonic clock. Raises TimeoutError past it."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the deadline of the transfer has passed")
    return left


@dataclass(frozen=True, slots=True)
class Proxy:
    """The office's way out. It is trusted to dial what it is asked for, and asked for an address that was checked here."""

    host: str
    port: int
    login: str = field(default="", repr=False)  # user:password

    @classmethod
    def read(cls, address: str) -> "Proxy":
        """http://user:password@host:port. Raises ValueError."""
        parts = urlsplit(address)
        if parts.scheme != "http" or not parts.hostname or not parts.port or parts.path not in {"", "/"} or parts.query:
            raise ValueError("a proxy is written http://HOST:PORT or http://USER:PASSWORD@HOST:PORT")
        login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}" if parts.username else ""
        return cls(parts.hostname, parts.port, login)

    def tunnel(self, sock: "_TimedSocket", to: str) -> None:
        """Asks for a way to `to` (address:port) on a fresh connection. Raises OSError."""
        given = f"Proxy-Authorization: Basic {b64encode(self.login.encode()).decode()}\r\n" if self.login else ""
        sock.sendall(f"CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n{given}\r\n".encode())
        said = b""
        while not said.endswith(b"\r\n\r\n"):
            sock.settimeout(_left(sock.deadline))
            byte = sock.recv(1)  # not one more: what follows belongs to the platform
            if not byte or len(said) >= _LONGEST_WORD:
                raise OSError("the proxy hung up or said too much")
            said += byte
        status = said.split(b" ", 2)[1:2]
        if status != [b"200"]:
            raise OSError(f"the proxy refused the way: {status[0].decode(errors='replace') if status else 'no status'}")


@dataclass(slots=True)
class _Hop:
    """One request on its way: what it asks, where it may go, where it went."""

    url: str  # as the platform knows it
    dialled_url: str  # the same, or that of the stand-in
    deadline: float
    connect_seconds: float
    resolve: Resolve
    connect: Connect
    place: tuple[str, int] | None = None  # where a stand-in or the host inside is: nobody is asked for its address
    proxy: "Proxy | None" = None
    address: str = ""
    certificates: tuple[str, ...] = ()  # SHA-256 of each of the verified chain in hex, the one shown for the host first

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def dial(self, host: str, port: int) -> socket.socket:
        """The only place that opens a connection. Every address of the name is checked first; a bad one refuses all:
        a name that points to both worlds is an attack or a mistake, and which record is tried first is chance."""
        if self.place is not None:
            found: Sequence[str] = [self.place[0]]
            port = self.place[1]
        else:
            found = self._addresses(host, port)
            bad = next((address for address in found if not addresses.is_public(address)), None)
            if bad is not None:
                raise refusals.private_address(host, bad)
        last: OSError | None = None
        for address in found:
            through = self.proxy if self.place is None else None
            to = (through.host, through.port) if through else (address, port)
            try:
                plain = self.connect(*to, min(self.connect_seconds, _left(self.deadline)))
                timed = _TimedSocket(plain.family, plain.type, plain.proto, fileno=plain.detach())
                timed.deadline = self.deadline
                timed.settimeout(_left(self.deadline))  # bounds the TLS handshake too
                if through:
                    try:
                        through.tunnel(timed, addresses.with_port(address, port))
                    except OSError:
                        timed.close()
                        raise
            except OSError as error:
                last = error
                continue
            self.address = addresses.with_port(address, port)
            return timed
        raise last or OSError(f"no address for {host}")

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """Resolves in a thread: getaddrinfo knows no timeout. A hanging one costs a sleeping thread, not the worker."""
        literal = addresses.literal(host)
        if literal:
            return [literal]
        outcome: list[Sequence[str] | Exception] = []

        def ask() -> None:
            try:
                outcome.append(self.resolve(host, port))
            except (OSError, UnicodeError) as error:
                outcome.append(error)

        thread = threading.Thread(target=ask, name="resolve", daemon=True)
        thread.start()
        thread.join(min(self.connect_seconds, _left(self.deadline)))
        if not outcome or isinstance(outcome[0], Exception) or not outcome[0]:
            raise refusals.dns(host)
        return outcome[0]


class _Connection(HTTPConnection):
    def __init__(self, *args: Any, hop: _Hop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hop = hop

    def _new_conn(self) -> socket.socket:
        return self._hop.dial(self._dns_host, self.port)


class _SecureConnection(HTTPSConnection):
    def __init__(self, *args: Any, hop: _Hop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hop = hop

    def _new_conn(self) -> socket.socket:
        return self._hop.dial(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _TimedTLSSocket):
            self.sock.deadline = self._hop.deadline
            self._hop.certificates = _shown_by(self.sock)


def _shown_by(socket: ssl.SSLSocket) -> tuple[str, ...]:
    """SHA-256 of each certificate of the verified chain; of the host's alone before Python 3.13, which tells no more."""
    if hasattr(socket, "get_verified_chain"):
        return tuple(hashlib.sha256(one).hexdigest() for one in socket.get_verified_chain())
    return (hashlib.sha256(socket.getpeercert(binary_form=True) or b"").hexdigest(),)


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """A requests adapter whose pool serves one hop and knows no proxy."""

    def __init__(self, hop: _Hop, context: ssl.SSLContext) -> None:
        super().__init__()
        parts = urlsplit(hop.dialled_url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        self._pool: urllib3.HTTPConnectionPool
        if parts.scheme == "https":
            self._pool = _SecurePool(host, port, hop=hop, ssl_context=context)
        else:
            self._pool = _Pool(host, port, hop=hop)

    def get_connection_with_tls_context(self, *_args: Any, **_kwargs: Any) -> urllib3.HTTPConnectionPool:
        return self._pool

    def cert_verify(self, *_args: Any, **_kwargs: Any) -> None:
        """Nothing to set: the TLS context already verifies chain and name."""

    def close(self) -> None:
        self._pool.close()
        super().close()


@functools.lru_cache(maxsize=4)
def _context(authorities: str = "") -> ssl.SSLContext:
    """`authorities`: certificates of an office's own, in PEM, besides those of the web. Raises ssl.SSLError where it is none.

    Kept by the process: reading those of the web takes 10 ms, and each run of a watch makes a client.
    """
    context = ssl.create_default_context(cafile=requests.utils.DEFAULT_CA_BUNDLE_PATH)
    if authorities:
        context.load_verify_locations(cadata=authorities)
    context.sslsocket_class = _TimedTLSSocket
    context.set_alpn_protocols(["http/1.1"])
    return context


@dataclass(frozen=True, slots=True)
class _StandIn:
    """A loopback server that plays a platform: the one exception to the address rule, exact address and port."""

    origin: str
    base: str
    address: str
    port: int

    @classmethod
    def read(cls, origin: str, base: str) -> "_StandIn":
        """Raises ValueError where the pair would open more than one loopback port for one origin."""
        outer, inner = urlsplit(origin), urlsplit(base.rstrip("/"))
        if outer.scheme not in _PORTS or not outer.hostname or outer.path or outer.query:
            raise ValueError(f"a stand-in needs an origin such as https://t.me, not {origin!r}")
        address = inner.hostname or ""
        if inner.scheme != "http" or address not in {"127.0.0.1", "::1"} or not inner.port or inner.query:
            raise ValueError(f"a stand-in answers on http://127.0.0.1:PORT/..., not on {base!r}")
        return cls(_origin(origin), base.rstrip("/"), address, inner.port)

    def place(self, url: str) -> str:
        """The stand-in's address for a platform's address."""
        parts = urlsplit(url)
        return self.base + urlunsplit(("", "", parts.path, parts.query, ""))

    def target(self, url: str, location: str) -> str:
        """Where a redirect of the stand-in leads, in the platform's words. Its Location may name its own base or path,
        the platform, or be relative; any other loopback address stays what it is and is refused at the next hop."""
        base_path = urlsplit(self.base).path
        if location == self.base or location.startswith((self.base + "/", self.base + "?")):
            return self.origin + (location[len(self.base) :] or "/")
        if base_path and (location == base_path or location.startswith((base_path + "/", base_path + "?"))):
            return self.origin + (location[len(base_path) :] or "/")
        return urljoin(url, location)


def _origin(url: str) -> str:
    """Scheme, host and port, the port always written."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{(parts.hostname or '').rstrip('.')}:{parts.port or _PORTS.get(parts.scheme, 0)}"


@dataclass(frozen=True, slots=True)
class Inside:
    """One host of the ministry's own network that a client may ask besides: this origin, always written with its port, at this address.
    No name server is asked for it, and no proxy: it is the same host whatever they say."""

    origin: str
    address: str

    @classmethod
    def read(cls, url: str, address: str) -> "Inside":
        return cls(_origin(url), address)

    def is_at(self, url: str) -> bool:
        return _origin(url) == self.origin


@dataclass(frozen=True)
class Client:
    """The fetcher (`domain.Fetcher`).

    `clock` gives the aware times of custody; deadlines use the monotonic clock. `resolve` and `connect` are the network
    itself and are only replaced by tests. `stand_ins`: origin -> loopback base, for the example run and tests. The same
    client may be used for many requests, one after the other or from several threads.
    """

    pace: domain.Pace
    user_agent: str  # names a contact: an e-mail address or a page
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    # Our own secrets. A platform that echoes one (the access token in a link to the next page) must not carry it into the evidence.
    secrets: Collection[str] = field(default=(), repr=False)
    proxy: Proxy | None = None
    authorities: str = field(default="", repr=False)  # an office's own certificates, PEM
    inside: Inside | None = None
    resolve: Resolve = resolve
    connect: Connect = connect
    _stand_ins: Mapping[str, _StandIn] = field(init=False, repr=False, compare=False)
    _tls: ssl.SSLContext = field(init=False, repr=False, compare=False)
    _forms: tuple[bytes, ...] = field(init=False, repr=False, compare=False)
    _escaped: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if "@" not in self.user_agent and "://" not in self.user_agent:
            raise ValueError("the User-Agent must name a contact: an e-mail address or a page")
        stand_ins = [_StandIn.read(origin, base) for origin, base in self.stand_ins.items()]
        object.__setattr__(self, "_stand_ins", {stand_in.origin: stand_in for stand_in in stand_ins})
        object.__setattr__(self, "_tls", _context(self.authorities))
        object.__setattr__(self, "_forms", _forms(self.secrets))
        object.__setattr__(self, "_escaped", _escaped(self.secrets))

    def get(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> domain.RawAnswer:
        """The answer to a GET, after at most `limits.redirects` redirects. A body that broke off is returned, flagged
        `truncated`. Raises SourceError (codes: refusals.py); a status of 400 and above is raised too, a 304 returned.
        """
        current = _checked(url, inside=self.inside)
        asked, hops, budget = current, [current], self.limits.seconds
        sent = {"User-Agent": self.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, identity", **headers}
        while True:
            self.pace.wait(urlsplit(current).hostname or "")
            started = time.monotonic()
            hop = self._hop(current, started + budget)
            answer, location = self._exchange(hop, _Message("GET", sent), asked, tuple(hops))
            budget -= time.monotonic() - started
            if answer.status not in _REDIRECTS:
                return refusals.unless_refused(answer)
            if not location:
                raise refusals.bad_redirect(answer)
            target = self._followed(current, location, answer)
            if target in hops or len(hops) > self.limits.redirects:
                raise refusals.redirect_loop(answer, len(hops))
            if _origin(target) != _origin(current):
                sent = {name: value for name, value in sent.items() if name.lower() not in _SECRET_HEADERS}
            hops.append(target)
            current = target

    def post(
        self,
        url: str,
        *,
        json: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] = domain.NOTHING,
        private: bool = False,
    ) -> domain.RawAnswer:
        """The answer to a POST of JSON, of a form, or of bytes whose Content-Type stands in `headers` and which are not kept. A redirect is
        refused: what is posted is meant for one address. `private`: the body holds secrets, and neither it nor its length is kept. Raises
        SourceError as `get` does.
        """
        current = _checked(url, inside=self.inside)
        kind = "application/json" if form is None else "application/x-www-form-urlencoded"
        body = jsons.dumps(json or {}, ensure_ascii=False) if form is None else urlencode(form)
        if content is not None:
            body = ""
        sent = {"User-Agent": self.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, identity", "Content-Type": kind, **headers}
        self.pace.wait(urlsplit(current).hostname or "")
        hop = self._hop(current, time.monotonic() + self.limits.seconds)
        message = _Message("POST", sent, body.encode() if content is None else content, shown="(withheld)" if private else body)
        answer, _location = self._exchange(hop, message, current, (current,))
        if answer.status in _REDIRECTS:
            raise refusals.bad_redirect(answer)
        return refusals.unless_refused(answer)

    def step(self, url: str, *, headers: Mapping[str, str] = domain.NOTHING) -> tuple[domain.RawAnswer, str]:
        """One GET and no more: the answer of whatever status, and the address it redirects to, "" where to none.

        For whoever keeps each exchange by itself (page archives). Raises SourceError where no answer came or a limit was reached.
        """
        current = _checked(url, inside=self.inside)
        sent = {"User-Agent": self.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, identity", **headers}
        self.pace.wait(urlsplit(current).hostname or "")
        hop = self._hop(current, time.monotonic() + self.limits.seconds)
        answer, location = self._exchange(hop, _Message("GET", sent), current, (current,))
        leads = location and answer.status in _REDIRECTS
        return answer, self._followed(current, location, answer) if leads else ""

    def _hop(self, url: str, deadline: float) -> _Hop:
        stand_in = self._stand_ins.get(_origin(url))
        place = (stand_in.address, stand_in.port) if stand_in else None
        if self.inside and self.inside.is_at(url):
            place = (self.inside.address, urlsplit(self.inside.origin).port or 0)
        return _Hop(
            url=url,
            dialled_url=stand_in.place(url) if stand_in else url,
            deadline=deadline,
            connect_seconds=self.limits.connect_seconds,
            resolve=self.resolve,
            connect=self.connect,
            place=place,
            proxy=self.proxy,
        )

    def _target(self, url: str, location: str) -> str:
        stand_in = self._stand_ins.get(_origin(url))
        # Location is latin-1 on the wire; servers write UTF-8 into it.
        location = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
        return stand_in.target(url, location) if stand_in else urljoin(url, location)

    def _followed(self, url: str, location: str, answer: domain.RawAnswer) -> str:
        """The address a redirect of `url` leads to, as it will be asked: a secret of ours stays in it, for the origin that wrote it
        there, and for no other. What is kept of it, `answer` and the sentences of errors, never holds it. Raises SourceError.
        """
        try:
            written = self._target(url, location)
            target = _checked(written, answer, inside=self.inside)
        except (ValueError, domain.SourceError):  # "http://[x" cannot even be put together; no cause: it may name the secret
            raise refusals.bad_address(answer) from None
        if self._starred(written)[1] and _origin(target) != _origin(url):
            raise refusals.secret_elsewhere(answer)
        return target

    def _exchange(self, hop: _Hop, message: "_Message", asked: str, hops: tuple[str, ...]) -> tuple[domain.RawAnswer, str]:
        """The answer as it is kept, without our secrets, and its Location as it came."""
        request = requests.Request(message.method, hop.dialled_url, headers=dict(message.headers), data=message.body or None).prepare()
        requested_at = self.clock()
        adapter = _Adapter(hop, self._tls)
        try:
            response = adapter.send(request, stream=True, timeout=self.limits.seconds)
            with contextlib.closing(response.raw):
                body = bodies.read(response.raw, hop.deadline, self.limits)
        except requests.exceptions.RequestException as error:
            raise refusals.transport(hop.host, error) from error
        except urllib3.exceptions.HTTPError as error:
            raise refusals.transport(hop.host, error) from error
        finally:
            adapter.close()
        answer = domain.RawAnswer(
            asked_url=asked,
            final_url=hop.url,
            status=response.status_code,
            hops=hops,
            request_headers=(("Host", urlsplit(hop.dialled_url).netloc), *_shown(message.headers)),
            headers=tuple((str(name), str(value)) for name, value in response.raw.headers.iteritems()),
            body=body.content,
            requested_at=requested_at,
            received_at=self.clock(),
            address=hop.address,
            truncated=body.truncated,
            method=message.method,
            sent=message.shown,
            certificate=hop.certificates[0] if hop.certificates else "",
            certificates=hop.certificates,
        )
        kept = self._without_secrets(answer)
        if body.refusal:
            raise refusals.body(body.refusal, kept)
        return kept, answer.header("Location")

    def _without_secrets(self, answer: domain.RawAnswer) -> domain.RawAnswer:
        """The answer with our secrets overwritten, letter for letter: lengths and places stay what they were."""
        body, found = answer.body, 0
        for form in self._forms:
            found += body.count(form)
            body = body.replace(form, b"*" * len(form))
        headers = []
        for name, value in answer.headers:
            starred, times = self._starred(value)
            headers.append((name, starred))
            found += times
        return replace(
            answer,
            asked_url=self._starred(answer.asked_url)[0],
            final_url=self._starred(answer.final_url)[0],
            hops=tuple(self._starred(hop)[0] for hop in answer.hops),
            headers=tuple(headers),
            body=body,
            sent=self._starred(answer.sent)[0],
            withheld=found,
        )

    def _starred(self, text: str) -> tuple[str, int]:
        """A header or an address with our secrets overwritten, each letter as it is or escaped, and how many there were."""
        return self._escaped.subn(lambda found: "*" * len(found[0]), text) if self._escaped else (text, 0)


@dataclass(frozen=True, slots=True)
class _Message:
    """What is sent: `shown` is the body as custody keeps it."""

    method: str
    headers: Mapping[str, str]
    body: bytes = b""
    shown: str = ""


def _forms(secrets: Collection[str]) -> tuple[bytes, ...]:
    """The ways a body may write our secrets, longest first: as they are, as an address and as JSON has them.

    A list, because a body of many megabytes is searched for each of them in milliseconds, and for a pattern in seconds.
    """
    forms: set[str] = set()
    for secret in secrets:
        escaped, written = quote(secret, safe=""), jsons.dumps(secret)[1:-1]
        forms |= {secret, escaped, re.sub("%..", lambda found: found[0].lower(), escaped)}
        forms |= {written, written.replace("/", "\\/")}
    return tuple(sorted((form.encode() for form in forms if len(form) >= _SHORTEST_SECRET), key=len, reverse=True))


def _escaped(secrets: Collection[str]) -> re.Pattern[str] | None:
    """Any of our secrets, each of its letters as it is or with percent signs; None where there is none."""
    ways = [
        "".join(f"(?:{re.escape(letter)}|(?i:{''.join(f'%{byte:02x}' for byte in letter.encode())}))" for letter in secret)
        for secret in sorted(secrets, key=len, reverse=True)
        if len(secret) >= _SHORTEST_SECRET
    ]
    return re.compile("|".join(ways)) if ways else None


def _shown(sent: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Request headers as custody keeps them: that a secret was sent is evidence, the secret is not."""
    return tuple((name, "(withheld)" if name.lower() in _SECRET_HEADERS else value) for name, value in sent.items())


def _checked(url: str, answer: domain.RawAnswer | None = None, *, inside: Inside | None = None) -> str:
    """The address as it will be asked: host in lower case and ASCII, no fragment. Raises SourceError("bad_address")."""
    if any(character <= " " or character in {"\\", "\x7f"} for character in url):
        raise refusals.bad_address(answer)
    try:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
            raise refusals.bad_address(answer)
        if not _may_be_asked(url, inside):
            raise refusals.bad_address(answer)
        prepared = urlsplit(requests.Request("GET", url).prepare().url or "")
        host, port = prepared.hostname or "", prepared.port
    except (ValueError, requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
        raise refusals.bad_address(answer) from error
    readable = addresses.literal(host) or (_HOST.fullmatch(host) and not addresses.is_disguised_number(host))
    if not readable or "@" in prepared.netloc or not _may_be_asked(prepared.geturl(), inside):
        raise refusals.bad_address(answer)
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[prepared.scheme]:
        netloc = f"{netloc}:{port}"
    return urlunsplit((prepared.scheme, netloc, prepared.path or "/", prepared.query, ""))


def _may_be_asked(url: str, inside: Inside | None) -> bool:
    """By its port. Raises ValueError."""
    return urlsplit(url).port in {None, 80, 443} or (inside is not None and inside.is_at(url))
