"""A small patrol to count: offices, people, posts with readings, checks, flags, decisions, cases and fetches, row by row.

The rows are written as the pipeline and the verbs write them; tests/reports/test_way.py compares with the real ones.
"""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from patrol import domain, models
from patrol.access import audit

HASH = "0" * 64


@dataclass
class Patrol:
    """Makes rows; every time is given by the caller."""

    numbers: Any = field(default_factory=lambda: itertools.count(1))
    offices: dict[str, models.Office] = field(default_factory=dict)
    watches: dict[str, models.Watch] = field(default_factory=dict)

    def office(self, code: str, name: str = "", **more: Any) -> models.Office:
        if code not in self.offices:
            title = name or f"BP3MI {code.title()}"
            self.offices[code] = models.Office.objects.create(code=code, name=title, short_name=code.title(), **more)
        return self.offices[code]

    def directorate(self) -> models.Office:
        return self.office("direktorat", "Direktorat Siber", kind="directorate")

    def person(self, role: str, office: models.Office, username: str = "") -> models.Person:
        one = models.Person.objects.create(
            username=username or f"{role}-{office.code}-{next(self.numbers)}",
            name=f"Contoh {role}",
            role=role,
            office=office,
            created_at=datetime(2026, 1, 1, tzinfo=domain.LAW_ZONE),
            approves=True,
        )
        models.Appointment.objects.create(
            person=one, kind=models.AppointmentKind.MADE, role=role, office=office, at=one.created_at, exempt=True
        )
        return one

    def watch(self, office: models.Office, name: str = "", *, since: datetime) -> models.Watch:
        name = name or f"Pantauan {office.code}"
        if name not in self.watches:
            self.watches[name] = models.Watch.objects.create(
                name=name,
                platform="telegram",
                kind="channel",
                query=f"contoh{next(self.numbers)}",
                office=office,
                every_seconds=900,
                healthy_low=1,
                healthy_high=100,
                created_at=since,
            )
        return self.watches[name]

    def fetch(self, watch: models.Watch, at: datetime, outcome: str = "good", *, seen: int = 3, new: int = 2, problems: Any = ()) -> None:
        models.Fetch.objects.create(
            watch=watch,
            token=uuid.uuid4(),
            started_at=at,
            ended_at=at,
            outcome=outcome,
            posts_seen=seen if outcome == "good" else 0,
            posts_new=new if outcome == "good" else 0,
            problems=list(problems),
        )

    def post(
        self,
        office: models.Office,
        at: datetime,
        *,
        level: str = "medium",
        verdict: str = "no_licence_shown",
        kinds: tuple[str, ...] = ("illegal_recruitment",),
        countries: tuple[str, ...] = ("KH",),
        contacts: tuple[tuple[str, str], ...] = (),
        places: tuple[str, ...] = (),
        posted_at: datetime | None = None,
        contact_own: bool | None = None,
        agency: str = "",
    ) -> models.Flag | None:
        """A post fetched, read, checked and (unless level is none) flagged at one moment."""
        number = next(self.numbers)
        watch = self.watch(office, since=at)
        fetch = models.Fetch.objects.filter(watch=watch).first() or models.Fetch.objects.create(
            watch=watch, token=uuid.uuid4(), started_at=at
        )
        capture = models.Capture.objects.create(
            kind="answer",
            fetch=fetch,
            platform="telegram",
            sha256=HASH,
            sha3_512="0" * 128,
            length=1,
            media_type="text/html",
            truncated=False,
            asked_url="https://t.me/s/x",
            final_url="https://t.me/s/x",
            address="192.0.2.1",
            requested_at=at,
            received_at=at,
            clock_source="system",
            collector="SIPatrol",
            lock_sha256=HASH,
            system="x",
            host=HASH,
            salt="0" * 32,
            commitment=HASH,
        )
        post = models.Post.objects.create(
            platform="telegram",
            external_id=f"1/{number}",
            url=f"https://t.me/x/{number}",
            first_seen=at,
            last_seen=at,
            posted_at=posted_at or at,
            text_key="0" * 32,
        )
        models.Seen.objects.create(post=post, watch=watch, fetch=fetch, at=at)
        version = models.PostVersion.objects.create(
            post=post, number=1, capture=capture, locator="", seen_at=at, edited=False, content_key=HASH, commitment=HASH
        )
        reading = models.Reading.objects.create(
            version=version,
            reader_version=1,
            text_kind="offer_abroad",
            route="agency",
            countries=list(countries),
            truncated=False,
            read_at=at,
            salt="0" * 32,
            commitment=HASH,
        )
        models.ReadingClaims.objects.create(
            reading=reading, claims=[{"kind": "place", "value": place} for place in places], picture_texts=[], notes=[]
        )
        for kind, value in contacts:
            indicator, _made = models.Indicator.objects.get_or_create(kind=kind, value=value, defaults={"first_seen": at, "last_seen": at})
            models.Sighting.objects.create(indicator=indicator, post=post, version=version, role="contact", confidence=1, seen_at=at)
        check = models.LicenceCheck.objects.create(
            reading=reading,
            edition=None,
            rules_version="1",
            day=(posted_at or at).date(),
            verdict=verdict,
            agency=agency,
            reason_id="",
            reason_en="",
            contact_own=contact_own,
            score=50,
            level=level,
            kinds=list(kinds),
            checked_at=at,
        )
        if level == "none":
            return None
        state = "waiting" if level in {"medium", "high"} else "parked"
        flag = models.Flag.objects.create(
            number=f"TND-26-{number:06}",
            post=post,
            office=office,
            state=state,
            level=level,
            level_rank=domain.Level(level).rank,
            score=50,
            kinds=list(kinds),
            gist_id="",
            gist_en="",
            current_check=check,
            row_key=f"post-{post.pk}",
            raised_at=at,
        )
        self.event(flag, "raised", at, after={"level": level, "state": state})
        return flag

    def brought(self, post: models.Post, by: models.Person, at: datetime) -> None:
        """The post came by a person's capture, too."""
        intake = models.Intake.objects.create(kind="capture", person=by, office=by.office, at=at, state="done")
        models.Seen.objects.create(post=post, intake=intake, at=at)

    def event(self, flag: models.Flag, kind: str, at: datetime, *, before: Any = None, after: Any = None) -> None:
        models.FlagEvent.objects.create(flag=flag, kind=kind, at=at, check_then=flag.current_check, before=before or {}, after=after or {})

    def follow(self, flag: models.Flag, state: str, at: datetime, kind: str = "new_register", level: str = "medium") -> None:
        """The machine moves a flag."""
        self.event(flag, kind, at, before={"state": flag.state, "level": flag.level}, after={"state": state, "level": level})
        flag.state, flag.level = state, level
        self._store(flag, at)

    def decide(self, flag: models.Flag, outcome: str, at: datetime, by: models.Person) -> models.Decision:
        made = models.Decision.objects.create(
            flag=flag,
            decision_key=uuid.uuid4(),
            outcome=outcome,
            reason="x",
            by=by,
            at=at,
            effective_at=at + timedelta(seconds=10),
            state_before=flag.state,
            state_after=outcome,
            level_then=flag.level,
            check_then=flag.current_check,
        )
        flag.state = outcome
        self._store(flag, at)
        return made

    def take_back(self, decision: models.Decision, at: datetime, by: models.Person) -> None:
        flag = decision.flag
        models.Decision.objects.create(
            flag=flag,
            decision_key=uuid.uuid4(),
            outcome="reversed",
            reason="x",
            by=by,
            at=at,
            effective_at=at,
            reverses=decision,
            state_before=flag.state,
            state_after=decision.state_before,
            level_then=flag.level,
            check_then=flag.current_check,
        )
        flag.state = decision.state_before
        self._store(flag, at)

    def hand_over(self, flag: models.Flag, office: models.Office, at: datetime) -> None:
        self.event(flag, "handed_over", at, before={"office": flag.office_id}, after={"office": office.pk})
        flag.office = office
        flag.save(update_fields=["office"])

    def _store(self, flag: models.Flag, at: datetime) -> None:
        flag.decided_at = at if flag.state in {"confirmed", "dismissed"} else None
        flag.save(update_fields=["state", "level", "decided_at"])

    def case(self, office: models.Office, at: datetime, by: models.Person) -> models.Case:
        number = next(self.numbers)
        case = models.Case.objects.create(number=f"PKR-26-{number:04}", title="x", office=office, opened_by=by, opened_at=at)
        models.CaseEvent.objects.create(case=case, kind="opened", at=at, by=by)
        return case

    def referral(
        self, case: models.Case, channel: str, at: datetime, *lines: tuple[str, models.Flag], left_at: datetime | None = None, **more: Any
    ) -> models.Referral:
        """Asked about these things and sent at one moment; what becomes of it is `said`, `looked` and its events."""
        number, by = next(self.numbers), case.opened_by
        told: dict[str, Any] = {"from_directorate": False, "needs_copies": False, "wrote_by": by, "wrote_at": at, "changed_by": by}
        made = models.Referral.objects.create(number=f"RJK-26-{number:04}", case=case, channel=channel, changed_at=at, **told, **more)
        for kind, flag in lines:
            indicator = None
            if kind != "link":
                indicator, _made = models.Indicator.objects.get_or_create(
                    kind=kind, value=f"contoh{flag.pk}", defaults={"first_seen": at, "last_seen": at}
                )
            models.ReferralItem.objects.create(
                referral=made, kind=kind, value="x", mark=f"{kind[:4]}{flag.pk:012}", flag=flag, indicator=indicator
            )
        self.of_referral(made, "sent", at, left_at=left_at)
        return made

    def of_referral(self, referral: models.Referral, kind: str, at: datetime, *, left_at: datetime | None = None) -> None:
        """`left_at`: of one that was entered as sent later than it left."""
        models.ReferralEvent.objects.create(referral=referral, kind=kind, at=at, by=referral.wrote_by)
        if left_at is not None:
            audit.write("referral.sent", by=referral.wrote_by, now=at, target=referral, after={"when": left_at.isoformat()})

    def upheld(self, flag: models.Flag, at: datetime) -> None:
        """An objection against it was upheld."""
        self.event(flag, "corrected", at, after={"objection": "KBR", "outcome": "upheld"})

    def said(self, referral: models.Referral, outcome: str, at: datetime, *, line: int | None = None) -> None:
        """What the body says of one line, or of all."""
        items = list(referral.items.all())
        for item in items if line is None else [items[line]]:
            models.ItemAnswer.objects.create(item=item, outcome=outcome, day=at.date(), by=referral.wrote_by, at=at)

    def looked(self, flag: models.Flag, outcome: str, *moments: datetime) -> None:
        """A person has the link of its post looked at."""
        reason = {"down": "not_found", "there": "words_found", "unsure": "timeout", "changed": "other_words"}[outcome]
        capture = models.Capture.objects.filter(versions__post=flag.post_id).first() if outcome == "down" else None
        by = models.Person.objects.order_by("id").first()
        for at in moments:
            models.LinkCheck.objects.create(post=flag.post, at=at, outcome=outcome, reason=reason, by=by, capture=capture)


@pytest.fixture
def patrol(db: None) -> Patrol:
    return Patrol()
