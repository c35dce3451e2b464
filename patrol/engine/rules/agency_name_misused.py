"""A registered agency's name with somebody else's hand out.

A contact the register does not list is no finding alone: villages, schools and branch staff relay offers. Money to a
person or wallet, or being told to stay away from the office, makes it one (`signs.misuse`). Contacts
that are almost the agency's have a rule of their own.
"""

from __future__ import annotations

from patrol import domain
from patrol.domain import ClaimKind, Kind, PhraseGroup, Sentence, Verdict
from patrol.engine.rules import particulars, signs

NAME = "agency_name_misused"
VERSION = 5
POINTS = 2.6
TITLE = Sentence("Nama P3MI diduga dicatut", "Agency's name possibly misused")
NEEDS: frozenset[PhraseGroup] = frozenset()

# Verdicts that name no agency of the register.
_UNREGISTERED = frozenset((Verdict.AGENCY_NOT_FOUND, Verdict.NO_LICENCE_SHOWN, Verdict.CANNOT_CHECK, Verdict.EXEMPT, Verdict.NOT_AN_OFFER))


def find(reading: domain.Reading, check: domain.LicenceCheck) -> domain.Finding | None:
    if not signs.is_offer(reading) or not check.agency or check.verdict in _UNREGISTERED:
        return None
    abuse = tuple(claim for claim in signs.misuse(reading, check) if claim not in check.near_copies)
    if not abuse and check.contact_own is False and signs.phrases(reading, PhraseGroup.COMPANY_ACCOUNT):
        abuse = signs.phrases(reading, PhraseGroup.UPFRONT_MONEY, PhraseGroup.PRIVATE_PAYEE)
    if not abuse:
        return None
    accounts = tuple(claim for claim in abuse if claim.kind == ClaimKind.BANK_ACCOUNT)
    to_account, to = bool(accounts), particulars.payees(accounts)
    to_payee = any(claim.value == PhraseGroup.PRIVATE_PAYEE for claim in abuse)
    to_person = to_payee or any(claim.value == PhraseGroup.UPFRONT_MONEY for claim in abuse)
    if to_account:
        how = Sentence(f"uang diminta ke {to.id}", f"money is asked to {to.en}")
    elif to_person:
        how = Sentence("uang diminta lewat orang atau nomor pribadi", "money is asked for by a person or at a private number")
    else:
        how = Sentence("calon diminta tidak menghubungi kantor", "candidates are told not to contact the office")
    stranger = check.contact_own is False  # None: nothing could be compared, so that nothing is said of it
    return signs.finding(
        NAME,
        VERSION,
        POINTS,
        Sentence(
            f"Nama {check.agency} dipakai, tetapi {how.id}" + ("; kontaknya tidak tercatat sebagai milik P3MI itu." if stranger else "."),
            f"The name {check.agency} is used, but {how.en}" + ("; the contact is not recorded as that agency's." if stranger else "."),
        ),
        kinds=(_posed(reading, check), *((Kind.FRAUD,) if to_account or to_payee else ())),
        claims=abuse + check.claims,
        parameters={"agency": check.agency, "how": "account" if to_account else "person" if to_person else "away"},
    )


def _posed(reading: domain.Reading, check: domain.LicenceCheck) -> Kind:
    """Whoever borrows a name poses as its owner, but for the go-between, who says that all goes through himself.

    An agency that may not recruit has most to gain by going on under its own name.
    """
    between = signs.phrases(reading, PhraseGroup.GO_BETWEEN) and not signs.phrases(reading, PhraseGroup.COMPANY_ACCOUNT)
    barred = check.verdict in (Verdict.AGENCY_REVOKED, Verdict.AGENCY_SUSPENDED)
    return Kind.ILLEGAL_RECRUITMENT if between or barred else Kind.IMPERSONATION
