"""What all calls share: the token and what it may ask, how a list goes on, and the row of the reading log.

    @router.get("/flags", **calls.needs(Scope.FLAGS), response={200: Flags, **calls.refused()})
    def flags(request: HttpRequest, told: Query[Wanted]) -> Flags: ...

Every answer that shows people says so with `shown`, and is a row of the reading log before it leaves; what cannot be written down is not
told (ADR 65).
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.security import HttpBearer
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from patrol import access, models
from patrol.access import consulting, sign_in, tokens
from patrol.api import problems
from patrol.domain import LAW_ZONE
from patrol.domain.keepable import keepable
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.models import ConsultationWay, Scope

MOST: Final = 100  # rows of one answer
_LARGEST_KEY: Final = 2**63 - 1
_NUMBER: Final = re.compile(r"[-+]?[0-9.]+", re.ASCII)


def _utc(when: datetime) -> datetime:
    """As the database takes it: not each zone that can be written is one to PostgreSQL. Without a zone it is meant in Asia/Jakarta. Raises
    ValueError."""
    try:
        return (when if when.tzinfo else when.replace(tzinfo=LAW_ZONE)).astimezone(UTC)
    except OverflowError:  # the first and last day of the calendar leave it in another zone
        raise ValueError("out of range") from None


def _written(when: object) -> object:
    """Numbers are no moments: they would be read as seconds since 1970, and as thousandths of them where they are large. Raises
    ValueError."""
    if not isinstance(when, (str, datetime)) or (isinstance(when, str) and _NUMBER.fullmatch(when)):
        raise ValueError("no moment")
    return when


Moment = Annotated[datetime, BeforeValidator(_written), AfterValidator(_utc)]
OfficeCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,40}$")]
# Of what somebody wrote: what no database keeps is replaced, letter by letter.
Text = Annotated[str, AfterValidator(keepable)]


class Asked(Schema):
    """What a call takes. What a body holds that is not known is refused; of a query `only` does that, as no model is told of it."""

    model_config = ConfigDict(extra="forbid")


class Page(Asked):
    limit: int = Field(30, ge=1, le=MOST, description="Rows of one answer.")
    cursor: str = Field("", max_length=200, description="`next` of the answer before; empty: from the beginning.")


def only(request: HttpRequest, wanted: type[Schema]) -> None:
    """Raises RefusedError for a parameter that a list does not know: what was to narrow it would be dropped in silence."""
    for name in request.GET:
        if name not in wanted.model_fields:
            raise problems.field("extra_forbidden", f"query.{name}"[:100])


# --- who asks -------------------------------------------------------------------------------------


class Token(HttpBearer):
    """A token of an office, made in *Setelan kantor*. It asks what its scopes name, as the person who made it may."""

    openapi_description = __doc__

    def __init__(self, scope: Scope | None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> models.Device:
        header = request.headers.get("Authorization", "")
        if not header:
            raise problems.MISSING
        return self.authenticate(request, tokens.bearer(header))

    def authenticate(self, request: HttpRequest, token: str) -> models.Device:
        """Raises RefusedError, PermissionDenied."""
        now = timezone.now()
        device = tokens.known(token, now=now)
        if device is None:
            if tokens.rests(token, now=now):
                raise tokens.resting()
            if token:
                tokens.guessed(sign_in.caller(request))
            raise tokens.unknown()
        tokens.admit(device)
        if self.scope is not None:
            tokens.require(device, self.scope)
        wall.stand(access.behind_wall(device.person))  # no login came by
        if device.office_id is not None:  # a browser's last use is its last capture
            tokens.used(device, now=now)
        return device


def needs(scope: Scope | None) -> dict[str, Any]:
    """For the decorator of a call: a token with this scope; None: any token."""
    extra = {} if scope is None else {"x-scope": str(scope)}
    return {"auth": Token(scope), "openapi_extra": extra, "by_alias": True}


def device(request: HttpRequest) -> models.Device:
    found: models.Device = request.auth  # type: ignore[attr-defined]
    return found


def refused(*more: int) -> dict[int, type[problems.Problem] | None]:
    """What any call with a token may be refused with, and these."""
    return problems.described(400, 401, 403, 413, 422, 429, 503, *more)


# --- what is told ---------------------------------------------------------------------------------


def shown(request: HttpRequest, kind: str, key: object = "", *, rows: int = 1) -> None:
    """The row of the reading log for what this answer tells. `key` "" for a list, of which no row is told where it is empty. Masked
    always: nothing leaves in full here. One query."""
    if key != "" or rows:
        consulting.note(device(request).person, way=ConsultationWay.API, target=(kind, key), rows=rows)


def english() -> bool:
    return (translation.get_language() or "id").startswith("en")


def said(row: Any, field: str) -> str:
    """The sentence of a row that holds it in both languages: `gist` of gist_id and gist_en."""
    told: str = getattr(row, f"{field}_{'en' if english() else 'id'}")
    return told


# --- how a list goes on ---------------------------------------------------------------------------


def cursor(*parts: datetime | int) -> str:
    """Where a list goes on, as a word that nobody reads."""
    written = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    return base64.urlsafe_b64encode(json.dumps(written, separators=(",", ":")).encode()).decode().rstrip("=")


def opened(word: str) -> tuple[datetime, int] | None:
    """What `cursor` made of a moment and a key; None for "". Raises RefusedError for what it did not make."""
    if not word:
        return None
    try:
        at, key = json.loads(base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True))
        when = datetime.fromisoformat(at)
    except (ValueError, TypeError, RecursionError):
        raise no_cursor() from None
    if when.tzinfo is None or type(key) is not int or not 0 <= key <= _LARGEST_KEY:
        raise no_cursor()
    try:
        return _utc(when), key
    except ValueError:
        raise no_cursor() from None


def no_cursor() -> RefusedError:
    return RefusedError("api.cursor", _("This cursor was not made here. Begin again without one."), "query.cursor")


def cut[Row](rows: Sequence[Row], limit: int, place: Callable[[Row], tuple[datetime, int]]) -> tuple[list[Row], str | None]:
    """`limit` of the rows, of which one more was asked for, and the cursor of the next ones."""
    found = list(rows[:limit])
    return found, cursor(*place(found[-1])) if len(rows) > limit else None
