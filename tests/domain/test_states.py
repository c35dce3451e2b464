"""The tables of moves: total over their states, and said out loud once more."""

from __future__ import annotations

from typing import Any

import pytest

from patrol.domain import states
from patrol.domain.states import BulkState, CaseState, FlagState, WatchState

ALLOWED = {
    "flag": {
        "parked": {"waiting", "confirmed", "dismissed", "needs_information"},
        "waiting": {"parked", "confirmed", "dismissed", "needs_information"},
        "needs_information": {"parked", "waiting", "confirmed", "dismissed"},
        "confirmed": {"parked", "waiting", "needs_information"},
        "dismissed": {"parked", "waiting", "needs_information"},
    },
    "case": {
        "opened": {"escalated", "referred", "closed"},
        "escalated": {"in_analysis", "opened", "closed"},
        "in_analysis": {"opened", "referred", "closed"},
        "referred": {"escalated", "opened", "closed"},
        "closed": {"opened", "in_analysis"},
    },
    "watch": {"active": {"paused", "stopped"}, "paused": {"active"}, "stopped": {"active", "paused"}},
    "bulk": {
        "proposed": {"running", "refused", "cancelled"},
        "running": {"done", "cancelled"},
        "done": {"reversed"},
        "cancelled": {"reversed"},
        "refused": set(),
        "reversed": set(),
    },
    "campaign": {"proposed": {"confirmed", "dissolved"}, "confirmed": {"dissolved"}, "dissolved": {"proposed", "confirmed"}},
    "protection": {
        "new": {"contacted", "handed_over", "closed"},
        "contacted": {"handed_over", "closed", "new"},
        "handed_over": {"closed", "new"},
        "closed": {"new"},
    },
    "tie": {"proposed": {"confirmed", "cut"}, "confirmed": {"cut"}, "cut": {"proposed"}},
    "task": {"open": {"done", "dropped"}, "done": {"open"}, "dropped": {"open"}},
}
TABLES = {
    "flag": (states.FLAG_MOVES, FlagState),
    "case": (states.CASE_MOVES, CaseState),
    "watch": (states.WATCH_MOVES, WatchState),
    "bulk": (states.BULK_MOVES, BulkState),
    "protection": (states.PROTECTION_MOVES, states.ProtectionState),
    "campaign": (states.CAMPAIGN_MOVES, states.CampaignState),
    "tie": (states.TIE_MOVES, states.TieState),
    "task": (states.TASK_MOVES, states.TaskState),
}


@pytest.mark.parametrize("kind", TABLES)
def test_each_move_is_allowed_or_refused_as_written_here(kind: Any) -> None:
    moves, every = TABLES[kind]
    assert set(ALLOWED[kind]) == set(every)
    for before in every:
        for after in every:
            if after in ALLOWED[kind][before]:
                states.require(moves, before, after)
            else:
                with pytest.raises(states.MoveRefusedError) as refused:
                    states.require(moves, before, after)
                assert (refused.value.before, refused.value.after) == (before, after)


def test_every_decision_can_be_taken_back_to_where_it_began() -> None:
    for before in states.UNDECIDED:
        for after in (FlagState.CONFIRMED, FlagState.DISMISSED, FlagState.NEEDS_INFORMATION):
            if (before, after) in states.FLAG_MOVES:
                states.require(states.FLAG_MOVES, after, before)


def test_a_state_nobody_knows_moves_nowhere() -> None:
    for moves, every in TABLES.values():
        for state in every:
            for pair in ((state, "hilang"), ("hilang", state)):
                with pytest.raises(states.MoveRefusedError):
                    states.require(moves, *pair)


def test_open_is_what_waits_for_a_person() -> None:
    assert set(states.UNDECIDED) - set(states.OPEN) == {FlagState.PARKED}
    assert set(FlagState) - states.UNDECIDED == {FlagState.CONFIRMED, FlagState.DISMISSED}
