"""The side bar: at most nine entries a role, each with the number of things that wait there.

A page that belongs to another is a tab of it (`tabs`), and its number is counted in. What is opened now and then stands on one page,
*Office settings* (`settings`). Only what the person may open is in any of the three.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from patrol import access
from patrol.access import Action
from patrol.admin.officer import case_filter_acts, queue
from patrol.admin.shared import base, waiting
from patrol.models import Role

FILTERS_SHOWN: Final = 3  # of those somebody keeps, below the nine entries: with them the menu fits a window of 768 pixels

type Counter = Callable[[HttpRequest], int]


@dataclass(frozen=True, slots=True)
class Place:
    """A page with an address of its own. `roles`: whose menu it stands in; others find it among the settings, if at all.

    `tells` is its sentence there. `below`: addresses reached from it that stand nowhere else, so that its entry is marked on them.
    """

    title: Any
    icon: str
    name: str
    action: Action
    count: Counter | None = None
    tabs: tuple[Place, ...] = ()
    roles: frozenset[Role] = frozenset(Role)
    tells: Any = ""
    below: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        return _address(self.name)

    def may(self, request: HttpRequest) -> bool:
        return access.may(request.user, self.action)


@functools.cache
def _address(name: str) -> str:
    """Kept: a page names twenty of them, and Django looks through all addresses for each."""
    return reverse(f"admin:{name}")


def _waits(of: str) -> Counter:
    return lambda request: getattr(waiting.of(request, base.who(request)), of)


def _settled(request: HttpRequest) -> int:
    """What waits behind the settings. A registrar has the register in the menu, with its number."""
    return 0 if _role(request) == Role.REGISTRAR else waiting.of(request, base.who(request)).by_hand


_DESK: Final = "patrol_flag_changelist"
_SETTINGS: Final = "patrol_owncare_settings"
_OWN: Final = "patrol_owncare_changelist"
_DEVICES: Final = "patrol_device_changelist"
# What a place tells whoever lacks the right to the rest of it.
_LESS: Final = {
    _OWN: (Action.POST_VIEW, _("Language, password, second factor, logins.")),
    _DEVICES: (Action.CAPTURE_SEND, _("Browsers that may send posts.")),
}
_KEEPS_PEOPLE: Final = frozenset({Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER})  # in the menu of these, else a setting
_BESIDE: Final = ("patrol_notice_changelist", _OWN)  # linked on each page: marked there
_REGISTER: Final = ("patrol_agency_changelist", "patrol_licence_changelist", "patrol_manualchange_changelist")

MENU: Final[tuple[tuple[Any, tuple[Place, ...]], ...]] = (
    (
        _("Work"),
        (
            Place(_("Start"), "home", "index", Action.HOME),
            Place(
                _("Triage"),
                "inbox",
                _DESK,
                Action.FLAG_DECIDE,
                queue.waiting,
                tabs=(
                    Place(_("My decisions"), "checklist", "patrol_decision_changelist", Action.DECISION_VIEW),
                    Place(_("Bulk decisions"), "playlist_add_check", "patrol_bulk_changelist", Action.BULK),
                    Place(_("Quality"), "balance", "patrol_draw_changelist", Action.REVIEW),
                ),
            ),
            Place(
                _("Cases"),
                "folder",
                "patrol_case_changelist",
                Action.CASE_VIEW,
                _waits("cases"),
                tabs=(
                    Place(_("Referrals"), "forward_to_inbox", "patrol_referral_changelist", Action.REFERRAL_VIEW, _waits("referrals")),
                    Place(_("Protection"), "shield_person", "patrol_protection_changelist", Action.PROTECTION_VIEW, _waits("harmed")),
                    Place(_("Reports of the public"), "campaign", "patrol_tip_changelist", Action.TIP_VIEW, _waits("tips")),
                    Place(_("Objections"), "feedback", "patrol_objection_changelist", Action.OBJECTION_VIEW, _waits("objections")),
                    Place(_("Warning cards"), "style", "patrol_card_changelist", Action.CARD_VIEW, _waits("cards")),
                    Place(
                        _("Exports for other bodies"), "ios_share", "patrol_peerexport_changelist", Action.PEER_ASK, _waits("peer_exports")
                    ),
                    Place(_("Erasing"), "delete_forever", "patrol_erasurerequest_changelist", Action.ERASE_ASK, _waits("erasures")),
                    Place(_("Minutes of evidence"), "receipt_long", "patrol_minutes_changelist", Action.EVIDENCE_OPEN),
                ),
            ),
            Place(_("People"), "group", "patrol_person_changelist", Action.PERSON_VIEW, roles=_KEEPS_PEOPLE),
            Place(_("Offices"), "apartment", "patrol_office_changelist", Action.OFFICE_VIEW, roles=_KEEPS_PEOPLE),
            Place(_("Audit log"), "history", "patrol_auditentry_changelist", Action.AUDIT_VIEW),
            Place(
                _("Reading log"),
                "visibility",
                "patrol_consultation_changelist",
                Action.CONSULTATION_VIEW,
                tabs=(Place(_("Unusual reading"), "troubleshoot", "patrol_unusualreading_changelist", Action.CONSULTATION_VIEW),),
            ),
            Place(_("Requests of subjects"), "contact_page", "patrol_subjectrequest_changelist", Action.SUBJECT_REQUEST),
            Place(
                _("SIP register"),
                "menu_book",
                "patrol_registeredition_changelist",
                Action.REGISTER_VIEW,
                _waits("by_hand"),
                roles=frozenset({Role.REGISTRAR, Role.DATA_PROTECTION_OFFICER}),
                below=_REGISTER,
            ),
        ),
    ),
    (
        _("Findings"),
        (
            Place(
                _("Posts"),
                "article",
                "patrol_post_changelist",
                Action.POST_VIEW,
                tabs=(
                    Place(_("My captures"), "add_a_photo", "patrol_intake_changelist", Action.CAPTURE_VIEW),
                    Place(_("Imports of posts"), "upload_file", "patrol_importedfile_changelist", Action.IMPORT_FILE),
                ),
            ),
            Place(_("Campaigns"), "hub", "patrol_campaign_changelist", Action.CAMPAIGN_VIEW),
            Place(_("Indicators"), "tag", "patrol_indicator_changelist", Action.INDICATOR_VIEW),
        ),
    ),
    (
        _("Office"),
        (
            Place(
                _("Watches"),
                "target",
                "patrol_watch_changelist",
                Action.WATCH_VIEW,
                _waits("watches"),
                tabs=(
                    Place(_("Proposals"), "how_to_vote", "patrol_watchproposal_changelist", Action.WATCH_VIEW, _waits("proposals")),
                    Place(_("Keyword packs"), "sell", "patrol_keywordpack_changelist", Action.WATCH_CHANGE),
                    Place(_("Credentials"), "key", "patrol_credential_changelist", Action.CREDENTIAL_VIEW),
                ),
            ),
            Place(
                _("Weekly summary"),
                "bar_chart",
                "reports_weeklysummary_changelist",
                Action.SUMMARY_VIEW,
                below=("reports_weeklysummary_mails", "reports_weeklysummary_heads"),
            ),
            Place(_("Office settings"), "settings", _SETTINGS, Action.HOME, _settled),
        ),
    ),
)

SETTINGS: Final[tuple[tuple[Any, tuple[Place, ...]], ...]] = (
    (
        _("For myself"),
        (
            Place(
                _("My settings"),
                "tune",
                _OWN,
                Action.HOME,
                tells=_("Language, password, second factor, logins, keys, how pictures look at first, breaks."),
            ),
            Place(
                _("Notices"),
                "notifications",
                "patrol_notice_changelist",
                Action.NOTICE_VIEW,
                tells=_("What was told to you and to your office, read or not."),
            ),
            Place(
                _("Notices outside SIPatrol"),
                "outgoing_mail",
                "patrol_dispatch_changelist",
                Action.HOME,
                tells=_("What you are told by mail or Telegram, when, and what was sent to you."),
            ),
            Place(
                _("Summaries by mail"),
                "mark_email_read",
                "reports_weeklysummary_mails",
                Action.SUMMARY_VIEW,
                tells=_("Which summaries come by mail: Monday's draft, and editions that were signed."),
            ),
            Place(
                _("Browser extension"),
                "screenshot_monitor",
                _DEVICES,
                Action.DEVICE_VIEW,
                tells=_("Browsers that may send posts, and how one more is paired."),
            ),
        ),
    ),
    (
        _("Reference"),
        (
            Place(
                _("SIP register"),
                "menu_book",
                "patrol_registeredition_changelist",
                Action.REGISTER_VIEW,
                tells=_("Each edition that was imported, and what it changed."),
            ),
            Place(
                _("Agencies (P3MI)"),
                "business",
                "patrol_agency_changelist",
                Action.REGISTER_VIEW,
                tells=_("Placement companies with their standing, contacts and licences."),
            ),
            Place(
                _("Licences (SIP)"),
                "license",
                "patrol_licence_changelist",
                Action.REGISTER_VIEW,
                tells=_("Which licence covers which country and work, and on which days."),
            ),
            Place(
                _("Changes by hand"),
                "edit_document",
                "patrol_manualchange_changelist",
                Action.REGISTER_MANUAL_VIEW,
                _waits("by_hand"),
                tells=_("What was added to the register by hand, and waits for a second person."),
            ),
            Place(
                _("Law"),
                "gavel",
                "patrol_article_changelist",
                Action.LAW_VIEW,
                tells=_("Articles with their elements and penalties, by the day they hold."),
            ),
            Place(
                _("Guides"),
                "auto_stories",
                "patrol_guide_changelist",
                Action.GUIDE_VIEW,
                tells=_("What the public reads before leaving: its editions, and the day each was checked."),
            ),
        ),
    ),
    (
        _("How cases are worked on"),
        (
            Place(
                _("Letters"),
                "mail",
                "patrol_lettertemplate_changelist",
                Action.LETTER_VIEW,
                tells=_("Templates of letters and the letterheads of offices."),
            ),
            Place(
                _("Task templates"),
                "checklist_rtl",
                "patrol_taskline_changelist",
                Action.TASK_TEMPLATE,
                tells=_("The tasks a case of a kind begins with."),
            ),
            Place(
                _("Deadlines"),
                "schedule",
                "patrol_casedeadline_changelist",
                Action.CLOCK_VIEW,
                tells=_("How many working hours each step of a case may take."),
            ),
            Place(
                _("Days of joint leave"),
                "event_busy",
                "patrol_jointleave_changelist",
                Action.CLOCK_VIEW,
                tells=_("Days on which no deadline runs, beside national holidays."),
            ),
        ),
    ),
    (
        _("People and offices"),
        (
            Place(
                _("People"),
                "group",
                "patrol_person_changelist",
                Action.PERSON_VIEW,
                tells=_("Who may log in, with which role, and in which office."),
            ),
            Place(
                _("Offices"),
                "apartment",
                "patrol_office_changelist",
                Action.OFFICE_VIEW,
                tells=_("The offices with their provinces and time zones."),
            ),
            Place(
                _("P4MI"),
                "pin_drop",
                "patrol_station_changelist",
                Action.OFFICE_VIEW,
                tells=_("Stations below the offices, with their people and watches."),
            ),
            Place(
                _("Notices out of offices"),
                "send",
                "patrol_bot_changelist",
                Action.TELLING_OFFICE,
                tells=_("An office's Telegram bot, and what its people are told where they chose nothing."),
            ),
            Place(
                _("Tokens for other systems"),
                "key",
                "patrol_device_tokens",
                Action.TOKEN_REVOKE,
                tells=_("What other systems of the office may ask, how long, and revoking it."),
            ),
            Place(
                _("Webhooks"),
                "webhook",
                "patrol_webhook_changelist",
                Action.WEBHOOK_END,
                tells=_("Other systems of your office that are sent what changed, and what arrived there."),
            ),
            Place(
                _("Public desk"),
                "storefront",
                "patrol_publicdeskchange_changelist",
                Action.PUBLIC_DESK,
                tells=_("What the pages for everybody may tell of a number."),
            ),
            Place(
                _("Keeping and forgetting"),
                "auto_delete",
                "patrol_retentionedition_changelist",
                Action.RETENTION_VIEW,
                tells=_("How long what is kept, what goes next, and what is held."),
            ),
            Place(
                _("Head of the summaries"),
                "description",
                "reports_weeklysummary_heads",
                Action.SUMMARY_HEAD,
                tells=_("The logo and the positions of those who sign on the paper of the weekly summary."),
            ),
            Place(
                _("Care for staff"),
                "favorite",
                "patrol_owncare_office",
                Action.CARE_OFFICE,
                tells=_("What your office spares its people, and the sums of what they saw."),
            ),
        ),
    ),
)


def entries(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups of the side bar without empty ones. Beside: `count`; of the marked entry whether it is this page (`current`), its `tabs`, and
    whether this page is one of them (`here`) or opened from one.
    """
    shown = []
    for title, places in MENU:
        allowed = [_entry(request, place) for place in places if place.may(request) and _role(request) in place.roles]
        if allowed:
            shown.append({"title": title, "items": allowed})
    if request.path.startswith(_address(_DESK)) and access.may(request.user, Action.FLAG_DECIDE):
        shown[1:1] = _saved(queue.saved_of(request))
    elif request.path.startswith(_address("patrol_case_changelist")) and access.may(request.user, Action.CASE_VIEW):
        shown[1:1] = _saved(case_filter_acts.of(request))
    return shown


def settings(request: HttpRequest) -> list[dict[str, Any]]:
    """What the page *Office settings* lists: all that the person may open and has in no menu and no tab."""
    groups = [
        {
            "title": title,
            "rows": [
                {
                    "title": one.title,
                    "icon": one.icon,
                    "link": one.link,
                    "tells": _told(request, one),
                    "count": one.count(request) if one.count else 0,
                }
                for one in places
                if one.may(request)
            ],
        }
        for title, places in _settings(_role(request))
    ]
    return [group for group in groups if group["rows"]]


def _told(request: HttpRequest, place: Place) -> Any:
    needed, less = _LESS.get(place.name, (None, None))
    return less if needed and not access.may(request.user, needed) else place.tells


def _role(request: HttpRequest) -> Role:
    return Role(base.who(request).role)


@functools.cache
def _settings(role: Role) -> tuple[tuple[Any, tuple[Place, ...]], ...]:
    there = {place.name for _title, places in MENU for place in places if role in place.roles}
    return tuple((title, tuple(one for one in places if one.name not in there)) for title, places in SETTINGS)


@functools.cache
def _marked(entry: str, role: Role) -> tuple[str, ...]:
    """Beginnings of the addresses at which this entry is marked."""
    place = next(place for _title, places in MENU for place in places if place.name == entry)
    names = [place.name, *place.below, *(one.name for one in place.tabs)]
    if place.name == _SETTINGS:
        below = {name for _title, places in MENU for one in places if role in one.roles for name in one.below}.union(_BESIDE)
        names += [one.name for _title, places in _settings(role) for one in places if one.name not in below]
    return tuple(_address(name) for name in names)


def _entry(request: HttpRequest, place: Place) -> dict[str, Any]:
    of = [
        {"title": one.title, "link": one.link, "count": one.count(request) if one.count else None, "on": request.path == one.link}
        for one in (place, *place.tabs)
        if one.may(request)
    ]
    active = request.path == place.link if place.name == "index" else request.path.startswith(_marked(place.name, _role(request)))
    counts = [one["count"] for one in of if one["count"] is not None]
    return {
        "title": place.title,
        "icon": place.icon,
        "link": place.link,
        "active": active,
        "current": "page" if request.path == place.link else "true",
        "count": sum(counts) if counts else None,
        "key": "queue" if place.name == _DESK else "",
        "tabs": of if active and len(of) > 1 else [],
        "here": any(one["on"] for one in of),
    }


def _saved(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Beside the queue and the cases: the filters this person keeps there, each with what is in it. Elsewhere their queries are saved.

    `more`: what stands folded below the first ones, so that the menu stays short; `open`: the one in use is among them.
    """
    items = [
        {"title": row["name"], "icon": "filter_alt", "link": row["link"], "active": row["on"], "count": row["count"], "key": row["key"]}
        for row in rows
    ]
    shown, more = items[:FILTERS_SHOWN], items[FILTERS_SHOWN:]
    return [{"title": _("My filters"), "items": shown, "more": more, "open": any(one["active"] for one in more)}] if items else []
