"""The three sentences a summary opens with, drafted from its figures: what changed, the queue, what nobody saw. Pure.

Always these three, also in a quiet week. A supervisor adds a note; the sentences themselves are not edited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from patrol import domain
from patrol.engine.licences import countries
from reports.figures import BlindWatch, Figures, Limit, Measure, Ring, Row
from reports.period import IsoWeek, Period, written

MEASURES = {
    "read": domain.Sentence(id="Unggahan dibaca", en="Posts read"),
    "flagged": domain.Sentence(id="Tanda", en="Flags"),
    "high": domain.Sentence(id="Tanda tingkat tinggi", en="High-level flags"),
    "decided": domain.Sentence(id="Keputusan", en="Decisions"),
    "confirmed": domain.Sentence(id="Keputusan: dikonfirmasi", en="Decisions: confirmed"),
    "waiting": domain.Sentence(id="Menunggu keputusan", en="Waiting for a decision"),
    "hours": domain.Sentence(id="Median jam sampai keputusan", en="Median hours to a decision"),
    "cases": domain.Sentence(id="Perkara dibuka", en="Cases opened"),
    "referrals": domain.Sentence(id="Rujukan dikirim", en="Referrals sent"),
    "down": domain.Sentence(id="Turun setelah rujukan", en="Down after a referral"),
    "back": domain.Sentence(id="Kembali tayang", en="Came back"),
}
# The same inside a sentence, where the title alone would not be understood.
SPOKEN = {
    **MEASURES,
    "confirmed": domain.Sentence(id="Tanda yang dikonfirmasi", en="Confirmed flags"),
    "waiting": domain.Sentence(id="Tanda yang menunggu keputusan", en="Flags waiting for a decision"),
    "down": domain.Sentence(id="Rujukan yang isinya turun", en="Referrals whose content went down"),
    "back": domain.Sentence(id="Rujukan yang isinya kembali tayang", en="Referrals whose content came back"),
}
FEW = frozenset({"referrals", "down", "back"})  # from 1 to 3 is threefold and little: told of where nothing else is outside
INDENTED = frozenset({"high", "confirmed"})  # part of the line above
WEEKDAYS = (
    domain.Sentence(id="Senin", en="Monday"),
    domain.Sentence(id="Selasa", en="Tuesday"),
    domain.Sentence(id="Rabu", en="Wednesday"),
    domain.Sentence(id="Kamis", en="Thursday"),
    domain.Sentence(id="Jumat", en="Friday"),
    domain.Sentence(id="Sabtu", en="Saturday"),
    domain.Sentence(id="Minggu", en="Sunday"),
)
NO_NAMES: Mapping[str, str] = MappingProxyType({})
_NAMED = 3  # blind watches named in a sentence, the others are counted
_DAYS_NAMED = 3  # blind days of a month or quarter named, more are counted


def number(value: int, language: str) -> str:
    """3204 as `3.204` in Indonesian and `3,204` in English; a real minus sign."""
    written = f"{abs(value):,}"
    return ("−" if value < 0 else "") + (written.replace(",", ".") if language == "id" else written)


def _filled(pattern: str, facts: Mapping[str, int | domain.Sentence], language: str) -> str:
    return pattern.format(
        **{key: number(fact, language) if isinstance(fact, int) else getattr(fact, language) for key, fact in facts.items()}
    )


@dataclass(frozen=True, slots=True)
class _Both:
    """Joins parts of a sentence in both languages at once."""

    id: str = ""
    en: str = ""

    def add(self, id: str, en: str, **facts: int | domain.Sentence) -> _Both:  # noqa: A002 -- the language's name
        """One more sentence; `facts` fill its braces, numbers written as the language writes them."""
        return _Both(f"{self.id} {_filled(id, facts, 'id')}".strip(), f"{self.en} {_filled(en, facts, 'en')}".strip())

    @property
    def sentence(self) -> domain.Sentence:
        return domain.Sentence(id=self.id, en=self.en)


def draft_sentences(figures: Figures, provinces: Mapping[str, str]) -> tuple[domain.Sentence, ...]:
    """Changed, queue, unseen; in this order. `provinces`: the names of places by their code."""
    return changed(figures, provinces), queue(figures), unseen(figures)


def changed(figures: Figures, provinces: Mapping[str, str] = NO_NAMES) -> domain.Sentence:
    """The key figure furthest outside its usual range, and what explains most of it."""
    flagged = figures.measure("flagged")
    word = figures.period.word
    said = _Both()
    if flagged.now is None:
        return domain.Sentence(
            id=f"{word.id.capitalize()} ini sebelum data pertama: belum ada pantauan dan tidak ada unggahan yang dibaca. "
            "Nol di bawah ini bukan temuan.",
            en=f"This {word.en} lies before the first data: nothing was watched and no post was read. A nought below is no finding.",
        )
    if figures.preliminary:
        # Part of a period beside whole ones would always look like a fall.
        said = said.add(
            f"{word.id.capitalize()} masih berjalan: sejauh ini {{flagged}} tanda dari {{read}} unggahan yang dibaca.",
            f"The {word.en} is still running: so far {{flagged}} flags from {{read}} posts read.",
            flagged=figures.flagged,
            read=figures.measure("read").now or 0,
        )
        return _with_most(said, figures.countries).sentence
    if flagged.before is None:
        said = said.add(
            f"{word.id.capitalize()} pertama dengan data: {{flagged}} tanda dari {{read}} unggahan yang dibaca.",
            f"First {word.en} with data: {{flagged}} flags from {{read}} posts read.",
            flagged=figures.flagged,
            read=figures.measure("read").now or 0,
        )
        return _with_most(said, figures.countries).sentence
    if flagged.usual is None:
        said = _movement(said, flagged)
        said = said.add(
            f"Belum cukup {word.id} untuk mengatakan apa yang biasa.", f"There are too few {word.en}s yet to say what is usual."
        )
        return _with_most(said, figures.countries).sentence
    furthest = _furthest(figures.measures)
    if furthest is None:
        return domain.Sentence(
            id=f"Tidak ada angka di luar kebiasaan {word.id} ini.", en=f"No figure was outside its usual range this {word.en}."
        )
    said = _movement(said, furthest)
    if furthest.key in {"flagged", "high"}:
        said = _with_cause(said, figures, provinces, rose=furthest.outside > 0)
    return said.sentence


def _furthest(measures: Sequence[Measure]) -> Measure | None:
    """None where no figure is outside its usual range."""
    outside = [measure for measure in measures if measure.outside]
    return max([measure for measure in outside if measure.key not in FEW] or outside, key=_distance, default=None)


def _distance(measure: Measure) -> float:
    """How many usual values a figure is away: figures of different size become comparable."""
    return abs(measure.outside) / max(1, sum(measure.usual) / 2) if measure.usual else 0.0


def _movement(said: _Both, measure: Measure) -> _Both:
    now, before = measure.now or 0, measure.before or 0
    name = SPOKEN[measure.key]
    if now == before:
        said = said.add(f"{name.id} tetap {{now}}", f"{name.en} stayed at {{now}}", now=now)
    else:
        up = now > before
        said = said.add(
            f"{name.id} {'naik' if up else 'turun'} dari {{before}} menjadi {{now}}",
            f"{name.en} {'rose' if up else 'fell'} from {{before}} to {{now}}",
            before=before,
            now=now,
        )
    if not measure.outside or measure.usual is None:
        return _Both(f"{said.id}.", f"{said.en}.")
    side_id, side_en = ("di atas", "above") if measure.outside > 0 else ("di bawah", "below")
    low, high = measure.usual
    usual_id, usual_en = ("{low}", "{low}") if low == high else ("{low}–{high}", "{low}–{high}")
    ended = _Both().add(f"{side_id} biasanya ({usual_id}).", f"{side_en} the usual range ({usual_en}).", low=low, high=high)
    return _Both(f"{said.id}, {ended.id}", f"{said.en}, {ended.en}")


def _with_most(said: _Both, rows: Sequence[Row]) -> _Both:
    most = max((row for row in rows if row.key.isalpha()), key=lambda row: row.now, default=None)
    if most is None or not most.now:
        return said
    name = countries.name(most.key)
    return said.add(
        f"Negara tujuan yang paling banyak disebut: {name.id} ({{now}}).", f"The destination named most: {name.en} ({{now}}).", now=most.now
    )


class _Part(NamedTuple):
    """A campaign, country or place with its flags before and now."""

    kind: domain.Sentence
    name: domain.Sentence
    before: int
    now: int

    @property
    def change(self) -> int:
        return self.now - self.before


def _with_cause(said: _Both, figures: Figures, provinces: Mapping[str, str], *, rose: bool) -> _Both:
    """The campaign, country or place whose flags rose (or fell) most; of equal ones the first named here. Campaigns are told of only where
    they brought something, so that none of them explains a fall."""
    parts = [*(_rings(figures.rings) if rose else ()), *_countries(figures.countries), *_places(figures.places, provinces)]
    most = max(parts, key=lambda part: part.change if rose else -part.change, default=None)
    if most is None or not most.change or (most.change > 0) is not rose:
        return said
    how_id, how_en = ("Kenaikan", "rise") if rose else ("Penurunan", "fall")
    return said.add(
        f"{how_id} terbesar pada {{kind}} {{name}}: dari {{before}} menjadi {{now}}.",
        f"The largest {how_en} by {{kind}} is {{name}}: from {{before}} to {{now}}.",
        kind=most.kind,
        name=most.name,
        before=most.before,
        now=most.now,
    )


def _rings(rings: Sequence[Ring]) -> list[_Part]:
    new, grown = domain.Sentence(id="jaringan baru", en="new campaign"), domain.Sentence(id="jaringan", en="campaign")
    parts = []
    for ring in rings:
        both = (f"{ring.number} ({name})" if name else ring.number for name in (ring.name.id, ring.name.en))
        parts.append(_Part(new if ring.new else grown, domain.Sentence(*both), ring.series[-2], ring.now))
    return parts


def _countries(rows: Sequence[Row]) -> list[_Part]:
    kind = domain.Sentence(id="negara tujuan", en="destination")
    return [_Part(kind, countries.name(row.key), row.before, row.now) for row in rows if row.key.isalpha()]


def _places(rows: Sequence[Row], provinces: Mapping[str, str]) -> list[_Part]:
    kind = domain.Sentence(id="tempat rekrut yang disebut", en="place of recruitment named")
    named = [(provinces[row.key], row) for row in rows if row.key in provinces]
    return [_Part(kind, domain.Sentence(name, name), row.before, row.now) for name, row in named]


def queue(figures: Figures) -> domain.Sentence:
    """Decided, waiting, oldest."""
    decided, before, word = figures.decided, figures.decided_before, figures.period.word
    said = _Both().add("Petugas memutus {decided} tanda", "Officers decided {decided} flags", decided=decided)
    if figures.measure("decided").before is not None and not figures.preliminary:
        if decided == before:
            compared = _Both(f"sama dengan {word.id} lalu", f"the same as last {word.en}")
        else:
            more = decided > before
            compared = _Both().add(
                f"{{change}} lebih {'banyak' if more else 'sedikit'} dari {word.id} lalu",
                f"{{change}} {'more' if more else 'fewer'} than last {word.en}",
                change=abs(decided - before),
            )
        said = _Both(f"{said.id}, {compared.id}", f"{said.en}, {compared.en}")
    said = _Both(f"{said.id}.", f"{said.en}.")
    start, end = figures.flow.start, figures.flow.end
    if not end:
        return said.add("Tidak ada tanda yang menunggu.", "No flag is waiting.").sentence
    if start == end:
        said = said.add("Antrean tetap {end}.", "The queue stayed at {end}.", end=end)
    else:
        up = end > start
        said = said.add(
            f"Antrean {'naik' if up else 'turun'} dari {{start}} menjadi {{end}}.",
            f"The queue {'rose' if up else 'fell'} from {{start}} to {{end}}.",
            start=start,
            end=end,
        )
    if figures.oldest_hours is None:
        return said.sentence
    long = sum(row.now for row in figures.ages if row.key in {"3_to_7", "from_7"})
    age = _age(figures.oldest_hours)
    if long:
        said = said.add(
            f"{{long}} menunggu 3 hari atau lebih, yang tertua {age.id}.",
            f"{{long}} waited 3 days or more, the oldest {age.en}.",
            long=long,
        )
    else:
        said = said.add(f"Yang tertua menunggu {age.id}.", f"The oldest waited {age.en}.")
    return _with_late(said, figures.limits).sentence


_LEVELS = {"high": domain.Sentence(id="tinggi", en="high"), "medium": domain.Sentence(id="sedang", en="medium")}


def _with_late(said: _Both, limits: Sequence[Limit]) -> _Both:
    """What waits longer than its level may, by level: the limits are not the same."""
    late = [limit for limit in limits if limit.now]
    if not limits:
        return said
    if not late:
        return said.add("Tidak ada yang melewati batas waktunya.", "None is over its limit.")
    parts = [
        _Both().add(
            f"{{now}} tingkat {_LEVELS[limit.key].id} (batas {{hours}} jam)",
            f"{{now}} {_LEVELS[limit.key].en}-level ({{hours}} hours)",
            now=limit.now,
            hours=limit.hours,
        )
        for limit in late
    ]
    return said.add(
        f"Lewat batas waktu: {' dan '.join(part.id for part in parts)}.", f"Over the limit: {' and '.join(part.en for part in parts)}."
    )


def _age(hours: int) -> domain.Sentence:
    if hours < 48:
        return domain.Sentence(id=f"{hours} jam", en=f"{hours} hour" if hours == 1 else f"{hours} hours")
    return domain.Sentence(id=f"{hours // 24} hari", en=f"{hours // 24} days")


def unseen(figures: Figures) -> domain.Sentence:
    """Watches without data, and which comparison is therefore void."""
    said, word = _Both(), figures.period.word
    if not figures.watches and figures.measure("read").now:
        said = said.add(
            f"Tidak ada pantauan; {word.id} ini hanya kiriman orang yang dilihat.",
            f"There are no watches; only what people brought was looked at this {word.en}.",
        )
    elif not figures.watches:
        said = said.add(
            f"Tidak ada pantauan; {word.id} ini tidak melihat apa pun.", f"There are no watches; nothing was looked at this {word.en}."
        )
    elif figures.blind:
        said = said.add(
            "{blind} dari {watches} pantauan tidak menghasilkan data paling sedikit satu hari ({named}).",
            "{blind} of {watches} watches brought no data on at least one day ({named}).",
            blind=len(figures.blind),
            watches=figures.watches,
            named=_named(figures.blind, figures),
        ).add(
            f"Angka {word.id} ini karena itu terlalu rendah; jangan dibaca sebagai penurunan.",
            f"The figures of this {word.en} are therefore too low; do not read them as a fall.",
        )
    elif figures.paused:
        pass
    elif figures.newer:
        said = said.add(
            "Setiap pantauan menghasilkan data setiap hari penuh sejak ada ({watches} pantauan).",
            "Every watch brought data on every whole day since it exists ({watches}).",
            watches=figures.watches,
        )
    elif figures.preliminary:
        said = said.add(
            "Sejauh ini setiap pantauan menghasilkan data ({watches} pantauan).",
            "So far every watch brought data ({watches}).",
            watches=figures.watches,
        )
    else:
        said = said.add(
            "Setiap pantauan menghasilkan data setiap hari ({watches} pantauan).",
            "Every watch brought data every day ({watches}).",
            watches=figures.watches,
        )
    if figures.paused:
        said = said.add(
            "{paused} dari {watches} pantauan dijeda oleh orang paling sedikit sebagian hari ({named}); "
            "yang diunggah selama itu tidak dilihat.",
            "{paused} of {watches} watches were paused by a person for at least part of a day ({named}); "
            "what was posted meanwhile was not seen.",
            paused=len(figures.paused),
            watches=figures.watches,
            named=_named(figures.paused, figures),
        )
    said = _with_newer(said, figures)
    if figures.register_date is None:
        said = said.add(
            "Register belum dimuat, jadi tidak ada tawaran yang dapat dicek.", "No register was loaded, so no offer could be checked."
        )
    return said.sentence


def _with_newer(said: _Both, figures: Figures) -> _Both:
    """What nobody could see because the watches were not there yet."""
    if not figures.newer:
        return said
    word, first = figures.period.word, _day(date.fromisoformat(figures.newer[0].since), figures.period)
    if len(figures.newer) == figures.watches:
        return said.add(
            f"Pantauan pertama baru ada sejak {{first}}; sebelumnya tidak ada yang dilihat, jadi ini bukan angka satu {word.id} penuh.",
            f"The first watch exists since {{first}}; before it nothing was seen, so these are not the figures of a whole {word.en}.",
            first=first,
        )
    return said.add(
        f"{{newer}} dari {{watches}} pantauan baru ada di tengah {word.id} (yang pertama sejak {{first}}); "
        "sebelumnya tidak melihat apa pun.",
        f"{{newer}} of {{watches}} watches came to be within the {word.en} (the first on {{first}}); before that they saw nothing.",
        newer=len(figures.newer),
        watches=figures.watches,
        first=first,
    )


def _named(watches: Sequence[BlindWatch], figures: Figures) -> domain.Sentence:
    spells = [(watch.name, spell(watch.days, figures.period, figures.until)) for watch in watches[:_NAMED]]
    rest = len(watches) - len(spells)
    return domain.Sentence(
        id="; ".join([*(f"{name} {days.id}" for name, days in spells), *([f"dan {rest} lainnya"] if rest else [])]),
        en="; ".join([*(f"{name} {days.en}" for name, days in spells), *([f"and {rest} more"] if rest else [])]),
    )


def spell(days: Sequence[str], period: Period, until: str) -> domain.Sentence:
    """When a watch was blind: `seluruh minggu`, `sejak Kamis`, `Selasa, Rabu`; of a longer period `sejak 12 November 2026`, `9 hari`."""
    dark = [date.fromisoformat(day) for day in days]
    last = min(period.last_day, date.fromisoformat(until[:10]))
    if len(dark) == len(period.days()):
        return domain.Sentence(id=f"seluruh {period.word.id}", en=f"all {period.word.en}")
    run = [dark[0] + timedelta(days=count) for count in range(len(dark))]
    if len(dark) > 1 and dark == run and dark[-1] == last:
        first = _day(dark[0], period)
        return domain.Sentence(id=f"sejak {first.id}", en=f"since {first.en}")
    if len(dark) > _DAYS_NAMED and not isinstance(period, IsoWeek):
        return domain.Sentence(id=f"{len(dark)} hari", en=f"{len(dark)} days")
    named = [_day(day, period) for day in dark]
    return domain.Sentence(id=", ".join(one.id for one in named), en=", ".join(one.en for one in named))


def _day(day: date, period: Period) -> domain.Sentence:
    """Within a week the weekday says which one."""
    return WEEKDAYS[day.weekday()] if isinstance(period, IsoWeek) else written(day)
