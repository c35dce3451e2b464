"""Two register files between looking and taking: the form that asks for them, and where they wait."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patrol import models
from patrol.admin.shared import base
from patrol.admin.shared.day_fields import DayField
from patrol.admin.shared.forms import NumberField, VerbForm, WordField
from patrol.engine.licences import tables
from patrol.evidence import raw

UPLOAD_KEPT_SECONDS = 12 * 60 * 60  # a working day between looking and taking


class RegisterFilesForm(VerbForm):
    """Both files and, where the files' own newest day is not it, the day they stand for. What they hold is the reader's to say."""

    agencies = forms.FileField(label=gettext_lazy("Agencies (P3MI)"), max_length=200, widget=forms.FileInput)
    licences = forms.FileField(label=gettext_lazy("Licences (SIP)"), max_length=200, widget=forms.FileInput)
    register_date = DayField(
        label=gettext_lazy("Register as of"), required=False, help_text=gettext_lazy("Left empty: the newest “status_from” in the files.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in ("agencies", "licences"):
            self.fields[name].widget.attrs |= {"accept": ".csv,.xlsx", "class": "regchoose"}

    def _file(self, name: str) -> Any:
        file = self.cleaned_data[name]
        if file.size > tables.MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file

    def clean_agencies(self) -> Any:
        return self._file("agencies")

    def clean_licences(self) -> Any:
        return self._file("licences")

    def clean_register_date(self) -> date | None:
        day: date | None = self.cleaned_data["register_date"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("The day lies in the future."))
        return day


class TakeForm(VerbForm):
    """The files that wait, and the edition they were compared with."""

    upload = WordField()
    seen_base = NumberField()

    def told(self, row: Any = None) -> dict[str, Any]:
        """With `keep`: of each change made by hand that was chosen, by id, whether it stays. Anything else is no choice."""
        chosen = {base.number(name.removeprefix("manual_")): said for name, said in self.data.items() if name.startswith("manual_")}
        return super().told(row) | {"keep": {pk: said == "keep" for pk, said in chosen.items() if pk and said in {"keep", "end"}}}


class Upload:
    """Two files that wait in the evidence store between looking and taking. Travels as a signed word, good for its person only."""

    def __init__(self, agencies: list[str], licences: list[str], register_date: str) -> None:
        self.agencies, self.licences, self.register_date = agencies, licences, register_date

    @classmethod
    def keep(cls, form: RegisterFilesForm) -> Upload:
        """Puts the files away. Raises OSError where the disk refuses."""
        names = {name: form.cleaned_data[name].name[-100:] for name in ("agencies", "licences")}
        if names["agencies"] == names["licences"]:
            # Two files of one name: a problem must still say which of them it is in.
            called = {"agencies": "P3MI", "licences": "SIP"}
            names = {kind: f"{called[kind]}: {name}" for kind, name in names.items()}
        kept = {name: [raw.put(form.cleaned_data[name].read()), names[name]] for name in names}
        day = form.cleaned_data["register_date"]
        return cls(kept["agencies"], kept["licences"], day.isoformat() if day else "")

    def token(self, person: models.Person) -> str:
        return signing.dumps([self.agencies, self.licences, self.register_date], salt=_salt(person), compress=True)

    @classmethod
    def of(cls, token: str, person: models.Person) -> Upload:
        """Raises signing.SignatureExpired, signing.BadSignature."""
        return cls(*signing.loads(token, salt=_salt(person), max_age=UPLOAD_KEPT_SECONDS))

    def asked(self) -> dict[str, Any]:
        """The arguments of preview and take. Raises EvidenceMissingError."""
        return {
            "agencies": raw.whole(self.agencies[0]),
            "granted": raw.whole(self.licences[0]),
            "agencies_name": self.agencies[1],
            "licences_name": self.licences[1],
            "register_date": date.fromisoformat(self.register_date) if self.register_date else None,
        }

    def is_taken_as(self, edition: models.RegisterEdition | None) -> bool:
        """Whether these very files are the edition already: the second click of a double one, the back button."""
        mine = [self.agencies[0], self.licences[0]]
        return edition is not None and edition.restores_id is None and mine == [f["sha256"] for f in edition.files]


def _salt(person: models.Person) -> str:
    return f"patrol.register.upload:{person.pk}"
