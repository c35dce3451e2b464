"""Positions: codes of wordings, and what a licence for one covers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Claim
from patrol.engine import reading
from patrol.engine.reading import folding, phrases, positions


def claims(text: str) -> list[Claim]:
    folded = folding.fold(text)
    return positions.claims(folded, phrases.search(folded))


def found(text: str) -> list[str]:
    return [claim.value for claim in claims(text)]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Operator Produksi", {"production_operator"}),
        ("operator jahit", {"production_operator", "tailor"}),
        ("Pekerja Ladang Sawit", {"plantation_worker"}),
        ("Perawat Lansia (Caregiver)", {"elderly_carer", "caregiver"}),
        ("Pekerja Rumah Tangga", {"domestic_worker"}),
        ("baby sitter / elderly caretaker", {"babysitter", "elderly_carer"}),
        ("room attendant", {"hotel_cleaner"}),
        ("tukang batu", {"construction_worker"}),
        ("spa therapist", {"spa_therapist"}),
        ("Petugas Keamanan / Security", {"security_guard"}),
        ("production_operator", {"production_operator"}),
        ("pekerja las", {"welder"}),
        ("juru rawat", {"nurse"}),
        ("bidan", {"midwife"}),
        ("apoteker", {"pharmacist"}),
        ("room attendants", {"hotel_cleaner"}),
        ("pengolah makanan", {"food_processing_worker"}),
        ("penjinak awan", set()),
    ],
)
def test_codes_of_a_wording(text: str, codes: set[str]) -> None:
    assert reading.position_codes(text) == codes


def test_every_code_covers_itself_and_only_known_codes() -> None:
    covered = reading.covers()
    assert set(covered) == positions.CODES
    assert [code for code in covered if code not in covered[code]] == []
    assert {narrower for codes in covered.values() for narrower in codes} - positions.CODES == set()


def test_home_care_is_covered_by_domestic_work_and_not_the_other_way() -> None:
    covered = reading.covers()
    assert {"babysitter", "elderly_carer", "caregiver"} <= covered["domestic_worker"]
    assert "domestic_worker" not in covered["caregiver"]
    assert "hotel_cleaner" in covered["cleaner"]
    assert "assembler" in covered["production_operator"]


@given(st.sampled_from(sorted(positions.CODES)), st.sampled_from(sorted(positions.CODES)))
def test_what_is_covered_is_covered_all_the_way_down(broad: str, narrow: str) -> None:
    covered = reading.covers()
    if narrow in covered[broad]:
        assert covered[narrow] <= covered[broad]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dicari admin judol", ["gambling_operator"]),
        ("chat admin ya", []),
        ("biaya admin 2 juta", []),
        ("bukan pembantu, tapi waiter", ["waiter"]),
        ("hubungi cs kami, butuh sopir", ["driver"]),
        ("lolos seleksi administrasi, penata rumah tangga, ttd HRD", ["domestic_worker"]),
        ("Contoh Resort cari room attendant", ["hotel_cleaner"]),
        ("kerja di resort", ["hospitality_worker"]),
        ("olah ikan (fillet, packing)", ["food_processing_worker"]),
        ("ngopeni simbah", ["elderly_carer"]),
        ("cs 0840 1234 5678, pabrik taiwan", ["production_operator"]),
        ("ini admin pengganti", []),
        ("pelatihan housekeeping, kerja sebagai PRT", ["domestic_worker"]),
        ("a.n. Kepala Desa, Sekretaris: dicari penjahit", ["tailor"]),
        ("operator elektronik Sungai Petani", ["production_operator"]),
        ("ABK longline, bawa buku pelaut", ["fishing_crew"]),
        ("PRT Hong Kong dan operator tekstil Taiwan", ["domestic_worker", "production_operator"]),
        ("caregiver & pertanian", ["caregiver", "agricultural_worker"]),
        ("Turki: waiter; Polandia: las dan gudang", ["waiter", "welder", "warehouse_worker"]),
        ("cari penjahit, hubungi admin & cs", ["tailor"]),
        ("Malaysia operator; Singapura PLRT", ["production_operator", "domestic_worker"]),
        ("welder/construction", ["welder", "construction_worker"]),
        ("waiter & resort", ["waiter"]),
        ("kerja tani, panen kubis", ["agricultural_worker", "agricultural_worker"]),
        ("jobs las kapal, tukang bangunan", ["welder", "welder", "construction_worker"]),
        ("perawat di panti jompo", ["caregiver"]),
    ],
)
def test_a_word_for_whom_to_ask_is_no_work(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("jaga lansia", {}),
        ("jaga kakek, rumah sendiri bukan panti", {"setting": "home"}),
        ("perawat lansia di panti jompo", {"setting": "institution"}),
        ("caregiver, nursing home", {"setting": "institution"}),
        ("jaga anak tanpa pekerjaan rumah tangga", {"housework": "excluded"}),
        ("pengasuh bayi, hanya jaga anak saja", {"housework": "excluded"}),
        ("jaga anak, medical di rumah sakit", {}),
        ("jaga anak, merangkap bersih-bersih", {}),
        ("cuma 1 lansia yg dijaga, jaga lansia", {}),
    ],
)
def test_care_says_where_and_whether_housework_is_ruled_out(text: str, detail: dict[str, str]) -> None:
    said = [{name: value for name, value in claim.detail.items() if name != "phrase"} for claim in claims(text)]
    assert said
    assert all(each == detail for each in said)


def test_each_line_of_a_list_has_its_own_setting() -> None:
    care = claims("1) perawat lansia panti\n2) jaga akong rumah majikan")
    assert [claim.detail["setting"] for claim in care] == ["institution", "home"]


def test_other_work_has_no_setting() -> None:
    assert [dict(claim.detail) for claim in claims("operator produksi, klinik di seberang pabrik")] == [{}]


def jobs(text: str) -> list[set[str]]:
    """The codes of each job: those of one phrase together."""
    found: dict[str, set[str]] = {}
    for at, claim in enumerate(claims(text)):
        found.setdefault(claim.detail.get("phrase", f"={at}"), set()).add(claim.value)
    return list(found.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("packing Taiwan", [{"packer", "production_operator"}]),  # one word, two kinds
        ("gudang online, packing barang", [{"warehouse_worker", "packer", "production_operator"}]),
        ("caregiver (perawat lansia)", [{"caregiver", "elderly_carer"}]),
        ("cleaning gedung & caregiver", [{"cleaner"}, {"caregiver"}]),
        ("welder, sopir", [{"welder"}, {"driver"}]),
        ("welder (sopir, kurir)", [{"welder"}, {"driver"}, {"courier"}]),  # a list in brackets is no gloss
        ("gudang dan packing", [{"warehouse_worker"}, {"packer", "production_operator"}]),
        ("gudang 20 orang, packing 10 orang", [{"warehouse_worker"}, {"packer", "production_operator"}]),
        ("gudang\npacking", [{"warehouse_worker"}, {"packer", "production_operator"}]),
    ],
)
def test_names_of_one_job_stand_in_one_phrase(text: str, expected: list[set[str]]) -> None:
    assert jobs(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pemanen sawit Malaysia. Sortir di kantor", ["plantation_worker"]),
        ("sortir calon PLRT Singapura", ["domestic_worker"]),
        ("kerja sortir barang Taiwan", ["warehouse_worker"]),
        ("sortir telur", ["warehouse_worker"]),
        ("pabrik velg Taiwan, interview di lobi hotel seberang kantor", ["production_operator"]),
        ("walk in di resto Melati, kerja jaga lansia", ["elderly_carer"]),
        ("kerja di hotel Dubai", ["hospitality_worker"]),
        ("seleksi penempatan hotel Doha", ["hospitality_worker"]),
        ("room attendant, pernah kerja di kapal pesiar disukai", ["hotel_cleaner"]),
        ("caregiver Jepang. Syarat D3 perawat", ["caregiver"]),
        ("dicari lulusan D3 perawat ke Jerman", ["nurse"]),
        ("operator produksi, pengalaman 2 tahun sebagai sopir", ["production_operator"]),
        ("kaigo Jepang, tanya ke kantor, aku cuma guru bahasa", ["caregiver"]),
        ("saya cari PRT ke Singapura", ["domestic_worker"]),
        ("sopir dan barista, tanpa pengalaman", ["driver", "barista", "waiter"]),
        ("operator produksi Taiwan, di kantor jangan tanya sama satpam", ["production_operator"]),
        ("caregiver Jepang, kemarin malah diusir satpam", ["caregiver"]),
        ("datang ke kantor, satpamnya ramah, kerja jaga lansia", ["elderly_carer"]),
        ("barista Dubai. Pay nobody but at the cashier", ["barista", "waiter"]),
        ("dicari satpam mall untuk Qatar", ["security_guard"]),
        ("butuh kasir dan satpam", ["shop_assistant", "security_guard"]),
        ("PRT Singapura, kata PL bulan depan terbang", ["domestic_worker"]),
        ("PL karaoke Malaysia", ["entertainer"]),
        ("general worker bangunan Brunei", ["construction_worker"]),
        ("general worker Brunei", ["production_operator"]),
        ("sortir pabrik kurma", ["production_operator"]),
        ("operator pabrik Malaysia, dijemput sopir kami di bandara", ["production_operator"]),
        ("caregiver Jepang. Kurir berkas: Anto", ["caregiver"]),
        ("dicari sopir dan kurir untuk Qatar", ["driver", "courier"]),
        ("jaga lansia Taiwan, ayahnya cuma petani tidak apa", ["elderly_carer"]),
        ("PRT Hong Kong, istri petani silakan", ["domestic_worker"]),
        ("butuh petani stroberi Korea", ["agricultural_worker"]),
        ("room attendant Polandia, tidak menerima cook dan waiter", ["hotel_cleaner"]),
        ("tidak hanya cook, juga waiter", ["cook", "waiter"]),
    ],
)
def test_work_done_before_and_places_of_selection_are_none_on_offer(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("housekeeping + masak, rumah 3 org", ["domestic_worker"]),
        ("nyuci, setrika, ngepel. majikan baik", ["domestic_worker"]),
        ("housekeeping hotel Dubai, masak disediakan rumah", ["hotel_cleaner"]),
        ("resik-resik omah karo masak, majikan Melayu", ["domestic_worker"]),
        ("bersih-bersih dan masak di hotel", ["cleaner"]),
        ("masak di restoran, cuci piring", ["cook", "cleaner"]),
        ("rumah kosong, bisa masak", []),
    ],
)
def test_chores_of_a_household_alone_are_domestic_work(text: str, expected: list[str]) -> None:
    assert set(found(text)) == set(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("operator produksi pabrik makanan", {"production_operator"}),
        ("pabrik roti", {"production_operator"}),
        ("potong ayam, pengolahan daging", {"food_processing_worker"}),
        ("sawit, pemanen & pemupuk", {"plantation_worker"}),
        ("pemanen apel", {"agricultural_worker"}),
    ],
)
def test_of_two_readings_of_a_word_one_is_kept(text: str, expected: set[str]) -> None:
    assert set(found(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kuli ladang Sarawak", ["plantation_worker"]),
        ("Housekeeping attendant, Otel Contoh", ["hotel_cleaner"]),
        ("tukang plaster 12 kepala", ["construction_worker"]),
        ("Hongkong: rumah tangga, keluarga 3-4 orang", ["domestic_worker"]),
        ("jual alat rumah tangga", []),
        ("urusan rumah tangga orang", []),
    ],
)
def test_work_in_the_words_of_the_trade(text: str, expected: list[str]) -> None:
    assert sorted(set(found(text))) == expected
