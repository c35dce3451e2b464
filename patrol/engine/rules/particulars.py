"""What a reason says of the claims it rests on: a sum, a bank, where to, which way. No rule: nothing here gives points.

Of a contact only its kind is said, of an account only its bank: reasons go where contacts are masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from patrol import domain
from patrol.domain import ClaimKind, PhraseGroup, Sentence
from patrol.engine.licences import countries
from patrol.engine.reading import titles
from patrol.engine.rules import deceit, signs

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
_REACHED = {
    ClaimKind.PHONE: Sentence("nomor telepon", "a telephone number"),
    ClaimKind.ACCOUNT: Sentence("akun", "an account"),
    ClaimKind.EMAIL: Sentence("alamat surel", "an e-mail address"),
    ClaimKind.LINK: Sentence("situs", "a site"),
}
_NOTHING = Sentence("", "")
_MONEY = Sentence("uang", "money")
SECRETS = Sentence("kode, sandi, atau PIN", "a code, password or PIN")
FORM = Sentence("data lewat tautan atau formulir", "data through a link or form")
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
        return _NOTHING
    named = [titles.country(code) for code in reading.countries]
    return Sentence(f" ke {' atau '.join(one.id for one in named)}", f" to {' or '.join(one.en for one in named)}")


def job(reading: domain.Reading) -> Sentence:
    """ " perawat ke Taiwan", with its blank: the first kind of work and the destination, as far as the offer names them."""
    where = to(reading)
    if not reading.positions:
        return where
    work = titles.position(reading.positions[0])
    return Sentence(f" {_small(work.id)}{where.id}", f" of work as {_small(work.en)}{where.en}")


def _small(title: str) -> str:
    """The title within a sentence; one in capitals stays (ABK)."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def money(claims: Iterable[domain.Claim], before: Sentence) -> Sentence:
    """The highest sum among them with the words before it; nothing where none has one."""
    said = amount(claims, _NOTHING)
    return Sentence(before.id + said.id, before.en + said.en) if said.id else _NOTHING


def price(reading: domain.Reading) -> Sentence:
    """ "Rp 350.000 ke rekening BCA perorangan": the money a deceit asks for and where to; nothing where it asks for none."""
    asked, targets = deceit.price(reading), signs.money_targets(reading)
    if not asked:
        return _NOTHING
    sum_, where = amount(asked, _MONEY), payees(targets)
    return Sentence(f"{sum_.id} ke {where.id}", f"{sum_.en} to {where.en}") if targets else sum_


def asked(reading: domain.Reading) -> Sentence:
    """ "; meminta uang dan kode, sandi, atau PIN", with its semicolon: what a deceit takes; nothing where it says none."""
    parts = [price(reading)] if deceit.price(reading) else []
    if deceit.data_taken(reading):
        parts += [SECRETS] if signs.phrases(reading, PhraseGroup.CREDENTIALS) else []
        parts += [FORM] if deceit.form_links(reading) else []
    said = all_of(parts)
    return Sentence(f"; meminta {said.id}", f"; asks for {said.en}") if parts else _NOTHING


def reached(reading: domain.Reading, before: Sentence) -> Sentence:
    """Which kinds of contact stand in the post, with the words before them; nothing where there is none. A link into a chat is none."""
    return ways(signs.in_post(reading.of(ClaimKind.PHONE, ClaimKind.ACCOUNT, ClaimKind.EMAIL)) + deceit.form_links(reading), before)


def ways(contacts: Iterable[domain.Claim], before: Sentence) -> Sentence:
    """The kinds of these contacts, with the words before them; nothing where none has a name of its own."""
    said_of = {claim.kind for claim in contacts}
    kinds = [kind for kind in _REACHED if kind in said_of]
    said = all_of([_REACHED[kind] for kind in kinds[:_MOST]])
    return Sentence(before.id + said.id, before.en + said.en) if kinds else _NOTHING


THROUGH = Sentence(" lewat ", " through ")


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
