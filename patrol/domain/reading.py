"""What a text and its pictures say: claims with their places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from patrol.domain.words import NOTHING, Box, Sentence, Span


class TextKind(StrEnum):
    """What kind of text a post is. Only OFFER_ABROAD is an offer in the sense of the licence check."""

    OFFER_ABROAD = "offer_abroad"
    OFFER_HOME = "offer_home"  # a job in Indonesia
    WARNING = "warning"
    NEWS = "news"
    PLEA = "plea"  # complaint, question, seeker, testimony, call for help
    JOKE = "joke"
    ADVERTISEMENT = "advertisement"  # goods, travel, study, loans, remittance
    LURE = "lure"  # aid, prize, loan, refund: no job, but bait
    OTHER = "other"


class Route(StrEnum):
    """How an offer says the person gets abroad."""

    AGENCY = "agency"  # by a placement company, or nothing said
    EXEMPT = "exempt"  # an official body's own notice of a route that needs no SIP


class ClaimKind(StrEnum):
    PHONE = "phone"  # value: E.164
    ACCOUNT = "account"  # value: platform:name
    LINK = "link"  # value: address with scheme
    BANK_ACCOUNT = "bank_account"  # value: BANK digits
    EMAIL = "email"  # value: name@host in small letters; an indicator, and none of those that `assess` promises
    LICENCE_NUMBER = "licence_number"  # value: as written, without the introducing word
    SIP3MI_NUMBER = "sip3mi_number"  # value: as written; an indicator of kind licence_number
    COMPANY = "company"  # value: as written; role in `role`
    COUNTRY = "country"  # value: ISO 3166 alpha-2; role destination, transit, mentioned, denied
    POSITION = "position"  # value: a key of lexicon/positions.toml
    PAY = "pay"  # value as written; figures in `money`
    FEE = "fee"  # value as written; figures in `money`; detail.bearer: candidate, employer
    DEDUCTION = "deduction"  # taken from the pay; value as written; figures in `money`, detail.months where it is said
    AGE = "age"  # value: 18-45, -45, 18-; years
    EDUCATION = "education"  # the least schooling asked for: none, sd, smp, sma, d3, s1
    PLACE = "place"  # place of recruitment; value: province code of the Interior Ministry
    PHRASE = "phrase"  # value: a PhraseGroup


class PhraseGroup(StrEnum):
    """Groups of meaning in the lexicon. Rules ask for these, never for words."""

    RECRUITS = "recruits"  # dibutuhkan, loker, lowongan, open recruitment
    DEPARTURE = "departure"  # siap terbang, langsung berangkat
    VISIT_VISA = "visit_visa"  # visa turis, kunjungan, wisata
    PILGRIM_VISA = "pilgrim_visa"  # visa ziarah, umrah
    WORK_VISA = "work_visa"  # visa kerja, permit kerja, calling visa
    UPFRONT_MONEY = "upfront_money"  # bayar DP dulu, uang pendaftaran, transfer dulu, pegang kursi
    MONEY_LURE = "money_lure"  # sponsor pays the family first, bon-bonan, fee cair setelah medical
    NO_MONEY = "no_money"  # gratis, tanpa biaya, zero cost (weak)
    PAY_CUT = "pay_cut"  # potong gaji (weak)
    FAST = "fast"  # proses cepat (weak)
    LIGHT_TERMS = "light_terms"  # tanpa ijazah, tanpa pengalaman, usia bebas
    HIGH_PAY = "high_pay"  # gaji fantastis, bonus besar
    PAPERS_MADE = "papers_made"  # paspor dibikinin, dokumen kami urus, ganti umur
    PAPERS_HELD = "papers_held"  # KTP asli ditahan, kirim foto KTP dan KK
    SCAM_WORK = "scam_work"  # admin judol, CS chat, scammer, marketing kripto, "operator"
    COMPOUND_LIFE = "compound_life"  # mess, makan 3x, akomodasi di lokasi, tiket ditanggung
    BYPASS_OFFICE = "bypass_office"  # jangan telepon kantor, langsung ke admin, tanpa PT, tanpa disnaker
    IRREGULAR_ROUTE = "irregular_route"  # jalur tikus, lewat Batam dulu, nanti diurus di sana
    DIRECT_EMPLOYER = "direct_employer"  # langsung majikan, sponsor, majikan ready
    HOUSEWORK = "housework"  # PRT, ART, asisten rumah tangga
    CREW = "crew"  # ABK, cumi, longline
    AID_LURE = "aid_lure"  # dana bantuan, bansos TKI, undian
    CLAIMS_OFFICE = "claims_office"  # speaks as ministry, BP2MI, embassy
    HARVEST = "harvest"  # isi formulir data, klik link verifikasi, kirim OTP
    WARNS = "warns"  # waspada, awas penipuan, jangan percaya
    REPORTS = "reports"  # polisi menangkap, korban, menurut
    ASKS = "asks"  # ada yang tahu, mohon info, apakah benar
    OFFICIAL_ROUTE = "official_route"  # G to G, SSW ujian resmi, KDEI, tanpa P3MI
    OFFICIAL_PLACES = "official_places"  # disnaker, LTSA, BP3MI, SISKOP2MI (speaks for the post)
    DENIES_BROKER = "denies_broker"  # bukan calo, resmi 100 persen (proves nothing)
    PRIVATE_CONTACT = "private_contact"  # japri, inbox, chat pribadi
    MIGRANTS = "migrants"  # names whom it is for: TKI, TKW, PMI, BMI, pahlawan devisa, keluarga TKI
    # Deceits without a job (lexicon/threats.toml): what is sold or promised, ...
    FORGED_PAPERS = "forged_papers"  # ijazah aspal, umur dinaikin, MCU dijamin fit
    FIXER = "fixer"  # orang dalam, hapus blacklist, paspor tanpa wawancara
    ACCOUNT_RENTAL = "account_rental"  # sewa rekening nganggur
    PARCEL = "parcel"  # paket tertahan bea cukai
    RANSOM = "ransom"  # anak ibu kami tahan, uang jaminan
    ROMANCE = "romance"  # duda kesepian, tentara yang mau melamar
    SAVINGS_RING = "savings_ring"  # arisan online, titip dapat lipat
    SIDE_TASK = "side_task"  # tugas like dan follow, deposit naik level
    LOAN = "loan"  # pinjaman tanpa jaminan, dana talangan
    REFUND = "refund"  # uang proses bisa kembali
    MAGIC = "magic"  # mahar, pengunci majikan
    REMITTANCE = "remittance"  # kirim uang kurs tinggi (lawful trade says so too)
    # ... what it costs, ...
    CHARGE = "charge"  # biaya materai, pajak hadiah, bayar di muka
    CREDENTIALS = "credentials"  # PIN, OTP, kata sandi, nama ibu kandung
    OFFICIAL_BODY = "official_body"  # kementerian, KBRI, bea cukai, bank: named, not yet spoken for
    POSES = "poses"  # saya Aipda, kula Pak Lurah, kami dari bank: who the author says he is
    PAID_FIRST = "paid_first"  # transfer dulu, barang menyusul
    OFFICE_SPEAKS = "office_speaks"  # an office as heading, subject or signature: the text is written in its name
    OFFICE_GIVES = "office_gives"  # dana dari BP2MI: an office as where a gift comes from
    OFFICE_ACCOUNT = "office_account"  # the account calls itself an office; source "author"
    COMPANY_ACCOUNT = "company_account"  # the account is called after a company of the text; source "author"
    GO_BETWEEN = "go_between"  # lewat saya, titip ke aku: the author for himself, not for the company he names
    PRIVATE_PAYEE = "private_payee"  # transfer ke rek pribadi, bayar ke kasir, setor lewat DANA
    LOCAL_BODY = "local_body"  # pemdes, kelurahan, BKK, job fair: offices and schools that relay offers
    # ... and whom it is aimed at.
    ABROAD = "abroad"  # luar negeri
    ABROAD_TIES = "abroad_ties"  # yang kerja di, anak ibu di, saudara kita di
    MIGRANT_LIFE = "migrant_life"  # majikan, agensi, overstay, gagal terbang
    MIGRANT_PAPERS = "migrant_papers"  # OPP, roster EPS, ARC, buku pelaut
    TRAVEL_PAPERS = "travel_papers"  # paspor, visa
    # What the weights, not the lexicon, found (reading/telling_words.py): two words in a row; confidence: how likely it is.
    OFFER_WORDS = "offer_words"  # speak for an offer of work abroad
    DECEIT_WORDS = "deceit_words"  # speak for a deceit aimed at migrants, without a job
    POSING_WORDS = "posing_words"  # speak for somebody who poses as office, bank, agency or official
    PHISHING_WORDS = "phishing_words"  # speak for data taken by form, link or code


class CompanyRole(StrEnum):
    """In what role a company stands in the text. Only PLACER and UNCLEAR are named in the sense of the check."""

    PLACER = "placer"
    UNCLEAR = "unclear"
    EMPLOYER = "employer"  # a foreign employer beside a placer
    DENIED = "denied"  # "not through PT ..."
    MENTIONED = "mentioned"  # comparison, old experience, warning, author


@dataclass(frozen=True, slots=True)
class Money:
    """An amount or a range; `low == high` for one figure."""

    low: Decimal
    high: Decimal
    currency: str  # ISO 4217
    period: str = ""  # month, day, hour, year, trip, once, ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the text says, with the place where it says so."""

    kind: str  # ClaimKind
    value: str
    span: Span
    source: str = "text"  # text, image:0, qr:0, link:0
    confidence: float = 1.0
    role: str = ""
    money: Money | None = None
    detail: Mapping[str, str] = NOTHING
    box: Box | None = None  # of claims from a picture (image:n, qr:n): where on it they stand


@dataclass(frozen=True, slots=True)
class Place:
    """Where on its picture a piece of a picture's text stands."""

    source: str  # image:0, qr:0
    span: Span
    box: Box
    confidence: float = 1.0  # of the reader of the picture


def touch(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def box_of(places: Sequence[Place]) -> Box | None:
    """The smallest box around all places, None where there is none."""
    if not places:
        return None
    left, top = min(place.box[0] for place in places), min(place.box[1] for place in places)
    right = max(place.box[0] + place.box[2] for place in places)
    bottom = max(place.box[1] + place.box[3] for place in places)
    return left, top, right - left, bottom - top


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes of a picture that belongs to a post, for OCR."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What the reader is given: a post without its identity."""

    text: str
    platform: str = ""
    author: str = ""
    author_name: str = ""
    author_id: str = ""
    url: str = ""
    links: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    captions: tuple[str, ...] = ()  # what the platform says beside each medium (MediaReference.words); spans of alt:n refer to it


class _Sorted:
    """Room for the claims of a reading by kind and by phrase group, filled when first asked for; no part of the value."""

    __slots__ = ("_by_group", "_by_kind")
    _by_group: Mapping[str, tuple[Claim, ...]]
    _by_kind: Mapping[str, tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Reading(_Sorted):
    """What the text says. `claims` in the order of source, then span."""

    text_kind: str  # TextKind
    claims: tuple[Claim, ...]
    countries: tuple[str, ...]  # of an offer: destinations and transit; else every foreign country named
    positions: tuple[str, ...]
    route: str = Route.AGENCY
    truncated: bool = False  # read in part only
    reader_version: int = 1
    picture_texts: tuple[str, ...] = ()  # OCR text by picture, spans of image:n refer to it
    code_texts: tuple[str, ...] = ()  # what its QR codes hold, by picture, a code a line; spans of qr:n refer to it
    places: tuple[Place, ...] = ()  # of every word and code on the pictures
    notes: tuple[Sentence, ...] = ()

    @property
    def overseas_offer(self) -> bool:
        return self.text_kind == TextKind.OFFER_ABROAD

    def of(self, *kinds: str) -> tuple[Claim, ...]:
        """Claims of these kinds, in order."""
        try:
            by_kind = self._by_kind
        except AttributeError:
            by_kind = self._sort()[0]
        if len(kinds) == 1:
            return by_kind.get(kinds[0], ())
        found = [kind for kind in kinds if kind in by_kind]
        if len(found) < 2:
            return by_kind[found[0]] if found else ()
        return tuple(claim for claim in self.claims if claim.kind in kinds)

    def phrases(self, *groups: str) -> tuple[Claim, ...]:
        """Phrase hits of these groups, in order."""
        try:
            by_group = self._by_group
        except AttributeError:
            by_group = self._sort()[1]
        if len(groups) == 1:
            return by_group.get(groups[0], ())
        found = [group for group in groups if group in by_group] if by_group else ()
        if len(found) < 2:
            return by_group[found[0]] if found else ()
        return tuple(claim for claim in self._by_kind[ClaimKind.PHRASE] if claim.value in groups)

    def groups(self) -> Collection[str]:
        """The groups of its phrases."""
        try:
            return self._by_group.keys()
        except AttributeError:
            return self._sort()[1].keys()

    def _sort(self) -> tuple[Mapping[str, tuple[Claim, ...]], Mapping[str, tuple[Claim, ...]]]:
        """Sorts the claims once: rules ask some sixty times, and mostly for what is not there."""
        by_kind: dict[str, list[Claim]] = {}
        by_group: dict[str, list[Claim]] = {}
        for claim in self.claims:
            by_kind.setdefault(claim.kind, []).append(claim)
            if claim.kind == ClaimKind.PHRASE:
                by_group.setdefault(claim.value, []).append(claim)
        made = ({key: tuple(found) for key, found in by_kind.items()}, {key: tuple(found) for key, found in by_group.items()})
        object.__setattr__(self, "_by_kind", made[0])
        object.__setattr__(self, "_by_group", made[1])
        return made

    def box(self, source: str, span: Span) -> Box | None:
        """The box around everything on a picture that the span touches; None for a span of no picture."""
        return box_of([place for place in self.places if place.source == source and touch(place.span, span)])


class ReadCache(Protocol):
    """Keeps what was read of a picture, so that the same picture is read once."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, text: str) -> None: ...
