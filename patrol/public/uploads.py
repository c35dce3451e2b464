"""Files that strangers send, held in memory alone: no name, no folder and no disk learns of them.

@takes(uploads.BODY, at_once=2)
def page(request):
    uploads.in_memory(request)  # before anything of the form is read
"""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

MOST: Final = 10_000_000  # bytes of one file
BODY: Final = MOST + 200_000  # of the form around it


class _InMemory(MemoryFileUploadHandler):
    """Django's own gives way to one that writes files as soon as a form is larger than a login."""

    def handle_raw_input(self, *arguments: Any, **named: Any) -> None:
        del arguments, named
        self.activated = True


def in_memory(request: HttpRequest) -> None:
    request.upload_handlers = [_InMemory(request)]
