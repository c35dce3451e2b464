"""Invented posts without end, mixed as a watched channel mixes them. Everything in them is made up.

A post is put together from sentences with filled-in slots, in the spellings people use; two posts are alike as two real
ads are alike, and about one in twelve repeats an earlier one with another number, as reposts do. The same seed gives
the same posts. Shares follow the example world's labels (about four in ten are offers abroad).
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from functools import cache

from example import world

COUNTRIES = {
    "Kamboja": ("Phnom Penh", "Poipet", "Sihanoukville"),
    "Taiwan": ("Taichung", "Taoyuan", "Hsinchu"),
    "Malaysia": ("Johor", "Penang", "Sarawak"),
    "Arab Saudi": ("Riyadh", "Jeddah", "Dammam"),
    "Hong Kong": ("Kowloon", "Tuen Mun"),
    "Singapura": ("Jurong", "Tampines"),
    "Jepang": ("Osaka", "Nagoya", "Chiba"),
    "Uni Emirat Arab": ("Dubai", "Abu Dhabi"),
    "Brunei": ("Bandar Seri Begawan",),
    "Polandia": ("Warsawa", "Krakow"),
}
TOWNS = (
    "Sukabumi",
    "Cianjur",
    "Indramayu",
    "Cilacap",
    "Ponorogo",
    "Malang",
    "Lombok Timur",
    "Kupang",
    "Batam",
    "Kebumen",
    "Tulungagung",
    "Karawang",
    "Brebes",
    "Banyuwangi",
    "Sambas",
    "Nunukan",
    "Medan",
    "Bandar Lampung",
)
WORK = (
    "operator produksi",
    "pekerja rumah tangga",
    "perawat lansia",
    "buruh bangunan",
    "pekerja kebun sawit",
    "cleaning service hotel",
    "tukang las",
    "koki",
    "pramusaji",
    "ABK kapal ikan",
    "pengasuh anak",
    "pekerja pabrik mie",
    "sopir",
    "pemetik buah",
)
HOME_WORK = ("kasir minimarket", "barista", "kurir motor", "admin gudang", "tukang jahit", "SPG", "guru les", "teknisi AC", "penjaga toko")
PEOPLE = ("Rey", "Bu Ida", "Mas Jono", "Teh Neng", "Pak Darto", "Kak Sela", "Umi Fat", "Bang Ucok", "Mbak Wulan", "Ko Aseng")
GOODS = (
    "rice cooker",
    "kasur lipat",
    "sepeda listrik",
    "HP second",
    "mie instan satu dus",
    "jaket tebal",
    "koper 28 inch",
    "kipas angin",
    "baju muslim",
    "bakso frozen",
)
SIGNS = ("🔥", "✅", "✈️", "📌", "🙏", "💰", "📢", "‼️", "")
ENDINGS = ("Makasih 🙏", "Monggo dishare.", "Info lanjut japri ya.", "Terbatas!", "Yg minat aja.", "Siapa cepat dia dapat.", "Salam.", "")
TALK = (
    "tadi antri di {office} lama banget dari jam {hour} pagi, padahal cuma mau tanya soal {thing}",
    "ada yg tau cara urus {thing} dari {country}? kemarin ditolak katanya kurang {paper}",
    "alhamdulillah bulan ini bisa kirim uang ke rumah, anak mau masuk {school} di {town}",
    "hujan terus di {city}, yg kerja luar hati2 ya teman2, jangan lupa pakai {wear}",
    "besok ada pengajian di {city} jam {hour}, bawa {food} masing-masing ya",
    "kangen masakan ibu di {town}, di sini {food} mahal {amount} satu porsi",
    "numpang tanya, kirim paket {goods} ke {town} biasanya berapa lama? sudah {days} hari belum sampai",
    "majikan saya ganti jadwal libur jadi tiap {day}, ada yg mau jalan ke {city} bareng?",
    "lampu kamar mess mati dari {day}, sudah lapor {person} belum ditanggapi juga",
    "selamat pagi semua, semoga yg lagi {state} cepat {wish} dan kerjanya lancar",
)
SLOTS: dict[str, tuple[str, ...]] = {
    "office": ("KBRI", "KJRI", "imigrasi", "bank", "puskesmas", "kantor pos", "disnaker"),
    "thing": ("perpanjang paspor", "surat keterangan", "BPJS", "kartu SIM", "buku tabungan", "legalisir ijazah", "cuti pulang"),
    "paper": ("fotokopi KTP", "surat nikah", "pas foto", "akta", "tanda tangan", "materai"),
    "school": ("SMP", "SMA", "pondok", "TK", "kuliah"),
    "wear": ("jas hujan", "sepatu boot", "jaket", "masker", "helm"),
    "food": ("bakso", "pecel", "rendang", "gorengan", "soto", "ketan", "es campur", "tempe mendoan"),
    "state": ("sakit", "cari kerja", "ujian", "proses pulang", "merantau", "nunggu kontrak"),
    "wish": ("sembuh", "selesai", "dimudahkan", "berkah", "kumpul keluarga"),
    "day": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
}


@cache
def _register() -> tuple[tuple[str, ...], tuple[tuple[str, str, str, str], ...]]:
    """Names of the example register's agencies, and (agency, number, country, position) of its licences."""
    folder = world.FOLDER / "register"
    with (folder / "agencies.csv").open(encoding="utf-8", newline="") as file:
        names = tuple(dict.fromkeys(row["name"] for row in csv.DictReader(file)))
    with (folder / "licences.csv").open(encoding="utf-8", newline="") as file:
        licences = tuple((row["agency"], row["number"], row["country"], row["positions"].split(";")[0]) for row in csv.DictReader(file))
    return names, licences


class Writer:
    """Writes one post after another. `n` makes numbers and names that no other post has."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.earlier: list[str] = []

    def pick[T](self, many: tuple[T, ...]) -> T:
        return self.random.choice(many)

    def phone(self) -> str:
        """In a prefix no operator has, in one of the ways people write numbers."""
        tail = f"{self.random.randrange(10**8):08d}"
        return self.pick(
            (
                f"0840{tail}",
                f"0840-{tail[:4]}-{tail[4:]}",
                f"+62 840 {tail[:4]} {tail[4:]}",
                f"0840 {tail[:4]}{tail[4:]}",
                f"wa.me/62840{tail}",
                f"0840.{tail[:4]}.{tail[4:]}",
            )
        )

    def account(self) -> str:
        return f"@{self.pick(PEOPLE).split()[-1].lower()}_{self.random.randrange(10**5)}_contoh"

    def bank(self) -> str:
        return f"{self.pick(('BCA', 'BRI', 'Mandiri', 'BNI'))} 0000{self.random.randrange(10**8):08d} an {self.pick(PEOPLE)}"

    def pay(self) -> str:
        n = self.random.randrange(6, 29)
        return self.pick((f"{n} juta", f"{n}jt/bulan", f"Rp {n}.000.000", f"{n * 60} USD", f"{n}-{n + 3} jt bersih"))

    def place(self) -> tuple[str, str]:
        country = self.pick(tuple(COUNTRIES))
        return country, self.pick(COUNTRIES[country])

    def slot(self, template: str) -> str:
        country, city = self.place()
        return template.format(
            country=country,
            city=city,
            town=self.pick(TOWNS),
            person=self.pick(PEOPLE),
            goods=self.pick(GOODS),
            hour=self.random.randrange(4, 22),
            days=self.random.randrange(2, 40),
            amount=f"{self.random.randrange(2, 90)} ribu",
            **{name: self.pick(words) for name, words in SLOTS.items()},
        )

    # --- kinds ---

    def compound(self) -> str:
        country, city = "Kamboja", self.pick(COUNTRIES["Kamboja"])
        job = self.pick(("CS chat", "admin judol", "marketing online", "telemarketing", "operator komputer", "CS slot"))
        lines = [
            f"{self.pick(SIGNS)} LOKER {self.pick(('URGENT', 'TERBARU', 'CEPAT'))} {city.upper()} {country}",
            f"Posisi: {job}, gaji {self.pay()} + bonus {self.random.randrange(5, 30)}%",
            self.pick(("Tanpa ijazah, tanpa pengalaman", "Usia bebas, yg penting bisa ngetik", "Ga perlu bisa bahasa Inggris")),
            self.pick(("Tiket ditanggung company", "Paspor dibikinin", "Mess AC makan 3x", "Akomodasi di lokasi, laundry gratis")),
            f"Kerja {self.random.randrange(8, 14)} jam, berangkat {self.pick(SLOTS['day'])} ini",
            f"Japri {self.phone()} ({self.pick(PEOPLE)})",
        ]
        return "\n".join(lines)

    def houseworker(self) -> str:
        country, city = "Arab Saudi", self.pick(COUNTRIES["Arab Saudi"])
        return "\n".join(
            [
                f"Dibutuhkan {self.random.randrange(2, 30)} org PRT ke {city} {country} {self.pick(SIGNS)}",
                self.pick(("Visa ziarah dulu nanti diurus majikan", "Proses cepat 2 minggu terbang", "Lewat Batam dulu, aman")),
                self.pick((f"Fee keluarga {self.pay()}", f"Uang saku {self.pay()} cair setelah medical", "Bon-bonan bisa")),
                f"Daerah {self.pick(TOWNS)} dan sekitar. Hub {self.phone()} {self.pick(PEOPLE)}",
                self.pick(ENDINGS),
            ]
        )

    def unnamed_offer(self) -> str:
        country, city = self.place()
        return (
            f"{self.pick(SIGNS)} Lowongan {self.pick(WORK)} di {city}, {country}. Gaji {self.pay()}, kontrak "
            f"{self.random.randrange(1, 4)} tahun, {self.pick(('potong gaji', 'tanpa biaya', 'biaya bisa dicicil'))}.\n"
            f"Syarat: usia {self.random.randrange(18, 25)}-{self.random.randrange(35, 50)}, "
            f"{self.pick(('sehat', 'izin keluarga', 'KTP dan KK asli', 'paspor aktif'))}.\n"
            f"Wilayah {self.pick(TOWNS)}. WA {self.phone()} / tele {self.account()}. {self.pick(ENDINGS)}"
        )

    def agency_offer(self) -> str:
        names, licences = _register()
        if self.random.random() < 0.7:
            agency, number, country, position = self.pick(licences)
        else:
            agency, country, position = self.pick(names), self.place()[0], self.pick(WORK)
            number = f"B. {self.random.randrange(1000, 9999)}/SIP2MI/{self.pick(('II', 'V', 'IX', 'XI'))}/2026"
        shown = f"\nNo SIP: {number}" if self.random.random() < 0.6 else ""
        return (
            f"{agency} membuka kesempatan kerja ke {country} untuk {position}, {self.random.randrange(5, 60)} orang.{shown}\n"
            f"Gaji {self.pay()}, kontrak {self.random.randrange(2, 4)} tahun, biaya sesuai aturan.\n"
            f"Daftar di kantor {self.pick(TOWNS)} atau telp {self.phone()}."
        )

    def unknown_agency_offer(self) -> str:
        country, city = self.place()
        first, last = (self.pick(("Cipta", "Surya", "Bintang", "Mega", "Tunas")), self.pick(("Rekaan", "Contoh", "Karangan")))
        name = f"PT {first} {self.pick(TOWNS)} {last}"
        return (
            f"{name} resmi memberangkatkan {self.pick(WORK)} tujuan {city} {country} {self.pick(SIGNS)}\n"
            f"Gaji {self.pay()}. Bayar DP dulu {self.random.randrange(1, 9)} juta untuk pegang kursi, transfer {self.bank()}.\n"
            f"Kontak {self.phone()}. {self.pick(ENDINGS)}"
        )

    def crew(self) -> str:
        return (
            f"ABK / cumi / longline butuh {self.random.randrange(3, 25)} orang, naik kapal dari {self.pick(TOWNS)} tujuan "
            f"{self.pick(COUNTRIES['Taiwan'])}, Taiwan. Bon {self.pay()} untuk keluarga, buku pelaut dibikinin.\n"
            f"Hub {self.pick(PEOPLE)} {self.phone()}"
        )

    def aid_fraud(self) -> str:
        return (
            f"{self.pick(SIGNS)} PENGUMUMAN dari Kementerian: dana bantuan PMI {self.random.randrange(5, 90)} juta untuk TKI di "
            f"{self.place()[0]}. Isi formulir data dan kirim foto KTP, biaya administrasi {self.random.randrange(150, 900)} ribu ke "
            f"{self.bank()}. Konfirmasi {self.phone()} sebelum {self.pick(SLOTS['day'])}."
        )

    def exempt(self) -> str:
        return (
            f"Pengumuman Direktorat: pendaftaran program G to G {self.pick(('Korea Selatan', 'Jepang', 'Jerman'))} gelombang "
            f"{self.random.randrange(1, 30)} dibuka. Tanpa biaya calo, daftar lewat SISKOP2MI atau disnaker {self.pick(TOWNS)}. "
            f"Tes tanggal {self.random.randrange(1, 29)}."
        )

    def home_job(self) -> str:
        return (
            f"Loker {self.pick(TOWNS)}: dibutuhkan {self.pick(HOME_WORK)}, gaji {self.random.randrange(18, 55) / 10} juta, libur "
            f"{self.pick(SLOTS['day'])}. Lamaran ke toko, hub {self.phone()}. {self.pick(ENDINGS)}"
        )

    def goods(self) -> str:
        return (
            f"Jual {self.pick(GOODS)} {self.pick(('masih mulus', 'baru', 'second', 'ready banyak'))}, "
            f"{self.random.randrange(20, 900)} ribu "
            f"nego. COD {self.pick(TOWNS)}. WA {self.phone()} {self.pick(SIGNS)}"
        )

    def warning(self) -> str:
        country, city = self.place()
        return (
            f"WASPADA! Jangan percaya loker {self.pick(WORK)} ke {city} {country} dari nomor {self.phone()}. Sudah banyak korban, uang "
            f"{self.pay()} hilang. Cek dulu di disnaker {self.pick(TOWNS)}. Sebarkan."
        )

    def news(self) -> str:
        country, city = self.place()
        return (
            f"Polisi {self.pick(TOWNS)} menangkap {self.random.randrange(1, 7)} orang yang diduga mengirim pekerja ke {city}, {country} "
            f"tanpa dokumen. Menurut keterangan, korban dijanjikan gaji {self.pay()} sebagai {self.pick(WORK)}. Sebanyak "
            f"{self.random.randrange(4, 60)} orang dipulangkan pada {self.pick(SLOTS['day'])}."
        )

    def question(self) -> str:
        country, city = self.place()
        return (
            f"Mohon info, ada yang tahu apakah benar {self.pick(_register()[0])} masih kirim {self.pick(WORK)} ke {city} {country}? "
            f"Adik saya di {self.pick(TOWNS)} disuruh bayar {self.random.randrange(1, 25)} juta."
        )

    def chatter(self) -> str:
        parts = [self.slot(self.pick(TALK)) for _ in range(self.random.randrange(1, 4))]
        return f"{self.pick(SIGNS)} ".join(parts).strip()

    KINDS: tuple[tuple[Callable[[Writer], str], int], ...] = (
        (compound, 6),
        (houseworker, 5),
        (unnamed_offer, 10),
        (agency_offer, 12),
        (unknown_agency_offer, 4),
        (crew, 3),
        (aid_fraud, 3),
        (exempt, 3),
        (home_job, 7),
        (goods, 9),
        (warning, 6),
        (news, 6),
        (question, 6),
        (chatter, 20),
    )

    def post(self) -> str:
        if self.earlier and self.random.random() < 1 / 12:
            return f"{self.pick(tuple(self.earlier[-200:]))}\nNo baru {self.phone()}"
        kinds, weights = zip(*self.KINDS, strict=True)
        text: str = self.random.choices(kinds, weights)[0](self)
        self.earlier.append(text)
        return text


def posts(seed: int) -> Iterator[str]:
    """Texts without end."""
    writer = Writer(seed)
    while True:
        yield writer.post()
