"""What refusals of TikTok's Research API mean to a person.

Codes: https://developers.tiktok.com/doc/tiktok-api-v2-error-handling. Every answer carries `error.code`, "ok" where there is none.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from patrol import domain
from patrol.sources.shared import api

NAME = domain.Sentence(id="TikTok", en="TikTok")

_REFUSED = frozenset(
    (
        "access_token_invalid",
        "scope_not_authorized",
        "scope_permission_missed",
        "unauthorized",
        "invalid_client",
        "unauthorized_client",
        "invalid_grant",
        "invalid_scope",
        "unsupported_grant_type",
    )
)
_FAULT = domain.Sentence(id="TikTok sedang bermasalah.", en="TikTok has a fault of its own.")
_SENTENCES = {
    "daily_quota_limit_exceeded": (
        "quota",
        domain.Sentence(
            id="Jatah harian TikTok habis. Kredensialnya tetap sah; dicoba lagi sesudah tengah malam UTC, saat jatahnya kembali.",
            en="TikTok's daily quota is used up. The credentials stay good; it is tried again after midnight UTC, when it returns.",
        ),
    ),
    "rate_limit_exceeded": (
        "too_many",
        domain.Sentence(id="TikTok meminta kita lebih jarang bertanya.", en="TikTok asks us to come less often."),
    ),
    "internal_error": ("server_error", _FAULT),
    "timeout": ("server_error", _FAULT),
    "service_unavailable": ("server_error", _FAULT),
    "server_error": ("server_error", _FAULT),
}
_NOT_ACCEPTED = domain.Sentence(
    id="TikTok tidak menerima permintaan ini; kata atau nama di dalamnya perlu diperiksa.",
    en="TikTok does not accept this request; the words or names in it need a look.",
)


def judge(answer: domain.RawAnswer, body: Any) -> domain.SourceError | None:
    """What TikTok says of its refusal; None where it is none, or leaves it to the status."""
    if not isinstance(body, dict):
        return None if answer.status >= 400 else api.shape_changed(NAME, answer)
    error = body.get("error")
    code = error if isinstance(error, str) else api.text(api.of_kind(error, dict, {}).get("code"))
    if code in _REFUSED:
        return api.credentials_refused(NAME, answer)
    known = _SENTENCES.get(code)
    if known is not None:
        wait = seconds_to_midnight(answer.received_at) if known[0] == "quota" else None
        return domain.SourceError(*known, retry_after=wait, answer=answer)
    if code in {"", "ok"} or answer.status >= 400:
        return None
    return domain.SourceError("client_error", _NOT_ACCEPTED, permanent=True, answer=answer)


def seconds_to_midnight(moment: datetime) -> float:
    """Until the quota comes back: midnight UTC, and five minutes for clocks that differ."""
    there = moment.astimezone(UTC)
    midnight = datetime(there.year, there.month, there.day, tzinfo=UTC) + timedelta(days=1)
    return (midnight - there).total_seconds() + 300


def no_token() -> domain.SourceError:
    """TikTok answered the question for a token without one. That answer is private and not attached."""
    return domain.SourceError(
        "shape_changed",
        domain.Sentence(
            id="TikTok tidak memberi token akses dengan bentuk yang dikenal. Dicoba lagi; bila terus terjadi, program perlu disesuaikan.",
            en="TikTok gave no access token of the known shape. It will be tried again; if it goes on, the program needs a change.",
        ),
    )
