"""Files that strangers send, held in memory alone: no name, no folder and no disk learns of them.

@takes(uploads.BODY, at_once=2)
def page(request):
    uploads.in_memory(request)  # before anything of the form is read
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol.infra.refusals import RefusedError

MOST: Final = 10_000_000  # bytes of one file
BODY: Final = MOST + 200_000  # of the form around it


class _InMemory(MemoryFileUploadHandler):
    """Django's own gives way to one that writes files as soon as a form is larger than a login."""

    def handle_raw_input(self, *arguments: Any, **named: Any) -> None:
        del arguments, named
        self.activated = True


def again(files: Sequence[IO[bytes]], *, most: int | None = None) -> str:
    """That none of these was kept, by the names they have on the sender's telephone; "" of none. Shown to whoever sent them alone.
    `most`: so many of them have room."""
    if most is not None:
        words = _("Choose at most %(most)s of these again: %(names)s.")
        return words % {"most": most, "names": ", ".join(_names(files))} if most else ""
    words = ngettext("Then choose this picture again: %(names)s.", "Then choose these pictures again: %(names)s.", len(files))
    return words % {"names": ", ".join(_names(files))} if files else ""


def refused(files: Sequence[IO[bytes]], why: Mapping[int, RefusedError]) -> str:
    """What is the matter with which of these, by their places, and that the others have to be chosen again: they were not kept either."""
    names = _names(files)
    said = [f"{names[place]}: {error.sentence}" for place, error in why.items()]
    others = [name for place, name in enumerate(names) if place not in why]
    words = ngettext(
        "This picture was not taken either; choose it again: %(names)s.",
        "These pictures were not taken either; choose them again: %(names)s.",
        len(others),
    )
    return " ".join([*said, words % {"names": ", ".join(others)}] if others else said)


def _names(files: Sequence[IO[bytes]]) -> list[str]:
    """As they can be told apart: a telephone calls each photograph that is taken for a form the same."""
    names = ["".join(sign if sign.isprintable() else " " for sign in str(file.name))[-_NAME:] for file in files]
    return [name if names.count(name) == 1 else f"{name} ({place})" for place, name in enumerate(names, 1)]


_NAME: Final = 60  # letters of a file's name, from its end


def in_memory(request: HttpRequest) -> None:
    request.upload_handlers = [_InMemory(request)]
