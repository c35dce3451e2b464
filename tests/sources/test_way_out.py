"""An office's own authority and proxy, both played here: a certificate signed by a CA of our own, a proxy that tunnels."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import hashlib
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from patrol import domain
from patrol.sources.transport import http

NAME, PUBLIC = "kabar.example", "93.184.216.34"


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _signed(name: str, key: ec.EllipticCurvePrivateKey, by: str, with_key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(_named(name)).issuer_name(_named(by)).public_key(key.public_key())
    made = (
        made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    extension = x509.BasicConstraints(ca=True, path_length=0) if name == by else x509.SubjectAlternativeName([x509.DNSName(name)])
    made = made.add_extension(extension, critical=name == by)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(with_key.public_key()), critical=False)
    if name == by:
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        made = made.add_extension(usage, critical=True)
    return made.sign(with_key, hashes.SHA256())


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


class Server:
    """Takes connections one after the other, each in a thread, and hands them to `serve`."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                taken, _from = self.listener.accept()
                taken.settimeout(120)
                threading.Thread(target=self._quietly, args=(taken,), daemon=True).start()

    def _quietly(self, taken: socket.socket) -> None:
        with contextlib.suppress(OSError), taken:
            self.serve(taken)

    def serve(self, taken: socket.socket) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.listener.close()


class Site(Server):
    """Speaks TLS with a certificate of the office's authority where it was given one."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self.context = context
        super().__init__()

    def serve(self, taken: socket.socket) -> None:
        with self.context.wrap_socket(taken, server_side=True, do_handshake_on_connect=False) if self.context else taken as speaking:
            read = speaking.makefile("rb")
            length = 0
            for line in iter(read.readline, b"\r\n"):
                if not line:
                    return  # the client went away, or refused the certificate
                name, _colon, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            read.read(length)  # closing with an unread body would reset the connection before the answer is read
            speaking.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nisi")


class Proxy(Server):
    """Tunnels every address to one site, and remembers what it was asked."""

    def __init__(self, site: Site, answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n") -> None:
        self.site, self.answer = site, answer
        self.asked: list[str] = []
        super().__init__()

    def serve(self, taken: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += taken.recv(1)
        self.asked.append(head.decode())
        taken.sendall(self.answer)
        if b" 200 " not in self.answer:
            return
        with socket.create_connection(("127.0.0.1", self.site.port), 120) as there:
            back = threading.Thread(target=self._pump, args=(there, taken), daemon=True)
            back.start()
            self._pump(taken, there)
            back.join(120)

    @staticmethod
    def _pump(one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := one.recv(65536):
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ssl.SSLContext]:
    """The authority's certificate as PEM, and a server's context with one that it signed for NAME."""
    folder: Path = tmp_path_factory.mktemp("authority")
    root, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _signed("Otoritas Kantor", root, "Otoritas Kantor", root)
    (folder / "own.pem").write_text(_pem(_signed(NAME, own, "Otoritas Kantor", root)))
    plain = serialization.NoEncryption()
    (folder / "own.key").write_bytes(own.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem", folder / "own.key")
    return _pem(authority), context


@pytest.fixture
def site(office: tuple[str, ssl.SSLContext]) -> Iterator[Site]:
    site = Site(office[1])
    yield site
    site.close()


@pytest.fixture
def plain_site() -> Iterator[Site]:
    site = Site(None)
    yield site
    site.close()


def client(pace: Any, *, to: str = PUBLIC, **more: Any) -> http.Client:
    return http.Client(pace=pace, user_agent="a@b.example", resolve=lambda host, port: [to], **more)


def through(proxy: Proxy, login: str = "") -> http.Proxy:
    return http.Proxy.read(f"http://{login}127.0.0.1:{proxy.port}")


def led_to(site: Site) -> Any:
    return lambda address, port, seconds: socket.create_connection(("127.0.0.1", site.port), seconds)


def refused(client: http.Client, url: str) -> str:
    with pytest.raises(domain.SourceError) as caught:
        client.get(url)
    return caught.value.problem.code


def test_a_certificate_of_the_office_s_authority_is_taken_where_it_is_set(
    pace: Any, office: tuple[str, ssl.SSLContext], site: Site
) -> None:
    assert client(pace, authorities=office[0], connect=led_to(site)).get(f"https://{NAME}/").body == b"isi"
    assert refused(client(pace, connect=led_to(site)), f"https://{NAME}/") == "tls"


def test_authorities_are_read_once_a_process_and_each_office_s_apart(pace: Any, office: tuple[str, ssl.SSLContext]) -> None:
    of_the_web, again, own, own_again = (client(pace, authorities=given)._tls for given in ("", "", office[0], office[0]))
    assert of_the_web is again
    assert own is own_again
    assert own is not of_the_web


def test_the_answer_says_which_certificate_was_shown_and_none_without_tls(
    pace: Any, office: tuple[str, ssl.SSLContext], site: Site, plain_site: Site
) -> None:
    shown = ssl.PEM_cert_to_DER_cert(ssl.get_server_certificate(("127.0.0.1", site.port)))
    first, again = (client(pace, authorities=office[0], connect=led_to(site)).get(f"https://{NAME}/") for _ in range(2))
    assert (first.certificate, again.certificate) == (hashlib.sha256(shown).hexdigest(),) * 2
    authority = hashlib.sha256(ssl.PEM_cert_to_DER_cert(office[0])).hexdigest()
    assert first.certificates in {(first.certificate, authority), (first.certificate,)}  # before Python 3.13 the chain is not told
    posted = client(pace, authorities=office[0], connect=led_to(site)).post(f"https://{NAME}/", json={})
    assert posted.certificate == first.certificate
    assert client(pace, connect=led_to(plain_site)).get(f"http://{NAME}/").certificates == ()


def test_the_office_s_authority_vouches_for_no_other_name(pace: Any, office: tuple[str, ssl.SSLContext], site: Site) -> None:
    assert refused(client(pace, authorities=office[0], connect=led_to(site)), "https://lain.example/") == "tls"


def test_requests_leave_by_the_proxy_which_is_asked_for_the_checked_address(
    pace: Any, office: tuple[str, ssl.SSLContext], site: Site
) -> None:
    proxy = Proxy(site)
    answer = client(pace, authorities=office[0], proxy=through(proxy)).get(f"https://{NAME}/")
    proxy.close()
    assert (answer.body, answer.address) == (b"isi", f"{PUBLIC}:443")
    assert proxy.asked == [f"CONNECT {PUBLIC}:443 HTTP/1.1\r\nHost: {PUBLIC}:443\r\n\r\n"]


def test_plain_http_leaves_by_it_too_and_a_login_is_shown_to_the_proxy_alone(pace: Any, plain_site: Site) -> None:
    proxy = Proxy(plain_site)
    answer = client(pace, proxy=through(proxy, "petugas:r%40hasia@")).get(f"http://{NAME}/")
    proxy.close()
    shown = base64.b64encode(b"petugas:r@hasia").decode()
    assert proxy.asked == [f"CONNECT {PUBLIC}:80 HTTP/1.1\r\nHost: {PUBLIC}:80\r\nProxy-Authorization: Basic {shown}\r\n\r\n"]
    assert shown not in str(answer.request_headers)


INSIDE = f"https://{NAME}:8443"


def test_one_host_inside_is_asked_where_a_client_is_given_it(pace: Any, office: tuple[str, ssl.SSLContext], site: Site) -> None:
    """By its name, with its certificate; neither a name server nor the proxy is asked where it is."""
    dialled: list[tuple[str, int]] = []

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append((address, port))
        return socket.create_connection(("127.0.0.1", site.port), seconds)

    proxy = Proxy(site)
    inside = http.Inside.read(f"{INSIDE}/realms/pegawai", "10.20.0.7")
    given: dict[str, Any] = {"to": "10.66.0.66", "proxy": through(proxy), "connect": connect, "inside": inside}
    answer = client(pace, authorities=office[0], **given).get(f"{INSIDE}/realms/pegawai")
    posted = client(pace, authorities=office[0], **given).post(f"{INSIDE}/token", form={})
    assert (answer.body, answer.address, posted.body) == (b"isi", "10.20.0.7:8443", b"isi")
    assert refused(client(pace, **given), f"{INSIDE}/") == "tls"  # of whose authority nobody was told
    proxy.close()
    assert (dialled, proxy.asked) == ([("10.20.0.7", 8443)] * 3, [])


@pytest.mark.parametrize(
    ("url", "code"),
    [
        (f"https://{NAME}/", "private_address"),
        (f"http://{NAME}/", "private_address"),
        (f"http://{NAME}:8443/", "bad_address"),
        (f"https://{NAME}:8444/", "bad_address"),
        (f"https://lain.{NAME}:8443/", "bad_address"),
        (f"https://a@{NAME}:8443/", "bad_address"),
        ("https://lain.example/", "private_address"),
        ("https://10.20.0.7/", "private_address"),
        ("https://10.20.0.7:8443/", "bad_address"),
        ("https://10.20.0.8/", "private_address"),
    ],
)
def test_nothing_else_inside_is_asked_by_it(pace: Any, url: str, code: str) -> None:
    """Other ports, schemes and hosts, and its address by another name. Every name leads to that address here."""
    dialled: list[str] = []

    def connect(address: str, _port: int, _seconds: float) -> socket.socket:
        dialled.append(address)
        raise ConnectionRefusedError

    inside = http.Inside.read(f"{INSIDE}/realms/pegawai", "10.20.0.7")
    given: dict[str, Any] = {"resolve": lambda host, port: [host if host[0] == "1" else "10.20.0.7"], "inside": inside}
    asking = http.Client(pace=pace, user_agent="a@b.example", connect=connect, **given)
    assert (refused(asking, url), dialled) == (code, [])
    without = dataclasses.replace(asking, inside=None)
    assert (refused(without, f"{INSIDE}/"), refused(without, f"https://{NAME}/"), dialled) == ("bad_address", "private_address", [])


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_a_private_address_is_refused_before_the_proxy_is_asked(pace: Any, plain_site: Site, address: str) -> None:
    proxy = Proxy(plain_site)
    assert refused(client(pace, to=address, proxy=through(proxy)), f"http://{NAME}/") == "private_address"
    proxy.close()
    assert proxy.asked == []


@pytest.mark.parametrize("said", [b"HTTP/1.1 403 Forbidden\r\n\r\n", b"HTTP/1.1 407 Login\r\n\r\n", b"x" * 9_000, b"", b"\r\n\r\n"])
def test_a_proxy_that_refuses_is_a_connection_that_failed(pace: Any, plain_site: Site, said: Any) -> None:
    proxy = Proxy(plain_site, said)
    assert refused(client(pace, proxy=through(proxy)), f"http://{NAME}/") == "unreachable"
    proxy.close()
    assert len(proxy.asked) == 1


@pytest.mark.parametrize("length", [8 * 1024, 8 * 1024 + 1])
def test_a_proxy_may_say_eight_kilobytes_and_not_a_byte_more(pace: Any, plain_site: Site, length: int) -> None:
    said = b"HTTP/1.1 200 OK\r\nX-Long: "
    proxy = Proxy(plain_site, said.ljust(length - 4, b"x") + b"\r\n\r\n")
    asking = client(pace, proxy=through(proxy))
    if length == 8 * 1024:
        assert asking.get(f"http://{NAME}/").body == b"isi"
    else:
        assert refused(asking, f"http://{NAME}/") == "unreachable"
    proxy.close()


@pytest.mark.parametrize("said", [b"HTTP/1.1 200 Ok\r\n\r\n", b"HTTP/1.1 200 Oke\r\n\r\n"], ids=["odd", "even"])
def test_what_comes_right_behind_the_proxy_s_answer_is_the_site_s(pace: Any, plain_site: Site, said: bytes) -> None:
    """A site may speak before it is asked, and both answers arrive in one piece."""
    proxy = Proxy(plain_site, said + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndini")
    assert client(pace, proxy=through(proxy)).get(f"http://{NAME}/").body == b"dini"
    proxy.close()


@pytest.mark.parametrize("written", ["https://a:1", "http://a", "a:1", "http://a:1/b", "http://a:1?b", "socks5://a:1"])
def test_what_is_no_proxy_is_told(written: str) -> None:
    with pytest.raises(ValueError, match="proxy is written"):
        http.Proxy.read(written)


def test_an_office_s_certificates_stand_in_no_representation(pace: Any, office: tuple[str, ssl.SSLContext]) -> None:
    one = client(pace)
    assert repr(dataclasses.replace(one, authorities=office[0])) == repr(one)


def test_a_proxy_s_password_stands_in_no_representation() -> None:
    assert "rahasia" not in repr(http.Proxy.read("http://petugas:rahasia@proxy.example:3128"))
