"""Who is behind a login: asked for by each page."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.backends import ModelBackend

from patrol import models
from patrol.infra import prepared

_KEY: Final = -1  # stands for an id: no row has it
_PEOPLE: Final = prepared.Rows(lambda: models.Person.objects.select_related("office", "duty").filter(pk=_KEY).order_by(), {_KEY: "id"})


class PersonBackend(ModelBackend):
    """Django's, which asks for the person, the office and the duty in a statement that is kept."""

    def get_user(self, user_id: Any) -> models.Person | None:
        found = next(iter(_PEOPLE(id=int(user_id))), None)
        return found if found is not None and self.user_can_authenticate(found) else None
