"""Columns, hours and addresses of channels as rows, and which of them a referral was submitted with.

The first edition of each channel is loaded after the migrations (patrol.cases.channel_editions.load). What was submitted before names none.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_channeledition FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_channeledition FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();

-- What was submitted keeps its edition: a later one changes no column, hour or address of what is approved and sent.
CREATE FUNCTION public.patrol_referral_edition() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.state <> 'draft' AND (OLD.state <> 'draft' OR NOT EXISTS (
        SELECT FROM public.patrol_channeledition e WHERE e.id = NEW.edition_id AND e.channel = NEW.channel)) THEN
        RAISE EXCEPTION 'patrol_referral %: its edition is that of its channel and is chosen in a draft alone', OLD.number
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGER = """
CREATE TRIGGER edition BEFORE UPDATE OF edition_id ON public.patrol_referral FOR EACH ROW
    WHEN (OLD.edition_id IS DISTINCT FROM NEW.edition_id) EXECUTE FUNCTION public.patrol_referral_edition();
"""


def guard(apps, schema_editor):
    schema_editor.execute(SQL, params=None)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows with checks still to come hold their tables
    schema_editor.execute(TRIGGER, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0056_seen_again")]

    operations = [
        migrations.CreateModel(
            name="ChannelEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=30)),
                ("number", models.PositiveIntegerField(default=1)),
                ("columns", models.JSONField()),
                ("hours_usual", models.PositiveSmallIntegerField()),
                ("hours_urgent", models.PositiveSmallIntegerField()),
                ("source", models.TextField()),
                ("addresses", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "number"), name="channel_edition_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), ("by__isnull", False), _connector="OR"), name="channel_edition_by"
                    ),
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="channel_edition_source"),
                    models.CheckConstraint(
                        condition=models.Q(("hours_urgent__gte", 1), ("hours_usual__gte", models.F("hours_urgent"))),
                        name="channel_edition_hours",
                    ),
                ]
            },
        ),
        migrations.AddField(
            model_name="referral",
            name="edition",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.channeledition"),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
