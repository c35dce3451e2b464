"""A contact is put in while its report comes in and not later; a request is as old as the database says; words that a case held run out."""

from django.db import migrations, models

TRIGGERS = """
-- Whoever may put in and take out could exchange: from the event that says a report came in, it takes no contact any more.
CREATE FUNCTION public.patrol_tipidentity_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM public.patrol_tipevent WHERE tip_id = NEW.tip_id) THEN
        RAISE EXCEPTION 'patrol_tip %: its contact came with it or not at all', NEW.tip_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER once BEFORE INSERT OR UPDATE ON public.patrol_tipidentity FOR EACH ROW EXECUTE FUNCTION public.patrol_tipidentity_once();

-- A request of tomorrow would count among those of the last hour until then, and wait until it is answered.
CREATE FUNCTION public.patrol_identityrequest_now() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF octet_length(NEW.reply_to) <> 32 THEN
        RAISE EXCEPTION 'patrol_identityrequest: a key has 32 bytes' USING ERRCODE = 'check_violation';
    END IF;
    NEW.asked_at := clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER now BEFORE INSERT ON public.patrol_identityrequest FOR EACH ROW EXECUTE FUNCTION public.patrol_identityrequest_now();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0088_objections_of_the_public")]

    operations = [
        migrations.AddIndex(
            model_name="tip",
            index=models.Index(
                fields=["id"],
                condition=models.Q(("emptied_at__isnull", False), models.Q(("words", ""), _negated=True)),
                name="tip_words_stay",
            ),
        ),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
    ]
