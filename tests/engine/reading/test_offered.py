"""Which of the jobs and countries that an offer names it offers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import learn_offered
from patrol import domain
from patrol.domain import Claim, ClaimKind
from patrol.engine import reading
from patrol.engine.reading import offered


def told(text: str) -> tuple[set[str], set[str]]:
    """Countries and work that a text offers, if it is an offer."""
    folded, claims = reading.names_of(text)
    made = offered.settled(folded, claims)
    return {c.value for c in made if c.kind == ClaimKind.COUNTRY and c.role == "destination"}, {
        c.value for c in made if c.kind == ClaimKind.POSITION and "said" not in c.detail
    }


@pytest.mark.parametrize(
    ("text", "lands", "work"),
    [
        ("Butuh operator produksi ke Taiwan. Eks Malaysia, eks Korea diutamakan", {"TW"}, {"production_operator"}),
        ("Lowongan PLRT Hong Kong, gaji lebih gede dari Taiwan", {"HK"}, {"domestic_worker"}),
        ("ABK ikan Korea Selatan 12 orang. kerja: tarik jaring, sortir ikan, kadang bantu masak", {"KR"}, {"fishing_crew"}),
        ("Dibutuhkan welder untuk Turki, makan oleh katering. Diuji oleh chief engineer", {"TR"}, {"welder"}),
        ("PLRT Singapura 10 orang. Konsultan kami: Ms. Contoh (pensiunan perawat)", {"SG"}, {"domestic_worker"}),
        ("Loker PLRT Hong Kong #lokertaiwan #sopir", {"HK"}, {"domestic_worker"}),
        ("❌ Jepang, kaigo: penuh\n✅ Singapura, ART: butuh 10", {"SG"}, {"domestic_worker"}),
        ("Butuh juru las ke Turki, terbang Semarang - Kuala Lumpur (transit 5 jam) - Istanbul", {"TR"}, {"welder"}),
        # Near: what is offered too.
        ("Butuh operator produksi ke Taiwan, sekalian cari sopir ke Polandia", {"TW", "PL"}, {"production_operator", "driver"}),
        ("Lowongan Taiwan:\n- operator produksi\n- perawat lansia", {"TW"}, {"production_operator", "elderly_carer"}),
        ("PLRT Singapura merangkap sopir keluarga, 1 orang", {"SG"}, {"domestic_worker", "driver", "family_driver"}),
        ("1 (satu) PLRT, 1 (satu) sopir truk untuk Hong Kong", {"HK"}, {"domestic_worker", "driver"}),
        ("Dicari ABK untuk kapal Taiwan dan Fiji, semua dokumen kami buatkan", {"TW", "FJ"}, {"fishing_crew"}),
        # Where nothing stands outside, all counts.
        ("Tugas: jaga lansia di Taiwan", {"TW"}, {"elderly_carer"}),
        ("#lokertaiwan #caregiver 0840-1234-5678", {"TW"}, {"caregiver"}),
    ],
)
def test_what_is_offered_beside_what_is_only_named(text: str, lands: set[str], work: set[str]) -> None:
    assert told(text) == (lands, work)


def test_a_code_is_offered_where_one_of_its_names_is() -> None:
    folded, claims = reading.names_of(
        "Butuh operator produksi ke Taiwan. Taiwan ramai, Korea sepi. Sopir truk? Sopir penuh, operator produksi ada"
    )
    odds = {name.claim.span[0]: odds >= 0 for name, odds in offered.log_odds(folded, claims, list(offered.LETTER))}
    made = offered.settled(folded, claims)
    assert len(set(odds.values())) == 2
    for claim in made:
        is_offered = any(odds[other.span[0]] for other in claims if other.value == claim.value)
        assert (claim.role == "destination" or (claim.role == "" and "said" not in claim.detail)) is is_offered


def test_the_surer_another_of_its_kind_is_the_surer_a_code_must_be() -> None:
    odds = {("position", "cook"): 1.0, ("position", "driver"): 4.0, ("position", "nurse"): -3.0, ("country", "TW"): -2.0}
    assert {value: round(offered.line((kind, value), odds), 6) for kind, value in odds} == {
        "cook": 0.3,  # beside a driver's 4.0
        "driver": -0.3,  # beside a cook's 1.0
        "nurse": 0.3,
        "TW": 0.0,  # alone of its kind
    }


def test_names_of_one_list_are_offered_together() -> None:
    folded, claims = reading.names_of("Butuh cook/waiter ke Taiwan, Korea dan Fiji; Jepang belum")
    odds: dict[float, set[str]] = {}
    for name, one in offered.log_odds(folded, claims, list(offered.LETTER)):
        odds.setdefault(one, set()).add(name.claim.value)
    assert sorted(map(sorted, odds.values())) == [["FJ", "KR", "TW"], ["JP"], ["cook", "waiter"]]


def test_an_offer_may_name_no_work_that_is_known_but_one_country_stays() -> None:
    text = "Kuli bangunan, tukang ojek, yang dulu jadi satpam, daripada nganggur: eks Korea, eks Jepang"
    folded, claims = reading.names_of(text)
    made = offered.settled(folded, claims)
    assert {claim.detail.get("said") for claim in made if claim.kind == ClaimKind.POSITION} == {"aside"}
    assert [claim for claim in made if claim.kind == ClaimKind.COUNTRY] == [claim for claim in claims if claim.kind == ClaimKind.COUNTRY]


def test_only_an_offer_is_asked_and_its_positions_are_those_it_offers() -> None:
    offer = reading.read(
        domain.Content(text="Dibutuhkan PLRT ke Hong Kong 5 orang, gaji HK$5.100, yang minat WA 0840 1234 5678. Di sana ada koki")
    )
    assert (offer.text_kind, offer.positions) == ("offer_abroad", ("domestic_worker",))
    assert [(claim.value, claim.detail.get("said")) for claim in offer.of(ClaimKind.POSITION)] == [
        ("domestic_worker", None),
        ("cook", "aside"),
    ]
    news = reading.read(
        domain.Content(text="Polisi menangkap sopir dan koki yang memberangkatkan perawat ke Malaysia, kata Kapolres kepada wartawan")
    )
    assert news.text_kind == "news"
    assert not any("said" in claim.detail for claim in news.of(ClaimKind.POSITION))


def test_the_tokens_of_a_name() -> None:
    folded, claims = reading.names_of("Loker hari ini\nbutuh koki ke Dubai, 3 orang. Ada sopir ya")
    made = {name.written: set(map(" ".join, tokens)) for name, tokens in offered.tokens(folded, claims, [ClaimKind.POSITION])}
    assert made["koki",] == {
        *("<1 butuh", "<2 ^", "< butuh", ">1 ke", ">2 COUNTRY", "> ke", "> COUNTRY", "> ,", "> 0", "> orang"),
        *("> ke COUNTRY", "> COUNTRY ,", "> , 0", "> 0 orang", "with the other kind"),
        *("/. ada", "/ ada", "/ WORK", "/ ya", "sentence 1", "| butuh", "|1", "#0", "times 1", "codes 2", "first", "= koki", "=cook"),
    }
    assert made["sopir",] == {
        *("<1 ada", "<2 ^", "< ada", ">1 ya", ">2 $", "> ya", "/$ $", "sentence 2", "| butuh", "|4"),
        *("#1", "times 1", "codes 2", "= sopir", "=driver"),
    }


@given(st.text(st.sampled_from("abk taiwan,korea.\n#eks❌✅:0 operator sopir\u0301ﬁ"), max_size=120))
def test_claims_keep_their_order_and_places(text: str) -> None:
    folded, claims = reading.names_of(f"{text} sopir Taiwan {text} cook Korea")
    made = offered.settled(folded, claims)
    assert [(c.kind, c.value, c.span) for c in made] == [(c.kind, c.value, c.span) for c in claims]


def test_a_text_without_names_is_left_alone() -> None:
    folded, claims = reading.names_of("Selamat pagi")
    assert (claims, offered.settled(folded, [])) == ([], [])
    phone = Claim(ClaimKind.PHONE, "+628401234567", (0, 7), "text")
    assert offered.settled(folded, [phone]) == [phone]


def test_the_weights_name_the_posts_they_were_fitted_on() -> None:
    written = learn_offered.WEIGHTS.read_text(encoding="utf-8").splitlines()
    assert written[1].split()[-1] == learn_offered.fingerprint(learn_offered.marked()), "run `python -m bench.learn_offered`"


def test_the_file_is_sorted_and_small() -> None:
    rows = [line.split("\t") for line in learn_offered.WEIGHTS.read_text(encoding="utf-8").splitlines()[2:]]
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert {row[0][0] for row in rows} == {":", "C", "W"}
    assert sum(map(len, offered._weights().values())) == len(rows)
    assert learn_offered.WEIGHTS.stat().st_size < 700_000


def test_no_single_word_decides() -> None:
    for weights in offered._weights().values():
        words = {token: weight for token, weight in weights.items() if token and token[0][0] in "<>/" and abs(weight) > 250}
        assert words == {}, "log odds of 2.5 and more"


def test_what_is_marked_stands_in_its_post_and_teaches_its_name() -> None:
    post = learn_offered.Marked("x", "x-1", "Butuh sopir. Di mess ada sopir. Koki juga", ("Butuh sopir", "Koki"))
    named = learn_offered.read([post])
    assert [(one.value, one.is_offered) for one in named] == [("driver", True), ("driver", False), ("cook", True)]
    for one in learn_offered.marked():
        assert all(written in one.text for written in one.offered), one.id


def test_codes_of_a_label_teach_where_nobody_marked_names() -> None:
    post = learn_offered.Marked("x", "x-1", "Butuh sopir ke Taiwan, Korea kalah ramai", codes=(("country", ("TW",)),))
    assert [(one.kind, one.value, one.is_offered) for one in learn_offered.read([post])] == [
        ("country", "TW", True),
        ("country", "KR", False),
    ]


def test_a_fit_is_the_same_twice_and_finds_what_separates() -> None:
    named = [
        learn_offered.Named("x", f"{n}", kind, "A", n % 2 == 0, frozenset({"all", "<1 butuh" if n % 2 == 0 else "<1 eks"}))
        for n in range(12)
        for kind in ("country", "position")
    ]
    first, second = learn_offered.fit(named), learn_offered.fit(named)
    assert first == second
    assert first["C<1 butuh"] > 0.3 > -0.3 > first["C<1 eks"]
    assert all(learn_offered.says(first, one) == one.is_offered for one in named)
