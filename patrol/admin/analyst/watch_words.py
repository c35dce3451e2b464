"""What the pages of watches, credentials and packs say: why a watch waits, what helps against a problem, what is asked of whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any, Final

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from patrol import domain, models, sources
from patrol.admin.shared import words
from patrol.admin.shared.words import Badge, Title
from patrol.domain import Sentence
from patrol.domain.states import PackAbout, WatchState
from patrol.engine import masks, schedules
from patrol.sources.shared import parts
from patrol.watches import credentials, wellbeing

PRIORITIES: Final[tuple[tuple[int, Title], ...]] = (
    (1, _("first among those that are due")),
    (2, _("as usual")),
    (3, _("last, when nothing else is due")),
)
DAYS: Final[tuple[tuple[int, Title], ...]] = (
    (0, _("Mon")),
    (1, _("Tue")),
    (2, _("Wed")),
    (3, _("Thu")),
    (4, _("Fri")),
    (5, _("Sat")),
    (6, _("Sun")),
)
PACKS: Final[dict[str, Title]] = {
    PackAbout.DESTINATIONS: _("Destinations"),
    PackAbout.POSITIONS: _("Positions"),
    PackAbout.LURES: _("Lures"),
    PackAbout.OTHER: pgettext_lazy("pack", "Other"),
}

_RENEW: Final = _("Enter new values for the credential: all its watches then go on where they stopped.")
_LOOK: Final = _("Open the place in a browser: was it moved, renamed or closed? Then change the watch or pause it.")
_REPORT: Final = _("The platform has changed. Tell whoever runs SIPatrol: a new version has to learn it.")
_CAPTURE: Final = _("The place can only be read after a login. Capture it with the browser extension instead.")

# By the code of a problem; what is not listed says only whether trying again can help.
REMEDIES: Final[dict[str, Title]] = {
    "credentials_refused": _RENEW,
    "credential_unreadable": _RENEW,
    "credential_missing": _("Choose a credential for this watch, then resume it."),
    "credential_retired": _("Choose another credential for this watch, then resume it."),
    "not_found": _LOOK,
    "channel_not_found": _LOOK,
    "bad_place": _("Change the place the watch looks at, then resume it."),
    "bad_query": _("Change what the watch asks for, then resume it."),
    "bad_address": _("Change the address of the watch, then resume it."),
    "private_address": _("The address leads into a private network and is never asked. Change it."),
    "robots_refused": _("Pause the watch, or ask the site's owner."),
    "login_wall": _CAPTURE,
    "no_preview": _CAPTURE,
    "shape_changed": _REPORT,
    # Their sentences say it.
    "right_missing": "",
    "credits_depleted": "",
    "not_in_plan": "",
}
_ANOTHER: Final = _("Choose another credential, or enter new values for this one.")
_OPEN: Final = _("Open the place in a browser: was it moved, renamed or closed?")
_RETYPE: Final = _("Trying again cannot help: change what you typed.")
# The same of what somebody still types: there is no watch yet, or not with these values.
OF_TYPED: Final[dict[str, Title]] = {
    "credentials_refused": _ANOTHER,
    "credential_unreadable": _ANOTHER,
    "credential_missing": _("Choose a credential."),
    "credential_retired": _("Choose another credential."),
    "not_found": _OPEN,
    "channel_not_found": _OPEN,
    "bad_place": _RETYPE,
    "bad_query": _RETYPE,
    "bad_address": _RETYPE,
    "robots_refused": _("Ask the site's owner."),
}


def remedy(code: str, *, permanent: bool, runs: bool) -> str:
    """What a person can do about a problem; `runs`: the watch is fetched again without anybody. Of one that was paused `why_not_now` says
    when it goes on, so that nothing is left to say."""
    if code in REMEDIES:
        return str(REMEDIES[code])
    if permanent:
        return gettext("Trying again cannot help: somebody has to change the watch.")
    return gettext("Nothing to do: it is tried again by itself.") if runs else ""


def remedy_of_trial(code: str, *, permanent: bool, typed: bool) -> str:
    """The same of a trial, which is one look: nothing tries it again. `typed`: of values in a form, not of a watch as it is."""
    if typed and (code in OF_TYPED or (permanent and code not in REMEDIES)):
        return str(OF_TYPED.get(code, _RETYPE))
    return remedy(code, permanent=permanent, runs=False) or ("" if permanent else gettext("Try it again in a while."))


def why_not_now(watch: models.Watch, health: wellbeing.Health) -> str:
    """Why it is not fetched now and when it goes on, in one sentence; "" where only its time has not come."""
    if watch.state == WatchState.PAUSED:
        return gettext("Paused by a person: it goes on when somebody resumes it.")
    if watch.state == WatchState.STOPPED:
        return gettext("Stopped: it goes on when the cause is removed.")
    return _held(watch, health.held) if health.held else ""


def out_of_range(watch: models.Watch, health: wellbeing.Health) -> str:
    """What is wrong with how much it brings, and where to look; "" where nothing is."""
    days = wellbeing.JUDGED_DAYS
    if health.state == wellbeing.HealthState.QUIET:
        return gettext(
            "%(posts)s posts in the last seven whole days; at least %(least)s would be healthy. Answers come: look whether the source "
            "moved or changed its name, or the words are too narrow."
        ) % {"posts": health.judged, "least": watch.healthy_low * days}
    if health.state == wellbeing.HealthState.LOUD:
        return gettext(
            "%(posts)s posts in the last seven whole days; at most %(most)s would be healthy. Look whether it is spam, a wave of offers or "
            "words that are too wide: narrow the watch, or raise its range."
        ) % {"posts": health.judged, "most": watch.healthy_high * days}
    return ""


def _held(watch: models.Watch, held: schedules.Held) -> str:
    if held.until is None:
        return gettext("Its quiet hours cover all its hours: it never runs.")
    at = {"moment": words.moment(held.until), "quota": watch.daily_quota}
    if held.why == schedules.Shut.QUOTA:
        return gettext("Today's quota of %(quota)s posts is used up; it goes on %(moment)s.") % at
    if held.why == schedules.Shut.QUIET:
        return gettext("Quiet hours; it goes on %(moment)s.") % at
    return gettext("Outside its hours; it goes on %(moment)s.") % at


def hours(watch: models.Watch) -> list[str]:
    """Its windows and quiet hours as people say them, on the clock of its office."""
    quiet = (watch.quiet_from, watch.quiet_to) if watch.quiet_from is not None and watch.quiet_to is not None else None
    return hours_of(watch.office, watch.windows, quiet)


def hours_of(office: models.Office, windows: Iterable[Mapping[str, Any]], quiet: tuple[time, time] | None) -> list[str]:
    zone = domain.ZONE_LETTERS.get(office.zone, office.zone)
    said = []
    for window in windows:
        days = gettext("every day") if len(window["days"]) == len(DAYS) else ", ".join(str(DAYS[day][1]) for day in window["days"])
        said.append(f"{days} {window['from']}–{window['to']} {zone}")
    if quiet is not None:
        between = f"{quiet[0]:%H:%M}–{quiet[1]:%H:%M} {zone}"
        said.append(gettext("quiet %(between)s") % {"between": between})
    return said


def asks(platform: str, kind: str) -> str:
    """ "Telegram, channel": how a watch asks."""
    shape, title = _shape(platform, kind), words.platform(platform)
    return f"{title}, {both(shape.title)}" if shape and len(sources.SOURCES[platform].QUERIES) > 1 else title


def _shape(platform: str, kind: str) -> domain.QueryShape | None:
    source = sources.SOURCES.get(platform)
    return next((shape for shape in source.QUERIES if shape.key == kind), None) if source else None


def parts_of(platform: str, kind: str, query: str) -> list[tuple[str, str]]:
    """What a query is written of, each thing with the label it has in the form; empty where it is one thing."""
    shape = _shape(platform, kind)
    if shape is None or not shape.parts:
        return []
    first, said = parts.split(query, [part.key for part in shape.parts])
    labels = {part.key: words.own(part.label) for part in shape.parts}
    return [(words.own(shape.label or shape.title), first), *((labels[key], value) for key, value in said.items())]


def part(platform: str, kind: str, key: str) -> str:
    """What the form calls one of these things; its key where this version knows it no more."""
    shape = _shape(platform, kind)
    return next((words.own(one.label) for one in (shape.parts if shape else ()) if one.key == key), key)


def both(sentence: Sentence) -> str:
    return words.said({"id": sentence.id, "en": sentence.en})


def notice(found: credentials.Notice) -> dict[str, Any]:
    """One credential that somebody has to see to."""
    credential = found.credential
    name = {"name": masks.text(credential.name)}
    if found.days is None:
        text = gettext("The platform refuses the credential “%(name)s”; its watches have stopped.") % name
    elif found.days < 0:
        text = gettext("The credential “%(name)s” has expired.") % name
    else:
        text = ngettext(
            "The credential “%(name)s” expires in %(count)s day.", "The credential “%(name)s” expires in %(count)s days.", found.days
        ) % {**name, "count": found.days}
    return {"text": text, "tone": "high" if found.urgent else "med", "credential": credential}


def credential_badge(credential: models.Credential, now: datetime) -> Badge:
    if credential.retired_at is not None:
        return Badge(pgettext_lazy("credential", "No longer used"), "plain", "inventory_2")
    if credential.refused_at is not None:
        return Badge(pgettext_lazy("credential", "Refused"), "high", "block")
    if credential.expires_at is None:
        return Badge(pgettext_lazy("credential", "In use"), "ok", "check")
    days = (credential.expires_at - now).total_seconds() / 86400
    if days < 0:
        return Badge(pgettext_lazy("credential", "Expired"), "high", "schedule")
    far, near = credentials.NOTICE_DAYS
    if days > far:
        return Badge(pgettext_lazy("credential", "In use"), "ok", "check")
    return Badge(pgettext_lazy("credential", "Expires soon"), "high" if days < near else "med", "schedule")
