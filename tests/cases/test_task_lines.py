"""Templates of tasks: shipped for each kind of case, changed by the directorate, laid once a line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from patrol import cases, models
from patrol.cases import task_lines, tasks
from patrol.infra.refusals import RefusedError
from patrol.models import CaseKind
from tests import factories
from tests.cases.test_moving import LATER, confirmed, escalated, last_entry, notices, opened
from tests.factories import NOW

database = pytest.mark.django_db


def line(title: str, kind: str = "domestic", **given: Any) -> models.TaskLine:
    said: dict[str, Any] = {"title_en": "", "days": 1, "goes_to": "opener", "by": None, "now": NOW}
    return task_lines.add(kind=kind, title=title, **said | given)


def titles(kind: str = "domestic") -> list[str]:
    return [one.title for one in task_lines.of(kind)]


def kept() -> list[Any]:
    return [list(models.TaskLine.objects.order_by("id").values()), models.AuditEntry.objects.count()]


@database
def test_the_shipped_lines_are_loaded_for_each_kind_once_and_never_over_what_is_there() -> None:
    removed = line("milik kantor", "other")
    task_lines.remove(line_id=removed.pk, seen_version=1, by=factories.person("analyst"), now=NOW)
    made = task_lines.load()
    assert {kind for kind in CaseKind if task_lines.of(kind)} == set(CaseKind) - {CaseKind.OTHER}
    assert titles("misused_name") == [
        "Rekaman semua unggahan lengkap",
        "Cek register SIP per hari unggahan",
        "Klarifikasi ke P3MI yang namanya dipakai",
        "Bandingkan kontak di unggahan dengan kontak resmi P3MI",
        "Analisis hukum per tautan",
        "Periksa tujuan, isi, dan tanggal surat",
    ]
    assert (made, task_lines.load(), models.TaskLine.objects.exclude(title_en="").count()) == (made, 0, made)


@database
def test_a_line_is_added_last_changed_moved_and_removed_each_with_its_row_of_the_log() -> None:
    analyst, supervisor = factories.person("analyst"), factories.person("supervisor", "directorate")
    first, second, third = line("satu"), line("dua"), line("tiga", by=analyst)
    assert (titles(), line("lain", "other").place) == (["satu", "dua", "tiga"], 1)
    changed = task_lines.change(
        line_id=second.pk, title=" Dua ", title_en="Two", days=None, goes_to="nobody", seen_version=1, by=supervisor, now=NOW
    )
    assert (changed.title, changed.title_en, changed.days, changed.goes_to, changed.version) == ("Dua", "Two", None, "nobody", 2)
    assert last_entry() == (
        "task_line.changed",
        supervisor.pk,
        {"title": "dua", "title_en": "", "days": 1, "goes_to": "opener"},
        {"title": "Dua", "title_en": "Two", "days": None, "goes_to": "nobody"},
    )
    task_lines.move(line_id=third.pk, up=True, seen_version=1, by=analyst, now=NOW)
    assert (titles(), last_entry()[:2]) == (["satu", "tiga", "Dua"], ("task_line.moved", analyst.pk))
    task_lines.move(line_id=first.pk, up=False, seen_version=1, by=analyst, now=NOW)
    assert titles() == ["tiga", "satu", "Dua"]
    before = kept()
    task_lines.move(line_id=second.pk, up=False, seen_version=2, by=analyst, now=NOW)  # the last goes no further
    assert kept() == before
    third.refresh_from_db()
    task_lines.remove(line_id=third.pk, seen_version=third.version, by=analyst, now=NOW)
    assert (titles(), last_entry()) == (["satu", "Dua"], ("task_line.removed", analyst.pk, {}, {}))


@database
def test_what_is_missing_too_long_or_late_changes_no_line() -> None:
    analyst, there = factories.person("analyst"), line("satu")
    before = kept()
    for wrong, code in (
        ({"title": " "}, "line.title"),
        ({"title_en": "x" * 201}, "line.title_long"),
        ({"days": 366}, "line.days"),
        ({"days": -1}, "line.days"),
        ({"goes_to": "everybody"}, "line.goes_to"),
    ):
        said: dict[str, Any] = {"title": "x", "title_en": "", "days": 0, "goes_to": "opener", "by": analyst, "now": NOW}
        for verb, of in ((task_lines.add, {"kind": "domestic"}), (task_lines.change, {"line_id": there.pk, "seen_version": 1})):
            with pytest.raises(RefusedError) as refused:
                verb(**said | of | wrong)
            assert refused.value.code == code
    with pytest.raises(RefusedError):
        line("x", "smuggling")
    with pytest.raises(task_lines.StaleError):
        task_lines.remove(line_id=there.pk, seen_version=2, by=analyst, now=NOW)
    assert kept() == before
    task_lines.remove(line_id=there.pk, seen_version=1, by=analyst, now=NOW)
    with pytest.raises(task_lines.StaleError):
        task_lines.move(line_id=there.pk, up=True, seen_version=2, by=analyst, now=NOW)
    for n in range(task_lines.MOST):
        line(str(n))
    with pytest.raises(RefusedError, match=r"^line\.too_many"):
        line("eins zuviel")


@database
@pytest.mark.parametrize(("role", "office"), [("officer", "directorate"), ("supervisor", "bp3mi-jabar"), ("administrator", "directorate")])
def test_only_analysts_and_supervisors_of_the_directorate_change_templates(role: str, office: str) -> None:
    person, there = factories.person(role, office), line("satu")
    before = kept()
    said: dict[str, Any] = {"title": "x", "title_en": "", "days": 0, "goes_to": "opener", "by": person, "now": NOW}
    of, acting = {"line_id": there.pk, "seen_version": 1}, {"by": person, "now": NOW}
    acts: list[tuple[Any, dict[str, Any]]] = [
        (task_lines.add, {"kind": "domestic", **said}),
        (task_lines.change, of | said),
        (task_lines.move, of | {"up": True, **acting}),
        (task_lines.remove, of | acting),
    ]
    for verb, told in acts:
        with pytest.raises(PermissionDenied):
            verb(**told)
    assert kept() == before


# --- laid in a case ----------------------------------------------------------------------------------


def laid(case: models.Case, by: models.Person) -> list[models.CaseTask]:
    return tasks.from_template(case_id=case.pk, seen_version=case.version, by=by, now=LATER)


@database
def test_the_tasks_of_the_template_go_to_who_it_says_due_at_the_end_of_their_day_in_the_office() -> None:
    officer, colleague, analyst = factories.person(), factories.person(), factories.person("analyst")
    for title, given in (
        ("pembuka", {"title_en": "opener", "days": 0}),
        ("penanggung jawab", {"goes_to": "responsible", "days": 3}),
        ("siapa saja", {"goes_to": "nobody", "days": None}),
        ("lain jenis", {"kind": "other"}),
    ):
        line(title, **given)
    case = opened(officer)
    case = cases.pass_on(case_id=case.pk, to_id=colleague.pk, note="x", seen_version=1, by=officer, now=NOW)
    case = cases.set_kind(case_id=case.pk, kind="domestic", seen_version=2, by=officer, now=NOW)
    models.Notice.objects.all().delete()
    made = laid(case, analyst)
    today = LATER.astimezone(UTC).date()
    assert [(task.title, task.title_en, task.person, task.due_at) for task in made] == [
        ("pembuka", "opener", officer, datetime(today.year, today.month, today.day, 16, 59, tzinfo=UTC)),  # 23.59 WIB
        ("penanggung jawab", "", colleague, datetime(today.year, today.month, today.day + 3, 16, 59, tzinfo=UTC)),
        ("siapa saja", "", None, None),
    ]
    after = {"case_kind": "domestic", "tasks": [task.pk for task in made], "people": [officer.pk, colleague.pk, None]}
    after["due"] = [task.due_at.isoformat() if task.due_at else None for task in made]
    assert last_entry() == ("case.tasks_laid", analyst.pk, {}, after)
    assert [(kind, person, note) for kind, person, _office, _by, note, _at in notices()] == [
        ("case_task", officer.pk, "pembuka"),
        ("case_task", colleague.pk, "penanggung jawab"),
    ]
    assert list(case.events.exclude(task=None).values_list("kind", flat=True)) == ["task_added"] * 3


@database
def test_a_line_is_laid_once_and_another_kind_brings_its_own_that_are_not_there_yet() -> None:
    officer = factories.person()
    shared, _other = line("satu"), line("dua", "squid_boats")
    case = cases.set_kind(case_id=opened(officer).pk, kind="domestic", seen_version=1, by=officer, now=NOW)
    (task,) = laid(case, officer)
    tasks.drop(case_id=case.pk, task_id=task.pk, note="tidak perlu", seen_version=1, by=officer, now=LATER)
    logged = models.AuditEntry.objects.count()
    with pytest.raises(RefusedError, match=r"^task\.none_missing"):
        laid(case, officer)  # dropped is not asked again
    assert (case.tasks.count(), models.AuditEntry.objects.count()) == (1, logged)
    fresh = line("tiga")
    assert [one.title for one in laid(case, officer)] == ["tiga"]
    changed = cases.set_kind(case_id=case.pk, kind="squid_boats", seen_version=case.version, by=officer, now=NOW)
    with pytest.raises(cases.StaleError):
        laid(case, officer)  # seen while it was of the other kind
    assert [one.title for one in laid(changed, officer)] == ["dua"]
    task_lines.remove(line_id=fresh.pk, seen_version=1, by=factories.person("analyst"), now=NOW)
    assert case.tasks.count() == 3
    with pytest.raises(IntegrityError, match="case_task_once_a_line"), transaction.atomic():
        models.CaseTask.objects.create(case=case, title="x", line=shared)


@database
def test_whoever_left_or_cannot_have_a_task_leaves_it_to_nobody() -> None:
    officer, analyst = factories.person(), factories.person("analyst")
    line("satu", "other"), line("dua", "other", goes_to="responsible")
    case = escalated(officer)  # nobody is responsible until it is taken
    models.Person.objects.filter(pk=officer.pk).update(is_active=False)
    assert [task.person for task in laid(case, analyst)] == [None, None]
    with pytest.raises(PermissionDenied):
        laid(case, factories.person("supervisor", "bp3mi-ntb"))


@database
def test_a_case_opened_with_its_kind_has_its_tasks_from_the_start_and_one_of_no_known_kind_has_none() -> None:
    officer = factories.person()
    line("satu"), line("dua", "other")
    flags = confirmed(2)
    case = cases.open_case(flag_ids=[flags[0].pk], title="Calo", kind="domestic", by=officer, now=NOW)
    other = cases.open_case(flag_ids=[flags[1].pk], title="Calo", by=officer, now=NOW)
    assert (case.kind, [task.title for task in case.tasks.all()], other.tasks.count()) == ("domestic", ["satu"], 0)
    assert list(case.events.values_list("kind", "case_kind")) == [("opened", "domestic"), ("flag_added", ""), ("task_added", "")]
    assert notices() == []  # one's own
    with pytest.raises(RefusedError, match=r"^case\.kind kind$"):
        cases.open_case(flag_ids=[flags[0].pk], title="Calo", kind="smuggling", by=officer, now=NOW)
