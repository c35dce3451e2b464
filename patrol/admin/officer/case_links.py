"""What a case's page says of its links: each as it was last looked at, and the button that has it looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from patrol import access, models
from patrol.access import Action
from patrol.admin.shared import forms, words
from patrol.cases import rechecks
from patrol.domain.availability import Availability


class LookForm(forms.VerbForm):
    """`flag`: of the one link; without it all of the case's."""

    verb_names = {"flag": "flag_id"}
    flag = forms.NumberField()


def gather(case: models.Case, posts: Sequence[models.Post], person: models.Person, *, any_link: bool) -> dict[str, Any]:
    """`any_link`: whether the case has one, shown or not. Two queries.

    `links`: post id -> what its row shows; `may_look`: whether this person may have them looked at.
    """
    keys = [post.pk for post in posts]
    checks, waiting = rechecks.newest(keys), rechecks.waiting(keys)
    return {
        "links": {post.pk: _row(post, checks.get(post.pk), waits=post.pk in waiting) for post in posts},
        "may_look": access.may(person, Action.LINK_CHECK, office_id=case.office_id) and any_link,
    }


def _opens(post: models.Post) -> bool:
    return post.url.startswith(("http://", "https://"))


def _row(post: models.Post, check: models.LinkCheck | None, *, waits: bool) -> dict[str, Any]:
    """`gone`: it was told as gone, and the last look does not say so itself."""
    down = check is not None and check.outcome == Availability.DOWN
    once = down and post.gone_at is None
    return {
        "badge": words.FOUND_DOWN_ONCE if once else words.AVAILABILITY[check.outcome] if check else None,
        "why": words.AVAILABILITY_REASONS[check.reason] if check else "",
        "when": words.moment(check.at) if check else "",
        "once": once,
        "gone": post.gone_at is not None and not down,
        "waits": waits,
        "opens": _opens(post),
    }


def asked(count: int) -> str:
    """What the next page says."""
    text = ngettext(
        "%(count)d link will be looked at. The answer stands here as soon as it is there.",
        "%(count)d links will be looked at. The answers stand here as soon as they are there.",
        count,
    )
    return text % {"count": count}


def key_title() -> str:
    return _("Look at all links again")
