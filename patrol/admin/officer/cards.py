"""Warning cards: the list, the form that makes one from a case, a card with its pictures and captions, and the office's poster."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, post_rows, words
from patrol.admin.shared.forms import NumberField, VerbForm, WordField
from patrol.admin.shared.words import Badge
from patrol.cases import card_files, cards, poster
from patrol.domain.states import CardState, JobState
from patrol.engine.reading import titles
from patrol.evidence import raw
from patrol.infra import printing
from patrol.infra.refusals import RefusedError

_LIST: Final = "patrol_card_changelist"
_LOADED: Final = ("office", "case", "decision__flag", "by", "released_by", "ended_by")
STATES: Final = {
    CardState.PROPOSED: Badge(gettext_lazy("waits for a second person"), "med", "hourglass_empty"),
    CardState.RELEASED: Badge(pgettext_lazy("card", "Released"), "blue", "campaign"),
    CardState.REFUSED: Badge(pgettext_lazy("card", "Refused"), "plain", "block"),
    CardState.WITHDRAWN: Badge(pgettext_lazy("card", "Withdrawn"), "plain", "undo"),
}
CHANNELS: Final = {"facebook": "Facebook", "instagram": "Instagram", "whatsapp": "WhatsApp"}
_LANGUAGES: Final = {"id": gettext_lazy("In Indonesian"), "en": gettext_lazy("In English")}
_WORDS: Final = {"release": "keluarkan", "refuse": "tolak", "withdraw": "tarik", "draw_again": "gambar"}
_DONE: Final[dict[str, Any]] = {
    "release": gettext_lazy("%(number)s is released: it may go out now."),
    "refuse": gettext_lazy("%(number)s was refused."),
    "withdraw": gettext_lazy("%(number)s was withdrawn: it does not go out."),
    "withdraw_released": gettext_lazy("%(number)s was withdrawn: its page says so."),
    "draw_again": gettext_lazy("%(number)s is drawn again."),
}


class ReleaseForm(VerbForm):
    seen_version = NumberField(otherwise=0)


class NoteForm(ReleaseForm):
    note = forms.CharField(required=False, max_length=cards.MOST_REASON)


class MakeForm(VerbForm):
    verb_names = {"flag": "flag_id"}
    flag = NumberField(otherwise=0)
    position = forms.CharField(
        label=gettext_lazy("The work, as the offer calls it"), max_length=models.Card.LONGEST_POSITION, required=False
    )
    country = WordField()
    quote = forms.CharField(
        label=gettext_lazy("Words of the offer"),
        max_length=models.Card.LONGEST_QUOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A sentence or two. No name, account, number or address."),
    )
    signs = forms.MultipleChoiceField(
        label=gettext_lazy("Warning signs, one to three"),
        choices=[(key, key) for key in cards.SIGNS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@admin.register(models.Card)
class CardAdmin(base.ReadOnlyAdmin):
    view_action = Action.CARD_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("perkara/<int:case_id>/", self.of_case, "of_case"),
            self.address("poster/<slug:office>/", self.poster, "poster"),
            *super().get_urls(),
            self.address("<int:card_id>/berkas/<slug:file>/", self.file, "file"),
            *(self.address(f"<int:card_id>/{word}/", partial(self.act, verb=verb), verb) for verb, word in _WORDS.items()),
        ]

    # --- the list ---

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The newest first, and the poster of the office; at the directorate that of each. Two queries."""
        self.seen_by(request)
        person = base.who(request)
        mine = request.GET.get("show") == "mine"
        kept = {"show": "mine"} if mine else {}
        found = cards.waits_for(person) if mine else cards.listed(person)
        rows, place = post_rows.page_of(found.select_related(*_LOADED), "at", request.GET.get("after"))
        offices = models.Office.objects.filter(active=True).order_by("-kind", "name") if person.at_directorate else [person.office]
        context = {
            "rows": [_row(row) for row in rows],
            "choices": [
                {"title": _("All"), "link": base.here(_LIST), "on": not mine},
                {"title": words.WAITS_FOR_ME, "link": base.here(_LIST, show="mine"), "on": mine},
            ]
            if access.may(person, Action.CARD_APPROVE)
            else [],
            "next": base.here(_LIST, **kept, after=place) if place else "",
            "first": base.here(_LIST, **kept) if request.GET.get("after") else "",
            "posters": [
                {
                    "office": one.name,
                    "links": [
                        (title, base.here("patrol_card_poster", one.code, language=language)) for language, title in _LANGUAGES.items()
                    ],
                }
                for one in offices
            ]
            if settings.PUBLIC_URL
            else [],
            "subtitle": _("all offices") if person.at_directorate else person.office.name,
        }
        return self.page(request, "workbench/warning_card/list.html", context, title=_("Warning cards"))

    # --- making one ---

    def of_case(self, request: HttpRequest, case_id: int) -> HttpResponse:
        """The cards of a case, and the form that makes one; it begins with what the post says. Eight queries at most."""
        person = base.who(request)
        case = base.visible(person, Action.CASE_VIEW, models.Case.objects.select_related("office"), pk=case_id)
        may = access.may(person, Action.CARD_MAKE, office_id=case.office_id)
        if request.method == "POST":
            access.require(person, Action.CARD_MAKE, office_id=case.office_id)
        rests_on = cards.suggested(case) if may else []
        wanted = base.number(request.POST.get("flag") or request.GET.get("flag"))
        one = next((each for each in rests_on if each.flag.pk == wanted), rests_on[0] if rests_on else None)
        begun: dict[str, Any] = {}
        if one:
            begun = {"flag": one.flag.pk, "position": one.position, "country": one.country, "quote": one.quote, "signs": one.signs}
        form = MakeForm(request.POST or None, initial=begun)
        if request.method == "POST" and form.is_valid():
            try:
                made = cards.make(case_id=case.pk, **form.told(), by=person, now=timezone.now())
            except RefusedError as error:
                form.refused(error)
            else:
                base.say(request, _("%(number)s was made and is being drawn. A second person was told.") % {"number": made.number})
                return HttpResponseRedirect(base.here("patrol_card_change", made.pk))
        listed = cards.listed(person).filter(case=case).select_related(*_LOADED).order_by("-id")
        context = {
            "case": case,
            "case_link": base.here("patrol_case_change", case.pk),
            "rows": [_row(row) for row in listed],
            "form": form if one else None,
            "may": may,
            "heard": cards.heard(case, [each.flag.pk for each in rests_on]) if rests_on else "",
            "flag": one.flag if one else None,
            "others": [
                {"number": each.flag.number, "link": base.here("patrol_card_of_case", case.pk, flag=each.flag.pk)}
                for each in rests_on
                if each is not one
            ],
            "countries": sorted(
                ((code, both.en if words.english() else both.id) for code, both in titles.COUNTRIES.items()), key=lambda pair: pair[1]
            ),
            "signs": [(key, sign.words % {"day": "…"} if key == "register" else sign.words) for key, sign in cards.SIGNS.items()],
            "chosen": form["signs"].value() or (),
            "subtitle": case.number,
        }
        return self.page(request, "workbench/warning_card/case.html", context, title=_("Warning card"))

    # --- one ---

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Its pictures as they were drawn, the captions, and what may be done with it."""
        person, card = base.who(request), self._one(request, int(object_id))
        files, released = cards.files(card), card.state == CardState.RELEASED
        job = None if files else models.Job.objects.filter(kind=cards.JOB, key=str(card.pk)).first()
        proposed = card.state == CardState.PROPOSED
        makes = access.may(person, Action.CARD_MAKE, office_id=card.office_id)
        seconds = access.may(person, Action.CARD_APPROVE, office_id=card.office_id)
        context = {
            **_row(card),
            "card": card,
            "case_link": base.here("patrol_case_change", card.case_id),
            "flag_link": base.here("patrol_flag_change", card.decision.flag_id),
            "pages": [self._page(card, language, files) for language in cards.LANGUAGES] if files else [],
            "captions": self._captions(card) if released else [],
            "drawing": bool(job and job.state == JobState.WAITING),
            "problem": words.problem(job.problem if job else None),
            "heard": cards.heard(card.case, [card.decision.flag_id]) if proposed or released else "",
            "released": released,
            "stands": cards.stands(card, now=timezone.now()),
            "can": {
                "release": proposed and seconds and card.by_id != person.pk and bool(files),
                "refuse": proposed and seconds and card.by_id != person.pk,
                "withdraw": (proposed or released) and (makes or seconds),
                "draw_again": proposed and makes and not files and job is not None and job.state == JobState.GIVEN_UP,
                "waits": proposed and card.by_id == person.pk,
            },
            "to": {verb: base.here(f"patrol_card_{verb}", card.pk) for verb in _WORDS},
            "public": card_files.address(card.number) if card.released_at and settings.PUBLIC_URL else "",
            "back": base.here(_LIST),
            "subtitle": card.case.number,
        }
        return self.page(request, "workbench/warning_card/card.html", context, title=card.number)

    def _one(self, request: HttpRequest, card_id: int) -> models.Card:
        return base.visible(base.who(request), Action.CARD_VIEW, models.Card.objects.select_related(*_LOADED), pk=card_id)

    def _page(self, card: models.Card, language: str, files: dict[tuple[str, str], models.CardFile]) -> dict[str, Any]:
        said = cards.said(card, language)
        told = ". ".join([said.title.rstrip("?") + "?", f"“{said.quote}”", *said.signs])
        return {
            "language": language,
            "title": _LANGUAGES[language],
            "told": told,
            "picture": base.here("patrol_card_file", card.pk, f"png-{language}") if (language, "png") in files else "",
            "pdf": base.here("patrol_card_file", card.pk, f"pdf-{language}") if (language, "pdf") in files else "",
        }

    def _captions(self, card: models.Card) -> list[dict[str, Any]]:
        found = []
        for language in cards.LANGUAGES:
            with translation.override(language):
                link = card_files.address(card.number, language)
                told = cards.captions(card, language, desk=card_files.desk(), link=link, hotline=settings.PUBLIC_HOTLINE)
            found += [
                {"key": f"{channel}-{language}", "channel": CHANNELS[channel], "language": _LANGUAGES[language], "text": text}
                for channel, text in told.items()
            ]
        return found

    def file(self, request: HttpRequest, card_id: int, file: str) -> HttpResponse:
        """`file`: png-id, pdf-en, and so on."""
        card = self._one(request, card_id)
        kind, _hyphen, language = file.partition("-")
        one = cards.files(card).get((language, kind))
        if one is None:
            raise Http404
        try:
            content = raw.whole(one.capture.sha256)
        except raw.EvidenceMissingError:
            raise Http404 from None
        return base.download(content, name=f"{card.number}-{language}.{kind}", shown_as=cards.KINDS[kind] if kind == "png" else "")

    def act(self, request: HttpRequest, card_id: int, verb: str) -> HttpResponse:
        base.posted(request)
        card = self._one(request, card_id)
        form = {"release": ReleaseForm, "draw_again": None}.get(verb, NoteForm)
        done: models.Card | None = base.done(request, getattr(cards, verb), form(request.POST) if form else None, card, card_id=card.pk)
        if done is not None:
            base.say(request, _DONE["withdraw_released" if verb == "withdraw" and done.released_at else verb] % {"number": card.number})
        return HttpResponseRedirect(base.here("patrol_card_change", card.pk))

    # --- the poster ---

    def poster(self, request: HttpRequest, office: str) -> HttpResponse:
        """A4 with strips to tear off; `language` in the query."""
        self.seen_by(request)
        person = base.who(request)
        found = models.Office.objects.filter(code=office).first()
        if found is None or not access.may(person, Action.CARD_VIEW, office_id=found.pk):
            raise Http404
        language = "en" if request.GET.get("language") == "en" else "id"
        try:
            content = poster.pdf(found, language=language)
        except RefusedError as error:
            base.refuse(request, error)
            return HttpResponseRedirect(base.here(_LIST))
        except printing.NoPdfError:
            base.say(request, _("This machine makes no PDF: Pango is missing."), problem=True)
            return HttpResponseRedirect(base.here(_LIST))
        return base.download(content, name=f"poster-{found.code}-{language}.pdf")


def _row(card: models.Card) -> dict[str, Any]:
    return {
        "number": card.number,
        "link": base.here("patrol_card_change", card.pk),
        "badge": STATES[CardState(card.state)],
        "title": cards.said(card, "en" if words.english() else "id").title,
        "case": card.case.number,
        "flag": card.decision.flag.number,
        "office": card.office.name,
        "by": card.by.name,
        "when": words.moment(card.at),
        "released": words.moment(card.released_at) if card.released_at else "",
        "released_by": card.released_by.name if card.released_by else "",
        "ended": words.moment(card.ended_at) if card.ended_at else "",
        "ended_by": card.ended_by.name if card.ended_by else "",
    }
