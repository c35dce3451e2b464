"""What became of opening a short link."""

from __future__ import annotations

from enum import StrEnum


class ShortLinkOutcome(StrEnum):
    OPENED = "opened"  # the service said where it leads
    NO_REDIRECT = "no_redirect"  # it showed a page of its own instead
    GONE = "gone"
    LOGIN_WALL = "login_wall"
    REFUSED = "refused"  # by the service, its robots.txt, or by us: what it leads to is no public address
    TOO_MANY_HOPS = "too_many_hops"
    NO_ANSWER = "no_answer"  # at once, and when it was asked again after hours and a day
    SPARED = "spared"  # never asked: it stands in a post of somebody who is protected
