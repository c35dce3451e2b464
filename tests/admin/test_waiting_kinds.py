"""What waits on the start page: each number is the number of rows of the list behind it, and the age that of its oldest row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from patrol import access, models, watches
from patrol.admin.shared import waiting_kinds
from patrol.cases import objections
from patrol.models import Role
from patrol.privacy import requests
from patrol.watches import proposing
from tests import factories
from tests.admin.conftest import Door
from tests.cases import asked
from tests.markup import tight
from tests.register import by_hand
from tests.triage import acts

pytestmark = pytest.mark.django_db
NOW = factories.NOW
OWN = "bp3mi-jabar"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def today(monkeypatch: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def again(row: Any, many: int, **changed: Any) -> None:
    """So many more rows like this one; a callable is given the number of each."""
    made = []
    for n in range(many):
        copy = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.generated})
        copy.pk = None
        for name, value in changed.items():
            setattr(copy, name, value(n) if callable(value) else value)
        made.append(copy)
    type(row).objects.bulk_create(made)


def busy(many: int) -> dict[str, models.Person]:
    """Of every kind so many for an office's supervisor or the directorate's, beside one of each that is none: their own, or answered."""
    people = {
        "officer": factories.person(),
        "second": factories.person(),
        "supervisor": factories.person(Role.SUPERVISOR, OWN),
        "analyst": factories.person(Role.ANALYST),
        "chief": factories.person(Role.SUPERVISOR, "directorate"),
        "registrar": factories.person(Role.REGISTRAR),
        "administrator": factories.person(Role.ADMINISTRATOR),
        "guardian": factories.person(Role.DATA_PROTECTION_OFFICER),
    }
    officer, supervisor, chief = people["officer"], people["supervisor"], people["chief"]
    flags = acts.flags(2 * many + 1, now=NOW - 60 * HOUR)
    decided = flags[: many + 1]
    for flag in decided:
        acts.decide(flag, officer, now=NOW - 2 * HOUR)
    decisions = list(models.Decision.objects.order_by("id"))
    draws = [
        models.Draw(kind="second", flag=flag, decision=decision, office=flag.office, day=NOW.date(), at=NOW - HOUR)
        for flag, decision in zip(decided, decisions, strict=True)
    ]
    models.Draw.objects.bulk_create(draws)
    models.Objection.objects.bulk_create(
        models.Objection(
            number=f"KBR-26-{n:04d}",
            decision=decision,
            office=supervisor.office,
            side="named",
            name="Contoh",
            contact="Jalan Contoh 1",
            how="letter",
            day=NOW.date(),
            text="Bukan saya.",
            entered_by=supervisor if n == many else officer,  # the last is the supervisor's own
            entered_at=NOW - 5 * HOUR,
            due_at=NOW - HOUR,
        )
        for n, decision in enumerate(decisions)
    )
    _cases(many, people)
    asked.submitted(asked.case_of(by=officer), officer)  # one: only its verb submits a referral
    for by, count in ((officer, many), (supervisor, 1)):
        wanted = watches.Wanted(name="Contoh", query=f"saluran_{by.pk}", office_id=by.office_id, every_seconds=900)
        made = proposing.propose(platform="telegram", kind="", wanted=wanted, why="Tiga aduan.", by=by, now=NOW)
        again(made, count - 1, query=lambda n: f"saluran_contoh_{n}")
        bulk = {"office": by.office, "outcome": "dismissed", "reason": "lawful", "state": "proposed", "at": NOW - 3 * HOUR}
        models.Bulk.objects.bulk_create(models.Bulk(number=f"MSL-26-{by.pk}{n}", by=by, **bulk) for n in range(count))
        card = {"case": models.Case.objects.all()[0], "decision": decisions[0], "office": by.office, "level": "high", "at": NOW - HOUR}
        words = {"quote": "Gaji besar.", "signs": ["fee"]}
        models.Card.objects.bulk_create(models.Card(number=f"KP-{by.pk}-{n}", by=by, **card, **words) for n in range(count))
        handed = {"office": by.office, "peer": "Badan Contoh", "purpose": "block", "sharing": "amber", "indicators": [1]}
        handed |= {"case": models.Case.objects.all()[0], "at": NOW - HOUR, "until": NOW + HOUR}
        models.PeerExport.objects.bulk_create(models.PeerExport(number=f"MTR-26-{by.pk}{n}", by=by, **handed) for n in range(count))
        posts = [flag.post for flag in flags[many + 1 :]][:count]
        request = {"reason": "subject", "ground": "Surat 12.", "versions": 1, "files": 0, "at": NOW - HOUR, "until": NOW + HOUR}
        models.ErasureRequest.objects.bulk_create(
            models.ErasureRequest(number=f"HPS-26-{by.pk}{n}", post=post, by=by, **request) for n, post in enumerate(posts)
        )
    for by, count in ((officer, many), (chief, 1)):
        for n in range(count):
            known = models.Indicator.objects.create(kind="phone", value=f"+6284055{by.pk:03d}{n:02d}", first_seen=NOW, last_seen=NOW)
            models.Trusted.objects.create(
                indicator=known, known_as="agency", reason="Contoh.", expires_on=NOW.date(), proposed_by=by, proposed_at=NOW - HOUR
            )
    by_hand.take()
    again(by_hand.proposed(), many - 1)
    by_hand.proposed(by=people["registrar"], **by_hand.PHONE)
    _campaigns(many, [flag.post for flag in flags[:2]])
    editions = models.ArticleEdition.objects.filter(article__in=models.Article.objects.order_by("id")[1:])
    for edition in editions:
        asked.confirm(edition)
    for n in range(many):
        made_up = models.Article.objects.create(
            key=f"contoh-{n}", act=models.Act.objects.all()[0], number=f"9{n:03d}", title_id="a", title_en="a"
        )
        models.ArticleEdition.objects.create(article=made_up, source="Contoh.", by=people["analyst"], at=NOW - HOUR)
    # One waits at most.
    models.RetentionEdition.objects.create(times={}, reason="Contoh.", by=people["analyst"], at=NOW - HOUR)
    subject: dict[str, Any] = {"question": "access", "about": "name", "note": "", "how": "letter", "identity": "not_yet"}
    for n in range(many + 1):  # the last is in its time
        asked_at = NOW - (80 * HOUR if n < many else HOUR)
        requests.enter(value=f"Nama {n}", asked_at=asked_at, **subject, by=people["guardian"], now=NOW)
    models.UnusualReading.objects.bulk_create(
        models.UnusualReading(person=officer, why="outside", day=NOW.date() - timedelta(days=7 * n), count=3, usual=0, found_at=NOW - HOUR)
        for n in range(many)
    )
    for n in range(many):
        models.Person.objects.create(username=f"baru{n}", name="Baru", role="analyst", office=chief.office, created_at=NOW)
    return people


def _cases(many: int, people: dict[str, models.Person]) -> None:
    own: dict[str, Any] = {"office": people["officer"].office, "opened_by": people["officer"], "opened_at": NOW - 9 * HOUR}
    up = {"escalated_by": people["officer"], "escalated_at": NOW - 4 * HOUR}
    for word, given in (
        ("a", {"responsible": people["officer"], "due_at": NOW - HOUR}),
        ("b", {"state": "escalated", **up}),
        ("c", {"state": "in_analysis", "responsible": people["analyst"], **up}),
    ):
        models.Case.objects.bulk_create(models.Case(number=f"PKR-26-{word}{n}", title="Contoh", **own, **given) for n in range(many))


def _campaigns(many: int, posts: list[models.Post]) -> None:
    """Pairs that share a mark, and one whose tie was cut."""
    told = {"made_at": NOW - HOUR, "grown_at": NOW - HOUR}
    for n in range(many + 1):
        one, other = (models.Campaign.objects.create(number=f"JRG-26-{side}{n:03d}", **told) for side in (1, 2))
        pair = factories.stored([factories.raw_post(), factories.raw_post()]) if n else posts
        models.LinkedPost.objects.filter(post__in=pair).delete()
        for post, campaign in zip(pair, (one, other), strict=True):
            models.LinkedPost.objects.create(post=post, campaign=campaign, joined_at=NOW, follows=False, linked_at=NOW)
        state = "cut" if n == many else "proposed"
        by = {"by": factories.person(), "decided_at": NOW} if n == many else {}
        models.Tie.objects.create(
            later=pair[1], earlier=pair[0], kind="phone", key=f"{n:032d}", weight=0.9, at=NOW, crosses=True, state=state, **by
        )
        models.MergerProposal.objects.create(one=one, other=other, keys=[f"{n:032d}"], at=NOW - HOUR)


def lines(client: Any) -> dict[str, tuple[int, str]]:
    """Address -> the number and the age beside it on the start page."""
    text = tight(client.get(reverse("admin:index")).content.decode())
    rows = re.findall(
        r'<a class="ico(?: part)?" href="([^"]+)">.*?</a></td><td class="num">(?:<b>)?(\d+)(?:</b>)?</td><td class="num">(.*?)</td>', text
    )
    return {address.replace("&amp;", "&"): (int(count), age) for address, count, age in rows}


def listed(client: Any, address: str) -> int:
    """Rows of all pages. The list of what chance drew has one page: the first of them, and how many there are beside its title."""
    rows = 0
    while address:
        context = client.get(address).context
        found = context.get("queue", context)
        rows += len(found["rows"])
        address = found.get("next", "")
    return next(one["count"] for one in context["choices"] if one["on"]) if context.get("more") else rows


def keys(found: Iterable[str]) -> set[str]:
    by_link = {
        reverse(f"admin:{kind.list}") + "?" + "&".join(f"{k}={v}" for k, v in kind.asked.items()): kind.key for kind in waiting_kinds.KINDS
    }
    return {by_link[address] for address in found if address in by_link}


WHO = {
    "officer": {"mine", "open", "escalated", "in_analysis", "overdue", "objection_late"},
    "second": {"open", "escalated", "in_analysis", "review", "overdue", "objection_late"},
    "supervisor": {
        *("open", "escalated", "in_analysis", "review", "referral", "objection", "bulk", "erasure", "watch", "overdue", "objection_late"),
        *("trusted", "card", "peer_export"),
    },
    "analyst": {"untaken", "mine", "campaign", "review", "trusted", "merger", "overdue", "objection_late", "watch"},
    "chief": {
        *(
            "untaken",
            "open",
            "review",
            "referral",
            "objection",
            "bulk",
            "card",
            "peer_export",
            "erasure",
            "trusted",
            "by_hand",
            "merger",
            "law",
            "account",
            "retention",
        ),
        *("overdue", "objection_late"),
    },
    "registrar": {"by_hand"},
    "administrator": {"account", "watch"},
    "guardian": {"subject", "subject_late", "unusual"},
}


@pytest.mark.parametrize("many", [1, 30])
def test_each_number_is_that_of_its_list(many: int, door: Door) -> None:
    people = busy(many)
    met = set()
    for who, wanted in WHO.items():
        client = door(people[who])
        found = lines(client)
        assert keys(found) == wanted, who
        met |= keys(found)
        for address, (count, _age) in found.items():
            pages = ("reports_weeklysummary", "patrol_registeredition", "patrol_retentionedition")  # no lists of what waits
            if not address.startswith(tuple(reverse(f"admin:{page}_changelist") for page in pages)):
                assert listed(client, address) == count > 0, (who, address)
    assert met == {kind.key for kind in waiting_kinds.KINDS} - {"sample", "difference", "referral_late"}
    found = lines(door(people["supervisor"]))
    mine = {
        kind.key: found[f"{reverse(f'admin:{kind.list}')}?{'&'.join(f'{k}={v}' for k, v in kind.asked.items())}"]
        for kind in waiting_kinds.KINDS
        if kind.key in WHO["supervisor"]
    }
    assert {key: count for key, (count, _age) in mine.items()} == dict.fromkeys(WHO["supervisor"], many) | {
        "open": 3 * many + 1,
        "referral": 1,
        "review": many + 1,
        "objection_late": many + 1,
        "trusted": many + 1,
    }
    assert [mine[key][1] for key in ("open", "escalated", "bulk", "objection", "overdue")] == ["9 j", "4 j", "3 j", "5 j", ""]
    assert objections.WAITS == "mine"


def test_every_act_of_two_people_that_waits_in_a_table_has_its_line() -> None:
    """What nothing is stored of until the second half is done has none: points are a file. Summaries have theirs in reports/start.py."""
    there = {kind.second for kind in waiting_kinds.KINDS} - {None}
    assert there == access.SECOND - {access.Action.POINTS_APPROVE, access.Action.SUMMARY_APPROVE}


@pytest.mark.parametrize("role", Role)
def test_an_empty_day_is_one_quiet_sentence(role: str, door: Door) -> None:
    factories.offices()
    for edition in models.ArticleEdition.objects.all():
        asked.confirm(edition)
    text = tight(door(factories.person(role)).get(reverse("admin:index")).content.decode())
    assert ("Tidak ada yang menunggu Anda." in text) == (role not in {Role.SUPERVISOR, Role.ADMINISTRATOR})
    decides = role in {Role.OFFICER, Role.ANALYST, Role.SUPERVISOR}
    assert ("Tidak ada yang melewati batasnya." in text) == decides
