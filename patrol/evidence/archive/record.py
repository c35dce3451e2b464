"""A page archive as a WARC (ISO 28500): warcinfo, request and response of every exchange, and a metadata record for what was refused.

Bodies are kept as they were after their content encoding was undone, so the headers that spoke of it stand under x-archive-orig-*.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from patrol import domain

_OF_THE_WIRE = frozenset(("content-encoding", "transfer-encoding", "content-length"))
_BREAKS = re.compile(r"[\r\n\0]+")


class Record:
    """A WARC being written. One file a page, each record gzipped by itself as the format wants it."""

    def __init__(self, program: str, about: Mapping[str, str]) -> None:
        self._kept = io.BytesIO()
        self._writer = WARCWriter(self._kept, gzip=True, warc_version="1.1")
        told = {"software": program, "format": "WARC File Format 1.1", **about}
        self._writer.write_record(self._writer.create_warcinfo_record("page.warc.gz", _clean(told)))

    def exchange(self, answer: domain.RawAnswer) -> None:
        """One question and its answer; an answer cut at a limit says so."""
        url = answer.final_url
        at = {"WARC-Date": _date(answer.requested_at)}
        if answer.address:
            at["WARC-IP-Address"] = _bare(answer.address)
        kept = [(f"x-archive-orig-{name}" if name.lower() in _OF_THE_WIRE else name, _line(value)) for name, value in answer.headers]
        kept.append(("Content-Length", str(len(answer.body))))
        status = StatusAndHeaders(f"{answer.status} {_phrase(answer.status)}", kept, protocol="HTTP/1.1")
        cut = {"WARC-Truncated": "length"} if answer.truncated else {}
        response = self._writer.create_warc_record(
            url, "response", payload=io.BytesIO(answer.body), length=len(answer.body), http_headers=status, warc_headers_dict={**at, **cut}
        )
        parts = urlsplit(url)
        asked = StatusAndHeaders(
            f"{answer.method} {quote(parts.path or '/', safe='/%:@!$&()*+,;=~-._')}{'?' + parts.query if parts.query else ''} HTTP/1.1",
            [("Host", parts.netloc)] + [(name, _line(value)) for name, value in answer.request_headers if name.lower() != "host"],
            is_http_request=True,
        )
        request = self._writer.create_warc_record(url, "request", payload=io.BytesIO(), length=0, http_headers=asked, warc_headers_dict=at)
        self._writer.write_request_response_pair(request, response)

    def note(self, url: str, said: Mapping[str, str], at: datetime) -> None:
        """What is told beside the exchanges: a refusal, how the page was shown."""
        body = "".join(f"{name}: {_line(value)}\r\n" for name, value in said.items()).encode()
        record = self._writer.create_warc_record(
            url,
            "metadata",
            payload=io.BytesIO(body),
            length=len(body),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": _date(at)},
        )
        self._writer.write_record(record)

    def content(self) -> bytes:
        return self._kept.getvalue()


def _clean(told: Mapping[str, str]) -> dict[str, str]:
    return {name: _line(value) for name, value in told.items()}


def _line(value: str) -> str:
    """One line of a header: what a server breaks in two is no second header of ours."""
    return _BREAKS.sub(" ", value)


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bare(address: str) -> str:
    """The address without its port: 203.0.113.7:443, [2001:db8::7]:443."""
    return address[1:].partition("]")[0] if address.startswith("[") else address.rpartition(":")[0] or address


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
