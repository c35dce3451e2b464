"""Letters of referrals: letterheads, templates in editions, and the documents that are made, with what the database holds them to."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
-- As 0055 has it, and beside it: whether it has a letter does not change, and a number that was taken is kept.
CREATE OR REPLACE FUNCTION public.patrol_referral_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state <> 'draft' THEN
        RAISE EXCEPTION 'patrol_referral %: begins as a draft', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.number, OLD.case_id, OLD.channel, OLD.from_directorate, OLD.needs_copies, OLD.has_letter, OLD.round, OLD.before_id,
            OLD.wrote_by_id)
            IS DISTINCT FROM
           (NEW.number, NEW.case_id, NEW.channel, NEW.from_directorate, NEW.needs_copies, NEW.has_letter, NEW.round, NEW.before_id,
            NEW.wrote_by_id) THEN
            RAISE EXCEPTION 'patrol_referral %: what it is does not change', OLD.number USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.letter_number <> ''
            AND (OLD.letter_number, OLD.letter_office_id) IS DISTINCT FROM (NEW.letter_number, NEW.letter_office_id) THEN
            RAISE EXCEPTION 'patrol_referral %: its letter keeps its number', OLD.number USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.state <> 'draft'
            AND (OLD.target, OLD.urgent, OLD.together, OLD.facts) IS DISTINCT FROM (NEW.target, NEW.urgent, NEW.together, NEW.facts) THEN
            RAISE EXCEPTION 'patrol_referral %: its content is changed in a draft alone', OLD.number USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

-- Documents are made of what was submitted, while it waits for the second person, and none is added afterwards.
CREATE FUNCTION public.patrol_referral_document_made() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE was record;
BEGIN
    SELECT state, version INTO STRICT was FROM public.patrol_referral WHERE id = NEW.referral_id FOR SHARE;
    IF was.state <> 'submitted' OR was.version <> NEW.version THEN
        RAISE EXCEPTION 'patrol_referral: documents are made of what is submitted' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- Nobody approves a letter that is not there, has an empty slot, or cites an article that nobody confirmed.
CREATE FUNCTION public.patrol_referral_letter_ready() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made record;
BEGIN
    SELECT id, blanks, cited, marked INTO made FROM public.patrol_referralletter
        WHERE referral_id = NEW.id AND version = OLD.version ORDER BY id DESC LIMIT 1;
    IF made.id IS NULL OR (
        SELECT count(*) FROM public.patrol_referraldocument
        WHERE letter_id = made.id AND referral_id = NEW.id AND kind IN ('letter_docx', 'packet')) < 2 THEN
        RAISE EXCEPTION 'patrol_referral %: its documents are not made', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF cardinality(made.blanks) > 0 THEN
        RAISE EXCEPTION 'patrol_referral %: its letter has an empty slot', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    IF made.marked OR EXISTS (
        SELECT FROM unnest(made.cited) AS e(id) WHERE NOT EXISTS (SELECT FROM public.patrol_lawconfirmation c WHERE c.edition_id = e.id)) THEN
        RAISE EXCEPTION 'patrol_referral %: its letter cites an article nobody confirmed', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER of_submitted BEFORE INSERT ON public.patrol_referralletter FOR EACH ROW
    EXECUTE FUNCTION public.patrol_referral_document_made();
CREATE TRIGGER of_submitted BEFORE INSERT ON public.patrol_referraldocument FOR EACH ROW
    EXECUTE FUNCTION public.patrol_referral_document_made();
CREATE TRIGGER letter_ready BEFORE UPDATE OF approved_by_id ON public.patrol_referral FOR EACH ROW
    WHEN (NEW.approved_by_id IS NOT NULL AND OLD.approved_by_id IS NULL AND NEW.has_letter)
    EXECUTE FUNCTION public.patrol_referral_letter_ready();
"""

GUARDS = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""
APPEND_ONLY = ("patrol_letterhead", "patrol_lettertemplate", "patrol_referralletter", "patrol_referraldocument")


def guard(apps, schema_editor):
    # What is still written goes out with a letter; what was submitted or sent without one stays as it is.
    schema_editor.execute(
        "UPDATE public.patrol_referral SET has_letter = true WHERE state = 'draft' AND channel IN"
        " ('komdigi', 'police', 'agency_supervision', 'agency_clarification', 'kemlu', 'victim_handover')"
    )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows with checks still to come hold their tables
    schema_editor.execute(FUNCTIONS, params=None)
    schema_editor.execute(TRIGGERS, params=None)
    for table in APPEND_ONLY:
        schema_editor.execute(GUARDS.format(table=table), params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0057_channel_editions")]

    operations = [
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lines", models.TextField()),
                ("address", models.CharField(max_length=300)),
                ("unit", models.CharField(max_length=40)),
                ("place", models.CharField(max_length=60)),
                ("signer_title", models.CharField(max_length=150)),
                ("signer_name", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "letterhead", "verbose_name_plural": "letterheads"},
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=30, verbose_name="channel")),
                ("code", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=200)),
                ("addressee", models.TextField()),
                ("body", models.TextField()),
                ("copies", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "template of a letter", "verbose_name_plural": "templates of letters"},
        ),
        migrations.CreateModel(
            name="ReferralDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReferralLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("blanks", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
                ("cited", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list)),
                ("marked", models.BooleanField()),
                ("printed", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(model_name="job", name="percent", field=models.PositiveSmallIntegerField(null=True)),
        migrations.AddField(model_name="referral", name="has_letter", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="referral",
            name="letter_number",
            field=models.CharField(blank=True, max_length=120, verbose_name="number of the letter"),
        ),
        migrations.AddField(
            model_name="referral",
            name="letter_office",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office"),
        ),
        migrations.AlterField(model_name="series", name="name", field=models.CharField(max_length=60)),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("letter_number", ""), ("letter_office", None)),
                    models.Q(("has_letter", True), ("letter_office__isnull", False), models.Q(("letter_number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="referral_letter_pair",
            ),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="office",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="letterheads", to="patrol.office"),
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="referraldocument",
            name="capture",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.capture"),
        ),
        migrations.AddField(
            model_name="referraldocument",
            name="referral",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="patrol.referral"),
        ),
        migrations.AddField(
            model_name="referralletter",
            name="letterhead",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.letterhead"),
        ),
        migrations.AddField(
            model_name="referralletter",
            name="referral",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="patrol.referral"),
        ),
        migrations.AddField(
            model_name="referralletter",
            name="template",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.lettertemplate"),
        ),
        migrations.AddField(
            model_name="referraldocument",
            name="letter",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="patrol.referralletter"),
        ),
        migrations.AddConstraint(
            model_name="referraldocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["letter_docx", "letter_pdf", "annex_pdf", "hashes", "packet"])),
                name="referral_document_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="referraldocument", constraint=models.UniqueConstraint(fields=("letter", "kind"), name="referral_document_once")
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
