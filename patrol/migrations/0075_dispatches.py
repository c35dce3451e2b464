"""Mail addresses of people, the codes that confirm them, and messages to members of staff."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Lower

MOVES = """
CREATE FUNCTION public.patrol_dispatch_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (
        ('asked', 'dropped'), ('asked', 'refused'), ('asked', 'trying'), ('trying', 'asked'), ('trying', 'refused'), ('trying', 'sent'),
        ('trying', 'unknown')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_dispatch: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_dispatch FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_dispatch_moves();
"""


def guard(apps, schema_editor):
    schema_editor.execute(MOVES, params=None)


def person(related_name):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=settings.AUTH_USER_MODEL)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0074_station_of_intakes")]

    operations = [
        migrations.AddField(
            "person", "mail", models.CharField("mail address", blank=True, default="", max_length=200), preserve_default=False
        ),
        migrations.AddConstraint(
            "person", models.UniqueConstraint(Lower("mail"), condition=models.Q(("mail", ""), _negated=True), name="person_mail")
        ),
        migrations.CreateModel(
            name="AddressCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(blank=True, max_length=200)),
                ("nonce", models.CharField(max_length=40)),
                ("expires_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("person", person("address_codes")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("address", ""), _negated=True), fields=("person",), name="address_code_one_open"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=200)),
                ("target", models.JSONField(default=dict)),
                ("state", models.CharField(default="asked", max_length=20)),
                ("asked_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("message_id", models.CharField(blank=True, max_length=200)),
                ("said", models.TextField(blank=True)),
                ("person", person("dispatches")),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "trying", "sent", "refused", "unknown", "dropped"])),
                        name="dispatch_state",
                    ),
                    models.UniqueConstraint(fields=("kind", "key"), name="dispatch_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "refused", "dropped"]), ("tried_at__isnull", False), _connector="OR"),
                        name="dispatch_tried",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
