"""The law as the directorate keeps it: articles with their state, their editions, and the legal unit's confirmation of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from patrol import access, models, triage
from patrol.access import Action
from patrol.admin.analyst import law_forms
from patrol.admin.shared import base, law_rows, words
from patrol.admin.shared.forms import VerbForm
from patrol.cases import law
from patrol.evidence import custody_log, raw
from patrol.infra.refusals import BROKEN, RefusedError
from patrol.models import Outcome

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@admin.register(models.Article)
class ArticleAdmin(base.ReadOnlyAdmin):
    view_action = Action.LAW_VIEW

    def get_urls(self) -> list[Any]:
        return [
            *super().get_urls(),
            self.address("baru/", self.add, "add"),
            self.address("<int:article_id>/edisi/", self.enter, "enter"),
            self.address("<int:article_id>/berakhir/", self.end, "end"),
            self.address("<int:article_id>/edisi/<int:edition_id>/konfirmasi/", self.confirm, "confirm"),
            self.address("<int:article_id>/edisi/<int:edition_id>/surat/", self.scan, "scan"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        day = law.today(timezone.now())
        articles = list(law.loaded())
        stated = [(article, law_rows.state(article, day)) for article in articles]
        person = base.who(request)
        waits = set(law.waits_for(person).values_list("article", flat=True)) if access.may(person, Action.LAW_APPROVE) else None
        shown = {"": None, "belum": law_rows.UNCONFIRMED, "terkonfirmasi": law_rows.CONFIRMED, "berakhir": law_rows.ENDED}
        wanted = request.GET.get("keadaan", "")
        badge = shown.get(wanted)
        mine = waits is not None and wanted == "menunggu"
        name = "patrol_article_changelist"
        context = {
            "rows": [
                _row(article, is_now) for article, is_now in stated if (article.pk in (waits or ()) if mine else badge in {None, is_now})
            ],
            "acts": [act for act in models.Act.objects.filter(articles=None).order_by("short") if badge is None and not mine],
            "choices": [
                {
                    "title": one.title if one else _("All"),
                    "count": sum(one in {None, is_now} for _article, is_now in stated),
                    "link": base.here(name, keadaan=key),
                    "on": badge == one and not mine,
                }
                for key, one in shown.items()
            ]
            + (
                []
                if waits is None
                else [{"title": words.WAITS_FOR_ME, "count": len(waits), "link": base.here(name, keadaan="menunggu"), "on": mine}]
            ),
            "add": base.here("patrol_article_add") if access.may(request.user, Action.LAW_ENTER) else "",
            "subtitle": _("as it stands on %(day)s") % {"day": words.day(day)},
        }
        return self.page(request, "workbench/law/articles.html", context, title=_("Law"))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        article = self._article(request, int(object_id))
        person, day = base.who(request), law.today(timezone.now())
        holds, enters = law.article_on(article, day), access.may(person, Action.LAW_ENTER)
        whole = models.ArticleEdition.objects.filter(article=article).select_related("by", "confirmation__by")
        rows = [law_rows.edition(one) for one in whole.order_by("-id")]
        for row in rows:
            one = row["edition"]
            row["holds"] = holds is not None and one.pk == holds.pk
            row["own"] = one.by_id == person.pk
            if row["letter"]:
                row["to_scan"] = base.here("patrol_article_scan", article.pk, one.pk)
            elif access.may(person, Action.LAW_APPROVE) and not row["own"]:
                row["to_confirm"] = base.here("patrol_article_confirm", article.pk, one.pk)
        context = {
            "article": article,
            "about": words.said(article, "title"),
            "state": law_rows.state(article, day),
            "day": words.day(day),
            "editions": rows,
            "reason": triage.REASONS[Outcome.CONFIRMED].get(article.reason, ""),
            "to_enter": base.here("patrol_article_enter", article.pk) if enters else "",
            "to_end": base.here("patrol_article_end", article.pk) if enters and rows else "",
            "back": base.here("patrol_article_changelist"),
        }
        return self.page(request, "workbench/law/article.html", context, title=law_rows.cited(article))

    def add(self, request: HttpRequest) -> HttpResponse:
        self._may(request, Action.LAW_ENTER)
        form = law_forms.ArticleForm(request.POST or None)
        made = self._done(request, form, law.add_article)
        if made is not None:
            base.say(request, _("%(article)s is in the list. Enter its first edition.") % {"article": law_rows.cited(made)})
            return HttpResponseRedirect(base.here("patrol_article_enter", made.pk))
        return self._form(request, form, _("New article"), base.here("patrol_article_changelist"))

    def enter(self, request: HttpRequest, article_id: int) -> HttpResponse:
        """The form holds what the newest edition with words says: what is changed is typed over it."""
        self._may(request, Action.LAW_ENTER)
        article = self._article(request, article_id)
        editions = list(article.editions.all())
        last = next((one for one in reversed(editions) if not one.ended), None)
        begun: dict[str, Any] = {"seen": editions[-1].pk if editions else 0}
        if last is not None:
            begun |= {
                "wording": last.wording,
                "penalty": last.penalty,
                "elements": "\n".join(f"{one['id']} | {one['en']}" for one in last.elements),
            }
        form = law_forms.EditionForm(request.POST or None, initial=begun)
        if self._done(request, form, law.enter, article_id=article.pk) is not None:
            base.say(request, _("The edition was entered. It waits for the legal unit, and another person confirms it."))
            return _to(article)
        return self._form(request, form, _("New edition"), base.here("patrol_article_change", article.pk), law_rows.cited(article))

    def end(self, request: HttpRequest, article_id: int) -> HttpResponse:
        self._may(request, Action.LAW_ENTER)
        article = self._article(request, article_id)
        editions = list(article.editions.all())
        form = law_forms.EndForm(request.POST or None, initial={"seen": editions[-1].pk if editions else 0})
        if self._done(request, form, law.end, article_id=article.pk) is not None:
            base.say(request, _("The end of the article was entered. For posts of earlier days the older edition stays in force."))
            return _to(article)
        return self._form(request, form, _("The article ends"), base.here("patrol_article_change", article.pk), law_rows.cited(article))

    def confirm(self, request: HttpRequest, article_id: int, edition_id: int) -> HttpResponse:
        self._may(request, Action.LAW_APPROVE)
        article = self._article(request, article_id)
        edition = self._edition(article, edition_id)
        form = law_forms.ConfirmForm(request.POST or None, request.FILES or None)
        if self._done(request, form, law.confirm, edition_id=edition.pk) is not None:
            base.say(request, _("The edition is confirmed from now on; the scan is kept with its hash."))
            return _to(article)
        context = {
            "form": form,
            "cancel": base.here("patrol_article_change", article.pk),
            "subtitle": law_rows.cited(article),
            "row": law_rows.edition(edition),
        }
        return self.page(request, "workbench/law/confirm.html", context, title=_("Confirmation by the legal unit"))

    def scan(self, request: HttpRequest, article_id: int, edition_id: int) -> HttpResponse:
        """The letter's scan as a file to take away; logged."""
        base.posted(request)
        article = self._article(request, article_id)
        letter: models.LawConfirmation | None = getattr(self._edition(article, edition_id), "confirmation", None)
        if letter is None:
            raise Http404
        try:
            content = custody_log.opened(letter.scan, by=base.who(request), now=timezone.now())
        except raw.EvidenceMissingError:
            base.say(request, BROKEN, problem=True)
            return _to(article)
        with transaction.atomic():
            made = custody_log.took(
                letter.scan,
                by=base.who(request),
                now=timezone.now(),
                purpose="law",
                reason=f"Pemeriksaan surat unit hukum tentang {article.key}",
                after={"article": article.key, "edition": edition_id},
                verb="law.scan_opened",
                target=article,
            )
        base.say_written(request, made)
        name = f"konfirmasi-{letter.scan.sha256[:12]}.{_ENDINGS.get(letter.scan.media_type, 'bin')}"
        return base.download(content, name=name)

    # --- what all of them share ---

    def _may(self, request: HttpRequest, action: Action) -> None:
        if not access.may(request.user, action):
            raise Http404

    def _article(self, request: HttpRequest, article_id: int) -> models.Article:
        return base.visible(base.who(request), Action.LAW_VIEW, law.loaded(), pk=article_id)

    def _edition(self, article: models.Article, edition_id: int) -> models.ArticleEdition:
        found = models.ArticleEdition.objects.select_related("by", "confirmation__by", "confirmation__scan")
        one = found.filter(article=article, pk=edition_id).first()
        if one is None:
            raise Http404
        return one

    def _done[T](self, request: HttpRequest, form: VerbForm, verb: Callable[..., T], **asked: Any) -> T | None:
        """What the verb made of a form that was sent; None where there is a form to show."""
        if request.method != "POST" or not form.is_valid():
            return None
        try:
            return verb(**asked, **form.told(), by=base.who(request), now=timezone.now())
        except RefusedError as error:
            form.refused(error)
        return None

    def _form(self, request: HttpRequest, form: VerbForm, title: str, cancel: str, subtitle: str | None = None) -> HttpResponse:
        context = {"form": form, "save": _("Save"), "cancel": cancel, "subtitle": subtitle}
        return self.page(request, "workbench/form.html", context, title=title)


def _to(article: models.Article) -> HttpResponseRedirect:
    return HttpResponseRedirect(base.here("patrol_article_change", article.pk))


def _row(article: models.Article, state: words.Badge) -> dict[str, Any]:
    editions = list(article.editions.all())
    return {
        "article": article,
        "about": words.said(article, "title"),
        "link": base.here("patrol_article_change", article.pk),
        "state": state,
        "editions": len(editions),
        "waits": sum(not law.confirmed(one) for one in editions),
        "offered": bool(article.reason),
    }
