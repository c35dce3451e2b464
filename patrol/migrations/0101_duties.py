"""Further duties of a person, one taken up at a time; and a second look that whoever decided cannot write."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
-- As 0035 has it; a word of a second person stands for all that was left of the account until then, its further duties included. What is
-- taken up counts where both the account and that duty were agreed to, the duty has not ended, and nobody wrote another role beside it.
CREATE OR REPLACE FUNCTION public.patrol_pair_refused(one bigint, other bigint, moment timestamptz) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE
    WHEN one = other THEN 'same'
    WHEN NOT EXISTS (
        SELECT FROM public.patrol_person p
            JOIN LATERAL (SELECT * FROM public.patrol_appointment WHERE person_id = p.id AND duty_id IS NULL
                ORDER BY id DESC LIMIT 1) a ON true
            JOIN LATERAL (SELECT max(n.id) AS id FROM public.patrol_appointment n
                LEFT JOIN public.patrol_agreement g ON g.appointment_id = n.id
                WHERE n.person_id = p.id AND (n.exempt OR g.id IS NOT NULL)) agreed ON true
        WHERE p.id = other AND p.is_active AND a.id <= agreed.id
            AND CASE WHEN p.duty_id IS NULL THEN p.role = a.role AND p.office_id = a.office_id
                ELSE p.own_role = a.role AND p.own_office_id = a.office_id AND EXISTS (
                    SELECT FROM public.patrol_duty d JOIN public.patrol_appointment n ON n.duty_id = d.id
                    WHERE d.id = p.duty_id AND d.person_id = p.id AND d.ended_at IS NULL AND (d.until IS NULL OR d.until > moment)
                        AND n.person_id = p.id AND n.id <= agreed.id
                        AND d.role = p.role AND d.office_id = p.office_id AND n.role = p.role AND n.office_id = p.office_id)
                END) THEN 'waits'
    WHEN EXISTS (
        SELECT FROM public.patrol_appointment WHERE at > moment - interval '30 days'
            AND (person_id = one AND by_id = other OR person_id = other AND by_id = one)) THEN 'close'
    ELSE '' END
$$;

CREATE FUNCTION public.patrol_duty_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.ended_at IS NOT NULL THEN
            RAISE EXCEPTION 'patrol_duty: begins before it ends' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
        OR (OLD.person_id, OLD.role, OLD.office_id, OLD.since, OLD.until, OLD.made_by_id)
            IS DISTINCT FROM (NEW.person_id, NEW.role, NEW.office_id, NEW.since, NEW.until, NEW.made_by_id) THEN
        RAISE EXCEPTION 'patrol_duty %: ends once, and nothing else of it changes', OLD.id USING ERRCODE = 'check_violation';
    ELSIF NEW.ended_by_id IS NULL AND (NEW.until IS NULL OR NEW.ended_at < NEW.until) THEN
        RAISE EXCEPTION 'patrol_duty %: ends by itself at its time', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- Of this person, not ended, and the same role and office: a duty of somebody else, or of another role, is none.
CREATE FUNCTION public.patrol_duty_taken() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.patrol_duty d WHERE d.id = NEW.duty_id AND d.person_id = NEW.id AND d.ended_at IS NULL
            AND d.role = NEW.role AND d.office_id = NEW.office_id) THEN
        RAISE EXCEPTION 'patrol_person %: no duty of theirs', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.patrol_second_look() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM public.patrol_draw w JOIN public.patrol_decision d ON d.id = w.decision_id
        WHERE w.id = NEW.draw_id AND d.by_id = NEW.by_id) THEN
        RAISE EXCEPTION 'patrol_review %: nobody looks at their own decision a second time', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
ALTER TABLE public.patrol_person ADD CONSTRAINT person_own_station_of_office
    FOREIGN KEY (own_station_id, own_office_id) REFERENCES public.patrol_station (id, office_id);
CREATE TRIGGER content BEFORE INSERT OR UPDATE ON public.patrol_duty FOR EACH ROW EXECUTE FUNCTION public.patrol_duty_content();
CREATE TRIGGER refuse_delete BEFORE DELETE ON public.patrol_duty FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_duty FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER duty_taken BEFORE INSERT OR UPDATE OF duty_id, role, office_id ON public.patrol_person FOR EACH ROW
    WHEN (NEW.duty_id IS NOT NULL) EXECUTE FUNCTION public.patrol_duty_taken();
CREATE TRIGGER second BEFORE INSERT ON public.patrol_review FOR EACH ROW
    WHEN (NEW.step = 'second') EXECUTE FUNCTION public.patrol_second_look();
"""

ROLES = ["officer", "analyst", "supervisor", "registrar", "administrator", "data_protection_officer"]


def to(model, **given):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=model, **({"related_name": "+"} | given))


class Migration(migrations.Migration):
    dependencies = [("patrol", "0100_second_factors")]

    operations = [
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=30, verbose_name="role")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", to(settings.AUTH_USER_MODEL, null=True)),
                ("made_by", to(settings.AUTH_USER_MODEL)),
                ("office", to("patrol.office", verbose_name="office")),
                ("person", to(settings.AUTH_USER_MODEL, related_name="duties")),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "ordering": ["id"],
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None), ("until__isnull", False)), fields=["until"], name="duty_due")
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("role__in", ROLES)), name="duty_role"),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"), name="duty_until_later"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_by", None), ("ended_at__isnull", False), _connector="OR"), name="duty_ended_pair"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("person", "role", "office"), name="duty_held_once"
                    ),
                ],
            },
        ),
        migrations.AddField("person", "duty", to("patrol.duty", null=True, db_index=False)),
        migrations.AddField("person", "own_role", models.CharField(blank=True, max_length=30, default=""), preserve_default=False),
        migrations.AddField("person", "own_office", to("patrol.office", null=True)),
        migrations.AddField("person", "own_station", to("patrol.station", null=True)),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("duty", None), ("own_office", None), ("own_role", ""), ("own_station", None)),
                    models.Q(("duty__isnull", False), ("own_office__isnull", False), ("own_role__in", ROLES)),
                    _connector="OR",
                ),
                name="person_own_duty",
            ),
        ),
        migrations.AddField(
            "appointment",
            "duty",
            models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="appointment", to="patrol.duty"),
        ),
        migrations.RemoveConstraint("appointment", "appointment_kind"),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(
                condition=models.Q(("kind__in", ["made", "changed", "link", "factors", "duty", "kept"])), name="appointment_kind"
            ),
        ),
        migrations.AddConstraint(
            "appointment",
            models.CheckConstraint(condition=models.Q(("kind", "duty")) ^ models.Q(("duty", None)), name="appointment_of_duty"),
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
