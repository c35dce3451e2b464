"""The audit log, read only, newest first. It holds ids and states, never contacts."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.admin import base, words

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
        names = models.Person.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
        link = base.here("patrol_auditentry_changelist")
        context = {
            "rows": [
                {
                    "seq": row.seq,
                    "when": words.moment(row.at),
                    "who": names[row.actor_id].name if row.actor_id in names else _("the system"),
                    "verb": row.verb,
                    "target": f"{row.target_type} {row.target_id}",
                    "change": _compact(row.before, row.after),
                    "hash": row.hash[:12],
                }
                for row in rows
            ],
            "next": base.here("patrol_auditentry_changelist", after=rows[-1].seq) if len(found) > PER_PAGE else "",
            "first": link if before is not None else "",
            "subtitle": _("newest first, cannot be changed"),
        }
        return self.page(request, "workbench/audit.html", context, title=_("Audit log"))


def _compact(before: dict[str, Any], after: dict[str, Any]) -> str:
    """before → after as JSON without its noise; at most 160 characters, the row keeps the rest."""
    said = [json.dumps(part, ensure_ascii=False).strip("{}") for part in (before, after) if part]
    text = " → ".join(said)
    return text if len(text) <= 160 else text[:159] + "…"
