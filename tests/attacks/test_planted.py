"""Contacts planted in every field that a platform or a person brings stand on no page of somebody who did not ask for them.

Each field gets contacts of its own, so that what is found says where it came from. What is looked for is written out here without the
patterns of engine.masks: letters and figures of an answer, all other signs taken away. The control takes the masks away: the same finder
must then see each field, or the walk does not come by where it is shown.
"""

from __future__ import annotations

import html
import logging
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
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from patrol import campaigns, cases, domain, models, search, sources, triage, watches
from patrol.campaigns import judging
from patrol.cases import erasures
from patrol.domain.states import IntakeKind
from patrol.engine import masks
from patrol.evidence import custody
from patrol.infra import jobs
from patrol.intake import captures, devices, imports, noted, uploads
from patrol.intake.formats import shape
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.preserving import profiles
from patrol.search import indicators
from patrol.triage import bulk, protecting, quality
from patrol.watches import credentials, packs
from reports import summary
from reports.models import WeeklySummary
from reports.period import IsoWeek
from tests import factories, pdf_text
from tests.intake import sending

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
)
_BETWEEN = " / "

# Masked before it is kept, so that no row holds it: who opens which page that shows the rest of it, and the word it stands behind.
SEALED = {
    "summary.note": ("second", "admin:reports_weeklysummary_edition", "Melati"),
    "erasure.ground": ("own", "admin:patrol_erasurerequest_change", "Kenanga"),
    "erasure.answer": ("own", "admin:patrol_erasurerequest_change", "Seruni"),
    "look.reference": ("administrator", "admin:patrol_auditentry_changelist", "Dahlia"),
}


@dataclass
class Planted:
    """Which contacts were put into which field: by field, as letters and figures alone."""

    cores: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    number: int = 0

    def sealed(self, where: str, most: int = 300) -> str:
        """As `text`, for what is masked before it is kept: behind a word by which a page is known to show it."""
        return self.text(where, most, around=f"{SEALED[where][2]} {{}}")

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
    """All that went to the browser: headers and body, of a PDF what it says."""
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    body = b"".join(response.streaming_content) if response.streaming else response.content
    said = pdf_text.said(body) if body.startswith(b"%PDF-") else body.decode("utf-8", "replace")
    return f"{head}\n{said}"


# --- a world full of them ---------------------------------------------------------------------------


@dataclass
class World:
    people: dict[str, models.Person]
    planted: Planted
    edition: models.RegisterEdition
    sent: set[str] = field(default_factory=set)  # forms, by the names of their addresses
    verbs: set[str] = field(default_factory=set)  # addresses that only take what is sent: the next person need not ask


REGISTER = {
    "phones": ["+62 21 8405 7001"],
    "websites": ["https://laut-biru-84057002.example"],
    "accounts": ["instagram:laut_biru_84057003"],
}


def post(planted: Planted, platform: str = "telegram", **given: Any) -> domain.RawPost:
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
            domain.MediaReference(
                "photo",
                planted.one("media.url", "https://gambar.example/08405610{n}.jpg", "8405610{n}"),
                planted.text("media.words, picture"),
                planted.one("media.file", "IMG 0840.5620.{n}.jpg", "8405620{n}"),
            ),
            domain.MediaReference("link_preview", "https://kartu.example/1.jpg", planted.text("media.words, link card")),
            domain.MediaReference("document", "https://kartu.example/2.pdf", planted.text("media.words, document")),
        ),
        "posted_at_source": "2026-11-22T22:47:00+00:00",
    }
    base = factories.illegal()
    return factories.raw_post(f"{base.text}\nHubungi {text}", platform=platform, **(made | given))


def assessed() -> None:
    while assessing.read_due(now=factories.NOW, limit=500).read:
        pass
    while search.fill(now=factories.NOW, limit=500):
        pass


def verdict(flag: models.Flag, planted: Planted, by: models.Person, outcome: str = "confirmed", reason: str = "several") -> models.Decision:
    flag.refresh_from_db()
    return triage.decide(
        flag_id=flag.pk,
        outcome=outcome,
        reason=reason,
        note=planted.text(f"decision.note, {outcome}"),
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=by,
        now=NOW - timedelta(seconds=5),
    ).decisions[0]


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
    ]
    kept = factories.stored(posts, of=watch)
    picture = factories.answer(
        b"gambar", final_url=planted.one("capture.address", "https://gambar{n}.example/0840.5740.{n}.jpg", "8405740{n}")
    )
    custody.capture(
        picture, sha256=custody.keep(picture), platform="telegram", kind="media", fetch=factories.fetch(watch), post_id=kept[0].pk
    )
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
        decision_id=taken_back.pk, reason_note=planted.text("decision.note, taken back"), decision_key=uuid.uuid4(), by=supervisor, now=NOW
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
            flag_id=one.pk, office_id=office.pk, note=planted.text("hand_over.note"), seen_version=one.version, by=writer, now=NOW
        )
    ringed(planted, [sure[0].post, flags[14].post, flags[15].post], analyst)
    looked_twice(planted, sure[4:6], who)
    at_once(planted, flags[14], writer, supervisor)
    asked = erasures.ask(post_id=flags[15].post_id, reason="other", ground=planted.sealed("erasure.ground"), by=writer, now=NOW)
    erasures.refuse(request_id=asked.pk, note=planted.sealed("erasure.answer"), by=supervisor, now=NOW)
    erasures.ask(post_id=flags[14].post_id, reason="other", ground=planted.sealed("erasure.ground"), by=writer, now=NOW)
    summary.freeze(office_id=writer.office_id, week=WEEK, note=planted.sealed("summary.note"), by=supervisor, now=NOW)
    summary.freeze(office_id=None, week=WEEK, note=planted.sealed("summary.note"), by=second, now=NOW)
    phone = models.Trusted.objects.get(approved_at=None).indicator_id
    said = planted.sealed("look.reference", 90)
    indicators.show(indicator_id=phone, purpose="request", reference=said, by=factories.person(), now=NOW)
    models.SavedFilter.objects.create(person=who["own"], name=planted.text("filter.name", 40), query={"level": "high"}, made_at=NOW)


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
            name=planted.text("watch.name", 90),
            query=query,
            office_id=factories.office(OWN).pk,
            every_seconds=600,
            healthy_low=1,
            healthy_high=20,
            **more,
        )

    asked = wanted(planted.text("watch.query", 90), pack_ids=(pack.pk,), credential_id=credential.pk)
    watches.add(platform="youtube", wanted=asked, by=analyst, now=NOW)
    account = planted.one("watch.query, an account", "laksita_saluran_{n}", "laksitasaluran{n}")
    made = watches.add(platform="telegram", wanted=wanted(account), by=analyst, now=NOW)
    said = planted.text("watch.problem")
    problem = {"code": "x", "permanent": True, "id": said, "en": said}
    models.Watch.objects.filter(pk=made.pk).update(last_problem=problem, last_problem_at=NOW)
    factories.fetch(made, problems=[{**problem, "where": planted.text("fetch.problem, where", 90)}], outcome="failed", ended_at=NOW)
    return made


def entrances(planted: Planted, writer: models.Person) -> None:
    """Upload, note by hand, import, capture by a browser: each with its names and notes."""
    uploads.take(
        typed=uploads.Typed(
            text=f"{factories.illegal().text}\n{planted.text('upload.text')}",
            link="",
            platform="whatsapp",
            author=planted.one("upload.author", "+62 840-5670-{n}", "8405670{n}"),
            posted_at=None,
            origin=planted.text("upload.origin", 150),
            note=planted.text("upload.note"),
        ),
        files=[sending.png()],
        key=uuid.uuid4(),
        by=writer,
        now=NOW,
    )
    for words in (planted.one("noted.words", "0840.5680.{n}", "8405680{n}"), factories.illegal().text + planted.text("noted.words")):
        note = noted.Noted(words=words, note=planted.text("noted.note"), place=planted.text("noted.place", 90), way="visit")
        noted.take(noted=note, key=uuid.uuid4(), by=writer, now=NOW)
    number, sender = (planted.one(f"import.{what}", "+62 840-5690-{n}", "8405690{n}") for what in ("name", "sender"))
    lines = f"22/11/26 09.15 - {sender}: {factories.illegal().text} {planted.text('import.text')}\n"
    bad = planted.one("import.problem", "0840.5700.{n}", "8405700{n}")
    rows = (
        f'teks,tautan,waktu\n"{factories.illegal().text}",https://contoh.example/1,2026-11-12 08:00\nLoker,https://contoh.example/2,{bad}\n'
    )
    for name, kind, content in (
        (f"Chat WhatsApp dengan {number}.txt", "whatsapp", lines * 2),
        (planted.one("import.name", "daftar 0840.5710.{n}.csv", "8405710{n}"), "table", rows),
    ):
        with tempfile.TemporaryFile() as file:
            file.write(content.encode())
            file.flush()
            made = imports.take(
                content=file, name=name, format_name=kind, options=shape.Options(platform="web"), key=uuid.uuid4(), by=writer, now=NOW
            )
        ended = imports.go_on(made.pk, now=NOW)
        assert ended.state == "done", ended.problems
    code = devices.make_code(by=writer, now=NOW)
    device = devices.pair(code=code, name=planted.text("device.name", 90), caller=uuid.uuid4().hex, now=NOW).device
    sent = sending.capture(
        page={"url": sending.GROUP_POST, "title": planted.text("capture.title", 150)},
        note=planted.text("capture.note"),
        post=sending.post(
            text=f"{factories.illegal().text} {planted.text('capture.text')}",
            author_name=planted.text("capture.author_name", 90),
            origin=planted.text("capture.origin", 90),
        ),
        comments=[sending.comment(planted.text("capture.comment"))],
    )
    captures.take(device=device, body=sending.written(sent), screenshot=None, now=NOW)


def known(planted: Planted, who: dict[str, models.Person]) -> None:
    """What an account says of itself; a contact that is trusted, one that was, one that waits."""
    said = {"name": planted.text("profile.name", 90), "text": planted.text("profile.text")}
    links = (planted.one("profile.links", "https://wa.me/628405720{n}", "8405720{n}"),)

    def asked(account: str, ask: Any, fetcher: Any) -> domain.Profile:
        return domain.Profile("telegram", account, said["name"], said["text"], links, f"https://t.me/{account}", factories.answer())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources.SOURCES["telegram"], "profile", asked)
        assert profiles.mark(now=factories.NOW) > 0
        while jobs.run({"profile": lambda job, *, now: profiles.keep(job, now=now, fetcher=None)}, now=NOW):  # type: ignore[arg-type]
            pass
    assert models.Profile.objects.exists()
    phones = list(models.Indicator.objects.filter(kind="phone").order_by("id")[:3])
    rows = [
        indicators.propose(
            indicator_id=one.pk,
            known_as="media",
            reason=planted.text("trusted.reason"),
            expires_on=NOW.date() + timedelta(days=200),
            by=who["writer"],
            now=NOW,
        )
        for one in phones
    ]
    for row in rows[:2]:
        indicators.approve(trusted_id=row.pk, by=who["supervisor"], now=NOW)
    indicators.end(trusted_id=rows[1].pk, why=planted.text("trusted.end"), by=who["writer"], now=NOW)


def filed(planted: Planted, who: dict[str, models.Person], sure: list[models.Flag], analyst: models.Person) -> None:
    writer, supervisor, second = who["writer"], who["supervisor"], who["analyst"]
    made = cases.open_case(flag_ids=[one.pk for one in sure[:2]], title=planted.text("case.title", 150), by=writer, now=NOW)
    cases.note(case_id=made.pk, text=planted.text("case.note"), sent=False, by=writer, now=NOW)
    cases.note(case_id=made.pk, text=planted.text("case.message"), sent=True, by=writer, now=NOW)
    cases.take_out(case_id=made.pk, flag_id=sure[1].pk, note=planted.text("case.take_out"), by=writer, now=NOW)

    def version() -> int:
        return int(models.Case.objects.get(pk=made.pk).version)

    cases.escalate(case_id=made.pk, article="placement", note=planted.text("case.escalate"), seen_version=version(), by=supervisor, now=NOW)
    cases.take(case_id=made.pk, seen_version=version(), by=analyst, now=NOW)
    cases.note(case_id=made.pk, text=planted.text("case.message"), sent=True, by=analyst, now=NOW)
    cases.pass_on(case_id=made.pk, to_id=second.pk, note=planted.text("case.pass_on"), seen_version=version(), by=analyst, now=NOW)
    cases.give_back(case_id=made.pk, note=planted.text("case.give_back"), seen_version=version(), by=second, now=NOW)
    shut = cases.open_case(flag_ids=[sure[2].pk], title=planted.text("case.title", 150), by=writer, now=NOW)
    cases.close(case_id=shut.pk, note=planted.text("case.close"), seen_version=shut.version, by=writer, now=NOW)
    again = cases.open_case(flag_ids=[sure[3].pk], title=planted.text("case.title", 150), by=writer, now=NOW)
    closed = cases.close(case_id=again.pk, note=planted.text("case.close"), seen_version=again.version, by=writer, now=NOW)
    cases.reopen(case_id=again.pk, note=planted.text("case.reopen"), seen_version=closed.version, by=writer, now=NOW)


def harmed(planted: Planted, flags: list[models.Flag], writer: models.Person) -> None:
    def version(one: models.Protection) -> int:
        return int(models.Protection.objects.get(pk=one.pk).version)

    for one in flags:
        verdict(one, planted, writer, "victim", "asks")
    first, other = (models.Protection.objects.get(flag=one) for one in flags)
    protecting.note(protection_id=first.pk, text=planted.text("protection.note"), by=writer, now=NOW)
    protecting.contacted(protection_id=first.pk, note=planted.text("protection.contacted"), seen_version=version(first), by=writer, now=NOW)
    protecting.hand_to_desk(
        protection_id=first.pk,
        desk="p4mi",
        handed_to=planted.text("protection.handed_to", 200),
        note=planted.text("protection.hand_over"),
        seen_version=version(first),
        by=writer,
        now=NOW,
    )
    protecting.close(
        protection_id=first.pk, ending="helped", note=planted.text("protection.close"), seen_version=version(first), by=writer, now=NOW
    )
    protecting.reopen(protection_id=first.pk, note=planted.text("protection.reopen"), seen_version=version(first), by=writer, now=NOW)
    protecting.move_to_office(
        protection_id=other.pk,
        office_id=factories.office(OTHER).pk,
        note=planted.text("protection.move"),
        seen_version=version(other),
        by=writer,
        now=NOW,
    )


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
        models.Tie.objects.create(later=later, earlier=earlier, kind="phone", key=f"{n}" * 32, weight=0.9, at=NOW, indicator=phone)
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


def looked_twice(planted: Planted, flags: list[models.Flag], who: dict[str, models.Person]) -> None:
    """Two decisions drawn for a second look, which differs: one waits for a third, one was settled by it and decided anew."""
    waits, settled = (
        models.Draw.objects.create(kind="second", decision=flag.decisions.get(), flag=flag, office=flag.office, day=NOW.date(), at=NOW)
        for flag in flags
    )
    for draw in (waits, settled):
        quality.review(
            draw_id=draw.pk, outcome="dismissed", reason="other", note=planted.text("review.note"), by=factories.person(code=OWN), now=NOW
        )
    done = quality.settle(
        draw_id=settled.pk, outcome="dismissed", reason="other", note=planted.text("review.settle"), by=who["supervisor"], now=NOW
    )
    assert done.changed, done.why


def at_once(planted: Planted, flag: models.Flag, writer: models.Person, supervisor: models.Person) -> None:
    """Many at once: done and taken back, and one that a second person refused."""
    flag.refresh_from_db()
    made = bulk.begin(
        rows=[(flag.pk, flag.version)], outcome="dismissed", reason="other", note=planted.text("bulk.note"), by=writer, now=NOW
    )

    def work() -> None:
        while jobs.run({"bulk": bulk.run_job}, now=NOW):
            pass

    work()
    bulk.reverse(bulk_id=made.pk, note=planted.text("bulk.reverse"), by=supervisor, now=NOW)
    work()
    waits = models.Bulk.objects.create(
        number="MSL-9001",
        office=flag.office,
        outcome="dismissed",
        reason="other",
        state="proposed",
        by=writer,
        at=NOW,
        note=planted.text("bulk.note"),
    )
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
    "import_id": lambda: models.Intake.objects.filter(kind=IntakeKind.IMPORT),
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

    def __post_init__(self) -> None:
        self.client = entered(self.world, self.letter)

    def look(self, name: str, response: HttpResponse) -> str:
        written = whole(response)
        self.found |= {(name, where) for where in found_in(written, self.world.planted)}
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
    ("admin:patrol_watch_add", "pack.name"),
    ("admin:patrol_watch_add", "credential.name"),
    ("admin:patrol_keywordpack_change", "pack.name"),
    ("admin:patrol_keywordpack_change", "pack.words"),
}
_WATCHED = {("admin:patrol_watch_change", "watch.query, an account")}  # the channel an office watches, without it no watch
BY_DESIGN: dict[str, set[tuple[str, str]]] = {
    "writer": _WATCHED,
    "own": _WATCHED
    | {  # the name of one's own filter, where it stands to be clicked
        ("admin:patrol_flag_changelist", "filter.name"),
        ("admin:patrol_flag_change", "filter.name"),
        ("admin:patrol_flag_settings", "filter.name"),
    },
    "other": set(),
    "supervisor": _WATCHED,
    "analyst": _WATCHED | _CHANGES_WATCHES,
    "second": _WATCHED,
    "registrar": set(),
    "administrator": _WATCHED
    | _CHANGES_WATCHES
    | {
        ("admin:patrol_credential_rename", "credential.name"),  # the form that renames it
        ("admin:patrol_auditentry_changelist", "watch.query, an account"),  # what a watch was told to ask
    },
}


@pytest.mark.parametrize("letter", PEOPLE)
def test_no_planted_contact_stands_on_any_page(letter: str, world: World) -> None:
    walk = Walk(world, letter).go().desk()
    assert (walk.found - BY_DESIGN[letter], BY_DESIGN[letter] - walk.found) == (set(), set())
    # forms that nobody before has sent: empty, which is refused with a sentence, and filled, which is done with another
    new = set(walk.forms) - world.sent - IN_FULL - {"admin:logout"}  # who has logged out sends nothing more
    world.sent |= new
    let_out = set[tuple[str, str]]().union(*(answered(walk, name, filled=filled) for name in sorted(new) for filled in (False, True)))
    seen_anyway = {where for _name, where in BY_DESIGN[letter]}
    assert {(name, where) for name, where in let_out if where not in seen_anyway} == set()


# --- what is answered to a form, to a purpose, to a search ------------------------------------------

# What it shows in full is asked for, held or logged: looked at by itself below, or by tests of its own.
IN_FULL = {
    "admin:patrol_flag_next",
    "admin:patrol_flag_show",
    "admin:patrol_flag_take",
    "admin:patrol_indicator_show",
    "admin:patrol_post_download_copy",
    "admin:patrol_post_view_copy",
    "admin:patrol_protection_show",
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
            fitting = {"number": "1", "date": "2026-12-01", "time": "10:00", "email": "", "datetime-local": "2026-11-22T10:00"}
            sent[name] = fitting.get(kind, WORDS) if filled else ""
    return sent


def answered(walk: Walk, name: str, *, filled: bool) -> set[tuple[str, str]]:
    """What the answer to a form, and the page it leads to, let out. Nothing of it is kept."""
    url, form = walk.forms[name]
    sender = Walk(walk.world, walk.letter)
    with transaction.atomic():
        response = sender.client.post(url, typed(form, filled=filled))
        sender.look(name, response)
        if response.status_code == 302:
            assert reverse("admin:login") not in response["Location"], name
            sender.look(name, sender.client.get(response["Location"]))
        transaction.set_rollback(True)
    return sender.found


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


def test_a_purpose_shows_the_contacts_of_that_post_alone(world: World) -> None:
    client = entered(world, "other")
    flag = models.Flag.objects.filter(office__code=OWN, state="waiting", snoozed_until=None).order_by("-pk")[0]
    rows = [models.Post.objects.filter(pk=flag.post_id).values(), models.PostText.objects.filter(version__post=flag.post_id).values()]
    url = reverse("admin:patrol_flag_show", args=[flag.pk])
    own = cores_in(str([list(found) for found in rows]), world.planted)
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
    shown = cores_in(followed(client, url, {"purpose": "request", "reference": "B-12"}), world.planted)
    assert (shown, len(shown)) == (own, 1)


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
    ("own", "admin:patrol_campaign_change"): {"campaign.cut", "campaign.dissolve", "campaign.name"},
    ("own", "admin:patrol_bulk_change"): {"bulk.note", "bulk.refuse", "bulk.reverse"},
    ("own", "admin:patrol_case_change"): {
        "case.close",
        "case.escalate",
        "case.give_back",
        "case.message",
        "case.note",
        "case.pass_on",
        "case.reopen",
        "case.take_out",
        "case.title",
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
    ("own", "admin:patrol_watch_change"): {
        "credential.name",
        "pack.name",
        "pack.words",
        "watch.name",
        "watch.problem",
        "watch.query",
        "watch.query, an account",
    },
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
    "snooze.note": "kept with the flag's event, of which pages read level and verdict (admin.flag_page)",
}


def test_each_planted_field_is_shown_somewhere_or_is_known_to_stand_nowhere(world: World) -> None:
    tables = [*SHOWN.values(), set(SEALED), set(NOWHERE)]
    assert sorted(world.planted.cores) == sorted(where for table in tables for where in table)


def test_the_finder_sees_each_field_where_nothing_is_masked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    unmasked(monkeypatch)
    walks = {(letter, name): Walk(world, letter).go(frozenset({name})).found for letter, name in SHOWN}
    seen = {place: {where for name, where in found if name == place[1]} for place, found in walks.items()}
    assert {place: SHOWN[place] - seen[place] for place in SHOWN if SHOWN[place] - seen[place]} == {}
    assert set[str]().union(*seen.values()) & NOWHERE.keys() == set()


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
