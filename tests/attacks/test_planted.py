"""Contacts planted in every field that a platform or a person brings stand on no page of somebody who did not ask for them.

Each field gets contacts of its own, so that what is found says where it came from. What is looked for is written out here without the
patterns of engine.masks: letters and figures of an answer, all other signs taken away. The control takes the masks away: the same finder
must then see each field, or the walk does not come by where it is shown.
"""

from __future__ import annotations

import html
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max, Q
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from patrol import models
from patrol.access import consulting, tokens
from patrol.admin.registrar import manual
from patrol.cases.peers import requests
from patrol.domain.states import IntakeKind
from patrol.engine import masks
from reports.models import WeeklySummary
from tests import markers
from tests.api import asking
from tests.attacks.planting import (
    IN_EFFECT,
    NOW,
    OTHER,
    OWN,
    PEOPLE,
    REGISTER,
    SEALED,
    WEEK,
    Planted,
    World,
    built,
    found_in,
    squeezed,
    whole,
)
from tests.frame import expected_headers


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), markers.planted(), transaction.atomic():
        yield built()
        transaction.set_rollback(True)


@pytest.fixture
def world(kept_world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[World]:
    settings.STAND_INS = dict.fromkeys(("https://t.me", "https://www.googleapis.com"), "http://127.0.0.1:9")
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    with transaction.atomic():
        yield kept_world
        transaction.set_rollback(True)


# --- every address ----------------------------------------------------------------------------------

# The parameter of an address -> whose keys it takes. `object_id` and `pk` take those of the model the address is named after.
KEYS: dict[str, Callable[[], Any]] = {
    "article_id": models.Article.objects.all,
    "attachment_id": models.CaseAttachment.objects.all,
    "bulk_id": models.Bulk.objects.all,
    "campaign_id": models.Campaign.objects.all,
    "card_id": models.Card.objects.all,
    "case_id": models.Case.objects.all,
    "change_id": models.ManualChange.objects.all,
    "credential_id": models.Credential.objects.all,
    "decision_id": models.Decision.objects.all,
    "device_id": models.Device.objects.all,
    "dispatch_id": models.Dispatch.objects.all,
    "draw_id": models.Draw.objects.all,
    "edition_id": models.RegisterEdition.objects.all,
    "export_id": models.PeerExport.objects.all,
    "factor_id": Authenticator.objects.all,
    "filter_id": models.SavedFilter.objects.all,
    "flag_id": models.Flag.objects.all,
    "guide_id": models.Guide.objects.all,
    "import_id": lambda: models.Intake.objects.filter(kind=IntakeKind.IMPORT),
    "indicator_id": models.Indicator.objects.all,
    "line_id": models.TaskLine.objects.all,
    "media_id": models.Media.objects.all,
    "minutes_id": models.Minutes.objects.all,
    "notice_id": models.Notice.objects.all,
    "objection_id": models.Objection.objects.all,
    "office_id": models.Office.objects.all,
    "person_id": models.Person.objects.all,
    "post_id": models.Post.objects.all,
    "proposal_id": models.WatchProposal.objects.all,
    "protection_id": models.Protection.objects.all,
    "referral_id": models.Referral.objects.all,
    "request_id": models.ErasureRequest.objects.all,
    "tip_id": models.Tip.objects.all,
    "trusted_id": models.Trusted.objects.all,
    "unusual_id": models.UnusualReading.objects.all,
    "watch_id": models.Watch.objects.all,
    "webhook_id": models.Webhook.objects.all,
}
# Addresses that show nobody's words: of Django, answered without a look at our tables.
WITHOUT = {"admin:", "admin:app_list", "admin:password_reset_confirm", "admin:view_on_site"}
# Asked with these too: tabs and filters that are no links of the page, and the exchanges of the desk.
MORE = {
    "admin:patrol_flag_changelist": ("?level=high", "?state=parked", "?office=all"),
    "admin:patrol_post_changelist": ("?words=Kamboja", "?level=high"),
    "admin:patrol_notice_changelist": ("?show=all", "?show=handed"),
    "admin:patrol_protection_changelist": ("?state=all",),
    "admin:patrol_tip_changelist": ("?state=all", "?state=closed"),
    "admin:patrol_decision_changelist": ("?period=all",),
    "admin:patrol_erasurerequest_changelist": ("?show=all",),
    "admin:patrol_peerexport_changelist": ("?show=all",),
    "admin:patrol_case_changelist": ("?state=closed", "?q=Kursi"),
    "admin:reports_weeklysummary_week_rows": ("?what=levels&key=high", "?what=levels&key=medium"),
    "admin:reports_weeklysummary_edition_rows": ("?what=levels&key=high", "?what=levels&key=medium"),
}

# Addresses of two things, one of them of the other.
PAIRS: dict[tuple[str, ...], Callable[[], Iterable[tuple[Any, ...]]]] = {
    ("campaign_id", "tie_id"): lambda: [(models.Campaign.objects.earliest("id").pk, tie.pk) for tie in models.Tie.objects.all()],
    ("campaign_id", "proposal_id"): lambda: models.MergerProposal.objects.values_list("one", "pk"),
    ("post_id", "capture_id"): lambda: models.Capture.objects.exclude(post=None).values_list("post_id", "pk"),
    ("referral_id", "kind"): lambda: [(pk, "letter_docx") for pk in models.Referral.objects.values_list("pk", flat=True)],
    ("referral_id", "capture_id"): lambda: models.Referral.objects.exclude(receipt_file=None).values_list("pk", "receipt_file"),
    ("card_id", "file"): list,
    ("mark",): list,  # of a login, which nobody else is told
    ("guide_id", "edition_id"): lambda: models.GuideEdition.objects.order_by("id").values_list("guide_id", "pk")[:2],
    ("article_id", "edition_id"): lambda: models.ArticleEdition.objects.order_by("id").values_list("article_id", "pk")[:2],
    ("agency_id", "what"): lambda: [(pk, what) for pk in models.Agency.objects.values_list("pk", flat=True)[:1] for what in manual.FORMS],
    ("case_id", "article_id"): lambda: [
        (pk, models.Article.objects.get(key="placement").pk)
        for pk in models.CaseEvent.objects.filter(article="placement").values_list("case", flat=True)
    ],
}


def patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Every address by its name, with the names of its parameters."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*names, pattern.name or ""]), list(pattern.pattern.converters)
        else:
            yield from patterns(pattern, (*names, pattern.namespace) if pattern.namespace else names)


def keys(name: str, wanted: list[str]) -> list[tuple[Any, ...]]:
    """What the parameters of an address are asked with."""
    if tuple(wanted) in PAIRS:
        return list(PAIRS[tuple(wanted)]())
    match wanted:
        case []:
            return [()]
        case ["office", "week"]:
            return [(office, str(week)) for office in (OWN, "nasional") for week in (WEEK, WEEK.shifted(1))]
        case ["platform"] | ["channel"] | ["office"]:
            return [({"platform": "youtube", "channel": "komdigi", "office": OWN}[wanted[0]],)]
        case ["object_id"] | ["pk"]:
            app, model = name.removeprefix("admin:").split("_")[:2]
            rows = (
                models.Intake.objects.filter(kind=IntakeKind.IMPORT)
                if model == "importedfile"
                else apps.get_model(app, model)._default_manager.all()
            )
        case [one]:
            rows = KEYS[one]()
        case _:
            raise AssertionError(name)
    if rows.model is models.Indicator:
        rows = told()
    return [(key,) for key in rows.order_by("pk").values_list("pk", flat=True)]


# Opens every thing there is, one by one; everybody else a few of each kind.
THOROUGH = {"own"}
# Made of the page that the same people print, and a second each: read by one of them.
ONLY = {"admin:reports_weeklysummary_pdf": "second"}
FEW, LINKS = 4, 6  # things of one kind; filters, tabs and later pages of one list


def told() -> Any:
    """Of hundreds of indicators those about which people wrote something, and one of each kind."""
    written = models.Sighting.objects.filter(post__ways__intake__kind="noted").values("indicator")
    first = models.Indicator.objects.order_by("kind", "pk").distinct("kind").values("pk")
    return models.Indicator.objects.filter(Q(pk__in=models.Trusted.objects.values("indicator")) | Q(pk__in=written) | Q(pk__in=first))


def spread(found: list[Any], most: int) -> list[Any]:
    """So many of them, from all over."""
    return found[:: max(1, -(-len(found) // most))]


def entered(world: World, letter: str) -> Client:
    client = Client()
    client.force_login(world.people[letter])
    return client


@dataclass
class Walk:
    """What one person's pages let out, by address and field; which addresses opened, and the forms that stand on them."""

    world: World
    letter: str
    found: set[tuple[str, str]] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)  # by their whole address: none is opened twice
    forms: dict[str, tuple[str, str]] = field(default_factory=dict)  # name of its address -> the address, the form
    answers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # name -> every status
    headers: set[tuple[str, str]] = field(default_factory=set)  # name, what its answer should say otherwise
    unread: dict[str, str] = field(default_factory=dict)  # addresses that showed somebody -> what the reading log does not say of it

    bare: bool = False  # the masks are taken away: the log says masked of what stands in full

    def __post_init__(self) -> None:
        self.client = entered(self.world, self.letter)
        self.read = models.Consultation.objects.aggregate(last=Max("pk"))["last"] or 0  # rows of the reading log that were looked at

    def look(self, name: str, response: Any) -> str:
        written = whole(response)
        found = found_in(written, self.world.planted)
        self.found |= {(name, where) for where in found}
        if response.status_code == 200 and (found or markers.shown(written)):
            rows = list(models.Consultation.objects.filter(person=self.world.people[self.letter], pk__gt=self.read).order_by("pk"))
            if said := markers.unread(response, rows, full=bool(found - OWN_NAMES) and not self.bare):
                self.unread[response.resolver_match.view_name] = said  # of what was answered: a form leads to another page
            self.read = max((row.pk for row in rows), default=self.read)
        self.headers |= {(name, said) for said in expected_headers.wrong(response)}
        return written

    def open(self, name: str, url: str) -> tuple[int, str]:
        """Status and all that came of an address; nothing where it was opened before."""
        if url in self.opened:
            return 0, ""
        self.opened.add(url)
        response = self.client.get(url)
        self.answers[name].add(response.status_code)
        written = self.look(name, response)
        for form in re.findall(r'<form method="post".*?</form>', written, re.DOTALL):
            hit = re.match(r'<form[^>]* action="([^"]*)"', form)
            to = html.unescape(hit[1]) if hit else url
            self.forms.setdefault(resolve(to.partition("?")[0]).view_name, (to, form))
        return response.status_code, written

    def go(self, only: frozenset[str] = frozenset()) -> Walk:
        """Every address with its keys, and what the lists link to under their own address: filters, tabs, later pages."""
        for name, wanted in patterns(get_resolver()):
            if name.startswith("api:"):
                continue  # asked with tokens: test_no_planted_contact_leaves_by_the_api
            if name in WITHOUT | self.world.verbs or (only and name not in only) or ONLY.get(name, self.letter) != self.letter:
                continue
            found, opened = keys(name, wanted), False
            for tried, parts in enumerate(found if self.letter in THOROUGH or only else spread(found, FEW)):
                url = reverse(name, args=parts)
                status, written = self.open(name, url)
                opened = opened or status in {200, 302}
                if not opened and tried > 1:
                    break  # it only takes what is sent, or is closed to this person
                further = {f"{url}{query}" for query in MORE.get(name, ())}
                if not parts:
                    links = {html.unescape(link) for link in re.findall(r' href="([^"]*)"', written)}
                    further |= {url + link if link.startswith("?") else link for link in links if link.startswith(("?", f"{url}?"))}
                for one in spread(sorted(further), LINKS):
                    self.open(name, one)
        self.world.verbs |= {name for name in self.forms if self.answers.get(name) in ({404}, {405})}
        return self

    def desk(self) -> Walk:
        """The post and its reasons as they are exchanged on the page of a flag."""
        for flag in models.Flag.objects.order_by("pk")[:FEW]:
            url = reverse("admin:patrol_flag_change", args=[flag.pk])
            self.look("admin:patrol_flag_change", self.client.get(url, headers={"X-Desk": "1"}))
        return self


# By design, by whoever opens the page: (address, field). Nobody is missing here and nothing stands here in vain.
_CHANGES_WATCHES = {  # whoever may change a watch or a pack sees what it asks as it was typed, and the names to choose from
    ("admin:patrol_watch_change", "watch.query"),
    ("admin:patrol_watch_change", "pack.words"),
    ("admin:patrol_watch_edit", "watch.name"),
    ("admin:patrol_watch_edit", "watch.query"),
    ("admin:patrol_watch_edit", "watch.query, an account"),
    ("admin:patrol_watch_edit", "pack.name"),
    ("admin:patrol_watch_edit", "credential.name"),
    ("admin:patrol_watchproposal_change", "credential.name"),
    ("admin:patrol_keywordpack_change", "pack.name"),
    ("admin:patrol_keywordpack_change", "pack.words"),
}
_CHANGES_STATIONS = {("admin:patrol_station_change", "station.name"), ("admin:patrol_station_change", "station.town")}
_PROPOSED = {("admin:patrol_watchproposal_change", "proposal.query")}  # whoever proposed it, and whoever decides it
_CHANGES_LINES = {("admin:patrol_taskline_change", "line.title"), ("admin:patrol_taskline_change", "line.title_en")}
_WATCHED = {("admin:patrol_watch_change", "watch.query, an account")}  # the channel an office watches, without it no watch
_LOGGED = {("admin:patrol_auditentry_changelist", "watch.query, an account")}  # what a watch was told to ask
BY_DESIGN: dict[str, set[tuple[str, str]]] = {
    "writer": _WATCHED | _PROPOSED,
    "own": _WATCHED
    | {  # the name of one's own filter, where it stands to be clicked
        ("admin:patrol_flag_changelist", "filter.name"),
        ("admin:patrol_flag_change", "filter.name"),
        ("admin:patrol_flag_settings", "filter.name"),
    },
    "other": set(),
    "supervisor": _WATCHED | _PROPOSED | _CHANGES_STATIONS,
    "analyst": _WATCHED | _PROPOSED | _CHANGES_WATCHES | _CHANGES_LINES,
    "second": _WATCHED | _CHANGES_LINES,
    "registrar": set(),
    "administrator": _WATCHED
    | _PROPOSED
    | _CHANGES_STATIONS
    | _CHANGES_WATCHES
    | _LOGGED
    | {("admin:patrol_credential_rename", "credential.name")},  # the form that renames it
    "data protection officer": _LOGGED,
}


@pytest.mark.parametrize("letter", PEOPLE)
def test_no_planted_contact_stands_on_any_page(letter: str, world: World) -> None:
    walk = Walk(world, letter).go().desk()
    assert (walk.found - BY_DESIGN[letter], BY_DESIGN[letter] - walk.found, walk.headers) == (set(), set(), set())
    # forms that nobody before has sent: empty, which is refused with a sentence, and filled, which is done with another
    new = set(walk.forms) - world.sent - IN_FULL - {"admin:logout"}  # who has logged out sends nothing more
    world.sent |= new
    let_out = set[tuple[str, str]]().union(*(answered(walk, name, filled=filled) for name in sorted(new) for filled in (False, True)))
    seen_anyway = {where for _name, where in BY_DESIGN[letter]}
    assert {(name, where) for name, where in let_out if where not in seen_anyway} == set()
    assert {name: said for name, said in walk.unread.items() if name not in OF_NOBODY} == {}


OWN_NAMES = {"filter.name"}  # of one's own filters: where it stands nobody else is shown
# The reading log has no row of these: what is planted there is named by staff for the work, and is nobody's.
OF_NOBODY = {
    "admin:patrol_credential_change",
    "admin:patrol_credential_changelist",
    "admin:patrol_credential_rename",
    "admin:patrol_credential_renew",
    "admin:patrol_device_changelist",
    "admin:patrol_device_code",
    "admin:patrol_device_make_token",
    "admin:patrol_device_tokens",
    "admin:patrol_flag_settings",
    "admin:patrol_keywordpack_change",
    "admin:patrol_keywordpack_changelist",
    "admin:patrol_person_add",  # stations to choose from
    "admin:patrol_station_change",
    "admin:patrol_station_changelist",
    "admin:patrol_taskline_change",
    "admin:patrol_taskline_changelist",
}


# --- what is answered to a form, to a purpose, to a search ------------------------------------------

# What it shows in full is asked for, held or logged: looked at by itself below, or by tests of its own.
IN_FULL = {
    "admin:patrol_flag_next",
    "admin:patrol_flag_show",
    "admin:patrol_flag_take",
    "admin:patrol_indicator_show",
    "admin:patrol_objection_file",
    "admin:patrol_objection_letter",
    "admin:patrol_objection_show",
    "admin:patrol_post_download_copy",
    "admin:patrol_post_view_copy",
    "admin:patrol_protection_show",
    "admin:patrol_referral_document",
    "admin:patrol_referral_file",
    "admin:patrol_referral_packet",
    "admin:patrol_tip_reach",
    "admin:patrol_tip_read",
}
WORDS = "Catatan contoh tanpa nomor"


def typed(form: str, *, filled: bool) -> dict[str, str]:
    """What is sent when a form is sent as it stands, or with something in every field."""
    sent: dict[str, str] = {}
    for one in BeautifulSoup(form, "html.parser").select("input[name], textarea[name], select[name]"):
        name, kind = str(one["name"]), str(one.get("type", "text"))
        if one.name == "select":
            choices = [str(choice.get("value", "")) for choice in one.select("option")]
            sent[name] = choices[-1] if filled and choices else ""
        elif kind in {"hidden", "radio", "checkbox"}:
            if kind == "hidden" or (filled and name not in sent):
                sent[name] = str(one.get("value", "on"))
        elif kind != "file":
            hint = str(one.get("placeholder", ""))  # of fields for days and hours
            fitting = {"number": "1", "email": "", "hh/bb/tttt": "1/12/2026", "jj.mm": "10.00", "hh/bb/tttt jj.mm": "22/11/2026 10.00"}
            sent[name] = fitting.get(kind, fitting.get(hint, WORDS)) if filled else ""
    return sent


def answered(walk: Walk, name: str, *, filled: bool) -> set[tuple[str, str]]:
    """What the answer to a form, and the page it leads to, let out. Nothing of it is kept."""
    url, form = walk.forms[name]
    sender = Walk(walk.world, walk.letter)
    with transaction.atomic():
        response = sender.client.post(url, typed(form, filled=filled))
        sender.look(name, response)
        if response.status_code == 302:
            assert not response["Location"].startswith(f"{reverse('admin:login')}?"), name
            sender.look(name, sender.client.get(response["Location"]))
        transaction.set_rollback(True)
    walk.unread |= sender.unread
    return sender.found


@pytest.mark.parametrize("letter", ["supervisor", "second"])
def test_no_planted_contact_leaves_by_the_api(letter: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each list to its end, and each thing in it."""
    monkeypatch.setattr(tokens, "BURST", 10_000.0)
    asks = asking.asks(by=world.people[letter])
    written = str(asks.get("token"))
    for path, key in (("flags", "number"), ("cases", "number"), ("figures", "id"), ("changes", "")):
        cursor: Any = ""
        many = 0
        while cursor is not None:
            told = asks.get(path, limit=100, cursor=cursor)
            written += str(told)
            many += len(told["items"])
            for one in told["items"] if key else []:
                written += str(asks.get(f"{path}/{one[key]}"))
            cursor = told["next"] if told.get("more", True) else None
        assert many > 0, path
    assert cores_in(written, world.planted) == set()


def cores_in(written: str, planted: Planted) -> set[str]:
    letters = squeezed(written)
    return {core for cores in planted.cores.values() for core in cores if core in letters}


def followed(client: Client, url: str, sent: dict[str, str]) -> str:
    """The answer to what is sent, and the page it leads to; nothing of it is kept."""
    with transaction.atomic():
        response = client.post(url, sent)
        written = whole(response)
        if response.status_code == 302:
            written += whole(client.get(response["Location"]))
        transaction.set_rollback(True)
    return written


def waiting_flag(world: World) -> tuple[models.Flag, set[str]]:
    """One that waits in the office, and what is planted in its post."""
    flag = models.Flag.objects.filter(office__code=OWN, state="waiting", snoozed_until=None).order_by("-pk")[0]
    rows = [models.Post.objects.filter(pk=flag.post_id).values(), models.PostText.objects.filter(version__post=flag.post_id).values()]
    return flag, cores_in(str([list(found) for found in rows]), world.planted)


_RAN_OUT = "UPDATE patrol_flag SET lease_until = clock_timestamp() - interval '1 second' WHERE lease_person_id IS NOT NULL"


def test_a_lease_shows_the_contacts_of_its_post_to_its_holder_while_it_runs_and_is_logged_once(world: World) -> None:
    flag, own = waiting_flag(world)
    holder, colleague = entered(world, "own"), entered(world, "writer")
    url, take, release = (reverse(f"admin:patrol_flag_{name}", args=[flag.pk]) for name in ("change", "take", "release"))
    looks = models.AuditEntry.objects.filter(verb="contact.shown", target_id=str(flag.pk))
    before = looks.count()

    def seen(client: Client) -> set[str]:
        answers = client.get(url), client.get(url, headers={"X-Desk": "1"})
        assert all("no-store" in answer["Cache-Control"] for answer in answers)
        names = world.planted.cores["filter.name"]  # of one's own filter
        return set[str]().union(*(cores_in(whole(answer), world.planted) for answer in answers)) - names

    def again(client: Client) -> int:
        client.post(take)
        return looks.count() - before

    assert (seen(holder), looks.count()) == (set(), before)  # its address alone asks for nothing
    assert [again(holder), again(holder), again(colleague)] == [1, 1, 1]
    assert seen(holder) <= own
    assert len(seen(holder)) > 5
    # nobody else's page, and no other page of the holder's
    assert [seen(entered(world, letter)) for letter in ("writer", "other", "supervisor", "analyst", "second")] == [set()] * 5
    others = models.Flag.objects.exclude(pk=flag.pk).order_by("-pk")[:FEW]
    pages = [holder.get(reverse("admin:patrol_flag_change", args=[other.pk]), headers={"X-Desk": "1"}) for other in others]
    assert [cores_in(whole(answer), world.planted) for answer in pages] == [set()] * len(pages)
    lists = frozenset(f"admin:patrol_{name}_changelist" for name in ("flag", "post", "indicator", "case", "campaign"))
    walk = Walk(world, "own").go(lists | {"admin:patrol_post_change"})
    assert {where for _name, where in walk.found - BY_DESIGN["own"]} == set()
    # gone with the lease, and each newer one is logged anew
    with connection.cursor() as cursor:
        cursor.execute(_RAN_OUT)
    assert (seen(holder), again(colleague), seen(holder)) == (set(), 2, set())
    colleague.post(release)
    assert (seen(colleague), again(holder), len(seen(holder)) > 5) == (set(), 3, True)
    followed_by = reverse("admin:patrol_flag_hand_over", args=[flag.pk])
    target = models.Office.objects.get(code=OTHER)
    holder.post(followed_by, {"office": target.pk, "note": WORDS, "seen_version": flag.version})
    assert models.Flag.objects.get(pk=flag.pk).office == target
    assert (seen(holder), seen(entered(world, "other")), looks.count() - before) == (set(), set(), 3)


def test_a_purpose_shows_the_contacts_of_that_post_alone(world: World) -> None:
    client = entered(world, "other")
    flag, own = waiting_flag(world)
    url = reverse("admin:patrol_flag_show", args=[flag.pk])
    assert cores_in(followed(client, url, {"purpose": ""}), world.planted) == set()
    shown = cores_in(followed(client, url, {"purpose": "comparison"}), world.planted)
    assert shown - own == set()
    assert len(shown) > 5


def test_a_purpose_shows_that_one_value_alone(world: World) -> None:
    client = entered(world, "own")
    phones = models.Indicator.objects.filter(kind="phone").order_by("pk")
    phone = next(one for one in phones if cores_in(one.value, world.planted))
    url = reverse("admin:patrol_indicator_show", args=[phone.pk])
    own = cores_in(phone.value, world.planted)
    assert cores_in(followed(client, url, {"purpose": ""}), world.planted) == set()
    assert cores_in(followed(client, url, {"purpose": "request"}), world.planted) == set()  # the letter's number is missing
    page = followed(client, url, {"purpose": "request", "reference": "B-12"})
    shown = cores_in(page, world.planted)
    assert (shown, len(shown)) == (own, 1), page


def test_a_file_for_a_peer_holds_what_a_confirmed_post_gives_and_nothing_else_that_is_planted(world: World, settings: Any) -> None:
    """No contact of a victim, a reporter or a colleague, and none that somebody wrote into a case."""
    settings.SITE_URL = "https://patroli.example"
    asked = models.PeerExport.objects.get(ended_at=None)
    second = world.people["supervisor"]
    requests.approve(export_id=asked.pk, seen=requests.of(asked, now=IN_EFFECT).digest, by=second, now=IN_EFFECT)
    own = {core for mark in requests.of(asked, now=IN_EFFECT).marks for core in cores_in(f"{mark.value} {mark.own_id}", world.planted)}
    for written_as in requests.FORMATS:
        taken = requests.take(export_id=asked.pk, written_as=written_as, by=second, now=IN_EFFECT)
        assert cores_in(taken.content.decode(), world.planted) == own
    assert len(own) > 3


def test_what_is_found_by_a_contact_is_shown_without_any(world: World) -> None:
    """Searched by number, account, link and words. What was typed stands in the form that writes it down; nothing else does."""
    client = entered(world, "own")
    asked = [
        *(models.Indicator.objects.filter(kind=kind).order_by("pk")[0].value for kind in ("phone", "account", "link")),
        "0840.5510.0001",
        "siti0001@pos.example",
        "Hubungi",
        "Kamboja",
        "JRG-26-9001",
    ]
    for words in asked:
        answers = [
            followed(client, reverse("admin:patrol_indicator_find"), {"what": words}),
            whole(client.get(reverse("admin:patrol_post_changelist"), {"q": words}, follow=True)),
        ]
        assert [(words, cores_in(page, world.planted) - cores_in(words, world.planted)) for page in answers] == [(words, set())] * 2


# --- the control ------------------------------------------------------------------------------------

# Who opens which page that shows which fields, masked. Without the masks the finder must see each of them there.
SHOWN: dict[tuple[str, str], set[str]] = {
    ("analyst", "admin:patrol_watchproposal_change"): {"proposal.query", "proposal.name", "proposal.why"},
    ("own", "admin:patrol_flag_change"): {
        "capture.author_name",
        "capture.comment",
        "capture.origin",
        "capture.text",
        "capture.address",
        "decision.note, confirmed",
        "decision.note, dismissed",
        "decision.note, needs_information",
        "decision.note, taken back",
        "decision.note, victim",
        "filter.name",
        "import.sender",
        "import.text",
        "media.words, document",
        "media.words, link card",
        "media.words, picture",
        "noted.words",
        "post.author",
        "post.author, a number",
        "post.author_name, first word",
        "post.author_name, later words",
        "post.forward_name",
        "post.forward_name, first word",
        "post.links",
        "post.origin",
        "post.origin, after a colon",
        "post.origin, before a colon",
        "post.text",
        "post.url",
        "profile.links",
        "profile.name",
        "profile.text",
        "review.settle",
        "upload.author",
        "upload.origin",
        "upload.text",
    },
    ("own", "admin:patrol_indicator_change"): {"noted.note", "noted.place", "trusted.end", "trusted.reason"},
    ("own", "admin:patrol_campaign_change"): {"campaign.cut", "campaign.dissolve", "campaign.name", "campaign.refuse_merger"},
    ("own", "admin:patrol_bulk_change"): {"bulk.note", "bulk.refuse", "bulk.reverse"},
    ("own", "admin:patrol_case_change"): {
        "case.close",
        "case.escalate",
        "case.file",
        "case.give_back",
        "case.merge",
        "case.message",
        "case.note",
        "case.pass_on",
        "case.reopen",
        "case.take_out",
        "case.title",
        "case.unmerge",
        "case.withdraw_file",
        "task.drop",
        "task.title",
    },
    ("own", "admin:patrol_importedfile_change"): {"import.name", "import.problem"},
    ("own", "admin:patrol_protection_change"): {
        "protection.close",
        "protection.contacted",
        "protection.hand_over",
        "protection.handed_to",
        "protection.note",
        "protection.reopen",
    },
    ("own", "admin:patrol_tip_change"): {"tip.answer", "tip.reply", "tip.when", "tip.where", "tip.words"},
    ("own", "admin:patrol_watch_change"): {
        "credential.name",
        "pack.name",
        "pack.words",
        "watch.name",
        "watch.problem",
        "watch.query",
        "watch.query, an account",
    },
    ("own", "admin:patrol_station_changelist"): {"station.name", "station.town"},
    ("analyst", "admin:patrol_taskline_changelist"): {"line.title", "line.title_en"},
    ("writer", "admin:patrol_intake_changelist"): {"capture.note", "capture.title", "upload.note"},
    ("writer", "admin:patrol_device_changelist"): {"device.name"},
    ("other", "admin:patrol_notice_changelist"): {"hand_over.note"},
    ("other", "admin:patrol_protection_change"): {"protection.move"},
    ("supervisor", "admin:patrol_draw_change"): {"review.note"},
}
# On no page at all, and why.
NOWHERE = {
    "campaign.name, a number": "refused: what has a number's shape is no name (campaigns.judging.name)",
    "fetch.problem, where": "pages say a problem's sentence; the place is said of an import's problems alone (admin.imports)",
    "media.file": "a name within the file that is imported: the picture is found by it there and kept under its digest",
    "media.url": "asked by the picture's job; the address of what came is that of its capture (capture.address)",
    "post.forward_of": "compared with other posts' ids to find the original (pipeline.rows)",
    "tip.contact": "sealed, and opened for a request of its own alone (intake.tips.identity)",
    "snooze.note": "kept with the flag's event, of which pages read level and verdict (admin.flag_page)",
}


def test_each_planted_field_is_shown_somewhere_or_is_known_to_stand_nowhere(world: World) -> None:
    tables = [*SHOWN.values(), set(SEALED), set(NOWHERE)]
    assert sorted(world.planted.cores) == sorted(where for table in tables for where in table)


def test_the_finder_sees_each_field_where_nothing_is_masked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    unmasked(monkeypatch)
    walks = {(letter, name): Walk(world, letter, bare=True).go(frozenset({name})) for letter, name in SHOWN}
    seen = {place: {where for name, where in walk.found if name == place[1]} for place, walk in walks.items()}
    assert {name: said for walk in walks.values() for name, said in walk.unread.items() if name not in OF_NOBODY} == {}
    assert {place: SHOWN[place] - seen[place] for place in SHOWN if SHOWN[place] - seen[place]} == {}
    assert set[str]().union(*seen.values()) & NOWHERE.keys() == set()


def test_each_column_of_contacts_holds_a_planted_one(world: World) -> None:
    """What tests.markers says of them."""
    held = set()
    with connection.cursor() as cursor:
        for column in markers.CONTACTS:
            cursor.execute("SELECT {}::text FROM {}".format(*(f'"{part}"' for part in reversed(column.split(".")))))
            if found_in("\n".join(str(said) for (said,) in cursor.fetchall()), world.planted):
                held.add(column)
    assert set(markers.CONTACTS) - held == set()


def test_the_finder_sees_pages_that_nobody_writes_down(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the reading log: where it is off, each page that shows somebody is found to be missing."""
    monkeypatch.setattr(consulting, "write", lambda person, shown: None)
    pages = {f"admin:patrol_{name}" for name in ("flag_change", "case_change", "flag_changelist", "indicator_changelist", "tip_change")}
    assert Walk(world, "own").go(frozenset(pages)).unread.keys() == pages


@pytest.mark.parametrize("where", SEALED)
def test_what_is_masked_before_it_is_kept_is_shown_without_its_contacts(where: str, world: World) -> None:
    letter, name, word = SEALED[where]
    pages = [
        whole(entered(world, letter).get(reverse(name, args=parts)))
        for parts in keys(name, next(wanted for one, wanted in patterns(get_resolver()) if one == name))
    ]
    assert any(f"{word} {first}" in page for page in pages for first in (masks.MIDDLE, "BCA"))
    assert [found_in(page, world.planted) for page in pages if found_in(page, world.planted)] == []


def unmasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the masks away, all of them: what they are given comes out."""
    for name in ("account", "bank_account", "link", "name", "phone"):
        monkeypatch.setattr(masks, name, lambda written: written)
    monkeypatch.setattr(masks, "value", lambda kind, written: written)
    monkeypatch.setattr(masks, "values", lambda rows: [written for _kind, written, _key in rows])
    monkeypatch.setattr(masks, "text", lambda written, contacts=(), known=(), most=masks.LONGEST: written)
    monkeypatch.setattr(masks, "places", lambda written, contacts, known=(): [])
    monkeypatch.setattr(masks, "claimed", lambda written, contacts: [])


def test_what_is_sealed_or_cannot_be_taken_back_is_stored_without_contacts(world: World) -> None:
    rows = [
        *WeeklySummary.objects.values("note", "correction_reason", "figures"),
        *models.ErasureRequest.objects.values("ground"),
        *models.ErasureAnswer.objects.values("note"),
        *models.Campaign.objects.values("number"),
    ]
    assert [(row, found_in(str(row), world.planted)) for row in rows if found_in(str(row), world.planted)] == []


def test_the_contacts_of_the_register_stay_readable(world: World) -> None:
    """They are public, and an offer is compared with them."""
    url = reverse("admin:patrol_agency_change", args=[models.Agency.objects.get(edition=world.edition).pk])
    letters = {letter: squeezed(whole(entered(world, letter).get(url))) for letter in PEOPLE}
    own = [squeezed(one) for values in REGISTER.values() for one in values]
    assert [(letter, one) for letter, page in letters.items() for one in own if one not in page] == []
