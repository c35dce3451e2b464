"""Minutes of evidence, exports for peers, and messages and pictures of reports behind the wall between offices (ADR 71); a piece whose file
could not be read is told from one that is missing (ADR 74); when each source file of the register was last looked at in the night.
"""

from django.conf import settings
from django.db import migrations, models

# As in 0113: asked once a statement; what is missing or empty reaches nothing.
EVERYTHING = "(SELECT current_setting('patrol.scope', true) = 'everything')"
OFFICE = (
    "(SELECT CASE WHEN current_setting('patrol.scope', true) ~ '^[1-9][0-9]{0,17}$' THEN current_setting('patrol.scope', true)::bigint END)"
)
OWN = f"{EVERYTHING} OR office_id = {OFFICE}"
OF_REPORT = f"{EVERYTHING} OR EXISTS (SELECT FROM public.patrol_tip t WHERE t.id = tip_id AND t.office_id = {OFFICE})"
POLICIES = {"patrol_minutes": OWN, "patrol_peerexport": OWN, "patrol_tipmessage": OF_REPORT, "patrol_tippicture": OF_REPORT}


def put_up(apps, schema_editor):
    del apps
    app = schema_editor.quote_name(settings.DATABASES["default"]["USER"])
    eraser = schema_editor.quote_name(settings.DATABASE_ERASER_ROLE)
    for table, reach in POLICIES.items():
        schema_editor.execute(f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY owner ON public.{table} TO CURRENT_USER USING (true)")
        schema_editor.execute(f"CREATE POLICY eraser ON public.{table} TO {eraser} USING (true)")
        schema_editor.execute(f"CREATE POLICY own ON public.{table} TO {app} USING ({reach})")


class Migration(migrations.Migration):
    dependencies = [("patrol", "0125_archives_by_day")]

    operations = [
        migrations.RunPython(put_up, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="custodyentry", name="custody_found"),
        migrations.AddConstraint(
            model_name="custodyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("found__in", ["whole", "changed", "missing", "unreadable"])), name="custody_found"
            ),
        ),
        migrations.CreateModel(
            name="RegisterFileCheck",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("checked_at", models.DateTimeField()),
                ("whole", models.BooleanField()),
                ("missing", models.BooleanField(null=True)),
            ],
        ),
    ]
