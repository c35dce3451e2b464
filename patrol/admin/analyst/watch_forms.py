"""The forms of watches, credentials and packs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal

from django import forms
from django.core import validators
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from patrol import models, sources, watches
from patrol.access import stations
from patrol.admin.analyst import watch_words
from patrol.admin.shared import words
from patrol.admin.shared.day_fields import DayField, HourField
from patrol.admin.shared.forms import VerbForm, lacking, offer_stations, station_field
from patrol.domain import QueryKind, QueryShape, Sentence, Source
from patrol.engine import schedules
from patrol.infra.refusals import RefusedError
from patrol.sources.shared import parts, places
from patrol.watches import credentials, proposing


class WatchForm(VerbForm):
    """One way to ask one platform, in the platform's own words: what this way does not take is not asked.

    `query` is checked by the source itself; the interval is asked in minutes, as people think of it. One row of hours more than there
    are, so that one can always be added.
    """

    ask = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)  # "telegram/channel", chosen in a step before
    place = forms.CharField(max_length=200, required=False)
    query = forms.CharField(
        label=_("Words to look for"), max_length=500, required=False, help_text=_("Empty: all that is posted there, or the keyword packs.")
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        help_text=_("As your office will call it, such as Work group Pantura."),
        error_messages=lacking(_("Write how your office will call this watch, such as Work group Pantura.")),
    )
    credential = forms.ModelChoiceField(models.Credential.objects.none(), label=_("Credential"), required=False, empty_label=_("none"))
    office = forms.ModelChoiceField(models.Office.objects.none(), label=_("Office"))
    station = station_field()
    why = forms.CharField(
        label=_("Why"),
        max_length=proposing.LONGEST_WHY,
        help_text=_("Whoever decides reads this, such as: three complaints named this channel."),
        error_messages=lacking(_("Write why this source should be watched.")),
    )
    packs = forms.ModelMultipleChoiceField(
        models.KeywordPack.objects.none(), label=_("Keyword packs"), required=False, widget=forms.CheckboxSelectMultiple
    )
    every_minutes = forms.DecimalField(
        label=_("Every (minutes)"), min_value=0, max_value=10_080, max_digits=7, decimal_places=2, initial=15
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"), coerce=int, choices=watch_words.PRIORITIES, initial="2", required=False, empty_value="2"
    )
    daily_quota = forms.IntegerField(
        label=_("Posts a day at most"), min_value=1, max_value=1_000_000, required=False, help_text=_("Empty: no limit.")
    )
    quiet_from = HourField(
        required=False, label=_("Quiet hours from"), help_text=_("On the clock of the office. Nothing is fetched in these hours.")
    )
    quiet_to = HourField(required=False, label=_("Quiet hours to"))
    healthy_low = forms.IntegerField(
        label=_("Healthy from (posts a day)"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Empty: as is usual for the platform."),
    )
    healthy_high = forms.IntegerField(label=_("Healthy to (posts a day)"), min_value=0, max_value=100_000, required=False)

    def __init__(
        self, *args: Any, way: Way, watch: models.Watch | None = None, own: int | None = None, proposes: bool = False, **kwargs: Any
    ) -> None:
        """`own`: the office whose own watch it is; what only the directorate says is not asked then. `proposes`: somebody else decides."""
        super().__init__(*args, **kwargs)
        self.way, self.watch, self.own, self.proposes = way, watch, own, proposes
        self.fields["ask"].initial = way.key
        self.fields["office"].queryset = models.Office.objects.filter(active=True)  # type: ignore[attr-defined]
        offer_stations(self, own, now_at=watch.station_id if watch else None)
        self._words(way.shape)
        self._parts(way.shape)
        self._credentials(way)
        for name in ("office", "credential", "priority") if own is not None else ():
            self.fields.pop(name, None)
        if not proposes:
            del self.fields["why"]
        self.rows = 1 + max(len(watch.windows) if watch else 0, self._rows_sent())
        for n in range(1, self.rows + 1):
            number = {"n": n}
            self.fields[f"days_{n}"] = forms.TypedMultipleChoiceField(
                label=gettext("Hours %(n)s: days") % number,
                coerce=int,
                choices=watch_words.DAYS,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"from_{n}"] = HourField(required=False, label=gettext("Hours %(n)s: from") % number)
            self.fields[f"to_{n}"] = HourField(required=False, label=gettext("Hours %(n)s: to") % number)

    def _words(self, shape: QueryShape) -> None:
        """Label, help and example of the field the platform speaks of."""
        if not shape.takes_place:
            del self.fields["place"]
        if shape.takes_words:
            self.fields["packs"].queryset = models.KeywordPack.objects.all()  # type: ignore[attr-defined]
        else:
            del self.fields["packs"]
        field = self.fields["place" if shape.takes_place else "query"]
        field.label = words.own(shape.label or shape.title)
        field.help_text = words.own(shape.asks)
        field.widget.attrs["placeholder"] = shape.example

    def _parts(self, shape: QueryShape) -> None:
        """A field each for what the query is written of beside its first thing."""
        for part in shape.parts:
            self.fields[f"part_{part.key}"] = forms.CharField(
                label=words.own(part.label),
                help_text=words.own(part.asks),
                max_length=watches.LONGEST_QUERY,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": part.example, "spellcheck": "false", "autocapitalize": "none"}),
            )

    def _credentials(self, way: Way) -> None:
        if not way.source.CREDENTIAL:
            del self.fields["credential"]
            return
        field = self.fields["credential"]
        field.queryset = models.Credential.objects.filter(retired_at=None, platform=way.platform)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.name  # type: ignore[attr-defined]

    @property
    def first(self) -> list[forms.BoundField]:
        """What each watch of the platform needs."""
        return [field for field in self if field.name in self._first]

    @property
    def parts(self) -> list[forms.BoundField]:
        """What of a page is a post, selector by selector."""
        return [self[f"part_{part.key}"] for part in self.way.shape.parts]

    @property
    def more(self) -> list[forms.BoundField]:
        """What may stay as it is."""
        return [field for field in self if field.name not in self._first and not field.name.startswith("part_")]

    @property
    def _first(self) -> set[str]:
        return {"ask", "place", "query", "name", "office", "station", "why", *(() if self.way.open else ("credential",))}

    @property
    def tryable(self) -> bool:
        """An office has no credential to try with."""
        return self.own is None or self.way.open

    @property
    def more_open(self) -> bool:
        """Whether something in there was typed or is wrong: it is not folded away then."""
        return self.is_bound and any(field.name in self.changed_data or field.errors for field in self.more)

    def refused(self, error: RefusedError, field: str | None = None) -> None:
        if f"part_{error.place}" in self.fields:
            field = f"part_{error.place}"
        asks = self.way.shape.asks
        if not (isinstance(error.words, Sentence) and error.words.id.endswith(asks.id)):
            super().refused(error, field)
            return
        # The platform's own words, in which nobody typed anything: an example that is masked helps nobody. And they are said once.
        self.add_error(error.place, error.sentence)
        self[error.place].help_text = ""

    def _rows_sent(self) -> int:
        """A browser sends no box that is not ticked: the clocks say how many rows there were. Seven at most make sense."""
        return next((n for n in range(7, 0, -1) if self.data.get(f"from_{n}") or self.data.get(f"to_{n}")), 0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        # An hour that cannot be read was told beside its field, and is not missing.
        if not self._unread("quiet_from", "quiet_to") and (cleaned["quiet_from"] is None) != (cleaned["quiet_to"] is None):
            self.add_error("quiet_to", _("Both clocks, or none."))
        windows = []
        for n in range(1, self.rows + 1):
            days, start, end = (cleaned.pop(f"{part}_{n}", None) for part in ("days", "from", "to"))
            if self._unread(f"days_{n}", f"from_{n}", f"to_{n}") or (not days and start is None and end is None):
                continue
            if not days or start is None or end is None:
                self.add_error(f"days_{n}", _("Days and both clocks, or nothing."))
                continue
            windows.append(schedules.Window(frozenset(days), start, end))
        cleaned["windows"] = tuple(windows)
        for field in self.parts:
            if len(parts.pieces(cleaned.get(field.name, ""))) > 1:
                self.add_error(field.name, _("One selector only. What stands behind the | has a field of its own."))
        return cleaned

    def _unread(self, *names: str) -> bool:
        return any(name in self.errors for name in names)

    def _station(self, office_id: int) -> int | Literal[stations.Unsaid.STATION] | None:
        """Unsaid where nobody chose another one: somebody may have placed the watch since the page was shown."""
        if self.watch and self.watch.office_id == office_id and "station" not in self.changed_data:
            return stations.Unsaid.STATION
        chosen: int | None = self.cleaned_data.get("station")
        return chosen

    def wanted(self) -> watches.Wanted:
        values = self.cleaned_data
        office_id = self.own if self.own is not None else values["office"].pk
        quiet: tuple[time, time] | None = (values["quiet_from"], values["quiet_to"]) if values["quiet_from"] is not None else None
        return watches.Wanted(
            name=values["name"],
            query=parts.joined(values["query"], {part.key: values[f"part_{part.key}"] for part in self.way.shape.parts}),
            place=values.get("place", ""),
            office_id=office_id,
            station_id=self._station(office_id),
            every_seconds=int(values["every_minutes"] * 60),
            healthy_low=values["healthy_low"],
            healthy_high=values["healthy_high"],
            pack_ids=tuple(pack.pk for pack in values.get("packs", ())),
            credential_id=values["credential"].pk if values.get("credential") else None,
            priority=int(values["priority"]) if "priority" in values else self.watch.priority if self.watch else watches.USUAL,
            daily_quota=values["daily_quota"],
            windows=values["windows"],
            quiet=quiet,
        )


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask one platform."""

    platform: str
    shape: QueryShape

    @classmethod
    def of(cls, key: str) -> Way | None:
        """What "telegram/channel" names; the platform's usual way where it names the platform alone."""
        platform, _sign, kind = key.partition("/")
        source = sources.SOURCES.get(platform)
        shape = next((shape for shape in source.QUERIES if shape.key == (kind or source.QUERIES[0].key)), None) if source else None
        return cls(platform, shape) if shape else None

    @property
    def key(self) -> str:
        return f"{self.platform}/{self.shape.key}"

    @property
    def source(self) -> Source:
        return sources.SOURCES[self.platform]

    @property
    def open(self) -> bool:
        """Answered without a credential of ours."""
        return sources.open_to_all(self.source, self.shape)


def ways() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """All of them, by platform, each with whether it needs a credential."""
    for platform, source in sources.SOURCES.items():
        found = [Way(platform, shape) for shape in source.QUERIES]
        yield words.platform(platform), [(way.key, _titled(way)) for way in found]


def _titled(way: Way) -> str:
    title = watch_words.asks(way.platform, way.shape.key)
    return title if way.open else gettext("%(way)s (needs a credential)") % {"way": title}


def now_is(watch: models.Watch) -> dict[str, Any]:
    """The initial values of the form of a watch that is there."""
    rows: dict[str, Any] = {}
    for n, window in enumerate(watch.windows, start=1):
        rows |= {f"days_{n}": window["days"], f"from_{n}": window["from"], f"to_{n}": window["to"]}
    place, query = places.split(watch.query) if watch.kind == QueryKind.PLACE else ("", watch.query)
    way = Way.of(f"{watch.platform}/{watch.kind}")
    query, said = parts.split(query, [part.key for part in way.shape.parts] if way else ())
    return {
        **{f"part_{key}": value for key, value in said.items()},
        "name": watch.name,
        "place": place,
        "query": query,
        "packs": [pack.pk for pack in watch.packs.all()],
        "credential": watch.credential_id,
        "office": watch.office_id,
        "station": watch.station_id,
        "every_minutes": minutes(watch),
        "priority": str(watch.priority),
        "daily_quota": watch.daily_quota,
        "quiet_from": watch.quiet_from,
        "quiet_to": watch.quiet_to,
        "healthy_low": watch.healthy_low,
        "healthy_high": watch.healthy_high,
        **rows,
    }


def minutes(watch: models.Watch) -> str:
    return f"{watch.every_seconds / 60:.2f}".rstrip("0").rstrip(".")


class CredentialForm(VerbForm):
    """Values are typed and never shown again: a page that comes back with an error comes back without them."""

    name = forms.CharField(label=_("Name"), max_length=100)
    last_day = DayField(
        label=_("Last day the platform takes it"),
        required=False,
        help_text=_("Empty where the platform names none. SIPatrol reminds 14 and 3 days ahead."),
        validators=[validators.MinValueValidator(date(1995, 1, 1)), validators.MaxValueValidator(date(2199, 12, 31))],
    )

    def __init__(self, *args: Any, platform: str, named: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.platform = platform
        if not named:
            del self.fields["name"]
        for field in credentials.fields(platform):
            secret = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"})
            plain = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
            self.fields[f"value_{field.key}"] = forms.CharField(
                label=watch_words.both(field.title),
                required=field.required,
                max_length=credentials.LONGEST_VALUE,
                widget=secret if field.secret else plain,
                strip=True,
            )

    def values(self) -> dict[str, str]:
        return {field.key: self.cleaned_data[f"value_{field.key}"] for field in credentials.fields(self.platform)}


class NameForm(VerbForm):
    name = forms.CharField(label=_("Name"), max_length=100)


class PackForm(VerbForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    about = forms.ChoiceField(label=_("Holds"), choices=list(watch_words.PACKS.items()))
    words = forms.CharField(
        label=_("Words"),
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=12_000,
        help_text=_("One search a line. Each line is asked for by itself in every run."),
    )

    def clean_words(self) -> list[str]:
        return str(self.cleaned_data["words"]).splitlines()
