"""What codes of the audit log mean: no vocabulary of the product is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from patrol import models, sources, triage
from patrol.access import audit, factors
from patrol.admin.shared import words
from patrol.admin.supervisor import audit_values, audit_words
from patrol.cases.channels import CHANNELS
from patrol.domain import ZONE_LETTERS, TieKind, states
from patrol.domain.peers import PeerKind, Purpose, Sharing
from patrol.intake import formats, noted
from patrol.models import DocumentKind, Outcome, Role, Scope, TaskFor, TrustedAs, UnusualReason, Veil
from patrol.retention.terms import terms
from tests import factories
from tests.factories import NOW

# Field, kind of the thing, and the codes the product writes there.
VOCABULARIES: list[tuple[str, str, Iterable[str]]] = [
    ("state", "flag", states.FlagState),
    ("state", "case", {*states.CaseState, *states.TaskState}),
    ("state", "watch", states.WatchState),
    ("state", "watchproposal", states.ProposalState),
    ("state", "protection", states.ProtectionState),
    ("state", "referral", states.ReferralState),
    ("state", "objection", states.ObjectionState),
    ("state", "tip", states.TipState),
    ("state", "bulk", states.BulkState),
    ("state", "intake", states.IntakeState),
    ("state", "dispatch", states.DispatchState),
    ("was", "campaign", states.CampaignState),
    ("left", "case", states.CaseState),
    ("outcome", "case", models.CaseOutcome),
    ("outcome", "bulk", {Outcome.CONFIRMED, Outcome.DISMISSED}),
    ("outcome", "objection", models.ObjectionOutcome),
    ("outcome", "referral", {"clarification_asked", "accepted", "partly_done", "acted_upon", "refused"}),
    ("outcome", "tip", models.TipOutcome),
    ("outcome", "subjectrequest", models.SubjectOutcome),
    ("reason", "flag", {"undone", "reversed", *(key for given in triage.REASONS.values() for key in given)}),
    ("reason", "unusualreading", UnusualReason),
    ("role", "person", Role),
    ("kind", "campaign", TieKind),
    ("kind", "peerexport", {PeerKind.PACKAGE}),
    ("purpose", "peerexport", Purpose),
    ("sharing", "peerexport", Sharing),
    ("channel", "referral", CHANNELS),
    ("document", "referral", DocumentKind),
    ("scopes", "token", Scope),
    ("about", "keywordpack", states.PackAbout),
    ("term", "retentionedition", terms()),
    ("times", "retentionedition", terms()),
    ("way", "intake", noted.Way),
    ("format", "intake", formats.FORMATS),
    ("known_as", "trusted", TrustedAs),
    ("goes_to", "taskline", TaskFor),
    ("step", "casedeadline", models.CaseStep),
    ("veil", "office", Veil),
    ("exempt", "person", {"setup", "example"}),
    ("why", "pairing", {"moved", "administrator", "replaced", "self", "bot", "blocked"}),
    ("platform", "watch", sources.PLATFORMS),
    ("changed", "channeledition", {"columns", "hours_usual", "hours_urgent", "source", "addresses"}),
    ("changed", "referral", {"target", "together", "urgent", *(fact.key for one in CHANNELS.values() for fact in one.facts)}),
    ("kinds", "search", {"phone", "account", "link", "bank_account", "email", "licence_number", "agency", "words"}),
    ("anew", "objection", {Outcome.CONFIRMED, Outcome.DISMISSED}),
    ("case_kind", "case", models.CaseKind),
    ("identity", "subjectrequest", models.SubjectIdentity),
    ("question", "subjectrequest", models.SubjectQuestion),
    ("about", "subjectrequest", models.SubjectAbout),
    ("side", "objection", models.ObjectionSide),
    ("how", "objection", models.ObjectionWay),
    ("proof", "person", factors.WAYS),
    ("signs", "weeklysummary", {"author", "second"}),
    ("zone", "office", ZONE_LETTERS),
]

# What holds no code: numbers, days and hours, yes and no, names and sentences people wrote, keys, hashes, and what is counted.
PLAIN = set(
    re.findall(
        r"\w+",
        """
    active approved approved_by arrived article asked asked_by attachment author_title automated back back_on bad before bot
    break_minutes break_severe by_hand_confirmed by_hand_ended by_hand_kept by_office campaign captures case cases change checked code
    codes commitment copies correction corrects credential credential_id custody daily_quota day days decision decisions decree device
    digest documents due duty edition element elements ended ends event every_seconds expires_on file files flag flags found freed
    from grace guide healthy_high healthy_low hits hold holds host hours indicator indicators internal into last last_day left_out
    letter lines link_by links logins logo mail mark marked masked minutes name new note number objection off office office_id
    own_watches packs people period person pictures place points post posts priority proofs proposed_by provinces query quiet_from
    quiet_to ran_by reach reference refused register_date repeated reports request responsible restores review round rows
    second_signatory_id second_title served_many severe sha256 short_name shown since station station_id taken_out task tasks
    tells_reviewed ticks tie ties title_en to token town types undone until urgent username valid_seconds version versions watch
    watches week went when windows withheld words words_stay
""",
    )
)


@pytest.mark.parametrize(("field", "kind", "codes"), VOCABULARIES, ids=[f"{kind}.{field}" for field, kind, _codes in VOCABULARIES])
@pytest.mark.parametrize("language", ["id", "en"])
def test_each_code_of_a_vocabulary_has_words(language: str, field: str, kind: str, codes: Iterable[str]) -> None:
    with translation.override(language):
        known = audit_values.of(kind, field)
        titles = {str(code): known.get(str(code), "") for code in codes}
        said = {code: str(title.title if isinstance(title, words.Badge) else title) for code, title in titles.items()}
    # An English word may be its code.
    assert [code for code, text in said.items() if not text or "_" in text or (text == code and language == "id")] == []
    assert (len(said) > 0, known.get("no such code")) == (True, None)


def test_each_field_of_the_log_is_a_vocabulary_or_plain() -> None:
    """A new field is sorted into one of the two, so that its codes are not forgotten."""
    fields = {field for field, _kind, _codes in VOCABULARIES}
    assert (fields & PLAIN, sorted(set(audit_words.FIELDS) ^ (fields | PLAIN))) == (set(), [])


def said(verb: str, target: Any, before: Any = None, after: Any = None) -> str:
    with transaction.atomic():
        row = audit.write(verb, by=None, now=NOW, target=target, before=before, after=after)
    with translation.override("id"):
        return audit_words.change(row, audit_words.Names([row]))


@pytest.mark.django_db
def test_codes_and_ids_of_a_row_are_said_in_words() -> None:
    factories.offices()
    person = factories.person(name="Dewi Contoh")
    ring = models.Campaign.objects.create(number="JRG-26-0007", made_at=NOW, grown_at=NOW)
    until = (NOW + timedelta(days=1)).isoformat()
    element = "Pelaku orang perseorangan, bukan pelaksana penempatan yang berizin"
    placement = "UU 18/2017 Pasal 69 jo. 81: penempatan oleh pihak yang tidak berizin"
    for kind, before, after, told in (
        ("retentionedition", {}, {"term": "profile"}, "jenis data: Profil akun"),
        ("flag", {}, {"reason": "undone"}, "alasan: dibatalkan seketika"),
        ("watch", {"state": "active"}, {"state": "paused"}, "keadaan: Berjalan → Dijeda"),
        ("retentionedition", {}, {"proposed_by": person.pk}, "diusulkan oleh: Dewi Contoh"),
        ("case", {}, {"to": person.pk}, "ke: Dewi Contoh"),
        ("person", {}, {"to": None, "tasks": [3, 4]}, "tugas: 3, 4"),
        ("person", {}, {"office": "bp3mi-ntb"}, "kantor: BP3MI Nusa Tenggara Barat"),
        ("campaign", {}, {"from": ring.pk, "was": "proposed"}, "jaringan lain: JRG-26-0007; sebelumnya: Diusulkan"),
        ("campaign", {}, {"ties": 0}, "kaitan: 0"),
        ("campaign", {}, {"left": [1576, 1577]}, "unggahan yang lepas: 1576, 1577"),
        ("case", {}, {"left": "opened"}, "keadaan perkara yang lain: Dibuka"),
        ("case", {}, {"element": "individual", "article": "nowhere"}, "unsur: individual; pasal: nowhere"),
        ("case", {}, {"element": "individual", "article": "placement"}, f"unsur: {element}; pasal: {placement}"),
        ("referral", {}, {"lines": ["mark:9a", "mark:9b"]}, "baris: 2"),
        ("case", {}, {"person": [person.pk], "due": [until]}, "pengguna: Dewi Contoh; tenggat: Sel, 24 Nov 2026 10.47 WIB"),
        ("token", {}, {"scopes": ["check"]}, "boleh meminta: Cek lowongan terhadap register"),
    ):
        assert said("kode.baru", (kind, "1"), before, after) == told
