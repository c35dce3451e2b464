"""A request for a package of a case with originals is one of those for peers, of another kind (ADR 76)."""

from django.db import migrations, models

# As in 0122, with kind and digest.
CONTENT = """
CREATE OR REPLACE FUNCTION public.patrol_peerexport_content() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.approved_at IS NOT NULL OR NEW.ended_at IS NOT NULL THEN
            RAISE EXCEPTION 'patrol_peerexport %: begins without an answer', NEW.number USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.number, OLD.kind, OLD.digest, OLD.case_id, OLD.campaign_id, OLD.office_id, OLD.peer, OLD.purpose, OLD.sharing, OLD.indicators,
        OLD.by_id, OLD.at, OLD.until)
            IS DISTINCT FROM
       (NEW.number, NEW.kind, NEW.digest, NEW.case_id, NEW.campaign_id, NEW.office_id, NEW.peer, NEW.purpose, NEW.sharing, NEW.indicators,
        NEW.by_id, NEW.at, NEW.until)
        OR OLD.approved_at IS NOT NULL OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'patrol_peerexport %: what was asked and answered is written once', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0131_webhooks")]

    operations = [
        migrations.AddField("peerexport", "kind", models.CharField(max_length=20, default="indicators", db_default="indicators")),
        migrations.AddField("peerexport", "digest", models.CharField(max_length=32, blank=True, default="", db_default="")),
        migrations.RemoveConstraint("peerexport", "peer_export_of_something"),
        migrations.AddConstraint(
            "peerexport", models.CheckConstraint(condition=models.Q(("kind__in", ["indicators", "package"])), name="peer_export_kind")
        ),
        migrations.AddConstraint(
            "peerexport",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("digest", ""), ("indicators__len__gt", 0), ("kind", "indicators")),
                        models.Q(models.Q(("digest", ""), _negated=True), ("campaign", None), ("kind", "package")),
                        _connector="OR",
                    ),
                    models.Q(("peer", ""), _negated=True),
                ),
                name="peer_export_of_something",
            ),
        ),
        migrations.RunSQL(CONTENT, migrations.RunSQL.noop),
    ]
