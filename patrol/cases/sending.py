"""An approved referral by mail: asked for by a person, carried out by a job, once.

No rule and no task decides that something is sent. A person asks (`ask`) on a round a second person approved; the job (`carry_out`) looks
whether the bytes are still those of the approval, writes that it tries before the first byte leaves, and writes what the server said. Where
nobody can know whether it arrived, because the connection ended in the middle or the worker died, a person says it (`settle`). Nothing
here sends a second time unless a person asks again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from patrol import access, models
from patrol.access import Action, audit
from patrol.cases import channels, documents, handing_over, homes, packets, referrals
from patrol.cases.channels import CHANNELS
from patrol.cases.documents import Document
from patrol.domain import states
from patrol.domain.keepable import keepable
from patrol.domain.states import ReferralState, SendingState
from patrol.evidence import raw
from patrol.infra import jobs
from patrol.infra.refusals import RefusedError
from patrol.models import ReferralEventKind, SentHow
from patrol.outgoing import mailing
from patrol.outgoing.mailing import DIED, NO_SERVER, configured, line
from patrol.sources.transport.smtp import Answer, Came

MOST_BYTES: Final = 15_000_000  # of what is attached; a mail is a third larger, and many servers stop at 25 MB
DIFFERS: Final = "differs"  # stands where a server's words would, beside those of `mailing`


def address(referral: models.Referral) -> str:
    """Where the approved round goes: by the edition it was submitted with. "" where it is not mailed."""
    return channels.address(referral.edition, referral.target)


def _files(referral: models.Referral, lines: Sequence[packets.Line], of: Sequence[Mapping[str, Any]]) -> list[Document]:
    """These, whole. Raises RefusedError, evidence.raw.EvidenceMissingError."""
    if not referral.has_letter:
        return [documents.packet(referral, lines)]
    kept = {one.name: one for one in documents.approved(referral)}
    return [kept[one["name"]] for one in of if one["name"] in kept]


def differs(referral: models.Referral, files: Sequence[Mapping[str, Any]]) -> bool:
    """Whether these are not what the second person approved. Documents of a letter are kept as they were; a packet without one was noted
    by its hash with the approval."""
    if not files:
        return True
    if referral.has_letter:
        return False
    approval = referral.events.filter(kind=ReferralEventKind.APPROVED).order_by("-id").first()
    return approval is not None and approval.detail not in {"", files[0]["sha256"]}


def unknown_for(person: models.Person) -> QuerySet[models.Referral]:
    """Those of which this person may say whether their mail arrived."""
    found = models.Referral.objects.filter(sendings__state=SendingState.UNKNOWN)
    if not person.at_directorate:
        found = found.filter(from_directorate=False)
    return access.scope(person, Action.REFERRAL_SEND, found)


# --- a person asks --------------------------------------------------------------------------------


def ask(*, referral_id: int, seen_files: Collection[str], seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """Has an approved round sent by mail. `seen_files`: the hashes that stood on the page. Nothing has left yet when this returns.

    Raises RefusedError, StaleError, MoveRefusedError, PermissionDenied.
    """
    with transaction.atomic():
        held = referrals.locked(referral_id, Action.REFERRAL_SEND, by, seen_version)
        if held.state not in referrals.SENDABLE or held.approved_by is None or held.approved_at is None:
            raise states.MoveRefusedError(held.state, ReferralState.SENT)
        to = address(held)
        if not configured():
            raise RefusedError("sending.no_server", _("Nothing was changed: no mail server is set. Send it by hand and mark it as sent."))
        if not to:
            text = _("Nothing was changed: its channel has no mail address for it. Send it by hand and mark it as sent.")
            raise RefusedError("sending.no_address", text)
        documents.require_protecting(held, by)
        referrals.require_same(held)
        files = documents.listed(held, packets.lines(held))
        if differs(held, files):
            raise RefusedError(
                "sending.differs",
                _("Nothing was changed: the packet is no longer what was approved. It has to be changed and submitted anew."),
            )
        if {file["sha256"] for file in files} != set(seen_files):
            raise RefusedError("sending.other_files", _("Nothing was changed: the files are not those you saw. Look at them first."))
        if sum(file["length"] for file in files) > MOST_BYTES:
            text = _("Nothing was changed: the files are larger than %(most)s MB. Send them by hand and mark it as sent.")
            raise RefusedError("sending.large", text, most=MOST_BYTES // 1_000_000)
        made = models.Sending.objects.create(
            referral=held, address=to, files=files, approved_by=held.approved_by, approved_at=held.approved_at, asked_by=by, asked_at=now
        )
        jobs.add("mail", str(made.pk), {"sending": made.pk}, now=now, by=by.pk)
        hashes = {"sha256": [file["sha256"] for file in files], "mail": made.pk}
        return referrals.step(held, ReferralEventKind.MAIL_ASKED, None, by=by, now=now, told={"approved_by": held.approved_by_id, **hashes})


def take_back(*, referral_id: int, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """Before a worker has begun with it: it does not leave."""
    with transaction.atomic():
        held = referrals.locked(referral_id, Action.REFERRAL_SEND, by, seen_version, on_its_way=True)
        _settled(held, SendingState.ASKED, SendingState.TAKEN_BACK, ended_at=now)
        return referrals.step(held, ReferralEventKind.MAIL_TAKEN_BACK, None, by=by, now=now)


def settle(*, referral_id: int, arrived: bool | None, note: str, seen_version: int, by: models.Person, now: datetime) -> models.Referral:
    """A person says what became of a mail nobody knows of, and what shows it. It arrived: it is sent, since it was tried. It did not: it
    may be asked for again, or sent another way."""
    note = note.strip()
    if arrived is None:
        raise RefusedError("sending.arrived", _("Nothing was changed: say whether it arrived."), "arrived")
    if not note:
        raise RefusedError("sending.note", _("Nothing was changed: say what shows it."), "note")
    leaving = _leaving(referral_id, by) if arrived else handing_over.NOTHING
    with transaction.atomic():
        held = referrals.locked(referral_id, Action.REFERRAL_SEND, by, seen_version, on_its_way=True)
        after = SendingState.SENT if arrived else SendingState.REFUSED
        mail = _settled(held, SendingState.UNKNOWN, after, ended_at=now, settled_by=by, settled_at=now, note=note)
        if not arrived:
            return referrals.step(held, ReferralEventKind.MAIL_REFUSED, None, by=by, now=now, note=note)
        receipt = " ".join(note.split())[:300]
        return referrals.sent(held, SentHow.MAIL, receipt, None, leaving, when=mail.tried_at or now, by=by, now=now)


def _leaving(referral_id: int, by: models.Person) -> handing_over.Leaving:
    """Of the mail nobody knows of: one that is on its way keeps its referral as it is, so that this stands before the locks."""
    found = models.Referral.objects.select_related("case", "edition").get(pk=referral_id)
    access.require(by, Action.REFERRAL_SEND, office_id=found.case.office_id)
    mail = found.sendings.filter(state=SendingState.UNKNOWN).first()
    return handing_over.by_mail(found, mail, at=mail.tried_at) if mail is not None and mail.tried_at else handing_over.NOTHING


def _settled(held: models.Referral, before: SendingState, after: SendingState, **changes: Any) -> models.Sending:
    """The one mail of this round in that state, moved. Raises RefusedError where there is none."""
    mail = held.sendings.select_for_update(no_key=True).filter(state=before).first()
    if mail is None:
        raise RefusedError("sending.moved", _("Nothing was changed: the mail is not in that state any more. Look at the page again."))
    _move(mail, after, **changes)
    return mail


def _move(mail: models.Sending, after: SendingState, **changes: Any) -> None:
    states.require(states.SENDING_MOVES, mail.state, after)
    models.Sending.objects.filter(pk=mail.pk).update(state=after, **changes)
    mail.refresh_from_db()


# --- a job carries it out ---------------------------------------------------------------------------


def carry_out(job: jobs.Leased, *, now: datetime) -> None:
    """The handler of jobs "mail". Raises JobLostError."""
    mail = models.Sending.objects.select_related("referral__case", "referral__edition").get(pk=job.target["sending"])
    leaving = handing_over.NOTHING
    if mail.state == SendingState.ASKED:  # its pieces are read while nothing has left and nothing is locked
        leaving = handing_over.by_mail(mail.referral, mail, at=now)
    message = _begin(job, now)
    if message is None:
        return
    answer = mailing.deliver(message, to=mail.address)
    with transaction.atomic():
        held, mail = _both(mail.pk)
        _end(held, mail, answer, now, leaving)
        jobs.finish(job, now=now)


def _both(sending_id: int) -> tuple[models.Referral, models.Sending]:
    """The case with where it went, the referral and its mail, locked in this order, as every verb does."""
    found = models.Sending.objects.select_related("referral").get(pk=sending_id)
    homes.hold(found.referral.case_id)
    of = models.Referral.objects.select_for_update(of=("self",), no_key=True).select_related("case__office", "case__responsible", "edition")
    held = of.get(pk=found.referral_id)
    mail = models.Sending.objects.select_for_update(of=("self",), no_key=True).select_related("asked_by__office").get(pk=sending_id)
    return held, mail


def _begin(job: jobs.Leased, now: datetime) -> EmailMessage | None:
    """The mail to send, with the word that it is tried committed; None where there is nothing to send. Whoever finds that word already was
    called after a worker that died: whether its mail left, nobody here knows."""
    with transaction.atomic():
        held, mail = _both(job.target["sending"])
        if mail.state == SendingState.TRYING:
            _end(held, mail, Answer(Came.UNKNOWN, DIED), now, handing_over.NOTHING)
        if mail.state != SendingState.ASKED:
            jobs.finish(job, now=now)
            return None
        why, files = _kept_from(held, mail)
        if why:
            _end(held, mail, Answer(Came.REFUSED, why), now, handing_over.NOTHING)
            jobs.finish(job, now=now)
            return None
        _move(mail, SendingState.TRYING, tried_at=now, message_id=mailing.message_id(f"{held.number}.{mail.pk}"))
        jobs.hold(job)
        audit.write("referral.mail_tried", by=None, now=now, target=held, after={"number": held.number, "mail": mail.pk})
        return written(held, mail, files, now)


def _kept_from(held: models.Referral, mail: models.Sending) -> tuple[str, list[Document]]:
    """Why this does not leave, "" where it may; and what leaves, whole."""
    if not configured():
        return NO_SERVER, []
    approval = (held.approved_by_id, held.approved_at) == (mail.approved_by_id, mail.approved_at)
    if not approval or held.state not in referrals.SENDABLE or address(held) != mail.address:
        return DIFFERS, []
    try:
        referrals.require_same(held)
        files = _files(held, packets.lines(held), mail.files)
    except (RefusedError, raw.EvidenceMissingError):
        return DIFFERS, []
    same = all(hashlib.sha256(file.content).hexdigest() == file.sha256 for file in files)
    if not same or documents.told(files) != mail.files or differs(held, mail.files):
        return DIFFERS, []
    return "", files


def _end(held: models.Referral, mail: models.Sending, answer: Answer, now: datetime, leaving: handing_over.Leaving) -> None:
    """What became of it, in the caller's transaction, told to whoever wrote and asked."""
    said = keepable(answer.words)
    _move(mail, SendingState(answer.came), ended_at=None if answer.came == Came.UNKNOWN else now, said=said)
    if answer.came == Came.SENT:
        referrals.sent(held, SentHow.MAIL, f"{said} {mail.message_id}"[:300], None, leaving, when=now, by=mail.asked_by, now=now)
        return
    kind = ReferralEventKind.MAIL_UNKNOWN if answer.came == Came.UNKNOWN else ReferralEventKind.MAIL_REFUSED
    referrals.step(held, kind, None, by=mail.asked_by, now=now, note=said)
    people = dict.fromkeys((mail.asked_by_id, held.wrote_by_id))
    models.Notice.objects.bulk_create(models.Notice(kind=f"referral_{kind}", person_id=one, referral=held, at=now) for one in people)


# --- the mail itself --------------------------------------------------------------------------------


def written(held: models.Referral, mail: models.Sending, files: Sequence[Document], now: datetime) -> EmailMessage:
    """Plain, in the language of the bodies asked; what it asks stands in the files."""
    asks = packets.asks(held).id
    listed = "\n".join(f"- {line(file.name)}\n  SHA-256 {file.sha256}" for file in files)
    urgent = "Mendesak. " if held.urgent else ""
    text = (
        f"Yth. {line(held.target) or CHANNELS[held.channel].name.id},\n\n"
        f"{urgent}Bersama surel ini kami sampaikan {asks[:1].lower()}{asks[1:]}, nomor {held.number}, putaran {held.round}.\n"
        f"Mohon sebut nomor itu dalam jawaban.\n\nBerkas terlampir:\n{listed}\n"
    )
    given: dict[str, Any] = {"to": mail.address, "message_id": mail.message_id, "files": files, "now": now}
    return mailing.composed(f"{asks}, {held.number}", text, **given)
