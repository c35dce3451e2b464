"""How what people brought comes in: files imported, telephone calls noted, and whoever tells of harm handed to the way of protection."""

from __future__ import annotations

import tempfile
import uuid
from datetime import datetime, timedelta
from typing import Final

from example.history.brought import Brought, Call, File
from example.history.office import Staff
from patrol import models, triage
from patrol.infra import jobs
from patrol.intake import imports, noted

_KEYS: Final = uuid.UUID("3f1f5f0e-6f0a-4a8e-8f0c-5d1a4b7f2c66")


class Bringing:
    def __init__(self, staff: Staff, brought: Brought) -> None:
        self.staff, self.brought = staff, brought

    def on(self, day: int | None) -> datetime | None:
        """What comes on this day, None the last one. Returns when all of it was in, None where nothing came."""
        ended = [self._import(file) for file in self.brought.files if file.day == day]
        ended += [self._note(call) for call in self.brought.calls if call.day == day]
        return max(ended, default=None)

    def mark_harmed(self, day: int | None) -> None:
        """Whoever took such a call decides what was read in it at once."""
        for call in self.brought.calls:
            if call.day == day and call.kind.outcome == models.Outcome.VICTIM:
                self._protect(call)

    def _import(self, file: File) -> datetime:
        by = self.staff.persons[file.by]
        with tempfile.TemporaryFile() as content:
            content.write(file.content)
            content.flush()
            key = uuid.uuid5(_KEYS, file.name)
            imports.take(content=content, name=file.name, format_name=file.format, options=file.options, key=key, by=by, now=file.at)
        ended = file.at + timedelta(minutes=1)
        while jobs.run({"import": imports.run_job}, now=ended) is not None:
            pass
        return ended

    def _note(self, call: Call) -> datetime:
        said = noted.Noted(call.words, call.note, call.place, noted.Way.TELEPHONE)
        noted.take(noted=said, key=uuid.uuid5(_KEYS, call.words), by=self.staff.persons[call.by], now=call.at)
        return call.at

    def _protect(self, call: Call) -> None:
        by, at = self.staff.persons[call.by], call.at + timedelta(minutes=6)
        flag = triage.take(models.Flag.objects.get(post__external_id=noted.raw_post(call.words).external_id).pk, by=by, now=at)
        triage.decide(
            flag_id=flag.pk,
            outcome=call.kind.outcome,
            reason=call.kind.reason,
            note=call.note,
            decision_key=uuid.uuid5(_KEYS, f"harmed {call.words}"),
            seen_version=flag.version,
            by=by,
            now=at + timedelta(minutes=2),
        )
