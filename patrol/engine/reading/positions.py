"""Kinds of work, by code. The codes are the keys of lexicon/positions.toml.

Claims of care work carry `detail`: `setting` ("home" or "institution") and `housework` ("excluded"), each only where
the text says so. A licence for domestic work covers care in a private home alone.

`detail["phrase"]` is the same for names of one job: two readings of a word ("packing"), a name and its gloss in brackets
("caregiver (perawat lansia)"), kinds that describe each other ("gudang online, packing barang"). A licence for one of
them covers that job.

`detail["said"]` is "aside" for work that an offer names and does not offer (`offered`): somebody's trade ("pensiunan perawat"), a step of
the work ("sortir"). Such work is no position of the reading.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate, islice, pairwise
from types import MappingProxyType

from patrol.domain import NOTHING, Claim, ClaimKind
from patrol.engine import lazy
from patrol.engine.reading import folding, phrases

_POSITIONS = phrases.load("positions.toml")
CODES = frozenset(_POSITIONS)
MOST = 200  # of one text: a list longer than any post's is a flood, and its head is enough

_WEAK = frozenset(name for entry in _POSITIONS.values() for name in entry.get("weak", ()))
_VENUES = frozenset(name for entry in _POSITIONS.values() for name in entry.get("venues", ()))
_MEETING_PLACES = frozenset({"hotel", "salon", "restoran", "resto", "cafe", "kafe", "mall", "toko", "warung", "gudang", "bengkel"})
_AND = lazy.regex(r" ?(?:,|/|&|dan|n|atau|maupun|utawa|lan|jeung|sareng|or|and)(?: juga)? ?")
_JOINT = lazy.regex(r" ?(?:&|\+|/|dan|and|serta|plus) ?")
_NOT_WORK = lazy.regex(
    r"\b(?:hub|hubungi|chat|wa|contact|kontak|min|ke|langsung|japri|inbox|biaya|uang|adm|bebas|tanya|"
    r"info|kode|group|grup|jadi|para|dm|kata|bukan|pengalaman|ini|saya|aku|"
    r"ex|eks|mantan|bayar|via|nomor|no|telp|potongan|oleh|seleksi|lolos|lulus|ttd|tertanda|kepada|dari) $"
)
_LEARNT = lazy.regex(
    r"\b(?:pelatihan|kursus|training|kelas|sekolah|sertifikat|sertifikasi|les|jurusan|lulusan|alumni|pengalaman|ex|eks|exs|mantan|"
    r"bekas|buku) $"
)
# Work one has done before is asked for, not offered: "pernah kerja di kapal pesiar", "pengalaman 2 tahun sebagai barista".
_DONE_BEFORE = lazy.regex(
    r"(?<!tanpa )(?<!tnp )(?<!non )\b(?:pernah|pengalaman|berpengalaman|eks|ex|bekas|mantan|tau|experience|alumni)"
    r"(?: (?:kerja|bekerja|nyambut gawe|jadi|dadi|sebagai|sbg|di|neng|nang|dalam|bidang|min|minimal|\d+|th|thn|tahun|bln|bulan|"
    r"ikut|as|in))"
    r"{1,6} $"
)
_SCHOOLED = lazy.regex(
    r"\b(?:d1|d2|d3|d4|s1|smk|sma|smkn|stm|diploma|ijazah|profesi|akademi|jurusan|prodi|lulusan|sarjana|str)"
    r"(?: (?:dari|di|jurusan|prodi))? $"
)
# What the author does is not what is offered: "aku cuma guru bahasa".
_OWN_WORK = lazy.regex(
    r"\b(?:saya|aku|sy|gw|gue|gua|ane|abdi|kulo|kula|inyong)"
    r"(?: (?:cuma|cm|hanya|mung|mek|ngan|seorang|kan|juga|sendiri|memang|emang|sih|dulu|dl|udah|sudah|adalah|kerja|jadi|sebagai|sbg))* $"
)
# Where candidates are met or picked is no place of work: "interview di lobi hotel", "seleksi di kantor pabrik".
_MEETING = lazy.regex(
    r"\b(?:interview|wawancara|walk in|seleksi|kumpul|ngumpul|nglumpuk|ketemu|ketemuan|mensetsu|tes|test|psikotes|sosialisasi|bertempat|"
    r"acara|daftar|datang|hadir|alamat)(?: (?!kerja|penempatan|untuk|utk|ke)[a-z0-9]+){0,3}"
    r" (?:di|at|in|neng|nang|ning)"
    r"(?: [a-z]+){0,2} $|\b(?:lobi|lobby|parkiran|ballroom|aula|seberang|sebelah|samping|belakang|depan|dekat|dkt|langganan|pelanggan) $"
)
# "Sortir" is picking goods, or picking candidates.
_PICKING = lazy.regex(r"^(?:sortir|sorting)$")
_PICKED_PEOPLE = lazy.regex(
    r"^ (?:calon|kandidat|cpmi|ctki|peserta|pelamar|berkas|dokumen|data|lamaran|tki|tkw|pmi|anak|orang|tgl|tanggal|hari|senin|"
    r"selasa|rabu|"
    r"kamis|jumat|sabtu|minggu|besok|jam|pukul|(?:di|neng|nang|ning|teng) "
    r"(?:kantor|aula|balai|hotel|disnaker|blk|lpk|rumah|kota|kab|desa|gedung|mess|pt))\b"
)
# "Rumah tangga" by itself is a job only where nothing makes it somebody's marriage, goods or trade.
_NO_HOUSEHOLD = lazy.regex(
    r"\b(?:ibu|bapak|kepala|alat|alat2|peralatan|perabot|perabotan|perlengkapan|urusan|masalah|kebutuhan|keperluan|konflik|"
    r"industri|limbah|"
    r"sampah|anggaran|ekonomi|membina|bina|bangun|berumah|keutuhan|barang|barang2|bahan|pengeluaran|biaya|keuangan|kekerasan|dalam|nasib|"
    r"elektronik) $"
)
_GOODS = lazy.regex(r"(?:pabrik|kilang) ")
_HOUSEKEEPING = frozenset({"housekeeping", "housekeeper", "bersih2", "bersih bersih"})
_CHORE = lazy.regex(
    r"\b(?:masak|memasak|masakin|nyuci|mencuci|cuci|umbah umbah|umbah2|setrika|nyetrika|nyeterika|gosok|ngepel|pel|nyapu|sapu|"
    r"bersih bersih|bersih2|bebersih|beberes|beres beres|beres2|resik resik|resik2|housekeeping|isah isah|asah asah|belanja)\b"
)
_HOME = lazy.regex(r"\b(?:rumah(?! sakit| makan| produksi)|omah|imah|flat|apartemen|apartment|majikan|keluarga|juragan)\b")
_NO_HOME = lazy.regex(
    r"\b(?:hotel|resort|villa|restoran|resto|rumah makan|kafe|cafe|katering|catering|kapal|laundry|kantor|pabrik|kilang|mess|warung)\b"
)
_CONTACT_AFTER = lazy.regex(r"^(?: ?[:+(]| \d| (?:kami|pengganti|pusat|resmi|baru|kita|nya|grup|group|hp|wa)\b)")
_SETTINGS = frozenset({"institution", "home"})
_KIN = frozenset(frozenset((code, other)) for code, entry in _POSITIONS.items() for other in entry.get("described_by", ()))
# Between a kind of work and what describes it: never what sets two jobs of a list apart.
_DESCRIBES = lazy.regex(r"(?!.*\b(?:dan|and|atau|or|serta|plus|juga|sama|karo|jeung)\b)(?:[a-z ,./:()\-]|[1-6]g\b){0,25}")
_GLOSS = lazy.regex(r" ?(?:/ ?)?\(")
CARE = frozenset({"babysitter", "caregiver", "elderly_carer", "nurse"})
_FACTORY = frozenset({"production_operator", "packer"})  # other weak words before a country are names of firms too
# Who stands at the office's door or desk is met there, not sought: "malah ditolak satpam", "no payment outside the cashier".
_DOORKEEPER = lazy.regex(r"^(?:satpam|security|sekuriti|keamanan|kasir|cashier|resepsionis|front office)$")
_MET = lazy.regex(
    r"\b(?:(?:antre|antri|ngantri|tanya|tanyo|takon|nanya|ditanya|ditanyai|diusir|dicegat|ditolak|dihadang|izin|ijin|lapor|titip|"
    r"nitip|dititip|"
    r"titipkan|dititipkan|ketemu|temui|panggil|dijaga|dimarahi|diarahkan|disuruh|diantar|bilang)"
    r"(?: (?:sama|karo|ke|ka|oleh|kepada|dengan|pada|di|pos|pak|mas|bapak|dulu|antre|antri|balik|pulang|masuk)){0,4}"
    r"|(?:outside|at|to|by|with|past) the) $"
)
_DOOR_BEHIND = lazy.regex(r"^(?:nya\b| (?:kami|kantor|pt|galak|baik|ramah|di (?:depan|pintu|gerbang|lobi|pos|kantor))\b)")
# Who carries candidates or their papers serves them, and a father's trade is his own: "dijemput sopir kami", "ayahnya cuma petani".
_CARRIER = lazy.regex(r"^(?:sopir|supir|driver|kurir|courier|ojek|tukang ojek|sopir (?:truk|travel|mobil)|supir (?:truk|travel|mobil))$")
_CARRIES = lazy.regex(
    r"\b(?:dijemput|jemput|menjemput|diantar|antar|dianter|anter|diater|diambil|ambil|titip|titipkan|dititipkan|serahkan|hubungi|"
    r"bayar|kasih|"
    r"kirim|papag|dipapag)(?: (?:lewat|via|oleh|sama|ke|kepada|dengan|karo|pak|mas|bapak|si|langsung)){0,3} $"
)
_CARRIED = lazy.regex(
    r"^(?: (?:truk|mobil|bus|motor))? ?(?:\(|:)? ?(?:travel|kami|kita|pt|agen|berkas|dokumen|paspor|pengantar|penjemput|jemput\w*|"
    r"antar\w*|online|ambil|yang (?:jemput|antar|ambil)|"
    r"(?:akan|bakal|nanti) (?:jemput|ambil|datang|antar))\b"
)
_KINSMAN = lazy.regex(
    r"\b(?:(?:ayah|bapak|bapake|ayahnya|bapaknya|bapakku|ayahku|orang tua|orangtua|ortu|mertua|wali|suaminya|suamiku|suami saya|"
    r"istrinya|istriku|"
    r"ibunya|ibuku|kakaknya|adiknya|bojone|bojoku)(?: (?:yang|yg|sing|cuma|hanya|mung|seorang|adalah|kerja|kerjo|bekerja|jadi|"
    r"dadi|sebagai))*|"
    r"(?:suami|istri|ibu|kakak|adik|anak)(?: (?:yang|yg|sing|cuma|hanya|mung|seorang|jadi|dadi|bekerja))+) $"
)
_OWN_TRADE = lazy.regex(r"^(?:petani|nelayan|sopir|supir|tukang|buruh|peternak|satpam|guru|pedagang)")
_OF_KIN = lazy.regex(r"\b(?:(?<!suami )istri|suami|bapak|ayah|anak|keluarga|ibu|bojo|putra|putri) $")
_ADMIN = lazy.regex(r"^(?:admin|cs|operator|marketing|administrasi|hrd|front office|customer service|resepsionis)$")


def covers() -> Mapping[str, frozenset[str]]:
    """Position code -> the codes a licence for it covers, itself included; what they cover in turn is covered too."""
    return _COVERS


def _closure() -> Mapping[str, frozenset[str]]:
    direct = {code: set(entry.get("covers", ())) for code, entry in _POSITIONS.items()}
    closed: dict[str, frozenset[str]] = {}
    for code in direct:
        reached, waiting = {code}, [code]
        # elderly_carer and caregiver cover each other: a walk with memory, not recursion
        while waiting:
            for narrower in direct.get(waiting.pop(), ()):
                if narrower not in reached:
                    reached.add(narrower)
                    waiting.append(narrower)
        closed[code] = frozenset(reached)
    return MappingProxyType(closed)


_COVERS = _closure()


@functools.lru_cache(maxsize=8192)
def codes(text: str) -> frozenset[str]:
    """Codes of the wording of a register or a post; a code written as such is one."""
    if text.strip().lower() in CODES:
        return frozenset({text.strip().lower()})
    folded = folding.fold(text)
    return frozenset(hit.value for hit in phrases.search(folded).get("position", ()))


def claims(folded: folding.Folded, hits: phrases.Hits, source: str = "text") -> list[Claim]:
    """POSITION claims in order. "chat admin", "biaya admin" and "pengalaman operator" are no work on offer."""
    words = folded.words
    made: list[phrases.Hit] = []
    weak: list[phrases.Hit] = []
    asked_for: list[phrases.Hit] = []
    refused: phrases.Hit | None = None
    care = [hit for hit in hits.get("care", ())[:MOST] if hit.value not in _SETTINGS or not phrases.denied(folded, hit)]
    towns = sorted((town.start, town.end) for table in ("country", "place") for town in hits.get(table, ()))
    reaches = list(accumulate((end for _, end in towns), max))  # how far those that begin before reach
    for hit in hits.get("position", ())[:MOST]:
        if towns and (before_it := bisect.bisect_left(towns, (hit.start,))) and hit.end <= reaches[before_it - 1]:
            continue  # "Sungai Petani"
        written = words[hit.start : hit.end]
        before = words[max(0, hit.start - 20) : hit.start]
        asked = _ADMIN.match(written) and (_NOT_WORK.search(before) or _CONTACT_AFTER.match(words[hit.end : hit.end + 12]))
        if asked or _LEARNT.search(before) or _where_or_how(words, hit) or _is_met(words, hit) or _is_another(words, hit):
            continue
        if phrases.denied(folded, hit) or (refused is not None and _AND.fullmatch(words, refused.end, hit.start)):
            refused = hit  # "tidak menerima cook dan waiter"
            continue
        (asked_for if _asked_for(words, hit) else weak if written in _WEAK else made).append(hit)
    kept = [*made, *_joined(words, weak, made, hits.get("country", ()))] if made else weak or asked_for
    kept = _household(folded, _one_code(words, kept))
    details = _circumstances(folded, kept, care)
    for number, phrase in enumerate(_one_job(folded, kept)):
        for at in phrase:
            details[at]["phrase"] = str(number)
    found = (
        Claim(ClaimKind.POSITION, hit.value, folded.word_span(hit.start, hit.end), source, detail=detail or NOTHING)
        for hit, detail in zip(kept, details, strict=True)
    )
    return sorted(found, key=lambda claim: claim.span)


def _asked_for(words: str, hit: phrases.Hit) -> bool:
    """Whether the work was done before, learnt at school or is the author's own."""
    before = words[max(0, hit.start - 60) : hit.start]
    return any(said.search(before) is not None for said in (_DONE_BEFORE, _SCHOOLED, _OWN_WORK))


def _where_or_how(words: str, hit: phrases.Hit) -> bool:
    """Whether the words name where or how candidates are picked."""
    written = words[hit.start : hit.end]
    if written == "rumah tangga" and _NO_HOUSEHOLD.search(words, max(0, hit.start - 20), hit.start):
        return True
    if (written in _WEAK or written in _MEETING_PLACES) and _MEETING.search(words[max(0, hit.start - 60) : hit.start]):
        return True
    return _PICKING.match(written) is not None and _PICKED_PEOPLE.match(words[hit.end : hit.end + 20]) is not None


def _is_another(words: str, hit: phrases.Hit) -> bool:
    """Whether it is the trade of somebody who serves the candidates, or of their kin."""
    before = words[max(0, hit.start - 60) : hit.start]
    if _CARRIER.match(words[hit.start : hit.end]) and (_CARRIES.search(before) or _CARRIED.match(words[hit.end : hit.end + 24])):
        return True
    return _KINSMAN.search(before) is not None or (
        _OWN_TRADE.match(words[hit.start : hit.end]) is not None and _OF_KIN.search(before) is not None
    )


def _is_met(words: str, hit: phrases.Hit) -> bool:
    """Whether it is somebody at the office's door or desk."""
    if _DOORKEEPER.match(words[hit.start : hit.end]) is None:
        return False
    return (
        _MET.search(words, max(0, hit.start - 60), hit.start) is not None or _DOOR_BEHIND.match(words[hit.end : hit.end + 16]) is not None
    )


def _one_code(words: str, work: Sequence[phrases.Hit]) -> list[phrases.Hit]:
    """Of two readings of one word the one the rest of the text shares; a factory's goods do not tell the work in it."""
    codes: dict[tuple[int, int], set[str]] = {}
    for hit in work:
        codes.setdefault((hit.start, hit.end), set()).add(hit.value)
    if all(len(read) == 1 for read in codes.values()):
        return list(work)
    kept = []
    for hit in work:
        place = (hit.start, hit.end)
        others = codes[place] - {hit.value}
        elsewhere = {
            code for at, read in codes.items() if at != place and len(read) == 1 and words[slice(*at)] not in _VENUES for code in read
        }
        goods = "production_operator" in others and _GOODS.match(words, hit.start) is not None
        if not (goods or (others & elsewhere and hit.value not in elsewhere)):
            kept.append(hit)
    return kept


def _household(folded: folding.Folded, work: list[phrases.Hit]) -> list[phrases.Hit]:
    """Chores of a household alone are domestic work: "housekeeping + masak, rumah 3 orang"."""
    words = folded.words
    if any(words[hit.start : hit.end] not in _HOUSEKEEPING for hit in work):
        return work
    chores = list(islice(_CHORE.finditer(words), 20))
    near = [(one, other) for one, other in pairwise(chores) if one.group() != other.group() and other.start() - one.end() < 25]
    if not near or not _HOME.search(words) or _NO_HOME.search(words):
        return work
    return [phrases.Hit("domestic_worker", near[0][0].start(), near[0][1].end())]


def _joined(words: str, weak: Sequence[phrases.Hit], made: Sequence[phrases.Hit], countries: Sequence[phrases.Hit]) -> list[phrases.Hit]:
    """Those of the weak that stand joined to other work: "caregiver & pertanian", "welder/construction", "las dan gudang",
    or beside a country: "operator Malaysia".
    """
    weak = [hit for hit in weak if words[hit.start : hit.end] not in _VENUES]
    if not weak:
        return []
    # Two words for those who answer the telephone, joined, are still no work.
    work = [*made, *(hit for hit in weak if not _ADMIN.match(words[hit.start : hit.end]))]
    starts, ends = {hit.start for hit in work}, {hit.end for hit in work}
    kept = []
    for hit in weak:
        before, behind = words[max(0, hit.start - 6) : hit.start], words[hit.end : hit.end + 6]
        after = re.search(rf"{_JOINT.pattern}$", before)
        ahead = _JOINT.match(behind)
        abroad = hit.value in _FACTORY and any(country.end + 1 == hit.start or hit.end + 1 == country.start for country in countries)
        if abroad or (after and hit.start - len(after.group()) in ends) or (ahead and hit.end + ahead.end() in starts):
            kept.append(hit)
    return kept


def _one_job(folded: folding.Folded, work: Sequence[phrases.Hit]) -> list[list[int]]:
    """The places in `work` that name one job, in groups of two and more."""
    if len(work) < 2:
        return []
    order = sorted(range(len(work)), key=lambda at: work[at][1:])
    groups = [[order[0]]]
    for before, at in pairwise(order):
        if _same_job(folded, work[before], work[at]):
            groups[-1].append(at)
        else:
            groups.append([at])
    return [group for group in groups if len(group) > 1]


def _same_job(folded: folding.Folded, first: phrases.Hit, second: phrases.Hit) -> bool:
    if second.start < first.end:
        return True
    between = folded.words[first.end : second.start]
    if len(between) > 25:
        return False
    if _GLOSS.fullmatch(between):
        return folded.words[second.end : second.end + 1] == ")"
    if frozenset((first.value, second.value)) not in _KIN or _DESCRIBES.fullmatch(between) is None:
        return False
    start, end = (folded.plain_span(hit.start, hit.end)[0] for hit in (first, second))
    return "\n" not in folded.plain[start:end]


def _circumstances(folded: folding.Folded, work: Sequence[phrases.Hit], said: Sequence[phrases.Hit]) -> list[dict[str, str]]:
    """`setting` and `housework` of care work, for other work nothing: what its own line says, else what the others agree on."""
    lines = [_line(folded, hit) if hit.value in CARE else None for hit in work]
    cared = {line for line in lines if line is not None}
    if not said or not cared:
        return [{} for _ in work]
    settings: dict[int | None, set[str]] = {}
    for hit in said:
        if hit.value in _SETTINGS:
            settings.setdefault(_line(folded, hit), set()).add(hit.value)
    elsewhere = {value for line, values in settings.items() if line not in cared for value in values}
    housework = {"housework": "excluded"} if any(hit.value == "no_housework" for hit in said) else {}
    # An institution named anywhere outweighs "rumah": its own flats and its clients' homes are called so too.
    return [_setting(settings.get(line) or elsewhere) | housework if line is not None else {} for line in lines]


def _setting(named: Collection[str]) -> dict[str, str]:
    return {"setting": "institution" if "institution" in named else "home"} if named else {}


def _line(folded: folding.Folded, hit: phrases.Hit) -> int:
    """Where the line a hit begins in begins; `words` has lost the breaks, `plain` has them."""
    return folded.plain.rfind("\n", 0, folded.plain_span(hit.start, hit.start + 1)[0]) + 1


def summary(found: Iterable[Claim]) -> tuple[str, ...]:
    """Codes of offered work without doubles, in order."""
    return tuple(dict.fromkeys(claim.value for claim in found if claim.detail.get("said") != "aside"))
