"""What a result says, in both languages side by side: one table for the verdicts, one for the warning signs, one for what to do.

These sentences were agreed on word by word, so both languages stand where they are compared,
not in a catalogue. None calls an offer lawful or unlawful: the register holds something at its date, or it does not.
Slots in braces: REG register's date, P company, N number, C country, J job, FOR the country or the job there, T date of the offer, D date,
K decree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from patrol.domain import Sentence, StandingStatus, Verdict


class Tone(StrEnum):
    """How a result looks: its colour, and its shape beside the words."""

    LOW = "low"
    MEDIUM = "med"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return ("low", "med", "high").index(self.value)


@dataclass(frozen=True, slots=True)
class Said:
    """One outcome: tag, first line, what the register says, what to do now, and the steps by their name."""

    tag: Sentence
    title: Sentence
    register: Sentence
    now: Sentence
    tone: Tone
    steps: str


def _said(tag: Sentence, tone: Tone, steps: str, indonesian: tuple[str, str, str], english: tuple[str, str, str]) -> Said:
    title, register, now = (Sentence(*both) for both in zip(indonesian, english, strict=True))
    return Said(tag, title, register, now, tone, steps)


RECORDED = Sentence("Tercatat dalam register", "Recorded in the register")
OTHER_CONTACT = Sentence("Kontak tidak cocok", "Contact does not match")
NO_MATCH = Sentence("Belum cocok dengan register", "No match in the register yet")
NOT_FOUND = Sentence("Tidak ditemukan dalam register", "Not found in the register")
NOTHING_TO_MATCH = Sentence("Belum bisa dicocokkan", "Nothing to match yet")
NOT_IN_FORCE = Sentence("Tidak berlaku pada tanggal tawaran", "Not in force on the date of the offer")
NOT_IN_FORCE_NOW = Sentence("Tidak berlaku hari ini", "Not in force today")  # of a number without an offer
NO_LONGER = Sentence("Tidak berlaku lagi", "No longer in force")
REVOKED = Sentence("Tercatat dicabut", "Recorded as revoked")
SUSPENDED = Sentence("Tercatat dihentikan sementara", "Recorded as suspended")
PARTLY_SUSPENDED = Sentence("Tercatat dihentikan sebagian", "Recorded as partly suspended")
NO_SIP_ROUTE = Sentence("Jalur tanpa SIP", "Route without SIP")
NO_OFFER = Sentence("Tidak ada tawaran yang terbaca", "No offer was read")
NO_REGISTER = Sentence("Belum bisa diperiksa", "Cannot be checked yet")
ALONE = Sentence("Belum cukup untuk dicek", "Not enough to check yet")
STRONG_SIGNS = Sentence("Tanda bahaya kuat", "Strong warning signs")

VERDICTS: Final[Mapping[str, Said]] = {
    Verdict.LICENSED: _said(
        RECORDED,
        Tone.LOW,
        "licensed",
        (
            "SIP untuk tawaran ini tercatat. Pastikan dulu siapa yang menghubungi Anda",
            "Menurut register per {REG}, {P} punya SIP untuk {J} di {C} yang berlaku pada {T}.",
            "Register tidak membuktikan bahwa orang yang menghubungi Anda bekerja untuk perusahaan itu.",
        ),
        (
            "The SIP for this offer is recorded. First make sure who is contacting you",
            "According to the register as of {REG}, {P} holds a SIP for {J} in {C}, valid on {T}.",
            "The register does not prove that the person contacting you works for that company.",
        ),
    ),
    Verdict.NO_LICENCE_FOR_OFFER: _said(
        NO_MATCH,
        Tone.MEDIUM,
        "no_licence",
        (
            "Perusahaan ini terdaftar, tetapi register tidak mencatat SIP untuk {FOR}",
            (
                "Menurut register per {REG}, pada {T} {P} adalah P3MI dengan status {S}. Register tidak mencatat SIP perusahaan ini"
                " untuk {J} di {C} pada tanggal itu."
            ),
            "Jangan membayar dan jangan menyerahkan paspor sebelum perusahaan menunjukkan SIP untuk {FOR}.",
        ),
        (
            "This company is listed, but the register records no SIP for {FOR}",
            (
                "According to the register as of {REG}, {P} was {S} on {T}. The register records no SIP of this company for {J} in {C}"
                " on that day."
            ),
            "Do not pay or hand over your passport until the company shows a SIP for {FOR}.",
        ),
    ),
    Verdict.AGENCY_NOT_FOUND: _said(
        NOT_FOUND,
        Tone.MEDIUM,
        "unknown_company",
        (
            "Kami tidak menemukan perusahaan ini dalam register",
            (
                "Register per {REG} tidak memuat nama “{P}”. Tidak ditemukan bukan bukti penipuan. Tidak ditemukan juga bukan"
                " bukti bahwa tawaran"
                " ini benar. Nama bisa salah tulis, atau belum masuk register."
            ),
            "Jangan kirim uang atau dokumen sebelum ada kepastian dari petugas.",
        ),
        (
            "We did not find this company in the register",
            (
                "The register as of {REG} does not hold the name “{P}”. Not found is no proof of fraud. Nor is it proof that"
                " the offer is true."
                " The name may be misspelt, or not yet entered."
            ),
            "Send no money or documents until an officer has answered.",
        ),
    ),
    Verdict.NO_LICENCE_SHOWN: _said(
        NOTHING_TO_MATCH,
        Tone.MEDIUM,
        "nothing_named",
        (
            "Tawaran ini tidak menyebut perusahaan atau nomor SIP",
            "Tidak ada yang bisa dicocokkan dengan register per {REG}.",
            "Minta nama perusahaan dan nomor SIP, lalu cek lagi. Jangan kirim uang atau dokumen dulu.",
        ),
        (
            "This offer names no company and no SIP number",
            "There is nothing to match with the register as of {REG}.",
            "Ask for the company's name and SIP number, then check again. Send no money or documents yet.",
        ),
    ),
    Verdict.LICENCE_NOT_FOUND: _said(
        NOT_FOUND,
        Tone.MEDIUM,
        "number",
        (
            "Nomor SIP ini tidak ditemukan dalam register",
            "Register per {REG} tidak memuat nomor {N}. Nomor bisa salah tulis.",
            "Cocokkan nomor dengan suratnya, lalu tanya kantor perusahaan atau petugas.",
        ),
        (
            "This SIP number was not found in the register",
            "The register as of {REG} does not hold number {N}. It may be misspelt.",
            "Compare the number with the letter, then ask the company's office or an officer.",
        ),
    ),
    Verdict.LICENCE_MISMATCH: _said(
        NO_MATCH,
        Tone.MEDIUM,
        "number",
        (
            "Nomor SIP ini tercatat untuk perusahaan, negara, atau pekerjaan lain",
            "Menurut register per {REG}, nomor {N} adalah SIP {P2}{J2}{C2}. Yang Anda kirim menyebut {OFFER}.",
            "Jangan kirim uang atau dokumen. Tanya petugas.",
        ),
        (
            "This SIP number is recorded for another company, country or job",
            "According to the register as of {REG}, number {N} is a SIP of {P2}{J2}{C2}. What you sent names {OFFER}.",
            "Send no money or documents. Ask an officer.",
        ),
    ),
    Verdict.LICENCE_EXPIRED: _said(
        NOT_IN_FORCE,
        Tone.MEDIUM,
        "number",
        (
            "Masa berlaku SIP ini sudah lewat pada tanggal tawaran",
            "Menurut register per {REG}, SIP {N} berlaku sampai {D}.",
            "Tanya kantor perusahaan apakah ada SIP baru, lalu cek lagi.",
        ),
        (
            "This SIP had run out on the date of the offer",
            "According to the register as of {REG}, SIP {N} was valid until {D}.",
            "Ask the company's office for a newer SIP, then check again.",
        ),
    ),
    Verdict.LICENCE_NOT_YET_VALID: _said(
        NOT_IN_FORCE,
        Tone.MEDIUM,
        "number",
        (
            "SIP ini belum berlaku pada tanggal tawaran",
            "Menurut register per {REG}, SIP {N} berlaku mulai {D}.",
            "Jangan membayar dulu. Tanya kantor perusahaan.",
        ),
        (
            "This SIP was not yet valid on the date of the offer",
            "According to the register as of {REG}, SIP {N} is valid from {D}.",
            "Do not pay yet. Ask the company's office.",
        ),
    ),
    Verdict.LICENCE_REVOKED: _said(
        REVOKED,
        Tone.HIGH,
        "sanction",
        (
            "SIP ini tercatat dicabut",
            "Menurut register per {REG}, SIP {N} dicabut{SINCE}.",
            "Jangan membayar dan jangan berangkat dengan tawaran ini. Tanya petugas.",
        ),
        (
            "This SIP is recorded as revoked",
            "According to the register as of {REG}, SIP {N} was revoked{SINCE}.",
            "Do not pay and do not leave on this offer. Ask an officer.",
        ),
    ),
    Verdict.AGENCY_SUSPENDED: _said(
        SUSPENDED,
        Tone.HIGH,
        "sanction",
        (
            "Perusahaan ini tercatat dalam penghentian sementara",
            "Menurut register per {REG}, {P} dihentikan sementara{SINCE}{K}.",
            "Jangan membayar selama penghentian. Tanya petugas bila Anda sudah mendaftar.",
        ),
        (
            "This company is recorded as suspended",
            "According to the register as of {REG}, {P} is suspended{SINCE}{K}.",
            "Do not pay during the suspension. Ask an officer if you have already applied.",
        ),
    ),
    Verdict.AGENCY_REVOKED: _said(
        REVOKED,
        Tone.HIGH,
        "sanction",
        (
            "Izin perusahaan ini tercatat dicabut",
            "Menurut register per {REG}, SIP3MI {P} dicabut{SINCE}{K}.",
            "Jangan membayar dan jangan menyerahkan dokumen. Hubungi petugas.",
        ),
        (
            "This company's licence is recorded as revoked",
            "According to the register as of {REG}, the SIP3MI of {P} was revoked{SINCE}{K}.",
            "Do not pay or hand over documents. Contact an officer.",
        ),
    ),
    Verdict.EXEMPT: _said(
        NO_SIP_ROUTE,
        Tone.LOW,
        "exempt",
        (
            "Jalur ini tidak memakai SIP",
            "Tawaran ini menyebut {ROUTE}. Jalur itu tidak memakai SIP, jadi register tidak dapat memastikannya.",
            "Pastikan di kantor penyelenggara atau BP3MI. Nama program bisa dipakai orang lain.",
        ),
        (
            "This route uses no SIP",
            "The offer names {ROUTE}. That route uses no SIP, so the register cannot confirm it.",
            "Ask the organiser's office or BP3MI. Others may use a programme's name.",
        ),
    ),
    Verdict.NOT_AN_OFFER: _said(
        NO_OFFER,
        Tone.LOW,
        "no_offer",
        (
            "Kami tidak membaca tawaran kerja ke luar negeri di sini",
            "Halaman ini hanya memeriksa tawaran kerja ke luar negeri.",
            "Bila ini tawaran, tempel seluruh isinya. Bila Anda diminta uang atau data, tanya petugas.",
        ),
        (
            "We read no offer of work abroad here",
            "This page only checks offers of work abroad.",
            "If it is an offer, paste all of it. If you are asked for money or data, ask an officer.",
        ),
    ),
    Verdict.CANNOT_CHECK: _said(
        NO_REGISTER,
        Tone.MEDIUM,
        "no_register",
        (
            "Kami belum bisa memeriksa tawaran ini",
            "Register belum tersedia. Ini bukan penilaian atas tawaran Anda.",
            "Hubungi hotline, petugas dapat memeriksanya.",
        ),
        (
            "We cannot check this offer yet",
            "The register is not available. This says nothing about your offer.",
            "Call the hotline; an officer can check it.",
        ),
    ),
}

# No company and no SIP number is named, and a contact of the offer is one the register lists.
CONTACT_ALONE: Final = Sentence(
    "Yang ada dalam register per {REG} hanya kontaknya: tercatat atas nama {OWNERS}. Itu belum berarti tawaran ini dari perusahaan itu.",
    "Only its contact is in the register as of {REG}: recorded under {OWNERS}. That does not mean the offer comes from that company.",
)
OTHERS_NUMBER: Final = Sentence("{N}: tercatat sebagai nomor perusahaan lain, {P}", "{N}: recorded as a number of another company, {P}")
ITS_NUMBER: Final = Sentence("{N}: tercatat sebagai nomor {P}", "{N}: recorded as a number of {P}")

# The SIP covers the offer, and who offers it is not whom the register lists.
STRANGER: Final = _said(
    OTHER_CONTACT,
    Tone.MEDIUM,
    "stranger",
    (
        "SIP tercatat, tetapi nomor ini tidak tercatat sebagai nomor perusahaan itu",
        (
            "Menurut register per {REG}, {P} punya SIP untuk {J} di {C} yang berlaku pada {T}. Nomor telepon dalam tawaran"
            " Anda tidak ada dalam"
            " daftar nomor perusahaan itu. Nama perusahaan bisa dipakai orang lain."
        ),
        "Jangan kirim uang atau dokumen ke nomor ini sebelum kantor perusahaan membenarkannya.",
    ),
    (
        "The SIP is recorded, but this number is not recorded as the company's",
        (
            "According to the register as of {REG}, {P} holds a SIP for {J} in {C}, valid on {T}. The phone number in your"
            " offer is not on the"
            " company's list. Others may use a company's name."
        ),
        "Do not send money or documents to this number until the company's office confirms it.",
    ),
)
# The same where what is not listed is an account or a site.
STRANGER_ACCOUNT: Final = _said(
    OTHER_CONTACT,
    Tone.MEDIUM,
    "stranger",
    (
        "SIP tercatat, tetapi kontak ini tidak tercatat sebagai kontak perusahaan itu",
        (
            "Menurut register per {REG}, {P} punya SIP untuk {J} di {C} yang berlaku pada {T}. Akun atau situs dalam tawaran"
            " Anda tidak ada dalam"
            " daftar kontak perusahaan itu. Nama perusahaan bisa dipakai orang lain."
        ),
        "Jangan kirim uang atau dokumen lewat kontak ini sebelum kantor perusahaan membenarkannya.",
    ),
    (
        "The SIP is recorded, but this contact is not recorded as the company's",
        (
            "According to the register as of {REG}, {P} holds a SIP for {J} in {C}, valid on {T}. The account or site in your"
            " offer is not on the"
            " company's list. Others may use a company's name."
        ),
        "Do not send money or documents through this contact until the company's office confirms it.",
    ),
)
QUOTA: Final = _said(
    NO_MATCH,
    Tone.MEDIUM,
    "no_licence",
    (
        "Kuota SIP ini tercatat habis",
        "Menurut register per {REG}, kuota SIP {N} dari {P} sudah habis pada {T}.",
        "Jangan membayar. Tanya kantor perusahaan apakah ada SIP baru.",
    ),
    (
        "The quota of this SIP is recorded as used up",
        "According to the register as of {REG}, the quota of SIP {N} of {P} was used up on {T}.",
        "Do not pay. Ask the company's office for a newer SIP.",
    ),
)

# The company is suspended for some countries or jobs, and the offer is, or may be, one of those.
AGENCY_PARTLY_SUSPENDED: Final = _said(
    PARTLY_SUSPENDED,
    Tone.HIGH,
    "sanction",
    (
        "Perusahaan ini tercatat dihentikan sebagian",
        "Menurut register per {REG}, {P} dihentikan sebagian{SINCE}{K}. Tawaran ini mungkin termasuk yang dihentikan.",
        "Jangan membayar sebelum petugas memastikannya. Tanya petugas bila Anda sudah mendaftar.",
    ),
    (
        "This company is recorded as partly suspended",
        "According to the register as of {REG}, {P} is partly suspended{SINCE}{K}. This offer may be among what is suspended.",
        "Do not pay before an officer has made sure. Ask an officer if you have already applied.",
    ),
)
# A listed company, and too little said of the offer to look for its SIP. MISSING: country, job or both.
OFFER_UNNAMED: Final = _said(
    ALONE,
    Tone.MEDIUM,
    "no_licence",
    (
        "Perusahaan ini tercatat dalam register, tetapi tawaran ini tidak menyebut {MISSING}",
        (
            "Menurut register per {REG}, pada {T} {P} adalah P3MI dengan status {S}. SIP berlaku untuk satu negara dan pekerjaan"
            " tertentu, jadi tawaran ini belum bisa dicocokkan."
        ),
        "Tanyakan {MISSING} yang ditawarkan, lalu cek lagi. Jangan kirim uang atau dokumen dulu.",
    ),
    (
        "This company is in the register, but the offer does not name the {MISSING}",
        (
            "According to the register as of {REG}, {P} was {S} on {T}. A SIP is for one country and certain jobs, so this offer"
            " cannot be matched yet."
        ),
        "Ask for the {MISSING} on offer, then check again. Send no money or documents yet.",
    ),
)
# The same where work is named, and the reader does not hold it for the work on offer. W: that work.
WORK_UNSURE: Final = _said(
    ALONE,
    Tone.MEDIUM,
    "no_licence",
    (
        "Perusahaan ini tercatat dalam register, tetapi pekerjaan yang ditawarkan belum jelas",
        (
            "Menurut register per {REG}, pada {T} {P} adalah P3MI dengan status {S}. Teks Anda menyebut pekerjaan ({W}), tetapi belum jelas"
            " apakah itu yang ditawarkan. SIP perusahaan ini baru dicocokkan dengan negaranya, belum dengan pekerjaannya."
        ),
        "Tanyakan pekerjaan yang ditawarkan, lalu cek lagi. Jangan kirim uang atau dokumen dulu.",
    ),
    (
        "This company is in the register, but it is not clear which job is offered",
        (
            "According to the register as of {REG}, {P} was {S} on {T}. Your text names work ({W}), but it is not clear whether that"
            " is the job on offer. The SIP of this company was matched by country only, not by job."
        ),
        "Ask which job is on offer, then check again. Send no money or documents yet.",
    ),
)
LAND_UNNAMED_WORK_UNSURE: Final = _said(
    ALONE,
    Tone.MEDIUM,
    "no_licence",
    (
        "Perusahaan ini tercatat dalam register, tetapi tawaran ini tidak menyebut negara, dan pekerjaannya belum jelas",
        (
            "Menurut register per {REG}, pada {T} {P} adalah P3MI dengan status {S}. Teks Anda menyebut pekerjaan ({W}), tetapi belum jelas"
            " apakah itu yang ditawarkan. SIP berlaku untuk satu negara dan pekerjaan tertentu, jadi tawaran ini belum bisa dicocokkan."
        ),
        "Tanyakan negara dan pekerjaan yang ditawarkan, lalu cek lagi. Jangan kirim uang atau dokumen dulu.",
    ),
    (
        "This company is in the register, but the offer names no country, and it is not clear which job is offered",
        (
            "According to the register as of {REG}, {P} was {S} on {T}. Your text names work ({W}), but it is not clear whether that"
            " is the job on offer. A SIP is for one country and certain jobs, so this offer cannot be matched yet."
        ),
        "Ask for the country and job on offer, then check again. Send no money or documents yet.",
    ),
)
# The company had a SIP for this offer, and it cannot be used that day. LAPSED: sentences of LAPSES, one for each such SIP.
_LAPSED: Final = (
    "Menurut register per {REG}, pada {T} {P} adalah P3MI dengan status {S}. {LAPSED}",
    "According to the register as of {REG}, {P} was {S} on {T}. {LAPSED}",
)
LAPSED: Final[Mapping[str, Said]] = {
    "revoked": _said(
        REVOKED,
        Tone.HIGH,
        "sanction",
        (
            "SIP perusahaan ini untuk {FOR} tercatat dicabut",
            _LAPSED[0],
            "Jangan membayar dan jangan berangkat dengan tawaran ini. Tanya petugas.",
        ),
        ("This company's SIP for {FOR} is recorded as revoked", _LAPSED[1], "Do not pay and do not leave on this offer. Ask an officer."),
    ),
    "exhausted": _said(
        NO_MATCH,
        Tone.MEDIUM,
        "no_licence",
        (
            "Kuota SIP perusahaan ini untuk {FOR} tercatat habis",
            _LAPSED[0],
            "Jangan membayar. Tanya kantor perusahaan apakah ada SIP baru.",
        ),
        (
            "The quota of this company's SIP for {FOR} is recorded as used up",
            _LAPSED[1],
            "Do not pay. Ask the company's office for a newer SIP.",
        ),
    ),
    "expired": _said(
        NOT_IN_FORCE,
        Tone.MEDIUM,
        "no_licence",
        (
            "Masa berlaku SIP perusahaan ini untuk {FOR} sudah lewat pada tanggal tawaran",
            _LAPSED[0],
            "Jangan membayar. Tanya kantor perusahaan apakah ada SIP baru.",
        ),
        (
            "This company's SIP for {FOR} had run out on the date of the offer",
            _LAPSED[1],
            "Do not pay. Ask the company's office for a newer SIP.",
        ),
    ),
    "not_yet_valid": _said(
        NOT_IN_FORCE,
        Tone.MEDIUM,
        "no_licence",
        ("SIP perusahaan ini untuk {FOR} belum berlaku pada tanggal tawaran", _LAPSED[0], "Jangan membayar dulu. Tanya kantor perusahaan."),
        (
            "This company's SIP for {FOR} was not yet valid on the date of the offer",
            _LAPSED[1],
            "Do not pay yet. Ask the company's office.",
        ),
    ),
}
# Why a SIP cannot be used, as a sentence and behind the SIP in a list.
LAPSES: Final[Mapping[str, Sentence]] = {
    "revoked": Sentence("SIP {N} untuk {J} di {C} dicabut{SINCE}.", "SIP {N} for {J} in {C} was revoked{SINCE}."),
    "exhausted": Sentence("Kuota SIP {N} untuk {J} di {C} habis{SINCE}.", "The quota of SIP {N} for {J} in {C} was used up{SINCE}."),
    "expired": Sentence("SIP {N} untuk {J} di {C} berlaku sampai {D}.", "SIP {N} for {J} in {C} was valid until {D}."),
    "not_yet_valid": Sentence("SIP {N} untuk {J} di {C} berlaku mulai {D}.", "SIP {N} for {J} in {C} is valid from {D}."),
}
LAPSE_NOTES: Final[Mapping[str, Sentence]] = {
    "revoked": Sentence("dicabut{SINCE}", "revoked{SINCE}"),
    "exhausted": Sentence("kuota habis{SINCE}", "quota used up{SINCE}"),
    "expired": Sentence("sudah lewat", "run out"),
    "not_yet_valid": Sentence("belum berlaku", "not yet valid"),
}
# Behind LAPSED, of the countries for which the company never had one.
NO_SIP_BESIDES: Final = Sentence(
    "Register tidak mencatat SIP perusahaan ini untuk {J} di {C}.", "The register records no SIP of this company for {J} in {C}."
)
STOPPED_NOTE: Final = Sentence("termasuk yang dihentikan", "among what is suspended")
JOB_IN_COUNTRY: Final = Sentence("{J} di {C}", "{J} in {C}")
COUNTRY: Final = Sentence("negara", "country")
JOB: Final = Sentence("pekerjaan", "job")

# --- something alone: no offer around it ----------------------------------------------------------

COMPANY_ALONE: Final = _said(
    ALONE,
    Tone.MEDIUM,
    "alone",
    (
        "Perusahaan ini tercatat dalam register. Nama saja tidak cukup",
        "Menurut register per {REG}, pada {T} {P} adalah P3MI dengan status {S}. Nama itu bisa dipakai orang lain.",
        "Tempel juga isi tawarannya: SIP berlaku untuk satu negara dan pekerjaan tertentu.",
    ),
    (
        "This company is in the register. A name alone is not enough",
        "According to the register as of {REG}, {P} was {S} on {T}. Others may use its name.",
        "Paste the offer too: a SIP is for one country and certain jobs.",
    ),
)
LICENCE_ALONE: Final = _said(
    ALONE,
    Tone.MEDIUM,
    "alone",
    (
        "Nomor SIP ini tercatat dalam register. Nomor saja tidak cukup",
        "Menurut register per {REG}, SIP {N} milik {P} untuk {J} di {C} dan berlaku pada {T}. Nomor itu bisa dipakai orang lain.",
        "Tempel juga isi tawarannya: perusahaan, negara, dan pekerjaannya harus sama.",
    ),
    (
        "This SIP number is in the register. A number alone is not enough",
        "According to the register as of {REG}, SIP {N} is of {P} for {J} in {C}, valid on {T}. Others may use that number.",
        "Paste the offer too: its company, country and job must be the same.",
    ),
)
# Of a number that the register does not hold, where one that it holds begins so. It says of none whose it is: others may begin so too.
LICENCE_PART: Final = _said(
    ALONE,
    Tone.MEDIUM,
    "number",
    (
        "Nomor SIP ini belum lengkap",
        "Dalam register per {REG} ada nomor yang dimulai seperti {N}. Nomor yang belum lengkap tidak dapat dicocokkan.",
        "Tulis seluruh nomor seperti dalam suratnya, sampai tahunnya, lalu cek lagi.",
    ),
    (
        "This is not the whole SIP number",
        "The register as of {REG} holds a number that begins as {N} does. A part of a number cannot be matched.",
        "Write the whole number as it stands in the letter, down to its year, and check again.",
    ),
)
NOT_IN_FORCE_ALONE: Final[Mapping[str, Sentence]] = {
    Verdict.LICENCE_EXPIRED: Sentence("Masa berlaku SIP ini sudah lewat", "This SIP has run out"),
    Verdict.LICENCE_NOT_YET_VALID: Sentence("SIP ini belum berlaku", "This SIP is not valid yet"),
}
# A name alone of a company that is suspended in part. HIGH where its decree names no part.
COMPANY_PARTLY: Final = _said(
    PARTLY_SUSPENDED,
    Tone.MEDIUM,
    "alone",
    (
        "Perusahaan ini tercatat dihentikan sebagian. Nama saja tidak cukup",
        "Menurut register per {REG}, {P} dihentikan sebagian{SINCE}{K}.",
        "Tempel juga isi tawarannya, karena mungkin termasuk yang dihentikan. Jangan membayar dulu.",
    ),
    (
        "This company is recorded as partly suspended. A name alone is not enough",
        "According to the register as of {REG}, {P} is partly suspended{SINCE}{K}.",
        "Paste the offer too: it may be among what is suspended. Do not pay yet.",
    ),
)
# A SIP number alone, for what a decree of partial suspension stops.
LICENCE_STOPPED: Final = _said(
    PARTLY_SUSPENDED,
    Tone.HIGH,
    "sanction",
    (
        "SIP ini termasuk yang tercatat dihentikan",
        "Menurut register per {REG}, {P} dihentikan sebagian{SINCE}{K}. SIP {N} untuk {J} di {C} termasuk yang dihentikan.",
        "Jangan membayar sebelum petugas memastikannya. Tanya petugas bila Anda sudah mendaftar.",
    ),
    (
        "This SIP is among what is recorded as suspended",
        "According to the register as of {REG}, {P} is partly suspended{SINCE}{K}. SIP {N} for {J} in {C} is among what is suspended.",
        "Do not pay before an officer has made sure. Ask an officer if you have already applied.",
    ),
)

# --- since the date of the offer ------------------------------------------------------------------

# How a company stands today, where the offer is older.
STANDS_NOW: Final[Mapping[str, Sentence]] = {
    StandingStatus.REVOKED: Sentence("Sejak {D} SIP3MI {P} dicabut{K}.", "The SIP3MI of {P} is revoked from {D}{K}."),
    StandingStatus.SUSPENDED: Sentence("Sejak {D} {P} dihentikan sementara{K}.", "{P} is suspended from {D}{K}."),
    StandingStatus.PARTLY_SUSPENDED: Sentence("Sejak {D} {P} dihentikan sebagian{K}.", "{P} is partly suspended from {D}{K}."),
}
STANDS_OTHERWISE: Final = Sentence("Pada {D} status {P} menjadi {S}{K}.", "On {D} {P} was {S}{K}.")
GONE_SINCE: Final = Sentence("Sejak {D} {P} tidak ada lagi dalam register.", "From {D} {P} is no longer in the register.")


def _since(said: Said, indonesian: str, english: str) -> Said:
    """The outcome as one that came after the date of the offer. Its `register` is not said: that of the date stays, with LAPSES behind."""
    return replace(said, title=Sentence(indonesian, english))


SANCTIONED_SINCE: Final[Mapping[str, Said]] = {
    StandingStatus.REVOKED: _since(
        VERDICTS[Verdict.AGENCY_REVOKED],
        "Sesudah tanggal tawaran, izin perusahaan ini tercatat dicabut",
        "After the date of the offer this company's licence was recorded as revoked",
    ),
    StandingStatus.SUSPENDED: _since(
        VERDICTS[Verdict.AGENCY_SUSPENDED],
        "Sesudah tanggal tawaran, perusahaan ini tercatat dalam penghentian sementara",
        "After the date of the offer this company was recorded as suspended",
    ),
    StandingStatus.PARTLY_SUSPENDED: _since(
        AGENCY_PARTLY_SUSPENDED,
        "Sesudah tanggal tawaran, perusahaan ini tercatat dihentikan sebagian",
        "After the date of the offer this company was recorded as partly suspended",
    ),
}
PARTLY_SINCE: Final = _since(
    COMPANY_PARTLY,
    "Sesudah tanggal tawaran, perusahaan ini tercatat dihentikan sebagian",
    "After the date of the offer this company was recorded as partly suspended",
)
LAPSED_SINCE: Final[Mapping[str, Said]] = {
    "revoked": _since(
        VERDICTS[Verdict.LICENCE_REVOKED],
        "Sesudah tanggal tawaran, SIP ini tercatat dicabut",
        "After the date of the offer this SIP was recorded as revoked",
    ),
    "exhausted": _since(
        QUOTA,
        "Sesudah tanggal tawaran, kuota SIP ini tercatat habis",
        "After the date of the offer the quota of this SIP was recorded as used up",
    ),
    "expired": _since(
        replace(LAPSED["expired"], tag=NO_LONGER),
        "Sesudah tanggal tawaran, masa berlaku SIP ini sudah lewat",
        "After the date of the offer this SIP has run out",
    ),
}
# Kind of contact -> the register knows it; it does not.
CONTACT_OWNED: Final[Mapping[str, tuple[Sentence, Sentence]]] = {
    "phone": (
        Sentence("Nomor ini tercatat sebagai nomor {P}.", "This number is recorded as a number of {P}."),
        Sentence("Nomor saja tidak cukup: tempel juga isi tawarannya.", "A number alone is not enough: paste the offer too."),
    ),
    "account": (
        Sentence("Akun ini tercatat sebagai akun {P}.", "This account is recorded as an account of {P}."),
        Sentence("Akun saja tidak cukup: tempel juga isi tawarannya.", "An account alone is not enough: paste the offer too."),
    ),
    "link": (
        Sentence("Situs ini tercatat sebagai situs {P}.", "This site is recorded as a site of {P}."),
        Sentence("Tautan saja tidak cukup: tempel juga isi tawarannya.", "A link alone is not enough: paste the offer too."),
    ),
}
# A number that this desk prints itself: OUR is one of the two.
OUR_HOTLINE = Sentence("hotline", "the hotline")
OUR_WHATSAPP = Sentence("nomor WhatsApp", "the WhatsApp number")
OUR_NUMBER: Final = (
    Sentence("Nomor ini adalah {OUR} yang tertulis di halaman kami.", "This number is {OUR} written on our pages."),
    Sentence(
        "Orang lain bisa menyebut nomor ini dalam tawarannya. Tempel juga isi tawaran itu.",
        "Others may name this number in their offer. Paste that offer too.",
    ),
)
OUR_ROW: Final = Sentence(
    "Nomor ini adalah {OUR} yang tertulis di halaman kami. Hal itu tidak menjamin isi teks lainnya",
    "This number is {OUR} written on our pages. That says nothing of the rest of the text",
)
NUMBER_REVIEWED: Final = (
    Sentence(
        "Nomor ini pernah disebut dalam laporan yang sudah diperiksa petugas.",
        "This number was named in a report that an officer has reviewed.",
    ),
    Sentence("Jangan kirim uang atau dokumen.", "Send no money or documents."),
)
NUMBER_UNKNOWN: Final = (
    Sentence(
        "Nomor ini tidak ada dalam register dan belum ada dalam laporan yang sudah diperiksa.",
        "This number is neither in the register nor in a reviewed report.",
    ),
    Sentence("Itu tidak berarti nomor ini dapat dipercaya.", "That does not mean it can be trusted."),
)
# Where reports are not told at all: nothing is said of them.
NUMBER_NOT_LISTED: Final = (
    Sentence("Nomor ini tidak ada dalam register.", "This number is not in the register."),
    Sentence("Itu tidak berarti nomor ini dapat dipercaya.", "That does not mean it can be trusted."),
)
ACCOUNT_UNKNOWN: Final = (
    Sentence("Akun ini tidak ada dalam register.", "This account is not in the register."),
    Sentence("Itu tidak berarti akun ini dapat dipercaya.", "That does not mean it can be trusted."),
)
# No register holds these.
BANK_ACCOUNT: Final = (
    Sentence("Register tidak mencatat nomor rekening.", "The register lists no bank accounts."),
    Sentence(
        "Jangan kirim uang ke rekening ini sebelum ada kepastian dari petugas.",
        "Send no money to this account until an officer has answered.",
    ),
)
EMAIL_UNKNOWN: Final = (
    Sentence("Register tidak mencatat alamat surel.", "The register lists no mail addresses."),
    Sentence("Itu tidak berarti alamat ini dapat dipercaya.", "That does not mean this address can be trusted."),
)
LINK_UNOPENED: Final = (
    Sentence("Kami tidak membuka tautan.", "We do not open links."),
    Sentence("Tempel isi iklannya, atau kirim fotonya.", "Paste the text of the advert, or send a photo of it."),
)
CONTACT_NO_REGISTER: Final = (
    Sentence("Kami belum bisa memeriksa ini.", "We cannot check this yet."),
    Sentence("Register belum tersedia. Ini bukan penilaian atasnya.", "The register is not available. This says nothing about it."),
)

# Over a text in which such a number stands; below it which one.
REVIEWED_IN_TEXT: Final = Sentence(
    "Nomor dalam teks ini pernah disebut dalam laporan yang sudah diperiksa petugas",
    "A number in this text was named in a report that an officer has reviewed",
)
REVIEWED_ROW: Final = Sentence(
    "Nomor ini pernah disebut dalam laporan yang sudah diperiksa petugas", "This number was named in a report that an officer has reviewed"
)

# --- the frame ------------------------------------------------------------------------------------

CHECKED: Final = Sentence(
    "Dicek {NOW}. Register per {REG}. Keadaan pada tanggal tawaran: {T}.",
    "Checked {NOW}. Register as of {REG}. As it stood on the date of the offer: {T}.",
)
CHECKED_NOW: Final = Sentence("Dicek {NOW}. Register per {REG}.", "Checked {NOW}. Register as of {REG}.")
CHECKED_WITHOUT: Final = Sentence("Dicek {NOW}. Register belum tersedia.", "Checked {NOW}. The register is not available.")
NEWER: Final = Sentence(
    "Tawaran ini lebih baru daripada register kami. Kami memeriksanya dengan register per {REG}; perubahan sesudah itu belum terlihat.",
    "This offer is newer than our register. We checked it with the register as of {REG}; later changes are not visible yet.",
)
NEWER_ALONE: Final = Sentence(
    "Register kami per {REG}; perubahan sesudah itu belum terlihat.", "Our register is as of {REG}; later changes are not visible yet."
)
ONLY_READ: Final = Sentence(
    "Kami hanya membaca yang Anda kirim. Kami tidak tahu isi telepon atau pesan lain yang Anda terima.",
    "We only read what you sent. We do not know what was said in calls or other messages.",
)
STOP: Final = Sentence("Berhenti dulu. Ada {COUNT} tanda bahaya dalam {WHAT}", "Stop first. There are {COUNT} warning signs in {WHAT}")
STOP_ONE: Final = Sentence("Berhenti dulu. Ada satu tanda bahaya dalam {WHAT}", "Stop first. There is one warning sign in {WHAT}")
THE_OFFER: Final = Sentence("tawaran ini", "this offer")
THE_MESSAGE: Final = Sentence("pesan ini", "this message")
STOP_NOW: Final = Sentence("Jangan kirim uang, KTP, KK, atau paspor.", "Do not send money, ID card, family card or passport.")
# The same of what is no offer: it is told to give a code, and the register has no say.
STOP_NOW_MESSAGE: Final = Sentence(
    "Jangan kirim uang, kode OTP, PIN, KTP, KK, atau paspor.", "Do not send money, an OTP, a PIN, ID card, family card or passport."
)
STOP_NO_OFFER: Final = Sentence(
    "Pesan ini tidak terbaca sebagai tawaran kerja ke luar negeri, jadi tidak dicocokkan dengan register.",
    "This message does not read as an offer of work abroad, so it was not matched with the register.",
)
STOP_VISA: Final = Sentence(" Jangan berangkat bekerja dengan visa turis.", " Do not leave for work on a tourist visa.")
COUNTS: Final = (
    Sentence("nol", "no"),
    Sentence("satu", "one"),
    Sentence("dua", "two"),
    Sentence("tiga", "three"),
    Sentence("empat", "four"),
    Sentence("lima", "five"),
    Sentence("enam", "six"),
    Sentence("tujuh", "seven"),
    Sentence("delapan", "eight"),
    Sentence("sembilan", "nine"),
    Sentence("sepuluh", "ten"),
)
CUT: Final = Sentence(
    "Teks ini lebih panjang dari 20.000 karakter. Kami hanya membaca bagian awalnya.",
    "This text is longer than 20,000 characters. We only read its beginning.",
)
SHOWN_IN_PART: Final = Sentence(
    "Teks ini hanya kami tampilkan sampai di sini. Yang kami baca lebih panjang.", "We show the text up to here only. We read more of it."
)
READ_FROM_PHOTO: Final = Sentence("Yang kami baca dari foto Anda", "What we read in your photo")
NO_SIGN: Final = Sentence(
    "Kami tidak menemukan tanda bahaya yang kami kenal dalam teks yang Anda kirim.",
    "We found no warning sign that we know in the text you sent.",
)
PHOTO_UNREADABLE: Final = Sentence(
    "Kami tidak dapat membaca foto ini. Coba foto yang lebih terang, atau ketik nama perusahaan dan nomornya.",
    "We could not read this photo. Try a brighter one, or type the company's name and number.",
)
STANDING: Final[Mapping[str, Sentence]] = {
    StandingStatus.ACTIVE: Sentence("aktif", "an active P3MI"),
    StandingStatus.SUPERVISED: Sentence("dalam pengawasan", "a P3MI under supervision"),
    StandingStatus.PARTLY_SUSPENDED: Sentence("dihentikan sebagian", "a partly suspended P3MI"),
    StandingStatus.SUSPENDED: Sentence("dihentikan sementara", "a suspended P3MI"),
    StandingStatus.REVOKED: Sentence("dicabut", "a P3MI whose licence is revoked"),
}
ROUTE: Final = Sentence("jalur penempatan pemerintah atau program magang", "a government placement or a trainee programme")
THIS_OFFER: Final = Sentence("tawaran ini", "this offer")
THESE_JOBS: Final = Sentence("pekerjaan ini", "this job")

# --- warning signs --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sign:
    """A warning sign as it is told: its name and why it is one."""

    name: Sentence
    why: Sentence


def _sign(name: tuple[str, str], why: tuple[str, str]) -> Sign:
    return Sign(Sentence(*name), Sentence(*why))


# Rule of the engine -> how it is told to whoever got the offer. A test compares both lists.
SIGNS: Final[Mapping[str, Sign]] = {
    "account_rental": _sign(
        ("Sewa atau jual beli rekening.", "Bank accounts rented or sold."),
        (
            "Rekening yang dipinjamkan sering dipakai menampung uang hasil penipuan, dan pemiliknya yang dicari.",
            "Accounts that are lent often hold the proceeds of fraud, and their owner is held to answer.",
        ),
    ),
    "advance_lure": _sign(
        ("Uang diminta lebih dulu.", "Money first."),
        (
            "Bantuan, hadiah, atau pinjaman yang meminta uang di muka adalah tanda bahaya.",
            "Aid, a prize or a loan that asks for money first is a warning sign.",
        ),
    ),
    "agency_name_misused": _sign(
        ("Nama perusahaan mungkin dipakai orang lain.", "The company's name may be used by others."),
        (
            "Perusahaan yang disebut ada dalam register, tetapi Anda diminta tidak menghubungi kantornya.",
            "The company named is in the register, but you are told not to contact its office.",
        ),
    ),
    "aid_fraud": _sign(
        ("Bantuan atau hadiah sebagai umpan.", "Aid or a prize as bait."),
        (
            "Bantuan bagi pekerja migran tidak meminta uang, kode, atau data lewat pesan.",
            "Aid for migrant workers does not ask for money, codes or data by message.",
        ),
    ),
    "bait": _sign(
        ("Janji tanpa pekerjaan.", "A promise without a job."),
        ("Pesan ini menjanjikan sesuatu dan meminta sesuatu lebih dulu.", "This message promises something and asks for something first."),
    ),
    "bypass_office": _sign(
        ("Menghindari kantor.", "Leads past the office."),
        (
            "Tawaran ini meminta Anda tidak lewat kantor perusahaan atau dinas tenaga kerja.",
            "This offer asks you not to go through the company's office or the manpower office.",
        ),
    ),
    "domestic_work_closed_country": _sign(
        ("Penempatan ke negara ini dihentikan untuk pekerjaan itu.", "Placement in this country is stopped for that job."),
        (
            "Tanyakan keadaan hari ini kepada petugas sebelum membayar atau berangkat.",
            "Ask an officer how things stand today before you pay or leave.",
        ),
    ),
    "impersonation_office": _sign(
        ("Memakai nama lembaga negara.", "Uses the name of a public body."),
        (
            "Tanyakan kepada lembaga itu lewat nomor yang Anda cari sendiri, bukan nomor dalam pesan ini.",
            "Ask that body through a number you look up yourself, not the one in this message.",
        ),
    ),
    "irregular_route": _sign(
        ("Jalur yang tidak melindungi.", "A route without protection."),
        (
            "Berangkat tanpa perjanjian kerja dan tanpa tercatat membuat Anda sulit ditolong.",
            "Leaving without a work agreement and without being recorded makes it hard to help you.",
        ),
    ),
    "light_terms_high_pay": _sign(
        ("Gaji tinggi tanpa syarat.", "High pay, no requirements."),
        (
            "Pekerjaan di luar negeri biasanya meminta keahlian. Gaji tinggi tanpa syarat adalah tanda bahaya.",
            "Jobs abroad usually ask for a skill. High pay without requirements is a warning sign.",
        ),
    ),
    "magic_sold": _sign(
        ("Jasa gaib berbayar.", "Magic for money."),
        (
            "Keberangkatan dan majikan tidak bergantung pada mahar atau syarat gaib.",
            "Neither a departure nor an employer depends on a dowry or a charm.",
        ),
    ),
    "money_lure_crew": _sign(
        ("Awak kapal dipikat uang atau syarat ringan.", "Ship's crew lured by money or light terms."),
        (
            "Uang di muka menjadi utang di kapal. Baca perjanjian kerja laut lebih dulu.",
            "Money in advance becomes a debt on board. Read the sea work agreement first.",
        ),
    ),
    "money_lure_family": _sign(
        ("Uang untuk keluarga sebelum berangkat.", "Money for the family before you leave."),
        (
            "Uang itu sering menjadi utang yang dipotong dari gaji dan membuat Anda sulit berhenti.",
            "That money often becomes a debt cut from your pay that makes it hard to leave the job.",
        ),
    ),
    "near_copy": _sign(
        ("Kontak mirip milik perusahaan.", "A contact that is almost the company's."),
        (
            "Kontak ini hampir sama dengan yang tercatat dalam register, tetapi lain.",
            "This contact is almost the one in the register, and is another.",
        ),
    ),
    "paid_papers": _sign(
        ("Dokumen dibuatkan atau lewat orang dalam.", "Papers for sale, or an insider."),
        (
            "Dokumen yang isinya tidak benar dapat membuat Anda ditahan atau dipulangkan.",
            "Papers that are not true can have you detained or sent home.",
        ),
    ),
    "papers_harvest": _sign(
        ("Diminta data atau dokumen.", "Data or papers are asked for."),
        (
            "KTP, KK, paspor, dan kode dapat dipakai atas nama Anda. Jangan kirim sebelum ada kepastian.",
            "ID cards, family cards, passports and codes can be used in your name. Do not send them before you are sure.",
        ),
    ),
    "phishing_likely": _sign(
        ("Data diminta lewat formulir, tautan, atau kode.", "Data are asked for by form, link or code."),
        (
            "Isi data hanya di laman kantor yang Anda buka sendiri. Jangan beri kode OTP atau PIN kepada siapa pun.",
            "Enter data only on the office's own page that you open yourself. Give nobody an OTP or a PIN.",
        ),
    ),
    "posing_likely": _sign(
        ("Mungkin memakai nama pihak lain.", "May use somebody else's name."),
        (
            "Tanyakan kepada kantor atau perusahaan itu lewat nomor yang Anda cari sendiri, bukan nomor dalam pesan ini.",
            "Ask that office or company through a number you look up yourself, not the one in this message.",
        ),
    ),
    "romance_lure": _sign(
        ("Rayuan yang meminta uang.", "Romance that asks for money."),
        (
            "Orang yang belum pernah Anda temui dan meminta uang adalah tanda bahaya.",
            "Somebody you have not met who asks for money is a warning sign.",
        ),
    ),
    "savings_ring": _sign(
        ("Arisan atau investasi dengan hasil berlipat.", "A savings ring or an investment that multiplies."),
        (
            "Hasil berlipat dibayar dari uang orang yang ikut kemudian, lalu berhenti.",
            "Multiplied returns are paid from the money of those who join later, until they stop.",
        ),
    ),
    "scam_compound_job": _sign(
        ("Ciri pusat penipuan daring.", "Signs of an online scam centre."),
        (
            "Tawaran dengan ciri seperti ini pernah membawa orang ke tempat kerja yang tidak boleh ditinggalkan.",
            "Offers like this one have taken people to workplaces they were not allowed to leave.",
        ),
    ),
    "side_task": _sign(
        ("Tugas sampingan dengan setoran.", "Side tasks with a deposit."),
        ("Tugas yang meminta setoran lebih dulu adalah tanda bahaya.", "Tasks that ask for a deposit first are a warning sign."),
    ),
    "upfront_fee": _sign(
        ("Diminta uang di awal.", "Money is asked in advance."),
        ("Uang muka sebelum ada perjanjian kerja adalah tanda bahaya.", "A payment before there is a work agreement is a warning sign."),
    ),
    "visit_visa": _sign(
        ("Visa turis.", "Tourist visa."),
        (
            "Visa turis bukan visa kerja. Pekerja migran berangkat dengan visa kerja dan perjanjian kerja.",
            "A tourist visa is no work visa. Migrant workers leave with a work visa and a work agreement.",
        ),
    ),
}
# The same where the finding rests on money: to an account, or through a person. The register lists no bank accounts.
MISUSED: Final[Mapping[str, Sentence]] = {
    "account": Sentence(
        "Perusahaan yang disebut ada dalam register, tetapi uang diminta ke rekening yang tidak dapat dicocokkan dengan register.",
        "The company named is in the register, but money is asked to an account that cannot be matched with the register.",
    ),
    "person": Sentence(
        "Perusahaan yang disebut ada dalam register, tetapi uang diminta lewat orang atau nomor pribadi.",
        "The company named is in the register, but money is asked for by a person or at a private number.",
    ),
}
# Behind each of the three, where a telephone number, account or site of the offer is not the company's.
CONTACT_TOO: Final = Sentence(
    "{WHY} Kontak dalam tawaran ini juga tidak tercatat sebagai milik perusahaan itu.",
    "{WHY} Nor is the contact in this offer recorded as the company's.",
)
# Rules that are no warning signs: what the register says stands in its own part, and what reads as an offer harms nobody.
NO_SIGNS: Final = frozenset(("licence_verdict", "offer_likely", "official_placement"))

DATA_BAIT: Final = _sign(
    ("Umpan untuk mengambil data.", "Bait to take data."),
    (
        "Kabar dalam pesan ini membuat orang mengisi atau mengirim data. Tanyakan dulu kabar itu kepada petugas.",
        "What this message says makes people enter or send data. Ask an officer first whether it is so.",
    ),
)
PILGRIM_VISA: Final = _sign(
    ("Visa ziarah.", "Pilgrimage visa."),
    (
        "Visa ziarah atau umrah bukan visa kerja. Pekerja migran berangkat dengan visa kerja dan perjanjian kerja.",
        "A pilgrimage visa is no work visa. Migrant workers leave with a work visa and a work agreement.",
    ),
)
NOT_LISTED: Final = _sign(
    ("Kontak tidak tercatat sebagai milik perusahaan.", "The contact is not recorded as the company's."),
    ("Register mencatat kontak perusahaan itu, dan kontak ini lain.", "The register lists the company's contacts, and this is another."),
)
PRIVATE_PAYEE: Final = _sign(
    ("Rekening pribadi.", "A private bank account."),
    (
        "Pembayaran ke rekening orang, bukan perusahaan, adalah tanda bahaya.",
        "Payment to a person's account, not a company's, is a warning sign.",
    ),
)

# --- what to do next ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """`needs`: the name of a page without which the step is left out. `leads`: its last words lead there."""

    said: Sentence
    needs: str = ""


def _step(indonesian: str, english: str, needs: str = "") -> Step:
    return Step(Sentence(indonesian, english), needs)


_CALL_OFFICE = _step(
    "Telepon kantor perusahaan memakai nomor dari register. Tanyakan lowongan ini dan nama petugasnya.",
    "Call the company's office on the number from the register. Ask about this offer and the name of its staff.",
)
_KEEP = _step("Simpan iklan dan bukti percakapan.", "Keep the advert and the messages.")
_NO_PAPERS = _step("Jangan mengirim KTP, KK, paspor, atau uang dulu.", "Do not send ID card, family card, passport or money yet.")
_TELL = _step(
    "Sebutkan tawaran ini kepada petugas lewat hotline atau kantor BP3MI. Mereka dapat memeriksa lebih jauh.",
    "Tell an officer about this offer through the hotline or a BP3MI office. They can look further.",
)
_REPORT = _step(
    "Laporkan di sini, boleh tanpa nama. Laporan Anda membantu orang lain.",
    "Report it here, without a name if you wish. It helps others.",
    "report",
)
_PRESSED = _step(
    "Bila Anda didesak membayar atau berangkat segera, laporkan di sini.",
    "If you are pressed to pay or to leave at once, report it here.",
    "report",
)
_ABROAD = _step(
    "Sudah di luar negeri, atau keluarga Anda di sana? Hubungi hotline sekarang.",
    "Already abroad, or is your family there? Call the hotline now.",
)
_PAID = _step(
    "Sudah terlanjur mengirim uang atau dokumen? Simpan buktinya dan hubungi hotline.",
    "Already sent money or documents? Keep the proof and call the hotline.",
)
_WHOLE = _step("Tempel seluruh isi tawaran, lalu cek lagi.", "Paste the whole offer, then check again.")

STEPS: Final[Mapping[str, tuple[Step, ...]]] = {
    "high": (
        _step(
            "Jangan balas dulu. Simpan tangkapan layar iklan, akun, dan percakapan.",
            "Do not answer yet. Keep screenshots of the advert, the account and the messages.",
        ),
        _REPORT,
        _PAID,
        _ABROAD,
    ),
    "licensed": (
        _CALL_OFFICE,
        _step(
            "Minta membaca perjanjian kerja sebelum menandatangani apa pun. Cocokkan negara, pekerjaan, dan gaji.",
            "Ask to read the work agreement before you sign anything. Compare country, job and pay.",
        ),
        _step(
            "Daftar lewat dinas tenaga kerja. Pendaftaran tidak dilakukan lewat akun pribadi.",
            "Apply through the manpower office. Applications do not go through private accounts.",
        ),
        _step(
            "Bila nanti Anda diminta memakai visa turis, pindah negara, atau membayar ke rekening pribadi, berhenti dan cek lagi.",
            "If you are later asked to use a tourist visa, change country or pay into a private account, stop and check again.",
        ),
    ),
    "stranger": (
        _step(
            "Telepon kantor perusahaan memakai nomor dari register. Tanyakan apakah kontak dalam tawaran itu milik mereka.",
            "Call the company's office on the number from the register. Ask whether the contact in the offer is theirs.",
        ),
        _step(
            "Bila kantor tidak mengenalnya, simpan bukti dan laporkan di sini.",
            "If the office does not know it, keep the proof and report it here.",
            "report",
        ),
        _NO_PAPERS,
    ),
    "no_licence": (
        _step(
            "Telepon kantor perusahaan memakai nomor dari register. Minta nomor SIP untuk negara dan pekerjaan itu.",
            "Call the company's office on the number from the register. Ask for the SIP number for that country and job.",
        ),
        _step(
            "Cek nomor SIP itu di sini. Bila tidak tercatat, tanya petugas BP3MI.",
            "Check that SIP number here. If it is not recorded, ask a BP3MI officer.",
        ),
        _KEEP,
        _step(
            "SIP baru bisa terbit setelah tanggal register. Petugas dapat memeriksa keadaan hari ini.",
            "A new SIP may be issued after the register's date. An officer can check how things stand today.",
        ),
    ),
    "unknown_company": (
        _step("Periksa ejaan nama perusahaan, lalu cek lagi.", "Check the spelling of the company's name, then check again."),
        _step(
            "Minta nomor SIP dan alamat kantor. Perusahaan yang punya SIP dapat menunjukkannya.",
            "Ask for the SIP number and the office's address. A company that holds a SIP can show it.",
        ),
        _step(
            "Sebutkan nama itu kepada petugas lewat hotline atau kantor BP3MI. Mereka dapat memeriksa lebih jauh.",
            "Tell an officer that name through the hotline or a BP3MI office. They can look further.",
        ),
        _PRESSED,
    ),
    "nothing_named": (
        _step(
            "Tanyakan nama perusahaan (P3MI), nomor SIP, dan alamat kantornya.",
            "Ask for the name of the company (P3MI), the SIP number and the office's address.",
        ),
        _step("Cek jawaban itu di sini sebelum mengirim apa pun.", "Check the answer here before you send anything."),
        _KEEP,
        _PRESSED,
    ),
    "number": (
        _step(
            "Cocokkan nomor SIP dengan surat atau fotonya, lalu cek lagi.",
            "Compare the SIP number with the letter or its photo, then check again.",
        ),
        _step(
            "Telepon kantor perusahaan memakai nomor yang Anda cari sendiri, bukan nomor dalam tawaran.",
            "Call the company's office on a number you look up yourself, not the one in the offer.",
        ),
        _NO_PAPERS,
        _TELL,
    ),
    "sanction": (_TELL, _PAID, _KEEP, _PRESSED),
    "exempt": (
        _step(
            "Tanyakan program ini kepada kantor penyelenggara lewat nomor yang Anda cari sendiri.",
            "Ask the organiser's office about this programme through a number you look up yourself.",
        ),
        _step(
            "Bila Anda diminta membayar ke rekening pribadi, berhenti dan cek lagi.",
            "If you are asked to pay into a private account, stop and check again.",
        ),
        _NO_PAPERS,
    ),
    "no_offer": (_WHOLE, _TELL),
    "alone": (_WHOLE, _NO_PAPERS, _TELL),
    "no_register": (_TELL, _NO_PAPERS, _KEEP),
}
