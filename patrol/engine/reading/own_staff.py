"""A company that sends its own people to its works abroad: a lawful route that needs no SIP, and nobody's to apply for.

Three things say so together: staff it has already are spoken to or of, they are posted (not hired), and the place or the pay is the
company's own, or outsiders are turned away. "Karyawan tetap, penempatan pabrik Malaysia" of a recruiter posts nobody.
"""

from __future__ import annotations

import re

_STAFF = re.compile(
    r"\b(?:karyawan|karyawati|pegawai|pekerja|staf|staff|teknisi|operator|rekan rekan|rekan2|rekan|kru|tim|awak|buruh|insan)\b"
    r"(?: [a-z0-9]{1,14}){0,3}? (?:tetap|tetapnya|internal|organik|kami|kita|sendiri|pt|cv|pabrik|group|grup|perusahaan|perseroan|"
    r"line|plant|"
    r"unit|divisi|"
    r"departemen|dept|shift|cabang)\b"
    r"|\b(?:internal (?:only|perusahaan|karyawan|pt|memo|perseroan)|memo internal|pengumuman internal|info internal|khusus internal|"
    r"masa kerja|staf yang|karyawan yang|pegawai yang|karyawan yg|pegawai yg|staf yg|karyawan terpilih|pegawai terpilih|"
    r"our (?:own )?(?:staff|employees)|karyawan kami|karyawan kita)\b"
)
_POSTED = re.compile(
    r"\b(?:ditugaskan|ditugasi|ditugasake|menugaskan|penugasan|tugas belajar|dinas luar|perjalanan dinas|dimutasi|dimutasikan|mutasi|"
    r"dirotasi|rotasi|"
    r"dipindahtugaskan|dipindahkan|diperbantukan|perbantuan|relokasi|direlokasi|dikirim training|alih tugas|surat tugas|"
    r"assignment|assigned|secondment|seconded|intra company|intracompany|ict|ekspatriat|posting internal|transfer antar)\b"
)
_OWN_PLACE = re.compile(
    r"\b(?:pabrik|kantor|cabang|gerai|outlet|plant|proyek|site|unit|toko|hotel|anak perusahaan|anak usaha|perusahaan|galangan|kebun|"
    r"gudang|dapur)"
    r"(?: [a-z]{1,12})? (?:kami|kita|sendiri|grup|group|induk|saudara|pusat|cabang|milik)\b"
    r"|\b(?:plant|pabrik|kantor|perusahaan) (?:induk|pusat|saudara)\b|\b(?:anak perusahaan|anak usaha|head office|sister company)\b"
    r"|\b(?:gaji|upah|gapok|gaji pokok|thr|bpjs)(?: [a-z]+){0,2} tetap (?:dibayar|jalan|berjalan|diterima|dari|ditanggung|dibayarkan)\b"
)
_TURNED_AWAY = re.compile(
    r"\b(?:bukan|bkn|tidak|tdk|ga|gak|nggak|ora|mboten|not|dudu)\b(?: [a-z]+){0,4}? "
    r"(?:umum|pelamar luar|pelamar|orang luar|outsourcing|pihak luar|eksternal|external|warga luar|masyarakat umum|rekrutmen)\b"
    r"|\b(?:hanya|khusus|only|terbatas)(?: (?:untuk|utk|buat|bagi|for|kanggo|nggo))? (?:karyawan|pegawai|staf|staff|internal|"
    r"pekerja tetap|employees)\b"
    r"|\b(?:orang|pihak|pelamar) luar(?: [a-z]+){0,2} (?:jangan|dilarang|tidak|dimohon|ojo)\b"
    r"|\b(?:internal only|(?:lowongan|rekrutmen|seleksi) internal)\b"
)
_MAY = (
    "ugas",
    "mutasi",
    "rotasi",
    "pindah",
    "perbantu",
    "relokasi",
    "assign",
    "second",
    "intra",
    "ict",
    "ekspat",
    "dinas",
    "internal",
    "transfer",
)


def posts(words: str) -> bool:
    """Whether the text (`Folded.words`) posts the writer's own staff."""
    return (
        any(map(words.__contains__, _MAY))
        and _POSTED.search(words) is not None
        and _STAFF.search(words) is not None
        and (_OWN_PLACE.search(words) is not None or _TURNED_AWAY.search(words) is not None)
    )
