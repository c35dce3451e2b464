"""What people do with a case, chosen by chance, and the case as its timeline tells it: one must be what the other became."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied

from patrol import cases, models, triage
from patrol.domain import states
from patrol.infra.refusals import RefusedError
from tests import factories
from tests.factories import NOW

REFUSED = (cases.StaleError, RefusedError, PermissionDenied, states.MoveRefusedError, triage.StaleError, triage.HeldByOtherError)
ACTS = ("escalate", "take", "pass_on", "give_back", "close", "reopen", "set_kind", "note", "message", "add_flags", "take_out")
# These count the version of the case up, so that of two with the same one seen only the first can be.
VERSIONED = frozenset({"escalate", "take", "pass_on", "give_back", "close", "reopen", "set_kind"})


@dataclass
class World:
    """A case of an office with one flag in it, more to add, and who may do something to it."""

    people: list[models.Person] = field(default_factory=list)
    flags: list[models.Flag] = field(default_factory=list)
    case: models.Case = field(default_factory=models.Case)

    @classmethod
    def made(cls) -> World:
        factories.offices()
        people = [
            factories.person(),
            factories.person("supervisor"),
            factories.person("analyst"),
            factories.person("analyst"),
            factories.person("officer", "bp3mi-ntb"),
        ]
        flags = factories.flags(4, of=factories.watch())
        models.Flag.objects.filter(pk__in=[flag.pk for flag in flags]).update(state="confirmed", decided_at=NOW)
        case = cases.open_case(flag_ids=[flags[0].pk], title="Calo rute Batam", by=people[0], now=NOW)
        return cls(people, flags, case)

    def asked(self, act: str, *, of: models.Case, who: int, what: int, minute: int) -> tuple[str, dict[str, Any]]:
        """A verb of patrol.cases and what it is told: `of` as the person saw it; `what` chooses among what can be said."""
        flag = self.flags[what % len(self.flags)]
        every: dict[str, dict[str, Any]] = {
            "escalate": {"article": "placement", "note": f"eskalasi {what}"},
            "take": {},
            "pass_on": {"to_id": self.people[2 + what % 2].pk, "note": "cuti"},
            "give_back": {"note": "lengkapi"},
            "close": {"outcome": cases.OUTCOMES[what % len(cases.OUTCOMES)], "note": "selesai"},
            "reopen": {"note": "muncul lagi"},
            "set_kind": {"kind": list(models.CaseKind)[what % len(models.CaseKind)]},
            "note": {"text": f"catatan {what}", "sent": False},
            "message": {"text": f"pesan {what}", "sent": True},
            "add_flags": {"flag_ids": [flag.pk]},
            "take_out": {"flag_id": flag.pk, "note": "salah perkara"},
        }
        told = every[act]
        if act in VERSIONED:
            told["seen_version"] = of.version
        verb = "note" if act == "message" else act
        by = self.people[who % len(self.people)]
        return verb, told | {"case_id": of.pk, "by": by, "now": NOW + timedelta(minutes=minute)}

    def escalated(self, note: str, by: models.Person, key: uuid.UUID) -> Callable[[], Any]:
        """An act that carries a key of its own: a flag decided, filed and handed to the directorate."""
        flag = factories.flag()
        return lambda: cases.escalate_flag(
            flag_id=flag.pk, article="fraud", note=note, decision_key=key, seen_version=flag.version, by=by, now=NOW
        )


def stands(case: models.Case) -> dict[str, Any]:
    """The case as its row and its entries say."""
    row = models.Case.objects.get(pk=case.pk)
    return {
        "state": row.state,
        "kind": row.kind,
        "outcome": row.outcome,
        "responsible": row.responsible_id,
        "version": row.version,
        "flags": set(row.entries.values_list("flag", flat=True)),
    }


def told(case: models.Case) -> dict[str, Any]:
    """The case as its timeline tells it, event by event; nothing else is asked."""
    now: dict[str, Any] = {"flags": set()}
    directorate = factories.office("directorate")
    for event in models.CaseEvent.objects.filter(case=case).order_by("id"):
        match event.kind:
            case "opened":
                opener = event.by_id
                now |= {"state": "opened", "kind": "other", "outcome": "", "responsible": opener, "version": 1}
            case "flag_added":
                now["flags"].add(event.flag_id)
            case "flag_removed":
                now["flags"].remove(event.flag_id)
            case "escalated":
                now |= {"state": "escalated", "responsible": None}
            case "taken":
                now |= {"state": "in_analysis", "responsible": event.by_id}
            case "passed_on":
                now["responsible"] = event.to_id
            case "returned":
                now |= {"state": "opened", "responsible": opener}
            case "kind_set":
                now["kind"] = event.case_kind
            case "closed":
                now |= {"state": "closed", "outcome": event.outcome}
            case "reopened":
                had = models.Person.objects.filter(pk=now["responsible"], office=directorate).exists()
                back = had and event.by is not None and event.by.office_id == directorate.pk  # it was theirs, and they open it again
                whose = now["responsible"] if back or not had else opener
                now |= {"state": "in_analysis" if back else "opened", "outcome": "", "responsible": whose or opener}
        now["version"] += event.kind in {"escalated", "taken", "passed_on", "returned", "kind_set", "closed", "reopened"}
    return now


def logged(case: models.Case) -> list[str]:
    """The rows of the log on this case, by the names of the events they stand for."""
    verbs = models.AuditEntry.objects.filter(target_type="case", target_id=str(case.pk)).order_by("seq").values_list("verb", flat=True)
    return [{"flags_added": "flag_added"}.get(one, one) for one in (verb.removeprefix("case.") for verb in verbs)]


def happened(case: models.Case) -> list[str]:
    """The timeline's kinds. The first flags came in with the opening, which has one row in the log for both."""
    kinds = list(models.CaseEvent.objects.filter(case=case).order_by("id").values_list("kind", flat=True))
    assert kinds[:2] == ["opened", "flag_added"]
    return [kinds[0], *kinds[2:]]
