"""A world with contacts in every field that a platform or a person brings, and the finder. Each field has contacts of its own."""

from __future__ import annotations

import html
import re
import tempfile
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import unquote

import pytest
from ahocorasick_rs import AhoCorasick

from patrol import campaigns, cases, domain, models, search, sources, triage, watches
from patrol.access import stations
from patrol.campaigns import judging, proposing
from patrol.cases import attachments, erasures, task_lines, tasks
from patrol.cases.peers import choosing, requests
from patrol.evidence import custody
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.intake import captures, devices, imports, noted, uploads
from patrol.intake.formats import shape
from patrol.intake.tips import following, handling, receipts, receiving
from patrol.models import Role
from patrol.pipeline import assessing
from patrol.preserving import profiles
from patrol.search import indicators
from patrol.triage import bulk, protecting, quality
from patrol.watches import credentials, packs
from patrol.watches import proposing as proposing_watches
from reports import summary
from reports.period import IsoWeek
from tests import factories, markers
from tests.intake import sending

NOW = factories.NOW + timedelta(hours=1)
IN_EFFECT = NOW + timedelta(minutes=1)  # of what was decided then
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
    "data protection officer": (Role.DATA_PROTECTION_OFFICER, "directorate"),
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
    ("+62 840-5610-{n}", "8405610{n}"),
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
    _finder: tuple[int, AhoCorasick, list[set[str]]] | None = None  # of so many numbers

    def finder(self) -> tuple[AhoCorasick, list[set[str]]]:
        """Finds all contacts in one reading of a page, where one by one they took a tenth of the walk; and the fields of each contact."""
        if self._finder is None or self._finder[0] != self.number:
            fields: defaultdict[str, set[str]] = defaultdict(set)
            for where, cores in self.cores.items():
                for core in cores:
                    fields[core].add(where)
            self._finder = self.number, AhoCorasick(list(fields)), list(fields.values())
        return self._finder[1:]

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
    return re.sub(r"[\W_]+", "", html.unescape(plain)).lower()


def found_in(written: str, planted: Planted) -> set[str]:
    """The fields of which a contact stands in this text."""
    finder, fields = planted.finder()
    found = finder.find_matches_as_indexes(squeezed(written), overlapping=True)
    return set[str]().union(*(fields[number] for number, _start, _end in found))


def whole(response: Any) -> str:
    """All that went to the browser: headers and body, of a file what it says."""
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{head}\n{markers.said(markers.body(response))}"


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
    query, name = planted.text("proposal.query", 90), planted.text("proposal.name", 90)
    wanted = watches.Wanted(name=name, query=query, office_id=writer.office_id, every_seconds=600)
    proposing_watches.propose(platform="youtube", kind="search", wanted=wanted, why=planted.text("proposal.why", 200), by=writer, now=NOW)
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
    reported(planted, writer)
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
    summary.freeze(office_id=writer.office_id, period=WEEK, note=planted.sealed("summary.note"), by=supervisor, now=NOW)
    summary.freeze(office_id=None, period=WEEK, note=planted.sealed("summary.note"), by=second, now=NOW)
    phone = models.Trusted.objects.get(approved_at=None).indicator_id
    said = planted.sealed("look.reference", 90)
    # Of the directorate: whose posts the third number stands in hangs on the tests before.
    indicators.show(indicator_id=phone, purpose="request", reference=said, by=factories.person("analyst"), now=NOW)
    models.SavedFilter.objects.create(person=who["own"], name=planted.text("filter.name", 40), query={"level": "high"}, made_at=NOW)


def watched(planted: Planted, analyst: models.Person, admin: models.Person) -> models.Watch:
    """A watch and a pack of words named by contacts; its last run brought a sentence with one."""
    title, title_en = planted.text("line.title", 200), planted.text("line.title_en", 200)
    task_lines.add(kind="compound", title=title, title_en=title_en, days=1, goes_to="opener", by=analyst, now=NOW)
    words = planted.text("pack.words", 40)
    pack = packs.add(name=planted.text("pack.name", 90), about="lures", words=[words], by=analyst, now=NOW)
    values = {one.key: "nilai-contoh" for one in credentials.fields("youtube")}
    credential = credentials.add(
        platform="youtube", name=planted.text("credential.name", 90), values=values, last_day=None, by=admin, now=NOW
    )

    town, office = planted.text("station.town", 90), factories.office(OWN)
    station = stations.add(office_id=office.pk, name=planted.text("station.name", 90), town=town, by=admin, now=NOW)
    models.Person.objects.filter(office=office).update(station=station)

    def wanted(query: str, **more: Any) -> watches.Wanted:
        return watches.Wanted(
            name=planted.text("watch.name", 90),
            query=query,
            office_id=office.pk,
            station_id=station.pk,
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
        while jobs.run({"profile": lambda job, *, now: profiles.keep(job, now=now, fetcher=None)}, now=NOW):
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
    sent = attachments.attach_file(
        case_id=made.pk, content=b"Surat.", title=planted.text("case.file", 150), seen_by="both", by=writer, now=NOW
    )
    attachments.withdraw_file(attachment_id=sent.pk, note=planted.text("case.withdraw_file"), by=writer, now=NOW)
    task = tasks.add(case_id=made.pk, title=planted.text("task.title", 200), person_id=second.pk, due_at=None, by=writer, now=NOW)
    tasks.drop(case_id=made.pk, task_id=task.pk, note=planted.text("task.drop"), seen_version=1, by=writer, now=NOW)
    cases.take_out(case_id=made.pk, flag_id=sure[1].pk, note=planted.text("case.take_out"), by=writer, now=NOW)

    def version() -> int:
        return int(models.Case.objects.get(pk=made.pk).version)

    cases.escalate(case_id=made.pk, article="placement", note=planted.text("case.escalate"), seen_version=version(), by=supervisor, now=NOW)
    cases.take(case_id=made.pk, seen_version=version(), by=analyst, now=NOW)
    cases.note(case_id=made.pk, text=planted.text("case.message"), sent=True, by=analyst, now=NOW)
    cases.pass_on(case_id=made.pk, to_id=second.pk, note=planted.text("case.pass_on"), seen_version=version(), by=analyst, now=NOW)
    cases.give_back(case_id=made.pk, note=planted.text("case.give_back"), seen_version=version(), by=second, now=NOW)
    twin = cases.open_case(flag_ids=[sure[1].pk], title="Kembar", by=writer, now=NOW)
    cases.merge(case_id=twin.pk, into=made.number, note=planted.text("case.merge"), seen_version=twin.version, by=writer, now=NOW)
    twin.refresh_from_db()
    cases.unmerge(case_id=twin.pk, note=planted.text("case.unmerge"), seen_version=twin.version, by=writer, now=NOW)
    shut = cases.open_case(flag_ids=[sure[2].pk], title=planted.text("case.title", 150), by=writer, now=NOW)
    close = partial(cases.close, outcome="acted_upon", by=writer, now=NOW)
    close(case_id=shut.pk, note=planted.text("case.close"), seen_version=shut.version)
    again = cases.open_case(flag_ids=[sure[3].pk], title=planted.text("case.title", 150), by=writer, now=NOW)
    closed = close(case_id=again.pk, note=planted.text("case.close"), seen_version=again.version)
    cases.reopen(case_id=again.pk, note=planted.text("case.reopen"), seen_version=closed.version, by=writer, now=NOW)
    ask = partial(requests.ask, subject=again, seen=choosing.choose(again, now=IN_EFFECT).digest, by=writer, now=IN_EFFECT)
    ask(peer="Badan Contoh", purpose="funds", sharing="amber")
    handed = ask(peer="Badan Contoh", purpose="block", sharing="amber")
    requests.refuse(export_id=handed.pk, note="Terlalu luas.", by=supervisor, now=IN_EFFECT)


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


def reported(planted: Planted, writer: models.Person) -> None:
    """A report of the public with messages both ways; how to reach the reporter is on no page but the answer to its own request."""
    tip = receiving.receive(
        told=receiving.Told(
            kind="advert",
            words=planted.text("tip.words"),
            where=planted.text("tip.where", 180, around="Bandung {}"),
            when=planted.text("tip.when", 200),
            danger=True,
            contact=planted.text("tip.contact", 200),
        ),
        pictures=[],
        key=uuid.uuid4(),
        number=receipts.draw(),
        now=NOW,
    )
    handling.write(tip_id=tip.pk, text=planted.text("tip.answer"), asks=True, seen_version=1, by=writer, now=NOW)
    following.reply(receipt=str(tip.receipt), text=planted.text("tip.reply"), pictures=[], key=uuid.uuid4(), now=NOW)


def ringed(planted: Planted, posts: list[models.Post], analyst: models.Person) -> None:
    """A campaign of three posts, named, one post cut from it, one it may belong with, and one that was dissolved."""
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
    with pytest.raises(RefusedError, match=r"^campaign\.name name$"):
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
    again = ring("JRG-26-9003", factories.stored([factories.raw_post() for _ in range(2)]))
    bridge, home = posts[0], again.members.earliest("post").post
    for key in ("8", "9"):  # the first merger is refused, the second waits
        models.Tie.objects.create(
            later=home, earlier=bridge, kind="phone", key=key * 32, weight=0.95, at=NOW, crosses=True, indicator=phone
        )
        proposing.tell(now=NOW)
        if key == "8":
            proposal, said = models.MergerProposal.objects.get(one=made, other=again), planted.text("campaign.refuse_merger")
            proposing.refuse(campaign_id=made.pk, proposal_id=proposal.pk, note=said, by=analyst, now=NOW)
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
