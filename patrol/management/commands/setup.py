"""The first offices and the first administrator; with --example one account per role and their passwords in VAR_DIR."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from patrol import models, packs, people
from patrol.models import OfficeKind, Role

# Where an example account works: the officer and the supervisor in the office that most example posts belong to.
EXAMPLE_ACCOUNTS = (
    (Role.OFFICER, "petugas", "Petugas Contoh", "bp3mi-jabar"),
    (Role.ANALYST, "analis", "Analis Contoh", "directorate"),
    (Role.SUPERVISOR, "penyelia", "Penyelia Contoh", "bp3mi-jabar"),
    (Role.REGISTRAR, "register", "Pengelola Register Contoh", "directorate"),
    (Role.ADMINISTRATOR, "admin", "Administrator Contoh", "directorate"),
)


class Command(BaseCommand):
    help = "Makes the offices, the first keyword packs and the first administrator. May be repeated: what exists stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="admin", help="user name of the first administrator")
        parser.add_argument("--name", default="Administrator", help="name of the first administrator")
        parser.add_argument("--example", action="store_true", help="accounts of an example run, one per role")

    def handle(self, *args: Any, **options: Any) -> None:
        made = people.load_offices()
        self.stdout.write(f"Offices: {made} made, {models.Office.objects.count()} in all.")
        made = packs.seed(now=timezone.now())
        self.stdout.write(f"Keyword packs: {made} made, {models.KeywordPack.objects.count()} in all.")
        if options["example"]:
            self._example()
        else:
            self._first_administrator(options["username"], options["name"])

    def _first_administrator(self, username: str, name: str) -> None:
        directorate = models.Office.objects.get(kind=OfficeKind.DIRECTORATE)
        if models.Person.objects.filter(role=Role.ADMINISTRATOR).exists():
            self.stdout.write("An administrator exists; nothing else to do.")
            return
        now = timezone.now()
        try:
            person = people.add(
                username=username, name=name, role=Role.ADMINISTRATOR, office_id=directorate.pk, by=None, now=now
            )
        except people.RefusedError as error:
            raise CommandError(f"{error.field}: {error.sentence.en}") from error
        path = people.reset_link(person_id=person.pk, by=None, now=now)
        self.stdout.write(f"Administrator {username} made. Set the password here, within 24 hours, once:\n  {path}")

    def _example(self) -> None:
        """One account per role, passwords at random; a later run keeps people and file."""
        if not settings.EXAMPLE:
            raise CommandError("Example accounts are for an example run only: EXAMPLE=1 is not set.")
        file = settings.VAR_DIR / "example-accounts.txt"
        known = set(models.Person.objects.values_list("username", flat=True))
        lines = file.read_text().splitlines() if file.exists() else []
        kept = [line for line in lines if line.split("\t")[1] in known]
        missing = [account for account in EXAMPLE_ACCOUNTS if account[1] not in known]
        passwords = {username: secrets.token_urlsafe(12) for _role, username, _name, _code in missing}
        made = [f"{role}\t{username}\t{passwords[username]}" for role, username, _name, _code in missing]
        # The file first: a password that is lost locks everybody out, one without a person is replaced by the next run.
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(0o600)
        file.chmod(0o600)
        file.write_text("".join(f"{line}\n" for line in (*kept, *made)))
        for role, username, name, code in missing:
            office = models.Office.objects.get(code=code)
            people.add(
                username=username,
                name=name,
                role=role,
                office_id=office.pk,
                by=None,
                now=timezone.now(),
                password=passwords[username],
            )
        self.stdout.write(f"Example accounts: {file}")
