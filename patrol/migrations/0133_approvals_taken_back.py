"""What was approved for a peer can be taken back: its end is written once, too (ADR 73)."""

from django.db import migrations

# As in 0132, but that an approval may end.
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
        OR (OLD.approved_at IS NOT NULL AND (OLD.approved_by_id, OLD.approved_at) IS DISTINCT FROM (NEW.approved_by_id, NEW.approved_at))
        OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'patrol_peerexport %: what was asked and answered is written once', OLD.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0132_packages_with_originals")]

    operations = [migrations.RunSQL(CONTENT, migrations.RunSQL.noop)]
