"""The first offices and the first administrator; with --example accounts for every role and their passwords in VAR_DIR."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from patrol import models
from patrol.access import audit, people
from patrol.cases import channel_editions, deadlines, joint_leave, law, letters, task_lines
from patrol.guides import editions
from patrol.infra.refusals import RefusedError
from patrol.models import OfficeKind, Role
from patrol.watches import packs

# First what the account is for, as the file of accounts names it: six are named by their role, one each; the others stand beside them so
# that every act that takes two people can be tried. The officer and the supervisor work in the office that most example posts belong to.
EXAMPLE_ACCOUNTS = (
    ("officer", Role.OFFICER, "petugas", "Petugas Contoh", "bp3mi-jabar"),
    ("analyst", Role.ANALYST, "analis", "Analis Contoh", "directorate"),
    ("supervisor", Role.SUPERVISOR, "penyelia", "Penyelia Contoh", "bp3mi-jabar"),
    ("registrar", Role.REGISTRAR, "register", "Pengelola Register Contoh", "directorate"),
    ("administrator", Role.ADMINISTRATOR, "admin", "Administrator Contoh", "directorate"),
    ("data-protection-officer", Role.DATA_PROTECTION_OFFICER, "ppd", "Petugas Pelindungan Data Contoh", "directorate"),
    ("officer-2", Role.OFFICER, "petugas-2", "Petugas Kedua Contoh", "bp3mi-jabar"),
    ("officer-other-office", Role.OFFICER, "petugas-sulteng", "Petugas Sulteng Contoh", "bp3mi-sulteng"),
    ("supervisor-directorate", Role.SUPERVISOR, "penyelia-siber", "Penyelia Direktorat Contoh", "directorate"),
    ("supervisor-directorate-2", Role.SUPERVISOR, "penyelia-siber-2", "Penyelia Direktorat Kedua Contoh", "directorate"),
)


class Command(BaseCommand):
    help = (
        "Makes the offices, the first keyword packs, the articles of law, channels, the guides for the public, deadlines, the known joint"
        " leave, the templates of tasks and the first administrator."
        " May be repeated: what exists stays."
    )
    stealth_options = ("now",)  # for whoever calls it at another moment

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="admin", help="user name of the first administrator")
        parser.add_argument("--name", default="Administrator", help="name of the first administrator")
        parser.add_argument("--second-username", help="user name of the second one, who agrees to what the first appoints")
        parser.add_argument("--second-name", default="Administrator 2", help="name of the second administrator")
        parser.add_argument("--link", metavar="USERNAME", help="a new link for one of the two, whose password was forgotten")
        parser.add_argument("--factors", metavar="USERNAME", help="takes the second factors of one of the two away, who lost them")
        parser.add_argument("--example", action="store_true", help="accounts of an example run")

    def handle(self, *args: Any, **options: Any) -> None:
        now: datetime = options.get("now") or timezone.now()
        made = people.load_offices()
        self.stdout.write(f"Offices: {made} made, {models.Office.objects.count()} in all.")
        made = packs.seed(now=now)
        self.stdout.write(f"Keyword packs: {made} made, {models.KeywordPack.objects.count()} in all.")
        made = law.load(now=now)
        self.stdout.write(f"Articles of law: {made} made, {models.Article.objects.count()} in all.")
        made = channel_editions.load(now=now)
        self.stdout.write(f"Channels: {made} made, {models.ChannelEdition.objects.values('channel').distinct().count()} in all.")
        made = letters.load(now=now)
        self.stdout.write(f"Letters: {made} made, {models.LetterTemplate.objects.count()} in all.")
        made = editions.load(now=now)
        self.stdout.write(f"Guides: {made} made, {models.Guide.objects.count()} in all.")
        made = deadlines.load()
        self.stdout.write(f"Deadlines: {made} made, {models.CaseDeadline.objects.count()} in all.")
        made = joint_leave.load()
        self.stdout.write(f"Joint leave: {made} days made, {models.JointLeave.objects.count()} in all.")
        made = task_lines.load()
        self.stdout.write(f"Templates of tasks: {made} lines made, {models.TaskLine.objects.count()} in all.")
        if options["example"]:
            self._example(now)
        elif options["link"]:
            self._link(options["link"])
        elif options["factors"]:
            self._take_factors(options["factors"])
        else:
            self._administrators(options)

    def _administrators(self, options: dict[str, Any]) -> None:
        """The first account and the second: nobody is there yet to agree to them, so they approve from the start."""
        if not models.Person.objects.filter(Q(role=Role.ADMINISTRATOR) | Q(own_role=Role.ADMINISTRATOR)).exists():
            self._administrator(options["username"], options["name"])
        else:
            self.stdout.write("An administrator exists.")
        second = options["second_username"]
        exempt = models.Appointment.objects.filter(kind=models.AppointmentKind.MADE, exempt=True).count()
        if not second:
            if exempt < 2:
                self.stdout.write(
                    "Name a second administrator: setup --second-username USERNAME --second-name NAME. Whoever the first appoints"
                    " approves nothing until a second person has agreed."
                )
        elif exempt >= 2:
            self.stdout.write("Both accounts of setup exist; a third is made on the page People and agreed to there.")
        else:
            self._administrator(second, options["second_name"])

    def _link(self, username: str) -> None:
        path = people.reset_link(person_id=self._one_of_the_two(username).pk, by=None, now=timezone.now())
        self.stdout.write(f"Set the password of {username} here, within 24 hours, once:\n  {path}")

    def _take_factors(self, username: str) -> None:
        try:
            people.reset_factors(person_id=self._one_of_the_two(username).pk, by=None, now=timezone.now())
        except RefusedError as error:
            raise CommandError(error.said("en")) from error
        self.stdout.write(f"{username} has no second factor any more; they log in with the password and set up another one.")

    def _one_of_the_two(self, username: str) -> models.Person:
        person = models.Person.objects.filter(username=username).first()
        first = person and models.Appointment.objects.filter(
            person=person, kind=models.AppointmentKind.MADE, exempt=True, person__is_active=True
        )
        if person is None or not first:
            raise CommandError(f"{username} is none of the accounts that setup made.")
        return person

    def _administrator(self, username: str, name: str) -> None:
        directorate = models.Office.objects.get(kind=OfficeKind.DIRECTORATE)
        now = timezone.now()
        try:
            person = people.add(
                username=username, name=name, role=Role.ADMINISTRATOR, office_id=directorate.pk, by=None, now=now, exempt="setup"
            )
        except RefusedError as error:
            raise CommandError(f"{error.place}: {error.said('en')}") from error
        path = people.reset_link(person_id=person.pk, by=None, now=now)
        self.stdout.write(f"Administrator {username} made. Set the password here, within 24 hours, once:\n  {path}")

    def _example(self, now: datetime) -> None:
        """Accounts for every role, passwords at random; a later run keeps people and file and makes what is missing.

        The second supervisor of the directorate has no password where an earlier release lived the weeks: that is missing, too.
        """
        if not settings.EXAMPLE:
            raise CommandError("Example accounts are for an example run only: EXAMPLE=1 is not set.")
        file = settings.VAR_DIR / "example-accounts.txt"
        there = models.Person.objects.in_bulk([account[2] for account in EXAMPLE_ACCOUNTS], field_name="username")
        known = {username for username, person in there.items() if person.has_usable_password() or not person.is_active}
        lines = file.read_text().splitlines() if file.exists() else []
        kept = [line for line in lines if line.split("\t")[1] in known]
        missing = [account for account in EXAMPLE_ACCOUNTS if account[2] not in known]
        passwords = {username: secrets.token_urlsafe(12) for _key, _role, username, _name, _code in missing}
        made = [f"{key}\t{username}\t{passwords[username]}" for key, _role, username, _name, _code in missing]
        # The file first: a password that is lost locks everybody out, one without a person is replaced by the next run.
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(0o600)
        file.chmod(0o600)
        file.write_text("".join(f"{line}\n" for line in (*kept, *made)))
        for _key, role, username, name, code in missing:
            if username in there:
                self._first_password(there[username], passwords[username], now)
                continue
            office = models.Office.objects.get(code=code)
            people.add(
                username=username,
                name=name,
                role=role,
                office_id=office.pk,
                by=None,
                now=now,
                password=passwords[username],
                exempt="example",
            )
        self.stdout.write(f"Example accounts: {file}")

    def _first_password(self, person: models.Person, password: str, now: datetime) -> None:
        """Of an account that nobody could log in as: no login ends, and what it approves stays as it was."""
        with transaction.atomic():
            person.set_password(password)
            person.save(update_fields=["password"])
            audit.write("person.password_set", by=None, now=now, target=person, after={})
