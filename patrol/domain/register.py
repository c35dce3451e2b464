"""Agencies, standings, licences, and what the check says of an offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from patrol.domain.reading import Claim
from patrol.domain.words import Sentence


class StandingStatus(StrEnum):
    ACTIVE = "active"
    PARTLY_SUSPENDED = "partly_suspended"
    SUSPENDED = "suspended"
    SUPERVISED = "supervised"
    REVOKED = "revoked"


class LicenceStatus(StrEnum):
    ACTIVE = "active"
    REVOKED = "revoked"
    EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True)
class Standing:
    """One period of an agency's standing; both days included, `until` None while it lasts."""

    status: str  # StandingStatus
    since: date
    until: date | None = None
    decree: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """A placement company (P3MI) as the register holds it."""

    name: str
    aliases: tuple[str, ...] = ()
    sip3mi_number: str = ""
    standings: tuple[Standing, ...] = ()  # by `since`
    province: str = ""
    city: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()  # as written in the file
    websites: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    gone_since: date | None = None  # no longer in the newer file

    @property
    def sip3mi_numbers(self) -> tuple[str, ...]:
        """Its company licences: a register may write several into the cell, with semicolons."""
        return tuple(filter(None, map(str.strip, self.sip3mi_number.split(";"))))


@dataclass(frozen=True, slots=True)
class Licence:
    """A recruitment licence (SIP2MI): one agency, one country, some positions, some time."""

    number: str
    agency: str  # name of the agency as in the register
    country: str  # ISO 3166 alpha-2
    positions: tuple[str, ...]  # as written in the file
    employer: str = ""
    quota: int | None = None
    valid_from: date = date.min
    valid_to: date = date.max
    status: str = LicenceStatus.ACTIVE
    status_from: date | None = None
    gone_since: date | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """One edition of the register. `edition` 0 stands for files given by hand."""

    agencies: tuple[Agency, ...]
    licences: tuple[Licence, ...]
    register_date: date
    edition: int = 0


class ManualKind(StrEnum):
    LICENCE = "licence"
    STANDING = "standing"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class ManualChange:
    """One thing a registrar puts into the register by hand, or ends in it. One of the three is set, by `kind`.

    `ends`: a licence with the status and day it ends with, a standing with its last day, a contact that goes.
    """

    kind: str  # ManualKind
    agency: str  # name as in the register
    ends: bool = False
    licence: Licence | None = None
    standing: Standing | None = None
    contact: tuple[str, str] | None = None  # "phones", "websites" or "accounts", and the contact as written


class Verdict(StrEnum):
    """In the order in which the check asks (engine/licences/verdicts.py): the first that applies. Worst first from AGENCY_REVOKED on."""

    NOT_AN_OFFER = "not_an_offer"
    EXEMPT = "exempt"
    CANNOT_CHECK = "cannot_check"
    AGENCY_REVOKED = "agency_revoked"
    AGENCY_SUSPENDED = "agency_suspended"
    LICENCE_NOT_FOUND = "licence_not_found"
    LICENCE_MISMATCH = "licence_mismatch"
    LICENCE_REVOKED = "licence_revoked"
    LICENCE_EXPIRED = "licence_expired"
    LICENCE_NOT_YET_VALID = "licence_not_yet_valid"
    LICENSED = "licensed"
    NO_LICENCE_FOR_OFFER = "no_licence_for_offer"
    AGENCY_NOT_FOUND = "agency_not_found"
    NO_LICENCE_SHOWN = "no_licence_shown"


CLEARED: Final = frozenset({Verdict.LICENSED, Verdict.EXEMPT})  # the register or the law covers the offer that day


@dataclass(frozen=True, slots=True)
class LicenceCheck:
    """The verdict on one reading, on one day, against one edition."""

    verdict: str  # Verdict
    day: date  # the post's day, Asia/Jakarta
    reason: Sentence  # completed by "per TANGGAL"
    register_date: date | None = None
    edition: int | None = None
    agency: str = ""  # the register's name, or as written where the register has none
    licence_number: str = ""  # as the register writes it, or as written
    notes: tuple[Sentence, ...] = ()  # register lama, status sebelum TANGGAL, dalam pengawasan, kontak bukan milik
    claims: tuple[Claim, ...] = ()  # COMPANY and LICENCE_NUMBER claims with the register's form as value
    others: tuple[LicenceCheck, ...] = ()  # the other agencies' verdicts, worst first
    contact_own: bool | None = None  # False: a contact that is not the agency's; None: nothing to compare
    near_copies: tuple[Claim, ...] = ()  # contacts that are none of the agency's, but almost one of them
    runner_up: str = ""  # the next nearest agency name
    runner_up_distance: float | None = None  # 0..1, smaller is nearer
    brief: Sentence | None = None  # `reason` short, without a decree, for the list of reasons; None: it is short enough
