"""Captures of posts, and the browsers that send them: what the extension speaks to. Another system of the office sends them by its token.

What stands here for each call is also what the older addresses below /rekam/ answer from (patrol.api.recording).
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import File, Router, Schema, Status, UploadedFile
from pydantic import Field

from patrol import access, models
from patrol.access import sign_in, tokens
from patrol.api import calls, problems
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.intake import captures, devices, extension, sent
from patrol.models import Scope

router = Router(tags=["captures"])

MAX_BODY: Final = sent.MAX_JSON + captures.MAX_SCREENSHOT + 100_000  # the parts and what multipart puts around them


class Newest(Schema):
    version: str = Field(description="Of the extension that this installation gives out.")
    page: str = Field(description="Where.")


class Pairing(calls.Asked):
    code: calls.Text = Field(max_length=1000, description="As the page *Ekstensi peramban* shows it.")
    name: calls.Text = Field(max_length=1000, description="Of the browser.")


class Owner(Schema):
    person: str
    office: str
    device: str
    newest: Newest


class Paired(Owner):
    token: str = Field(description="Told here alone.")


class Counted(Schema):
    new: int
    changed: int
    repeated: int


class Wrong(Schema):
    id: str = Field(description="In Indonesian.")
    en: str


class Taken(Schema):
    key: uuid.UUID
    newest: Newest
    taken_at: datetime
    posts: Counted
    problems: list[Wrong]


# --- what each call does, whichever address it came by ----------------------------------------------


def paired(code: str, name: str, caller: str) -> dict[str, Any]:
    """Raises RefusedError."""
    made = devices.pair(code=code[:40], name=name, caller=caller, now=timezone.now())
    return {"token": made.token, **owner(made.device)}


def browser(request: HttpRequest) -> models.Device:
    """The browser whose token the request shows. Raises RefusedError."""
    word = tokens.bearer(request.headers.get("Authorization", ""))
    try:
        found = devices.known(word, now=timezone.now())
    except RefusedError as error:
        if word and error.code == "device.unknown":
            tokens.guessed(sign_in.caller(request))
        raise
    tokens.admit(found)
    wall.stand(access.behind_wall(found.person))  # no login came by
    return found


def newest() -> dict[str, str]:
    """The version this installation gives out, and where: the extension says so where it is older."""
    return {"version": extension.version(), "page": reverse("admin:patrol_device_changelist")}


def owner(device: models.Device) -> dict[str, Any]:
    person = device.person
    return {"person": person.name, "office": person.office.short_name, "device": device.name, "newest": newest()}


def taken(request: HttpRequest, device: models.Device) -> dict[str, Any]:
    """multipart/form-data: file "capture" (JSON, see intake.sent), file "screenshot" (PNG) where one was taken. Raises RefusedError."""
    parts = {name: request.FILES.getlist(name) for name in request.FILES}
    if "capture" not in parts or set(parts) - {"capture", "screenshot"} or any(len(files) > 1 for files in parts.values()):
        raise unreadable()
    sent_parts = {name: files[0].read() for name, files in parts.items()}
    made = captures.take(device=device, body=sent_parts["capture"], screenshot=sent_parts.get("screenshot"), now=timezone.now())
    return {
        "key": str(made.key),
        "newest": newest(),
        "taken_at": made.at.isoformat(),
        "posts": {"new": made.posts_new, "changed": made.posts_changed, "repeated": made.posts_repeated},
        "problems": [{"id": one["id"], "en": one["en"]} for one in made.problems],
    }


def unreadable() -> RefusedError:
    return RefusedError("capture.incomplete", _("What was sent is not complete."))


# --- the calls ------------------------------------------------------------------------------------


@router.post("/devices", auth=None, response={201: Paired, **problems.described(400, 403, 409, 413, 422, 429, 503)}, by_alias=True)
def pair_browser(request: HttpRequest, told: Pairing) -> Status[dict[str, Any]]:
    """A code that somebody made in the workbench pairs one browser, without a token."""
    return Status(201, paired(told.code, told.name, sign_in.caller(request)))


class Browser(calls.Token):
    """The token of a paired browser."""

    openapi_description = __doc__

    def authenticate(self, request: HttpRequest, token: str) -> models.Device:
        del token
        return browser(request)


@router.get("/devices/own", auth=Browser(None), response={200: Owner, **calls.refused()})
def show_browser(request: HttpRequest) -> dict[str, Any]:
    """Whose browser this is, with the newest extension; it asks when its own page is opened."""
    return owner(calls.device(request))


@router.delete("/devices/own", auth=Browser(None), response={204: None, **calls.refused()})
def leave_browser(request: HttpRequest) -> Status[None]:
    """The browser gives its token back."""
    mine = calls.device(request)
    devices.revoke(device_id=mine.pk, by=mine.person, now=timezone.now())
    return Status(204, None)


@router.post("/captures", **calls.needs(Scope.CAPTURE), response={201: Taken, **calls.refused(409)})
def send_capture(request: HttpRequest, capture: File[UploadedFile], screenshot: File[UploadedFile | None] = None) -> Status[dict[str, Any]]:
    """One post as it stood on a page: `capture` is JSON of the format sipatrol-capture/1, `screenshot` a PNG. Sent twice it is one.

    Of a browser, or of a system of the office whose token has the scope `capture`.
    """
    del capture, screenshot  # for the description: what came is read as it came
    device = calls.device(request)
    devices.admit(device)
    return Status(201, taken(request, device))
