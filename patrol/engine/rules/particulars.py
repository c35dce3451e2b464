"""What a reason says of the claims it rests on: a sum, a bank, where to, which way. No rule: nothing here gives points.

Of a contact only its kind is said, of an account only its bank: reasons go where contacts are masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from patrol import domain
from patrol.domain import ClaimKind, Sentence
from patrol.engine.licences import countries
from patrol.engine.reading import titles
from patrol.engine.rules import signs

_PERIODS = {
    "month": Sentence(" per bulan", " a month"),
    "day": Sentence(" per hari", " a day"),
    "hour": Sentence(" per jam", " an hour"),
    "year": Sentence(" per tahun", " a year"),
}
_KINDS = {
    ClaimKind.PHONE: Sentence("nomor telepon", "telephone number"),
    ClaimKind.ACCOUNT: Sentence("akun", "account"),
    ClaimKind.LINK: Sentence("situs", "site"),
}
_MOST = 2  # names of a kind in one sentence: what is more stands in the text


def amount(claims: Iterable[domain.Claim], otherwise: Sentence) -> Sentence:
    """The highest sum among them; `otherwise` where none has one."""
    sums = [claim.money for claim in claims if claim.money is not None]
    if not sums:
        return otherwise
    most = max(sums, key=lambda one: one.high)
    unit, period = "Rp" if most.currency == "IDR" else most.currency, _PERIODS.get(most.period, Sentence("", ""))
    figures = [f"{one:,.0f}" if one == one.to_integral_value() else f"{one:,.2f}" for one in dict.fromkeys((most.low, most.high))]
    en = "–".join(figures)
    return Sentence(f"{unit} {en.translate(_POINTS)}{period.id}", f"{unit} {en}{period.en}")


_POINTS = str.maketrans(",.", ".,")


def to(reading: domain.Reading) -> Sentence:
    """ " ke Taiwan", with its blank; nothing where the offer names no destination, or so many that they say little."""
    if not 0 < len(reading.countries) <= _MOST:
        return Sentence("", "")
    named = [titles.country(code) for code in reading.countries]
    return Sentence(f" ke {' atau '.join(one.id for one in named)}", f" to {' or '.join(one.en for one in named)}")


def payees(targets: Iterable[domain.Claim]) -> Sentence:
    """The bank accounts or wallets, by the bank's name and whether a person is named as the holder."""
    return all_of(list(dict.fromkeys(map(_payee, targets)))[:_MOST])


def _payee(target: domain.Claim) -> Sentence:
    bank = target.value.split(" ")[0]
    if not bank.isalpha():
        return Sentence("rekening", "an account")
    if bank.upper() in signs.WALLETS:
        return Sentence(f"dompet {bank}", f"a {bank} wallet")
    if target.detail.get("holder") and not signs.is_company_account(target):
        return Sentence(f"rekening {bank} perorangan", f"a personal {bank} account")
    return Sentence(f"rekening {bank}", f"a {bank} account")


def kind_of(contact: domain.Claim) -> Sentence:
    """What kind of contact a claim is."""
    return _KINDS.get(ClaimKind(contact.kind), Sentence("kontak", "contact"))


def all_of(parts: Sequence[Sentence]) -> Sentence:
    """Parts of a sentence joined: a, b dan c."""
    return Sentence(countries.listed([one.id for one in parts], "dan"), countries.listed([one.en for one in parts], "and"))
