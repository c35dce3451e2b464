"""Exports for peers: two people let one out, and what was asked for is written once (ADR 73)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = """
-- What is asked for is written once and waits then; an answer is given once.
CREATE FUNCTION public.patrol_peerexport_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.approved_at IS NOT NULL OR NEW.ended_at IS NOT NULL THEN
            RAISE EXCEPTION 'patrol_peerexport %: begins without an answer', NEW.number USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.number, OLD.case_id, OLD.campaign_id, OLD.office_id, OLD.peer, OLD.purpose, OLD.sharing, OLD.indicators, OLD.by_id, OLD.at,
        OLD.until)
            IS DISTINCT FROM
       (NEW.number, NEW.case_id, NEW.campaign_id, NEW.office_id, NEW.peer, NEW.purpose, NEW.sharing, NEW.indicators, NEW.by_id, NEW.at,
        NEW.until)
        OR OLD.approved_at IS NOT NULL OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'patrol_peerexport %: what was asked and answered is written once', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TRIGGERS = """
CREATE TRIGGER pair BEFORE INSERT OR UPDATE OF approved_by_id ON public.patrol_peerexport FOR EACH ROW
    WHEN (NEW.approved_by_id IS NOT NULL) EXECUTE FUNCTION public.patrol_by_pair('by_id', 'approved_by_id', 'approved_at');
CREATE TRIGGER content BEFORE INSERT OR UPDATE ON public.patrol_peerexport FOR EACH ROW
    EXECUTE FUNCTION public.patrol_peerexport_content();
CREATE TRIGGER refuse_delete BEFORE DELETE ON public.patrol_peerexport FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
"""


def pair(one, other):
    return models.Q(
        models.Q((f"{one}__isnull", False), (f"{other}__isnull", False)),
        models.Q((f"{one}__isnull", True), (f"{other}__isnull", True)),
        _connector="OR",
    )


def person(**given):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **given)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0120_problems_of_imports")]

    operations = [
        migrations.CreateModel(
            name="PeerExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                ("peer", models.CharField(max_length=120, verbose_name="peer")),
                ("purpose", models.CharField(max_length=20)),
                ("sharing", models.CharField(max_length=10)),
                ("indicators", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ("at", models.DateTimeField(verbose_name="asked")),
                ("until", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True, verbose_name="approved")),
                ("ended_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("approved_by", person(null=True)),
                ("by", person()),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="peer_exports", to="patrol.campaign"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="peer_exports", to="patrol.case"
                    ),
                ),
                ("ended_by", person(null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.office", verbose_name="office"
                    ),
                ),
            ],
            options={
                "verbose_name": "export for a peer",
                "verbose_name_plural": "exports for peers",
                "indexes": [models.Index(fields=["office", "-id"], name="peer_export_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["block", "funds", "investigation", "matching"])), name="peer_export_purpose"
                    ),
                    models.CheckConstraint(condition=models.Q(("sharing__in", ["red", "amber", "green"])), name="peer_export_sharing"),
                    models.CheckConstraint(condition=pair("approved_at", "approved_by"), name="peer_export_approved_pair"),
                    models.CheckConstraint(condition=pair("ended_at", "ended_by"), name="peer_export_ended_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("case", None), ("campaign", None), _connector="XOR"), name="peer_export_of_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("indicators__len__gt", 0), models.Q(("peer", ""), _negated=True)),
                        name="peer_export_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("ended_at", None), ("note", "")), ("ended_at__isnull", False), _connector="OR"),
                        name="peer_export_note",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
