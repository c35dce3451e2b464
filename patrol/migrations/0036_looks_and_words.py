"""Looks at contacts are counted by person and day; words that are searched are masked anew, by rules that cut more."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0035_two_people_are_two")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(
                fields=["actor_id", "at"],
                condition=models.Q(verb__in=["contact.shown", "indicator.shown", "protection.contacts_shown"]),
                name="audit_looks",
            ),
        ),
        # Filled again by the sweep, from the readings.
        migrations.RunSQL("DELETE FROM patrol_postwords", migrations.RunSQL.noop),
        migrations.RunSQL("UPDATE patrol_reached SET row = 0 WHERE name = 'words'", migrations.RunSQL.noop),
    ]
