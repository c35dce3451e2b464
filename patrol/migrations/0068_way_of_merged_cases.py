"""A merged case leads to an end, and what is merged into a closed one is looked at as what is closed."""

from django.db import migrations

# As in 0066. A case that is merged already and led on to another one is looked at as well, and no case leads back to itself: what asks
# for the end of the way would never come to it. The next row is held meanwhile, so that two who merge crosswise wait for each other.
AFTER = """
CREATE FUNCTION public.patrol_case_way() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM public.patrol_case WHERE id = NEW.merged_into_id FOR SHARE;
    IF EXISTS (
        WITH RECURSIVE way AS (
            SELECT NEW.merged_into_id AS id
            UNION SELECT c.merged_into_id FROM public.patrol_case c JOIN way w ON c.id = w.id WHERE c.merged_into_id IS NOT NULL)
        SELECT FROM way WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'patrol_case %: merged into itself', NEW.number USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER merged_way BEFORE INSERT OR UPDATE OF merged_into_id ON public.patrol_case FOR EACH ROW
    WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION public.patrol_case_way();
DROP TRIGGER hanging ON public.patrol_case;
CREATE TRIGGER hanging BEFORE UPDATE OF state, merged_into_id ON public.patrol_case FOR EACH ROW
    WHEN (NEW.state = 'closed'
          AND (OLD.state IS DISTINCT FROM NEW.state OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id))
    EXECUTE FUNCTION public.patrol_case_hanging();
"""
BEFORE = """
DROP TRIGGER hanging ON public.patrol_case;
CREATE TRIGGER hanging BEFORE UPDATE OF state ON public.patrol_case FOR EACH ROW
    WHEN (NEW.state = 'closed' AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION public.patrol_case_hanging();
DROP TRIGGER merged_way ON public.patrol_case;
DROP FUNCTION public.patrol_case_way();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0067_short_links_wanted")]
    operations = [migrations.RunSQL(AFTER, BEFORE)]
