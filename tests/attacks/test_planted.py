"""Contacts planted in every field that a platform or a person brings stand on no page of somebody who did not ask for them.

Each field gets contacts of its own, so that what is found says where it came from. What is looked for is written out here without the
patterns of patrol.masks: letters and figures of an answer, all other signs taken away. The control takes the masks away: the same finder
must then see each field, or the walk does not come by where it is shown.
"""

from __future__ import annotations

import html
import logging
import os
import re
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from patrol import (
    bulk,
    campaigns,
    cases,
    credentials,
    erasures,
    indicators,
    jobs,
    masks,
    models,
    packs,
    profiles,
    quality,
    searching,
    sources,
    triage,
    vocabulary,
    watches,
)
from patrol.campaigns import judging
from patrol.imports import shape
from patrol.intake import captures, devices, imports, noted, uploads
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.triage import protecting
from reports import summary
from reports.models import WeeklySummary
from reports.period import IsoWeek
from tests import factories
from tests.intake import sending

# Opening everything as eight people takes minutes: `make soak` does it.
pytestmark = pytest.mark.skipif("ATTACK_EXAMPLES" not in os.environ, reason="minutes long: a part of make soak")

NOW = factories.NOW + timedelta(hours=1)
OWN, OTHER = "bp3mi-jabar", "bp3mi-sulsel"
WEEK = IsoWeek(2026, 46)

# Who opens the pages: none of them works on a planted post, none of them asks for its contacts.
PEOPLE = {
    "writer": (Role.OFFICER, OWN),  # who planted most of it, and looks at it again later
    "own": (Role.OFFICER, OWN),
    "other": (Role.OFFICER, OTHER),
    "supervisor": (Role.SUPERVISOR, OWN),
    "analyst": (Role.ANALYST, "directorate"),
    "second": (Role.SUPERVISOR, "directorate"),
    "registrar": (Role.REGISTRAR, "directorate"),
    "administrator": (Role.ADMINISTRATOR, "directorate"),
}

# --- what is planted --------------------------------------------------------------------------------

_FORMS = (
    ("0840.5510.{n}", "8405510{n}"),
    ("0840_5520_{n}", "8405520{n}"),
    ("siti{n}@pos.example", "siti{n}pos"),
    ("0840,5530,{n}", "8405530{n}"),
    ("@laksita_{n}", "laksita{n}"),
    ("0840 5540 {n}", "8405540{n}"),
    ("BCA 8830 0123 {n}", "88300123{n}"),
    ("+62 840-5550-{n}", "8405550{n}"),
)  # fmt: skip
_BETWEEN = " / "


@dataclass
class Planted:
    """Which contacts were put into which field: by field, as letters and figures alone."""

    cores: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    number: int = 0

    def text(self, where: str, most: int = 300, *, around: str = "{}") -> str:
        """As many forms of a contact as go into `most` characters; the first of them another one each time."""
        self.number += 1
        n, said = f"{self.number:04d}", ""
        turned = _FORMS[self.number % len(_FORMS) :] + _FORMS[: self.number % len(_FORMS)]
        for form, core in turned:
            longer = f"{said}{_BETWEEN if said else ''}{form.format(n=n)}"
            if len(around.format(longer)) > most:
                continue
            said = longer
            self.cores[where].add(core.format(n=n))
        assert said
        return around.format(said)

    def one(self, where: str, form: str, core: str) -> str:
        """A single contact of this form, with {n} for its number."""
        self.number += 1
        n = f"{self.number:04d}"
        self.cores[where].add(core.format(n=n))
        return form.format(n=n)


def squeezed(written: str) -> str:
    """Letters and figures alone, however the answer wrote them: entities, percent signs and JSON escapes undone."""
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)), html.unescape(unquote(written)))
    return "".join(filter(str.isalnum, html.unescape(plain))).lower()


def found_in(written: str, planted: Planted) -> set[str]:
    """The fields of which a contact stands in this text."""
    letters = squeezed(written)
    return {where for where, cores in planted.cores.items() if any(core in letters for core in cores)}


def whole(response: HttpResponse) -> str:
    """All that went to the browser: status line, headers and body."""
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{head}\n{body.decode('utf-8', 'replace')}"


# --- a world full of them ---------------------------------------------------------------------------


@dataclass
class World:
    people: dict[str, models.Person]
    planted: Planted
    edition: models.RegisterEdition


REGISTER = {
    "phones": ["+62 21 8405 7001"],
    "websites": ["https://laut-biru-84057002.example"],
    "accounts": ["instagram:laut_biru_84057003"],
}


def post(planted: Planted, platform: str = "telegram", **given: Any) -> vocabulary.RawPost:
    """A post every office would look at, with contacts wherever a platform writes something."""
    text = planted.text("post.text", 1000)
    made = {
        "author": planted.one("post.author", "laksita_kerja_{n}", "laksitakerja{n}"),
        "author_name": planted.one("post.author_name, first word", "0840.5560.{n} Mbak Siti", "8405560{n}"),
        "origin": planted.one("post.origin", "0840_5570_{n}", "8405570{n}"),
        "forward_name": planted.one("post.forward_name", "Agen 0840.5580.{n}", "8405580{n}"),
        "forward_of": planted.one("post.forward_of", "https://t.me/laksita_agen_{n}/7", "laksitaagen{n}"),
        "url": planted.one("post.url", "https://wa.me/628405590{n}", "8405590{n}"),
        "links": (
            planted.one("post.links", "https://wa.me/628405600{n}?text=hai", "8405600{n}"),
            planted.one("post.links", "mailto:siti.kerja{n}@pos.example", "sitikerja{n}pos"),
        ),
        "media": (
            vocabulary.MediaReference(
                "photo", planted.one("media.url", "https://gambar.example/08405610{n}.jpg", "8405610{n}"),
                planted.text("media.words, picture"),
                planted.one("media.file", "IMG 0840.5620.{n}.jpg", "8405620{n}"),
            ),
            vocabulary.MediaReference("link_preview", "https://kartu.example/1.jpg", planted.text("media.words, link card")),
            vocabulary.MediaReference("document", "https://kartu.example/2.pdf", planted.text("media.words, document")),
        ),
        "posted_at_source": "2026-11-22T22:47:00+00:00",
    }  # fmt: skip
    base = factories.illegal()
    return factories.raw_post(f"{base.text}\nHubungi {text}", platform=platform, **(made | given))


def assessed() -> None:
    while assessing.read_due(now=factories.NOW, limit=500).read:
        pass
    while searching.fill(now=factories.NOW, limit=500):
        pass


def verdict(
    flag: models.Flag, planted: Planted, by: models.Person, outcome: str = "confirmed", reason: str = "several"
) -> models.Decision:
    flag.refresh_from_db()
    return triage.decide(
        flag_id=flag.pk, outcome=outcome, reason=reason, note=planted.text(f"decision.note, {outcome}"), decision_key=uuid.uuid4(),
        seen_version=flag.version, by=by, now=NOW - timedelta(seconds=5),
    ).decisions[0]  # fmt: skip


def filled(planted: Planted, who: dict[str, models.Person]) -> None:
    """The posts as watches, imports, uploads, captures and notes bring them, and everything people write about them."""
    writer, supervisor, analyst = who["writer"], who["supervisor"], factories.person(Role.ANALYST)
    second, admin = who["second"], who["administrator"]
    watch = watched(planted, analyst, admin)
    posts = [
        post(planted),
        post(planted, author_name=planted.one("post.author_name, later words", "Mbak Siti 0840.5630.{n}", "8405630{n}")),
        post(planted, origin=planted.one("post.origin, before a colon", "0840.5640.{n}: Loker", "8405640{n}")),
        post(planted, origin=planted.one("post.origin, after a colon", "Loker: 0840.5650.{n}", "8405650{n}")),
        post(planted, author=planted.one("post.author, a number", "+628405660{n}", "8405660{n}")),
        post(planted, forward_name=planted.one("post.forward_name, first word", "@laksita_terus_{n} Agen", "laksitaterus{n}")),
        *(post(planted) for _ in range(10)),
    ]  # fmt: skip
    factories.stored(posts, of=watch)
    entrances(planted, writer)
    assessed()
    flags = list(models.Flag.objects.filter(office__code=OWN, state="waiting").order_by("id"))
    assert len(flags) >= len(posts)
    known(planted, who)
    sure = flags[:6]
    for one in sure:
        verdict(one, planted, writer)
    filed(planted, who, sure, analyst)
    harmed(planted, flags[6:8], writer)
    verdict(flags[8], planted, writer, "dismissed", "other")
    verdict(flags[9], planted, writer, "needs_information", "other")
    taken_back = verdict(flags[10], planted, writer)
    triage.reverse(
        decision_id=taken_back.pk,
        reason_note=planted.text("decision.note, taken back"),
        decision_key=uuid.uuid4(),
        by=supervisor,
        now=NOW,
    )
    flags[11].refresh_from_db()
    triage.snooze(
        flag_id=flags[11].pk,
        until=NOW + timedelta(days=2),
        note=planted.text("snooze.note"),
        seen_version=flags[11].version,
        by=writer,
        now=NOW,
    )
    to = factories.office("bp3mi-ntb")
    for one, office in ((flags[12], to), (flags[13], factories.office(OTHER))):
        one.refresh_from_db()
        triage.hand_over(
            flag_id=one.pk,
            office_id=office.pk,
            note=planted.text("hand_over.note"),
            seen_version=one.version,
            by=writer,
            now=NOW,
        )
    ringed(planted, [sure[0].post, flags[14].post, flags[15].post], analyst)
    looked_twice(planted, sure[5], who)
    at_once(planted, flags[14], writer, supervisor)
    asked = erasures.ask(
        post_id=flags[15].post_id, reason="other", ground=planted.text("erasure.ground"), by=writer, now=NOW
    )
    erasures.refuse(request_id=asked.pk, note=planted.text("erasure.answer"), by=supervisor, now=NOW)
    erasures.ask(post_id=flags[14].post_id, reason="other", ground=planted.text("erasure.ground"), by=writer, now=NOW)
    summary.freeze(office_id=writer.office_id, week=WEEK, note=planted.text("summary.note"), by=supervisor, now=NOW)
    summary.freeze(office_id=None, week=WEEK, note=planted.text("summary.note"), by=second, now=NOW)
    models.SavedFilter.objects.create(
        person=who["own"], name=planted.text("filter.name", 40), query={"level": "high"}, made_at=NOW
    )


def watched(planted: Planted, analyst: models.Person, admin: models.Person) -> models.Watch:
    """A watch and a pack of words named by contacts; its last run brought a sentence with one."""
    words = planted.text("pack.words", 40)
    pack = packs.add(name=planted.text("pack.name", 90), about="lures", words=[words], by=analyst, now=NOW)
    values = {one.key: "nilai-contoh" for one in credentials.fields("youtube")}
    credential = credentials.add(
        platform="youtube", name=planted.text("credential.name", 90), values=values, last_day=None, by=admin, now=NOW
    )

    def wanted(query: str, **more: Any) -> watches.Wanted:
        return watches.Wanted(
            name=planted.text("watch.name", 90), query=query, office_id=factories.office(OWN).pk, every_seconds=600, healthy_low=1,
            healthy_high=20, **more,
        )  # fmt: skip

    asked = wanted(planted.text("watch.query", 90), pack_ids=(pack.pk,), credential_id=credential.pk)
    watches.add(platform="youtube", wanted=asked, by=analyst, now=NOW)
    account = planted.one("watch.query, an account", "laksita_saluran_{n}", "laksitasaluran{n}")
    made = watches.add(platform="telegram", wanted=wanted(account), by=analyst, now=NOW)
    said = planted.text("watch.problem")
    problem = {"code": "x", "permanent": True, "id": said, "en": said}
    models.Watch.objects.filter(pk=made.pk).update(last_problem=problem, last_problem_at=NOW)
    factories.fetch(
        made, problems=[{**problem, "where": planted.text("fetch.problem, where", 90)}], outcome="failed", ended_at=NOW
    )
    return made


def entrances(planted: Planted, writer: models.Person) -> None:
    """Upload, note by hand, import, capture by a browser: each with its names and notes."""
    uploads.take(
        typed=uploads.Typed(
            text=f"{factories.illegal().text}\n{planted.text('upload.text')}", link="", platform="whatsapp",
            author=planted.one("upload.author", "+62 840-5670-{n}", "8405670{n}"), posted_at=None,
            origin=planted.text("upload.origin", 150),
            note=planted.text("upload.note"),
        ),
        files=[sending.png()], key=uuid.uuid4(), by=writer, now=NOW,
    )  # fmt: skip
    for words in (
        planted.one("noted.words", "0840.5680.{n}", "8405680{n}"),
        factories.illegal().text + planted.text("noted.words"),
    ):
        note = noted.Noted(
            words=words, note=planted.text("noted.note"), place=planted.text("noted.place", 90), way="visit"
        )
        noted.take(noted=note, key=uuid.uuid4(), by=writer, now=NOW)
    number, sender = (planted.one(f"import.{what}", "+62 840-5690-{n}", "8405690{n}") for what in ("name", "sender"))
    lines = f"22/11/26 09.15 - {sender}: {factories.illegal().text} {planted.text('import.text')}\n"
    bad = planted.one("import.problem", "0840.5700.{n}", "8405700{n}")
    rows = f'teks,tautan,waktu\n"{factories.illegal().text}",https://contoh.example/1,2026-11-12 08:00\nLoker,https://contoh.example/2,{bad}\n'
    for name, kind, content in (
        (f"Chat WhatsApp dengan {number}.txt", "whatsapp", lines * 2),
        (planted.one("import.name", "daftar 0840.5710.{n}.csv", "8405710{n}"), "table", rows),
    ):
        with tempfile.TemporaryFile() as file:
            file.write(content.encode())
            file.flush()
            made = imports.take(
                content=file, name=name, format_name=kind, options=shape.Options(platform="web"), key=uuid.uuid4(), by=writer, now=NOW
            )  # fmt: skip
        ended = imports.go_on(made.pk, now=NOW)
        assert ended.state == "done", ended.problems
    code = devices.make_code(by=writer, now=NOW)
    device = devices.pair(code=code, name=planted.text("device.name", 90), caller=uuid.uuid4().hex, now=NOW).device
    sent = sending.capture(
        page={"url": sending.GROUP_POST, "title": planted.text("capture.title", 150)}, note=planted.text("capture.note"),
        post=sending.post(
            text=f"{factories.illegal().text} {planted.text('capture.text')}", author_name=planted.text("capture.author_name", 90),
            origin=planted.text("capture.origin", 90),
        ),
        comments=[sending.comment(planted.text("capture.comment"))],
    )  # fmt: skip
    captures.take(device=device, body=sending.written(sent), screenshot=None, now=NOW)


def known(planted: Planted, who: dict[str, models.Person]) -> None:
    """What an account says of itself; a contact that is trusted, one that was, one that waits."""
    said = {"name": planted.text("profile.name", 90), "text": planted.text("profile.text")}
    links = (planted.one("profile.links", "https://wa.me/628405720{n}", "8405720{n}"),)

    def asked(account: str, ask: Any, fetcher: Any) -> vocabulary.Profile:
        return vocabulary.Profile(
            "telegram", account, said["name"], said["text"], links, f"https://t.me/{account}", factories.answer()
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources.SOURCES["telegram"], "profile", asked)
        assert profiles.mark(now=factories.NOW) > 0
        while jobs.run({"profile": lambda job, *, now: profiles.keep(job, now=now, fetcher=None)}, now=NOW):  # type: ignore[arg-type]
            pass
    assert models.Profile.objects.exists()
    phones = list(models.Indicator.objects.filter(kind="phone").order_by("id")[:3])
    rows = [
        indicators.propose(
            indicator_id=one.pk, known_as="media", reason=planted.text("trusted.reason"), expires_on=NOW.date() + timedelta(days=200),
            by=who["writer"], now=NOW,
        )
        for one in phones
    ]  # fmt: skip
    for row in rows[:2]:
        indicators.approve(trusted_id=row.pk, by=who["supervisor"], now=NOW)
    indicators.end(trusted_id=rows[1].pk, why=planted.text("trusted.end"), by=who["writer"], now=NOW)
    indicators.show(
        indicator_id=phones[2].pk,
        purpose="request",
        reference=planted.text("look.reference", 90),
        by=factories.person(),
        now=NOW,
    )


def filed(planted: Planted, who: dict[str, models.Person], sure: list[models.Flag], analyst: models.Person) -> None:
    writer, supervisor, second = who["writer"], who["supervisor"], who["analyst"]
    made = cases.open_case(
        flag_ids=[one.pk for one in sure[:2]], title=planted.text("case.title", 150), by=writer, now=NOW
    )
    cases.note(case_id=made.pk, text=planted.text("case.note"), sent=False, by=writer, now=NOW)
    cases.note(case_id=made.pk, text=planted.text("case.message"), sent=True, by=writer, now=NOW)
    cases.take_out(case_id=made.pk, flag_id=sure[1].pk, note=planted.text("case.take_out"), by=writer, now=NOW)

    def version() -> int:
        return int(models.Case.objects.get(pk=made.pk).version)

    cases.escalate(
        case_id=made.pk,
        article="placement",
        note=planted.text("case.escalate"),
        seen_version=version(),
        by=supervisor,
        now=NOW,
    )
    cases.take(case_id=made.pk, seen_version=version(), by=analyst, now=NOW)
    cases.note(case_id=made.pk, text=planted.text("case.message"), sent=True, by=analyst, now=NOW)
    cases.pass_on(
        case_id=made.pk, to_id=second.pk, note=planted.text("case.pass_on"), seen_version=version(), by=analyst, now=NOW
    )
    cases.give_back(case_id=made.pk, note=planted.text("case.give_back"), seen_version=version(), by=second, now=NOW)
    shut = cases.open_case(flag_ids=[sure[2].pk], title=planted.text("case.title", 150), by=writer, now=NOW)
    cases.close(case_id=shut.pk, note=planted.text("case.close"), seen_version=shut.version, by=writer, now=NOW)
    again = cases.open_case(flag_ids=[sure[3].pk], title=planted.text("case.title", 150), by=writer, now=NOW)
    closed = cases.close(
        case_id=again.pk, note=planted.text("case.close"), seen_version=again.version, by=writer, now=NOW
    )
    cases.reopen(case_id=again.pk, note=planted.text("case.reopen"), seen_version=closed.version, by=writer, now=NOW)


def harmed(planted: Planted, flags: list[models.Flag], writer: models.Person) -> None:
    def version(one: models.Protection) -> int:
        return int(models.Protection.objects.get(pk=one.pk).version)

    for one in flags:
        verdict(one, planted, writer, "victim", "asks")
    first, other = (models.Protection.objects.get(flag=one) for one in flags)
    protecting.note(protection_id=first.pk, text=planted.text("protection.note"), by=writer, now=NOW)
    protecting.contacted(
        protection_id=first.pk,
        note=planted.text("protection.contacted"),
        seen_version=version(first),
        by=writer,
        now=NOW,
    )
    protecting.hand_to_desk(
        protection_id=first.pk, desk="p4mi", handed_to=planted.text("protection.handed_to", 200), note=planted.text("protection.hand_over"),
        seen_version=version(first), by=writer, now=NOW,
    )  # fmt: skip
    protecting.close(
        protection_id=first.pk,
        ending="helped",
        note=planted.text("protection.close"),
        seen_version=version(first),
        by=writer,
        now=NOW,
    )
    protecting.reopen(
        protection_id=first.pk, note=planted.text("protection.reopen"), seen_version=version(first), by=writer, now=NOW
    )
    protecting.move_to_office(
        protection_id=other.pk, office_id=factories.office(OTHER).pk, note=planted.text("protection.move"), seen_version=version(other),
        by=writer, now=NOW,
    )  # fmt: skip


def ringed(planted: Planted, posts: list[models.Post], analyst: models.Person) -> None:
    """A campaign of three posts, named, one post cut from it, and one that was dissolved."""
    campaigns.link_due(now=NOW, limit=500)

    def ring(number: str, members: list[models.Post]) -> models.Campaign:
        made = models.Campaign.objects.create(number=number, made_at=NOW, grown_at=NOW, posts_count=len(members))
        models.LinkedPost.objects.filter(post__in=members).delete()
        models.LinkedPost.objects.bulk_create(
            models.LinkedPost(post=one, campaign=made, joined_at=NOW, follows=False, linked_at=NOW) for one in members
        )
        return made

    made = ring("JRG-26-9001", posts)
    phone = models.Indicator.objects.filter(kind="phone").order_by("id").first()
    ties = [
        models.Tie.objects.create(
            later=later, earlier=earlier, kind="phone", key=f"{n}" * 32, weight=0.9, at=NOW, indicator=phone
        )
        for n, (later, earlier) in enumerate(((posts[1], posts[0]), (posts[2], posts[1]), (posts[2], posts[0])))
    ]
    with pytest.raises(judging.RefusedError):
        judging.name(
            campaign_id=made.pk,
            name=planted.one("campaign.name, a number", "0840.5730.{n}", "8405730{n}"),
            seen_version=1,
            by=analyst,
            now=NOW,
        )
    for said in (
        planted.one("campaign.name", "@laksita_ring_{n}", "laksitaring{n}"),
        planted.one("campaign.name", "Ring siti.ring{n}@pos.example", "sitiring{n}pos"),
    ):
        version = models.Campaign.objects.get(pk=made.pk).version
        judging.name(campaign_id=made.pk, name=said, seen_version=version, by=analyst, now=NOW)
    judging.cut(tie_id=ties[2].pk, note=planted.text("campaign.cut"), by=analyst, now=NOW)
    gone = ring("JRG-26-9002", factories.stored([factories.raw_post() for _ in range(2)]))
    judging.dissolve(campaign_id=gone.pk, note=planted.text("campaign.dissolve"), seen_version=1, by=analyst, now=NOW)


def looked_twice(planted: Planted, flag: models.Flag, who: dict[str, models.Person]) -> None:
    """A decision drawn for a second look, which differs, and is settled by a third."""
    draw = models.Draw.objects.create(
        kind="second", decision=flag.decisions.get(), flag=flag, office=flag.office, day=NOW.date(), at=NOW
    )
    quality.review(
        draw_id=draw.pk,
        outcome="dismissed",
        reason="other",
        note=planted.text("review.note"),
        by=factories.person(code=OWN),
        now=NOW,
    )
    quality.settle(
        draw_id=draw.pk,
        outcome="confirmed",
        reason="several",
        note=planted.text("review.settle"),
        by=who["supervisor"],
        now=NOW,
    )


def at_once(planted: Planted, flag: models.Flag, writer: models.Person, supervisor: models.Person) -> None:
    """Many at once: done and taken back, and one that a second person refused."""
    flag.refresh_from_db()
    made = bulk.begin(
        rows=[(flag.pk, flag.version)],
        outcome="dismissed",
        reason="other",
        note=planted.text("bulk.note"),
        by=writer,
        now=NOW,
    )

    def work() -> None:
        while jobs.run({"bulk": bulk.run_job}, now=NOW):
            pass

    work()
    bulk.reverse(bulk_id=made.pk, note=planted.text("bulk.reverse"), by=supervisor, now=NOW)
    work()
    waits = models.Bulk.objects.create(
        number="MSL-9001", office=flag.office, outcome="dismissed", reason="other", state="proposed", by=writer, at=NOW,
        note=planted.text("bulk.note"),
    )  # fmt: skip
    bulk.refuse(bulk_id=waits.pk, note=planted.text("bulk.refuse"), by=supervisor, now=NOW)


def built() -> World:
    factories.offices()
    who = {letter: factories.person(role, code, name=f"Peminta {letter}") for letter, (role, code) in PEOPLE.items()}
    edition = factories.register([{"name": "PT Contoh Laut Biru", **REGISTER}], [])
    planted = Planted()
    filled(planted, who)
    return World(who, planted, edition)


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with django_db_blocker.unblock(), transaction.atomic():
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
    "bulk_id": models.Bulk.objects.all,
    "campaign_id": models.Campaign.objects.all,
    "case_id": models.Case.objects.all,
    "credential_id": models.Credential.objects.all,
    "decision_id": models.Decision.objects.all,
    "device_id": models.Device.objects.all,
    "draw_id": models.Draw.objects.all,
    "edition_id": models.RegisterEdition.objects.all,
    "filter_id": models.SavedFilter.objects.all,
    "flag_id": models.Flag.objects.all,
    "import_id": models.Intake.objects.all,
    "indicator_id": models.Indicator.objects.all,
    "media_id": models.Media.objects.all,
    "notice_id": models.Notice.objects.all,
    "person_id": models.Person.objects.all,
    "post_id": models.Post.objects.all,
    "protection_id": models.Protection.objects.all,
    "request_id": models.ErasureRequest.objects.all,
    "trusted_id": models.Trusted.objects.all,
    "watch_id": models.Watch.objects.all,
}
# Addresses that show nobody's words: of Django, answered without a look at our tables.
WITHOUT = {"admin:", "admin:app_list", "admin:password_reset_confirm", "admin:view_on_site"}
# Asked with these too: tabs and filters that are no links of the page, and the exchanges of the desk.
MORE = {
    "admin:patrol_flag_changelist": ("?level=high", "?state=parked", "?office=all"),
    "admin:patrol_post_changelist": ("?words=Kamboja", "?level=high"),
    "admin:patrol_notice_changelist": ("?show=all", "?show=handed"),
    "admin:patrol_protection_changelist": ("?state=all",),
    "admin:patrol_decision_changelist": ("?period=all",),
    "admin:patrol_erasurerequest_changelist": ("?show=all",),
    "admin:patrol_case_changelist": ("?state=closed", "?q=Kursi"),
    "admin:reports_weeklysummary_week_rows": ("?what=levels&key=high", "?what=levels&key=medium"),
    "admin:reports_weeklysummary_edition_rows": ("?what=levels&key=high", "?what=levels&key=medium"),
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
    match wanted:
        case []:
            return [()]
        case ["campaign_id", "tie_id"]:
            return [(models.Campaign.objects.earliest("id").pk, tie.pk) for tie in models.Tie.objects.all()]
        case ["post_id", "capture_id"]:
            return list(models.Capture.objects.exclude(post=None).values_list("post_id", "pk"))
        case ["office", "week"]:
            return [(office, str(week)) for office in (OWN, "nasional") for week in (WEEK, WEEK.shifted(1))]
        case ["platform"]:
            return [("youtube",)]
        case ["object_id"] | ["pk"]:
            app, model = name.removeprefix("admin:").split("_")[:2]
            rows = (
                models.Intake.objects.all()
                if model == "importedfile"
                else apps.get_model(app, model)._default_manager.all()
            )
        case [one]:
            rows = KEYS[one]()
        case _:
            raise AssertionError(name)
    found = [(key,) for key in rows.order_by("pk").values_list("pk", flat=True)]
    return spread(found, MOST if name.endswith(("_change", "_edition", "_print", "_pdf", "_edit")) else 3)


MOST = 16  # pages of one kind, from all over; of the addresses that only take what is sent, a few say all they can


def spread(found: list[Any], most: int) -> list[Any]:
    """So many of them, from all over."""
    return found[:: max(1, -(-len(found) // most))]


def entered(world: World, letter: str) -> Client:
    client = Client()
    client.force_login(world.people[letter])
    return client


@dataclass
class Walk:
    """What one person's pages let out, by address and field; and which addresses opened at all."""

    world: World
    letter: str
    found: set[tuple[str, str]] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)

    def look(self, name: str, response: HttpResponse) -> str:
        written = whole(response)
        self.found |= {(name, where) for where in found_in(written, self.world.planted)}
        if response.status_code == 200:
            self.opened.add(name)
        return written

    def go(self) -> Walk:
        """Every address with every key, and what the lists link to under their own address: filters, tabs, later pages."""
        client = entered(self.world, self.letter)
        for name, wanted in patterns(get_resolver()):
            if name in WITHOUT:
                continue
            for parts in keys(name, wanted):
                url = reverse(name, args=parts)
                written = self.look(name, client.get(url))
                further = {f"{url}{query}" for query in MORE.get(name, ())}
                if not parts:
                    links = {str(one["href"]) for one in BeautifulSoup(written, "html.parser").select("a[href]")}
                    further |= {
                        url + link if link.startswith("?") else link
                        for link in links
                        if link.startswith(("?", f"{url}?"))
                    }
                for one in spread(sorted(further), MOST):
                    self.look(name, client.get(one))
                if name.startswith("admin:patrol_flag_change"):
                    self.look(name, client.get(url, headers={"X-Desk": "1"}))
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
    ("admin:patrol_watch_add", "pack.name"),
    ("admin:patrol_watch_add", "credential.name"),
    ("admin:patrol_keywordpack_change", "pack.name"),
    ("admin:patrol_keywordpack_change", "pack.words"),
}
_WATCHED = {
    ("admin:patrol_watch_change", "watch.query, an account")
}  # the channel an office watches, without it no watch
BY_DESIGN: dict[str, set[tuple[str, str]]] = {
    "writer": _WATCHED,
    "own": _WATCHED | {  # the name of one's own filter, where it stands to be clicked
        ("admin:patrol_flag_changelist", "filter.name"),
        ("admin:patrol_flag_change", "filter.name"),
        ("admin:patrol_flag_settings", "filter.name"),
    },
    "other": set(),
    "supervisor": _WATCHED,
    "analyst": _WATCHED | _CHANGES_WATCHES,
    "second": _WATCHED,
    "registrar": set(),
    "administrator": _WATCHED | _CHANGES_WATCHES | {
        ("admin:patrol_credential_rename", "credential.name"),  # the form that renames it
        ("admin:patrol_auditentry_changelist", "watch.query, an account"),  # what a watch was told to ask
    },
}  # fmt: skip


@pytest.mark.parametrize("letter", PEOPLE)
def test_no_planted_contact_stands_on_any_page(letter: str, world: World) -> None:
    walk = Walk(world, letter).go()
    assert (walk.found - BY_DESIGN[letter], BY_DESIGN[letter] - walk.found) == (set(), set())


# What an officer who planted nothing finds on none of the pages the walk opens, masks or not.
UNSEEN = {
    # masked before it is stored, or refused
    "summary.note", "erasure.ground", "erasure.answer", "campaign.name, a number",
    # of whoever sent it, looked a second time, or has the office that got it
    "capture.note", "capture.origin", "capture.title", "device.name", "noted.note", "noted.place", "upload.note", "review.note",
    "review.settle", "protection.move",
    # of the log, of a watch's run, and what the machine alone keeps
    "look.reference", "fetch.problem, where", "trusted.end", "media.file", "media.url", "post.forward_of",
    # of one post each, which is not among those the walk picks
    "decision.note, needs_information", "hand_over.note", "snooze.note", "post.forward_name, first word", "post.origin, after a colon",
}  # fmt: skip


def test_the_finder_sees_the_fields_where_nothing_is_masked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    unmasked(monkeypatch)
    seen = {where for _name, where in Walk(world, "own").go().found}
    assert set(world.planted.cores) - seen == UNSEEN


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
