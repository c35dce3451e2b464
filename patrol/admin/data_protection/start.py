"""Cards of the data protection officer's start page: reading that stood out, and requests of subjects with their clock."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access
from patrol.access import Action, consulting
from patrol.admin.data_protection import consultation_words, subject_words
from patrol.admin.shared import base
from patrol.admin.shared.cards import Card
from patrol.privacy import requests, unusual

MOST = 5


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
        order=11,
        link=base.here("patrol_unusualreading_changelist"),
        link_title=_("All"),
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
        link=base.here("patrol_subjectrequest_changelist"),
        link_title=_("All"),
    )
