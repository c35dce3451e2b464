"""Lists as files: what they hold, that nothing in them runs, who may take what, and what the log keeps of it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tempfile
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from patrol import cases, models, triage
from patrol import search as searching
from patrol.access import looks
from patrol.admin.shared import exporting
from patrol.admin.supervisor import audit_words
from patrol.models import Role
from tests import factories
from tests.admin.conftest import Door
from tests.admin.test_acts import english
from tests.campaigns.test_judging import ring
from tests.cases import asked
from tests.triage import acts

NOW = factories.NOW


# --- cells ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+62 840 5550", "'+62 840 5550"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'=1+1"),
        ("\r=1+1", "'=1+1"),
        ("\n@x", "'@x"),
        ("  =1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("＋62", "'＋62"),
        ("－2", "'－2"),
        ("＠SUM", "'＠SUM"),
        ("−2", "'−2"),
        ("\u200b=1+1", "'=1+1"),
        ("\ufeff=1+1", "'=1+1"),
        ('"=1+1', "'\"=1+1"),
        ("'=1+1", "''=1+1"),
        ("loker;=1+1", "loker;'=1+1"),
        ("loker; =1+1", "loker; '=1+1"),
        ('loker;"=1+1', "loker;\"'=1+1"),
        ("hub, +62 840", "hub, '+62 840"),
        ("a|@x", "a|'@x"),
        ("1+1=2", "1+1=2"),
        ("Korea - Jepang", "Korea - Jepang"),
        ("baris\nkedua\x00\x07", "baris kedua"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_no_cell_of_a_csv_begins_like_a_formula(written: str, cell: str) -> None:
    assert exporting.harmless(written) == cell


HOSTILE = ["=1+1", "+62", "-2", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://x";"y")', "#N/A", "biasa", "a;=1", "x\x00y\ud800"]


def listing(rows: list[Any]) -> exporting.Listing:
    return exporting.Listing("uji", "Uji", ["=Kolom", "Saat", "Banyak"], found=rows, said=lambda rows, _shown: rows)


def sheets(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def written(made: Any) -> bytes:
    content = b"".join(made)
    made.close()
    return content


def test_no_cell_of_a_workbook_is_a_formula_and_dates_are_dates() -> None:
    rows = [(text, NOW.replace(second=41, microsecond=5), 7) for text in HOSTILE]
    one = listing(rows)
    book = sheets(written(exporting._xlsx(one, exporting._Rows(one, 100, in_full=False), lambda: [("=Apa", "@siapa")])))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} == {"s", "d", "n"}
    texts = [book.worksheets[0].cell(n + 2, 1).value for n in range(len(rows))]
    assert texts == ["=1+1", "+62", "-2", "@SUM(A1)", "=1", "＝1+1", HOSTILE[6], "#N/A", "biasa", "a;=1", "xy"]
    assert book.worksheets[0].cell(2, 1).quotePrefix
    assert book.worksheets[0].cell(1, 1).value == "=Kolom"
    local = timezone.localtime(NOW).replace(tzinfo=None, second=0, microsecond=0)
    moment = book.worksheets[0].cell(2, 2)
    assert isinstance(moment.value, datetime)
    assert (moment.value, moment.number_format) == (local, "yyyy-mm-dd hh:mm")
    assert book.worksheets[0].cell(2, 3).value == 7


def test_a_file_ends_at_its_limit_and_says_so() -> None:
    for many, cut in ((3, False), (4, True)):
        one = listing([("x", NOW, n) for n in range(many)])
        rows = exporting._Rows(one, 3, in_full=False)
        assert (len(list(rows)), rows.count, rows.cut) == (3, 3, cut)


# --- the lists --------------------------------------------------------------------------------------


LISTS = {
    "patrol_flag": (Role.OFFICER, "Flag"),
    "patrol_post": (Role.OFFICER, "Post"),
    "patrol_indicator": (Role.OFFICER, "No."),
    "patrol_case": (Role.OFFICER, "Case"),
    "patrol_campaign": (Role.OFFICER, "Number"),
    "patrol_watch": (Role.OFFICER, "Watch"),
    "patrol_referral": (Role.OFFICER, "Referral"),
    "patrol_objection": (Role.OFFICER, "Objection"),
    "patrol_auditentry": (Role.ADMINISTRATOR, "No."),
    "reports_weeklysummary": (Role.OFFICER, "Week"),
}
LISTED = {"auditentry": "log", "watch": "watches"}
STATES_OFFERED = {
    "patrol_flag": 3,
    "patrol_post": 7,
    "patrol_case": 10,
    "patrol_campaign": 4,
    "patrol_watch": 1,
    "patrol_referral": 17,
    "patrol_objection": 6,
}


def take(client: Any, name: str, ending: str = "csv", query: str = "", **sent: Any) -> Any:
    return client.post(reverse(f"admin:{name}_export") + query, {"format": ending, **sent})


def content(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.status_code
    return b"".join(answer.streaming_content)


def lines(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig"))))


def case_of(flag: Any, by: Any) -> Any:
    told = {"reason": "several", "note": "", "decision_key": uuid.uuid4(), "seen_version": flag.version, "by": by, "now": NOW}
    triage.decide(flag_id=flag.pk, outcome="confirmed", **told)
    return cases.open_case(flag_ids=[flag.pk], title="Contoh 0840 5550 0001", by=by, now=NOW)


class TestCost:
    @pytest.fixture(scope="class")
    @classmethod
    def officer(cls, request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[models.Person]:
        """Of one world for all lists, with as many rows in each as the parameter says."""
        with django_db_blocker.unblock(), transaction.atomic():
            officer, rows = factories.person(Role.OFFICER), request.param
            for flag in factories.flags(rows):
                case_of(flag, officer)
            factories.flags(rows)
            for _ in range(rows - 1):
                factories.watch()
            yield officer
            transaction.set_rollback(True)

    @pytest.mark.parametrize("officer", [1, 30], indirect=True)
    @pytest.mark.parametrize(
        ("name", "queries"),
        [
            ("patrol_flag", 13),
            ("patrol_post", 10),
            ("patrol_indicator", 11),
            ("patrol_case", 12),
            ("patrol_campaign", 9),
            ("patrol_watch", 10),
            ("patrol_auditentry", 10),
        ],
    )
    def test_a_file_costs_the_same_with_one_row_and_with_thirty(
        self, name: str, queries: int, officer: models.Person, door: Door, django_assert_num_queries: Any
    ) -> None:
        role = LISTS[name][0]
        client = door(officer if role == Role.OFFICER else role)
        with django_assert_num_queries(queries):
            answer = take(client, name)
            assert len(content(answer).splitlines()) >= 2


def test_each_list_is_taken_as_csv_and_as_a_workbook_with_its_filter_day_and_taker(door: Door) -> None:
    officer = factories.person(Role.OFFICER, name="Sari Contoh")
    case_of(factories.flag(), officer)
    factories.flag()
    admin = factories.person(Role.ADMINISTRATOR)
    clients = {Role.OFFICER: english(door(officer)), Role.ADMINISTRATOR: english(door(admin))}
    for name, (role, first) in LISTS.items():
        rows = lines(take(clients[role], name))
        assert rows[0][0].startswith("SIPatrol. List: ")
        assert "Contacts: masked. Rows: " in rows[0][0]
        assert (rows[1][0], {len(row) for row in rows[1:]}) == (first, {len(rows[1])})
        book = sheets(content(take(clients[role], name, "xlsx")))
        kept = [[cell.value for cell in line] for line in book.worksheets[0].iter_rows()]
        assert (kept[0], len(kept)) == (rows[1], len(rows) - 1 + (name == "patrol_auditentry"))  # the log has the file before
        about = {line[0].value: line[1].value for line in book.worksheets[1].iter_rows()}
        assert list(about) == ["List", "Filter", "Taken", "By", "Contacts", "Rows", "Time zone"]
        who = officer if role == Role.OFFICER else admin
        assert (about["By"], about["Contacts"], about["Rows"]) == (f"{who.name}, {who.office.short_name}", "masked", str(len(kept) - 1))
        models.HostPace.objects.all().delete()
    taken = models.AuditEntry.objects.filter(verb="list.taken")
    assert taken.count() == 2 * len(LISTS)
    one = taken.filter(target_id="posts").latest("seq")
    assert (one.actor_id, one.target_type, one.after) == (officer.pk, "list", {"format": "xlsx", "rows": 2, "asked": {}})


def offered(page: str, address: str) -> set[tuple[str, str]]:
    """Each field and value the page of a list may be narrowed by: of its form, and of the links above it."""
    soup = BeautifulSoup(page, "html.parser")
    options = [(select["name"], option.get("value", "")) for select in soup("select") for option in select("option")]
    links = [parse_qsl(urlsplit(link["href"]).query) for link in soup("a", href=re.compile(rf"^{re.escape(address)}\?|^\?"))]
    ticked = [(box["name"], box.get("value", "on")) for box in soup("input", type="checkbox") if box.find_parent("form", method="get")]
    return {(name, value) for name, value in [*options, *chain.from_iterable(links), *ticked] if value}


# Values that are no words: of a clock, of a page, of the order, of the form that takes the file.
NO_CODES = {"after", "older", "younger", "sort", "since", "until", "format", "purpose", "csrfmiddlewaretoken"}


@pytest.mark.parametrize("name", [name for name in LISTS if name != "reports_weeklysummary"])
def test_whatever_a_list_is_narrowed_to_gives_a_file_and_is_said_in_words_in_the_log(name: str, door: Door) -> None:
    role = {"patrol_campaign": Role.ANALYST, "patrol_referral": Role.SUPERVISOR, "patrol_objection": Role.SUPERVISOR}
    client = english(door(factories.person(role.get(name, LISTS[name][0]))))
    factories.flag()
    factories.watch()
    address = reverse(f"admin:{name}_changelist")
    choices = {(field, value) for field, value in offered(client.get(address).content.decode(), address) if field not in NO_CODES}
    states = {value for field, value in choices if field == "state"}
    files = [("state", value) for value in sorted(states)] + sorted({field: value for field, value in choices if field != "state"}.items())
    for field, value in files:
        assert len(lines(take(client, name, query="?" + urlencode({field: value})))) >= 2, (field, value)
        models.HostPace.objects.all().delete()
    key = name.partition("_")[2]
    kept = models.AuditEntry(verb="list.taken", target_type="list", target_id=LISTED.get(key, f"{key}s"), before={}, after={})
    unsaid = []
    for field, value in sorted(choices):
        kept.after = {"asked": {field: value}}
        with translation.override("id"):
            title = str(audit_words.FILTERS.get(field) or audit_words.FIELDS[field])
            said = audit_words.change(kept, audit_words.Names([kept]))
        if said == f"saringan daftar: {title} {value}":
            unsaid.append((field, value))
    assert (len(states), unsaid) == (STATES_OFFERED.get(name, 0), [])


def test_a_file_holds_what_the_filter_leaves_and_no_contact(door: Door) -> None:
    flag, other = factories.flags(2)
    officer = factories.person(Role.OFFICER)
    case_of(flag, officer)
    client = english(door(officer))
    rows = lines(take(client, "patrol_post", query="?state=confirmed"))
    assert [row[7] for row in rows[2:]] == [flag.number]
    assert "State: " in rows[0][0]
    everything = lines(take(client, "patrol_post"))
    assert {row[7] for row in everything[2:]} == {flag.number, other.number}
    seen = models.Sighting.objects.filter(post=flag.post_id, role="contact").values_list("indicator__value", flat=True)
    assert list(seen)
    for name in ("patrol_post", "patrol_flag", "patrol_indicator", "patrol_case", "patrol_campaign"):
        text = content(take(client, name)).decode()
        assert [value for value in seen if value in text] == []
        assert "0840 5550 0001" not in text
        models.HostPace.objects.all().delete()
    asked = models.AuditEntry.objects.filter(verb="list.taken", target_id="posts").earliest("seq").after
    assert asked == {"format": "csv", "rows": 1, "asked": {"state": "confirmed"}}


def test_another_office_s_cases_are_in_no_file(door: Door) -> None:
    case_of(factories.flag(), factories.person(Role.OFFICER))
    stranger = door(factories.person(Role.OFFICER, code="bp3mi-sulsel"))
    assert len(lines(take(stranger, "patrol_case"))) == 2


# --- in full ----------------------------------------------------------------------------------------


def values(flag: Any) -> set[str]:
    return set(models.Sighting.objects.filter(post=flag.post_id, role="contact").values_list("indicator__value", flat=True))


def test_contacts_stand_in_full_for_a_purpose_and_the_supervisors_are_told(door: Door) -> None:
    flag = factories.flag()
    officer, supervisor = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR)
    client = english(door(officer))
    for name, key in (("patrol_flag", "flags"), ("patrol_post", "posts"), ("patrol_indicator", "indicators")):
        whole = content(take(client, name, full="1", purpose="case", reference=" PKR-26-0001 "))
        text = whole.decode()
        assert [value for value in values(flag) if value.lstrip("+") not in text] == []
        assert "Contacts: in full, for a purpose that was logged" in text
        row = models.AuditEntry.objects.latest("seq")
        assert (row.verb, row.actor_id, row.target_type, row.target_id) == ("list.shown", officer.pk, "list", key)
        many = len(list(csv.reader(io.StringIO(text)))) - 2
        told = {"format": "csv", "rows": many, "shown": many, "sha256": hashlib.sha256(whole).hexdigest(), "asked": {}}
        assert row.after == {**told, "purpose": "case", "reference": "PKR-26-0001"}
        notice = models.Notice.objects.filter(kind=looks.LIST_NOTICE).latest("pk")
        assert (notice.person_id, notice.by_id, notice.note) == (supervisor.pk, officer.pk, str(many))
    assert models.Notice.objects.filter(kind=looks.LIST_NOTICE).count() == 3


def typed(office: str, number: str) -> tuple[Any, dict[str, int]]:
    """A case, a watch, a referral and a campaign of this office in whose words the number stands: list -> column of those words."""
    by = factories.person(Role.OFFICER, code=office)
    case = asked.case_of(by=by, code=office)
    models.Case.objects.update(title=f"Calo {number}")
    asked.draft(case, by, target=f"Badan {number}")
    models.Watch.objects.update(name=f"Pantau {number}")
    ring_of = models.Campaign.objects.create(number="JRG-26-0001", name=f"Ring {number}", made_at=NOW, grown_at=NOW)
    models.CampaignEvent.objects.create(campaign=ring_of, kind="named", at=NOW, by=by)
    return by, {"patrol_case": 1, "patrol_watch": 0, "patrol_referral": 2, "patrol_campaign": 1}


@pytest.mark.parametrize("known", [False, True])
def test_words_people_wrote_stand_in_full_unless_their_contact_is_of_somebody_others_protect(known: bool, door: Door) -> None:
    harmed = factories.flag(of=factories.watch("bp3mi-sulsel"))
    number = next(value for value in values(harmed) if value.startswith("+62"))
    number = number if known else "+6284055599871"
    officer, lists = typed("bp3mi-jabar", number)
    acts.decide(harmed, factories.person(Role.OFFICER, code="bp3mi-sulsel"), "victim", next(iter(triage.REASONS["victim"])))
    supervisor, client = factories.person(Role.SUPERVISOR), english(door(officer))
    for name, column in lists.items():
        masked = {row[column] for row in lines(take(client, name))[2:]}
        rows = lines(take(client, name, full="1", purpose="case"))
        assert (len(rows) > 2, {row[column] for row in rows[2:]} == masked) == (True, known)
        assert any(number in row[column] for row in rows[2:]) != known
        assert ("rows masked all the same" in rows[0][0]) == known
        after = models.AuditEntry.objects.latest("seq").after
        assert (after["purpose"], after["rows"] - after["shown"]) == ("case", (len(rows) - 2) * known)
        models.HostPace.objects.all().delete()
    told = models.Notice.objects.filter(kind=looks.LIST_NOTICE, person=supervisor).count()
    assert told == (0 if known else len(lists))


def test_the_contact_that_ties_a_campaign_stands_in_full_for_a_purpose(door: Door) -> None:
    ring()
    tie = models.Indicator.objects.get(kind="phone").value
    client = english(door(Role.OFFICER))
    assert tie not in content(take(client, "patrol_campaign")).decode()
    assert tie in content(take(client, "patrol_campaign", full="1", purpose="case")).decode()


def test_the_tie_of_somebody_another_office_protects_stays_masked(door: Door) -> None:
    campaign = ring()
    [tie] = models.Indicator.objects.filter(kind="phone")
    flag = models.Flag.objects.filter(post__linked__campaign=campaign).earliest("pk")
    wrote = models.Indicator.objects.create(kind="account", value="facebook:korban_contoh", first_seen=NOW, last_seen=NOW)
    for seen in models.Sighting.objects.filter(indicator=tie):  # one who tells again and again of what was done to them
        seen.pk, seen.indicator, seen.role = None, wrote, "author"
        seen.save(force_insert=True)
    theirs = factories.person(Role.OFFICER, code=flag.office.code)
    acts.decide(flag, theirs, "victim", next(iter(triage.REASONS["victim"])))
    for person, veiled in ((factories.person(Role.OFFICER, code="bp3mi-sulsel"), 1), (theirs, 0)):
        client = english(door(person))
        masked = lines(take(client, "patrol_campaign"))[2:]
        rows = lines(take(client, "patrol_campaign", full="1", purpose="case"))
        assert (rows[2:] == masked, ("1 rows masked all the same" in rows[0][0])) == (bool(veiled), bool(veiled))
        assert (tie.value in rows[2][1]) == (not veiled)
        after = models.AuditEntry.objects.latest("seq").after
        assert (after["rows"], after["shown"]) == (1, 1 - veiled)


def test_the_tie_that_is_written_is_the_one_that_was_asked_about(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the question and the file a tie of somebody harmed may be stored."""
    ring()
    [tie] = models.Indicator.objects.filter(kind="phone")
    asked_before, harmed = looks.open_indicators, "+6284055599879"

    def meanwhile(keys: Any, person: Any) -> set[int]:
        may = asked_before(keys, person)
        new, _made = models.Indicator.objects.get_or_create(kind="phone", value=harmed, defaults={"first_seen": NOW, "last_seen": NOW})
        models.Tie.objects.update(indicator=new)
        return may

    monkeypatch.setattr(looks, "open_indicators", meanwhile)
    text = content(take(english(door(Role.OFFICER)), "patrol_campaign", full="1", purpose="case")).decode()
    assert (harmed in text, tie.value in text) == (False, True)


def test_a_name_nobody_knows_in_the_name_of_a_campaign_is_for_the_office_that_gave_it(door: Door) -> None:
    here, elsewhere, analyst = factories.person(), factories.person(code="bp3mi-sulsel"), factories.person(Role.ANALYST)
    campaign = models.Campaign.objects.create(number="JRG-26-0001", name="Ring, korban @siti_contoh", made_at=NOW, grown_at=NOW)
    for by in (elsewhere, here):
        models.CampaignEvent.objects.create(campaign=campaign, kind="named", at=NOW, by=by)
    for person, shown in ((here, True), (analyst, True), (elsewhere, False)):
        text = content(take(english(door(person)), "patrol_campaign", full="1", purpose="case")).decode()
        assert ("siti_contoh" in text, "1 rows masked all the same" in text) == (shown, not shown)


def test_rows_without_a_contact_are_not_told_as_shown(door: Door) -> None:
    officer, _supervisor = factories.person(Role.OFFICER), factories.person(Role.SUPERVISOR)
    one, other = factories.flags(2)
    case_of(one, officer)
    case = case_of(other, officer)
    models.Case.objects.filter(pk=case.pk).update(title="Calo rute Batam")
    client = english(door(officer))
    for title, shown in (("Calo 0840 5550 0009", 1), ("Calo lain", 0)):
        models.Case.objects.exclude(pk=case.pk).update(title=title)
        assert "masked all the same" not in content(take(client, "patrol_case", full="1", purpose="case")).decode()
        after = models.AuditEntry.objects.latest("seq").after
        assert (after["rows"], after["shown"]) == (2, shown)
    assert list(models.Notice.objects.filter(kind=looks.LIST_NOTICE).values_list("note", flat=True)) == ["1"]


def test_of_rows_that_stay_masked_nobody_is_told_that_they_were_shown(door: Door) -> None:
    theirs = factories.person(Role.OFFICER)
    flag = factories.flag()
    case_of(flag, theirs)
    elsewhere = factories.person(Role.OFFICER, code="bp3mi-sulsel")
    factories.person(Role.SUPERVISOR, code="bp3mi-sulsel")
    client = english(door(elsewhere))
    for rows, shown in ((1, 0), (2, 1)):
        assert "1 rows masked all the same" in content(take(client, "patrol_post", full="1", purpose="case")).decode()
        after = models.AuditEntry.objects.latest("seq").after
        assert (after["rows"], after["shown"]) == (rows, shown)
        told = list(models.Notice.objects.filter(kind=looks.LIST_NOTICE).values_list("note", flat=True))
        assert told == [str(shown)] * shown
        factories.flag()


def test_what_was_searched_stands_in_no_row_of_the_log(door: Door) -> None:
    """A name has no mask. Two files of one search are alike by its digest."""
    name = "Siti Contoh"
    officer = english(door(Role.OFFICER))
    for list_of in ("patrol_post", "patrol_case"):
        for typed in (name, name.upper()):
            assert take(officer, list_of, query=f"?q={typed}&state=confirmed").status_code == 200
    assert take(english(door(Role.ADMINISTRATOR)), "patrol_auditentry", query=f"?which={name}").status_code == 200
    asked = [row.after["asked"] for row in models.AuditEntry.objects.filter(verb="list.taken").order_by("seq")]
    digest = searching.digest(name)
    assert asked[0] == asked[1] == {"q": digest, "state": "confirmed"}
    assert asked[4:] == [{"which": digest}]
    rows = str(list(models.AuditEntry.objects.values("before", "after", "target_id"))).casefold()
    assert [part for part in name.casefold().split() if part in rows] == []


def test_a_workbook_that_breaks_off_leaves_no_file_behind(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def breaks(rows: Any, _shown: Any) -> Any:
        yield ("x", NOW, 1)
        assert list(tmp_path.glob("openpyxl.*"))
        raise RuntimeError("no more rows")

    one = exporting.Listing("uji", "Uji", ["Kolom"], found=[1], said=breaks)
    with pytest.raises(RuntimeError, match="no more rows"):
        exporting._xlsx(one, exporting._Rows(one, 100, in_full=False), list)
    assert list(tmp_path.glob("openpyxl.*")) == []
    one = listing([("x", NOW, 1)])
    written(exporting._xlsx(one, exporting._Rows(one, 100, in_full=False), list))
    assert list(tmp_path.glob("openpyxl.*")) == []


def test_a_flag_that_falls_in_the_queue_meanwhile_stands_once_in_the_file(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    flags = factories.flags(3)
    monkeypatch.setattr(exporting, "BATCH", 1)
    queue, pages = triage.queue, list[Any]()

    def falls(*given: Any, **asked: Any) -> Any:
        page = queue(*given, **asked)
        if not pages:
            models.Flag.objects.filter(pk=page.rows[0].flag.pk).update(raised_at=NOW + timedelta(days=1))
        pages.append(page)
        return page

    monkeypatch.setattr(triage, "queue", falls)
    rows = lines(take(english(door(Role.OFFICER)), "patrol_flag"))
    assert (sorted(row[0] for row in rows[2:]), len(pages)) == (sorted(flag.number for flag in flags), 4)


@pytest.mark.parametrize(
    ("role", "name", "sent", "said"),
    [
        (Role.OFFICER, "patrol_post", {"full": "1"}, "Choose the purpose."),
        (Role.OFFICER, "patrol_post", {"full": "1", "purpose": "rasa ingin tahu"}, "Choose the purpose."),
        (Role.OFFICER, "patrol_objection", {"full": "1", "purpose": "case"}, "Nothing in this list is masked for a purpose."),
        (Role.OFFICER, "patrol_post", {"format": "pdf"}, "Choose CSV or Excel."),
    ],
)
def test_what_is_refused_writes_no_file_and_no_row(role: str, name: str, sent: dict[str, str], said: str, door: Door) -> None:
    factories.flag()
    before = models.AuditEntry.objects.count()
    client = english(door(role))
    answer = client.post(reverse(f"admin:{name}_export"), {"format": "csv", **sent}, follow=True)
    assert said in answer.content.decode()
    assert models.AuditEntry.objects.count() == before


def test_words_that_lead_to_a_person_are_in_no_address_of_a_file(door: Door) -> None:
    client = english(door(Role.OFFICER))
    for name in ("patrol_post", "patrol_case"):
        answer = client.post(reverse(f"admin:{name}_export") + "?q=084055500001", {"format": "csv"})
        assert answer.status_code == 302
    assert not models.AuditEntry.objects.filter(verb="list.taken").exists()


@pytest.mark.parametrize("name", ["patrol_post", "patrol_case", "patrol_auditentry"])
@pytest.mark.parametrize("field", ["since", "until"])
def test_a_day_that_cannot_be_read_is_said_and_gives_no_rows_and_no_file(name: str, field: str, door: Door) -> None:
    officer = factories.person(Role.OFFICER)
    case_of(factories.flag(), officer)
    client = english(door(officer if LISTS[name][0] == Role.OFFICER else LISTS[name][0]))
    address = reverse(f"admin:{name}_changelist")
    said = "Write the day as 24/11/2026 or 24 Nov 2026."
    for typed in ("24/11/26", "24 Nop. 26", "<b>"):
        page = client.get(address, {field: typed})
        html = BeautifulSoup(page.content, "html.parser")
        place = html.select_one(f"#{field}")
        assert place is not None
        assert (place["value"], place["aria-describedby"], len(html.select(".err"))) == (typed, f"{field}_error", 1)
        assert said in html.select_one(f"#{field}_error").text  # type: ignore[union-attr]
        assert (list(page.context["rows"]), page.context["export"]) == ([], None)
    page = client.get(address, {field: "0840 5550 0001"})
    assert "5550 0001" not in page.content.decode()
    page = client.get(address, {"since": "24 Nop 2020"})
    assert (len(page.context["rows"]) > 0, said in page.content.decode()) == (True, False)
    before = models.AuditEntry.objects.count()
    answer = client.post(reverse(f"admin:{name}_export") + f"?{field}=24/11/26", {"format": "csv"}, follow=True)
    assert said in answer.content.decode()
    assert models.AuditEntry.objects.count() == before


def test_whoever_takes_file_after_file_waits(door: Door) -> None:
    client = english(door(Role.OFFICER))
    for _ in range(int(exporting.FILES_AT_ONCE)):
        assert take(client, "patrol_watch").status_code == 200
    before = models.AuditEntry.objects.count()
    answer = client.post(reverse("admin:patrol_watch_export"), {"format": "csv"}, follow=True)
    assert "Too many files in a short time." in answer.content.decode()
    assert models.AuditEntry.objects.count() == before


def test_contacts_of_others_cases_and_of_the_harmed_stay_masked_in_full_files(door: Door) -> None:
    """Row by row as the pages say: an undecided post is open to any office, a decided one to its own, that of somebody harmed to whoever
    protects them."""
    waiting, decided, harmed = factories.flags(3)
    own = factories.person(Role.OFFICER)
    acts.decide(decided, own, "confirmed", "several")
    acts.decide(harmed, own, "victim", next(iter(triage.REASONS["victim"])))
    elsewhere = factories.person(Role.OFFICER, code="bp3mi-sulsel")
    posts = list(models.Post.objects.select_related("flag").order_by("pk"))
    indicators = list(models.Indicator.objects.order_by("pk"))
    for person in (own, elsewhere, factories.person(Role.ANALYST), factories.person(Role.REGISTRAR)):
        one_by_one = {post.pk for post in posts if looks.may_flag(models.Flag.objects.get(post=post), person)}
        assert looks.open_posts(posts, person) == one_by_one
        assert looks.open_indicators([one.pk for one in indicators], person) == {
            one.pk for one in indicators if looks.may_indicator(one, person)
        }
    assert looks.open_posts(posts, own) == {post.pk for post in posts}
    assert decided.post_id not in looks.open_posts(posts, elsewhere)
    assert harmed.post_id not in looks.open_posts(posts, elsewhere)
    text = content(take(english(door(elsewhere)), "patrol_post", full="1", purpose="case")).decode()
    assert [value for flag in (decided, harmed) for value in values(flag) - values(waiting) if value.lstrip("+") in text] == []
    assert "rows masked all the same" in text
