"""A watch of an account follows the account: its name is asked once for the platform's own id, which the cursor keeps from then on.

A name that changed does not stop the watch, and whoever takes the name is not read in its place; that it changed is told once. A watch that
is to follow another account names it: a query with another name is resolved anew.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from patrol import domain

_KEPT = "account"  # in the cursor


@dataclass(frozen=True, slots=True)
class Followed:
    asked: str  # as the watch names it
    own_id: str
    name: str  # as it was last seen


def pages(
    asked: str, ask: domain.Ask, resolve: Callable[[], str], walk: Callable[[Followed], Iterator[domain.Page]]
) -> Iterator[domain.Page]:
    """The pages of `walk`, with the account in their cursors. `resolve`: the own id behind `asked`. Raises what both raise."""
    account = _kept(asked, ask.cursor) or Followed(asked, resolve(), asked)
    for page in walk(account):
        problems = page.problems
        names = dict.fromkeys(post.author for post in page.posts if post.author_id == account.own_id)
        seen = next((name for name in names if name not in {"", account.own_id}), account.name)
        if seen != account.name:
            if account.name != account.own_id:
                problems = (*problems, account_changed(account.name, seen))
            account = replace(account, name=seen)
        kept = {"asked": account.asked, "id": account.own_id, "name": account.name}
        yield replace(page, problems=problems, cursor={**page.cursor, _KEPT: kept})


def _kept(asked: str, cursor: Mapping[str, Any]) -> Followed | None:
    """From a stored cursor; None where it holds none that can be read, or that of another name."""
    kept = cursor.get(_KEPT)
    if not isinstance(kept, Mapping):
        return None
    values = [kept.get(key) for key in ("asked", "id", "name")]
    if not all(isinstance(value, str) and value for value in values) or values[0] != asked:
        return None
    return Followed(*map(str, values))


def account_changed(old: str, new: str) -> domain.Problem:
    return domain.Problem(
        "account_changed",
        domain.Sentence(
            id=f"Akun yang dipantau berganti nama: dulu @{old}, sekarang @{new}. Pantauan tetap mengikuti akun yang sama. Siapa yang "
            f"memakai nama @{old} sekarang tidak dibaca; buat pantauan lain bila perlu.",
            en=f"The watched account changed its name: @{old} before, @{new} now. The watch goes on following the same account. Whoever "
            f"has the name @{old} now is not read; make another watch where that matters.",
        ),
    )
