"""Requests to outside bodies: what they may ask about, and what each way to such a body (a channel) needs and gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from patrol.domain.words import Sentence


class ItemKind(StrEnum):
    """What one line of a referral asks about."""

    LINK = "link"  # the address of a post
    PHONE = "phone"
    BANK_ACCOUNT = "bank_account"
    ACCOUNT = "account"
    EMAIL = "email"
    AGENCY = "agency"
    PERSON = "person"  # somebody harmed: in the hand-over to who looks after them alone


class Sender(StrEnum):
    OFFICE = "office"  # an office for its own cases; the directorate as well
    DIRECTORATE = "directorate"


class Proof(StrEnum):
    """What every line of a packet has to have. `COPY` is asked by the database too."""

    ANALYSIS = "analysis"  # of the packet as a whole: an element of an article is ticked on a link at least
    COPY = "copy"  # a preserved page or screenshot of the post it stands in
    IDENTITY = "identity"  # the platform's own id beside the address
    SOURCE = "source"  # why it is unlawful: a confirmed flag with a reason
    REGISTER = "register"  # the check named an edition of the register


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a person writes for the packet as a whole, without which it is not complete."""

    key: str
    title: Sentence
    most: int = 200  # characters
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the channel's file: `key` is one of cases.packets.CELLS, `title` what stands at its head."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to an outside body. `hours` of their clock, usual and urgent; `source` says where the columns are taken from."""

    key: str  # an identifier for ever
    name: Sentence
    asks: Sentence  # for what; a request, never a promise
    sender: Sender
    kinds: tuple[ItemKind, ...]
    hours: tuple[int, int]
    facts: tuple[Fact, ...]
    proofs: frozenset[Proof]
    columns: tuple[Column, ...]
    source: Sentence
    takes_down: bool = False  # a thing goes down by it: counted in the week, with its days
    blocks: bool = False  # it closes something without taking it down (accounts at banks): counted in the month
    letter: bool = False  # it goes out with a letter, numbered here; else their own form or portal takes it
    targets: Sentence | None = None  # which body, where there are several: what is asked for
