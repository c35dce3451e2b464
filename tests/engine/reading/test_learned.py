"""What the fitted weights say of a text: where they come from, how they add up, and what they may not do."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import learn_kinds
from patrol.domain import TextKind
from patrol.engine import reading
from patrol.engine.reading import kinds, learned, phrases

AD = "Butuh 5 orang jaga lansia di Taichung, gaji NT 24.000, yang minat inbox ya"
SPOKEN = "waspada penipuan jangan percaya saya mau tanya apakah benar lowongan dibutuhkan gratis biaya visa polisi menangkap korban paspor"


def tokens(text: str) -> set[str]:
    found = reading.signs_of(text)
    return learned.tokens(found, kinds.by_signs(found))


def test_the_tokens_of_a_text() -> None:
    made = tokens("Butuh orang di Taiwan, jangan telepon 0840-1234-5678?")
    assert {"butuh", "di COUNTRY", "^butuh", "$"}.isdisjoint({"taiwan"})
    assert {"butuh", "orang", "butuh orang", "di COUNTRY", "^ butuh", "? $", "telep~", ">dont 1", ">slots 1"} <= made
    assert {":contact", ":question 1 contact 1 me 0", ":countries 1", "0000"} <= made
    assert "taiwan" not in made
    assert not any("5678" in token for token in made)


def test_a_word_counts_by_its_group_whatever_the_tongue() -> None:
    assert ">dont 1" in tokens("Ulah kitu nya")
    assert ">dont 1" in tokens("Ojo ngono")
    assert ">dont 1" not in tokens("Begitu saja")


def test_a_strong_word_in_one_group_says_so_by_steps() -> None:
    made = tokens("wkwk ngakak jomblo")
    assert {">jokes 1", ">jokes 2", ">jokes 3"} <= made
    assert ">jokes 5" not in made


def test_what_one_tongue_taught_is_known_in_the_others() -> None:
    said = "saya mau berangkat"
    for told in ("kula purun budal", "abdi hoyong indit", "ambo amuah barangkek"):
        made = tokens(told)
        assert {"saya mau", "mau berangkat"} <= made & tokens(said)
        assert set(told.split()) <= made, "the words as written say who speaks"


def test_a_gloss_is_no_other_words_own_gloss() -> None:
    """One step: a word that is read as another, which is read as a third, would depend on the order of reading."""
    glosses = learned.glosses()
    assert not set(glosses) & set(glosses.values())


def test_where_in_the_text_a_group_speaks() -> None:
    made = tokens("wkwk ngakak " + "batu " * 20 + "yang minat inbox")
    assert {">start jokes 2", ">end invites 1"} <= made
    assert {">end jokes 1", ">start invites 1"}.isdisjoint(made)


def test_a_long_text_is_not_surer_than_its_words() -> None:
    assert learned.sureness(0) == learned.sureness(100) == 1
    assert learned.sureness(600) == pytest.approx(learned.sureness(300) / 2)


def test_explain_adds_up_to_what_was_weighed() -> None:
    made = tokens(AD)
    weighed = learned.weigh(made)
    bias = learned.weigh(())
    spoken = sum(weight for _, weight in learned.explain(made, "exempt", most=len(made)))
    assert weighed.exempt == pytest.approx(bias.exempt + spoken)
    strongest = [token for token, _ in learned.explain(made, TextKind.OFFER_ABROAD)]
    assert len(strongest) == 8
    assert set(strongest) <= made


def test_likeliest_gives_the_best_of_the_others_and_a_probability() -> None:
    even = learned.Weighed(dict.fromkeys(TextKind, 0.0), 0.0)
    assert even.likeliest(TextKind.OFFER_ABROAD)[1] == pytest.approx(1 / len(TextKind))
    sure = learned.Weighed({**even.kinds, TextKind.NEWS: 3.0, TextKind.OFFER_ABROAD: 9.0}, 0.0)
    kind, likely = sure.likeliest(TextKind.OFFER_ABROAD)
    assert kind == TextKind.NEWS
    assert likely == pytest.approx(math.exp(9) / (math.exp(9) + math.exp(3) + len(TextKind) - 2))


def test_no_single_word_carries_a_kind() -> None:
    """An offer is lost or made by many tokens together: none may move the odds by more than a factor of five."""
    for token in ("loker", "dibutuhkan", "butuh", "gaji", "waspada", "jangan", "cair", "jual", "polisi", "COUNTRY"):
        for column in learned.COLUMNS:
            for _, weight in learned.explain({token}, column):
                assert abs(weight) < math.log(5), (token, column)


def test_the_weights_name_the_posts_they_were_fitted_on() -> None:
    written = (learn_kinds.WEIGHTS).read_text(encoding="utf-8").splitlines()
    assert written[1].split()[-1] == learn_kinds.fingerprint(learn_kinds.labelled()), "run `python -m bench.learn_kinds`"


def test_the_file_is_sorted_and_small() -> None:
    rows = [line.split("\t") for line in learn_kinds.WEIGHTS.read_text(encoding="utf-8").splitlines()[4:]]
    names = [row[0] for row in rows]
    assert names == sorted(set(names))
    assert {len(row) for row in rows} == {1 + len(learned.COLUMNS)}
    assert learn_kinds.WEIGHTS.stat().st_size < 600_000


def test_a_row_that_begins_like_a_comment_is_read() -> None:
    written = learn_kinds.WEIGHTS.read_text(encoding="utf-8").splitlines()[3:]
    assert len(learned._weights()) == len(written)
    assert any(row.startswith("#") for row in written)


def test_a_fit_is_the_same_twice_and_finds_what_separates() -> None:
    posts = [
        learn_kinds.Post(f"{n}", "x", "", n % 2, n == 2, None, None, frozenset({"all", "even" if n % 2 == 0 else "odd"}))  # type: ignore[arg-type]
        for n in range(12)
    ]
    first, second = learn_kinds.fit(posts), learn_kinds.fit(posts)
    assert (first.weights == second.weights).all()
    assert first.weights[first.tokens["even"], 0] > 0.5 > -0.5 > first.weights[first.tokens["even"], 1]
    assert first.logits(posts)[:, :2].argmax(axis=1).tolist() == [post.kind for post in posts]


def test_a_post_of_the_labelled_sets_counts_as_three_of_the_corpus() -> None:
    in_corpus = next(learn_kinds.CORPUS.glob("*.jsonl")).stem

    def post(number: int, kind: int, of: str) -> learn_kinds.Post:
        return learn_kinds.Post(f"{number}", of, "", kind, False, None, None, frozenset({"all"}))  # type: ignore[arg-type]

    def outweighs(*others: str) -> bool:
        """Whether one post of the second kind, of a labelled set, outweighs those of the first."""
        posts = [post(number, 0, of) for number, of in enumerate(others)]
        logits = learn_kinds.fit([*posts, post(99, 1, "calo")]).logits(posts[:1])
        return bool(logits[0, 1] > logits[0, 0])

    assert (outweighs(in_corpus, in_corpus), outweighs(*[in_corpus] * 4), outweighs("desa", "desa")) == (True, False, False)


def test_near_duplicates_are_learnt_or_tested_together() -> None:
    texts = [
        "butuh lima orang untuk kebun di Sabah gaji ringgit",
        "butuh lima orang untuk kebun di Sabah gaji besar",
        "jual rumah di Ponorogo cepat tanpa perantara ya",
    ]
    posts = [learn_kinds.Post(str(n), "x", text, 0, False, None, None, frozenset()) for n, text in enumerate(texts)]  # type: ignore[arg-type]
    one, other, apart = learn_kinds.together(posts)
    assert one == other != apart


def test_every_group_is_of_words_and_pairs_that_can_be_met() -> None:
    for name, group in phrases.load("speech.toml").items():
        for entry in group["words"].split():
            assert len(entry.split("+")) <= 2, (name, entry)


@given(st.text(max_size=300))
def test_any_text_is_weighed(text: str) -> None:
    weighed = learned.weigh(tokens(text))
    assert all(math.isfinite(number) for number in (*weighed.kinds.values(), weighed.exempt))


@given(st.deferred(lambda: st.lists(st.sampled_from(sorted(tokens(AD))))))
def test_weights_add_whatever_the_order(chosen: list[str]) -> None:
    assert learned.weigh(chosen) == learned.weigh(chosen[::-1])


WRITTEN = re.compile(r"[^\W_]+|[?!:\"=%+]|[^\w\s.,()/'\-;]")
ZEROED = str.maketrans("123456789", "000000000")


@given(
    st.text(st.characters(codec="utf-8"), max_size=120) | st.text("aB0 19_?!:;.,()/'-\"=%+@#\n\u00e9\u0661\U0001f525\u0301", max_size=120)
)
@settings(max_examples=400)
def test_words_are_rows_of_letters_and_digits_and_single_signs(text: str) -> None:
    assert learned._words(text) == WRITTEN.findall(text.translate(ZEROED))


@given(
    st.lists(
        st.sampled_from([*AD.split(), *SPOKEN.split(), "ke", "Taiwan", "\n", "?", "wkwk", "ulah", "recruits", "08123", "5 juta"]),
        max_size=60,
    ).map(" ".join)
)
@settings(max_examples=300, deadline=None)
def test_what_is_added_up_by_pieces_is_the_sum_of_all_tokens(text: str) -> None:
    found = reading.signs_of(text)
    said = kinds.by_signs(found)
    assert learned.weighed(found, said) == learned.weigh(learned.tokens(found, said))


@given(
    st.integers(0, 5),
    st.lists(st.booleans(), min_size=len(learned._HOLDS), max_size=len(learned._HOLDS)),
    st.lists(st.integers(0, 2), min_size=7, max_size=7),
)
def test_no_token_of_the_whole_text_counts_twice(said: int, holds: list[bool], counted: list[int]) -> None:
    piece = learned._whole(min(said, 4), tuple(holds), tuple(counted), 1, 2, 3, 1, 0)
    assert len(set(piece.tokens)) == len(piece.tokens)
    assert piece.total == learned._sum(set(piece.tokens))
