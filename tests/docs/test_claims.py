"""Each "never", "always" and "all" of README.md, CHANGELOG.md and the pages of docs/ has the test that shows it, or is said otherwise.

The decisions (docs/adr) are left out: they say what was decided, on their day.
"""

from __future__ import annotations

import re

import pytest

from tests.docs import documents

WORDS = re.compile(r"\b(never|always|all)\b", re.IGNORECASE)

# The sentence or cell as `documents.sentences` cuts it -> the test.
CLAIMS = {
    "What is evidence on this way can be added to and never changed:": (
        "tests/models/test_guards.py::test_the_product_may_add_to_an_append_only_table_and_nothing_else"
    ),
    "two people never get the same row.": "tests/triage/test_leases.py::test_many_who_ask_at_once_get_a_row_each",
    "the figures never change again, a correction is a further edition with its reason.": (
        "tests/reports/test_summary.py::test_a_frozen_edition_cannot_be_changed_or_removed"
    ),
    "All rows or none;": "tests/register/test_register.py::test_a_bad_row_among_good_ones_takes_none",
    "Afterwards all offers of the last 90 days and all open flags are checked again.": (
        "tests/register/test_recheck.py::test_an_open_flag_is_checked_again_however_old_its_post"
    ),
    "Fernet keys with commas between, the first seals, all open.": (
        "tests/watches/test_credentials.py::test_the_first_key_seals_all_open_and_a_rotation_moves_what_is_kept"
    ),
    "An indicator is never last seen in the future.": (
        "tests/pipeline/test_flagging.py::test_an_indicator_is_never_last_seen_later_than_its_post_was_received"
    ),
    "What was erased is never judged anew.": (
        "tests/pipeline/test_flagging.py::test_what_was_erased_is_never_judged_anew_and_its_last_verdict_is_called_so"
    ),
    (
        "import of both files (CSV or XLSX) in the browser or by command, with the difference before anything is taken,"
        " all rows or none, and undo."
    ): "tests/register/test_register.py::test_a_failure_while_writing_leaves_nothing",
    "*all right* are the posts with exactly the expected set": "tests/evaluation/test_summing.py::test_the_figures_by_hand",
    "A rule never changes sides, and keeps at least 0.1 points:": (
        "tests/evaluation/test_fitting.py::test_a_rule_that_accuses_never_comes_to_clear"
    ),
}


def test_each_claim_of_the_documents_is_in_the_table() -> None:
    said = {sentence for text in documents.named().values() for sentence in documents.sentences(text) if WORDS.search(sentence)}
    assert sorted(said) == sorted(CLAIMS)


@pytest.mark.parametrize("name", sorted(set(CLAIMS.values())))
def test_the_test_of_a_claim_is_there(name: str) -> None:
    file, test = name.split("::")
    assert re.search(rf"^ *def {test}\(", (documents.ROOT / file).read_text(), re.MULTILINE)
