"""What refusals of the YouTube Data API mean to a person.

Reasons: https://developers.google.com/youtube/v3/docs/errors. Google says 403 for a used-up day, a closed comment section and a refused
key alike; only the reason inside tells them apart.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from patrol import domain
from patrol.sources.shared import api

NAME = domain.Sentence(id="YouTube", en="YouTube")

_PACIFIC = ZoneInfo("America/Los_Angeles")
_DAY_IS_USED_UP = frozenset(("quotaExceeded", "dailyLimitExceeded", "dailyLimitExceededUnreg"))
_TOO_FAST = frozenset(("rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"))
_KEY = frozenset(
    (
        "keyInvalid",
        "keyExpired",
        "accessNotConfigured",
        "ipRefererBlocked",
        "authError",
        "required",
        "API_KEY_INVALID",
        "SERVICE_DISABLED",
        "API_KEY_SERVICE_BLOCKED",
        "API_KEY_HTTP_REFERRER_BLOCKED",
        "API_KEY_IP_ADDRESS_BLOCKED",
        "CONSUMER_SUSPENDED",
        "CONSUMER_INVALID",
    )
)
_GONE = frozenset(("videoNotFound", "playlistNotFound", "channelNotFound", "commentNotFound", "commentThreadNotFound"))
_CLOSED = frozenset(
    ("commentsDisabled", "playlistItemsNotAccessible", "channelForbidden", "channelClosed", "channelSuspended", "forbidden")
)


def judge(answer: domain.RawAnswer, body: Any) -> domain.SourceError | None:
    """What Google says of its refusal, by the first reason that is known; None leaves it to the status."""
    error = body.get("error") if isinstance(body, dict) else None
    if error is None:
        return None if answer.status >= 400 or isinstance(body, dict) else api.shape_changed(NAME, answer)
    for reason in _reasons(error):
        found = _by_reason(reason, answer)
        if found is not None:
            return found
    code = api.of_kind(api.of_kind(error, dict, {}).get("code"), int, 0)
    if answer.status >= 400:
        return None
    if code in {401, 403}:
        return api.credentials_refused(NAME, answer)
    return _fault(answer) if code >= 500 or code == 429 else api.shape_changed(NAME, answer)


def _reasons(error: Any) -> list[str]:
    error = api.of_kind(error, dict, {})
    listed = [*api.of_kind(error.get("details"), list, []), *api.of_kind(error.get("errors"), list, [])]
    return [api.text(one.get("reason")) for one in listed if isinstance(one, dict)]


def _by_reason(reason: str, answer: domain.RawAnswer) -> domain.SourceError | None:
    if reason in _DAY_IS_USED_UP:
        return domain.SourceError(
            "quota",
            domain.Sentence(
                id="Jatah harian YouTube habis. Kuncinya tetap sah; dicoba lagi sesudah tengah malam waktu Pasifik, saat jatahnya kembali.",
                en="YouTube's daily quota is used up. The key stays good; it is tried again after midnight Pacific time, when it returns.",
            ),
            retry_after=seconds_to_midnight(answer.received_at),
            answer=answer,
        )
    if reason in _KEY:
        return api.credentials_refused(NAME, answer)
    if reason in _TOO_FAST:
        return domain.SourceError(
            "too_many",
            domain.Sentence(id="YouTube meminta kita lebih jarang bertanya.", en="YouTube asks us to come less often."),
            answer=answer,
        )
    if reason in _GONE:
        return no_such(answer)
    if reason in _CLOSED:
        return domain.SourceError(
            "not_open",
            domain.Sentence(
                id="Bagian ini tidak dibuka untuk umum di YouTube (komentar dimatikan, kanal atau video ditutup). Kuncinya tidak salah.",
                en="This part is not open to the public at YouTube (comments off, channel or video closed). The key is not at fault.",
            ),
            permanent=True,
            answer=answer,
        )
    return _fault(answer) if reason in {"backendError", "internalError", "processingFailure", "SERVICE_UNAVAILABLE"} else None


def _fault(answer: domain.RawAnswer) -> domain.SourceError:
    sentence = domain.Sentence(id="YouTube sedang bermasalah.", en="YouTube has a fault of its own.")
    return domain.SourceError("server_error", sentence, answer=answer)


def seconds_to_midnight(moment: datetime) -> float:
    """Until the quota comes back: midnight in California, and five minutes for clocks that differ."""
    there = moment.astimezone(_PACIFIC)
    midnight = datetime(there.year, there.month, there.day, tzinfo=_PACIFIC) + timedelta(days=1)
    return midnight.timestamp() - moment.timestamp() + 300


def no_such(answer: domain.RawAnswer) -> domain.SourceError:
    return domain.SourceError(
        "not_found",
        domain.Sentence(
            id="YouTube tidak mengenal kanal atau video ini, atau kanalnya belum memuat video untuk umum.",
            en="YouTube does not know this channel or video, or the channel holds no public video.",
        ),
        permanent=True,
        answer=answer,
    )
