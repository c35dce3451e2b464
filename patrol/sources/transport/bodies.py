"""Reading an answer's body: step by step, under every limit, with the content encoding undone here.

The library's own decoding is not used: it decodes before anyone can count, and it follows a list of nested encodings.
"""

import time
import zlib
from dataclasses import dataclass
from typing import Protocol

import urllib3

_STEP = 64 * 1024
_PLAIN = frozenset(("", "identity"))
_GZIP = frozenset(("gzip", "x-gzip"))


class Limits(Protocol):
    """The part of http.Limits that bodies are held to."""

    @property
    def wire_bytes(self) -> int: ...
    @property
    def decoded_bytes(self) -> int: ...
    @property
    def ratio(self) -> int: ...
    @property
    def ratio_from(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Body:
    """What came. `refusal` is the code of refusals.body, "" where the body is within all limits."""

    content: bytes
    truncated: bool = False
    refusal: str = ""


def read(response: urllib3.BaseHTTPResponse, deadline: float, limits: Limits) -> Body:
    """The decoded body as far as it came. Never raises for what the other side does: what came is evidence."""
    encoding = ",".join(response.headers.getlist("Content-Encoding")).strip().lower()
    if encoding not in _PLAIN | _GZIP:
        return Body(_beginning(response, deadline), truncated=True, refusal="bad_encoding")
    decoder = _Gunzip(limits) if encoding in _GZIP else _Plain()
    received, ending = 0, ""
    try:
        while not ending:
            if time.monotonic() >= deadline:
                ending = "timeout"
                break
            piece = response.read1(_STEP, decode_content=False)
            if not piece:
                break
            received += len(piece)
            ending = decoder.feed(piece, received)
            if received > limits.wire_bytes:
                ending = "too_large"
    except (urllib3.exceptions.ReadTimeoutError, TimeoutError):
        ending = "timeout"
    except (urllib3.exceptions.HTTPError, OSError):
        ending = "broken_off"
    content = bytes(decoder.content)
    if ending in {"", "broken_off"}:
        return Body(content, truncated=bool(ending) or not decoder.complete)
    return Body(content, truncated=True, refusal=ending)


def _beginning(response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """The first bytes of a body nobody will read: enough to show later what was sent."""
    kept = bytearray()
    try:
        while len(kept) < _STEP and time.monotonic() < deadline:
            piece = response.read1(_STEP, decode_content=False)
            if not piece:
                break
            kept += piece
    except (urllib3.exceptions.HTTPError, OSError):
        return bytes(kept)
    return bytes(kept[:_STEP])


class _Plain:
    complete = True

    def __init__(self) -> None:
        self.content = bytearray()

    def feed(self, piece: bytes, _received: int) -> str:
        self.content += piece
        return ""


class _Gunzip:
    """gzip undone in steps of 64 KiB: a bomb is noticed when it passes a limit, not when it fills the memory."""

    def __init__(self, limits: Limits) -> None:
        self.content = bytearray()
        self._limits = limits
        self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._begun = False

    @property
    def complete(self) -> bool:
        return self._member.eof or not self._begun

    def feed(self, piece: bytes, received: int) -> str:
        """Takes a piece of the body. Returns the code of what is wrong, "" for nothing."""
        while piece:
            if self._member.eof:
                if not piece.strip(b"\0"):
                    return ""  # padding behind the last member
                self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
            self._begun = True
            try:
                self.content += self._member.decompress(piece, _STEP)
            except zlib.error:
                return "bad_encoding"
            decoded = len(self.content)
            if decoded > self._limits.decoded_bytes:
                return "too_large"
            if decoded > self._limits.ratio_from and decoded > received * self._limits.ratio:
                return "too_large"
            piece = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        return ""
