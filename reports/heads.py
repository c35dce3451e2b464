"""The head of an office's summaries on paper: its logo, and the positions of the two who sign.

What an office sets holds for editions frozen from then on: an edition keeps the head it was frozen with. Of all offices it is the
directorate's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from patrol import access
from patrol.access import Action, audit
from patrol.evidence import pictures
from patrol.infra.refusals import RefusedError
from patrol.models import Office, OfficeKind, Person
from reports.models import TITLE_LETTERS, SheetHead

MOST_BYTES: Final = 2_000_000
LONGEST: Final = 224  # pixels: 300 to the inch on paper, where it is at most 56 high
_KINDS: Final = ("image/png", "image/jpeg")


def current(code: str) -> SheetHead | None:
    """As an office has it now; of all offices (""): the directorate's."""
    rows = SheetHead.objects.filter(office__code=code) if code else SheetHead.objects.filter(office__kind=OfficeKind.DIRECTORATE)
    return rows.order_by("-id").first()


def set_head(
    *, office_id: int, seen: int, author: str, second: str, logo: bytes, without_logo: bool = False, by: Person, now: datetime
) -> SheetHead:
    """What holds from now on. `seen`: the id of the head that stood on the page, 0 for none. `logo` b"": as it was, unless `without_logo`.

    Raises RefusedError, PermissionDenied, Office.DoesNotExist.
    """
    access.require(by, Action.SUMMARY_HEAD, office_id=office_id)
    author, second = author.strip(), second.strip()
    for field, title in (("author", author), ("second", second)):
        if len(title) > TITLE_LETTERS:
            raise RefusedError("head.title", _("Nothing was changed: a position has %(most)s letters at most."), field, most=TITLE_LETTERS)
    drawn = _drawn(logo) if logo else b""
    with transaction.atomic():
        office = Office.objects.select_for_update(no_key=True).get(pk=office_id)
        before = SheetHead.objects.filter(office=office).order_by("-id").first()
        if seen != (before.pk if before else 0):
            raise RefusedError("head.stale", _("Nothing was changed: somebody else has just changed this. Look at it first."))
        if not drawn and before is not None and not without_logo:
            drawn = bytes(before.logo)
        made = SheetHead.objects.create(office=office, author=author, second=second, logo=drawn, by=by, at=now)
        audit.write("office.head_set", by=by, now=now, target=office, before=_told(before), after=_told(made))
    return made


def _drawn(content: bytes) -> bytes:
    """Drawn anew from its pixels, small: what was sent is not kept. Raises RefusedError."""
    if len(content) > MOST_BYTES:
        raise RefusedError("head.too_large", _("Nothing was changed: the logo is larger than 2 MB."), "logo")
    if pictures.media_type(content) not in _KINDS:
        raise RefusedError("head.kind", _("Nothing was changed: the logo is no PNG or JPEG."), "logo")
    try:
        return pictures.redrawn(content, longest=LONGEST)
    except pictures.UnreadableError as error:
        raise RefusedError("head.picture", error.problem.sentence, "logo") from None


def _told(head: SheetHead | None) -> dict[str, str] | None:
    return {"author_title": head.author, "second_title": head.second, "logo": head.sha256} if head else None
