"""Files that strangers send, held in memory alone: no name, no folder and no disk learns of them.

@takes(uploads.BODY, at_once=2)
def page(request):
    uploads.in_memory(request)  # before anything of the form is read
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any, Final

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import ngettext

MOST: Final = 10_000_000  # bytes of one file
BODY: Final = MOST + 200_000  # of the form around it


class _InMemory(MemoryFileUploadHandler):
    """Django's own gives way to one that writes files as soon as a form is larger than a login."""

    def handle_raw_input(self, *arguments: Any, **named: Any) -> None:
        del arguments, named
        self.activated = True


def again(files: Sequence[IO[bytes]]) -> str:
    """That none of these was kept, by the names they have on the sender's telephone; "" of none. Shown to whoever sent them alone."""
    names = ", ".join("".join(sign if sign.isprintable() else " " for sign in str(file.name))[-_NAME:] for file in files)
    words = ngettext("Then choose this picture again: %(names)s.", "Then choose these pictures again: %(names)s.", len(files))
    return words % {"names": names} if files else ""


_NAME: Final = 60  # letters of a file's name, from its end


def in_memory(request: HttpRequest) -> None:
    request.upload_handlers = [_InMemory(request)]
