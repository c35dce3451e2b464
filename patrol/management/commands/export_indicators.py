"""manage.py export_indicators NUMBER: the file of an approved export for a peer, of a case or a campaign, as STIX 2.1 or a MISP event.

It is asked for and approved on the pages; this takes it, for whom it runs (`--by`) and by what that person may do. Each run stands in the
audit log, with the account of the server that ran it. The file is new and only its owner can read it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from patrol import access, models
from patrol.access import Action
from patrol.cases.peers import choosing, requests
from patrol.domain.peers import Format
from patrol.infra import wall
from patrol.infra.refusals import RefusedError
from patrol.management import on_server


class Command(BaseCommand):
    help = "Writes the indicators of a case or a campaign whose export for a peer was approved, as STIX 2.1 or a MISP event."
    stealth_options = ("now",)  # for whoever calls it at another moment

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", metavar="NUMBER", help="of the case or campaign, such as PKR-26-0187 or JRG-26-0012")
        parser.add_argument("--as", dest="written_as", required=True, choices=[str(one) for one in Format])
        parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="a file that is not there yet")
        parser.add_argument("--request", default="", metavar="NUMBER", help="which one, where several are approved, such as MTR-26-0003")
        parser.add_argument("--by", required=True, metavar="USER", help="the user name of whoever takes it")

    def handle(self, *args: Any, **options: Any) -> None:
        now: datetime = options.get("now") or timezone.now()
        by = on_server.person(options["by"])
        with wall.behind(access.behind_wall(by)):  # what that person reaches, and no more
            self._export(options["number"], options["request"], options["written_as"], options["to"], by, now)

    def _export(self, number: str, request: str, written_as: str, file: Path, by: models.Person, now: datetime) -> None:
        subject = _subject(number, by)
        try:
            choosing.require_whole(subject)
            approved = _approved(subject, request, by, now)
            # The row of the log stands only where the file does, and the file only where the row does.
            with transaction.atomic():
                taken = requests.take(export_id=approved.pk, written_as=written_as, by=by, now=now, ran_by=on_server.account())
                on_server.write(file, taken.content)
        except RefusedError as error:
            raise CommandError(error.said("en")) from error
        except OSError as error:
            raise CommandError(f"{file} was not written: {error.strerror}.") from error
        to = f"{approved.number} for {approved.peer}, TLP:{approved.sharing.upper()}"
        self.stdout.write(f"{file}: {taken.marks} indicators of {number}, {to}. Delete it once it was handed over.")


def _approved(subject: models.Case | models.Campaign, request: str, by: models.Person, now: datetime) -> models.PeerExport:
    """The one that was asked for by number, or the only one there is: a file of one body is no file for another."""
    found = [one for one in requests.approved_for(subject, by, now) if request in {"", one.number}]
    if not found:
        which = f"{request} is no export of {subject.number}" if request else f"No export of {subject.number} is approved"
        raise CommandError(f"{which} that {by.username} may take. It is asked for on its page.")
    if len(found) > 1:
        several = "; ".join(f"{one.number} for {one.peer}" for one in found)
        raise CommandError(f"Several exports of {subject.number} are approved: say which with --request ({several}).")
    return found[0]


def _subject(number: str, by: models.Person) -> models.Case | models.Campaign:
    """That person's: another office's is not there."""
    of_case = access.scope(by, Action.CASE_VIEW, models.Case.objects.select_related("merged_into")).filter(number=number).first()
    if of_case is not None:
        return of_case
    rings = access.scope(by, Action.CAMPAIGN_VIEW, models.Campaign.objects.select_related("merged_into"))
    found = rings.filter(number=number).first()
    if found is None:
        raise CommandError(f"There is no case or campaign {number} for {by.username}.")
    return found
