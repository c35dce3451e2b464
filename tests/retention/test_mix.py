"""Posts of each age, state and hold, mixed by a seed: what the count says is due is what goes, what is held stays whole, once.

Which posts are due and what holds them is said here once more, by the words of docs/offices/retention.md, and compared.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from patrol import models
from patrol.access import audit
from patrol.evidence.erasing import Hold
from patrol.pipeline import assessing
from patrol.retention import due, editions, running
from tests import factories
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db

TODAY = timezone.now()
POSTS = 40
STATES = ("none", "none", "waiting", "needs_information", "confirmed", "dismissed", "dismissed", "parked")
HOLDS = (
    "",
    "",
    "",
    "case",
    "closed case",
    "hold",
    "lifted",
    "ring",
    "protection",
    "closed protection",
    "objection",
    "answered",
    "report",
    "ended",
)
NO_DECISION = tuple(hold for hold in HOLDS if hold not in {"objection", "answered"})
NO_FLAG = ("", "", "ring", "report", "ended")
REASONS = {"confirmed": "fraud", "dismissed": "not_overseas"}
OF_TEXT = ("text", "author", "author_name", "forward_name")
BESIDE = ("author_id", "origin", "thread", "reply_to", "forward_of")
AGES = (10, 90.1, 179.9, 180.1, 300, 364.9, 365.1, 400, 900)


def ago(days: float) -> datetime:
    return TODAY - timedelta(days=days)


@dataclass
class Row:
    """A post of the mix, and what the times say of it."""

    post: models.Post
    state: str
    came: float  # days ago: its newest text
    decided: float
    hold: str
    flag: models.Flag | None = None

    @property
    def term(self) -> str:
        """By which it is due, "" for none."""
        if self.state in {"none", "parked"}:
            return "unflagged" if self.came >= 180 else ""
        return "dismissed" if self.state == "dismissed" and min(self.came, self.decided) >= 365 else ""

    @property
    def held(self) -> str:
        closed = Hold.CASE  # a closed case holds as an open one does
        said: dict[str, str] = {"case": Hold.CASE, "closed case": closed, "lifted": closed, "hold": Hold.LEGAL, "ring": Hold.LEGAL}
        return said.get(self.hold, self.hold if self.hold in {Hold.PROTECTION, Hold.OBJECTION, Hold.REPORT} else "")

    @property
    def goes(self) -> bool:
        return bool(self.term) and not self.held


@dataclass
class Mix:
    chance: random.Random
    rows: list[Row] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 100_000)))

    def __post_init__(self) -> None:
        self.boss = factories.person("supervisor", "directorate")
        self.officer = factories.person()
        self.campaign = models.Campaign.objects.create(number="JRG-26-0001", made_at=ago(950), grown_at=ago(950))
        # What the ring's posts are held by: a flag of it in a case under a hold.
        self._add("confirmed", "hold", 900, 900)
        self._join(self.rows[0])
        for state, hold in (("dismissed", "protection"), ("dismissed", "hold"), ("none", ""), ("none", "ring"), ("dismissed", "")):
            self._add(state, hold, 900, 900)
        for _ in range(POSTS):
            state = self.chance.choice(STATES)
            came, decided = self.chance.choice(AGES), self.chance.choice(AGES)
            known = HOLDS if state in REASONS else NO_DECISION if state != "none" else NO_FLAG
            self._add(state, self.chance.choice(known), came, min(came, decided))

    def _add(self, state: str, hold: str, came: float, decided: float) -> None:
        n, at = next(self.numbers), ago(came)
        text = f"Selamat pagi teman-teman, info kajian hubungi 0840 5550 {n % 9:04d}"  # several give the same number
        beside: dict[str, Any] = {
            "posted_at": at,
            "author": f"penulis_{n}",
            "author_name": "Penulis Contoh",
            "author_id": f"7{n:04d}",
            "origin": "0840 5559 0000",
            "thread": "1000000009/1",
            "reply_to": "1000000009/2",
            "forward_of": "https://t.me/asal_contoh/1",
            "forward_name": "Asal Contoh",
        }
        raw = factories.raw_post(text, **beside) if state == "none" else factories.illegal(n, **beside)
        [post] = factories.stored([raw], now=at)
        row = Row(post, state, came, decided, hold)
        self.rows.append(row)

    def read(self) -> None:
        """All at once, then what stands on each."""
        while assessing.read_due(now=TODAY, limit=500).read:
            pass
        flags = {flag.post_id: flag for flag in models.Flag.objects.filter(post__in=[row.post for row in self.rows])}
        assert {row.post.pk for row in self.rows if row.state != "none"} == set(flags)
        for row in self.rows:
            row.flag = flags.get(row.post.pk)
            if row.flag is not None:
                if row.state in {"confirmed", "dismissed"}:
                    decide(row.flag, self.officer, row.state, REASONS[row.state], now=ago(row.decided))
                else:
                    models.Flag.objects.filter(pk=row.flag.pk).update(state=row.state, level="low" if row.state == "parked" else "high")
            self._hold(row)

    def _hold(self, row: Row) -> None:
        if row.hold == "ring":
            self._join(row)
        elif row.hold in {"report", "ended"}:
            closed = {"state": "closed", "outcome": "nothing", "closed_at": TODAY} if row.hold == "ended" else {}
            models.Tip.objects.create(office=self.boss.office, kind="advert", post=row.post, at=ago(5), **closed)
        elif row.flag is not None and row.hold in {"protection", "closed protection"}:
            ended = {"state": "closed", "ending": "helped", "closed_by": self.boss, "closed_at": ago(3)} if "closed" in row.hold else {}
            models.Protection.objects.create(flag=row.flag, office=row.flag.office, by=self.boss, at=ago(9), **ended)
        elif row.flag is not None and row.hold in {"objection", "answered"}:
            self._object(row.flag, answered=row.hold == "answered")
        elif row.flag is not None and row.hold:
            self._case(row.flag, row.hold)

    def _join(self, row: Row) -> None:
        models.LinkedPost.objects.update_or_create(
            post=row.post, defaults={"campaign": self.campaign, "joined_at": ago(5), "follows": False, "text_bands": [row.post.pk]}
        )

    def _object(self, flag: models.Flag, *, answered: bool) -> None:
        made = models.Objection.objects.create(
            number=f"KBR-26-{next(self.numbers):04d}",
            decision=flag.decisions.get(),
            office=flag.office,
            side="named",
            name="X",
            contact="Y",
            text="Z",
            how="mail",
            day=ago(2).date(),
            due_at=TODAY,
            entered_by=self.boss,
            entered_at=ago(2),
        )
        if answered:
            models.Objection.objects.filter(pk=made.pk).update(state="withdrawn", ended_by=self.boss, ended_at=ago(1), version=2)

    def _case(self, flag: models.Flag, hold: str) -> None:
        closed = {"state": "closed", "outcome": "unfounded", "closed_by": self.boss, "closed_at": ago(4)} if hold == "closed case" else {}
        case = models.Case.objects.create(
            number=f"PKR-26-{next(self.numbers):04d}", title="uji", office=self.boss.office, opened_by=self.boss, opened_at=ago(6), **closed
        )
        models.CaseFlag.objects.create(case=case, flag=flag, added_by=self.boss, added_at=ago(6))
        if hold in {"hold", "lifted"}:
            lifted = {"lifted_by": self.boss, "lifted_at": ago(1), "lifted_why": "diputus"} if hold == "lifted" else {}
            models.LegalHold.objects.create(case=case, reason="surat penyidik", by=self.boss, at=ago(5), **lifted)
            # A number that left in a referral stays, whatever becomes of other posts that give it.
            number = models.Sighting.objects.filter(post=flag.post_id, indicator__kind="phone").values_list("indicator", flat=True).first()
            told: dict[str, Any] = {"from_directorate": False, "needs_copies": False, "wrote_at": TODAY, "changed_at": TODAY}
            made = models.Referral.objects.create(
                number=f"RJK-26-{case.pk:04d}", case=case, channel="police", wrote_by=self.boss, changed_by=self.boss, **told
            )
            models.ReferralItem.objects.create(referral=made, kind="phone", mark="m" * 16, flag=flag, indicator_id=number)

    # --- what is compared ---

    def counted(self) -> dict[str, due.Counted]:
        found = {}
        for term in ("unflagged", "dismissed"):
            theirs = [row for row in self.rows if row.term == term]
            found[term] = due.Counted(
                sum(row.goes for row in theirs), dict(sorted(Counter(row.held for row in theirs if row.held).items()))
            )
        return found


def content(post: models.Post) -> dict[str, Any]:
    """What a post loses by its age."""
    sightings = models.Sighting.objects.filter(post=post).order_by("indicator__kind", "indicator__value")
    return {
        "text": list(models.PostText.objects.filter(version__post=post).order_by("version").values_list(*OF_TEXT)),
        "claims": list(
            models.ReadingClaims.objects.filter(reading__version__post=post).order_by("reading").values_list("claims", flat=True)
        ),
        "contacts": list(sightings.values_list("indicator__kind", "indicator__value", "role")),
        "beside": models.Post.objects.values_list(*BESIDE).get(pk=post.pk),
    }


def staying() -> dict[str, list[Any]]:
    """What is counted, what the same offer is known again by, what people did."""
    return {
        "posts": list(models.Post.objects.order_by("id").values_list("platform", "external_id", "text_key", "first_seen", "last_seen")),
        "readings": list(models.Reading.objects.order_by("id").values_list("version", "text_kind", "route")),
        "checks": list(models.LicenceCheck.objects.order_by("id").values_list("id", "verdict")),
        "marks": list(models.PostMark.objects.order_by("id").values_list("post", "kind", "void")),
        "flags": list(models.Flag.objects.order_by("id").values_list("id", "state", "level", "gist_id", "text_bands")),
        "linked": list(models.LinkedPost.objects.order_by("post").values_list("post", "campaign", "text_bands")),
        "decisions": list(models.Decision.objects.order_by("id").values_list("flag", "outcome", "reason")),
    }


def whole_or_gone(row: Row, before: dict[str, Any]) -> bool:
    """Whether it went. Neither a part of it."""
    now = content(row.post)
    if now == before:
        return False
    assert "" not in before["beside"]
    assert now["text"] == [("",) * len(OF_TEXT)] * len(before["text"])
    assert (set(map(str, now["claims"])) <= {"[]"}, now["beside"]) == (True, ("",) * len(BESIDE))
    assert now["contacts"] == (before["contacts"] if row.hold == "closed protection" else [])
    assert models.Erasure.objects.filter(version__post=row.post).count() == len(before["text"])
    return True


def lived(mix: Mix) -> None:
    """The count, the second person, a crash, the run and a second run, by what the mix itself says."""
    mix.read()
    before, stays = {row.post.pk: content(row.post) for row in mix.rows}, staying()
    marks = {one.pk: one for one in models.PostMark.objects.all()}
    asked = editions.propose(times=editions.shipped(), reason="uji", by=factories.person("analyst"), now=TODAY)
    assert running.run(now=TODAY).erased == {}  # one person is none
    edition = editions.approve(edition_id=asked.pk, by=mix.boss, now=TODAY)
    expected = mix.counted()
    counted = running.dry_run()
    assert {term: counted[term] for term in expected} == expected

    calls, last = 0, mix.chance.randint(2, sum(one.due for one in expected.values()))

    def cut(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal calls
        if "patrol_erase_due" in sql:
            calls += 1
            if calls == last:
                raise ZeroDivisionError
        return execute(sql, params, many, context)

    with pytest.MonkeyPatch.context() as patched, connection.execute_wrapper(cut), pytest.raises(ZeroDivisionError):
        patched.setattr(running, "AT_ONCE", 2)
        running.run(now=TODAY)
    cut_off = sum(whole_or_gone(row, before[row.post.pk]) for row in mix.rows)  # whole batches, and nothing of the one it died in
    assert cut_off == sum(models.AuditEntry.objects.filter(verb="retention.erased").values_list("after__rows", flat=True)) < last
    left = [one.due for term in expected if (one := running.dry_run()[term])]
    assert sum(left) + cut_off == sum(one.due for one in expected.values())

    again = running.run(now=TODAY)
    assert sum(again.erased.values()) + cut_off == sum(one.due for one in expected.values())
    assert [row.post.pk for row in mix.rows if whole_or_gone(row, before[row.post.pk])] == [row.post.pk for row in mix.rows if row.goes]
    assert set(models.Erasure.objects.values_list("edition", flat=True)) == {edition.pk}
    assert staying() == stays
    # By its hash nobody finds a number again that went; what another post gives, and texts and pictures, tie as before.
    left_there = set(models.Indicator.objects.values_list("pk", flat=True))
    gone = {key for key, one in marks.items() if one.indicator_id and one.indicator_id not in left_there}
    assert {one.pk for one in models.PostMark.objects.all() if one.key != marks[one.pk].key} == gone
    kept = models.Indicator.objects.filter(sightings=None).values_list("pk", flat=True)
    assert set(kept) <= set(models.ReferralItem.objects.values_list("indicator", flat=True))
    assert running.run(now=TODAY).erased == {}
    assert {term: running.dry_run()[term] for term in expected} == {term: due.Counted(0, one.held) for term, one in expected.items()}
    assert audit.verify() is None


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_counted_is_what_goes_and_nothing_held_and_nothing_twice(seed: int) -> None:
    lived(Mix(random.Random(seed)))


def test_the_mix_notices_a_count_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    mix = Mix(random.Random(1))
    mix.read()
    right = dict(due._STATEMENTS)
    for said, wrong in (
        ("t.state <> 'closed'", "t.state = 'closed'"),  # who is being helped would hold nothing
        ("WHEN n.hold THEN 'hold'", "WHEN n.hold THEN ''"),
        ("p.first_seen <=", "p.first_seen >"),
    ):
        broken = {term: text.replace(said, wrong) for term, text in right.items()}
        assert broken != right
        monkeypatch.setattr(due, "_STATEMENTS", broken)
        assert {term: running.dry_run()[term] for term in mix.counted()} != mix.counted()
    monkeypatch.setattr(due, "_STATEMENTS", right)
    assert {term: running.dry_run()[term] for term in mix.counted()} == mix.counted()
