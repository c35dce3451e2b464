"""A message that did not leave, or of which nobody knows whether it arrived, is sent again where whoever it is for asks for that."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION public.patrol_dispatch_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (
        ('asked', 'dropped'), ('asked', 'refused'), ('asked', 'trying'), ('trying', 'asked'), ('trying', 'refused'), ('trying', 'sent'),
        ('trying', 'unknown'){more}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_dispatch: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;
"""


def _becomes(more):
    return lambda _apps, schema_editor: schema_editor.execute(FUNCTION.replace("{more}", more), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0081_what_waits_is_told")]

    operations = [migrations.RunPython(_becomes(", ('refused', 'asked'), ('unknown', 'asked')"), _becomes(""))]
