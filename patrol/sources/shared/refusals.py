"""Why a fetch did not go on: one function for each code, with both sentences and whether trying again makes sense.

Codes: bad_address, private_address, dns, tls, unreachable, timeout, bad_redirect, redirect_loop, too_large,
bad_encoding, not_found, refused, too_many, server_error, client_error.
"""

import re
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests
import urllib3

from patrol import domain

LONGEST_WAIT = 86_400.0 * 7  # seconds; a platform that asks for more is asked again after a week


def bad_address(answer: domain.RawAnswer | None = None) -> domain.SourceError:
    """`answer`: the one that led there. The address stands in neither sentence: on a page a mask would stand in its place."""
    rule_id = "Diperlukan http atau https, port 80 atau 443, tanpa nama pengguna di dalam alamat."
    rule_en = "It needs http or https, port 80 or 443, and no user name."
    if answer is None:
        sentence = domain.Sentence(id=f"Alamat ini tidak dapat diambil. {rule_id}", en=f"This address cannot be fetched. {rule_en}")
    else:
        sentence = domain.Sentence(
            id=f"{_host(answer)} mengalihkan ke alamat yang tidak dapat diambil. {rule_id}",
            en=f"{_host(answer)} redirects to an address that cannot be fetched. {rule_en}",
        )
    return domain.SourceError("bad_address", sentence, permanent=True, answer=answer)


def private_address(host: str, address: str) -> domain.SourceError:
    return domain.SourceError(
        "private_address",
        domain.Sentence(
            id=f"{host} menunjuk ke {address}, bukan alamat internet publik. Pengambilan ditolak.",
            en=f"{host} points to {address}, which is no public internet address. The fetch was refused.",
        ),
        permanent=True,
    )


def dns(host: str) -> domain.SourceError:
    return domain.SourceError(
        "dns",
        domain.Sentence(
            id=f"Alamat {host} tidak ditemukan di DNS. Periksa ejaannya, atau coba lagi nanti.",
            en=f"The name {host} was not found in DNS. Check its spelling, or try again later.",
        ),
    )


def transport(host: str, error: Exception) -> domain.SourceError:
    """What requests or urllib3 raised between dialling and the first byte of the body."""
    found = causes(error)
    timeouts = (requests.exceptions.Timeout, urllib3.exceptions.TimeoutError, TimeoutError)
    if any(isinstance(cause, timeouts) for cause in found):
        return _timeout(host)
    if any(isinstance(cause, requests.exceptions.SSLError | urllib3.exceptions.SSLError) for cause in found):
        return _tls(host, found)
    return domain.SourceError(
        "unreachable",
        domain.Sentence(
            id=f"{host} tidak dapat dihubungi, atau memutus sambungan sebelum menjawab.",
            en=f"{host} could not be reached, or closed the connection before it answered.",
        ),
    )


def causes(error: BaseException) -> list[BaseException]:
    """An error, what it wraps and what it came from."""
    found: list[BaseException] = []
    queue: list[object] = [error]
    while queue:
        current = queue.pop()
        if not isinstance(current, BaseException) or current in found:
            continue
        found.append(current)
        queue += [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
    return found


def _tls(host: str, causes: list[BaseException]) -> domain.SourceError:
    reason = next((cause.verify_message for cause in causes if isinstance(cause, ssl.SSLCertVerificationError)), "")
    tail = f" ({reason})" if reason else ""
    return domain.SourceError(
        "tls",
        domain.Sentence(
            id=f"Sambungan aman ke {host} gagal{tail}. Isinya tidak dibaca, karena pengirimnya tidak dapat dipastikan.",
            en=f"The secure connection to {host} failed{tail}. Nothing was read: the sender cannot be verified.",
        ),
    )


def _timeout(host: str, answer: domain.RawAnswer | None = None) -> domain.SourceError:
    return domain.SourceError(
        "timeout", domain.Sentence(id=f"{host} terlalu lama menjawab.", en=f"{host} took too long to answer."), answer=answer
    )


def bad_redirect(answer: domain.RawAnswer) -> domain.SourceError:
    return domain.SourceError(
        "bad_redirect",
        domain.Sentence(
            id=f"{_host(answer)} mengalihkan ke tempat lain tanpa menyebut alamatnya.",
            en=f"{_host(answer)} redirects without naming an address.",
        ),
        answer=answer,
    )


def secret_elsewhere(answer: domain.RawAnswer) -> domain.SourceError:
    return domain.SourceError(
        "bad_redirect",
        domain.Sentence(
            id=f"{_host(answer)} mengalihkan ke situs lain dengan kredensial kita di dalam alamatnya. Tidak diikuti.",
            en=f"{_host(answer)} redirects to another site with our credential in the address. It was not followed.",
        ),
        answer=answer,
    )


def redirect_loop(answer: domain.RawAnswer, hops: int) -> domain.SourceError:
    return domain.SourceError(
        "redirect_loop",
        domain.Sentence(
            id=f"{_host(answer)} terus mengalihkan ({hops} kali) tanpa sampai ke isi.",
            en=f"{_host(answer)} keeps redirecting ({hops} times) and never arrives.",
        ),
        answer=answer,
    )


def body(code: str, answer: domain.RawAnswer) -> domain.SourceError:
    """For the codes of bodies.Body: timeout, too_large, bad_encoding."""
    if code == "timeout":
        return _timeout(_host(answer), answer)
    if code == "too_large":
        sentence = domain.Sentence(
            id=f"Jawaban {_host(answer)} melampaui batas ukuran. Bagian yang sudah diterima disimpan.",
            en=f"The answer of {_host(answer)} is larger than allowed. The part that came is kept.",
        )
    else:
        sentence = domain.Sentence(
            id=f"{_host(answer)} menjawab dengan penyandian yang rusak atau tidak didukung ({answer.header('Content-Encoding') or '-'}).",
            en=f"{_host(answer)} answered in a broken or unsupported content encoding ({answer.header('Content-Encoding') or '-'}).",
        )
    return domain.SourceError(code, sentence, permanent=code == "too_large", answer=answer)


def unless_refused(answer: domain.RawAnswer) -> domain.RawAnswer:
    """The answer itself, for a status below 400. Raises domain.SourceError for the others."""
    status, host = answer.status, _host(answer)
    if status < 400:
        return answer
    if status in {404, 410}:
        code, permanent = "not_found", True
        sentence = domain.Sentence(id=f"Halaman tidak ada di {host}.", en=f"The page is not there at {host}.")
    elif status in {401, 403, 451}:
        code, permanent = "refused", True
        sentence = domain.Sentence(
            id=f"{host} menolak permintaan kita. Sumber perlu diperiksa orang.",
            en=f"{host} refuses us. A person has to look at the source.",
        )
    elif status == 429:
        code, permanent = "too_many", False
        sentence = domain.Sentence(id=f"{host} meminta kita lebih jarang bertanya.", en=f"{host} asks us to come less often.")
    elif status >= 500:
        code, permanent = "server_error", False
        sentence = domain.Sentence(id=f"{host} sedang bermasalah.", en=f"{host} has a fault of its own.")
    elif status == 408:
        raise _timeout(host, answer)
    else:
        code, permanent = "client_error", True
        sentence = domain.Sentence(id=f"{host} tidak menerima permintaan ini.", en=f"{host} does not accept this request.")
    raise domain.SourceError(code, sentence, permanent=permanent, retry_after=retry_after(answer), answer=answer)


def retry_after(answer: domain.RawAnswer) -> float | None:
    """Seconds the platform asks us to wait, from seconds or a date (RFC 9110, 10.2.3); None where it says nothing."""
    value = answer.header("Retry-After").strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        return min(float(value), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - server_time(answer)).total_seconds(), 0.0), LONGEST_WAIT)


def server_time(answer: domain.RawAnswer) -> datetime:
    """The server's own clock where it shows one: a wrong clock there must not become a wrong wait here."""
    try:
        moment = parsedate_to_datetime(answer.header("Date"))
    except ValueError:
        return answer.received_at
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _host(answer: domain.RawAnswer) -> str:
    return urlsplit(answer.final_url).hostname or answer.final_url
