"""The audit log, read only, newest first. It holds ids and states, never contacts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import base, words
from patrol.admin.supervisor import audit_words

PER_PAGE = 50


@admin.register(models.AuditEntry)
class AuditAdmin(base.ReadOnlyAdmin):
    view_action = Action.AUDIT_VIEW

    def get_urls(self) -> list[Any]:
        return [self.address("", self.changelist_view, "changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        self.seen_by(request)
        entries = access.scope(request.user, Action.AUDIT_VIEW, models.AuditEntry.objects.order_by("-seq"))
        before = base.number(request.GET.get("after"))
        if before is not None:
            entries = entries.filter(seq__lt=before)
        found = list(entries[: PER_PAGE + 1])
        rows = found[:PER_PAGE]
        if not access.may(request.user, Action.PROTECTION_VIEW):
            audit_words.veil(rows)
        names = audit_words.Names(rows)
        link = base.here("patrol_auditentry_changelist")
        context = {
            "rows": [
                {
                    "seq": row.seq,
                    "when": words.moment(row.at),
                    "who": names.actor(row),
                    "verb": audit_words.verb(row.verb),
                    "code": row.verb,
                    "target": names.thing(row),
                    "key": f"{row.target_type} {row.target_id}".strip(),
                    "change": audit_words.change(row, names),
                    "hash": row.hash[:12],
                }
                for row in rows
            ],
            "next": base.here("patrol_auditentry_changelist", after=rows[-1].seq) if len(found) > PER_PAGE else "",
            "first": link if before is not None else "",
            "subtitle": _("newest first, cannot be changed"),
        }
        return self.page(request, "workbench/audit.html", context, title=_("Audit log"))
