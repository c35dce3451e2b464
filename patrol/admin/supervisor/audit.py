"""The audit log, read only, newest first. It holds ids and states, never contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from patrol import access, models
from patrol.access import Action, audit
from patrol.admin.shared import base, exporting, words
from patrol.admin.shared.forms import VerbForm, WordField
from patrol.admin.supervisor import audit_filters, audit_words, sealed_words
from patrol.domain import days

PER_PAGE = 50
CHECKED_AT_ONCE = 50_000  # rows of the chain that one request walks: a few seconds
_LIST = "patrol_auditentry_changelist"
_VERIFY = "patrol.audit.verify"
_CONTINUES = timedelta(hours=1)  # longer ago is looked at anew


class VerifyForm(VerbForm):
    """`after`: the row up to which this person has just seen it hold, signed; see _begun."""

    after = WordField()


@admin.register(models.AuditEntry)
class AuditAdmin(base.ReadOnlyAdmin):
    view_action = Action.AUDIT_VIEW

    def get_urls(self) -> list[Any]:
        return [
            self.address("", self.changelist_view, "changelist"),
            self.address("periksa/", self.verify, "verify"),
            exporting.address(self, listing, _LIST),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        person, filters = base.who(request), audit_filters.Filters.of(request.GET)
        unread = days.unread(filters.since, filters.until)
        entries = models.AuditEntry.objects.none() if unread else found(filters, person)
        before = base.number(request.GET.get("after"))
        if before is not None:
            entries = entries.filter(seq__lt=before)
        came = list(entries[: PER_PAGE + 1])
        rows = came[:PER_PAGE]
        context = {
            "rows": said(rows, person),
            "asked": filters,
            **audit_filters.choices(access.may(person, Action.PROTECTION_VIEW)),
            "sees_harmed": access.may(person, Action.PROTECTION_VIEW),
            "all": base.here(_LIST),
            "filtered": bool(filters.query),
            "unread": unread,
            "export": None if unread else exporting.panel("patrol_auditentry_export", filters.query, person),
            "verify": base.here("patrol_auditentry_verify"),
            "checked": _begun(request.GET.get("checked", ""), person),
            "begun": request.GET.get("checked", ""),
            "next": base.here(_LIST, **filters.query, after=rows[-1].seq) if len(came) > PER_PAGE else "",
            "first": base.here(_LIST, **filters.query) if before is not None else "",
            "subtitle": _("newest first, cannot be changed"),
            "sealed": None if filters.query or before is not None else sealed_words.panel(timezone.now()),
        }
        return self.page(request, "workbench/audit.html", context, title=_("Audit log"))

    def verify(self, request: HttpRequest) -> HttpResponse:
        """Walks one slice of the chain and says what came of it; the next one is a button."""
        base.posted(request)
        self.seen_by(request)
        form = VerifyForm(request.POST)
        after = _begun(form.cleaned_data["after"], base.who(request)) if form.is_valid() else 0
        checked = audit.check(after=after, most=CHECKED_AT_ONCE)
        with transaction.atomic():
            told = {"last": checked.last, "holds": checked.broken is None}
            audit.write("log.verified", by=base.who(request), now=timezone.now(), target=("log", ""), after=told)
        if checked.broken is not None:
            why = audit_words.BREAKS[checked.broken.why] % {"row": checked.broken.seq}
            base.say(
                request, _("The log does not hold: %(why)s. Tell whoever runs the server; change nothing.") % {"why": why}, problem=True
            )
            return HttpResponseRedirect(base.here(_LIST))
        text = _("The whole log holds: %(last)s rows.") if checked.end else _("Rows up to %(last)s hold. The rest was not looked at yet.")
        base.say(request, text % {"last": checked.last})
        return HttpResponseRedirect(base.here(_LIST, checked=None if checked.end else _signed(checked.last, base.who(request))))


def _signed(last: int, person: models.Person) -> str:
    return signing.dumps([person.pk, last], salt=_VERIFY)


def _begun(written: str, person: models.Person) -> int:
    """The row that `_signed` names: what anybody may write would say of rows nobody looked at that they hold. 0 for anything else."""
    try:
        whose, last = signing.loads(written, salt=_VERIFY, max_age=_CONTINUES)
    except signing.BadSignature:
        return 0
    return int(last) if whose == person.pk else 0


def found(filters: audit_filters.Filters, person: models.Person) -> Any:
    """The rows that pass, newest first."""
    entries = access.scope(person, Action.AUDIT_VIEW, models.AuditEntry.objects.order_by("-seq"))
    return filters.narrow(entries, ZoneInfo(person.office.zone), sees_harmed=access.may(person, Action.PROTECTION_VIEW))


def listing(request: HttpRequest) -> exporting.Listing:
    person, filters = base.who(request), audit_filters.Filters.of(request.GET)

    def cells(rows: Sequence[models.AuditEntry], _shown: frozenset[int]) -> Iterator[Sequence[exporting.Cell]]:
        for row in said(rows, person):
            yield tuple(row[key] for key in ("seq", "at", "who", "verb", "target", "change", "code", "key", "hash"))

    return exporting.Listing(
        key="log",
        title=_("Audit log"),
        columns=[
            _("No."),
            _("When"),
            _("Who"),
            _("What"),
            _("Thing"),
            pgettext("what was changed", "Change"),
            _("Code"),
            _("Key"),
            _("Hash"),
        ],
        found=found(filters, person),
        said=cells,
        query=filters.query,
        asked=filters.said(),
    )


def said(rows: Iterable[models.AuditEntry], person: models.Person) -> list[dict[str, Any]]:
    """Rows in words, without what this person may not see of them."""
    rows = list(rows)
    if not access.may(person, Action.PROTECTION_VIEW):
        audit_words.veil(rows)
    names = audit_words.Names(rows)
    return [
        {
            "seq": row.seq,
            "at": row.at,
            "when": words.moment(row.at),
            "who": names.actor(row),
            "verb": audit_words.verb(row.verb),
            "code": row.verb,
            "target": names.thing(row),
            "key": f"{row.target_type} {row.target_id}".strip(),
            "change": audit_words.change(row, names),
            "told": audit_words.change(row, names, technical=False),
            "marks": audit_words.change(row, names, technical=True),
            "hash": row.hash,
        }
        for row in rows
    ]
