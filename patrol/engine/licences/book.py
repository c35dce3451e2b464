"""One edition of the register, prepared once and asked thousands of times."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date

from patrol import domain
from patrol.engine.licences import contacts, coverage, decrees, mentions, names, numbers


class Book:
    """An index of names, aliases, numbers and contacts of one edition.

    `position_codes` reads the register's wording of a position, `covers` says which positions a licence for one covers,
    `role` in what role a name stands at a place of a text (all come from `reading`, a sibling that may not be imported
    here).
    """

    def __init__(
        self,
        register: domain.Register,
        *,
        position_codes: Callable[[str], frozenset[str]],
        covers: Mapping[str, frozenset[str]],
        role: Callable[[str, domain.Span], str],
    ) -> None:
        self.register = register
        self.role = role
        self.names = names.Index(register.agencies)
        self.mentions = mentions.Mentions(self.names)
        self._position_codes = position_codes
        self._covers = covers
        self._agencies = {agency.name: agency for agency in register.agencies}
        self._contacts: dict[str, contacts.Contacts] = {}
        self.sites = frozenset().union(*(self.contacts(agency).hosts for agency in register.agencies))  # hosts of agencies' own sites
        self._parts: dict[str, decrees.Part | None] = {}
        self._by_number: defaultdict[str, list[domain.Licence]] = defaultdict(list)
        self._by_agency: defaultdict[str, list[domain.Licence]] = defaultdict(list)
        for licence in register.licences:
            self._by_number[licence.number].append(licence)
            self._by_agency[licence.agency].append(licence)
        # What a licence covers is read when a post first asks: the words of positions take a third of a second to load.
        codes = functools.cache(position_codes)
        self._permit = functools.cache(lambda licence: coverage.permit(licence, codes, covers))
        self._licence_numbers = numbers.Index(self._by_number)
        self._sip3mi_owners: dict[str, domain.Agency] = {}
        for agency in names.by_name(register.agencies):
            for number in agency.sip3mi_numbers:
                self._sip3mi_owners.setdefault(number, agency)
        self._sip3mi_numbers = numbers.Index(self._sip3mi_owners)

    def holds(self, name: str) -> bool:
        """Whether an agency of the register is called exactly so."""
        return name in self._agencies

    @property
    def register_date(self) -> date:
        return self.register.register_date

    def permits_by_number(self, written: str) -> tuple[coverage.Permit, ...]:
        """The licence a quoted number means, one row for each of its countries; empty where the register has none."""
        found = self._licence_numbers.find(written)
        same = {one for one in found if numbers.parts(one) == numbers.parts(found[0])}  # rows of a register may spell it in two ways
        return tuple(self._permit(licence) for one in sorted(same) for licence in self._by_number[one])

    def permits_of(self, agency: domain.Agency) -> tuple[coverage.Permit, ...]:
        return tuple(map(self._permit, self._by_agency.get(agency.name, ())))

    def agency(self, name: str) -> domain.Agency | None:
        """The agency by the register's own name."""
        return self._agencies.get(name)

    def sip3mi(self, written: str) -> tuple[str, domain.Agency] | None:
        """The register's form of a SIP3MI number and whose it is."""
        found = self._sip3mi_numbers.find(written)
        return (found[0], self._sip3mi_owners[found[0]]) if found else None

    def begins_number(self, written: str) -> bool:
        """Whether what was written is only the beginning of a number of the register."""
        return self._licence_numbers.begins(written) or self._sip3mi_numbers.begins(written)

    def numbers_within(self, text: str) -> list[tuple[domain.Span, str, bool]]:
        """Numbers of the register that stand in a text: place, the register's form, whether it is a SIP3MI number."""
        licences = [(span, number, False) for span, number in self._licence_numbers.within(text)]
        return licences + [(span, number, True) for span, number in self._sip3mi_numbers.within(text)]

    def numbers_alike(self, text: str) -> list[domain.Span]:
        """Where numbers stand that are made like the licences of the register, held or not."""
        return self._licence_numbers.alike(text)

    def contacts(self, agency: domain.Agency) -> contacts.Contacts:
        if agency.name not in self._contacts:
            self._contacts[agency.name] = contacts.of(agency)
        return self._contacts[agency.name]

    def suspended_part(self, decree: str) -> decrees.Part | None:
        """What a decree of partial suspension names, None where it names no part."""
        if decree not in self._parts:
            self._parts[decree] = decrees.part(decree, self._position_codes, self._covers)
        return self._parts[decree]
