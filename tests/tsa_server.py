"""A time-stamp authority on this machine: `openssl ts` behind HTTP, and the ways in which one may answer something else."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

URL: Final = "https://tsa.contoh.example/stempel"
ORIGIN: Final = "https://tsa.contoh.example"
SECOND_URL: Final = "https://tsa-lain.contoh.example/stempel"
SECOND_ORIGIN: Final = "https://tsa-lain.contoh.example"
# stamps: as it should. away: 503. old: the answer to the first question, to each. other_hash: of another content, for our number.
# refuses: a rejection. nonsense: no time stamp. stranger: signed by an authority nobody knows. moved: sends people elsewhere. html: a page.
MODES: Final = ("stamps", "away", "old", "other_hash", "refuses", "nonsense", "stranger", "moved", "html")
_CONFIG: Final = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def authority(folder: Path, name: str) -> str:
    """Root, certificate and key of one, in files of this folder; the root as text."""
    keys = [rsa.generate_private_key(65537, 2048) for _ in range(2)]
    since, until = datetime.now(UTC) - timedelta(days=900), datetime.now(UTC) + timedelta(days=900)

    def signed(subject: str, key: rsa.RSAPrivateKey, extension: x509.ExtensionType) -> x509.Certificate:
        made = x509.CertificateBuilder().subject_name(_name(subject)).issuer_name(_name(f"Akar {name}")).public_key(key.public_key())
        made = made.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)
        return made.add_extension(extension, critical=True).sign(keys[0], hashes.SHA256())

    root = signed(f"Akar {name}", keys[0], x509.BasicConstraints(ca=True, path_length=0))
    own = signed(f"Stempel {name}", keys[1], x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]))
    folder.mkdir()
    (folder / "own.pem").write_bytes(own.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(keys[1].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "serial").write_text("01\n")
    for digests in ("sha256", "sha512"):
        (folder / digests).write_text(_CONFIG.format(folder=folder, digests=digests))
    return root.public_bytes(Encoding.PEM).decode()


def stamped(folder: Path, query: bytes, *, digests: str = "sha256") -> bytes:
    (folder / "q").write_bytes(query)
    asked: list[str | Path] = ["openssl", "ts", "-reply", "-config", folder / digests, "-queryfile", folder / "q"]
    done = subprocess.run([*asked, "-signer", folder / "own.pem", "-inkey", folder / "key.pem"], capture_output=True, check=True)
    return done.stdout


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        ours = self.server
        ours.asked.append((self.headers["Content-Type"], query))
        mode = ours.mode
        status, body = 200, b""
        if mode == "away":
            status = 503
        elif mode == "moved":
            status = 302
        elif mode == "nonsense":
            body = b"0\x03\x02\x01"
        elif mode == "html":
            body = b"<html>" + b"x" * 300_000
        elif mode == "old":
            body = ours.first
        elif mode == "other_hash":
            at = query.index(bytes.fromhex("0420")) + 2  # the 32 bytes behind it are what is to be stamped
            body = stamped(ours.folder, query[:at] + bytes([query[at] ^ 1]) + query[at + 1 :])
        else:
            folder = ours.folder.parent / "stranger" if mode == "stranger" else ours.folder
            body = stamped(folder, query, digests="sha512" if mode == "refuses" else "sha256")
            ours.first = ours.first or body
        self.send_response(status)
        if mode == "moved":
            self.send_header("Location", "https://lain.contoh.example/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder, self.mode, self.first = folder, "stamps", b""
        self.asked: list[tuple[str, bytes]] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def running(folder: Path, name: str = "Contoh") -> Iterator[tuple[Server, str]]:
    """The server, and the root it is believed by; another name, another authority with keys of its own."""
    root = authority(folder / "own", name)
    authority(folder / "stranger", "Asing")
    with Server(folder / "own") as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server, root
        server.shutdown()
        thread.join()
