"""At which P4MI somebody sat when they brought something in."""

import django.db.models.deletion
from django.db import migrations, models

KEY = """
ALTER TABLE public.patrol_intake ADD CONSTRAINT intake_station_of_office
    FOREIGN KEY (station_id, office_id) REFERENCES public.patrol_station (id, office_id);
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0073_lines_about_email")]

    operations = [
        migrations.AddField(
            "intake",
            "station",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.station"
            ),
        ),
        migrations.RunSQL(KEY, migrations.RunSQL.noop),
    ]
