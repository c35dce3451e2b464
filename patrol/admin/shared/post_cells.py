"""Who wrote posts and how they are reached, for lists that leave the house."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from patrol import models
from patrol.engine import masks
from patrol.models import SightingRole

COLUMNS = (_("Account"), _("Contacts"), _("Link"))


def of(posts: Sequence[models.Post], shown: frozenset[int]) -> dict[int, tuple[str, str, str]]:
    """post -> account, contacts and address, in full for those of `shown`, masked for the others. One query."""
    roles = [SightingRole.AUTHOR, SightingRole.CONTACT]
    seen = (
        models.Sighting.objects.filter(post__in=[post.pk for post in posts], role__in=roles)
        .order_by("post_id", "role", "indicator__kind", "indicator__value")
        .values_list("post_id", "role", "indicator__kind", "indicator__value")
        .distinct()
    )
    found: dict[int, dict[str, list[str]]] = {post.pk: {role: [] for role in roles} for post in posts}
    for post_id, role, kind, value in seen:
        found[post_id][role].append(value if post_id in shown else masks.value(kind, value))
    told: dict[int, tuple[str, str, str]] = {}
    for post in posts:
        accounts, contacts = (", ".join(dict.fromkeys(found[post.pk][role])) for role in roles)
        told[post.pk] = (accounts, contacts, post.url if post.pk in shown else masks.link(post.url))
    return told
