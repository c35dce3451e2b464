"""How long what is kept: times by two people, legal holds, and an eraser that takes an approved edition of the times as well as a request.

What is blanked of a version stands once, in patrol_blank, which only the eraser's own functions may call.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = "".join(
    f"CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.{table} FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();\n"
    f"CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();\n"
    for table in ("patrol_retentionedition", "patrol_retentionanswer")
)
TRIGGERS = """
-- Posts are checked again under a new register for 90 days: whatever two people agree on, they are there for so long.
CREATE FUNCTION public.patrol_retention_bounds() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF jsonb_typeof(NEW.times) <> 'object' OR EXISTS (
            SELECT FROM jsonb_each(NEW.times) t WHERE jsonb_typeof(t.value) <> 'null' AND t.value::text !~ '^[0-9]{1,5}$') THEN
        RAISE EXCEPTION 'times of keeping: days, or null' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.times ->> 'unflagged')::int < 90 OR (NEW.times ->> 'dismissed')::int < 90 THEN
        RAISE EXCEPTION 'times of keeping: 90 days or more for posts' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bounds BEFORE INSERT ON public.patrol_retentionedition FOR EACH ROW EXECUTE FUNCTION public.patrol_retention_bounds();

CREATE FUNCTION public.patrol_retention_pair() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE half bigint; why text;
BEGIN
    SELECT by_id INTO STRICT half FROM public.patrol_retentionedition WHERE id = NEW.edition_id;
    IF NEW.kind = 'withdrawn' AND NEW.by_id <> half OR NEW.kind = 'refused' AND NEW.by_id = half THEN
        RAISE EXCEPTION 'patrol_retentionanswer %: not whose word it is', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'approved' THEN
        why := public.patrol_pair_refused(half, NEW.by_id, NEW.at);
        IF why <> '' THEN
            RAISE EXCEPTION 'patrol_retentionanswer %: no second person (%)', NEW.id, why USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pair BEFORE INSERT ON public.patrol_retentionanswer FOR EACH ROW EXECUTE FUNCTION public.patrol_retention_pair();

CREATE FUNCTION public.patrol_legalhold_once() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL
        OR (NEW.id, NEW.case_id, NEW.reason, NEW.by_id, NEW.at) IS DISTINCT FROM (OLD.id, OLD.case_id, OLD.reason, OLD.by_id, OLD.at) THEN
        RAISE EXCEPTION 'patrol_legalhold %: it is lifted once, and nothing else', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER once BEFORE UPDATE OR DELETE ON public.patrol_legalhold FOR EACH ROW EXECUTE FUNCTION public.patrol_legalhold_once();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_legalhold
    FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();
"""

# --- the eraser's ---------------------------------------------------------------------------------

RIGHTS = """
GRANT SELECT ON patrol_retentionedition, patrol_retentionanswer, patrol_legalhold, patrol_caseflag, patrol_sighting, patrol_trusted,
    patrol_referralitem, patrol_protection, patrol_protectionevent, patrol_profile TO {eraser};
GRANT SELECT (id, state) ON patrol_case TO {eraser};
GRANT SELECT (id, state, decided_at) ON patrol_flag TO {eraser};
GRANT SELECT (id, flag_id) ON patrol_decision TO {eraser};
GRANT SELECT (decision_id, state) ON patrol_objection TO {eraser};
GRANT SELECT (post_id, state, emptied_at) ON patrol_tip TO {eraser};
GRANT SELECT (campaign_id) ON patrol_linkedpost TO {eraser};
GRANT SELECT (number, seen_at) ON patrol_postversion TO {eraser};
GRANT SELECT (id), UPDATE (author_id, due_at, lease_token, lease_until) ON patrol_post TO {eraser};
GRANT SELECT (id, kind, value, own_id), UPDATE (last_seen), DELETE ON patrol_indicator TO {eraser};
GRANT DELETE ON patrol_sighting TO {eraser};
GRANT SELECT (indicator_id), DELETE ON patrol_accountname TO {eraser};
GRANT SELECT (indicator_id), UPDATE (indicator_id) ON patrol_postmark, patrol_tie TO {eraser};
GRANT UPDATE (note, handed_to) ON patrol_protection TO {eraser};
GRANT UPDATE (note, detail) ON patrol_protectionevent TO {eraser};
GRANT DELETE, UPDATE (seen_at) ON patrol_profile TO {eraser};
"""
# Of what happened to whoever was harmed the words alone may go, and by the eraser alone.
VICTIMS_WORDS = """
DROP TRIGGER refuse_change ON public.patrol_protectionevent;
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON public.patrol_protectionevent FOR EACH ROW
    WHEN (current_user <> '{eraser}') EXECUTE FUNCTION public.patrol_refuse_change();
"""
FUNCTIONS = """
CREATE FUNCTION public.patrol_blank(wanted bigint, person bigint, asked bigint, edition bigint, why text, moment timestamptz)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE made bigint; held bigint[];
BEGIN
    UPDATE public.patrol_posttext SET text = '', author = '', author_name = '', forward_name = '', links = '[]', media = '[]',
        unknown = '{}', salt = '' WHERE version_id = wanted;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no text of version %', wanted USING ERRCODE = 'no_data_found';
    END IF;
    UPDATE public.patrol_readingclaims SET claims = '[]', picture_texts = '[]', code_texts = '[]', places = '[]'
        WHERE reading_id IN (SELECT id FROM public.patrol_reading WHERE version_id = wanted);
    DELETE FROM public.patrol_postwords WHERE version_id = wanted;
    -- By a request nothing is left that the text could be known again by. By its age it loses its words, and the next copy is still found.
    IF edition IS NULL THEN
        UPDATE public.patrol_flag SET text_bands = '{}' WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted);
        UPDATE public.patrol_linkedpost SET text_bands = '{}', offered = '{}'
            WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted);
        UPDATE public.patrol_shownpicture SET bands = '{}', offered = '{}'
            WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted);
    END IF;
    DELETE FROM public.patrol_pictureread WHERE pixels IN (
        SELECT r.pixels FROM public.patrol_pictureread r JOIN public.patrol_capture c USING (sha256)
        JOIN public.patrol_media m ON m.capture_id = c.id WHERE m.version_id = wanted);
    -- Whoever finds a short link anew waits here, and finds it gone or stays the one that keeps it.
    SELECT array_agg(k.id) INTO held FROM (SELECT id FROM public.patrol_shortlink WHERE id IN (
        SELECT link_id FROM public.patrol_shortlinkuse WHERE version_id = wanted) ORDER BY address FOR UPDATE) k;
    DELETE FROM public.patrol_shortlinkuse WHERE version_id = wanted;
    INSERT INTO public.patrol_erasure (version_id, by_id, request_id, edition_id, reason, at)
        VALUES (wanted, person, asked, edition, why, moment) RETURNING id INTO made;
    -- Archives and screenshots of the post show every version of it. Whether something else needs a file is asked when it is removed.
    INSERT INTO public.patrol_erasedfile AS f (sha256, erasure_id, state, why)
        SELECT DISTINCT c.sha256, made, 'due', '' FROM public.patrol_capture c WHERE c.id IN (
            SELECT capture_id FROM public.patrol_postversion WHERE id = wanted
            UNION SELECT unnest(ARRAY[capture_id, thumbnail_id, masked_id]) FROM public.patrol_media WHERE version_id = wanted
            UNION SELECT id FROM public.patrol_capture WHERE post_id = (SELECT post_id FROM public.patrol_postversion WHERE id = wanted)
            UNION SELECT capture_id FROM public.patrol_shortlink WHERE id = ANY (held) AND capture_id IS NOT NULL)
        ON CONFLICT (sha256) DO UPDATE SET erasure_id = EXCLUDED.erasure_id, state = 'due', why = '', removed_at = NULL;
    DELETE FROM public.patrol_shortlink k WHERE k.id = ANY (held)
        AND NOT EXISTS (SELECT FROM public.patrol_shortlinkuse u WHERE u.link_id = k.id);
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION public.patrol_erase(wanted bigint, asked bigint, moment timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE person bigint; why text;
BEGIN
    SELECT a.by_id, r.reason || ': ' || r.ground INTO person, why
        FROM public.patrol_erasurerequest r JOIN public.patrol_erasureanswer a ON a.request_id = r.id
             JOIN public.patrol_postversion v ON v.post_id = r.post_id
        WHERE r.id = asked AND v.id = wanted AND a.kind = 'approved' AND a.by_id <> r.by_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no approved request to erase version %', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM public.patrol_postversion v JOIN public.patrol_flag f ON f.post_id = v.post_id
            JOIN public.patrol_caseflag c ON c.flag_id = f.id JOIN public.patrol_legalhold h ON h.case_id = c.case_id
            WHERE v.id = wanted AND h.lifted_at IS NULL) THEN
        RAISE EXCEPTION 'version % stands under a legal hold', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN public.patrol_blank(wanted, person, asked, NULL, why, moment);
END $$;

-- The days of a term by the edition in force, and who approved it. An edition that is not approved, or not the one that was last, is none.
CREATE FUNCTION public.patrol_retention_days(wanted text, edition bigint, OUT days int, OUT person bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    SELECT (e.times ->> wanted)::int, a.by_id INTO days, person
        FROM public.patrol_retentionedition e JOIN public.patrol_retentionanswer a ON a.edition_id = e.id
        WHERE e.id = edition AND a.kind = 'approved' AND a.by_id <> e.by_id
          AND NOT EXISTS (SELECT FROM public.patrol_retentionanswer b WHERE b.kind = 'approved' AND b.id > a.id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'edition % is not the one in force', edition USING ERRCODE = 'restrict_violation';
    END IF;
    IF days IS NULL THEN
        RAISE EXCEPTION 'edition % erases nothing of %', edition, wanted USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

-- What holds a post, '' for nothing: words of patrol.evidence.erasing.Hold. Of a ring the posts nobody flagged are held with its flags.
CREATE FUNCTION public.patrol_post_held(wanted bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH near AS MATERIALIZED (
    SELECT c.case_id FROM public.patrol_flag f JOIN public.patrol_caseflag c ON c.flag_id = f.id WHERE f.post_id = wanted
    UNION
    SELECT c.case_id FROM public.patrol_linkedpost m JOIN public.patrol_linkedpost o ON o.campaign_id = m.campaign_id
        JOIN public.patrol_flag f ON f.post_id = o.post_id JOIN public.patrol_caseflag c ON c.flag_id = f.id WHERE m.post_id = wanted
)
SELECT CASE
    WHEN EXISTS (SELECT FROM near n JOIN public.patrol_legalhold h ON h.case_id = n.case_id WHERE h.lifted_at IS NULL) THEN 'hold'
    WHEN EXISTS (SELECT FROM near n JOIN public.patrol_case c ON c.id = n.case_id WHERE c.state <> 'closed') THEN 'case'
    WHEN EXISTS (SELECT FROM public.patrol_flag f JOIN public.patrol_protection p ON p.flag_id = f.id
        WHERE f.post_id = wanted AND p.state <> 'closed') THEN 'protection'
    WHEN EXISTS (SELECT FROM public.patrol_flag f JOIN public.patrol_decision d ON d.flag_id = f.id
        JOIN public.patrol_objection o ON o.decision_id = d.id WHERE f.post_id = wanted AND o.state = 'entered') THEN 'objection'
    WHEN EXISTS (SELECT FROM public.patrol_tip t WHERE t.post_id = wanted AND t.emptied_at IS NULL
        AND t.state NOT IN ('closed', 'withdrawn')) THEN 'report'
    ELSE '' END
$$;

CREATE FUNCTION public.patrol_erase_due(term text, wanted bigint, edition bigint)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE days int; person bigint; since timestamptz; why text; version bigint; gone int := 0; mine bigint[];
    moment timestamptz := clock_timestamp();
BEGIN
    SELECT t.days, t.person INTO days, person FROM public.patrol_retention_days(term, edition) t;
    PERFORM FROM public.patrol_post WHERE id = wanted FOR NO KEY UPDATE;
    PERFORM FROM public.patrol_flag WHERE post_id = wanted FOR NO KEY UPDATE;
    IF term = 'unflagged' THEN
        SELECT max(v.seen_at) INTO since FROM public.patrol_postversion v WHERE v.post_id = wanted
            AND NOT EXISTS (SELECT FROM public.patrol_flag f WHERE f.post_id = wanted);
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

CREATE FUNCTION public.patrol_erase_victim(wanted bigint, edition bigint)
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
    RETURN 1;
END $$;

CREATE FUNCTION public.patrol_erase_profile(wanted bigint, edition bigint)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE days int; one public.patrol_profile;
BEGIN
    SELECT t.days INTO days FROM public.patrol_retention_days('profile', edition) t;
    SELECT * INTO one FROM public.patrol_profile WHERE id = wanted FOR UPDATE;
    IF one.id IS NULL OR one.seen_at > clock_timestamp() - make_interval(days => days) THEN
        RAISE EXCEPTION 'profile % is not due', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM public.patrol_indicator i JOIN public.patrol_sighting s ON s.indicator_id = i.id AND s.role = 'author'
            JOIN public.patrol_flag f ON f.post_id = s.post_id
            WHERE i.kind = 'account' AND f.state <> 'dismissed' AND f.state <> 'parked'
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
OWN = ("patrol_blank(bigint, bigint, bigint, bigint, text, timestamptz)", "patrol_retention_days(text, bigint)", "patrol_post_held(bigint)")
GIVEN = ("patrol_erase_due(text, bigint, bigint)", "patrol_erase_victim(bigint, bigint)", "patrol_erase_profile(bigint, bigint)")


def guard(apps, schema_editor):
    eraser, app = settings.DATABASE_ERASER_ROLE, settings.DATABASES["default"]["USER"]
    for sql in (
        KEPT,
        TRIGGERS,
        RIGHTS.format(eraser=eraser),
        VICTIMS_WORDS.format(eraser=eraser),
        # Only their owner may replace them.
        f"GRANT CREATE ON SCHEMA public TO {eraser}",
        f"SET LOCAL ROLE {eraser}",
        FUNCTIONS,
        *(f"REVOKE ALL ON FUNCTION public.{name} FROM PUBLIC" for name in (*OWN, *GIVEN)),
        *(f"GRANT EXECUTE ON FUNCTION public.{name} TO {app}" for name in GIVEN),
        "RESET ROLE",
        f"REVOKE CREATE ON SCHEMA public FROM {eraser}",
    ):
        schema_editor.execute(sql, params=None)


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def to(model, **given):
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=model, **({"related_name": "+"} | given))


class Migration(migrations.Migration):
    dependencies = [("patrol", "0101_duties")]

    operations = [
        migrations.CreateModel(
            name="RetentionEdition",
            fields=[
                key(),
                ("times", models.JSONField()),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="proposed")),
                ("by", to(settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "times of keeping",
                "verbose_name_plural": "times of keeping",
                "ordering": ["-id"],
                "constraints": [models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="retention_edition_reason")],
            },
        ),
        migrations.CreateModel(
            name="RetentionAnswer",
            fields=[
                key(),
                ("kind", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True)),
                ("by", to(settings.AUTH_USER_MODEL)),
                (
                    "edition",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="answer", to="patrol.retentionedition"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["approved", "refused", "withdrawn"])), name="retention_answer_kind"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                key(),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_why", models.TextField(blank=True)),
                ("by", to(settings.AUTH_USER_MODEL)),
                ("case", to("patrol.case", related_name="holds")),
                ("lifted_by", to(settings.AUTH_USER_MODEL, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            models.Q(("lifted_at__isnull", True), ("lifted_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="legal_hold_lifted_pair",
                    ),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="legal_hold_reason"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_why", "")),
                            models.Q(("lifted_at__isnull", False), models.Q(("lifted_why", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="legal_hold_lifted_why",
                    ),
                    models.UniqueConstraint(condition=models.Q(("lifted_at", None)), fields=("case",), name="legal_hold_one_of_a_case"),
                ]
            },
        ),
        migrations.CreateModel(
            name="RetentionFigure",
            fields=[
                ("term", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("days", models.PositiveIntegerField(null=True)),
                ("due", models.PositiveBigIntegerField()),
                ("held", models.JSONField(default=dict)),
                ("erased", models.PositiveBigIntegerField(default=0)),
                ("counted_at", models.DateTimeField()),
                ("edition", to("patrol.retentionedition", null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BackupKey",
            fields=[
                ("key", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField("erasure", "edition", to("patrol.retentionedition", null=True, related_name="erasures", db_index=False)),
        migrations.AddConstraint(
            "erasure",
            models.CheckConstraint(
                condition=models.Q(("edition", None), ("request", None), _connector="OR"), name="erasure_by_request_or_edition"
            ),
        ),
        migrations.AlterField("erasedfile", "erasure", to("patrol.erasure", null=True, related_name="files")),
        migrations.AddField("erasedfile", "edition", to("patrol.retentionedition", null=True, db_index=False)),
        migrations.AddConstraint(
            "erasedfile",
            models.CheckConstraint(
                condition=models.Q(("edition__isnull", False), ("erasure__isnull", False), _connector="OR"), name="erased_file_of_something"
            ),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
