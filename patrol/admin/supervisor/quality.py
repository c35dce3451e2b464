"""Second eyes: what chance has drawn, the blind second look, the third word, and how far people agree."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models, triage
from patrol.access import Action
from patrol.admin.shared import base, marks, page_keys, pictures, veils, words
from patrol.admin.shared.forms import AnswerForm
from patrol.engine.evaluation.agreement import RELIABLE, TENTATIVE, Agreement
from patrol.engine.evaluation.measures import Share
from patrol.infra.refusals import RefusedError
from patrol.models import DrawKind, ReviewStep
from patrol.triage import quality

PAGE = 30
FEWEST = 20  # things looked at twice, below which a word about alpha would say more than is known
TEXT_SHOWN = 20_000  # code points, as on the page of a flag
_LOADED = ("flag__post", "decision__by", "decision__check_then__reading__version")


@admin.register(models.Draw)
class DrawAdmin(base.ReadOnlyAdmin):
    view_action = Action.REVIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("kesepakatan/", self.agreement, "agreement"),
            *super().get_urls(),
            self.address("<int:draw_id>/tinjau/", self.review, "review"),
            self.address("<int:draw_id>/selesaikan/", self.settle, "settle"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        person, now = base.who(request), timezone.now()
        queues = {"second": quality.to_review(person), "low": quality.samples(person)}
        titles = {"second": _("Second look"), "low": _("Quality sample"), "third": _("Differences")}
        if access.may(person, Action.REVIEW_SETTLE):
            queues["third"] = quality.to_settle(person)
        wanted = request.GET.get("queue", "second")
        wanted = wanted if wanted in queues else "second"
        rows = list(queues[wanted].select_related("flag__post", "office")[:PAGE])
        sees = access.may(person, Action.QUALITY_VIEW)
        context = {
            "wanted": wanted,
            "rows": [_row(draw, wanted, now) for draw in rows],
            "more": len(rows) == PAGE,
            "choices": [
                {"title": titles[key], "link": base.here("patrol_draw_changelist", queue=key), "on": key == wanted, "count": found.count()}
                for key, found in queues.items()
            ],
            "agreement_link": base.here("patrol_draw_agreement") if sees else "",
            **page_keys.of(
                person,
                ({"begin": ("m", _("Begin with the first"))} if rows else {})
                | ({"agreement": ("s", _("How far people agree"))} if sees else {}),
            ),
        }
        return self.page(request, "workbench/quality.html", context, title=_("Quality"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.seen_by(request)
        person = base.who(request)
        third = access.may(person, Action.REVIEW_SETTLE) and quality.to_settle(person).filter(pk=object_id).exists()
        queue = quality.to_settle(person) if third else quality.to_review(person)
        draw = queue.select_related(*_LOADED).filter(pk=object_id).first()
        if draw is None:  # not theirs to look at, or looked at by now
            raise Http404
        keys = page_keys.of(person, {"note": ("c", _("Note"))}, shared=tuple(page_keys.OF_OUTCOME.values()))
        context = _gather(draw) | {
            **keys,
            "answers": page_keys.answers(triage.REASONS, keys["keys"]),
            "veil": veils.on_page(request, draw.flag.post),
            "said": _said(draw) if third else [],
            "to": base.here(f"patrol_draw_{'settle' if third else 'review'}", draw.pk),
            "note_needed": third,
        }
        return self.page(request, "workbench/review.html", context, title=_("Settle a difference") if third else _("Second look"))

    def review(self, request: HttpRequest, draw_id: int) -> HttpResponse:
        return self._answer(request, draw_id, "second")

    def settle(self, request: HttpRequest, draw_id: int) -> HttpResponse:
        return self._answer(request, draw_id, "third")

    def _answer(self, request: HttpRequest, draw_id: int, step: str) -> HttpResponse:
        base.posted(request)
        self.seen_by(request)
        person = base.who(request)
        base.visible(person, Action.REVIEW, models.Draw.objects.filter(kind=DrawKind.SECOND), pk=draw_id)
        this = HttpResponseRedirect(base.here("patrol_draw_change", draw_id))
        following = HttpResponseRedirect(base.here("patrol_draw_changelist", queue=step))
        try:
            asked = {"draw_id": draw_id, **AnswerForm(request.POST).told(), "by": person, "now": timezone.now()}
            if step == "second":
                quality.review(**asked)
                base.say(request, _("Your second look was kept."))
            else:
                self._say_settled(request, quality.settle(**asked))
        except triage.ReasonMissingError:
            text = _("Nothing was kept: choose what you would decide, and say in the note what else it is.")
            base.say(request, text, problem=True, beside="said")
            return this
        except RefusedError as error:
            base.refuse(request, error)
            return this if error.place else following
        except triage.StaleError as error:
            text = _("Nothing was kept: %(person)s was faster.")
            base.say(request, text % {"person": error.who or _("the system")}, problem=True)
            return following
        if step == "second":
            waiting = quality.to_review(person).first()
            if waiting is not None:
                return HttpResponseRedirect(base.here("patrol_draw_change", waiting.pk))
        return following

    def _say_settled(self, request: HttpRequest, done: quality.Settled) -> None:
        left = {
            "in_case": _("Kept. The first decision stands, because a case rests on it: take the flag out of the case first."),
            "held": _("Kept. The first decision stands for now, because a colleague works on the flag."),
            "moved": _("Kept. The flag has been decided anew since, and that stands."),
        }
        if done.why:
            base.say(request, left[done.why], problem=True)
        else:
            base.say(request, _("Kept, and the flag was decided anew.") if done.changed else _("Kept. The first decision stands."))

    def agreement(self, request: HttpRequest) -> HttpResponse:
        person = base.who(request)
        if not access.may(person, Action.QUALITY_VIEW):
            raise Http404
        found = quality.quality(person, now=timezone.now())
        context = {
            "weeks": [{"office": row.office.short_name, "week": _week(row.year, row.week), **_shown(row.agreement)} for row in found.weeks],
            "sums": [
                {"title": _("All together"), **_shown(found.whole)},
                {"title": _("Level shown"), **_shown(found.level_shown)},
                {"title": _("Level hidden"), **_shown(found.level_hidden)},
            ],
            "low": _share(found.low_confirmed),
            "back": base.here("patrol_draw_changelist"),
            "count": quality.WEEKS,
            "waiting": quality.to_review(person).count(),
            **page_keys.of(person, {"back": ("m", _("To what was drawn"))}),
        }
        return self.page(request, "workbench/agreement.html", context, title=_("How far people agree"))


def _row(draw: models.Draw, queue: str, now: Any) -> dict[str, Any]:
    """Of what waits for a blind look nothing is told but that it waits."""
    blind = queue == "second"
    name, key = ("patrol_flag_change", draw.flag_id) if queue == "low" else ("patrol_draw_change", draw.pk)
    return {
        "title": _("A decision, drawn at random") if blind else words.said(draw.flag, "gist"),
        "number": "" if blind else draw.flag.number,
        "platform": words.platform(draw.flag.post.platform),
        "office": draw.office.short_name,
        "age": words.age(draw.at, now),
        "link": base.here(name, key),
    }


def _gather(draw: models.Draw) -> dict[str, Any]:
    """The post as it was when it was decided, contacts masked, without level, strengths, number and history."""
    if draw.decision is None:
        raise PermissionDenied("a parked flag is decided on its own page")
    check = draw.decision.check_then
    version = check.reading.version
    content = models.PostText.objects.filter(version=version).first()
    told = pictures.said(check.reading)
    findings = list(check.findings.order_by("rule"))
    post = draw.flag.post
    return {
        "pieces": marks.pieces((content.text if content else "")[:TEXT_SHOWN], told.claims, (), shown=False),
        "erased": not (content and content.text) and version.erasures.exists(),
        "pictures": pictures.gallery(version, told, (), shown=False),
        "platform": words.platform(post.platform),
        "posted": words.moment(post.posted_at) if post.posted_at else "",
        "verdict": {"badge": words.verdict(check.verdict, contact_own=check.contact_own), "sentence": words.said(check, "reason")},
        "reasons": [words.said(finding, "reason") for finding in findings if finding.rule != "licence_verdict"],
    }


def _said(draw: models.Draw) -> list[dict[str, Any]]:
    """What the first and the second said, for the third."""
    second = draw.reviews.select_related("by").get(step=ReviewStep.SECOND)
    return [
        {
            "title": title,
            "who": one.by.name,
            "when": words.moment(one.at),
            "outcome": words.OUTCOMES[one.outcome],
            "reason": triage.reason_said(one.outcome, one.reason),
            "note": one.note,
        }
        for title, one in ((_("First decision"), draw.decision), (_("Second look"), second))
        if one is not None
    ]


def _week(year: int, week: int) -> str:
    told = {"week": week, "day": words.day(date.fromisocalendar(year, week, 1))}
    return _("Week %(week)s, from %(day)s") % told


def _shown(found: Agreement) -> dict[str, Any]:
    verdict: words.Badge | None = None
    if found.alpha is None:
        pass  # nobody looked, or everybody said one thing: the page says which
    elif found.same.of < FEWEST:
        verdict = words.Badge(_("too few to say"))
    elif found.alpha >= RELIABLE:
        verdict = words.Badge(_("reliable"), "ok", "check")
    elif found.alpha >= TENTATIVE:
        verdict = words.Badge(_("tentative"), "med", "priority_high")
    else:
        verdict = words.Badge(_("too low"), "high", "warning")
    return {
        "of": found.same.of,
        "same": _share(found.same)["percent"],
        "alpha": None if found.alpha is None else round(found.alpha, 2),
        "low": None if found.interval is None else round(found.interval[0], 2),
        "high": None if found.interval is None else round(found.interval[1], 2),
        "verdict": verdict,
    }


def _share(share: Share) -> dict[str, Any]:
    value = share.value
    low, high = share.interval
    return {
        "hits": share.hits,
        "of": share.of,
        "percent": None if value is None else round(100 * value),
        "low": round(100 * low),
        "high": round(100 * high),
    }
