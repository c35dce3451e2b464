"""Addresses of other systems that are sent each change of an office, and what came of each try (ADR 78)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION public.patrol_webhook_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (
        ('active', 'ended'), ('active', 'failing'), ('active', 'paused'), ('failing', 'active'), ('failing', 'ended'),
        ('paused', 'active'), ('paused', 'ended'), ('untried', 'active'), ('untried', 'ended')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_webhook: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;

-- A secret belongs to the address it was given to, and what an office sees to the office.
CREATE FUNCTION public.patrol_webhook_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (OLD.office_id, OLD.address, OLD.made_by_id, OLD.made_at) IS DISTINCT FROM
       (NEW.office_id, NEW.address, NEW.made_by_id, NEW.made_at) THEN
        RAISE EXCEPTION 'patrol_webhook %: office and address are written once', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_webhook FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_webhook_moves();
CREATE TRIGGER kept BEFORE UPDATE ON public.patrol_webhook FOR EACH ROW EXECUTE FUNCTION public.patrol_webhook_kept();
CREATE TRIGGER refuse_delete BEFORE DELETE ON public.patrol_webhook FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0127_tokens_of_offices")]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=300, verbose_name="address")),
                ("types", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40))),
                ("state", models.CharField(default="untried", max_length=20, verbose_name="state")),
                ("sealed", models.TextField(blank=True)),
                ("before_until", models.DateTimeField(null=True)),
                ("cursor", models.CharField(max_length=80)),
                ("arrived_at", models.DateTimeField()),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("made_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="webhooks", to="patrol.office", verbose_name="office"
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "indexes": [models.Index(condition=models.Q(("state", "active")), fields=["id"], name="webhook_active")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["untried", "active", "paused", "failing", "ended"])), name="webhook_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sealed", ""), ("state", "ended")),
                            models.Q(models.Q(("state", "ended"), _negated=True), models.Q(("sealed", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="webhook_sealed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address__startswith", "https://"), ("types__len__gt", 0)), name="webhook_of_something"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "ended"), _negated=True), fields=("office", "address"), name="webhook_address_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("change", models.CharField(max_length=60)),
                ("type", models.CharField(max_length=40)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("at", models.DateTimeField()),
                ("arrived", models.BooleanField()),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("problem", models.CharField(blank=True, max_length=30)),
                ("said", models.CharField(blank=True, max_length=160)),
                (
                    "webhook",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="patrol.webhook"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["webhook", "-id"], name="delivery_newest"),
                    models.Index(fields=["at"], name="delivery_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("arrived", True), models.Q(("problem", ""), _negated=True), _connector="XOR"),
                        name="delivery_problem",
                    )
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
