"""How often somebody may ask: by address, by network and by what was sent, as keyed hashes in the broker's memory (ADR 61).

Nothing of it stands in a table or a log, and nothing lives longer than a day: a key is a hash under the key of the day, and the broker
forgets it by itself. Who asks too often is made to wait (10 to 60 seconds). Refused, for ten minutes, is only an address that goes on far
beyond what the people of one hall do: many share an address, more a network, and none of them closes it for the others by asking. Where the
broker is away nobody is refused: who is in danger must not meet a closed door.

    turn = limits.turn(request, "report", content=text)
    if turn.seconds:
        return limits.wait(request, turn, kept={"text": text})
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import redis
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol.access import sign_in
from patrol.infra import addresses, broker
from patrol.public import pages

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """`burst` at once, then one each `seconds`."""

    burst: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """An address is one of IPv4 or a /64, within which one telephone takes any it likes; a network is a /24 or a /48. Many telephones share
    either, so that both bear much. `content`: the same words, from anybody."""

    address: Pace
    network: Pace
    content: Pace | None = None


# What is limited -> how. A new form is one line. A report of somebody in danger has none: many share an address, and whoever else sends
# from it must not make such a report wait. Its pictures have the limit of all pictures.
LIMITS: Final[Mapping[str, Limits]] = {
    "check": Limits(address=Pace(60, 3), network=Pace(300, 1)),
    "photo": Limits(address=Pace(6, 20), network=Pace(60, 3)),
    "report": Limits(address=Pace(5, 60), network=Pace(60, 10), content=Pace(20, 30)),
    "evidence": Limits(address=Pace(10, 20), network=Pace(60, 3)),  # pictures of a report or a message
    "number": Limits(address=Pace(10, 30), network=Pace(60, 6)),  # of a report, typed to open it
    "objection": Limits(address=Pace(6, 60), network=Pace(60, 10), content=Pace(6, 60)),
    "message": Limits(address=Pace(10, 30), network=Pace(60, 6)),
}

SECONDS: Final = 0.25  # for an answer of the broker: it comes within a thousandth, and who is in danger waits for none that hangs
SHORTEST, LONGEST = 10, 60  # seconds of a waiting page
REFUSED_AFTER: Final = 300  # tries of one address that did not wait, within
REFUSED_SECONDS: Final = 600

# One bucket: tokens and when they were counted. A try that is not let in takes nothing; it is counted beside, for ten minutes.
_TAKE: Final = """
local now = redis.call('TIME')
now = now[1] + now[2] / 1000000
local burst, seconds, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local refused = tonumber(redis.call('GET', KEYS[2]) or '0')
if most > 0 and refused >= most then return {'refused', tostring(redis.call('TTL', KEYS[2]))} end
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = math.min(burst, tonumber(kept[1] or burst) + (now - tonumber(kept[2] or now)) / seconds)
local wait = 0
if tokens < 1 then
  wait = (1 - tokens) * seconds
  if most > 0 and redis.call('INCR', KEYS[2]) == 1 then redis.call('EXPIRE', KEYS[2], ARGV[4]) end
else
  tokens = tokens - 1
end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.min(86400, math.ceil(burst * seconds) + 1))
return {'wait', tostring(wait)}
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """`seconds` to wait, 0 where it is one's turn. `refused`: too many tries, for so long."""

    seconds: int = 0
    refused: bool = False


def turn(request: HttpRequest, what: str, *, content: str = "") -> Turn:
    """Whether this caller may do this now; takes a turn where it may. `what`: a key of LIMITS."""
    limits = LIMITS[what]
    address, network = addresses.shared(sign_in.client_address(request))
    asked = [("address", address, limits.address), ("network", network, limits.network)]
    if limits.content and content:
        asked.append(("content", " ".join(content.casefold().split()), limits.content))
    longest = Turn()
    try:
        for kind, value, pace in asked:
            found = _taken(f"{what}.{kind}", value, pace, refuses=kind == "address")
            if found.refused or found.seconds > longest.seconds:
                longest = found
            if longest.seconds:
                break
    except redis.RedisError as error:
        log.warning("limits of the public desk are not counted", extra={"error": type(error).__name__})
        return Turn()
    return longest


def wait(request: HttpRequest, turn: Turn, *, kept: Mapping[str, str] | None = None, said: Any = "") -> HttpResponse:
    """The waiting page: how long, and a button that sends again what was sent (`kept`: its fields), without a script. A page that was
    only asked for is asked for again by itself."""
    said = _refusal(turn) if turn.refused else said
    context = {"seconds": turn.seconds, "refused": turn.refused, "kept": kept or {}, "said": said, "again": request.path}
    response = pages.render(request, "wait.html", {**context, "posted": request.method == "POST"}, status=429)
    response.headers["Retry-After"] = str(turn.seconds)
    return response


def keeping(answer: HttpResponse, turn: Turn) -> HttpResponse:
    """A form that came with files, shown again with what was typed: a browser sends no file twice by itself."""
    answer.status_code = 429
    answer.headers["Retry-After"] = str(turn.seconds)
    return answer


def told(turn: Turn, said: Any = "") -> str:
    """How long to wait, as a sentence of a form."""
    if turn.refused:
        return _refusal(turn)
    wait = ngettext("Wait %(seconds)s second.", "Wait %(seconds)s seconds.", turn.seconds) % {"seconds": turn.seconds}
    return f"{said or _('Many people are asking at this moment.')} {wait}"


def _refusal(turn: Turn) -> str:
    """Said of whatever was sent: a check, a picture, a number, an answer."""
    minutes = math.ceil(turn.seconds / 60)
    words = ngettext(
        "Too much was sent from this connection. Try again in %(minutes)s minute, or call.",
        "Too much was sent from this connection. Try again in %(minutes)s minutes, or call.",
        minutes,
    )
    return words % {"minutes": minutes}


def _taken(kind: str, value: str, pace: Pace, *, refuses: bool) -> Turn:
    day = timezone.now().date().isoformat()
    name = salted_hmac(f"patrol.public.limits {day} {kind}", value, algorithm="sha256").hexdigest()[:32]
    keys = [f"desk:{name}", f"desk:{name}:refused"]
    said, seconds = broker.client(SECONDS).eval(_TAKE, 2, *keys, pace.burst, pace.seconds, REFUSED_AFTER if refuses else 0, REFUSED_SECONDS)
    if said == b"refused":
        return Turn(max(1, int(seconds)), refused=True)
    left = float(seconds)
    return Turn(min(LONGEST, max(SHORTEST, math.ceil(left)))) if left else Turn()
