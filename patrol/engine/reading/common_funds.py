"""Money people give together and for nothing: gifts, alms, dues, a family's or a class's savings circle.

Nothing is promised for it, and who collects answers for it before those who gave: a treasurer, a house of prayer, a board on which it is
written down. Both must stand there: alms to somebody's wallet that nobody answers for are a swindler's favourite.
"""

from __future__ import annotations

import re

_GIVEN = re.compile(
    r"\b(?:innalillahi|takziyah|dukacita|ambulans|ambulan|sak semen|biaya (?:operasi|rumah sakit|rs|pengobatan|jenazah)|"
    r"donasi\w*|infaq|infak|inpak|zakat|sedekah|shodaqoh|shadaqah|sodaqoh|wakaf|wakap|fidyah|kurban patungan|amal jariyah|"
    r"kotak amal|"
    r"kothak (?:amal|mesjid|masjid)|seikhlasnya|sakikhlase|sakikhlasna|saikhlasna|seikhlase|sumbangan|nyumbang|jimpitan|urunan|iuran|"
    r"patungan|penggalangan dana|galang dana|open donasi|uang duka|uang takziah|kolekte|persembahan|"
    r"kas (?:rt|rw|kelas|angkatan|minggu|bulan|desa|dusun|masjid|grup|paguyuban|arisan|warga|bulanan|mingguan)|uang kas|"
    r"arisan (?:keluarga|kulawarga|kulawargi|rt|rw|pkk|ibu ibu|dasawisma|dusun|bani|trah|kelas|kantor|warga|bulanan|se rt)|"
    r"tabungan kurban|"
    r"(?:bangun|mbangun|renovasi|perbaikan|pembangunan)(?: [a-z]+){0,3} (?:masjid|mesjid|mushola|musholla|musala|langgar|surau|gereja|"
    r"kapel|"
    r"pura|pondok|madrasah|tpq|talud|jembatan|makam|jalan))\b"
)
_ANSWERED_FOR = re.compile(
    r"\b(?:bendahara|juru artos|takmir|dkm|ta'mir|pengurus|panitia|paguyuban|ikatan warga|yayasan|laz|lazis\w*|baznas|"
    r"masjid|mesjid|mushola|musholla|musala|langgar|surau|gereja|kapel|pondok pesantren|pesantren|madrasah|"
    r"laporan\w*|rincian\w*|kuitansi|kwitansi|kuwitansi|nota|dicatat|dicatet|dicathet|ditulis|ditempel|papan pengumuman|buku (?:kas|"
    r"ijo|hijau|besar|arisan)|"
    r"terkumpul|kekumpul|mlebu|sisa kas|saldo kas|kas sisa|pengeluaran|giliran|sing narik|yg narik|yang narik|yg dapat|yang dapat|"
    r"sudah beli|wis tuku|mbah modin|pak rt|bu rt|ketua rt|spt biasa|seperti biasa|kados biasane)\b"
)
# What is promised back, or asked before something comes: no gift.
_RETURNED = re.compile(
    r"\b(?:profit|untung|keuntungan|bunga|berlipat\w*|lipat|cuan|bagi hasil|hasil pasti|owner|slot|kloter|menang|pemenang|undian|"
    r"hadiah|dicairkan|"
    r"pencairan|cair|klaim|dijamin|garansi|tebus\w*|ditebus|biaya admin\w*|meterai|materai|verifikasi|otp|pin|return|invest\w*)\b"
)
# What only somebody who is to be sent gives for: alms by the seat are a fare.
_FARE = re.compile(
    r"\b(?:infaq|infak|inpak|sedekah|shodaqoh|shadaqah|sodaqoh|sumbangan|iuran|mahar)(?: [a-z]+)? "
    r"(?:kursi|seat|berkas|pemberkasan|proses|visa|paspor|kloter|job)\b"
    r"|\bpemberkasan\b|\bsebelum (?:medical|mcu|medikal|terbang|interview|diberangkatkan)\b|\btanpa (?:interview|wawancara)\b"
)


def are_collected(words: str) -> bool:
    """Whether the text (`Folded.words`) collects or accounts for common money."""
    return (
        _GIVEN.search(words) is not None
        and _ANSWERED_FOR.search(words) is not None
        and _RETURNED.search(words) is None
        and _FARE.search(words) is None
    )
