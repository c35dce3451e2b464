"""What a decision counts for on its day is planned once in a connection.

The database planned that statement anew for each decision, since it takes a plan for any flags to be dearer: four fifths of what the
decision's row costs it. Each row is found by an index, of however many flags.
"""

from django.db import migrations

ONE_PLAN = "ALTER FUNCTION public.patrol_tally_decisions() SET plan_cache_mode = force_generic_plan"


class Migration(migrations.Migration):
    dependencies = [("patrol", "0113_walls_by_office")]

    operations = [migrations.RunSQL(ONE_PLAN, "ALTER FUNCTION public.patrol_tally_decisions() RESET plan_cache_mode")]
