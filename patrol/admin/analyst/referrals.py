"""Referrals: the list, the page of one with its packet, lines, answers and timeline, the choosing of lines, and the channels.

Values stand masked everywhere; they leave in full in the file of an approved packet alone, which is logged as a look at contacts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patrol import access, models
from patrol import search as searching
from patrol.access import Action
from patrol.admin.analyst import channel_forms, channel_page, referral_documents, referral_forms, referral_page, times_to_down
from patrol.admin.analyst import referral_words as said
from patrol.admin.shared import base, exporting, forms, page_keys, post_rows, words
from patrol.cases import channel_editions, coming_back, documents, packets, proposing, referrals, sending
from patrol.cases.channels import CHANNELS
from patrol.domain import states
from patrol.domain.referrals import Channel, ItemKind, Proof
from patrol.domain.states import CaseState, ReferralState
from patrol.engine import masks
from patrol.evidence import custody_log, kinds, raw
from patrol.infra.refusals import BROKEN, RefusedError
from patrol.preserving import pages


@admin.register(models.Referral)
class ReferralAdmin(base.ReadOnlyAdmin):
    view_action = Action.REFERRAL_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("saluran/", self.channels, "channels"),
            self.address("saluran/<slug:channel>/", self.channel, "channel"),
            self.address("saluran/<slug:channel>/edisi/", self.enter, "enter"),
            self.address("saluran/<slug:channel>/konfirmasi/", self.confirm, "confirm"),
            self.address("waktu-turun/", self.times, "times"),
            self.address("baru/<int:case_id>/", self.new, "new"),
            self.address("baru/<int:case_id>/rekaman/", self.copies, "copies"),
            *super().get_urls(),
            exporting.address(self, _listing, "patrol_referral_changelist"),
            self.address("<int:referral_id>/baris/", self.lines, "lines"),
            self.address("<int:referral_id>/paket/", self.packet, "packet"),
            self.address("<int:referral_id>/surat/", self.letter, "letter"),
            self.address("<int:referral_id>/dokumen/<slug:kind>/", self.document, "document"),
            self.address("<int:referral_id>/berkas/<uuid:capture_id>/", self.file, "file"),
            *(self.address(f"<int:referral_id>/{word}/", partial(self.act, verb=verb), verb) for verb, word in referral_page.WORDS.items()),
        ]

    # --- the list ---

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Those that hang first of all; `state` asks for one state, for the overdue or for all, `channel` for one channel."""
        self.seen_by(request)
        person, now, link = base.who(request), timezone.now(), "patrol_referral_changelist"
        titles = _titles(person)
        wanted, channel, found = _narrowed(request, now)
        rows, place = post_rows.page_of(found, "wrote_at", request.GET.get("after"))
        context = {
            "rows": [{**referral_page.row_of(row, now), "case": row.case.number, "office": row.case.office.short_name} for row in rows],
            "choices": [
                {"title": title, "link": base.here(link, state=key, channel=channel), "on": wanted == key} for key, title in titles.items()
            ],
            "ways": [(key, said.channel(key)) for key in CHANNELS],
            "way": channel,
            "wanted": wanted,
            "narrowed": bool(channel) or wanted != "all",
            "channels": base.here("patrol_referral_channels"),
            "times": base.here("patrol_referral_times"),
            "next": base.here(link, state=wanted, channel=channel, after=place) if place else "",
            "first": base.here(link, state=wanted, channel=channel) if request.GET.get("after") else "",
            "export": exporting.panel("patrol_referral_export", {"state": wanted, "channel": channel}, person, full=True),
            "subtitle": _("all offices") if person.at_directorate else person.office.name,
        }
        return self.page(request, "workbench/referrals.html", context, title=_("Referrals"))

    def times(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        return times_to_down.answer(request, self.page)

    # --- one ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        referral = self._one(request, int(object_id))
        context = referral_page.gather(referral, base.who(request), timezone.now())
        return self.page(request, "workbench/referral.html", context, title=referral.number)

    def _one(self, request: HttpRequest, referral_id: int) -> models.Referral:
        loaded = models.Referral.objects.select_related(*referral_page.LOADED)
        return base.visible(base.who(request), Action.REFERRAL_VIEW, loaded, pk=referral_id)

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
        if not referral_page.may_write(referral, person) or referral.state not in states.UNSENT:
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
        corrects = referral is not None and referral.corrects is not None  # nothing is added to a correction
        lines = [] if corrects else proposing.lines(case, channel, person, without=referral.pk if referral else None)
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
        try:
            done = base.done(request, referrals.packet, forms.VerbForm(request.POST), referral_id=referral.pk)
        except raw.EvidenceMissingError as error:
            custody_log.refused_by_hash(str(error), by=base.who(request), now=timezone.now())
            base.say(request, BROKEN, problem=True)
            return _to(referral)
        if done is None:
            return _to(referral)
        return base.download(done[1], name=f"{referral.number}.zip")

    def letter(self, request: HttpRequest, referral_id: int) -> HttpResponse:
        """How the letter reads now, as a paper on the screen, with contacts cut."""
        referral, person = self._one(request, referral_id), base.who(request)
        letter = documents.composed(referral, packets.lines(referral), by=person, now=timezone.now())
        if letter is None:
            raise Http404
        sheet = referral_documents.sheet(letter, draft=referral.submitted_at is None)
        context = {**sheet, "back": base.here("patrol_referral_change", referral.pk)}
        return self.page(request, "workbench/letters/sheet.html", context, title=_("Letter of %(number)s") % {"number": referral.number})

    def document(self, request: HttpRequest, referral_id: int, kind: str) -> HttpResponse:
        """One of the files as it was kept, values in full; logged as a look at contacts."""
        base.posted(request)
        referral = self._one(request, referral_id)
        done = base.done(request, documents.look, forms.VerbForm(request.POST), referral_id=referral.pk, kind=kind)
        return _to(referral) if done is None else base.download(done.content, name=done.name)

    def file(self, request: HttpRequest, referral_id: int, capture_id: UUID) -> HttpResponse:
        """A receipt or an answer somebody brought, as a file to take away; logged as any preserved copy."""
        base.posted(request)
        referral = self._one(request, referral_id)
        answered = models.ItemAnswer.objects.filter(item__referral=referral, file=capture_id)
        if referral.receipt_file_id != capture_id and not answered.exists():
            raise Http404
        access.require(base.who(request), Action.EVIDENCE_OPEN, office_id=referral.case.office_id)
        capture = models.Capture.objects.get(pk=capture_id)
        person, now = base.who(request), timezone.now()
        try:
            content = custody_log.opened(capture, by=person, now=now)
        except raw.EvidenceMissingError:
            base.say(request, BROKEN, problem=True)
            return _to(referral)
        with transaction.atomic():
            after, reason = {"number": referral.number}, f"Penanganan rujukan {referral.number}"
            made = custody_log.took(
                capture, by=person, now=now, purpose=documents.PURPOSE, reason=reason, after={"purpose": documents.PURPOSE, **after}
            )
        base.say_written(request, made)
        return base.download(content, name=f"{referral.number}-{capture.sha256[:12]}.{kinds.ENDINGS.get(capture.media_type, 'bin')}")

    # --- channels ---

    def channels(self, request: HttpRequest) -> HttpResponse:
        self.seen_by(request)
        context = {
            "rows": channel_page.listed(),
            "may_confirm": access.may(request.user, Action.CHANNEL_CONFIRM),
            "back": base.here("patrol_referral_changelist"),
        }
        return self.page(request, "workbench/channels.html", context, title=_("Channels"))

    def channel(self, request: HttpRequest, channel: str) -> HttpResponse:
        """The editions of one, each with what it changed."""
        self.seen_by(request)
        if channel not in CHANNELS:
            raise Http404
        context = {
            "rows": channel_page.editions(channel),
            "to_enter": base.here("patrol_referral_enter", channel) if access.may(request.user, Action.CHANNEL_CONFIRM) else "",
            "back": base.here("patrol_referral_channels"),
            "subtitle": _("editions"),
        }
        return self.page(request, "workbench/channel.html", context, title=said.channel(channel))

    def enter(self, request: HttpRequest, channel: str) -> HttpResponse:
        """The form holds what the newest edition says: what is changed is typed over it."""
        if channel not in CHANNELS or not access.may(request.user, Action.CHANNEL_CONFIRM):
            raise Http404
        form = channel_forms.EditionForm(channel, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                made = channel_editions.enter(channel=channel, **form.told(), by=base.who(request), now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("Edition %(number)s was entered; what is submitted from now on goes by it.") % {"number": made.number})
                return HttpResponseRedirect(base.here("patrol_referral_channel", channel))
        context = {
            "form": form,
            "save": _("Save"),
            "cancel": base.here("patrol_referral_channel", channel),
            "subtitle": said.channel(channel),
        }
        return self.page(request, "workbench/form.html", context, title=_("New edition"))

    def confirm(self, request: HttpRequest, channel: str) -> HttpResponse:
        base.posted(request)
        self.seen_by(request)
        if channel not in CHANNELS:
            raise Http404
        if base.done(request, referrals.confirm, referral_forms.ConfirmForm(request.POST), channel=channel) is not None:
            base.say(request, _("The confirmation was kept: packets of this channel carry it from now on."))
        return HttpResponseRedirect(base.here("patrol_referral_channels"))


def _titles(person: models.Person) -> dict[str, Any]:
    """What the list may be narrowed to."""
    waits = [referrals.WAITS] if access.may(person, Action.REFERRAL_APPROVE) else []
    return {
        "": _("Under way"),
        **{key: said.NARROWED[key] for key in (*waits, referrals.OVERDUE, referrals.MAIL_UNKNOWN)},
        **{str(state): words.REFERRAL_STATES[state].title for state in ReferralState},
        "all": said.NARROWED["all"],
    }


def _narrowed(request: HttpRequest, now: datetime) -> tuple[str, str, QuerySet[models.Referral]]:
    """State and channel the address asks for, and the referrals that pass."""
    wanted, channel = request.GET.get("state", ""), request.GET.get("channel", "")
    wanted, channel = wanted if wanted in _titles(base.who(request)) else "", channel if channel in CHANNELS else ""
    found = referrals.listed(wanted or referrals.OPEN, channel, base.who(request), now=now)
    return wanted, channel, found.select_related("case__office")


def _listing(request: HttpRequest) -> exporting.Listing:
    person, now = base.who(request), timezone.now()
    wanted, channel, found = _narrowed(request, now)

    def cells(rows: Sequence[models.Referral], shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        for row in rows:
            clock = said.clock(row, now)
            yield (
                row.number,
                said.channel(row.channel),
                row.target if row.pk in shown else masks.text(row.target),
                str(words.REFERRAL_STATES[row.state].title),
                str(clock.title) if clock else "",
                row.round,
                row.case.number,
                row.case.office.short_name,
                row.wrote_at,
                row.due_at,
                row.answered_at,
            )

    told = [(_("State"), _titles(person)[wanted]), *([(_("Channel"), said.channel(channel))] if channel else [])]
    return exporting.Listing(
        key="referrals",
        title=_("Referrals"),
        columns=[
            _("Referral"),
            _("Channel"),
            _("Asked of"),
            _("State"),
            _("Clock"),
            _("Round"),
            _("Case"),
            _("Office"),
            _("Written"),
            _("Answer expected by"),
            _("Answered"),
        ],
        found=found.order_by("-wrote_at", "-pk"),
        said=cells,
        query={key: value for key, value in {"state": wanted, "channel": channel}.items() if value},
        asked=told,
        open_to=lambda rows: searching.open_texts({row.pk: row.target for row in rows}, person),
    )


_VERBS: dict[str, Callable[..., models.Referral]] = {
    **{verb: getattr(referrals, verb) for verb in referral_page.WORDS if hasattr(referrals, verb)},
    "change_packet": referrals.change,
    "documents_again": referrals.documents_again,
    "begin_again": coming_back.begin,
    "not_again": coming_back.deny,
    "mail_ask": sending.ask,
    "mail_take_back": sending.take_back,
    "mail_settle": sending.settle,
}
_FORMS: dict[str, type[forms.VerbForm]] = {
    "change_packet": referral_forms.PacketForm,
    "submit": forms.SeenForm,
    "approve": forms.SeenForm,
    "mark_sent": referral_forms.SentForm,
    "mail_ask": referral_forms.MailForm,
    "mail_take_back": forms.SeenForm,
    "mail_settle": referral_forms.SettleForm,
    "received": referral_forms.ReceivedForm,
    "no_response": referral_forms.FreeStepForm,
    "answer": referral_forms.AnswerForm,
    "documents_again": forms.SeenForm,
    "begin_again": referral_forms.AgainForm,
    "not_again": referral_forms.NotAgainForm,
}
_DONE: dict[str, Any] = {
    "change_packet": gettext_lazy("%(number)s was kept. It is a draft; nothing was sent."),
    "submit": gettext_lazy("%(number)s waits for a second person, who was told. Nothing was sent."),
    "send_back": gettext_lazy("%(number)s was sent back; who wrote it was told."),
    "approve": gettext_lazy("%(number)s was approved. It leaves once a person sends it."),
    "withdraw": gettext_lazy("%(number)s was withdrawn."),
    "mark_sent": gettext_lazy("%(number)s is marked as sent; their clock runs."),
    "mail_ask": gettext_lazy("%(number)s waits to be sent by mail. Its page says what became of it."),
    "mail_take_back": gettext_lazy("%(number)s: the mail was taken back; nothing left."),
    "mail_settle": gettext_lazy("%(number)s: kept what became of the mail."),
    "received": gettext_lazy("%(number)s: kept that they received it."),
    "contact_failed": gettext_lazy("%(number)s: kept that it did not arrive. Send it another way, or withdraw it."),
    "no_response": gettext_lazy("%(number)s: kept that no response came. A late answer can still be entered."),
    "answer": gettext_lazy("%(number)s: the answer was kept."),
    "reply": gettext_lazy("%(number)s: kept that the clarification was given; their clock runs anew."),
    "new_round": gettext_lazy("%(number)s was begun as the next round. Nothing was sent."),
    "documents_again": gettext_lazy("%(number)s: its documents are made anew."),
    "begin_again": gettext_lazy("%(number)s is the next round, with these posts in it. Nothing was sent."),
    "not_again": gettext_lazy("%(number)s: kept that they are something else."),
}


def _copies(channel: Channel) -> bool:
    return Proof.COPY in channel.proofs


def _to(referral: models.Referral) -> HttpResponseRedirect:
    return HttpResponseRedirect(base.here("patrol_referral_change", referral.pk))
