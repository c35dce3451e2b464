"""The SQL of the migrations up to 0025, as they ran it: nothing here is changed, and no later migration uses it.

A migration calls no code of the product: that moves on, and an upgraded database and a new one would differ.
"""

from __future__ import annotations

from django.conf import settings


def guard_functions_sql() -> str:
    """The trigger functions. `patrol.lifted` names the one table a migration may rewrite; only the table's owner may use it."""
    return """
CREATE OR REPLACE FUNCTION patrol_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('patrol.lifted', true) = TG_TABLE_NAME
       AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION patrol_only_eraser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_user = TG_ARGV[0] THEN
        RETURN NEW;
    END IF;
    IF current_setting('patrol.lifted', true) = TG_TABLE_NAME
       AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION '% changes only through erasure: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


def append_only_sql(table: str) -> str:
    return f"""
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION patrol_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION patrol_refuse_change();
"""


def erasable_sql(table: str) -> str:
    eraser = settings.DATABASE_ERASER_ROLE
    return f"""
CREATE TRIGGER only_eraser BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION patrol_only_eraser('{eraser}');
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION patrol_only_eraser('{eraser}');
"""


def moves_sql(table: str, *moves: tuple[str, str]) -> str:
    """A trigger that refuses a change of `state` off this table."""
    pairs = ", ".join(f"('{before}', '{after}')" for before, after in moves)
    return f"""
CREATE OR REPLACE FUNCTION {table}_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.state, NEW.state) IN ({pairs}) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{table}: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;
CREATE OR REPLACE TRIGGER moves BEFORE UPDATE OF state ON {table}
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION {table}_moves();
"""


def erasure_sql() -> str:
    """One function of the eraser: blanks a version's personal content and writes its Erasure row in the same transaction."""
    eraser, app = settings.DATABASE_ERASER_ROLE, settings.DATABASES["default"]["USER"]
    return f"""
{_erasing_function()}
GRANT USAGE ON SCHEMA public TO {eraser};
GRANT SELECT, UPDATE ON patrol_posttext, patrol_readingclaims TO {eraser};
GRANT SELECT ON patrol_reading TO {eraser};
GRANT INSERT, SELECT ON patrol_erasure TO {eraser};
GRANT USAGE ON SEQUENCE patrol_erasure_id_seq TO {eraser};
GRANT CREATE ON SCHEMA public TO {eraser};
REVOKE ALL ON FUNCTION patrol_erase(bigint, bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION patrol_erase(bigint, bigint, timestamptz) TO {app};
ALTER FUNCTION patrol_erase(bigint, bigint, timestamptz) OWNER TO {eraser};
REVOKE CREATE ON SCHEMA public FROM {eraser};
"""


def erasure_of_bands_sql() -> str:
    """The function anew, and the rights it needs on flags. Only its owner may replace it: the migration acts as the eraser."""
    eraser = settings.DATABASE_ERASER_ROLE
    return f"""
GRANT SELECT (id, post_id) ON patrol_postversion TO {eraser};
GRANT SELECT (post_id), UPDATE (text_bands) ON patrol_flag TO {eraser};
GRANT CREATE ON SCHEMA public TO {eraser};
SET LOCAL ROLE {eraser};
{_erasing_function()}
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM {eraser};
"""


def erasure_of_pictures_sql() -> str:
    """The function anew, which forgets what was read of the version's pictures, and the rights it needs for that."""
    eraser = settings.DATABASE_ERASER_ROLE
    return f"""
GRANT SELECT (version_id, capture_id) ON patrol_media TO {eraser};
GRANT SELECT (id, sha256) ON patrol_capture TO {eraser};
GRANT SELECT, DELETE ON patrol_pictureread TO {eraser};
GRANT CREATE ON SCHEMA public TO {eraser};
SET LOCAL ROLE {eraser};
{_erasing_function()}
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM {eraser};
"""


def erasure_of_words_sql() -> str:
    """The function anew, which deletes the words a post is searched by, and the rights it needs for that."""
    eraser = settings.DATABASE_ERASER_ROLE
    return f"""
GRANT SELECT (version_id), DELETE ON patrol_postwords TO {eraser};
GRANT CREATE ON SCHEMA public TO {eraser};
SET LOCAL ROLE {eraser};
{_erasing_function()}
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM {eraser};
"""


def erasure_of_links_sql() -> str:
    """The function anew, which clears the hashes a text was tied by, and the rights it needs for that."""
    eraser = settings.DATABASE_ERASER_ROLE
    return f"""
GRANT SELECT (post_id), UPDATE (text_bands, offered) ON patrol_linkedpost TO {eraser};
GRANT CREATE ON SCHEMA public TO {eraser};
SET LOCAL ROLE {eraser};
{_erasing_function()}
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM {eraser};
"""


def erasure_of_files_sql() -> str:
    """The function anew, which notes the files that showed the post as due to be removed, and the rights it needs for that."""
    eraser = settings.DATABASE_ERASER_ROLE
    return f"""
GRANT SELECT (capture_id) ON patrol_postversion TO {eraser};
GRANT SELECT (thumbnail_id, masked_id) ON patrol_media TO {eraser};
GRANT SELECT (post_id) ON patrol_capture TO {eraser};
GRANT SELECT, INSERT, UPDATE ON patrol_erasedfile TO {eraser};
GRANT CREATE ON SCHEMA public TO {eraser};
SET LOCAL ROLE {eraser};
{_erasing_function()}
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM {eraser};
"""


def erasure_of_shown_pictures_sql() -> str:
    """The function anew, which clears what pictures are known again by, and the rights it needs for that."""
    eraser = settings.DATABASE_ERASER_ROLE
    return f"GRANT SELECT (post_id), UPDATE (bands, offered) ON patrol_shownpicture TO {eraser};" + erasure_of_links_sql()


def erasure_by_two_sql() -> str:
    """An answer is given once, in time and by another person; the function anew, which erases nothing that was not approved so.

    The function of before, which took anybody's word, goes: it would be a way round.
    """
    eraser, app = settings.DATABASE_ERASER_ROLE, settings.DATABASES["default"]["USER"]
    return f"""
CREATE OR REPLACE FUNCTION patrol_answered_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked patrol_erasurerequest;
BEGIN
    SELECT * INTO STRICT asked FROM patrol_erasurerequest WHERE id = NEW.request_id;
    IF NEW.kind IN ('approved', 'refused') AND NEW.by_id = asked.by_id THEN
        RAISE EXCEPTION '% is answered by another person than who asked', asked.number USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind = 'withdrawn' AND NEW.by_id <> asked.by_id THEN
        RAISE EXCEPTION '% is withdrawn by who asked', asked.number USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.kind = 'ran_out') <> (NEW.at >= asked.until) THEN
        RAISE EXCEPTION '% runs out at %', asked.number, asked.until USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_two BEFORE INSERT ON patrol_erasureanswer FOR EACH ROW EXECUTE FUNCTION patrol_answered_by_two();
GRANT SELECT ON patrol_erasurerequest, patrol_erasureanswer TO {eraser};
GRANT CREATE ON SCHEMA public TO {eraser};
SET LOCAL ROLE {eraser};
DROP FUNCTION IF EXISTS patrol_erase(bigint, bigint, text, timestamptz);
{_erasing_function()}
REVOKE ALL ON FUNCTION patrol_erase(bigint, bigint, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION patrol_erase(bigint, bigint, timestamptz) TO {app};
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM {eraser};
"""


def _erasing_function() -> str:
    """As the migrations up to 0025 make it; today's is that of 0030.

    Names of columns are looked up when it runs: an earlier migration may make it before a column is there.
    """
    return """
CREATE OR REPLACE FUNCTION patrol_erase(wanted bigint, asked bigint, moment timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE made bigint; person bigint; why text;
BEGIN
    SELECT a.by_id, r.reason || ': ' || r.ground INTO person, why
        FROM patrol_erasurerequest r JOIN patrol_erasureanswer a ON a.request_id = r.id
             JOIN patrol_postversion v ON v.post_id = r.post_id
        WHERE r.id = asked AND v.id = wanted AND a.kind = 'approved' AND a.by_id <> r.by_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no approved request to erase version %', wanted USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE patrol_posttext SET text = '', author = '', author_name = '', links = '[]', media = '[]', unknown = '{}', salt = ''
        WHERE version_id = wanted;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no text of version %', wanted USING ERRCODE = 'no_data_found';
    END IF;
    UPDATE patrol_readingclaims SET claims = '[]', picture_texts = '[]', code_texts = '[]', places = '[]'
        WHERE reading_id IN (SELECT id FROM patrol_reading WHERE version_id = wanted);
    UPDATE patrol_flag SET text_bands = '{}' WHERE post_id = (SELECT post_id FROM patrol_postversion WHERE id = wanted);
    DELETE FROM patrol_postwords WHERE version_id = wanted;
    UPDATE patrol_linkedpost SET text_bands = '{}', offered = '{}'
        WHERE post_id = (SELECT post_id FROM patrol_postversion WHERE id = wanted);
    UPDATE patrol_shownpicture SET bands = '{}', offered = '{}' WHERE post_id = (SELECT post_id FROM patrol_postversion WHERE id = wanted);
    DELETE FROM patrol_pictureread WHERE pixels IN (
        SELECT r.pixels FROM patrol_pictureread r JOIN patrol_capture c USING (sha256)
        JOIN patrol_media m ON m.capture_id = c.id WHERE m.version_id = wanted);
    INSERT INTO patrol_erasure (version_id, by_id, request_id, reason, at) VALUES (wanted, person, asked, why, moment)
        RETURNING id INTO made;
    -- Archives and screenshots of the post show every version of it. Whether something else needs a file is asked when it is removed.
    INSERT INTO patrol_erasedfile AS f (sha256, erasure_id, state, why)
        SELECT DISTINCT c.sha256, made, 'due', '' FROM patrol_capture c WHERE c.id IN (
            SELECT capture_id FROM patrol_postversion WHERE id = wanted
            UNION SELECT unnest(ARRAY[capture_id, thumbnail_id, masked_id]) FROM patrol_media WHERE version_id = wanted
            UNION SELECT id FROM patrol_capture WHERE post_id = (SELECT post_id FROM patrol_postversion WHERE id = wanted))
        ON CONFLICT (sha256) DO UPDATE SET erasure_id = EXCLUDED.erasure_id, state = 'due', why = '', removed_at = NULL;
    RETURN made;
END $$;
"""
