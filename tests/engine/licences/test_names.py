from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol.domain import Agency
from patrol.engine.licences import names, real_words

NAMES = (
    ("PT Laksita Benua Tirta", ("LBT Cirebon", "Laksita Tirta")),
    ("PT Wredasana Samudra", ()),
    ("PT Gandaria Lintas Pelita", ()),
    ("PT Kertanata Rantau Mulya", ()),
    ("PT Bina Cahaya Abadi", ()),
    ("PT Bina Cahaya Abdi", ()),
    ("PT Karya Adi", ()),
    ("PT Insan Mulia", ()),
    ("PT Maju", ()),
    ("PT Sinar Surabaya", ()),
    ("PT Kencana Selasar Buana", ()),
    ("PT Kencana Selaras Buana", ()),
)


@pytest.fixture(scope="module")
def index() -> names.Index:
    return names.Index([Agency(name, aliases) for name, aliases in NAMES])


def resolved(index: names.Index, written: str) -> str | None:
    agency = index.resolve(written).agency
    return agency.name if agency else None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        # legal form, case, points, order
        ("PT. LAKSITA BENUA TIRTA", "PT Laksita Benua Tirta"),
        ("P.T Laksita-Benua Tirta", "PT Laksita Benua Tirta"),
        ("Laksita Benua Tirta, PT", "PT Laksita Benua Tirta"),
        ("CV Laksita Benua Tirta Tbk", "PT Laksita Benua Tirta"),
        # alias
        ("LBT Cirebon", "PT Laksita Benua Tirta"),
        ("PT Laksita Tirta", "PT Laksita Benua Tirta"),
        # slips
        ("PT Lakista Benua Tirta", "PT Laksita Benua Tirta"),
        ("PT Laksita Benua Tirto", "PT Laksita Benua Tirta"),
        ("PT Wredasana Samuda", "PT Wredasana Samudra"),
        ("PT Gandria Lintas Peltia", "PT Gandaria Lintas Pelita"),
        # spelling variants
        ("PT Wredasana Samudera", "PT Wredasana Samudra"),
        ("PT Wredasana Samoedra", "PT Wredasana Samudra"),
        ("PT Kertanata Rantau Mulia", "PT Kertanata Rantau Mulya"),
        ("PT Bina Cahya Abdi", "PT Bina Cahaya Abdi"),
        # joined, split
        ("PT Laksitabenua Tirta", "PT Laksita Benua Tirta"),
        ("PT Gan Daria Lintas Pelita", "PT Gandaria Lintas Pelita"),
        # misread
        ("PT lnsan Mu1ia", "PT Insan Mulia"),
        ("PT 6andaria Lintas Pe1ita", "PT Gandaria Lintas Pelita"),
        ("P T KARYA ADl", "PT Karya Adi"),
        # a place after the name, the sentence after it
        ("PT Gandaria Lintas Pelita cabang Mataram", "PT Gandaria Lintas Pelita"),
        ("PT Gandaria Lintas Pelita Lombok Timur", "PT Gandaria Lintas Pelita"),
        ("PT Insan Mulia Taiwan", "PT Insan Mulia"),
        ("PT GANDARIA LINTAS PELITA MEMBUKA LOWONGAN PABRIK", "PT Gandaria Lintas Pelita"),
        ("PT Sinar Surabaya", "PT Sinar Surabaya"),
        # of twins the closer
        ("PT Bina Cahaya Abadi", "PT Bina Cahaya Abadi"),
        ("PT Bina Cahaya Abdi", "PT Bina Cahaya Abdi"),
        ("PT Kencana Selassar Buana", "PT Kencana Selasar Buana"),
        ("PT Kencana Selaras Buana", "PT Kencana Selaras Buana"),
    ],
)
def test_one_company(index: names.Index, written: str, name: str) -> None:
    assert resolved(index, written) == name


@pytest.mark.parametrize(
    "written",
    [
        "PT Laksita Benua",  # a word left out
        "PT Sinar",
        "PT Laksita Benua Tirta Jaya",  # a word added
        "PT Maju Jaya",
        "PT Karya A",
        "PT Gandaria Lintas Pelangi",  # a word exchanged for a real one
        "PT Kertanata Ranjau Mulya",
        "PT Insani Mulia",
        "PT Wredatama Samudra",
        "PT Lintas Gandaria Pelita",  # another order
        "LPK Insan Mulia",  # another kind of body
        "Insan Mulia Sdn Bhd",
        "PT Sumber Info Maju",
        "PT",
        "",
    ],
)
def test_another_company(index: names.Index, written: str) -> None:
    assert resolved(index, written) is None


def test_the_runner_up_is_kept(index: names.Index) -> None:
    match = index.resolve("PT Bina Cahaya Abadi")
    runner_up = index.runner_up(match)
    assert runner_up is not None
    assert (match.distance, runner_up.name) == (0.0, "PT Bina Cahaya Abdi")
    assert 0 < runner_up.distance < 0.1
    nearest = index.runner_up(index.resolve("PT Gandaria Lintas Pelangi"))
    assert nearest is not None
    assert nearest.name == "PT Gandaria Lintas Pelita"


# Two words that so many names have that only one of their lists is looked at: which, nothing but the names may say.
CROWDED = [f"PT {word} Rekaan{n:03}" for word in ("Melati", "Anggrek", "Kenanga") for n in range(700)]
UNKNOWN = ("PT Melati Anggrek Kenanga Baru", "PT Kenanga Melati Khayal", "PT Anggreka Melatik")


def told(agencies: Sequence[str]) -> list[tuple[str, float] | None]:
    index = names.Index([Agency(name) for name in agencies])
    return [index.runner_up(index.resolve(written)) for written in UNKNOWN]


def test_the_order_of_the_register_does_not_choose_the_runner_up() -> None:
    shuffled = random.Random(7).sample(CROWDED, len(CROWDED))
    assert told(shuffled) == told(CROWDED) == told(CROWDED[::-1])


def test_the_runner_up_is_the_same_in_every_process() -> None:
    program = "from tests.engine.licences import test_names; print(test_names.told(test_names.CROWDED))"
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert said == {f"{told(CROWDED)}\n"}


def test_of_two_names_equally_near_the_first_by_name_is_told() -> None:
    for order in (("PT Insan Nulia", "PT Insan Culia"), ("PT Insan Culia", "PT Insan Nulia")):
        index = names.Index([Agency(name) for name in order])
        runner_up = index.runner_up(names.Match(None, 1.0, ("insan", "wulia")))
        assert runner_up is not None
        assert runner_up.name == "PT Insan Culia"


def test_an_empty_register_knows_nobody() -> None:
    index = names.Index([])
    match = index.resolve("PT Laksita Benua Tirta")
    assert match == names.Match(None, 1.0, ("laksita", "benua", "tirta"))
    assert index.runner_up(match) is None


def test_a_place_of_the_agencys_own_address_may_follow_its_name() -> None:
    index = names.Index([Agency("PT Gandaria Lintas Pelita", city="Mataram", address="Jl. Contoh 2, Dasan Rekaan")])
    assert resolved(index, "PT Gandaria Lintas Pelita Dasan Rekaan") == "PT Gandaria Lintas Pelita"
    assert resolved(index, "PT Gandaria Lintas Pelita Rekaan Indah") is None


@given(st.text(max_size=60))
def test_any_name_may_be_asked_for(written: str) -> None:
    index = names.Index([Agency(name, aliases) for name, aliases in NAMES])
    match = index.resolve(written)
    runner_up = index.runner_up(match)
    assert 0 <= match.distance <= 1
    assert runner_up is None or 0 <= runner_up.distance <= 1


REAL = ("abdi", "sejahtera", "utama", "jaya", "sukses", "permata", "express", "mandiri", "putra")


@pytest.fixture(scope="module")
def alone() -> names.Index:
    return names.Index([Agency("PT Laksita Benua Wredatirta")])


@given(st.integers(0, 2), st.data())
def test_a_slip_inside_a_word_is_the_same_company(alone: names.Index, which: int, data: st.DataObject) -> None:
    parts = ["Laksita", "Benua", "Wredatirta"]
    word = parts[which]
    at = data.draw(st.integers(1, len(word) - 2))
    parts[which] = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],  # left out
                word[:at] + word[at] + word[at:],  # twice
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],  # swapped
            ]
        )
    )
    assert real_words.known(parts[which].casefold()) or resolved(alone, "PT " + " ".join(parts)) is not None


@given(st.integers(0, 3), st.sampled_from(REAL))
def test_a_real_word_added_or_exchanged_makes_another_company(alone: names.Index, at: int, word: str) -> None:
    parts = ["Laksita", "Benua", "Wredatirta"]
    assert resolved(alone, "PT " + " ".join([*parts[:at], word, *parts[at:]])) is None
    if at < len(parts):
        assert resolved(alone, "PT " + " ".join([*parts[:at], word, *parts[at + 1 :]])) is None
        assert resolved(alone, "PT " + " ".join([*parts[:at], *parts[at + 1 :]])) is None


@pytest.mark.parametrize(
    ("register", "written"),
    [
        ("PT Purnama Asih Sentausa", "PT Purnama Asih Sentosa"),
        ("PT Mega Rezeki Anugerah", "PT Mega Rejeki Anugrah"),
        ("PT Cahaya Pasifik", "PT Cahya Pacific"),
        ("PT Surya Jaya Cipta", "PT Soerja Djaja Tjipta"),
        ("PT Bakti 17 Agustus", "PT Bakti l7 Agustus"),
        ("PT Insan Mulia", "PT Insan Mulia. Kumpul Senin"),
        ("PT Insan Mulia", "PT Insan Mulia Group"),
        ("PT Insan Mulia", "PT INSAN MULIA DITEMPATKAN DI PABRIK"),
    ],
)
def test_one_name_in_two_spellings(register: str, written: str) -> None:
    assert resolved(names.Index([Agency(register)]), written) == register


@pytest.mark.parametrize(
    ("register", "written"),
    [
        ("PT Bakti 17 Agustus", "PT Bakti 71 Agustus"),
        ("PT Insan Mulia", "PT Insan Mulia Diplomat"),
        ("PT Kasih Ibu", "PT Kisah Ibu"),  # a swap that makes a real word
        ("PT Tunas Karya", "PT Tuna Karya"),
        ("PT Putra Karya", "PT Putri Karya"),
        ("PT Puspa Karya", "PT Puspita Karya"),
    ],
)
def test_two_names_that_look_alike(register: str, written: str) -> None:
    assert resolved(names.Index([Agency(register)]), written) is None


@given(st.sampled_from([name for name, _ in NAMES]), st.data())
def test_a_letter_twice_is_a_slip(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(4, len(name) - 1))
    if name[at] == " ":
        return
    index = names.Index([Agency(each, aliases) for each, aliases in NAMES])
    assert resolved(index, name[: at + 1] + name[at:]) == name
