"""What goes by its age, what is held, and that the database asks for both itself. The database's clock stands still for nobody: what is
old here came long ago.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patrol import domain, models
from patrol.access import audit, looks
from patrol.cases import holds
from patrol.evidence.erasing import Hold
from patrol.pipeline import assessing
from patrol.register import recheck
from patrol.retention import due, editions, running, terms
from patrol.triage import protecting
from tests import factories
from tests.triage.acts import decide

pytestmark = pytest.mark.django_db

TODAY = timezone.now()
QUIET = "Selamat pagi teman-teman, info kajian hubungi 0840 5550 {n:04d}"


def ago(days: float) -> datetime:
    return TODAY - timedelta(days=days)


BESIDE: dict[str, Any] = {
    "author_id": "70001",
    "origin": "0840 5559 0000",
    "thread": "1000000009/1",
    "reply_to": "1000000009/2",
    "forward_of": "https://t.me/asal_contoh/1",
}


def quiet(*numbers: int, days: float, **given: Any) -> list[models.Post]:
    """Posts nobody flagged, read, first seen so long ago; each with a contact of its own."""
    posts = factories.stored([factories.raw_post(QUIET.format(n=n), posted_at=ago(days), **given) for n in numbers], now=ago(days))
    while assessing.read_due(now=ago(days), limit=500).read:
        pass
    assert not models.Flag.objects.filter(post__in=posts).exists()
    return posts


def dismissed(*, days: float, came: float = 0.5) -> models.Flag:
    """A flag dismissed so long ago, its post seen shortly before."""
    flag = factories.flag(now=ago(days + came))
    decide(flag, factories.person(), "dismissed", "not_overseas", now=ago(days))
    return models.Flag.objects.select_related("post").get(pk=flag.pk)


def agreed(**days: int | None) -> models.RetentionEdition:
    """An edition two people agreed on: as shipped, but for these."""
    edition = editions.propose(times=editions.shipped() | days, reason="uji", by=factories.person("supervisor", "directorate"), now=TODAY)
    return editions.approve(edition_id=edition.pk, by=factories.person("supervisor", "directorate"), now=TODAY)


def erase(term: str, pk: int, edition: int) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT patrol_erase_due(%s, %s, %s)", [term, pk, edition])
        return cursor.fetchone()[0]


def words_of(post: models.Post) -> list[str]:
    return list(models.PostText.objects.filter(version__post=post).order_by("version").values_list("text", flat=True))


def test_nothing_goes_before_two_people_agreed() -> None:
    [post] = quiet(1, days=400)
    assert running.run(now=TODAY).erased == {}
    assert running.dry_run()["unflagged"] == due.Counted(1, {})
    editions.propose(times=editions.shipped(), reason="uji", by=factories.person("supervisor", "directorate"), now=TODAY)
    assert running.run(now=TODAY).erased == {}
    assert words_of(post) == [QUIET.format(n=1)]


def test_a_post_nobody_flagged_goes_at_its_time_and_not_a_day_before() -> None:
    [old], [young] = quiet(1, days=180.1), quiet(2, days=179.9)
    edition = agreed()
    assert running.dry_run()["unflagged"] == due.Counted(1, {})
    assert running.run(now=TODAY).erased == {"unflagged": 1}
    assert (words_of(old), words_of(young)) == ([""], [QUIET.format(n=2)])
    told = models.Erasure.objects.get()
    assert (told.version.post, told.edition, told.request, told.reason) == (old, edition, None, "unflagged")
    assert told.by_id == edition.answer.by_id
    assert models.ErasedFile.objects.filter(erasure=told, state="due").count() == 1
    assert running.run(now=TODAY).erased == {}
    assert audit.verify() is None


def beside(*posts: models.Post) -> list[str]:
    """Of each what stands beside its words: "whole" where all of it does, "gone" where nothing."""
    rows = [models.Post.objects.values_list(*BESIDE).get(pk=one.pk) for one in posts]
    return ["whole" if row == tuple(BESIDE.values()) else "gone" if set(row) == {""} else "a part" for row in rows]


def test_what_stands_beside_the_words_goes_with_them_and_with_nothing_else() -> None:
    [old], [young], [again] = quiet(1, days=180.1, **BESIDE), quiet(2, days=179.9, **BESIDE), quiet(3, days=300, **BESIDE)
    waits = factories.flag(now=ago(800), **BESIDE)
    harmed = factories.flag(now=ago(400), **BESIDE)
    decide(harmed, factories.person(), "dismissed", "not_overseas", now=ago(399))
    models.Protection.objects.create(flag=harmed, office=harmed.office, by=factories.person(), at=ago(300))
    newer = factories.raw_post("Info kajian pekan depan", external_id=again.external_id, edited=True, **BESIDE)
    agreed()
    assert running.run(now=TODAY).erased == {"unflagged": 2}
    assert beside(old, young, again, waits.post, harmed.post) == ["gone", "whole", "gone", "whole", "whole"]
    factories.stored([factories.raw_post(QUIET.format(n=1), external_id=old.external_id, **BESIDE), newer], now=TODAY)
    assert beside(old, again) == ["gone", "whole"]  # with a newer text it is told again
    old.refresh_from_db()
    said = {column: str(getattr(old, column)) for column, kept in terms.columns()["patrol_post"].items() if kept == terms.Kept.POST}
    assert {column for column, value in said.items() if value not in {"", "None"}} == {
        "external_id",
        "url",
        "posted_at_source",
        "versions_count",
    }


def test_what_counts_and_likeness_need_stays_and_a_contact_nobody_else_gives_goes() -> None:
    [one, same] = [*quiet(7, days=200), *quiet(7, days=10)]
    [alone] = quiet(8, days=200)
    flag = factories.flag(now=ago(3))
    before = {
        "marks": list(models.PostMark.objects.exclude(post=alone).order_by("id").values_list("post", "kind", "key")),
        "readings": list(models.Reading.objects.order_by("id").values_list("version", "text_kind", "route")),
        "checks": models.LicenceCheck.objects.count(),
        "posts": list(models.Post.objects.order_by("id").values_list("platform", "external_id", "text_key", "first_seen")),
    }
    [hashed] = models.PostMark.objects.filter(post=alone, kind="phone").values_list("key", flat=True)
    shared, own = (models.Indicator.objects.get(kind="phone", value__endswith=f"000{n}") for n in (7, 8))
    agreed()
    running.run(now=TODAY)
    assert before == {
        "marks": list(models.PostMark.objects.exclude(post=alone).order_by("id").values_list("post", "kind", "key")),
        "readings": list(models.Reading.objects.order_by("id").values_list("version", "text_kind", "route")),
        "checks": models.LicenceCheck.objects.count(),
        "posts": list(models.Post.objects.order_by("id").values_list("platform", "external_id", "text_key", "first_seen")),
    }
    assert [models.Sighting.objects.filter(post=post).exists() for post in (one, alone, same)] == [False, False, True]
    assert models.Indicator.objects.filter(pk__in=[shared.pk, own.pk]).get() == shared
    assert hashed not in models.PostMark.objects.values_list("key", flat=True)  # all numbers there are could be tried
    assert models.ReadingClaims.objects.filter(reading__version__post__in=[one, alone]).exclude(claims=[]).count() == 0
    assert models.Sighting.objects.filter(post=flag.post).exists()


def test_a_dismissed_flag_keeps_its_decision_and_its_post_loses_its_words() -> None:
    old, young, waits = dismissed(days=366), dismissed(days=364), factories.flag(now=ago(800))
    agreed()
    assert running.run(now=TODAY).erased == {"dismissed": 1}
    assert [words_of(flag.post) == [""] for flag in (old, young, waits)] == [True, False, False]
    assert old.decisions.get().outcome == "dismissed"
    old.refresh_from_db()
    assert (old.state, bool(old.gist_id)) == ("dismissed", True)


def test_what_is_held_is_skipped_and_listed_and_goes_when_nothing_holds_it_any_more() -> None:
    boss = factories.person("supervisor", "directorate")
    free, in_case, harmed, reported = (dismissed(days=400) for _ in range(4))
    case = models.Case.objects.create(number="PKR-26-0001", title="uji", office=boss.office, opened_by=boss, opened_at=ago(300))
    models.CaseFlag.objects.create(case=case, flag=in_case, added_by=boss, added_at=ago(300))
    help_ = models.Protection.objects.create(flag=harmed, office=harmed.office, by=boss, at=ago(300))
    tip = models.Tip.objects.create(office=boss.office, kind="advert", post=reported.post, at=ago(300))
    agreed()
    assert running.dry_run()["dismissed"] == due.Counted(1, {Hold.CASE: 1, Hold.PROTECTION: 1, Hold.REPORT: 1})
    assert due.count("dismissed", days=365).first == {
        Hold.CASE: [in_case.post_id],
        Hold.PROTECTION: [harmed.post_id],
        Hold.REPORT: [reported.post_id],
    }
    assert running.run(now=TODAY).erased == {"dismissed": 1}
    assert [words_of(flag.post) == [""] for flag in (free, in_case, harmed, reported)] == [True, False, False, False]

    holds.place(case_id=case.pk, reason="surat penyidik", by=boss, now=TODAY)
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="unfounded", closed_by=boss, closed_at=TODAY)
    models.Protection.objects.filter(pk=help_.pk).update(state="closed", ending="helped", closed_by=boss, closed_at=TODAY)
    models.Tip.objects.filter(pk=tip.pk).update(state="closed", outcome="nothing", closed_at=TODAY)
    assert running.dry_run()["dismissed"] == due.Counted(2, {Hold.LEGAL: 1})
    assert running.run(now=TODAY).erased == {"dismissed": 2}
    assert words_of(in_case.post) != [""]

    holds.lift(case_id=case.pk, reason="perkara diputus", by=boss, now=TODAY)
    assert running.dry_run()["dismissed"] == due.Counted(0, {Hold.CASE: 1})
    assert running.run(now=TODAY).erased == {}
    with pytest.raises(IntegrityError, match="is held: case"):
        erase("dismissed", in_case.post_id, models.RetentionEdition.objects.get().pk)
    assert words_of(in_case.post) != [""]
    assert audit.verify() is None


def test_what_a_closed_case_rests_on_stays_with_the_posts_of_its_ring() -> None:
    boss = factories.person("supervisor", "directorate")
    in_case, [ring, beside] = factories.flag(now=ago(400)), quiet(1, 2, days=400)
    case = models.Case.objects.create(
        number="PKR-26-0001",
        title="uji",
        office=boss.office,
        opened_by=boss,
        opened_at=ago(300),
        state="closed",
        outcome="unfounded",
        closed_by=boss,
        closed_at=ago(250),
    )
    models.CaseFlag.objects.create(case=case, flag=in_case, added_by=boss, added_at=ago(300))
    campaign = models.Campaign.objects.create(number="JRG-26-0001", made_at=ago(390), grown_at=ago(390))
    for post in (in_case.post, ring):
        models.LinkedPost.objects.update_or_create(post=post, defaults={"campaign": campaign, "joined_at": ago(390), "follows": False})
    agreed()
    assert running.dry_run()["unflagged"] == due.Counted(1, {Hold.CASE: 1})
    assert running.run(now=TODAY).erased == {"unflagged": 1}
    assert [words_of(post) == [""] for post in (ring, beside)] == [False, True]


def test_parked_flags_go_with_what_nobody_flagged_and_those_that_wait_stay() -> None:
    old, young, waits = factories.flag(now=ago(181)), factories.flag(now=ago(179)), factories.flag(now=ago(181))
    models.Flag.objects.filter(pk__in=[old.pk, young.pk]).update(state="parked", level="low")
    agreed()
    assert running.dry_run()["unflagged"] == due.Counted(1, {})
    assert running.run(now=TODAY).erased == {"unflagged": 1}
    assert [words_of(flag.post) == [""] for flag in (old, young, waits)] == [True, False, False]
    assert not models.Sighting.objects.filter(post=old.post).exists()


def test_somebody_harmed_is_known_in_other_posts_after_the_words_of_their_own_went() -> None:
    harmed = factories.flag(now=ago(400), author="rani_contoh", author_id="7009")
    decide(harmed, factories.person(), "dismissed", "not_overseas", now=ago(399))
    models.Protection.objects.create(
        flag=harmed,
        office=harmed.office,
        by=factories.person(),
        at=ago(399),
        state="closed",
        ending="helped",
        closed_by=factories.person(),
        closed_at=ago(398),
    )
    phone = models.Sighting.objects.select_related("indicator").get(post=harmed.post, indicator__kind="phone").indicator
    [again] = factories.stored([factories.raw_post(f"Info {phone.value}", author="rani_contoh", author_id="7009")], now=ago(3))
    while assessing.read_due(now=ago(3), limit=500).read:
        pass
    theirs = set(models.Sighting.objects.filter(post=again).values_list("indicator", flat=True))
    assert (phone.pk in theirs, len(theirs), looks.of_harmed(theirs)) == (True, 2, theirs)
    agreed()
    assert running.run(now=TODAY).erased == {"dismissed": 1}
    assert (words_of(harmed.post), looks.of_harmed(theirs)) == ([""], theirs)
    assert running.run(now=TODAY).erased == {}


def test_the_database_refuses_a_wrong_edition_a_row_that_is_not_due_and_a_held_one() -> None:
    [old], [young] = quiet(1, days=300), quiet(2, days=100)
    held = dismissed(days=400)
    models.Protection.objects.create(flag=held, office=held.office, by=factories.person(), at=ago(300))
    first = agreed()
    asked = editions.propose(
        times=editions.shipped() | {"unflagged": 90}, reason="lebih singkat", by=factories.person("analyst", "directorate"), now=TODAY
    )
    refused: list[tuple[Callable[[], Any], str]] = [
        (lambda: erase("unflagged", old.pk, asked.pk), "not the one in force"),
        (lambda: erase("unflagged", old.pk, first.pk + 1_000), "not the one in force"),
        (lambda: erase("unflagged", young.pk, first.pk), "is not due"),
        (lambda: erase("dismissed", old.pk, first.pk), "is not due"),
        (lambda: erase("dismissed", held.post_id, first.pk), "is held: protection"),
        (lambda: erase("victim", old.pk, first.pk), "is not due"),
        (lambda: erase("case", old.pk, first.pk), "erases nothing of case"),
    ]
    for act, why in refused:
        with pytest.raises(IntegrityError, match=why):
            act()
    editions.approve(edition_id=asked.pk, by=factories.person("supervisor", "directorate"), now=TODAY)
    with pytest.raises(IntegrityError, match="not the one in force"):
        erase("unflagged", old.pk, first.pk)
    assert models.Erasure.objects.count() == 0
    assert erase("unflagged", young.pk, asked.pk) == 1


def test_the_app_alone_cannot_erase() -> None:
    [post] = quiet(1, days=300)
    edition = agreed()
    version = post.versions.get()
    for statement, given in (
        ("SELECT patrol_blank(%s, 1, NULL, %s, '', now())", [version.pk, edition.pk]),
        ("UPDATE patrol_posttext SET text = '' WHERE version_id = %s", [version.pk]),
        ("UPDATE patrol_retentionedition SET times = '{}' WHERE id = %s", [edition.pk]),
        ("INSERT INTO patrol_erasedrow (term, row, edition_id, at) VALUES ('victim', 1, %s, now())", [edition.pk]),
        ("DELETE FROM patrol_retentionanswer WHERE edition_id = %s", [edition.pk]),
    ):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
    assert words_of(post) == [QUIET.format(n=1)]


def test_seeing_reading_and_checking_again_brings_nothing_back() -> None:
    [post] = quiet(1, days=300)
    agreed()
    running.run(now=TODAY)
    again = factories.raw_post(QUIET.format(n=1), external_id=post.external_id, author_id="12345")
    [seen] = factories.stored([again], now=TODAY)
    factories.register()
    recheck.mark(now=TODAY)
    while assessing.read_due(now=TODAY, limit=500).read:
        pass
    assert seen == post
    post.refresh_from_db()
    assert (words_of(post), post.author_id, post.due_at) == ([""], "", None)
    assert not models.Sighting.objects.filter(post=post).exists()


def test_a_run_that_is_cut_goes_on_where_it_stopped() -> None:
    posts = quiet(*range(6), days=300)
    agreed()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "AT_ONCE", 2)
        first = running.run(now=TODAY, seconds=0)
        assert (first.erased, first.done) == ({"unflagged": 2}, False)
        assert models.RetentionFigure.objects.get().place == posts[1].pk
        second = running.run(now=TODAY, seconds=60)
    assert (second.erased, second.done) == ({"unflagged": 4}, True)
    assert models.Erasure.objects.filter(version__post__in=posts).count() == 6
    assert models.AuditEntry.objects.filter(verb="retention.erased").count() == 3


def test_a_row_that_came_to_be_held_meanwhile_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = dismissed(days=400), dismissed(days=400)
    models.Protection.objects.create(flag=one, office=one.office, by=factories.person(), at=ago(300))
    agreed()
    both = due.Ahead([one.post_id, two.post_id], None)
    monkeypatch.setattr(due, "free", lambda term, *, after, **_kwargs: both if term == "dismissed" and not after else due.Ahead([], None))
    ran = running.run(now=TODAY)
    assert (ran.erased, ran.failed) == ({"dismissed": 1}, {})
    assert [words_of(flag.post) == [""] for flag in (one, two)] == [False, True]


def test_a_row_that_cannot_be_erased_is_counted_and_stops_neither_others_nor_the_terms_behind(caplog: pytest.LogCaptureFixture) -> None:
    broken, whole = quiet(1, 2, days=300)
    later = dismissed(days=400)
    agreed()

    def sent(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """The database as it answers for a broken row: an error of another kind than a hold's."""
        if "patrol_erase_due" in sql and params["id"] == broken.pk:
            sql, params = "DO $$ BEGIN RAISE EXCEPTION 'no text of version 1' USING ERRCODE = 'no_data_found'; END $$", None
        return execute(sql, params, many, context)

    night = datetime(2026, 12, 1, 1, 30, tzinfo=domain.LAW_ZONE)
    with connection.execute_wrapper(sent):
        ran = running.nightly(now=night)
    assert (ran.erased, ran.failed, ran.done) == ({"unflagged": 1, "dismissed": 1}, {"unflagged": 1}, True)
    assert [words_of(post) == [""] for post in (broken, whole, later.post)] == [False, True, True]
    figure = models.RetentionFigure.objects.get(term="unflagged")
    assert (figure.due, figure.held) == (0, {Hold.FAILED: 1})
    assert [record.getMessage() for record in caplog.records if record.name == running.__name__] == [
        f"retention: row {broken.pk} of unflagged could not be erased (SQLSTATE P0002)"
    ]
    assert running.run(now=TODAY).erased == {"unflagged": 1}


def test_what_was_noted_of_somebody_harmed_goes_after_its_time() -> None:
    boss = factories.person("supervisor", "directorate")
    old, young = (dismissed(days=400 - n) for n in range(2))
    for flag, days in ((old, 366), (young, 364)):
        models.Protection.objects.create(
            flag=flag,
            office=flag.office,
            by=boss,
            at=ago(390),
            note="Bu Sari, Indramayu",
            handed_to="rumah aman",
            state="closed",
            ending="helped",
            closed_by=boss,
            closed_at=ago(days),
        )
        models.ProtectionEvent.objects.create(
            flag=flag, kind="note", at=ago(390), by=boss, office=flag.office, note="menelepon dua kali", detail="uji"
        )
    agreed(dismissed=None)
    edition = models.RetentionEdition.objects.get()
    assert running.run(now=TODAY).erased == {"victim": 1}
    assert models.ErasedRow.objects.values_list("term", "row", "edition").get() == ("victim", old.protection.pk, edition.pk)
    assert list(models.Protection.objects.order_by("flag").values_list("note", "handed_to", "ending")) == [
        ("", "", "helped"),
        ("Bu Sari, Indramayu", "rumah aman", "helped"),
    ]
    assert list(models.ProtectionEvent.objects.order_by("flag").values_list("note", "detail")) == [("", ""), ("menelepon dua kali", "uji")]
    assert running.run(now=TODAY).erased == {}


def places_of(word: str) -> list[str]:
    """Columns of the database that hold this word."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY')"
        )
        found = []
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text LIKE %s)', [f"%{word}%"])
            found += [f"{table}.{column}"] if cursor.fetchone()[0] else []
    return found


def test_what_was_noted_of_somebody_harmed_stands_nowhere_once_it_went() -> None:
    flag = dismissed(days=400)
    boss = factories.person("supervisor", "directorate")
    help_ = models.Protection.objects.create(flag=flag, office=flag.office, by=boss, at=ago(399))
    given: dict[str, Any] = {"protection_id": help_.pk, "by": boss, "now": ago(390)}
    protecting.contacted(note="penandaku menelepon", seen_version=1, **given)
    protecting.move_to_office(office_id=boss.office_id, note="penandaku di Lombok", seen_version=2, **given)
    protecting.hand_to_desk(desk="other", handed_to="rumah penandaku", note="penandaku", seen_version=3, **given)
    protecting.close(ending="helped", note="penandaku pulang", seen_version=4, **given)
    assert sorted(places_of("penandaku")) == ["patrol_protection.handed_to", "patrol_protectionevent.detail", "patrol_protectionevent.note"]
    agreed()
    assert running.run(now=TODAY).erased == {"dismissed": 1, "victim": 1}
    assert (places_of("penandaku"), models.Notice.objects.get(kind="protection_moved").flag) == ([], flag)


def test_a_profile_goes_with_its_file_unless_a_flag_rests_on_it() -> None:
    flag = factories.flag(now=ago(400), author="agen_contoh", author_id="7001")
    author = models.Sighting.objects.select_related("indicator").get(post=flag.post, role="author").indicator
    platform, _colon, account = author.value.partition(":")
    for name, days in ((account, 400), ("lain", 366), ("baru", 364)):
        models.Profile.objects.create(
            platform=platform,
            account=name,
            account_id=author.own_id.partition(":")[2] if name == account else "",
            url="",
            capture=factories.file_capture(name.encode(), post_id=flag.post_id),
            seen_at=ago(days),
        )
    edition = agreed()
    assert running.dry_run()["profile"] == due.Counted(1, {Hold.FLAG: 1})
    assert running.run(now=TODAY).erased == {"profile": 1}
    assert sorted(models.Profile.objects.values_list("account", flat=True)) == sorted([account, "baru"])
    assert models.ErasedRow.objects.values_list("term", "edition").get() == ("profile", edition.pk)
    gone = models.ErasedFile.objects.get()
    assert (gone.erasure, gone.edition, gone.state) == (None, edition, "due")

    decide(flag, factories.person(), "dismissed", "not_overseas", now=ago(5))
    boss = factories.person("supervisor", "directorate")
    case = models.Case.objects.create(number="PKR-26-0001", title="uji", office=boss.office, opened_by=boss, opened_at=ago(4))
    models.CaseFlag.objects.create(case=case, flag=flag, added_by=boss, added_at=ago(4))
    holds.place(case_id=case.pk, reason="surat penyidik", by=boss, now=TODAY)
    models.Case.objects.filter(pk=case.pk).update(state="closed", outcome="unfounded", closed_by=boss, closed_at=TODAY)
    assert running.dry_run()["profile"] == due.Counted(0, {Hold.LEGAL: 1})
    holds.lift(case_id=case.pk, reason="perkara diputus", by=boss, now=TODAY)
    assert running.dry_run()["profile"] == due.Counted(0, {Hold.CASE: 1})
    with pytest.raises(IntegrityError, match="is held"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT patrol_erase_profile(%s, %s)", [models.Profile.objects.get(account=account).pk, edition.pk])
    models.CaseFlag.objects.all().delete()
    assert running.run(now=TODAY).erased == {"profile": 1}


def test_what_left_for_staff_keeps_no_word_of_the_server_after_its_time() -> None:
    person = factories.person()
    for key, days in (("old", 31), ("young", 29)):
        models.Dispatch.objects.create(
            kind="notices",
            key=key,
            person=person,
            state="sent",
            asked_at=ago(days),
            tried_at=ago(days),
            ended_at=ago(days),
            message_id=f"<{key}@contoh.id>",
            said="250 ok",
        )
    agreed()
    assert running.run(now=TODAY).erased == {"outbox": 1}
    assert list(models.Dispatch.objects.order_by("key").values_list("key", "message_id", "said")) == [
        ("old", "", ""),
        ("young", "<young@contoh.id>", "250 ok"),
    ]
    [gone] = models.ErasedRow.objects.all()
    assert (gone.term, gone.row) == ("outbox", models.Dispatch.objects.get(key="old").pk)


def test_words_beside_what_came_in_and_of_who_asked_or_objected_go_after_their_time() -> None:
    person = factories.person()
    post, whole = (factories.stored([factories.raw_post(posted_at=ago(days))], now=ago(days))[0] for days in (400, 170))
    told: dict[str, Any] = {"kind": "import", "person": person, "office": person.office, "state": "done", "note": "kata penandaku"}
    chat = {"chat": "0840 5559 0000", "order": "dmy"}
    wrong = [{"code": "row.day", "id": "penandaku", "en": "penandaku", "permanent": True, "where": "2"}]
    told |= {"options": chat, "problems": wrong, "bad": 1}
    brought = [models.Intake.objects.create(at=ago(400), ended_at=ago(days), name="x.csv", **told) for days in (366, 366, 364)]
    for intake, of in zip(brought, (post, whole, post), strict=True):
        models.Seen.objects.create(post=of, intake=intake, at=ago(400))
    asked: dict[str, Any] = {
        "question": "access",
        "about": "name",
        "about_digest": "x",
        "note": "penandaku",
        "asked_at": ago(2000),
        "how": "letter",
        "identity": "id_card",
        "due_at": ago(1990),
        "entered_by": person,
        "entered_at": ago(2000),
        "outcome": "answered",
        "answer": "penandaku",
        "answered_how": "letter",
        "answered_by": person,
    }
    for number, days in ((1, 1826), (2, 1824)):
        models.SubjectRequest.objects.create(number=f"PSD-26-{number:04d}", answered_at=ago(days), **asked)
    free, cased = dismissed(days=1900), dismissed(days=1900)
    for number, flag in ((1, free), (2, cased)):
        made = models.Objection.objects.create(
            number=f"KBR-26-{number:04d}",
            decision=flag.decisions.get(),
            office=flag.office,
            side="named",
            name="penandaku",
            contact="penandaku",
            text="penandaku",
            how="mail",
            day=ago(1890).date(),
            due_at=ago(1880),
            entered_by=person,
            entered_at=ago(1890),
        )
        models.Objection.objects.filter(pk=made.pk).update(state="withdrawn", ended_by=person, ended_at=ago(1850), version=2)
    case = models.Case.objects.create(number="PKR-26-0001", title="uji", office=person.office, opened_by=person, opened_at=ago(1900))
    models.CaseFlag.objects.create(case=case, flag=cased, added_by=person, added_at=ago(1900))
    edition = agreed(dismissed=None)
    counted = running.dry_run()
    # The note of the first import is held until its post went, in the same night.
    assert [counted[key] for key in ("intake", "subject", "objector")] == [
        due.Counted(0, {Hold.POST: 2}),
        due.Counted(1, {}),
        due.Counted(1, {Hold.CASE: 1}),
    ]
    assert running.run(now=TODAY).erased == {"unflagged": 1, "intake": 1, "subject": 1, "objector": 1}
    assert list(models.Intake.objects.order_by("pk").values_list("name", "note", "options", "problems", "bad")) == [
        ("", "", {"order": "dmy"}, [], 1),
        *[("x.csv", "kata penandaku", chat, wrong, 1)] * 2,
    ]
    assert list(models.SubjectRequest.objects.order_by("pk").values_list("note", "answer")) == [("", "-"), ("penandaku", "penandaku")]
    assert list(models.Objection.objects.order_by("pk").values_list("name", "contact", "text")) == [("", "", ""), ("penandaku",) * 3]
    named = models.ErasedRow.objects.order_by("term").values_list("term", "row", "edition")
    assert list(named) == [
        ("intake", brought[0].pk, edition.pk),
        ("objector", models.Objection.objects.get(number="KBR-26-0001").pk, edition.pk),
        ("subject", models.SubjectRequest.objects.get(number="PSD-26-0001").pk, edition.pk),
    ]
    for term, pk, why in (
        ("intake", brought[1].pk, "is held"),
        ("intake", brought[2].pk, "is not due"),
        ("subject", models.SubjectRequest.objects.get(number="PSD-26-0002").pk, "is not due"),
        ("objector", models.Objection.objects.get(number="KBR-26-0002").pk, "is held"),
        ("unflagged", post.pk, "is not due"),
    ):
        with pytest.raises(IntegrityError, match=why), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT patrol_erase_words(%s, %s, %s)", [term, pk, edition.pk])
    assert running.run(now=TODAY).erased == {}


def test_months_of_the_reading_log_go_and_the_month_of_the_last_day_stays() -> None:
    person = factories.person()
    for days in (800, 780, 10):
        models.Consultation.objects.create(
            at=ago(days), person=person, office=person.office, role=person.role, way="page", target_kind="post", target_id="1"
        )
    agreed()
    assert running.dry_run()["reading_log"] == due.Counted(2, {})
    assert running.run(now=TODAY).erased == {"reading_log": 2}
    assert models.Consultation.objects.get().at == ago(10)
    assert running.run(now=TODAY).erased == {}
    assert models.AuditEntry.objects.filter(verb="consultation.dropped").count() == 1
    assert {row.term for row in models.ErasedRow.objects.all()} <= {"reading_log"}  # months that had a table of their own


@pytest.mark.parametrize("count", [1, 30])
def test_counting_and_finding_cost_the_same_with_1_row_and_with_30(count: int) -> None:
    quiet(*range(count), days=300)
    agreed()
    with CaptureQueriesContext(connection) as asked:
        assert running.dry_run()["unflagged"] == due.Counted(count, {})
    assert len(asked) == 10
    with CaptureQueriesContext(connection) as asked:
        running.keep_count(now=TODAY)
    assert len(asked) == 11
    with CaptureQueriesContext(connection) as asked:
        assert next(iter(running.figures())).due == count
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        assert running.run(now=TODAY).erased == {"unflagged": count}
    assert len(asked) == 18 + count  # one call of the eraser a post


def test_the_night_runs_once_and_keeps_its_count() -> None:
    quiet(1, days=300)
    agreed()
    night = datetime(2026, 11, 30, 19, 30, tzinfo=domain.LAW_ZONE)
    assert not running.due_tonight(now=night)
    night += timedelta(hours=6)
    assert running.due_tonight(now=night)
    assert running.nightly(now=night).erased == {"unflagged": 1}
    assert not running.due_tonight(now=night + timedelta(hours=1))
    [unflagged, *_rest] = running.figures()
    assert (unflagged.term, unflagged.due, unflagged.erased, unflagged.counted_at) == ("unflagged", 0, 1, night)


def test_evidence_verifies_afterwards(capsys: pytest.CaptureFixture[str]) -> None:
    quiet(1, 2, days=300)
    dismissed(days=400)
    agreed()
    running.run(now=TODAY)
    call_command("verify_evidence")
    assert "broken" not in capsys.readouterr().out.replace("0 broken", "")
