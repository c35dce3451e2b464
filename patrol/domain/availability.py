"""What a look at a link says: whether what stood there still stands there, and what tells so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Availability(StrEnum):
    THERE = "there"  # the post's own words were found
    DOWN = "down"
    CHANGED = "changed"  # the same post or page, with other words
    UNSURE = "unsure"


class AvailabilityReason(StrEnum):
    WORDS_FOUND = "words_found"
    OTHER_WORDS = "other_words"
    # down
    NOT_FOUND = "not_found"  # status 404 or 410
    SAYS_GONE = "says_gone"  # the page says so, whatever its status
    ACCOUNT_GONE = "account_gone"  # the account, blog or site was removed or suspended
    MISSING = "missing"  # not in a list that would hold it
    # cannot tell
    LOGIN_WALL = "login_wall"
    PRIVATE = "private"  # shown to whom its author lets in
    COUNTRY_BLOCK = "country_block"
    CONSENT = "consent"
    CAPTCHA = "captcha"
    RATE_LIMIT = "rate_limit"
    ROBOTS = "robots"
    REFUSED = "refused"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    NO_SUCH_HOST = "no_such_host"
    REDIRECTED_HOME = "redirected_home"
    REDIRECTED = "redirected"
    NO_CONTENT = "no_content"
    OTHER_CONTENT = "other_content"
    NOTHING_TO_COMPARE = "nothing_to_compare"  # the post has too few words of its own
    NO_ADDRESS = "no_address"
    ERASED = "erased"  # what it said was erased here


DOWN_BY = frozenset(
    {AvailabilityReason.NOT_FOUND, AvailabilityReason.SAYS_GONE, AvailabilityReason.ACCOUNT_GONE, AvailabilityReason.MISSING}
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look said."""

    reason: AvailabilityReason

    @property
    def outcome(self) -> Availability:
        """Each reason speaks for one outcome."""
        if self.reason in DOWN_BY:
            return Availability.DOWN
        named = {AvailabilityReason.WORDS_FOUND: Availability.THERE, AvailabilityReason.OTHER_WORDS: Availability.CHANGED}
        return named.get(self.reason, Availability.UNSURE)


@dataclass(frozen=True, slots=True)
class Known:
    """The post whose link is looked at."""

    platform: str
    external_id: str
    url: str
    text: str  # its newest words; "" where they were erased or there are none
