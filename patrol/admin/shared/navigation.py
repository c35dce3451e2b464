"""The side bar: only what the person may open, each with the number of things that wait there."""

from __future__ import annotations

import functools
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.officer import case_filter_acts, queue
from patrol.admin.shared import base, waiting
from patrol.watches import wellbeing


def entries(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups in the shape of UNFOLD["SIDEBAR"]["navigation"], with `count` beside. Empty groups are left out."""
    groups: list[tuple[Any, list[tuple[Any, str, str, Action, Any]]]] = [
        (
            _("Work"),
            [
                (_("Start"), "home", "index", Action.HOME, None),
                (_("Triage"), "inbox", "patrol_flag_changelist", Action.FLAG_DECIDE, _queue),
                (_("Cases"), "folder", "patrol_case_changelist", Action.CASE_VIEW, _cases),
                (_("Referrals"), "forward_to_inbox", "patrol_referral_changelist", Action.REFERRAL_VIEW, _referrals),
                (_("Objections"), "feedback", "patrol_objection_changelist", Action.OBJECTION_VIEW, _objections),
                (_("Protection"), "shield_person", "patrol_protection_changelist", Action.PROTECTION_VIEW, _harmed),
                (_("My decisions"), "checklist", "patrol_decision_changelist", Action.DECISION_VIEW, None),
                (_("Bulk decisions"), "playlist_add_check", "patrol_bulk_changelist", Action.BULK, None),
                (_("Quality"), "balance", "patrol_draw_changelist", Action.REVIEW, None),
                (_("Erasing"), "delete_forever", "patrol_erasurerequest_changelist", Action.ERASE_ASK, _erasures),
            ],
        ),
        (
            _("Findings"),
            [
                (_("Posts"), "article", "patrol_post_changelist", Action.POST_VIEW, None),
                (_("Campaigns"), "hub", "patrol_campaign_changelist", Action.CAMPAIGN_VIEW, None),
                (_("Indicators"), "tag", "patrol_indicator_changelist", Action.INDICATOR_VIEW, None),
                (_("My captures"), "add_a_photo", "patrol_intake_changelist", Action.CAPTURE_VIEW, None),
                (_("Imports of posts"), "upload_file", "patrol_importedfile_changelist", Action.IMPORT_FILE, None),
            ],
        ),
        (
            _("Reference"),
            [
                (_("SIP register"), "menu_book", "patrol_registeredition_changelist", Action.REGISTER_VIEW, None),
                (_("Law"), "gavel", "patrol_article_changelist", Action.LAW_VIEW, None),
                (_("Letters"), "mail", "patrol_lettertemplate_changelist", Action.LETTER_VIEW, None),
                (_("Watches"), "target", "patrol_watch_changelist", Action.WATCH_VIEW, _watches),
                (_("Task templates"), "checklist_rtl", "patrol_taskline_changelist", Action.TASK_TEMPLATE, None),
                (_("Keyword packs"), "sell", "patrol_keywordpack_changelist", Action.WATCH_CHANGE, None),
                (_("Deadlines"), "schedule", "patrol_casedeadline_changelist", Action.CLOCK_VIEW, None),
                (_("Credentials"), "key", "patrol_credential_changelist", Action.CREDENTIAL_VIEW, None),
                (_("Browser extension"), "screenshot_monitor", "patrol_device_changelist", Action.DEVICE_VIEW, None),
                (_("Offices"), "apartment", "patrol_office_changelist", Action.OFFICE_VIEW, None),
                (_("People"), "group", "patrol_person_changelist", Action.PERSON_VIEW, None),
                (_("Audit log"), "history", "patrol_auditentry_changelist", Action.AUDIT_VIEW, None),
            ],
        ),
        (_("Reports"), [(_("Weekly summary"), "bar_chart", "reports_weeklysummary_changelist", Action.SUMMARY_VIEW, None)]),
    ]
    shown = []
    for title, items in groups:
        allowed = [_entry(request, *item) for item in items if access.may(request.user, item[3])]
        if allowed:
            shown.append({"title": title, "items": allowed})
    at_desk, at_cases = _address("patrol_flag_changelist"), _address("patrol_case_changelist")
    if request.path.startswith(at_desk) and access.may(request.user, Action.FLAG_DECIDE):
        shown[1:1] = _saved(queue.saved_of(request))
    elif request.path.startswith(at_cases) and access.may(request.user, Action.CASE_VIEW):
        shown[1:1] = _saved(case_filter_acts.of(request))
    return shown


def _saved(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Beside the queue and the cases: the filters this person keeps there, each with what is in it. Elsewhere their queries are saved."""
    items = [
        {
            "title": row["name"],
            "icon": "filter_alt",
            "link": row["link"],
            "active": lambda _request, on=row["on"]: on,
            "count": row["count"],
            "key": row["key"],
        }
        for row in rows
    ]
    return [{"title": _("My filters"), "items": items}] if items else []


# Pages without an entry of their own, by the entry they are reached from.
_BELONGS = {
    "patrol_registeredition_changelist": ("patrol_agency_changelist", "patrol_licence_changelist"),
    "patrol_casedeadline_changelist": ("patrol_jointleave_changelist",),
}


@functools.cache
def _address(name: str) -> str:
    """Kept: a page names twenty of them, and Django looks through all addresses for each."""
    return reverse(f"admin:{name}")


def _entry(request: HttpRequest, title: Any, icon: str, name: str, _action: Action, count: Any) -> dict[str, Any]:
    link = _address(name)
    below = (link, *(_address(other) for other in _BELONGS.get(name, ())))
    active = request.path == link if name == "index" else request.path.startswith(below)
    return {
        "title": title,
        "icon": icon,
        "link": link,
        "active": lambda _request: active,
        "count": count(request) if count else None,
        "key": "queue" if count is _queue else "",
    }


def _queue(request: HttpRequest) -> int:
    return queue.waiting(request)


def _cases(request: HttpRequest) -> int:
    return waiting.of(request, base.who(request)).cases


def _harmed(request: HttpRequest) -> int:
    return waiting.of(request, base.who(request)).harmed


def _erasures(request: HttpRequest) -> int:
    return waiting.of(request, base.who(request)).erasures


def _referrals(request: HttpRequest) -> int:
    return waiting.of(request, base.who(request)).referrals


def _objections(request: HttpRequest) -> int:
    return waiting.of(request, base.who(request)).objections


def _watches(request: HttpRequest) -> int:
    """Watches that fail or have stopped: the page itself tells quiet ones apart too."""
    return wellbeing.broken(access.scope(request.user, Action.WATCH_VIEW, models.Watch.objects.all())).count()
