"""What strangers share ties them to nobody; what is a ring's own ties it."""

from __future__ import annotations

import pytest

from patrol.engine.likeness.job import Job
from patrol.engine.linking import shared
from patrol.engine.linking.shared import Giver

TAIWAN = Job(countries=frozenset({"TW"}), positions=frozenset({"operator"}), pays=frozenset({("TWD", "28590-28590")}))
KOREA = Job(countries=frozenset({"KR"}), positions=frozenset({"welder"}), pays=frozenset({("KRW", "2-2")}))
DUBAI = Job(countries=frozenset({"AE"}), positions=frozenset({"driver"}), pays=frozenset({("AED", "3-3")}))
SILENT = Job()


def hands(*offers: Job, ways: int = 2) -> list[Giver]:
    return [Giver(ways, offered) for offered in offers]


@pytest.mark.parametrize(
    ("offers", "ways", "common", "tied"),
    [
        ((TAIWAN, KOREA), 2, 1, False),  # a notary both name beside a number of their own
        ((TAIWAN, TAIWAN), 2, 1, True),  # the same job
        ((TAIWAN, KOREA), 2, 2, True),  # and another contact in common
        ((TAIWAN, KOREA), 1, 1, True),  # the one way to reach either
        ((SILENT, SILENT), 2, 1, True),  # nothing speaks against it
    ],
)
def test_a_contact_two_give(offers: tuple[Job, Job], ways: int, common: int, tied: bool) -> None:
    one, other = hands(*offers, ways=ways)
    assert shared.ties(one, other, common, [one, other]) is tied


def test_a_contact_of_many_hands_ties_nobody_though_one_of_them_gives_no_other() -> None:
    givers = [*hands(TAIWAN, KOREA, DUBAI, KOREA, DUBAI), Giver(1, KOREA)]
    assert [shared.ties(givers[0], other, 1, givers) for other in givers[1:]] == [False] * 5


def test_a_number_that_often_stands_alone_is_its_owners() -> None:
    givers = [*hands(TAIWAN, KOREA), *(Giver(1, DUBAI) for _ in range(2))]
    assert shared.ties(givers[0], givers[2], 1, givers)


@pytest.mark.parametrize(
    ("told", "form"),
    [
        ([(1, TAIWAN), (2, KOREA), (3, DUBAI)], True),
        ([(1, TAIWAN), (1, KOREA), (1, DUBAI)], False),  # one ring with work in three countries
        ([(1, TAIWAN), (2, KOREA), (3, SILENT)], False),
        ([(1, TAIWAN), (2, TAIWAN), (3, TAIWAN)], False),
    ],
)
def test_a_form_is_known_by_what_was_filled_in(told: list[tuple[int, Job]], form: bool) -> None:
    assert shared.is_form(told) is form


def test_agreement_takes_two_of_three_and_no_contradiction() -> None:
    assert TAIWAN.agrees(Job(countries=TAIWAN.countries, pays=TAIWAN.pays))
    assert not TAIWAN.agrees(Job(countries=TAIWAN.countries))
    assert not TAIWAN.agrees(Job(countries=TAIWAN.countries, positions=KOREA.positions, pays=TAIWAN.pays))
    assert not SILENT.agrees(SILENT)


@pytest.mark.parametrize(("several", "tied"), [(4, True), (5, False)])
def test_one_of_five_that_give_no_other_makes_it_their_own_and_one_of_six_does_not(several: int, tied: bool) -> None:
    alone = Giver(1, KOREA)
    givers = [*hands(*[TAIWAN] * several), alone]
    assert shared.ties(givers[0], alone, 1, givers) is shared.ties(alone, givers[0], 1, givers) is tied


def test_that_others_give_no_other_says_nothing_of_two_that_do() -> None:
    givers = [*hands(TAIWAN, KOREA), *(Giver(1, DUBAI) for _ in range(8))]
    assert shared.ties(givers[0], givers[1], 1, givers) is False


@pytest.mark.parametrize(("differ", "all_of_them", "tied"), [(1, 3, True), (2, 6, True), (34, 100, True), (35, 100, False), (2, 5, False)])
def test_where_every_third_offers_another_job_it_is_still_the_rings_and_beyond_everybodys(
    differ: int, all_of_them: int, tied: bool
) -> None:
    one, silent = hands(TAIWAN, SILENT)
    givers = [one, silent, *hands(*[KOREA] * differ, *[SILENT] * (all_of_them - differ - 2))]
    assert len(givers) == all_of_them
    assert shared.ties(one, silent, 1, givers) is tied


@pytest.mark.parametrize(
    ("told", "form"),
    [
        ([(1, TAIWAN), (2, KOREA)], False),
        ([(1, TAIWAN), (2, KOREA), (2, DUBAI)], False),  # still two hands
        ([(1, TAIWAN), (2, KOREA), (3, TAIWAN)], True),  # the third is elsewhere than the second
        ([], False),
    ],
)
def test_three_hands_make_a_form_and_two_do_not(told: list[tuple[int, Job]], form: bool) -> None:
    assert shared.is_form(told) is form


def beside(*given: str) -> list[frozenset[str]]:
    """What each post gives beside the account all of them are found by."""
    return [frozenset(("account", *one.split())) for one in given]


NINE = ("a", "b", "c", "d", "e", "f", "g", "h", "i")


@pytest.mark.parametrize(
    ("given", "many"),
    [
        ((*NINE, "j"), True),  # one contact after another that has nothing to do with the one before
        (NINE, False),  # a ring changes its number eight times
        ((*NINE, "a"), False),  # ten posts, nine hands
        ((*NINE, "a b", "j", "k"), True),
        ((*NINE, "j a", "k b", "l c"), False),  # what is named together belongs together
        (("a",) * 12, False),
        ((*NINE, "", "", "j"), True),  # who gives nothing else is nobody's
        (("m",) * 8 + ("j", "k", "l", "m", "n"), False),  # a ring's own number in most, others now and then
        (tuple(f"{one} hotline" for one in (*NINE, "j")), True),  # what most of them give is no hand
        ((*NINE[:5], *("z",) * 9, "j", "k", "l", "m", "n"), False),  # ten in nineteen posts, seldom in succession
        ((*("z",) * 9, *NINE, "j"), True),  # a ring's account was sold
        ((), False),
    ],
)
def test_an_account_under_which_ten_hands_stand_in_thirteen_posts_advertises_for_many(given: tuple[str, ...], many: bool) -> None:
    assert shared.serves_many(beside(*given)) is many
