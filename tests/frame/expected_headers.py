"""What every answer says to the browser, by the kind of answer: written out once more, beside patrol.frame.headers and the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Reporting-Endpoints": 'csp="/csp/"',
}
OFF = ("camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()", "display-capture=()")

_TOLD = "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; report-uri /csp/; report-to csp"
WORKBENCH = f"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data:; {_TOLD}"
DESK = f"default-src 'none'; script-src 'none'; style-src 'self'; font-src 'none'; connect-src 'none'; img-src 'self'; {_TOLD}"
OTHER = f"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self'; {_TOLD}"
BYTES = "default-src 'none'; sandbox"  # what somebody sent us


def wrong(response: Any, *, public: bool = False) -> list[str]:
    """What an answer says otherwise than it should, of the workbench or of the public desk. A nonce is passed over."""
    policies = (DESK,) if public else (WORKBENCH, BYTES, OTHER)
    said: Mapping[str, str] = response.headers
    found = [f"{name}: {said.get(name)}" for name, value in ALWAYS.items() if said.get(name) != value]
    found += [f"Permissions-Policy: {off} is missing" for off in OFF if off not in said.get("Permissions-Policy", "")]
    policy = re.sub(r" 'nonce-[\w-]+'", "", said.get("Content-Security-Policy", ""))
    if policy not in policies:
        found.append(f"Content-Security-Policy: {policy}")
    kept = said.get("Cache-Control", "")
    if "no-store" not in kept and not (public and kept in {"no-cache", "public, max-age=86400"}):
        found.append(f"Cache-Control: {kept}")
    if policy == BYTES and not said.get("Content-Disposition", "").startswith("attachment") and not _a_picture(said):
        found.append(f"Content-Disposition: {said.get('Content-Disposition')}")
    return found


def _a_picture(said: Mapping[str, str]) -> bool:
    """Drawn anew by us, or of a kind that runs nothing in a sandbox."""
    return said.get("Content-Type", "") in {"image/jpeg", "image/png", "image/webp", "image/gif", "text/plain"}
