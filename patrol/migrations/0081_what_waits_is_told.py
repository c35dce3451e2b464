"""Notices out of the house: bulk decisions and second looks that wait; high flags found without a walk through all events of flags.

What is there already when this is migrated is told to nobody.
"""

import django.db.models.deletion
from django.db import migrations, models

REACHED = """
INSERT INTO public.patrol_reached (name, row)
SELECT 'told draws', COALESCE(max(id), 0) FROM public.patrol_draw
UNION ALL SELECT 'told differences', COALESCE(max(id), 0) FROM public.patrol_review
ON CONFLICT DO NOTHING;
"""
HIGH = {"level": "high"}
COMES = models.Q(
    ("kind__in", ["handed_over", "returned"]),
    models.Q(models.Q(("after__contains", HIGH)), models.Q(("before__contains", HIGH), _negated=True)),
    _connector="OR",
)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0080_guides")]

    operations = [
        migrations.AddField(
            "notice",
            "bulk",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="patrol.bulk"),
        ),
        migrations.AddIndex("flagevent", models.Index(condition=COMES, fields=["id"], name="flag_event_comes")),
        migrations.RunSQL(REACHED, migrations.RunSQL.noop),
    ]
