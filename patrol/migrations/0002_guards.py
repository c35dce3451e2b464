"""What the database itself refuses. The SQL is made in migrations/_guards.py."""

from django.db import migrations

from patrol.migrations import _guards

APPEND_ONLY = (
    "patrol_postversion",
    "patrol_capture",
    "patrol_reading",
    "patrol_licencecheck",
    "patrol_finding",
    "patrol_decision",
    "patrol_flagevent",
    "patrol_caseevent",
    "patrol_registeredition",
    "patrol_agency",
    "patrol_standing",
    "patrol_licence",
    "patrol_auditentry",
    "patrol_erasure",
)


def build(apps, schema_editor):
    def run(sql):
        schema_editor.execute(sql, params=None)

    run(_guards.guard_functions_sql())
    for table in APPEND_ONLY:
        run(_guards.append_only_sql(table))
    for table in ("patrol_posttext", "patrol_readingclaims"):
        run(_guards.erasable_sql(table))
    run(
        _guards.moves_sql(
            "patrol_flag",
            ("confirmed", "needs_information"),
            ("confirmed", "parked"),
            ("confirmed", "waiting"),
            ("dismissed", "needs_information"),
            ("dismissed", "parked"),
            ("dismissed", "waiting"),
            ("needs_information", "confirmed"),
            ("needs_information", "dismissed"),
            ("needs_information", "parked"),
            ("needs_information", "waiting"),
            ("parked", "confirmed"),
            ("parked", "dismissed"),
            ("parked", "needs_information"),
            ("parked", "waiting"),
            ("waiting", "confirmed"),
            ("waiting", "dismissed"),
            ("waiting", "needs_information"),
            ("waiting", "parked"),
        )
    )
    run(
        _guards.moves_sql(
            "patrol_case",
            ("closed", "opened"),
            ("escalated", "closed"),
            ("escalated", "opened"),
            ("opened", "closed"),
            ("opened", "escalated"),
        )
    )
    run(
        _guards.moves_sql(
            "patrol_watch", ("active", "paused"), ("active", "stopped"), ("paused", "active"), ("stopped", "active"), ("stopped", "paused")
        )
    )
    run(_guards.erasure_sql())


class Migration(migrations.Migration):
    dependencies = [("patrol", "0001_the_way_of_a_post")]

    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
