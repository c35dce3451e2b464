"""Files that strangers send, held in memory alone: no name, no folder and no disk learns of them.

@takes(uploads.BODY, at_once=2)
def page(request):
    uploads.in_memory(request)  # before anything of the form is read
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol.domain.keepable import keepable
from patrol.infra.refusals import RefusedError

MOST: Final = 10_000_000  # bytes of one file
BODY: Final = MOST + 200_000  # of the form around it


class _InMemory(MemoryFileUploadHandler):
    """Django's own gives way to one that writes files as soon as a form is larger than a login."""

    def handle_raw_input(self, *arguments: Any, **named: Any) -> None:
        del arguments, named
        self.activated = True


def chosen(request: HttpRequest, field: str) -> list[str]:
    """What the sender's telephone calls the files of a form, also where a button of it sends their names alone (language_kept.html)."""
    files = [str(file.name) for file in request.FILES.getlist(field) if file.size or file.name]
    names = files or [name for name in request.POST.getlist(field) if name][:_MANY]
    return [keepable("".join(sign if sign.isprintable() else " " for sign in name)[-_NAME:]) for name in names]


def again(names: Sequence[str], *, most: int | None = None) -> str:
    """That none of these was kept; "" of none. Shown to whoever sent them alone. `most`: so many of them have room."""
    if most is not None:
        words = _("Choose at most %(most)s of these again: %(names)s.")
        return words % {"most": most, "names": ", ".join(_apart(names))} if most else ""
    words = ngettext("Then choose this picture again: %(names)s.", "Then choose these pictures again: %(names)s.", len(names))
    return words % {"names": ", ".join(_apart(names))} if names else ""


def refused(names: Sequence[str], why: Mapping[int, RefusedError]) -> str:
    """What is the matter with which of these, by their places, and that the others have to be chosen again: they were not kept either."""
    told = _apart(names)
    said = [f"{told[place]}: {error.sentence}" for place, error in why.items()]
    others = [name for place, name in enumerate(told) if place not in why]
    words = ngettext(
        "This picture was not taken either; choose it again: %(names)s.",
        "These pictures were not taken either; choose them again: %(names)s.",
        len(others),
    )
    return " ".join([*said, words % {"names": ", ".join(others)}] if others else said)


def _apart(names: Sequence[str]) -> list[str]:
    """A telephone calls each photograph that is taken for a form the same."""
    return [name if names.count(name) == 1 else f"{name} ({place})" for place, name in enumerate(names, 1)]


_NAME: Final = 60  # letters of a file's name, from its end
_MANY: Final = 10  # names that come without their files


def in_memory(request: HttpRequest) -> None:
    request.upload_handlers = [_InMemory(request)]
