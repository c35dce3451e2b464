"""Who stands behind an account that approves; and no act of two people by accounts that are not two people.

Accounts of before keep what they had, and the log names them. Who made, changed or reset whom is taken from the log, so that the 30 days
hold for them too.
"""

import hashlib
import json
from datetime import UTC

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone
from django.utils.crypto import salted_hmac

FUNCTIONS = """
CREATE FUNCTION public.patrol_pair_refused(one bigint, other bigint, moment timestamptz) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE
    WHEN one = other THEN 'same'
    WHEN NOT EXISTS (
        SELECT FROM public.patrol_person p
            JOIN LATERAL (SELECT * FROM public.patrol_appointment WHERE person_id = p.id ORDER BY id DESC LIMIT 1) a ON true
        WHERE p.id = other AND p.is_active AND p.role = a.role AND p.office_id = a.office_id
            AND (a.exempt OR EXISTS (SELECT FROM public.patrol_agreement g WHERE g.appointment_id = a.id))) THEN 'waits'
    WHEN EXISTS (
        SELECT FROM public.patrol_appointment WHERE at > moment - interval '30 days'
            AND (person_id = one AND by_id = other OR person_id = other AND by_id = one)) THEN 'close'
    ELSE '' END
$$;

-- Arguments: the columns of the first person ('' for none), of the second, and of the moment.
CREATE FUNCTION public.patrol_by_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE put jsonb := to_jsonb(NEW); why text;
BEGIN
    why := public.patrol_pair_refused(
        (put ->> TG_ARGV[0])::bigint, (put ->> TG_ARGV[1])::bigint, (put ->> TG_ARGV[2])::timestamptz);
    IF why <> '' THEN
        RAISE EXCEPTION '% %: no second person (%)', TG_TABLE_NAME, NEW.id, why USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.patrol_unapproved() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% %: no second person has approved it', TG_TABLE_NAME, NEW.id USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.patrol_erasure_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE why text;
BEGIN
    SELECT public.patrol_pair_refused(r.by_id, NEW.by_id, NEW.at) INTO STRICT why
        FROM public.patrol_erasurerequest r WHERE r.id = NEW.request_id;
    IF why <> '' THEN
        RAISE EXCEPTION '% %: no second person (%)', TG_TABLE_NAME, NEW.id, why USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.patrol_review_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE half bigint; why text;
BEGIN
    FOR half IN
        SELECT d.by_id FROM public.patrol_draw w JOIN public.patrol_decision d ON d.id = w.decision_id WHERE w.id = NEW.draw_id
        UNION ALL SELECT r.by_id FROM public.patrol_review r WHERE r.draw_id = NEW.draw_id AND r.step = 'second'
    LOOP
        why := public.patrol_pair_refused(half, NEW.by_id, NEW.at);
        IF why <> '' THEN
            RAISE EXCEPTION '% %: no third person (%)', TG_TABLE_NAME, NEW.id, why USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

-- The newest appointment, by none of those who left the account as it is since a second person last stood behind it, and not by itself.
CREATE FUNCTION public.patrol_agreement_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE whose bigint; half record; why text;
BEGIN
    SELECT person_id INTO STRICT whose FROM public.patrol_appointment WHERE id = NEW.appointment_id;
    IF whose = NEW.by_id OR EXISTS (
        SELECT FROM public.patrol_appointment WHERE person_id = whose AND id > NEW.appointment_id) THEN
        RAISE EXCEPTION '% %: not the newest, or one''s own', TG_TABLE_NAME, NEW.id USING ERRCODE = 'check_violation';
    END IF;
    FOR half IN
        SELECT by_id FROM public.patrol_appointment WHERE person_id = whose AND id > COALESCE((
            SELECT max(a.id) FROM public.patrol_appointment a LEFT JOIN public.patrol_agreement g ON g.appointment_id = a.id
            WHERE a.person_id = whose AND (a.exempt OR g.id IS NOT NULL)), 0)
    LOOP
        why := public.patrol_pair_refused(half.by_id, NEW.by_id, NEW.at);
        IF why <> '' THEN
            RAISE EXCEPTION '% %: no second person (%)', TG_TABLE_NAME, NEW.id, why USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER pair BEFORE INSERT ON public.patrol_agreement FOR EACH ROW EXECUTE FUNCTION public.patrol_agreement_pair();
CREATE TRIGGER pair BEFORE INSERT ON public.patrol_erasureanswer FOR EACH ROW
    WHEN (NEW.kind = 'approved' AND NEW.by_id IS NOT NULL) EXECUTE FUNCTION public.patrol_erasure_pair();
CREATE TRIGGER pair BEFORE INSERT ON public.patrol_review FOR EACH ROW
    WHEN (NEW.step = 'third') EXECUTE FUNCTION public.patrol_review_pair();
CREATE TRIGGER pair BEFORE INSERT OR UPDATE OF approved_by_id ON public.patrol_trusted FOR EACH ROW
    WHEN (NEW.approved_by_id IS NOT NULL)
    EXECUTE FUNCTION public.patrol_by_pair('proposed_by_id', 'approved_by_id', 'approved_at');
CREATE TRIGGER pair BEFORE INSERT OR UPDATE OF approved_by_id ON public.patrol_bulk FOR EACH ROW
    WHEN (NEW.approved_by_id IS NOT NULL) EXECUTE FUNCTION public.patrol_by_pair('by_id', 'approved_by_id', 'approved_at');
CREATE TRIGGER approved BEFORE UPDATE OF state ON public.patrol_bulk FOR EACH ROW
    WHEN (OLD.state = 'proposed' AND NEW.state = 'running' AND NEW.approved_by_id IS NULL)
    EXECUTE FUNCTION public.patrol_unapproved();
CREATE TRIGGER pair BEFORE INSERT ON public.patrol_pointsedition FOR EACH ROW
    EXECUTE FUNCTION public.patrol_by_pair('', 'approved_by_id', 'approved_at');
"""

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""

# Accounts of before: who did what to whom, as far as the log knows, then the word that they keep what they had.
OF_BEFORE = """
INSERT INTO public.patrol_appointment (person_id, kind, role, office_id, by_id, at, exempt)
    SELECT p.id, CASE e.verb WHEN 'person.added' THEN 'made' WHEN 'person.changed' THEN 'changed' ELSE 'link' END,
           p.role, p.office_id, e.actor_id, e.at, false
    FROM public.patrol_auditentry e JOIN public.patrol_person p ON p.id::text = e.target_id
    WHERE e.target_type = 'person' AND e.verb IN ('person.added', 'person.changed', 'person.reset_link') ORDER BY e.seq;
INSERT INTO public.patrol_appointment (person_id, kind, role, office_id, by_id, at, exempt)
    SELECT id, 'kept', role, office_id, NULL, %(now)s, true FROM public.patrol_person WHERE is_active ORDER BY id;
UPDATE public.patrol_person SET approves = is_active;
"""


def guard(apps, schema_editor):
    schema_editor.execute(FUNCTIONS, params=None)
    now = timezone.now()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(OF_BEFORE, {"now": now})
        cursor.execute("SELECT COALESCE(array_agg(id ORDER BY id), '{}') FROM public.patrol_person WHERE approves")
        (kept,) = cursor.fetchone()
        if kept:
            _logged(cursor, now, {"people": list(kept), "exempt": "kept"})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows with checks still to come hold their tables
    schema_editor.execute(TRIGGERS, params=None)
    for table in ("patrol_appointment", "patrol_agreement"):
        schema_editor.execute(GUARDS.format(table=table), params=None)


def _logged(cursor, now, after):
    """One row of the log, chained as version 1 is."""
    cursor.execute("SELECT seq, hash FROM public.patrol_auditentry ORDER BY seq DESC LIMIT 1")
    seq, prev_hash = cursor.fetchone() or (0, "0" * 64)
    row = {
        "chain_version": 1,
        "seq": seq + 1,
        "at": now.astimezone(UTC).isoformat(timespec="microseconds"),
        "verb": "person.kept",
        "actor": None,
        "office": None,
        "target": ["person", "-"],
        "before": {},
        "after": after,
        "prev_hash": prev_hash,
    }
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    head = hashlib.sha256(canonical.encode()).hexdigest()
    cursor.execute(
        "INSERT INTO public.patrol_auditentry"
        " (seq, at, verb, actor_id, office_id, target_type, target_id, before, after, chain_version, prev_hash, hash)"
        " VALUES (%s, %s, 'person.kept', NULL, NULL, 'person', '-', '{}', %s, 1, %s, %s)",
        [seq + 1, now, json.dumps(after), prev_hash, head],
    )
    mac = salted_hmac("patrol.audit.head", f"{seq + 1} {head}", algorithm="sha256").hexdigest()
    cursor.execute("UPDATE public.patrol_loghead SET seq = %s, hash = %s, mac = %s WHERE id = 1", [seq + 1, head, mac])


KEY = {"auto_created": True, "primary_key": True, "serialize": False, "verbose_name": "ID"}
ROLES = ["officer", "analyst", "supervisor", "registrar", "administrator"]


def person(**given):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, **({"related_name": "+"} | given))


class Migration(migrations.Migration):
    dependencies = [("patrol", "0034_pages_read_by_several")]

    operations = [
        migrations.AddField("person", "approves", models.BooleanField(default=False)),
        migrations.AddField("person", "sessions", models.PositiveIntegerField(default=0)),
        migrations.AddField("notice", "account", person(null=True)),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("kind", models.CharField(max_length=20)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("exempt", models.BooleanField(default=False)),
                ("by", person(null=True)),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office")),
                ("person", person(related_name="appointments")),
            ],
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("at", models.DateTimeField()),
                (
                    "appointment",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="agreement", to="patrol.appointment"),
                ),
                ("by", person()),
            ],
        ),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(condition=models.Q(("kind__in", ["made", "changed", "link", "kept"])), name="appointment_kind"),
        ),
        migrations.AddConstraint("appointment", models.CheckConstraint(condition=models.Q(("role__in", ROLES)), name="appointment_role")),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=models.Q(("exempt", False), ("by__isnull", True), _connector="OR"), name="appointment_exempt_by_nobody"
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
