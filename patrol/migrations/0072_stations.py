"""P4MI: stations below an office, where people sit and whose watches are theirs.

That a person or a watch stands at a station of their own office is a foreign key of both columns.
"""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

KEYS = """
ALTER TABLE public.patrol_person ADD CONSTRAINT person_station_of_office
    FOREIGN KEY (station_id, office_id) REFERENCES public.patrol_station (id, office_id);
ALTER TABLE public.patrol_watch ADD CONSTRAINT watch_station_of_office
    FOREIGN KEY (station_id, office_id) REFERENCES public.patrol_station (id, office_id);
CREATE TRIGGER refuse_delete BEFORE DELETE ON public.patrol_station FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
"""


def to_station(people_or_watches):
    return models.ForeignKey(
        null=True, on_delete=django.db.models.deletion.PROTECT, related_name=people_or_watches, to="patrol.station", verbose_name="P4MI"
    )


class Migration(migrations.Migration):
    dependencies = [("patrol", "0071_watches_of_offices")]

    operations = [
        migrations.CreateModel(
            name="Station",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("town", models.CharField(blank=True, max_length=100, verbose_name="town")),
                ("active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "office",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stations",
                        to="patrol.office",
                        verbose_name="office",
                    ),
                ),
            ],
            options={
                "verbose_name": "P4MI",
                "verbose_name_plural": "P4MI",
                "ordering": ["office__name", "name"],
                "constraints": [
                    models.UniqueConstraint(models.F("office"), django.db.models.functions.text.Lower("name"), name="station_name"),
                    models.UniqueConstraint(fields=("id", "office"), name="station_with_office"),
                ],
            },
        ),
        migrations.AddField("person", "station", to_station("people")),
        migrations.AddField("watch", "station", to_station("watches")),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
    ]
