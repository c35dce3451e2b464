"""The register by hand: a change one person proposes and another releases, and the editions it stands in.

The database lets no change into an edition that no second person released.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""

BY_TWO = """
CREATE FUNCTION public.patrol_manual_answered() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE proposer bigint; why text := '';
BEGIN
    SELECT c.by_id INTO STRICT proposer FROM public.patrol_manualchange c WHERE c.id = NEW.change_id;
    IF NEW.kind = 'released' THEN
        why := public.patrol_pair_refused(proposer, NEW.by_id, NEW.at);
    ELSIF (NEW.kind = 'withdrawn') <> (NEW.by_id = proposer) THEN
        why := 'same';
    END IF;
    IF why <> '' THEN
        RAISE EXCEPTION '% %: no second person (%)', TG_TABLE_NAME, NEW.id, why USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_two BEFORE INSERT ON public.patrol_manualanswer FOR EACH ROW EXECUTE FUNCTION public.patrol_manual_answered();

-- Argument: the column that names the change.
CREATE FUNCTION public.patrol_manual_released() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.patrol_manualanswer a
                   WHERE a.change_id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint AND a.kind = 'released') THEN
        RAISE EXCEPTION '% %: no second person has released it', TG_TABLE_NAME, NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER released BEFORE INSERT ON public.patrol_manualheld FOR EACH ROW
    EXECUTE FUNCTION public.patrol_manual_released('change_id');
CREATE TRIGGER released BEFORE INSERT ON public.patrol_registeredition FOR EACH ROW
    WHEN (NEW.releases_id IS NOT NULL) EXECUTE FUNCTION public.patrol_manual_released('releases_id');
"""
BACK = """
DROP TRIGGER released ON public.patrol_registeredition;
DROP TRIGGER released ON public.patrol_manualheld;
DROP FUNCTION public.patrol_manual_released();
DROP TRIGGER by_two ON public.patrol_manualanswer;
DROP FUNCTION public.patrol_manual_answered();
"""
TABLES = ("patrol_manualchange", "patrol_manualanswer", "patrol_manualheld")


class Migration(migrations.Migration):
    dependencies = [("patrol", "0068_way_of_merged_cases")]

    operations = [
        migrations.CreateModel(
            name="ManualChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("ends", models.BooleanField(default=False)),
                ("agency", models.CharField(max_length=300, verbose_name="agency")),
                ("row", models.JSONField()),
                ("decree", models.CharField(max_length=300, verbose_name="decree")),
                ("decree_date", models.DateField(verbose_name="date of the decree")),
                ("at", models.DateTimeField(verbose_name="proposed")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("scan", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture")),
            ],
            options={
                "verbose_name": "change of the register by hand",
                "verbose_name_plural": "changes of the register by hand",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ManualAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "change",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="patrol.manualchange"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="notice",
            name="manual",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="patrol.manualchange"
            ),
        ),
        migrations.AddField(
            model_name="registeredition",
            name="releases",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="edition", to="patrol.manualchange"
            ),
        ),
        migrations.CreateModel(
            name="ManualHeld",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(max_length=20)),
                ("change", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="held", to="patrol.manualchange")),
                (
                    "edition",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="manual", to="patrol.registeredition"),
                ),
            ],
            options={"ordering": ["change_id"]},
        ),
        migrations.AddConstraint(
            model_name="manualchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["licence", "standing", "contact"])), name="manual_change_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="manualchange",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("decree", ""), _negated=True), models.Q(("agency", ""), _negated=True)),
                name="manual_change_decree",
            ),
        ),
        migrations.AddConstraint(
            model_name="manualanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["released", "refused", "withdrawn"])), name="manual_answer_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="manualheld",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ["stands", "kept", "ended", "confirmed"])), name="manual_held_how"
            ),
        ),
        migrations.AddConstraint(
            model_name="manualheld", constraint=models.UniqueConstraint(fields=("edition", "change"), name="manual_held_once")
        ),
        migrations.RunSQL([BY_TWO, *(GUARDS.format(table=table) for table in TABLES)], BACK),
    ]
