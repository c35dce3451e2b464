"""What is about oneself: the notices, and the decisions of today and this week, which can be taken back from here."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrol import access, models, triage
from patrol.access import Action
from patrol.admin.analyst import watch_words
from patrol.admin.officer import queue
from patrol.admin.shared import base, post_rows, preserved, words
from patrol.admin.shared.cards import Card
from patrol.admin.shared.forms import NumberField, VerbForm
from patrol.cases.peers import requests
from patrol.infra import wall
from patrol.models import Outcome
from patrol.telling import account
from patrol.triage import notices, own_settings
from patrol.watches import credentials

_NOTICES: dict[str, tuple[Any, str]] = {
    "handed_over": (gettext_lazy("%(thing)s was handed over to your office"), "move_up"),
    "case_returned": (gettext_lazy("%(thing)s came back to your office"), "undo"),
    "case_escalated": (gettext_lazy("%(thing)s was escalated to the directorate"), "north_east"),
    "case_closed": (gettext_lazy("%(thing)s was closed"), "check"),
    "case_gathered": (gettext_lazy("%(thing)s of the directorate was opened; flags of your office in it: %(note)s"), "folder"),
    "case_gathered_closed": (gettext_lazy("%(thing)s of the directorate was closed; flags of your office in it: %(note)s"), "check"),
    "case_grown": (gettext_lazy("%(thing)s: confirmed flags joined its campaign or row: %(note)s"), "hub"),
    "campaign_merger": (gettext_lazy("%(thing)s: the system proposes to merge it with %(note)s"), "merge"),
    "case_merged": (gettext_lazy("%(thing)s: %(note)s was merged into it"), "merge"),
    "case_merged_away": (
        gettext_lazy("%(thing)s was merged into %(note)s of another office; your office goes on with what is its own"),
        "merge",
    ),
    "case_home_closed": (gettext_lazy("%(thing)s: %(note)s, which it was merged into, was closed"), "check"),
    "case_unmerged": (gettext_lazy("%(thing)s: the merger with %(note)s was taken back"), "call_split"),
    "case_message": (gettext_lazy("%(thing)s: a message for you"), "mail"),
    "case_passed_on": (gettext_lazy("%(thing)s was passed on to you"), "move_up"),
    "case_task": (gettext_lazy("%(thing)s: a task for you"), "add_task"),
    "case_passed_away": (gettext_lazy("%(thing)s, which you had, was passed on to a colleague"), "move_up"),
    "case_due": (gettext_lazy("The time for the next step in %(thing)s is over"), "schedule"),
    "case_late": (gettext_lazy("%(thing)s: the next step is still missing, hours after its time was over"), "schedule"),
    "case_fits": (gettext_lazy("%(thing)s newly fits a filter you keep"), "filter_alt"),
    "copy_broken": (gettext_lazy("%(thing)s: a preserved copy of one of its posts is not intact"), "block"),
    "copies_broken": (gettext_lazy("Preserved copies are not intact; verify_evidence on the server names them"), "block"),
    "copy_refused": (gettext_lazy("%(by)s could not open a preserved copy: its file does not match, SHA-256 %(note)s…"), "block"),
    "tallies_unended": (
        gettext_lazy("Last time the counts of days were not compared to the end; manage.py tally on the server compares all"),
        "warning",
    ),
    "tallies_differ": (gettext_lazy("Counts of days are not what the events say; manage.py tally on the server names them"), "warning"),
    "tip_urgent": (gettext_lazy("A report of the public about somebody in danger or abroad already, ending in %(note)s"), "crisis_alert"),
    "protection_moved": (gettext_lazy("Somebody harmed was handed over to your office: %(thing)s"), "shield_person"),
    "protection_asked": (
        gettext_lazy(
            "%(note)s asks for what stands in %(thing)s too, where somebody harmed is or was protected: your office answers of it"
        ),
        "shield_person",
    ),
    "erasure_asked": (gettext_lazy("%(thing)s: erasing a post waits for a second person"), "delete_forever"),
    "erasure_approved": (gettext_lazy("%(thing)s was approved, the content is erased"), "delete_forever"),
    "erasure_refused": (gettext_lazy("%(thing)s was refused, nothing was erased"), "block"),
    "erasure_ran_out": (gettext_lazy("%(thing)s ran out: nobody answered, nothing was erased"), "schedule"),
    "watch_proposed": (gettext_lazy("A watch was proposed and waits for you: %(note)s"), "target"),
    "watch_accepted": (gettext_lazy("The watch you proposed was accepted: %(note)s"), "check"),
    "watch_refused": (gettext_lazy("The watch you proposed was refused: %(note)s"), "block"),
    "watch_passed_on": (gettext_lazy("The quota is used up: the directorate decides a proposed watch, %(note)s"), "move_up"),
    "card_waits": (gettext_lazy("%(note)s: a warning card waits for a second person"), "style"),
    "peer_export_waits": (gettext_lazy("%(note)s: an export for another body waits for a second person"), "ios_share"),
    "peer_export_approved": (gettext_lazy("%(note)s was approved: the file for the peer can be taken"), "ios_share"),
    "peer_export_refused": (gettext_lazy("%(note)s was refused: no file is written for the peer"), "block"),
    "peer_export_wrong": (
        gettext_lazy("%(note)s: what was handed over turned out to be wrong; the other body needs the file that takes it back"),
        "undo",
    ),
    "law_waits": (gettext_lazy("%(note)s: an edition waits for the letter of the legal unit"), "gavel"),
    "register_waits": (gettext_lazy("%(note)s: a change of the register by hand waits for a second person"), "menu_book"),
    "register_released": (gettext_lazy("%(note)s: your change of the register was released"), "menu_book"),
    "register_refused": (gettext_lazy("Your change of the register was refused: %(note)s"), "block"),
    "referral_submitted": (gettext_lazy("%(thing)s: a referral waits for a second person"), "forward_to_inbox"),
    "referral_sent_back": (gettext_lazy("%(thing)s was sent back, it is a draft again"), "undo"),
    "referral_approved": (gettext_lazy("%(thing)s was approved and can be sent"), "how_to_reg"),
    "referral_back": (gettext_lazy("%(thing)s: what it asked about came back under another name: %(note)s"), "refresh"),
    "referral_mail_refused": (gettext_lazy("%(thing)s did not leave by mail; nobody has it"), "unsubscribe"),
    "referral_mail_unknown": (gettext_lazy("%(thing)s: nobody knows whether its mail arrived; say it on its page"), "help"),
    "referral_changed": (gettext_lazy("%(thing)s, which you approved, was changed: it is a draft again"), "edit"),
    "referral_correction": (gettext_lazy("%(thing)s: what was sent has to be corrected, the draft is there"), "edit_note"),
    "objection_entered": (gettext_lazy("%(thing)s: an objection waits for somebody to decide it"), "feedback"),
    "objection_decided": (gettext_lazy("%(thing)s, which you entered, was decided: the answer can go out"), "feedback"),
    "objection_upheld": (gettext_lazy("%(thing)s: an objection to your decision was upheld: %(note)s"), "feedback"),
    "bulk_proposed": (gettext_lazy("%(thing)s: a bulk decision waits for a second person"), "playlist_add_check"),
    "signature_waits": (gettext_lazy("The summary %(note)s was signed by its author and waits for your signature"), "draw"),
    "summary_draft": (gettext_lazy("The draft of the weekly summary %(note)s is there, not frozen yet"), "bar_chart"),
    "many_looks": (gettext_lazy("%(by)s looked at contacts in full %(note)s times today"), "visibility"),
    "list_shown": (gettext_lazy("%(by)s took a list with its contacts in full, %(note)s rows"), "download"),
    "unusual_reading": (gettext_lazy("Reading of last week that stood out: %(note)s"), "visibility"),
    "account_waits": (gettext_lazy("The account of %(thing)s waits for a second person"), "how_to_reg"),
    "account_agreed": (gettext_lazy("A second person agreed to the account of %(thing)s: it approves from now on"), "how_to_reg"),
    "account_changed": (gettext_lazy("Role, office or access of your account was changed"), "manage_accounts"),
    "password_link": (account.TOLD["password_link"], "key"),
    "password_set": (account.TOLD["password_set"], "key"),
    "bot_refused": (gettext_lazy("Telegram refuses the token of your office's bot: nothing is sent by it"), "key_off"),
    "webhook_paused": (
        gettext_lazy("%(note)s: sending is paused; what happens in the office meanwhile is sent once it is resumed"),
        "pause",
    ),
    "webhook_late": (
        gettext_lazy("%(note)s: nothing has arrived there for a day; ask whoever runs that system. It is tried for about another day"),
        "warning",
    ),
    "webhook_failing": (
        gettext_lazy("%(note)s: nothing arrives there, and sending has stopped. Once that system is mended, try or resume the webhook"),
        "warning",
    ),
    "webhook_back": (gettext_lazy("%(note)s: sending goes on, with what has waited"), "check"),
    "webhook_ended": (gettext_lazy("%(note)s: the webhook was ended; nothing is sent there any more"), "block"),
    "factor_added": (account.TOLD["factor_added"], "passkey"),
    "factors_reset": (account.TOLD["factors_reset"], "passkey"),
    "factor_removed": (account.TOLD["factor_removed"], "passkey"),
    "recovery_code_used": (account.TOLD["recovery_code_used"], "key"),
    "new_browser": (account.TOLD["new_browser"], "devices"),
    "login_held": (account.TOLD["login_held"], "key_off"),
    "logins_ended": (account.TOLD["logins_ended"], "logout"),
    "codes_made": (account.TOLD["codes_made"], "passkey"),
    "password_changed": (account.TOLD["password_changed"], "key"),
    "password_known": (account.TOLD["password_known"], "key_off"),
    "login_known": (account.TOLD["login_known"], "key_off"),
    "login_linked": (account.TOLD["login_linked"], "passkey"),
    "login_unlinked": (account.TOLD["login_unlinked"], "key_off"),
    "account_made": (gettext_lazy("%(by)s made an account for %(thing)s at %(note)s"), "manage_accounts"),
    "account_moved": (gettext_lazy("%(by)s changed role, office or access of %(thing)s, now at %(note)s"), "manage_accounts"),
    "duty_made": (gettext_lazy("%(by)s gave %(thing)s a further duty at %(note)s"), "manage_accounts"),
    "mail_changed": (gettext_lazy("Notices are mailed to another address now; whoever did not do that tells the directorate"), "mail"),
    "paired": (gettext_lazy("A Telegram chat was paired with your account; whoever did not do that unpairs it"), "link"),
    "pairing_ended": (gettext_lazy("Telegram takes no messages for your chat: you are paired no more"), "link_off"),
    "reversed": (gettext_lazy("Your decision on %(thing)s was taken back"), "undo"),
}
_ANY_NOTICE = (gettext_lazy("Something happened to %(thing)s"), "info")


class ReadAllForm(VerbForm):
    """`up_to`: the newest notice the page showed."""

    up_to = NumberField(otherwise=0)


@admin.register(models.Notice)
class NoticeAdmin(base.ReadOnlyAdmin):
    view_action = Action.NOTICE_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("semua-dibaca/", self.read_all, "read_all"),
            self.address("<int:notice_id>/buka/", self.open, "open"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Unread ones first of all; `show` asks for all, or for what was handed to the office."""
        self.seen_by(request)
        person, now, show = base.who(request), timezone.now(), request.GET.get("show", "")
        link = "patrol_notice_changelist"
        found = notices.of(person).select_related(
            "flag", "case", "erasure__post__flag", "referral__case", "objection", "campaign", "bulk", "account", "by__office"
        )
        narrowed = {"all": found, "handed": found.filter(kind=notices.HANDED_OVER)}
        with wall.everything("a notice names by number what it is about, whoever has that"):
            rows, place = post_rows.page_of(narrowed.get(show, found.filter(read_at=None)), "at", request.GET.get("after"))
        titles = {"": _("Unread"), "all": _("All"), "handed": _("Handed to this office")}
        if Action.FLAG_VIEW not in _rights(person):
            titles.pop("handed")
        expiring = credentials.notices(now=now) if access.may(person, Action.CREDENTIAL_VIEW) else []
        context = {
            "rows": [_row(row, person, now) for row in rows],
            "choices": [{"title": title, "link": base.here(link, show=key), "on": show == key} for key, title in titles.items()],
            "expiring": [{**watch_words.notice(one), "link": base.here("patrol_credential_change", one.credential.pk)} for one in expiring],
            "newest": str(max((row.pk for row in rows), default=0)),
            "any_unread": any(row.read_at is None for row in rows),
            "unread_only": show not in narrowed,
            "next": base.here(link, show=show, after=place) if place else "",
            "first": base.here(link, show=show) if request.GET.get("after") else "",
        }
        return self.page(request, "workbench/my_notices.html", context, title=_("Notices"))

    def open(self, request: HttpRequest, notice_id: int) -> HttpResponse:
        """Marks it read and goes where it points; back to the list where that is not for this person any more."""
        base.posted(request)
        person = base.who(request)
        try:
            notice = notices.read(notice_id=notice_id, by=person, now=timezone.now())
        except models.Notice.DoesNotExist:
            raise Http404 from None
        return HttpResponseRedirect(_page(notice, person) or _target(notice, person) or base.here("patrol_notice_changelist"))

    def read_all(self, request: HttpRequest) -> HttpResponse:
        base.posted(request)
        many = notices.read_all(**ReadAllForm(request.POST).told(), by=base.who(request), now=timezone.now())
        base.say(request, ngettext("%(count)s notice read.", "%(count)s notices read.", many) % {"count": many})
        return HttpResponseRedirect(base.here("patrol_notice_changelist"))


def _rights(person: models.Person) -> set[Action]:
    return {action for action in (Action.FLAG_VIEW, Action.CASE_VIEW) if access.may(person, action)}


# Notices that lead to a list.
_LISTS: dict[str, tuple[Action, str, dict[str, str]]] = {
    "bot_refused": (Action.TELLING_OFFICE, "patrol_bot_changelist", {}),
    **dict.fromkeys(notices.WEBHOOKS, (Action.WEBHOOK, "patrol_webhook_changelist", {})),
    **dict.fromkeys(account.TOLD.keys() - {"password_link", "password_set"}, (Action.HOME, "own_access", {})),
    "password_known": (Action.HOME, "password_change", {}),
    "account_made": (Action.PERSON_VIEW, "patrol_person_changelist", {}),
    "account_moved": (Action.PERSON_VIEW, "patrol_person_changelist", {}),
    "duty_made": (Action.PERSON_VIEW, "patrol_person_changelist", {}),
    "mail_changed": (Action.HOME, "patrol_dispatch_changelist", {}),
    "paired": (Action.HOME, "patrol_dispatch_changelist", {}),
    "pairing_ended": (Action.HOME, "patrol_dispatch_changelist", {}),
    "unusual_reading": (Action.CONSULTATION_VIEW, "patrol_unusualreading_changelist", {}),
    "account_waits": (Action.PERSON_AGREE, "patrol_person_changelist", {"waits": "1"}),
    "card_waits": (Action.CARD_VIEW, "patrol_card_changelist", {}),
    "peer_export_waits": (Action.PEER_ASK, "patrol_peerexport_changelist", {"show": "mine"}),
    "peer_export_approved": (Action.PEER_ASK, "patrol_peerexport_changelist", {"show": "all"}),
    "peer_export_refused": (Action.PEER_ASK, "patrol_peerexport_changelist", {"show": "all"}),
    "peer_export_wrong": (Action.PEER_ASK, "patrol_peerexport_changelist", {"show": "back"}),
    "law_waits": (Action.LAW_VIEW, "patrol_article_changelist", {}),
    "watch_proposed": (Action.WATCH_VIEW, "patrol_watchproposal_changelist", {}),
    "watch_passed_on": (Action.WATCH_VIEW, "patrol_watchproposal_changelist", {}),
    "watch_accepted": (Action.WATCH_VIEW, "patrol_watchproposal_changelist", {"show": "decided"}),
    "watch_refused": (Action.WATCH_VIEW, "patrol_watchproposal_changelist", {"show": "decided"}),
    "signature_waits": (Action.SUMMARY_APPROVE, "reports_weeklysummary_waiting", {}),
    "tip_urgent": (Action.TIP_VIEW, "patrol_tip_changelist", {"state": "urgent"}),
}


def _page(notice: models.Notice, person: models.Person) -> str:
    """The very page of what stands in a list that such notices lead to: asked once somebody opens one, not of each row of the list."""
    if notice.kind != requests.WRONG:
        return ""
    found = access.scope(person, Action.PEER_ASK, models.PeerExport.objects.filter(number=notice.note)).first()
    return base.here("patrol_peerexport_change", found.pk) if found else ""


def _target(notice: models.Notice, person: models.Person) -> str:
    if notice.kind in {"protection_moved", "protection_asked"}:
        right = access.may(person, Action.PROTECTION_VIEW, office_id=notice.office_id or person.office_id)
        return base.here("patrol_protection_of_flag", notice.flag_id) if right else ""
    if notice.kind == "summary_draft":
        place = "nasional" if person.at_directorate else person.office.code
        right = access.may(person, Action.SUMMARY_VIEW)
        return base.here("reports_weeklysummary_week", place, notice.note) if right else ""
    if notice.kind in _LISTS:
        action, name, query = _LISTS[notice.kind]
        return base.here(name, **query) if access.may(person, action) else ""
    if notice.manual_id is not None:
        right = access.may(person, Action.REGISTER_MANUAL_VIEW)
        return base.here("patrol_manualchange_change", notice.manual_id) if right else ""
    pointed: tuple[tuple[Any, Action, str, Any], ...] = (
        (notice.flag, Action.FLAG_VIEW, "flag", lambda flag: flag.office_id),
        (notice.case, Action.CASE_VIEW, "case", lambda case: case.office_id),
        (notice.referral, Action.REFERRAL_VIEW, "referral", lambda referral: referral.case.office_id),
        (notice.objection, Action.OBJECTION_VIEW, "objection", lambda objection: objection.office_id),
        (notice.campaign, Action.CAMPAIGN_VIEW, "campaign", lambda _campaign: None),
        (notice.bulk, Action.BULK, "bulk", lambda bulk: bulk.office_id),
        (notice.erasure, Action.ERASE_ASK, "erasurerequest", lambda asked: preserved.office_of(asked.post)),
    )
    for thing, action, name, office in pointed:
        if thing is not None and access.may(person, action, office_id=office(thing)):
            return base.here(f"patrol_{name}_change", thing.pk)
    return ""


def _points(notice: models.Notice) -> bool:
    """Whether it leads anywhere for whoever has the right: some only tell, as that a password was set by a link."""
    things = (notice.flag, notice.case, notice.referral, notice.objection, notice.campaign, notice.bulk, notice.erasure)
    return notice.kind in {*_LISTS, "summary_draft"} or notice.manual_id is not None or any(thing is not None for thing in things)


def _row(notice: models.Notice, person: models.Person, now: datetime) -> dict[str, Any]:
    text, icon = _NOTICES.get(notice.kind, _ANY_NOTICE)
    thing = notice.flag or notice.case or notice.erasure or notice.referral or notice.objection or notice.campaign or notice.bulk
    called = notice.account.name if notice.account else thing.number if thing else ""
    by = ""
    if notice.by is not None:  # of a case that another office's was merged into that office alone
        by = words.person(notice.by, person) if notice.case_id else notice.by.name
    return {
        "notice": notice,
        "icon": icon,
        "text": text % {"thing": called, "by": by, "note": notice.note},
        "note": "" if "%(note)s" in str(text) else notice.note,  # said once
        "lost": _points(notice) and not _target(notice, person),
        "by": by,
        "office": notice.by.office.name if notice.by else "",
        "when": words.moment(notice.at),
        "age": words.age(notice.at, now),
    }


# --- what I decided -------------------------------------------------------------------------------

PERIODS = ("today", "week", "all")


@admin.register(models.Decision)
class DecisionAdmin(base.ReadOnlyAdmin):
    view_action = Action.DECISION_VIEW

    def get_urls(self) -> list[Any]:
        return [self.address("", self.changelist_view, "changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """One's own, newest first: of today, of the last seven days, or all; narrowed by outcome."""
        self.seen_by(request)
        person, now = base.who(request), timezone.now()
        period = request.GET.get("period", "")
        period = period if period in PERIODS else "today"
        outcome = request.GET.get("outcome", "")
        outcome = outcome if outcome in set(Outcome) else ""
        mine = access.scope(person, Action.DECISION_VIEW, own_settings.acts(person, since=_since(period, now), outcome=outcome))
        related = ("flag__office", "flag__case_entry__case", "reversed_by__by", "reverses__flag")
        with wall.everything("one's own decisions, whichever office's case stands on them by now"):
            rows, place = post_rows.page_of(mine.select_related(*related), "at", request.GET.get("after"))
        link = "patrol_decision_changelist"
        titles = {"today": _("Today"), "week": _("Last 7 days"), "all": _("All")}
        outcomes = {"": _("All outcomes"), **{str(key): words.OUTCOMES[key].title for key in Outcome}}
        context = {
            "rows": [_decision(row, person, now) for row in rows],
            "choices": [
                {"title": title, "link": base.here(link, period=key, outcome=outcome), "on": period == key} for key, title in titles.items()
            ],
            "outcomes": [
                {"title": title, "link": base.here(link, period=period, outcome=key), "on": outcome == key}
                for key, title in outcomes.items()
            ],
            "narrowed": bool(outcome),
            "next": base.here(link, period=period, outcome=outcome, after=place) if place else "",
            "first": base.here(link, period=period, outcome=outcome) if request.GET.get("after") else "",
            "captures": base.here("patrol_intake_changelist") if access.may(person, Action.CAPTURE_VIEW) else "",
            "imports": base.here("patrol_importedfile_changelist") if access.may(person, Action.IMPORT_FILE) else "",
        }
        return self.page(request, "workbench/my_decisions.html", context, title=_("My decisions"))


def _since(period: str, now: datetime) -> datetime | None:
    """The first moment of a period, by the days of the person's office."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return {"today": today, "week": today - timedelta(days=6)}.get(period)


def _decision(row: models.Decision, person: models.Person, now: datetime) -> dict[str, Any]:
    taken_back = getattr(row, "reversed_by", None)
    entry = getattr(row.flag, "case_entry", None)
    stands = taken_back is None and row.reverses_id is None and row.flag.state == row.state_after
    own = access.may(person, Action.FLAG_DECIDE, office_id=row.flag.office_id)
    return {
        "decision": row,
        "badge": words.OUTCOMES[row.outcome],
        "gist": words.said(row.flag, "gist"),
        "link": base.here("patrol_flag_change", row.flag_id),
        **dict(zip(("level", "level_title"), queue.level_shown(row.flag), strict=True)),
        "reason": triage.reason_said(row.outcome, row.reason),
        "when": words.moment(row.at),
        "taken_back": words.moment(taken_back.at) if taken_back else "",
        "taken_back_by": taken_back.by.name if taken_back and taken_back.by_id != person.pk else "",
        "case": entry.case.number if entry and stands else "",  # an older decision is not what stands in it
        # A case stands on it: the case is asked first, as the verb would say.
        "reverse": base.here("patrol_flag_reverse", row.pk) if stands and own and entry is None else "",
        "key": uuid.uuid4(),
    }


# --- on the start page ----------------------------------------------------------------------------


def week_card(request: HttpRequest) -> Card | None:
    """What one decided in the last seven days; each number opens its list. One's own alone: nobody is ranked."""
    person, now = base.who(request), timezone.now()
    if not access.may(person, Action.DECISION_VIEW):
        return None
    since = _since("week", now)
    assert since is not None
    counts = own_settings.counted(person, since=since)
    link = "patrol_decision_changelist"
    return Card(
        title=_("My week"),
        note=_("last 7 days"),
        template="workbench/cards/my_week.html",
        context={
            "lines": [
                {"badge": words.OUTCOMES[key], "count": counts.get(key, 0), "link": base.here(link, period="week", outcome=str(key))}
                for key in Outcome
            ]
        },
        order=45,
        column="side",
        link=base.here(link, period="week"),
        link_title=_("All"),
    )
