"""What the database itself refuses. The SQL is made in models/guards.py."""

from django.db import migrations

from patrol import states
from patrol.models import guards

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

    run(guards.guard_functions_sql())
    for table in APPEND_ONLY:
        run(guards.append_only_sql(table))
    for table in ("patrol_posttext", "patrol_readingclaims"):
        run(guards.erasable_sql(table))
    run(guards.moves_sql("patrol_flag", states.FLAG_MOVES))
    run(guards.moves_sql("patrol_case", states.CASE_MOVES))
    run(guards.moves_sql("patrol_watch", states.WATCH_MOVES))
    run(guards.erasure_sql())


class Migration(migrations.Migration):
    dependencies = [("patrol", "0001_the_way_of_a_post")]

    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
