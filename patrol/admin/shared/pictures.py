"""Pictures of a post on the page: from our own store only, re-encoded, contacts washed out unless their viewer holds the flag's lease.

The boxes over a picture are numbers of pixels in an SVG beside it, drawn by the server: nothing of the post is in the page's code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from patrol import access, domain, models
from patrol.access import Action, consulting
from patrol.admin.shared import base, marks, veils, words
from patrol.admin.shared import shown_contacts as shown
from patrol.domain.states import MediaState
from patrol.evidence import custody_log, raw
from patrol.evidence.pictures import blurring
from patrol.models import Veil
from patrol.pipeline import claiming, picture_reads
from patrol.pipeline import claims as kept_claims
from patrol.triage import care

TEXT_SHOWN = 20_000  # code points of one picture, as far as the reader reads


@dataclass(frozen=True, slots=True)
class Said:
    """What a reading says of the pictures: the parts of ReadingClaims, and of which pictures it speaks."""

    claims: Sequence[dict[str, Any]] = ()
    picture_texts: Sequence[str] = ()
    code_texts: Sequence[str] = ()
    places: tuple[domain.Place, ...] = ()
    pictures_key: str = ""


def said(reading: models.Reading) -> Said:
    """One query, none where the caller selected the reading's content. An erased reading says nothing."""
    content: models.ReadingClaims | None = getattr(reading, "content", None)
    if content is None:
        return Said(pictures_key=reading.pictures_key)
    places = tuple(map(kept_claims.place_from_json, content.places))
    return Said(content.claims, content.picture_texts, content.code_texts, places, reading.pictures_key)


def box_of(told: Said, source: str, span: Sequence[int]) -> domain.Box | None:
    """Where on its picture a span stands; None for the text, and where the reader gave no place."""
    start, end = span
    return domain.box_of([p for p in told.places if p.source == source and domain.touch(p.span, (start, end))])


def gallery(
    version: models.PostVersion, told: Said, reasons: Sequence[tuple[int, Sequence[Any], Sequence[str]]], *, shown: bool
) -> list[dict[str, Any]]:
    """Every picture of the version with what became of it. `reasons`: (number on the page, spans, a source for each span)."""
    rows = list(models.Media.objects.filter(version=version).order_by("position"))
    if not rows:
        return []
    content: models.PostText | None = getattr(version, "content", None)
    captions = claiming.captions(content.media) if content else ()
    kept = picture_reads.of_versions([version.pk]).get(version.pk, ())
    # A reading names its pictures by one hash: another picture that came since would move all numbers.
    read = bool(told.pictures_key) and picture_reads.key(kept) == told.pictures_key
    place_of = {one.media_id: place for place, one in enumerate(kept)} if read else {}
    return [
        _picture(row, number, place_of.get(row.pk), told, reasons, shown=shown)
        | {"caption": _pieces(f"alt:{row.position}", captions, row.position, told, reasons, shown=shown)}
        for number, row in enumerate(rows, 1)
    ]


def _picture(
    row: models.Media,
    number: int,
    place: int | None,
    told: Said,
    reasons: Sequence[tuple[int, Sequence[Any], Sequence[str]]],
    *,
    shown: bool,
) -> dict[str, Any]:
    link = ""
    if shown and row.thumbnail_id:
        link = base.here("patrol_post_picture_clear", row.pk)
    elif row.masked_id:
        link = base.here("patrol_post_picture", row.pk)
    picture: dict[str, Any] = {
        "number": number,
        "state": words.MEDIA_STATES[row.state],
        "problem": words.problem(row.problem),
        "kept": row.state == MediaState.KEPT,
        "link": link,
        "width": str(row.width or 0),
        "height": str(row.height or 0),
        "letters": str(max(row.width or 0, row.height or 0) // 40),
        "boxes": [],
        "pieces": [],
        "code": [],
    }
    if place is not None:
        picture["boxes"] = [*_claimed(told, place), *_reasoned(told, place, reasons)]
        picture["pieces"] = _pieces(f"image:{place}", told.picture_texts, place, told, reasons, shown=shown)
        picture["code"] = _pieces(f"qr:{place}", told.code_texts, place, told, reasons, shown=shown)
    return picture


def _sources(place: int) -> tuple[str, str]:
    return f"image:{place}", f"qr:{place}"


def _claimed(told: Said, place: int) -> list[dict[str, Any]]:
    """What was read as contact, company, destination, money: in the tints of the text."""
    found = []
    for claim in told.claims:
        tint = marks.TINTS.get(claim["kind"], "")
        if claim["source"] in _sources(place) and tint and claim.get("box"):
            found.append({"tint": tint, "id": "", "number": "", "places": [_drawn(claim["box"])]})
    return found


def _reasoned(told: Said, place: int, reasons: Sequence[tuple[int, Sequence[Any], Sequence[str]]]) -> list[dict[str, Any]]:
    found = []
    for number, spans, sources in reasons:
        boxes = [box_of(told, source, span) for span, source in zip(spans, sources, strict=False) if source in _sources(place)]
        if drawn := [_drawn(box) for box in boxes if box is not None]:
            found.append({"tint": "cv", "id": anchor(number, place), "number": str(number), "places": drawn})
    return found


def anchor(number: int, place: int) -> str:
    """The id of all places of one reason on one picture, on the page."""
    return f"tempat-{number}-{place}"


def leads(shown: Sequence[Mapping[str, Any]], number: int) -> list[dict[str, Any]]:
    """Links from reason `number` to its places, one a picture of `gallery`."""
    return [
        {"id": box["id"], "picture": picture["number"]}
        for picture in shown
        for box in picture["boxes"]
        if box["number"] == str(number) and picture["link"]
    ]


def _drawn(box: Sequence[int]) -> dict[str, str]:
    """As text: a template would write 1000 as 1.000."""
    left, top, width, height = map(str, box)
    return {"left": left, "top": top, "width": width, "height": height}


def _pieces(
    source: str, texts: Sequence[str], place: int, told: Said, reasons: Sequence[tuple[int, Sequence[Any], Sequence[str]]], *, shown: bool
) -> list[marks.Piece]:
    """The writing on a picture or beside it, tinted, numbered and cut like the text of the post."""
    text = texts[place][:TEXT_SHOWN] if place < len(texts) else ""
    if not text:
        return []
    own: list[Mapping[str, Any]] = [{**claim, "source": "text"} for claim in told.claims if claim["source"] == source]
    used = [(number, [span for span, at in zip(spans, sources, strict=False) if at == source]) for number, spans, sources in reasons]
    return marks.pieces(text, [dict(claim) for claim in own], used, shown=shown)


# --- the bytes ------------------------------------------------------------------------------------


def masked(request: HttpRequest, media_id: int) -> HttpResponse:
    """A picture as everybody who may see posts may see it. Raises Http404."""
    media = _visible(request, media_id)
    return _sent(request, media, media.masked)


_ON_PAGE = "current_check__reading__version"


def clear(request: HttpRequest, media_id: int) -> HttpResponse:
    """A picture with its contacts, for whoever asked on the page of its flag to see them: that was logged (shown_contacts). Of the version
    on that page alone.

    Raises Http404; PermissionDenied for anybody else who may see posts.
    """
    media = _visible(request, media_id)
    person = base.who(request)
    flag = models.Flag.objects.select_related("lease_person").filter(post=media.version.post_id, **{_ON_PAGE: media.version_id}).first()
    if flag is None or not shown.shows(request, flag, person, timezone.now()):
        raise PermissionDenied("contacts are shown to whoever asked for them")
    consulting.note(request, purpose=shown.purpose(request, flag, timezone.now()))
    return _sent(request, media, media.thumbnail)


def _visible(request: HttpRequest, media_id: int) -> models.Media:
    if not access.may(base.who(request), Action.POST_VIEW):
        raise Http404
    media = (
        models.Media.objects.select_related("version", "masked", "thumbnail")
        .filter(pk=media_id, state=MediaState.KEPT, version__erasures=None)
        .first()
    )
    if media is None:
        raise Http404
    return media


_RENDERED = {Veil.BLUR: blurring.blurred, Veil.GREY: blurring.grey}


def _sent(request: HttpRequest, media: models.Media, capture: models.Capture | None) -> HttpResponse:
    """Of a severe post as far as its viewer asked to see; what is sent in colour counts as seen."""
    if capture is None:
        raise Http404
    try:
        kept = custody_log.opened(capture, by=base.who(request), now=timezone.now())
        veil = veils.of(request, media.version.post_id)
        drawn_as = _RENDERED[veil](kept) if veil in _RENDERED else kept
    except (raw.EvidenceMissingError, blurring.UnreadableError):
        raise Http404 from None
    if veil == Veil.COLOUR:
        care.saw_picture(by=base.who(request), now=timezone.now())
    consulting.note(request, target=("post", media.version.post_id))
    return base.download(drawn_as, name="gambar.jpg", shown_as="image/jpeg")
