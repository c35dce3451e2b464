"""The words of SIPatrol: what one stage hands to the next.

Everything here is a value: frozen, comparable, without behaviour beyond a few questions about itself.
No Django, no Celery, no network, and of our own only what the database can keep of a text. Times are aware datetimes;
dates are days in Asia/Jakarta (`LAW_ZONE`). Spans are Unicode code points of the text they belong to,
end exclusive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from patrol.keepable import keepable

LAW_ZONE = ZoneInfo("Asia/Jakarta")

NOTHING: Mapping[str, Any] = MappingProxyType({})

type Span = tuple[int, int]
type Box = tuple[int, int, int, int]  # left, top, width, height: pixels of a picture as it is shown (EXIF obeyed)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in both languages of the screen, with its facts already filled in."""

    id: str
    en: str


# --- collection -----------------------------------------------------------------------------------


class Platform(StrEnum):
    """Where a post stood. Not every platform can be fetched from: some posts only come by import or capture."""

    TELEGRAM = "telegram"
    FEED = "feed"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    YOUTUBE = "youtube"
    X = "x"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    AD_LIBRARY = "ad_library"  # of Meta
    WEB = "web"  # any page; identity is its canonical address
    THREADS = "threads"
    WHATSAPP = "whatsapp"
    NOTED = "noted"  # none: what somebody said on the telephone or at the counter, written down by an officer


class QueryKind(StrEnum):
    """What a watch may ask a platform for; each source lists those it can (`Source.QUERIES`)."""

    CHANNEL = "channel"
    FEED = "feed"
    SEARCH = "search"  # words, own or of keyword packs
    PLACE = "place"  # a place, or words at a place; the query as sources.places writes it
    HASHTAG = "hashtag"
    ACCOUNT = "account"  # what one account posts
    TIMELINE = "timeline"  # everything public on one server
    GROUP = "group"
    COMMENTS = "comments"  # under one post or video
    PAGE = "page"  # a web page or job board, by CSS selectors


@dataclass(frozen=True, slots=True)
class MediaReference:
    """A picture, video or file a post points to; not fetched yet."""

    kind: str  # photo, video, document, sticker, voice, link_preview
    url: str = ""
    words: str = ""  # what the platform says is on it: alternative text, caption
    # Names the file where its address does not, or not for long: a number of the platform's, the original's address; "" elsewhere.
    file: str = ""


@dataclass(frozen=True, slots=True)
class RawPost:
    """One post as a source understood it, before anything of it is stored."""

    platform: str
    external_id: str  # unique for the whole platform, see sources.<platform>.identity
    url: str
    text: str
    author: str = ""  # handle without @, lower case; "" where the platform shows none
    author_name: str = ""
    # The platform's own id of the account, which outlives its names; "" where it shows none, or where `author` is that already.
    author_id: str = ""
    posted_at: datetime | None = None  # None where the platform does not say
    posted_at_source: str = ""  # the time exactly as the platform wrote it
    edited: bool = False
    reply_to: str = ""  # external_id of the post answered
    thread: str = ""  # external_id of the post this is a comment of
    forward_of: str = ""  # address or external_id of the original
    forward_name: str = ""  # who is named as the original's author
    origin: str = ""  # channel, group or feed it stood in
    links: tuple[str, ...] = ()  # addresses hidden behind words included
    media: tuple[MediaReference, ...] = ()
    also: tuple[str, ...] = ()  # other external_ids this very post may have been stored under (captured by its address)
    # No earlier than this was it seen to stand there, where that is not just now: a file of last week, a capture sent late.
    collected_at: datetime | None = None
    locator: str = ""  # where in the raw answer it stands
    unknown: Mapping[str, Any] = NOTHING  # fields of the platform that nobody handles or ignores by name


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """One HTTP answer with its custody facts. `body` is decoded (content encoding undone), never parsed."""

    asked_url: str
    final_url: str
    status: int
    hops: tuple[str, ...]
    request_headers: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]
    body: bytes
    requested_at: datetime
    received_at: datetime
    address: str = ""  # the address actually dialled
    truncated: bool = False  # stopped at a limit; what came is kept
    method: str = "GET"
    sent: str = ""  # the body of a POST, secrets withheld
    withheld: int = 0  # how often a secret of ours stood in the answer and was overwritten, letter for letter, by *

    def header(self, name: str) -> str:
        """First value of a header, "" where it is missing."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong and is shown to a person: a code for machines, a sentence for people.

    `permanent`: trying again cannot help; a person has to change something. Its words may quote what a stranger wrote, and are
    always kept with the run, the job or the file: they hold nothing the database could refuse.
    """

    code: str
    sentence: Sentence
    permanent: bool = False
    where: str = ""  # locator in the raw answer, line of a file, ...

    def __post_init__(self) -> None:
        object.__setattr__(self, "where", keepable(self.where))
        object.__setattr__(self, "sentence", Sentence(keepable(self.sentence.id), keepable(self.sentence.en)))


class SourceError(Exception):
    """A fetch that cannot go on. Carries the decision whether to try again (`problem.permanent`)."""

    def __init__(
        self,
        code: str,
        sentence: Sentence,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        answer: RawAnswer | None = None,
    ) -> None:
        super().__init__(f"{code}: {sentence.en}")
        self.problem = Problem(code, sentence, permanent)
        self.retry_after = retry_after  # seconds, as the platform asked
        self.answer = answer  # what came, where something came: it is evidence too
        self.cursor: Mapping[str, Any] | None = None  # where the next fetch goes on; None: where the last page said


@dataclass(frozen=True, slots=True)
class Covered:
    """A stretch of a numbered channel a page shows without holes: what is stored of it and not on the page is gone."""

    prefix: str  # of external_id, the number stands behind it
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched page: stored in one transaction, together with the cursor behind it."""

    answer: RawAnswer
    posts: tuple[RawPost, ...]
    cursor: Mapping[str, Any]  # JSON-able; where the next fetch goes on once this page is stored
    problems: tuple[Problem, ...] = ()  # posts that could not be read; the page goes on
    gone: tuple[str, ...] = ()  # external_ids the platform itself says are deleted
    covered: Covered | None = None
    # External_ids of posts whose direct replies the page shows without exception: what is stored as one and not shown is gone.
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """What a watch asks a source for."""

    query: str  # channel name, feed address, words, ...; "" where only `words` are asked for
    cursor: Mapping[str, Any]  # as the last stored page left it; {} at first
    now: datetime
    max_pages: int = 20
    conditional: Mapping[str, str] = NOTHING  # ETag and Last-Modified of the last good answer
    kind: str = ""  # QueryKind; "" is the first the source lists
    words: tuple[str, ...] = ()  # of the watch's keyword packs
    credential: Mapping[str, str] = NOTHING  # values by CredentialField.key


@dataclass(frozen=True, slots=True)
class QueryShape:
    """One way to ask a platform."""

    key: str  # QueryKind
    title: Sentence
    asks: Sentence  # what the watch's query must hold
    takes_words: bool = False  # keyword packs make sense; then the query itself may be empty
    takes_place: bool = False  # the query begins with a place
    open: bool = False  # answered without the platform's credential too


@dataclass(frozen=True, slots=True)
class CredentialField:
    """One value of a platform's credential, entered by a person in the workbench."""

    key: str
    title: Sentence
    secret: bool = True
    required: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """What an account says about itself, with the answer that shows it."""

    platform: str
    account: str  # as in RawPost.author
    name: str
    text: str
    links: tuple[str, ...]
    url: str
    answer: RawAnswer
    account_id: str = ""  # as in RawPost.author_id


class Pace(Protocol):
    """The per-host token bucket shared by all workers."""

    def wait(self, host: str) -> None:
        """Blocks until one request to `host` is allowed. Raises SourceError("paced") when the wait would be too long."""


class Fetcher(Protocol):
    """The one way out: sources.http.Client, or a test's fake of the outside world."""

    def get(self, url: str, *, headers: Mapping[str, str] = NOTHING) -> RawAnswer:
        """Raises SourceError; a status of 400 and above is raised too, a 304 is returned."""

    def post(
        self,
        url: str,
        *,
        json: Mapping[str, Any] | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] = NOTHING,
        private: bool = False,
    ) -> RawAnswer:
        """One POST of JSON or of a form, never redirected. `private`: the body holds secrets and is not kept. Raises SourceError."""


class Source(Protocol):
    """What a module in `sources/` offers; `sources.SOURCES` lists them."""

    PLATFORM: str
    TITLE: Sentence
    TERMS: Sentence  # under which terms the platform is read
    HEALTHY: Sentence  # what a healthy run looks like, what an empty answer means
    LIMITS: Sentence  # what the platform allows at most
    ROBOTS: Sentence  # the robots policy, and why
    PROVEN: Sentence  # what it was tested against: a real server, or recorded answers only
    OBEYS_ROBOTS: bool  # robots.txt is asked before each host's first page
    HEALTHY_RANGE: tuple[int, int]  # posts a day of one watch, proposed to whoever makes it
    QUERIES: tuple[QueryShape, ...]  # ways to ask; the first is the usual one
    CREDENTIAL: tuple[CredentialField, ...]  # empty: the platform is read without an account

    def identity(self, url: str) -> str:
        """The external_id behind an address of the platform, "" where it is none."""

    def check_query(self, query: str, kind: str = "") -> Problem | None:
        """Whether a watch could ask for this."""

    def fetch(self, ask: Ask, fetcher: Fetcher) -> Iterator[Page]:
        """Newest page first. Raises SourceError; pages yielded before it stay valid."""

    def profile(self, account: str, ask: Ask, fetcher: Fetcher) -> Profile | None:
        """What an account says about itself; None where the platform shows no such thing to us. Raises SourceError."""


# --- reading --------------------------------------------------------------------------------------


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
    LOCAL_BODY = "local_body"  # pemdes, kelurahan, BKK, job fair: offices and schools that relay offers
    # ... and whom it is aimed at.
    ABROAD = "abroad"  # luar negeri
    ABROAD_TIES = "abroad_ties"  # yang kerja di, anak ibu di, saudara kita di
    MIGRANT_LIFE = "migrant_life"  # majikan, agensi, overstay, gagal terbang
    MIGRANT_PAPERS = "migrant_papers"  # OPP, roster EPS, ARC, buku pelaut
    TRAVEL_PAPERS = "travel_papers"  # paspor, visa


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
    captions: tuple[
        str, ...
    ] = ()  # what the platform says beside each medium (MediaReference.words); spans of alt:n refer to it


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
        made = (
            {key: tuple(found) for key, found in by_kind.items()},
            {key: tuple(found) for key, found in by_group.items()},
        )
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


# --- the licence register and the check -----------------------------------------------------------


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


class Verdict(StrEnum):
    """In the order of contract.md section 1: the first line that applies. Worst first from AGENCY_REVOKED on."""

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


# --- rules, level ---------------------------------------------------------------------------------


class Kind(StrEnum):
    """Threat kinds; several may hold."""

    ILLEGAL_RECRUITMENT = "illegal_recruitment"
    FRAUD = "fraud"
    IMPERSONATION = "impersonation"
    PHISHING = "phishing"


class Level(StrEnum):
    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return ("none", "low", "medium", "high").index(self.value)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule returns: a reason with its places in the text and its weight."""

    rule: str
    version: int
    points: float
    reason: Sentence
    kinds: tuple[str, ...] = ()  # Kind
    spans: tuple[Span, ...] = ()
    sources: tuple[str, ...] = ()  # one for each span
    parameters: Mapping[str, str] = NOTHING


class Rule(Protocol):
    """What a module in `rules/` offers; `rules.RULES` lists them."""

    NAME: str  # an identifier for ever
    VERSION: int
    POINTS: float
    TITLE: Sentence

    def find(self, reading: Reading, check: LicenceCheck) -> Finding | None:
        """None where the rule has nothing to say."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The one answer for pipeline, command and public page."""

    reading: Reading
    check: LicenceCheck
    findings: tuple[Finding, ...]  # strongest first
    score: int  # 0..100
    level: str  # Level
    kinds: tuple[str, ...]
    notes: tuple[Sentence, ...] = ()  # what was assumed: time missing, text cut


class Assess(Protocol):
    def __call__(
        self, contents: Sequence[Content], days: Sequence[datetime | None], register: Register | None, now: datetime
    ) -> list[Assessment]: ...


# --- campaigns ------------------------------------------------------------------------------------


class TieKind(StrEnum):
    """By what two posts are tied."""

    BANK_ACCOUNT = "bank_account"
    PHONE = "phone"
    ACCOUNT = "account"
    LINK = "link"
    PICTURE = "picture"
    TEXT = "text"
    AUTHOR = "author"
    HANDLE = "handle"  # the same name on another platform
    EMAIL = "email"  # an address in the text; no claim and no indicator of its own

    @property
    def weight(self) -> float:
        """How sure a careful officer would be before looking: 0 to 1."""
        return _TIE_WEIGHTS[self]


_TIE_WEIGHTS: Mapping[TieKind, float] = {
    TieKind.BANK_ACCOUNT: 0.98,
    TieKind.PHONE: 0.95,
    TieKind.ACCOUNT: 0.95,
    TieKind.LINK: 0.9,
    TieKind.PICTURE: 0.85,
    TieKind.TEXT: 0.7,
    TieKind.AUTHOR: 0.6,
    TieKind.HANDLE: 0.6,
    TieKind.EMAIL: 0.95,
}
