"""What an import asks for: a file, then, where the file does not say it, how it is to be read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from patrol import domain, models
from patrol.admin.shared import words
from patrol.admin.shared.forms import VerbForm, WordField
from patrol.intake import formats, pending
from patrol.intake.formats import shape, table

FIELD_TITLES = {
    "text": _("Text of the post"),
    "url": _("Address (link)"),
    "time": _("Time"),
    "author": _("Account"),
    "author_name": _("Name of the account"),
    "platform": _("Platform"),
    "id": _("The platform's own number"),
    "origin": _("Group or channel"),
    "image": _("Address of a picture"),
    "thread": _("Post it comments on"),
}
_ZONES = [*domain.ZONE_LETTERS.items(), ("Asia/Kuala_Lumpur", _("Malaysia, Singapore, Hong Kong, Taiwan")), ("UTC", "UTC")]


class ImportFileForm(VerbForm):
    file = forms.FileField(label=_("File"), max_length=300, widget=forms.FileInput(attrs={"class": "regchoose"}))


class ImportOptionsForm(forms.Form):
    """One field for each thing the format asks for. `columns_<field>` holds the name of a column."""

    chat = forms.CharField(
        label=_("Name of the group or person"),
        max_length=200,
        required=False,
        help_text=_("As the chat is called in WhatsApp. The same chat must have the same name each time."),
    )
    platform = forms.ChoiceField(
        label=_("Platform of all rows"), required=False, help_text=_("Only used where neither a column nor the address says it.")
    )
    zone = forms.ChoiceField(label=_("Times are in"), choices=_ZONES, required=False)
    order = forms.ChoiceField(
        label=_("03/04/2026 is"),
        required=False,
        choices=[("", _("decided by the file")), ("dmy", _("3 April (day first)")), ("mdy", _("4 March (month first)"))],
    )

    def __init__(self, *args: Any, format_name: str, columns: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = formats.FORMATS[format_name].ASKS if format_name in formats.FORMATS else ()
        for name in ("chat", "platform", "zone", "order"):
            if name not in asks:
                del self.fields[name]
        if "platform" in self.fields:
            self.fields["platform"].choices = [  # type: ignore[attr-defined]
                ("", _("not chosen")),
                *((one.value, words.platform(one.value)) for one in domain.Platform),
            ]
        if "columns" in asks:
            for field in table.FIELDS:
                self.fields[f"columns_{field}"] = forms.ChoiceField(
                    label=FIELD_TITLES[field], required=False, choices=[("", _("not in the table")), *((name, name) for name in columns)]
                )

    @staticmethod
    def initial_of(options: shape.Options, mapping: Any) -> dict[str, str]:
        chosen = {f"columns_{field}": name for field, name in mapping.items()}
        return {"chat": options.chat, "platform": options.platform, "zone": options.zone, "order": options.order, **chosen}


def options_of(posted: Any) -> shape.Options:
    """What was chosen, from the fields of the page. Raises shape.FileRefusedError for what nobody could choose there."""
    columns = {field: posted[f"columns_{field}"] for field in table.FIELDS if posted.get(f"columns_{field}")}
    kept = {name: posted.get(name, "") for name in ("chat", "platform", "zone", "order")}
    return shape.Options.of({**kept, "columns": columns})


class KeptForm(VerbForm):
    upload = WordField()


class Upload:
    """A file that waits, as the page carries it: a signed word, good for its person only and for as long as the file waits."""

    def __init__(self, sha256: str, name: str, length: int, key: str) -> None:
        self.sha256, self.name, self.length, self.key = sha256, name, length, key

    def token(self, person: models.Person) -> str:
        return signing.dumps([self.sha256, self.name, self.length, self.key], salt=_salt(person), compress=True)

    @classmethod
    def of(cls, token: str, person: models.Person) -> Upload:
        """Raises signing.SignatureExpired, signing.BadSignature."""
        return cls(*signing.loads(token, salt=_salt(person), max_age=pending.KEPT_SECONDS))


def _salt(person: models.Person) -> str:
    return f"patrol.import.upload:{person.pk}"
