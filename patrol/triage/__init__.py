"""Decisions on flags: the queue, taking, confirming, dismissing, asking, undoing.

A decision is committed at once and takes effect ten seconds later; undo is a reversing row. It covers the whole row of the queue (the
same ad many times) that belongs to the same office. Everything is compare-and-set: the loser of a race is told who won, and when.
"""

from patrol.triage.alike import EMPTY as EMPTY_TRAY
from patrol.triage.alike import FEWEST_WORDS_SHARED, Joined, Suggestion, Tray, join, part, suggestions, tell_apart, tray
from patrol.triage.chance import level_hidden, level_told, level_veiled
from patrol.triage.deciding import LONGEST_SNOOZE, Decided, decide, hand_over, reverse, snooze, undo, wake
from patrol.triage.leases import PURPOSES, holds, open_contacts, release, renew, show_contact, shown_to, take, take_next
from patrol.triage.protecting import outcome_for
from patrol.triage.queue import (
    FILTERS_KEPT_SECONDS,
    LONGEST_KEPT,
    SNOOZED,
    Counts,
    QueuePage,
    QueueRow,
    Wanted,
    count_each,
    counts,
    place_of,
    queue,
    whole,
)
from patrol.triage.reasons import REASONS, STATE_OF, HeldByOtherError, InCaseError, ReasonMissingError, SnoozeError, StaleError, reason_said
from patrol.triage.together import ALONE, SecondPersonError, row_of, texts, weigh

__all__ = [
    "ALONE",
    "EMPTY_TRAY",
    "FEWEST_WORDS_SHARED",
    "FILTERS_KEPT_SECONDS",
    "LONGEST_KEPT",
    "LONGEST_SNOOZE",
    "PURPOSES",
    "REASONS",
    "SNOOZED",
    "STATE_OF",
    "Counts",
    "Decided",
    "HeldByOtherError",
    "InCaseError",
    "Joined",
    "QueuePage",
    "QueueRow",
    "ReasonMissingError",
    "SecondPersonError",
    "SnoozeError",
    "StaleError",
    "Suggestion",
    "Tray",
    "Wanted",
    "count_each",
    "counts",
    "decide",
    "hand_over",
    "holds",
    "join",
    "level_hidden",
    "level_told",
    "level_veiled",
    "open_contacts",
    "outcome_for",
    "part",
    "place_of",
    "queue",
    "reason_said",
    "release",
    "renew",
    "reverse",
    "row_of",
    "show_contact",
    "shown_to",
    "snooze",
    "suggestions",
    "take",
    "take_next",
    "tell_apart",
    "texts",
    "tray",
    "undo",
    "wake",
    "weigh",
    "whole",
]
