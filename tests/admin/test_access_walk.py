"""Every address of the project, for every kind of person, for every office a thing may belong to.

The matrix below is written out by hand and knows nothing of access.TABLE: it says what each role is promised, the walk asks the pages.
An address without a row fails. A request that is not meant to write must leave the audit log as it was, one that is meant to must
add to it, so that "redirected with a refusal" and "done" cannot be mistaken for each other.
"""

from __future__ import annotations

import functools
import io
import itertools
import logging
import os
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse
from django.urls.resolvers import RoutePattern
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlencode, urlsafe_base64_encode
from django.views.generic import RedirectView

from patrol import access, cases, models, triage, watches
from patrol.access import Action, Relation, consulting, duties, fresh, logins, people, tokens
from patrol.admin.officer import import_form
from patrol.admin.registrar.register_files import Upload
from patrol.campaigns import judging
from patrol.cases import cards as carding
from patrol.cases import erasures, holds, law, leaving, proposing, referrals, task_lines, tasks, ticking
from patrol.cases import letters as composing
from patrol.cases.peers import choosing
from patrol.cases.peers import requests as peers
from patrol.evidence import custody, custody_log, raw
from patrol.guides import editions
from patrol.infra import jobs, wall
from patrol.intake import pending
from patrol.intake.tips import handling
from patrol.models import Role
from patrol.privacy import requests as subject_requests
from patrol.register import manual
from patrol.retention import editions as retention
from patrol.triage import protecting, quality
from patrol.watches import credentials, packs
from patrol.watches import proposing as proposing_watches
from reports import summary
from reports.period import IsoWeek
from tests import factories, markers
from tests.admin import test_confirming
from tests.cases import asked, carded, objected, test_coming_back, test_sending
from tests.conftest import as_superuser

NOW = factories.NOW + timedelta(hours=1)
OWN, OTHER, DIRECTORATE, NATIONAL = "bp3mi-jabar", "bp3mi-sulsel", "directorate", "nasional"
OFFICES = (OWN, OTHER, DIRECTORATE)
FILES = {
    "p3mi.csv": b"name,aliases,sip3mi_number,status,status_from,status_to,decree,province,city,address,phones,websites,accounts\n"
    b"PT Contoh Laut Biru,,,active,2020-01-01,,,,,,,,\nPT Contoh Bukit Hijau,,,active,2021-01-01,,,,,,,,\n",
    "sip.csv": b"number,agency,country,positions,employer,quota,valid_from,valid_to,status,status_from\n"
    b"2/SIP/2026,PT Contoh Bukit Hijau,MY,caregiver,,,2026-01-01,2027-12-31,active,2026-01-01\n",
}
FROZEN, UNFROZEN = IsoWeek(2026, 46), IsoWeek(2026, 47)

# Who asks: one letter each. O and S work in the office OWN, the others at the directorate.
PEOPLE: Mapping[str, tuple[Role, str]] = {
    "O": (Role.OFFICER, OWN),
    "S": (Role.SUPERVISOR, OWN),
    "o": (Role.OFFICER, DIRECTORATE),
    "s": (Role.SUPERVISOR, DIRECTORATE),
    "A": (Role.ANALYST, DIRECTORATE),
    "R": (Role.REGISTRAR, DIRECTORATE),
    "M": (Role.ADMINISTRATOR, DIRECTORATE),
    "D": (Role.DATA_PROTECTION_OFFICER, DIRECTORATE),
}
STAFF = "".join(PEOPLE)
STRANGERS = "-x"  # anonymous; a person who may no longer log in
# Two more, who may what the supervisor of OWN may: an analyst who has taken up that duty, and a supervisor to whose account nobody agreed.
IN_A_DUTY, NOT_AGREED = "d", "n"
AS_IF: Mapping[str, str] = {IN_A_DUTY: "S", NOT_AGREED: "S"}
EVERYBODY = (*STAFF, *AS_IF)
READING = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")  # as GET does, or not at all: whatever the method is called, POST alone writes
WHOLE = bool(os.environ.get("WHOLE_MATRIX"))  # `make soak`: each method by everybody in each office

type Answers = dict[str, dict[int, str]]  # office of the thing -> status -> letters; whoever is not named gets 404


def same(**statuses: str) -> Answers:
    """The same whatever office the thing belongs to: same(s200="OS")."""
    by_status = {int(key[1:]): letters for key, letters in statuses.items()}
    return dict.fromkeys((*OFFICES, NATIONAL), by_status)


def by_office(own: dict[int, str], other: dict[int, str], directorate: dict[int, str]) -> Answers:
    return dict(zip(OFFICES, (own, other, directorate), strict=True))


NOBODY = same()
READ_ONLY = None  # a page that only reads answers a POST as it answers a GET, and writes nothing


@dataclass(frozen=True)
class Row:
    """What an address promises. `thing` makes the object of the address, `form` what is posted."""

    thing: str = ""
    get: Answers = field(default_factory=same)
    post: Answers | None = READ_ONLY
    form: Callable[[World, Any], dict[str, Any]] = lambda world, thing: {}
    query: Callable[[Any], dict[str, str]] = lambda thing: {}
    writes: bool = True  # an allowed POST leaves a line in the audit log
    open: bool = False  # outside of the workbench: strangers are answered as `get` and `post` say
    offices: tuple[str, ...] = OFFICES
    same_thing: bool = False  # the thing belongs to no office


def _subject(world: World, thing: Any) -> dict[str, Any]:
    asked = {"question": "access", "about": "number", "value": "0840-1111-2222", "how": "letter", "identity": "not_yet", "note": ""}
    return {**asked, "asked_at": f"{timezone.localtime(NOW):%d/%m/%Y %H.%M}"}


def _subject_answer(world: World, thing: Any) -> dict[str, Any]:
    return {"outcome": "answered", "identity": "id_card", "how": "letter", "answer": "Surat 7: tidak ada."}


def _numbers(world: World, thing: Any) -> dict[str, Any]:
    """A campaign somebody confirmed: its ties by number wait by themselves."""
    models.Campaign.objects.filter(pk=thing.pk).update(state="confirmed")
    return {"kind": "phone"}


def _note(world: World, thing: Any) -> dict[str, Any]:
    return {"note": "Perlu ditindaklanjuti."}


def _with_factor(world: World, person: models.Person) -> dict[str, Any]:
    Authenticator.objects.create(user=person, type="totp", data={})
    return {}


def _with_linked(world: World, person: models.Person) -> dict[str, Any]:
    models.LinkedLogin.objects.create(person=person, issuer="https://sso.contoh.example", subject="x", linked_at=NOW)
    return {}


def _times(world: World, thing: Any) -> dict[str, Any]:
    return {**{key: str(days) for key, days in retention.shipped().items()}, "reason": "Jadwal retensi arsip."}


def _with_mail(world: World, person: models.Person) -> dict[str, Any]:
    models.Person.objects.filter(pk=person.pk).update(mail="petugas@kantor.example")
    return {}


def _duty(world: World, person: models.Person) -> dict[str, Any]:
    return {"role": "supervisor", "office": world.offices[OTHER].pk, "until": ""}


def _leaves(world: World, person: models.Person) -> dict[str, Any]:
    to = factories.person(person.role, person.office.code)
    return {"note": "Pindah tugas (contoh).", "to": to.pk, "seen": " ".join(leaving.marks(leaving.plan(person, to, by=world.people["M"])))}


def _with_duty(world: World, person: models.Person) -> dict[str, Any]:
    told = {"person": person, "role": "supervisor", "office": world.offices[OTHER], "ended_at": None}
    held, _made = models.Duty.objects.get_or_create(
        **told, defaults={"since": timezone.now(), "made_by": factories.person("administrator")}
    )
    return {"duty": held.pk}


def _choice(world: World, thing: Any) -> dict[str, Any]:
    return {"ways_flags": "mail", "when_flags": "now", "hour": "7", "quiet_from": "22", "quiet_to": "6"}


def _paper(world: World, office: models.Office) -> dict[str, Any]:
    return {"author": "Penyusun Contoh", "second": "Kepala Contoh", "seen": "0"}


def _csv(world: World, thing: Any) -> dict[str, Any]:
    models.HostPace.objects.all().delete()  # the walk takes more files than a person may
    return {"format": "csv"}


def _xlsx(world: World, thing: Any) -> dict[str, Any]:
    return {**_csv(world, thing), "format": "xlsx"}


def _task(world: World, case: models.Case) -> dict[str, Any]:
    task = case.tasks.get()
    return {"task": task.pk, "seen_version": task.version}


def _line(world: World, line: models.TaskLine | None) -> dict[str, Any]:
    said = {"title": "Baris baru", "title_en": "New line", "days": "3", "goes_to": "opener"}
    return said | ({"seen_version": str(line.version)} if line else {})


def _line_seen(world: World, line: models.TaskLine) -> dict[str, Any]:
    return {"seen_version": str(line.version)}


def _step(world: World, protection: models.Protection) -> dict[str, Any]:
    return _note(world, protection) | {"seen_version": protection.version}


def _seen(world: World, flag: models.Flag) -> dict[str, Any]:
    return {**_note(world, flag), "seen_version": flag.version}


def _objection(world: World, flag: models.Flag) -> dict[str, Any]:
    said = {"side": "named", "name": "Nama Contoh", "contact": "Jalan Contoh 1", "how": "letter", "text": "Itu bukan saya."}
    return said | {"day": factories.NOW.date().isoformat()}


def _card(world: World, flag: models.Flag) -> dict[str, Any]:
    return {"flag": flag.pk, "position": "CS chat", "country": "KH", "quote": carded.QUOTE, "signs": ["pay", "account"]}


def _peer(world: World, flag: models.Flag) -> dict[str, Any]:
    seen = choosing.choose(models.Case.objects.get(entries__flag=flag), now=carded.LATER).digest
    return {"peer": "Badan Contoh", "purpose": "block", "sharing": "amber", "seen": seen}


def _peer_counted(world: World, asked: models.PeerExport) -> dict[str, Any]:
    return {"seen": peers.of(asked, now=carded.LATER).digest}


def _card_seen(world: World, card: models.Card) -> dict[str, Any]:
    return {"seen_version": card.version}


def _card_note(world: World, card: models.Card) -> dict[str, Any]:
    return {"seen_version": card.version, "note": "Tawaran lain."}


def _decides(world: World, objection: models.Objection) -> dict[str, Any]:
    return {"outcome": "upheld", "ground": "Nomor orang lain.", "put_right": "Bukan perekrut.", "said": "dismissed:lawful"}


def _verdict(world: World, flag: models.Flag) -> dict[str, Any]:
    return {"outcome": "confirmed", "reason": "licence", "note": "", "decision_key": uuid.uuid4(), "seen_version": flag.version}


def _placement() -> models.Article:
    return models.Article.objects.get(key="placement")


def _tick(world: World, case: models.Case) -> dict[str, Any]:
    flag = case.entries.order_by("id")[0].flag_id
    return {"flag": flag, "edition": _placement().editions.get().pk, "element": "placing", "evidence": ["check"]}


def _article(world: World, thing: Any) -> dict[str, Any]:
    return {"act_short": "UU 99/2099", "act_title": "Rekaan", "number": "1", "beside": "2", "title_id": "rekaan", "title_en": "invented"}


def _edition(world: World, article: models.Article) -> dict[str, Any]:
    words = {"wording": "Bunyi rekaan", "elements": "Unsur rekaan | Invented", "penalty": "rekaan", "source": "LN rekaan"}
    return {"seen": article.editions.get().pk, "in_force_from": "2026-12-01", "in_force_to": "", **words}


def _contact_by_hand(world: World, agency: Any) -> dict[str, Any]:
    told = {"column": "phones", "contact": "0840-1111-0009", "decree": "SK 7", "decree_date": "2026-11-20"}
    return {**told, "scan": SimpleUploadedFile("sk.pdf", b"%PDF-1.4")}


def _guide(world: World, guide: models.Guide | None) -> dict[str, Any]:
    words = {f"{part}_{language}": "Isi contoh" for part in ("title", "under", "gist", "body") for language in ("id", "en")}
    told = {**words, "section": "leaving", "checked_on": "2026-11-20", "sources": "Contoh"}
    return (
        {**told, "seen": guide.editions.latest("id").pk} if guide else {**told, "seen": 0, "key": f"bacaan-{uuid.uuid4()}"[:40].rstrip("-")}
    )


def _letter(world: World, edition: Any) -> dict[str, Any]:
    return {"letter_number": "B.1", "letter_date": "2026-11-20", "scan": SimpleUploadedFile("surat.pdf", b"%PDF-1.4")}


def _look_alike(world: World, flag: models.Flag) -> dict[str, Any]:
    """Of a flag beside another one: that other."""
    return {"other": models.Flag.objects.filter(office=flag.office_id).latest("id").pk}


def _watch(world: World, watch: Any) -> dict[str, Any]:
    return {
        "name": "Pantauan baru",
        "ask": "telegram/channel",
        "query": "saluran_baru_contoh",
        "office": world.offices[OWN].pk,
        "every_minutes": "20",
        "healthy_low": "1",
        "healthy_high": "9",
    }


def _new_watch(world: World, watch: Any) -> dict[str, Any]:
    return {**_watch(world, watch), "why": "Tiga aduan menyebut saluran ini."}


def _pack(world: World, pack: Any) -> dict[str, Any]:
    return {"name": "Paket baru", "about": "lures", "words": "tanpa biaya"}


def _leave(world: World, leave: Any) -> dict[str, Any]:
    return {"day": "2026-11-24", "name": "Cuti bersama contoh", "decree": "SKB contoh", "off": "on"}


def _credential(world: World, credential: Any) -> dict[str, Any]:
    return {"name": "Kunci baru", **{f"value_{field.key}": "nilai-contoh" for field in credentials.fields("youtube")}}


def _person(world: World, person: Any) -> dict[str, Any]:
    return {"username": "orang.baru", "name": "Orang Baru", "role": "officer", "office": world.offices[OWN].pk, "active": "on"}


def _placed(world: World, person: Any) -> dict[str, Any]:
    station = models.Station.objects.filter(office=world.offices[OWN]).values_list("pk", flat=True)[0]
    return _person(world, person) | {"station": str(station)}


def _station(world: World, station: models.Station | None) -> dict[str, Any]:
    told = {"name": "P4MI Baru", "town": "Kota Contoh"}
    return told | ({"active": "on"} if station else {"office": world.offices[OWN].pk})


def _office(world: World, office: models.Office) -> dict[str, Any]:
    return {
        "name": f"{office.name} Baru",
        "short_name": office.short_name,
        "zone": office.zone,
        "provinces": office.provinces,
        "active": "on",
        "second_signatory": str(world.people["s"].pk),
    }


def _care(world: World, thing: Any) -> dict[str, Any]:
    return {"veil": "grey", "break_minutes": "45", "break_severe": "5"}


def _new_office(world: World, thing: Any) -> dict[str, Any]:
    return {"code": "bp3mi-baru", "name": "BP3MI Baru", "short_name": "Baru", "zone": "Asia/Jayapura"}


def _trust(world: World, indicator: models.Indicator) -> dict[str, Any]:
    until = timezone.now().date() + timedelta(days=200)
    return {"known_as": "hotline", "reason": "Tertulis di situs resminya.", "expires_on": until.isoformat()}


def _bulk(world: World, thing: Any) -> dict[str, Any]:
    flag = world.flags[OWN]
    return {"rows": f"{flag.pk}:{flag.version}", "said": "confirmed:fraud", "note": ""}


def _upload(world: World, thing: Any) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "text": "Loker Taiwan, tanpa biaya.", "link": "", "platform": "whatsapp", "author": "", "note": ""}


def _figure(thing: Any) -> dict[str, str]:
    return {"what": "levels", "key": "high"}


def _in_address(token: str) -> dict[str, str]:
    return {"upload": token}


def _new_referral(world: World, case: models.Case) -> dict[str, Any]:
    return {"channel": "platform_form", "target": "Contoh", "mark": _marks(case)}


def _files(world: World, referral: models.Referral) -> dict[str, Any]:
    return {"seen_version": referral.version, "file": test_sending.files(referral)}


def _channel_edition(world: World, thing: Any) -> dict[str, Any]:
    told = {
        "columns": "no | No\nvalue | Tautan",
        "hours_usual": 24,
        "hours_urgent": 4,
        "addresses": "aduan@badan.example",
        "source": "Surat",
    }
    return {"seen": 1, **told}


def _template(world: World, template: models.LetterTemplate) -> dict[str, Any]:
    words = {"code": "PK.02", "subject": "Permohonan", "addressee": "{{tujuan}}", "body": "Kami mohon bantuan.", "copies": ""}
    return {"seen": template.pk, **words}


def _head(world: World, thing: Any) -> dict[str, Any]:
    words = {"lines": "Kementerian contoh", "address": "Jalan contoh", "unit": "CONTOH", "place": "Kota contoh"}
    return {"seen": 0, "signer_title": "Kepala", "signer_name": "Nama contoh", **words}


def _marks(case: models.Case) -> list[str]:
    return [proposing.mark("link", entry.flag.post.url) for entry in case.entries.select_related("flag__post")]


def _posts_of_case(world: World, case: models.Case) -> dict[str, Any]:
    return {"post": [entry.flag.post_id for entry in case.entries.select_related("flag")]}


def _lines(world: World, referral: models.Referral) -> dict[str, Any]:
    return {"mark": _marks(referral.case)[:1]}


def _packet(world: World, referral: models.Referral) -> dict[str, Any]:
    return {"target": "Contoh", "together": "Satu jaringan", "fact_contact": "Petugas contoh"}


def _came_back(world: World, referral: models.Referral) -> dict[str, Any]:
    return {"come_back": list(referral.come_backs.values_list("pk", flat=True))}


def _not_again(world: World, referral: models.Referral) -> dict[str, Any]:
    return _came_back(world, referral) | {"reason": "Iklan lain"}


def _answer(world: World, referral: models.Referral) -> dict[str, Any]:
    first = referral.items.first()
    assert first is not None
    return {"item": first.pk, "outcome": "acted_upon", "day": "", "ground": "Aturan 4", "text": "Sudah turun", "automated": "no"}


AUTOCOMPLETE = {"app_label": "patrol", "model_name": "caseflag", "field_name": "case", "term": "PERKARA"}
ALL_SEE = same(s200=STAFF)
REFUSED = same(s405=STAFF)  # by Django, whoever asks
TRIAGE = same(s200="OSosA")
LEADS = same(s302="OSosA")  # a verb's address that is opened leads to the page it stands on
DECIDES = by_office({302: "OSosA"}, {302: "osA", 403: "OS"}, {302: "osA", 403: "OS"})
COPIES = by_office({200: "OSosA"}, {200: "osA", 403: "OS"}, {200: "osA", 403: "OS"})
CASE_SEEN = by_office({200: "OSosA"}, {200: "osA"}, {200: "osA"})
CASE_NOTED = by_office({302: "OSosA"}, {302: "osA"}, {302: "osA"})
TIP_PLACED = by_office({302: "OS", 403: "osA"}, {403: "osA"}, {302: "osA"})  # by the office that holds it
CASE_TAKEN = by_office({302: "A", 403: "OSos"}, {302: "A", 403: "os"}, {302: "A", 403: "os"})
CASE_PASSED_ON = by_office({302: "sA", 403: "OSo"}, {302: "sA", 403: "o"}, {302: "sA", 403: "o"})
CASE_HELD = by_office({302: "S", 403: "OosA"}, {403: "osA"}, {302: "s", 403: "oA"})
PACKED = by_office({200: "OSsA", 403: "o"}, {200: "sA", 403: "o"}, {200: "osA"})
CASE_CLOSED = by_office({302: "OSsA", 403: "o"}, {302: "sA", 403: "o"}, {302: "osA"})
REFERS = by_office({200: "OSsA"}, {200: "sA"}, {200: "osA"})
REFERRED_NOW = by_office({302: "OSsA"}, {302: "sA"}, {302: "osA"})
SECONDED = by_office({302: "Ss", 403: "OoA"}, {302: "s", 403: "oA"}, {302: "s", 403: "oA"})
PEERS_SECONDED = by_office({302: "Ss", 403: "OA"}, {302: "s", 403: "A"}, {302: "s", 403: "oA"})
OFFICE_TOLD = by_office({200: "SM"}, {200: "M"}, {200: "sM"})
OFFICE_KEEPS = by_office({302: "S"}, {}, {302: "s"})  # whoever answers for the office, and for no other
OFFICE_TELLS = by_office({302: "SM"}, {302: "M"}, {302: "sM"})
WATCH_KEPT = by_office({302: "SAM"}, {302: "AM"}, {302: "AM"})
WATCH_SEEN = by_office({200: "OSosAM"}, {200: "osAM"}, {200: "osAM"})
SUMMARY_SEEN = by_office({200: "OSosAM"}, {200: "osAM"}, {200: "osAM"}) | {NATIONAL: {200: "osAM"}}
SUMMARY_FROZEN = by_office({302: "Ss", 403: "OoAM"}, {302: "s", 403: "oAM"}, {302: "s", 403: "oAM"}) | {NATIONAL: {302: "s", 403: "oAM"}}
WEEKLY = (*OFFICES, NATIONAL)

MATRIX: dict[str, Row] = {
    # --- the frame: outside of the workbench, or before its door ---
    "root": Row(get=same(s302=STAFF + STRANGERS), open=True),
    "health": Row(get=same(s503=STAFF + STRANGERS), post=same(s405=STAFF + STRANGERS), writes=False, open=True),
    "set_language": Row(get=same(s302=STAFF + STRANGERS), open=True),
    "admin:login": Row(get=same(s302=STAFF, s200=STRANGERS), post=same(s200=STAFF + STRANGERS), writes=False, open=True),
    "admin:logout": Row(get=same(s405=STAFF, s302=STRANGERS), post=same(s200=STAFF, s302=STRANGERS), open=True),
    "admin:password_reset_confirm": Row("token", get=same(s302=STAFF + STRANGERS), open=True, same_thing=True),
    "admin:password_reset_complete": Row(get=same(s200=STAFF + STRANGERS), post=same(s405=STAFF + STRANGERS), writes=False, open=True),
    "admin:password_change": Row(get=ALL_SEE),
    "admin:password_change_done": Row(get=ALL_SEE, post=REFUSED, writes=False),
    "admin:second_factor": Row(get=same(s302=STAFF + STRANGERS), open=True),  # nobody here has just shown a password
    "admin:passkey": Row(get=same(s200=STAFF + STRANGERS), post=same(s200=STAFF + STRANGERS), writes=False, open=True),
    "admin:forgotten": Row(get=same(s200=STAFF + STRANGERS), open=True),
    # There is no provider of logins here; with one: tests/access/test_linked_logins.py.
    "admin:provider": Row(open=True),
    "admin:provider_return": Row(open=True),
    "admin:provider_end": Row(open=True),
    "admin:link_provider": Row(),
    "admin:unlink_provider": Row(),
    "admin:own_access": Row(get=ALL_SEE),
    "admin:add_app": Row(get=ALL_SEE),
    "admin:add_passkey": Row(get=ALL_SEE),
    "admin:recovery_codes": Row(post=same(s302=STAFF), writes=False),  # nobody here has what they would stand for
    "admin:rename_passkey": Row("passkey of whoever asks", post=same(s302=STAFF), writes=False, same_thing=True),
    "admin:remove_factor": Row("passkey of whoever asks", post=same(s302=STAFF), same_thing=True),
    "admin:end_login": Row("login of whoever asks", post=same(s302=STAFF), same_thing=True),
    "admin:end_other_logins": Row(post=same(s302=STAFF), writes=False),
    "admin:index": Row(get=ALL_SEE),
    # --- what Django's admin brings along and this workbench does not have ---
    "admin:jsi18n": Row(get=ALL_SEE, post=REFUSED, writes=False),
    "admin:app_list": Row("app", same_thing=True),
    "admin:autocomplete": Row(post=REFUSED, writes=False, query=lambda thing: AUTOCOMPLETE),
    "admin:view_on_site": Row("any object", same_thing=True),
    "admin:": Row("anything", same_thing=True),
    # --- findings ---
    "admin:patrol_flag_changelist": Row(get=TRIAGE),
    "admin:patrol_flag_export": Row(post=same(s200="OSosA"), form=_csv),
    "admin:patrol_flag_change": Row("flag", get=TRIAGE),
    "admin:patrol_flag_decide": Row("flag", get=LEADS, post=DECIDES, form=_verdict),
    "admin:patrol_flag_take": Row("flag", get=LEADS, post=DECIDES),
    "admin:patrol_flag_next": Row(get=LEADS, post=same(s302="OSosA")),
    "admin:patrol_flag_renew": Row("flag", get=LEADS, post=same(s409="OSosA"), writes=False),  # nobody here holds one
    "admin:patrol_flag_release": Row("flag", get=LEADS, post=same(s302="OSosA"), writes=False),
    "admin:patrol_flag_show": Row("flag", get=LEADS, post=same(s302="OSosA"), form=lambda world, flag: {"purpose": "case"}),
    "admin:patrol_flag_snooze": Row("flag", get=LEADS, post=DECIDES, form=lambda world, flag: _seen(world, flag) | {"until": "days"}),
    "admin:patrol_flag_wake": Row("flag", get=LEADS, post=DECIDES, writes=False),  # it sleeps not
    "admin:patrol_flag_join": Row("flag beside another", get=LEADS, post=DECIDES, form=_look_alike),
    "admin:patrol_flag_part": Row(
        "joined flag of whoever asks",
        get=LEADS,
        post=by_office({302: "OSosA"}, {302: "osA", 404: "OS"}, {302: "osA", 404: "OS"}),
        form=lambda world, flag: {"act": models.FlagEvent.objects.filter(kind="joined").latest("id").after["act"]},
    ),
    "admin:patrol_flag_tell_apart": Row("flag beside another", get=LEADS, post=DECIDES, form=_look_alike),
    "admin:patrol_flag_numbers": Row(get=TRIAGE),
    "admin:patrol_flag_settings": Row(get=TRIAGE, post=same(s302="OSosA"), writes=False),
    "admin:patrol_flag_tour": Row(get=LEADS, post=same(s302="OSosA"), writes=False),
    "admin:patrol_flag_save_filter": Row(
        get=LEADS, post=same(s302="OSosA"), form=lambda world, thing: {"name": "Tinggi", "level": "high"}, writes=False
    ),
    "admin:patrol_flag_drop_filter": Row("filter of whoever asks", get=LEADS, post=same(s302="OSosA"), writes=False, same_thing=True),
    "admin:patrol_flag_escalate": Row(
        "flag",
        get=LEADS,
        post=by_office({302: "OS", 403: "osA"}, {403: "OSosA"}, {302: "os", 403: "OSA"}),
        form=lambda world, flag: _verdict(world, flag) | {"article": "fraud", "note": "Tiga kantor.", "title": "Kursi"},
    ),
    "admin:patrol_flag_hand_over": Row(
        "flag", get=LEADS, post=DECIDES, form=lambda world, flag: _seen(world, flag) | {"office": world.offices["bp3mi-ntb"].pk}
    ),
    "admin:patrol_flag_open_case": Row("confirmed flag", get=LEADS, post=DECIDES, form=lambda world, flag: {"title": "Perkara baru"}),
    "admin:patrol_flag_undo": Row("decision of whoever asks", get=LEADS, post=DECIDES),
    "admin:patrol_flag_reverse": Row("decision of whoever asks", get=LEADS, post=DECIDES, form=_note),
    "admin:patrol_post_changelist": Row(get=TRIAGE, post=same(s302="OSosA"), writes=False),
    "admin:patrol_post_export": Row(post=same(s200="OSosA"), form=_csv),
    "admin:patrol_post_change": Row("post", get=TRIAGE, same_thing=True),
    "admin:patrol_post_unveil": Row("post", post=same(s302="OSosA"), writes=False, same_thing=True),
    "admin:patrol_post_severe": Row("post", post=same(s302="OSosA"), form=lambda world, post: {"severe": "1"}, same_thing=True),
    "admin:patrol_post_picture": Row("picture", get=TRIAGE, same_thing=True),
    "admin:patrol_post_picture_clear": Row("picture", get=same(s403="OSosA"), same_thing=True),  # nobody holds its flag
    "admin:patrol_post_ask_page": Row("post", post=same(s302="OSosA"), same_thing=True),
    "admin:patrol_post_view_copy": Row("screenshot", post=COPIES),
    "admin:patrol_post_download_copy": Row("screenshot", post=COPIES, form=lambda world, copy: {"purpose": "case"}),
    "admin:patrol_post_custody": Row("screenshot", get=COPIES),
    "admin:patrol_minutes_changelist": Row(get=same(s200="OSosA")),
    "admin:patrol_minutes_pdf": Row("minutes", post=CASE_SEEN, writes=False),
    "admin:patrol_post_erase": Row(
        "flagged post", get=CASE_SEEN, post=CASE_NOTED, form=lambda world, post: {"reason": "subject", "ground": "Surat 12/PDP/2026."}
    ),
    # --- keeping and forgetting: one proposes, another supervisor of the directorate approves ---
    "admin:patrol_retentionedition_changelist": Row(get=same(s200="sAMD")),
    "admin:patrol_retentionedition_count": Row(get=same(s200="sAMD")),
    "admin:patrol_retentionedition_propose": Row(get=same(s200="sA"), post=same(s302="sA"), form=_times),
    "admin:patrol_retentionedition_approve": Row("times of keeping", post=same(s302="s", s403="AMD"), same_thing=True),
    "admin:patrol_retentionedition_refuse": Row("times of keeping", post=same(s302="s", s403="AMD"), form=_note, same_thing=True),
    "admin:patrol_retentionedition_withdraw": Row("own times of keeping", post=same(s302="A", s403="sMD"), same_thing=True),
    # --- erasing: one asks, another answers ---
    "admin:patrol_erasurerequest_changelist": Row(get=TRIAGE),
    "admin:patrol_erasurerequest_change": Row("request to erase", get=CASE_SEEN),
    "admin:patrol_erasurerequest_approve": Row(
        "request to erase", post=SECONDED, form=lambda world, asked: {"seen_versions": asked.versions}
    ),
    "admin:patrol_erasurerequest_refuse": Row("request to erase", post=SECONDED, form=_note),
    "admin:patrol_erasurerequest_withdraw": Row("request to erase of whoever asks", post=CASE_NOTED),
    "admin:patrol_indicator_changelist": Row(get=TRIAGE),
    "admin:patrol_indicator_export": Row(post=same(s200="OSosA"), form=_csv),
    "admin:patrol_indicator_change": Row("indicator", get=TRIAGE, same_thing=True),
    "admin:patrol_indicator_show": Row(
        "indicator", post=same(s200="OSosA"), form=lambda world, thing: {"purpose": "triage", "reference": ""}, same_thing=True
    ),
    "admin:patrol_indicator_propose": Row("indicator", post=same(s302="OSosA"), form=_trust, same_thing=True),
    "admin:patrol_indicator_find": Row(get=TRIAGE, post=TRIAGE, form=lambda world, thing: {"what": "0840 5550 9999"}),
    "admin:patrol_indicator_trusted": Row(get=TRIAGE),
    "admin:patrol_indicator_approve": Row("proposal", post=same(s302="SsA", s403="Oo"), same_thing=True),
    "admin:patrol_indicator_end": Row(
        "proposal", post=same(s302="OSosA"), form=lambda world, thing: {"why": "Sudah berganti pemilik."}, same_thing=True
    ),
    # --- campaigns ---
    "admin:patrol_campaign_changelist": Row(get=TRIAGE),
    "admin:patrol_campaign_export": Row(post=same(s200="OSosA"), form=_csv),
    "admin:patrol_campaign_change": Row("campaign", get=TRIAGE, same_thing=True),
    "admin:patrol_campaign_confirm": Row("campaign", post=same(s302="OSosA"), same_thing=True),
    "admin:patrol_campaign_name": Row(
        "campaign", post=same(s302="OSosA"), form=lambda world, thing: {"name": "Kursi Taiwan"}, same_thing=True
    ),
    "admin:patrol_campaign_split": Row(
        "campaign",
        post=same(s302="OSosA"),
        form=lambda world, thing: {"post": thing.members.order_by("post").first().post_id},
        same_thing=True,
    ),
    "admin:patrol_campaign_merge": Row(
        "campaign",
        post=same(s302="OSosA"),
        form=lambda world, thing: {"other": models.Campaign.objects.create(number="JRG-26-9999", made_at=NOW, grown_at=NOW).number},
        same_thing=True,
    ),
    "admin:patrol_campaign_unmerge": Row("merged campaign", post=same(s302="OSosA"), same_thing=True),
    "admin:patrol_campaign_dissolve": Row("campaign", post=same(s302="OSosA"), form=_note, same_thing=True),
    "admin:patrol_campaign_reverse": Row("campaign", post=same(s302="OSosA"), writes=False, same_thing=True),
    "admin:patrol_campaign_decide": Row("campaign", get=TRIAGE, post=same(s302="OSosA"), writes=False, same_thing=True),
    "admin:patrol_campaign_open_case": Row("campaign", get=TRIAGE, post=same(s302="OSosA"), writes=False, same_thing=True),
    "admin:patrol_campaign_confirm_tie": Row("tie", post=same(s302="OSosA"), same_thing=True),
    "admin:patrol_campaign_confirm_kind": Row("campaign", post=same(s302="OSosA"), writes=False, same_thing=True),
    "admin:patrol_campaign_cut_kind": Row("campaign", post=same(s302="OSosA"), form=_numbers, same_thing=True),
    "admin:patrol_campaign_uncut_kind": Row("campaign", post=same(s302="OSosA"), writes=False, same_thing=True),
    "admin:patrol_campaign_cut": Row("tie", post=same(s302="OSosA"), same_thing=True),
    "admin:patrol_campaign_refuse_merger": Row("merger", post=same(s302="OSosA"), form=_note, same_thing=True),
    # --- cases ---
    "admin:patrol_importedfile_changelist": Row(get=TRIAGE),
    "admin:patrol_importedfile_change": Row("import", get=CASE_SEEN),
    "admin:patrol_importedfile_problems": Row("import", get=CASE_SEEN),
    "admin:patrol_importedfile_example": Row(get=TRIAGE),
    "admin:patrol_importedfile_add": Row(get=TRIAGE, post=TRIAGE, writes=False),
    "admin:patrol_importedfile_preview": Row(get=same(s302="OSosA"), post=same(s302="OSosA"), writes=False),
    "admin:patrol_importedfile_take": Row(
        "file to import of whoever asks",
        post=same(s302="OSosA"),
        form=lambda world, token: {"upload": token, "columns_text": "teks", "platform": "web"},
        same_thing=True,
    ),
    "admin:patrol_case_changelist": Row(get=TRIAGE, post=same(s302="OSosA"), writes=False),
    "admin:patrol_case_export": Row(post=same(s200="OSosA"), form=_csv),
    "admin:patrol_case_keep_filter": Row(
        post=same(s302="OSosA"), form=lambda world, thing: {"name": "Mine", "state": "mine"}, writes=False
    ),
    "admin:patrol_case_rename_filter": Row(
        "case filter of whoever asks", post=same(s302="OSosA"), form=lambda world, thing: {"name": "Lain"}, writes=False, same_thing=True
    ),
    "admin:patrol_case_drop_filter": Row("case filter of whoever asks", post=same(s302="OSosA"), writes=False, same_thing=True),
    "admin:patrol_case_tell_filter": Row(
        "case filter of whoever asks", post=same(s302="OSosA"), form=lambda world, thing: {"on": "1"}, writes=False, same_thing=True
    ),
    "admin:patrol_case_change": Row("case", get=CASE_SEEN),
    "admin:patrol_case_escalate": Row(
        "case",
        post=by_office({302: "OS", 403: "osA"}, {403: "osA"}, {302: "os", 403: "A"}),
        form=lambda world, case: _note(world, case) | {"article": "placement"},
    ),
    "admin:patrol_case_take": Row("escalated case", post=CASE_TAKEN),
    "admin:patrol_case_pass_on": Row(
        "taken case", post=CASE_PASSED_ON, form=lambda world, case: _note(world, case) | {"to": world.people["A"].pk}
    ),
    "admin:patrol_case_give_back": Row("escalated case", post=CASE_TAKEN, form=_note),
    "admin:patrol_case_note": Row("case", post=CASE_NOTED, form=_note),
    "admin:patrol_case_message": Row("case", post=CASE_NOTED, form=_note),
    "admin:patrol_case_read": Row("case with a message for whoever asks", post=CASE_NOTED, writes=False),  # no line in the log
    "admin:patrol_case_set_kind": Row("case", post=CASE_NOTED, form=lambda world, case: {"kind": "compound"}),
    "admin:patrol_case_close": Row("case", post=CASE_CLOSED, form=lambda world, case: _note(world, case) | {"outcome": "refused"}),
    "admin:patrol_case_reopen": Row("closed case", post=CASE_CLOSED, form=_note),
    "admin:patrol_case_hold": Row("case", post=CASE_HELD, form=_note),
    "admin:patrol_case_lift_hold": Row("held case", post=CASE_HELD, form=_note),
    "admin:patrol_case_take_out": Row(
        "case", post=CASE_NOTED, form=lambda world, case: _note(world, case) | {"flag": case.entries.order_by("id").first().flag_id}
    ),
    "admin:patrol_case_add_near": Row(
        "case", post=CASE_NOTED, form=lambda world, case: {"flag": str(world.confirmed[case.office.code].pk)}
    ),
    "admin:patrol_case_merge": Row(
        "case", post=CASE_CLOSED, form=lambda world, case: _note(world, case) | {"into": world.beside(case).number}
    ),
    "admin:patrol_case_unmerge": Row("merged case", post=CASE_CLOSED, form=_note),
    "admin:patrol_case_attach": Row(
        "case",
        post=CASE_NOTED,
        form=lambda world, case: {"title": "Surat", "seen_by": "both", "file": SimpleUploadedFile("surat.txt", b"Surat pengantar.")},
    ),
    "admin:patrol_case_view_file": Row("attached picture", post=CASE_SEEN),
    "admin:patrol_case_download_file": Row("attached picture", post=CASE_SEEN),
    "admin:patrol_case_package": Row(
        "case", post=PACKED, form=lambda world, case: {"reason": "Permintaan penyidik", "unsealed": "anchor_never"}
    ),
    "admin:patrol_case_custody": Row("attached picture", get=CASE_SEEN),
    "admin:patrol_case_withdraw_file": Row("picture attached by whoever asks", post=CASE_NOTED, form=_note),
    "admin:patrol_case_task_add": Row("case", post=CASE_NOTED, form=lambda world, case: {"title": "Rekaman lengkap"}),
    "admin:patrol_case_task_assign": Row(
        "case with a task", post=CASE_NOTED, form=lambda world, case: _task(world, case) | {"person": world.people["A"].pk}
    ),
    "admin:patrol_case_task_due": Row(
        "case with a task", post=CASE_NOTED, form=lambda world, case: _task(world, case) | {"day": "2026-11-30", "hour": "13:00"}
    ),
    "admin:patrol_case_task_do": Row("case with a task", post=CASE_NOTED, form=_task),
    "admin:patrol_case_task_reopen": Row("case with a task done", post=CASE_NOTED, form=_task),
    "admin:patrol_case_task_drop": Row("case with a task", post=CASE_NOTED, form=lambda world, case: _task(world, case) | {"note": "Ada."}),
    "admin:patrol_case_task_lay": Row("case with a template", post=CASE_NOTED),
    "admin:patrol_taskline_changelist": Row(get=same(s200="sA")),
    "admin:patrol_taskline_add": Row(get=same(s200="sA"), post=same(s302="sA"), form=_line),
    "admin:patrol_taskline_change": Row("line", get=same(s200="sA"), post=same(s302="sA"), form=_line, same_thing=True),
    "admin:patrol_taskline_up": Row("line", post=same(s302="sA"), form=_line_seen, same_thing=True),
    "admin:patrol_taskline_down": Row("first line", post=same(s302="sA"), form=_line_seen, same_thing=True),
    "admin:patrol_taskline_remove": Row("line", post=same(s302="sA"), form=_line_seen, same_thing=True),
    "admin:patrol_case_look": Row("case", post=CASE_NOTED, form=lambda world, case: {}),
    # --- referrals: of a channel that offices send to ---
    "admin:patrol_tip_changelist": Row(get=TRIAGE),
    "admin:patrol_tip_change": Row("tip", get=CASE_SEEN),
    "admin:patrol_tip_read": Row("tip", post=CASE_SEEN),
    # Who sees the report may not always reach the reporter; there is no contact here, so that whoever may is told so.
    "admin:patrol_tip_reach": Row(
        "tip",
        post=by_office({302: "OS", 403: "osA"}, {403: "osA"}, {302: "os", 403: "A"}),
        form=lambda world, tip: {"purpose": "ask"},
        writes=False,
    ),
    "admin:patrol_tip_write": Row("tip", post=CASE_NOTED, form=lambda world, tip: {"text": "Terima kasih."}),
    "admin:patrol_tip_take_in": Row("tip", post=TIP_PLACED, form=lambda world, tip: {"words": "Loker admin"}),
    "admin:patrol_tip_join": Row("tip", post=TIP_PLACED, form=lambda world, tip: {"flag": world.flags[OWN].number}),
    "admin:patrol_tip_pass_on": Row("tip", post=CASE_NOTED),
    "admin:patrol_tip_close": Row("tip", post=CASE_NOTED, form=lambda world, tip: {"outcome": "acted", "text": "Selesai."}),
    "admin:patrol_tip_reopen": Row("closed tip", post=CASE_NOTED),
    "admin:patrol_tip_move": Row("tip", post=TIP_PLACED, form=lambda world, tip: {"office": world.offices["bp3mi-ntb"].pk}),
    "admin:patrol_tip_part": Row("tip that says the same", post=CASE_NOTED),
    "admin:patrol_tip_judge_faith": Row("tip", post=CASE_NOTED, form=lambda world, tip: {"bad": "1"}),
    "admin:patrol_objection_changelist": Row(get=TRIAGE),
    "admin:patrol_objection_export": Row(post=same(s200="OSosA"), form=_csv),
    "admin:patrol_objection_find": Row(get=same(s302="OSosA")),
    "admin:patrol_objection_enter": Row("decided flag", get=REFERS, post=REFERRED_NOW, form=_objection),
    "admin:patrol_objection_change": Row("objection", get=CASE_SEEN),
    "admin:patrol_objection_show": Row("objection", post=CASE_SEEN),
    "admin:patrol_objection_file": Row("objection", post=CASE_SEEN),
    "admin:patrol_objection_decide": Row("objection", post=SECONDED, form=_decides),
    "admin:patrol_objection_withdraw": Row("objection", post=CASE_CLOSED, form=_note),
    "admin:patrol_objection_letter": Row("decided objection", post=CASE_SEEN),
    "admin:patrol_objection_answered": Row("decided objection", post=CASE_CLOSED, form=lambda world, objection: {"how": "letter"}),
    "admin:patrol_referral_changelist": Row(get=TRIAGE),
    "admin:patrol_referral_export": Row(post=same(s200="OSosA"), form=_csv),
    "admin:patrol_referral_channels": Row(get=TRIAGE),
    "admin:patrol_referral_times": Row(get=TRIAGE),
    "admin:patrol_referral_confirm": Row(
        "channel",
        post=same(s302="s", s403="OSoA"),
        form=lambda world, thing: {"letter": "B.1/2026", "day": "2026-11-20", "seen": 1},
        same_thing=True,
    ),
    "admin:patrol_referral_channel": Row("channel", get=TRIAGE, same_thing=True),
    "admin:patrol_referral_enter": Row("channel", get=same(s200="s"), post=same(s302="s"), form=_channel_edition, same_thing=True),
    "admin:patrol_referral_new": Row("case to refer", get=REFERS, post=REFERRED_NOW, form=_new_referral),
    "admin:patrol_referral_copies": Row("case to refer", post=CASE_CLOSED, form=_posts_of_case),
    "admin:patrol_referral_change": Row("referral", get=CASE_SEEN),
    "admin:patrol_referral_lines": Row("referral", get=REFERS, post=CASE_CLOSED, form=_lines),
    "admin:patrol_referral_packet": Row(
        "approved referral", post=by_office({200: "OSsA", 403: "o"}, {200: "sA", 403: "o"}, {200: "osA"}), form=lambda world, thing: {}
    ),
    "admin:patrol_referral_file": Row("receipt", post=CASE_SEEN),
    "admin:patrol_referral_letter": Row("referral with a letter", get=CASE_SEEN),
    "admin:patrol_referral_document": Row(
        "document of a referral", post=by_office({200: "OSsA", 403: "o"}, {200: "sA", 403: "o"}, {200: "osA"}), form=lambda world, thing: {}
    ),
    "admin:patrol_referral_documents_again": Row("referral with a letter", post=CASE_CLOSED),
    "admin:patrol_lettertemplate_changelist": Row(get=same(s200="sA")),
    "admin:patrol_lettertemplate_change": Row("template of a letter", get=same(s200="sA"), same_thing=True),
    "admin:patrol_lettertemplate_enter": Row(
        "channel with a letter", get=same(s200="s"), post=same(s302="s"), form=_template, same_thing=True
    ),
    "admin:patrol_lettertemplate_head": Row(
        "office with a letterhead", get=same(s200="s"), post=same(s302="s"), form=_head, same_thing=True
    ),
    "admin:patrol_referral_change_packet": Row("referral", post=CASE_CLOSED, form=_packet),
    "admin:patrol_referral_submit": Row("referral", post=CASE_CLOSED),
    "admin:patrol_referral_send_back": Row("submitted referral", post=SECONDED, form=_note),
    "admin:patrol_referral_approve": Row("submitted referral", post=SECONDED),
    "admin:patrol_referral_withdraw": Row("referral", post=CASE_CLOSED, form=_note),
    "admin:patrol_referral_mark_sent": Row(
        "approved referral", post=CASE_CLOSED, form=lambda world, referral: {"how": "portal", "receipt": "TKT 1", "when": ""}
    ),
    "admin:patrol_referral_mail_ask": Row("approved referral", post=CASE_CLOSED, form=_files),
    "admin:patrol_referral_mail_take_back": Row("referral asked to be mailed", post=CASE_CLOSED),
    "admin:patrol_referral_mail_settle": Row(
        "referral nobody knows of", post=CASE_CLOSED, form=lambda world, thing: {"arrived": "yes", "note": "Ditelepon."}
    ),
    "admin:patrol_referral_received": Row("sent referral", post=CASE_CLOSED, form=lambda world, thing: {"their_number": "K 1", "note": ""}),
    "admin:patrol_referral_contact_failed": Row("sent referral", post=CASE_CLOSED, form=_note),
    "admin:patrol_referral_no_response": Row("overdue referral", post=CASE_CLOSED, form=_note),
    "admin:patrol_referral_answer": Row("sent referral", post=CASE_CLOSED, form=_answer),
    "admin:patrol_referral_reply": Row("questioned referral", post=CASE_CLOSED, form=_note),
    "admin:patrol_referral_new_round": Row("answered referral", post=CASE_CLOSED, form=_note),
    "admin:patrol_referral_begin_again": Row("referral that came back", post=CASE_CLOSED, form=_came_back),
    "admin:patrol_referral_not_again": Row("referral that came back", post=CASE_CLOSED, form=_not_again),
    # --- people harmed ---
    "admin:patrol_protection_changelist": Row(get=TRIAGE),
    "admin:patrol_protection_change": Row("protection", get=CASE_SEEN),
    "admin:patrol_protection_of_flag": Row("flag of somebody harmed", get=by_office({302: "OSosA"}, {302: "osA"}, {302: "osA"})),
    "admin:patrol_protection_show": Row("protection", post=CASE_SEEN, form=lambda world, thing: {"need": "reach"}),
    "admin:patrol_protection_contacted": Row("protection", post=CASE_NOTED, form=_step),
    "admin:patrol_protection_hand_to_desk": Row(
        "protection", post=CASE_NOTED, form=lambda world, thing: _step(world, thing) | {"desk": "own"}
    ),
    "admin:patrol_protection_move_to_office": Row(
        "protection", post=CASE_NOTED, form=lambda world, thing: _step(world, thing) | {"office": world.offices["bp3mi-ntb"].pk}
    ),
    "admin:patrol_protection_note": Row("protection", post=CASE_NOTED, form=_note),
    "admin:patrol_protection_close": Row(
        "protection", post=CASE_NOTED, form=lambda world, thing: _step(world, thing) | {"ending": "helped"}
    ),
    "admin:patrol_protection_reopen": Row("closed protection", post=CASE_NOTED, form=_step),
    # --- many at once ---
    "admin:patrol_bulk_changelist": Row(get=TRIAGE),
    "admin:patrol_bulk_add": Row(get=TRIAGE, post=same(s302="OSosA"), form=_bulk),
    "admin:patrol_bulk_change": Row("proposed bulk", get=CASE_SEEN),
    "admin:patrol_bulk_approve": Row("proposed bulk", post=SECONDED),
    "admin:patrol_bulk_refuse": Row("proposed bulk", post=SECONDED, form=_note),
    "admin:patrol_bulk_cancel": Row("proposed bulk", post=SECONDED),
    "admin:patrol_bulk_reverse": Row("finished bulk", post=SECONDED, form=_note),
    # --- second eyes ---
    "admin:patrol_draw_changelist": Row(get=TRIAGE),
    "admin:patrol_draw_change": Row("drawn decision", get=CASE_SEEN),
    "admin:patrol_draw_review": Row("drawn decision", post=CASE_NOTED, form=lambda world, draw: {"said": "confirmed:fraud"}),
    "admin:patrol_draw_settle": Row(
        "difference",
        post=by_office({302: "Ss", 403: "OoA"}, {302: "s", 403: "oA"}, {302: "s", 403: "oA"}),
        form=lambda world, draw: {"said": "confirmed:fraud", "note": "Sudah dilihat bersama."},
    ),
    "admin:patrol_draw_agreement": Row(get=same(s200="Ss")),
    # --- watches ---
    "admin:patrol_watch_changelist": Row(get=same(s200="OSosAM")),
    "admin:patrol_watch_export": Row(post=same(s200="OSosAM"), form=_csv),
    "admin:patrol_watch_change": Row("watch", get=WATCH_SEEN),
    "admin:patrol_watch_add": Row(get=same(s200="OSosAM"), post=same(s302="OSosAM"), form=_new_watch),
    "admin:patrol_watch_edit": Row("own watch", get=by_office({200: "SAM"}, {200: "AM"}, {200: "AM"}), post=WATCH_KEPT, form=_watch),
    "admin:patrol_watch_place": Row(
        "watch of an office with a station",
        get=by_office({200: "SM"}, {200: "M"}, {}),
        post=by_office({302: "SM"}, {302: "M"}, {}),
        form=lambda world, watch: {"station": str(models.Station.objects.values_list("pk", flat=True).get(office=watch.office_id))},
        offices=(OWN, OTHER),
    ),
    "admin:patrol_watch_sources": Row(get=same(s200="OSosAM")),
    "admin:patrol_watch_try": Row("own watch", post=by_office({200: "SAM"}, {200: "AM"}, {200: "AM"})),
    "admin:patrol_watch_pause": Row("own watch", post=WATCH_KEPT),
    "admin:patrol_watch_resume": Row("paused watch", post=WATCH_KEPT),
    "admin:patrol_watchproposal_changelist": Row(get=same(s200="OSosAM")),
    "admin:patrol_watchproposal_change": Row("watch proposal", get=WATCH_SEEN),
    "admin:patrol_watchproposal_accept": Row("watch proposal", post=WATCH_KEPT),
    "admin:patrol_watchproposal_refuse": Row("watch proposal", post=WATCH_KEPT, form=lambda world, thing: {"why": "Sudah dipantau."}),
    "admin:patrol_watchproposal_withdraw": Row("watch proposal of whoever asks", post=by_office({302: "OS"}, {}, {302: "os"})),
    "admin:patrol_watchproposal_quota": Row(
        "office", post=by_office({302: "AM"}, {302: "AM"}, {}), form=lambda world, thing: {"most": "12"}
    ),
    # --- captures and the browsers that send them ---
    "admin:patrol_intake_changelist": Row(get=same(s200="OSosA")),
    "admin:patrol_intake_note": Row(
        get=TRIAGE,
        post=same(s302="OSosA"),
        form=lambda world, thing: {"key": uuid.uuid4(), "words": "0840 5550 8888", "note": "", "place": "", "way": "visit"},
    ),
    "admin:patrol_intake_upload": Row(get=same(s200="OSosA"), post=same(s302="OSosA"), form=_upload),
    "admin:patrol_device_changelist": Row(get=same(s200="OSosAM")),
    "admin:patrol_device_code": Row(post=same(s200="OSosA")),
    "admin:patrol_device_extension": Row(get=same(s200="OSosA")),
    "admin:patrol_device_revoke": Row("device of whoever asks", post=same(s302="OSosAM"), same_thing=True),
    "admin:patrol_device_tokens": Row(get=same(s200="SsM")),
    "admin:patrol_device_make_token": Row(
        post=same(s200="Ss"), form=lambda world, thing: {"name": "Sistem contoh", "scopes": "flags", "days": "30"}
    ),
    "admin:patrol_device_revoke_token": Row("token of the office", post=by_office({302: "SM"}, {302: "M"}, {302: "sM"})),
    # The API and the extension's door: a token opens them, a login does not. What they do with one stands in tests/api.
    "api:openapi-json": Row(get=same(s200=STAFF + STRANGERS), writes=False, open=True),
    "api:api-root": Row(get=same(s404=STAFF + STRANGERS), writes=False, open=True),
    **dict.fromkeys(
        [
            f"api:{name}"
            for name in ("show_token", "list_flags", "list_cases", "list_figures", "list_changes", "show_browser", "leave_browser")
        ],
        Row(get=same(s401=STAFF + STRANGERS), post=same(s405=STAFF + STRANGERS), writes=False, open=True),
    ),
    **{
        f"api:{name}": Row(
            thing, get=same(s401=STAFF + STRANGERS), post=same(s405=STAFF + STRANGERS), writes=False, open=True, same_thing=True
        )
        for name, thing in (("show_flag", "number of a flag"), ("show_case", "number of a case"), ("show_figures", "key of an edition"))
    },
    **dict.fromkeys(
        [f"api:{name}" for name in ("check_offer", "send_report", "send_capture")],
        Row(get=same(s405=STAFF + STRANGERS), post=same(s401=STAFF + STRANGERS), writes=False, open=True),
    ),
    "api:pair_browser": Row(get=same(s405=STAFF + STRANGERS), post=same(s400=STAFF + STRANGERS), writes=False, open=True),
    "violations": Row(get=same(s405=STAFF + STRANGERS), post=same(s204=STAFF + STRANGERS), writes=False, open=True),
    "recording:pair": Row(get=same(s405=STAFF + STRANGERS), post=same(s400=STAFF + STRANGERS), writes=False, open=True),
    "recording:device": Row(get=same(s401=STAFF + STRANGERS), post=same(s405=STAFF + STRANGERS), writes=False, open=True),
    "recording:leave": Row(get=same(s405=STAFF + STRANGERS), post=same(s401=STAFF + STRANGERS), writes=False, open=True),
    "recording:capture": Row(get=same(s405=STAFF + STRANGERS), post=same(s401=STAFF + STRANGERS), writes=False, open=True),
    "admin:patrol_casedeadline_changelist": Row(get=same(s200="OSosA")),
    "admin:patrol_casedeadline_change": Row(
        "deadline", get=same(s200="s"), post=same(s302="s"), form=lambda world, one: {"hours": "9", "grace": "3"}, same_thing=True
    ),
    "admin:patrol_publicdeskchange_changelist": Row(get=same(s200="s")),
    "admin:patrol_publicdeskchange_switch": Row(post=same(s302="s"), form=lambda world, thing: {"tells_reviewed": "1"}),
    "admin:patrol_jointleave_changelist": Row(get=same(s200="OSosA")),
    "admin:patrol_jointleave_add": Row(get=same(s200="s"), post=same(s302="s"), form=_leave),
    "admin:patrol_jointleave_change": Row("joint leave", get=same(s200="s"), post=same(s302="s"), form=_leave, same_thing=True),
    "admin:patrol_keywordpack_changelist": Row(get=same(s200="AM")),
    "admin:patrol_keywordpack_add": Row(get=same(s200="AM"), post=same(s302="AM"), form=_pack),
    "admin:patrol_keywordpack_change": Row("pack", get=same(s200="AM"), post=same(s302="AM"), form=_pack, same_thing=True),
    "admin:patrol_credential_changelist": Row(get=same(s200="AM")),
    "admin:patrol_credential_change": Row("credential", get=same(s200="AM"), same_thing=True),
    "admin:patrol_credential_add": Row("platform", get=same(s200="M"), post=same(s302="M"), form=_credential, same_thing=True),
    "admin:patrol_credential_renew": Row("credential", get=same(s200="M"), post=same(s302="M"), form=_credential, same_thing=True),
    "admin:patrol_credential_rename": Row("credential", get=same(s200="M"), post=same(s302="M"), form=_credential, same_thing=True),
    "admin:patrol_credential_retire": Row("credential", post=same(s302="M"), same_thing=True),
    # --- the register ---
    "admin:patrol_registeredition_changelist": Row(get=ALL_SEE),
    "admin:patrol_registeredition_change": Row("edition of the register", get=ALL_SEE, same_thing=True),
    "admin:patrol_registeredition_import": Row(get=same(s200="R"), post=same(s200="R"), writes=False),
    "admin:patrol_registeredition_preview": Row("upload of whoever asks", get=same(s200="R"), query=_in_address, same_thing=True),
    "admin:patrol_registeredition_problems": Row("upload of whoever asks", get=same(s200="R"), query=_in_address, same_thing=True),
    "admin:patrol_registeredition_example_agencies": Row(get=same(s200="R")),
    "admin:patrol_registeredition_example_licences": Row(get=same(s200="R")),
    "admin:patrol_registeredition_take": Row(
        "upload of whoever asks",
        post=same(s302="R", s403="OSosAMD"),
        form=lambda world, token: {"upload": token, "seen_base": "2"},
        same_thing=True,
    ),
    "admin:patrol_registeredition_undo": Row(
        "edition of the register", get=same(s200="R"), post=same(s302="R", s403="OSosAMD"), same_thing=True
    ),
    "admin:patrol_agency_changelist": Row(get=ALL_SEE),
    "admin:patrol_agency_change": Row("agency", get=ALL_SEE, same_thing=True),
    "admin:patrol_licence_changelist": Row(get=ALL_SEE),
    "admin:patrol_manualchange_changelist": Row(get=same(s200="sR")),
    "admin:patrol_manualchange_change": Row("change by hand", get=same(s200="sR"), same_thing=True),
    "admin:patrol_manualchange_add": Row(
        "contact of an agency", get=same(s200="R"), post=same(s302="R"), form=_contact_by_hand, same_thing=True
    ),
    "admin:patrol_manualchange_release": Row(
        "change by hand", post=same(s302="sR"), form=lambda world, change: {"seen_base": "2"}, same_thing=True
    ),
    "admin:patrol_manualchange_refuse": Row(
        "change by hand", post=same(s302="sR"), form=lambda world, change: {"note": "Nomor SK salah"}, same_thing=True
    ),
    "admin:patrol_manualchange_withdraw": Row("own change by hand", post=same(s302="R", s403="s"), same_thing=True),
    "admin:patrol_manualchange_scan": Row("change by hand", post=same(s200="sR"), same_thing=True),
    # --- law ---
    "admin:patrol_case_elements": Row("article of a case", get=CASE_SEEN),
    "admin:patrol_case_choose": Row("case", post=CASE_NOTED, form=lambda world, case: {"article": _placement().pk}),
    "admin:patrol_case_drop": Row("case on an article", post=CASE_NOTED, form=lambda world, case: {"article": _placement().pk}),
    "admin:patrol_case_tick": Row("case on an article", post=CASE_NOTED, form=_tick),
    "admin:patrol_case_untick": Row("ticked case", post=CASE_NOTED, form=lambda world, case: {"tick": ticking.standing(case)[0].pk}),
    "admin:patrol_article_changelist": Row(get=same(s200="osA")),
    "admin:patrol_article_change": Row("article", get=same(s200="osA"), same_thing=True),
    "admin:patrol_article_add": Row(get=same(s200="sA"), post=same(s302="sA"), form=_article),
    "admin:patrol_article_enter": Row("article", get=same(s200="sA"), post=same(s302="sA"), form=_edition, same_thing=True),
    "admin:patrol_article_end": Row(
        "article",
        get=same(s200="sA"),
        post=same(s302="sA"),
        form=lambda world, article: {"seen": article.editions.get().pk, "ended_from": "2026-12-01", "source": "LN rekaan"},
        same_thing=True,
    ),
    "admin:patrol_article_confirm": Row("edition of an article", get=same(s200="s"), post=same(s302="s"), form=_letter, same_thing=True),
    "admin:patrol_article_scan": Row("confirmed edition of an article", post=same(s200="osA"), same_thing=True),
    # --- exports for peers: one asks, another answers, whoever may ask takes the file; a campaign is the directorate's ---
    "admin:patrol_peerexport_changelist": Row(get=TRIAGE),
    "admin:patrol_peerexport_change": Row("export for a peer", get=REFERS),
    "admin:patrol_peerexport_of_case": Row("case of a decided flag", get=REFERS, post=REFERRED_NOW, form=_peer),
    "admin:patrol_peerexport_of_campaign": Row("campaign", get=same(s200="sA"), post=same(s302="sA"), writes=False, same_thing=True),
    "admin:patrol_peerexport_approve": Row("export for a peer", post=PEERS_SECONDED, form=_peer_counted),
    "admin:patrol_peerexport_refuse": Row("export for a peer", post=PEERS_SECONDED, form=_note),
    "admin:patrol_peerexport_withdraw": Row("export for a peer of whoever asks", post=REFERRED_NOW),
    "admin:patrol_peerexport_take": Row("approved export for a peer", post=REFERS, form=lambda world, thing: {"written_as": "stix"}),
    "admin:patrol_card_changelist": Row(get=same(s200="OSosA")),
    "admin:patrol_card_change": Row("card", get=CASE_SEEN),
    "admin:patrol_card_of_case": Row("case of a decided flag", get=CASE_SEEN, post=CASE_CLOSED, form=_card),
    "admin:patrol_card_poster": Row("office of a poster", get=CASE_SEEN),
    "admin:patrol_card_file": Row("picture of a card", get=CASE_SEEN),
    "admin:patrol_card_release": Row("drawn card", post=SECONDED, form=_card_seen),
    "admin:patrol_card_refuse": Row("card", post=SECONDED, form=_card_note),
    "admin:patrol_card_withdraw": Row("card", post=CASE_CLOSED, form=_card_note),
    "admin:patrol_card_draw_again": Row("card", post=CASE_CLOSED),
    "admin:patrol_guide_changelist": Row(get=same(s200="sA")),
    "admin:patrol_guide_change": Row("guide", get=same(s200="sA"), same_thing=True),
    "admin:patrol_guide_edition": Row("edition of a guide", get=same(s200="sA"), same_thing=True),
    "admin:patrol_guide_begin": Row(get=same(s200="sA"), post=same(s302="sA"), form=_guide),
    "admin:patrol_guide_enter": Row("guide", get=same(s200="sA"), post=same(s302="sA"), form=_guide, same_thing=True),
    "admin:patrol_guide_withdraw": Row(
        "guide",
        get=same(s200="sA"),
        post=same(s302="sA"),
        form=lambda world, guide: {"seen": guide.editions.latest("id").pk, "reason": "Berubah."},
        same_thing=True,
    ),
    # --- people, offices, audit ---
    "admin:patrol_person_changelist": Row(get=same(s200="SsMD")),
    "admin:patrol_person_add": Row(get=same(s200="M"), post=same(s302="M"), form=_person),
    "admin:patrol_person_change": Row(
        "person of an office with a station",
        get=by_office({200: "MS"}, {200: "M"}, {200: "M"}),
        post=by_office({302: "MS"}, {302: "M"}, {302: "M"}),
        form=_placed,
    ),
    "admin:patrol_person_reset_link": Row("person", post=same(s200="M")),
    "admin:patrol_person_agree": Row("person", post=same(s302="sM"), writes=False),  # somebody has agreed already
    "admin:patrol_person_end_logins": Row("person", post=same(s302="M")),
    "admin:patrol_person_unlink_provider": Row("person", post=same(s302="M"), form=_with_linked),
    "admin:patrol_person_reset_factors": Row("person", post=same(s302="M"), form=_with_factor),
    "admin:patrol_person_leave": Row(
        "person", get=by_office({200: "MS"}, {200: "M"}, {200: "Ms"}), post=by_office({302: "MS"}, {302: "M"}, {302: "Ms"}), form=_leaves
    ),
    "admin:patrol_person_add_duty": Row("person", post=same(s302="M"), form=_duty),
    "admin:patrol_person_end_duty": Row("person", post=same(s302="M"), form=_with_duty),
    "admin:patrol_person_clear_mail": Row("person", post=same(s302="M"), form=_with_mail),
    "admin:patrol_office_changelist": Row(get=ALL_SEE),
    "admin:patrol_office_add": Row(get=same(s200="M"), post=same(s302="M"), form=_new_office),
    "admin:patrol_station_changelist": Row(get=ALL_SEE),
    "admin:patrol_station_add": Row(get=same(s200="SM"), post=same(s302="SM"), form=_station),
    "admin:patrol_station_change": Row(
        "station",
        get=by_office({200: "SM"}, {200: "M"}, {}),
        post=by_office({302: "SM"}, {302: "M"}, {}),
        form=_station,
        offices=(OWN, OTHER),
    ),
    "admin:patrol_office_change": Row("office", get=same(s200="M"), post=same(s302="M"), form=_office),
    # --- what is about oneself ---
    "admin:patrol_notice_changelist": Row(get=ALL_SEE),
    "admin:patrol_notice_read_all": Row(post=same(s302=STAFF), writes=False),
    "admin:patrol_notice_open": Row("notice", post=by_office({302: "OS"}, {}, {302: "osA"}), writes=False),
    "admin:patrol_dispatch_changelist": Row(get=ALL_SEE),
    "admin:patrol_dispatch_choose": Row(post=same(s302=STAFF), form=_choice, writes=False),
    "admin:patrol_dispatch_as_office": Row(post=same(s302=STAFF), writes=False),
    "admin:patrol_dispatch_pair": Row("bots", post=same(s200=STAFF), same_thing=True),
    "admin:patrol_dispatch_part": Row(post=same(s302=STAFF), writes=False),
    "admin:patrol_dispatch_again": Row(
        "message of whoever asks",
        post=same(s302=STAFF),
        form=lambda world, message: {"seen": message.asked_at.isoformat()},
        same_thing=True,
    ),
    "admin:patrol_bot_changelist": Row(get=same(s200="SsM")),
    "admin:patrol_bot_office": Row("office with a bot", get=OFFICE_TOLD),
    "admin:patrol_bot_token": Row("office with a bot", post=OFFICE_TELLS, form=lambda world, thing: {"token": "123456:" + "t" * 35}),
    "admin:patrol_bot_try": Row("office with a bot", post=OFFICE_TELLS, writes=False),  # nobody answers the walk
    "admin:patrol_bot_remove": Row("office with a bot", post=OFFICE_TELLS),
    "admin:patrol_bot_choose": Row("office with a bot", post=OFFICE_TELLS, form=_choice),
    "admin:patrol_webhook_changelist": Row(get=same(s200="SsM")),
    "admin:patrol_webhook_make": Row(
        post=same(s200="Ss"), form=lambda world, thing: {"address": f"https://terima.example/{uuid.uuid4()}", "types": "flag.raised"}
    ),
    "admin:patrol_webhook_try": Row("webhook", post=OFFICE_KEEPS, writes=False),  # nobody answers the walk
    "admin:patrol_webhook_choose": Row("webhook", post=OFFICE_KEEPS, form=lambda world, thing: {"types": "case.closed"}),
    "admin:patrol_webhook_pause": Row("webhook", post=OFFICE_KEEPS),
    "admin:patrol_webhook_resume": Row("paused webhook", post=OFFICE_KEEPS),
    "admin:patrol_webhook_again": Row("webhook", post=OFFICE_KEEPS, form=lambda world, thing: {"since": "23-11-2026 09.00"}),
    "admin:patrol_webhook_rotate": Row("webhook", post=by_office({200: "S"}, {}, {200: "s"})),
    "admin:patrol_webhook_end": Row("webhook", post=OFFICE_TELLS),
    "admin:patrol_dispatch_ask": Row(post=same(s302=STAFF), form=lambda world, thing: {"address": "petugas@kantor.example"}),
    "admin:patrol_dispatch_confirm": Row(post=same(s302=STAFF), form=lambda world, thing: {"code": "12345678"}, writes=False),
    "admin:patrol_dispatch_clear": Row(post=same(s302=STAFF), writes=False),
    "admin:patrol_owncare_changelist": Row(get=ALL_SEE),
    "admin:patrol_owncare_settings": Row(get=ALL_SEE),
    "admin:patrol_owncare_office": Row(get=same(s200="Ss"), post=same(s302="Ss"), form=_care),
    "admin:patrol_owncare_take_up": Row(post=same(s302=STAFF), writes=False),  # their own duty, which they have
    "admin:patrol_owncare_reminded": Row(post=same(s302=STAFF), writes=False),
    "admin:patrol_decision_changelist": Row(get=TRIAGE),
    "admin:patrol_auditentry_changelist": Row(get=same(s200="MD")),
    "admin:patrol_auditentry_export": Row(post=same(s200="MD"), form=_csv),
    "admin:patrol_auditentry_verify": Row(post=same(s302="MD")),
    # --- the weekly summary ---
    # --- whose data it is ---
    "admin:patrol_consultation_changelist": Row(get=same(s200="D")),
    "admin:patrol_consultation_export": Row(post=same(s200="D"), form=_csv),
    "admin:patrol_unusualreading_changelist": Row(get=same(s200="D")),
    "admin:patrol_unusualreading_close": Row(
        "unusual reading", post=same(s302="D"), form=lambda world, thing: {"reason": "explained"}, same_thing=True
    ),
    "admin:patrol_subjectrequest_changelist": Row(get=same(s200="D")),
    "admin:patrol_subjectrequest_enter": Row(get=same(s200="D"), post=same(s302="D"), form=_subject),
    "admin:patrol_subjectrequest_change": Row(
        "request of a subject", get=same(s200="D"), post=same(s302="D"), form=_subject_answer, same_thing=True
    ),
    "admin:reports_weeklysummary_changelist": Row(get=same(s200="OSosAM")),
    "admin:reports_weeklysummary_export": Row(post=same(s200="OSosAM"), form=_csv),
    "admin:reports_weeklysummary_week": Row("week", get=SUMMARY_SEEN, offices=WEEKLY),
    "admin:reports_weeklysummary_freeze": Row("week", post=SUMMARY_FROZEN, form=lambda world, week: {"sure": "1"}, offices=WEEKLY),
    "admin:reports_weeklysummary_edition": Row("edition", get=SUMMARY_SEEN, offices=WEEKLY),
    "admin:reports_weeklysummary_print": Row("edition", get=SUMMARY_SEEN, offices=WEEKLY),
    "admin:reports_weeklysummary_pdf": Row("edition", get=SUMMARY_SEEN, offices=WEEKLY),
    "admin:reports_weeklysummary_sign": Row(
        "edition",
        # Who may sign in no place is told so with 403.
        post=SUMMARY_FROZEN,
        form=lambda world, edition: {"place": "author", "seen": edition.sha256, "read": "1"},
        offices=WEEKLY,
    ),
    "admin:reports_weeklysummary_file": Row("edition", post=SUMMARY_SEEN, form=_xlsx, offices=WEEKLY),
    "admin:reports_weeklysummary_mails": Row(
        get=same(s200="OSosAM"), post=same(s302="OSosAM"), form=lambda world, thing: {"editions": []}, writes=False
    ),
    "admin:reports_weeklysummary_heads": Row(get=same(s200="SsM")),
    "admin:reports_weeklysummary_head": Row("office", get=OFFICE_TOLD, post=OFFICE_TELLS, form=_paper),
    "admin:reports_weeklysummary_waiting": Row(get=same(s200="OSosAM")),
    "admin:reports_weeklysummary_week_rows": Row("week", get=SUMMARY_SEEN, query=_figure, offices=WEEKLY),
    "admin:reports_weeklysummary_edition_rows": Row("edition", get=SUMMARY_SEEN, query=_figure, offices=WEEKLY),
}


@pytest.fixture(autouse=True)
def nothing_outside(settings: Any) -> None:
    """A trial asks the platform, a token set asks Telegram: here a port where nobody answers."""
    settings.STAND_INS = dict.fromkeys(("https://t.me", "https://api.telegram.org"), "http://127.0.0.1:9")


def addresses(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[str]:
    """The name of every address the project answers, with its namespace; a nameless one ends in a colon."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*names, pattern.name or ""])
        else:
            yield from addresses(pattern, (*names, pattern.namespace) if pattern.namespace else names)


# --- the world ------------------------------------------------------------------------------------


@dataclass
class World:
    """One of everything in each office. What a request changes is rolled back after it."""

    offices: dict[str, models.Office]
    people: dict[str, models.Person]
    officers: dict[str, models.Person]  # who acts in each office before the walk comes by
    flags: dict[str, models.Flag]
    confirmed: dict[str, models.Flag]
    cases: dict[str, models.Case]
    watches: dict[str, models.Watch]
    post: models.Post
    indicator: models.Indicator
    editions: dict[str, Any]
    register: models.RegisterEdition
    contacts: list[str]  # those that no page shows in full but to whoever asked
    sessions: dict[str, str] = field(default_factory=dict)  # letter -> the key of its session

    def make(self, thing: str, office: str, asks: str) -> tuple[Any, list[Any]]:
        """The object and the parts of its address."""
        if thing in {"flag", "case", "watch"}:
            rows: dict[str, dict[str, Any]] = {"flag": self.flags, "case": self.cases, "watch": self.watches}
            found = rows[thing][office]
            return found, [found.pk]
        made: tuple[Any, list[Any]] = getattr(self, f"_{thing.replace(' ', '_')}")(office, asks)
        return made

    def _pack(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = packs.add(name=f"Paket {uuid.uuid4()}", about="lures", words=["gratis biaya"], by=None, now=NOW)
        return made, [made.pk]

    def _deadline(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = models.CaseDeadline.objects.create(step="opened", kind="other", hours=16, grace=8)
        return made, [made.pk]

    def _joint_leave(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = models.JointLeave.objects.create(day=NOW.date(), name="Cuti contoh", decree="SKB contoh")
        return made, [made.pk]

    def _office_with_a_bot(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """What is sealed opens with no key of the walk: nobody is asked."""
        of, by = self.offices[office], self.people["M"]
        made = models.Bot.objects.create(office=of, sealed="x", mark=str(of.pk), name="contoh_bot", set_at=NOW, set_by=by)
        return made, [of.pk]

    def _bots(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        for one in (OWN, DIRECTORATE):
            self._office_with_a_bot(one, asks)
        return None, []

    def _webhook(self, office: str, asks: str, state: str = "active") -> tuple[Any, list[Any]]:
        """What is sealed opens with no key of the walk: nobody is asked."""
        of, by = self.offices[office], self.people["S"]
        given = {"types": ["flag.raised"], "state": state, "sealed": "x", "cursor": "0-0-0-0-0", "arrived_at": NOW, "made_at": NOW}
        made = models.Webhook.objects.create(office=of, address=f"https://terima.example/{uuid.uuid4()}", made_by=by, **given)
        return made, [made.pk]

    def _paused_webhook(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._webhook(office, asks, "paused")

    def _platform(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return None, ["youtube"]

    def _article(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = models.Article.objects.get(key="placement")
        return made, [made.pk]

    def _case_on_an_article(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = self.cases[office]
        ticking.choose(case_id=made.pk, article_id=_placement().pk, by=self.officers[office], now=NOW)
        return made, [made.pk]

    def _article_of_a_case(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, _parts = self._case_on_an_article(office, asks)
        return made, [made.pk, _placement().pk]

    def _ticked_case(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._case_on_an_article(office, asks)
        told = {"flag_id": made.entries.order_by("id")[0].flag_id, "edition_id": _placement().editions.get().pk, "everywhere": False}
        ticking.tick(case_id=made.pk, element="placing", evidence=["check"], **told, by=self.officers[office], now=NOW)
        return made, parts

    def _contact_of_an_agency(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        agency = models.Agency.objects.get(edition=self.register)
        return agency, [agency.pk, "kontak"]

    def _proposed(self, by: models.Person) -> tuple[Any, list[Any]]:
        typed = {"column": "phones", "contact": "0840-1111-0009"}
        agency = models.Agency.objects.get(edition=self.register).name
        decree: dict[str, Any] = {"decree": "SK 7", "decree_date": NOW.date(), "scan": b"%PDF-1.4"}
        made = manual.propose(kind="contact", ends=False, agency=agency, typed=typed, **decree, by=by, now=NOW)
        return made, [made.pk]

    def _change_by_hand(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._proposed(factories.person(Role.REGISTRAR))

    def _own_change_by_hand(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._proposed(self.people["R"])

    def _kept(self, by: models.Person) -> tuple[Any, list[Any]]:
        made = retention.propose(times=retention.shipped(), reason="Jadwal retensi arsip.", by=by, now=NOW)
        return made, [made.pk]

    def _times_of_keeping(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._kept(factories.person(Role.ANALYST))

    def _own_times_of_keeping(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._kept(self.people["A"])

    def _held_case(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = self.cases[office]
        holds.place(case_id=made.pk, reason="Surat penyidik.", by=factories.person(Role.SUPERVISOR, office), now=NOW)
        return made, [made.pk]

    def _edition_of_an_article(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = models.Article.objects.get(key="placement").editions.get()
        return made, [made.article_id, made.pk]

    def _confirmed_edition_of_an_article(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._edition_of_an_article(office, asks)
        by = self.people["s"]
        law.confirm(edition_id=made.pk, letter_number="B.1", letter_date=NOW.date(), scan=b"%PDF-1.4", by=by, now=NOW)
        return made, parts

    def _credential(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        values = {field.key: "nilai-contoh" for field in credentials.fields("youtube")}
        by, name = self.people["M"], f"Kunci {uuid.uuid4()}"
        made = credentials.add(platform="youtube", name=name, values=values, last_day=None, by=by, now=NOW)
        return made, [made.pk]

    def _flag_beside_another(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        other = factories.flag(of=factories.watch(office))
        assert (other.office_id, other != self.flags[office]) == (self.offices[office].pk, True)
        return self.flags[office], [self.flags[office].pk]

    def _confirmed_flag(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.confirmed[office], [self.confirmed[office].pk]

    def _decision_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """A fresh decision of whoever asks; where that person may not decide, of the office's officer."""
        for by in (self.people.get(asks), self.officers[office]):
            try:
                made = by and decide(self.flags[office], by)
            except PermissionDenied:
                continue
            if made:
                return made, [made.pk]
        raise AssertionError(office)

    def _proposed_bulk(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of an officer who does not ask."""
        made = self._bulk(office, "proposed")
        return made, [made.pk]

    def _finished_bulk(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = self._bulk(office, "done")
        return made, [made.pk]

    def _bulk(self, office: str, state: str) -> models.Bulk:
        return models.Bulk.objects.create(
            number=f"MSL-{uuid.uuid4().hex[:8]}",
            office=self.offices[office],
            outcome="dismissed",
            reason="lawful",
            state=state,
            by=self.officers[office],
            at=NOW,
        )

    def _request_to_erase(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of an officer who does not ask."""
        made = self._asked(office, self.officers[office])
        return made, [made.pk]

    def _request_to_erase_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Where that person may not ask, of the office's officer: then it is not there to be withdrawn."""
        for by in (self.people.get(asks), self.officers[office]):
            try:
                made = by and self._asked(office, by)
            except PermissionDenied:
                continue
            if made:
                return made, [made.pk]
        raise AssertionError(office)

    def _asked(self, office: str, by: models.Person) -> models.ErasureRequest:
        post_id = self.flags[office].post_id
        return erasures.ask(post_id=post_id, reason="subject", ground="Surat 12.", by=by, now=NOW)

    def _drawn_decision(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of an officer who does not ask."""
        made = self.confirmed[office].decisions.get()
        draw, _made = models.Draw.objects.get_or_create(
            kind="second", decision=made, flag=made.flag, office=self.offices[office], day=NOW.date(), at=NOW
        )
        return draw, [draw.pk]

    def _difference(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        draw, parts = self._drawn_decision(office, asks)
        second = factories.person(code=office)
        quality.review(draw_id=draw.pk, outcome="dismissed", reason="lawful", note="", by=second, now=NOW)
        return draw, parts

    def _escalated_case(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        case = self.cases[office]
        made = cases.escalate(
            case_id=case.pk, article="placement", note="Lintas provinsi.", seen_version=case.version, by=self.officers[office], now=NOW
        )
        return made, [made.pk]

    def _taken_case(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        escalated, parts = self._escalated_case(office, asks)
        analyst = factories.person(Role.ANALYST)
        return cases.take(case_id=escalated.pk, seen_version=escalated.version, by=analyst, now=NOW), parts

    def _case_with_a_message_for_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        case = self.cases[office]
        models.Notice.objects.create(
            kind="case_message", case=case, person=self.people.get(asks, self.officers[OTHER]), at=NOW, by=self.officers[office]
        )
        return case, [case.pk]

    def beside(self, case: models.Case) -> models.Case:
        """Another case of the same office, to be merged with."""
        return models.Case.objects.create(
            number=f"PKR-26-9{case.pk:03}", title="Satu lagi", office=case.office, opened_by=case.opened_by, opened_at=NOW
        )

    def _merged_case(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        case, other = self.cases[office], self.beside(self.cases[office])
        cases.merge(case_id=case.pk, into=other.number, note="Sama.", seen_version=case.version, by=self.officers[office], now=NOW)
        made = models.Case.objects.get(pk=case.pk)
        return made, [made.pk]

    def _attached_picture(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._attached(office, self.officers[office])

    def _picture_attached_by_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        person = self.people.get(asks)
        may = person is not None and access.may(person, Action.CASE_NOTE, office_id=self.offices[office].pk)
        return self._attached(office, person if person is not None and may else self.officers[office])

    def _attached(self, office: str, by: models.Person) -> tuple[Any, list[Any]]:
        """Without the child process that draws it anew: what is asked here is who may open it."""
        kept = [custody.capture_file(b"\xff\xd8\xff", "image/jpeg", platform="", kind="attachment", person=by, now=NOW) for _ in range(2)]
        made = models.CaseAttachment.objects.create(
            case=self.cases[office], capture=kept[0], shown=kept[1], title="Layar", office=by.office, internal=False, by=by, at=NOW
        )
        return made, [made.pk]

    def _case_with_a_task(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        case = self.cases[office]
        tasks.add(case_id=case.pk, title="Rekaman lengkap", person_id=None, due_at=None, by=self.officers[office], now=NOW)
        return case, [case.pk]

    def _line(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """The last of two."""
        made = [
            task_lines.add(kind="other", title=f"Baris {n}", title_en="", days=1, goes_to="opener", by=None, now=NOW) for n in range(2)
        ][-1]
        return made, [made.pk]

    def _first_line(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        self._line(office, asks)
        first = task_lines.of("other").first()
        assert first is not None
        return first, [first.pk]

    def _case_with_a_template(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        self._line(office, asks)
        return self.cases[office], [self.cases[office].pk]

    def _case_with_a_task_done(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        case, parts = self._case_with_a_task(office, asks)
        tasks.do(case_id=case.pk, task_id=case.tasks.get().pk, seen_version=1, by=self.officers[office], now=NOW)
        return case, parts

    def _closed_case(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        case = self.cases[office]
        made = cases.close(outcome="acted_upon", case_id=case.pk, note="Selesai.", seen_version=case.version, by=self.people["A"], now=NOW)
        return made, [made.pk]

    def _case_to_refer(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.cases[office], [self.cases[office].pk]

    def _referral_with_a_letter(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        protection, _parts = self._protection(office, asks)
        made = asked.handed_over(self.cases[office], protection, self.officers[office])
        return made, [made.pk]

    def _document_of_a_referral(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._referral_with_a_letter(office, asks)
        asked.documents_made()
        return made, [*parts, "letter_docx"]

    def _template_of_a_letter(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        composing.load(now=NOW)
        made = composing.template_of("komdigi")
        assert made
        return made, [made.pk]

    def _edition_of_a_guide(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        editions.load(now=NOW)
        made = models.GuideEdition.objects.filter(guide__key="visa-turis").latest("id")
        return made, [made.guide_id, made.pk]

    def _guide(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """One for each time: a guide is taken off once."""
        by = factories.person(Role.ANALYST)
        made = editions.publish(**_guide(self, None) | {"checked_on": NOW.date()}, by=by, now=NOW).guide
        return made, [made.pk]

    def _channel_with_a_letter(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._template_of_a_letter(office, asks)[0], ["komdigi"]

    def _office_with_a_letterhead(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return None, [office]

    def _channel(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return None, ["komdigi"]

    def _referral(self, office: str, asks: str, verb: Callable[..., models.Referral] = asked.draft) -> tuple[Any, list[Any]]:
        """Of an officer who does not ask."""
        case = self.cases[office]
        for entry in case.entries.select_related("flag"):
            asked.copied(entry.flag)
        made = verb(case, self.officers[office])
        if verb == asked.draft:
            made = asked.filled(made, self.officers[office])
        return made, [made.pk]

    def _submitted_referral(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._referral(office, asks, asked.submitted)

    def _approved_referral(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """To a body with a mail address."""
        test_sending.enter_address(self.people["s"], seen=models.ChannelEdition.objects.filter(channel="platform_form").count())
        return self._referral(office, asks, asked.approved)

    def _referral_asked_to_be_mailed(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._approved_referral(office, asks)
        return test_sending.ask(made, self.officers[office]), parts

    def _referral_nobody_knows_of(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._referral_asked_to_be_mailed(office, asks)
        models.Sending.objects.update(state="trying", tried_at=NOW, message_id="<contoh@patroli.example>")
        models.Sending.objects.update(state="unknown")
        return made, parts

    def _sent_referral(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self._referral(office, asks, asked.sent)

    def _receipt(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._approved_referral(office, asks)
        sent = asked.mark_sent(made, self.officers[office], file=referrals.File(b"tanda terima"))
        return sent, [*parts, sent.receipt_file_id]

    def _overdue_referral(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._sent_referral(office, asks)
        models.Referral.objects.filter(pk=made.pk).update(due_at=factories.NOW)
        return made, parts

    def _questioned_referral(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._sent_referral(office, asks)
        return asked.answer(made, self.officers[office], "clarification_asked"), parts

    def _answered_referral(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._sent_referral(office, asks)
        return asked.answer(made, self.officers[office], "acted_upon"), parts

    def _referral_that_came_back(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._sent_referral(office, asks)
        test_coming_back.found(made, code=office)
        return made, parts

    def _decided_flag(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = objected.decided(self.flags[office], by=self.officers[office])
        return made, [made.pk]

    def _tip(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = models.Tip.objects.create(office=self.offices[office], kind="advert", words="Loker admin ke luar negeri", at=NOW)
        return made, [made.pk]

    def _closed_tip(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._tip(office, asks)
        handling.close(tip_id=made.pk, outcome="acted", text="Selesai.", seen_version=1, by=self.officers[office], now=NOW)
        made.refresh_from_db()
        return made, parts

    def _tip_that_says_the_same(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        first, _parts = self._tip(office, asks)
        made = models.Tip.objects.create(office=first.office, kind="advert", words="Loker", at=NOW, same_as=first)
        return made, [made.pk]

    def _objection(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of an officer who does not ask."""
        flag, _parts = self._decided_flag(office, asks)
        made = objected.enter(flag, self.officers[office], factories.NOW, content=b"%PDF-1.4 keberatan")
        return made, [made.pk]

    def _decided_objection(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._objection(office, asks)
        return objected.decide(made, objected.supervisor(office), "rejected"), parts

    def _case_of_a_decided_flag(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        flag, _parts = self._decided_flag(office, asks)
        case = cases.open_case(flag_ids=[flag.pk], title="Calo", by=self.officers[office], now=carded.LATER)
        return flag, [case.pk]

    def _unusual_reading(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        found = {"why": "own", "day": NOW.date(), "count": 1, "usual": 0, "found_at": NOW}
        made = models.UnusualReading.objects.create(person=self.people["M"], **found)
        return made, [made.pk]

    def _request_of_a_subject(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        asked = _subject(self, None) | {"asked_at": NOW - timedelta(hours=2)}
        made = subject_requests.enter(**asked, by=self.people["D"], now=NOW)
        return made, [made.pk]

    def _export_for_a_peer(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of an officer who does not ask."""
        made = self._peer_export(office, self.officers[office])
        return made, [made.pk]

    def _export_for_a_peer_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Where that person may not ask, of the office's officer: then it is not there to be withdrawn."""
        by = self.people.get(asks)
        may = by is not None and access.may(by, Action.PEER_ASK, office_id=self.offices[office].pk)
        made = self._peer_export(office, by if by is not None and may else self.officers[office])
        return made, [made.pk]

    def _approved_export_for_a_peer(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._export_for_a_peer(office, asks)
        second = objected.supervisor(office)
        return peers.approve(export_id=made.pk, seen=peers.of(made, now=carded.LATER).digest, by=second, now=carded.LATER), parts

    def _peer_export(self, office: str, by: models.Person) -> models.PeerExport:
        flag, (case_id,) = self._case_of_a_decided_flag(office, "")
        case = models.Case.objects.select_related("merged_into").get(pk=case_id)
        return peers.ask(subject=case, **_peer(self, flag), by=by, now=carded.LATER)

    def _card(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of an officer who does not ask."""
        flag, (case_id,) = self._case_of_a_decided_flag(office, asks)
        decision = flag.decisions.get()
        told = {"case_id": case_id, "decision": decision, "office": self.offices[office], "level": "high", "quote": carded.QUOTE}
        made = models.Card.objects.create(number=f"KP-{flag.pk}", signs=["pay"], by=self.officers[office], at=carded.LATER, **told)
        jobs.add(carding.JOB, str(made.pk), {"card": made.pk}, now=carded.LATER)
        return made, [made.pk]

    def _drawn_card(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._card(office, asks)
        return carded.drawn(made), parts

    def _picture_of_a_card(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._drawn_card(office, asks)
        return made, [*parts, "png-id"]

    def _office_of_a_poster(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return None, [office]

    def _protection(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = models.Protection.objects.create(flag=self.confirmed[office], office=self.offices[office], by=self.officers[office], at=NOW)
        return made, [made.pk]

    def _closed_protection(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, parts = self._protection(office, asks)
        made = protecting.close(
            protection_id=made.pk, ending="helped", note="Sudah pulang.", seen_version=1, by=self.officers[office], now=NOW
        )
        return made, parts

    def _flag_of_somebody_harmed(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, _parts = self._protection(office, asks)
        return made.flag, [made.flag_id]

    def _own_watch(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of an office, which the directorate's own are not."""
        watch = self.watches[office]
        models.Watch.objects.filter(pk=watch.pk).update(by_office=office != DIRECTORATE)
        return watch, [watch.pk]

    def _paused_watch(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        watch, parts = self._own_watch(office, asks)
        models.Watch.objects.filter(pk=watch.pk).update(state="paused")
        return watch, parts

    def _watch_proposed(self, office: str, by: models.Person) -> tuple[Any, list[Any]]:
        wanted = watches.Wanted(name="Usulan contoh", query="usulan_contoh", office_id=self.offices[office].pk, every_seconds=900)
        made = proposing_watches.propose(platform="telegram", kind="", wanted=wanted, why="Tiga aduan.", by=by, now=NOW)
        return made, [made.pk]

    def _watch_proposal(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of an officer who does not ask."""
        return self._watch_proposed(office, self.officers[office])

    def _watch_proposal_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Where that person may not propose, of the office's officer: then it is not there to be withdrawn."""
        try:
            return self._watch_proposed(office, self.people.get(asks, self.officers[office]))
        except PermissionDenied:
            return self._watch_proposal(office, asks)

    def _post(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.post, [self.post.pk]

    def _flagged_post(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        post = self.flags[office].post
        return post, [post.pk]

    def _picture(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        picture, _made = models.Media.objects.get_or_create(
            version=self.post.versions.get(),
            position=0,
            defaults={"kind": "photo", "state": "kept", "masked": factories.file_capture(b"\xff\xd8\xff", post_id=self.post.pk)},
        )
        return picture, [picture.pk]

    def _screenshot(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """A copy of the post that a flag of the office is about."""
        post = self.flags[office].post
        made = models.Capture.objects.filter(post=post, kind="screenshot").first() or custody.capture_file(
            b"\x89PNG\r\n\x1a\n",
            "image/png",
            platform="telegram",
            kind="screenshot",
            post_id=post.pk,
            person=self.officers[office],
            now=NOW,
        )
        return made, [post.pk, made.pk]

    def _minutes(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        capture, _parts = self._screenshot(office, asks)
        with transaction.atomic():
            made = custody_log.took(capture, by=self.officers[office], now=NOW, purpose="case", reason="Penanganan perkara", after={})
        return made, [made.pk]

    def _indicator(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.indicator, [self.indicator.pk]

    def _campaign(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Of three posts, each tied to the one before."""
        made = models.Campaign.objects.create(number="JRG-26-9001", made_at=NOW, grown_at=NOW, posts_count=3)
        posts = sorted(factories.stored([factories.raw_post() for _ in range(3)]), key=lambda post: post.pk)
        models.LinkedPost.objects.bulk_create(
            models.LinkedPost(post=post, campaign=made, joined_at=NOW, follows=False, linked_at=NOW) for post in posts
        )
        for later, earlier in ((posts[1], posts[0]), (posts[2], posts[1])):
            models.Tie.objects.create(later=later, earlier=earlier, kind="phone", key="0" * 32, weight=0.9, at=NOW)
        return made, [made.pk]

    def _merged_campaign(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, _parts = self._campaign(office, asks)  # with posts, which a merger that is taken back brings home
        into = models.Campaign.objects.create(number="JRG-26-9002", made_at=NOW, grown_at=NOW)
        judging.merge(campaign_id=into.pk, other_id=made.pk, note="", seen_version=1, by=self.people["A"], now=NOW)
        return made, [made.pk]

    def _merger(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        one, _parts = self._campaign(office, asks)
        other = models.Campaign.objects.create(number="JRG-26-9002", made_at=NOW, grown_at=NOW)
        proposal = models.MergerProposal.objects.create(one=one, other=other, keys=["1" * 32], at=NOW)
        return proposal, [one.pk, proposal.pk]

    def _tie(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made, _parts = self._campaign(office, asks)
        tie = judging.within(made).get(later=made.members.order_by("-post").first().post_id)
        return tie, [made.pk, tie.pk]

    def _proposal(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Made by nobody who asks: who proposes does not approve."""
        proposal = models.Trusted.objects.create(
            indicator=self.indicator,
            known_as="media",
            reason="Redaksi.",
            proposed_by=factories.person(),
            proposed_at=NOW,
            expires_on=timezone.now().date() + timedelta(days=100),
        )
        return proposal, [proposal.pk]

    def _person(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.officers[office], [self.officers[office].pk]

    def _station(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = models.Station.objects.create(office=self.offices[office], name="P4MI Contoh")
        return made, [made.pk]

    def _person_of_an_office_with_a_station(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        self._station(OWN, asks)
        return self._person(office, asks)

    def _watch_of_an_office_with_a_station(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        self._station(office, asks)
        return self._own_watch(office, asks)

    def _office(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.offices[office], [self.offices[office].pk]

    def _week(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return None, [office, str(UNFROZEN)]

    def _edition(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.editions[office], [self.editions[office].pk]

    def _token(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        person = self.officers[OTHER]
        return person, [urlsafe_base64_encode(force_bytes(person.pk)), people.links.make_token(person, None)]

    def _edition_of_the_register(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.register, [self.register.pk]

    def _agency(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        agency = models.Agency.objects.get(edition=self.register)
        return agency, [agency.pk]

    def _upload_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Two files the registrar looked at, as the word that stands in an address; for others somebody else's word."""
        files = [[raw.put(content), name] for name, content in FILES.items()]
        return Upload(files[0], files[1], "2026-11-23").token(self.people.get(asks, self.people["R"])), []

    def _import(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        problem = {"code": "no_text", "id": "Baris ini tidak berisi teks.", "en": "No text.", "permanent": True, "where": "line:2"}
        made = models.Intake.objects.create(
            kind="import",
            person=self.officers[office],
            office=self.offices[office],
            at=NOW,
            name="unggahan.csv",
            format="table",
            state="done",
            ended_at=NOW,
            problems=[problem],
            bad=1,
        )
        return made, [made.pk]

    def _file_to_import_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """A file somebody looked at, as the word that stands in the page; for others somebody else's word."""
        kept = pending.keep([b"teks,tautan\nLoker,https://contoh.example/1\n"])
        word = import_form.Upload(kept.sha256, "unggahan.csv", kept.length, uuid.uuid4().hex)
        return word.token(self.people.get(asks, self.people["O"])), []

    def _joined_flag_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        """Where that person may not join there, by the office's officer: then it is not there to be undone."""
        flag = self.flags[office]
        other = factories.flag(of=self.watches[office])
        for by in (self.people.get(asks), self.officers[office]):
            if by and access.may(by, Action.FLAG_DECIDE, office_id=flag.office_id):
                triage.join(flag_id=flag.pk, other_ids=[other.pk], by=by, now=NOW)
                break
        return flag, [flag.pk]

    def _filter_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        person = self.people.get(asks, self.officers[OTHER])
        made = models.SavedFilter.objects.create(person=person, name=uuid.uuid4().hex, query={}, made_at=NOW)
        return made, [made.pk]

    def _case_filter_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        person = self.people.get(asks, self.officers[OTHER])
        made = models.CaseFilter.objects.create(person=person, name=uuid.uuid4().hex, query={"state": "mine"}, made_at=NOW)
        return made, [made.pk]

    def _passkey_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = Authenticator.objects.create(
            user=self.people.get(asks, self.officers[OTHER]), type="webauthn", data={"name": "Kunci contoh"}
        )
        return made, [made.pk]

    def _login_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        person, client = self.people.get(asks, self.officers[OTHER]), Client()
        client.force_login(person)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        return None, [next(one.mark for one in logins.of(person, None, now=NOW) if one.key == key)]

    def _device_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        person = self.people.get(asks, self.officers[OTHER])
        device = models.Device.objects.create(person=person, name="Peramban contoh", token_sha256=uuid.uuid4().hex, paired_at=NOW)
        return device, [device.pk]

    def _token_of_the_office(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        by = factories.person(Role.SUPERVISOR, office)
        device = tokens.make(name="Sistem contoh", scopes=["flags"], days=30, by=by, now=NOW).device
        return device, [device.pk]

    def _number_of_a_case(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.cases[OWN], [self.cases[OWN].number]

    def _key_of_an_edition(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.editions[OWN], [self.editions[OWN].pk]

    def _number_of_a_flag(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return self.flags[OWN], [self.flags[OWN].number]

    def _message_of_whoever_asks(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        person = self.people.get(asks, self.officers[OTHER])
        told = {"kind": "summary_draft", "key": uuid.uuid4().hex, "state": "unknown", "asked_at": NOW, "tried_at": NOW}
        made = models.Dispatch.objects.create(person=person, **told)
        return made, [made.pk]

    def _app(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return None, ["patrol"]

    def _notice(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        made = models.Notice.objects.create(
            kind="handed_over", office=self.offices[office], flag=self.flags[office], at=NOW, note=f"CATATAN-{office}"
        )
        return made, [made.pk]

    def _any_object(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return None, [1, self.cases[OTHER].pk]

    def _anything(self, office: str, asks: str) -> tuple[Any, list[Any]]:
        return None, []


def decide(flag: models.Flag, by: models.Person) -> models.Decision:
    return triage.decide(
        flag_id=flag.pk,
        outcome="confirmed",
        reason="licence",
        note=f"ALASAN-{flag.office.code}",
        decision_key=uuid.uuid4(),
        seen_version=flag.version,
        by=by,
        now=NOW - timedelta(seconds=1),
    ).decisions[0]


def confirmed(flag: models.Flag, by: models.Person) -> models.Flag:
    decide(flag, by)
    return models.Flag.objects.select_related("office").get(pk=flag.pk)


def in_a_duty(office: models.Office) -> models.Person:
    """An analyst of the directorate who acts as supervisor of this office, with somebody who agreed to that."""
    person, given = factories.person(Role.ANALYST, name="Peminta d"), factories.NOW - timedelta(days=40)
    person.set_password("panjang-dan-aneh-4821")
    person.save(update_fields=["password"])
    giver, agrees = factories.person(Role.ADMINISTRATOR), factories.person(Role.SUPERVISOR, DIRECTORATE)
    duty = duties.add(person_id=person.pk, role="supervisor", office_id=office.pk, until=None, by=giver, now=given)
    people.agree(person_id=person.pk, seen=duty.appointment.pk, by=agrees, now=given)
    return duties.take_up(duty_id=duty.pk, by=person, now=given)


def built() -> World:
    offices = factories.offices()
    people = {letter: factories.person(role, code, name=f"Peminta {letter} {role}") for letter, (role, code) in PEOPLE.items()}
    people[NOT_AGREED] = factories.person(Role.SUPERVISOR, OWN, name="Peminta n", approves=False)
    people[IN_A_DUTY] = in_a_duty(offices[OWN])
    officers = {code: factories.person(Role.OFFICER, code, name=f"PETUGAS-{code}") for code in OFFICES}
    watches = {code: factories.watch(code, name=f"PANTAUAN-{code}", query=f"saluran_{code.replace('-', '_')}") for code in OFFICES}
    flags, sure, opened = {}, {}, {}
    for code in OFFICES:
        first, second, third, fourth = factories.flags(4, of=watches[code])
        assert {flag.office.code for flag in (first, second, third, fourth)} == {code}
        flags[code], sure[code] = first, confirmed(second, officers[code])
        in_case = [confirmed(one, officers[code]) for one in (third, fourth)]
        opened[code] = cases.open_case(flag_ids=[one.pk for one in in_case], title=f"PERKARA-{code}", by=officers[code], now=NOW)
        cases.note(case_id=opened[code].pk, text=f"CATATAN-{code}", sent=False, by=officers[code], now=NOW)
        cases.note(case_id=opened[code].pk, text=f"PESAN-{code}", sent=True, by=officers[code], now=NOW)
    [harmless] = factories.stored([factories.raw_post()])
    gone = factories.person(Role.SUPERVISOR, "directorate")  # who froze them would sign them; where they left whoever may freeze does
    editions = {
        code: summary.freeze(
            office_id=None if code == NATIONAL else offices[code].pk, period=FROZEN, note=f"REKAP-{code}", by=gone, now=NOW
        )
        for code in WEEKLY
    }
    models.Person.objects.filter(pk=gone.pk).update(is_active=False)
    rows = (
        [{"name": "PT Contoh Laut Biru"}],
        [{"number": "1/SIP/2026", "agency": "PT Contoh Laut Biru", "country": "MY", "positions": []}],
    )
    newest = [factories.register(*rows) for _edition in range(2)][1]
    phone = models.Indicator.objects.filter(kind="phone").first()
    assert phone is not None
    kinds = ("phone", "bank_account", "email")
    contacts = list(models.Indicator.objects.filter(kind__in=kinds).values_list("value", flat=True))
    return World(offices, people, officers, flags, sure, opened, watches, harmless, phone, editions, newest, contacts)


def inhabited() -> World:
    """Everybody in it logged in, at the walk's own hour."""
    world = built()
    with pytest.MonkeyPatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: NOW)
        for letter, person in (world.people | {"x": world.officers[OWN]}).items():  # "x" is let go after it logged in, for one request
            client = Client()
            client.force_login(person)
            world.sessions[letter] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return world


@pytest.fixture(scope="module")
def kept_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once: the walk makes some two thousand requests, each rolled back to here."""
    with django_db_blocker.unblock(), markers.planted(), transaction.atomic():
        world = inhabited()
        yield world
        assert not markers.in_the_admins_history()  # by none of the walk's requests, though each was undone
        transaction.set_rollback(True)


@pytest.fixture
def world(kept_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    monkeypatch.setattr(settings, "MAIL", {"host": "127.0.0.1", "port": 1, "security": "none", "user": "", "password": ""})
    monkeypatch.setattr(settings, "MAIL_FROM", "kirim@patroli.example")
    monkeypatch.setattr(settings, "SITE_URL", "https://patroli.example")
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)  # thousands of refusals are the point here
    # Who gets the file is asked here; laying out the same sheet thirty times would take longer than the whole walk.
    monkeypatch.setattr("reports.documents.pdf", lambda context, request: b"%PDF-")
    monkeypatch.setattr("patrol.infra.printing.pdf", lambda html, **options: b"%PDF-")
    with transaction.atomic():
        yield kept_world
        transaction.set_rollback(True)


# Their middleware is loaded once: for each of the walk's requests it took as long as the answer.
_HANDLERS = {checks: ClientHandler(enforce_csrf_checks=checks) for checks in (False, True)}


def entered(world: World, asks: str, *, enforce_csrf_checks: bool = False) -> Client:
    """A browser in which this person is logged in."""
    client = Client(raise_request_exception=True)
    client.handler = _HANDLERS[enforce_csrf_checks]
    if asks == "x":
        models.Person.objects.filter(pk=world.officers[OWN].pk).update(is_active=False)
    if asks != "-":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[asks]
    return client


def address(name: str, parts: list[Any], thing: Any = None) -> str:
    if name == "admin:":
        return "/kerja/tidak/ada/di-sini"
    query = urlencode(MATRIX[name].query(thing), doseq=True)
    return f"{_path(name, *parts)}?{query}" if query else _path(name, *parts)


@functools.cache
def _path(name: str, *parts: Any) -> str:
    """The same thing is asked for by everybody."""
    return reverse(name, args=parts)


def expected(answers: Answers, office: str, asks: str, row: Row) -> int:
    for status, letters in answers.get(office, {}).items():
        if asks in letters:
            return status
    return 404 if asks in STAFF or row.open else 302


@dataclass(frozen=True)
class Seen:
    status: int
    to: str
    written: int
    unread: str  # what the reading log does not say of whom it showed
    empty: bool  # nothing but headers


# What staff call a credential or look for, masked as all they type.
_OF_NOBODY = {f"admin:patrol_credential_{name}" for name in ("change", "changelist", "rename", "renew")} | {
    f"admin:patrol_keywordpack_{name}" for name in ("change", "changelist")
}


def unread(world: World, name: str, asks: str, response: Any) -> str:
    """What the reading log does not say of an answer that shows somebody. Each request is undone, and its rows with it."""
    if response.status_code != 200 or asks not in EVERYBODY or name in _OF_NOBODY:
        return ""
    words = markers.said(markers.body(response))
    full = any(one in words for one in world.contacts)
    found = markers.shown(words)
    if not (found or full):
        return ""
    rows = list(models.Consultation.objects.filter(person=world.people[asks]))
    said = markers.unread(response, rows, full=full)
    return f"{sorted(found)}: {said}" if said else ""


type Made = tuple[Any, list[Any], int]  # a thing, the parts of its address, the rows of the audit log once it was made


def written() -> int:
    """Rows of the audit log. Asked after each request: through a model it took a sixteenth of the walk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM patrol_auditentry")
        (count,) = cursor.fetchone()
    return int(count)


def made_for(world: World, row: Row, office: str, asks: str) -> Made:
    thing, parts = world.make(row.thing, office, asks) if row.thing else (None, [])
    return thing, parts, written()


def ask(world: World, name: str, row: Row, asks: str, method: str, made: Made) -> Seen:
    """One request, and what it left behind; undone afterwards."""
    with transaction.atomic():
        thing, parts, before = made
        client = entered(world, asks)
        url = address(name, parts, thing)
        response = client.post(url, row.form(world, thing)) if method == "POST" else client.generic(method, url)
        seen = Seen(
            response.status_code,
            response.headers.get("Location", ""),
            written() - before,
            "" if method == "HEAD" else unread(world, name, asks, response),
            not response.streaming and response.content == b"",
        )
        transaction.set_rollback(True)
    return seen


# --- the walk -------------------------------------------------------------------------------------


def test_every_address_has_a_row() -> None:
    assert sorted(set(addresses(get_resolver()))) == sorted(MATRIX)


def test_an_address_without_a_row_is_seen() -> None:
    """The positive control: a page too many, at the root, in the workbench and under a name of its own."""
    view = RedirectView.as_view(url="/")
    deeper = URLResolver(RoutePattern("kerja/"), [path("baru/", view, name="page_without_row")], namespace="admin")
    elsewhere = path("lain/", include(([path("", view, name="page")], "elsewhere")))
    more: list[Any] = [path("baru/", view, name="page_without_row"), deeper, elsewhere]
    seen = set(addresses(URLResolver(RoutePattern(""), [*get_resolver().url_patterns, *more])))
    assert sorted(seen - set(MATRIX)) == ["admin:page_without_row", "elsewhere:page", "page_without_row"]


# Whoever approves may do these, and nobody agreed to this account yet. Whoever signs a summary as its author approves nothing.
SECOND_HALVES = {
    "admin:patrol_bulk_approve",
    "admin:patrol_bulk_cancel",
    "admin:patrol_bulk_refuse",
    "admin:patrol_bulk_reverse",
    "admin:patrol_card_refuse",
    "admin:patrol_card_release",
    "admin:patrol_draw_settle",
    "admin:patrol_erasurerequest_approve",
    "admin:patrol_erasurerequest_refuse",
    "admin:patrol_indicator_approve",
    "admin:patrol_objection_decide",
    "admin:patrol_peerexport_approve",
    "admin:patrol_peerexport_refuse",
    "admin:patrol_referral_approve",
    "admin:patrol_referral_send_back",
}


def planned(name: str, *, whole: bool) -> Iterator[tuple[str, str, str]]:
    """Office, who asks, method: each request that is made to this address."""
    row = MATRIX[name]
    offices = row.offices if row.thing and not row.same_thing else (OWN,)
    for office in offices:
        for method, answers in (("GET", row.get), ("POST", row.get if row.post is READ_ONLY else row.post)):
            # A page that takes nothing is sent something in one office only: if it wrote after all, that would be seen there.
            if office != offices[0] and not whole and (answers is NOBODY or (method == "POST" and row.post is READ_ONLY)):
                continue
            yield from ((office, asks, method) for asks in STAFF)
            if office == offices[0] or whole:
                yield from ((office, asks, method) for asks in STRANGERS)
            if whole or (office == OWN and (method == "POST" or row.post is READ_ONLY)):
                yield from ((office, asks, method) for asks in AS_IF)
        if whole:
            yield from ((office, asks, method) for method in READING for asks in (*EVERYBODY, *STRANGERS))
        elif office == offices[0]:
            yield from ((office, one_who_may(row, office), method) for method in READING)
            yield from ((office, "-", method) for method in ("PUT", "DELETE"))


def one_who_may(row: Row, office: str) -> str:
    """Who is let in there, to look or to act; where nobody is, a supervisor of the directorate."""
    let_in = [letters for answers in (row.get, row.post or {}) for status, letters in answers.get(office, {}).items() if status < 400]
    return next((letters[0] for letters in let_in if letters[0] in STAFF), "s")


def together() -> dict[str, list[str]]:
    """Addresses by the thing they are asked with, which is made once for all of them; each by itself where it has none, or whoever asks
    gets one of their own.
    """
    found: dict[str, list[str]] = {}
    for name, row in MATRIX.items():
        alone = not row.thing or "whoever asks" in row.thing
        found.setdefault(name if alone else row.thing, []).append(name)
    return found


TOGETHER = together()


def walked(*names: str, world: World, record: Callable[[str, Any], None] = lambda what, count: None, by: str = "") -> list[str]:
    """Where addresses with the same thing answer otherwise than their rows promise; `by`: asked by these alone, in their own office."""
    wrong, thing = [], MATRIX[names[0]]
    own = "whoever asks" in thing.thing
    every = [(name, *one) for name in names for one in planned(name, whole=WHOLE)]
    requests = [one for one in every if not by or (one[1] == OWN and one[2] in by)]

    def whose(request: tuple[str, str, str, str]) -> tuple[str, str]:
        _name, office, asks, _method = request
        return office, asks if own else "-"

    for (office, owner), asked_there in itertools.groupby(sorted(requests, key=whose), key=whose):
        with transaction.atomic():
            made = made_for(world, thing, office, owner)  # once for all of them: what each does to it is undone
            for name, _office, asks, method in asked_there:
                row = MATRIX[name]
                seen = ask(world, name, row, asks, method, made)
                said = amiss(name, row, office, asks, method, seen)
                wrong += [f"{name}: {method} {asks} at {office}: {said}; {seen}"] if said else []
            transaction.set_rollback(True)
    record("matrix", (len(requests), len(wrong)))
    return wrong


def amiss(name: str, row: Row, office: str, asks: str, method: str, seen: Seen) -> str:
    """What was promised otherwise, "" where all is as promised."""
    reads = method != "POST" or row.post is READ_ONLY
    answers = row.get if reads else row.post
    assert answers is not None
    status = expected(answers, office, AS_IF.get(asks, asks), row)
    if asks == NOT_AGREED and method == "POST" and name in SECOND_HALVES and status < 400:
        status = 403
    allowed = not reads and row.writes and status < 400 and asks in EVERYBODY
    allowed = allowed or (asks, method, name) == (IN_A_DUTY, "POST", "admin:patrol_owncare_take_up")  # back to their own one
    right = seen.status == status
    if method in READING:  # Django's own forms take a PUT as a POST, and its classes answer OPTIONS with what they take
        as_post = expected(row.post or {}, office, AS_IF.get(asks, asks), row) if row.open else status
        right = right or seen.status in {404, 405, as_post} or (method == "OPTIONS" and seen.empty)
    right = right and (seen.written > 0) == allowed and not seen.unread
    if asks in STRANGERS and seen.status == 302 and not row.open:
        right = right and seen.to.startswith(f"{reverse('admin:login')}?next=/kerja/")
    return "" if right else f"{status} expected, writes {allowed}"


@pytest.mark.parametrize("thing", TOGETHER)
def test_walk(thing: str, world: World, record_property: Callable[[str, Any], None]) -> None:
    assert walked(*TOGETHER[thing], world=world, record=record_property) == []


def test_each_address_is_walked_once() -> None:
    assert sorted(itertools.chain.from_iterable(TOGETHER.values())) == sorted(MATRIX)


def test_the_documents_say_how_many_requests_the_matrix_has() -> None:
    """docs/security/asvs.md; the count of a run is the last line but few of what pytest writes."""
    page = (Path(settings.BASE_DIR) / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")
    usual, whole = (sum(len(list(planned(name, whole=whole))) for name in MATRIX) for whole in (False, True))
    assert f"{len(MATRIX)} addresses, {usual:,} requests in `make test`, {whole:,} in `make soak`" in page


@pytest.mark.parametrize(
    ("action", "role", "relation", "name"),
    [
        (Action.CASE_VIEW, Role.OFFICER, Relation.ANY, "admin:patrol_case_change"),
        (Action.FLAG_DECIDE, Role.REGISTRAR, Relation.ANY, "admin:patrol_flag_changelist"),
        (Action.CASE_TAKE, Role.OFFICER, Relation.DIRECTORATE, "admin:patrol_case_take"),
        (Action.PERSON_CHANGE, Role.SUPERVISOR, Relation.OWN, "admin:patrol_person_reset_link"),
        (Action.SUMMARY_FREEZE, Role.ANALYST, Relation.DIRECTORATE, "admin:reports_weeklysummary_freeze"),
        (Action.WATCH_VIEW, Role.ANALYST, Relation.OWN, "admin:patrol_watch_change"),
    ],
)
def test_the_walk_sees_a_hole(
    action: Action, role: Role, relation: Relation, name: str, world: World, monkeypatch: pytest.MonkeyPatch, rights_asked_anew: None
) -> None:
    """The positive control: one right too many or too few in patrol.access, and the walk finds it, where no wall stands behind that."""
    assert access.TABLE[action].get(role) != frozenset({relation})
    monkeypatch.setattr(access, "behind_wall", lambda person: wall.EVERYTHING if person.is_authenticated else wall.NOBODY)
    monkeypatch.setitem(access.TABLE[action], role, frozenset({relation}))
    assert walked(name, world=world) != []


@pytest.mark.parametrize("name", ["admin:patrol_case_change", "admin:patrol_tip_change", "admin:patrol_protection_change"])
def test_the_wall_stands_behind_a_hole(name: str, world: World, monkeypatch: pytest.MonkeyPatch, rights_asked_anew: None) -> None:
    """A right too many, and the page of another office is not there all the same."""
    action = {"case": Action.CASE_VIEW, "tip": Action.TIP_VIEW}.get(name.split("_")[1], Action.PROTECTION_VIEW)
    monkeypatch.setitem(access.TABLE[action], Role.OFFICER, frozenset({Relation.ANY}))
    assert walked(name, world=world) == []


LOST: Mapping[str, tuple[str, str, Callable[[Any], Any]]] = {
    "no row at all": ("admin:patrol_case_change", "write", lambda write: lambda person, shown: None),
    "no row of a file that streams": ("admin:patrol_case_export", "write", lambda write: lambda person, shown: None),
    "nothing by the address": ("admin:patrol_case_change", "_at", lambda at: lambda: lambda match: None),
    "another kind": ("admin:patrol_case_change", "_at", lambda at: lambda: lambda match: replaced(at()(match), kind="post")),
    "another thing": ("admin:patrol_case_change", "_at", lambda at: lambda: lambda match: replaced(at()(match), key="987654321")),
    "a list": ("admin:patrol_case_change", "_at", lambda at: lambda: lambda match: replaced(at()(match), key="", way="list", rows=1)),
    "another way": ("admin:patrol_case_change", "_at", lambda at: lambda: lambda match: replaced(at()(match), way="file")),
    "masked": ("admin:patrol_indicator_show", "_at", lambda at: lambda: lambda match: replaced(at()(match), unmasked=False)),
    "for no purpose": ("admin:patrol_indicator_show", "note", lambda note: lambda request, **told: note(request, **told | {"purpose": ""})),
}
SAID = {"masked": "in full, and no row says so", "for no purpose": "for triage, and no row says so"}


def replaced(shown: consulting.Shown | None, **changes: Any) -> consulting.Shown | None:
    return shown and replace(shown, **changes)


@pytest.mark.parametrize("lost", LOST)
def test_the_walk_sees_what_the_log_does_not_say(lost: str, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control of each thing that is compared."""
    name, part, change = LOST[lost]
    monkeypatch.setattr(consulting, part, change(getattr(consulting, part)))
    assert [one for one in walked(name, world=world, by="OS") if SAID.get(lost, "no row of it") in one] != []


def test_a_row_of_the_admins_history_is_seen_also_where_it_was_undone(world: World) -> None:
    with transaction.atomic():
        LogEntry.objects.create(user=world.officers[OWN], object_id="1", object_repr="Budi Kenari", action_flag=ADDITION)
        transaction.set_rollback(True)
    assert (markers.in_the_admins_history(), LogEntry.objects.count()) == (True, 0)
    as_superuser("SELECT setval('django_admin_log_id_seq', 1, false)", database=str(settings.DATABASES["default"]["NAME"]))
    assert not markers.in_the_admins_history()


def test_a_mark_is_found_in_files_within_files() -> None:
    mark = markers.MARKS["patrol_tip.words"]
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("xl/sharedStrings.xml", f"<t>{mark}</t>" * 50)
    with zipfile.ZipFile(outer, "w") as opened:
        opened.writestr("daftar.xlsx", inner.getvalue())
    assert mark.encode() not in outer.getvalue()
    assert markers.shown(markers.said(outer.getvalue())) == {"patrol_tip.words"}


def of_each_thing(asked: Callable[[Row], bool]) -> list[tuple[str, list[str]]]:
    """TOGETHER without the addresses that are not asked."""
    kept = [(thing, [name for name in names if asked(MATRIX[name])]) for thing, names in TOGETHER.items()]
    return [(thing, names) for thing, names in kept if names]


@pytest.mark.parametrize(("_thing", "names"), of_each_thing(lambda row: row.post is not READ_ONLY and row.writes))
def test_a_write_without_its_token_is_refused(_thing: str, names: list[str], world: World) -> None:
    asking = {}
    for name in names:
        post = MATRIX[name].post
        assert post is not None
        asking[name] = next(letters for letters in (post[OWN].get(302), post[OWN].get(200)) if letters)[0]
    thing, parts, _before = made_for(world, MATRIX[names[0]], OWN, asking[names[0]])
    for name, asks in asking.items():
        with transaction.atomic():
            client, form = entered(world, asks, enforce_csrf_checks=True), MATRIX[name].form(world, thing)
            before = written()
            assert (client.post(address(name, parts), form).status_code, written()) == (403, before), name
            transaction.set_rollback(True)


@pytest.mark.parametrize(("_thing", "names"), of_each_thing(lambda row: bool(row.thing) and not row.same_thing and "week" not in row.thing))
def test_what_is_hidden_answers_as_what_never_was(_thing: str, names: list[str], world: World) -> None:
    thing = MATRIX[names[0]].thing
    for_all = None if "whoever asks" in thing else world.make(thing, OWN, "-")  # each undoes what they do to it
    for name, asks in itertools.product(names, STAFF):
        with transaction.atomic():
            made, parts = for_all or world.make(thing, OWN, asks)
            never = [uuid.uuid4() if isinstance(part, uuid.UUID) else 987_654_321 for part in parts]
            seen = entered(world, asks).post(address(name, never), MATRIX[name].form(world, made))
            transaction.set_rollback(True)
        assert seen.status_code == 404, (name, asks)


# --- lists, counters, search ----------------------------------------------------------------------

LISTS = (
    "/kerja/",
    "/kerja/patrol/flag/",
    "/kerja/patrol/flag/?office={other}",
    "/kerja/patrol/flag/?level=high&level=medium&office={other}",
    "/kerja/patrol/post/",
    "/kerja/patrol/post/?level=high",
    "/kerja/patrol/indicator/",
    "/kerja/patrol/indicator/?kind=phone",
    "/kerja/patrol/case/",
    "/kerja/patrol/case/?state=opened",
    "/kerja/patrol/case/?state=mine",
    "/kerja/patrol/case/?state=untaken",
    "/kerja/patrol/case/?q=PERKARA",
    "/kerja/patrol/case/?q=PESAN",
    "/kerja/patrol/case/?responsible=nobody&since=2026-01-01",
    "/kerja/patrol/case/?office={other}",
    "/kerja/patrol/case/?office__code=bp3mi-sulsel",
    "/kerja/patrol/watch/",
    "/kerja/patrol/watch/?state=new",
    "/kerja/patrol/watch/?q=PANTAUAN",
    "/kerja/patrol/office/",
    "/kerja/patrol/registeredition/",
    "/kerja/patrol/agency/",
    "/kerja/patrol/licence/",
    "/kerja/patrol/notice/",
    "/kerja/patrol/notice/?show=all",
    "/kerja/patrol/notice/?show=handed",
    "/kerja/patrol/protection/",
    "/kerja/patrol/protection/?state=all",
    "/kerja/patrol/decision/?period=all",
    "/kerja/patrol/person/",
    "/kerja/patrol/person/?unused=1",
    "/kerja/patrol/person/?q=PETUGAS",
    "/kerja/reports/weeklysummary/",
    "/kerja/reports/weeklysummary/?office=bp3mi-jabar",
    "/kerja/search/?s=PERKARA",
)


def hidden_words(code: str) -> tuple[str, ...]:
    """Words that stand only in what belongs to that office."""
    query = f"saluran_{code.replace('-', '_')}"
    kinds = ("PERKARA", "CATATAN", "PESAN", "ALASAN", "PANTAUAN", "PETUGAS", "REKAP")
    return (*(f"{kind}-{code}" for kind in kinds), query)


def shown(client: Client, world: World, urls: tuple[str, ...]) -> str:
    """All these pages as one text, those that are not there left out."""
    found = []
    for url in urls:
        response = client.get(url.format(other=world.offices[OTHER].pk))
        assert response.status_code in {200, 404}, url
        if response.status_code == 200:
            found.append(response.content.decode())
    return "\n".join(found)


@pytest.mark.parametrize("asks", "OS")
def test_lists_cards_and_counters_hold_nothing_of_another_office(asks: str, world: World) -> None:
    text = shown(entered(world, asks), world, LISTS)
    assert [word for code in (OTHER, DIRECTORATE) for word in hidden_words(code) if word in text] == []
    assert f"PERKARA-{OWN}" in text
    assert f"PANTAUAN-{OWN}" in text
    assert f"PETUGAS-{OWN}" in text


@pytest.mark.parametrize("asks", "RMD")
def test_registrar_administrator_and_data_protection_officer_see_no_case_and_no_flag(asks: str, world: World) -> None:
    text = shown(entered(world, asks), world, LISTS)
    numbers = [flag.number for flag in models.Flag.objects.all()] + [case.number for case in models.Case.objects.all()]
    assert len(numbers) == 15
    words = [f"{word}-{code}" for word in ("PERKARA", "CATATAN", "PESAN", "ALASAN") for code in OFFICES]
    assert [word for word in [*numbers, *words] if word in text] == []


def test_the_directorate_sees_all_offices(world: World) -> None:
    text = shown(entered(world, "A"), world, LISTS)
    assert [code for code in OFFICES if f"PERKARA-{code}" not in text or f"PANTAUAN-{code}" not in text] == []


def test_a_flag_of_another_office_shows_that_it_exists_and_no_more(world: World) -> None:
    """Own office and directorate only: why it was decided, by whom, and what its case holds (number and office are shared)."""
    in_case = models.CaseFlag.objects.filter(case=world.cases[OTHER]).first()
    assert in_case is not None
    pages = tuple(
        reverse("admin:patrol_flag_change", args=[pk]) for pk in (world.flags[OTHER].pk, world.confirmed[OTHER].pk, in_case.flag_id)
    )
    text = shown(entered(world, "O"), world, pages)
    assert [word for word in hidden_words(OTHER) if word in text] == []
    assert world.cases[OTHER].number in text
    assert reverse("admin:patrol_case_change", args=[world.cases[OTHER].pk]) not in text
    assert f"ALASAN-{OTHER}" in shown(entered(world, "A"), world, pages)


def test_counters_count_what_the_person_may_see(world: World) -> None:
    """One more open case and two more flags elsewhere change no number of this office."""

    def counters(asks: str) -> list[str]:
        context = entered(world, asks).get("/kerja/").context
        return [f"{item['title']} {item['count']}" for group in context["sidebar_navigation"] for item in group["items"]]

    before = {asks: counters(asks) for asks in "OSA"}
    [flag, other] = factories.flags(2, of=world.watches[OTHER])
    sure = confirmed(flag, world.officers[OTHER])
    case = cases.open_case(flag_ids=[sure.pk], title="Satu lagi", by=world.officers[OTHER], now=NOW)
    cases.escalate(case_id=case.pk, article="placement", note="Naik.", seen_version=case.version, by=world.officers[OTHER], now=NOW)
    after = {asks: counters(asks) for asks in "OSA"}
    assert (after["O"], after["S"]) == (before["O"], before["S"])
    changed = [pair for pair in zip(before["A"], after["A"], strict=True) if pair[0] != pair[1]]
    assert len(changed) == 2  # the queue and the escalated cases of the directorate
    assert other.office.code == OTHER


def test_a_flag_goes_into_no_case_of_another_office(world: World) -> None:
    client = entered(world, "O")
    url = reverse("admin:patrol_flag_open_case", args=[world.confirmed[OWN].pk])
    assert client.post(url, {"case": world.cases[OTHER].pk}).status_code == 404
    assert not models.CaseFlag.objects.filter(flag=world.confirmed[OWN]).exists()


@pytest.mark.parametrize("letter", "OSA")
def test_a_changed_role_counts_at_the_next_request(letter: str, world: World) -> None:
    client = entered(world, letter)
    case = reverse("admin:patrol_case_change", args=[world.cases[OWN].pk])
    assert client.get(case).status_code == 200
    directorate = world.offices[DIRECTORATE]
    models.Person.objects.filter(pk=world.people[letter].pk).update(role=Role.REGISTRAR, office=directorate)
    assert client.get(case).status_code == 404


# --- asked once more ------------------------------------------------------------------------------

# What asks, with what is sent beside the row's form. No browser can sign with the walk's passkey: tests/access/test_fresh.py has an app.
STEPPED_UP: Mapping[str, dict[str, str]] = {
    "admin:patrol_post_export": {"full": "1", "purpose": "case"},
    **{f"admin:{name}": {} for name in sorted(test_confirming.ASK - {"remove_factor"})},
}


def test_whoever_approves_is_asked_or_the_table_says_why_not() -> None:
    assert {name.removeprefix("admin:") for name in SECOND_HALVES} - test_confirming.ASK == set(test_confirming.SECOND_WITHOUT)


@pytest.mark.parametrize("name", STEPPED_UP)
def test_whoever_was_not_proven_lately_is_asked_once_more_and_loses_nothing_typed(name: str, world: World) -> None:
    row = MATRIX[name]
    done = row.post[OWN] if row.post else {}
    asks = (done.get(302) or done.get(200) or "O")[0]  # nobody where there is no provider of logins: asked before that is said
    thing, parts = world.make(row.thing, OWN, asks) if row.thing else (None, [])
    client = entered(world, asks)
    session = client.session
    session["fresh"] = (NOW - fresh.lasts()).timestamp()
    session.save()
    sent = {**row.form(world, thing), **STEPPED_UP[name]}
    before = models.AuditEntry.objects.count()
    answer = client.post(address(name, parts), sent)
    page = BeautifulSoup(answer.content, "html.parser")
    hidden = {str(one["name"]).removeprefix("kept-"): str(one["value"]) for one in page.select("input[type=hidden][name]")}
    carried = {name: value for name, value in hidden.items() if name in sent}
    assert (answer.status_code, models.AuditEntry.objects.count()) == (200, before)
    assert page.select_one("input[name=confirm_password]") is not None
    typed = {key: str(value) for key, value in sent.items() if not isinstance(value, SimpleUploadedFile)}  # a file is chosen again
    assert carried == typed


# --- a mark in every field ------------------------------------------------------------------------


def test_each_column_of_words_of_a_person_is_marked_or_known_to_have_none(world: World) -> None:
    not_marked = [column for columns in markers.NOT_MARKED.values() for column in columns.split()]
    named = [*markers.WORDS, *markers.CONTACTS, *not_marked]
    assert len(set(named)) == len(named) == len(markers.MARKS) + len(markers.CONTACTS) + len(not_marked)
    assert set(named) == markers.of_persons()
