"""Warning cards: an office tells the public of an offer that people have confirmed, and a second person lets it out.

A card says what the offer was like and what to do, never whom it is about: its words are read before they are kept, and a number, an
account, an address or a name of a company in them stops it. No card goes out while somebody who is named answers (`heard`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import formats, translation
from django.utils.translation import gettext_lazy as _

from patrol import access, domain, models
from patrol.access import Action, audit, pairs
from patrol.cases import homes
from patrol.domain import ClaimKind, Verdict, public_words, states
from patrol.domain.keepable import keepable
from patrol.domain.states import HANGING, CardState, FlagState, ObjectionState
from patrol.engine import masks, reading
from patrol.engine.reading import titles
from patrol.infra import jobs, series, wall
from patrol.infra.refusals import RefusedError
from patrol.models import CardFile, ObjectionWay, Outcome

LANGUAGES: Final = ("id", "en")
KINDS: Final[Mapping[str, str]] = {"png": "image/png", "pdf": "application/pdf"}
JOB: Final = "card"  # kind of the job that draws one
HEARING: Final = "agency_clarification"  # the channel by which an agency is asked what it knows
MOST_REASON: Final = 300
# What tells who is behind an offer. None of it stands on a card.
_TELLS: Final = frozenset(
    {
        ClaimKind.PHONE,
        ClaimKind.ACCOUNT,
        ClaimKind.LINK,
        ClaimKind.BANK_ACCOUNT,
        ClaimKind.EMAIL,
        ClaimKind.LICENCE_NUMBER,
        ClaimKind.SIP3MI_NUMBER,
        ClaimKind.COMPANY,
    }
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A warning sign in public words; it is offered first where one of its rules or verdicts speaks of the post."""

    words: Any
    rules: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()


SIGNS: Final[Mapping[str, Sign]] = {
    "visa": Sign(_("A tourist visa is no work visa."), frozenset({"visit_visa"})),
    "fee": Sign(_("It asks for money first."), frozenset({"upfront_fee", "advance_lure", "paid_papers"})),
    "papers": Sign(_("It asks for ID card or passport by message."), frozenset({"papers_harvest"})),
    "register": Sign(
        _("The register as of %(day)s records no SIP for it."),
        verdicts=frozenset({Verdict.NO_LICENCE_FOR_OFFER, Verdict.AGENCY_NOT_FOUND, Verdict.LICENCE_NOT_FOUND}),
    ),
    "unnamed": Sign(_("No company name, no SIP number."), verdicts=frozenset({Verdict.NO_LICENCE_SHOWN})),
    "pay": Sign(_("High pay, and no skill is asked for."), frozenset({"light_terms_high_pay", "scam_compound_job", "bait"})),
    "past_office": Sign(_("It leads past the manpower office."), frozenset({"bypass_office", "irregular_route"})),
    "family_money": Sign(_("It pays the family first."), frozenset({"money_lure_family", "money_lure_crew"})),
    "account": Sign(_("It comes from a private account.")),
    "hurry": Sign(_("It presses you to leave quickly.")),
}


# --- which there are, and whether one may be made -----------------------------------------------------


def listed(person: models.Person) -> QuerySet[models.Card]:
    return access.scope(person, Action.CARD_VIEW, models.Card.objects.all())


def waits_for(person: models.Person) -> QuerySet[models.Card]:
    """Those this person may release: not what they made."""
    return access.scope(person, Action.CARD_APPROVE, models.Card.objects.filter(state=CardState.PROPOSED).exclude(by=person.pk))


@wall.everything("whoever is being heard by any office is on no card")
def heard(case: models.Case, flag_ids: Sequence[int], *, strangers: bool = True) -> str:
    """The number of what somebody named in the case is still answering: an objection to a decision on one of the flags, or a request for
    clarification, of this case or to the same agency in another one. "" where nobody is. Three queries at most.

    `strangers` False leaves out what the public page brought and no office looked at: anybody who sees a card can send that.
    """
    waiting = models.Objection.objects.filter(decision__flag__in=flag_ids, state=ObjectionState.ENTERED)
    objection = (waiting if strangers else waiting.exclude(how=ObjectionWay.FORM)).order_by("id").first()
    if objection is not None:
        return objection.number
    agencies = {
        name
        for name in models.Flag.objects.filter(pk__in=flag_ids).values_list("current_check__agency", flat=True)
        if name  # as the register writes it, which the request names too
    }
    asked = models.Referral.objects.filter(channel=HEARING, state__in=HANGING)
    found = asked.filter(Q(case=case) | Q(case__merged_into=case) | Q(target__in=agencies)).order_by("id").first()
    return found.number if found else ""


def stands(card: models.Card, *, now: datetime) -> bool:
    """Whether what it was released on still holds: the decision itself, its case, and that the post is nobody's who was harmed. A case that
    went into another one goes on there. It comes with `decision__flag` and `case`. Two queries."""
    try:
        decision = _standing(card.decision.flag, now)
    except RefusedError:
        return False
    ended = homes.of(card.case).outcome in models.WITHOUT_SUSPICION
    return decision.pk == card.decision_id and not ended and not models.Protected.objects.filter(flag=decision.flag_id).exists()


def answered(card: models.Card) -> bool:
    """Whether somebody named in its case is being heard, as far as an office looked at it. It comes with `case`. Four queries at most."""
    home = homes.of(card.case)
    return bool(heard(home, list(home.entries.values_list("flag", flat=True)), strangers=False))


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the form begins with, of one confirmed flag of the case."""

    flag: models.Flag
    position: str
    country: str
    quote: str
    signs: tuple[str, ...]


def suggested(case: models.Case) -> list[Suggested]:
    """Of each confirmed flag of the case that a card may rest on. Three queries."""
    flags = list(
        models.Flag.objects.filter(case_entry__case=case, state=FlagState.CONFIRMED, protected=None)
        .select_related("current_check__reading__content")
        .prefetch_related("current_check__findings")
        .order_by("case_entry__added_at", "id")
    )
    texts = dict(
        models.PostText.objects.filter(version__in=[one.current_check.reading.version_id for one in flags]).values_list("version", "text")
    )
    return [_suggested(flag, texts.get(flag.current_check.reading.version_id, "")) for flag in flags]


def _suggested(flag: models.Flag, text: str) -> Suggested:
    check = flag.current_check
    claims = getattr(getattr(check.reading, "content", None), "claims", [])

    def first(kind: ClaimKind) -> str:
        return next((str(one["value"]) for one in claims if one["kind"] == kind and one.get("role") not in {"denied", "transit"}), "")

    position = first(ClaimKind.POSITION)
    country = first(ClaimKind.COUNTRY)
    rules = {finding.rule for finding in check.findings.all()}
    signs = [key for key, sign in SIGNS.items() if sign.rules & rules or check.verdict in sign.verdicts]
    if not signs or (len(signs) < 2 and "account" not in signs):
        signs.append("account")
    return Suggested(
        flag=flag,
        position=titles.position(position).id if position else "",
        country=country if country in titles.COUNTRIES else "",
        quote=_quotable(text),
        signs=tuple(signs[: models.Card.MOST_SIGNS]),
    )


def _quotable(text: str) -> str:
    """Of the post the first sentences that may stand on a card."""
    said = ""
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        one = " ".join(sentence.replace("!", ".").split()).strip(" .")
        if one and not _unfit(one) and len(said) + len(one) + 2 <= models.Card.LONGEST_QUOTE:
            said = f"{said} {one}.".strip()
    return said


def _unfit(words: str) -> str:
    """What stands in these words that no card may hold; "" where nothing does."""
    found = public_words.forbidden(words)
    if found:
        return found[0]
    read = reading.read(domain.Content(text=words))
    telling = next((claim.value for claim in read.claims if claim.kind in _TELLS), "")
    if telling:
        return telling
    masked = masks.text(words)
    return "" if masked == words else masked


# --- made -------------------------------------------------------------------------------------------


def make(
    *, case_id: int, flag_id: int, position: str, country: str, quote: str, signs: Sequence[str], by: models.Person, now: datetime
) -> models.Card:
    """A card of one confirmed flag of the case. It is drawn by a job and waits for a second person, who is told.

    `position`: as the offer calls the work; `country`: a code of titles.COUNTRIES or ""; `signs`: keys of SIGNS in order.
    Raises RefusedError, PermissionDenied, Case.DoesNotExist.
    """
    case = models.Case.objects.select_related("office").get(pk=case_id)
    access.require(by, Action.CARD_MAKE, office_id=case.office_id)
    if not settings.PUBLIC_URL:
        raise RefusedError("card.no_address", _("Nothing was made: the address of the public desk is not set (PUBLIC_URL)."))
    position, quote = keepable(" ".join(position.split())), keepable(" ".join(quote.split()).strip(' “”"'))
    signs = list(dict.fromkeys(signs))
    _require_words(position, country, quote, signs)
    with transaction.atomic():
        case = models.Case.objects.select_for_update(of=("self",), no_key=True).select_related("office").get(pk=case_id)
        flag = models.Flag.objects.select_for_update(of=("self",), no_key=True).filter(case_entry__case=case, pk=flag_id).first()
        decision = _standing(flag, now)
        _require_free(case, flag)
        assert flag is not None  # or there is no decision
        names = _names(flag)
        told = next((name for name in names if name.casefold() in f"{position} {quote}".casefold()), "")
        if told:
            raise RefusedError("card.name", _NAME, "quote", told=masks.name(told))
        made = models.Card.objects.create(
            number=_number(case.office, now),
            case=case,
            decision=decision,
            office=case.office,
            level=decision.level_then,
            position=position,
            country=country,
            quote=quote,
            signs=signs,
            register_date=_register_date(decision, signs),
            by=by,
            at=now,
        )
        draw(made, by=by, now=now)
        people = models.Person.objects.filter(is_active=True).exclude(pk=by.pk).select_related("office").order_by("id")
        near = [one for one in people.filter(office=case.office_id) if access.may(one, Action.CARD_APPROVE, office_id=case.office_id)]
        far = people.filter(office__kind=models.OfficeKind.DIRECTORATE)
        models.Notice.objects.bulk_create(
            models.Notice(kind="card_waits", person=one, case=case, by=by, at=now, note=made.number)
            for one in near or [one for one in far if access.may(one, Action.CARD_APPROVE, office_id=case.office_id)]
        )
        audit.write("card.made", by=by, now=now, target=made, after={"number": made.number, "case": case.number, "flag": flag.number})
    return made


_NAME: Final = _("Nothing was made: “%(told)s” tells who is behind the offer. A card shows no name, account or number; leave it out.")


def _require_words(position: str, country: str, quote: str, signs: Sequence[str]) -> None:
    if not quote:
        raise RefusedError("card.quote", _("Nothing was made: write what the offer says, in a sentence or two."), "quote")
    for place, text, most in (("quote", quote, models.Card.LONGEST_QUOTE), ("position", position, models.Card.LONGEST_POSITION)):
        if len(text) > most:
            raise RefusedError("card.long", _("Nothing was made: %(most)s letters at most."), place, most=most)
        word = next(iter(public_words.forbidden(text)), "")
        if word:
            words = _("Nothing was made: a card holds no “%(word)s”, not even where the offer says it. Leave that sentence out.")
            raise RefusedError("card.forbidden", words, place, word=word)
        told = _unfit(text)
        if told:
            raise RefusedError("card.tells", _NAME, place, told=masks.text(told))
    if country and country not in titles.COUNTRIES:
        raise RefusedError("card.country", _("Nothing was made: choose a country of the list, or none."), "country")
    if not 1 <= len(signs) <= models.Card.MOST_SIGNS or any(one not in SIGNS for one in signs):
        words = _("Nothing was made: choose one to three warning signs.")
        raise RefusedError("card.signs", words, "signs")


def _standing(flag: models.Flag | None, now: datetime) -> models.Decision:
    """The decision that confirmed the flag and holds. Raises RefusedError."""
    last = flag.decisions.order_by("-id").first() if flag is not None else None
    if flag is None or last is None or last.outcome != Outcome.CONFIRMED or flag.state != FlagState.CONFIRMED or last.effective_at > now:
        words = _("Nothing was made: a card rests on a flag of this case that is confirmed.")
        raise RefusedError("card.unconfirmed", words, "flag")
    return last


def _require_free(case: models.Case, flag: models.Flag | None) -> None:
    """Raises RefusedError where the case has ended without its suspicion, a post of it is a victim's, or somebody is being heard."""
    if case.outcome in models.WITHOUT_SUSPICION:
        raise RefusedError("card.case", _("Nothing was made: this case has ended without a card to be made of it."))
    if flag is not None and models.Protected.objects.filter(flag=flag).exists():
        words = _("Nothing was made: this post is of somebody who was harmed. No card is made of it.")
        raise RefusedError("card.victim", words, "flag")
    number = heard(case, list(case.entries.values_list("flag", flat=True)))
    if number:
        words = _("Nothing was done: whoever is named is still answering (%(number)s). No card goes out until that is over.")
        raise RefusedError("card.heard", words, number=number)


def _names(flag: models.Flag) -> list[str]:
    """What the post and its readings call people, accounts and companies."""
    check = flag.current_check
    text = models.PostText.objects.filter(version=check.reading.version_id).values_list("author", "author_name", "forward_name").first()
    read = models.ReadingClaims.objects.filter(reading=check.reading_id).values_list("claims", flat=True).first() or []
    found = [*(text or ()), check.agency, *(str(claim["value"]) for claim in read if claim["kind"] in _TELLS)]
    return [name for name in dict.fromkeys(found) if len(name) > 3]


def _register_date(decision: models.Decision, signs: Sequence[str]) -> date | None:
    if "register" not in signs:
        return None
    day = decision.check_then.register_date
    if day is None or decision.check_then.verdict not in SIGNS["register"].verdicts:
        words = _("Nothing was made: the check of this post does not say that the register records no SIP. Choose another sign.")
        raise RefusedError("card.register", words, "signs")
    return day


def _number(office: models.Office, now: datetime) -> str:
    number, year = series.next_card(office.code, now=now)
    unit = office.code.removeprefix("bp3mi-").upper()[:12] if office.kind != models.OfficeKind.DIRECTORATE else "PUSAT"
    return f"KP-{unit}-{year}-{number:03d}"


def draw(card: models.Card, *, by: models.Person, now: datetime) -> None:
    """Asks for its pictures, or asks anew, in the caller's transaction."""
    jobs.add(JOB, str(card.pk), {"card": card.pk}, now=now, by=by.pk)


def draw_again(*, card_id: int, by: models.Person, now: datetime) -> models.Card:
    """For one whose drawing failed. Raises PermissionDenied, RefusedError, Card.DoesNotExist."""
    card = models.Card.objects.get(pk=card_id)
    access.require(by, Action.CARD_MAKE, office_id=card.office_id)
    with transaction.atomic():
        if card.state != CardState.PROPOSED or models.CardFile.objects.filter(card=card).exists():
            raise RefusedError("card.drawn", _("Nothing was changed: the card is drawn."))
        draw(card, by=by, now=now)
        audit.write("card.drawn_again", by=by, now=now, target=card, after={"number": card.number})
    return card


# --- released, refused, withdrawn ---------------------------------------------------------------------


def release(*, card_id: int, seen_version: int, by: models.Person, now: datetime) -> models.Card:
    """A second person lets it out. Raises RefusedError, MoveRefusedError, PermissionDenied, Card.DoesNotExist."""
    card = models.Card.objects.get(pk=card_id)
    access.require(by, Action.CARD_APPROVE, office_id=card.office_id)
    pairs.require(card.by_id, by.pk, now=now)
    with transaction.atomic():
        case = models.Case.objects.select_for_update(of=("self",), no_key=True).get(pk=card.case_id)
        flag_id = models.Decision.objects.values_list("flag", flat=True).get(pk=card.decision_id)
        flag = models.Flag.objects.select_for_update(of=("self",), no_key=True).get(pk=flag_id)
        held = _held(card_id, CardState.RELEASED, seen_version)
        if _standing(flag, now).pk != held.decision_id:
            raise RefusedError("card.decision", _("Nothing was released: the decision this card rests on holds no longer."))
        _require_free(case, flag)
        if models.CardFile.objects.filter(card=held, kind="png").count() < len(LANGUAGES):
            raise RefusedError("card.undrawn", _("Nothing was released: its pictures are not drawn yet."))
        held = _moved(held, state=CardState.RELEASED, released_by=by, released_at=now)
        _end_notices(held)
        audit.write("card.released", by=by, now=now, target=held, after={"number": held.number})
    return held


def refuse(*, card_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Card:
    """A second person does not let it out, and says why. Raises RefusedError, MoveRefusedError, PermissionDenied, Card.DoesNotExist."""
    card = models.Card.objects.get(pk=card_id)
    access.require(by, Action.CARD_APPROVE, office_id=card.office_id)
    return _end(card, CardState.REFUSED, note, "card.refused", seen_version=seen_version, by=by, now=now)


def withdraw(*, card_id: int, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Card:
    """Takes a card back, before or after it went out; the page of one that did says so, and why. Raises RefusedError, MoveRefusedError,
    PermissionDenied, Card.DoesNotExist."""
    card = models.Card.objects.get(pk=card_id)
    if not access.may(by, Action.CARD_APPROVE, office_id=card.office_id):
        access.require(by, Action.CARD_MAKE, office_id=card.office_id)
    return _end(card, CardState.WITHDRAWN, note, "card.withdrawn", seen_version=seen_version, by=by, now=now)


def _end(card: models.Card, state: CardState, note: str, verb: str, *, seen_version: int, by: models.Person, now: datetime) -> models.Card:
    note = keepable(" ".join(note.split()))[:MOST_REASON]
    if not note:
        raise RefusedError("card.note", _("Nothing was changed: write a note first."), "note")
    told = _unfit(note)
    if told:
        words = _("Nothing was changed: “%(told)s” may not stand in it. Take it out.")
        if card.released_at is not None:  # one that never went out has no page for the public
            words = _("Nothing was changed: “%(told)s” may not stand in it, the public can read this note.")
        raise RefusedError("card.note_told", words, "note", told=masks.text(told))
    with transaction.atomic():
        held = _moved(_held(card.pk, state, seen_version), state=state, ended_by=by, ended_at=now, reason=note)
        _end_notices(held)
        audit.write(verb, by=by, now=now, target=held, after={"number": held.number, "reason": note})
    return held


def _held(card_id: int, after: CardState, seen_version: int) -> models.Card:
    """Locked. The version changes with the state alone: who saw another one saw another state."""
    held = models.Card.objects.select_for_update(of=("self",), no_key=True).get(pk=card_id)
    if held.version != seen_version:
        raise states.MoveRefusedError(held.state, after)
    states.require(states.CARD_MOVES, held.state, after)
    return held


def _moved(held: models.Card, **changes: Any) -> models.Card:
    models.Card.objects.filter(pk=held.pk).update(version=held.version + 1, **changes)
    held.refresh_from_db()
    return held


def _end_notices(card: models.Card) -> None:
    """Nobody is sent to a card that was answered."""
    models.Notice.objects.filter(kind="card_waits", case=card.case_id, note=card.number, read_at=None).delete()


# --- what it says -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a card in one language."""

    number: str
    office: str
    day: date
    strong: bool  # level high
    title: str
    quote: str
    signs: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether it is drawn in smaller letters: so many at most stand in the large ones."""
        return len(self.title) + len(self.quote) + sum(map(len, self.signs)) > 230


def said(card: models.Card, language: str) -> Said:
    """It comes with `office`."""
    with translation.override(language):
        where = getattr(titles.country(card.country), "en" if language == "en" else "id") if card.country else ""
        if card.position and where:
            title = _("Offered work as “%(work)s” in %(country)s?") % {"work": card.position, "country": where}
        elif card.position:
            title = _("Offered work as “%(work)s” abroad?") % {"work": card.position}
        elif where:
            title = _("Offered work in %(country)s?") % {"country": where}
        else:
            title = str(_("Offered work abroad?"))
        day = formats.date_format(card.register_date, "j F Y") if card.register_date else ""
        return Said(
            number=card.number,
            office=card.office.name,
            day=(card.released_at or card.at).astimezone(domain.LAW_ZONE).date(),
            strong=card.level == domain.Level.HIGH,
            title=str(title),
            quote=card.quote,
            signs=tuple(str(SIGNS[key].words % {"day": day} if key == "register" else SIGNS[key].words) for key in card.signs),
        )


def captions(card: models.Card, language: str, *, desk: str, link: str, hotline: str) -> dict[str, str]:
    """Channel -> the words that go out beside the picture. WhatsApp has its own mark for bold; Instagram opens no links."""
    told = said(card, language)
    with translation.override(language):
        stop, send = str(_("Stop first.")), str(_("Send no money, ID card, family card or passport."))
        check, call = f"{_('Check or report:')} {desk}", f"{_('Hotline:')} {hotline}"
        source = str(_("Card %(number)s. From a case that officers confirmed.") % {"number": told.number})
    signs = "\n".join(f"{place}. {sign}" for place, sign in enumerate(told.signs, 1))
    return {
        "facebook": f"{told.title} {stop}\n\n“{told.quote}”\n\n{signs}\n\n{send}\n{check}\n{call}\n\n{source}\n{link}",
        "instagram": f"{told.title} {stop}\n\n{signs}\n\n{send}\n{check}\n{call}\n\n{source}",
        "whatsapp": f"*{told.title} {stop}*\n\n{signs}\n\n*{send}*\n{check}\n{call}\n\n{source}\n{link}",
    }


def files(card: models.Card) -> dict[tuple[str, str], CardFile]:
    """Language and kind -> its file, with its capture. One query."""
    return {(one.language, one.kind): one for one in models.CardFile.objects.select_related("capture").filter(card=card)}
