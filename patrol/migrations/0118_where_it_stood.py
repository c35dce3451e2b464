"""What a post loses beside its words: who wrote it, in which group or chat it stood, what it answers, forwards and is a comment of. In a
chat of two, where it stood is the name or number of a person; that name, given with an import, goes with the note of whoever sent it in.

What it is known again by stays: its address and its number at the platform.
"""

from django.conf import settings
from django.db import migrations

RIGHTS = """
GRANT UPDATE (origin, reply_to, thread, forward_of) ON patrol_post TO {eraser};
GRANT SELECT (options), UPDATE (options) ON patrol_intake TO {eraser};
"""
FUNCTIONS = """
-- As 0104 has it, and beside it: what stands on the post itself.
CREATE OR REPLACE FUNCTION public.patrol_erase(wanted bigint, asked bigint, moment timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE person bigint; why text; post bigint;
BEGIN
    SELECT a.by_id, r.reason || ': ' || r.ground, r.post_id INTO person, why, post
        FROM public.patrol_erasurerequest r JOIN public.patrol_erasureanswer a ON a.request_id = r.id
             JOIN public.patrol_postversion v ON v.post_id = r.post_id
        WHERE r.id = asked AND v.id = wanted AND a.kind = 'approved' AND a.by_id <> r.by_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no approved request to erase version %', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF public.patrol_post_held(post) = 'hold' THEN
        RAISE EXCEPTION 'version % stands under a legal hold', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE public.patrol_post SET author_id = '', origin = '', reply_to = '', thread = '', forward_of = '' WHERE id = post;
    RETURN public.patrol_blank(wanted, person, asked, NULL, why, moment);
END $$;

-- As 0112 has them, and beside it: where the post stood, what it answers and forwards; of an import the chat that was given with it.
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
    UPDATE public.patrol_post SET author_id = '', origin = '', reply_to = '', thread = '', forward_of = '',
        due_at = NULL, lease_token = NULL, lease_until = NULL WHERE id = wanted;
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

CREATE OR REPLACE FUNCTION public.patrol_erase_words(term text, wanted bigint, edition bigint)
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
        UPDATE public.patrol_intake SET name = '', note = '', options = options - 'chat' WHERE id = wanted;
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
"""
# What went before, by its age or by request. A post that has a newer text keeps what is told with that.
BEFORE = """
UPDATE patrol_post p SET author_id = '', origin = '', reply_to = '', thread = '', forward_of = ''
    WHERE (p.author_id, p.origin, p.reply_to, p.thread, p.forward_of) <> ('', '', '', '', '')
      AND p.id IN (SELECT v.post_id FROM patrol_erasure e JOIN patrol_postversion v ON v.id = e.version_id)
      AND NOT EXISTS (SELECT FROM patrol_postversion v WHERE v.post_id = p.id
        AND NOT EXISTS (SELECT FROM patrol_erasure e WHERE e.version_id = v.id));
"""


def guard(apps, schema_editor):
    del apps
    eraser = settings.DATABASE_ERASER_ROLE
    for sql in (
        RIGHTS.format(eraser=eraser),
        BEFORE,
        # Only their owner may replace them.
        f"GRANT CREATE ON SCHEMA public TO {eraser}",
        f"SET LOCAL ROLE {eraser}",
        FUNCTIONS,
        "RESET ROLE",
        f"REVOKE CREATE ON SCHEMA public FROM {eraser}",
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0117_shared_cases_once")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
