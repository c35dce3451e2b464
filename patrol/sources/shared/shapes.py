"""What is said of a query that is none of its kind."""

from collections.abc import Sequence

from patrol import domain


def refused(queries: Sequence[domain.QueryShape], kind: str) -> domain.Problem:
    """What to write instead: the sentence that stands below the field, so that both say the same."""
    shape = next((shape for shape in queries if shape.key == kind), queries[0])
    return domain.Problem("bad_query", shape.asks, permanent=True)
