"""Cases: opened by an office from confirmed flags, escalated to the directorate, taken, passed on, handed back, closed."""

from patrol.cases.filing import Filed, attach, escalate_flag, file_flag, withdraw, withdrawn
from patrol.cases.gathering import Gathered, Opened, open_from_campaign, plan
from patrol.cases.listing import MINE, OPEN, UNTAKEN, listed, narrowed, waiting
from patrol.cases.moving import (
    ARTICLES,
    StaleError,
    add_flags,
    close,
    escalate,
    give_back,
    note,
    open_case,
    pass_on,
    reopen,
    take,
    take_out,
    takers,
    written,
)

__all__ = [
    "ARTICLES",
    "MINE",
    "OPEN",
    "UNTAKEN",
    "Filed",
    "Gathered",
    "Opened",
    "StaleError",
    "add_flags",
    "attach",
    "close",
    "escalate",
    "escalate_flag",
    "file_flag",
    "give_back",
    "listed",
    "narrowed",
    "note",
    "open_case",
    "open_from_campaign",
    "pass_on",
    "plan",
    "reopen",
    "take",
    "take_out",
    "takers",
    "waiting",
    "withdraw",
    "withdrawn",
    "written",
]
