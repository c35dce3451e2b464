"""Summaries by mail: who wants what, and what the mails say. They leave through the job table, once a person (patrol.outgoing.mailing)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from patrol import access, models
from patrol.access import Action
from patrol.access.consulting import Shown, Way
from patrol.admin.shared import base
from patrol.models import Office, Person
from patrol.outgoing import mailing
from patrol.outgoing.mailing import Attached, Letter
from reports import documents, files, sheets, summary
from reports.models import Mailed, Subscription, WeeklySummary
from reports.period import IsoWeek

NATIONAL = "nasional"


def places(person: Person) -> list[Office | None]:
    """Of what this person may have the editions: all offices (None) and each they may see."""
    seen: list[Office | None] = list(
        access.scope(person, Action.SUMMARY_VIEW, Office.objects.filter(active=True)).order_by("-kind", "name")
    )
    return [None, *seen] if summary.may(person, Action.SUMMARY_VIEW, None) else seen


def drafts(person: Person) -> bool:
    """Whether Monday's draft is for this person."""
    return summary.may(person, Action.SUMMARY_FREEZE, _own(person))


def _own(person: Person) -> int | None:
    return None if person.at_directorate else person.office_id


def subscribe(*, draft: bool, editions: Iterable[str], by: Person) -> None:
    """What this person has by mail from now on: the draft of their own, and editions by the codes of offices (NATIONAL for all). What is
    not theirs to see is passed over. Own taste, no audit row."""
    codes = set(editions)
    wanted = [place for place in places(by) if (place.code if place else NATIONAL) in codes]
    rows = [Subscription(person=by, what=Mailed.EDITION, office=place) for place in wanted]
    if draft and drafts(by):
        rows.append(Subscription(person=by, what=Mailed.DRAFT, office_id=_own(by)))
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # two saves at once would each add theirs
        Subscription.objects.filter(person=by).delete()
        Subscription.objects.bulk_create(rows)


def held(person: Person) -> QuerySet[Subscription]:
    return Subscription.objects.filter(person=person).select_related("office")


# --- the mails ------------------------------------------------------------------------------------


def send(edition: WeeklySummary, *, now: datetime) -> None:
    """An edition that two people have signed, to whoever wants it: in the transaction of the second signature."""
    for row in Subscription.objects.filter(what=Mailed.EDITION, office=edition.office_id):
        mailing.ask("summary_edition", f"{edition.pk}/{row.person_id}", person_id=row.person_id, target={"edition": edition.pk}, now=now)


def _wants(person: Person, what: Mailed, office_id: int | None, action: Action) -> bool:
    wanted = Subscription.objects.filter(person=person, what=what, office=office_id).exists()
    return wanted and summary.may(person, action, office_id)


def draft(dispatch: models.Dispatch, *, now: datetime) -> Letter | None:
    """That the draft of a week waits; None once the week is frozen. Its figures are not in it: they still change."""
    week, office_id = IsoWeek.from_text(dispatch.target["week"]), dispatch.target["office"]
    if not _wants(dispatch.person, Mailed.DRAFT, office_id, Action.SUMMARY_FREEZE):
        return None
    if any(not one.preliminary for one in summary.editions(office_id, week)):
        return None
    office = Office.objects.filter(pk=office_id).first()
    link = mailing.link(base.here("reports_weeklysummary_week", office.code if office else NATIONAL, week))
    told = {"place": office.name if office else _("National, all offices"), "week": sheets.said(week.label), "link": link}
    text = "{}\n\n%(place)s\n%(week)s\n%(link)s\n\n{}\n".format(
        _("The draft of the weekly summary is there, NOT FROZEN YET: its figures still change with every decision."),
        _("Read it, write the note, freeze it, and sign it."),
    )
    return Letter(_("Draft of the weekly summary, not frozen"), text % told)


def edition(dispatch: models.Dispatch, *, now: datetime) -> Letter | None:
    """A signed edition, with its PDF where this machine makes one."""
    one = WeeklySummary.objects.select_related("office").get(pk=dispatch.target["edition"])
    if not _wants(dispatch.person, Mailed.EDITION, one.office_id, Action.SUMMARY_VIEW):
        return None
    sheet = sheets.sheet(one.read(), one)
    signed = "\n".join(f"- {name}, {moment}" for name, moment in sheet["signed"].values())
    told = {"number": one.number, "place": sheet["place"], "period": sheet["week"], "signed": signed, "sha256": one.sha256}
    told["link"] = mailing.link(base.here("reports_weeklysummary_edition", one.pk))
    text = (
        "%(number)s\n%(place)s\n%(period)s\n\n{}\n%(signed)s\n\n{}\n%(link)s\n".format(_("Signed by:"), _("Fingerprint: %(sha256)s")) % told
    )
    attached: tuple[Attached, ...] = ()
    shows: Shown | None = None
    quality = summary.may(dispatch.person, Action.QUALITY_VIEW, one.office_id)
    try:
        attached = (Attached(files.name(one, "pdf"), "application/pdf", files.content(one.read(), one, "pdf", quality=quality)),)
        # It names the contacts that were given most: a row of the reading log, as where it is downloaded.
        shows = Shown(Way.PDF, "weeklysummary", str(one.pk), of_office=one.office_id or 0)
    except documents.NoPdfError:
        text += "\n" + _("No PDF is attached: this installation makes none.") + "\n"
    return Letter(_("Summary signed by two"), text, attached, shows=shows)
