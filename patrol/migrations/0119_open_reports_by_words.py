"""A new report looks for what it may join among the open items alone: in a flood of equal ones all others have joined the first, and were
read once more with each that came.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

OPEN = (
    models.Q(("bad_faith_at", None), ("danger", False), ("emptied_at", None), ("same_as", None))
    & models.Q(("state", "closed"), _negated=True)
    & models.Q(("since", "left"), _negated=True)
)
# The view as 0117 has it, of what the indexes hold. How often a hash stands in the table says nothing about the open ones: counted, a
# flood made the planner read all that are open.
VIEW = """
ALTER TABLE public.patrol_tip ALTER COLUMN bands SET STATISTICS 0;
CREATE OR REPLACE VIEW public.patrol_tipbands AS SELECT id, office_id, at, bands FROM public.patrol_tip
    WHERE same_as_id IS NULL AND emptied_at IS NULL AND bad_faith_at IS NULL AND NOT danger AND state <> 'closed' AND since <> 'left'
      AND current_setting('patrol.scope', true) = 'everything';
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0118_where_it_stood")]

    operations = [
        migrations.RemoveIndex("tip", "tip_exact"),
        migrations.RemoveIndex("tip", "tip_bands"),
        migrations.AddIndex("tip", models.Index(fields=["office", "exact", "id"], condition=OPEN, name="tip_open_exact")),
        migrations.AddIndex(
            "tip", django.contrib.postgres.indexes.GinIndex(fields=["bands"], condition=OPEN, name="tip_open_bands", fastupdate=False)
        ),
        migrations.RunSQL(VIEW, migrations.RunSQL.noop),
    ]
