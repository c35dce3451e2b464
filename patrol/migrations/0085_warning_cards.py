"""Warning cards: two people let one out, and what it says is written once."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION public.patrol_card_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (
        ('proposed', 'released'), ('proposed', 'refused'), ('proposed', 'withdrawn'), ('released', 'withdrawn')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_card: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;

-- What a card says is written once, and it begins as proposed; none goes out while an objection to its decision is open.
CREATE FUNCTION public.patrol_card_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' THEN
            RAISE EXCEPTION 'patrol_card %: begins as proposed', NEW.number USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.number, OLD.case_id, OLD.decision_id, OLD.office_id, OLD.level, OLD.position, OLD.country, OLD.quote, OLD.signs,
        OLD.register_date, OLD.by_id, OLD.at)
            IS DISTINCT FROM
       (NEW.number, NEW.case_id, NEW.decision_id, NEW.office_id, NEW.level, NEW.position, NEW.country, NEW.quote, NEW.signs,
        NEW.register_date, NEW.by_id, NEW.at)
        OR OLD.released_at IS NOT NULL AND (OLD.released_at, OLD.released_by_id) IS DISTINCT FROM (NEW.released_at, NEW.released_by_id) THEN
        RAISE EXCEPTION 'patrol_card %: what it says is written once', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'proposed' AND NEW.state = 'released' AND (
        EXISTS (SELECT FROM public.patrol_decision d JOIN public.patrol_decision x ON x.flag_id = d.flag_id
            JOIN public.patrol_objection o ON o.decision_id = x.id WHERE d.id = NEW.decision_id AND o.state = 'entered')
        OR NOT EXISTS (SELECT FROM public.patrol_decision d JOIN public.patrol_flag f ON f.id = d.flag_id
            WHERE d.id = NEW.decision_id AND f.state = 'confirmed')) THEN
        RAISE EXCEPTION 'patrol_card %: not confirmed, or somebody is heard', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- A card is drawn while it waits for the second person, and no picture is added afterwards.
CREATE FUNCTION public.patrol_card_drawn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE was text;
BEGIN
    SELECT state INTO STRICT was FROM public.patrol_card WHERE id = NEW.card_id FOR SHARE;
    IF was <> 'proposed' THEN
        RAISE EXCEPTION 'patrol_card: pictures are made of what is proposed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_card FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_card_moves();
CREATE TRIGGER pair BEFORE INSERT OR UPDATE OF released_by_id ON public.patrol_card FOR EACH ROW
    WHEN (NEW.released_by_id IS NOT NULL) EXECUTE FUNCTION public.patrol_by_pair('by_id', 'released_by_id', 'released_at');
CREATE TRIGGER content BEFORE INSERT OR UPDATE ON public.patrol_card FOR EACH ROW EXECUTE FUNCTION public.patrol_card_content();
CREATE TRIGGER refuse_delete BEFORE DELETE ON public.patrol_card FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER of_proposed BEFORE INSERT ON public.patrol_cardfile FOR EACH ROW EXECUTE FUNCTION public.patrol_card_drawn();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_cardfile FOR EACH ROW
    EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_cardfile FOR EACH STATEMENT
    EXECUTE FUNCTION public.patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0084_public_desk")]

    operations = [
        migrations.CreateModel(
            name="Card",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="number")),
                ("level", models.CharField(max_length=10)),
                ("position", models.CharField(blank=True, max_length=40)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("quote", models.CharField(max_length=160)),
                ("signs", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20))),
                ("register_date", models.DateField(null=True)),
                ("state", models.CharField(default="proposed", max_length=20, verbose_name="state")),
                ("at", models.DateTimeField(verbose_name="made")),
                ("released_at", models.DateTimeField(null=True, verbose_name="released")),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="patrol.case")),
                ("decision", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cards", to="patrol.decision")),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office", verbose_name="office"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "warning card", "verbose_name_plural": "warning cards"},
        ),
        migrations.CreateModel(
            name="CardFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=2)),
                ("kind", models.CharField(max_length=3)),
                ("at", models.DateTimeField()),
                ("capture", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture")),
                ("card", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="patrol.card")),
            ],
        ),
        migrations.AddIndex(model_name="card", index=models.Index(fields=["office", "-id"], name="card_newest")),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "released", "refused", "withdrawn"])), name="card_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", False), ("released_by__isnull", False)),
                    models.Q(("released_at__isnull", True), ("released_by__isnull", True)),
                    _connector="OR",
                ),
                name="card_released_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    _connector="OR",
                ),
                name="card_ended_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("reason", ""), ("released_at", None), ("state", "proposed")),
                    models.Q(("ended_at", None), ("reason", ""), ("released_at__isnull", False), ("state", "released")),
                    models.Q(
                        ("ended_at__isnull", False), ("released_at", None), ("state", "refused"), models.Q(("reason", ""), _negated=True)
                    ),
                    models.Q(("ended_at__isnull", False), ("state", "withdrawn"), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="card_state_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="card", constraint=models.CheckConstraint(condition=models.Q(("quote", ""), _negated=True), name="card_quote")
        ),
        migrations.AddConstraint(
            model_name="cardfile",
            constraint=models.CheckConstraint(condition=models.Q(("language__in", ["id", "en"])), name="card_file_language"),
        ),
        migrations.AddConstraint(
            model_name="cardfile",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["png", "pdf"])), name="card_file_kind"),
        ),
        migrations.AddConstraint(
            model_name="cardfile", constraint=models.UniqueConstraint(fields=("card", "language", "kind"), name="card_file_once")
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, migrations.RunSQL.noop),
    ]
