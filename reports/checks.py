"""What a start says about the parts of the summary that need a system package."""

from __future__ import annotations

from typing import Any

from django.core import checks

from reports import documents


@checks.register()
def pdf(**_: Any) -> list[checks.CheckMessage]:
    if documents.available():
        return []
    return [
        checks.Warning(
            "The weekly summary cannot be made into a PDF: Pango is not installed. Printing from the browser works.",
            hint="apt-get install libpango-1.0-0 libpangoft2-1.0-0",
            id="reports.W001",
        )
    ]
