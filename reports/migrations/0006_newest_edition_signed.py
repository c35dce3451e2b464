"""No signature under an edition that has a successor."""

from django.db import migrations

SQL = """
CREATE FUNCTION public.reports_signed_newest() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.reports_weeklysummary s JOIN public.reports_weeklysummary later
                        ON later.office_id IS NOT DISTINCT FROM s.office_id AND later.kind = s.kind AND later.year = s.year
                       AND later.week = s.week AND later.edition > s.edition
                WHERE s.id = NEW.summary_id) THEN
        RAISE EXCEPTION 'reports_signature %: a newer edition is there', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed_newest BEFORE INSERT ON public.reports_signature
    FOR EACH ROW EXECUTE FUNCTION public.reports_signed_newest();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_summaries_by_mail")]

    operations = [
        migrations.RunSQL(SQL, "DROP TRIGGER signed_newest ON public.reports_signature; DROP FUNCTION public.reports_signed_newest();")
    ]
