"""What other bodies are handed as data, and under which conditions."""

from __future__ import annotations

from enum import StrEnum


class PeerKind(StrEnum):
    INDICATORS = "indicators"
    PACKAGE = "package"  # of a case, with originals


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
    """Why an indicator goes into no file. Where several hold, what its posts say is told first, then the first of the others here."""

    HARMED = "harmed"  # a contact of somebody harmed
    TRUSTED = "trusted"  # known to be good
    AGENCY = "agency"  # the register lists it for an agency
    OURS = "ours"  # this desk's own number or site
    STATE = "state"  # a site or mailbox of the state
    STAFF = "staff"  # an address of a member of staff
    EVERYBODYS = "everybodys"  # a platform or a shortener as a whole
    UNDECIDED = "undecided"  # in no post that a person confirmed, as it was decided on
    TOLD = "told"  # only in what somebody told an officer
    SENT_ON = "sent_on"  # whoever sent it on
    OLD = "old"  # last seen more than a year ago
    MENTIONED = "mentioned"  # it stands in no offer
    SHAPE = "shape"  # it has no form a peer could compare
