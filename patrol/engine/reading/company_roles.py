"""In what role a company stands in a text: told by the words beside it, then by the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from patrol.domain import Claim, CompanyRole, Span, TextKind
from patrol.engine import lazy
from patrol.engine.reading import phrases

RECRUITERS = frozenset(form.replace(" ", "") for form in phrases.load("companies.toml")["forms"]["recruiter"])

_OPENING = r"\s?(?:pt\.? )?[\"'(]?\s?$"
_DENIED = lazy.regex(
    r"\b(?:bukan|bkn|tidak|tdk|tanpa|tnp|jangan|jgn|no|not|gak|ga|nggak|ngga|enggak|ndak|ora|ojo|teu|dudu|sanes|mboten|tak|never)\b"
    r"(?:\s(?:lagi|lewat|liwat|melalui|via|dari|ke|dengan|dgn|through|from|by|bagian|cabang|ada hubungan(?:nya)? (?:dengan|sama)|"
    r"kerja sama dengan|bekerja sama dengan|pernah|perlu|usah|harus|mau|sampai|percaya|ikut|pakai|pake|nganggo|nganggep|"
    r"milik|oleh|di|sama|cabangnya|grup|group)){0,4}" + _OPENING
)
_PAST = lazy.regex(
    r"\b(?:dulu(?:nya)?(?: di| lewat| kerja di| ikut)?|mantan|bekas|eks|ex|pernah(?: di| lewat| ikut| daftar di| kerja di)?|dlu|"
    r"seperti|kayak|kaya|dibanding(?:kan)?(?: dengan)?|daripada|beda (?:dengan|dgn|sama|dari|dr)|sebelumnya(?: di| lewat)?|waktu di|"
    r"jangan seperti|alumni|korban|kasus|pt (?:satunya|sebelah|(?:yang )?lain(?:nya)?)|"
    r"(?:ketuk[ae]r|tertukar|keliru|mirip)(?: sama| dengan)?|saingan|selain|unlike|than|gagal (?:di|lewat)|kabur dari|"
    r"keluar dari)(?:\s(?:saya|aku|kami|di|ikut|lewat|daftar)){0,2}\s?(?:pt lain )?" + _OPENING
)
_PAST_BEHIND = lazy.regex(
    r"\s?[,(]?\s?(?:itu |yang |yg |sing |kuwi )?(?:dulu|dlu|mbiyen|baheula|bekas|mantan)\b[^.!?\n]{0,30}\b"
    r"(?:(?:tidak|tdk|ga|gak|nggak|udah|sudah|wis|ora) (?:ga |gak |tidak |ora )?(?:dipakai|dipake|lagi|kerja sama|ada|dienggo|"
    r"urusan)|bubar|bangkrut|tutup)\b"
)
_WORKPLACE = lazy.regex(
    r"\b(?:kerja di|bekerja di|user|majikan|employer|perusahaan tujuan|pemberi kerja|mitra|ditempatkan di|"
    r"penempatan di|untuk perusahaan|principal|nama pabrik|nama perusahaan|pabrik|kilang|factory|karyawan|pekerja di)"
    r"(?:\s?:\s?|\s)$"
)
# Who works there passes on what the company offers: "ponakan yang kerja di PT Contoh".
_WORKS_THERE = lazy.regex(
    r"(?<!buat )(?<!untuk )(?<!utk )(?<!bagi )(?<!khusus )\b(?:yg|yang|sing|nu) (?:kerja|bekerja|krj|makaryo|nyambut gawe|digawe) "
    r"(?:di|neng|nang|ning)\s$"
)
_PLACES = lazy.regex(
    r"\b(?:melalui|lewat|via|oleh|bersama|kami(?: dari)?|p3mi|pjtki|pptkis|resmi dari|agen|agency|penyalur|disalurkan|"
    r"gabung(?: di| dengan)?|daftar di|kantor|dari|by|proses(?:nya)?|diproses|diberangkatkan|penempatan oleh|perusahaan penempatan|"
    r"through|with|liwat|nganggo|numpak|resmi|ikut)(?: di| oleh| lewat)?\s?[:\-]?\s?[\"']?$"
)
_HIRES = (
    r"(?:kembali |sedang |kami |sdg |lagi |lg |is |now |are |masih |msh |langsung |resmi )?"
    r"(?:buka|dibuka|membuka|membutuhkan|butuh|mencari|"
    r"cari|nyari|menerima|terima|merekrut|rekrut|memberangkatkan|menempatkan|mengadakan|hiring|hire|hires|recruit|recruits|recruiting|"
    r"seeks|seeking|needs|open|opens|opening|siap|looking for|wants|directly hiring|hiring directly|mengajak|ngajak)\b"
    # What else a firm opens or looks for than work.
    r"(?! (?:gerai|cabang|outlet|toko|kantor|pabrik|warung|usaha|kelas|kursus|pelatihan|stan|stand|showroom|rekening|layanan)\b)"
)
_RECRUITS_AFTER = lazy.regex(rf"\s?[,:\-]?\s?(?:\([^)\n]{{1,24}}\)\s?)?(?:[a-z]{{3,14}} )?{_HIRES}")
_ONLY_BEHIND = lazy.regex(
    r"\b(?:melalui|lewat|liwat|via|penempatan oleh|diproses|disalurkan|p3mi|pjtki|pptkis|penyalur|processed (?:in \w+ )?by|through|"
    r"perusahaan(?: penempatan)?|nama perusahaan|agensi|ngalangkungan|kantor|resmi dari|gabung)(?: oleh| di| lewat)?\s?[:\-]?\s?[\"']?$"
)
_CALLED_ONE = lazy.regex(r"(?:perusahaan|agensi|agency|p3mi|pjtki|pptkis)\s[\"']?$")
_ONLY_BEFORE = lazy.regex(
    rf"\s?[,.:;\-]?\s?(?:\([^)\n]{{1,24}}\)\s?)?(?:[a-z]{{3,14}} |cabang [a-z]{{3,14}} )?[,.:;\-]?\s?"
    rf"(?:{_HIRES}|(?:no\.? )?(?:sip(?:2mi|3mi)?|siup\w*|surat izin|izin (?:p3mi|perekrutan)|p3mi)\b)"
)
# Who follows "lewat" with a title is a person, whatever the name ("lewat Ibu Dewi Intan").
_PERSON = lazy.regex(
    r"\b(?:ibu|bu|pak|bapak|bpk|mas|mbak|kak|bang|bg|haji|hj|h|"
    r"ustad\w*|ust|sdr|sdri|saudara|kang|teh|om|tante|cik|mr|mrs)\.?\s$"
)


def by_words(plain: str, start: int, end: int, *, foreign: bool) -> CompanyRole:
    """The role that the words on its own line give a company at `plain[start:end]`."""
    before = plain[max(0, start - 48) : start].rsplit("\n", 1)[-1]
    if _DENIED.search(before):
        return CompanyRole.DENIED
    if _PAST.search(before) or _PAST_BEHIND.match(plain, end, end + 60):
        return CompanyRole.MENTIONED
    if _WORKS_THERE.search(before):
        return CompanyRole.UNCLEAR
    if _WORKPLACE.search(before):
        return CompanyRole.EMPLOYER if foreign else CompanyRole.MENTIONED
    if _PLACES.search(before) or _RECRUITS_AFTER.match(plain, end, end + 60):
        return CompanyRole.PLACER
    return CompanyRole.UNCLEAR


def around(text: str, span: Span) -> CompanyRole:
    """The role the words around a name give it in a text that is not folded: for names only the register knows."""
    before = text[max(0, span[0] - 60) : span[0]].lower().replace("“", '"')
    return by_words(before + text[span[1] : span[1] + 60].lower(), len(before), len(before), foreign=False)


def hires(plain: str, end: int) -> bool:
    """Whether what stands before `end` is said to hire."""
    return _RECRUITS_AFTER.match(plain, end, end + 60) is not None


def only_a_company(plain: str, start: int, end: int) -> bool:
    """Whether only a company can stand there: behind "lewat", or before its licence or what it opens."""
    before = plain[max(0, start - 40) : start].rsplit("\n", 1)[-1]
    if _PERSON.search(before):
        return False
    return _ONLY_BEHIND.search(before) is not None or _ONLY_BEFORE.match(plain, end, end + 70) is not None


def is_called_one(plain: str, start: int) -> bool:
    """Whether what begins there is called a company by the word before it."""
    return _CALLED_ONE.search(plain, max(0, start - 16), start) is not None


def settle(found: Sequence[Claim], text_kind: str) -> list[Claim]:
    """Roles seen from the whole text: outside offers nobody is put forward; a foreign firm beside a placer employs.

    An Indonesian company that is only the place of work is mentioned; where it is the only one named it is unclear.
    """
    if text_kind not in {TextKind.OFFER_ABROAD, TextKind.OFFER_HOME, TextKind.LURE, TextKind.ADVERTISEMENT}:
        return [
            claim if claim.role in {CompanyRole.DENIED, CompanyRole.MENTIONED} else replace(claim, role=CompanyRole.MENTIONED)
            for claim in found
        ]
    named = {CompanyRole.PLACER, CompanyRole.UNCLEAR}
    indonesian = [c for c in found if "foreign" not in c.detail and c.role in named]
    settled = []
    for claim in found:
        if "foreign" in claim.detail and claim.role not in {CompanyRole.DENIED, CompanyRole.MENTIONED}:
            # A factory looks for people as a recruiter does: only a name that says recruiter is put forward by that.
            alone = claim.role if claim.detail.get("form") in RECRUITERS else CompanyRole.UNCLEAR
            settled.append(replace(claim, role=CompanyRole.EMPLOYER if indonesian else alone))
        else:
            settled.append(claim)
    return settled
