"""What a merged case asked of others stands in it and hangs on in the case it went into."""

from django.db import migrations

# As in 0055. A case that went into an open one may leave something hanging: that one is not closed before it is finished. Rows are held
# FOR SHARE meanwhile, so that closing and whatever begins to hang wait for each other.
AFTER = """
CREATE OR REPLACE FUNCTION public.patrol_referral_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE was text; place bigint := NEW.case_id; onward bigint;
BEGIN
    LOOP
        SELECT state, merged_into_id INTO STRICT was, onward FROM public.patrol_case WHERE id = place FOR SHARE;
        EXIT WHEN onward IS NULL;
        place := onward;
    END LOOP;
    IF was = 'closed' THEN
        RAISE EXCEPTION 'patrol_referral %: the case is closed', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION public.patrol_case_hanging() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE was text;
BEGIN
    IF NEW.merged_into_id IS NOT NULL THEN
        SELECT state INTO STRICT was FROM public.patrol_case WHERE id = NEW.merged_into_id FOR SHARE;
        IF was <> 'closed' THEN
            RETURN NEW;
        END IF;
    END IF;
    IF EXISTS (
        WITH RECURSIVE tree AS (
            SELECT NEW.id AS id
            UNION SELECT c.id FROM public.patrol_case c JOIN tree t ON c.merged_into_id = t.id)
        SELECT FROM public.patrol_referral r JOIN tree t ON r.case_id = t.id WHERE r.state IN ('approved', 'clarification_asked', 'contact_failed', 'draft', 'received', 'sent', 'submitted')) THEN
        RAISE EXCEPTION 'patrol_case %: a referral hangs', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0065_short_links")]
    operations = [migrations.RunSQL(AFTER, migrations.RunSQL.noop)]
