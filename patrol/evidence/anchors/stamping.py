"""A time stamp (RFC 3161) over the newest manifest, from each authority (`authorities`); none of them is ours. The manifest names all
before it, so one stamp says of all of them that they were there then.

An authority that is away, answers something else, or an old answer again costs a sentence on the job and a later try; nothing waits for
it. What it answered is kept only once it holds: the hash of our file, the number we gave it, its signature, its certificate.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.db import transaction
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerificationError, VerifierBuilder, decode_timestamp_response

from patrol import domain
from patrol.evidence.anchors import authorities, folder
from patrol.evidence.anchors.making import problem
from patrol.infra import jobs, pace
from patrol.sources.transport import http

KIND: Final = authorities.STAMP
_LIMITS: Final = http.Limits(seconds=20, redirects=0, wire_bytes=256 * 1024, decoded_bytes=256 * 1024)


class StampError(Exception):
    """Why a time stamp does not hold, without what it holds."""


class UnknownError(StampError):
    """It is of an authority whose certificate is not at hand: nothing of it was looked at, and nothing says that it does not hold."""


def configured() -> bool:
    return bool(authorities.urls())


def carry_out(job: jobs.Leased, *, now: datetime, to: http.Client | None = None) -> None:
    """The handler of jobs "time_stamp". Whoever dies before the end finds the stamp there, or asks for one again.
    Raises SourceError, JobLostError."""
    place, authority = Path(settings.ANCHOR_DIR), authorities.of_key(job.key)
    try:
        number = folder.newest(place)
        if authority is not None and number and folder.stamp(place, number, authority) is None:
            content = folder.path_of(place, number).read_bytes()
            folder.write(folder.stamp_path(place, number, authority), asked(to or client(authority), content, authority))
    except OSError as error:
        raise problem(
            "stamp_folder",
            f"Folder segel luar tidak dapat dibaca atau ditulis ({error.strerror}).",
            f"The folder of the manifests cannot be read or written ({error.strerror}).",
        ) from error
    with transaction.atomic():
        if number and folder.newest(place) > number:  # made while this one was asked for, when its own job could not be added
            jobs.put_off(job, 1.0)
        else:
            jobs.finish(job, now=now)


def client(authority: int = 0) -> http.Client:
    """Public addresses, or the one that TIMESTAMP_ADDRESS names in the ministry's own network."""
    made = http.Client(
        pace=pace.SharedPace(rate=pace.RATE, patience=pace.LONGEST_WAIT),
        user_agent=settings.USER_AGENT,
        stand_ins=settings.STAND_INS,
        proxy=http.Proxy.read(settings.OUTGOING_PROXY) if settings.OUTGOING_PROXY else None,
        authorities=settings.OUTGOING_CA,
        limits=_LIMITS,
    )
    if inside := authorities.address(authority):
        return replace(made, inside=http.Inside.read(authorities.urls()[authority], inside))
    return made


def asked(to: http.Client, content: bytes, authority: int = 0) -> bytes:
    """The authority's stamp over these bytes, which holds. Raises SourceError."""
    request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).nonce(nonce=True).build()
    try:
        answer = to.post(authorities.urls()[authority], content=request.as_bytes(), headers={"Content-Type": "application/timestamp-query"})
    except domain.SourceError as error:
        error.problem = replace(error.problem, permanent=False)  # the next manifest asks again in any case
        raise
    try:
        held(answer.body, content, settings.TIMESTAMP_CA, nonce=request.nonce)
    except StampError as error:
        raise problem(
            "stamp_untrue",
            f"Jawaban otoritas stempel waktu tidak sah ({error}); tidak disimpan dan dicoba lagi.",
            f"The answer of the time-stamp authority does not hold ({error}); it was not kept and is asked for again.",
        ) from error
    return answer.body


def held(answer: bytes, content: bytes, authorities: str, *, nonce: int | None = None) -> datetime:
    """When the authority saw this content. `authorities`: the roots it is trusted by, PEM. Raises StampError, UnknownError."""
    try:
        roots = x509.load_pem_x509_certificates(authorities.encode())
        found = decode_timestamp_response(answer)
        brought = [x509.load_der_x509_certificate(one) for one in found.signed_data.certificates]
        if brought and not any(_issued(one, root) for one in brought for root in roots):
            raise UnknownError("no certificate of its authority is here")
        VerifierBuilder(roots=roots, nonce=nonce).build().verify_message(found, content)
    except VerificationError as error:
        raise StampError(_plain(error)) from error
    except (ValueError, TypeError, x509.ExtensionNotFound) as error:
        raise StampError("it is no time stamp") from error
    return found.tst_info.gen_time


def _issued(one: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return one == root
    return True


def _plain(error: VerificationError) -> str:
    """One line, without what the library quotes."""
    return str(error).partition(":")[0].rstrip(".")[:100]
