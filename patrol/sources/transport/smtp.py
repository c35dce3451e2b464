"""One mail to one address, and what became of it, told apart by whether the server could have it.

`smtplib` itself and not Django's mail backend: that says neither what the server answered nor at which step a connection ended. Until the
text of the mail is begun a failure is definite: nobody has it. Once it is begun only the server's answer tells; without one nobody here
knows, and nothing here tries again.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import requests

LONGEST: Final = 400  # characters of what a server said


class Came(StrEnum):
    """What became of a mail."""

    SENT = "sent"  # the server took it over
    REFUSED = "refused"  # it did not, or was not reached
    UNKNOWN = "unknown"  # it was begun, and no answer came


@dataclass(frozen=True, slots=True)
class Answer:
    came: Came
    words: str  # the server's, or what kept us from it; one line


@dataclass(frozen=True, slots=True)
class Server:
    """`security`: "starttls", "tls" from the first byte, or "none", on this machine; `authorities`, PEM, beside the system's."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""
    authorities: str = ""
    seconds: float = 30.0  # for each step; the mail itself is one


def deliver(server: Server, message: bytes, *, sender: str, to: str) -> Answer:
    """Hands the message (RFC 5322, CRLF) to the server for this one address."""
    smtp = None
    try:
        try:
            smtp = _entered(server, sender)
            refused = _envelope(smtp, len(message), sender, to)
        except (OSError, smtplib.SMTPException) as error:  # certificates are an OSError
            return Answer(Came.REFUSED, _said(error))
        if refused:
            return Answer(Came.REFUSED, refused)
        try:
            code, words = smtp.data(message)
        except smtplib.SMTPDataError as error:  # its answer to the word DATA: nothing of the mail was begun
            return Answer(Came.REFUSED, _said(error))
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Came.UNKNOWN, _said(error))
        came = Came.SENT if 200 <= code < 300 else Came.REFUSED if 400 <= code < 600 else Came.UNKNOWN
        return Answer(came, _line(code, words))
    finally:
        if smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtp.quit()  # what is said after the answer changes nothing
            smtp.close()


def _entered(server: Server, sender: str) -> smtplib.SMTP:
    """Connected, behind TLS with a certificate that was checked, and logged in. Raises OSError, SMTPException."""
    context = ssl.create_default_context(cafile=requests.utils.DEFAULT_CA_BUNDLE_PATH)
    if server.authorities:
        context.load_verify_locations(cadata=server.authorities)
    name = sender.rpartition("@")[2]  # said in EHLO; the machine's own name is nobody's business, and asking for it may take long
    smtp: smtplib.SMTP
    if server.security == "tls":
        smtp = smtplib.SMTP_SSL(server.host, server.port, local_hostname=name, timeout=server.seconds, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=server.seconds)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _envelope(smtp: smtplib.SMTP, size: int, sender: str, to: str) -> str:
    """From whom and to whom; "" where both are taken, else what the server said. Raises OSError, SMTPException."""
    code, words = smtp.mail(sender, [f"size={size}"] if smtp.has_extn("size") else [])
    if code == 250:
        code, words = smtp.rcpt(to)
    return "" if code in {250, 251} else _line(code, words)


def _line(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(f"{code} {text}".replace("\0", "").split())[:LONGEST]


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _line(error.smtp_code, error.smtp_error)
    return " ".join(f"{type(error).__name__}: {error}".replace("\0", "").split())[:LONGEST]
