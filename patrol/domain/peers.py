"""What other bodies are handed as data, and under which conditions."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """What a body is handed indicators for."""

    BLOCK = "block"  # numbers, accounts or addresses out of service
    FUNDS = "funds"  # payments stopped or traced
    INVESTIGATION = "investigation"
    MATCHING = "matching"  # compared with what the body has itself


class Sharing(StrEnum):
    """With whom the body may share further: a colour of the Traffic Light Protocol."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class Format(StrEnum):
    STIX = "stix"
    MISP = "misp"


class Withheld(StrEnum):
    """Why an indicator goes into no file. Where several hold, the first of this order is told."""

    HARMED = "harmed"  # a contact of somebody harmed
    TRUSTED = "trusted"  # known to be good
    AGENCY = "agency"  # the register lists it for an agency
    STAFF = "staff"  # an address of a member of staff
    UNDECIDED = "undecided"  # in no post that a person confirmed
    TOLD = "told"  # only in what somebody told an officer
    MENTIONED = "mentioned"  # nobody gives it there as a way to be reached
    SHAPE = "shape"  # it has no form a peer could compare
