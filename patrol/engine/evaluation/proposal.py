"""What `manage.py calibrate` proposes: each rule's points, and what speaks for them, as TOML a person reads and approves.

The file is read back by `patrol.engine.rules.points`; everything but `version` and `points` is there for the person.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from patrol import domain
from patrol.engine import assess
from patrol.engine.evaluation import fitting
from patrol.engine.evaluation.fitting import Example, Terms
from patrol.engine.rules import points, scoring


@dataclass(frozen=True, slots=True)
class Row:
    """One rule: the points of its file, those in force, those proposed; the posts it fired on, and how many need a look."""

    rule: str
    version: int
    expert: float
    in_force: float
    proposed: float
    hits: int
    right: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Likelihoods are means per post, 0 at best; `fitted` is measured on posts the fit did not see."""

    rows: tuple[Row, ...]
    posts: int
    look: int  # of them need a look
    terms: Terms
    in_force: float | None
    fitted: float | None  # None: too few posts to hold some back


def propose(given: Sequence[Example], rules: Sequence[domain.Rule], weights: points.Points, *, strength: float, at_most: float) -> Proposal:
    """Fits the points of all rules. `weights`: the points in force. Raises ValueError for terms that cannot be."""
    terms = Terms(
        expert={rule.NAME: rule.POINTS for rule in rules},
        boundary=scoring.points_at(scoring.MEDIUM_FROM),
        strength=strength,
        at_most=at_most,
    )
    found = fitting.fit(given, terms)
    in_force = {rule.NAME: weights.of(rule) for rule in rules}
    return Proposal(
        rows=tuple(
            Row(
                rule=rule.NAME,
                version=rule.VERSION,
                expert=rule.POINTS,
                in_force=in_force[rule.NAME],
                proposed=round(found[rule.NAME], 2),
                hits=sum(rule.NAME in one.shares for one in given),
                right=sum(rule.NAME in one.shares and one.look for one in given),
            )
            for rule in rules
        ),
        posts=len(given),
        look=sum(one.look for one in given),
        terms=terms,
        in_force=fitting.likelihood(given, in_force, terms.boundary),
        fitted=fitting.cross_validated(given, terms),
    )


def lines(proposal: Proposal) -> Iterator[str]:
    """The proposal as a table of 100 columns."""
    yield f"{proposal.posts} posts that points can move, {proposal.look} of them need a look."
    yield "Mean log-likelihood of a label (0 is best):"
    yield f"  with the points in force                     {_figure(proposal.in_force)}"
    yield f"  with fitted ones, on posts not fitted to     {_figure(proposal.fitted)}"
    yield f"  {'rule':<34}{'expert':>8}{'in force':>10}{'proposed':>10}{'posts':>8}{'need a look':>13}"
    for row in proposal.rows:
        mark = "" if row.proposed == round(row.in_force, 2) else "  *"
        yield (f"  {row.rule:<34}{row.expert:>+8.2f}{row.in_force:>+10.2f}{row.proposed:>+10.2f}{row.hits:>8}{row.right:>13}{mark}")


def _figure(value: float | None) -> str:
    return "too few posts to say" if value is None else f"{value:.4f}"


def toml(proposal: Proposal, *, labels: str, labels_sha256: str, now: datetime) -> str:
    """The file. `labels`: where they came from; `labels_sha256` "" where they are decisions."""
    head: Mapping[str, object] = {
        "labels": assess.storable(labels),
        "labels_sha256": labels_sha256,
        "posts": proposal.posts,
        "need_a_look": proposal.look,
        "strength": proposal.terms.strength,
        "at_most": proposal.terms.at_most,
        "likelihood_in_force": proposal.in_force,
        "likelihood_cross_validated": proposal.fitted,
    }
    written = [
        "# Points of the rules, proposed by `manage.py calibrate`. Not in force until a supervisor of the directorate",
        "# approves them: `manage.py calibrate --approve THIS_FILE --by USER`. Change or remove what you do not agree with;",
        "# a rule that is removed keeps the points of its file.",
        "",
        "[proposal]",
        f"made = {now.isoformat(timespec='seconds')}",
        *(f"{key} = {_value(value)}" for key, value in head.items() if value is not None),
    ]
    for row in proposal.rows:
        written += [
            "",
            f"[rules.{row.rule}]",
            f"version = {row.version}",
            f"points = {row.proposed}",
            f"# expert {row.expert:+g}, in force {row.in_force:+g}; fired on {row.hits}, {row.right} of them need a look",
        ]
    return "\n".join(written) + "\n"


def _value(value: object) -> str:
    # A JSON string is a TOML basic string but for DEL, which JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F") if isinstance(value, str) else repr(value)
