"""What an import asks for: a file, then, where the file does not say it, how it is to be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patrol import domain, models
from patrol.admin.shared import words
from patrol.admin.shared.forms import VerbForm, WordField
from patrol.intake import formats, pending
from patrol.intake.formats import shape, table

FIELD_TITLES = {
    "text": _("Text of the post"),
    "title": _("Title of a video"),
    "spoken": _("What is said in a video (subtitles)"),
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

_LISTED = {"invalid_choice": _("Choose one of those in the list.")}
_TEXT = {"required": _("Choose the column that holds the text.")}


class ImportFileForm(VerbForm):
    file = forms.FileField(label=_("File"), max_length=300, widget=forms.FileInput(attrs={"class": "regchoose"}))


class ColumnField(forms.ChoiceField):
    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")  # so a browser sends a line break, which a heading may hold


class ImportOptionsForm(VerbForm):
    """One field for each thing that the format of the file asks for. `columns_<field>` holds the name of a column."""

    chat = forms.CharField(
        label=_("Name of the group or person"),
        max_length=200,
        required=False,
        help_text=_("As the chat is called in WhatsApp. The same chat must have the same name each time."),
    )
    platform = forms.ChoiceField(
        label=_("Platform of all rows"),
        required=False,
        help_text=_("Only used where neither a column nor the address says it."),
        error_messages=_LISTED,
    )
    zone = forms.ChoiceField(label=_("Times are in"), choices=_ZONES, required=False, error_messages=_LISTED)
    order = forms.ChoiceField(
        label=_("03/04/2026 is"),
        required=False,
        choices=[("", _("decided by the file")), ("dmy", _("3 April (day first)")), ("mdy", _("4 March (month first)"))],
        error_messages=_LISTED,
    )

    def __init__(self, *args: Any, file: shape.File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.format_name, columns = _recognised(file)
        asks = formats.FORMATS[self.format_name].ASKS if self.format_name else ()
        for name in set(self.fields) - set(asks):
            del self.fields[name]
        if "platform" in asks:
            self.fields["platform"].choices = [  # type: ignore[attr-defined]
                ("", _("not chosen")),
                *((one.value, words.platform(one.value)) for one in domain.Platform),
            ]
        if "columns" in asks:
            offered = [("", _("not in the table")), *((name, name) for name in columns)]
            for field in table.FIELDS:
                self.fields[f"columns_{field}"] = ColumnField(
                    label=FIELD_TITLES[field], required=field == "text", choices=offered, error_messages=_LISTED | _TEXT
                )

    def clean_zone(self) -> str:
        return self.cleaned_data["zone"] or timezone.get_current_timezone_name()

    def told(self, row: Any = None) -> dict[str, Any]:
        told = super().told(row)
        columns = {field: name for field in table.FIELDS if (name := told.pop(f"columns_{field}", ""))}
        return {"format_name": self.format_name, "options": shape.Options.of(told | {"columns": columns})}

    def as_chosen(self, options: shape.Options, mapping: Mapping[str, str]) -> None:
        """What the file was read by, as the fields say it."""
        self.is_bound = False
        self.initial = {name: getattr(options, name) for name in ("chat", "platform", "zone", "order")}
        self.initial |= {f"columns_{field}": name for field, name in mapping.items()}


def _recognised(file: shape.File) -> tuple[str, list[str]]:
    """Format and columns; "" and none for a file that nobody can read: looking at it says why."""
    try:
        name = formats.recognise(file)
        return name, table.columns(file) if name == table.NAME else []
    except shape.FileRefusedError:
        return "", []


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
