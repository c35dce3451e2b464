"""Approved referrals on their way by mail, with what the database holds them to."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION public.patrol_sending_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (
        ('asked', 'refused'), ('asked', 'taken_back'), ('asked', 'trying'), ('trying', 'refused'), ('trying', 'sent'),
        ('trying', 'unknown'), ('unknown', 'refused'), ('unknown', 'sent')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_sending: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;

-- It carries out the approval there is, of a round that may go out, for somebody who may send it; and says for ever what it was.
CREATE FUNCTION public.patrol_sending_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE round public.patrol_referral;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'patrol_sending %: is kept', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.referral_id, OLD.address, OLD.files, OLD.approved_by_id, OLD.approved_at, OLD.asked_by_id, OLD.asked_at) IS DISTINCT FROM
           (NEW.referral_id, NEW.address, NEW.files, NEW.approved_by_id, NEW.approved_at, NEW.asked_by_id, NEW.asked_at)
           OR (OLD.message_id <> '' AND OLD.message_id <> NEW.message_id) THEN
            RAISE EXCEPTION 'patrol_sending %: what it is does not change', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO STRICT round FROM public.patrol_referral WHERE id = NEW.referral_id FOR SHARE;
    IF NEW.state <> 'asked' OR NOT round.state IN ('approved', 'contact_failed')
        OR (round.approved_by_id, round.approved_at) IS DISTINCT FROM (NEW.approved_by_id, NEW.approved_at) THEN
        RAISE EXCEPTION 'patrol_referral %: nobody approved this sending', round.number USING ERRCODE = 'check_violation';
    END IF;
    IF round.from_directorate AND NOT EXISTS (
        SELECT FROM public.patrol_person p JOIN public.patrol_office o ON o.id = p.office_id
        WHERE p.id = NEW.asked_by_id AND o.kind = 'directorate') THEN
        RAISE EXCEPTION 'patrol_referral %: goes out from the directorate', round.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

-- While a mail is on its way, or nobody knows whether it arrived, the round stays what it is.
CREATE FUNCTION public.patrol_referral_on_its_way() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.patrol_sending WHERE referral_id = NEW.id AND state IN ('asked', 'trying', 'unknown')) THEN
        RAISE EXCEPTION 'patrol_referral %: is on its way by mail', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_sending FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_sending_moves();
CREATE TRIGGER kept BEFORE INSERT OR UPDATE OR DELETE ON public.patrol_sending FOR EACH ROW
    EXECUTE FUNCTION public.patrol_sending_kept();
CREATE TRIGGER on_its_way BEFORE UPDATE OF state ON public.patrol_referral FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND OLD.state IN ('approved', 'contact_failed'))
    EXECUTE FUNCTION public.patrol_referral_on_its_way();
"""
EVENTS = [
    "drafted",
    "changed",
    "submitted",
    "sent_back",
    "approved",
    "packet_taken",
    "mail_asked",
    "mail_taken_back",
    "mail_refused",
    "mail_unknown",
    "sent",
    "received",
    "contact_failed",
    "no_response",
    "answered",
    "replied",
    "withdrawn",
    "came_back",
]


def guard(apps, schema_editor):
    schema_editor.execute(FUNCTIONS, params=None)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # rows with checks still to come hold their tables
    schema_editor.execute(TRIGGERS, params=None)


def person(**given):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **given)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0059_verifications")]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=200)),
                ("files", models.JSONField()),
                ("approved_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=20)),
                ("message_id", models.CharField(blank=True, max_length=200)),
                ("tried_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("said", models.TextField(blank=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                ("approved_by", person()),
                ("asked_by", person()),
                ("referral", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sendings", to="patrol.referral")),
                ("settled_by", person(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "trying", "sent", "refused", "unknown", "taken_back"])),
                        name="sending_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="sending_settled_pair",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "trying", "unknown"])),
                        fields=("referral",),
                        name="sending_once_on_its_way",
                    ),
                    models.CheckConstraint(condition=models.Q(("address", ""), _negated=True), name="sending_address"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "refused", "taken_back"]),
                            models.Q(("tried_at__isnull", False), models.Q(("message_id", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="sending_tried",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="referralevent", name="referral_event_kind"),
        migrations.AddConstraint(
            model_name="referralevent",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", EVENTS)), name="referral_event_kind"),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
