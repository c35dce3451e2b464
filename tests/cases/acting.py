"""What people, the sweep and the worker do with cases, referrals, mails, objections and come-backs: every verb, chosen by chance.

Each act is made so that it is now and then refused: the wrong person, something seen too early, a state it does not fit.
"""

from __future__ import annotations

import importlib
import itertools
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from patrol import cases, models, triage
from patrol.cases import attachments, channel_editions, coming_back, documents, packets, proposing, sending
from patrol.cases.channels import CHANNELS
from patrol.domain import states
from patrol.infra import jobs, printing
from patrol.infra.refusals import RefusedError
from patrol.models import Role
from patrol.sources.transport import smtp
from tests import factories
from tests.cases import asked, logged, objected, test_coming_back
from tests.factories import NOW

REFUSED = (
    cases.StaleError,
    RefusedError,
    PermissionDenied,
    states.MoveRefusedError,
    triage.StaleError,
    triage.HeldByOtherError,
    triage.InCaseError,
    models.CaseAttachment.DoesNotExist,  # of the other side's alone
)
OFFICER, SUPERVISOR, ANALYST, OTHER_ANALYST, STRANGER, OF_DIRECTORATE = range(6)
OWN, DIRECTORATE = (OFFICER, SUPERVISOR), (ANALYST, OTHER_ANALYST, OF_DIRECTORATE)
WAYS = ("platform_form", "aduan_nomor", "kemlu")  # by an office, by the directorate, with a letter
BACK = timedelta(hours=12)  # after the first act: when what comes back was posted

type Asked = tuple[str, dict[str, Any]]


class DiedError(Exception):
    """The worker, before the server had answered."""


@dataclass
class World:
    """Three cases of an office with their flags, and two posts that bring back what the first asks about, one still to be decided on; and
    one of another office, whose number is `theirs`.

    Some of it has a past, so that a short history comes far: referrals were sent, a letter is begun, an objection came in, and the other
    office's case was merged into one of the three at the directorate, with a referral sent and one begun.
    """

    people: list[models.Person] = field(default_factory=list)
    flags: dict[str, models.Flag] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=dict)
    log: logged.Log = field(default_factory=logged.Log)
    theirs: str = ""
    keys: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def made(cls) -> World:
        factories.offices()
        asked.letters_ready()
        people = [
            factories.person(),
            factories.person(Role.SUPERVISOR),
            factories.person(Role.ANALYST),
            factories.person(Role.ANALYST),
            factories.person(Role.OFFICER, "bp3mi-ntb"),
            factories.person(Role.SUPERVISOR, "directorate"),
        ]
        columns: dict[str, Any] = {"columns": [("no", "No"), ("value", "Tautan")], "hours_usual": 48, "hours_urgent": 4, "source": "Surat"}
        for channel in WAYS:
            channel_editions.enter(
                channel=channel, addresses=[("", "aduan@badan.example")], seen=1, by=people[OF_DIRECTORATE], now=NOW, **columns
            )
        found = factories.flags(5, of=factories.watch())
        (far,) = factories.flags(1, of=factories.watch("bp3mi-ntb"))
        for flag in (*found, far):
            asked.copied(flag)
        # Two copies in a row: decided together.
        models.Flag.objects.filter(pk=found[2].pk).update(row_key=found[1].row_key)
        back = [test_coming_back.newer("waiting", NOW + BACK) for _ in range(2)]
        for flag in back:
            asked.copied(flag)
        for place, flag in enumerate(back):
            key = str(place) * 32
            test_coming_back.marked(found[0], key=key)
            test_coming_back.marked(flag, key=key)
            test_coming_back.tied(flag, found[0], key=key)
        flags = {flag.number: flag for flag in (*found, far, *back)}
        for flag in (found[0], found[1], found[3], found[4], back[0]):
            triage.decide(**_decision(flag, 0), by=people[OFFICER], now=NOW)
        first = cases.open_case(flag_ids=[one.pk for one in found[:3]], title="Calo rute Batam", by=people[OFFICER], now=NOW)
        other = cases.open_case(flag_ids=[found[3].pk], title="Calo rute Dumai", by=people[OFFICER], now=NOW, kind="aid_fraud")
        third = cases.open_case(flag_ids=[found[4].pk], title="Calo rute Nunukan", by=people[OFFICER], now=NOW)
        triage.decide(**_decision(far, 0), by=people[STRANGER], now=NOW)
        theirs = cases.open_case(flag_ids=[far.pk], title="Calo rute Lombok", by=people[STRANGER], now=NOW, kind="aid_fraud")
        for case in (third, theirs):
            told: dict[str, Any] = {"article": "placement", "note": "lintas provinsi", "by": case.opened_by, "now": NOW}
            case = cases.escalate(case_id=case.pk, seen_version=case.version, **told)
            cases.take(case_id=case.pk, seen_version=case.version, by=people[ANALYST], now=NOW)
        asked.sent(theirs, people[STRANGER])
        asked.draft(theirs, people[STRANGER], target="Badan lain")
        theirs.refresh_from_db()
        told = {"into": third.number, "note": "satu jaringan", "seen_version": theirs.version, "by": people[ANALYST], "now": NOW}
        cases.merge(case_id=theirs.pk, **told)
        asked.sent(first, people[OFFICER])
        asked.sent(first, people[ANALYST], "aduan_nomor", urgent=True)
        asked.draft(first, people[ANALYST], "kemlu")
        coming_back.tell(now=NOW)
        objected.enter(found[0], people[OFFICER], now=NOW)
        marks = {
            way: [line.mark for case in (first, other, theirs) for line in proposing.lines(case, CHANNELS[way], people[OF_DIRECTORATE])]
            for way in WAYS
        }
        log = logged.Log(flags)
        log.read()
        return cls(people, flags, marks, log, theirs.number)

    def anew(self) -> World:
        """The same before anybody acted, for another history."""
        log = logged.Log(self.flags)
        log.read()
        return World(self.people, self.flags, self.marks, log, self.theirs)

    # --- what is there, by the log --------------------------------------------------------------------

    def all(self, kind: str, **wanted: Any) -> list[tuple[Any, dict[str, Any]]]:
        return [(key, one) for key, one in self.log.whole[kind].items() if all(one[field] in wanted[field] for field in wanted)]

    def likely(self) -> dict[str, list[tuple[str, Any, Sequence[int]]]]:
        """Acts that may be done now, by what they are about, with what they are done to and by whom."""
        found: dict[str, list[tuple[str, Any, Sequence[int]]]] = {"case": [], "work": [], "referral": [], "objection": []}
        whole = self.log.whole
        for number, case in whole["cases"].items():
            at_directorate = {self.people[one].pk for one in DIRECTORATE}
            high = case["state"] in {"escalated", "in_analysis"} or (case["state"] == "referred" and case["responsible"] in at_directorate)
            side: Sequence[int] = DIRECTORATE if high else self.own(number)
            found["case"] += [(act, number, side) for act in CASE_IN[case["state"]] if not (act == "reopen" and case["into"])]
            found["case"] += [("unmerge", number, (SUPERVISOR, OF_DIRECTORATE, OF_DIRECTORATE))] * 4 if case["into"] else []
            found["work"] += [(act, number, side) for act in WORK if case["state"] != "closed"]
            found["work"] += [(act, number, self.own(number)) for act in ("task_add", "note", "attach") if case["into"]]
        for number, made in whole["referrals"].items():
            own = made["channel"] == "platform_form"
            side, second = (self.own(made["case"]), SUPERVISOR) if own else (DIRECTORATE, OF_DIRECTORATE)
            for act in ("change",) if made["version"] == 1 else REFERRAL_IN.get(made["state"], ()):
                writes = act in {"change", "choose", "submit"}
                people = (second, OF_DIRECTORATE) if act in {"approve", "send_back"} else side[:1] * 4 + side if writes else side
                found["referral"].append((act, number, people))
        begun = [made for made in whole["referrals"].values() if made["state"] in states.UNSENT]
        for number, case in whole["cases"].items():
            if len(begun) < 3 and case["state"] != "closed":
                writers = self.own(number)
                found["referral"] += [("draft_own", number, writers[:1] * 4 + writers), ("draft", number, DIRECTORATE)]
        for mail in whole["mails"].values():
            of = whole["referrals"][mail["of"]]
            side = self.own(of["case"]) if of["channel"] == "platform_form" else DIRECTORATE
            found["referral"] += [(act, mail["of"], side) for act in MAIL_IN.get(mail["state"], ())] * 2
        for number, made in whole["objections"].items():
            if made["state"] == "entered":
                found["objection"] += [("objection_decide", number, (SUPERVISOR, OF_DIRECTORATE))] * 3 + [
                    ("objection_withdraw", number, OWN)
                ]
            elif made["state"] == "decided" and made["answered_by"] is None:
                found["objection"].append(("objection_answered", number, OWN))
        for number, state in whole["flags"].items():
            act = "objection_enter" if state in {"confirmed", "dismissed"} else "decide"
            found["objection"].append((act, number, OWN))
        found["referral"] += [
            (act, key, OWN) for key, told in whole["come_backs"].items() if not told for act in ("again", "again", "deny")
        ]
        if any(made["sent_at"] for made in whole["referrals"].values()):
            found["referral"].append(("sweep", None, OWN))
        found["work"] += [(act, key, OWN) for key, one in whole["tasks"].items() for act in TASK_IN[one["state"]]]
        found["work"] += [(act, key, OWN) for act, kind in (("untick", "ticks"), ("detach", "files")) for key in whole[kind]]
        return found

    def own(self, number: str) -> tuple[int, ...]:
        """The people of the case's office."""
        return (STRANGER,) if number == self.theirs else OWN

    def chosen(self, step: tuple[int, int, int, int], *, now: datetime) -> Asked | None:
        """Nine times in ten something that may be done now, mostly by somebody who may; else anything by anybody."""
        place, who, what, missed = step
        about, nth = ABOUT[place % 10], place // 10
        likely = self.likely().get(about)
        if not likely:
            return self.asked(list(ACTS)[nth % len(ACTS)], None, who=who % len(self.people), what=what, missed=missed, now=now)
        act, of, people = likely[nth % len(likely)]
        by = people[who % len(people)] if who < 11 else what % len(self.people)
        return self.asked(act, of, who=by, what=what, missed=missed, now=now)

    def asked(self, act: str, of: Any, *, who: int, what: int, missed: int, now: datetime) -> Asked | None:
        """A verb and what it is told; None where there is nothing yet to do it to. `of`: as `likely` names it."""
        made = ACTS[act](self, of, what)
        if made is None:
            return None
        verb, told = made
        if "seen_version" in told:
            told["seen_version"] -= missed
        return verb, {"by": self.people[who], "now": told.pop("then", now)} | told

    def one(self, kind: str, of: Any, what: int) -> Any:
        """The one that is meant, or one of all."""
        there = list(self.log.whole[kind])
        return of if of is not None else there[what % len(there)] if there else None

    def key(self) -> uuid.UUID:
        return uuid.UUID(int=next(self.keys), version=4)


# --- which act fits which state -----------------------------------------------------------------------

ABOUT = ("", "case", "work", "objection", *("referral",) * 6)  # a step in ten each
WORK = ("note", "message", "task_add", "lay", "attach", "set_kind", "add_flags", "take_out", "article", "article", "tick", "tick")
CASE_IN: dict[str, tuple[str, ...]] = {
    "opened": ("escalate", "close", "pass_on", "merge"),
    "escalated": ("take", "take", "take", "give_back", "merge"),
    "in_analysis": ("pass_on", "give_back", "close", "merge", "merge", "merge"),
    "referred": ("escalate", "close", "give_back", "pass_on", "merge", "merge"),
    "closed": ("reopen",),
}
REFERRAL_IN: dict[str, tuple[str, ...]] = {
    "draft": ("change", "choose", *("submit",) * 6),
    "submitted": ("documents", "documents", "documents_again", *("approve",) * 6, "send_back", "change"),
    "approved": ("packet", *("mark_sent",) * 4, *("mail_ask",) * 4, "choose", "withdraw"),
    "sent": ("received", "contact_failed", "no_response", "answer", "answer", "round"),
    "received": ("answer", "answer", "no_response", "round"),
    "contact_failed": ("mark_sent", "mail_ask", "withdraw"),
    "no_response": ("answer", "received", "round"),
    "clarification_asked": ("reply", "reply", "answer", "withdraw"),
    "accepted": ("answer", "no_response", "round"),
    "partly_done": ("answer", "round"),
    "acted_upon": ("answer", "round"),
    "refused": ("answer", "round"),
}
MAIL_IN: dict[str, tuple[str, ...]] = {
    "asked": ("mail_take_back", *("mail_carry",) * 4),
    "trying": ("mail_carry",) * 3,
    "unknown": ("mail_settle",) * 3,
}
TASK_IN: dict[str, tuple[str, ...]] = {"open": ("task_assign", "task_due", "task_do", "task_drop"), "done": ("task_reopen",), "dropped": ()}


# --- what each act says -------------------------------------------------------------------------------


def _decision(flag: models.Flag, key: int, outcome: str = "confirmed") -> dict[str, Any]:
    reason = "fraud" if outcome == "confirmed" else "lawful"
    told = {"flag_id": flag.pk, "outcome": outcome, "reason": reason, "note": "", "seen_version": flag.version}
    return told | {"decision_key": uuid.UUID(int=flag.pk * 1_000_000 + key, version=4)}


def _of_case(verb: str, *, seen: bool = True, **given: Callable[[World, int], Any]) -> Callable[[World, Any, int], Asked | None]:
    def asks(world: World, of: Any, what: int) -> Asked | None:
        number = world.one("cases", of, what)
        told: dict[str, Any] = {"case_id": world.log.ids[number]} | {key: say(world, what) for key, say in given.items()}
        if seen:
            told["seen_version"] = world.log.whole["cases"][number]["version"]
        return verb, told

    return asks


def _of_referral(
    verb: str, *, seen: bool = True, **given: Callable[[World, dict[str, Any], int], Any]
) -> Callable[[World, Any, int], Asked | None]:
    def asks(world: World, of: Any, what: int) -> Asked | None:
        number = world.one("referrals", of, what)
        if number is None:
            return None
        made = world.log.whole["referrals"][number] | {"id": world.log.ids[number]}
        told = {"referral_id": made["id"]} | {key: say(world, made, what) for key, say in given.items()}
        if seen:
            told["seen_version"] = made["version"]
        return verb, told

    return asks


def _of_objection(verb: str, **given: Callable[[World, int], Any]) -> Callable[[World, Any, int], Asked | None]:
    def asks(world: World, of: Any, what: int) -> Asked | None:
        number = world.one("objections", of, what)
        if number is None:
            return None
        told = {"objection_id": world.log.ids[number], "seen_version": world.log.whole["objections"][number]["version"]}
        return verb, told | {key: say(world, what) for key, say in given.items()}

    return asks


def _of_task(verb: str, **given: Callable[[World, int], Any]) -> Callable[[World, Any, int], Asked | None]:
    def asks(world: World, of: Any, what: int) -> Asked | None:
        key = world.one("tasks", of, what)
        if key is None:
            return None
        task = world.log.whole["tasks"][key]
        told = {"case_id": world.log.ids[task["case"]], "task_id": key, "seen_version": task["version"]}
        return verb, told | {name: say(world, what) for name, say in given.items()}

    return asks


def _flag(world: World, what: int) -> models.Flag:
    flags = list(world.flags.values())
    return flags[what % len(flags)]


def _some(of: Sequence[Any], what: int) -> list[Any]:
    """All of them, or one, or all but one."""
    place = what % (len(of) + 1)
    return list(of) if what % 3 == 0 or not of else [of[place - 1]] if what % 3 == 1 else [one for one in of if one != of[place - 1]]


def _items(world: World, made: dict[str, Any], what: int) -> list[int]:
    return _some(list(models.ReferralItem.objects.filter(referral=made["id"]).values_list("pk", flat=True)), what)


def _facts(world: World, made: dict[str, Any], what: int) -> dict[str, str]:
    facts = {fact.key: f"Isi {fact.key} {what} (contoh)" for fact in CHANNELS[made["channel"]].facts}
    return facts | ({"correction": f"Keliru {what} (contoh)"} if made["corrects"] else {})


def _draft(world: World, of: Any, what: int) -> Asked | None:
    return _drafted(world, of, what, WAYS[1 + what % 2])


def _drafted(world: World, of: Any, what: int, channel: str) -> Asked:
    number = world.one("cases", of, what)
    told: dict[str, Any] = {"case_id": world.log.ids[number], "channel": channel, "marks": _some(world.marks[channel], what)}
    return "referrals.draft", told | {"target": "Badan contoh", "urgent": what % 4 == 0}


def _enter(world: World, of: Any, what: int) -> Asked | None:
    flag = world.flags[world.one("flags", of, what)]
    told: dict[str, Any] = {"flag_id": flag.pk, "side": list(models.ObjectionSide)[what % 3], "how": list(models.ObjectionWay)[what % 3]}
    told |= {"name": "Kartika Rekaan", "contact": "Jalan Contoh 12", "text": "Bukan perekrut.", "day": NOW.date()}
    return "objections.enter", told | {"content": b"surat (contoh)\n" if what % 4 == 0 else None}


def _settle(world: World, of: Any, what: int) -> Asked | None:
    number = world.one("objections", of, what)
    if number is None:
        return None
    made, outcome = world.log.whole["objections"][number], list(models.ObjectionOutcome)[(0, 0, 0, 1, 1, 2, 3)[what % 7]]
    told: dict[str, Any] = {"objection_id": world.log.ids[number], "seen_version": made["version"], "outcome": outcome}
    anew = "" if what % 3 == 2 else "dismissed" if world.log.whole["flags"][made["flag"]] == "confirmed" else "confirmed"
    told |= {"anew": anew, "reason": {"": "", "dismissed": "lawful", "confirmed": "fraud"}[anew]}
    return "objections.decide", told | {"ground": "Nomor orang lain (contoh).", "put_right": "Bukan nomor perekrut (contoh)."}


def _backs(verb: str, **more: Any) -> Callable[[World, Any, int], Asked | None]:
    def asks(world: World, of: Any, what: int) -> Asked | None:
        key = world.one("come_backs", of, what)
        if key is None:
            return None
        rows = models.ComeBack.objects.filter(referral__number=key[0])
        ids = [row.pk for row in rows.select_related("flag").order_by("id") if row.flag.number == key[1] or what % 2]
        return verb, {"referral_id": world.log.ids[key[0]], "ids": ids} | more

    return asks


def _decide(world: World, of: Any, what: int) -> Asked | None:
    flag = models.Flag.objects.get(number=world.one("flags", of, what))
    return "triage.decide", _decision(flag, 1 + next(world.keys), "confirmed" if what % 4 else "dismissed")


def _merge(world: World, of: Any, what: int) -> Asked | None:
    number = world.one("cases", of, what)
    others = [other for other in world.log.whole["cases"] if other != number] or [number]
    told = {"case_id": world.log.ids[number], "into": others[what % len(others)], "note": "sama"}
    return "merging.merge", told | {"seen_version": world.log.whole["cases"][number]["version"]}


def _article(world: World, of: Any, what: int) -> Asked | None:
    number = world.one("cases", of, what)
    article = models.Article.objects.order_by("id")[what % 2]
    verb = "ticking.drop" if article.key in world.log.whole["cases"][number]["articles"] and what % 4 == 0 else "ticking.choose"
    return verb, {"case_id": world.log.ids[number], "article_id": article.pk}


def _tick(world: World, of: Any, what: int) -> Asked | None:
    number = world.one("cases", of, what)
    case = world.log.whole["cases"][number]
    edition = models.ArticleEdition.objects.filter(article__key__in=case["articles"]).order_by("id").first()
    if edition is None or not case["flags"]:
        return None
    flags = sorted(case["flags"])
    told: dict[str, Any] = {"case_id": world.log.ids[number], "flag_id": world.flags[flags[what % len(flags)]].pk, "edition_id": edition.pk}
    told |= {"element": edition.elements[what % len(edition.elements)]["key"], "evidence": ["check", "claim-0"][: 1 + what % 2]}
    return "ticking.tick", told | {"everywhere": what % 3 == 0}


def _untick(world: World, of: Any, what: int) -> Asked | None:
    key = world.one("ticks", of, what)
    if key is None:
        return None
    tick = models.ElementTick.objects.select_related("event").get(pk=key)
    return "ticking.untick", {"case_id": tick.event.case_id, "tick_id": key}


def _detach(world: World, of: Any, what: int) -> Asked | None:
    key = world.one("files", of, what)
    return None if key is None else ("attachments.withdraw_file", {"attachment_id": key, "note": "salah berkas"})


def _no_response(world: World, of: Any, what: int) -> Asked | None:
    made = _of_referral("referrals.no_response", note=lambda *_: "")(world, of, what)
    if made is not None and of is not None:
        made[1]["then"] = world.log.whole["referrals"][of]["due"] + timedelta(minutes=1)
    return made


def _files(world: World, made: dict[str, Any], what: int) -> list[str]:
    referral = models.Referral.objects.select_related("edition").get(pk=made["id"])
    return [file["sha256"] for file in documents.listed(referral, packets.lines(referral))] if what % 9 else ["0" * 64]


NOTE: dict[str, Any] = {"note": lambda *_: "catatan"}
ACTS: dict[str, Callable[[World, Any, int], Asked | None]] = {
    "escalate": _of_case("escalate", article=lambda _world, what: ("placement", "other")[what % 2], **NOTE),
    "take": _of_case("take"),
    "pass_on": _of_case("pass_on", to_id=lambda world, what: world.people[what % 6].pk, **NOTE),
    "give_back": _of_case("give_back", **NOTE),
    "close": _of_case("close", outcome=lambda _world, what: cases.OUTCOMES[what % len(cases.OUTCOMES)], **NOTE),
    "reopen": _of_case("reopen", **NOTE),
    "set_kind": _of_case("set_kind", kind=lambda _world, what: list(models.CaseKind)[what % len(models.CaseKind)]),
    "note": _of_case("note", seen=False, text=lambda _world, what: f"catatan {what}", sent=lambda *_: False),
    "message": _of_case("note", seen=False, text=lambda _world, what: f"pesan {what}", sent=lambda *_: True),
    "add_flags": _of_case("add_flags", seen=False, flag_ids=lambda world, what: [_flag(world, what).pk]),
    "take_out": _of_case("take_out", seen=False, flag_id=lambda world, what: _flag(world, what).pk, **NOTE),
    "merge": _merge,
    "unmerge": _of_case("merging.unmerge", **NOTE),
    "article": _article,
    "tick": _tick,
    "untick": _untick,
    "attach": _of_case(
        "attachments.attach_file",
        seen=False,
        content=lambda _world, what: b"berkas (contoh) %d\n" % what,
        title=lambda *_: "Berkas",
        seen_by=lambda _world, what: (attachments.BOTH, attachments.OWN)[what % 2],
    ),
    "detach": _detach,
    "task_add": _of_case(
        "tasks.add",
        seen=False,
        title=lambda *_: "Tanya saksi",
        person_id=lambda world, what: world.people[what % 6].pk if what % 3 else None,
        due_at=lambda _world, what: NOW + timedelta(days=what) if what % 2 else None,
    ),
    "lay": _of_case("tasks.from_template"),
    "task_assign": _of_task("tasks.assign", person_id=lambda world, what: world.people[what % 6].pk if what % 3 else None),
    "task_due": _of_task("tasks.set_due", due_at=lambda _world, what: NOW + timedelta(days=what) if what % 3 else None),
    "task_do": _of_task("tasks.do"),
    "task_reopen": _of_task("tasks.reopen"),
    "task_drop": _of_task("tasks.drop", note=lambda *_: "tidak perlu"),
    "decide": _decide,
    "draft": _draft,
    "draft_own": lambda world, of, what: _drafted(world, of, what, WAYS[0]),
    "change": _of_referral(
        "referrals.change",
        target=lambda _world, _made, what: "Badan contoh" if what % 11 else "",
        urgent=lambda _world, _made, what: what % 2 == 0,
        together=lambda _world, _made, what: f"Sebab {what}",
        facts=_facts,
    ),
    "choose": _of_referral("referrals.choose", marks=lambda world, made, what: _some(world.marks[made["channel"]], what)),
    "submit": _of_referral("referrals.submit"),
    "documents": _of_referral("acting.make_documents", seen=False),
    "documents_again": _of_referral("referrals.documents_again"),
    "approve": _of_referral("referrals.approve"),
    "send_back": _of_referral("referrals.send_back", **NOTE),
    "withdraw": _of_referral("referrals.withdraw", **NOTE),
    "packet": _of_referral("referrals.packet", seen=False),
    "mark_sent": _of_referral(
        "referrals.mark_sent",
        how=lambda _world, _made, what: list(models.SentHow)[what % len(models.SentHow)],
        when=lambda *_: None,
        receipt=lambda *_: "TKT-1 (contoh)",
        file=lambda *_: None,
    ),
    "mail_ask": _of_referral("sending.ask", seen_files=_files),
    "mail_take_back": _of_referral("sending.take_back"),
    "mail_carry": _of_referral("acting.carry_out_mail", seen=False, came=lambda _world, _made, what: (*smtp.Came, None)[what % 4]),
    "mail_settle": _of_referral("sending.settle", arrived=lambda _world, _made, what: what % 2 == 0, **NOTE),
    "received": _of_referral("referrals.received", their_number=lambda *_: "T-1 (contoh)", note=lambda *_: ""),
    "contact_failed": _of_referral("referrals.contact_failed", **NOTE),
    "no_response": _no_response,
    "answer": _of_referral(
        "referrals.answer",
        item_ids=_items,
        outcome=lambda _world, _made, what: list(models.ItemOutcome)[what % len(models.ItemOutcome)],
        ground=lambda *_: "",
        text=lambda *_: "",
        day=lambda *_: None,
        automated=lambda _world, _made, what: (None, True, False)[what % 3],
        file=lambda *_: None,
    ),
    "reply": _of_referral("referrals.reply", **NOTE),
    "round": _of_referral("referrals.new_round", item_ids=_items, **NOTE),
    "sweep": lambda _world, _of, _what: ("acting.sweep", {}),
    "again": _backs("coming_back.begin"),
    "deny": _backs("coming_back.deny", reason="Orang lain"),
    "objection_enter": _enter,
    "objection_decide": _settle,
    "objection_withdraw": _of_objection("objections.withdraw", **NOTE),
    "objection_answered": _of_objection("objections.answered", how=lambda _world, what: list(models.ObjectionWay)[what % 3]),
}


# --- done ---------------------------------------------------------------------------------------------


def verb(name: str) -> Callable[..., Any]:
    """By its name: of patrol.cases itself, of a module of it, of triage, or what no person does, below."""
    module, _dot, function = name.rpartition(".")
    if module == "acting":
        return OF_NOBODY[function]
    home: Any = {"": cases, "triage": triage}.get(module) or importlib.import_module(f"patrol.cases.{module}")
    found: Callable[..., Any] = getattr(home, function)
    return found


def tried(name: str, told: dict[str, Any]) -> bool:
    """Whether it was done; refused, nothing of it stays."""
    try:
        with transaction.atomic():
            verb(name)(**told)
    except REFUSED:
        return False
    return True


def _leased(kind: str, key: str) -> jobs.Leased | None:
    """That job for a worker, though one who had it died; None where it does not wait."""
    job = models.Job.objects.filter(kind=kind, key=key, state="waiting").first()
    if job is None:
        return None
    token, until = uuid.uuid4(), datetime.now(UTC) + timedelta(minutes=5)
    models.Job.objects.filter(pk=job.pk).update(lease_until=until, lease_token=token)
    return jobs.Leased(job.pk, kind, key, job.target, job.by_id, 1, token)


def carry_out_mail(*, referral_id: int, came: str | None, by: models.Person, now: datetime) -> None:
    """The worker with the mail of that referral. `came`: what the server answers; None: the worker dies while it waits for that."""
    mail = models.Sending.objects.filter(referral=referral_id, state__in=states.ON_ITS_WAY).first()
    job = _leased("mail", str(mail.pk)) if mail else None
    if job is None:
        return

    def deliver(*_args: Any, **_more: Any) -> smtp.Answer:
        if came is None:
            raise DiedError
        return smtp.Answer(smtp.Came(came), "250 2.0.0 (contoh)")

    with mock.patch.object(smtp, "deliver", deliver), suppress(DiedError, jobs.JobLostError):
        sending.carry_out(job, now=now)


def make_documents(*, referral_id: int, by: models.Person, now: datetime) -> None:
    version = models.Referral.objects.values_list("version", flat=True).get(pk=referral_id)
    job = _leased(documents.KIND, f"{referral_id}:{version}")
    if job is not None:
        with suppress(jobs.JobLostError):
            documents.keep(job, now=now)


def sweep(*, by: models.Person, now: datetime) -> None:
    coming_back.tell(now=now)


# Asked for twice, the documents are made once: the version of the referral is not counted up by it.
NOT_COUNTED = {"referrals.documents_again"}
OF_NOBODY: dict[str, Callable[..., Any]] = {"carry_out_mail": carry_out_mail, "make_documents": make_documents, "sweep": sweep}


@contextmanager
def no_servers() -> Iterator[None]:
    """A mail server that no test speaks to, and a machine that makes no PDF, which would be most of the time."""
    mail = {"host": "127.0.0.1", "port": 1, "security": "none", "user": "", "password": ""}
    with (
        mock.patch.object(settings, "MAIL", mail),
        mock.patch.object(settings, "MAIL_FROM", "kirim@patroli.example"),
        mock.patch.object(printing, "available", return_value=False),
    ):
        yield
