"""The reading log: partitioned by month, months made and dropped by functions of the owner."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

WAYS = ("page", "list", "search", "export", "file", "pdf", "api")

TABLE = """
CREATE SEQUENCE public.patrol_consultation_id_seq AS bigint;
CREATE TABLE public.patrol_consultation (
    id bigint NOT NULL DEFAULT nextval('public.patrol_consultation_id_seq'),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id bigint NOT NULL,
    office_id bigint NOT NULL,
    role varchar(30) NOT NULL,
    way varchar(10) NOT NULL,
    target_kind varchar(40) NOT NULL,
    target_id varchar(60) NOT NULL,
    of_office_id bigint,
    purpose varchar(40) NOT NULL,
    unmasked boolean NOT NULL,
    rows integer NOT NULL CHECK (rows >= 0),
    query_digest varchar(64) NOT NULL,
    CONSTRAINT consultation_way CHECK (way IN ('page', 'list', 'search', 'export', 'file', 'pdf', 'api')),
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
ALTER SEQUENCE public.patrol_consultation_id_seq OWNED BY public.patrol_consultation.id;
CREATE INDEX consultation_by_person ON public.patrol_consultation (person_id, at);
CREATE INDEX consultation_by_target ON public.patrol_consultation (target_kind, target_id, at);
-- What no month was made for: a reading is never refused because the upkeep did not run.
CREATE TABLE public.patrol_consultation_other PARTITION OF public.patrol_consultation DEFAULT;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_consultation
    FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_consultation
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_consultation_other
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""

FUNCTIONS = """
-- The months from this one on that are not there yet. Attached, not created in place: that waits for nobody who reads.
CREATE FUNCTION public.patrol_consultation_months(ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made integer := 0; month timestamp; name text;
BEGIN
    IF ahead NOT BETWEEN 0 AND 24 THEN
        RAISE EXCEPTION 'patrol_consultation: 0 to 24 months ahead, not %', ahead USING ERRCODE = 'check_violation';
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    PERFORM pg_advisory_xact_lock(hashtext('patrol consultation months'));
    FOR step IN 0..ahead LOOP
        month := date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + make_interval(months => step);
        name := 'patrol_consultation_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || name) IS NOT NULL OR EXISTS (
            SELECT FROM public.patrol_consultation_other
            WHERE at >= month AT TIME ZONE 'UTC' AND at < (month + interval '1 month') AT TIME ZONE 'UTC');
        EXECUTE format('CREATE TABLE public.%I (LIKE public.patrol_consultation INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.%I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change()', name);
        EXECUTE format('ALTER TABLE public.patrol_consultation ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
            name, month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- Whole months that ended before this day, and what lies outside of months before the first of its month. Returns how many rows went.
CREATE FUNCTION public.patrol_consultation_drop_before(day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone bigint := 0; many bigint; name text; kept text := 'patrol_consultation_' || to_char(day, 'YYYY_MM');
BEGIN
    IF day > (clock_timestamp() AT TIME ZONE 'UTC')::date - 365 THEN
        RAISE EXCEPTION 'patrol_consultation: a year is kept, % is later', day USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'public.patrol_consultation'::regclass AND c.relname ~ '^patrol_consultation_\\d{4}_\\d\\d$'
          AND c.relname < kept ORDER BY c.relname
    LOOP
        EXECUTE format('SELECT count(*) FROM public.%I', name) INTO many;
        EXECUTE format('DROP TABLE public.%I', name);
        gone := gone + many;
    END LOOP;
    PERFORM set_config('patrol.lifted', 'patrol_consultation_other', true);
    DELETE FROM public.patrol_consultation_other WHERE at < date_trunc('month', day::timestamp) AT TIME ZONE 'UTC';
    GET DIAGNOSTICS many = ROW_COUNT;
    PERFORM set_config('patrol.lifted', '', true);
    RETURN gone + many;
END $$;
"""


def rights(apps, schema_editor):
    del apps
    app = settings.DATABASES["default"]["USER"]
    for function in ("patrol_consultation_months(integer)", "patrol_consultation_drop_before(date)"):
        schema_editor.execute(f"REVOKE ALL ON FUNCTION public.{function} FROM PUBLIC", params=None)
        schema_editor.execute(f"GRANT EXECUTE ON FUNCTION public.{function} TO {app}", params=None)
    schema_editor.execute("SELECT public.patrol_consultation_months(2)", params=None)


def link(to, **given):
    return models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to=to, **given
    )


class Migration(migrations.Migration):
    dependencies = [("patrol", "0093_data_protection_officer")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Consultation",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("role", models.CharField(max_length=30)),
                        ("way", models.CharField(max_length=10)),
                        ("target_kind", models.CharField(max_length=40)),
                        ("target_id", models.CharField(blank=True, max_length=60)),
                        ("purpose", models.CharField(blank=True, max_length=40)),
                        ("unmasked", models.BooleanField(default=False)),
                        ("rows", models.PositiveIntegerField(default=1)),
                        ("query_digest", models.CharField(blank=True, max_length=64)),
                        ("office", link("patrol.office")),
                        ("of_office", link("patrol.office", null=True)),
                        ("person", link(settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "constraints": [models.CheckConstraint(condition=models.Q(("way__in", list(WAYS))), name="consultation_way")],
                        "indexes": [
                            models.Index(fields=["person", "at"], name="consultation_by_person"),
                            models.Index(fields=["target_kind", "target_id", "at"], name="consultation_by_target"),
                        ],
                    },
                )
            ],
            database_operations=[
                migrations.RunSQL(TABLE + FUNCTIONS, migrations.RunSQL.noop),
                migrations.RunPython(rights, migrations.RunPython.noop),
            ],
        )
    ]
