"""A small labelled set with its register, and a person's decision: what several commands are tested on."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from patrol import models, triage
from patrol.models import Role
from tests import factories
from tests.management.test_assess import AGENCIES, LICENCES, OFFER

SCAM = "Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840-5555-6666."
POSTS: list[dict[str, object]] = [
    {"id": "offer", "text": OFFER, "platform": "telegram"},
    {"id": "scam", "text": SCAM, "platform": "telegram"},
    {"id": "hello", "text": "Selamat pagi semuanya, semoga sehat selalu."},
    {"id": "nobody", "text": "Nobody labelled this one."},
]
LABELS = [
    {"id": "offer", "look": False, "verdict": "licensed", "phones": ["+6284011112222"], "countries": ["TW"]},
    {"id": "scam", "look": True, "overseas_offer": True, "phones": ["+6284055556666"], "countries": ["KH"]},
    {"id": "hello", "look": False, "verdict": "not_an_offer", "phones": []},
]


def write(folder: Path) -> None:
    """The set and the register beside it."""
    lines(folder / "posts.jsonl", POSTS)
    lines(folder / "labels.jsonl", LABELS)
    (folder / "agencies.csv").write_text(AGENCIES)
    (folder / "licences.csv").write_text(LICENCES)


def lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def decide(flag: models.Flag, outcome: str, reason: str) -> triage.Decided:
    person = factories.person(Role.SUPERVISOR, "directorate")
    flag.refresh_from_db()
    return triage.decide(
        flag_id=flag.pk,
        outcome=outcome,
        reason=reason,
        note="",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=person,
        now=factories.NOW,
    )
