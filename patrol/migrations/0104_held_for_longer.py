"""What the eraser leaves: contacts by which somebody harmed is known, what stood in a case, what a legal hold covers; and parked flags go
as posts nobody flagged do. The note of who looks after somebody harmed no longer stands in a notice as well, which nothing erased."""

from django.conf import settings
from django.db import migrations

FUNCTIONS = """
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
    RETURN public.patrol_blank(wanted, person, asked, NULL, why, moment);
END $$;

-- What holds a post, '' for nothing: words of patrol.evidence.erasing.Hold. Of a ring the posts nobody flagged are held with its flags.
-- A case holds when it is closed too: it is opened again, or asked for by the police, long after.
CREATE OR REPLACE FUNCTION public.patrol_post_held(wanted bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH near AS MATERIALIZED (
    SELECT c.case_id FROM public.patrol_flag f JOIN public.patrol_caseflag c ON c.flag_id = f.id WHERE f.post_id = wanted
    UNION
    SELECT c.case_id FROM public.patrol_linkedpost m JOIN public.patrol_linkedpost o ON o.campaign_id = m.campaign_id
        JOIN public.patrol_flag f ON f.post_id = o.post_id JOIN public.patrol_caseflag c ON c.flag_id = f.id WHERE m.post_id = wanted
)
SELECT CASE
    WHEN EXISTS (SELECT FROM near n JOIN public.patrol_legalhold h ON h.case_id = n.case_id WHERE h.lifted_at IS NULL) THEN 'hold'
    WHEN EXISTS (SELECT FROM near) THEN 'case'
    WHEN EXISTS (SELECT FROM public.patrol_flag f JOIN public.patrol_protection p ON p.flag_id = f.id
        WHERE f.post_id = wanted AND p.state <> 'closed') THEN 'protection'
    WHEN EXISTS (SELECT FROM public.patrol_flag f JOIN public.patrol_decision d ON d.flag_id = f.id
        JOIN public.patrol_objection o ON o.decision_id = d.id WHERE f.post_id = wanted AND o.state = 'entered') THEN 'objection'
    WHEN EXISTS (SELECT FROM public.patrol_tip t WHERE t.post_id = wanted AND t.emptied_at IS NULL
        AND t.state NOT IN ('closed', 'withdrawn')) THEN 'report'
    ELSE '' END
$$;

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
    UPDATE public.patrol_postmark SET indicator_id = NULL WHERE indicator_id = ANY (mine);
    UPDATE public.patrol_tie SET indicator_id = NULL WHERE indicator_id = ANY (mine);
    DELETE FROM public.patrol_accountname WHERE indicator_id = ANY (mine);
    DELETE FROM public.patrol_indicator WHERE id = ANY (mine);
    RETURN gone;
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
    RETURN 1;
END $$;
"""


def replace(apps, schema_editor):
    del apps
    eraser = settings.DATABASE_ERASER_ROLE
    for sql in (
        "UPDATE public.patrol_notice SET note = '' WHERE kind = 'protection_moved' AND note <> ''",
        # Only their owner may replace them.
        f"GRANT CREATE ON SCHEMA public TO {eraser}",
        f"SET LOCAL ROLE {eraser}",
        FUNCTIONS,
        "RESET ROLE",
        f"REVOKE CREATE ON SCHEMA public FROM {eraser}",
    ):
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0103_duty_by_another")]

    operations = [migrations.RunPython(replace, migrations.RunPython.noop)]
