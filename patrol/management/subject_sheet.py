"""A report on a subject as a file: a ZIP with the answer in words (HTML, PDF where Pango is) and for programs (JSON), and beside it a sheet
for the office, of which nothing is handed over."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol.admin.analyst import peer_words, referral_words
from patrol.admin.data_protection import consultation_words, subject_words
from patrol.admin.shared import words
from patrol.admin.supervisor import audit_words
from patrol.domain.states import IntakeKind
from patrol.infra import printing
from patrol.models.people import ROLE_TITLES, Role

NAME = "laporan-subjek"
OFFICE = "untuk-kantor"


@dataclass(frozen=True, slots=True)
class Section:
    """`note` stands above the table, `empty` in its place where it has no row."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


def packed(found: Mapping[str, Any], now: datetime) -> bytes:
    """The ZIP. Without Pango there is no PDF in it."""
    html = render_to_string("privacy/subject_report.html", page(found))
    given = {key: part for key, part in found.items() if key != "office"}
    files = {f"{NAME}.json": json.dumps(given, ensure_ascii=False, indent=1).encode(), f"{NAME}.html": html.encode()}
    files[f"{OFFICE}.html"] = render_to_string("privacy/subject_office.html", office(found)).encode()
    if printing.available():
        files[f"{NAME}.pdf"] = printing.pdf(html)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, date_time=timezone.localtime(now).timetuple()[:6])
            info.external_attr = 0o600 << 16
            archive.writestr(info, content)
    return made.getvalue()


def page(found: Mapping[str, Any]) -> dict[str, Any]:
    about = found["about"]
    return {
        "value": about["value"],
        "about": subject_words.ABOUT.get(about["kind"], _("in any form")),
        "made": _moment(about["made"]),
        "request": about["request"],
        "sections": _sections(found),
        "not_counted": [_NOT_COUNTED[key] for key in found["not_counted"]],
    }


def office(found: Mapping[str, Any]) -> dict[str, Any]:
    """What the officer has to know before the answer leaves."""
    held = found["office"]
    return {
        "request": found["about"]["request"],
        "left_out": _left_out(),
        "others": [f"{words.INDICATORS[one['kind']].title}: {one['value']}" for one in held["may_be_others"]],
        "requests": held["requests"],
        "staff": [f"{one['username']}, {_role(one['role'])}, {one['office']}" for one in held["staff"]],
        "objections": held["objections"],
    }


def _sections(found: Mapping[str, Any]) -> list[Section]:
    left = found["left"]
    many = found["posts_in_all"]
    short = _("The newest %(shown)s of %(many)s.") % {"shown": len(found["posts"]), "many": many} if many > len(found["posts"]) else ""
    return [
        Section(
            _("What is kept under it"),
            [_("Kind"), _("Value"), _("First seen"), _("Last seen")],
            [
                [str(words.INDICATORS[one["kind"]].title), one["value"], _moment(one["first_seen"]), _moment(one["last_seen"])]
                for one in found["indicators"]
            ],
        ),
        Section(
            _("Posts it stands in, and from where they came"),
            [_("Platform"), _("Address"), _("Stands as"), _("Posted"), _("Came by"), _("Flag")],
            [
                [
                    words.platform(one["platform"]) + (f" ({_('gone')})" if one["gone"] else ""),
                    one["address"],
                    ", ".join(str(words.SIGHTING_ROLES.get(role, role)) for role in one["stands_as"]),
                    _moment(one["posted"]),
                    "; ".join(f"{_way(way['by'])}, {way['office'] or '-'}, {_moment(way['at'])}" for way in one["came_by"]),
                    _flag(one["flag"]),
                ]
                for one in found["posts"]
            ],
            short,
        ),
        Section(
            _("Cases"),
            [_("Case"), _("Office"), _("State")],
            [[one["number"], one["office"], _("open") if one["open"] else _("closed")] for one in found["cases"]],
            _("What stands in a case is left out. Whether a subject is told of an open one is decided by the legal unit (art. 15 and 50)."),
        ),
        Section(
            _("Elsewhere"),
            [_("Where"), _("What")],
            [
                *(
                    [_("Contact known to be good"), f"{words.TRUSTED_AS[one['known_as']]}, {_('until')} {one['until']}"]
                    for one in found["trusted"]
                ),
                *([_("SIP register"), f"{one['agency']} ({_('edition')} {one['edition']})"] for one in found["register"]),
            ],
        ),
        Section(
            _("Who saw it"),
            [_("Office"), _("Role"), _("Way"), _("Purpose"), _("Contacts"), _("Times"), _("First"), _("Last")],
            [_seen(one) for one in found["seen_by"]],
            _("By office and role; the names of staff are theirs and stand in the logs."),
        ),
        Section(
            _("What left"),
            [_("What"), _("Number"), _("When"), _("How")],
            [
                *(
                    [
                        _("Referral"),
                        one["number"],
                        _moment(one["sent"]),
                        f"{referral_words.channel(one['channel'])}, {referral_words.HOW.get(one['how'], one['how'])}",
                    ]
                    for one in left["referrals"]
                ),
                *(
                    [_("Warning card"), one["number"], _moment(one["released"]), _("taken back") if one["taken_back"] else _("public")]
                    for one in left["cards"]
                ),
                *(
                    [_("File for another body"), one["number"], _moment(one["taken"]), f"{one['peer']}, {_purpose(one['purpose'])}"]
                    for one in left["peers"]
                ),
                *(
                    [_("List with contacts in full, which may hold it"), str(one["times"]), "-", _thing(one["target_kind"])]
                    for one in left["lists_that_may_hold_it"]
                ),
            ],
        ),
    ]


_NOT_COUNTED: Final[dict[str, Any]] = {
    "names_in_posts": gettext_lazy("names of authors, in profiles and in the words of posts: a name is looked for among companies alone"),
    "chats": gettext_lazy("names and numbers of the chats and groups that posts stood in"),
    "copies": gettext_lazy("preserved copies and attachments, and who was given them"),
    "pages": gettext_lazy("who read pages of cases, rings and referrals"),
    "letters": gettext_lazy("letters, summaries that name the value, and mails with the files of referrals"),
    "searches": gettext_lazy("searches by other words that led to it"),
}


def _purpose(purpose: str) -> str:
    return str(peer_words.PURPOSES.get(purpose, purpose))


def _left_out() -> list[str]:
    """The same in each report: whether there was such a thing is not said."""
    return [
        _("Posts in which somebody harmed is or was protected: if there are any, the office that protects was told and answers itself."),
        _("Reports of the public, their words and whoever sent them: a reporter is told to nobody."),
        _("The words of posts, notes and cases: they hold data of others. Whether a copy is given is decided by the legal unit."),
        _("Addresses of posts that others wrote are masked."),
        _("Exceptions of UU 27/2022 art. 15 and 50: to be decided by the legal unit before anything is sent."),
    ]


def _seen(one: Mapping[str, Any]) -> list[str]:
    way = consultation_words.WAYS.get(one["way"], audit_words.VERBS.get(one["way"], one["way"]))
    purpose = consultation_words.purposes().get(one["purpose"], one["purpose"]) if one["purpose"] else "-"
    shown = consultation_words.SHOWN["full" if one["unmasked"] else "masked"]
    role = _role(one["role"]) if one["role"] else "-"
    return [one["in_office"], role, str(way), str(purpose), str(shown), str(one["times"]), _moment(one["first"]), _moment(one["last"])]


def _role(role: str) -> str:
    return str(ROLE_TITLES.get(Role(role), role)) if role in set(Role) else role


def _thing(kind: str) -> str:
    return str(audit_words.THINGS.get(kind, kind))


def _way(by: str) -> str:
    ways: Mapping[str, Any] = {
        "watch": _("a watch"),
        IntakeKind.CAPTURE: _("a capture of staff"),
        IntakeKind.UPLOAD: _("typed in or uploaded by staff"),
        IntakeKind.IMPORT: _("an imported file"),
        IntakeKind.NOTED: _("taken down by staff"),
    }
    return str(ways.get(by, by))


def _flag(flag: Mapping[str, Any] | None) -> str:
    return f"{flag['number']}, {flag['office']}, {words.FLAG_STATES[flag['state']].title}" if flag else "-"


def _moment(written: str | None) -> str:
    return words.moment(datetime.fromisoformat(written)) if written else "-"
