"""What was preserved enters the log, and the log has a head.

A trigger notes which records and versions no seal names yet; what was kept before this migration is noted by it and sealed as it stands
now. The head of the log of today is signed here.
"""

import django.contrib.postgres.fields
import django.db.models
from django.db import migrations, models
from django.utils.crypto import salted_hmac

SQL = """
CREATE FUNCTION public.patrol_note_unsealed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.patrol_unsealed (kind, keys) SELECT TG_ARGV[0], array_agg(id::text) FROM added HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE TRIGGER note_unsealed AFTER INSERT ON patrol_capture REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_note_unsealed('capture');
CREATE TRIGGER note_unsealed AFTER INSERT ON patrol_postversion REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_note_unsealed('version');
INSERT INTO patrol_unsealed (kind, keys)
    SELECT 'capture', array_agg(id::text) FROM (SELECT id, row_number() OVER (ORDER BY id) / 500 AS part FROM patrol_capture) c GROUP BY part;
INSERT INTO patrol_unsealed (kind, keys)
    SELECT 'version', array_agg(id::text) FROM (SELECT id, row_number() OVER (ORDER BY id) / 500 AS part FROM patrol_postversion) v GROUP BY part;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON patrol_seal FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON patrol_seal FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();
"""


def begin(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SQL)
        cursor.execute("SELECT seq, hash FROM patrol_auditentry ORDER BY seq DESC LIMIT 1")
        seq, head = cursor.fetchone() or (0, "0" * 64)
        mac = salted_hmac("patrol.audit.head", f"{seq} {head}", algorithm="sha256").hexdigest()
        cursor.execute("INSERT INTO patrol_loghead (id, seq, hash, mac) VALUES (1, %s, %s, %s)", [seq, head, mac])


class Migration(migrations.Migration):
    dependencies = [("patrol", "0030_who_is_forwarded")]

    operations = [
        migrations.CreateModel(
            name="LogHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("mac", models.CharField(blank=True, max_length=64)),
            ],
            options={"constraints": [models.CheckConstraint(condition=django.db.models.Q(("id", 1)), name="log_head_once")]},
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("captures", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("versions", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
