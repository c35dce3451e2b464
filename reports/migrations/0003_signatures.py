"""Editions are signed by two people, over their figures."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = """
CREATE FUNCTION public.reports_signed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE author bigint; why text;
BEGIN
    IF NOT EXISTS (SELECT FROM public.reports_weeklysummary s WHERE s.id = NEW.summary_id AND s.sha256 = NEW.sha256) THEN
        RAISE EXCEPTION 'reports_signature %: not over the figures of its edition', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.place = 'second' THEN
        SELECT by_id INTO author FROM public.reports_signature WHERE summary_id = NEW.summary_id AND place = 'author';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'reports_signature %: its author has not signed', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        why := public.patrol_pair_refused(author, NEW.by_id, NEW.at);
        IF why <> '' THEN
            RAISE EXCEPTION 'reports_signature %: no second person (%)', NEW.id, why USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed BEFORE INSERT ON public.reports_signature FOR EACH ROW EXECUTE FUNCTION public.reports_signed();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.reports_signature
    FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.reports_signature
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_kind_of_period"), ("patrol", "0076_second_signatory")]

    operations = [
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=10)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "summary",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="reports.weeklysummary"),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("place__in", ["author", "second"])), name="signature_place"),
                    models.UniqueConstraint(fields=("summary", "place"), name="signature_once_a_place"),
                ],
            },
        ),
        migrations.RunSQL(SQL, "DROP TRIGGER signed ON public.reports_signature; DROP FUNCTION public.reports_signed();"),
    ]
