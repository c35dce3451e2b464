"""What is kept of a post beside its text: captures, its page's archive, the account's profile, comments, and the ways it came.

The lists are for everybody who may see the post: that a copy exists is shared. Its bytes hold contacts, so seeing or taking one away
needs a right, is a POST, and leaves its row in the log (custody).
"""

from __future__ import annotations

import json
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import access, models, triage
from patrol.access import Action, consulting, fresh, looks
from patrol.admin.officer import queue
from patrol.admin.shared import base, presence, short_links, veils, words
from patrol.domain import states
from patrol.engine import masks
from patrol.evidence import completeness, custody_log, erasing, raw
from patrol.infra import prepared
from patrol.infra.refusals import BROKEN
from patrol.models import Veil
from patrol.preserving import pages, profiles
from patrol.triage import care

MOST_CAPTURES, MOST_COMMENTS, MOST_WAYS = 50, 20, 20
TEXT_SHOWN = 20_000  # code points; as far as the reader reads

KINDS: Final[dict[str, Any]] = {
    "answer": gettext_lazy("Answer of the platform"),
    "page": gettext_lazy("Archive of the page"),
    "screenshot": gettext_lazy("Screenshot"),
    "time_stamp": gettext_lazy("Time stamp of the archive"),
    "media": gettext_lazy("Picture as it came"),
    "upload": gettext_lazy("Sent by staff"),
}
_DRAWN: Final = gettext_lazy("Picture, made smaller or masked")
_BROUGHT: Final[dict[str, Any]] = {
    states.IntakeKind.CAPTURE: gettext_lazy("Browser extension"),
    states.IntakeKind.UPLOAD: gettext_lazy("Upload"),
    states.IntakeKind.IMPORT: gettext_lazy("Import"),
    states.IntakeKind.NOTED: gettext_lazy("Noted by hand"),
}
_ENDINGS: Final = {
    "application/wacz": "wacz",
    "application/warc": "warc.gz",
    "application/timestamp-reply": "tsr",
    "application/json": "json",
    "text/html": "html",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "application/zip": "zip",
}
# The purposes as minutes say them: those are written in Indonesian, whoever reads the screen in English.
REASONS: Final = {
    "case": "Penanganan perkara",
    "comparison": "Pembandingan dengan unggahan lain",
    "question": "Menjawab pertanyaan kantor atau instansi lain",
    looks.WORK: "Penilaian unggahan oleh petugas yang sedang menanganinya",
}
_SHOWN: Final = frozenset({("screenshot", "image/png"), ("screenshot", "image/jpeg")})


def gather(
    post: models.Post, person: models.Person, is_there: presence.There, *, version_id: int, author: str, shown: bool
) -> dict[str, Any]:
    """`author`: of the version on the page. Two queries, and those for what is there. Of an erased post nothing is opened, fetched or
    erased once more: what is listed was kept once."""
    ways, office_id = _ways(post, person), office_of(post)
    return {
        "post_id": post.pk,
        "short_links": short_links.rows(version_id, shown=shown) if is_there.short_links else [],
        "captures": _captures(post, shown=shown),
        "erased": is_there.erased,
        "may_open": not is_there.erased and may_open(post, person, marked=is_there.marked),
        "purposes": list(words.PURPOSES.items()),
        "at_work": not is_there.marked and is_there.holder == person.pk,
        "page_job": _page_job(post) if is_there.page_job else None,
        "may_ask": not is_there.erased and pages.has_address(post) and access.may(person, Action.PAGE_ASK),
        "erase": base.here("patrol_post_erase", post.pk)
        if not is_there.erased and access.may(person, Action.ERASE_ASK, office_id=office_id)
        else "",
        "browser": bool(pages.installed()),
        "profile": profile(post.platform, author, post.author_id, shown=shown) if is_there.profile else None,
        "comments": comments(post) if is_there.comments else {"rows": [], "count": 0},
        "parent": _parent(post),
        "ways": ways,
        # Of the flag: that of its office by which the post came first.
        "station": next((way["station"] for way in ways if way["office_id"] == office_id), ""),
    }


def office_of(post: models.Post) -> int:
    """Of the post's flag; NO_OFFICE where nobody is asked to look at it: then its copies are for the directorate."""
    flag = getattr(post, "flag", None)
    return flag.office_id if flag is not None else access.NO_OFFICE


def may_open(post: models.Post, person: models.Person, *, marked: bool = True) -> bool:
    """A copy shows contacts whole: nobody opens one who may not see them on the page of its flag. `marked` as for looks.require."""
    if not access.may(person, Action.EVIDENCE_OPEN, office_id=office_of(post)):
        return False
    flag = getattr(post, "flag", None)
    return flag is None or looks.may_flag(flag, person, marked=marked)


# --- captures -------------------------------------------------------------------------------------


# In the order of the table's columns.
_LOADED: Final = (
    "id",
    "kind",
    "relation",
    "intake_id",
    "sha256",
    "length",
    "media_type",
    "truncated",
    "final_url",
    "status",
    "received_at",
    "options",
)
# The copies of a post: made for it, answers that show it, and those of its short links' services. Walks by index; an OR would read the
# whole table.
_OF_POST: Final = f"""
SELECT {", ".join(_LOADED)}::text
FROM patrol_capture WHERE id IN (
    SELECT id FROM patrol_capture WHERE post_id = %(post)s AND (kind = 'media' AND relation = 'rendition') IS NOT TRUE
    UNION SELECT capture_id FROM patrol_postversion WHERE post_id = %(post)s
    UNION SELECT l.capture_id FROM patrol_shortlink l JOIN patrol_shortlinkuse u ON u.link_id = l.id
        JOIN patrol_postversion v ON v.id = u.version_id WHERE v.post_id = %(post)s)
ORDER BY received_at DESC LIMIT %(most)s
"""  # noqa: S608 -- our own names


def _captures(post: models.Post, *, shown: bool) -> dict[str, Any]:
    with connection.cursor() as cursor:
        prepared.execute(cursor, _OF_POST, {"post": post.pk, "most": MOST_CAPTURES + 1})
        found = cursor.fetchall()
    rows = [models.Capture.from_db(connection.alias, _LOADED, (*row[:-1], json.loads(row[-1]))) for row in found]
    return {"rows": [_capture(row, shown=shown) for row in rows[:MOST_CAPTURES]], "more": len(rows) > MOST_CAPTURES}


def _capture(row: models.Capture, *, shown: bool) -> dict[str, Any]:
    partial = [words.said({"id": said.id, "en": said.en}) for said in completeness.lacks(row)]
    return {
        "id": row.pk,
        "kind": kind_of(row),
        "when": words.moment(row.received_at),
        "url": (row.final_url if shown else masks.link(row.final_url)) if row.final_url else "",
        "status": row.status or "",
        "sha256": row.sha256,
        "length": row.length,
        "media_type": row.media_type,
        "whole": not partial,
        "partial": partial,
        "viewable": (row.kind, row.media_type) in _SHOWN,
    }


def kind_of(row: models.Capture) -> Any:
    """What a preserved file is, wherever it is named."""
    if row.kind == "page" and row.intake_id is not None:
        return _("Page as an officer saw it")
    return _("Opening of a short link (WARC)") if "short_link" in row.options else named(row.kind, row.relation)


def named(kind: str, relation: str) -> Any:
    """A picture that was drawn smaller or masked is not the one that came."""
    return _DRAWN if (kind, relation) == ("media", "rendition") else KINDS.get(kind, _("File"))


def _page_job(post: models.Post) -> dict[str, Any] | None:
    """What became of the newest request for an archive: on its way, or given up and why. None where it is done or nobody asked."""
    job = models.Job.objects.filter(kind=pages.KIND, key__startswith=f"{post.pk}:").order_by("-created_at", "-id").first()
    if job is None or job.state == states.JobState.DONE:
        return None
    return {"waits": job.state == states.JobState.WAITING, "problem": words.problem(job.problem), "since": words.moment(job.created_at)}


# --- profile, comments, ways ----------------------------------------------------------------------


def profile(platform: str, author: str, author_id: str, *, shown: bool) -> dict[str, Any] | None:
    """What the account says of itself, as this person may see it. One query."""
    found = profiles.newest(platform, author, author_id)
    if found is None:
        return None
    return {
        "account": found.account if shown else masks.account(found.account),
        "name": found.name if shown else masks.name(found.name),
        "text": found.text if shown else profiles.masked(found),
        "links": [link if shown else masks.link(link) for link in found.links],
        "seen": words.moment(found.seen_at),
    }


def comments(post: models.Post) -> dict[str, Any]:
    """The newest comments and how many there are; contacts always cut, and what no reader has seen is not shown. Three queries."""
    under = models.Post.objects.filter(platform=post.platform, thread=post.external_id).exclude(thread="").exclude(pk=post.pk)
    rows = list(under.select_related("flag").order_by("-posted_at", "-pk")[:MOST_COMMENTS])
    if not rows:
        return {"rows": [], "count": 0}
    said = texts([row.pk for row in rows])
    return {
        "rows": [
            {
                "link": base.here("patrol_flag_change", flag.pk)
                if (flag := getattr(row, "flag", None))
                else base.here("patrol_post_change", row.pk),
                **dict(zip(("level", "level_title"), queue.level_shown(flag) if flag else ("", ""), strict=True)),
                "posted": words.moment(row.posted_at) if row.posted_at else "",
                "gone": row.gone_at is not None,
                **said.get(row.pk, {"author": "", "text": "", "read": False}),
            }
            for row in rows
        ],
        "count": under.count(),
    }


def texts(post_ids: list[int]) -> dict[int, dict[str, Any]]:
    """post id -> author and text of its newest read version, contacts cut, and what the reading knows of it. One query."""
    found: dict[int, dict[str, Any]] = {}
    of, said = "reading__version__", ("text_kind", "positions", "countries")
    rows = (
        models.ReadingClaims.objects.filter(reading__version__post__in=post_ids)
        .order_by(f"{of}post_id", f"{of}number", "reading_id")
        .values_list(f"{of}post_id", f"{of}content__text", f"{of}content__author_name", "claims", *(f"reading__{one}" for one in said))
    )
    for post_id, text, name, claims, *known in rows:
        cut = masks.turning_shown(masks.text(text or "", masks.contacts_of(claims), masks.known_of(claims), most=2_000))
        told = dict(zip(said, known, strict=True))
        found[post_id] = {"author": masks.turning_shown(masks.name(name or "")), "text": cut, "read": True, **told}
    return found


def versions(post_id: int, version: models.PostVersion, *, names: bool = False) -> list[dict[str, Any]]:
    """The other states of the post, newest first, contacts always cut. What no reader has seen is not shown: a number
    in disguise is found by the reader only. `names`: whoever sent one in goes by name, not by the office alone."""
    others = list(
        models.PostVersion.objects.filter(post=post_id)
        .exclude(pk=version.pk)
        .select_related("content", "capture__intake__person", "capture__intake__office")
        .defer(*(f"capture__{field}" for field in ("headers", "request_headers", "hops", "options")))
        .order_by("-number")
    )
    if not others:
        return []
    read = models.ReadingClaims.objects.filter(reading__version__in=others).order_by("reading_id")
    claims = dict(read.values_list("reading__version_id", "claims"))
    return [
        {
            "number": other.number,
            "seen": words.moment(other.seen_at),
            "read": other.pk in claims,
            "older": other.number < 1,
            "newer": other.number > version.number,
            "by": _sender(other, names=names),
            "text": masks.turning_shown(
                masks.text(other.content.text, masks.contacts_of(claims[other.pk]), masks.known_of(claims[other.pk]), most=TEXT_SHOWN)
            )
            if other.pk in claims and hasattr(other, "content")
            else "",
        }
        for other in others
    ]


def _sender(version: models.PostVersion, *, names: bool) -> str:
    """Who sent this state in; "" where a watch found it."""
    intake = version.capture.intake
    if intake is None:
        return ""
    return f"{intake.person.name}, {intake.office.short_name}" if names else intake.office.short_name


def _parent(post: models.Post) -> dict[str, Any] | None:
    """The post this one is a comment on; "link" is empty where that is not stored."""
    if not post.thread or post.thread == post.external_id:
        return None
    above = models.Post.objects.filter(platform=post.platform, external_id=post.thread).select_related("flag").first()
    if above is None:
        return {"link": ""}
    flag = getattr(above, "flag", None)
    return {
        "link": base.here("patrol_flag_change", flag.pk) if flag else base.here("patrol_post_change", above.pk),
        "number": flag.number if flag else "",
    }


# A watch takes its posts along to another station; what somebody brought stays with the station of that day.
_WAYS: Final = """
SELECT s.at, w.name, i.kind, p.name, o.id, o.short_name, t.name FROM (
    SELECT * FROM patrol_seen WHERE post_id = %(post)s ORDER BY at, id LIMIT %(most)s) s
LEFT JOIN patrol_watch w ON w.id = s.watch_id LEFT JOIN patrol_intake i ON i.id = s.intake_id
LEFT JOIN patrol_person p ON p.id = i.person_id JOIN patrol_office o ON o.id = coalesce(w.office_id, i.office_id)
LEFT JOIN patrol_station t ON t.id = coalesce(w.station_id, i.station_id)
ORDER BY s.at, s.id
"""


def _ways(post: models.Post, person: models.Person) -> list[dict[str, Any]]:
    """Every way the post came. Watches and colleagues of other offices go by their office's name alone: a station has few people.

    One query.
    """
    with connection.cursor() as cursor:
        prepared.execute(cursor, _WAYS, {"post": post.pk, "most": MOST_WAYS})
        rows = cursor.fetchall()
    found = []
    for at, watch, kind, sender, office_id, office, station in rows:
        if watch is not None:
            what, who, near = _("Watch"), masks.text(watch), access.may(person, Action.WATCH_VIEW, office_id=office_id)
        else:
            what, who, near = _BROUGHT[states.IntakeKind(kind)], sender, person.at_directorate or person.office_id == office_id
        told = {"who": who, "station": masks.text(station or "")} if near else {"who": "", "station": ""}
        found.append({"what": what, **told, "office": office, "office_id": office_id, "when": words.moment(at)})
    return found


# --- the bytes ------------------------------------------------------------------------------------


def ask_page(request: HttpRequest, post_id: int) -> HttpResponse:
    """Asks for an archive of the post's page. Raises Http404, PermissionDenied."""
    base.posted(request)
    person = base.who(request)
    post = base.visible(person, Action.POST_VIEW, models.Post.objects.select_related("flag"), pk=post_id)
    if not pages.has_address(post):  # no page of ours has the button
        base.say(request, words.said({"id": pages.NO_ADDRESS.id, "en": pages.NO_ADDRESS.en}), problem=True)
    elif pages.ask(post_id=post.pk, by=person, now=timezone.now()):
        base.say(request, _("The page will be archived in the next minutes."))
    else:
        base.say(request, _("An archive of this page is on its way already."))
    return to(post)


def is_of(capture: models.Capture, post: models.Post) -> bool:
    return (
        capture.post_id == post.pk
        or models.PostVersion.objects.filter(capture=capture, post=post).exists()
        or models.ShortLinkUse.objects.filter(link__capture=capture, version__post=post).exists()
    )


def _of_others(capture: models.Capture, person: models.Person) -> bool:
    """Whether a copy shows a post of somebody harmed whom another office protects."""
    if access.may(person, Action.CONTACT_SHOW_DECIDED, office_id=access.NO_OFFICE):
        return False
    of_others = models.Protected.objects.exclude(office=person.office_id)
    shown = models.PostVersion.objects.filter(capture=capture).values("post")
    holding = models.ShortLinkUse.objects.filter(link__capture=capture).values("version__post")
    return of_others.filter(flag__post__in=shown).exists() or of_others.filter(flag__post__in=holding).exists()


def download(request: HttpRequest, post_id: int, capture_id: Any) -> HttpResponse:
    """A preserved copy as a file to take away."""
    return _opened(request, post_id, capture_id, "capture.downloaded")


def view(request: HttpRequest, post_id: int, capture_id: Any) -> HttpResponse:
    """A screenshot in the browser."""
    return _opened(request, post_id, capture_id, "capture.viewed")


def closed(request: HttpRequest, capture: models.Capture, post: models.Post, person: models.Person) -> str:
    """Why this person opens neither this copy of the post nor its history; "" where they may. Raises Http404 for what shows no such post
    or was erased, PermissionDenied, StaleProofError for one of somebody harmed."""
    if not is_of(capture, post):
        raise Http404
    if not may_open(post, person):
        raise PermissionDenied("preserved copies are opened by the office of the flag and by the directorate, as its contacts are shown")
    if hasattr(post, "flag") and looks.harmed(post.flag):
        fresh.require(request)
    if erasing.is_erased(post.pk):
        raise Http404
    if models.Erasure.objects.filter(version__capture=capture).exists():
        return _("This answer also shows a post that was erased. It is kept for the others and opened to nobody here.")
    if _of_others(capture, person):
        return _("This answer also shows a post of somebody whom another office protects. The directorate opens it.")
    return ""


def _opened(request: HttpRequest, post_id: int, capture_id: Any, verb: str) -> HttpResponse:
    """Raises Http404; PermissionDenied for whoever may know of the copy and not open it."""
    base.posted(request)
    person = base.who(request)
    post = base.visible(person, Action.POST_VIEW, models.Post.objects.select_related("flag"), pk=post_id)
    capture = models.Capture.objects.filter(pk=capture_id).first()
    if capture is None:
        raise Http404
    inline = verb == "capture.viewed"
    if inline and (capture.kind, capture.media_type) not in _SHOWN:
        raise Http404
    if kept_from := closed(request, capture, post, person):
        base.say(request, kept_from, problem=True)
        return to(post)
    if inline and veils.of(request, post.pk) != Veil.COLOUR:  # a file of evidence has no blurred form
        base.say(request, _("The pictures of this post are severe: show them in colour first, then the screenshot."), problem=True)
        return to(post)
    now, purpose = timezone.now(), _purpose(request, post, person, inline=inline)
    if purpose is None:
        base.say(request, _("Choose the purpose."), problem=True)
        return to(post)
    after = {"post": post.pk, **({"purpose": purpose} if purpose else {})}
    try:
        content = custody_log.opened(capture, by=person, now=now)
    except raw.EvidenceMissingError:
        base.say(request, BROKEN, problem=True)
        return to(post)
    with transaction.atomic():
        if inline:
            looks.log(verb, by=person, now=now, target=capture, after=after)
        else:
            made = custody_log.took(capture, by=person, now=now, purpose=purpose, reason=REASONS[purpose], after=after)
            base.say_written(request, made)
    consulting.note(request, purpose=purpose)
    if inline:
        care.saw_picture(by=person, now=now)
    name = f"rekaman-{capture.sha256[:12]}.{_ENDINGS.get(capture.media_type, 'bin')}"
    return base.download(content, name=name, shown_as=capture.media_type if inline else "")


def _purpose(request: HttpRequest, post: models.Post, person: models.Person, *, inline: bool) -> str | None:
    """The work under a lease, else what was chosen; None where a copy is taken away and nothing was chosen."""
    if hasattr(post, "flag") and triage.holds(post.flag, person) and not looks.harmed(post.flag):
        return looks.WORK  # as with its contacts: one of somebody harmed is a look also under a lease
    chosen = request.POST.get("purpose", "")
    return "" if inline else chosen if chosen in words.PURPOSES else None


def to(post: models.Post) -> HttpResponseRedirect:
    flag = getattr(post, "flag", None)
    return HttpResponseRedirect(base.here("patrol_flag_change", flag.pk) if flag else base.here("patrol_post_change", post.pk))
