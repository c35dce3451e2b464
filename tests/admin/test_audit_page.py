"""The audit log in words: every code the product writes has one, and what has none is shown as it is."""

from __future__ import annotations

import ast
import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from patrol import models, triage
from patrol.access import audit, people
from patrol.admin.supervisor import audit as audit_page
from patrol.admin.supervisor import audit_words
from patrol.domain.states import ProposalState
from patrol.models import CampaignEventKind, CaseEventKind, ErasureAnswerKind, Outcome, Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import english
from tests.cases import asked
from tests.evidence.anchors import sealed
from tests.intake.tips import reporting
from tests.triage import acts

NOW = factories.NOW


_WRITERS = ("audit.write", "looks.log", "_keep", "_write")


def _calling(*functions: str) -> Iterator[ast.Module]:
    """The files of the product that call one of them."""
    for folder in ("patrol", "reports"):
        for text in (path.read_text() for path in (Path(settings.BASE_DIR) / folder).rglob("*.py")):
            if any(f"{function}(" in text for function in functions):
                yield ast.parse(text)


def written_verbs() -> set[str]:
    """First arguments of what writes rows, in the source. f"case.{kind}" and f"flag.{outcome}" are looked at on their own."""
    found = set()
    for tree in _calling(*_WRITERS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _WRITERS and node.args:
                first = node.args[0]
                found |= {
                    str(part.value)
                    for part in ast.walk(first)
                    if isinstance(part, ast.Constant) and re.fullmatch(r"\w+\.\w+(?<!_)", str(part.value))
                }
    return found


def constant_verbs() -> set[str]:
    """What looks like a verb anywhere in a file that writes rows under a name: `verb = "a.b" if … else "c.d"`."""
    found = set()
    known = {verb.partition(".")[0] for verb in audit_words.VERBS}
    for tree in _calling(*_WRITERS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).lower().endswith("verb"):
                found |= {str(part.value) for part in ast.walk(node.value) if isinstance(part, ast.Constant)}
    return {verb for verb in found if verb.partition(".")[0] in known and "." in verb}


def test_every_verb_of_the_source_has_words() -> None:
    # Nobody's acts: the timeline alone tells them.
    machine = {CaseEventKind.FLAG_NEAR, CaseEventKind.LINK_DOWN, CaseEventKind.LINK_BACK}
    verbs = (
        written_verbs()
        | constant_verbs()
        | {f"case.{kind}" for kind in set(CaseEventKind) - machine}
        | {f"flag.{outcome}" for outcome in Outcome}
    )
    # A case from a campaign has one row, the case's own.
    verbs |= {f"campaign.{kind}" for kind in CampaignEventKind if kind != CampaignEventKind.CASE_OPENED}
    verbs |= {f"erasure.{kind}" for kind in ErasureAnswerKind}
    verbs |= {f"watch.proposal_{state}" for state in set(ProposalState) - {ProposalState.PROPOSED}}
    assert len(verbs) > 40
    assert sorted(verbs - set(audit_words.VERBS)) == []


def test_each_verb_thing_and_break_is_said_in_both_languages() -> None:
    for table in (audit_words.VERBS, audit_words.THINGS, audit_words.BREAKS):
        with translation.override("en"):
            english = {code: str(title) for code, title in table.items()}
        with translation.override("id"):
            indonesian = {code: str(title) for code, title in table.items()}
        same = {code for code in table if english[code] == indonesian[code]}
        assert (same, [code for code in table if not indonesian[code].strip()]) == (set(), [])


def written_fields() -> set[str]:
    """Keys of the dicts that are given to `audit.write`, and of those the same function makes under the names it gives."""
    found = set()
    writers = ("audit.write", "looks.log")
    for tree in _calling(*writers):
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and ast.unparse(node.func) in writers]
            given = [word.value for call in calls for word in call.keywords if word.arg in {"before", "after"}]
            names = {one.id for one in given if isinstance(one, ast.Name)}
            for node in ast.walk(function):
                if isinstance(node, ast.Assign | ast.AugAssign):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    given += [node.value for one in targets if isinstance(one, ast.Name) and one.id in names]
            dicts = [part for one in given for part in ast.walk(one) if isinstance(part, ast.Dict)]
            found |= {str(key.value) for part in dicts for key in part.keys if isinstance(key, ast.Constant)}
    return found


def test_every_field_of_the_source_has_words() -> None:
    fields = written_fields()
    assert {"state", "files", "decisions"} < fields
    assert sorted(fields - set(audit_words.FIELDS)) == []


def entry(verb: str, target: Any, before: Any = None, after: Any = None, by: Any = None) -> models.AuditEntry:
    with transaction.atomic():
        return audit.write(verb, by=by, now=NOW, target=target, before=before, after=after)


@pytest.mark.django_db
def test_a_change_is_said_in_words_in_both_languages() -> None:
    admin, officer = factories.person(Role.ADMINISTRATOR), factories.person(name="Dewi Contoh")
    ntb = factories.office("bp3mi-ntb")
    people.change(person_id=officer.pk, name=officer.name, role=Role.SUPERVISOR, office_id=ntb.pk, active=True, by=admin, now=NOW)
    row = models.AuditEntry.objects.get()
    names = audit_words.Names([row])
    with translation.override("en"):
        assert audit_words.verb(row.verb) == "Person changed"
        assert names.thing(row) == "Person Dewi Contoh"
        assert names.actor(row) == admin.name
        assert audit_words.change(row, names) == (
            f"role: Officer → Supervisor; office: {factories.office().name} → BP3MI Nusa Tenggara Barat"
        )
    with translation.override("id"):
        assert audit_words.verb(row.verb) == "Pengguna diubah"
        assert audit_words.change(row, names).startswith("peran: Petugas → Penyelia; kantor: ")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"purpose": "triage"}, "purpose: for the triage"),
        (
            {},
            {"article": "trafficking"},
            "article: UU 21/2007 Pasal 4: trafficking in persons: taking an Indonesian abroad to be exploited",
        ),
        ({}, {"article": "other"}, "article: Another article"),
        ({}, {"article": "nowhere"}, "article: nowhere"),
        ({}, {"from": "deadbeefcafe"}, "from: deadbeefcafe"),
        ({"active": True}, {"active": False}, "active: yes → no"),
        ({"active": True, "zone": "Asia/Jakarta"}, {"active": True, "zone": "Asia/Jayapura"}, "time zone: WIB → WIT"),
        ({"provinces": []}, {"provinces": ["52", "51"]}, "provinces: - → Nusa Tenggara Barat, Bali"),
        ({}, {"sha256": "ab" * 32}, "fingerprint: abababababab"),
        ({}, {"until": "2026-11-23T03:47:00+00:00"}, "until: Mon, 23 Nov 2026 10:47 WIB"),
        ({}, {"until": "besok"}, "until: besok"),
        ({}, {"until": "2026-11-23"}, "until: 23 Nov 2026"),
        ({}, {"until": "2026-W48"}, "until: 2026-W48"),
        ({}, {"until": "2026-99-99T03:47:00+00:00"}, "until: ••••T••••"),  # no day: somebody may have typed a number so
        ({}, {"unheard_of": "kode_baru"}, "unheard_of: kode_baru"),
        ({}, {"office": 999_999}, "office: 999999"),
        ({}, {"flags": ["n" * 500]}, "flags: nnn"),
    ],
)
def test_values_are_said_and_unknown_ones_stay(before: Any, after: Any, said: str) -> None:
    factories.offices()
    row = entry("office.changed", ("office", "1"), before, after)
    with translation.override("en"):
        text = audit_words.change(row, audit_words.Names([row]))
    assert text.startswith(said)
    assert len(text) <= audit_words.LONGEST


def test_hashes_stand_behind_the_technical_details(door: Door) -> None:
    entry("person.logged_in", factories.person(), {}, {"from": "deadbeefcafe", "role": "officer"})
    page = door(Role.ADMINISTRATOR).get(reverse("admin:patrol_auditentry_changelist")).content.decode()
    cells = re.findall(r"<td.*?</td>", page, re.DOTALL)
    assert [cell for cell in cells if "deadbeefcafe" in cell] == [
        cell for cell in cells if "person.logged_in" in cell and "deadbeef" in cell
    ]
    assert page.count("deadbeefcafe") == 1
    assert page.count("peran: Petugas") == 1


@pytest.mark.django_db
def test_no_word_of_the_machine_stands_in_an_indonesian_row() -> None:
    factories.offices()
    for kind, before, after, said in (
        ("person", {}, {"from": "deadbeefcafe"}, "dari: deadbeefcafe"),
        ("flag", {}, {"purpose": "triage"}, "keperluan: untuk triase"),
        ("case", {}, {"article": "placement"}, "pasal: UU 18/2017 Pasal 69 jo. 81: penempatan oleh pihak yang tidak berizin"),
        ("watch", {}, {"platform": "youtube", "kind": "channel"}, "platform: YouTube; jenis: Video satu kanal"),
        ("watch", {}, {"kind": "channel"}, "jenis: channel"),
        (
            "registeredition",
            {},
            {"register_date": "2026-11-20", "files": ["a" * 64]},
            f"register per: 20 Nov 2026; sidik berkas: {'a' * 12}",
        ),
    ):
        row = entry(f"{kind}.changed", (kind, "1"), before, after)
        with translation.override("id"):
            assert audit_words.change(row, audit_words.Names([row])) == said


@pytest.mark.django_db
def test_a_thing_is_called_as_people_call_it() -> None:
    factories.offices()
    article = models.Article.objects.get(act__short="UU 18/2017", number="83")
    channel = models.ChannelEdition.objects.filter(channel="kemlu").order_by("pk")[0]
    for target, said in (
        (article, "Pasal UU 18/2017 83"),  # its figures read like those of a telephone
        (channel, "Edisi kanal Kemlu dan perwakilan RI"),
        (("consultation", "2026-11-23T03:45:00+00:00"), "Log pembacaan Sen, 23 Nov 2026 10.45 WIB"),
        (("search", "0"), ""),
        (factories.watch(name="Loker 0840-1111-0903"), "Pantauan Loker ••••"),
    ):
        row = entry("kode.baru", target)
        with translation.override("id"):
            assert audit_words.Names([row]).thing(row) == said


@pytest.mark.django_db
def test_a_code_without_words_is_shown_as_it_is(door: Door) -> None:
    entry("kode.baru", ("benda", "abc"), {}, {"isian": "<b>x</b>"})
    page = door(Role.ADMINISTRATOR).get(reverse("admin:patrol_auditentry_changelist")).content.decode()
    assert "kode.baru" in page
    assert "benda abc" in page
    assert "isian: &lt;b&gt;x&lt;/b&gt;" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_names_cost_one_query(rows: int, door: Door, django_assert_num_queries: Any) -> None:
    admin = factories.person(Role.ADMINISTRATOR)
    for n in range(rows):
        entry("office.changed", factories.person(), {"office": n}, {"office": n + 1}, by=admin)
        entry("watch.changed", factories.watch(), by=admin)
    client = door(admin)
    with django_assert_num_queries(9):  # two of them when it was last sealed
        assert client.get(reverse("admin:patrol_auditentry_changelist")).status_code == 200


def test_the_page_says_when_it_was_sealed_outside_and_what_waits(door: Door, tmp_path: Path) -> None:
    client, page = door(factories.person(Role.ADMINISTRATOR)), reverse("admin:patrol_auditentry_changelist")
    assert "Belum ada manifes di luar basis data" in client.get(page).content.decode()
    kept = settings.ANCHOR_KEY, settings.ANCHOR_DIR
    sealed.in_three(tmp_path)
    settings.ANCHOR_KEY, settings.ANCHOR_DIR = kept
    entry("watch.changed", ("watch", "1"))
    text = client.get(page).content.decode()
    assert ("Manifes 3 tanggal Sen, 23 Nov 2026 11.17 WIB memuat" in text, "1 baris yang lebih baru menunggu sejak" in text) == (True, True)
    assert ("terlambat disegel" in text, "Folder itu berada di cakram" in text) == (True, True)
    assert "Segel luar" not in client.get(page, {"which": "1"}).content.decode()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER])
def test_the_log_tells_who_reads_it_of_no_victim(role: Role, door: Door) -> None:
    """That somebody acted and when; not on which flag. A decision of another kind on another flag stays readable but for its number:
    the row beside one about somebody harmed would tell whose it is."""
    officer, admin = factories.person(), factories.person(role)
    harmed, other = factories.flags(2)
    for flag, outcome, reason in ((harmed, "victim", "victim"), (other, "confirmed", "fraud")):
        reason = reason if reason in triage.REASONS[outcome] else next(iter(triage.REASONS[outcome]))
        decided = acts.decide(flag, officer, outcome, reason)
        triage.reverse(decision_id=decided.decisions[0].pk, reason_note="Salah", decision_key=uuid.uuid4(), by=officer, now=NOW)
    entry("protection.note", ("protection", 4711), by=officer)
    page = door(admin).get(reverse("admin:patrol_auditentry_changelist")).content.decode()
    assert harmed.number not in page
    assert "flag.victim" not in page
    assert "4711" not in page
    assert page.count("Langkah tentang seorang korban") == 4  # three rows, and the filter that finds them
    assert (page.count(other.number), page.count("Dugaan dikonfirmasi: Tanda"), page.count("Keputusan ditarik: Tanda")) == (0, 1, 1)
    assert page.count("tanda: 1") == 2
    assert models.AuditEntry.objects.filter(verb="flag.victim", target_id=str(harmed.pk)).count() == 1


def listed(client: Any, **query: Any) -> list[int]:
    html = BeautifulSoup(client.get(reverse("admin:patrol_auditentry_changelist"), query).content, "html.parser")
    return [int(cell.text) for cell in html.select("tbody td.num")]


def test_the_log_is_narrowed_by_who_what_which_thing_and_when(door: Door) -> None:
    admin, sari, budi = factories.person(Role.ADMINISTRATOR), factories.person(name="Sari Contoh"), factories.person(name="Budi Contoh")
    watch, flag = factories.watch(), factories.flag()
    campaign = models.Campaign.objects.create(number="JRG-26-9999", made_at=NOW, grown_at=NOW)
    start = models.AuditEntry.objects.count()
    entry("watch.changed", watch, by=sari)
    entry("watch.paused", watch, by=budi)
    entry("flag.confirmed", flag, by=sari)
    entry("person.login_failed", sari)
    with transaction.atomic():
        audit.write("watch.resumed", by=budi, now=NOW + timedelta(days=2), target=watch)
    entry("campaign.named", campaign, by=factories.person())
    one, two, three, four, five, six = (start + n for n in range(1, 7))
    client = door(admin)
    day, later = (f"{timezone.localtime(NOW + timedelta(days=n)).date()}" for n in (0, 1))
    for query, rows in (
        ({"who": sari.pk}, [three, one]),
        ({"who": "system", "since": day}, [four]),
        ({"who": sari.pk, "verb": "watch.changed"}, [one]),
        ({"verb": "watch.nothing", "since": later}, [five]),  # no such verb: no filter
        ({"thing": "watch"}, [five, two, one]),
        ({"thing": "watch", "which": watch.name.upper()}, [five, two, one]),
        ({"thing": "watch", "which": str(watch.pk)}, [five, two, one]),
        ({"thing": "flag"}, [three]),
        ({"which": flag.number}, []),
        ({"which": campaign.number.lower()}, [six]),
        ({"which": "JRG-00-0000"}, []),
        ({"which": "sari contoh"}, [four]),
        ({"which": sari.username}, [four]),
        ({"since": day, "until": day, "thing": "watch"}, [two, one]),
        ({"since": later}, [five]),
    ):
        assert (query, listed(client, **query)) == (query, rows)


def test_the_filters_do_not_say_whose_flag_is_of_somebody_harmed(door: Door) -> None:
    officer, admin = factories.person(), factories.person(Role.ADMINISTRATOR)
    harmed, other = factories.flags(2)
    for flag, outcome in ((harmed, "victim"), (other, "confirmed")):
        decided = acts.decide(flag, officer, outcome, next(iter(triage.REASONS[outcome])))
        triage.reverse(decision_id=decided.decisions[0].pk, reason_note="Salah", decision_key=uuid.uuid4(), by=officer, now=NOW)
    of = {row.verb: row.seq for row in models.AuditEntry.objects.order_by("seq")}
    hidden = sorted(models.AuditEntry.objects.filter(target_id=str(harmed.pk), target_type="flag").values_list("seq", flat=True))
    client = door(admin)
    assert listed(client, which=harmed.number) == []
    assert listed(client, verb="flag.victim") == []
    assert listed(client, thing="flag") == [of["flag.reversed"], of["flag.confirmed"]]
    assert listed(client, verb="flag.reversed") == [of["flag.reversed"]]
    assert listed(client, verb="protected")[::-1] == hidden
    for query in ({"which": harmed.number}, {"thing": "flag"}, {"thing": "flag", "which": harmed.number}, {"which": other.number}):
        assert listed(client, verb="protected", **query) == []
    page = client.get(reverse("admin:patrol_auditentry_changelist"))
    shown = {row["seq"]: row["hash"] for row in page.context["rows"]}
    kept = dict(models.AuditEntry.objects.values_list("seq", "hash"))
    nameless = set(models.AuditEntry.objects.filter(target_type="flag").values_list("seq", flat=True))
    assert nameless > set(hidden)
    assert {seq for seq in shown if shown[seq] != kept[seq]} == nameless
    assert {shown[seq] for seq in nameless} == {""}
    offered = page.context["verbs"]
    assert {code for code, _title in offered if code.startswith(("flag.victim", "protect"))} == {"protected"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "target", "told", "said"),
    [
        ("contact.shown", ("flag", "290"), {"purpose": "triage"}, "purpose: for the triage"),
        ("case.closed", ("case", "33"), {"outcome": "victim_protected"}, "outcome: Victim protected"),
        ("case.flags_added", ("case", "33"), {"flags": ["TND-26-000290", "TND-26-000291"]}, "flags: 2"),
        ("case.merged", ("case", "33"), {"into": "PKR-26-0034", "flags": []}, "into: PKR-…; flags: 0"),
        ("flag.told_apart", ("flag", "290"), {"from": "TND-26-000290"}, "from: TND-…"),
        ("card.made", ("card", "5"), {"number": "KTU-26-0005", "case": "PKR-26-0033", "flag": "TND-26-000290"}, "number: KTU-26-0005"),
        (
            "person.left",
            ("person", "0"),
            {"cases": ["PKR-26-0033"], "flags": ["TND-26-000290"], "tasks": [7]},
            "cases: 1; flags: 1; tasks: 7",
        ),
        (
            "list.taken",
            ("list", "cases"),
            {"rows": 2, "asked": {"case": "PKR-26-0033", "x": "TND-26-000290"}},
            "rows: 2; list filter: x TND-…",
        ),
        ("campaign.tie_cut", ("campaign", "5"), {"left": [1576, 1577]}, "posts that were cut loose: 2"),
        ("capture.viewed", ("capture", "0f"), {"post": 55}, ""),
        ("capture.sent", ("intake", "5"), {"posts": 3}, "posts: 3"),
    ],
)
def test_no_row_names_a_flag_a_case_or_a_post(verb: str, target: tuple[str, str], told: Any, said: str) -> None:
    row = entry(verb, target, {}, told)
    with translation.override("en"):
        [shown] = audit_page.said([row], factories.person(Role.DATA_PROTECTION_OFFICER))
    closed = target[0] in audit_words.WITHHELD
    assert shown["change"].lower() == said.lower()
    assert shown["key"] == (target[0] if closed else " ".join(target))
    kept = models.AuditEntry.objects.get(seq=row.seq)
    assert (kept.target_id, kept.after, bool(shown["hash"])) == (target[1], told, not closed and kept.after == {"posts": 3})


def test_a_thing_is_found_by_what_it_is_called_in_the_log(door: Door) -> None:
    """Also where it is an office's own, which the one who reads the log does not see."""
    officer = factories.person()
    referral, tip = asked.draft(asked.case_of(by=officer), officer), reporting.report()
    other = f"{(int(tip.last_digits) + 1) % 10_000:04}"
    article = models.Article.objects.order_by("pk").first()
    assert article is not None
    edition = models.RegisterEdition.objects.create(number=37, register_date=NOW.date(), imported_at=NOW)
    things = (referral, tip, article, edition)
    seqs = {type(one): entry("kode.baru", one, by=officer).seq for one in things}
    client = door(Role.DATA_PROTECTION_OFFICER)
    drafted = models.AuditEntry.objects.get(verb="referral.drafted").seq
    for kind, which, found in (
        ("", referral.number, [seqs[models.Referral], drafted]),
        ("referral", referral.number.lower(), [seqs[models.Referral], drafted]),
        ("tip", referral.number, []),
        ("tip", tip.last_digits, [seqs[models.Tip]]),
        ("", tip.last_digits, [seqs[models.Tip]]),
        ("", other, []),
        ("article", f"{article.act.short} {article.number}", [seqs[models.Article]]),
        ("registeredition", "37", [seqs[models.RegisterEdition]]),
        ("", "37", []),
    ):
        assert (kind, which, listed(client, thing=kind, which=which)) == (kind, which, found)


def test_the_chain_is_checked_from_the_page_and_the_check_is_a_row(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = factories.person(Role.ADMINISTRATOR)
    for _ in range(3):
        entry("watch.changed", factories.watch(), by=admin)
    many = models.AuditEntry.objects.count()
    monkeypatch.setattr(audit_page, "CHECKED_AT_ONCE", many)
    client = english(door(admin))
    address = reverse("admin:patrol_auditentry_verify")
    assert f"The whole log holds: {many} rows." in client.post(address, follow=True).content.decode()
    row = models.AuditEntry.objects.latest("seq")
    assert (row.verb, row.actor_id, row.after) == ("log.verified", admin.pk, {"last": many, "holds": True})
    said = client.post(address, follow=True).content.decode()
    assert f"Rows up to {many} hold. The rest was not looked at yet." in said
    assert f"Go on checking after row {many}" in said
    begun = str(BeautifulSoup(said, "html.parser").select_one("form.bar input[name=after]")["value"])  # type: ignore[index]
    assert "The whole log holds" in client.post(address, {"after": begun}, follow=True).content.decode()
    signed = audit_page._signed
    for not_ours in (str(many), "99999999999", begun + "x", "\0", signed(many, factories.person(Role.ADMINISTRATOR)), signed(999, admin)):
        assert f"Rows up to {many} hold." in client.post(address, {"after": not_ours}, follow=True).content.decode()
        assert models.AuditEntry.objects.latest("seq").after == {"last": many, "holds": True}
    monkeypatch.setattr(audit_page, "_CONTINUES", timedelta(seconds=-1))
    assert f"Rows up to {many} hold." in client.post(address, {"after": begun}, follow=True).content.decode()


@pytest.mark.django_db
def test_a_duty_is_said_by_its_role_and_office(door: Door) -> None:
    """Its key stands behind the technical details."""
    ntb = factories.office("bp3mi-ntb")
    before, after = {"duty": None, "role": "officer", "office": factories.office().pk}, {"duty": 7, "role": "supervisor", "office": ntb.pk}
    row = entry("person.duty_taken", factories.person(), before, after)
    names = audit_words.Names([row])
    with translation.override("id"):
        said = f"peran: Petugas → Penyelia; kantor: {factories.office().name} → {ntb.name}"
        assert audit_words.change(row, names, technical=False) == said
        assert audit_words.change(row, names, technical=True) == "jabatan: - → 7"


@pytest.mark.django_db
def test_a_list_that_was_taken_away_is_said_in_words() -> None:
    office, officer = factories.office("bp3mi-ntb"), factories.person(name="Dewi Contoh")
    for key, asked_for, list_said, said in (
        ("reading-log", {"way": "api", "since": "2026-11-01"}, "Daftar Log pembacaan", "cara antarmuka program, sejak 1 Nov 2026"),
        ("reading-log", {"shown": "full", "purpose": "triage"}, "Daftar Log pembacaan", "kontak lengkap, keperluan untuk triase"),
        ("log", {"who": str(officer.pk), "verb": "flag.reversed"}, "Daftar Jejak audit", "oleh Dewi Contoh, tindakan Keputusan ditarik"),
        ("log", {"who": "system", "which": "ab" * 16}, "Daftar Jejak audit", f"oleh sistem, nomor atau namanya {'ab' * 6}"),
        ("flags", {"level": "high", "office": str(office.pk)}, "Daftar Tanda", f"tingkat Tinggi, kantor {office.name}"),
        ("cases", {"state": "escalated", "office": "999999"}, "Daftar Perkara", "keadaan Dieskalasi, kantor 999999"),
        ("posts", {"country": "KH", "baru": "abc"}, "Daftar Unggahan", "negara Kamboja, baru abc"),
        ("baru", {"state": "abc"}, "Daftar baru", "keadaan abc"),
    ):
        row = entry("list.taken", ("list", key), {}, {"asked": asked_for})
        names = audit_words.Names([row])
        with translation.override("id"):
            assert (names.thing(row), audit_words.change(row, names)) == (list_said, f"saringan daftar: {said}")


def test_every_list_of_the_source_has_words() -> None:
    keys = {
        word.value.value
        for tree in _calling("exporting.Listing")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "exporting.Listing"
        for word in node.keywords
        if word.arg == "key" and isinstance(word.value, ast.Constant)
    }
    assert keys == set(audit_words.LISTS)
