"""Cases with something to refer, and referrals as far as a test needs them."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

from PIL import Image

from patrol import cases, models
from patrol.cases import documents, law, letters, proposing, referrals, ticking
from patrol.cases.channels import CHANNELS
from patrol.domain.referrals import Proof
from patrol.evidence import custody
from patrol.infra import jobs
from patrol.models import Role
from tests import factories
from tests.factories import NOW

LATER = NOW + timedelta(minutes=5)
OWN = "bp3mi-jabar"


def copied(flag: models.Flag, content: bytes = b"png", now: datetime = NOW) -> models.Capture:
    """A screenshot of the flag's post."""
    job, _made = models.Job.objects.get_or_create(kind="page", key=f"{flag.post_id}:asked", defaults={"created_at": NOW, "due_at": NOW})
    return custody.capture_file(content, "image/png", platform="telegram", kind="screenshot", job=job, post_id=flag.post_id, now=now)


def checked(flag: models.Flag, register: models.RegisterEdition, **given: Any) -> models.LicenceCheck:
    """The flag's check as if it had asked this edition and found what is given."""
    row = models.LicenceCheck.objects.get(pk=flag.current_check_id)
    row.pk, row.edition, row.register_date = None, register, register.register_date
    for name, value in given.items():
        setattr(row, name, value)
    (made,) = models.LicenceCheck.objects.bulk_create([row])
    models.Flag.objects.filter(pk=flag.pk).update(current_check=made)
    return made


def picture(number: int = 0, *, height: int = 48) -> bytes:
    """A screenshot small enough to be drawn in no time."""
    out = io.BytesIO()
    Image.new("RGB", (64 + number % 100, height), "white").save(out, "PNG")
    return out.getvalue()


def letters_ready(*codes: str) -> None:
    """The templates an installation begins with, and a letterhead of each of these offices."""
    letters.load(now=NOW)
    by = factories.person(Role.SUPERVISOR, "directorate")
    for code in codes or ("directorate", OWN):
        if models.Letterhead.objects.filter(office__code=code).exists():
            continue
        told = {
            "lines": "Kementerian Contoh\nKantor Contoh",
            "address": "Jalan Contoh 1, Jakarta",
            "unit": factories.office(code).on_paper,
            "place": "Jakarta",
        }
        told |= {"signer_title": "Kepala Kantor Contoh", "signer_name": "Nama Contoh"}
        letters.head(office_id=factories.office(code).pk, seen=0, by=by, now=NOW, **told)


def ticked(case: models.Case, by: models.Person, *, confirmed: bool = True, element: str = "placing") -> models.ArticleEdition:
    """An element of the article on placement, ticked on every link of the case with its check."""
    article = models.Article.objects.get(key="placement")
    edition = article.editions.get()
    if confirmed and not models.LawConfirmation.objects.filter(edition=edition).exists():
        confirm(edition)
    if article not in ticking.chosen(case):
        ticking.choose(case_id=case.pk, article_id=article.pk, by=by, now=NOW)
    told: dict[str, Any] = {"edition_id": edition.pk, "element": element, "evidence": ["check"], "everywhere": True}
    flag = ticking.links(case).first()
    assert flag is not None
    ticking.tick(case_id=case.pk, flag_id=flag.pk, by=by, now=NOW, **told)
    return edition


def confirm(edition: models.ArticleEdition) -> None:
    by = factories.person(Role.SUPERVISOR, "directorate")
    law.confirm(edition_id=edition.pk, letter_number="B.1 (contoh)", letter_date=NOW.date(), scan=b"%PDF-1.4 contoh", by=by, now=NOW)


def documents_made(now: datetime = NOW) -> None:
    """Runs the jobs that make documents, in this process."""
    while jobs.run({documents.KIND: documents.keep}, now=now):
        pass


def case_of(count: int = 1, code: str = OWN, *, copies: bool = True, by: models.Person | None = None) -> models.Case:
    """A case of that office with so many confirmed flags."""
    factories.offices()
    found = factories.flags(count, of=factories.watch(code))
    models.Flag.objects.filter(pk__in=[flag.pk for flag in found]).update(state="confirmed", decided_at=NOW)
    for flag in found if copies else ():
        copied(flag)
    role = Role.ANALYST if code == "directorate" else Role.OFFICER
    return cases.open_case(flag_ids=[flag.pk for flag in found], title="Calo rute Batam", by=by or factories.person(role, code), now=NOW)


def marks(case: models.Case, channel: str, by: models.Person) -> list[str]:
    return [line.mark for line in proposing.lines(case, CHANNELS[channel], by)]


def draft(case: models.Case, by: models.Person, channel: str = "platform_form", **given: Any) -> models.Referral:
    told: dict[str, Any] = {"marks": marks(case, channel, by), "target": "Badan contoh", "urgent": False, **given}
    return referrals.draft(case_id=case.pk, channel=channel, by=by, now=NOW, **told)


def filled(referral: models.Referral, by: models.Person) -> models.Referral:
    facts = {fact.key: f"Isi {fact.key} (contoh)" for fact in CHANNELS[referral.channel].facts}
    told: dict[str, Any] = {"target": "Badan contoh", "urgent": referral.urgent, "together": referral.together, "facts": facts}
    return referrals.change(referral_id=referral.pk, seen_version=referral.version, by=by, now=NOW, **told)


def submitted(case: models.Case, by: models.Person, channel: str = "platform_form", **given: Any) -> models.Referral:
    if CHANNELS[channel].letter and not models.Letterhead.objects.exists():
        letters_ready()
    if Proof.ANALYSIS in CHANNELS[channel].proofs:
        ticked(case, by)
    made = filled(draft(case, by, channel, **given), by)
    return referrals.submit(referral_id=made.pk, seen_version=made.version, by=by, now=NOW)


def approved(case: models.Case, by: models.Person, channel: str = "platform_form", **given: Any) -> models.Referral:
    made = submitted(case, by, channel, **given)
    if made.has_letter:
        documents_made()
    second = factories.person(Role.SUPERVISOR, case.office.code)
    return referrals.approve(referral_id=made.pk, seen_version=made.version, by=second, now=NOW)


def mark_sent(made: models.Referral, by: models.Person, now: datetime = NOW, **given: Any) -> models.Referral:
    told: dict[str, Any] = {"how": "portal", "when": None, "receipt": "TKT-1 (contoh)", "file": None, **given}
    return referrals.mark_sent(referral_id=made.pk, seen_version=made.version, by=by, now=now, **told)


def sent(case: models.Case, by: models.Person, channel: str = "platform_form", **given: Any) -> models.Referral:
    return mark_sent(approved(case, by, channel, **given), by)


def answer(
    made: models.Referral, by: models.Person, outcome: str, items: list[int] | None = None, now: datetime = LATER
) -> models.Referral:
    chosen = list(made.items.values_list("pk", flat=True)) if items is None else items
    told: dict[str, Any] = {"ground": "", "text": "", "day": None, "automated": None, "file": None}
    return referrals.answer(referral_id=made.pk, item_ids=chosen, outcome=outcome, seen_version=made.version, by=by, now=now, **told)


def handed_over(case: models.Case, protection: models.Protection, by: models.Person, number: str = "RJK-26-0900") -> models.Referral:
    """The hand-over of somebody harmed, submitted, with its documents still to be made: the one letter an office writes about no agency."""
    letters_ready(case.office.code)
    given: dict[str, Any] = {"from_directorate": False, "needs_copies": False, "has_letter": True}
    made = models.Referral.objects.create(
        number=number, case=case, channel="victim_handover", wrote_by=by, wrote_at=NOW, changed_by=by, changed_at=NOW, **given
    )
    models.ReferralItem.objects.create(referral=made, kind="person", mark="m" * 16, flag=protection.flag, protection=protection)
    made = filled(made, by)
    return referrals.submit(referral_id=made.pk, seen_version=made.version, by=by, now=NOW)
