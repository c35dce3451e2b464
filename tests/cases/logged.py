"""Cases, referrals, mails, objections and come-backs as the log alone tells them, and as their rows stand: one must be the other.

Left out is what a person typed (notes, facts, to whom, receipts, their numbers): that stands in the timelines, never in the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from patrol import models
from patrol.cases import ticking

type Whole = dict[str, dict[Any, Any]]
KINDS = ("cases", "tasks", "ticks", "files", "flags", "referrals", "mails", "objections", "come_backs")
# These count the version of the case up.
COUNTED = {
    f"case.{kind}"
    for kind in (
        "escalated",
        "taken",
        "passed_on",
        "returned",
        "closed",
        "reopened",
        "referred",
        "came_back",
        "kind_set",
        "merged",
        "unmerged",
    )
}


class Log:
    """Read on from row to row; nothing else is asked but the rows of the log."""

    def __init__(self, flags: Iterable[str] = ()) -> None:
        """`flags`: what the machine raised, which nobody's act tells."""
        self.whole: Whole = {kind: {} for kind in KINDS}
        self.whole["flags"] = dict.fromkeys(flags, "waiting")
        self.seq = 0
        self.ids: dict[str, int] = {}  # number -> id
        self._numbers: dict[tuple[str, str], str] = {}
        self._openers: dict[str, int] = {}
        self._returns: dict[str, tuple[str, list[str]]] = {}  # of a round whose next one is about to be written

    def read(self) -> int:
        """How many rows were new."""
        rows = list(models.AuditEntry.objects.filter(seq__gt=self.seq).order_by("seq"))
        for row in rows:
            self._add(row)
            self.seq = row.seq
        return len(rows)

    def _add(self, row: models.AuditEntry) -> None:
        match row.target_type:
            case "case":
                self._case(row, row.after)
            case "flag":
                self._flag(row.after)
            case "referral":
                self._referral(row, row.after)
            case "objection":
                self._objection(row, row.after)

    def _named(self, row: models.AuditEntry) -> str:
        return self._numbers.get((row.target_type, row.target_id), "")

    def _name(self, row: models.AuditEntry, number: str) -> None:
        self._numbers[row.target_type, row.target_id] = number
        self.ids[number] = int(row.target_id)

    # --- cases ---------------------------------------------------------------------------------------

    def _case(self, row: models.AuditEntry, after: dict[str, Any]) -> None:
        if row.verb == "case.opened":
            self._name(row, after["number"])
            self.whole["cases"][after["number"]] = {
                "state": "opened",
                "kind": after.get("case_kind", "other"),
                "outcome": "",
                "responsible": row.actor_id,
                "closed_by": None,
                "into": None,
                "version": 1,
                "flags": set(after["flags"]),
                "articles": set(),
            }
            return
        number = self._named(row)
        made = self.whole["cases"][number]
        if "task" in row.verb:
            self._tasks(row.verb.removeprefix("case."), number, row.actor_id, after)
            return
        made["version"] += row.verb in COUNTED
        for field in ("state", "responsible"):
            made[field] = after.get(field, made[field])
        match row.verb:
            case "case.escalated":
                made["articles"] |= {after["article"]} - {"", "other"}
            case "case.article_added":
                made["articles"].add(after["article"])
            case "case.article_removed":
                made["articles"].discard(after["article"])
            case "case.kind_set":
                made["kind"] = after["case_kind"]
            case "case.closed":
                made |= {"outcome": after["outcome"], "closed_by": row.actor_id}
            case "case.reopened" | "case.came_back":
                made |= {"outcome": "", "closed_by": None}
            case "case.flags_added":
                made["flags"] |= set(after["flags"])
            case "case.flag_removed":
                made["flags"] -= set(after["flags"])
            case "case.merged":
                made |= {"state": "closed", "outcome": "merged", "closed_by": row.actor_id, "into": after["into"]}
                self._moved(number, after["into"], after)
            case "case.unmerged":
                made |= {"outcome": "", "closed_by": None, "into": None}
                self._moved(after["from"], number, after)
                for task in after["freed"]:
                    self.whole["tasks"][task]["person"] = None
                self.whole["cases"][after["from"]]["state"] = after["left"]
            case "case.ticked":
                self.whole["ticks"] |= dict.fromkeys(after["ticks"], (after["article"], after["element"]))
            case "case.unticked":
                for tick in after["ticks"]:
                    del self.whole["ticks"][tick]
            case "case.attached":
                self.whole["files"][after["attachment"]] = (number, after["internal"])
            case "case.attachment_withdrawn":
                del self.whole["files"][after["attachment"]]
            case "case.seen_again":
                self.whole["come_backs"] |= {(after["number"], flag): [] for flag in after["flags"]}
            case "case.not_again":
                self._answered_back(after["number"], after["flags"], None)

    def _moved(self, source: str, target: str, after: dict[str, Any]) -> None:
        """Flags and tasks, from one case to the other; the row is the one's whose version was counted."""
        cases = self.whole["cases"]
        cases[source]["flags"] -= set(after["flags"])
        cases[target]["flags"] |= set(after["flags"])
        other = target if cases[source]["into"] == target else source
        cases[other]["version"] += 1
        for task in after["tasks"]:
            self.whole["tasks"][task]["case"] = target
            self.whole["tasks"][task]["version"] += 1

    def _tasks(self, verb: str, number: str, actor: int | None, after: dict[str, Any]) -> None:
        tasks = self.whole["tasks"]
        fresh = {"case": number, "state": "open", "done_by": None, "version": 1}
        if verb == "task_added":
            tasks[after["task"]] = fresh | {"person": after["person"], "due": at(after["due"])}
        elif verb == "tasks_laid":
            for task, person, due in zip(after["tasks"], after["people"], after["due"], strict=True):
                tasks[task] = fresh | {"person": person, "due": at(due)}
        else:
            of = after["tasks"] if verb == "tasks_dropped" else [after["task"]]
            for task in of:
                tasks[task]["version"] += 1
            changes: dict[str, dict[str, Any]] = {
                "tasks_dropped": {"state": "dropped"},
                "task_assigned": {"person": after.get("person")},
                "task_due": {"due": at(after.get("due"))},
                "task_done": {"state": "done", "done_by": actor},
                "task_reopened": {"state": "open", "done_by": None},
                "task_dropped": {"state": "dropped"},
            }
            for task in of:
                tasks[task] |= changes[verb]

    # --- flags -----------------------------------------------------------------------------------------

    def _flag(self, after: dict[str, Any]) -> None:
        if "state" in after:
            self.whole["flags"] |= dict.fromkeys(after["flags"], after["state"])

    # --- referrals -------------------------------------------------------------------------------------

    def _referral(self, row: models.AuditEntry, after: dict[str, Any]) -> None:
        if row.verb == "referral.drafted":
            self._drafted(row, after)
            return
        made = self.whole["referrals"][self._named(row)]
        verb = row.verb.removeprefix("referral.")
        if "state" in after:  # a step
            made |= {"state": after["state"], "version": made["version"] + 1}
        nobody = {"submitted_by": None, "approved_by": None, "edition": None}
        match verb:
            case "changed":
                gone = marks(after.get("taken_out", []))
                made["lines"] = {mark: told for mark, told in made["lines"].items() if mark not in gone}
                made["lines"] |= {mark: [] for mark in marks(after.get("lines", []))}
                made |= nobody | {"changed_by": row.actor_id, "urgent": after.get("urgent", made["urgent"])}
                if "back" in after:
                    self._answered_back(after["back"], after["flags"], after["number"])
            case "submitted":
                made |= {"submitted_by": row.actor_id, "edition": after.get("edition"), "letter": after.get("letter", made["letter"])}
            case "sent_back":
                made |= nobody
            case "approved":
                made |= {"approved_by": row.actor_id}
            case "sent":
                made |= {"sent_by": row.actor_id, "sent_at": at(after["when"]), "how": after["how"], "due": at(after["due"])}
                made["file"] = after.get("commitment", made["file"])
                self._mail(after["number"], "sent")
            case "received":
                made["received_at"] = row.at
            case "answered":
                for mark in marks(after["lines"]):
                    made["lines"][mark].append((after["outcome"], after["day"], after["automated"]))
                waits = after["state"] in {"sent", "received"}  # for lines that nobody answered
                made["answered_at"] = None if waits else made["answered_at"] or row.at
            case "replied":
                made |= {"due": at(after["due"]), "answered_at": None}
            case "came_back":
                self._returns[after["number"]] = (after.get("back", ""), after.get("flags", []))
            case "mail_asked":
                self.whole["mails"][after["mail"]] = {"of": after["number"], "state": "asked"}
            case "mail_tried" | "mail_refused" | "mail_unknown" | "mail_taken_back":
                told = {"mail_tried": "trying"}.get(verb, verb.removeprefix("mail_"))
                self._mail(after["number"], told)

    def _drafted(self, row: models.AuditEntry, after: dict[str, Any]) -> None:
        number = after["number"]
        self._name(row, number)
        told: dict[str, Any] = {"before": None, "corrects": None, "objection": None}
        told |= dict.fromkeys(("submitted_by", "approved_by", "edition", "letter", "sent_by", "sent_at", "how", "file", "due"))
        told |= {"answered_at": None, "received_at": None, "state": "draft", "version": 1, "changed_by": row.actor_id}
        told |= {key: after[key] for key in ("case", "channel", "round", "urgent", "before", "corrects", "objection") if key in after}
        self.whole["referrals"][number] = told | {"wrote_by": row.actor_id, "lines": {mark: [] for mark in marks(after["lines"])}}
        back, flags = self._returns.pop(told["before"], ("", []))
        if back:
            self._answered_back(back, flags, number)

    def _mail(self, number: str, state: str) -> None:
        """The one of a round that is on its way."""
        for mail in self.whole["mails"].values():
            if mail["of"] == number and mail["state"] in {"asked", "trying", "unknown"}:
                mail["state"] = state

    def _answered_back(self, number: str, flags: Iterable[str], following: str | None) -> None:
        for flag in flags:
            self.whole["come_backs"][number, flag].append(following)

    # --- objections ------------------------------------------------------------------------------------

    def _objection(self, row: models.AuditEntry, after: dict[str, Any]) -> None:
        number = after["number"]
        if row.verb == "objection.entered":
            self._name(row, number)
            told = {key: after[key] for key in ("flag", "decision", "side", "how", "day", "file")}
            nobody = dict.fromkeys(("ended_by", "answered_by", "answered_how", "correction"))
            self.whole["objections"][number] = {
                "state": "entered",
                "outcome": "",
                "version": 1,
                "entered_by": row.actor_id,
                "due": at(after["due"]),
                **told,
                **nobody,
            }
            return
        made = self.whole["objections"].get(number)
        if made is None or not row.verb.startswith("objection."):
            return
        made["version"] += 1
        match row.verb:
            case "objection.decided":
                made |= {"state": "decided", "ended_by": row.actor_id, "outcome": after["outcome"], "correction": after["correction"]}
            case "objection.withdrawn":
                made |= {"state": "withdrawn", "ended_by": row.actor_id}
            case "objection.answered":
                made |= {"answered_by": row.actor_id, "answered_how": after["how"]}


def marks(told: Iterable[str]) -> list[str]:
    return [one.removeprefix("mark:") for one in told]


def at(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


# --- as the rows stand ------------------------------------------------------------------------------


def stands(*, since: int = 0) -> Whole:
    """`since`: of referrals and what hangs on them those with a later id alone, where there are many."""
    whole: Whole = {kind: {} for kind in KINDS}
    fields = ("state", "kind", "outcome", "responsible", "closed_by", "merged_into__number", "version")
    for number, *told in models.Case.objects.order_by("id").values_list("number", *fields):
        whole["cases"][number] = dict(zip((*fields[:5], "into", "version"), told, strict=True)) | {"flags": set(), "articles": set()}
    for number, flag in models.CaseFlag.objects.values_list("case__number", "flag__number"):
        whole["cases"][number]["flags"].add(flag)
    chosen = defaultdict(list)
    for number, *told in (
        models.CaseEvent.objects.filter(kind__in=ticking.CHOOSING).order_by("id").values_list("case__number", "kind", "article")
    ):
        chosen[number].append((told[0], told[1]))
    for number, events in chosen.items():
        whole["cases"][number]["articles"] = ticking.chosen_by(events)
    for key, number, state, done_by, version, person, due in models.CaseTask.objects.values_list(
        "pk", "case__number", "state", "done_by", "version", "person", "due_at"
    ):
        whole["tasks"][key] = {"case": number, "state": state, "done_by": done_by, "version": version, "person": person, "due": due}
    ticks = models.ElementTick.objects.filter(untick=None).values_list("pk", "edition__article__key", "element")
    whole["ticks"] = {key: (article, element) for key, article, element in ticks}
    files = models.CaseAttachment.objects.exclude(events__kind="attachment_withdrawn").values_list("pk", "case__number", "internal")
    whole["files"] = {key: (number, internal) for key, number, internal in files}
    whole["flags"] = dict(models.Flag.objects.values_list("number", "state"))
    _referrals(whole, since)
    _objections(whole)
    return whole


_REFERRAL = {
    "case": "case__number",
    "channel": "channel",
    "round": "round",
    "urgent": "urgent",
    "before": "before__number",
    "corrects": "corrects__number",
    "objection": "objection__number",
    "state": "state",
    "version": "version",
    "wrote_by": "wrote_by",
    "changed_by": "changed_by",
    "submitted_by": "submitted_by",
    "approved_by": "approved_by",
    "edition": "edition__number",
    "letter": "letter_number",
    "sent_by": "sent_by",
    "sent_at": "sent_at",
    "how": "sent_how",
    "file": "receipt_file__commitment",
    "due": "due_at",
    "answered_at": "answered_at",
    "received_at": "received_at",
}


def _referrals(whole: Whole, since: int) -> None:
    for number, *told in models.Referral.objects.filter(pk__gt=since).values_list("number", *_REFERRAL.values()):
        row = dict(zip(_REFERRAL, told, strict=True))
        whole["referrals"][number] = row | {"letter": row["letter"] or None, "how": row["how"] or None, "lines": {}}
    for number, mark in models.ReferralItem.objects.filter(referral__gt=since).values_list("referral__number", "mark"):
        whole["referrals"][number]["lines"][mark] = []
    answers = models.ItemAnswer.objects.filter(item__referral__gt=since).order_by("id")
    for number, mark, outcome, day, automated in answers.values_list("item__referral__number", "item__mark", "outcome", "day", "automated"):
        whole["referrals"][number]["lines"][mark].append((outcome, day.isoformat(), automated))
    for key, number, state in models.Sending.objects.filter(referral__gt=since).values_list("pk", "referral__number", "state"):
        whole["mails"][key] = {"of": number, "state": state}
    backs = models.ComeBack.objects.filter(referral__gt=since).order_by("id", "answers__id")
    for number, flag, answer, following in backs.values_list("referral__number", "flag__number", "answers", "answers__following__number"):
        whole["come_backs"].setdefault((number, flag), []).extend([following] if answer else [])


_OBJECTION = {
    "flag": "decision__flag__number",
    "decision": "decision",
    "side": "side",
    "how": "how",
    "state": "state",
    "outcome": "outcome",
    "version": "version",
    "entered_by": "entered_by",
    "ended_by": "ended_by",
    "answered_by": "answered_by",
    "answered_how": "answered_how",
    "correction": "correction",
    "due": "due_at",
    "day": "day",
    "file": "file",
}


def _objections(whole: Whole) -> None:
    for number, *told in models.Objection.objects.values_list("number", *_OBJECTION.values()):
        row = dict(zip(_OBJECTION, told, strict=True))
        row |= {"answered_how": row["answered_how"] or None, "day": row["day"].isoformat(), "file": row["file"] is not None}
        whole["objections"][number] = row
