"""After a new key went in front of CREDENTIAL_KEYS: seals every credential with it, so that the old key may go."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from patrol import models
from patrol.watches import credentials


class Command(BaseCommand):
    help = "Seals the credentials of platforms with the first of CREDENTIAL_KEYS. May be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        if not credentials.can_seal():
            raise CommandError("CREDENTIAL_KEYS is not set: there is nothing to seal with.")
        done = credentials.reseal(now=timezone.now())
        kept = models.Credential.objects.filter(retired_at=None)
        closed = [one.name for one in kept if not credentials.fingerprint(one.sealed)]
        self.stdout.write(f"Credentials: {done} sealed with the first key.")
        if closed:
            raise CommandError(f"No key opens {len(closed)} of them; enter their values anew: {', '.join(closed)}.")
