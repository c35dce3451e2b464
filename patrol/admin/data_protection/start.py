"""Cards of the data protection officer's start page: reading that stood out, contacts of reporters that were opened, requests of subjects
and their clock, what would go."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import access
from patrol.access import Action, consulting
from patrol.admin.data_protection import consultation_words, subject_words
from patrol.admin.shared import base, words
from patrol.admin.shared.cards import Card, Line
from patrol.admin.supervisor import retention_words
from patrol.intake.tips import identity
from patrol.privacy import requests, unusual
from patrol.retention import backup_keys, editions, running

MOST = 5
_OPENED: Final = "tip.identity_opened"  # as the process with the key writes it into the log


def stood_out(request: HttpRequest) -> Card | None:
    """What nobody closed yet, the newest first. One query."""
    person = base.who(request)
    if not access.may(person, Action.CONSULTATION_VIEW):
        return None
    rows = list(unusual.listed(unusual.OPEN, person).select_related("person__office").order_by("-found_at", "-pk")[:MOST])
    if rows:
        consulting.note(request, way=consulting.Way.LIST, target=("unusualreading", ""), rows=len(rows))
    return Card(
        title=_("Unusual reading"),
        note=_("looked at each Monday"),
        template="workbench/cards/unusual_readings.html",
        context={
            "rows": [
                {
                    "person": row.person.name,
                    "office": row.person.office.short_name,
                    "badge": consultation_words.WHYS[row.why],
                    "told": consultation_words.unusual(row),
                }
                for row in rows
            ]
        },
        order=13,  # behind what is over its limit
        link=base.here("patrol_unusualreading_changelist"),
        link_title=_("All"),
    )


def opened(request: HttpRequest) -> Card | None:
    """How often contacts of reporters were opened in the last week that is over, and by how many people. One query."""
    person = base.who(request)
    if not access.may(person, Action.CONSULTATION_VIEW) or not access.may(person, Action.AUDIT_VIEW):
        return None
    since, until = unusual.last_week(timezone.now())
    times, people = identity.opened(since, until)
    if not times and not identity.offered():
        return None
    first, last = since.date(), until.date() - timedelta(days=1)
    said = ngettext("Openings: %(times)s, by %(people)s person.", "Openings: %(times)s, by %(people)s people.", people)
    return Card(
        title=_("Contacts of reporters"),
        note=f"{words.day(first)} – {words.day(last)}",
        template="workbench/cards/contacts_opened.html",
        context={"told": said % {"times": localize(times), "people": localize(people)} if times else ""},
        order=14,  # behind what stood out of all reading
        link=base.here("patrol_auditentry_changelist", verb=_OPENED, since=first.isoformat(), until=last.isoformat()),
        link_title=_("Audit log"),
    )


def subjects(request: HttpRequest) -> Card | None:
    """Those nobody answered, what is due first. One query."""
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.SUBJECT_REQUEST):
        return None
    rows = requests.listed(requests.OPEN, person, now=now).order_by("due_at", "pk")[:MOST]
    return Card(
        title=_("Requests of subjects"),
        note=_("3 x 24 hours each"),
        template="workbench/cards/subject_requests.html",
        context={"rows": [{**subject_words.line(row, now), "link": base.here("patrol_subjectrequest_change", row.pk)} for row in rows]},
        order=12,
        column="side",
        link=base.here("patrol_subjectrequest_changelist"),
        link_title=_("All"),
    )


def lines(request: HttpRequest) -> list[Line]:
    """Among what waits, the oldest key of backups once it is older than the longest time of keeping (settings.HOME_LINES). One query, two
    where backups were written."""
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.SUBJECT_REQUEST) or not access.may(person, Action.RETENTION_VIEW):
        return []
    key = backup_keys.oldest()
    if key is None or not backup_keys.outlived(key, editions.in_force(), now=now):
        return []
    link = base.here("patrol_retentionedition_changelist") + "#cadangan"
    badge = words.Badge(_("over its time"), "med", "warning")
    return [Line("key", _("Key of backups to have destroyed"), link, 1, words.age(key.first_at, now), badge)]


def forgetting(request: HttpRequest) -> Card | None:
    """What the last count found: the page counts nothing itself. Two queries."""
    person = base.who(request)
    if not access.may(person, Action.SUBJECT_REQUEST) or not access.may(person, Action.RETENTION_VIEW):
        return None
    figures, edition = running.figures(), editions.in_force()
    told = [row for row in figures if row.due or row.held or row.erased]
    return Card(
        title=_("Keeping and forgetting"),
        template="workbench/cards/forgetting.html",
        context={
            "counted": words.moment(max(row.counted_at for row in figures)) if figures else "",
            "approved": edition is not None,
            # Of another edition than the one in force: the next night counts by that.
            "outdated": edition is not None and any(row.edition_id != edition.pk for row in figures),
            "rows": [
                {
                    "title": retention_words.TERMS[row.term].title,
                    "due": row.due,
                    "held": retention_words.held(row.held, person),
                    "erased": row.erased,
                }
                for row in told
            ],
            "others": len(told) < len(figures),
        },
        order=13,
        column="side",
        link=base.here("patrol_retentionedition_changelist"),
        link_title=_("All"),
    )
