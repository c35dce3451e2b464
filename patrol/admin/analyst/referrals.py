"""Referrals: the list, the page of one with its packet, lines, answers and timeline, the choosing of lines, and the channels.

Values stand masked everywhere; they leave in full in the file of an approved packet alone, which is logged as a look at contacts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrol import access, models
from patrol.access import Action, looks
from patrol.admin.analyst import referral_forms
from patrol.admin.analyst import referral_words as said
from patrol.admin.shared import base, forms, page_keys, post_rows, words
from patrol.cases import packets, proposing, referrals
from patrol.cases.channels import CHANNELS, digest
from patrol.domain import states
from patrol.domain.referrals import Channel, ItemKind, Proof
from patrol.domain.states import CaseState, ReferralState
from patrol.engine import masks
from patrol.evidence import raw
from patrol.preserving import pages

_LOADED = ("case__office", "wrote_by", "submitted_by", "approved_by", "sent_by", "before", "receipt_file")
_STEPS = (ReferralState.DRAFT, ReferralState.SUBMITTED, ReferralState.APPROVED, ReferralState.SENT)


@admin.register(models.Referral)
class ReferralAdmin(base.ReadOnlyAdmin):
    view_action = Action.REFERRAL_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("saluran/", self.channels, "channels"),
            self.address("saluran/<slug:channel>/konfirmasi/", self.confirm, "confirm"),
            self.address("baru/<int:case_id>/", self.new, "new"),
            self.address("baru/<int:case_id>/rekaman/", self.copies, "copies"),
            *super().get_urls(),
            self.address("<int:referral_id>/baris/", self.lines, "lines"),
            self.address("<int:referral_id>/paket/", self.packet, "packet"),
            self.address("<int:referral_id>/berkas/<uuid:capture_id>/", self.file, "file"),
            *(self.address(f"<int:referral_id>/{word}/", partial(self.act, verb=verb), verb) for verb, word in _WORDS.items()),
        ]

    # --- the list ---

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Those that hang first of all; `state` asks for one state, for the overdue or for all, `channel` for one channel."""
        self.seen_by(request)
        person, now = base.who(request), timezone.now()
        wanted, channel, link = request.GET.get("state", ""), request.GET.get("channel", ""), "patrol_referral_changelist"
        titles: dict[str, Any] = {
            "": _("Under way"),
            referrals.OVERDUE: _("Overdue"),
            **{str(state): words.REFERRAL_STATES[state].title for state in ReferralState},
            "all": _("All"),
        }
        wanted, channel = wanted if wanted in titles else "", channel if channel in CHANNELS else ""
        found = referrals.listed(wanted or referrals.OPEN, channel, person, now=now).select_related("case__office")
        rows, place = post_rows.page_of(found, "wrote_at", request.GET.get("after"))
        context = {
            "rows": [{**row_of(row, now), "case": row.case.number, "office": row.case.office.short_name} for row in rows],
            "choices": [
                {"title": title, "link": base.here(link, state=key, channel=channel), "on": wanted == key} for key, title in titles.items()
            ],
            "ways": [(key, said.channel(key)) for key in CHANNELS],
            "way": channel,
            "wanted": wanted,
            "narrowed": bool(channel) or wanted != "all",
            "channels": base.here("patrol_referral_channels"),
            "next": base.here(link, state=wanted, channel=channel, after=place) if place else "",
            "first": base.here(link, state=wanted, channel=channel) if request.GET.get("after") else "",
            "subtitle": _("all offices") if person.at_directorate else person.office.name,
        }
        return self.page(request, "workbench/referrals.html", context, title=_("Referrals"))

    # --- one ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        referral = self._one(request, int(object_id))
        return self.page(request, "workbench/referral.html", gather(referral, base.who(request), timezone.now()), title=referral.number)

    def _one(self, request: HttpRequest, referral_id: int) -> models.Referral:
        return base.visible(
            base.who(request), Action.REFERRAL_VIEW, models.Referral.objects.select_related(*_LOADED, "case__responsible"), pk=referral_id
        )

    def act(self, request: HttpRequest, referral_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        referral = self._one(request, referral_id)
        form = _FORMS.get(verb, referral_forms.StepForm)(request.POST, request.FILES)
        done = base.done(request, _VERBS[verb], form, referral, referral_id=referral.pk)
        if done is None:
            return _to(referral)
        base.say(request, _DONE[verb] % {"number": done.number})
        return _to(done)

    # --- its lines ---

    def new(self, request: HttpRequest, case_id: int) -> HttpResponse:
        """GET proposes the lines of the channel that is chosen, POST begins the referral."""
        person = base.who(request)
        case = base.visible(person, Action.CASE_VIEW, models.Case.objects.select_related("office"), pk=case_id)
        if not access.may(person, Action.REFERRAL_WRITE, office_id=case.office_id) or case.state == CaseState.CLOSED:
            raise Http404
        if request.method == "POST":
            made = base.done(request, referrals.draft, referral_forms.NewForm(request.POST), case_id=case.pk)
            if made is None:
                return HttpResponseRedirect(base.here("patrol_referral_new", case.pk, channel=request.POST.get("channel", "")[:30]))
            base.say(request, _("%(number)s was begun. Nothing was sent.") % {"number": made.number})
            return _to(made)
        ways = referrals.channels_for(person)
        channel = next((way for way in ways if way.key == request.GET.get("channel")), ways[0])
        context = {
            **self._choosing(case, channel, person),
            "choices": [
                {
                    "title": said.channel(way.key),
                    "link": base.here("patrol_referral_new", case.pk, channel=way.key),
                    "on": way.key == channel.key,
                }
                for way in ways
            ],
            "targets": said.said(channel.targets) if channel.targets else "",
            "action": base.here("patrol_referral_new", case.pk),
            "back": base.here("patrol_case_change", case.pk),
            "begins": True,
        }
        return self.page(request, "workbench/referral_lines.html", context, title=_("New referral"))

    def lines(self, request: HttpRequest, referral_id: int) -> HttpResponse:
        """The same for a referral there is: what it holds is ticked."""
        referral, person = self._one(request, referral_id), base.who(request)
        if request.method == "POST":
            form = referral_forms.LinesForm(request.POST)
            if base.done(request, referrals.choose, form, referral, referral_id=referral.pk) is None:
                return HttpResponseRedirect(base.here("patrol_referral_lines", referral.pk))
            base.say(request, _("The lines were kept."))
            return _to(referral)
        if not may_write(referral, person) or referral.state not in states.UNSENT:
            raise Http404
        context = {
            **self._choosing(referral.case, CHANNELS[referral.channel], person, referral),
            "choices": [],
            "action": base.here("patrol_referral_lines", referral.pk),
            "back": base.here("patrol_referral_change", referral.pk),
            "referral": referral,
        }
        return self.page(request, "workbench/referral_lines.html", context, title=referral.number)

    def _choosing(
        self, case: models.Case, channel: Channel, person: models.Person, referral: models.Referral | None = None
    ) -> dict[str, Any]:
        lines = proposing.lines(case, channel, person, without=referral.pk if referral else None)
        held = {item.mark: item for item in referral.items.select_related("flag")} if referral else {}
        shown = masks.values((line.kind, line.value, line.indicator_id or line.flag_id) for line in lines)
        free = [line.mark for line in lines if not line.asked][: packets.MOST]
        ticked = set(held) if referral else set(free)
        rows = [
            {
                "mark": line.mark,
                "badge": said.ITEM_KINDS[line.kind],
                "value": value if line.kind != ItemKind.PERSON else said.ITEM_KINDS[line.kind].title,
                "flag": line.flag,
                "link": base.here("patrol_flag_change", line.flag_id),
                "own": line.own,
                "posts": line.posts,
                "copied": line.copied or not _copies(channel),
                "asked": line.asked,
                "ticked": line.mark in ticked,
            }
            for line, value in zip(lines, shown, strict=True)
        ]
        there = {line.mark for line in lines}
        rows += [
            {
                "mark": item.mark,
                "badge": said.ITEM_KINDS[item.kind],
                "value": masks.value(item.kind, item.value),
                "flag": item.flag.number,
                "link": base.here("patrol_flag_change", item.flag_id),
                "own": False,
                "posts": 0,
                "copied": True,
                "asked": "",
                "ticked": True,
            }
            for item in held.values()
            if item.mark not in there
        ]
        bare = list(dict.fromkeys(line.post_id for line in lines if not line.copied))[: packets.MOST] if _copies(channel) else []
        return {
            "case": case,
            "case_title": masks.text(case.title),
            "channel": channel,
            "name": said.channel(channel.key),
            "asks": said.said(channel.asks),
            "rows": rows,
            "bare": bare,
            "most": packets.MOST,
            "copies": base.here("patrol_referral_copies", case.pk),
            "here": base.here("patrol_referral_lines", referral.pk)
            if referral
            else base.here("patrol_referral_new", case.pk, channel=channel.key),
            "browser": bool(pages.installed()),
            **page_keys.of(
                person,
                {
                    "copies": ("r", _("Ask for the copies that are missing")),
                    "all": ("a", _("Tick all or none")),
                    "send": ("s", _("To the button")),
                    "back": ("b", _("Back")),
                },
            ),
        }

    def copies(self, request: HttpRequest, case_id: int) -> HttpResponse:
        """Asks for archives of the pages that have none, of the posts the page showed."""
        base.posted(request)
        person = base.who(request)
        case = base.visible(person, Action.CASE_VIEW, models.Case.objects.all(), pk=case_id)
        access.require(person, Action.REFERRAL_WRITE, office_id=case.office_id)
        form = referral_forms.CopiesForm(request.POST)
        wanted = form.told()["post"][: packets.MOST] if form.is_valid() else []
        seen = access.scope(person, Action.POST_VIEW, models.Post.objects.filter(pk__in=wanted, url__regex="^https?://"))
        many = sum(pages.ask(post_id=key, by=person, now=timezone.now()) for key in seen.order_by("id").values_list("pk", flat=True))
        base.say(request, ngettext("%(count)s page will be archived.", "%(count)s pages will be archived.", many) % {"count": many})
        return base.back(request, base.here("patrol_case_change", case.pk))

    # --- files ---

    def packet(self, request: HttpRequest, referral_id: int) -> HttpResponse:
        base.posted(request)
        referral = self._one(request, referral_id)
        done = base.done(request, referrals.packet, forms.VerbForm(request.POST), referral_id=referral.pk)
        if done is None:
            return _to(referral)
        return _download(done[1], f"{referral.number}.zip")

    def file(self, request: HttpRequest, referral_id: int, capture_id: UUID) -> HttpResponse:
        """A receipt or an answer somebody brought, as a file to take away; logged as any preserved copy."""
        base.posted(request)
        referral = self._one(request, referral_id)
        answered = models.ItemAnswer.objects.filter(item__referral=referral, file=capture_id)
        if referral.receipt_file_id != capture_id and not answered.exists():
            raise Http404
        capture = models.Capture.objects.get(pk=capture_id)
        try:
            with raw.open_bytes(capture.sha256) as kept:
                content = kept.read()
        except raw.EvidenceMissingError:
            content = b""
        if hashlib.sha256(content).hexdigest() != capture.sha256:
            base.say(request, _("The file no longer matches its hash, or is gone. Tell the administrator: verify_evidence."), problem=True)
            return _to(referral)
        with transaction.atomic():
            after = {"purpose": "referral", "number": referral.number}
            looks.log("capture.downloaded", by=base.who(request), now=timezone.now(), target=capture, after=after)
        return _download(content, f"{referral.number}-{capture.sha256[:12]}.bin")

    # --- channels ---

    def channels(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        person = base.who(request)
        confirmed: dict[tuple[str, str], models.ChannelConfirmation] = {
            (row.channel, row.digest): row for row in models.ChannelConfirmation.objects.select_related("by").order_by("id")
        }
        context = {
            "rows": [
                {
                    "key": way.key,
                    "name": said.channel(way.key),
                    "asks": said.said(way.asks),
                    "kinds": [said.ITEM_KINDS[kind] for kind in way.kinds],
                    "sender": said.SENDERS[way.sender],
                    "hours": way.hours,
                    "facts": [said.said(fact.title) for fact in way.facts],
                    "columns": [column.title for column in way.columns],
                    "source": said.said(way.source),
                    "confirmed": row,
                    "letter": row.letter if row else "",
                    "day": words.day(row.day) if row else "",
                    "person": row.by.name if row else "",
                    "to": base.here("patrol_referral_confirm", way.key),
                }
                for way in CHANNELS.values()
                for row in [confirmed.get((way.key, digest(way)))]
            ],
            "may_confirm": access.may(person, Action.CHANNEL_CONFIRM),
            "back": base.here("patrol_referral_changelist"),
        }
        return self.page(request, "workbench/channels.html", context, title=_("Channels"))

    def confirm(self, request: HttpRequest, channel: str) -> HttpResponse:
        base.posted(request)
        self.seen_by(request)
        if channel not in CHANNELS:
            raise Http404
        if base.done(request, referrals.confirm, referral_forms.ConfirmForm(request.POST), channel=channel) is not None:
            base.say(request, _("The confirmation was kept: packets of this channel carry it from now on."))
        return HttpResponseRedirect(base.here("patrol_referral_channels"))


_WORDS = {
    "change_packet": "ubah",
    "submit": "ajukan",
    "send_back": "kembalikan",
    "approve": "setujui",
    "withdraw": "tarik",
    "mark_sent": "kirim",
    "received": "diterima",
    "contact_failed": "tidak-sampai",
    "no_response": "tanpa-jawaban",
    "answer": "jawaban",
    "reply": "klarifikasi",
    "new_round": "muncul-kembali",
}
_VERBS: dict[str, Callable[..., models.Referral]] = {
    verb: referrals.change if verb == "change_packet" else getattr(referrals, verb) for verb in _WORDS
}
_FORMS: dict[str, type[forms.VerbForm]] = {
    "change_packet": referral_forms.PacketForm,
    "submit": forms.SeenForm,
    "approve": forms.SeenForm,
    "mark_sent": referral_forms.SentForm,
    "received": referral_forms.ReceivedForm,
    "no_response": referral_forms.FreeStepForm,
    "answer": referral_forms.AnswerForm,
}
_DONE: dict[str, Any] = {
    "change_packet": gettext_lazy("%(number)s was kept. It is a draft; nothing was sent."),
    "submit": gettext_lazy("%(number)s waits for a second person, who was told. Nothing was sent."),
    "send_back": gettext_lazy("%(number)s was sent back; who wrote it was told."),
    "approve": gettext_lazy("%(number)s was approved. It is sent by a person, outside of this system."),
    "withdraw": gettext_lazy("%(number)s was withdrawn."),
    "mark_sent": gettext_lazy("%(number)s is marked as sent; their clock runs."),
    "received": gettext_lazy("%(number)s: kept that they received it."),
    "contact_failed": gettext_lazy("%(number)s: kept that it did not arrive. Send it another way, or withdraw it."),
    "no_response": gettext_lazy("%(number)s: kept that no response came. A late answer can still be entered."),
    "answer": gettext_lazy("%(number)s: the answer was kept."),
    "reply": gettext_lazy("%(number)s: kept that the clarification was given; their clock runs anew."),
    "new_round": gettext_lazy("%(number)s was begun as the next round. Nothing was sent."),
}


def _copies(channel: Channel) -> bool:
    return Proof.COPY in channel.proofs


def _to(referral: models.Referral) -> HttpResponseRedirect:
    return HttpResponseRedirect(base.here("patrol_referral_change", referral.pk))


def _download(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def row_of(row: models.Referral, now: datetime) -> dict[str, Any]:
    """A line about a referral, for lists."""
    return {
        "number": row.number,
        "link": base.here("patrol_referral_change", row.pk),
        "channel": said.channel(row.channel),
        "target": row.target,
        "badge": words.REFERRAL_STATES[row.state],
        "clock": said.clock(row, now),
        "urgent": row.urgent,
        "round": row.round,
        "when": words.moment(row.wrote_at),
    }


def may_write(referral: models.Referral, person: models.Person) -> bool:
    return _may(referral, person, Action.REFERRAL_WRITE)


def _may(referral: models.Referral, person: models.Person, action: Action) -> bool:
    own = person.at_directorate or not referral.from_directorate
    return own and referral.case.state != CaseState.CLOSED and access.may(person, action, office_id=referral.case.office_id)


def gather(referral: models.Referral, person: models.Person, now: datetime) -> dict[str, Any]:
    """What the page of a referral shows, and which steps this person has. `referral` comes with _LOADED."""
    channel = CHANNELS[referral.channel]
    lines = packets.lines(referral)
    answers = models.ItemAnswer.objects.filter(item__referral=referral).select_related("by").order_by("id")
    by_item: dict[int, list[models.ItemAnswer]] = {}
    for row in answers:
        by_item.setdefault(row.item_id, []).append(row)
    lacks = packets.missing(referral, lines) if referral.state in states.UNSENT else []
    shown = masks.values((line.kind, line.value, line.indicator_id or line.flag_id) for line in lines)
    events = list(referral.events.select_related("by").order_by("-id"))
    halves = set(referrals.halves(referral))
    state, sent = referral.state, referral.sent_at is not None and referral.state != ReferralState.WITHDRAWN
    writes, sends = may_write(referral, person), _may(referral, person, Action.REFERRAL_SEND)
    seconds = (
        state == ReferralState.SUBMITTED
        and referral.case.state != CaseState.CLOSED
        and access.may(person, Action.REFERRAL_APPROVE, office_id=referral.case.office_id)
    )
    later = referral.later.exclude(state=ReferralState.WITHDRAWN).first()

    def moves(after: ReferralState) -> bool:
        return (state, after) in states.REFERRAL_MOVES

    can = {
        "change": writes and state in states.UNSENT,
        "submit": writes and state == ReferralState.DRAFT and not lacks,
        "approve": seconds and person.pk not in halves and not lacks,
        "send_back": seconds,
        "withdraw": writes and moves(ReferralState.WITHDRAWN),
        "packet": sends and referral.approved_at is not None and state != ReferralState.WITHDRAWN,
        "mark_sent": sends and state in {ReferralState.APPROVED, ReferralState.CONTACT_FAILED},
        "received": sends and moves(ReferralState.RECEIVED),
        "contact_failed": sends and moves(ReferralState.CONTACT_FAILED),
        "no_response": sends and moves(ReferralState.NO_RESPONSE) and referral.due_at is not None and referral.due_at <= now,
        "answer": sends and state in {ReferralState.SENT, ReferralState.RECEIVED, ReferralState.NO_RESPONSE, *states.ANSWERED},
        "reply": sends and state == ReferralState.CLARIFICATION_ASKED,
        "new_round": sent
        and later is None
        and (person.at_directorate or not referral.from_directorate)
        and access.may(person, Action.REFERRAL_WRITE, office_id=referral.case.office_id),
    }
    return {
        "referral": referral,
        "subtitle": said.channel(referral.channel),
        "asks": said.said(channel.asks),
        "badge": words.REFERRAL_STATES[state],
        "clock": said.clock(referral, now),
        "due": words.moment(referral.due_at) if referral.due_at else "",
        "case": referral.case,
        "case_title": masks.text(referral.case.title),
        "case_link": base.here("patrol_case_change", referral.case_id),
        "before": {"number": referral.before.number, "link": base.here("patrol_referral_change", referral.before.pk)}
        if referral.before
        else None,
        "later": {"number": later.number, "link": base.here("patrol_referral_change", later.pk)} if later else None,
        "steps": _steps(referral),
        "target": said.said(channel.targets) if channel.targets else "",
        "facts": [
            {
                "key": fact.key,
                "name": f"fact_{fact.key}",
                "title": said.said(fact.title),
                "value": referral.facts.get(fact.key, ""),
                "most": fact.most,
                "lines": fact.lines if fact.lines > 1 else 0,
                "missing": any(one.fact == fact.key for one in lacks),
            }
            for fact in channel.facts
        ],
        "target_missing": any(one.fact == "target" for one in lacks),
        "lacks": [{"place": one.place, "text": said.said(one.words)} for one in lacks],
        "lines": [
            {
                "id": line.id,
                "place": place,
                "badge": said.ITEM_KINDS[line.kind],
                "value": said.ITEM_KINDS[line.kind].title if line.kind == ItemKind.PERSON else value,
                "flag": line.flag,
                "link": base.here("patrol_flag_change", line.flag_id),
                "check": packets.check(line.value) if line.value and line.kind in {ItemKind.LINK, ItemKind.AGENCY} else "",
                "copy": line.sha256[:12],
                "lacks": [said.said(one.words) for one in lacks if one.place == place],
                "answers": [_answer(row, referral) for row in by_item.get(line.id, ())],
            }
            for place, (line, value) in enumerate(zip(lines, shown, strict=True), 1)
        ],
        "receipt": {
            "how": said.HOW.get(referral.sent_how, ""),
            "when": words.moment(referral.sent_at),
            "text": referral.receipt,
            "number": referral.their_number,
            "file": base.here("patrol_referral_file", referral.pk, referral.receipt_file_id) if referral.receipt_file_id else "",
        }
        if referral.sent_at
        else None,
        "columns": [column.title for column in channel.columns],
        "confirmed": referrals.confirmation(channel),
        "events": [
            {
                "who": event.by.name,
                "what": said.EVENTS[event.kind].title,
                "icon": said.EVENTS[event.kind].icon,
                "detail": said.detail(event),
                "note": event.note,
                "when": words.moment(event.at),
            }
            for event in events
        ],
        "own": person.pk in halves and seconds,
        "seconds": [one.name for one in referrals.approvers(referral)] if state == ReferralState.SUBMITTED else [],
        "can": can,
        "acts_now": any(can[key] for key in _NEXT),
        "takes_lines": can["answer"],
        "hows": list(said.HOW.items()),
        "outcomes": [(key, badge.title) for key, badge in said.OUTCOMES.items()],
        "now": timezone.localtime(now).strftime("%Y-%m-%dT%H:%M"),
        "today": timezone.localtime(now).date().isoformat(),
        "most_mb": referrals.FILE_MOST // 1_000_000,
        "to": {verb: base.here(f"patrol_referral_{verb}", referral.pk) for verb in (*_WORDS, "lines", "packet")},
        **page_keys.of(person, {key: own for key, own in _own_keys().items() if can.get(key, True)}),
    }


_NEXT = ("submit", "approve", "send_back", "mark_sent", "received", "contact_failed", "no_response", "reply", "withdraw", "new_round")


def _own_keys() -> dict[str, tuple[str, Any]]:
    return {
        "submit": ("s", _("Submit for approval")),
        "approve": ("y", _("Approve")),
        "send_back": ("x", _("Send back")),
        "mark_sent": ("k", _("Mark as sent")),
        "answer": ("j", _("Enter an answer")),
        "back": ("b", _("To the case")),
    }


def _answer(row: models.ItemAnswer, referral: models.Referral) -> dict[str, Any]:
    automated = {True: _("decided by a machine there"), False: _("decided by a person there")}
    return {
        "badge": said.OUTCOMES[row.outcome],
        "day": words.day(row.day),
        "by": row.by.name,
        "ground": row.ground,
        "text": row.text,
        "automated": automated[row.automated] if row.automated is not None else "",
        "file": base.here("patrol_referral_file", referral.pk, row.file_id) if row.file_id else "",
    }


def _steps(referral: models.Referral) -> list[dict[str, Any]]:
    """The way of a referral with the moments it has passed; the last one is what it came to."""
    moments = dict(zip(_STEPS, (referral.wrote_at, referral.submitted_at, referral.approved_at, referral.sent_at), strict=True))
    steps = [
        {
            "title": words.REFERRAL_STATES[state].title,
            "when": words.moment(at) if at else "",
            "now": state == referral.state,
            "done": at is not None and state != referral.state,
        }
        for state, at in moments.items()
    ]
    if referral.state not in moments:
        last = referral.answered_at or referral.received_at
        steps.append(
            {"title": words.REFERRAL_STATES[referral.state].title, "when": words.moment(last) if last else "", "now": True, "done": False}
        )
    return steps
