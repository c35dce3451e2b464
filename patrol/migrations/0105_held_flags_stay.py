"""No flag leaves a case under a legal hold, by no way: outside it nothing would hold its post from being erased."""

from django.db import migrations

GUARD = """
CREATE FUNCTION public.patrol_caseflag_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (TG_OP = 'DELETE' OR (NEW.case_id, NEW.flag_id) IS DISTINCT FROM (OLD.case_id, OLD.flag_id))
        AND EXISTS (SELECT FROM public.patrol_legalhold h WHERE h.case_id = OLD.case_id AND h.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'patrol_caseflag %: its case stands under a legal hold', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER held BEFORE UPDATE OR DELETE ON public.patrol_caseflag FOR EACH ROW EXECUTE FUNCTION public.patrol_caseflag_held();
"""


def guard(apps, schema_editor):
    del apps
    schema_editor.execute(GUARD, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0104_held_for_longer")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
