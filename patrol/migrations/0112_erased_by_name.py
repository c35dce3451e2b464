"""What staff wrote beside what they sent in, requests of subjects and objections have a time too. What goes by its age and is no post has a
row that names the edition, and the outbox goes by the eraser as the rest does.

Of a contact that went, the hashes by which posts were tied are exchanged for chance: the numbers there are can be tried out in minutes.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_erasedrow
    FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_erasedrow
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""
RIGHTS = """
GRANT INSERT ON patrol_erasedrow TO {eraser};
GRANT SELECT (id, ended_at, name, note), UPDATE (name, note) ON patrol_intake TO {eraser};
GRANT SELECT (intake_id, post_id) ON patrol_seen TO {eraser};
GRANT SELECT (id, answered_at, note, answer), UPDATE (note, answer) ON patrol_subjectrequest TO {eraser};
GRANT SELECT (id, ended_at, answered_at, name, contact, text), UPDATE (name, contact, text) ON patrol_objection TO {eraser};
GRANT SELECT (id, ended_at, message_id, said), UPDATE (message_id, said) ON patrol_dispatch TO {eraser};
GRANT UPDATE (key) ON patrol_postmark, patrol_tie TO {eraser};
"""
# The owner's: of each month of the reading log one row, which says the month.
OWNERS = r"""
CREATE OR REPLACE FUNCTION public.patrol_retention_bounds() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE wrong text;
BEGIN
    IF jsonb_typeof(NEW.times) <> 'object' OR EXISTS (
            SELECT FROM jsonb_each(NEW.times) t WHERE jsonb_typeof(t.value) <> 'null' AND t.value::text !~ '^[0-9]{1,5}$') THEN
        RAISE EXCEPTION 'times of keeping: days, or null' USING ERRCODE = 'check_violation';
    END IF;
    SELECT b.term || ', ' || b.least || ' to ' || b.most INTO wrong
        FROM (VALUES ('unflagged', 90, 730), ('dismissed', 90, 1825), ('victim', 30, 1825), ('profile', 30, 1825), ('intake', 90, 1825),
            ('subject', 365, 3650), ('objector', 365, 3650), ('outbox', 7, 365), ('reading_log', 365, 1825)) AS b (term, least, most)
        WHERE (NEW.times ->> b.term)::int NOT BETWEEN b.least AND b.most LIMIT 1;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'times of keeping: outside its bounds: %', wrong USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION public.patrol_consultation_drop_before(day date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE gone bigint := 0; many bigint; name text; kept text := 'patrol_consultation_' || to_char(day, 'YYYY_MM'); days int; edition bigint;
BEGIN
    IF day > (clock_timestamp() AT TIME ZONE 'UTC')::date - 365 THEN
        RAISE EXCEPTION 'patrol_consultation: a year is kept, % is later', day USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT (e.times ->> 'reading_log')::int, e.id INTO days, edition
        FROM public.patrol_retentionedition e JOIN public.patrol_retentionanswer a ON a.edition_id = e.id
        WHERE a.kind = 'approved' AND a.by_id <> e.by_id ORDER BY a.id DESC LIMIT 1;
    IF days IS NULL OR day > (clock_timestamp() AT TIME ZONE 'UTC')::date - days THEN
        RAISE EXCEPTION 'patrol_consultation: no edition in force lets go what is before %', day USING ERRCODE = 'restrict_violation';
    END IF;
    PERFORM set_config('lock_timeout', '2s', true);
    FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'public.patrol_consultation'::regclass AND c.relname ~ '^patrol_consultation_\d{4}_\d\d$'
          AND c.relname < kept ORDER BY c.relname
    LOOP
        EXECUTE format('SELECT count(*) FROM public.%I', name) INTO many;
        EXECUTE format('DROP TABLE public.%I', name);
        gone := gone + many;
        INSERT INTO public.patrol_erasedrow (term, row, edition_id, at)
            VALUES ('reading_log', replace(right(name, 7), '_', '')::bigint, edition, clock_timestamp());
    END LOOP;
    PERFORM set_config('patrol.lifted', 'patrol_consultation_other', true);
    DELETE FROM public.patrol_consultation_other WHERE at < date_trunc('month', day::timestamp) AT TIME ZONE 'UTC';
    GET DIAGNOSTICS many = ROW_COUNT;
    PERFORM set_config('patrol.lifted', '', true);
    RETURN gone + many;
END $$;
"""
FUNCTIONS = """
-- Words of people beside a thing that stays: 'intake', 'subject', 'objector', 'outbox'. What it is asked of is counted from the day it ended.
CREATE FUNCTION public.patrol_erase_words(term text, wanted bigint, edition bigint)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE days int; since timestamptz; stands boolean := false;
BEGIN
    SELECT t.days INTO days FROM public.patrol_retention_days(term, edition) t;
    IF term = 'intake' THEN
        SELECT ended_at INTO since FROM public.patrol_intake WHERE id = wanted FOR NO KEY UPDATE;
        stands := EXISTS (SELECT FROM public.patrol_seen s JOIN public.patrol_postversion v ON v.post_id = s.post_id
            WHERE s.intake_id = wanted AND NOT EXISTS (SELECT FROM public.patrol_erasure e WHERE e.version_id = v.id));
    ELSIF term = 'subject' THEN
        SELECT answered_at INTO since FROM public.patrol_subjectrequest WHERE id = wanted FOR NO KEY UPDATE;
    ELSIF term = 'objector' THEN
        SELECT GREATEST(o.ended_at, o.answered_at) INTO since FROM public.patrol_objection o WHERE o.id = wanted AND o.ended_at IS NOT NULL
            FOR NO KEY UPDATE;
        stands := EXISTS (SELECT FROM public.patrol_objection o JOIN public.patrol_decision d ON d.id = o.decision_id
            JOIN public.patrol_caseflag c ON c.flag_id = d.flag_id WHERE o.id = wanted);
    ELSIF term = 'outbox' THEN
        SELECT ended_at INTO since FROM public.patrol_dispatch WHERE id = wanted FOR NO KEY UPDATE;
    END IF;
    IF since IS NULL OR since > clock_timestamp() - make_interval(days => days) THEN
        RAISE EXCEPTION '% % is not due', term, wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF stands THEN
        RAISE EXCEPTION '% % is held', term, wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF term = 'intake' THEN
        UPDATE public.patrol_intake SET name = '', note = '' WHERE id = wanted;
    ELSIF term = 'subject' THEN
        UPDATE public.patrol_subjectrequest SET note = '', answer = '-' WHERE id = wanted;
    ELSIF term = 'objector' THEN
        UPDATE public.patrol_objection SET name = '', contact = '', text = '' WHERE id = wanted;
    ELSE
        UPDATE public.patrol_dispatch SET message_id = '', said = '' WHERE id = wanted;
    END IF;
    INSERT INTO public.patrol_erasedrow (term, row, edition_id, at) VALUES (term, wanted, edition, clock_timestamp());
    RETURN 1;
END $$;

-- As 0102 and 0104 have them, and beside it: a row that names what went.
CREATE OR REPLACE FUNCTION public.patrol_erase_victim(wanted bigint, edition bigint)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE days int; since timestamptz; flag bigint;
BEGIN
    SELECT t.days INTO days FROM public.patrol_retention_days('victim', edition) t;
    SELECT flag_id, CASE WHEN state = 'closed' THEN closed_at END INTO flag, since
        FROM public.patrol_protection WHERE id = wanted FOR NO KEY UPDATE;
    IF since IS NULL OR since > clock_timestamp() - make_interval(days => days) THEN
        RAISE EXCEPTION 'protection % is not due', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM public.patrol_caseflag c JOIN public.patrol_case k ON k.id = c.case_id
            WHERE c.flag_id = flag AND (k.state <> 'closed'
                OR EXISTS (SELECT FROM public.patrol_legalhold h WHERE h.case_id = k.id AND h.lifted_at IS NULL))) THEN
        RAISE EXCEPTION 'protection % is held', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE public.patrol_protection SET note = '', handed_to = '' WHERE id = wanted;
    UPDATE public.patrol_protectionevent SET note = '', detail = '' WHERE flag_id = flag AND (note <> '' OR detail <> '');
    INSERT INTO public.patrol_erasedrow (term, row, edition_id, at) VALUES ('victim', wanted, edition, clock_timestamp());
    RETURN 1;
END $$;

CREATE OR REPLACE FUNCTION public.patrol_erase_profile(wanted bigint, edition bigint)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE days int; one public.patrol_profile;
BEGIN
    SELECT t.days INTO days FROM public.patrol_retention_days('profile', edition) t;
    SELECT * INTO one FROM public.patrol_profile WHERE id = wanted FOR UPDATE;
    IF one.id IS NULL OR one.seen_at > clock_timestamp() - make_interval(days => days) THEN
        RAISE EXCEPTION 'profile % is not due', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM public.patrol_indicator i JOIN public.patrol_sighting s ON s.indicator_id = i.id AND s.role = 'author'
            LEFT JOIN public.patrol_flag f ON f.post_id = s.post_id
            WHERE i.kind = 'account'
              AND (f.state NOT IN ('dismissed', 'parked') OR public.patrol_post_held(s.post_id) IN ('hold', 'case'))
              AND (i.value = one.platform || ':' || one.account AND i.own_id = ''
                OR one.account_id <> '' AND i.own_id = one.platform || ':' || one.account_id)) THEN
        RAISE EXCEPTION 'profile % is held', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    DELETE FROM public.patrol_profile WHERE id = wanted;
    INSERT INTO public.patrol_erasedfile AS f (sha256, edition_id, state, why)
        SELECT c.sha256, edition, 'due', '' FROM public.patrol_capture c WHERE c.id = one.capture_id
        ON CONFLICT (sha256) DO UPDATE SET state = 'due', why = '', removed_at = NULL;
    INSERT INTO public.patrol_erasedrow (term, row, edition_id, at) VALUES ('profile', wanted, edition, clock_timestamp());
    RETURN 1;
END $$;

-- As 0104 has it, and beside it: the hashes of a contact that went.
CREATE OR REPLACE FUNCTION public.patrol_erase_due(term text, wanted bigint, edition bigint)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE days int; person bigint; since timestamptz; why text; version bigint; gone int := 0; mine bigint[];
    moment timestamptz := clock_timestamp();
BEGIN
    SELECT t.days, t.person INTO days, person FROM public.patrol_retention_days(term, edition) t;
    PERFORM FROM public.patrol_post WHERE id = wanted FOR NO KEY UPDATE;
    PERFORM FROM public.patrol_flag WHERE post_id = wanted FOR NO KEY UPDATE;
    IF term = 'unflagged' THEN
        SELECT max(v.seen_at) INTO since FROM public.patrol_postversion v WHERE v.post_id = wanted
            AND NOT EXISTS (SELECT FROM public.patrol_flag f WHERE f.post_id = wanted AND f.state <> 'parked');
    ELSIF term = 'dismissed' THEN
        SELECT GREATEST(f.decided_at, max(v.seen_at)) INTO since
            FROM public.patrol_flag f JOIN public.patrol_postversion v ON v.post_id = f.post_id
            WHERE f.post_id = wanted AND f.state = 'dismissed' GROUP BY f.decided_at;
    END IF;
    IF since IS NULL OR since > moment - make_interval(days => days) THEN
        RAISE EXCEPTION 'post % is not due under %', wanted, term USING ERRCODE = 'restrict_violation';
    END IF;
    why := public.patrol_post_held(wanted);
    IF why <> '' THEN
        RAISE EXCEPTION 'post % is held: %', wanted, why USING ERRCODE = 'restrict_violation';
    END IF;
    FOR version IN SELECT v.id FROM public.patrol_postversion v WHERE v.post_id = wanted
        AND NOT EXISTS (SELECT FROM public.patrol_erasure e WHERE e.version_id = v.id) ORDER BY v.number LOOP
        PERFORM public.patrol_blank(version, person, NULL, edition, term, moment);
        gone := gone + 1;
    END LOOP;
    UPDATE public.patrol_post SET author_id = '', due_at = NULL, lease_token = NULL, lease_until = NULL WHERE id = wanted;
    -- That a contact stands in the post of somebody harmed is what hides it in each other post, those to come too. It stays for that.
    IF EXISTS (SELECT FROM public.patrol_flag f JOIN public.patrol_protection p ON p.flag_id = f.id WHERE f.post_id = wanted) THEN
        RETURN gone;
    END IF;
    SELECT array_agg(DISTINCT s.indicator_id) INTO mine FROM public.patrol_sighting s WHERE s.post_id = wanted;
    DELETE FROM public.patrol_sighting WHERE post_id = wanted;
    -- What somebody else is just finding again is theirs; what is locked here and found nowhere else goes.
    SELECT array_agg(i.id) INTO mine FROM (
        SELECT id FROM public.patrol_indicator WHERE id = ANY (mine) ORDER BY id FOR UPDATE SKIP LOCKED) i;
    SELECT array_agg(i.id) INTO mine FROM unnest(mine) AS i (id)
        WHERE NOT EXISTS (SELECT FROM public.patrol_sighting s WHERE s.indicator_id = i.id)
          AND NOT EXISTS (SELECT FROM public.patrol_trusted t WHERE t.indicator_id = i.id)
          AND NOT EXISTS (SELECT FROM public.patrol_referralitem r WHERE r.indicator_id = i.id);
    -- The hash of a number is the number to whoever tries all there are. No later post is tied by it; text and pictures tie as before.
    UPDATE public.patrol_postmark SET indicator_id = NULL, key = md5(gen_random_uuid()::text) WHERE indicator_id = ANY (mine);
    UPDATE public.patrol_tie SET indicator_id = NULL, key = md5(gen_random_uuid()::text) WHERE indicator_id = ANY (mine);
    DELETE FROM public.patrol_accountname WHERE indicator_id = ANY (mine);
    DELETE FROM public.patrol_indicator WHERE id = ANY (mine);
    RETURN gone;
END $$;
"""
# What went before: marks of posts that were erased by their age, of contacts that are there no more.
BEFORE = """
UPDATE public.patrol_postmark m SET key = md5(gen_random_uuid()::text)
    WHERE m.indicator_id IS NULL AND m.kind IN ('bank_account', 'phone', 'account', 'link', 'author', 'handle', 'email')
      AND EXISTS (SELECT FROM public.patrol_erasure e JOIN public.patrol_postversion v ON v.id = e.version_id
        WHERE v.post_id = m.post_id AND e.edition_id IS NOT NULL);
UPDATE public.patrol_tie t SET key = md5(gen_random_uuid()::text)
    WHERE t.indicator_id IS NULL AND t.kind IN ('bank_account', 'phone', 'account', 'link', 'author', 'handle', 'email')
      AND EXISTS (SELECT FROM public.patrol_erasure e JOIN public.patrol_postversion v ON v.id = e.version_id
        WHERE v.post_id IN (t.later_id, t.earlier_id) AND e.edition_id IS NOT NULL);
"""


def guard(apps, schema_editor):
    del apps
    eraser, app = settings.DATABASE_ERASER_ROLE, settings.DATABASES["default"]["USER"]
    words = "patrol_erase_words(text, bigint, bigint)"
    for sql in (
        KEPT,
        RIGHTS.format(eraser=eraser),
        OWNERS,
        BEFORE,
        # Only their owner may replace them.
        f"GRANT CREATE ON SCHEMA public TO {eraser}",
        f"SET LOCAL ROLE {eraser}",
        FUNCTIONS,
        f"REVOKE ALL ON FUNCTION public.{words} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION public.{words} TO {app}",
        "RESET ROLE",
        f"REVOKE CREATE ON SCHEMA public FROM {eraser}",
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0111_linked_logins")]

    operations = [
        migrations.CreateModel(
            name="ErasedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=20)),
                ("row", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="patrol.retentionedition"
                    ),
                ),
            ],
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
