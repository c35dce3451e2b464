"""Why a call did not do what was asked: one shape, one sentence in the language of whoever asks, and what HTTP calls it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.db import Error
from django.http import Http404, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from patrol.infra.refusals import RefusedError


class Problem(Schema):
    """Nothing was done."""

    code: str = Field(description="Never changes: programs go by it.")
    sentence: str = Field(description="For people, in Indonesian, or in English where Accept-Language prefers that.")
    field: str = Field(description="What was sent wrong, as `body.text`; empty where it is about the whole.")


# What HTTP calls a refusal of ours, where it has a word for it; 422 for the others.
STATUS: Final[Mapping[str, int]] = {
    "api.malformed": 400,
    "token.missing": 401,
    "token.unknown": 401,
    "device.unknown": 401,
    "device.code": 403,
    "token.scope": 403,
    "token.rests": 403,
    "api.not_yours": 403,
    "api.nothing": 404,
    "api.method": 405,
    "device.too_many": 409,
    "capture.key": 409,
    "api.too_large": 413,
    "capture.too_large": 413,
    "capture.text_too_large": 413,
    "capture.screenshot_too_large": 413,
    "token.too_often": 429,
    "device.too_often": 429,
    "api.failed": 500,
    "api.away": 503,
    "capture.storage": 503,
    "tip.not_taken": 503,
}

MISSING: Final = RefusedError("token.missing", _("Show a token: Authorization: Bearer …"))
MALFORMED: Final = RefusedError("api.malformed", _("This request cannot be read."))
NOTHING: Final = RefusedError("api.nothing", _("There is nothing at this address, or it is not yours to see."))
NOT_YOURS: Final = RefusedError("api.not_yours", _("Whoever made this token may not do this."))
METHOD: Final = RefusedError("api.method", _("This address takes another method; the header Allow names it."))
TOO_LARGE: Final = RefusedError("api.too_large", _("What was sent is too large."))
FAILED: Final = RefusedError("api.failed", _("Something went wrong here. It was written down; try again later."))
AWAY: Final = RefusedError("api.away", _("The server cannot answer at this moment. Try again later."))

# What a field lacks, by the kinds of pydantic's errors; what is not here is said in general.
_FIELDS: Final[Mapping[str, Any]] = {
    "missing": _("This field is missing: %(field)s."),
    "extra_forbidden": _("This field is not known: %(field)s."),
    "string_too_long": _("This field is too long: %(field)s."),
    "too_long": _("This field holds too many entries: %(field)s."),
}
_FIELD: Final = _("This field cannot be taken as it is: %(field)s.")


# Exceptions of other hands -> what each is told as; the first that fits. The database or the disk refuses: what was asked for is not
# told unseen (ADR 65).
_TOLD: Final[tuple[tuple[tuple[type[Exception], ...], RefusedError], ...]] = (
    ((AuthenticationError,), MISSING),
    ((HttpError,), MALFORMED),  # of django-ninja: a body that is no JSON
    ((Http404,), NOTHING),
    ((PermissionDenied,), NOT_YOURS),
    ((RequestDataTooBig,), TOO_LARGE),
    ((SuspiciousOperation, BadRequest, MultiPartParserError, TooManyFilesSent), MALFORMED),
    ((Error, OSError), AWAY),
)


def refusal(error: Exception) -> RefusedError | None:
    """What an exception is told as; None for one that is a fault of ours."""
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, ValidationError):
        return _of_fields(error)
    return next((words for kinds, words in _TOLD if isinstance(error, kinds)), None)


_PLACES: Final = frozenset(("body", "file", "form", "header", "path", "query"))  # where something of a call stands
_NAMES: Final = ("told", "wanted")  # of the parameters of our calls: those who ask do not know them


def _of_fields(error: ValidationError) -> RefusedError:
    """The first one is enough: it is one clear sentence. Of what was sent the names of fields are repeated, and nothing else."""
    first = error.errors[0]
    place = ".".join(str(part) for part in first.get("loc", ()) if part not in _NAMES)[:100]
    return field(first.get("type", ""), place)


def field(kind: str, place: str) -> RefusedError:
    """`kind`: of pydantic's errors."""
    return RefusedError("api.field", _FIELDS.get(kind, _FIELD), place, field=place)


def status_of(error: RefusedError) -> int:
    return STATUS.get(error.code, 422)


def answer(error: RefusedError, *, within: str = "") -> HttpResponse:
    """In the language that is active. `within`: where a field is that a verb names without saying where, "query" or "body"."""
    told_whole = error.place.partition(".")[0] in _PLACES  # by pydantic; a verb names its fields alone, one within another as `page.url`
    place = f"{within}.{error.place}" if within and error.place and not told_whole else error.place
    told = JsonResponse({"code": error.code, "sentence": error.sentence, "field": place}, status=status_of(error))
    if "seconds" in error.values:
        told.headers["Retry-After"] = str(error.values["seconds"])
    if told.status_code == 401:
        told.headers["WWW-Authenticate"] = "Bearer"
    return told


def of_status(status: int) -> RefusedError:
    """What an answer of another hand without a word of ours is told as: a method that an address does not take."""
    known = (METHOD, NOTHING, NOT_YOURS, TOO_LARGE, AWAY)
    return next((one for one in known if STATUS[one.code] == status), MALFORMED if status < 500 else FAILED)


def described(*codes: int) -> dict[int, type[Problem] | None]:
    """For the description of a call: it may be refused with these; by the web server, which comes first and has no shape, with 414."""
    return {**dict.fromkeys(codes, Problem), 414: None}
