--
-- PostgreSQL database dump
--


-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: btree_gin; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;


--
-- Name: EXTENSION btree_gin; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gin IS 'support for indexing common datatypes in GIN';


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: unaccent; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;


--
-- Name: EXTENSION unaccent; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';


--
-- Name: patrol_answered_by_two(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_answered_by_two() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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


ALTER FUNCTION public.patrol_answered_by_two() OWNER TO sipatrol_owner;

--
-- Name: patrol_bulk_moves(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_bulk_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('cancelled', 'reversed'), ('done', 'reversed'), ('proposed', 'cancelled'), ('proposed', 'refused'), ('proposed', 'running'), ('running', 'cancelled'), ('running', 'done')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_bulk: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;


ALTER FUNCTION public.patrol_bulk_moves() OWNER TO sipatrol_owner;

--
-- Name: patrol_campaign_moves(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_campaign_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('confirmed', 'dissolved'), ('dissolved', 'confirmed'), ('dissolved', 'proposed'), ('proposed', 'confirmed'), ('proposed', 'dissolved')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_campaign: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;


ALTER FUNCTION public.patrol_campaign_moves() OWNER TO sipatrol_owner;

--
-- Name: patrol_case_moves(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_case_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('closed', 'opened'), ('escalated', 'closed'), ('escalated', 'opened'), ('opened', 'closed'), ('opened', 'escalated')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_case: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;


ALTER FUNCTION public.patrol_case_moves() OWNER TO sipatrol_owner;

--
-- Name: patrol_erase(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: public; Owner: sipatrol_eraser
--

CREATE FUNCTION public.patrol_erase(wanted bigint, asked bigint, moment timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
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


ALTER FUNCTION public.patrol_erase(wanted bigint, asked bigint, moment timestamp with time zone) OWNER TO sipatrol_eraser;

--
-- Name: patrol_flag_moves(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_flag_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('confirmed', 'needs_information'), ('confirmed', 'parked'), ('confirmed', 'waiting'), ('dismissed', 'needs_information'), ('dismissed', 'parked'), ('dismissed', 'waiting'), ('needs_information', 'confirmed'), ('needs_information', 'dismissed'), ('needs_information', 'parked'), ('needs_information', 'waiting'), ('parked', 'confirmed'), ('parked', 'dismissed'), ('parked', 'needs_information'), ('parked', 'waiting'), ('waiting', 'confirmed'), ('waiting', 'dismissed'), ('waiting', 'needs_information'), ('waiting', 'parked')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_flag: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;


ALTER FUNCTION public.patrol_flag_moves() OWNER TO sipatrol_owner;

--
-- Name: patrol_only_eraser(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_only_eraser() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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


ALTER FUNCTION public.patrol_only_eraser() OWNER TO sipatrol_owner;

--
-- Name: patrol_protection_moves(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_protection_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('closed', 'new'), ('contacted', 'closed'), ('contacted', 'handed_over'), ('contacted', 'new'), ('handed_over', 'closed'), ('handed_over', 'new'), ('new', 'closed'), ('new', 'contacted'), ('new', 'handed_over')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_protection: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;


ALTER FUNCTION public.patrol_protection_moves() OWNER TO sipatrol_owner;

--
-- Name: patrol_refuse_change(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF current_setting('patrol.lifted', true) = TG_TABLE_NAME
       AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;


ALTER FUNCTION public.patrol_refuse_change() OWNER TO sipatrol_owner;

--
-- Name: patrol_tie_moves(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_tie_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('confirmed', 'cut'), ('proposed', 'confirmed'), ('proposed', 'cut')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_tie: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;


ALTER FUNCTION public.patrol_tie_moves() OWNER TO sipatrol_owner;

--
-- Name: patrol_watch_moves(); Type: FUNCTION; Schema: public; Owner: sipatrol_owner
--

CREATE FUNCTION public.patrol_watch_moves() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF (OLD.state, NEW.state) IN (('active', 'paused'), ('active', 'stopped'), ('paused', 'active'), ('stopped', 'active'), ('stopped', 'paused')) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'patrol_watch: no move from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
END $$;


ALTER FUNCTION public.patrol_watch_moves() OWNER TO sipatrol_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: auth_group; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


ALTER TABLE public.auth_group OWNER TO sipatrol_owner;

--
-- Name: auth_group_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_group_permissions; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.auth_group_permissions OWNER TO sipatrol_owner;

--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: auth_permission; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


ALTER TABLE public.auth_permission OWNER TO sipatrol_owner;

--
-- Name: auth_permission_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_admin_log; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id bigint NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);


ALTER TABLE public.django_admin_log OWNER TO sipatrol_owner;

--
-- Name: django_admin_log_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_content_type; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


ALTER TABLE public.django_content_type OWNER TO sipatrol_owner;

--
-- Name: django_content_type_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_migrations; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE public.django_migrations OWNER TO sipatrol_owner;

--
-- Name: django_migrations_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: django_session; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


ALTER TABLE public.django_session OWNER TO sipatrol_owner;

--
-- Name: patrol_agency; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_agency (
    id bigint NOT NULL,
    name character varying(300) NOT NULL,
    aliases character varying(300)[] NOT NULL,
    sip3mi_number character varying(200) NOT NULL,
    province character varying(100) NOT NULL,
    city character varying(100) NOT NULL,
    address text NOT NULL,
    phones character varying(60)[] NOT NULL,
    websites character varying(300)[] NOT NULL,
    accounts character varying(200)[] NOT NULL,
    gone_since date,
    edition_id bigint NOT NULL
);


ALTER TABLE public.patrol_agency OWNER TO sipatrol_owner;

--
-- Name: patrol_agency_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_agency ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_agency_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_auditentry; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_auditentry (
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    verb character varying(60) NOT NULL,
    actor_id bigint,
    office_id bigint,
    target_type character varying(60) NOT NULL,
    target_id character varying(60) NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    chain_version smallint NOT NULL,
    prev_hash character varying(64) NOT NULL,
    hash character varying(64) NOT NULL,
    CONSTRAINT patrol_auditentry_chain_version_check CHECK ((chain_version >= 0))
);


ALTER TABLE public.patrol_auditentry OWNER TO sipatrol_owner;

--
-- Name: patrol_bulk; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_bulk (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    outcome character varying(20) NOT NULL,
    reason character varying(40) NOT NULL,
    note text NOT NULL,
    state character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_note text NOT NULL,
    approved_by_id bigint,
    by_id bigint NOT NULL,
    ended_by_id bigint,
    office_id bigint NOT NULL,
    CONSTRAINT bulk_approved_pair CHECK ((((approved_at IS NOT NULL) AND (approved_by_id IS NOT NULL)) OR ((approved_at IS NULL) AND (approved_by_id IS NULL)))),
    CONSTRAINT bulk_outcome CHECK (((outcome)::text = ANY ((ARRAY['confirmed'::character varying, 'dismissed'::character varying, 'needs_information'::character varying])::text[]))),
    CONSTRAINT bulk_state CHECK (((state)::text = ANY ((ARRAY['proposed'::character varying, 'running'::character varying, 'done'::character varying, 'cancelled'::character varying, 'refused'::character varying, 'reversed'::character varying])::text[]))),
    CONSTRAINT bulk_two_people CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = by_id) AND (approved_by_id IS NOT NULL)))))
);


ALTER TABLE public.patrol_bulk OWNER TO sipatrol_owner;

--
-- Name: patrol_bulk_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_bulk ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_bulk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_bulkentry; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_bulkentry (
    id bigint NOT NULL,
    seen_version integer NOT NULL,
    copies integer NOT NULL,
    state character varying(10) NOT NULL,
    why character varying(20) NOT NULL,
    bulk_id bigint NOT NULL,
    decision_id bigint,
    flag_id bigint NOT NULL,
    CONSTRAINT bulk_entry_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'done'::character varying, 'left'::character varying, 'returned'::character varying])::text[]))),
    CONSTRAINT patrol_bulkentry_copies_check CHECK ((copies >= 0)),
    CONSTRAINT patrol_bulkentry_seen_version_check CHECK ((seen_version >= 0))
);


ALTER TABLE public.patrol_bulkentry OWNER TO sipatrol_owner;

--
-- Name: patrol_bulkentry_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_bulkentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_bulkentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_campaign; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_campaign (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    name character varying(80) NOT NULL,
    state character varying(20) NOT NULL,
    version integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    grown_at timestamp with time zone NOT NULL,
    posts_count integer NOT NULL,
    merged_into_id bigint,
    CONSTRAINT campaign_merged_is_dissolved CHECK (((merged_into_id IS NULL) OR ((state)::text = 'dissolved'::text))),
    CONSTRAINT campaign_state CHECK (((state)::text = ANY ((ARRAY['proposed'::character varying, 'confirmed'::character varying, 'dissolved'::character varying])::text[]))),
    CONSTRAINT patrol_campaign_posts_count_check CHECK ((posts_count >= 0)),
    CONSTRAINT patrol_campaign_version_check CHECK ((version >= 0))
);


ALTER TABLE public.patrol_campaign OWNER TO sipatrol_owner;

--
-- Name: patrol_campaign_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_campaign ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_campaign_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_campaignevent; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_campaignevent (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    note text NOT NULL,
    told jsonb NOT NULL,
    by_id bigint,
    campaign_id bigint NOT NULL,
    CONSTRAINT campaign_event_kind CHECK (((kind)::text = ANY ((ARRAY['proposed'::character varying, 'confirmed'::character varying, 'named'::character varying, 'tie_confirmed'::character varying, 'tie_cut'::character varying, 'split'::character varying, 'merged'::character varying, 'unmerged'::character varying, 'dissolved'::character varying, 'decided'::character varying, 'decision_reversed'::character varying, 'case_opened'::character varying])::text[])))
);


ALTER TABLE public.patrol_campaignevent OWNER TO sipatrol_owner;

--
-- Name: patrol_campaignevent_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_campaignevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_campaignevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_capture; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_capture (
    id uuid NOT NULL,
    kind character varying(20) NOT NULL,
    relation character varying(20) NOT NULL,
    purpose character varying(20) NOT NULL,
    platform character varying(20) NOT NULL,
    sha256 character varying(64) NOT NULL,
    sha3_512 character varying(128) NOT NULL,
    length bigint NOT NULL,
    media_type character varying(100) NOT NULL,
    truncated boolean NOT NULL,
    asked_url text NOT NULL,
    final_url text NOT NULL,
    hops jsonb NOT NULL,
    status smallint,
    address character varying(60) NOT NULL,
    tls_fingerprint character varying(64) NOT NULL,
    request_headers jsonb NOT NULL,
    headers jsonb NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    clock_source character varying(40) NOT NULL,
    clock_offset_ms integer,
    collector text NOT NULL,
    collector_commit character varying(40) NOT NULL,
    lock_sha256 character varying(64) NOT NULL,
    system character varying(120) NOT NULL,
    host character varying(64) NOT NULL,
    account character varying(60) NOT NULL,
    options jsonb NOT NULL,
    salt character varying(32) NOT NULL,
    commitment character varying(64) NOT NULL,
    of_id uuid,
    person_id bigint,
    fetch_id bigint,
    office_id bigint,
    post_id bigint,
    intake_id bigint,
    job_id bigint,
    CONSTRAINT capture_has_collector CHECK (((fetch_id IS NOT NULL) OR (person_id IS NOT NULL) OR (job_id IS NOT NULL))),
    CONSTRAINT capture_hash_shape CHECK (((sha256)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT patrol_capture_length_check CHECK ((length >= 0)),
    CONSTRAINT patrol_capture_status_check CHECK ((status >= 0))
);


ALTER TABLE public.patrol_capture OWNER TO sipatrol_owner;

--
-- Name: patrol_case; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_case (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    title character varying(150) NOT NULL,
    state character varying(20) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    escalated_at timestamp with time zone,
    closed_at timestamp with time zone,
    version integer NOT NULL,
    closed_by_id bigint,
    escalated_by_id bigint,
    opened_by_id bigint NOT NULL,
    responsible_id bigint,
    office_id bigint NOT NULL,
    CONSTRAINT case_closed_pair CHECK ((((closed_at IS NOT NULL) AND (closed_by_id IS NOT NULL)) OR ((closed_at IS NULL) AND (closed_by_id IS NULL)))),
    CONSTRAINT case_closed_state CHECK ((((closed_at IS NOT NULL) AND ((state)::text = 'closed'::text)) OR ((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL)))),
    CONSTRAINT case_escalated_pair CHECK ((((escalated_at IS NOT NULL) AND (escalated_by_id IS NOT NULL)) OR ((escalated_at IS NULL) AND (escalated_by_id IS NULL)))),
    CONSTRAINT case_escalated_state CHECK (((NOT ((state)::text = 'escalated'::text)) OR (escalated_at IS NOT NULL))),
    CONSTRAINT case_state CHECK (((state)::text = ANY ((ARRAY['opened'::character varying, 'escalated'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT patrol_case_version_check CHECK ((version >= 0))
);


ALTER TABLE public.patrol_case OWNER TO sipatrol_owner;

--
-- Name: patrol_case_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_case ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_caseevent; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_caseevent (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    note text NOT NULL,
    by_id bigint NOT NULL,
    case_id bigint NOT NULL,
    flag_id bigint,
    article character varying(20) NOT NULL,
    CONSTRAINT case_event_kind CHECK (((kind)::text = ANY ((ARRAY['opened'::character varying, 'flag_added'::character varying, 'flag_removed'::character varying, 'escalated'::character varying, 'taken'::character varying, 'returned'::character varying, 'note'::character varying, 'message'::character varying, 'closed'::character varying, 'reopened'::character varying])::text[])))
);


ALTER TABLE public.patrol_caseevent OWNER TO sipatrol_owner;

--
-- Name: patrol_caseevent_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_caseevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_caseevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_caseflag; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_caseflag (
    id bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    added_by_id bigint NOT NULL,
    case_id bigint NOT NULL,
    flag_id bigint NOT NULL
);


ALTER TABLE public.patrol_caseflag OWNER TO sipatrol_owner;

--
-- Name: patrol_caseflag_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_caseflag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_caseflag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_comparison; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_comparison (
    id bigint NOT NULL,
    same boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    CONSTRAINT comparison_in_order CHECK ((first_id < second_id))
);


ALTER TABLE public.patrol_comparison OWNER TO sipatrol_owner;

--
-- Name: patrol_comparison_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_comparison ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_comparison_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_credential; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_credential (
    id bigint NOT NULL,
    platform character varying(20) NOT NULL,
    name character varying(100) NOT NULL,
    sealed text NOT NULL,
    expires_at timestamp with time zone,
    refused_at timestamp with time zone,
    refusal jsonb,
    changed_at timestamp with time zone NOT NULL,
    retired_at timestamp with time zone,
    changed_by_id bigint,
    CONSTRAINT credential_refusal_pair CHECK ((((refusal IS NOT NULL) AND (refused_at IS NOT NULL)) OR ((refusal IS NULL) AND (refused_at IS NULL))))
);


ALTER TABLE public.patrol_credential OWNER TO sipatrol_owner;

--
-- Name: patrol_credential_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_credential ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_credential_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_decision; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_decision (
    id bigint NOT NULL,
    decision_key uuid NOT NULL,
    outcome character varying(20) NOT NULL,
    reason character varying(40) NOT NULL,
    note text NOT NULL,
    at timestamp with time zone NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    batch uuid,
    state_before character varying(20) NOT NULL,
    state_after character varying(20) NOT NULL,
    level_then character varying(10) NOT NULL,
    by_id bigint NOT NULL,
    reverses_id bigint,
    flag_id bigint NOT NULL,
    check_then_id bigint NOT NULL,
    CONSTRAINT decision_effect_after CHECK ((effective_at >= at)),
    CONSTRAINT decision_outcome CHECK (((outcome)::text = ANY ((ARRAY['confirmed'::character varying, 'dismissed'::character varying, 'needs_information'::character varying, 'victim'::character varying, 'reversed'::character varying])::text[]))),
    CONSTRAINT decision_reverses_pair CHECK (((((outcome)::text = 'reversed'::text) AND (reverses_id IS NOT NULL)) OR ((NOT ((outcome)::text = 'reversed'::text)) AND (reverses_id IS NULL))))
);


ALTER TABLE public.patrol_decision OWNER TO sipatrol_owner;

--
-- Name: patrol_decision_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_device; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_device (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    token_sha256 character varying(64) NOT NULL,
    paired_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    person_id bigint NOT NULL
);


ALTER TABLE public.patrol_device OWNER TO sipatrol_owner;

--
-- Name: patrol_device_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_device ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_device_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_draw; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_draw (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    decision_id bigint,
    flag_id bigint NOT NULL,
    office_id bigint NOT NULL,
    CONSTRAINT draw_decision_pair CHECK ((((decision_id IS NULL) AND ((kind)::text = 'low'::text)) OR ((decision_id IS NOT NULL) AND ((kind)::text = 'second'::text)))),
    CONSTRAINT draw_kind CHECK (((kind)::text = ANY ((ARRAY['low'::character varying, 'second'::character varying])::text[])))
);


ALTER TABLE public.patrol_draw OWNER TO sipatrol_owner;

--
-- Name: patrol_draw_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_draw ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_draw_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_erasedfile; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_erasedfile (
    sha256 character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    why character varying(20) NOT NULL,
    removed_at timestamp with time zone,
    erasure_id bigint NOT NULL,
    CONSTRAINT erased_file_removed_pair CHECK ((((removed_at IS NOT NULL) AND ((state)::text = 'removed'::text)) OR ((NOT ((state)::text = 'removed'::text)) AND (removed_at IS NULL)))),
    CONSTRAINT erased_file_state CHECK (((state)::text = ANY ((ARRAY['due'::character varying, 'removed'::character varying, 'kept'::character varying])::text[])))
);


ALTER TABLE public.patrol_erasedfile OWNER TO sipatrol_owner;

--
-- Name: patrol_erasure; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_erasure (
    id bigint NOT NULL,
    reason text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    version_id bigint NOT NULL,
    request_id bigint
);


ALTER TABLE public.patrol_erasure OWNER TO sipatrol_owner;

--
-- Name: patrol_erasure_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_erasure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_erasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_erasureanswer; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_erasureanswer (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    note text NOT NULL,
    by_id bigint,
    request_id bigint NOT NULL,
    CONSTRAINT erasure_answer_by_somebody CHECK ((((by_id IS NULL) AND ((kind)::text = 'ran_out'::text)) OR ((NOT ((kind)::text = 'ran_out'::text)) AND (by_id IS NOT NULL)))),
    CONSTRAINT erasure_answer_kind CHECK (((kind)::text = ANY ((ARRAY['approved'::character varying, 'refused'::character varying, 'withdrawn'::character varying, 'ran_out'::character varying])::text[])))
);


ALTER TABLE public.patrol_erasureanswer OWNER TO sipatrol_owner;

--
-- Name: patrol_erasureanswer_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_erasureanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_erasureanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_erasurerequest; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_erasurerequest (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    reason character varying(20) NOT NULL,
    ground text NOT NULL,
    versions integer NOT NULL,
    files integer NOT NULL,
    at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    post_id bigint NOT NULL,
    CONSTRAINT erasure_request_ground CHECK ((NOT (ground = ''::text))),
    CONSTRAINT erasure_request_runs_out CHECK ((until > at)),
    CONSTRAINT patrol_erasurerequest_files_check CHECK ((files >= 0)),
    CONSTRAINT patrol_erasurerequest_versions_check CHECK ((versions >= 0))
);


ALTER TABLE public.patrol_erasurerequest OWNER TO sipatrol_owner;

--
-- Name: patrol_erasurerequest_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_erasurerequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_erasurerequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_exposure; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_exposure (
    id bigint NOT NULL,
    day date NOT NULL,
    pictures integer NOT NULL,
    severe integer NOT NULL,
    severe_seconds integer NOT NULL,
    work_seconds integer NOT NULL,
    seen_at timestamp with time zone,
    working_since timestamp with time zone,
    reminded_at timestamp with time zone,
    reminded_severe integer NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT patrol_exposure_pictures_check CHECK ((pictures >= 0)),
    CONSTRAINT patrol_exposure_reminded_severe_check CHECK ((reminded_severe >= 0)),
    CONSTRAINT patrol_exposure_severe_check CHECK ((severe >= 0)),
    CONSTRAINT patrol_exposure_severe_seconds_check CHECK ((severe_seconds >= 0)),
    CONSTRAINT patrol_exposure_work_seconds_check CHECK ((work_seconds >= 0))
);


ALTER TABLE public.patrol_exposure OWNER TO sipatrol_owner;

--
-- Name: patrol_exposure_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_exposure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_exposure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_fetch; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_fetch (
    id bigint NOT NULL,
    token uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    outcome character varying(20),
    pages integer NOT NULL,
    posts_seen integer NOT NULL,
    posts_new integer NOT NULL,
    posts_changed integer NOT NULL,
    problems jsonb NOT NULL,
    watch_id bigint NOT NULL,
    CONSTRAINT fetch_end_pair CHECK ((((ended_at IS NOT NULL) AND (outcome IS NOT NULL)) OR ((ended_at IS NULL) AND (outcome IS NULL)))),
    CONSTRAINT patrol_fetch_pages_check CHECK ((pages >= 0)),
    CONSTRAINT patrol_fetch_posts_changed_check CHECK ((posts_changed >= 0)),
    CONSTRAINT patrol_fetch_posts_new_check CHECK ((posts_new >= 0)),
    CONSTRAINT patrol_fetch_posts_seen_check CHECK ((posts_seen >= 0))
);


ALTER TABLE public.patrol_fetch OWNER TO sipatrol_owner;

--
-- Name: patrol_fetch_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_fetch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_fetch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_finding; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_finding (
    id bigint NOT NULL,
    rule character varying(60) NOT NULL,
    rule_version integer NOT NULL,
    points double precision NOT NULL,
    reason_id text NOT NULL,
    reason_en text NOT NULL,
    parameters jsonb NOT NULL,
    kinds character varying(30)[] NOT NULL,
    spans jsonb NOT NULL,
    sources character varying(20)[] NOT NULL,
    check_of_id bigint NOT NULL,
    CONSTRAINT patrol_finding_rule_version_check CHECK ((rule_version >= 0))
);


ALTER TABLE public.patrol_finding OWNER TO sipatrol_owner;

--
-- Name: patrol_finding_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_finding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_finding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_flag; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_flag (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    state character varying(20) NOT NULL,
    level character varying(10) NOT NULL,
    level_rank smallint NOT NULL,
    score smallint NOT NULL,
    kinds character varying(30)[] NOT NULL,
    gist_id character varying(120) NOT NULL,
    gist_en character varying(120) NOT NULL,
    row_key character varying(40) NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    snoozed_until timestamp with time zone,
    lease_since timestamp with time zone,
    lease_until timestamp with time zone,
    version integer NOT NULL,
    lease_person_id bigint,
    current_check_id bigint NOT NULL,
    office_id bigint NOT NULL,
    post_id bigint NOT NULL,
    text_bands integer[] NOT NULL,
    urgency smallint GENERATED ALWAYS AS (
CASE
    WHEN (mod(((((((((6 * get_byte(sha256((('level '::text || (id)::text))::bytea), 0)) + (6 * get_byte(sha256((('level '::text || (id)::text))::bytea), 1))) + (6 * get_byte(sha256((('level '::text || (id)::text))::bytea), 2))) + (6 * get_byte(sha256((('level '::text || (id)::text))::bytea), 3))) + (6 * get_byte(sha256((('level '::text || (id)::text))::bytea), 4))) + (6 * get_byte(sha256((('level '::text || (id)::text))::bytea), 5))) + (6 * get_byte(sha256((('level '::text || (id)::text))::bytea), 6))) + (1 * get_byte(sha256((('level '::text || (id)::text))::bytea), 7))), 10) = 0) THEN 0
    ELSE (3 - level_rank)
END) STORED,
    CONSTRAINT flag_decided_pair CHECK ((((decided_at IS NOT NULL) AND ((state)::text = ANY ((ARRAY['confirmed'::character varying, 'dismissed'::character varying])::text[]))) OR ((decided_at IS NULL) AND ((state)::text = ANY ((ARRAY['parked'::character varying, 'waiting'::character varying, 'needs_information'::character varying])::text[]))))),
    CONSTRAINT flag_lease_pair CHECK ((((lease_person_id IS NOT NULL) AND (lease_since IS NOT NULL) AND (lease_until IS NOT NULL)) OR ((lease_person_id IS NULL) AND (lease_since IS NULL) AND (lease_until IS NULL)))),
    CONSTRAINT flag_level CHECK (((level)::text = ANY ((ARRAY['none'::character varying, 'low'::character varying, 'medium'::character varying, 'high'::character varying])::text[]))),
    CONSTRAINT flag_state CHECK (((state)::text = ANY ((ARRAY['parked'::character varying, 'waiting'::character varying, 'needs_information'::character varying, 'confirmed'::character varying, 'dismissed'::character varying])::text[]))),
    CONSTRAINT patrol_flag_level_rank_check CHECK ((level_rank >= 0)),
    CONSTRAINT patrol_flag_score_check CHECK ((score >= 0)),
    CONSTRAINT patrol_flag_version_check CHECK ((version >= 0))
);


ALTER TABLE public.patrol_flag OWNER TO sipatrol_owner;

--
-- Name: patrol_flag_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_flag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_flag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_flagevent; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_flagevent (
    id bigint NOT NULL,
    kind character varying(30) NOT NULL,
    at timestamp with time zone NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    by_id bigint,
    flag_id bigint NOT NULL,
    check_then_id bigint
);


ALTER TABLE public.patrol_flagevent OWNER TO sipatrol_owner;

--
-- Name: patrol_flagevent_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_flagevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_flagevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_heartbeat; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_heartbeat (
    name character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL
);


ALTER TABLE public.patrol_heartbeat OWNER TO sipatrol_owner;

--
-- Name: patrol_hostpace; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_hostpace (
    host character varying(253) NOT NULL,
    tokens double precision NOT NULL,
    filled_at timestamp with time zone NOT NULL,
    closed_until timestamp with time zone
);


ALTER TABLE public.patrol_hostpace OWNER TO sipatrol_owner;

--
-- Name: patrol_indicator; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_indicator (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    value character varying(500) NOT NULL,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL
);


ALTER TABLE public.patrol_indicator OWNER TO sipatrol_owner;

--
-- Name: patrol_indicator_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_indicator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_indicator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_intake; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_intake (
    id bigint NOT NULL,
    key uuid NOT NULL,
    kind character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    name character varying(300) NOT NULL,
    format character varying(30) NOT NULL,
    options jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    note text NOT NULL,
    state character varying(20) NOT NULL,
    items integer NOT NULL,
    posts_new integer NOT NULL,
    posts_changed integer NOT NULL,
    posts_repeated integer NOT NULL,
    problems jsonb NOT NULL,
    bad integer NOT NULL,
    "left" jsonb NOT NULL,
    ended_at timestamp with time zone,
    device_id bigint,
    office_id bigint NOT NULL,
    person_id bigint NOT NULL,
    CONSTRAINT intake_kind CHECK (((kind)::text = ANY ((ARRAY['capture'::character varying, 'upload'::character varying, 'import'::character varying, 'noted'::character varying])::text[]))),
    CONSTRAINT intake_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'done'::character varying, 'failed'::character varying])::text[]))),
    CONSTRAINT patrol_intake_bad_check CHECK ((bad >= 0)),
    CONSTRAINT patrol_intake_items_check CHECK ((items >= 0)),
    CONSTRAINT patrol_intake_posts_changed_check CHECK ((posts_changed >= 0)),
    CONSTRAINT patrol_intake_posts_new_check CHECK ((posts_new >= 0)),
    CONSTRAINT patrol_intake_posts_repeated_check CHECK ((posts_repeated >= 0))
);


ALTER TABLE public.patrol_intake OWNER TO sipatrol_owner;

--
-- Name: patrol_intake_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_intake ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_intake_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_job; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_job (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(200) NOT NULL,
    target jsonb NOT NULL,
    state character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    lease_token uuid,
    attempts smallint NOT NULL,
    ended_at timestamp with time zone,
    problem jsonb,
    by_id bigint,
    CONSTRAINT job_end_pair CHECK ((((ended_at IS NULL) AND ((state)::text = 'waiting'::text)) OR ((NOT ((state)::text = 'waiting'::text)) AND (ended_at IS NOT NULL)))),
    CONSTRAINT job_lease_pair CHECK ((((lease_token IS NOT NULL) AND (lease_until IS NOT NULL)) OR ((lease_token IS NULL) AND (lease_until IS NULL)))),
    CONSTRAINT job_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'done'::character varying, 'given_up'::character varying])::text[]))),
    CONSTRAINT patrol_job_attempts_check CHECK ((attempts >= 0))
);


ALTER TABLE public.patrol_job OWNER TO sipatrol_owner;

--
-- Name: patrol_job_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_job ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_job_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_keywordpack; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_keywordpack (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    about character varying(20) NOT NULL,
    words character varying(100)[] NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by_id bigint,
    CONSTRAINT pack_about CHECK (((about)::text = ANY ((ARRAY['destinations'::character varying, 'positions'::character varying, 'lures'::character varying, 'other'::character varying])::text[])))
);


ALTER TABLE public.patrol_keywordpack OWNER TO sipatrol_owner;

--
-- Name: patrol_keywordpack_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_keywordpack ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_keywordpack_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_licence; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_licence (
    id bigint NOT NULL,
    number character varying(200) NOT NULL,
    country character varying(2) NOT NULL,
    positions character varying(200)[] NOT NULL,
    employer character varying(300) NOT NULL,
    quota integer,
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    status character varying(20) NOT NULL,
    status_from date,
    gone_since date,
    agency_id bigint NOT NULL,
    edition_id bigint NOT NULL,
    CONSTRAINT licence_order CHECK ((valid_to >= valid_from)),
    CONSTRAINT licence_status CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'revoked'::character varying, 'exhausted'::character varying])::text[]))),
    CONSTRAINT patrol_licence_quota_check CHECK ((quota >= 0))
);


ALTER TABLE public.patrol_licence OWNER TO sipatrol_owner;

--
-- Name: patrol_licence_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_licence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_licence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_licencecheck; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_licencecheck (
    id bigint NOT NULL,
    rules_version character varying(16) NOT NULL,
    day date NOT NULL,
    verdict character varying(30) NOT NULL,
    agency character varying(300) NOT NULL,
    licence_number character varying(200) NOT NULL,
    register_date date,
    reason_id text NOT NULL,
    reason_en text NOT NULL,
    notes jsonb NOT NULL,
    others jsonb NOT NULL,
    contact_own boolean,
    score smallint NOT NULL,
    level character varying(10) NOT NULL,
    kinds character varying(30)[] NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    reading_id bigint NOT NULL,
    edition_id bigint,
    CONSTRAINT check_edition_pair CHECK ((((edition_id IS NOT NULL) AND (register_date IS NOT NULL)) OR ((edition_id IS NULL) AND (register_date IS NULL)))),
    CONSTRAINT check_level CHECK (((level)::text = ANY ((ARRAY['none'::character varying, 'low'::character varying, 'medium'::character varying, 'high'::character varying])::text[]))),
    CONSTRAINT check_verdict CHECK (((verdict)::text = ANY ((ARRAY['not_an_offer'::character varying, 'exempt'::character varying, 'cannot_check'::character varying, 'agency_revoked'::character varying, 'agency_suspended'::character varying, 'licence_not_found'::character varying, 'licence_mismatch'::character varying, 'licence_revoked'::character varying, 'licence_expired'::character varying, 'licence_not_yet_valid'::character varying, 'licensed'::character varying, 'no_licence_for_offer'::character varying, 'agency_not_found'::character varying, 'no_licence_shown'::character varying])::text[]))),
    CONSTRAINT patrol_licencecheck_score_check CHECK ((score >= 0))
);


ALTER TABLE public.patrol_licencecheck OWNER TO sipatrol_owner;

--
-- Name: patrol_licencecheck_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_licencecheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_licencecheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_linkedpost; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_linkedpost (
    post_id bigint NOT NULL,
    joined_at timestamp with time zone,
    follows boolean NOT NULL,
    offered jsonb NOT NULL,
    text_bands integer[] NOT NULL,
    linked_at timestamp with time zone,
    campaign_id bigint,
    ways smallint NOT NULL,
    CONSTRAINT linked_post_joined_pair CHECK ((((campaign_id IS NOT NULL) AND (joined_at IS NOT NULL)) OR ((campaign_id IS NULL) AND (joined_at IS NULL)))),
    CONSTRAINT patrol_linkedpost_ways_check CHECK ((ways >= 0))
);


ALTER TABLE public.patrol_linkedpost OWNER TO sipatrol_owner;

--
-- Name: patrol_media; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_media (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    kind character varying(20) NOT NULL,
    state character varying(20) NOT NULL,
    width integer,
    height integer,
    problem jsonb,
    capture_id uuid,
    masked_id uuid,
    thumbnail_id uuid,
    version_id bigint NOT NULL,
    CONSTRAINT media_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'kept'::character varying, 'refused'::character varying, 'missing'::character varying, 'left'::character varying])::text[]))),
    CONSTRAINT patrol_media_height_check CHECK ((height >= 0)),
    CONSTRAINT patrol_media_position_check CHECK (("position" >= 0)),
    CONSTRAINT patrol_media_width_check CHECK ((width >= 0))
);


ALTER TABLE public.patrol_media OWNER TO sipatrol_owner;

--
-- Name: patrol_media_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_media ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_media_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_notice; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_notice (
    id bigint NOT NULL,
    kind character varying(30) NOT NULL,
    at timestamp with time zone NOT NULL,
    note text NOT NULL,
    read_at timestamp with time zone,
    by_id bigint,
    case_id bigint,
    flag_id bigint,
    office_id bigint,
    person_id bigint,
    read_by_id bigint,
    erasure_id bigint,
    CONSTRAINT notice_for_one CHECK ((((person_id IS NOT NULL) OR (office_id IS NOT NULL)) AND (1 = (
CASE
    WHEN (person_id IS NOT NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (office_id IS NOT NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT notice_read_pair CHECK ((((read_at IS NOT NULL) AND (read_by_id IS NOT NULL)) OR ((read_at IS NULL) AND (read_by_id IS NULL))))
);


ALTER TABLE public.patrol_notice OWNER TO sipatrol_owner;

--
-- Name: patrol_notice_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_office; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_office (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name character varying(100) NOT NULL,
    short_name character varying(30) NOT NULL,
    kind character varying(20) NOT NULL,
    provinces character varying(2)[] NOT NULL,
    zone character varying(40) NOT NULL,
    active boolean NOT NULL,
    CONSTRAINT office_kind CHECK (((kind)::text = ANY ((ARRAY['bp3mi'::character varying, 'directorate'::character varying])::text[]))),
    CONSTRAINT office_zone CHECK (((zone)::text = ANY ((ARRAY['Asia/Jakarta'::character varying, 'Asia/Makassar'::character varying, 'Asia/Jayapura'::character varying])::text[])))
);


ALTER TABLE public.patrol_office OWNER TO sipatrol_owner;

--
-- Name: patrol_office_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_office ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_office_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_officecare; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_officecare (
    office_id bigint NOT NULL,
    veil character varying(10) NOT NULL,
    break_minutes smallint NOT NULL,
    break_severe smallint NOT NULL,
    CONSTRAINT office_care_veil CHECK (((veil)::text = ANY ((ARRAY['blur'::character varying, 'grey'::character varying, 'colour'::character varying])::text[]))),
    CONSTRAINT patrol_officecare_break_minutes_check CHECK ((break_minutes >= 0)),
    CONSTRAINT patrol_officecare_break_severe_check CHECK ((break_severe >= 0))
);


ALTER TABLE public.patrol_officecare OWNER TO sipatrol_owner;

--
-- Name: patrol_othername; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_othername (
    platform character varying(20) NOT NULL,
    external_id character varying(500) NOT NULL,
    post_id bigint NOT NULL
);


ALTER TABLE public.patrol_othername OWNER TO sipatrol_owner;

--
-- Name: patrol_owncare; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_owncare (
    person_id bigint NOT NULL,
    veil character varying(10) NOT NULL,
    break_minutes smallint,
    break_severe smallint,
    spared boolean NOT NULL,
    language character varying(2) NOT NULL,
    CONSTRAINT own_care_veil CHECK (((veil)::text = ANY ((ARRAY[''::character varying, 'blur'::character varying, 'grey'::character varying, 'colour'::character varying])::text[]))),
    CONSTRAINT patrol_owncare_break_minutes_check CHECK ((break_minutes >= 0)),
    CONSTRAINT patrol_owncare_break_severe_check CHECK ((break_severe >= 0))
);


ALTER TABLE public.patrol_owncare OWNER TO sipatrol_owner;

--
-- Name: patrol_ownsettings; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_ownsettings (
    person_id bigint NOT NULL,
    keys_on boolean NOT NULL,
    keys jsonb NOT NULL,
    tour_seen_at timestamp with time zone
);


ALTER TABLE public.patrol_ownsettings OWNER TO sipatrol_owner;

--
-- Name: patrol_pairingcode; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_pairingcode (
    id bigint NOT NULL,
    code_sha256 character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    person_id bigint NOT NULL
);


ALTER TABLE public.patrol_pairingcode OWNER TO sipatrol_owner;

--
-- Name: patrol_pairingcode_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_pairingcode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_pairingcode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_person; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_person (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    username character varying(50) NOT NULL,
    name character varying(100) NOT NULL,
    role character varying(20) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    office_id bigint NOT NULL,
    CONSTRAINT person_role CHECK (((role)::text = ANY ((ARRAY['officer'::character varying, 'analyst'::character varying, 'supervisor'::character varying, 'registrar'::character varying, 'administrator'::character varying])::text[])))
);


ALTER TABLE public.patrol_person OWNER TO sipatrol_owner;

--
-- Name: patrol_person_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_person ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_pictureread; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_pictureread (
    key character varying(120) NOT NULL,
    sha256 character varying(64) NOT NULL,
    pixels character varying(120) NOT NULL,
    said text NOT NULL
);


ALTER TABLE public.patrol_pictureread OWNER TO sipatrol_owner;

--
-- Name: patrol_pointsedition; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_pointsedition (
    id bigint NOT NULL,
    number integer NOT NULL,
    approved_at timestamp with time zone NOT NULL,
    points jsonb NOT NULL,
    content text NOT NULL,
    sha256 character varying(64) NOT NULL,
    labels_sha256 character varying(64) NOT NULL,
    approved_by_id bigint NOT NULL,
    CONSTRAINT patrol_pointsedition_number_check CHECK ((number >= 0))
);


ALTER TABLE public.patrol_pointsedition OWNER TO sipatrol_owner;

--
-- Name: patrol_pointsedition_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_pointsedition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_pointsedition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_post; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_post (
    id bigint NOT NULL,
    platform character varying(20) NOT NULL,
    external_id character varying(500) NOT NULL,
    url text NOT NULL,
    origin character varying(200) NOT NULL,
    reply_to character varying(500) NOT NULL,
    thread character varying(500) NOT NULL,
    forward_of character varying(500) NOT NULL,
    posted_at timestamp with time zone,
    posted_at_source character varying(60) NOT NULL,
    first_seen timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    gone_at timestamp with time zone,
    versions_count integer NOT NULL,
    text_key character varying(32) NOT NULL,
    due_at timestamp with time zone,
    lease_until timestamp with time zone,
    lease_token uuid,
    attempts smallint NOT NULL,
    quarantined_at timestamp with time zone,
    quarantine_reason text NOT NULL,
    CONSTRAINT patrol_post_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT patrol_post_versions_count_check CHECK ((versions_count >= 0)),
    CONSTRAINT post_lease_pair CHECK ((((lease_token IS NOT NULL) AND (lease_until IS NOT NULL)) OR ((lease_token IS NULL) AND (lease_until IS NULL))))
);


ALTER TABLE public.patrol_post OWNER TO sipatrol_owner;

--
-- Name: patrol_post_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_postmark; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_postmark (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(32) NOT NULL,
    void boolean NOT NULL,
    indicator_id bigint,
    post_id bigint NOT NULL,
    CONSTRAINT post_mark_kind CHECK (((kind)::text = ANY ((ARRAY['bank_account'::character varying, 'phone'::character varying, 'account'::character varying, 'link'::character varying, 'picture'::character varying, 'text'::character varying, 'author'::character varying, 'handle'::character varying, 'email'::character varying, 'agency'::character varying])::text[])))
);


ALTER TABLE public.patrol_postmark OWNER TO sipatrol_owner;

--
-- Name: patrol_postmark_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_postmark ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_postmark_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_posttext; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_posttext (
    version_id bigint NOT NULL,
    text text NOT NULL,
    author character varying(200) NOT NULL,
    author_name character varying(300) NOT NULL,
    links jsonb NOT NULL,
    media jsonb NOT NULL,
    unknown jsonb NOT NULL,
    salt character varying(32) NOT NULL
);


ALTER TABLE public.patrol_posttext OWNER TO sipatrol_owner;

--
-- Name: patrol_postversion; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_postversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    locator character varying(200) NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    edited boolean NOT NULL,
    content_key character varying(64) NOT NULL,
    commitment character varying(64) NOT NULL,
    capture_id uuid NOT NULL,
    post_id bigint NOT NULL
);


ALTER TABLE public.patrol_postversion OWNER TO sipatrol_owner;

--
-- Name: patrol_postversion_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_postversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_postversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_postwords; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_postwords (
    post_id bigint NOT NULL,
    version_id bigint NOT NULL,
    reading_id bigint NOT NULL,
    words text NOT NULL,
    countries character varying(2)[] NOT NULL
);


ALTER TABLE public.patrol_postwords OWNER TO sipatrol_owner;

--
-- Name: patrol_profile; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_profile (
    id bigint NOT NULL,
    platform character varying(20) NOT NULL,
    account character varying(200) NOT NULL,
    name character varying(300) NOT NULL,
    text text NOT NULL,
    links jsonb NOT NULL,
    url text NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    capture_id uuid NOT NULL
);


ALTER TABLE public.patrol_profile OWNER TO sipatrol_owner;

--
-- Name: patrol_profile_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_profile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_protection; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_protection (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    note text NOT NULL,
    handed_to character varying(200) NOT NULL,
    handed_at timestamp with time zone,
    by_id bigint NOT NULL,
    flag_id bigint NOT NULL,
    handed_by_id bigint,
    office_id bigint NOT NULL,
    closed_at timestamp with time zone,
    closed_by_id bigint,
    desk character varying(20) NOT NULL,
    ending character varying(20) NOT NULL,
    state character varying(20) NOT NULL,
    version integer NOT NULL,
    CONSTRAINT patrol_protection_version_check CHECK ((version >= 0)),
    CONSTRAINT protection_closed_pair CHECK ((((closed_at IS NOT NULL) AND (closed_by_id IS NOT NULL)) OR ((closed_at IS NULL) AND (closed_by_id IS NULL)))),
    CONSTRAINT protection_closed_state CHECK ((((closed_at IS NOT NULL) AND ((state)::text = 'closed'::text) AND (NOT ((ending)::text = ''::text))) OR ((NOT ((state)::text = 'closed'::text)) AND (closed_at IS NULL) AND ((ending)::text = ''::text)))),
    CONSTRAINT protection_desk CHECK (((desk)::text = ANY ((ARRAY[''::character varying, 'own'::character varying, 'p4mi'::character varying, 'mission'::character varying, 'hotline'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT protection_ending CHECK (((ending)::text = ANY ((ARRAY[''::character varying, 'helped'::character varying, 'returned'::character varying, 'advised'::character varying, 'unreachable'::character varying, 'declined'::character varying, 'not_harmed'::character varying])::text[]))),
    CONSTRAINT protection_handed_pair CHECK ((((handed_at IS NOT NULL) AND (handed_by_id IS NOT NULL)) OR ((handed_at IS NULL) AND (handed_by_id IS NULL)))),
    CONSTRAINT protection_handed_state CHECK (((NOT ((state)::text = 'handed_over'::text)) OR (handed_at IS NOT NULL))),
    CONSTRAINT protection_state CHECK (((state)::text = ANY ((ARRAY['new'::character varying, 'contacted'::character varying, 'handed_over'::character varying, 'closed'::character varying])::text[])))
);


ALTER TABLE public.patrol_protection OWNER TO sipatrol_owner;

--
-- Name: patrol_protection_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_protection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_protection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_protectionevent; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_protectionevent (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    note text NOT NULL,
    detail character varying(220) NOT NULL,
    by_id bigint NOT NULL,
    flag_id bigint NOT NULL,
    office_id bigint NOT NULL,
    CONSTRAINT protection_event_kind CHECK (((kind)::text = ANY ((ARRAY['marked'::character varying, 'contacted'::character varying, 'handed_over'::character varying, 'moved'::character varying, 'note'::character varying, 'contacts_shown'::character varying, 'closed'::character varying, 'reopened'::character varying, 'mark_reversed'::character varying])::text[])))
);


ALTER TABLE public.patrol_protectionevent OWNER TO sipatrol_owner;

--
-- Name: patrol_protectionevent_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_protectionevent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_protectionevent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_reading; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_reading (
    id bigint NOT NULL,
    reader_version integer NOT NULL,
    text_kind character varying(20) NOT NULL,
    route character varying(20) NOT NULL,
    countries character varying(2)[] NOT NULL,
    positions character varying(60)[] NOT NULL,
    truncated boolean NOT NULL,
    read_at timestamp with time zone NOT NULL,
    salt character varying(32) NOT NULL,
    commitment character varying(64) NOT NULL,
    version_id bigint NOT NULL,
    pictures_key character varying(64) NOT NULL,
    CONSTRAINT patrol_reading_reader_version_check CHECK ((reader_version >= 0)),
    CONSTRAINT reading_text_kind CHECK (((text_kind)::text = ANY ((ARRAY['offer_abroad'::character varying, 'offer_home'::character varying, 'warning'::character varying, 'news'::character varying, 'plea'::character varying, 'joke'::character varying, 'advertisement'::character varying, 'lure'::character varying, 'other'::character varying])::text[])))
);


ALTER TABLE public.patrol_reading OWNER TO sipatrol_owner;

--
-- Name: patrol_reading_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_reading ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_reading_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_readingclaims; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_readingclaims (
    reading_id bigint NOT NULL,
    claims jsonb NOT NULL,
    picture_texts jsonb NOT NULL,
    notes jsonb NOT NULL,
    code_texts jsonb NOT NULL,
    places jsonb NOT NULL
);


ALTER TABLE public.patrol_readingclaims OWNER TO sipatrol_owner;

--
-- Name: patrol_registeredition; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_registeredition (
    id bigint NOT NULL,
    number integer NOT NULL,
    register_date date NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    files jsonb NOT NULL,
    difference jsonb NOT NULL,
    imported_by_id bigint,
    restores_id bigint,
    CONSTRAINT patrol_registeredition_number_check CHECK ((number >= 0))
);


ALTER TABLE public.patrol_registeredition OWNER TO sipatrol_owner;

--
-- Name: patrol_registeredition_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_registeredition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_registeredition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_review; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_review (
    id bigint NOT NULL,
    step character varying(10) NOT NULL,
    outcome character varying(20) NOT NULL,
    reason character varying(40) NOT NULL,
    note text NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL,
    draw_id bigint NOT NULL,
    CONSTRAINT review_outcome CHECK (((outcome)::text = ANY ((ARRAY['confirmed'::character varying, 'dismissed'::character varying, 'needs_information'::character varying, 'victim'::character varying])::text[]))),
    CONSTRAINT review_step CHECK (((step)::text = ANY ((ARRAY['second'::character varying, 'third'::character varying])::text[])))
);


ALTER TABLE public.patrol_review OWNER TO sipatrol_owner;

--
-- Name: patrol_review_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_review ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_review_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_savedfilter; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_savedfilter (
    id bigint NOT NULL,
    name character varying(40) NOT NULL,
    query jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    person_id bigint NOT NULL
);


ALTER TABLE public.patrol_savedfilter OWNER TO sipatrol_owner;

--
-- Name: patrol_savedfilter_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_savedfilter ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_savedfilter_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_seen; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_seen (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    fetch_id bigint,
    post_id bigint NOT NULL,
    watch_id bigint,
    intake_id bigint,
    CONSTRAINT seen_one_way CHECK ((((watch_id IS NOT NULL) OR (intake_id IS NOT NULL)) AND (1 = (
CASE
    WHEN (watch_id IS NOT NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (intake_id IS NOT NULL) THEN 1
    ELSE 0
END)))),
    CONSTRAINT seen_watch_pair CHECK ((((fetch_id IS NOT NULL) AND (watch_id IS NOT NULL)) OR ((fetch_id IS NULL) AND (watch_id IS NULL))))
);


ALTER TABLE public.patrol_seen OWNER TO sipatrol_owner;

--
-- Name: patrol_seen_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_seen ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_seen_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_series; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_series (
    id bigint NOT NULL,
    name character varying(10) NOT NULL,
    year smallint NOT NULL,
    last integer NOT NULL,
    CONSTRAINT patrol_series_last_check CHECK ((last >= 0)),
    CONSTRAINT patrol_series_year_check CHECK ((year >= 0))
);


ALTER TABLE public.patrol_series OWNER TO sipatrol_owner;

--
-- Name: patrol_series_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_series ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_series_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_severemark; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_severemark (
    post_id bigint NOT NULL,
    severe boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    by_id bigint NOT NULL
);


ALTER TABLE public.patrol_severemark OWNER TO sipatrol_owner;

--
-- Name: patrol_shownpicture; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_shownpicture (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    key character varying(32) NOT NULL,
    offered jsonb NOT NULL,
    bands integer[] NOT NULL,
    looked_at timestamp with time zone,
    post_id bigint NOT NULL
);


ALTER TABLE public.patrol_shownpicture OWNER TO sipatrol_owner;

--
-- Name: patrol_shownpicture_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_shownpicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_shownpicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_sighting; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_sighting (
    id bigint NOT NULL,
    role character varying(20) NOT NULL,
    confidence double precision NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    indicator_id bigint NOT NULL,
    post_id bigint NOT NULL,
    version_id bigint NOT NULL,
    CONSTRAINT sighting_role CHECK (((role)::text = ANY ((ARRAY['author'::character varying, 'contact'::character varying, 'mentioned'::character varying, 'agency'::character varying, 'profile'::character varying])::text[])))
);


ALTER TABLE public.patrol_sighting OWNER TO sipatrol_owner;

--
-- Name: patrol_sighting_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_sighting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_sighting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_standing; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_standing (
    id bigint NOT NULL,
    status character varying(20) NOT NULL,
    since date NOT NULL,
    until date,
    decree character varying(300) NOT NULL,
    agency_id bigint NOT NULL,
    CONSTRAINT standing_order CHECK (((until IS NULL) OR (until >= since))),
    CONSTRAINT standing_status CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'partly_suspended'::character varying, 'suspended'::character varying, 'supervised'::character varying, 'revoked'::character varying])::text[])))
);


ALTER TABLE public.patrol_standing OWNER TO sipatrol_owner;

--
-- Name: patrol_standing_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_standing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_standing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_tie; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_tie (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    key character varying(32) NOT NULL,
    likeness double precision,
    weight double precision NOT NULL,
    state character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    by_id bigint,
    earlier_id bigint NOT NULL,
    indicator_id bigint,
    later_id bigint NOT NULL,
    CONSTRAINT tie_decided_pair CHECK ((((by_id IS NOT NULL) AND (decided_at IS NOT NULL)) OR ((by_id IS NULL) AND (decided_at IS NULL)))),
    CONSTRAINT tie_kind CHECK (((kind)::text = ANY ((ARRAY['bank_account'::character varying, 'phone'::character varying, 'account'::character varying, 'link'::character varying, 'picture'::character varying, 'text'::character varying, 'author'::character varying, 'handle'::character varying, 'email'::character varying])::text[]))),
    CONSTRAINT tie_state CHECK (((state)::text = ANY ((ARRAY['proposed'::character varying, 'confirmed'::character varying, 'cut'::character varying])::text[]))),
    CONSTRAINT tie_two_posts CHECK ((NOT (later_id = earlier_id)))
);


ALTER TABLE public.patrol_tie OWNER TO sipatrol_owner;

--
-- Name: patrol_tie_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_tie ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_tie_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_trusted; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_trusted (
    id bigint NOT NULL,
    known_as character varying(20) NOT NULL,
    reason text NOT NULL,
    expires_on date NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    approved_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_why text NOT NULL,
    approved_by_id bigint,
    ended_by_id bigint,
    indicator_id bigint NOT NULL,
    proposed_by_id bigint NOT NULL,
    CONSTRAINT trusted_approved_pair CHECK ((((approved_at IS NOT NULL) AND (approved_by_id IS NOT NULL)) OR ((approved_at IS NULL) AND (approved_by_id IS NULL)))),
    CONSTRAINT trusted_as CHECK (((known_as)::text = ANY ((ARRAY['agency'::character varying, 'hotline'::character varying, 'media'::character varying, 'office'::character varying])::text[]))),
    CONSTRAINT trusted_by_two CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = proposed_by_id) AND (approved_by_id IS NOT NULL))))),
    CONSTRAINT trusted_ended_pair CHECK ((((ended_at IS NOT NULL) AND (ended_by_id IS NOT NULL)) OR ((ended_at IS NULL) AND (ended_by_id IS NULL))))
);


ALTER TABLE public.patrol_trusted OWNER TO sipatrol_owner;

--
-- Name: patrol_trusted_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_trusted ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_trusted_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_watch; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_watch (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    platform character varying(20) NOT NULL,
    query character varying(500) NOT NULL,
    state character varying(20) NOT NULL,
    every_seconds integer NOT NULL,
    healthy_low integer NOT NULL,
    healthy_high integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    cursor jsonb NOT NULL,
    due_at timestamp with time zone,
    lease_until timestamp with time zone,
    lease_token uuid,
    attempts smallint NOT NULL,
    last_good_at timestamp with time zone,
    last_problem jsonb,
    last_problem_at timestamp with time zone,
    created_by_id bigint,
    office_id bigint NOT NULL,
    daily_quota integer,
    kind character varying(20) NOT NULL,
    priority smallint NOT NULL,
    quiet_from time without time zone,
    quiet_to time without time zone,
    windows jsonb NOT NULL,
    credential_id bigint,
    CONSTRAINT patrol_watch_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT patrol_watch_daily_quota_check CHECK ((daily_quota >= 0)),
    CONSTRAINT patrol_watch_every_seconds_check CHECK ((every_seconds >= 0)),
    CONSTRAINT patrol_watch_healthy_high_check CHECK ((healthy_high >= 0)),
    CONSTRAINT patrol_watch_healthy_low_check CHECK ((healthy_low >= 0)),
    CONSTRAINT patrol_watch_priority_check CHECK ((priority >= 0)),
    CONSTRAINT watch_healthy_range CHECK ((healthy_low <= healthy_high)),
    CONSTRAINT watch_lease_pair CHECK ((((lease_token IS NOT NULL) AND (lease_until IS NOT NULL)) OR ((lease_token IS NULL) AND (lease_until IS NULL)))),
    CONSTRAINT watch_pace CHECK ((every_seconds >= 10)),
    CONSTRAINT watch_priority CHECK (((priority >= 1) AND (priority <= 3))),
    CONSTRAINT watch_problem_pair CHECK ((((last_problem IS NOT NULL) AND (last_problem_at IS NOT NULL)) OR ((last_problem IS NULL) AND (last_problem_at IS NULL)))),
    CONSTRAINT watch_quiet_pair CHECK ((((quiet_from IS NOT NULL) AND (quiet_to IS NOT NULL)) OR ((quiet_from IS NULL) AND (quiet_to IS NULL)))),
    CONSTRAINT watch_state CHECK (((state)::text = ANY ((ARRAY['active'::character varying, 'paused'::character varying, 'stopped'::character varying])::text[])))
);


ALTER TABLE public.patrol_watch OWNER TO sipatrol_owner;

--
-- Name: patrol_watch_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_watch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_watch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_watch_packs; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_watch_packs (
    id bigint NOT NULL,
    watch_id bigint NOT NULL,
    keywordpack_id bigint NOT NULL
);


ALTER TABLE public.patrol_watch_packs OWNER TO sipatrol_owner;

--
-- Name: patrol_watch_packs_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.patrol_watch_packs ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.patrol_watch_packs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: patrol_wordsmark; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.patrol_wordsmark (
    id smallint NOT NULL,
    reading_id bigint NOT NULL,
    CONSTRAINT patrol_wordsmark_id_check CHECK ((id >= 0)),
    CONSTRAINT words_mark_is_one CHECK ((id = 1))
);


ALTER TABLE public.patrol_wordsmark OWNER TO sipatrol_owner;

--
-- Name: reports_weeklysummary; Type: TABLE; Schema: public; Owner: sipatrol_owner
--

CREATE TABLE public.reports_weeklysummary (
    id bigint NOT NULL,
    year smallint NOT NULL,
    week smallint NOT NULL,
    edition smallint NOT NULL,
    figures jsonb NOT NULL,
    register_date date,
    frozen_at timestamp with time zone NOT NULL,
    sha256 character varying(64) NOT NULL,
    note character varying(500) NOT NULL,
    correction_reason character varying(500) NOT NULL,
    frozen_by_id bigint NOT NULL,
    office_id bigint,
    CONSTRAINT reports_weeklysummary_edition_check CHECK ((edition >= 0)),
    CONSTRAINT reports_weeklysummary_week_check CHECK ((week >= 0)),
    CONSTRAINT reports_weeklysummary_year_check CHECK ((year >= 0)),
    CONSTRAINT summary_correction_reason CHECK (((((correction_reason)::text = ''::text) AND (edition = 1)) OR ((edition > 1) AND (NOT ((correction_reason)::text = ''::text))))),
    CONSTRAINT summary_hash_shape CHECK (((sha256)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT summary_week_range CHECK (((week >= 1) AND (week <= 53)))
);


ALTER TABLE public.reports_weeklysummary OWNER TO sipatrol_owner;

--
-- Name: reports_weeklysummary_id_seq; Type: SEQUENCE; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE public.reports_weeklysummary ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reports_weeklysummary_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Data for Name: auth_group; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--



--
-- Data for Name: auth_group_permissions; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--



--
-- Data for Name: auth_permission; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.auth_permission VALUES
	(1, 'Can add log entry', 1, 'add_logentry'),
	(2, 'Can change log entry', 1, 'change_logentry'),
	(3, 'Can delete log entry', 1, 'delete_logentry'),
	(4, 'Can view log entry', 1, 'view_logentry'),
	(5, 'Can add permission', 3, 'add_permission'),
	(6, 'Can change permission', 3, 'change_permission'),
	(7, 'Can delete permission', 3, 'delete_permission'),
	(8, 'Can view permission', 3, 'view_permission'),
	(9, 'Can add group', 2, 'add_group'),
	(10, 'Can change group', 2, 'change_group'),
	(11, 'Can delete group', 2, 'delete_group'),
	(12, 'Can view group', 2, 'view_group'),
	(13, 'Can add content type', 4, 'add_contenttype'),
	(14, 'Can change content type', 4, 'change_contenttype'),
	(15, 'Can delete content type', 4, 'delete_contenttype'),
	(16, 'Can view content type', 4, 'view_contenttype'),
	(17, 'Can add session', 5, 'add_session'),
	(18, 'Can change session', 5, 'change_session'),
	(19, 'Can delete session', 5, 'delete_session'),
	(20, 'Can view session', 5, 'view_session'),
	(21, 'Can add person', 48, 'add_person'),
	(22, 'Can change person', 48, 'change_person'),
	(23, 'Can delete person', 48, 'delete_person'),
	(24, 'Can view person', 48, 'view_person'),
	(25, 'Can add agency (P3MI)', 6, 'add_agency'),
	(26, 'Can change agency (P3MI)', 6, 'change_agency'),
	(27, 'Can delete agency (P3MI)', 6, 'delete_agency'),
	(28, 'Can view agency (P3MI)', 6, 'view_agency'),
	(29, 'Can add fetch', 26, 'add_fetch'),
	(30, 'Can change fetch', 26, 'change_fetch'),
	(31, 'Can delete fetch', 26, 'delete_fetch'),
	(32, 'Can view fetch', 26, 'view_fetch'),
	(33, 'Can add heartbeat', 30, 'add_heartbeat'),
	(34, 'Can change heartbeat', 30, 'change_heartbeat'),
	(35, 'Can delete heartbeat', 30, 'delete_heartbeat'),
	(36, 'Can view heartbeat', 30, 'view_heartbeat'),
	(37, 'Can add host pace', 31, 'add_hostpace'),
	(38, 'Can change host pace', 31, 'change_hostpace'),
	(39, 'Can delete host pace', 31, 'delete_hostpace'),
	(40, 'Can view host pace', 31, 'view_hostpace'),
	(41, 'Can add licence check', 38, 'add_licencecheck'),
	(42, 'Can change licence check', 38, 'change_licencecheck'),
	(43, 'Can delete licence check', 38, 'delete_licencecheck'),
	(44, 'Can view licence check', 38, 'view_licencecheck'),
	(45, 'Can add version', 54, 'add_postversion'),
	(46, 'Can change version', 54, 'change_postversion'),
	(47, 'Can delete version', 54, 'delete_postversion'),
	(48, 'Can view version', 54, 'view_postversion'),
	(49, 'Can add reading', 59, 'add_reading'),
	(50, 'Can change reading', 59, 'change_reading'),
	(51, 'Can delete reading', 59, 'delete_reading'),
	(52, 'Can view reading', 59, 'view_reading'),
	(53, 'Can add audit entry', 7, 'add_auditentry'),
	(54, 'Can change audit entry', 7, 'change_auditentry'),
	(55, 'Can delete audit entry', 7, 'delete_auditentry'),
	(56, 'Can view audit entry', 7, 'view_auditentry'),
	(57, 'Can add case', 13, 'add_case'),
	(58, 'Can change case', 13, 'change_case'),
	(59, 'Can delete case', 13, 'delete_case'),
	(60, 'Can view case', 13, 'view_case'),
	(61, 'Can add flag', 28, 'add_flag'),
	(62, 'Can change flag', 28, 'change_flag'),
	(63, 'Can delete flag', 28, 'delete_flag'),
	(64, 'Can view flag', 28, 'view_flag'),
	(65, 'Can add case flag', 15, 'add_caseflag'),
	(66, 'Can change case flag', 15, 'change_caseflag'),
	(67, 'Can delete case flag', 15, 'delete_caseflag'),
	(68, 'Can view case flag', 15, 'view_caseflag'),
	(69, 'Can add indicator', 33, 'add_indicator'),
	(70, 'Can change indicator', 33, 'change_indicator'),
	(71, 'Can delete indicator', 33, 'delete_indicator'),
	(72, 'Can view indicator', 33, 'view_indicator'),
	(73, 'Can add flag event', 29, 'add_flagevent'),
	(74, 'Can change flag event', 29, 'change_flagevent'),
	(75, 'Can delete flag event', 29, 'delete_flagevent'),
	(76, 'Can view flag event', 29, 'view_flagevent'),
	(77, 'Can add office', 42, 'add_office'),
	(78, 'Can change office', 42, 'change_office'),
	(79, 'Can delete office', 42, 'delete_office'),
	(80, 'Can view office', 42, 'view_office'),
	(81, 'Can add capture', 12, 'add_capture'),
	(82, 'Can change capture', 12, 'change_capture'),
	(83, 'Can delete capture', 12, 'delete_capture'),
	(84, 'Can view capture', 12, 'view_capture'),
	(85, 'Can add post', 51, 'add_post'),
	(86, 'Can change post', 51, 'change_post'),
	(87, 'Can delete post', 51, 'delete_post'),
	(88, 'Can view post', 51, 'view_post'),
	(89, 'Can add post text', 53, 'add_posttext'),
	(90, 'Can change post text', 53, 'change_posttext'),
	(91, 'Can delete post text', 53, 'delete_posttext'),
	(92, 'Can view post text', 53, 'view_posttext'),
	(93, 'Can add erasure', 22, 'add_erasure'),
	(94, 'Can change erasure', 22, 'change_erasure'),
	(95, 'Can delete erasure', 22, 'delete_erasure'),
	(96, 'Can view erasure', 22, 'view_erasure'),
	(97, 'Can add reading claims', 60, 'add_readingclaims'),
	(98, 'Can change reading claims', 60, 'change_readingclaims'),
	(99, 'Can delete reading claims', 60, 'delete_readingclaims'),
	(100, 'Can view reading claims', 60, 'view_readingclaims'),
	(101, 'Can add register edition', 61, 'add_registeredition'),
	(102, 'Can change register edition', 61, 'change_registeredition'),
	(103, 'Can delete register edition', 61, 'delete_registeredition'),
	(104, 'Can view register edition', 61, 'view_registeredition'),
	(105, 'Can add licence (SIP)', 37, 'add_licence'),
	(106, 'Can change licence (SIP)', 37, 'change_licence'),
	(107, 'Can delete licence (SIP)', 37, 'delete_licence'),
	(108, 'Can view licence (SIP)', 37, 'view_licence'),
	(109, 'Can add series', 65, 'add_series'),
	(110, 'Can change series', 65, 'change_series'),
	(111, 'Can delete series', 65, 'delete_series'),
	(112, 'Can view series', 65, 'view_series'),
	(113, 'Can add sighting', 68, 'add_sighting'),
	(114, 'Can change sighting', 68, 'change_sighting'),
	(115, 'Can delete sighting', 68, 'delete_sighting'),
	(116, 'Can view sighting', 68, 'view_sighting'),
	(117, 'Can add standing', 69, 'add_standing'),
	(118, 'Can change standing', 69, 'change_standing'),
	(119, 'Can delete standing', 69, 'delete_standing'),
	(120, 'Can view standing', 69, 'view_standing'),
	(121, 'Can add watch', 72, 'add_watch'),
	(122, 'Can change watch', 72, 'change_watch'),
	(123, 'Can delete watch', 72, 'delete_watch'),
	(124, 'Can view watch', 72, 'view_watch'),
	(125, 'Can add seen', 64, 'add_seen'),
	(126, 'Can change seen', 64, 'change_seen'),
	(127, 'Can delete seen', 64, 'delete_seen'),
	(128, 'Can view seen', 64, 'view_seen'),
	(129, 'Can add case event', 14, 'add_caseevent'),
	(130, 'Can change case event', 14, 'change_caseevent'),
	(131, 'Can delete case event', 14, 'delete_caseevent'),
	(132, 'Can view case event', 14, 'view_caseevent'),
	(133, 'Can add finding', 27, 'add_finding'),
	(134, 'Can change finding', 27, 'change_finding'),
	(135, 'Can delete finding', 27, 'delete_finding'),
	(136, 'Can view finding', 27, 'view_finding'),
	(137, 'Can add decision', 18, 'add_decision'),
	(138, 'Can change decision', 18, 'change_decision'),
	(139, 'Can delete decision', 18, 'delete_decision'),
	(140, 'Can view decision', 18, 'view_decision'),
	(141, 'Can add edition of the points', 50, 'add_pointsedition'),
	(142, 'Can change edition of the points', 50, 'change_pointsedition'),
	(143, 'Can delete edition of the points', 50, 'delete_pointsedition'),
	(144, 'Can view edition of the points', 50, 'view_pointsedition'),
	(145, 'Can add credential', 17, 'add_credential'),
	(146, 'Can change credential', 17, 'change_credential'),
	(147, 'Can delete credential', 17, 'delete_credential'),
	(148, 'Can view credential', 17, 'view_credential'),
	(149, 'Can add device', 19, 'add_device'),
	(150, 'Can change device', 19, 'change_device'),
	(151, 'Can delete device', 19, 'delete_device'),
	(152, 'Can view device', 19, 'view_device'),
	(153, 'Can add intake', 34, 'add_intake'),
	(154, 'Can change intake', 34, 'change_intake'),
	(155, 'Can delete intake', 34, 'delete_intake'),
	(156, 'Can view intake', 34, 'view_intake'),
	(157, 'Can add import', 32, 'add_importedfile'),
	(158, 'Can change import', 32, 'change_importedfile'),
	(159, 'Can delete import', 32, 'delete_importedfile'),
	(160, 'Can view import', 32, 'view_importedfile'),
	(161, 'Can add job', 35, 'add_job'),
	(162, 'Can change job', 35, 'change_job'),
	(163, 'Can delete job', 35, 'delete_job'),
	(164, 'Can view job', 35, 'view_job'),
	(165, 'Can add keyword pack', 36, 'add_keywordpack'),
	(166, 'Can change keyword pack', 36, 'change_keywordpack'),
	(167, 'Can delete keyword pack', 36, 'delete_keywordpack'),
	(168, 'Can view keyword pack', 36, 'view_keywordpack'),
	(169, 'Can add media', 40, 'add_media'),
	(170, 'Can change media', 40, 'change_media'),
	(171, 'Can delete media', 40, 'delete_media'),
	(172, 'Can view media', 40, 'view_media'),
	(173, 'Can add pairing code', 47, 'add_pairingcode'),
	(174, 'Can change pairing code', 47, 'change_pairingcode'),
	(175, 'Can delete pairing code', 47, 'delete_pairingcode'),
	(176, 'Can view pairing code', 47, 'view_pairingcode'),
	(177, 'Can add profile', 56, 'add_profile'),
	(178, 'Can change profile', 56, 'change_profile'),
	(179, 'Can delete profile', 56, 'delete_profile'),
	(180, 'Can view profile', 56, 'view_profile'),
	(181, 'Can add other name', 44, 'add_othername'),
	(182, 'Can change other name', 44, 'change_othername'),
	(183, 'Can delete other name', 44, 'delete_othername'),
	(184, 'Can view other name', 44, 'view_othername'),
	(185, 'Can add picture read', 49, 'add_pictureread'),
	(186, 'Can change picture read', 49, 'change_pictureread'),
	(187, 'Can delete picture read', 49, 'delete_pictureread'),
	(188, 'Can view picture read', 49, 'view_pictureread'),
	(189, 'Can add notice', 41, 'add_notice'),
	(190, 'Can change notice', 41, 'change_notice'),
	(191, 'Can delete notice', 41, 'delete_notice'),
	(192, 'Can view notice', 41, 'view_notice'),
	(193, 'Can add protection', 57, 'add_protection'),
	(194, 'Can change protection', 57, 'change_protection'),
	(195, 'Can delete protection', 57, 'delete_protection'),
	(196, 'Can view protection', 57, 'view_protection'),
	(197, 'Can add own settings', 46, 'add_ownsettings'),
	(198, 'Can change own settings', 46, 'change_ownsettings'),
	(199, 'Can delete own settings', 46, 'delete_ownsettings'),
	(200, 'Can view own settings', 46, 'view_ownsettings');
INSERT INTO public.auth_permission VALUES
	(201, 'Can add comparison', 16, 'add_comparison'),
	(202, 'Can change comparison', 16, 'change_comparison'),
	(203, 'Can delete comparison', 16, 'delete_comparison'),
	(204, 'Can view comparison', 16, 'view_comparison'),
	(205, 'Can add saved filter', 63, 'add_savedfilter'),
	(206, 'Can change saved filter', 63, 'change_savedfilter'),
	(207, 'Can delete saved filter', 63, 'delete_savedfilter'),
	(208, 'Can view saved filter', 63, 'view_savedfilter'),
	(209, 'Can add trusted contact', 71, 'add_trusted'),
	(210, 'Can change trusted contact', 71, 'change_trusted'),
	(211, 'Can delete trusted contact', 71, 'delete_trusted'),
	(212, 'Can view trusted contact', 71, 'view_trusted'),
	(213, 'Can add post words', 55, 'add_postwords'),
	(214, 'Can change post words', 55, 'change_postwords'),
	(215, 'Can delete post words', 55, 'delete_postwords'),
	(216, 'Can view post words', 55, 'view_postwords'),
	(217, 'Can add words mark', 73, 'add_wordsmark'),
	(218, 'Can change words mark', 73, 'change_wordsmark'),
	(219, 'Can delete words mark', 73, 'delete_wordsmark'),
	(220, 'Can view words mark', 73, 'view_wordsmark'),
	(221, 'Can add bulk decision', 8, 'add_bulk'),
	(222, 'Can change bulk decision', 8, 'change_bulk'),
	(223, 'Can delete bulk decision', 8, 'delete_bulk'),
	(224, 'Can view bulk decision', 8, 'view_bulk'),
	(225, 'Can add bulk entry', 9, 'add_bulkentry'),
	(226, 'Can change bulk entry', 9, 'change_bulkentry'),
	(227, 'Can delete bulk entry', 9, 'delete_bulkentry'),
	(228, 'Can view bulk entry', 9, 'view_bulkentry'),
	(229, 'Can add drawn for quality', 20, 'add_draw'),
	(230, 'Can change drawn for quality', 20, 'change_draw'),
	(231, 'Can delete drawn for quality', 20, 'delete_draw'),
	(232, 'Can view drawn for quality', 20, 'view_draw'),
	(233, 'Can add review', 62, 'add_review'),
	(234, 'Can change review', 62, 'change_review'),
	(235, 'Can delete review', 62, 'delete_review'),
	(236, 'Can view review', 62, 'view_review'),
	(237, 'Can add office care', 43, 'add_officecare'),
	(238, 'Can change office care', 43, 'change_officecare'),
	(239, 'Can delete office care', 43, 'delete_officecare'),
	(240, 'Can view office care', 43, 'view_officecare'),
	(241, 'Can add own care', 45, 'add_owncare'),
	(242, 'Can change own care', 45, 'change_owncare'),
	(243, 'Can delete own care', 45, 'delete_owncare'),
	(244, 'Can view own care', 45, 'view_owncare'),
	(245, 'Can add severe mark', 66, 'add_severemark'),
	(246, 'Can change severe mark', 66, 'change_severemark'),
	(247, 'Can delete severe mark', 66, 'delete_severemark'),
	(248, 'Can view severe mark', 66, 'view_severemark'),
	(249, 'Can add exposure', 25, 'add_exposure'),
	(250, 'Can change exposure', 25, 'change_exposure'),
	(251, 'Can delete exposure', 25, 'delete_exposure'),
	(252, 'Can view exposure', 25, 'view_exposure'),
	(253, 'Can add campaign', 10, 'add_campaign'),
	(254, 'Can change campaign', 10, 'change_campaign'),
	(255, 'Can delete campaign', 10, 'delete_campaign'),
	(256, 'Can view campaign', 10, 'view_campaign'),
	(257, 'Can add campaign event', 11, 'add_campaignevent'),
	(258, 'Can change campaign event', 11, 'change_campaignevent'),
	(259, 'Can delete campaign event', 11, 'delete_campaignevent'),
	(260, 'Can view campaign event', 11, 'view_campaignevent'),
	(261, 'Can add linked post', 39, 'add_linkedpost'),
	(262, 'Can change linked post', 39, 'change_linkedpost'),
	(263, 'Can delete linked post', 39, 'delete_linkedpost'),
	(264, 'Can view linked post', 39, 'view_linkedpost'),
	(265, 'Can add post mark', 52, 'add_postmark'),
	(266, 'Can change post mark', 52, 'change_postmark'),
	(267, 'Can delete post mark', 52, 'delete_postmark'),
	(268, 'Can view post mark', 52, 'view_postmark'),
	(269, 'Can add tie', 70, 'add_tie'),
	(270, 'Can change tie', 70, 'change_tie'),
	(271, 'Can delete tie', 70, 'delete_tie'),
	(272, 'Can view tie', 70, 'view_tie'),
	(273, 'Can add shown picture', 67, 'add_shownpicture'),
	(274, 'Can change shown picture', 67, 'change_shownpicture'),
	(275, 'Can delete shown picture', 67, 'delete_shownpicture'),
	(276, 'Can view shown picture', 67, 'view_shownpicture'),
	(277, 'Can add protection event', 58, 'add_protectionevent'),
	(278, 'Can change protection event', 58, 'change_protectionevent'),
	(279, 'Can delete protection event', 58, 'delete_protectionevent'),
	(280, 'Can view protection event', 58, 'view_protectionevent'),
	(281, 'Can add erased file', 21, 'add_erasedfile'),
	(282, 'Can change erased file', 21, 'change_erasedfile'),
	(283, 'Can delete erased file', 21, 'delete_erasedfile'),
	(284, 'Can view erased file', 21, 'view_erasedfile'),
	(285, 'Can add request to erase', 24, 'add_erasurerequest'),
	(286, 'Can change request to erase', 24, 'change_erasurerequest'),
	(287, 'Can delete request to erase', 24, 'delete_erasurerequest'),
	(288, 'Can view request to erase', 24, 'view_erasurerequest'),
	(289, 'Can add erasure answer', 23, 'add_erasureanswer'),
	(290, 'Can change erasure answer', 23, 'change_erasureanswer'),
	(291, 'Can delete erasure answer', 23, 'delete_erasureanswer'),
	(292, 'Can view erasure answer', 23, 'view_erasureanswer'),
	(293, 'Can add weekly summary', 74, 'add_weeklysummary'),
	(294, 'Can change weekly summary', 74, 'change_weeklysummary'),
	(295, 'Can delete weekly summary', 74, 'delete_weeklysummary'),
	(296, 'Can view weekly summary', 74, 'view_weeklysummary');


--
-- Data for Name: django_admin_log; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--



--
-- Data for Name: django_content_type; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.django_content_type VALUES
	(1, 'admin', 'logentry'),
	(2, 'auth', 'group'),
	(3, 'auth', 'permission'),
	(4, 'contenttypes', 'contenttype'),
	(5, 'sessions', 'session'),
	(6, 'patrol', 'agency'),
	(7, 'patrol', 'auditentry'),
	(8, 'patrol', 'bulk'),
	(9, 'patrol', 'bulkentry'),
	(10, 'patrol', 'campaign'),
	(11, 'patrol', 'campaignevent'),
	(12, 'patrol', 'capture'),
	(13, 'patrol', 'case'),
	(14, 'patrol', 'caseevent'),
	(15, 'patrol', 'caseflag'),
	(16, 'patrol', 'comparison'),
	(17, 'patrol', 'credential'),
	(18, 'patrol', 'decision'),
	(19, 'patrol', 'device'),
	(20, 'patrol', 'draw'),
	(21, 'patrol', 'erasedfile'),
	(22, 'patrol', 'erasure'),
	(23, 'patrol', 'erasureanswer'),
	(24, 'patrol', 'erasurerequest'),
	(25, 'patrol', 'exposure'),
	(26, 'patrol', 'fetch'),
	(27, 'patrol', 'finding'),
	(28, 'patrol', 'flag'),
	(29, 'patrol', 'flagevent'),
	(30, 'patrol', 'heartbeat'),
	(31, 'patrol', 'hostpace'),
	(32, 'patrol', 'importedfile'),
	(33, 'patrol', 'indicator'),
	(34, 'patrol', 'intake'),
	(35, 'patrol', 'job'),
	(36, 'patrol', 'keywordpack'),
	(37, 'patrol', 'licence'),
	(38, 'patrol', 'licencecheck'),
	(39, 'patrol', 'linkedpost'),
	(40, 'patrol', 'media'),
	(41, 'patrol', 'notice'),
	(42, 'patrol', 'office'),
	(43, 'patrol', 'officecare'),
	(44, 'patrol', 'othername'),
	(45, 'patrol', 'owncare'),
	(46, 'patrol', 'ownsettings'),
	(47, 'patrol', 'pairingcode'),
	(48, 'patrol', 'person'),
	(49, 'patrol', 'pictureread'),
	(50, 'patrol', 'pointsedition'),
	(51, 'patrol', 'post'),
	(52, 'patrol', 'postmark'),
	(53, 'patrol', 'posttext'),
	(54, 'patrol', 'postversion'),
	(55, 'patrol', 'postwords'),
	(56, 'patrol', 'profile'),
	(57, 'patrol', 'protection'),
	(58, 'patrol', 'protectionevent'),
	(59, 'patrol', 'reading'),
	(60, 'patrol', 'readingclaims'),
	(61, 'patrol', 'registeredition'),
	(62, 'patrol', 'review'),
	(63, 'patrol', 'savedfilter'),
	(64, 'patrol', 'seen'),
	(65, 'patrol', 'series'),
	(66, 'patrol', 'severemark'),
	(67, 'patrol', 'shownpicture'),
	(68, 'patrol', 'sighting'),
	(69, 'patrol', 'standing'),
	(70, 'patrol', 'tie'),
	(71, 'patrol', 'trusted'),
	(72, 'patrol', 'watch'),
	(73, 'patrol', 'wordsmark'),
	(74, 'reports', 'weeklysummary');


--
-- Data for Name: django_migrations; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.django_migrations VALUES
	(1, 'patrol', '0001_the_way_of_a_post', '2026-11-27 15:43:38.222898+00'),
	(2, 'contenttypes', '0001_initial', '2026-11-27 15:43:38.256211+00'),
	(3, 'admin', '0001_initial', '2026-11-27 15:43:38.434677+00'),
	(4, 'admin', '0002_logentry_remove_auto_add', '2026-11-27 15:43:38.619001+00'),
	(5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-27 15:43:38.68717+00'),
	(6, 'contenttypes', '0002_remove_content_type_name', '2026-11-27 15:43:38.843038+00'),
	(7, 'auth', '0001_initial', '2026-11-27 15:43:39.184347+00'),
	(8, 'auth', '0002_alter_permission_name_max_length', '2026-11-27 15:43:39.29011+00'),
	(9, 'auth', '0003_alter_user_email_max_length', '2026-11-27 15:43:39.297677+00'),
	(10, 'auth', '0004_alter_user_username_opts', '2026-11-27 15:43:39.327693+00'),
	(11, 'auth', '0005_alter_user_last_login_null', '2026-11-27 15:43:39.350651+00'),
	(12, 'auth', '0006_require_contenttypes_0002', '2026-11-27 15:43:39.355374+00'),
	(13, 'auth', '0007_alter_validators_add_error_messages', '2026-11-27 15:43:39.37881+00'),
	(14, 'auth', '0008_alter_user_username_max_length', '2026-11-27 15:43:39.402048+00'),
	(15, 'auth', '0009_alter_user_last_name_max_length', '2026-11-27 15:43:39.427862+00'),
	(16, 'auth', '0010_alter_group_name_max_length', '2026-11-27 15:43:39.527462+00'),
	(17, 'auth', '0011_update_proxy_permissions', '2026-11-27 15:43:39.642013+00'),
	(18, 'auth', '0012_alter_user_first_name_max_length', '2026-11-27 15:43:39.661011+00'),
	(19, 'patrol', '0002_guards', '2026-11-27 15:43:39.816685+00'),
	(20, 'patrol', '0003_points_editions', '2026-11-27 15:43:40.070897+00'),
	(21, 'patrol', '0004_rows_of_nearly_the_same_text', '2026-11-27 15:43:40.364102+00'),
	(22, 'patrol', '0005_ways_in', '2026-11-27 15:43:47.287071+00'),
	(23, 'patrol', '0006_names_and_fewer_indexes', '2026-11-27 15:43:48.378742+00'),
	(24, 'patrol', '0007_what_pictures_say', '2026-11-27 15:43:48.53784+00'),
	(25, 'patrol', '0008_victims_and_notices', '2026-11-27 15:43:52.760507+00'),
	(26, 'patrol', '0009_order_of_the_queue', '2026-11-27 15:43:53.531471+00'),
	(27, 'patrol', '0010_desks', '2026-11-27 15:43:54.11147+00'),
	(28, 'patrol', '0011_comments_and_profiles', '2026-11-27 15:43:54.282837+00'),
	(29, 'patrol', '0012_finding_again', '2026-11-27 15:43:55.340605+00'),
	(30, 'patrol', '0013_second_looks_and_bulk', '2026-11-27 15:44:00.937395+00'),
	(31, 'patrol', '0014_care_for_staff', '2026-11-27 15:44:01.909555+00'),
	(32, 'patrol', '0015_campaigns', '2026-11-27 15:44:04.903623+00'),
	(33, 'patrol', '0016_fewer_indexes_on_the_way_of_a_post', '2026-11-27 15:44:09.048696+00'),
	(34, 'patrol', '0017_the_queue_is_counted_by_its_index', '2026-11-27 15:44:09.398119+00'),
	(35, 'patrol', '0018_pictures_and_ways_of_campaigns', '2026-11-27 15:44:10.004271+00'),
	(36, 'patrol', '0019_protections', '2026-11-27 15:44:13.326781+00'),
	(37, 'patrol', '0020_erased_files', '2026-11-27 15:44:13.763405+00'),
	(38, 'patrol', '0021_collector_as_sent', '2026-11-27 15:44:13.951466+00'),
	(39, 'patrol', '0022_a_hidden_level_has_no_place', '2026-11-27 15:44:15.852379+00'),
	(40, 'patrol', '0023_comments_under_their_posts', '2026-11-27 15:44:15.862603+00'),
	(41, 'patrol', '0024_older_versions', '2026-11-27 15:44:15.956611+00'),
	(42, 'patrol', '0025_erasing_by_two', '2026-11-27 15:44:17.74854+00'),
	(43, 'reports', '0001_weekly_summary', '2026-11-27 15:44:18.21144+00'),
	(44, 'sessions', '0001_initial', '2026-11-27 15:44:18.219952+00');


--
-- Data for Name: django_session; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.django_session VALUES
	('zdnxt5bp5u7urodsxlltfknpix6drkan', '.eJxVj71uwzAMhF9F0GwYcvyrjM1YdOpYFAElUQ4TWzIsq0uQdy8dZGi3A4_H-3iXZ8jb5ZwTrmdy8igrWfydGbA3DLvhrhDGWNoYtpVMua-ULzeVH9Hh9Pba_XfgAunCafStMYd-cDX2tjZeNZXphhqattPaDW3f-QHQNxqUHlSNYFUHQwNVV_XK6J3KoSWHjHJ_ykQxyGOlChnzZuOM3MJwntYZdwY_wch-IUdKmzx-ydOneIfZxCsUwtJK4hbnZcJbEgsGWjIETp1y2vjWKpj9hyyK0x5xxJlEY0giegEiWZgFdy4x87_fBRcvhOlZl8NGE6tet43Sh1qV6vH4BU9NdeM:1xWy7Z:p6vYLViOVIXoZ_WUmOOusRVZ8LI1_KZWfdn1qLKwWDA', '2026-11-23 12:47:00+00'),
	('mageo57mbi4lmpq9yc2aj8b5m70h5nh3', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7Z:t7h15-6ChVMJcFBzH5SNY6cHUuiBLfh0xjBFvvky9fc', '2026-11-23 12:47:00+00'),
	('3xq3edhvkjfxz5lgf9gggetj0c0iw0bg', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7Z:t7h15-6ChVMJcFBzH5SNY6cHUuiBLfh0xjBFvvky9fc', '2026-11-23 12:47:00+00'),
	('3n48lssfnrlroaqj6y8vvemy71okdhyk', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7Z:t7h15-6ChVMJcFBzH5SNY6cHUuiBLfh0xjBFvvky9fc', '2026-11-23 12:47:00+00'),
	('w7unh4booq0o9r5w8iwhl8trypmmjolg', '.eJxVjssOgyAURP-FtSGgPF12328wF7ioLYFENF0Y_72auGi3c85MZicDbOs0bBWXYQ6kJ5w0v5kD_8Z8gfCCPBbqS16X2dFLoTet9FkCpsft_g1MUKezjVE612oTOtS-c5EJ7pTpQEhlbTBSq2gAo7DArGEdgmcKjACuuGbOXq_qVD6Z9DuJCUbS84YkhIrn-Am3vM7pDLWVglnZMsqO4wuG8kX_:1xWy7Z:ApLWvRmuvpCgJ_4ZWxBC_VKktfd6fGr6W6dOwOwLqRU', '2026-11-23 12:47:00+00'),
	('nf53ki9rs91y2lu5p5m95x7pf1tfcerl', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7Z:t7h15-6ChVMJcFBzH5SNY6cHUuiBLfh0xjBFvvky9fc', '2026-11-23 12:47:00+00'),
	('hqzcegs48gosveh32k23luh8v9438bd9', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7Z:t7h15-6ChVMJcFBzH5SNY6cHUuiBLfh0xjBFvvky9fc', '2026-11-23 12:47:00+00'),
	('upm58m5hlvtfxiih4camv3wtzopy5h1d', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7a:kqEGxR1JEJ5e8ONpV1nChRL4zFs56HjloAh5Lk4jG28', '2026-11-23 12:47:00+00'),
	('z45gexw60iyhgce99unfh22u6oyk918s', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7a:kqEGxR1JEJ5e8ONpV1nChRL4zFs56HjloAh5Lk4jG28', '2026-11-23 12:47:00+00'),
	('7mx6p66etft103l31ko0dg2bo9bw6gvo', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7b:90M3_ReKROYgRnFp1OhiFc8QdDiVPWyhuKxmwZvoIkc', '2026-11-23 12:47:00+00'),
	('1egvndg5idf8tz37n4m3uo2bi1s8gum9', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7b:90M3_ReKROYgRnFp1OhiFc8QdDiVPWyhuKxmwZvoIkc', '2026-11-23 12:47:00+00'),
	('1ff8yymfizgmbyvfvt4md22pyatknm8n', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7b:90M3_ReKROYgRnFp1OhiFc8QdDiVPWyhuKxmwZvoIkc', '2026-11-23 12:47:00+00'),
	('874ye6on8n8mz4xtfzdmoliia5urc9x1', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7b:90M3_ReKROYgRnFp1OhiFc8QdDiVPWyhuKxmwZvoIkc', '2026-11-23 12:47:00+00'),
	('7vjp1mh91amm5abibdfbr90cfdydlf8r', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7c:r9SGXp3fQUvk5KrRVq2zypIdxxPXfU-hzajgcH01o_Q', '2026-11-23 12:47:00+00'),
	('q3t3091yq3olmpaa6t3jncf57q9l6pg5', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7c:r9SGXp3fQUvk5KrRVq2zypIdxxPXfU-hzajgcH01o_Q', '2026-11-23 12:47:00+00'),
	('pixzm2ut1nmgh8pinfnaxnz5tva07get', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7c:r9SGXp3fQUvk5KrRVq2zypIdxxPXfU-hzajgcH01o_Q', '2026-11-23 12:47:00+00'),
	('umzr2wvm99hacfjd0egvt5j7hx4lxk0c', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7c:ZjKCXghvoTvWYMXq7BNfdyOap1w2a4Cu2hNi1IngF9k', '2026-11-23 12:47:00+00'),
	('vg86aoixs704kn8kx1ypx2kbtjvlx8f4', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7c:ZjKCXghvoTvWYMXq7BNfdyOap1w2a4Cu2hNi1IngF9k', '2026-11-23 12:47:00+00'),
	('8crcr5k30ddm7jg3uxtfjemg2vt0yyo2', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7c:r9SGXp3fQUvk5KrRVq2zypIdxxPXfU-hzajgcH01o_Q', '2026-11-23 12:47:00+00'),
	('epwpdav9rvlrj93zb2qa38d9yw72jltf', '.eJxVjssOwiAURP-FdUNAKA-X7vsFxjT3wsVWG0ja4sb477ZJF7qdMzM5b9ZDXYe-LjT3Y2RnJlnzmyGEJ-UdxAfke-Gh5HUeke8VftCFdyXSdDm6fwcDLMO2ptQinqyLimxQmISWaJwC3Rrvo2utSQ4oaQ_CO6EIgjDgNEgjrUC_W9X8onGizeUqVcNwqjO7fb5EVj72:1xWy7d:amF-x8-JWQD5rboKI4n2fxeKajpCN3qJyt8QXpxgkxQ', '2026-11-23 12:47:00+00'),
	('z2wk3g16ivjja4nflvwss0ctegswtnqn', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7d:LllG4eF5yboAAt0vKNhJa8i0WhiVwhXq7wdrIhYE-90', '2026-11-23 12:47:00+00'),
	('v44vt5og4nnl9fb35uyy2jf22uyg1v7n', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7d:LllG4eF5yboAAt0vKNhJa8i0WhiVwhXq7wdrIhYE-90', '2026-11-23 12:47:00+00'),
	('k8rngt4q6wy2tf6qcswq8b8ect2noyov', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7d:LllG4eF5yboAAt0vKNhJa8i0WhiVwhXq7wdrIhYE-90', '2026-11-23 12:47:00+00'),
	('yumnyzlmtrheoqeh3x47wtkxehud56cr', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7d:LllG4eF5yboAAt0vKNhJa8i0WhiVwhXq7wdrIhYE-90', '2026-11-23 12:47:00+00'),
	('i64vz29g5i6grr1mlcpaeuo9m11e78nn', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7d:LllG4eF5yboAAt0vKNhJa8i0WhiVwhXq7wdrIhYE-90', '2026-11-23 12:47:00+00'),
	('keje0ecqdao7r6lhcq7m492q2lcbzjkg', '.eJxVjDsOwjAQBe_iGlnr-LempOcM1vqHA8iW4qRC3B0ipYD2zcx7MU_bWv028uLnxM5MsdPvFig-cttBulO7dR57W5c58F3hBx382lN-Xg7376DSqN9apGDBChS5WIQCKFBqSc4Jg4STNBqJCqhodNBEIIx1CDGDMla5SbL3B7VRNls:1xWy7d:2Fi4WKUjI6wSyFVPoqCgch8GBztf20krd-RJ4TIHX8c', '2026-11-23 12:47:00+00'),
	('6ryc2shky0ip3mmg94d04dilnyriznrs', '.eJxVjDsOwjAQBe_iGlnr-LempOcM1vqHA8iW4qRC3B0ipYD2zcx7MU_bWv028uLnxM5MsdPvFig-cttBulO7dR57W5c58F3hBx382lN-Xg7376DSqN9apGDBChS5WIQCKFBqSc4Jg4STNBqJCqhodNBEIIx1CDGDMla5SbL3B7VRNls:1xWy7d:2Fi4WKUjI6wSyFVPoqCgch8GBztf20krd-RJ4TIHX8c', '2026-11-23 12:47:00+00'),
	('aun4y9mzce6wotd8ncyac7i9br9ob6g0', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7e:jbsAXByMfbd9sl1sBWMXReFK22nFT_1V73qkoXcRwQ8', '2026-11-23 12:47:00+00'),
	('cay0l7y20rsjvegmsz0o26ipybrdonuz', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7e:M2_ug6ziJJOYx1a8zuCh8Cn4y6xVc2yifmfM6Ubxyro', '2026-11-23 12:47:00+00'),
	('ph96543gy3b7hevvjv0inmd0ogwnx8ud', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7e:M2_ug6ziJJOYx1a8zuCh8Cn4y6xVc2yifmfM6Ubxyro', '2026-11-23 12:47:00+00'),
	('sce6pvmelgiusudegox7ielpe61w1z28', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7e:M2_ug6ziJJOYx1a8zuCh8Cn4y6xVc2yifmfM6Ubxyro', '2026-11-23 12:47:00+00'),
	('hx0au8s7c1ywy81q16t0fj7zyi7to260', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7e:M2_ug6ziJJOYx1a8zuCh8Cn4y6xVc2yifmfM6Ubxyro', '2026-11-23 12:47:00+00'),
	('wr93v5418ydfx1wxic06nimet58yyty4', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7f:ecxsem3Xfr8tPJHuxKo6XQT4aEEkZUcZWmj8ovxfEwk', '2026-11-23 12:47:00+00'),
	('nuh4bqx6fzeaj6egpmrwcnt64sn6sp9p', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7f:ecxsem3Xfr8tPJHuxKo6XQT4aEEkZUcZWmj8ovxfEwk', '2026-11-23 12:47:00+00'),
	('c7n82xgn1xug1zw0yr8z6kcasg8zbhcf', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7f:ecxsem3Xfr8tPJHuxKo6XQT4aEEkZUcZWmj8ovxfEwk', '2026-11-23 12:47:00+00'),
	('ogdn9afpjrimh6voz9g3gzit8beastqd', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7f:ecxsem3Xfr8tPJHuxKo6XQT4aEEkZUcZWmj8ovxfEwk', '2026-11-23 12:47:00+00'),
	('biefqvrl5mecz012vubxz6artk2xrzf0', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7f:ecxsem3Xfr8tPJHuxKo6XQT4aEEkZUcZWmj8ovxfEwk', '2026-11-23 12:47:00+00'),
	('n5kheqxmyu8nul3oc32dfdjndqwnrzbp', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7f:ecxsem3Xfr8tPJHuxKo6XQT4aEEkZUcZWmj8ovxfEwk', '2026-11-23 12:47:00+00'),
	('4wunszxvtsurjf7e6zlwemnck2xvdibk', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7g:xGwnESXTZQb8v5G7xnWqtsrX_bc_hUNbQNQjLQHwmKc', '2026-11-23 12:47:00+00'),
	('wti2dow9drdd1065bt8twbnthdk6fm0o', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7g:xGwnESXTZQb8v5G7xnWqtsrX_bc_hUNbQNQjLQHwmKc', '2026-11-23 12:47:00+00'),
	('g0n95b10aj58lrbelk8bo7qr3ous6nmo', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7g:xGwnESXTZQb8v5G7xnWqtsrX_bc_hUNbQNQjLQHwmKc', '2026-11-23 12:47:00+00'),
	('zuzx710lh7agztl8gff3efbzpou3rrxe', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7g:xGwnESXTZQb8v5G7xnWqtsrX_bc_hUNbQNQjLQHwmKc', '2026-11-23 12:47:00+00'),
	('fil07ns1czdnsylqlsimjyoyqgdltzo0', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7g:xGwnESXTZQb8v5G7xnWqtsrX_bc_hUNbQNQjLQHwmKc', '2026-11-23 12:47:00+00'),
	('9o85xei6ppnqk1kysp6l92az1oy77q5j', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7g:xGwnESXTZQb8v5G7xnWqtsrX_bc_hUNbQNQjLQHwmKc', '2026-11-23 12:47:00+00'),
	('buwu94ngd26rjno0ijk6q8foxphgu0lk', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7g:xGwnESXTZQb8v5G7xnWqtsrX_bc_hUNbQNQjLQHwmKc', '2026-11-23 12:47:00+00'),
	('vrcg4fzprhkdacryvrihgmioggbh664w', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7h:6tSRoq2bbxnh5kTf3DjooasY4J6bt1vCaKkVs4bx7D8', '2026-11-23 12:47:00+00'),
	('spef0xbycqe3wrrvm6yo1aqd6xjh304o', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7h:NSRdmuMzxNXxWu8GKV36OBn9s1TChF_EkBik3uNuQl4', '2026-11-23 12:47:00+00'),
	('uyqmzd5qse9f0gdquuuwbpgb3nj0klej', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7h:NSRdmuMzxNXxWu8GKV36OBn9s1TChF_EkBik3uNuQl4', '2026-11-23 12:47:00+00'),
	('buffdm2e09fbqwtlkf9szbo8wov0xad8', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7h:6tSRoq2bbxnh5kTf3DjooasY4J6bt1vCaKkVs4bx7D8', '2026-11-23 12:47:00+00'),
	('k80vig6mpigbabb76ece3s4xi9207yxb', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7h:6tSRoq2bbxnh5kTf3DjooasY4J6bt1vCaKkVs4bx7D8', '2026-11-23 12:47:00+00'),
	('4qowe4z2lpsino9dqeaeeilkb9th7c9b', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7h:6tSRoq2bbxnh5kTf3DjooasY4J6bt1vCaKkVs4bx7D8', '2026-11-23 12:47:00+00'),
	('ekgkn4c9apw1af3z1eyjx663wmcw5e2g', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7h:NSRdmuMzxNXxWu8GKV36OBn9s1TChF_EkBik3uNuQl4', '2026-11-23 12:47:00+00'),
	('ue0n9hrns6en9nze7ucgmiocvseqfbc0', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7i:Mpdc2SUv0ywyd-RUAqT07gfz6VTgfR2HyvYEJA2g2Ro', '2026-11-23 12:47:00+00'),
	('62ueq6wy6ia1qdwtoiuwuqbx4jcruqh0', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7i:Pp8-k73lYvxMJ-THMaVzENDL1ueb1x-WEeDXXslCa2I', '2026-11-23 12:47:00+00'),
	('fbvtthfdr8w3m14zh2nsikyrsgd24z7u', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7i:Mpdc2SUv0ywyd-RUAqT07gfz6VTgfR2HyvYEJA2g2Ro', '2026-11-23 12:47:00+00'),
	('rfvsqep2hb89vf8sumyl2kkiqpkfv0sc', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7i:Pp8-k73lYvxMJ-THMaVzENDL1ueb1x-WEeDXXslCa2I', '2026-11-23 12:47:00+00'),
	('rxehs9r8fa6uya60yonh7ywbof9mo0ty', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7j:a-cjQmovtJzavALn3Jr0i0B8HiZRenfxUN1UtUMPuS8', '2026-11-23 12:47:00+00'),
	('v0m8dj2pfavhxhbzeiwrg7p22xuz84wl', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7j:ChVchjvY40Mx9V42Y4a-mvcWe5zJ7BGIjQtIQ7cCqFg', '2026-11-23 12:47:00+00'),
	('cr2i46iyxq46vg44ip5rfm13ksrlhvng', '.eJxVjMsOwiAQRf-FtSGAPF267zeQGRikaiAp7cr479qkC93ec859sQjbWuM2aIlzZhem2Ol3Q0gPajvId2i3zlNv6zIj3xV-0MGnnul5Pdy_gwqjfmtANEknjYTOFWsIgiKVzyKJIJLzRUglibL3tjgIxlHxhoyEAEELW9j7Awj1OHM:1xWy7j:P-Z4-bWDaT5j2QNQ9XhcWcVKj5Xl_zUco7I9TLnm4q0', '2026-11-23 12:47:00+00'),
	('jtkcg0821emdh660tp0m50eqjffftwld', '.eJxVjMsOwiAQRf-FtSGAPF267zeQGRikaiAp7cr479qkC93ec859sQjbWuM2aIlzZhem2Ol3Q0gPajvId2i3zlNv6zIj3xV-0MGnnul5Pdy_gwqjfmtANEknjYTOFWsIgiKVzyKJIJLzRUglibL3tjgIxlHxhoyEAEELW9j7Awj1OHM:1xWy7j:P-Z4-bWDaT5j2QNQ9XhcWcVKj5Xl_zUco7I9TLnm4q0', '2026-11-23 12:47:00+00'),
	('r0z95zf42p1jzmpaff4rka1uhtejg1fl', '.eJxVjMsOwiAQRf-FtSGAPF267zeQGRikaiAp7cr479qkC93ec859sQjbWuM2aIlzZhem2Ol3Q0gPajvId2i3zlNv6zIj3xV-0MGnnul5Pdy_gwqjfmtANEknjYTOFWsIgiKVzyKJIJLzRUglibL3tjgIxlHxhoyEAEELW9j7Awj1OHM:1xWy7j:P-Z4-bWDaT5j2QNQ9XhcWcVKj5Xl_zUco7I9TLnm4q0', '2026-11-23 12:47:00+00'),
	('cazguifxuvdwxsz8u8avp9kys3br1ctr', '.eJxVjMsOwiAQRf-FtSGAPF267zeQGRikaiAp7cr479qkC93ec859sQjbWuM2aIlzZhem2Ol3Q0gPajvId2i3zlNv6zIj3xV-0MGnnul5Pdy_gwqjfmtANEknjYTOFWsIgiKVzyKJIJLzRUglibL3tjgIxlHxhoyEAEELW9j7Awj1OHM:1xWy7j:P-Z4-bWDaT5j2QNQ9XhcWcVKj5Xl_zUco7I9TLnm4q0', '2026-11-23 12:47:00+00'),
	('3nz4766cnsmaefxkp0yrrkv8nkj5if9o', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7j:ChVchjvY40Mx9V42Y4a-mvcWe5zJ7BGIjQtIQ7cCqFg', '2026-11-23 12:47:00+00'),
	('1z83m1zaf4iynbzmazy2gw0ze0imqt4k', '.eJxVjDsOwjAQBe_iGlnr-LempOcM1vqHA8iW4qRC3B0ipYD2zcx7MU_bWv028uLnxM5MsdPvFig-cttBulO7dR57W5c58F3hBx382lN-Xg7376DSqN9apGDBChS5WIQCKFBqSc4Jg4STNBqJCqhodNBEIIx1CDGDMla5SbL3B7VRNls:1xWy7k:4_ZSHc1Jn02HqOI7vkXw8GdsWzMgI3bDvj1jqBpzFlc', '2026-11-23 12:47:00+00'),
	('r2lbkywyshl8j4bh25lpgabu32hi276c', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7k:KgRYU4oOyswsRhPht0JFSKshRHqIHoB5nJlWmeNX5T8', '2026-11-23 12:47:00+00'),
	('1gnjjzclzsrr89ibuaxujuv8q37vptfn', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7k:KgRYU4oOyswsRhPht0JFSKshRHqIHoB5nJlWmeNX5T8', '2026-11-23 12:47:00+00'),
	('ayhwhm5c4qtjketxpd7b9593n5hnxsmt', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7k:KgRYU4oOyswsRhPht0JFSKshRHqIHoB5nJlWmeNX5T8', '2026-11-23 12:47:00+00'),
	('cgm1zv449i4woyau7y8ce2qidw03qcto', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7k:KgRYU4oOyswsRhPht0JFSKshRHqIHoB5nJlWmeNX5T8', '2026-11-23 12:47:00+00'),
	('qsmy99dcmcw9zibgx9hu7xzq2htq3mp7', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7l:zqsG5SYaG4SegME1rXNPPk7aXs_NhfuT5Ems8R9F3mA', '2026-11-23 12:47:00+00'),
	('cb0zusgyxd70gcnnp4rwqxndqjyw89d9', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7l:IDQc7yzwYvwHte_N8KuiIcqVNV7DYqD6HKf-j3caXfE', '2026-11-23 12:47:00+00'),
	('g091jlew1zx53ynurl616gxpkltuu53r', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7l:IDQc7yzwYvwHte_N8KuiIcqVNV7DYqD6HKf-j3caXfE', '2026-11-23 12:47:00+00'),
	('b6xhfxszq7w8ckt7dr4y3m3chntw07rz', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7l:IDQc7yzwYvwHte_N8KuiIcqVNV7DYqD6HKf-j3caXfE', '2026-11-23 12:47:00+00'),
	('xnqrhn7yxxa5e35fxw3b4d9j43ohvugt', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7l:IDQc7yzwYvwHte_N8KuiIcqVNV7DYqD6HKf-j3caXfE', '2026-11-23 12:47:00+00'),
	('tu1fo6p6rtxagi8os8py4h94ggspv6ek', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7m:QwYs2XqooCaoF9QlRMIH7fubiw1aosN3fLujsIKzYP0', '2026-11-23 12:47:00+00'),
	('xdx3yefbwpt0uisvfeapa7isi31nrkit', '.eJxVjMsOwiAQRf-FtSG8oS7d-w0EZhipGkhKuzL-uzbpQrf3nHNfLKZtrXEbZYkzsjOz7PS75QSP0naA99RunUNv6zJnviv8oINfO5bn5XD_Dmoa9VuTUzRlxIAI4CxqIgUerNIeTSKjpApTURS8kYGCDlKAleiEyD5lY9j7AwgzOA8:1xWy7m:QwYs2XqooCaoF9QlRMIH7fubiw1aosN3fLujsIKzYP0', '2026-11-23 12:47:00+00'),
	('sv97nt9hve6x16lyqmp6lsizyab3b3ef', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7m:yJME31lFdiwXO4INe8J5SxfOvtd1WLjwALtu5_b8RMU', '2026-11-23 12:47:00+00'),
	('hwlpuzpurws88liuuwms0nx06amvyep2', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7m:yJME31lFdiwXO4INe8J5SxfOvtd1WLjwALtu5_b8RMU', '2026-11-23 12:47:00+00'),
	('5s0ur8ji38c2gbi85s9qwi390zq9o8nb', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7m:yJME31lFdiwXO4INe8J5SxfOvtd1WLjwALtu5_b8RMU', '2026-11-23 12:47:00+00'),
	('osbwukjx8ne9ygl1hsu6zlvz9zejkf5a', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7m:yJME31lFdiwXO4INe8J5SxfOvtd1WLjwALtu5_b8RMU', '2026-11-23 12:47:00+00'),
	('x7pxpklu0ttqqv3eucehwefq0t7gxa3m', '.eJxVjDsOwjAQBe_iGlnrT2xDSZ8zWLvrNQmgRIqTCnF3iJQC2jcz76UybuuQtyZLHou6qKBOvxshP2TaQbnjdJs1z9O6jKR3RR-06X4u8rwe7t_BgG341uKJq5XibYwOTKrOEGOXwBGLgeDqmcF77MABFbCe2WDBQJhqtALq_QHvQzg2:1xWy7m:8rTXcPTJH--Tjk-UuhNc6bx5nRX2ZM-V4xR8wk6jUUk', '2026-11-23 12:47:00+00'),
	('my6mb0xscw7q0s32eg78alud9kufwyyo', '.eJxVjDsOwjAQBe_iGlnrT2xDSZ8zWLvrNQmgRIqTCnF3iJQC2jcz76UybuuQtyZLHou6qKBOvxshP2TaQbnjdJs1z9O6jKR3RR-06X4u8rwe7t_BgG341uKJq5XibYwOTKrOEGOXwBGLgeDqmcF77MABFbCe2WDBQJhqtALq_QHvQzg2:1xWy7n:ocw4a7bZ3a-U0MTMM6Ouq8YDIhGg0sDSzyardOQ5fag', '2026-11-23 12:47:00+00'),
	('krnsyy5idmslbgpxs1w1eheyesfa6ld0', '.eJxVjDsOwjAQBe_iGlnrT2xDSZ8zWLvrNQmgRIqTCnF3iJQC2jcz76UybuuQtyZLHou6qKBOvxshP2TaQbnjdJs1z9O6jKR3RR-06X4u8rwe7t_BgG341uKJq5XibYwOTKrOEGOXwBGLgeDqmcF77MABFbCe2WDBQJhqtALq_QHvQzg2:1xWy7n:ocw4a7bZ3a-U0MTMM6Ouq8YDIhGg0sDSzyardOQ5fag', '2026-11-23 12:47:00+00'),
	('1xlipv3ylxego6gqdhbbr8lo10iqfuoq', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7n:LR-u--D1zCb4kzw-D8DPYCGCVHCnvyiMiewm3pyzlrA', '2026-11-23 12:47:00+00'),
	('lsqeal33lznx0jdq4k9ingfscysg6khg', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7n:LR-u--D1zCb4kzw-D8DPYCGCVHCnvyiMiewm3pyzlrA', '2026-11-23 12:47:00+00'),
	('wrva5ra1o4wmiov8xqmu4i9al16tdgj6', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7n:LR-u--D1zCb4kzw-D8DPYCGCVHCnvyiMiewm3pyzlrA', '2026-11-23 12:47:00+00'),
	('kaq3r4kvissoi9tc5zx8koubm34b700w', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7n:LR-u--D1zCb4kzw-D8DPYCGCVHCnvyiMiewm3pyzlrA', '2026-11-23 12:47:00+00'),
	('q76hdqtiqeivt0ljmt9nu2j1lwioysfp', '.eJxVjDsOwjAQBe_iGlnGnxhT0nOGaNe7iwPIluKkQtwdIqWA9s3Me6kR1qWMa-d5nEidVVSH3w0hP7hugO5Qb03nVpd5Qr0peqddXxvx87K7fwcFevnW1sCA7MB4FkoAwm4w1kvGgCGJJYMmiJHsApNPpyNHb8WRjdmTc1G9PwyjOIg:1xWy7n:LR-u--D1zCb4kzw-D8DPYCGCVHCnvyiMiewm3pyzlrA', '2026-11-23 12:47:00+00'),
	('e9f4nkuh9gjp3vaghbko8qgtl520834p', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7n:wAFHfop6hkzA_ui27VKiOTse8XcDGO3gj5xt7tWHXUQ', '2026-11-23 12:47:00+00'),
	('bzbowdsnmp6351bho0jtd0vkkpagoidx', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7n:wAFHfop6hkzA_ui27VKiOTse8XcDGO3gj5xt7tWHXUQ', '2026-11-23 12:47:00+00'),
	('kc8pfrrrzoosqeikpgjcpuikqxb269m1', '.eJxVjMsOwiAQRf-FtSGAPF267zeQGRikaiAp7cr479qkC93ec859sQjbWuM2aIlzZhem2Ol3Q0gPajvId2i3zlNv6zIj3xV-0MGnnul5Pdy_gwqjfmtANEknjYTOFWsIgiKVzyKJIJLzRUglibL3tjgIxlHxhoyEAEELW9j7Awj1OHM:1xWy7o:UPweKOTfcKI7V4dtUYQnKy3IpM2jerOzj9KKlLtKgoE', '2026-11-23 12:47:00+00'),
	('zrgcspc48rwql3gpl6o4j4eoh0gu2m5e', '.eJxVjMsOwiAQRf-FtSEgb5fu-w1kBgapGkhKuzL-uzbpQrf3nHNfLMK21rgNWuKc2YVJdvrdENKD2g7yHdqt89TbuszId4UfdPCpZ3peD_fvoMKo35qKQTw7nxW5pLAILdF6BdrYELI3zhYPVHQAEbxQBElY8BqklU5gkOz9Ae6dN68:1xWy7o:DFwlaV1aUjA7OxW_1YsRPo8ZPjjURhjohmT7gUlMmrk', '2026-11-23 12:47:00+00'),
	('yaz2trxyunzwhx4la3oj8wuje21bm2gk', '.eJxVjMsOwiAQRf-FtSGAPF267zeQGRikaiAp7cr479qkC93ec859sQjbWuM2aIlzZhem2Ol3Q0gPajvId2i3zlNv6zIj3xV-0MGnnul5Pdy_gwqjfmtANEknjYTOFWsIgiKVzyKJIJLzRUglibL3tjgIxlHxhoyEAEELW9j7Awj1OHM:1xWy7o:UPweKOTfcKI7V4dtUYQnKy3IpM2jerOzj9KKlLtKgoE', '2026-11-23 12:47:00+00');


--
-- Data for Name: patrol_agency; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_agency VALUES
	(1, 'PT Contoh Laut Biru', '{}', '', '', '', '', '{}', '{}', '{}', NULL, 1),
	(2, 'PT Contoh Laut Biru', '{}', '', '', '', '', '{}', '{}', '{}', NULL, 2),
	(3, 'PT Contoh Laut Biru', '{}', '', '', '', '', '{}', '{}', '{}', NULL, 3),
	(4, 'PT Contoh Bukit Hijau', '{}', '', '', '', '', '{}', '{}', '{}', NULL, 3);


--
-- Data for Name: patrol_auditentry; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_auditentry VALUES
	(1, '2026-11-23 04:46:59+00', 'flag.confirmed', 8, 10, 'flag', '2', '{"version": 1}', '{"flags": ["TND-26-000002"], "state": "confirmed", "reason": "licence"}', 1, '0000000000000000000000000000000000000000000000000000000000000000', 'a275a00f79993f53dcf6107bc22d51b207126efc1118957c12440d20a8fddc34'),
	(2, '2026-11-23 04:46:59+00', 'flag.confirmed', 8, 10, 'flag', '3', '{"version": 1}', '{"flags": ["TND-26-000003"], "state": "confirmed", "reason": "licence"}', 1, 'a275a00f79993f53dcf6107bc22d51b207126efc1118957c12440d20a8fddc34', 'd46658a04c5a4875c156a1a9119f739fea6f587ad45e7cf0abb1432eba8c3315'),
	(3, '2026-11-23 04:46:59+00', 'flag.confirmed', 8, 10, 'flag', '4', '{"version": 1}', '{"flags": ["TND-26-000004"], "state": "confirmed", "reason": "licence"}', 1, 'd46658a04c5a4875c156a1a9119f739fea6f587ad45e7cf0abb1432eba8c3315', 'fb3b9d866e7cbbb1fe615b287a70e95bf387885fce272f49c86fb6cd4381b0bf'),
	(4, '2026-11-23 04:47:00+00', 'case.opened', 8, 10, 'case', '1', '{}', '{"flags": ["TND-26-000003", "TND-26-000004"], "number": "PKR-26-0001"}', 1, 'fb3b9d866e7cbbb1fe615b287a70e95bf387885fce272f49c86fb6cd4381b0bf', 'ab0ccdaffe738f885b3fe779eb51ad437056b84675014c6956cf0c1812515514'),
	(5, '2026-11-23 04:47:00+00', 'case.note', 8, 10, 'case', '1', '{}', '{}', 1, 'ab0ccdaffe738f885b3fe779eb51ad437056b84675014c6956cf0c1812515514', '49e7d9f94b277c2511200969deaf9d9fe4b02cf438a2a8738340ce7aeb861c56'),
	(6, '2026-11-23 04:47:00+00', 'case.message', 8, 10, 'case', '1', '{}', '{}', 1, '49e7d9f94b277c2511200969deaf9d9fe4b02cf438a2a8738340ce7aeb861c56', '07c0f6ce80142064a72cc95091c0ee42f1436133574562239b58c2a413b3d1f7'),
	(7, '2026-11-23 04:46:59+00', 'flag.confirmed', 9, 22, 'flag', '6', '{"version": 1}', '{"flags": ["TND-26-000006"], "state": "confirmed", "reason": "licence"}', 1, '07c0f6ce80142064a72cc95091c0ee42f1436133574562239b58c2a413b3d1f7', '61631c348fb0af036b5dbe2f1b356f9e8c679d069749a44c0ee55323ccf3a5de'),
	(8, '2026-11-23 04:46:59+00', 'flag.confirmed', 9, 22, 'flag', '7', '{"version": 1}', '{"flags": ["TND-26-000007"], "state": "confirmed", "reason": "licence"}', 1, '61631c348fb0af036b5dbe2f1b356f9e8c679d069749a44c0ee55323ccf3a5de', '441a7de943c43185a59c5f14ae3856f17d104a67eab2bfaefd05fa54fd9d6fff'),
	(9, '2026-11-23 04:46:59+00', 'flag.confirmed', 9, 22, 'flag', '8', '{"version": 1}', '{"flags": ["TND-26-000008"], "state": "confirmed", "reason": "licence"}', 1, '441a7de943c43185a59c5f14ae3856f17d104a67eab2bfaefd05fa54fd9d6fff', '9aafbd7d6bd3252a55d74c2e1d94179bae6472e9dd4c5c5c92351644ed793333'),
	(10, '2026-11-23 04:47:00+00', 'case.opened', 9, 22, 'case', '2', '{}', '{"flags": ["TND-26-000007", "TND-26-000008"], "number": "PKR-26-0002"}', 1, '9aafbd7d6bd3252a55d74c2e1d94179bae6472e9dd4c5c5c92351644ed793333', 'faae30e8ec9e620a25b8b2402fa9de7573c6329adab14b6415ecdab67d702c2f'),
	(11, '2026-11-23 04:47:00+00', 'case.note', 9, 22, 'case', '2', '{}', '{}', 1, 'faae30e8ec9e620a25b8b2402fa9de7573c6329adab14b6415ecdab67d702c2f', 'd06af100d13d9fb15bfeeb62eb3b723b845580e9aeeff46515d078d5dd3642ca'),
	(12, '2026-11-23 04:47:00+00', 'case.message', 9, 22, 'case', '2', '{}', '{}', 1, 'd06af100d13d9fb15bfeeb62eb3b723b845580e9aeeff46515d078d5dd3642ca', '82e59b1c214ba1c7c2a03c0d0cb90e47b09a725933aad04d1b2b24f113fe728e'),
	(13, '2026-11-23 04:46:59+00', 'flag.confirmed', 10, 1, 'flag', '10', '{"version": 1}', '{"flags": ["TND-26-000010"], "state": "confirmed", "reason": "licence"}', 1, '82e59b1c214ba1c7c2a03c0d0cb90e47b09a725933aad04d1b2b24f113fe728e', 'ccdd7f7f2f5e3785b5e113cc543b54f2c0505cf77c4cb99436e06856ee46f107'),
	(14, '2026-11-23 04:46:59+00', 'flag.confirmed', 10, 1, 'flag', '11', '{"version": 1}', '{"flags": ["TND-26-000011"], "state": "confirmed", "reason": "licence"}', 1, 'ccdd7f7f2f5e3785b5e113cc543b54f2c0505cf77c4cb99436e06856ee46f107', '73d90b5cddadc3eda7ae0553d2865eade9f7c410decede3336513d01f05e4964'),
	(15, '2026-11-23 04:46:59+00', 'flag.confirmed', 10, 1, 'flag', '12', '{"version": 1}', '{"flags": ["TND-26-000012"], "state": "confirmed", "reason": "licence"}', 1, '73d90b5cddadc3eda7ae0553d2865eade9f7c410decede3336513d01f05e4964', 'd5f2d98270f50ea3a75542dc28b90c7cedb2824fda18afe85289e068979388d3'),
	(16, '2026-11-23 04:47:00+00', 'case.opened', 10, 1, 'case', '3', '{}', '{"flags": ["TND-26-000011", "TND-26-000012"], "number": "PKR-26-0003"}', 1, 'd5f2d98270f50ea3a75542dc28b90c7cedb2824fda18afe85289e068979388d3', 'aaeb3cd6d904f97e8ade3861aaeea24bcfb356c3323cc1546aa17703b79184e6'),
	(17, '2026-11-23 04:47:00+00', 'case.note', 10, 1, 'case', '3', '{}', '{}', 1, 'aaeb3cd6d904f97e8ade3861aaeea24bcfb356c3323cc1546aa17703b79184e6', 'e5bcbc327f80a2bbdb2c607bcb63c4f5901ab9e4b0eabe0421bd1f898ab57abb'),
	(18, '2026-11-23 04:47:00+00', 'case.message', 10, 1, 'case', '3', '{}', '{}', 1, 'e5bcbc327f80a2bbdb2c607bcb63c4f5901ab9e4b0eabe0421bd1f898ab57abb', '35dd24db3c3eb131f699326baf7edcf5a0a46a871508f78494d42080ea3578a6'),
	(19, '2026-11-23 04:47:00+00', 'summary.freeze', 4, 1, 'weeklysummary', '1', '{}', '{"week": "2026-W46", "office": 10, "sha256": "a62a4a80be8b12effd58e49442aed7f0eac5e3c4251073f82134e3ed61341df2", "edition": 1}', 1, '35dd24db3c3eb131f699326baf7edcf5a0a46a871508f78494d42080ea3578a6', '2378823e8c46e7a2ec9c85f33ed25c8273b162d8730e4f84fffb03017471a3dc'),
	(20, '2026-11-23 04:47:00+00', 'summary.freeze', 4, 1, 'weeklysummary', '2', '{}', '{"week": "2026-W46", "office": 22, "sha256": "43c4b5283d17311756b41c92ae993234ca7549cc211cf1cb1dcd1704c70a01f2", "edition": 1}', 1, '2378823e8c46e7a2ec9c85f33ed25c8273b162d8730e4f84fffb03017471a3dc', '2c4eb2f80fe8856d55dbf2a35ca49d6b7ecb3c7bb68e5edff645439b585d3801'),
	(21, '2026-11-23 04:47:00+00', 'summary.freeze', 4, 1, 'weeklysummary', '3', '{}', '{"week": "2026-W46", "office": 1, "sha256": "317731f9011018ea627cea75faaadb93ecebea03307eeacbbd79540443006027", "edition": 1}', 1, '2c4eb2f80fe8856d55dbf2a35ca49d6b7ecb3c7bb68e5edff645439b585d3801', 'bb5ece3f9484775bc97e1aea6bddb78689c403619f7dbfbed9bb032a7691650c'),
	(22, '2026-11-23 04:47:00+00', 'summary.freeze', 4, 1, 'weeklysummary', '4', '{}', '{"week": "2026-W46", "office": null, "sha256": "5878e9cd8532ba77e1ae0c6024a8d4a61242d2e2ebd2b790a756622ee7ca3c77", "edition": 1}', 1, 'bb5ece3f9484775bc97e1aea6bddb78689c403619f7dbfbed9bb032a7691650c', '9173c27d572883a1b565f63122224b149f5f8cd9445616a8772546542b8b8110'),
	(23, '2026-11-23 04:47:00+00', 'flag.confirmed', 1, 10, 'flag', '1', '{"version": 1}', '{"flags": ["TND-26-000001"], "state": "confirmed", "reason": "licence"}', 1, '9173c27d572883a1b565f63122224b149f5f8cd9445616a8772546542b8b8110', 'b568e21d82c0f7975a4f58ab77216853a127c29031ba4b9fc75232add584da3c'),
	(24, '2026-11-23 04:47:00+00', 'contact.shown', 1, 10, 'flag', '1', '{}', '{"purpose": "case"}', 1, 'b568e21d82c0f7975a4f58ab77216853a127c29031ba4b9fc75232add584da3c', '0a031f4c917fa815dafbde0aab56de51f8a5abe8a01a4e298e8fc782c5d9ac3a'),
	(25, '2026-11-23 04:47:00+00', 'case.opened', 1, 10, 'case', '4', '{}', '{"flags": ["TND-26-000002"], "number": "PKR-26-0004"}', 1, '0a031f4c917fa815dafbde0aab56de51f8a5abe8a01a4e298e8fc782c5d9ac3a', '66b92544d1ee002c57d32b5b0eebc1fb170cf8529a6592c6706c1421cc0f3fee'),
	(26, '2026-11-23 04:46:59+00', 'flag.confirmed', 5, 1, 'flag', '5', '{"version": 1}', '{"flags": ["TND-26-000005"], "state": "confirmed", "reason": "licence"}', 1, '66b92544d1ee002c57d32b5b0eebc1fb170cf8529a6592c6706c1421cc0f3fee', '426c09cb28352bb01f7bcb741bb69b1615b6b0a62a5b1d251886109bcae31a0d'),
	(27, '2026-11-23 04:47:00+00', 'flag.reversed', 5, 1, 'flag', '5', '{"decision": 11}', '{"flags": ["TND-26-000005"], "state": "waiting", "reason": "undone"}', 1, '426c09cb28352bb01f7bcb741bb69b1615b6b0a62a5b1d251886109bcae31a0d', 'f3a6a60017252ddccabb570c1594ff54dffd52c5a759408ae53af79b2e48949b'),
	(28, '2026-11-23 04:46:59+00', 'flag.confirmed', 5, 1, 'flag', '9', '{"version": 1}', '{"flags": ["TND-26-000009"], "state": "confirmed", "reason": "licence"}', 1, 'f3a6a60017252ddccabb570c1594ff54dffd52c5a759408ae53af79b2e48949b', 'b4bcb2a5b7607d9de94a97facf03025496606fc176763c0375576a5d60cf1bc4'),
	(29, '2026-11-23 04:47:00+00', 'flag.reversed', 5, 1, 'flag', '9', '{"decision": 13}', '{"flags": ["TND-26-000009"], "state": "waiting", "reason": "reversed"}', 1, 'b4bcb2a5b7607d9de94a97facf03025496606fc176763c0375576a5d60cf1bc4', '461f6c76c552a35a19b1fdc79e02f8a7422ebe19fef41503d8ff862f132b0666'),
	(30, '2026-11-23 04:47:00+00', 'post.severe', 1, 10, 'post', '13', '{"severe": false}', '{"severe": true}', 1, '461f6c76c552a35a19b1fdc79e02f8a7422ebe19fef41503d8ff862f132b0666', 'b20bb1b09fcb5a11849cb32d8dd4e0bd01b360e3ed93f32b6ec6d1dbdf0bc4eb'),
	(31, '2026-11-23 04:47:00+00', 'page.asked', 1, 10, 'post', '13', '{}', '{}', 1, 'b20bb1b09fcb5a11849cb32d8dd4e0bd01b360e3ed93f32b6ec6d1dbdf0bc4eb', '556cfb4cdffe52b3b31a835c9eeff13f876da584da940432832ed043d1776ba5'),
	(32, '2026-11-23 04:47:00+00', 'capture.viewed', 1, 10, 'capture', 'b8cb630a-4381-4fb3-98ac-c064e528524c', '{}', '{"post": 1}', 1, '556cfb4cdffe52b3b31a835c9eeff13f876da584da940432832ed043d1776ba5', '3bc7a3adc6311407543ec37782ed413f9bc7143214bb8027badb388fdab75722'),
	(33, '2026-11-23 04:47:00+00', 'capture.downloaded', 1, 10, 'capture', 'b8cb630a-4381-4fb3-98ac-c064e528524c', '{}', '{"post": 1}', 1, '3bc7a3adc6311407543ec37782ed413f9bc7143214bb8027badb388fdab75722', '95b1641f671fb4edc3808120eb1ac9f6c6fe7e6d677c1181aba37eab5e2c64df'),
	(34, '2026-11-23 04:47:00+00', 'erasure.asked', 1, 10, 'erasurerequest', '1', '{}', '{"post": 1, "until": "2026-11-30T04:47:00+00:00", "number": "HPS-26-0001", "reason": "subject", "versions": 1}', 1, '95b1641f671fb4edc3808120eb1ac9f6c6fe7e6d677c1181aba37eab5e2c64df', 'd424770c52435e5ed1eadf09f6b109feb8e6b966016c4b3f928b9ccf600e366d'),
	(35, '2026-11-23 04:47:00+00', 'erasure.asked', 9, 22, 'erasurerequest', '2', '{}', '{"post": 5, "until": "2026-11-30T04:47:00+00:00", "number": "HPS-26-0002", "reason": "subject", "versions": 1}', 1, 'd424770c52435e5ed1eadf09f6b109feb8e6b966016c4b3f928b9ccf600e366d', 'da01c771c2aa2ece130c42700b3ac757910ef59e927bed6f59e3d6ff337e103d'),
	(36, '2026-11-23 04:47:00+00', 'erasure.approved', 4, 1, 'erasurerequest', '2', '{}', '{"post": 5, "number": "HPS-26-0002"}', 1, 'da01c771c2aa2ece130c42700b3ac757910ef59e927bed6f59e3d6ff337e103d', 'e55904118aa788eff164b2a251144a5b2b3b1a316102776d44484631b4b94ddb'),
	(37, '2026-11-23 04:47:00+00', 'post.erased', 4, 1, 'post', '5', '{}', '{"number": "HPS-26-0002", "reason": "subject", "asked_by": 9, "versions": 1}', 1, 'e55904118aa788eff164b2a251144a5b2b3b1a316102776d44484631b4b94ddb', '644ff87725f38a2cbcda1af679efbee76605901ea9e01d79dcf30b457c529243'),
	(38, '2026-11-23 04:47:00+00', 'erasure.asked', 10, 1, 'erasurerequest', '3', '{}', '{"post": 9, "until": "2026-11-30T04:47:00+00:00", "number": "HPS-26-0003", "reason": "subject", "versions": 1}', 1, '644ff87725f38a2cbcda1af679efbee76605901ea9e01d79dcf30b457c529243', '78e648f2339b82ceed66a4bd136eccadff7314f2f67fd50e71f7a7c6ff592687'),
	(39, '2026-11-23 04:47:00+00', 'erasure.refused', 4, 1, 'erasurerequest', '3', '{}', '{"post": 9, "number": "HPS-26-0003"}', 1, '78e648f2339b82ceed66a4bd136eccadff7314f2f67fd50e71f7a7c6ff592687', '5a1f78f6a7ae74d959276332cff2f023d7b091f34826ef7bf01530f4226d5df8'),
	(40, '2026-11-23 04:47:00+00', 'erasure.asked', 5, 1, 'erasurerequest', '4', '{}', '{"post": 9, "until": "2026-11-30T04:47:00+00:00", "number": "HPS-26-0004", "reason": "subject", "versions": 1}', 1, '5a1f78f6a7ae74d959276332cff2f023d7b091f34826ef7bf01530f4226d5df8', '172710374994b38eeccc0b9e962c91d52b3e7d64ba5323ffd3eb57b89a7c49ef'),
	(41, '2026-11-23 04:47:00+00', 'erasure.withdrawn', 5, 1, 'erasurerequest', '4', '{}', '{"post": 9, "number": "HPS-26-0004"}', 1, '172710374994b38eeccc0b9e962c91d52b3e7d64ba5323ffd3eb57b89a7c49ef', 'fa82617b1054215718f31bba6ebabf90c05cad4173181c1a4fecca1e7298442a'),
	(42, '2026-11-23 04:47:00+00', 'indicator.shown', 1, 10, 'indicator', '1', '{}', '{"purpose": "triage", "reference": ""}', 1, 'fa82617b1054215718f31bba6ebabf90c05cad4173181c1a4fecca1e7298442a', '1870786a91fc3da43387c097b9fa8cbc81bd8bad04aaa85f8ba4ee7150ff943c'),
	(43, '2026-11-23 04:47:00+00', 'trusted.proposed', 1, 10, 'trusted', '1', '{}', '{"known_as": "hotline", "indicator": 1, "expires_on": "2027-06-11"}', 1, '1870786a91fc3da43387c097b9fa8cbc81bd8bad04aaa85f8ba4ee7150ff943c', 'ef913727ed5f5e15e088be0288f5d4acc4436780c8bff78a0dadf8025e63dd66'),
	(44, '2026-11-23 04:47:00+00', 'search.made', 1, 10, 'search', '0', '{}', '{"hits": 0, "kinds": ["bank_account", "phone"], "digest": "a5141fbdba3852b3eaa5d93e980a7eea"}', 1, 'ef913727ed5f5e15e088be0288f5d4acc4436780c8bff78a0dadf8025e63dd66', '28a4e67b4725c44ff87b042499e0755f5c7e483fe81da25c1956098ebfc0dc66'),
	(45, '2026-11-23 04:47:00+00', 'campaign.confirmed', 1, 10, 'campaign', '1', '{}', '{"ties": 2}', 1, '28a4e67b4725c44ff87b042499e0755f5c7e483fe81da25c1956098ebfc0dc66', 'e2d4c8b4d1d9c3f1a2c6f11de53b05066cac6374829364d1a705fe1fc40ad165'),
	(46, '2026-11-23 04:47:00+00', 'campaign.named', 1, 10, 'campaign', '2', '{}', '{"name": "Kursi Taiwan"}', 1, 'e2d4c8b4d1d9c3f1a2c6f11de53b05066cac6374829364d1a705fe1fc40ad165', 'd619fdb654d67501f4dcbbcb95942a3d916621008939ab88b2879fd2942674c8'),
	(47, '2026-11-23 04:47:00+00', 'campaign.split', 1, 10, 'campaign', '3', '{}', '{"into": 4, "posts": [22]}', 1, 'd619fdb654d67501f4dcbbcb95942a3d916621008939ab88b2879fd2942674c8', '9088ff704975f1ae477566d040bab864774a396317d114a87cfcba423f9bb741'),
	(48, '2026-11-23 04:47:00+00', 'campaign.split', 1, 10, 'campaign', '4', '{}', '{"from": 3}', 1, '9088ff704975f1ae477566d040bab864774a396317d114a87cfcba423f9bb741', '136fc7c5e24a06e19862d83f9e8644f1ddb091031ad4e12b5d6c270e23cabac0'),
	(49, '2026-11-23 04:47:00+00', 'campaign.merged', 1, 10, 'campaign', '5', '{}', '{"was": "proposed", "from": 6, "posts": []}', 1, '136fc7c5e24a06e19862d83f9e8644f1ddb091031ad4e12b5d6c270e23cabac0', 'db1d1c382f91fb68c08cda3425c4780c3d348ef2c64553541d8c49e181e14fab'),
	(50, '2026-11-23 04:47:00+00', 'campaign.merged', 1, 10, 'campaign', '6', '{}', '{"into": 5}', 1, 'db1d1c382f91fb68c08cda3425c4780c3d348ef2c64553541d8c49e181e14fab', 'b7267b89fdb687cb21c3a343b0058ae893176680ccc6547595ee1731b7403fcf'),
	(51, '2026-11-23 04:47:00+00', 'campaign.merged', 5, 1, 'campaign', '7', '{}', '{"was": "proposed", "from": 8, "posts": []}', 1, 'b7267b89fdb687cb21c3a343b0058ae893176680ccc6547595ee1731b7403fcf', 'cd63434d2b092b66bc87f289da61647ee82f007f519a30d84942f89c7630b387'),
	(52, '2026-11-23 04:47:00+00', 'campaign.merged', 5, 1, 'campaign', '8', '{}', '{"into": 7}', 1, 'cd63434d2b092b66bc87f289da61647ee82f007f519a30d84942f89c7630b387', 'b266a837ae2d73e284bad926fc319babdbf6af84398cb370d3fcb3e92803062b'),
	(53, '2026-11-23 04:47:00+00', 'campaign.unmerged', 1, 10, 'campaign', '8', '{}', '{"from": 7}', 1, 'b266a837ae2d73e284bad926fc319babdbf6af84398cb370d3fcb3e92803062b', 'f760648cef3f787146dcfacda049af8fed6d373658aa08a1f3fb4acf64d1708f'),
	(54, '2026-11-23 04:47:00+00', 'campaign.unmerged', 1, 10, 'campaign', '7', '{}', '{"into": 8}', 1, 'f760648cef3f787146dcfacda049af8fed6d373658aa08a1f3fb4acf64d1708f', 'c6e1b9ec3f3f73f84f157cfd2863cdc84745a0f91d5d4b4a9f30696f22d50c90'),
	(55, '2026-11-23 04:47:00+00', 'campaign.dissolved', 1, 10, 'campaign', '9', '{}', '{"posts": [31, 32, 33]}', 1, 'c6e1b9ec3f3f73f84f157cfd2863cdc84745a0f91d5d4b4a9f30696f22d50c90', '4706694fc064c58e54f6b0ba7d677c242fe08b57d4e3b664e80bab402990b709'),
	(56, '2026-11-23 04:47:00+00', 'campaign.tie_confirmed', 1, 10, 'campaign', '13', '{}', '{"tie": 20}', 1, '4706694fc064c58e54f6b0ba7d677c242fe08b57d4e3b664e80bab402990b709', 'db220ed151a2873e9afb77bb98064f1d8c7a5ccf3cbb6df0b2ca6230664e61b9'),
	(57, '2026-11-23 04:47:00+00', 'campaign.tie_cut', 1, 10, 'campaign', '14', '{}', '{"tie": 22, "left": [48]}', 1, 'db220ed151a2873e9afb77bb98064f1d8c7a5ccf3cbb6df0b2ca6230664e61b9', '72a8e9351f9f58001f50deac3879e338b321109fab887172dd27b50fdbbb09fe'),
	(58, '2026-11-23 04:47:00+00', 'import.taken', 1, 10, 'intake', '1', '{}', '{"format": "table"}', 1, '72a8e9351f9f58001f50deac3879e338b321109fab887172dd27b50fdbbb09fe', '553f5a9f286731690e0fa74bf68a0ea20bfbbf9242f8def74ef35212418097c9'),
	(59, '2026-11-23 04:47:00+00', 'import.ended', NULL, NULL, 'intake', '1', '{"state": "waiting"}', '{"bad": 0, "new": 1, "state": "done", "changed": 0, "repeated": 0}', 1, '553f5a9f286731690e0fa74bf68a0ea20bfbbf9242f8def74ef35212418097c9', '1715d377b1ce2dfd974e85cef1c737e341cb0da8d6a72651111375e4bd58fbad'),
	(60, '2026-11-23 04:47:00+00', 'case.escalated', 1, 10, 'case', '1', '{"state": "opened"}', '{"state": "escalated", "article": "placement"}', 1, '1715d377b1ce2dfd974e85cef1c737e341cb0da8d6a72651111375e4bd58fbad', '21cb6f34a3d7f758396db32c2486ebb235661264a1af5d7c021b4a515e17d0d4'),
	(61, '2026-11-23 04:47:00+00', 'case.escalated', 9, 22, 'case', '2', '{"state": "opened"}', '{"state": "escalated", "article": "placement"}', 1, '21cb6f34a3d7f758396db32c2486ebb235661264a1af5d7c021b4a515e17d0d4', '4f7ea9fb634e4b85970a8cf601646c29234fe5825172ccede2b75ad2c6804371'),
	(62, '2026-11-23 04:47:00+00', 'case.taken', 5, 1, 'case', '2', '{"state": "escalated"}', '{"state": "escalated"}', 1, '4f7ea9fb634e4b85970a8cf601646c29234fe5825172ccede2b75ad2c6804371', '109045dbe0cf0bda25e87f9bd94c64d349e71cfe79d9c876ab2bf95fb8e744c3'),
	(63, '2026-11-23 04:47:00+00', 'case.escalated', 10, 1, 'case', '3', '{"state": "opened"}', '{"state": "escalated", "article": "placement"}', 1, '109045dbe0cf0bda25e87f9bd94c64d349e71cfe79d9c876ab2bf95fb8e744c3', '8f7dd5a6895f0642fe1cbad143b6a52619a7261bc623dd8f584e4f2dd9410502'),
	(64, '2026-11-23 04:47:00+00', 'case.returned', 5, 1, 'case', '3', '{"state": "escalated"}', '{"state": "opened"}', 1, '8f7dd5a6895f0642fe1cbad143b6a52619a7261bc623dd8f584e4f2dd9410502', '37549d6cffbc464bab3520975ada4669beac235ccfa56ee463d5d689568eba72'),
	(65, '2026-11-23 04:47:00+00', 'case.note', 1, 10, 'case', '1', '{}', '{}', 1, '37549d6cffbc464bab3520975ada4669beac235ccfa56ee463d5d689568eba72', '7da91b0e45abbba53e136d71d8ba2080d3005a6ef29a3279167cfee0f6e9738f'),
	(66, '2026-11-23 04:47:00+00', 'case.message', 1, 10, 'case', '1', '{}', '{}', 1, '7da91b0e45abbba53e136d71d8ba2080d3005a6ef29a3279167cfee0f6e9738f', '96c364eb979992dd9caba20b590a108271af125605a78dbeb7660ec46f9cb3a4'),
	(67, '2026-11-23 04:47:00+00', 'case.closed', 5, 1, 'case', '2', '{"state": "escalated"}', '{"state": "closed"}', 1, '96c364eb979992dd9caba20b590a108271af125605a78dbeb7660ec46f9cb3a4', 'e89802e096edf3ffd709322528c0ee935f0ff547b14ba6479f72ec5b6cf37491'),
	(68, '2026-11-23 04:47:00+00', 'protection.contacts_shown', 1, 10, 'protection', '1', '{"state": "new", "office": 10}', '{"state": "new", "office": 10, "purpose": "reach"}', 1, 'e89802e096edf3ffd709322528c0ee935f0ff547b14ba6479f72ec5b6cf37491', 'cb23dc6b2f4ba86f27655a29d2b5808475f2372bc9de99d4eaf5743277a10269'),
	(69, '2026-11-23 04:47:00+00', 'protection.contacted', 5, 1, 'protection', '3', '{"state": "new", "office": 22}', '{"state": "contacted", "office": 22}', 1, 'cb23dc6b2f4ba86f27655a29d2b5808475f2372bc9de99d4eaf5743277a10269', '9006f181b8658369e204e0c99c176202f7026ca230430b74f555a55ec5228de6'),
	(70, '2026-11-23 04:47:00+00', 'protection.handed_over', 5, 1, 'protection', '6', '{"state": "new", "office": 1}', '{"state": "handed_over", "office": 1}', 1, '9006f181b8658369e204e0c99c176202f7026ca230430b74f555a55ec5228de6', '511045877dd228ffbe7e87a61ee267c079a61a22fe1cdbf9d92d6c2b3b5573ac'),
	(71, '2026-11-23 04:47:00+00', 'bulk.begun', 1, 10, 'bulk', '1', '{}', '{"rows": 1, "number": "MSL-26-0001", "reason": "fraud", "outcome": "confirmed"}', 1, '511045877dd228ffbe7e87a61ee267c079a61a22fe1cdbf9d92d6c2b3b5573ac', 'b8429a3d4c40a7801ae8fcc24daab5c25daae978ae48b82ac992590d822fa049'),
	(72, '2026-11-23 04:47:00+00', 'bulk.approved', 2, 10, 'bulk', '2', '{"state": "proposed"}', '{"state": "running"}', 1, 'b8429a3d4c40a7801ae8fcc24daab5c25daae978ae48b82ac992590d822fa049', 'c6fbd8f4d8ca4b8fdc3085c06b4cece3fbe1a77a5c9e3106b02cd3fe628822be'),
	(73, '2026-11-23 04:47:00+00', 'bulk.refused', 2, 10, 'bulk', '3', '{"state": "proposed"}', '{"state": "refused"}', 1, 'c6fbd8f4d8ca4b8fdc3085c06b4cece3fbe1a77a5c9e3106b02cd3fe628822be', 'e5a4788f3f099a7ab54dac1e788b714318e914d463f4b9e53d15650fe18e4b72'),
	(74, '2026-11-23 04:47:00+00', 'bulk.cancelled', 2, 10, 'bulk', '4', '{"state": "proposed"}', '{"state": "cancelled"}', 1, 'e5a4788f3f099a7ab54dac1e788b714318e914d463f4b9e53d15650fe18e4b72', 'ae45a62eabcbb8020eec4aa7ed6ff5c45facaf5c76e8954673ac51a86acb0bb4'),
	(75, '2026-11-23 04:47:00+00', 'bulk.reversed', 2, 10, 'bulk', '5', '{"state": "done"}', '{"state": "reversed"}', 1, 'ae45a62eabcbb8020eec4aa7ed6ff5c45facaf5c76e8954673ac51a86acb0bb4', 'cda1888d176c7f32bd0530d18a72f895d26642b8fd562d5a7560d97a2f88f1ee'),
	(76, '2026-11-23 04:47:00+00', 'review.second', 1, 10, 'draw', '1', '{}', '{"review": 1}', 1, 'cda1888d176c7f32bd0530d18a72f895d26642b8fd562d5a7560d97a2f88f1ee', 'f77bc48ed33bd42a06540586fc00208e5ffa75a8894c9245fe35adcaed3050ba'),
	(77, '2026-11-23 04:47:00+00', 'review.second', 18, 22, 'draw', '2', '{}', '{"review": 3}', 1, 'f77bc48ed33bd42a06540586fc00208e5ffa75a8894c9245fe35adcaed3050ba', 'b6b0c509068f5c4fd5771fb019806b01baf81ba9d80b2f1e53fec68fbd85818e'),
	(78, '2026-11-23 04:47:00+00', 'review.third', 4, 1, 'draw', '2', '{}', '{"review": 4, "changed": false}', 1, 'b6b0c509068f5c4fd5771fb019806b01baf81ba9d80b2f1e53fec68fbd85818e', 'be4311370ce05b24cfcf1c15b799529820915c0ac05c7c2bf355c43aa7c9fa47'),
	(79, '2026-11-23 04:47:00+00', 'watch.added', 5, 1, 'watch', '18', '{}', '{"kind": "channel", "name": "Pantauan baru", "packs": [], "query": "saluran_baru_contoh", "windows": [], "platform": "telegram", "priority": 2, "quiet_to": null, "office_id": 10, "quiet_from": null, "daily_quota": null, "healthy_low": 1, "healthy_high": 9, "credential_id": null, "every_seconds": 1200}', 1, 'be4311370ce05b24cfcf1c15b799529820915c0ac05c7c2bf355c43aa7c9fa47', '8b09f21afe329840b77b59a11abea0cf4ee41c01c99723987146fa6faffb2393'),
	(80, '2026-11-23 04:47:00+00', 'watch.paused', 5, 1, 'watch', '1', '{"state": "active"}', '{"state": "paused"}', 1, '8b09f21afe329840b77b59a11abea0cf4ee41c01c99723987146fa6faffb2393', 'c28f452e222295f4fea890650e9e4c2c2dce224be69a47a6dc47c8a965caea4a'),
	(81, '2026-11-23 04:47:00+00', 'watch.resumed', 5, 1, 'watch', '1', '{"state": "paused"}', '{"state": "active"}', 1, 'c28f452e222295f4fea890650e9e4c2c2dce224be69a47a6dc47c8a965caea4a', '0be342298ba98245189068b17a62af39e8ba90f518d4c9e938219976c3ff8e7a'),
	(82, '2026-11-23 04:47:00+00', 'note.taken', 1, 10, 'intake', '2', '{}', '{"way": "visit", "commitment": "000a2d07c32c771ddbcf7c707e6ca1bc6c1deb40f1f6e28aa77b63493b489c1c"}', 1, '0be342298ba98245189068b17a62af39e8ba90f518d4c9e938219976c3ff8e7a', '104158b2a5989ef03fe925b31d914a12853b40469dd63fbb3fd3f833a68af6c3'),
	(83, '2026-11-23 04:47:00+00', 'upload.sent', 1, 10, 'intake', '3', '{}', '{"pictures": 0, "commitment": "db948261e7c8598f40e56f852d0fe8ecb0cbfc430f1db83cad6826b79709dce6"}', 1, '104158b2a5989ef03fe925b31d914a12853b40469dd63fbb3fd3f833a68af6c3', '520bee58964a8821e2f59afd7ab2da7ae46903260c82e6a7aa70a1b36bb8b470'),
	(84, '2026-11-23 04:47:00+00', 'device.code_made', 1, 10, 'pairingcode', '1', '{}', '{"until": "2026-11-23T04:57:00+00:00"}', 1, '520bee58964a8821e2f59afd7ab2da7ae46903260c82e6a7aa70a1b36bb8b470', '9e1c0c92be51a716bb42b151d2500c51c614987165f10c0902e16202d0162bc8'),
	(85, '2026-11-23 04:47:00+00', 'device.revoked', 1, 10, 'device', '1', '{}', '{"person": 1}', 1, '9e1c0c92be51a716bb42b151d2500c51c614987165f10c0902e16202d0162bc8', '731d6a0e9063688f5e451cc87ba98e42a5bf9f33bad9008cb7c518ad2d33328b'),
	(86, '2026-11-23 04:47:00+00', 'pack.added', 5, 1, 'keywordpack', '1', '{}', '{"about": "lures", "words": ["tanpa biaya"]}', 1, '731d6a0e9063688f5e451cc87ba98e42a5bf9f33bad9008cb7c518ad2d33328b', '3765557b64609cf8a4aa8d8490fd90e045015459317004c773d55889118b3094'),
	(87, '2026-11-23 04:47:00+00', 'pack.added', NULL, NULL, 'keywordpack', '2', '{}', '{"about": "lures", "words": ["gratis biaya"]}', 1, '3765557b64609cf8a4aa8d8490fd90e045015459317004c773d55889118b3094', '82910eb8239542e3741a8067584547a428c1959e5239f3275b6467bb84f06b89'),
	(88, '2026-11-23 04:47:00+00', 'credential.added', 7, 1, 'credential', '1', '{}', '{"mark": "8596", "last_day": null, "platform": "youtube"}', 1, '82910eb8239542e3741a8067584547a428c1959e5239f3275b6467bb84f06b89', 'd74194bfdcff63bad2af440dcd63168e663c28aaa13f5f2e9526f495f149189f'),
	(89, '2026-11-23 04:47:00+00', 'credential.added', 7, 1, 'credential', '2', '{}', '{"mark": "8596", "last_day": null, "platform": "youtube"}', 1, 'd74194bfdcff63bad2af440dcd63168e663c28aaa13f5f2e9526f495f149189f', 'b70c62a33689952cee69677a8f0102a9834def01148d93d7ee8993bf8f3176ac'),
	(90, '2026-11-23 04:47:00+00', 'credential.renewed', 7, 1, 'credential', '2', '{"mark": "8596", "refused": false}', '{"mark": "8596", "watches": [], "last_day": null}', 1, 'b70c62a33689952cee69677a8f0102a9834def01148d93d7ee8993bf8f3176ac', 'ffa231d4e243d2eda1922d7f2cb6c8054d8b530492b4f3cde8a8a73deca16cb1'),
	(91, '2026-11-23 04:47:00+00', 'credential.added', 7, 1, 'credential', '3', '{}', '{"mark": "8596", "last_day": null, "platform": "youtube"}', 1, 'ffa231d4e243d2eda1922d7f2cb6c8054d8b530492b4f3cde8a8a73deca16cb1', 'bcf99518b30b8e822c297eaffd1d8278677b0257873c8b0ec8a2b11d67006620'),
	(92, '2026-11-23 04:47:00+00', 'credential.added', 7, 1, 'credential', '4', '{}', '{"mark": "8596", "last_day": null, "platform": "youtube"}', 1, 'bcf99518b30b8e822c297eaffd1d8278677b0257873c8b0ec8a2b11d67006620', '31d8bbd89f488248e217aa33393f16d594b3bdbd4a4330570553790372879117'),
	(93, '2026-11-23 04:47:00+00', 'credential.retired', 7, 1, 'credential', '4', '{}', '{}', 1, '31d8bbd89f488248e217aa33393f16d594b3bdbd4a4330570553790372879117', '0833fd9732ef09ab90c335a620bac2094fb85fc2cf936e6f5d858974211f8c16'),
	(94, '2026-11-23 04:47:00+00', 'register.imported', 6, 1, 'registeredition', '3', '{}', '{"files": ["827a3c5d14c3240cd668312c4765432dde29aa7cae53ff5f2d44aa850b5a28bd", "652984a2875a265009718e9b9ee790b849abbb986de564a0fb582a34e45e439d"], "number": 3, "register_date": "2026-11-23"}', 1, '0833fd9732ef09ab90c335a620bac2094fb85fc2cf936e6f5d858974211f8c16', '563e089b5812f3fb06ead42d1e55f7515fb9eaa3ba0f7796cb436434800f6f7c'),
	(95, '2026-11-23 04:47:00+00', 'person.added', 7, 1, 'person', '19', '{}', '{"role": "officer", "office": "bp3mi-jabar", "username": "orang.baru"}', 1, '563e089b5812f3fb06ead42d1e55f7515fb9eaa3ba0f7796cb436434800f6f7c', '649760ce754c1c014210e9da66e6844df813332dd6e0bfebba8ff454063fa141'),
	(96, '2026-11-23 04:47:00+00', 'person.changed', 7, 1, 'person', '8', '{"role": "officer", "active": true, "office": 10}', '{"role": "officer", "active": true, "office": 10}', 1, '649760ce754c1c014210e9da66e6844df813332dd6e0bfebba8ff454063fa141', 'd10255afbf9d0bdb5a68f649754f991abb134c0566b52865d863ce36664dca28'),
	(97, '2026-11-23 04:47:00+00', 'person.reset_link', 7, 1, 'person', '8', '{}', '{"valid_seconds": 86400}', 1, 'd10255afbf9d0bdb5a68f649754f991abb134c0566b52865d863ce36664dca28', '3ed41c716d1a21574e5b07d28e2c2cc5708da1a051bdc61b3d0e5061bae0d124'),
	(98, '2026-11-23 04:47:00+00', 'office.added', 7, 1, 'office', '25', '{}', '{"code": "bp3mi-baru", "name": "BP3MI Baru", "zone": "Asia/Jayapura", "provinces": [], "short_name": "Baru"}', 1, '3ed41c716d1a21574e5b07d28e2c2cc5708da1a051bdc61b3d0e5061bae0d124', 'b1ddc6666cf8dfa4d6d93003218527a91a821987939d8007c86c1b7813570938'),
	(99, '2026-11-23 04:47:00+00', 'office.changed', 7, 1, 'office', '10', '{"name": "BP3MI Jawa Barat", "zone": "Asia/Jakarta", "active": true, "provinces": ["32"], "short_name": "Jabar"}', '{"name": "BP3MI Jawa Barat Baru", "zone": "Asia/Jakarta", "active": true, "provinces": ["32"], "short_name": "Jabar"}', 1, 'b1ddc6666cf8dfa4d6d93003218527a91a821987939d8007c86c1b7813570938', 'dec954214e239cf9041cf15d943e36d676bb7a8e1a68f686f4176cd6bf7e60f2'),
	(100, '2026-11-23 04:47:00+00', 'care.changed', 2, 10, 'office', '10', '{"veil": "blur", "break_severe": 10, "break_minutes": 60}', '{"veil": "grey", "break_severe": 5, "break_minutes": 45}', 1, 'dec954214e239cf9041cf15d943e36d676bb7a8e1a68f686f4176cd6bf7e60f2', '737967a89ce0e63e530f2cc13305af76fb8a806f3418fcc8a965058d91857d30'),
	(101, '2026-11-23 04:47:00+00', 'summary.freeze', 2, 10, 'weeklysummary', '5', '{}', '{"week": "2026-W47", "office": 10, "sha256": "b757799514a81492c1a163b94c8bf5fe9893e6eb19947eab5bf822610041a500", "edition": 1}', 1, '737967a89ce0e63e530f2cc13305af76fb8a806f3418fcc8a965058d91857d30', '693ec65f80fec9b92dcabb44fb902afcacb1bc7c4b119754806eb0e8d920e843'),
	(102, '2026-11-23 04:52:00+00', 'points.approved', 4, 1, 'pointsedition', '1', '{"edition": null}', '{"points": {"scam_compound_job": {"points": 1.7, "version": 2}}, "sha256": "c90ea06aad19891611cc34b5b4a6a554cd817672933860222e55ce0ddf9bf0ee", "edition": 1}', 1, '693ec65f80fec9b92dcabb44fb902afcacb1bc7c4b119754806eb0e8d920e843', 'f2f8c9bb1e554d6fb04a091bcad1caad6b5ef3ad22c5b883002aa8850c6a17d9'),
	(103, '2026-11-23 04:52:00+00', 'flag.told_apart', 1, 10, 'flag', '17', '{}', '{"from": "TND-26-000018"}', 1, 'f2f8c9bb1e554d6fb04a091bcad1caad6b5ef3ad22c5b883002aa8850c6a17d9', '09622f18ffa0c8a9b969a617dbf34cf68c1b40a2703acd75b03be3111ac37853'),
	(104, '2026-11-23 04:46:59+00', 'flag.confirmed', 8, 10, 'flag', '17', '{"version": 1}', '{"flags": ["TND-26-000017"], "state": "confirmed", "reason": "licence"}', 1, '09622f18ffa0c8a9b969a617dbf34cf68c1b40a2703acd75b03be3111ac37853', '4734e62f72150987278433da304150845c64114c4c2358559c3b5273a84164de'),
	(105, '2026-11-23 04:52:00+00', 'erasure.asked', 5, 1, 'erasurerequest', '5', '{}', '{"post": 58, "until": "2026-11-30T04:52:00+00:00", "number": "HPS-26-0005", "reason": "subject", "versions": 1}', 1, '4734e62f72150987278433da304150845c64114c4c2358559c3b5273a84164de', 'ced7ad918e9fc31068be30d88feb80fd427d1e76c7e27d0dc7c17db4703aa126'),
	(106, '2026-11-23 04:52:00+00', 'erasure.approved', 4, 1, 'erasurerequest', '5', '{}', '{"post": 58, "number": "HPS-26-0005"}', 1, 'ced7ad918e9fc31068be30d88feb80fd427d1e76c7e27d0dc7c17db4703aa126', 'd609141f7123eab62c22a26a8804972e934bf26a3f471fd8ab3850bc60e5d6bc'),
	(107, '2026-11-23 04:52:00+00', 'post.erased', 4, 1, 'post', '58', '{}', '{"number": "HPS-26-0005", "reason": "subject", "asked_by": 5, "versions": 1}', 1, 'd609141f7123eab62c22a26a8804972e934bf26a3f471fd8ab3850bc60e5d6bc', 'd18dfa5df6c1ff15b65926a8c7c888778e3762b893bf0ca37052b6cdad7d4143');


--
-- Data for Name: patrol_bulk; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_bulk VALUES
	(3, 'MSL-dc8a9053', 'dismissed', 'lawful', '', 'refused', '2026-11-23 04:47:00+00', NULL, '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', NULL, 8, 2, 10),
	(4, 'MSL-412b8133', 'dismissed', 'lawful', '', 'cancelled', '2026-11-23 04:47:00+00', NULL, '2026-11-23 04:47:00+00', '', NULL, 8, 2, 10),
	(5, 'MSL-c0bc2dfa', 'dismissed', 'lawful', '', 'reversed', '2026-11-23 04:47:00+00', NULL, '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', NULL, 8, 2, 10),
	(1, 'MSL-26-0001', 'confirmed', 'fraud', '', 'done', '2026-11-23 04:47:00+00', NULL, '2026-11-23 04:52:00+00', '', NULL, 1, NULL, 10),
	(2, 'MSL-e27258b9', 'dismissed', 'lawful', '', 'done', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', '2026-11-23 04:52:00+00', '', 2, 8, NULL, 10);


--
-- Data for Name: patrol_bulkentry; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_bulkentry VALUES
	(1, 1, 1, 'left', 'moved', 1, NULL, 1);


--
-- Data for Name: patrol_campaign; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_campaign VALUES
	(1, 'JRG-26-1001', '', 'confirmed', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 3, NULL),
	(2, 'JRG-26-1002', 'Kursi Taiwan', 'proposed', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 3, NULL),
	(4, 'JRG-26-0001', '', 'proposed', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 1, NULL),
	(3, 'JRG-26-1003', '', 'proposed', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 2, NULL),
	(6, 'JRG-26-9999', '', 'dissolved', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 0, 5),
	(5, 'JRG-26-1005', '', 'proposed', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 3, NULL),
	(7, 'JRG-26-1007', '', 'proposed', 3, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 3, NULL),
	(8, 'JRG-26-1008', '', 'proposed', 3, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 0, NULL),
	(9, 'JRG-26-1009', '', 'dissolved', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 0, NULL),
	(10, 'JRG-26-1010', '', 'proposed', 1, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 3, NULL),
	(11, 'JRG-26-1011', '', 'proposed', 1, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 3, NULL),
	(12, 'JRG-26-1012', '', 'proposed', 1, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 3, NULL),
	(13, 'JRG-26-1013', '', 'proposed', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 3, NULL),
	(14, 'JRG-26-1014', '', 'proposed', 2, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 2, NULL);


--
-- Data for Name: patrol_campaignevent; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_campaignevent VALUES
	(1, 'confirmed', '2026-11-23 04:47:00+00', '', '{"ties": 2}', 1, 1),
	(2, 'named', '2026-11-23 04:47:00+00', '', '{"name": "Kursi Taiwan"}', 1, 2),
	(3, 'split', '2026-11-23 04:47:00+00', '', '{"into": 4, "posts": [22]}', 1, 3),
	(4, 'split', '2026-11-23 04:47:00+00', '', '{"from": 3}', 1, 4),
	(5, 'merged', '2026-11-23 04:47:00+00', '', '{"was": "proposed", "from": 6, "posts": []}', 1, 5),
	(6, 'merged', '2026-11-23 04:47:00+00', '', '{"into": 5}', 1, 6),
	(7, 'merged', '2026-11-23 04:47:00+00', '', '{"was": "proposed", "from": 8, "posts": []}', 5, 7),
	(8, 'merged', '2026-11-23 04:47:00+00', '', '{"into": 7}', 5, 8),
	(9, 'unmerged', '2026-11-23 04:47:00+00', '', '{"from": 7}', 1, 8),
	(10, 'unmerged', '2026-11-23 04:47:00+00', '', '{"into": 8}', 1, 7),
	(11, 'dissolved', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', '{"posts": [31, 32, 33]}', 1, 9),
	(12, 'tie_confirmed', '2026-11-23 04:47:00+00', '', '{"tie": 20}', 1, 13),
	(13, 'tie_cut', '2026-11-23 04:47:00+00', '', '{"tie": 22, "left": [48]}', 1, 14);


--
-- Data for Name: patrol_capture; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_capture VALUES
	('67a1e6f9-20be-49dd-ad85-9fdf8667fe95', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '45bc4defdb2f03be2446cc02df6edbba', '62418f79ccd89e3480b388d58d440307ab1037ebedce35f8b37d3850a7e9d5ee', NULL, NULL, 1, NULL, NULL, NULL, NULL),
	('f2feaa5c-eceb-4830-8f0d-1f6adb983fe6', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '0c1ba055ec50e9d3e7e9d7fbf09c77a6', '283d5abd65c08aa24a30f86310759baae8f8b384d65dee5a6e41d0b585f3831b', NULL, NULL, 2, NULL, NULL, NULL, NULL),
	('3188dae3-15f7-4910-9e92-91dfeb7220e1', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '0280f49730c36be518f3b56bc32bf527', 'f4be4af8a58fcf871f3842ced4cd1fab671714861f09ff8b2f4f9439fe6c33ef', NULL, NULL, 3, NULL, NULL, NULL, NULL),
	('5220cd0c-900a-43fb-88ef-4e4ad78f7598', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '8b5584f0a80499588c734d3918742481', '1c9181da88d1760fa8f1def5537e0bf23bafb82dfc006c5b212c218abb5ac452', NULL, NULL, 4, NULL, NULL, NULL, NULL),
	('8ee07735-bfd1-4481-b59d-b82e0da31b7c', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '9ee71ed10114405af17a0ca7a18dc1dd', 'f3a04519432483bc0189fc857ab4aba81c74f2cd2acaa5b6a8be0c249aa44ae4', NULL, NULL, 5, NULL, NULL, NULL, NULL),
	('c98f5b44-ca9f-49db-87f5-9a18cd779bcf', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '74ef965353d7fb5debc37e3113ba1075', '553bd11169fbe2cabbd69e758e6b87a1f4b2306b537fb7cea508e2bcdf503b9b', NULL, NULL, 6, NULL, NULL, NULL, NULL),
	('b8cb630a-4381-4fb3-98ac-c064e528524c', 'screenshot', 'original', 'patrol', 'telegram', '4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6', '830b73d9e7283d4e076fc23d739d396a411ee9f53935c35082a570171c97439f24ec66f145d38e6bac20dbe80432455b539aaea96ff611d2d114de7201971e60', 8, 'image/png', false, '', '', '[]', NULL, '', '', '[]', '[]', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{}', 'acc5e404ab5cc0a703a0e27081f81d39', 'c3b22ed8a1bdbb5d6850393454d11c5019898270a303a69884c0484237c09933', NULL, 8, NULL, NULL, 1, NULL, NULL),
	('7ad9736f-b50f-4482-ab66-5a5dd20f1d7e', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', 'd51712220118b9d02dcbaf72b09de641', '44b612edd56ab7faf18451d36b15bda7537989849ef0e807348f04e22da51100', NULL, NULL, 7, NULL, NULL, NULL, NULL),
	('62afe33b-0bf0-4a5c-bba6-5ee5cf3b0bf0', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '7b1ea76fa391e752a3494692c2371125', '43372a734ceda58bf1f662a4f53e91c24c0d42dc296cffd6c941dc48eaa3ea9d', NULL, NULL, 8, NULL, NULL, NULL, NULL),
	('baa85eb8-8bfb-4085-b8f8-3493d97481b1', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '9e5a85407479e8ee9e5a64abac41ff36', '94ba1f20cf8316b394b5ed85c19bacd5870208e062766d9f1764a04418e6338c', NULL, NULL, 9, NULL, NULL, NULL, NULL),
	('697c73a3-bb14-4c6c-a577-42d063129ac1', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '8fff28400d04607b87a3230954a4e5ab', '736fee627a49a8cbea87e2eaf24bdc0fbfa677fcb97c2142fcbd86efaa80ab5e', NULL, NULL, 10, NULL, NULL, NULL, NULL),
	('651a571e-8681-420a-af2d-4b6d968070ee', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '9ab4563d2f9c2a1e058f4b8331291b42', '9f06822ee0ddf8da982873e88d742f3e3b26812080043722fa047fe7515b5ef0', NULL, NULL, 11, NULL, NULL, NULL, NULL),
	('8bbe8fa9-4e3b-409a-9f71-47be0ff3d421', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '3d22e8c6a1669bfc012e6ecce4cf619a', 'dfc3592b0ce9b40c78332ee89a5a22fe270c11b3361d87f2828bc5136751302a', NULL, NULL, 12, NULL, NULL, NULL, NULL),
	('e87c6369-f4fb-49b7-bea5-369884665d5a', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '40394649520add8eef5035453be546c8', '1e1cd1a5435ce6c8ac07c7698de5b6eee6d0e5e3164a90f6ff01dccc1b36dccf', NULL, NULL, 13, NULL, NULL, NULL, NULL),
	('5e34d29f-896f-4a99-a872-a0aa51e58ee6', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '9c0269b251f427a3257e64e2d1d99400', 'a50226da064f5520be4ee0afd0f31b1f5daeae8675bee906f42cd99dff740bae', NULL, NULL, 14, NULL, NULL, NULL, NULL),
	('9d67bccc-e225-4e9b-b6c7-7634fdbbc70f', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', 'abde1df6f89fcd405528ce3160852abe', '896d9bd8eb1db3a9f86d0c130e10906000a46a462b15bfe8859ee62e099b50e6', NULL, NULL, 15, NULL, NULL, NULL, NULL),
	('da8fd55c-e7ec-41ad-bac9-b8bd717b1e1d', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '5b28a4023eb7f760f700da0c50a5d8a6', 'bccdbdd00c35c25610a7b67476eb9bbd96656be09e853cc611e0db3495a45c2f', NULL, NULL, 16, NULL, NULL, NULL, NULL),
	('d7787dbe-0ca6-4b3e-aadc-4c69387bd684', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '96b0772538f78ef4a51df8a1d47cb195', 'e0ef63894d8c8ea95ec6c5eac7a4fc119d5514553c5f7e8f17880b834cdadb1f', NULL, NULL, 17, NULL, NULL, NULL, NULL),
	('987945e1-8670-41dd-8a76-14b8d3ab360c', 'upload', 'original', 'patrol', 'web', 'ea0fdb707bedc7e4128eaf93208b96ec0ecb19c5d61044c895e715b74f3bdf69', 'caacc89ca0498e34443ab6a4c5ea62d6e4a4f6e4956cb3d17931befb22d39fcba60396373af1858a203b97ed4fc6d694f4b69c9815fe0287c0d967103424344b', 43, 'application/octet-stream', false, '', '', '[]', NULL, '', '', '[]', '[]', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"format": "table"}', '012f0a7139f439e1a96ff4f82008214a', '0544f68e4fefe495d0c789a182893fc53330e646f035a5d30d2f1e533bb8cde5', NULL, 1, NULL, 10, NULL, 1, NULL),
	('c8f9daf5-79ac-4934-bfdd-081bfa99964a', 'upload', 'original', 'patrol', 'noted', '7709269c70d231e19887f8f50fa68a0e38db69af8107ead5c60064ce8cf3e2ac', '62c1997cb515f32b95bc8850def22d5d4db02634bb78d8fd4d5a430b0c4184e13555ffdca10647286a4241eb47dcd2f535e91d715a6731c6b7b094b7e0ece540', 68, 'application/json', false, '', '', '[]', NULL, '', '', '[]', '[]', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{}', '3a57d8db349d328d48213b9eb55aa5a9', '000a2d07c32c771ddbcf7c707e6ca1bc6c1deb40f1f6e28aa77b63493b489c1c', NULL, 1, NULL, 10, NULL, 2, NULL),
	('2ddb6305-a20d-44e9-8a8f-560ff7e06b15', 'upload', 'original', 'patrol', 'whatsapp', '8c0a519e83d283e8156c8b1986207df2f5af60ce4904633ebf222afcf2089332', 'd15dfa42ff464728ede2c6db08caed231e42ece7733f23e8e995083ece1c919277c98c89ae6edc9a6412a4726d1fc57188c6f59cd449cd39d45637b317de4a15', 135, 'application/json', false, '', '', '[]', NULL, '', '', '[]', '[]', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{}', '42565a2483996c2a6b91af39a40c3e34', 'db948261e7c8598f40e56f852d0fe8ecb0cbfc430f1db83cad6826b79709dce6', NULL, 1, NULL, 10, NULL, 3, NULL),
	('83469c11-039b-4601-ad8d-dfcc4d08b919', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', 'ee9cdd4a8fa99f17418b962f97bbde55', '1c62f45e7f1e3ce2d558a1ce847b8ce62b18f74000f361a1e938e33b2ca11976', NULL, NULL, 18, NULL, NULL, NULL, NULL),
	('6f1b9a6b-e136-4222-972d-42e1f8fa8310', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', 'e379848a12e1a580bf2230d46ab849a5', '355188accc1a9dd56f5b90b2c781befb50cc3d3b63f3f6fddc5999b3957bd3b1', NULL, NULL, 19, NULL, NULL, NULL, NULL),
	('c02ccb29-ed43-4a22-84a0-68d9eedc925d', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', 'b6336f04dcd7b47cd9a9841977468454', '88316d451dd2d8e03772a69f21c3d14bbfeed167dcf66f19af23deff262c72d1', NULL, NULL, 20, NULL, NULL, NULL, NULL),
	('ee4b3542-65f1-4ca2-97c5-ea46439bae44', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', 'f5a853e748efe9a800e923a29db35f2e', 'c46806645e1fd805593e887d6b9dd26ba1e49c40ec152f32ce1e46f2f6696b91', NULL, NULL, 21, NULL, NULL, NULL, NULL),
	('47933d75-fa7b-4181-a054-3f399b1e262a', 'media', 'original', 'patrol', 'telegram', '9ea51c0e1616b1454cdd415d9611ac8f0d09457b4eae3fd572aef83dc02f7916', 'cceaf56c9259a65da412fe690d5345f8a7895d4152e1b4ee7cc910fa08567bc95044192889719647596224059d2afabc21386c04000abca3aa1561ccedc4f973', 28600, 'image/png', false, 'https://cdn.example/1.png', 'https://cdn.example/1.png', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "image/png"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET", "robots": "not_asked"}', 'b747a500c994fc3183a26617996c3b0a', '13de0dd8ded5cbb55c020b3f761e2923f8c7e8a56b95f09facb8954950fb0344', NULL, NULL, NULL, NULL, 53, NULL, 6),
	('8a8356de-a011-4280-a39d-00d249cd95ac', 'media', 'rendition', 'patrol', 'telegram', '6272a48f4d8ba751997f7cfcfb571e7ac487d2561102847ef134b5ddd7bf3d28', 'adcfbf607664365da1f5fa0a993498ff88123865bd8910ab2e6fef5bf928cf37bc9ec130ef47ed4025656343693fc6fa02159bc641fdb143e9f368be19534740', 45856, 'image/jpeg', false, '', '', '[]', NULL, '', '', '[]', '[]', '2026-11-23 04:52:00+00', '2026-11-23 04:52:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{}', '194ee8b1bdc383d1085ff7f696535ce7', '8379134651307424bf46519ed2c375146547413230dedea89e6715da8df2d3c3', '47933d75-fa7b-4181-a054-3f399b1e262a', NULL, NULL, NULL, 53, NULL, 6),
	('9e789e8e-5f9a-4640-9651-b314e31361bc', 'media', 'rendition', 'patrol', 'telegram', 'ea8aaf8f377bae4cbe9a12b4e7efb363a4e652bbdebabc6bb69e057be9f8c03c', '7ed2d75a4638253dbc7321bb4a2cb67e6e4f5b42b63dad79b26b3797c0698095578c694c7e25402603661d7d95701307778a00c789948294f46f16a29fe26506', 40462, 'image/jpeg', false, '', '', '[]', NULL, '', '', '[]', '[]', '2026-11-23 04:52:00+00', '2026-11-23 04:52:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"contacts": "washed"}', '071a49896bcbbb3090258a94093f6bba', 'fa226fb94b7840e9e0f8299f9cd6244fbe9bfe1271f289e07ba8070eac5f5caa', '47933d75-fa7b-4181-a054-3f399b1e262a', NULL, NULL, NULL, 53, NULL, 6),
	('dc05344a-5f2e-43f2-8ada-02cc48937854', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '2d7370657a117d67ab9f384107c1d899', '1752e87f19325b8abd8ab2c9c730655545aa147602f056e462670b9dec8c0713', NULL, NULL, 22, NULL, NULL, NULL, NULL),
	('6d2390e2-9125-4e9a-8642-4e50de66180b', 'answer', 'original', 'patrol', 'telegram', '803def9b30f4752085732c4b20cc97220485e123b7a23feb9a03a51d39ee9f52', 'faad16dc08be7ecf9a667de7a5e4ff424589748366bc04a3f7fc1fe6b51b48fa6e769666eefeea2352cf8bd3fa5e5c2adefdafa2bd69abc9e81e66f8a46a534a', 19, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET", "robots": "not_asked", "profile": 15}', '791eb950f727a53bbef768c390e34652', '5a909c989c4945f5ccdafd6523195b3eaf4b51dc2075a3173bdd66c98b3f5336', NULL, NULL, NULL, NULL, NULL, NULL, 7),
	('210057fe-b64c-4952-8baf-64fda17889e7', 'answer', 'original', 'patrol', 'telegram', 'b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'd57c4d0192d1323dc6478cd7946d02f4a55d1a7de45dd703d76b3f97db910ef7c821d9afa72f32d16203715e491cb2715143ebc9baeeffc4feecab1e7cfdae96', 13, 'text/html', false, 'https://t.me/s/saluran_contoh', 'https://t.me/s/saluran_contoh', '[]', 200, '192.0.2.10', '', '[["User-Agent", "SIPatrol"]]', '[["Content-Type", "text/html; charset=utf-8"]]', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', 'system', NULL, 'SIPatrol/0.1 (+https://sipatrol.example/kontak)', '7ef686f0060b6cba302f2b5c6fdc902a89522b40', 'cc5c6c590d320840ae3fb74078b028c1a06fde65be66608f474052fe76c49845', 'Linux 6.12, Python 3.13.5', '5bce98f73f3ed0c837f2729ed9509b38ea66a156db7f653356cb6fe37b366e85', '', '{"method": "GET"}', '2a967e048546c05dc8034b35d3ec3b84', 'f5b6543daca3f431cfa99b85af387083a569d24132628a3ee5a8aa52eba3c25b', NULL, NULL, 23, NULL, NULL, NULL, NULL);


--
-- Data for Name: patrol_case; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_case VALUES
	(4, 'PKR-26-0004', 'Perkara baru', 'opened', '2026-11-23 04:47:00+00', NULL, NULL, 1, NULL, NULL, 1, 1, 10),
	(1, 'PKR-26-0001', 'PERKARA-bp3mi-jabar', 'escalated', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', NULL, 2, NULL, 1, 8, NULL, 10),
	(3, 'PKR-26-0003', 'PERKARA-directorate', 'opened', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', NULL, 3, NULL, 10, 10, 10, 1),
	(2, 'PKR-26-0002', 'PERKARA-bp3mi-sulsel', 'closed', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 4, 5, 9, 9, 5, 22);


--
-- Data for Name: patrol_caseevent; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_caseevent VALUES
	(1, 'opened', '2026-11-23 04:47:00+00', '', 8, 1, NULL, ''),
	(2, 'flag_added', '2026-11-23 04:47:00+00', '', 8, 1, 3, ''),
	(3, 'flag_added', '2026-11-23 04:47:00+00', '', 8, 1, 4, ''),
	(4, 'note', '2026-11-23 04:47:00+00', 'CATATAN-bp3mi-jabar', 8, 1, NULL, ''),
	(5, 'message', '2026-11-23 04:47:00+00', 'PESAN-bp3mi-jabar', 8, 1, NULL, ''),
	(6, 'opened', '2026-11-23 04:47:00+00', '', 9, 2, NULL, ''),
	(7, 'flag_added', '2026-11-23 04:47:00+00', '', 9, 2, 7, ''),
	(8, 'flag_added', '2026-11-23 04:47:00+00', '', 9, 2, 8, ''),
	(9, 'note', '2026-11-23 04:47:00+00', 'CATATAN-bp3mi-sulsel', 9, 2, NULL, ''),
	(10, 'message', '2026-11-23 04:47:00+00', 'PESAN-bp3mi-sulsel', 9, 2, NULL, ''),
	(11, 'opened', '2026-11-23 04:47:00+00', '', 10, 3, NULL, ''),
	(12, 'flag_added', '2026-11-23 04:47:00+00', '', 10, 3, 11, ''),
	(13, 'flag_added', '2026-11-23 04:47:00+00', '', 10, 3, 12, ''),
	(14, 'note', '2026-11-23 04:47:00+00', 'CATATAN-directorate', 10, 3, NULL, ''),
	(15, 'message', '2026-11-23 04:47:00+00', 'PESAN-directorate', 10, 3, NULL, ''),
	(16, 'opened', '2026-11-23 04:47:00+00', '', 1, 4, NULL, ''),
	(17, 'flag_added', '2026-11-23 04:47:00+00', '', 1, 4, 2, ''),
	(18, 'escalated', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', 1, 1, NULL, 'placement'),
	(19, 'escalated', '2026-11-23 04:47:00+00', 'Lintas provinsi.', 9, 2, NULL, 'placement'),
	(20, 'taken', '2026-11-23 04:47:00+00', '', 5, 2, NULL, ''),
	(21, 'escalated', '2026-11-23 04:47:00+00', 'Lintas provinsi.', 10, 3, NULL, 'placement'),
	(22, 'returned', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', 5, 3, NULL, ''),
	(23, 'note', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', 1, 1, NULL, ''),
	(24, 'message', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', 1, 1, NULL, ''),
	(25, 'closed', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', 5, 2, NULL, '');


--
-- Data for Name: patrol_caseflag; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_caseflag VALUES
	(1, '2026-11-23 04:47:00+00', 8, 1, 3),
	(2, '2026-11-23 04:47:00+00', 8, 1, 4),
	(3, '2026-11-23 04:47:00+00', 9, 2, 7),
	(4, '2026-11-23 04:47:00+00', 9, 2, 8),
	(5, '2026-11-23 04:47:00+00', 10, 3, 11),
	(6, '2026-11-23 04:47:00+00', 10, 3, 12),
	(7, '2026-11-23 04:47:00+00', 1, 4, 2);


--
-- Data for Name: patrol_comparison; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_comparison VALUES
	(1, false, '2026-11-23 04:52:00+00', 1, 17, 18);


--
-- Data for Name: patrol_credential; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_credential VALUES
	(1, 'youtube', 'Kunci baru', 'gAAAAABrCaViF8tUeWQORSPBwGzBt-9k9Jz_YxmqiBenBjtM1puxomme7gCoU1Wvll8dpEMTENuIVbeqYEi70iJ5xd8ehYWf7l7vOcTefXSyLvvRtAq-JlU=', NULL, NULL, NULL, '2026-11-23 04:47:00+00', NULL, 7),
	(2, 'youtube', 'Kunci 5d69bbac-7924-4c40-9b43-de587e4cff4c', 'gAAAAABrCaVimZ1vu3hvrTII5-uZig5mROKzNDsKMI-ZVHNX4qizpuMAJ2cuD9yG01uJUSwj1TWbKFMIt8q6IfJQp_pm2BRZ3lGxgBK2Xw15cPNaU_bbk7g=', NULL, NULL, NULL, '2026-11-23 04:47:00+00', NULL, 7),
	(3, 'youtube', 'Kunci b8d2c6ee-9365-464b-8431-a60254fc802a', 'gAAAAABrCaVigHtZfTFiS7wY9NyM-QVZ6RAGCZ9rjp0u5BeWDlx2IgOnydRuXwsMwu6R8Ho3JZvsFgVxABSUQoa8cG59msZai_bQc4L_yVbJo4WJgELxvSY=', NULL, NULL, NULL, '2026-11-23 04:47:00+00', NULL, 7),
	(4, 'youtube', 'Kunci 3ac79f15-687d-4c3e-b319-c77096369376', '', NULL, NULL, NULL, '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 7);


--
-- Data for Name: patrol_decision; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_decision VALUES
	(1, '40e01b97-c932-4b5a-be99-af5c15dc690b', 'confirmed', 'licence', 'ALASAN-bp3mi-jabar', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 8, NULL, 2, 2),
	(2, '31afdd95-6b8b-4f13-8d57-bd97420b09fa', 'confirmed', 'licence', 'ALASAN-bp3mi-jabar', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 8, NULL, 3, 3),
	(3, 'b0f5e404-1840-4e01-9d7b-bf59d85f3598', 'confirmed', 'licence', 'ALASAN-bp3mi-jabar', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 8, NULL, 4, 4),
	(4, '49dc9e7a-64f1-4c3e-beaa-35682f6e93aa', 'confirmed', 'licence', 'ALASAN-bp3mi-sulsel', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 9, NULL, 6, 6),
	(5, 'b7fc3998-aa35-4d87-b9b1-9eda57ef3f77', 'confirmed', 'licence', 'ALASAN-bp3mi-sulsel', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 9, NULL, 7, 7),
	(6, '90e246b4-a61f-4a9f-84bd-9a43094eb04a', 'confirmed', 'licence', 'ALASAN-bp3mi-sulsel', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 9, NULL, 8, 8),
	(7, 'b208fc61-939d-4835-a628-a0935398c255', 'confirmed', 'licence', 'ALASAN-directorate', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 10, NULL, 10, 10),
	(8, '9f406c59-c7fd-4d72-9efd-1409c7c59e0f', 'confirmed', 'licence', 'ALASAN-directorate', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 10, NULL, 11, 11),
	(9, 'c4773f6e-5c1e-4f90-b111-3504c8c285e7', 'confirmed', 'licence', 'ALASAN-directorate', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 10, NULL, 12, 12),
	(10, '7bc4e7f4-b0a0-42cd-b47e-0abe16d76d8f', 'confirmed', 'licence', '', '2026-11-23 04:47:00+00', '2026-11-23 04:47:10+00', NULL, 'waiting', 'confirmed', 'high', 1, NULL, 1, 1),
	(11, 'd6b1ed52-8990-4d00-a08b-33ae233b1256', 'confirmed', 'licence', 'ALASAN-bp3mi-sulsel', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 5, NULL, 5, 5),
	(12, 'd09ec99b-262f-44e9-bde2-b574244f85ff', 'reversed', 'undone', '', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', NULL, 'confirmed', 'waiting', 'high', 5, 11, 5, 5),
	(13, 'd63bfe5b-a9ed-435c-a81c-d22eacfa71f4', 'confirmed', 'licence', 'ALASAN-directorate', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 5, NULL, 9, 9),
	(14, '1cb648d0-cefd-4959-a192-f2ce6ed1cb0f', 'reversed', 'reversed', 'Perlu ditindaklanjuti.', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', NULL, 'confirmed', 'waiting', 'high', 5, 13, 9, 9),
	(15, '2f1404e5-8f37-47a8-9e12-8df1b0615cb7', 'confirmed', 'licence', 'ALASAN-bp3mi-jabar', '2026-11-23 04:46:59+00', '2026-11-23 04:47:09+00', NULL, 'waiting', 'confirmed', 'high', 8, NULL, 17, 56);


--
-- Data for Name: patrol_device; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_device VALUES
	(1, 'Peramban', '818fa4adecc74702b0cabdd71174d3f4', '2026-11-23 04:47:00+00', NULL, '2026-11-23 04:47:00+00', 1);


--
-- Data for Name: patrol_draw; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_draw VALUES
	(1, 'second', '2026-11-23', '2026-11-23 04:47:00+00', 1, 2, 10),
	(2, 'second', '2026-11-23', '2026-11-23 04:47:00+00', 4, 6, 22),
	(3, 'second', '2026-11-23', '2026-11-23 04:52:00+00', 15, 17, 10);


--
-- Data for Name: patrol_erasedfile; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_erasedfile VALUES
	('b633a587c652d02386c4f16f8c6f6aab7352d97f16367c3c40576214372dd628', 'kept', 'posts', NULL, 2);


--
-- Data for Name: patrol_erasure; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_erasure VALUES
	(1, 'subject: Surat 12.', '2026-11-23 04:47:00+00', 4, 5, 2),
	(2, 'subject: Surat 14.', '2026-11-23 04:52:00+00', 4, 58, 5);


--
-- Data for Name: patrol_erasureanswer; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_erasureanswer VALUES
	(1, 'approved', '2026-11-23 04:47:00+00', '', 4, 2),
	(2, 'refused', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', 4, 3),
	(3, 'withdrawn', '2026-11-23 04:47:00+00', '', 5, 4),
	(4, 'approved', '2026-11-23 04:52:00+00', '', 4, 5);


--
-- Data for Name: patrol_erasurerequest; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_erasurerequest VALUES
	(1, 'HPS-26-0001', 'subject', 'Surat 12/PDP/2026.', 1, 1, '2026-11-23 04:47:00+00', '2026-11-30 04:47:00+00', 1, 1),
	(2, 'HPS-26-0002', 'subject', 'Surat 12.', 1, 0, '2026-11-23 04:47:00+00', '2026-11-30 04:47:00+00', 9, 5),
	(3, 'HPS-26-0003', 'subject', 'Surat 12.', 1, 0, '2026-11-23 04:47:00+00', '2026-11-30 04:47:00+00', 10, 9),
	(4, 'HPS-26-0004', 'subject', 'Surat 12.', 1, 0, '2026-11-23 04:47:00+00', '2026-11-30 04:47:00+00', 5, 9),
	(5, 'HPS-26-0005', 'subject', 'Surat 14.', 1, 0, '2026-11-23 04:52:00+00', '2026-11-30 04:52:00+00', 5, 58);


--
-- Data for Name: patrol_exposure; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_exposure VALUES
	(1, '2026-11-23', 1, 0, 0, 0, NULL, NULL, '2026-11-23 04:47:00+00', 0, 1);


--
-- Data for Name: patrol_fetch; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_fetch VALUES
	(1, 'ef39ada0-f9c2-495f-8625-beeef61a37c4', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 1),
	(2, '31e5083e-f424-40da-9b2d-7ee33bdeae50', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 2),
	(3, 'addc94ff-03a2-43fe-b0fb-2b644f970c34', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 3),
	(4, 'fc18090d-1d49-483b-b5d8-4c8eae855afd', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 4),
	(5, 'fa982d3f-8294-49a9-a41d-7d92f2ed67d8', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 5),
	(6, '271f77b1-0b4a-459f-bfac-011173ba2160', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 6),
	(7, '2df71231-eb7e-4c61-85c5-ce2c80e74023', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 7),
	(8, '7b594919-8036-42c0-93e6-7a8ab2f9170e', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 8),
	(9, 'e5ee4596-9f84-4c69-b203-1ac2b4bd06ef', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 9),
	(10, 'ff98418c-6bbc-4062-9261-0d5c766ad1c0', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 10),
	(11, '34a2b9be-d59f-424e-abb0-b7230a85b45f', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 11),
	(12, '8ee8bb52-9260-4228-b8dc-8816c53a8b54', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 12),
	(13, 'baacff4b-eb1a-4a5c-ab34-e2c9d8c4bc02', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 13),
	(14, '6e19cec5-836e-4416-9db2-1760866ada6b', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 14),
	(15, 'c535de68-6763-42ff-a7f9-0153e42a1b93', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 15),
	(16, '61a8e382-9d76-4288-ad2c-7958319e337c', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 16),
	(17, 'f03aa402-d733-4ea8-bc56-b2a106efb476', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 17),
	(18, 'ba8fe12c-558f-4185-83be-aa95ab868c5a', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 20),
	(19, 'b754ca86-e341-4df8-9d19-5285958bb1de', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 21),
	(20, 'eaaa9e19-4eed-417f-bcc8-0af505c9fab2', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 22),
	(21, '4a93ba62-00ad-47c0-bf2d-956781f58799', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 23),
	(22, '2e536762-3aca-4eef-8ce5-fa54afd9d23a', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 24),
	(23, '52f8002c-dd37-4d36-967a-14adf8a6bedd', '2026-11-23 03:47:00+00', NULL, NULL, 0, 0, 0, 0, '[]', 25);


--
-- Data for Name: patrol_finding; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_finding VALUES
	(1, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 1),
	(2, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 1),
	(3, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 2),
	(4, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 2),
	(5, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 3),
	(6, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 3),
	(7, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 4),
	(8, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 4),
	(9, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 5),
	(10, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 5),
	(11, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 6),
	(12, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 6),
	(13, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 7),
	(14, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 7),
	(15, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 8),
	(16, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 8),
	(17, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 9),
	(18, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 9),
	(19, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 10),
	(20, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 10),
	(21, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 11),
	(22, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 11),
	(23, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 12),
	(24, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 12),
	(25, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 14),
	(26, 'licence_verdict', 1, 1.6, 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '{"day": "2026-11-23", "verdict": "no_licence_shown"}', '{illegal_recruitment}', '[[22, 29]]', '{text}', 14),
	(27, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 14),
	(28, 'scam_compound_job', 2, 3.4, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 15),
	(29, 'licence_verdict', 1, 1.6, 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '{"day": "2026-11-23", "verdict": "no_licence_shown"}', '{illegal_recruitment}', '[[22, 29]]', '{text}', 15),
	(30, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 15),
	(31, 'scam_compound_job', 2, 1.7, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 53),
	(32, 'licence_verdict', 1, 1.6, 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '{"day": "2026-11-23", "verdict": "no_licence_shown"}', '{illegal_recruitment}', '[[22, 29]]', '{text}', 53),
	(33, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 53),
	(34, 'scam_compound_job', 2, 1.7, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 54),
	(35, 'licence_verdict', 1, 1.6, 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '{"day": "2026-11-23", "verdict": "no_licence_shown"}', '{illegal_recruitment}', '[[22, 29]]', '{text}', 54),
	(36, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 54),
	(37, 'scam_compound_job', 2, 1.7, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75], [11, 18], [19, 26], [32, 39], [40, 56], [57, 69]]', '{text,text,text,text,text,image:0,image:0,image:0,image:0,image:0}', 55),
	(38, 'licence_verdict', 1, 1.6, 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '{"day": "2026-11-23", "verdict": "no_licence_shown"}', '{illegal_recruitment}', '[[22, 29], [19, 26]]', '{text,image:0}', 55),
	(39, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75], [32, 39], [57, 69]]', '{text,text,image:0,image:0}', 55),
	(40, 'scam_compound_job', 2, 1.7, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 56),
	(41, 'licence_verdict', 1, 1.6, 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '{"day": "2026-11-23", "verdict": "no_licence_shown"}', '{illegal_recruitment}', '[[22, 29]]', '{text}', 56),
	(42, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 56),
	(43, 'scam_compound_job', 2, 1.7, 'Kerja daring di Kamboja dengan gaji tinggi, mess, makan atau tiket ditanggung, tanpa syarat keahlian: ciri tawaran kompleks penipuan atau judi daring.', 'Online work in Cambodia with high pay, lodging, meals or ticket covered, no skills asked: the signs of an offer for a scam or online gambling compound.', '{"signs": "pay,life,terms", "countries": "KH"}', '{illegal_recruitment}', '[[11, 18], [22, 29], [36, 43], [45, 61], [63, 75]]', '{text,text,text,text,text}', 57),
	(44, 'licence_verdict', 1, 1.6, 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '{"day": "2026-11-23", "verdict": "no_licence_shown"}', '{illegal_recruitment}', '[[22, 29]]', '{text}', 57),
	(45, 'light_terms_high_pay', 1, 1, 'Gaji tinggi tanpa syarat pendidikan, pengalaman, atau bahasa.', 'High pay with no education, experience or language asked.', '{}', '{}', '[[36, 43], [63, 75]]', '{text,text}', 57);


--
-- Data for Name: patrol_flag; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_flag VALUES
	(2, 'TND-26-000002', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-2', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 2, 10, 2, '{1049009684,2066148832,940723226,1059654893,1191625898,1285519458,1551242014,520706073,1928770343,238627803,443276514,1382001652,1059510556,1023780857}', DEFAULT),
	(3, 'TND-26-000003', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-3', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 3, 10, 3, '{1713587317,1412308991,230992311,1523019887,1228737706,343152508,1961033664,295518251,1099752035,1379321325,1080317868,1527759937,1227071378,1023780857}', DEFAULT),
	(4, 'TND-26-000004', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-4', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 4, 10, 4, '{558191456,1352227691,251763087,1947377169,272078319,1023031418,2107778135,1849917998,315738583,175634637,195060875,1783649449,1233131270,1023780857}', DEFAULT),
	(6, 'TND-26-000006', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-6', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 6, 22, 6, '{2036709380,1533854053,1645881516,62876580,1143125283,1563217437,732105160,333912578,148796441,1089884573,24994010,1158036179,344765763,1023780857}', DEFAULT),
	(7, 'TND-26-000007', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-7', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 7, 22, 7, '{1034169104,138223027,407439360,761550506,462027043,1960668836,1325190341,64750690,617187227,1704956295,1287163128,1760492165,1926692502,2108891906}', DEFAULT),
	(8, 'TND-26-000008', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-8', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 8, 22, 8, '{686247067,1094061247,1020417911,932890520,601632576,115889500,18680507,635258149,45358763,1931774196,1028789454,524593260,2027095349,1023780857}', DEFAULT),
	(10, 'TND-26-000010', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-10', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 10, 1, 10, '{1246968987,1285216293,383183821,103429593,95716092,575379720,2099268894,1248819791,148796441,1331709087,2130318504,2017963809,1304398814,1023780857}', DEFAULT),
	(11, 'TND-26-000011', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-11', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 11, 1, 11, '{950667453,853158895,1375036562,275002027,1208603802,289517034,182446334,1327052937,1548264404,2027722031,1451655205,1003681791,494276242,1023780857}', DEFAULT),
	(12, 'TND-26-000012', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-12', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 12, 1, 12, '{682338647,1682960474,1441710221,608681944,271367586,1537941352,623748579,251822282,806506772,1808303099,849142041,600712146,2021135554,1023780857}', DEFAULT),
	(1, 'TND-26-000001', 'confirmed', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-1', '2026-11-23 03:47:00+00', '2026-11-23 04:47:00+00', NULL, NULL, NULL, 2, NULL, 1, 10, 1, '{1713109696,175081020,1657986448,562768207,716163128,369632446,2012792789,172240252,1691297155,497498397,105753605,785425091,1513998064,1023780857}', DEFAULT),
	(13, 'TND-26-000013', 'waiting', 'high', 3, 86, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-14', '2026-11-23 03:47:00+00', NULL, NULL, NULL, NULL, 1, NULL, 14, 10, 14, '{1743413762,785815418,1912485755,1681737403,1634170827,611076440,1614994706,1327864191,289471595,1971173351,833108264,1290625392,53826643,72066761}', DEFAULT),
	(14, 'TND-26-000014', 'waiting', 'high', 3, 86, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-15', '2026-11-23 03:47:00+00', NULL, NULL, NULL, NULL, 1, NULL, 15, 10, 15, '{1001271717,541328184,1194997804,1958250763,946138694,642311474,1263044078,53938770,1476070950,1063815450,2118100992,2132364290,889132558,1023780857}', DEFAULT),
	(15, 'TND-26-000015', 'waiting', 'high', 3, 76, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-53', '2026-11-23 04:52:00+00', NULL, NULL, NULL, NULL, 2, NULL, 55, 10, 53, '{833751655,1482519003,1269466729,1499067800,942504551,893919396,1349028677,1327052937,1420134922,624826615,927862088,1528473268,949385133,1023780857}', DEFAULT),
	(9, 'TND-26-000009', 'waiting', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-9', '2026-11-23 03:47:00+00', NULL, NULL, NULL, NULL, 3, NULL, 9, 1, 9, '{623564172,146411175,1411713942,1748343221,337769848,660530584,722886853,28492376,1153016399,2083689881,1394286843,726935165,1085389551,1023780857}', DEFAULT),
	(5, 'TND-26-000005', 'waiting', 'high', 3, 77, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-5', '2026-11-23 03:47:00+00', NULL, NULL, '2026-11-27 15:44:24.672168+00', '2026-11-27 15:49:24.672168+00', 3, 5, 5, 22, 5, '{}', DEFAULT),
	(16, 'TND-26-000016', 'waiting', 'high', 3, 76, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-54', '2026-11-23 04:52:00+00', NULL, NULL, NULL, NULL, 1, NULL, 54, 10, 54, '{857136438,449084659,1801214449,1368339550,1506966813,1176467055,823088480,1771601782,148796441,55270507,35572463,954587125,1601972023,1023780857}', DEFAULT),
	(18, 'TND-26-000018', 'waiting', 'high', 3, 76, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-57', '2026-11-23 03:47:00+00', NULL, NULL, NULL, NULL, 1, NULL, 57, 10, 57, '{523165959,267908997,2028885199,921614037,1941658718,1640558859,1652356870,1933960212,940624562,228060982,363493337,384555254,266762640,1023780857}', DEFAULT),
	(17, 'TND-26-000017', 'confirmed', 'high', 3, 76, '{illegal_recruitment}', 'CS Kamboja, ciri kompleks penipuan', 'Customer service Cambodia, signs of a scam compound', 'post-56', '2026-11-23 03:47:00+00', '2026-11-23 04:46:59+00', NULL, NULL, NULL, 2, NULL, 56, 10, 56, '{1554632170,1196267939,1871095478,926922416,133671992,173872360,1147884775,303753014,2028789020,1561694204,285700470,1810323277,1525572180,1023780857}', DEFAULT);


--
-- Data for Name: patrol_flagevent; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_flagevent VALUES
	(1, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 1, 1),
	(2, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 2, 2),
	(3, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 3, 3),
	(4, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 4, 4),
	(5, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 5, 5),
	(6, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 6, 6),
	(7, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 7, 7),
	(8, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 8, 8),
	(9, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 9, 9),
	(10, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 10, 10),
	(11, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 11, 11),
	(12, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 12, 12),
	(13, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 13, 14),
	(14, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 14, 15),
	(15, 'raised', '2026-11-23 04:52:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 15, 53),
	(16, 'raised', '2026-11-23 04:52:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 16, 54),
	(17, 'pictures_read', '2026-11-23 04:52:00+00', '{"level": "high", "state": "waiting", "verdict": "no_licence_shown"}', '{"level": "high", "state": "waiting", "verdict": "no_licence_shown"}', NULL, 15, 55),
	(18, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 17, 56),
	(19, 'raised', '2026-11-23 03:47:00+00', '{}', '{"level": "high", "state": "waiting"}', NULL, 18, 57);


--
-- Data for Name: patrol_heartbeat; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_heartbeat VALUES
	('worker', '2026-11-27 15:44:36.715776+00'),
	('beat', '2026-11-27 15:44:36.722088+00');


--
-- Data for Name: patrol_hostpace; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_hostpace VALUES
	('t.me', 2, '2026-11-27 15:44:36.722417+00', NULL);


--
-- Data for Name: patrol_indicator; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_indicator VALUES
	(1, 'phone', '+6284055500014', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(2, 'phone', '+6284055500016', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(3, 'phone', '+6284055500018', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(4, 'phone', '+6284055500020', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(5, 'phone', '+6284055500022', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(6, 'phone', '+6284055500024', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(7, 'phone', '+6284055500026', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(8, 'phone', '+6284055500028', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(9, 'phone', '+6284055500030', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(10, 'phone', '+6284055500032', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(11, 'phone', '+6284055500034', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(12, 'phone', '+6284055500036', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(13, 'phone', '+6284055500041', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(14, 'phone', '+6284055500044', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(17, 'phone', '+6284055500107', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(18, 'phone', '+6284055508888', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00'),
	(15, 'account', 'telegram:rani_contoh', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(16, 'phone', '+6284055500101', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(21, 'phone', '+6284055510001', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(22, 'phone', '+6284055500110', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(23, 'phone', '+6284055500112', '2026-11-22 22:47:00+00', '2026-11-22 22:47:00+00'),
	(24, 'link', 'https://chat.contoh.example/abc', '2026-11-23 04:52:00+00', '2026-11-23 04:52:00+00'),
	(25, 'link', 'https://lain.example/x', '2026-11-23 04:52:00+00', '2026-11-23 04:52:00+00'),
	(26, 'phone', '+6284055598888', '2026-11-23 04:52:00+00', '2026-11-23 04:52:00+00');


--
-- Data for Name: patrol_intake; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_intake VALUES
	(1, '4502b1e3-450f-4323-a703-98217aca5413', 'import', '2026-11-23 04:47:00+00', 'unggahan.csv', 'table', '{"chat": "", "zone": "Asia/Jakarta", "order": "", "columns": {"text": "teks"}, "platform": "web"}', 'ea0fdb707bedc7e4128eaf93208b96ec0ecb19c5d61044c895e715b74f3bdf69', '', 'done', 1, 1, 0, 0, '[]', 0, '[]', '2026-11-23 04:47:00+00', NULL, 10, 1),
	(2, 'd980114e-a977-419b-bf34-c1bef9facf1a', 'noted', '2026-11-23 04:47:00+00', '', 'noted', '{"way": "visit", "place": ""}', '7709269c70d231e19887f8f50fa68a0e38db69af8107ead5c60064ce8cf3e2ac', '', 'done', 1, 1, 0, 0, '[]', 0, '[]', '2026-11-23 04:47:00+00', NULL, 10, 1),
	(3, 'de56143d-a6ac-43e8-bae4-d03505c36971', 'upload', '2026-11-23 04:47:00+00', '', 'whatsapp', '{"pictures": 0}', '8c0a519e83d283e8156c8b1986207df2f5af60ce4904633ebf222afcf2089332', '', 'done', 1, 1, 0, 0, '[]', 0, '[]', '2026-11-23 04:47:00+00', NULL, 10, 1);


--
-- Data for Name: patrol_job; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_job VALUES
	(1, 'page', '13:asked', '{"post": 13}', 'waiting', '2026-11-23 04:47:00+00', '2026-11-27 15:44:25.262901+00', NULL, NULL, 0, NULL, NULL, 1),
	(2, 'import', '1', '{"intake": 1}', 'done', '2026-11-23 04:47:00+00', '2026-11-27 15:44:29.091553+00', NULL, NULL, 1, '2026-11-23 04:52:00+00', NULL, 1),
	(3, 'bulk', '1', '{"back": false, "bulk": 1}', 'done', '2026-11-23 04:47:00+00', '2026-11-27 15:44:31.345353+00', NULL, NULL, 1, '2026-11-23 04:52:00+00', NULL, 1),
	(4, 'bulk', '2', '{"back": false, "bulk": 2}', 'done', '2026-11-23 04:47:00+00', '2026-11-27 15:44:31.458202+00', NULL, NULL, 1, '2026-11-23 04:52:00+00', NULL, 2),
	(5, 'bulk', '5-back', '{"back": true, "bulk": 5}', 'done', '2026-11-23 04:47:00+00', '2026-11-27 15:44:31.735842+00', NULL, NULL, 1, '2026-11-23 04:52:00+00', NULL, 2),
	(6, 'media', '53', '{"version": 53}', 'done', '2026-11-23 03:47:00+00', '2026-11-27 15:44:36.637553+00', NULL, NULL, 1, '2026-11-23 04:52:00+00', NULL, NULL),
	(7, 'profile', '15', '{"post": 53, "indicator": 15}', 'done', '2026-11-23 04:52:00+00', '2026-11-27 15:44:41.095639+00', NULL, NULL, 1, '2026-11-23 04:52:00+00', NULL, NULL);


--
-- Data for Name: patrol_keywordpack; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_keywordpack VALUES
	(1, 'Paket baru', 'lures', '{"tanpa biaya"}', '2026-11-23 04:47:00+00', 5),
	(2, 'Paket a429ecb6-ea6c-432a-a3cb-c2bccf1dba6d', 'lures', '{"gratis biaya"}', '2026-11-23 04:47:00+00', NULL);


--
-- Data for Name: patrol_licence; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_licence VALUES
	(1, '1/SIP/2026', 'MY', '{}', '', NULL, '2026-01-01', '2027-12-31', 'active', NULL, NULL, 1, 1),
	(2, '1/SIP/2026', 'MY', '{}', '', NULL, '2026-01-01', '2027-12-31', 'active', NULL, NULL, 2, 2),
	(3, '2/SIP/2026', 'MY', '{caregiver}', '', NULL, '2026-01-01', '2027-12-31', 'active', '2026-01-01', NULL, 4, 3),
	(4, '1/SIP/2026', 'MY', '{}', '', NULL, '2026-01-01', '2027-12-31', 'active', NULL, '2026-11-23', 3, 3);


--
-- Data for Name: patrol_licencecheck; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_licencecheck VALUES
	(1, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 1, NULL),
	(2, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 2, NULL),
	(3, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 3, NULL),
	(4, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 4, NULL),
	(5, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 5, NULL),
	(6, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 6, NULL),
	(7, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 7, NULL),
	(8, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 8, NULL),
	(9, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 9, NULL),
	(10, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 10, NULL),
	(11, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 11, NULL),
	(12, 'efcc35f9059c6e4a', '2026-11-23', 'cannot_check', '', '', NULL, 'Belum dapat dicek: belum ada register yang dimuat', 'Cannot be checked yet: no register is loaded', '[]', '[]', NULL, 77, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 12, NULL),
	(13, 'efcc35f9059c6e4a', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 03:47:00+00', 13, 2),
	(14, 'efcc35f9059c6e4a', '2026-11-23', 'no_licence_shown', '', '', '2026-11-23', 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '[]', '[]', NULL, 86, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 14, 2),
	(15, 'efcc35f9059c6e4a', '2026-11-23', 'no_licence_shown', '', '', '2026-11-23', 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '[]', '[]', NULL, 86, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 15, 2),
	(16, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 16, 3),
	(17, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 17, 3),
	(18, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 18, 3),
	(19, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 19, 3),
	(20, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 20, 3),
	(21, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 21, 3),
	(22, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 22, 3),
	(23, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 23, 3),
	(24, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 24, 3),
	(25, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 25, 3),
	(26, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 26, 3),
	(27, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 27, 3),
	(28, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 28, 3),
	(29, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 29, 3),
	(30, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 30, 3),
	(31, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 31, 3),
	(32, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 32, 3),
	(33, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 33, 3),
	(34, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 34, 3),
	(35, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 35, 3),
	(36, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 36, 3),
	(37, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 37, 3),
	(38, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 38, 3),
	(39, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 39, 3),
	(40, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 40, 3),
	(41, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 41, 3),
	(42, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 42, 3),
	(43, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 43, 3),
	(44, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 44, 3),
	(45, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 45, 3),
	(46, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 46, 3),
	(47, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 47, 3),
	(48, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 48, 3),
	(49, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 49, 3),
	(50, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 50, 3),
	(51, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 51, 3),
	(52, '5ea681e13f017ca6', '2026-11-23', 'not_an_offer', '', '', '2026-11-23', 'Bukan lowongan luar negeri (register per 23 Nov 2026)', 'Not an overseas offer (register as of 23 Nov 2026)', '[]', '[]', NULL, 0, 'none', '{}', '2026-11-23 04:52:00+00', 52, 3),
	(53, '5ea681e13f017ca6', '2026-11-23', 'no_licence_shown', '', '', '2026-11-23', 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '[]', '[]', NULL, 76, 'high', '{illegal_recruitment}', '2026-11-23 04:52:00+00', 53, 3),
	(54, '5ea681e13f017ca6', '2026-11-23', 'no_licence_shown', '', '', '2026-11-23', 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '[]', '[]', NULL, 76, 'high', '{illegal_recruitment}', '2026-11-23 04:52:00+00', 54, 3),
	(55, '5ea681e13f017ca6', '2026-11-23', 'no_licence_shown', '', '', '2026-11-23', 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '[]', '[]', NULL, 76, 'high', '{illegal_recruitment}', '2026-11-23 04:52:00+00', 55, 3),
	(56, '5ea681e13f017ca6', '2026-11-23', 'no_licence_shown', '', '', '2026-11-23', 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '[]', '[]', NULL, 76, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 56, 3),
	(57, '5ea681e13f017ca6', '2026-11-23', 'no_licence_shown', '', '', '2026-11-23', 'SIP tidak disebut: tawaran tidak menyebut perusahaan maupun nomor SIP (register per 23 Nov 2026)', 'No SIP named: the offer names neither a company nor a SIP number (register as of 23 Nov 2026)', '[]', '[]', NULL, 76, 'high', '{illegal_recruitment}', '2026-11-23 03:47:00+00', 57, 3);


--
-- Data for Name: patrol_linkedpost; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_linkedpost VALUES
	(16, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 1, 1),
	(17, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 1, 1),
	(18, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 1, 1),
	(19, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 2, 1),
	(20, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 2, 1),
	(21, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 2, 1),
	(23, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 3, 1),
	(24, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 3, 1),
	(22, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 4, 1),
	(1, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{1713109696,175081020,1657986448,562768207,716163128,369632446,2012792789,172240252,1691297155,497498397,105753605,785425091,1513998064,1023780857,705932068,343477978,1081141999,1706581532,1821129170,981796200}', '2026-11-23 04:52:00+00', NULL, 1),
	(2, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{1049009684,2066148832,940723226,1059654893,1191625898,1285519458,1551242014,520706073,1928770343,238627803,443276514,1382001652,1059510556,1023780857,1853866619,1190413899,909768333,552302269,1798450462,556506468}', '2026-11-23 04:52:00+00', NULL, 1),
	(3, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{1713587317,1412308991,230992311,1523019887,1228737706,343152508,1961033664,295518251,1099752035,1379321325,1080317868,1527759937,1227071378,1023780857,1098177144,1403715373,533203953,1291290795,838088546,1428885207}', '2026-11-23 04:52:00+00', NULL, 1),
	(4, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{558191456,1352227691,251763087,1947377169,272078319,1023031418,2107778135,1849917998,315738583,175634637,195060875,1783649449,1233131270,1023780857,959658902,821038714,1696468232,1214255744,2145057003,1507641443}', '2026-11-23 04:52:00+00', NULL, 1),
	(5, NULL, false, '{}', '{}', '2026-11-23 04:52:00+00', NULL, 1),
	(6, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{2036709380,1533854053,1645881516,62876580,1143125283,1563217437,732105160,333912578,148796441,1089884573,24994010,1158036179,344765763,1023780857,574369197,1444633103,2031761456,97403980,850364021,1311610681}', '2026-11-23 04:52:00+00', NULL, 1),
	(7, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{1034169104,138223027,407439360,761550506,462027043,1960668836,1325190341,64750690,617187227,1704956295,1287163128,1760492165,1926692502,2108891906,1423268318,1498793084,243923886,1650307974,1769246798,183962644}', '2026-11-23 04:52:00+00', NULL, 1),
	(8, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{686247067,1094061247,1020417911,932890520,601632576,115889500,18680507,635258149,45358763,1931774196,1028789454,524593260,2027095349,1023780857,1360885721,49555713,1408477883,2124212885,1222563882,1432697381}', '2026-11-23 04:52:00+00', NULL, 1),
	(9, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{623564172,146411175,1411713942,1748343221,337769848,660530584,722886853,28492376,1153016399,2083689881,1394286843,726935165,1085389551,1023780857,959658902,550040115,1912673033,1739715884,1089836285,1414219743}', '2026-11-23 04:52:00+00', NULL, 1),
	(10, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{1246968987,1285216293,383183821,103429593,95716092,575379720,2099268894,1248819791,148796441,1331709087,2130318504,2017963809,1304398814,1023780857,388332171,1684276396,2062196099,1897245495,340635733,935182724}', '2026-11-23 04:52:00+00', NULL, 1),
	(25, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 5, 1),
	(26, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 5, 1),
	(27, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 5, 1),
	(28, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 7, 1),
	(29, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 7, 1),
	(30, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 7, 1),
	(31, NULL, false, '{}', '{}', '2026-11-23 04:47:00+00', NULL, 1),
	(32, NULL, false, '{}', '{}', '2026-11-23 04:47:00+00', NULL, 1),
	(33, NULL, false, '{}', '{}', '2026-11-23 04:47:00+00', NULL, 1),
	(34, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 10, 1),
	(35, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 10, 1),
	(36, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 10, 1),
	(37, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 11, 1),
	(38, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 11, 1),
	(39, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 11, 1),
	(40, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 12, 1),
	(41, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 12, 1),
	(42, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 12, 1),
	(43, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 13, 1),
	(44, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 13, 1),
	(45, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 13, 1),
	(46, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 14, 1),
	(47, '2026-11-23 04:47:00+00', false, '{}', '{}', '2026-11-23 04:47:00+00', 14, 1),
	(48, NULL, false, '{}', '{}', '2026-11-23 04:47:00+00', NULL, 1),
	(11, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{950667453,853158895,1375036562,275002027,1208603802,289517034,182446334,1327052937,1548264404,2027722031,1451655205,1003681791,494276242,1023780857,959658902,738756876,304438245,401942095,1801766400,2101704782}', '2026-11-23 04:52:00+00', NULL, 1),
	(12, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{682338647,1682960474,1441710221,608681944,271367586,1537941352,623748579,251822282,806506772,1808303099,849142041,600712146,2021135554,1023780857,959658902,241824345,966192690,1071031335,53211495,1334605769}', '2026-11-23 04:52:00+00', NULL, 1),
	(14, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{1743413762,785815418,1912485755,1681737403,1634170827,611076440,1614994706,1327864191,289471595,1971173351,833108264,1290625392,53826643,72066761,959658902,1964372211,1406200389,1753490960,1249999663,1593911884}', '2026-11-23 04:52:00+00', NULL, 1),
	(15, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{1001271717,541328184,1194997804,1958250763,946138694,642311474,1263044078,53938770,1476070950,1063815450,2118100992,2132364290,889132558,1023780857,1555488450,705506863,349646276,1106474791,271750002,63518934}', '2026-11-23 04:52:00+00', NULL, 1),
	(53, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{833751655,1482519003,1269466729,1499067800,942504551,893919396,1349028677,1327052937,1420134922,624826615,927862088,1528473268,949385133,1023780857,1544167772,1969744463,1747918645,674649107,1931216173,2054173024}', '2026-11-23 04:52:00+00', NULL, 2),
	(54, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{857136438,449084659,1801214449,1368339550,1506966813,1176467055,823088480,1771601782,148796441,55270507,35572463,954587125,1601972023,1023780857,536329443,1372714626,1221110579,327134855,1181156101,931739891}', '2026-11-23 04:52:00+00', NULL, 1),
	(56, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{1554632170,1196267939,1871095478,926922416,133671992,173872360,1147884775,303753014,2028789020,1561694204,285700470,1810323277,1525572180,1023780857,1814436209,53953234,1930255457,1169542265,936221451,2082613793}', NULL, NULL, 1),
	(57, NULL, false, '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{523165959,267908997,2028885199,921614037,1941658718,1640558859,1652356870,1933960212,940624562,228060982,363493337,384555254,266762640,1023780857,8511573,1561074599,1004805488,852906091,1099525340,682200151}', NULL, NULL, 1);


--
-- Data for Name: patrol_media; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_media VALUES
	(1, 0, 'photo', 'kept', 1000, 470, NULL, '47933d75-fa7b-4181-a054-3f399b1e262a', '9e789e8e-5f9a-4640-9651-b314e31361bc', '8a8356de-a011-4280-a39d-00d249cd95ac', 53);


--
-- Data for Name: patrol_notice; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_notice VALUES
	(1, 'erasure_asked', '2026-11-23 04:47:00+00', '', NULL, 1, NULL, NULL, NULL, 2, NULL, 1),
	(3, 'erasure_approved', '2026-11-23 04:47:00+00', '', NULL, 4, NULL, NULL, NULL, 9, NULL, 2),
	(5, 'erasure_refused', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', NULL, 4, NULL, NULL, NULL, 10, NULL, 3),
	(7, 'case_escalated', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', NULL, 1, 1, NULL, 1, NULL, NULL, NULL),
	(8, 'case_escalated', '2026-11-23 04:47:00+00', 'Lintas provinsi.', NULL, 9, 2, NULL, 1, NULL, NULL, NULL),
	(9, 'case_escalated', '2026-11-23 04:47:00+00', 'Lintas provinsi.', NULL, 10, 3, NULL, 1, NULL, NULL, NULL),
	(10, 'case_returned', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', NULL, 5, 3, NULL, NULL, 10, NULL, NULL),
	(11, 'case_closed', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', NULL, 5, 2, NULL, NULL, 9, NULL, NULL),
	(12, 'reversed', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', NULL, 2, NULL, NULL, NULL, 8, NULL, NULL),
	(13, 'handed_over', '2026-11-23 04:47:00+00', 'CATATAN-bp3mi-jabar', '2026-11-23 04:47:00+00', NULL, NULL, 1, 10, NULL, 1, NULL),
	(15, 'erasure_approved', '2026-11-23 04:52:00+00', '', NULL, 4, NULL, NULL, NULL, 5, NULL, 5);


--
-- Data for Name: patrol_office; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_office VALUES
	(1, 'directorate', 'Direktorat Siber Pelindungan PMI', 'Direktorat Siber', 'directorate', '{}', 'Asia/Jakarta', true),
	(2, 'bp3mi-aceh', 'BP3MI Aceh', 'Aceh', 'bp3mi', '{11}', 'Asia/Jakarta', true),
	(3, 'bp3mi-sumut', 'BP3MI Sumatera Utara', 'Sumut', 'bp3mi', '{12}', 'Asia/Jakarta', true),
	(4, 'bp3mi-riau', 'BP3MI Riau', 'Riau', 'bp3mi', '{14,13}', 'Asia/Jakarta', true),
	(5, 'bp3mi-kepri', 'BP3MI Kepulauan Riau', 'Kepri', 'bp3mi', '{21}', 'Asia/Jakarta', true),
	(6, 'bp3mi-sumsel', 'BP3MI Sumatera Selatan', 'Sumsel', 'bp3mi', '{16,15,17,19}', 'Asia/Jakarta', true),
	(7, 'bp3mi-lampung', 'BP3MI Lampung', 'Lampung', 'bp3mi', '{18}', 'Asia/Jakarta', true),
	(8, 'bp3mi-banten', 'BP3MI Banten', 'Banten', 'bp3mi', '{36}', 'Asia/Jakarta', true),
	(9, 'bp3mi-dki', 'BP3MI DKI Jakarta', 'DKI', 'bp3mi', '{31}', 'Asia/Jakarta', true),
	(11, 'bp3mi-jateng', 'BP3MI Jawa Tengah', 'Jateng', 'bp3mi', '{33}', 'Asia/Jakarta', true),
	(12, 'bp3mi-diy', 'BP3MI DI Yogyakarta', 'DIY', 'bp3mi', '{34}', 'Asia/Jakarta', true),
	(13, 'bp3mi-jatim', 'BP3MI Jawa Timur', 'Jatim', 'bp3mi', '{35}', 'Asia/Jakarta', true),
	(14, 'bp3mi-bali', 'BP3MI Bali', 'Bali', 'bp3mi', '{51}', 'Asia/Makassar', true),
	(15, 'bp3mi-ntb', 'BP3MI Nusa Tenggara Barat', 'NTB', 'bp3mi', '{52}', 'Asia/Makassar', true),
	(16, 'bp3mi-ntt', 'BP3MI Nusa Tenggara Timur', 'NTT', 'bp3mi', '{53}', 'Asia/Makassar', true),
	(17, 'bp3mi-kalbar', 'BP3MI Kalimantan Barat', 'Kalbar', 'bp3mi', '{61}', 'Asia/Jakarta', true),
	(18, 'bp3mi-kalsel', 'BP3MI Kalimantan Selatan', 'Kalsel', 'bp3mi', '{63,62}', 'Asia/Makassar', true),
	(19, 'bp3mi-kaltara', 'BP3MI Kalimantan Utara', 'Kaltara', 'bp3mi', '{65,64}', 'Asia/Makassar', true),
	(20, 'bp3mi-sulut', 'BP3MI Sulawesi Utara', 'Sulut', 'bp3mi', '{71,75,82,81}', 'Asia/Makassar', true),
	(21, 'bp3mi-sulteng', 'BP3MI Sulawesi Tengah', 'Sulteng', 'bp3mi', '{72}', 'Asia/Makassar', true),
	(22, 'bp3mi-sulsel', 'BP3MI Sulawesi Selatan', 'Sulsel', 'bp3mi', '{73,76}', 'Asia/Makassar', true),
	(23, 'bp3mi-sultra', 'BP3MI Sulawesi Tenggara', 'Sultra', 'bp3mi', '{74}', 'Asia/Makassar', true),
	(24, 'bp3mi-papua', 'BP3MI Papua', 'Papua', 'bp3mi', '{91,92,93,94,95,96}', 'Asia/Jayapura', true),
	(25, 'bp3mi-baru', 'BP3MI Baru', 'Baru', 'bp3mi', '{}', 'Asia/Jayapura', true),
	(10, 'bp3mi-jabar', 'BP3MI Jawa Barat Baru', 'Jabar', 'bp3mi', '{32}', 'Asia/Jakarta', true);


--
-- Data for Name: patrol_officecare; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_officecare VALUES
	(10, 'grey', 45, 5);


--
-- Data for Name: patrol_othername; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_othername VALUES
	('telegram', '@saluran_contoh/77', 52);


--
-- Data for Name: patrol_owncare; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_owncare VALUES
	(1, 'grey', 40, 4, false, '');


--
-- Data for Name: patrol_ownsettings; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_ownsettings VALUES
	(1, false, '{}', '2026-11-23 04:47:00+00');


--
-- Data for Name: patrol_pairingcode; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_pairingcode VALUES
	(1, 'b983d9bb6b09a3bf479e9f8696765367a1f52f9b38041b94602b1ff50acd5847', '2026-11-23 04:57:00+00', NULL, 1);


--
-- Data for Name: patrol_person; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_person VALUES
	(3, '!ibzCum6RV0maJWWPFzhjvrkof6uPkzba1XjQfuOg', NULL, 'orang3', 'Peminta o officer', 'officer', true, '2026-11-23 03:47:00+00', 1),
	(9, '!8Xmz54fOtbdYEEOhOI9YRI8bxdMW73bN30EvHtvJ', NULL, 'orang9', 'PETUGAS-bp3mi-sulsel', 'officer', true, '2026-11-23 03:47:00+00', 22),
	(10, '!CANn7UrYhnn3aL2wy3UqvTOpGuJxwV637OytNKkY', NULL, 'orang10', 'PETUGAS-directorate', 'officer', true, '2026-11-23 03:47:00+00', 1),
	(5, '!kFIBqkOi8gwLtgpa4PVoCnmWoTVFzaueXysmuSkt', '2026-11-23 04:47:00+00', 'orang5', 'Peminta A analyst', 'analyst', true, '2026-11-23 03:47:00+00', 1),
	(6, '!17gGHDORTWfzL1DUuyEiPNFbWiv6qVMPTaWZs1EK', '2026-11-23 04:47:00+00', 'orang6', 'Peminta R registrar', 'registrar', true, '2026-11-23 03:47:00+00', 1),
	(19, '!WdRAAxfRZonOewmYQjZ2bCNx4bFxNugZkGbD1Mey', NULL, 'orang.baru', 'Orang Baru', 'officer', true, '2026-11-23 04:47:00+00', 10),
	(8, '!uCmxuA7brZSWSWOaVQvL0IKG6avcysugxYGlAQWi', NULL, 'orang8', 'Orang Baru', 'officer', true, '2026-11-23 03:47:00+00', 10),
	(7, '!TcRbpirCmy7tpj5uNMQB3yGXuqPbgZypY5bM73SX', '2026-11-23 04:47:00+00', 'orang7', 'Peminta M administrator', 'administrator', true, '2026-11-23 03:47:00+00', 1),
	(1, '!RB5j5CaHvWtlVQ847jTrPdn2zw7x2q6TCIah8ZZw', '2026-11-23 04:47:00+00', 'orang1', 'Peminta O officer', 'officer', true, '2026-11-23 03:47:00+00', 10),
	(2, '!pIkWqNVinRM02alF9lJNsNVXLhk4F89l7s336tjB', '2026-11-23 04:47:00+00', 'orang2', 'Peminta S supervisor', 'supervisor', true, '2026-11-23 03:47:00+00', 10),
	(18, '!5IGlIexj2ZiDcRzM7TNQYXWlA9xhJF7OpNAeaF00', NULL, 'orang97', 'Orang Contoh 97', 'officer', true, '2026-11-23 03:47:00+00', 22),
	(4, '!1i4RWfUHs3fBgzwrF36e8R1rIdRCoqM7A4khfPgR', '2026-11-23 04:47:00+00', 'orang4', 'Peminta s supervisor', 'supervisor', true, '2026-11-23 03:47:00+00', 1);


--
-- Data for Name: patrol_pictureread; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_pictureread VALUES
	('picture:2:pixels:52b6e56b3dcbb50886a9842d15d65b4935ffad3fe9ea68ce3e429ad5c1a26680', '52b6e56b3dcbb50886a9842d15d65b4935ffad3fe9ea68ce3e429ad5c1a26680', 'picture:2:pixels:52b6e56b3dcbb50886a9842d15d65b4935ffad3fe9ea68ce3e429ad5c1a26680', '["DIBUTUHKAN CS CHAT KAMBOJA\ngaji 15 juta tiket ditanggung\ntanpa ijazah berangkat\nWA 0840 5551 0001", "", [["image", [0, 10], [45, 64, 295, 34], 0.91425293], ["image", [11, 13], [356, 63, 58, 35], 0.9648735], ["image", [14, 18], [427, 63, 127, 35], 0.93304337], ["image", [19, 26], [569, 63, 220, 35], 0.89025726], ["image", [27, 31], [41, 154, 73, 43], 0.96862251], ["image", [32, 34], [133, 154, 37, 34], 0.96905304], ["image", [35, 39], [192, 154, 77, 43], 0.9699884799999999], ["image", [40, 45], [284, 152, 90, 36], 0.96520416], ["image", [46, 56], [387, 151, 250, 46], 0.96107719], ["image", [57, 62], [41, 246, 121, 40], 0.9644890599999999], ["image", [63, 69], [179, 241, 119, 46], 0.95900574], ["image", [70, 79], [315, 241, 217, 46], 0.9606146200000001], ["image", [80, 82], [36, 328, 52, 45], 0.98625], ["image", [83, 87], [114, 328, 104, 45], 0.98625], ["image", [88, 92], [245, 328, 104, 45], 0.98625], ["image", [93, 97], [376, 328, 104, 45], 0.98625]]]'),
	('picture:2:bytes:9ea51c0e1616b1454cdd415d9611ac8f0d09457b4eae3fd572aef83dc02f7916', '9ea51c0e1616b1454cdd415d9611ac8f0d09457b4eae3fd572aef83dc02f7916', 'picture:2:pixels:52b6e56b3dcbb50886a9842d15d65b4935ffad3fe9ea68ce3e429ad5c1a26680', '');


--
-- Data for Name: patrol_pointsedition; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_pointsedition VALUES
	(1, 1, '2026-11-23 04:52:00+00', '{"scam_compound_job": {"points": 1.7, "version": 2}}', '[proposal]
labels_sha256 = "ab12"
[rules.scam_compound_job]
version = 2
points = 1.7
', 'c90ea06aad19891611cc34b5b4a6a554cd817672933860222e55ce0ddf9bf0ee', 'ab12', 4);


--
-- Data for Name: patrol_post; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_post VALUES
	(5, 'telegram', '1000000001/23', 'https://t.me/saluran_contoh/23', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'c15f07aa6d89f859768bdc86e400b88d', NULL, NULL, NULL, 0, NULL, ''),
	(1, 'telegram', '1000000001/15', 'https://t.me/saluran_contoh/15', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '0bde75335b3e694145895cd0277a9c9d', NULL, NULL, NULL, 0, NULL, ''),
	(2, 'telegram', '1000000001/17', 'https://t.me/saluran_contoh/17', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'e45e21aa69ea16c35861392104e06a70', NULL, NULL, NULL, 0, NULL, ''),
	(3, 'telegram', '1000000001/19', 'https://t.me/saluran_contoh/19', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '8838ee27e887a769ebe94eab4cf87d1e', NULL, NULL, NULL, 0, NULL, ''),
	(4, 'telegram', '1000000001/21', 'https://t.me/saluran_contoh/21', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'b1d217a42d0f2379cea8543b367c03eb', NULL, NULL, NULL, 0, NULL, ''),
	(6, 'telegram', '1000000001/25', 'https://t.me/saluran_contoh/25', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'bd4037fedce6421ed408b506b73b5098', NULL, NULL, NULL, 0, NULL, ''),
	(7, 'telegram', '1000000001/27', 'https://t.me/saluran_contoh/27', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'db6cd642d4f0d5f65fecd187cce21834', NULL, NULL, NULL, 0, NULL, ''),
	(8, 'telegram', '1000000001/29', 'https://t.me/saluran_contoh/29', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'f58139547b9993d94006b1a629461331', NULL, NULL, NULL, 0, NULL, ''),
	(9, 'telegram', '1000000001/31', 'https://t.me/saluran_contoh/31', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'b07c114980678a6663f1f0d6a16425c7', NULL, NULL, NULL, 0, NULL, ''),
	(10, 'telegram', '1000000001/33', 'https://t.me/saluran_contoh/33', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'dc04bd5638107b712cf9155797d584ad', NULL, NULL, NULL, 0, NULL, ''),
	(11, 'telegram', '1000000001/35', 'https://t.me/saluran_contoh/35', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '6b7476e64c671eebae2999d3091a871c', NULL, NULL, NULL, 0, NULL, ''),
	(12, 'telegram', '1000000001/37', 'https://t.me/saluran_contoh/37', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '7ea1e849927c0609e6494f27a8f23615', NULL, NULL, NULL, 0, NULL, ''),
	(13, 'telegram', '1000000001/38', 'https://t.me/saluran_contoh/38', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(14, 'telegram', '1000000001/42', 'https://t.me/saluran_contoh/42', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'bc5f3580afa67b280c033343ec1956a4', NULL, NULL, NULL, 0, NULL, ''),
	(15, 'telegram', '1000000001/45', 'https://t.me/saluran_contoh/45', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '3ecfb9875174e5e43f6e7b86263126f2', NULL, NULL, NULL, 0, NULL, ''),
	(16, 'telegram', '1000000001/52', 'https://t.me/saluran_contoh/52', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(17, 'telegram', '1000000001/53', 'https://t.me/saluran_contoh/53', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(18, 'telegram', '1000000001/54', 'https://t.me/saluran_contoh/54', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(19, 'telegram', '1000000001/56', 'https://t.me/saluran_contoh/56', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(20, 'telegram', '1000000001/57', 'https://t.me/saluran_contoh/57', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(21, 'telegram', '1000000001/58', 'https://t.me/saluran_contoh/58', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(22, 'telegram', '1000000001/60', 'https://t.me/saluran_contoh/60', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(23, 'telegram', '1000000001/61', 'https://t.me/saluran_contoh/61', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(24, 'telegram', '1000000001/62', 'https://t.me/saluran_contoh/62', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(25, 'telegram', '1000000001/64', 'https://t.me/saluran_contoh/64', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(26, 'telegram', '1000000001/65', 'https://t.me/saluran_contoh/65', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(27, 'telegram', '1000000001/66', 'https://t.me/saluran_contoh/66', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(28, 'telegram', '1000000001/68', 'https://t.me/saluran_contoh/68', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(29, 'telegram', '1000000001/69', 'https://t.me/saluran_contoh/69', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(30, 'telegram', '1000000001/70', 'https://t.me/saluran_contoh/70', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(31, 'telegram', '1000000001/72', 'https://t.me/saluran_contoh/72', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(32, 'telegram', '1000000001/73', 'https://t.me/saluran_contoh/73', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(33, 'telegram', '1000000001/74', 'https://t.me/saluran_contoh/74', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(34, 'telegram', '1000000001/76', 'https://t.me/saluran_contoh/76', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(35, 'telegram', '1000000001/77', 'https://t.me/saluran_contoh/77', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(36, 'telegram', '1000000001/78', 'https://t.me/saluran_contoh/78', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(37, 'telegram', '1000000001/80', 'https://t.me/saluran_contoh/80', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(38, 'telegram', '1000000001/81', 'https://t.me/saluran_contoh/81', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(39, 'telegram', '1000000001/82', 'https://t.me/saluran_contoh/82', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(40, 'telegram', '1000000001/84', 'https://t.me/saluran_contoh/84', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(41, 'telegram', '1000000001/85', 'https://t.me/saluran_contoh/85', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(42, 'telegram', '1000000001/86', 'https://t.me/saluran_contoh/86', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(43, 'telegram', '1000000001/88', 'https://t.me/saluran_contoh/88', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(44, 'telegram', '1000000001/89', 'https://t.me/saluran_contoh/89', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(45, 'telegram', '1000000001/90', 'https://t.me/saluran_contoh/90', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(46, 'telegram', '1000000001/92', 'https://t.me/saluran_contoh/92', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(47, 'telegram', '1000000001/93', 'https://t.me/saluran_contoh/93', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(48, 'telegram', '1000000001/94', 'https://t.me/saluran_contoh/94', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(49, 'web', 'text:102d80c361aacc7f527954f6cd9d53ea3a29882f', '', '', '', '', '', NULL, '', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', NULL, 1, '09130774c4e6e3c29e5983af23401be4', NULL, NULL, NULL, 0, NULL, ''),
	(50, 'noted', 'said:3bffcf309d24c13e998e8f8ce9ae283e4dcb79ce', '', '', '', '', '', NULL, '', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', NULL, 1, 'cb1ef14d6cc1c79b0b5518c02906fd3b', NULL, NULL, NULL, 0, NULL, ''),
	(51, 'whatsapp', 'said:3a933902ddb24aeaba7622f7dbdd4be94600fb18', '', '', '', '', '', NULL, '', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', NULL, 1, '924cc6dc8276d340ab415e61fe2bc933', NULL, NULL, NULL, 0, NULL, ''),
	(52, 'telegram', '1000000077/77', 'https://t.me/saluran_contoh/77', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '723f677627e769810c26f1b81bb2f214', NULL, NULL, NULL, 0, NULL, ''),
	(54, 'telegram', '1000000001/105', 'https://t.me/saluran_contoh/105', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 2, '1781046dc339b4f9b541fab43d799315', NULL, NULL, NULL, 0, NULL, ''),
	(53, 'telegram', '1000000001/102', 'https://t.me/saluran_contoh/102', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'ec5a12641286a6fc741cd22d4f813faa', NULL, NULL, NULL, 0, NULL, ''),
	(56, 'telegram', '1000000001/111', 'https://t.me/saluran_contoh/111', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '3a745e2a0adb441b930ec5e63211da5a', NULL, NULL, NULL, 0, NULL, ''),
	(57, 'telegram', '1000000001/113', 'https://t.me/saluran_contoh/113', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, 'b6c318625fc642e0d8c3b2586f73f841', NULL, NULL, NULL, 0, NULL, ''),
	(58, 'telegram', '1000000001/116', 'https://t.me/saluran_contoh/116', 'saluran_contoh', '', '', '', '2026-11-22 22:47:00+00', '2026-11-22T22:47:00+00:00', '2026-11-23 03:47:00+00', '2026-11-23 03:47:00+00', NULL, 1, '099c1023347668b15e620824cf08ebe3', NULL, NULL, NULL, 0, NULL, '');


--
-- Data for Name: patrol_postmark; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_postmark VALUES
	(1, 'phone', '8a0da789caefee75a5e5ae9236cfefa8', false, 1, 1),
	(2, 'phone', '600dfafa8764e7fac39c3bc95b55650f', false, 2, 2),
	(3, 'phone', '4a89fea8af6a842d47ad71f0f344dd46', false, 3, 3),
	(4, 'phone', '2aa67ef7f2746e5e19bf2b124ea7016f', false, 4, 4),
	(5, 'phone', 'f72a035534acb1c9d5d9b3cbdc59a3f9', false, 5, 5),
	(6, 'phone', '2e1ccb8545b51e3dcdbd6b93c17bbfe7', false, 6, 6),
	(7, 'phone', 'e7a11eebc98702c5ca4c9ff7405d28ab', false, 7, 7),
	(8, 'phone', '3f639dce9e38c6835caa835ced89b96f', false, 8, 8),
	(9, 'phone', 'c56dfaaac9654a2cc59cc708ffe8fbf6', false, 9, 9),
	(10, 'phone', '009d8abb73501eb24bc8500f5a2c731f', false, 10, 10),
	(11, 'phone', '69bec334816ccdcc989fac55612a47cf', false, 11, 11),
	(12, 'phone', '78cd7a1ca8b2eb26ca70a66726320036', false, 12, 12),
	(13, 'phone', '43b30448b05975d8ec06674cb5ec1479', false, 13, 14),
	(14, 'phone', 'e748ac2303720806abe2429e37896e94', false, 14, 15),
	(15, 'author', '210ba8f1d0bdc0ff3380fea0ddf3b038', false, 15, 53),
	(16, 'phone', '216ba29dd25fa6d9ce63e4405c786dcb', false, 16, 53),
	(17, 'author', '3d52f42757068ea618ddd6aa91472249', false, 15, 53),
	(18, 'phone', '45d01e3fb36008207f91218191379c6c', false, 17, 54),
	(22, 'phone', '90bdb00fd4e3907cd844e6a1569eb32b', false, 21, 53),
	(23, 'picture', 'e48d1c918caa6f6ad2b3d7aa50bddcc5', false, NULL, 53),
	(24, 'phone', 'fed21cae5dcfe1fa40a91c11e2dcc8b4', false, 22, 56),
	(25, 'phone', '147bd160bc2249b420ac7f4259716863', false, 23, 57);


--
-- Data for Name: patrol_posttext; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_posttext VALUES
	(1, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0014. Berangkat minggu ini. Info siangjanuari januarimalam minggurabu meipagi seninselasa seninsiang januarijanuari minggujumat seninmaret minggumei rabuselasa februarikamis siangapril malamsabtu aprilrabu selasajanuari seninsore februarimaret minggusiang sorerabu jumatmaret minggusabtu soreminggu minggurabu.', '', '', '[]', '[]', '{}', '8400e312010375110d8684ca7f62492b'),
	(2, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0016. Berangkat minggu ini. Info selasafebruari kamisjanuari rabuminggu kamissore rabujumat minggujumat seninsore minggusore pagisore seninmaret selasaselasa soresenin januariapril seninmei februariminggu meisenin seninpagi aprilsenin februariapril mingguminggu pagikamis kamissenin minggupagi seninjanuari.', '', '', '[]', '[]', '{}', 'efe57640182bf8baffa81ce3985a2732'),
	(3, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0018. Berangkat minggu ini. Info soreapril minggusabtu selasaselasa malamsore kamismaret kamisapril kamisminggu kamisselasa seninmalam seninpagi januarisiang selasamalam minggufebruari februarisabtu maretmaret meisiang malamfebruari malamfebruari januarifebruari sabtumalam malammalam minggumaret maretmei maretselasa.', '', '', '[]', '[]', '{}', '8648c8641865a1d08bf85ceaff59f7f2'),
	(4, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0020. Berangkat minggu ini. Info aprilkamis minggumei februarisenin aprilkamis seninsore minggusore aprilkamis maretmei sabtusore sorejanuari rabusabtu meiapril siangminggu selasasiang meimalam kamismalam malamselasa selasasiang apriljumat selasaselasa rabumaret minggupagi februariapril kamismaret.', '', '', '[]', '[]', '{}', '9d7978e80efb222304a5b96055be5aa0'),
	(6, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0024. Berangkat minggu ini. Info januarirabu maretrabu soreapril meimei malamsiang minggujanuari siangkamis februarisiang sorerabu januarisenin januarisabtu februarisenin kamispagi maretmaret meifebruari siangmaret jumatsenin meiselasa januarimaret kamissiang seninmaret meimalam siangselasa februarisore.', '', '', '[]', '[]', '{}', '44a69e66a25c3b4b4b7a9cb283680af5'),
	(7, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0026. Berangkat minggu ini. Info januarimei malammalam malamsenin sabtusabtu pagiapril februarirabu februarimalam pagiminggu mingguapril jumatpagi minggusore meisenin meifebruari rabujumat maretjumat februarisabtu meijumat pagikamis meipagi malamjumat soresiang sabtujumat maretrabu meisenin.', '', '', '[]', '[]', '{}', 'c911b8c5c08ae858e680e9b3b085398b'),
	(8, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0028. Berangkat minggu ini. Info siangfebruari soresiang sabtujumat soremaret soresiang kamisrabu rabuminggu malamrabu rabusenin maretkamis soresiang malampagi pagikamis malammaret siangjumat meifebruari selasapagi meimaret soresiang aprilkamis jumatsiang januaripagi minggusabtu seninselasa.', '', '', '[]', '[]', '{}', '89d6293a25745ade3a8e3537d6edba43'),
	(9, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0030. Berangkat minggu ini. Info jumatminggu seninminggu pagikamis minggukamis malamselasa seninsiang rabuselasa minggusenin meimaret kamisrabu meiapril meiapril malamapril siangsore sorejumat maretkamis sabtusabtu aprilminggu meijumat minggukamis jumatsabtu siangsiang pagirabu februariapril.', '', '', '[]', '[]', '{}', 'b9a7c40a37e4e9fb7d04c37ef3c189e2'),
	(10, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0032. Berangkat minggu ini. Info siangmalam malamrabu seninmaret aprilrabu kamismei januarijumat siangsabtu jumatsore maretkamis jumatselasa meisiang aprilsiang selasaapril pagipagi februarisiang sorepagi pagisore januarijanuari maretkamis maretrabu meisenin malammalam siangsenin siangapril.', '', '', '[]', '[]', '{}', '1df2fbdcd9e404d0706867a92875b3df'),
	(11, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0034. Berangkat minggu ini. Info jumatkamis sabtuselasa maretkamis aprilrabu aprilsiang selasamaret meisore rabufebruari seninapril siangjumat jumatsore sorekamis seninrabu sabtufebruari februarirabu februaripagi siangrabu pagimei seninsiang jumatmaret maretrabu februarifebruari aprilmei sabturabu.', '', '', '[]', '[]', '{}', 'e3101c8a27197449f657436842a95eb5'),
	(12, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0036. Berangkat minggu ini. Info selasasenin meijanuari meiselasa apriljanuari februariminggu aprilpagi pagipagi minggupagi malammei januariminggu rabuapril jumatmei jumatminggu sabtumalam maretmalam meijanuari selasajumat februariapril aprilmalam rabusenin siangmei kamismei februarimalam jumatrabu.', '', '', '[]', '[]', '{}', '14d587f93b3475e0995d9ae438093bd0'),
	(13, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 38.', '', '', '[]', '[]', '{}', 'f2354ba77d0282bddc6c3b84abd90278'),
	(14, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0041. Berangkat minggu ini. Info rabusiang malamjanuari soreminggu aprilsabtu sabtumalam januaripagi jumatmaret rabusore januarijanuari sabtumalam februarikamis minggusabtu maretrabu kamispagi sorekamis sorerabu januarisabtu soreminggu minggukamis sabtuapril pagimei februarijumat pagijumat maretmaret.', '', '', '[]', '[]', '{}', '26f0ee2c5598e65c4404059090900000'),
	(15, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0044. Berangkat minggu ini. Info rabujumat jumatminggu maretfebruari soremaret malamsabtu pagikamis siangmaret pagisore sorejumat jumatmalam meimaret januarisiang rabupagi rabukamis januaripagi selasamalam siangsore maretkamis sabtuapril siangfebruari siangsiang siangjumat meiselasa siangjanuari.', '', '', '[]', '[]', '{}', '4525bea2e514502925f5f48c2117512c'),
	(5, '', '', '', '[]', '[]', '{}', ''),
	(16, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 52.', '', '', '[]', '[]', '{}', '7cc5b37214cfff7a1340b3fad64e1038'),
	(17, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 53.', '', '', '[]', '[]', '{}', '437e941d91ff91c865f776cd59bace2e'),
	(18, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 54.', '', '', '[]', '[]', '{}', 'c5640b2db23044e6c31b4b7688b8afce'),
	(19, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 56.', '', '', '[]', '[]', '{}', '5a8734a38f9d530884d9dfe1859791dd'),
	(20, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 57.', '', '', '[]', '[]', '{}', '17e109f05854f6959f5cc6e83116632f'),
	(21, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 58.', '', '', '[]', '[]', '{}', '5e91edf74e533dcb2872e849664ff38e'),
	(22, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 60.', '', '', '[]', '[]', '{}', 'b93da10546d6f8c24f458ee291c4b02d'),
	(23, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 61.', '', '', '[]', '[]', '{}', '110db75a51b05ca2f48e576eaba77258'),
	(24, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 62.', '', '', '[]', '[]', '{}', '001f42bfde44cb8cd923c41fc32d14f6'),
	(25, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 64.', '', '', '[]', '[]', '{}', 'a6e68f24878facfc68f68dc65918a325'),
	(26, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 65.', '', '', '[]', '[]', '{}', 'f30e5689177f49a9fee2b227a067e877'),
	(27, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 66.', '', '', '[]', '[]', '{}', '68930cbb37a0ba1cf32eeebc8d164c88'),
	(28, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 68.', '', '', '[]', '[]', '{}', '65c99b2e05d892dcc7363be026046602'),
	(29, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 69.', '', '', '[]', '[]', '{}', '90dc0750534348b8e6201f9352a39f1a'),
	(30, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 70.', '', '', '[]', '[]', '{}', '685bdfeef5a8e5ac52afd25e02eef2b3'),
	(31, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 72.', '', '', '[]', '[]', '{}', '67cbcfb3d5d1c94aaf63cda558fd2feb'),
	(32, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 73.', '', '', '[]', '[]', '{}', '2ad2eccf151bfea1fa68ab0d87713210'),
	(33, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 74.', '', '', '[]', '[]', '{}', '132cb4d9211fbb0e19188964495ed051'),
	(34, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 76.', '', '', '[]', '[]', '{}', 'b61f8a867ecfb0de89659ade8be27787'),
	(35, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 77.', '', '', '[]', '[]', '{}', 'f1a3036b540be813def924c902dcd32f'),
	(36, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 78.', '', '', '[]', '[]', '{}', '9d2ca911730ecdc560f4c59c62309012'),
	(37, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 80.', '', '', '[]', '[]', '{}', 'af42624e9f8f6dc2466c0ccbbacb38bc'),
	(38, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 81.', '', '', '[]', '[]', '{}', 'f6761002a6ecdf76ad25338c362456cf'),
	(39, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 82.', '', '', '[]', '[]', '{}', 'ebc57c357d8751a3bcfeabc996527ad3'),
	(40, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 84.', '', '', '[]', '[]', '{}', '108b6ab45a1aca0735982f626a8f5fd9'),
	(41, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 85.', '', '', '[]', '[]', '{}', '053b0fc5f11a8a1a1dde545d1b545346'),
	(42, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 86.', '', '', '[]', '[]', '{}', '3a202c94ee55be210f2c571ace9e7d41'),
	(43, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 88.', '', '', '[]', '[]', '{}', '4f42eb8d826d4191892f5dfcfaf1419c'),
	(44, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 89.', '', '', '[]', '[]', '{}', '77a591b71ae4a163d57b87d89c13c422'),
	(45, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 90.', '', '', '[]', '[]', '{}', 'a1cd348a05795e2b3d20b9c478406414'),
	(46, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 92.', '', '', '[]', '[]', '{}', '617b228d09398a1a41e130009c367a81'),
	(47, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 93.', '', '', '[]', '[]', '{}', 'e68c9243446b92e6b2f121fcb2d14f4c'),
	(48, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 94.', '', '', '[]', '[]', '{}', '4b6846ba5550aaf81e47820a04dc8148'),
	(49, 'Loker', '', '', '[]', '[]', '{"tautan": "https://contoh.example/1"}', 'e8b5ad4c9302dea46d49c9f5ea5ae022'),
	(50, '0840 5550 8888', '', '', '[]', '[]', '{}', '8d1937a2018ad89a374498efb53202b0'),
	(51, 'Loker Taiwan, tanpa biaya.', '', '', '[]', '[]', '{}', '07f1e607954c8c15737ae587e2cc8441'),
	(52, 'Selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. Nomor 99.', '', '', '[]', '[]', '{}', '37a7cf91b5f0b0cbc9ba8ddbe79f8ab4'),
	(53, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0101. Berangkat minggu ini. Info sabtusenin malamsiang meikamis aprilfebruari kamiskamis minggusabtu malamrabu malamjumat seninsabtu januarisiang malamrabu meijumat siangsore malamsiang siangrabu februariselasa selasamaret kamisjumat selasamalam minggumalam rabukamis malamselasa rabuapril seninmaret.', 'rani_contoh', 'Rani Contoh', '[]', '[{"url": "https://cdn.example/1.png", "kind": "photo"}]', '{}', 'c9109aed66046a9a5597b9c76716e3c5'),
	(54, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0104. Berangkat minggu ini. Info meiselasa maretmei januarijanuari malamminggu selasasenin januarirabu februariapril pagisenin soreminggu aprilselasa siangapril minggukamis selasasenin mingguselasa maretfebruari sabtusenin rabusenin selasasore sabtumei minggupagi rabujumat kamiskamis jumatsabtu seninsore.', '', '', '[]', '[]', '{}', 'b5079a95ca198f8c7cef848d9b284529'),
	(55, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0107. Berangkat minggu ini. Info malammei sabtusenin meijumat minggujumat kamisjanuari seninmei soremalam meimei februarisiang seninpagi sabtujumat januariselasa apriljumat seninkamis selasapagi soremei sabturabu aprilfebruari januarifebruari soremalam selasamei siangmalam soresabtu kamisapril.', '', '', '[]', '[]', '{}', 'c1ba539e35590abac057eceaa9f895fb'),
	(56, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0110. Berangkat minggu ini. Info aprilmei rabumalam maretsore malammei kamisjanuari seninrabu jumatminggu siangmalam rabuminggu selasapagi pagiminggu maretpagi aprilsabtu sorerabu minggusiang jumatkamis rabufebruari sabtukamis minggusabtu seninkamis selasafebruari jumatsiang meiapril aprilapril.', '', '', '[]', '[]', '{}', 'cd46cc477eb64f25ccd5c578597356ce'),
	(57, 'Dibutuhkan CS chat ke Kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, WA 0840 5550 0112. Berangkat minggu ini. Info kamisjanuari mingguminggu sabtuapril januarimalam aprilrabu februaripagi soresabtu malamjumat kamissenin rabumalam meirabu januariminggu kamiskamis selasasabtu malamminggu sabtuminggu aprilfebruari soreminggu kamismalam selasajumat sabtufebruari seninsiang siangpagi minggumaret.', '', '', '[]', '[]', '{}', '4d1119049463942caf8751ced797b69d'),
	(58, '', '', '', '[]', '[]', '{}', '');


--
-- Data for Name: patrol_postversion; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_postversion VALUES
	(1, 1, 'message 15', '2026-11-23 03:47:00+00', false, '0bc5c668256030b364e1647206533b4c8e8536d656fdffe66d8ea9d247c2b99a', '629161768740e4d9ddf4b52349302b381aef74dcba6aee60624d45817b95b809', '67a1e6f9-20be-49dd-ad85-9fdf8667fe95', 1),
	(2, 1, 'message 17', '2026-11-23 03:47:00+00', false, '0c78fddf4419819ed94610251e26e143bf10621d1eca5eb01d57e7baa32bb003', '4fd5ca53fac32ffc63e5122603f029c3766c59d8a187d6ddce9347a2cc7dc988', '67a1e6f9-20be-49dd-ad85-9fdf8667fe95', 2),
	(3, 1, 'message 19', '2026-11-23 03:47:00+00', false, 'ad49dd7d59734aec579aa0a52c972db5205de6f4f8a9a68a6d1469a5cea00336', '5f1d83c74444e637c0476b2f696ff56592b7ad0a92ed7004ad2af24d161e13f6', '67a1e6f9-20be-49dd-ad85-9fdf8667fe95', 3),
	(4, 1, 'message 21', '2026-11-23 03:47:00+00', false, '9be44acc6c000a52585677da4406d0857ba2a5f835772991a054c80d5e214666', '3415d0b904f34bc19991c8acee882fd7b7a18536fb60668eba3a38ec367fd7b7', '67a1e6f9-20be-49dd-ad85-9fdf8667fe95', 4),
	(5, 1, 'message 23', '2026-11-23 03:47:00+00', false, 'cc34dbe4bdd49359568a595c9f5a95bbe012d31081b9fb960e9fd539239e4d2d', '90db1b2bf78afec045bc789c46552d03acc68a18efab55b37ed91d2fecdd33d6', 'f2feaa5c-eceb-4830-8f0d-1f6adb983fe6', 5),
	(6, 1, 'message 25', '2026-11-23 03:47:00+00', false, 'ba5d46fa955b00c155df4529bbcffd422cdff2895d8b96acc0c6886a0f9a0a36', '7d6ad4129f2dc6d2a93dfa6e77ac177d5dd7e6e8ca572d4ec50e9e50ad805948', 'f2feaa5c-eceb-4830-8f0d-1f6adb983fe6', 6),
	(7, 1, 'message 27', '2026-11-23 03:47:00+00', false, '04310777a7affdd30d5b2e6a7094578d57e8ec9445720ba53bd1042553d81881', '20075aaa95acb9db0dc1570167f29dc2c4c1dd4e16aad0b3ef4ecf67d338b6b0', 'f2feaa5c-eceb-4830-8f0d-1f6adb983fe6', 7),
	(8, 1, 'message 29', '2026-11-23 03:47:00+00', false, 'bc429dcc24c90c7e66ad2c915cc9830084a4a8d338a199d6520ec953e6ead0de', '7d145676651abd34504b0851a8f8882b1ba3aa56922d7b38c66a98f52bab2437', 'f2feaa5c-eceb-4830-8f0d-1f6adb983fe6', 8),
	(9, 1, 'message 31', '2026-11-23 03:47:00+00', false, '23d42882ea6e9bedab9c75af76381e29bb30a72dbe3ec3b1d0b163201b9aabed', 'fb3c5a3e8d5ab360a909e6f23c32eca14adf0790326c8b9ba311a41569a95445', '3188dae3-15f7-4910-9e92-91dfeb7220e1', 9),
	(10, 1, 'message 33', '2026-11-23 03:47:00+00', false, '2c9e91031d8d09aa231e487d359b643d5c769568fd9d34160644deebf389f7e0', '6d9cfe8be97ae3ef3b46d7b0f7db3ce932ecc3859d66f97dc4d7f4bef29fd8d0', '3188dae3-15f7-4910-9e92-91dfeb7220e1', 10),
	(11, 1, 'message 35', '2026-11-23 03:47:00+00', false, 'ec8234b05f6bc7db95d9fd8f366c30119bbc5bb010748fc445a8e03017f22760', 'd28e1213b6916d19cd6299012b3ccd0f504021221da9011751f85048c95e4a8f', '3188dae3-15f7-4910-9e92-91dfeb7220e1', 11),
	(12, 1, 'message 37', '2026-11-23 03:47:00+00', false, '33997224666b883fd77264e94fc8cda4a6cfb3405889a30f599a13d7f28f0dcd', '3440e5ceafe01d9ea5a7762208ff468adfba1f4d5adfc26e333c52d098244cfa', '3188dae3-15f7-4910-9e92-91dfeb7220e1', 12),
	(13, 1, 'message 38', '2026-11-23 03:47:00+00', false, '6d3dba81bfe3b92087006a2e237fc7784e8cf22dca121c02d594504af1e5cacb', '03467fce73f475110d78d692480ee649c411c9e475d65c3548a4f80bebef58e8', '5220cd0c-900a-43fb-88ef-4e4ad78f7598', 13),
	(14, 1, 'message 42', '2026-11-23 03:47:00+00', false, 'efe78ac70b2a07ad3f28b3980e0248d81c044bc21555e950f6eeb4b3b198f17b', '73f54a889eac07a28aedc8149b33b879a1aefa4b5bc57d6eee14325b610bf6fa', '8ee07735-bfd1-4481-b59d-b82e0da31b7c', 14),
	(15, 1, 'message 45', '2026-11-23 03:47:00+00', false, 'd79943f3380d5ca225faf8728cada8d5ca963fd0f4fb4cd2a1efb66b45d2989a', '60694fcbf59af35f4561d5b16217ed4f3348e57cb012fec6dd8bfd8aeb1bccf8', 'c98f5b44-ca9f-49db-87f5-9a18cd779bcf', 15),
	(16, 1, 'message 52', '2026-11-23 03:47:00+00', false, '57967a2de565ddf33f00ce1b015f90531f7e0d19af393c25ee6a81eea22290e0', 'bab4e8f1c05063a59d84ff31df501f7b8cb27bd469c5bec415b852fd180fb9c6', '7ad9736f-b50f-4482-ab66-5a5dd20f1d7e', 16),
	(17, 1, 'message 53', '2026-11-23 03:47:00+00', false, 'ea8cb817e9d9cb7915bbf587c8b728678da9da0f3106fdebfa73d541aadc09e9', 'ce29325d849ce1021d50ba2d8ee95ad805285f76f2734676bb0e80dbedf33726', '7ad9736f-b50f-4482-ab66-5a5dd20f1d7e', 17),
	(18, 1, 'message 54', '2026-11-23 03:47:00+00', false, 'af90bbabcaccf93ae0420fe846869cc03db1e7969537a16e8c217c6ff3c4a629', '7219017e27d07a15e70a8a7a42ff068919310e61029e3481285a2eeee825eef3', '7ad9736f-b50f-4482-ab66-5a5dd20f1d7e', 18),
	(19, 1, 'message 56', '2026-11-23 03:47:00+00', false, '3e313b0935f3838dae07f90e8135354f744877c23a36ac74b9961f6a9fc3615d', 'f02d5287b637626f32d41dde045f1013d4832cf2b9e3bf1c0ea5a7020cac1117', '62afe33b-0bf0-4a5c-bba6-5ee5cf3b0bf0', 19),
	(20, 1, 'message 57', '2026-11-23 03:47:00+00', false, 'e7b568f844bc00bde93bdf6d4763f19865e3b1bed49d85e18b48199ed8e1e5ae', '0bb2af1f85a9e362095cd7a4f80fa73ff0da20040805f5c17133fb10454fdb69', '62afe33b-0bf0-4a5c-bba6-5ee5cf3b0bf0', 20),
	(21, 1, 'message 58', '2026-11-23 03:47:00+00', false, 'f525e4c9ecdee9a7e394203a8f2a8cf9661011c15ca649b5cb451cd191016d40', 'b73d80a0829a1b75e560c220c65977aca89e6b4a3e57f5b89a578285bd076b80', '62afe33b-0bf0-4a5c-bba6-5ee5cf3b0bf0', 21),
	(22, 1, 'message 60', '2026-11-23 03:47:00+00', false, 'a49f083c49374f14698ca3a693aac8aa3292e4ca3f5c467bdd6e11de8f0b24c1', 'c4f5e4ac30d64e52348e2654411d1e5837cf2f03f05198b3cfd8d667a48df427', 'baa85eb8-8bfb-4085-b8f8-3493d97481b1', 22),
	(23, 1, 'message 61', '2026-11-23 03:47:00+00', false, 'b721d677e0c148614d2bd313a0ce114e853634ddbdd888a54e1c1aac9575bfec', 'abaa91c888ba546f32f7835e970dca23c8c29f8aca81bc8adbf0e4d480221dd7', 'baa85eb8-8bfb-4085-b8f8-3493d97481b1', 23),
	(24, 1, 'message 62', '2026-11-23 03:47:00+00', false, 'a07fd779dfa34208851113dfc71bf1788470d1f07001ae8dd858800f76aefa1a', '9c45df3b22779e0a2c1fd169f8c14f11b5153ad0e3e0cd51ec374a53df782ed0', 'baa85eb8-8bfb-4085-b8f8-3493d97481b1', 24),
	(25, 1, 'message 64', '2026-11-23 03:47:00+00', false, '9d9b04540473e35a183100db8634c5906623419cc41e1ed86388c371e826ca70', '178dfc81022713c519d1b9c0cfdfba08b91577cc3a3bf5fa7980c3c8dad6d589', '697c73a3-bb14-4c6c-a577-42d063129ac1', 25),
	(26, 1, 'message 65', '2026-11-23 03:47:00+00', false, 'e4f80e321238d6ccc347b7704a088094d47d1550e5f34435aef04dee4143cbf8', '573c6f4eed3cb6ebce51aa3e0cdb345332b1a7e8af5d32545e0637f51d247b76', '697c73a3-bb14-4c6c-a577-42d063129ac1', 26),
	(27, 1, 'message 66', '2026-11-23 03:47:00+00', false, '1b1ba2e96cbe4301ae4ce0e106d7378fac8ccd4409e8ef0747b322902ab5d1df', '3a54a8f9bc0121523a43898946823bf3892950db56b108ad1b096f3b103b5bab', '697c73a3-bb14-4c6c-a577-42d063129ac1', 27),
	(28, 1, 'message 68', '2026-11-23 03:47:00+00', false, '390d01ce44c13894614958189cc0abaa78f62c8dda259a2d981148cdfe8cfdf1', '6105c76aca6a8c2675623df233f91856ded5b140a756f036be6b3fa1df37877c', '651a571e-8681-420a-af2d-4b6d968070ee', 28),
	(29, 1, 'message 69', '2026-11-23 03:47:00+00', false, 'dfa53ef3009999c09be8139a7b63e5a7432709d440b18f7a4b54b1a40d6fc17f', 'e1ab4e64bf10a85e31bc4c94fd941b64a134f36cb21287a1d410b7d723a98f83', '651a571e-8681-420a-af2d-4b6d968070ee', 29),
	(30, 1, 'message 70', '2026-11-23 03:47:00+00', false, 'f718dd3b91c0709926f1427c5d6814ebcfb096036666144850a15c123132053d', 'cbc2f0ee169ae87acc6263c4f0f68256bb4efe8a4d1a047de4d079b7fd04defe', '651a571e-8681-420a-af2d-4b6d968070ee', 30),
	(31, 1, 'message 72', '2026-11-23 03:47:00+00', false, '3a211b359e8544eaa85d441a6ffdca68f2ef2d752aa7b7cc0b81883b7351b481', '3d0ec3fadc2b1722f9910c0ed7c11603c9ec3782f571f7c5caa92e651950125e', '8bbe8fa9-4e3b-409a-9f71-47be0ff3d421', 31),
	(32, 1, 'message 73', '2026-11-23 03:47:00+00', false, '9192b1dfe3692310116809bbaaf89a377c0b2e9b9a9ab2b743b1350da8d05f0e', 'bcd943b867d0e766c5f1ef9bbb873d2ad6fb7efb5f7e09c99104bc3fefdd8625', '8bbe8fa9-4e3b-409a-9f71-47be0ff3d421', 32),
	(33, 1, 'message 74', '2026-11-23 03:47:00+00', false, '3edd82c134ebcbaa7d40dc584383cdfa282d62871228186c417b0654f9cfabd6', '6bcfa91d75741cfac8ae0f1addb532d07946d7fa064d5dba9db54f1c22b39552', '8bbe8fa9-4e3b-409a-9f71-47be0ff3d421', 33),
	(34, 1, 'message 76', '2026-11-23 03:47:00+00', false, '3b0bd29a64b666f9201497ef85d6a11e5f5a20af29e722be55ebdeafb3521eb3', 'e891fc8b81b487f0aca1fadc3ed47dc53df99db7ced14250fffff35125ff90fc', 'e87c6369-f4fb-49b7-bea5-369884665d5a', 34),
	(35, 1, 'message 77', '2026-11-23 03:47:00+00', false, '1733c9aba0b0bda0c1bed12610d3b5a9d39ae82730f84d90b9561e7ccea2d427', '049930ddf05fcd72ceb789f26b8491c9259b586c666b6173f73464033eae9643', 'e87c6369-f4fb-49b7-bea5-369884665d5a', 35),
	(36, 1, 'message 78', '2026-11-23 03:47:00+00', false, 'fc444045562d30ae2b220188fdda73d666337e3c796237a399910ecf1cc430c8', '9380d242096d3ae9af5a732a4d4d24a1477c16e5ff998d8de465eba6544031ca', 'e87c6369-f4fb-49b7-bea5-369884665d5a', 36),
	(37, 1, 'message 80', '2026-11-23 03:47:00+00', false, '5837e0bfef9359db4c6935422ae57afc68cc55f13d7491ee76127a4116d4607c', 'bd01d30b264358361090a438b2183c7079a4599d227b2f7d434150946443a078', '5e34d29f-896f-4a99-a872-a0aa51e58ee6', 37),
	(38, 1, 'message 81', '2026-11-23 03:47:00+00', false, '3188c649fb70d077831835cc0f783ae894a96680a27f55320563473221732d8a', '8747dedcbc96f860ae4e8b165e61bcff483e90ea29ebaf35f7c21ddd84a4d4ec', '5e34d29f-896f-4a99-a872-a0aa51e58ee6', 38),
	(39, 1, 'message 82', '2026-11-23 03:47:00+00', false, 'ce21af3d8351771313cd9793be4d07ad20aedaf5630b136a359708cdc719e195', 'fb71e8925acd9b101fb5f2e11ae945a29ce5f69d840b07a7645d9bce6cdaeaae', '5e34d29f-896f-4a99-a872-a0aa51e58ee6', 39),
	(40, 1, 'message 84', '2026-11-23 03:47:00+00', false, '2a7ae748f3a2e391039094854d7e00e125699ef823f8c727cb3d4348483b374d', '21d661dbe4f9615e81515e10ce1d384b092d3aa6e6b2953dd8c2cebc3cec10f2', '9d67bccc-e225-4e9b-b6c7-7634fdbbc70f', 40),
	(41, 1, 'message 85', '2026-11-23 03:47:00+00', false, '0cfd8bca2a0e50308086e086f6ca83c0ac4d5422d35437c5d012e74e8f881a88', '3558683210003d5adfb01185c2dc89520bf7e64879356230c3dbcb8b7bd585b2', '9d67bccc-e225-4e9b-b6c7-7634fdbbc70f', 41),
	(42, 1, 'message 86', '2026-11-23 03:47:00+00', false, '9a9eea167903eea03d73390b81f32f04a845f752b50d076e0541f7adda30ffc2', '37cbc4f01531470f79565e899d51de06376b2fa2178680b6495c2e5a9a1600bf', '9d67bccc-e225-4e9b-b6c7-7634fdbbc70f', 42),
	(43, 1, 'message 88', '2026-11-23 03:47:00+00', false, 'da43a9a206bdc558afa8462dfadebca5ea20a8dc0c459cb6de7c109a3626985b', 'a1496d9100daa21782bd60bf7da43e4bae270b0c28a885e496d940b5e6b0ac99', 'da8fd55c-e7ec-41ad-bac9-b8bd717b1e1d', 43),
	(44, 1, 'message 89', '2026-11-23 03:47:00+00', false, 'e787d3ae55e1d4ed9be22fd9248b76848b370226552cc704f3195a3ecf7d42ab', '7b22ad6e1a9f5f575a798abc90f04ff3c8cf958ec397969d74d28158ad47a5a2', 'da8fd55c-e7ec-41ad-bac9-b8bd717b1e1d', 44),
	(45, 1, 'message 90', '2026-11-23 03:47:00+00', false, '37464c75f89763867bb1e122cd7d48419b1644ccd9a1ac6404a52cba7131eb80', '52b13e8484b3f75c584053818137380431eb40ca2efa849fc6c192c7ca9eb1bd', 'da8fd55c-e7ec-41ad-bac9-b8bd717b1e1d', 45),
	(46, 1, 'message 92', '2026-11-23 03:47:00+00', false, 'b3e2abb5643b744663c90b27696dbf1161bfc7925d39be660b03a7f0f98d6392', 'd5bfdfb5ee523dcab3b711da2842ab3cb7a3cae9698767c82d802c60f8aa0ff8', 'd7787dbe-0ca6-4b3e-aadc-4c69387bd684', 46),
	(47, 1, 'message 93', '2026-11-23 03:47:00+00', false, '6865c08a52abbdbf7b81570af8f741b9942ac837265f9a5e3f1f959e76e5839f', '353cebba615c17e3cc50743399bb7996e5193d7c008dc47647dd084d8ad741c7', 'd7787dbe-0ca6-4b3e-aadc-4c69387bd684', 47),
	(48, 1, 'message 94', '2026-11-23 03:47:00+00', false, 'e15415faa552bf9031a706fb9551bcb7314c49a709df64c73fac236af46a8e19', '3b9c3d0d379913e63c2ed165d57773c5844cdf104a0f4d198290bad5c34fc0f9', 'd7787dbe-0ca6-4b3e-aadc-4c69387bd684', 48),
	(49, 1, 'line:2', '2026-11-23 04:47:00+00', false, '9a0265b2eba92b32d307a831706d183021a90494009199179b54df0c2e1dd808', '8139f952aafb39cc3e4312109bf12175c3f5a690756e2b4b6cdc1a8088100dd0', '987945e1-8670-41dd-8a76-14b8d3ab360c', 49),
	(50, 1, 'note', '2026-11-23 04:47:00+00', false, '61fb63f8e1c0b0b165c577e58929b300b643f28be006ff60a9e107ca63a076d2', 'd355e80c0472605863b64a9416db0215911c1891832f112538fa6bfcba071ec5', 'c8f9daf5-79ac-4934-bfdd-081bfa99964a', 50),
	(51, 1, 'upload', '2026-11-23 04:47:00+00', false, 'e5e7c8adaa2045da670707464ee34c7425d1ca5cc922fedafa3a8091f008f357', 'df8fa04cb8b17984d11e86b8bfe5535cc3e0d1025f54607337a2a5bde7d451be', '2ddb6305-a20d-44e9-8a8f-560ff7e06b15', 51),
	(52, 1, 'message 99', '2026-11-23 03:47:00+00', false, '2325bdafddea6ea75ac9a2bcdebc9fd56fa75927fd72df1d72ae9db55a6e0933', '2a350471de37aa2d4c395c4e84f675018a6562826be44ce1875b0a2e853918ae', '83469c11-039b-4601-ad8d-dfcc4d08b919', 52),
	(53, 1, 'message 102', '2026-11-23 03:47:00+00', false, 'beaafb27151adda62b3dca57449dd5c426193b5fac95899c802b6505e3f79439', 'b726c9618aaf9dc64c90151eb28438ed7d5c7496670007f4662a5d5508ca078f', '6f1b9a6b-e136-4222-972d-42e1f8fa8310', 53),
	(54, 1, 'message 105', '2026-11-23 03:47:00+00', false, 'c1b7812cc20bdaad79e5a6685031dacb18e91a0ddefa466639ff5d33dc418ba5', 'd1ed2be4d02ce69a946097dae3f5718fda84e19ced02beebbc9d55fdc430842e', 'c02ccb29-ed43-4a22-84a0-68d9eedc925d', 54),
	(55, 2, 'message 108', '2026-11-23 03:47:00+00', true, '96481ceed0f9050b6e8ff4ed80982a30939e69e9f25fa3c501dbe968402ac90b', '3a9d202972458da241ee1b9ab41a59f1091a7680f2637c8ca2cae8628c63218b', 'ee4b3542-65f1-4ca2-97c5-ea46439bae44', 54),
	(56, 1, 'message 111', '2026-11-23 03:47:00+00', false, '0f4e2513aa8d498e3ef7c94716982cecc26f7bf662c23f05225b9fb80a5616a3', '394fe218687a07b7ac324d3f663c68aac36fb98a18c7be9940154e32683ada13', 'dc05344a-5f2e-43f2-8ada-02cc48937854', 56),
	(57, 1, 'message 113', '2026-11-23 03:47:00+00', false, 'd3de4140a1f18143ee76fc3551f54a3b2457cbb76ee8955ac30c363b5b8b972d', '443eef61086405028e282285e5dd5b590262e32c0303089fa3004b01d148c7f4', 'dc05344a-5f2e-43f2-8ada-02cc48937854', 57),
	(58, 1, 'message 116', '2026-11-23 03:47:00+00', false, '1f554710245adb8e327040a61ad3b113dcb10d11bc6fd1a951f240b79ea2d057', '54ab37647f82b3f0de27f5f45f81fd2f9601adab3e72c02c3271e47ea32b0f64', '210057fe-b64c-4952-8baf-64fda17889e7', 58);


--
-- Data for Name: patrol_postwords; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_postwords VALUES
	(1, 1, 1, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••14. berangkat minggu ini. info siangjanuari januarimalam minggurabu meipagi seninselasa seninsiang januarijanuari minggujumat seninmaret minggumei rabuselasa februarikamis siangapril malamsabtu aprilrabu selasajanuari seninsore februarimaret minggusiang sorerabu jumatmaret minggusabtu soreminggu minggurabu.', '{KH}'),
	(2, 2, 2, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••16. berangkat minggu ini. info selasafebruari kamisjanuari rabuminggu kamissore rabujumat minggujumat seninsore minggusore pagisore seninmaret selasaselasa soresenin januariapril seninmei februariminggu meisenin seninpagi aprilsenin februariapril mingguminggu pagikamis kamissenin minggupagi seninjanuari.', '{KH}'),
	(3, 3, 3, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••18. berangkat minggu ini. info soreapril minggusabtu selasaselasa malamsore kamismaret kamisapril kamisminggu kamisselasa seninmalam seninpagi januarisiang selasamalam minggufebruari februarisabtu maretmaret meisiang malamfebruari malamfebruari januarifebruari sabtumalam malammalam minggumaret maretmei maretselasa.', '{KH}'),
	(4, 4, 4, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••20. berangkat minggu ini. info aprilkamis minggumei februarisenin aprilkamis seninsore minggusore aprilkamis maretmei sabtusore sorejanuari rabusabtu meiapril siangminggu selasasiang meimalam kamismalam malamselasa selasasiang apriljumat selasaselasa rabumaret minggupagi februariapril kamismaret.', '{KH}'),
	(6, 6, 6, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••24. berangkat minggu ini. info januarirabu maretrabu soreapril meimei malamsiang minggujanuari siangkamis februarisiang sorerabu januarisenin januarisabtu februarisenin kamispagi maretmaret meifebruari siangmaret jumatsenin meiselasa januarimaret kamissiang seninmaret meimalam siangselasa februarisore.', '{KH}'),
	(7, 7, 7, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••26. berangkat minggu ini. info januarimei malammalam malamsenin sabtusabtu pagiapril februarirabu februarimalam pagiminggu mingguapril jumatpagi minggusore meisenin meifebruari rabujumat maretjumat februarisabtu meijumat pagikamis meipagi malamjumat soresiang sabtujumat maretrabu meisenin.', '{KH}'),
	(8, 8, 8, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••28. berangkat minggu ini. info siangfebruari soresiang sabtujumat soremaret soresiang kamisrabu rabuminggu malamrabu rabusenin maretkamis soresiang malampagi pagikamis malammaret siangjumat meifebruari selasapagi meimaret soresiang aprilkamis jumatsiang januaripagi minggusabtu seninselasa.', '{KH}'),
	(9, 9, 9, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••30. berangkat minggu ini. info jumatminggu seninminggu pagikamis minggukamis malamselasa seninsiang rabuselasa minggusenin meimaret kamisrabu meiapril meiapril malamapril siangsore sorejumat maretkamis sabtusabtu aprilminggu meijumat minggukamis jumatsabtu siangsiang pagirabu februariapril.', '{KH}'),
	(10, 10, 10, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••32. berangkat minggu ini. info siangmalam malamrabu seninmaret aprilrabu kamismei januarijumat siangsabtu jumatsore maretkamis jumatselasa meisiang aprilsiang selasaapril pagipagi februarisiang sorepagi pagisore januarijanuari maretkamis maretrabu meisenin malammalam siangsenin siangapril.', '{KH}'),
	(11, 11, 11, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••34. berangkat minggu ini. info jumatkamis sabtuselasa maretkamis aprilrabu aprilsiang selasamaret meisore rabufebruari seninapril siangjumat jumatsore sorekamis seninrabu sabtufebruari februarirabu februaripagi siangrabu pagimei seninsiang jumatmaret maretrabu februarifebruari aprilmei sabturabu.', '{KH}'),
	(12, 12, 12, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••36. berangkat minggu ini. info selasasenin meijanuari meiselasa apriljanuari februariminggu aprilpagi pagipagi minggupagi malammei januariminggu rabuapril jumatmei jumatminggu sabtumalam maretmalam meijanuari selasajumat februariapril aprilmalam rabusenin siangmei kamismei februarimalam jumatrabu.', '{KH}'),
	(13, 13, 13, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 38.', '{}'),
	(14, 14, 14, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••41. berangkat minggu ini. info rabusiang malamjanuari soreminggu aprilsabtu sabtumalam januaripagi jumatmaret rabusore januarijanuari sabtumalam februarikamis minggusabtu maretrabu kamispagi sorekamis sorerabu januarisabtu soreminggu minggukamis sabtuapril pagimei februarijumat pagijumat maretmaret.', '{KH}'),
	(15, 15, 15, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••44. berangkat minggu ini. info rabujumat jumatminggu maretfebruari soremaret malamsabtu pagikamis siangmaret pagisore sorejumat jumatmalam meimaret januarisiang rabupagi rabukamis januaripagi selasamalam siangsore maretkamis sabtuapril siangfebruari siangsiang siangjumat meiselasa siangjanuari.', '{KH}'),
	(16, 16, 16, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 52.', '{}'),
	(17, 17, 17, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 53.', '{}'),
	(18, 18, 18, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 54.', '{}'),
	(19, 19, 19, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 56.', '{}'),
	(20, 20, 20, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 57.', '{}'),
	(21, 21, 21, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 58.', '{}'),
	(22, 22, 22, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 60.', '{}'),
	(23, 23, 23, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 61.', '{}'),
	(24, 24, 24, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 62.', '{}'),
	(25, 25, 25, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 64.', '{}'),
	(26, 26, 26, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 65.', '{}'),
	(27, 27, 27, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 66.', '{}'),
	(28, 28, 28, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 68.', '{}'),
	(29, 29, 29, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 69.', '{}'),
	(30, 30, 30, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 70.', '{}'),
	(31, 31, 31, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 72.', '{}'),
	(32, 32, 32, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 73.', '{}'),
	(33, 33, 33, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 74.', '{}'),
	(34, 34, 34, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 76.', '{}'),
	(35, 35, 35, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 77.', '{}'),
	(36, 36, 36, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 78.', '{}'),
	(37, 37, 37, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 80.', '{}'),
	(38, 38, 38, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 81.', '{}'),
	(39, 39, 39, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 82.', '{}'),
	(40, 40, 40, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 84.', '{}'),
	(41, 41, 41, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 85.', '{}'),
	(42, 42, 42, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 86.', '{}'),
	(43, 43, 43, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 88.', '{}'),
	(44, 44, 44, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 89.', '{}'),
	(45, 45, 45, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 90.', '{}'),
	(46, 46, 46, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 92.', '{}'),
	(47, 47, 47, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 93.', '{}'),
	(48, 48, 48, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 94.', '{}'),
	(49, 49, 49, 'loker', '{}'),
	(50, 50, 50, '08••••88', '{}'),
	(51, 51, 51, 'loker taiwan, tanpa biaya.', '{TW}'),
	(52, 52, 52, 'selamat pagi semuanya, semoga sehat selalu dan dilancarkan rezekinya hari ini ya teman-teman semua. nomor 99.', '{}'),
	(54, 55, 54, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••07. berangkat minggu ini. info malammei sabtusenin meijumat minggujumat kamisjanuari seninmei soremalam meimei februarisiang seninpagi sabtujumat januariselasa apriljumat seninkamis selasapagi soremei sabturabu aprilfebruari januarifebruari soremalam selasamei siangmalam soresabtu kamisapril.', '{KH}'),
	(53, 53, 55, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••01. berangkat minggu ini. info sabtusenin malamsiang meikamis aprilfebruari kamiskamis minggusabtu malamrabu malamjumat seninsabtu januarisiang malamrabu meijumat siangsore malamsiang siangrabu februariselasa selasamaret kamisjumat selasamalam minggumalam rabukamis malamselasa rabuapril seninmaret. dibutuhkan cs chat kamboja gaji 15 juta tiket ditanggung tanpa ijazah berangkat wa 08••••01', '{KH}'),
	(56, 56, 56, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••10. berangkat minggu ini. info aprilmei rabumalam maretsore malammei kamisjanuari seninrabu jumatminggu siangmalam rabuminggu selasapagi pagiminggu maretpagi aprilsabtu sorerabu minggusiang jumatkamis rabufebruari sabtukamis minggusabtu seninkamis selasafebruari jumatsiang meiapril aprilapril.', '{KH}'),
	(57, 57, 57, 'dibutuhkan cs chat ke kamboja, gaji 15 juta, tiket ditanggung, tanpa ijazah, wa 08••••12. berangkat minggu ini. info kamisjanuari mingguminggu sabtuapril januarimalam aprilrabu februaripagi soresabtu malamjumat kamissenin rabumalam meirabu januariminggu kamiskamis selasasabtu malamminggu sabtuminggu aprilfebruari soreminggu kamismalam selasajumat sabtufebruari seninsiang siangpagi minggumaret.', '{KH}');


--
-- Data for Name: patrol_profile; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_profile VALUES
	(1, 'telegram', 'rani_contoh', 'Rani Contoh', 'Info kerja luar negeri. WA 0840 5559 8888, grup https://chat.contoh.example/abc', '["https://lain.example/x"]', 'https://t.me/rani_contoh', '2026-11-23 03:47:00+00', '6d2390e2-9125-4e9a-8642-4e50de66180b');


--
-- Data for Name: patrol_protection; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_protection VALUES
	(1, '2026-11-23 04:47:00+00', '', '', NULL, 8, 2, NULL, 10, NULL, NULL, '', '', 'new', 1),
	(3, '2026-11-23 04:47:00+00', '', '', NULL, 9, 6, NULL, 22, NULL, NULL, '', '', 'contacted', 2),
	(6, '2026-11-23 04:47:00+00', '', '', '2026-11-23 04:47:00+00', 10, 10, 5, 1, NULL, NULL, 'own', '', 'handed_over', 2);


--
-- Data for Name: patrol_protectionevent; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_protectionevent VALUES
	(1, 'contacts_shown', '2026-11-23 04:47:00+00', '', 'reach', 1, 2, 10),
	(2, 'contacted', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', '', 5, 6, 22),
	(3, 'handed_over', '2026-11-23 04:47:00+00', 'Perlu ditindaklanjuti.', 'own:', 5, 10, 1);


--
-- Data for Name: patrol_reading; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_reading VALUES
	(1, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '13206f91c24b873fdf30b4fda5aae89e', 'ec7500ef6ef94807de89d9fb43a7407998b985e7bcbd11e40c358294858a0ad4', 1, ''),
	(2, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', 'cb74bd68706780f533399c122410b558', '0646d697cf2ae4a92dbe27412585ec37fe02398bc5bbaa9871de0603c87700e2', 2, ''),
	(3, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', 'd6fd5d38b8aee7f5fc10fbff69ea0b90', '4e4bfb9e083bcc5182dd06bac751d995c0f4b8d9d66a212c99fcaf20dda64a4b', 3, ''),
	(4, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', 'f586899bdfd6884af0492424c57f0395', '94d707ed2913cb5973e1bd2a6addec023fbfb946a1b93aae478501151b443782', 4, ''),
	(5, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '1f84c3dcb7ea45064efb982181ba7866', '6745ca87d0a7327d837a7840babb84c0a067f5fb8e10b4288734423ae1824d1d', 5, ''),
	(6, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '71bc6e96d08a64afb6d31053249b85df', '3b32a9c138af761d2c4a8b32fc9c2d0eb71ff6c3bfe9e019f8994f226cff5cdc', 6, ''),
	(7, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', 'fa8f8d2b9e574059188ee340f5833286', 'bb34514afa37e4ff58886341a62dda9f70c37e010640313ed4b28100eb780b23', 7, ''),
	(8, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '026f32444fa60d009acbe02483e3d8c3', '6b21e1747a0b33b191a1cedb846127b9664b2e89d13be1c989f0b2b0b0c37ed3', 8, ''),
	(9, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '73ce88cadb0ce118609249015881605d', '53ac35df8c5cc767fb43006660d36328c7f06cded91b9bc9647d44d91f28c835', 9, ''),
	(10, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '5ecc8745b4fdc8ffb2820f34e5ae3a6a', '4cbef26d547a0a4a7735db257c63b7dbffd16081dbf23d3e4e2435ace43559a8', 10, ''),
	(11, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '024d08edafde53e504bc70c4e3a74136', '4c3d932b51a0c9f096bca883613046526893db220e89a4f996630f63b8ed71aa', 11, ''),
	(12, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', 'dd4ba7f66f0684b0d3f414de0e6ef99e', 'f078af98f870b796aef72286e4111b82ca7bae36fcfc55289dd88b3eac5df2f4', 12, ''),
	(13, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 03:47:00+00', '3a6ed2d80ce5cb24c1ab856efdf71c50', 'a3a2cf5b38e85d3147afbf74ad922e041719bffef2ebe9083235c4470ae76776', 13, ''),
	(14, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '444e94fe8fc088fe9795ece3301a0f11', '8d35e097c9fdcbea0bcdc88f4ffd8bafbb853b589fd153a706270827f85125ad', 14, ''),
	(15, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', 'b06abf06a31ed30350e323f778ee59ec', '46434197b0d9a26838e4d161d15f53388dc3b4f006be668748d782135e0fa712', 15, ''),
	(16, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '33e92104d5d25a6e4b7c7b516c296660', '9a447d13309cb77dc5721c41feab163ee4e633cc1347f575bcb77124a12b5656', 16, ''),
	(17, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '7bf233fa926119ba9040989aa8367781', '4337a1a12afdd70bce086080370767fa978a79a68efc58022b0c41246ab3fb38', 17, ''),
	(18, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '2958ce52f45f7a44a41d08f79e461bac', '228f350b166fa144607b1cc566250caceaaa9834c0181792564d7f71b0639f20', 18, ''),
	(19, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '79c869785919abd283773cf9f72ca1f7', '895180f10b2e8d2996f5a27c33d926e305f39d64a92d108cb8ddcd42d1d09048', 19, ''),
	(20, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'e86785ce0080032c36522d2b9a0eb7d7', 'bc83a4523c13e69935ef1171baede2c17a7cb75ff19bb350156cc09f0a629528', 20, ''),
	(21, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '68f1f684b5936fc46f1991b14e58a62d', 'edd2668f6969e7db3780578d7a47254018e67974b42bf242e7e015aa924ddca8', 21, ''),
	(22, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '577c6c9a86a239cf831f191e1c21a01f', '7d9348793372d683f7c007d5861524c6bddf4c11e05af0a78803421436fb7d80', 22, ''),
	(23, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '3f78599ff6dd033f8c35d86f82b46886', '830b84ff940af4045a1fbee253369ded6e2aaec2d65b3ad7ee03b1b8eb97be18', 23, ''),
	(24, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '7a4e4bdd59de691f5ada395dc683c040', '5708098e09377b59cc8bb1ab5e7735527f019d48b4f0e7b93be1966ddb4c9f46', 24, ''),
	(25, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '431cfab3edbe109ce70ac8b57ac225ff', '49f9eb83635f39389cb06fe6df9be7fa83f3dc38a50ba967ee5c5acaf025e5b4', 25, ''),
	(26, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'bc15a777acdd3752ed441bdc8b733b8d', '5e1e1888a68ccd614e276489313888a4868ab0ee3f160ccb21f2c90ba0db84f9', 26, ''),
	(27, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'e0139c5eac1012740677bea8d8734791', '5f5d1a1ddc3c6ff764cd1e15b5f1deba94489b0f4f27d5d8506a120195b57949', 27, ''),
	(28, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '78bb3b68e7003db081294aaf108ba1c1', 'e7a9425a6a17f4c5dc710d18d5616d8a23341b4d66efc863a4ec4918119dcc5f', 28, ''),
	(29, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '6c990bd78118aa26a7350fcfd6c1fa14', '345e7dc805cb47e689409940baae3a297dd211e973e58d41f6aeb7444ec3926d', 29, ''),
	(30, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'f67a30a2504b73efa7a1c4a1fb1e8518', '738cc33bffe9e657703f65a1af7270479b62dc1146cb4eca01fb15484e568e0d', 30, ''),
	(31, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '6257489595269f5ca6357ff992f9eb65', 'ef59c36acaf0b2f2a36c93ddfcac69dbe375ae1a50d36f505b9a00b78c349954', 31, ''),
	(32, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'c6465ea5ff7d4bb0beb4f244def63eff', '9d86712341279b291204554b9d108204ecf5c9cf4a3f41061ba5e5d59ee1cd1a', 32, ''),
	(33, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '6c22f1fa729f5bb792d6f6766f74c8f1', '20229fee51fc0585906c575c544394185a018ea2d3495b3f3c2e85a873bc82f3', 33, ''),
	(34, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'd5c1a482fa5ecdddb45503711582ee10', '0177b6d621fed9ddda23557ae4bd663a7af3a43dd941fc92af3a084503c2b592', 34, ''),
	(35, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'ec1c6c0f36a57a7a84880e00f403ed2a', 'de3204a279d566065c763f28acc06ec80d8c219045c07344b40686f97a49bbf6', 35, ''),
	(36, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'da9327757ee8383099de5ae0fabe6c4b', '14e95391ebc2a4ee588fe456ac202ef9d2e186dd54cdf63781e26522de8877bf', 36, ''),
	(37, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'a3855539a82b9f4015458fec1839e1eb', 'cb20d59b3da5cb458605be0baada263514e8bdff37c8ce06b8b6eb039c737df6', 37, ''),
	(38, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'c5705ad1cc47f5ea1b5865f6348e77da', 'a8e9294d8049daf13d9bbd5303c2657a9cccf2fa6121a69e42f4593755737257', 38, ''),
	(39, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '33be39e413d3fcd23277b45097307042', '016c6cc10b181ae55a1ac20d65eba0c73ae6e1e8379137145a0faf5e618d59fc', 39, ''),
	(40, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '8c32eb0d01aa9004dc980b887735d25c', '4bc22cf86490e2dfe9436caff344016dd473d2db9c8516d17c36737a9060c420', 40, ''),
	(41, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'aa0cfa2969b74b3754c795fe2b97dd99', '06cc377a67cd3c05b157bf970ca7b845c3f0f6c6fdf9c52119f26ca9fa940944', 41, ''),
	(42, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '9a35a9504d3ab5070550d3e602e92791', 'acc5ef153d28002d406cad0e56f435f98a954f251f37d9bf82b661a3df4d5aae', 42, ''),
	(43, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '039da83fd7f7eb3055c1f96cd00e3730', 'b03c42288f3d9859090b0b2982e18c4039a8a1c64dda878878adbe5e7c6ba77c', 43, ''),
	(44, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '1958732df14fe01f9c55451277439a2f', 'f61a08acc47e7a65e3908834548b3dcf42e39095ef81877c3a04bc5fae2e6683', 44, ''),
	(45, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'febd0eb8fa25d146ce7852ccad98e8f5', '17f3d2bd8bf8cf3af35747b5ca748e64100addddba9c953807b487ef6ff0ee69', 45, ''),
	(46, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'bec1f6b92bc8794e830de7dbb5efa6ef', 'adae9e2fda518a1cc49798e99d7d1ac799e3d8c84a3ba8960be154c82f20af53', 46, ''),
	(47, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '90ad7f4a5d87a118b195b07202eb6fc7', '52d329e9a34f8ff1e75845df0ede1cdebfa82b6c2d95d93806d43e869ae568fa', 47, ''),
	(48, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'b88bd9112f34dfd4061bffaf1d89e805', 'c64d8b430fb66d060c7430584455158981efd1712ba623fd920169fd22c79771', 48, ''),
	(49, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'e3e62222f520a4ea2aab255908a20317', '835324ea9b178dd3a1e73182f4bb42c8d54597fb7fff438c467479fe708b3fbc', 49, ''),
	(50, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', 'c3372b30a50bed9fcdd88f4457ce734a', '3081ad0aa6a0975fdb1d7815a4a94c78004fc31212e1281320ec27107506eafa', 50, ''),
	(51, 2, 'joke', 'agency', '{TW}', '{}', false, '2026-11-23 04:52:00+00', 'e3b95e7891ad04274da2c96c31d34914', 'a511d3d52f691741ee232099ac28040f9f60f775041ff46b3aa00b71f8373582', 51, ''),
	(52, 2, 'other', 'agency', '{}', '{}', false, '2026-11-23 04:52:00+00', '06aa088535bb9180c0ee5d97a9553614', '82eced6b09dc8d318295fe39d872fb2a99d2d02c0ea9c53c50477c33eb550090', 52, ''),
	(53, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 04:52:00+00', 'afdae270140a8148226120e236e0a1f3', 'f7c79a0754c8c6efe6f785678ac7c00ddff747beff8110dc992cd48e1e57aa5e', 53, ''),
	(54, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 04:52:00+00', '84a15b357844fe0e1cdd0038649804fc', 'a52bea7d67d386a3ea181898fc4a0ad3c0e30d00924c58d86650130f804ae599', 55, ''),
	(55, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 04:52:00+00', 'b2ee2e23db1f6b206f753479ff5260a8', 'a2b06e2ae34fc9711c6a985858ed36326d61aaac6442bacaa513309c3f711961', 53, '3a389d0412c65e642422224be4b3256c83ab87eec314ad435bb0c147d6cb7a8e'),
	(56, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', 'f9ad589b02e460960a03e6979262f3d8', '3b0aabde035c661ce3a74aea5fec594bbbc5a0378a2dfa6f4dd00956f5e9e0f5', 56, ''),
	(57, 2, 'offer_abroad', 'agency', '{KH}', '{customer_service}', false, '2026-11-23 03:47:00+00', '808c42f2cf1799b2128beb42639b5432', 'd75ac76d621c28abd38cfd3b42dac3efaa94f1ace8793ff3744ae118e6826112', 57, '');


--
-- Data for Name: patrol_readingclaims; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_readingclaims VALUES
	(1, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500014", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(2, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500016", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(3, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500018", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(4, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500020", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(6, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500024", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(7, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500026", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(8, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500028", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(9, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500030", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(10, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500032", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(11, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500034", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(12, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500036", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(13, '[]', '[]', '[]', '[]', '[]'),
	(5, '[]', '[]', '[]', '[]', '[]'),
	(14, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500041", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(15, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500044", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(16, '[]', '[]', '[]', '[]', '[]'),
	(17, '[]', '[]', '[]', '[]', '[]'),
	(18, '[]', '[]', '[]', '[]', '[]'),
	(19, '[]', '[]', '[]', '[]', '[]'),
	(20, '[]', '[]', '[]', '[]', '[]'),
	(21, '[]', '[]', '[]', '[]', '[]'),
	(22, '[]', '[]', '[]', '[]', '[]'),
	(23, '[]', '[]', '[]', '[]', '[]'),
	(24, '[]', '[]', '[]', '[]', '[]'),
	(25, '[]', '[]', '[]', '[]', '[]'),
	(26, '[]', '[]', '[]', '[]', '[]'),
	(27, '[]', '[]', '[]', '[]', '[]'),
	(28, '[]', '[]', '[]', '[]', '[]'),
	(29, '[]', '[]', '[]', '[]', '[]'),
	(30, '[]', '[]', '[]', '[]', '[]'),
	(31, '[]', '[]', '[]', '[]', '[]'),
	(32, '[]', '[]', '[]', '[]', '[]'),
	(33, '[]', '[]', '[]', '[]', '[]'),
	(34, '[]', '[]', '[]', '[]', '[]'),
	(35, '[]', '[]', '[]', '[]', '[]'),
	(36, '[]', '[]', '[]', '[]', '[]'),
	(37, '[]', '[]', '[]', '[]', '[]'),
	(38, '[]', '[]', '[]', '[]', '[]'),
	(39, '[]', '[]', '[]', '[]', '[]'),
	(40, '[]', '[]', '[]', '[]', '[]'),
	(41, '[]', '[]', '[]', '[]', '[]'),
	(42, '[]', '[]', '[]', '[]', '[]'),
	(43, '[]', '[]', '[]', '[]', '[]'),
	(44, '[]', '[]', '[]', '[]', '[]'),
	(45, '[]', '[]', '[]', '[]', '[]'),
	(46, '[]', '[]', '[]', '[]', '[]'),
	(47, '[]', '[]', '[]', '[]', '[]'),
	(48, '[]', '[]', '[]', '[]', '[]'),
	(49, '[{"box": null, "end": 5, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[{"en": "The time of the post is unknown; judged as of 23 Nov 2026.", "id": "Waktu unggahan tidak diketahui; dinilai per 23 Nov 2026."}]', '[]', '[]'),
	(50, '[{"box": null, "end": 14, "kind": "phone", "role": "", "money": null, "start": 0, "value": "+6284055508888", "detail": {}, "source": "text", "confidence": 0.99}]', '[]', '[{"en": "The time of the post is unknown; judged as of 23 Nov 2026.", "id": "Waktu unggahan tidak diketahui; dinilai per 23 Nov 2026."}]', '[]', '[]'),
	(51, '[{"box": null, "end": 5, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 12, "kind": "country", "role": "mentioned", "money": null, "start": 6, "value": "TW", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 25, "kind": "phrase", "role": "", "money": null, "start": 14, "value": "no_money", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[{"en": "The time of the post is unknown; judged as of 23 Nov 2026.", "id": "Waktu unggahan tidak diketahui; dinilai per 23 Nov 2026."}]', '[]', '[]'),
	(52, '[]', '[]', '[]', '[]', '[]'),
	(53, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500101", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(54, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500107", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(55, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500101", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}, {"box": [45, 64, 295, 34], "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "image:0", "confidence": 0.9143}, {"box": [356, 63, 198, 35], "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "image:0", "confidence": 0.933}, {"box": [356, 63, 198, 35], "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "image:0", "confidence": 0.933}, {"box": [569, 63, 220, 35], "end": 26, "kind": "country", "role": "destination", "money": null, "start": 19, "value": "KH", "detail": {}, "source": "image:0", "confidence": 0.8457}, {"box": [133, 154, 136, 43], "end": 39, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 32, "value": "15 juta", "detail": {}, "source": "image:0", "confidence": 0.8721}, {"box": [284, 151, 353, 46], "end": 56, "kind": "phrase", "role": "", "money": null, "start": 40, "value": "compound_life", "detail": {}, "source": "image:0", "confidence": 0.9611}, {"box": [41, 241, 257, 46], "end": 69, "kind": "education", "role": "", "money": null, "start": 57, "value": "none", "detail": {}, "source": "image:0", "confidence": 0.8631}, {"box": [41, 241, 257, 46], "end": 69, "kind": "phrase", "role": "", "money": null, "start": 57, "value": "light_terms", "detail": {}, "source": "image:0", "confidence": 0.959}, {"box": [36, 328, 52, 45], "end": 82, "kind": "phrase", "role": "", "money": null, "start": 80, "value": "private_contact", "detail": {}, "source": "image:0", "confidence": 0.9862}, {"box": [114, 328, 366, 45], "end": 97, "kind": "phone", "role": "", "money": null, "start": 83, "value": "+6284055510001", "detail": {}, "source": "image:0", "confidence": 0.9764}]', '["DIBUTUHKAN CS CHAT KAMBOJA\ngaji 15 juta tiket ditanggung\ntanpa ijazah berangkat\nWA 0840 5551 0001"]', '[]', '[""]', '[{"box": [45, 64, 295, 34], "end": 10, "start": 0, "source": "image:0", "confidence": 0.91425293}, {"box": [356, 63, 58, 35], "end": 13, "start": 11, "source": "image:0", "confidence": 0.9648735}, {"box": [427, 63, 127, 35], "end": 18, "start": 14, "source": "image:0", "confidence": 0.93304337}, {"box": [569, 63, 220, 35], "end": 26, "start": 19, "source": "image:0", "confidence": 0.89025726}, {"box": [41, 154, 73, 43], "end": 31, "start": 27, "source": "image:0", "confidence": 0.96862251}, {"box": [133, 154, 37, 34], "end": 34, "start": 32, "source": "image:0", "confidence": 0.96905304}, {"box": [192, 154, 77, 43], "end": 39, "start": 35, "source": "image:0", "confidence": 0.9699884799999999}, {"box": [284, 152, 90, 36], "end": 45, "start": 40, "source": "image:0", "confidence": 0.96520416}, {"box": [387, 151, 250, 46], "end": 56, "start": 46, "source": "image:0", "confidence": 0.96107719}, {"box": [41, 246, 121, 40], "end": 62, "start": 57, "source": "image:0", "confidence": 0.9644890599999999}, {"box": [179, 241, 119, 46], "end": 69, "start": 63, "source": "image:0", "confidence": 0.95900574}, {"box": [315, 241, 217, 46], "end": 79, "start": 70, "source": "image:0", "confidence": 0.9606146200000001}, {"box": [36, 328, 52, 45], "end": 82, "start": 80, "source": "image:0", "confidence": 0.98625}, {"box": [114, 328, 104, 45], "end": 87, "start": 83, "source": "image:0", "confidence": 0.98625}, {"box": [245, 328, 104, 45], "end": 92, "start": 88, "source": "image:0", "confidence": 0.98625}, {"box": [376, 328, 104, 45], "end": 97, "start": 93, "source": "image:0", "confidence": 0.98625}]'),
	(56, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500110", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]'),
	(57, '[{"box": null, "end": 10, "kind": "phrase", "role": "", "money": null, "start": 0, "value": "recruits", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "position", "role": "", "money": null, "start": 11, "value": "customer_service", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 18, "kind": "phrase", "role": "", "money": null, "start": 11, "value": "scam_work", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 29, "kind": "country", "role": "destination", "money": null, "start": 22, "value": "KH", "detail": {}, "source": "text", "confidence": 0.95}, {"box": null, "end": 43, "kind": "pay", "role": "", "money": {"low": "15000000", "high": "15000000", "period": "", "currency": "IDR"}, "start": 36, "value": "15 juta", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 61, "kind": "phrase", "role": "", "money": null, "start": 45, "value": "compound_life", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 75, "kind": "education", "role": "", "money": null, "start": 63, "value": "none", "detail": {}, "source": "text", "confidence": 0.9}, {"box": null, "end": 75, "kind": "phrase", "role": "", "money": null, "start": 63, "value": "light_terms", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 79, "kind": "phrase", "role": "", "money": null, "start": 77, "value": "private_contact", "detail": {}, "source": "text", "confidence": 1.0}, {"box": null, "end": 94, "kind": "phone", "role": "", "money": null, "start": 80, "value": "+6284055500112", "detail": {}, "source": "text", "confidence": 0.99}, {"box": null, "end": 112, "kind": "phrase", "role": "", "money": null, "start": 96, "value": "departure", "detail": {}, "source": "text", "confidence": 1.0}]', '[]', '[]', '[]', '[]');


--
-- Data for Name: patrol_registeredition; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_registeredition VALUES
	(1, 1, '2026-11-23', '2026-11-23 03:47:00+00', '[]', '{}', NULL, NULL),
	(2, 2, '2026-11-23', '2026-11-23 03:47:00+00', '[]', '{}', NULL, NULL),
	(3, 3, '2026-11-23', '2026-11-23 04:47:00+00', '[{"name": "p3mi.csv", "rows": 2, "length": 208, "sha256": "827a3c5d14c3240cd668312c4765432dde29aa7cae53ff5f2d44aa850b5a28bd"}, {"name": "sip.csv", "rows": 1, "length": 174, "sha256": "652984a2875a265009718e9b9ee790b849abbb986de564a0fb582a34e45e439d"}]', '{"agencies": {"new": 1, "gone": 0, "same": 1, "changed": 0}, "licences": {"new": 1, "gone": 1, "same": 0, "changed": 0}}', 6, NULL);


--
-- Data for Name: patrol_review; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_review VALUES
	(1, 'second', 'confirmed', 'fraud', '', '2026-11-23 04:47:00+00', 1, 1),
	(3, 'second', 'dismissed', 'lawful', '', '2026-11-23 04:47:00+00', 18, 2),
	(4, 'third', 'confirmed', 'fraud', 'Sudah dilihat bersama.', '2026-11-23 04:47:00+00', 4, 2);


--
-- Data for Name: patrol_savedfilter; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_savedfilter VALUES
	(1, 'Tinggi', '{"level": "high"}', '2026-11-23 04:47:00+00', 1);


--
-- Data for Name: patrol_seen; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_seen VALUES
	(1, '2026-11-23 03:47:00+00', 1, 1, 1, NULL),
	(2, '2026-11-23 03:47:00+00', 1, 2, 1, NULL),
	(3, '2026-11-23 03:47:00+00', 1, 3, 1, NULL),
	(4, '2026-11-23 03:47:00+00', 1, 4, 1, NULL),
	(5, '2026-11-23 03:47:00+00', 2, 5, 2, NULL),
	(6, '2026-11-23 03:47:00+00', 2, 6, 2, NULL),
	(7, '2026-11-23 03:47:00+00', 2, 7, 2, NULL),
	(8, '2026-11-23 03:47:00+00', 2, 8, 2, NULL),
	(9, '2026-11-23 03:47:00+00', 3, 9, 3, NULL),
	(10, '2026-11-23 03:47:00+00', 3, 10, 3, NULL),
	(11, '2026-11-23 03:47:00+00', 3, 11, 3, NULL),
	(12, '2026-11-23 03:47:00+00', 3, 12, 3, NULL),
	(13, '2026-11-23 03:47:00+00', 4, 13, 4, NULL),
	(14, '2026-11-23 03:47:00+00', 5, 14, 5, NULL),
	(15, '2026-11-23 03:47:00+00', 6, 15, 6, NULL),
	(16, '2026-11-23 03:47:00+00', 7, 16, 7, NULL),
	(17, '2026-11-23 03:47:00+00', 7, 17, 7, NULL),
	(18, '2026-11-23 03:47:00+00', 7, 18, 7, NULL),
	(19, '2026-11-23 03:47:00+00', 8, 19, 8, NULL),
	(20, '2026-11-23 03:47:00+00', 8, 20, 8, NULL),
	(21, '2026-11-23 03:47:00+00', 8, 21, 8, NULL),
	(22, '2026-11-23 03:47:00+00', 9, 22, 9, NULL),
	(23, '2026-11-23 03:47:00+00', 9, 23, 9, NULL),
	(24, '2026-11-23 03:47:00+00', 9, 24, 9, NULL),
	(25, '2026-11-23 03:47:00+00', 10, 25, 10, NULL),
	(26, '2026-11-23 03:47:00+00', 10, 26, 10, NULL),
	(27, '2026-11-23 03:47:00+00', 10, 27, 10, NULL),
	(28, '2026-11-23 03:47:00+00', 11, 28, 11, NULL),
	(29, '2026-11-23 03:47:00+00', 11, 29, 11, NULL),
	(30, '2026-11-23 03:47:00+00', 11, 30, 11, NULL),
	(31, '2026-11-23 03:47:00+00', 12, 31, 12, NULL),
	(32, '2026-11-23 03:47:00+00', 12, 32, 12, NULL),
	(33, '2026-11-23 03:47:00+00', 12, 33, 12, NULL),
	(34, '2026-11-23 03:47:00+00', 13, 34, 13, NULL),
	(35, '2026-11-23 03:47:00+00', 13, 35, 13, NULL),
	(36, '2026-11-23 03:47:00+00', 13, 36, 13, NULL),
	(37, '2026-11-23 03:47:00+00', 14, 37, 14, NULL),
	(38, '2026-11-23 03:47:00+00', 14, 38, 14, NULL),
	(39, '2026-11-23 03:47:00+00', 14, 39, 14, NULL),
	(40, '2026-11-23 03:47:00+00', 15, 40, 15, NULL),
	(41, '2026-11-23 03:47:00+00', 15, 41, 15, NULL),
	(42, '2026-11-23 03:47:00+00', 15, 42, 15, NULL),
	(43, '2026-11-23 03:47:00+00', 16, 43, 16, NULL),
	(44, '2026-11-23 03:47:00+00', 16, 44, 16, NULL),
	(45, '2026-11-23 03:47:00+00', 16, 45, 16, NULL),
	(46, '2026-11-23 03:47:00+00', 17, 46, 17, NULL),
	(47, '2026-11-23 03:47:00+00', 17, 47, 17, NULL),
	(48, '2026-11-23 03:47:00+00', 17, 48, 17, NULL),
	(49, '2026-11-23 04:47:00+00', NULL, 49, NULL, 1),
	(50, '2026-11-23 04:47:00+00', NULL, 50, NULL, 2),
	(51, '2026-11-23 04:47:00+00', NULL, 51, NULL, 3),
	(52, '2026-11-23 03:47:00+00', 18, 52, 20, NULL),
	(53, '2026-11-23 03:47:00+00', 19, 53, 21, NULL),
	(54, '2026-11-23 03:47:00+00', 20, 54, 22, NULL),
	(55, '2026-11-23 03:47:00+00', 21, 54, 23, NULL),
	(56, '2026-11-23 03:47:00+00', 22, 56, 24, NULL),
	(57, '2026-11-23 03:47:00+00', 22, 57, 24, NULL),
	(58, '2026-11-23 03:47:00+00', 23, 58, 25, NULL);


--
-- Data for Name: patrol_series; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_series VALUES
	(2, 'PKR', 2026, 4),
	(15, 'JRG', 2026, 1),
	(16, 'MSL', 2026, 1),
	(1, 'TND', 2026, 18),
	(11, 'HPS', 2026, 5);


--
-- Data for Name: patrol_severemark; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_severemark VALUES
	(13, true, '2026-11-23 04:47:00+00', 1);


--
-- Data for Name: patrol_shownpicture; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_shownpicture VALUES
	(1, '9ea51c0e1616b1454cdd415d9611ac8f0d09457b4eae3fd572aef83dc02f7916', 'e48d1c918caa6f6ad2b3d7aa50bddcc5', '{"pays": [["IDR", "15000000-15000000"]], "countries": ["KH"], "positions": ["customer_service"]}', '{992437,2073336,2703848,3978523,4737870,5014679,5933254,6208621,7257473,8286559,8924863,8942479,9119705,9711085,9762536,10355423,12857360,15780284,16878224,18396418,19391070,22643007,23494357,23828581,28274132,31153858,32868355,33631734,35408328,36061692,37765463,38446370,40635058,43446019,48135757,49044024,52893394,53476165,55256405,55930946,59695030,59775066,60668866,62725250,65267056,69808738,72767394,73916642,74367253,74372816,76336275,78541925,79370751,83164123,84974333,88960104,90914379,91210289,92453607,92656048,93133855,96075975,97348566,98405899,98771962,103626323,105881749,106014816,106394705,110170282,110778352,113105814,118594446,119366376,122635284,122755862,122768975,122828972,123804273,126803834,127558842,128711369,129331091,130742592,132843111,134614052,134717782,136991171,138338466,138486578,138780477,140119622,140823515,140900400,141609787,141672716,142473671,143977568,144116549,146111198,149384312,149944375,150053820,152377636,154510786,155885069,158759930,161221493,161337038,162318031,165961008,166666135,167302829,167952121,168370422,169453565,169709919,171782894,172084888,179675545,182217961,182920749,183115288,183192589,183305433,184208651,184428124,185472760,185763261,189791145,190861022,192083483,192845154,193346022,193673097,194278963,197120351,200006690,202459628,203367463,207897602,212944055,213598647,215751137,219358694,219740812,220708643,220753803,221539688,222397152,223464681,224957828,226771213,227405629,227726844,231759969,232220304,234211778,235085178,237764861,238154400,240056669,240590892,243453224,243876093,244876219,245017534,245516807,247234004,249697836,250176044,250236041,250708399,250863916,251122361,251825744,252133148,252207684,252472311,252967487,257122443,257438184,258031432,258455639,259849490,260861590,264819579,265044575,268653582,269748942,270800390,271000651,276138979,276518130,277074075,277783002,278914431,280089889,283703569,285574450,286662522,286801216,287577555,288481685,291222816,291451274,291923191,295588500,298196876,299125463,299367813,300251760,300285779,303245158,304604124,306037314,306364766,307217117,307725976,308191280,308567409,311595063,312947698,313554579,316229670,318635581,319253197,319936794,320203809,320250821,321294368,322073560,323443459,324361995,325524227,328273661,329165584,330067415,333410185,336345107,336939421,337350202,339561391,343553374,344544587,345543638,345786870,346901361,350050162,350151826,350719270,351829763,352145920,355059377,357599861,362491366}', '2026-11-23 04:52:00+00', 53);


--
-- Data for Name: patrol_sighting; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_sighting VALUES
	(1, 'contact', 0.99, '2026-11-23 03:47:00+00', 1, 1, 1),
	(2, 'contact', 0.99, '2026-11-23 03:47:00+00', 2, 2, 2),
	(3, 'contact', 0.99, '2026-11-23 03:47:00+00', 3, 3, 3),
	(4, 'contact', 0.99, '2026-11-23 03:47:00+00', 4, 4, 4),
	(5, 'contact', 0.99, '2026-11-23 03:47:00+00', 5, 5, 5),
	(6, 'contact', 0.99, '2026-11-23 03:47:00+00', 6, 6, 6),
	(7, 'contact', 0.99, '2026-11-23 03:47:00+00', 7, 7, 7),
	(8, 'contact', 0.99, '2026-11-23 03:47:00+00', 8, 8, 8),
	(9, 'contact', 0.99, '2026-11-23 03:47:00+00', 9, 9, 9),
	(10, 'contact', 0.99, '2026-11-23 03:47:00+00', 10, 10, 10),
	(11, 'contact', 0.99, '2026-11-23 03:47:00+00', 11, 11, 11),
	(12, 'contact', 0.99, '2026-11-23 03:47:00+00', 12, 12, 12),
	(13, 'contact', 0.99, '2026-11-23 03:47:00+00', 13, 14, 14),
	(14, 'contact', 0.99, '2026-11-23 03:47:00+00', 14, 15, 15),
	(15, 'mentioned', 0.99, '2026-11-23 04:52:00+00', 18, 50, 50),
	(16, 'contact', 0.99, '2026-11-23 04:52:00+00', 16, 53, 53),
	(17, 'author', 1, '2026-11-23 04:52:00+00', 15, 53, 53),
	(18, 'contact', 0.99, '2026-11-23 04:52:00+00', 17, 54, 55),
	(20, 'contact', 0.9764, '2026-11-23 04:52:00+00', 21, 53, 53),
	(22, 'contact', 0.99, '2026-11-23 03:47:00+00', 22, 56, 56),
	(23, 'contact', 0.99, '2026-11-23 03:47:00+00', 23, 57, 57),
	(24, 'profile', 0.99, '2026-11-23 04:52:00+00', 26, 53, 53),
	(25, 'profile', 1, '2026-11-23 04:52:00+00', 24, 53, 53),
	(26, 'profile', 1, '2026-11-23 04:52:00+00', 25, 53, 53);


--
-- Data for Name: patrol_standing; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_standing VALUES
	(1, 'active', '2020-01-01', NULL, '', 1),
	(2, 'active', '2020-01-01', NULL, '', 2),
	(3, 'active', '2020-01-01', NULL, '', 3),
	(4, 'active', '2021-01-01', NULL, '', 4);


--
-- Data for Name: patrol_tie; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_tie VALUES
	(1, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'confirmed', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 1, 16, NULL, 17),
	(2, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'confirmed', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 1, 17, NULL, 18),
	(3, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 19, NULL, 20),
	(4, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 20, NULL, 21),
	(6, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 23, NULL, 24),
	(5, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'cut', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 1, 22, NULL, 23),
	(7, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 25, NULL, 26),
	(8, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 26, NULL, 27),
	(9, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 28, NULL, 29),
	(10, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 29, NULL, 30),
	(12, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'cut', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 1, 32, NULL, 33),
	(11, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'cut', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 1, 31, NULL, 32),
	(13, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 34, NULL, 35),
	(14, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 35, NULL, 36),
	(15, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 37, NULL, 38),
	(16, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 38, NULL, 39),
	(17, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 40, NULL, 41),
	(18, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 41, NULL, 42),
	(19, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 43, NULL, 44),
	(20, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'confirmed', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 1, 44, NULL, 45),
	(21, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'proposed', '2026-11-23 04:47:00+00', NULL, NULL, 46, NULL, 47),
	(22, 'phone', '00000000000000000000000000000000', NULL, 0.9, 'cut', '2026-11-23 04:47:00+00', '2026-11-23 04:47:00+00', 1, 47, NULL, 48);


--
-- Data for Name: patrol_trusted; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_trusted VALUES
	(1, 'hotline', 'Tertulis di situs resminya.', '2027-06-11', '2026-11-23 04:47:00+00', NULL, NULL, '', NULL, NULL, 1, 1);


--
-- Data for Name: patrol_watch; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_watch VALUES
	(2, 'PANTAUAN-bp3mi-sulsel', 'telegram', 'saluran_bp3mi_sulsel', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:19.001875+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 22, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(3, 'PANTAUAN-directorate', 'telegram', 'saluran_directorate', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:19.027669+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 1, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(4, 'Pantauan 39', 'telegram', 'saluran_contoh_39', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:20.069593+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(5, 'Pantauan 40', 'telegram', 'saluran_contoh_40', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:22.025686+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(6, 'Pantauan 43', 'telegram', 'saluran_contoh_43', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:22.33516+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(7, 'Pantauan 55', 'telegram', 'saluran_contoh_55', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:26.872774+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(8, 'Pantauan 59', 'telegram', 'saluran_contoh_59', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:27.012635+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(9, 'Pantauan 63', 'telegram', 'saluran_contoh_63', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:27.144681+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(10, 'Pantauan 67', 'telegram', 'saluran_contoh_67', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:27.304599+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(11, 'Pantauan 71', 'telegram', 'saluran_contoh_71', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:27.47297+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(12, 'Pantauan 75', 'telegram', 'saluran_contoh_75', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:27.714876+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(13, 'Pantauan 79', 'telegram', 'saluran_contoh_79', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:27.87975+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(14, 'Pantauan 83', 'telegram', 'saluran_contoh_83', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:28.030469+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(15, 'Pantauan 87', 'telegram', 'saluran_contoh_87', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:28.171371+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(16, 'Pantauan 91', 'telegram', 'saluran_contoh_91', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:28.310435+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(17, 'Pantauan 95', 'telegram', 'saluran_contoh_95', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:28.515961+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(18, 'Pantauan baru', 'telegram', 'saluran_baru_contoh', 'active', 1200, 1, 9, '2026-11-23 04:47:00+00', '{}', '2026-11-27 15:44:32.343349+00', NULL, NULL, 0, NULL, NULL, NULL, 5, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(1, 'PANTAUAN-bp3mi-jabar', 'telegram', 'saluran_bp3mi_jabar', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:33.248653+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(19, 'Pantauan 98', 'telegram', 'saluran_contoh_98', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:36.517741+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(20, 'Pantauan 100', 'telegram', 'saluran_contoh_100', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:36.557537+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(21, 'Pantauan 103', 'telegram', 'saluran_contoh_103', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:36.620668+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(22, 'Pantauan 106', 'telegram', 'saluran_contoh_106', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:36.657459+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(23, 'Pantauan 109', 'telegram', 'saluran_contoh_109', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:36.682152+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(24, 'Pantauan 114', 'telegram', 'saluran_contoh_114', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:40.902816+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL),
	(25, 'Pantauan 117', 'telegram', 'saluran_contoh_117', 'active', 600, 1, 20, '2026-10-24 03:47:00+00', '{}', '2026-11-27 15:44:41.152931+00', NULL, NULL, 0, NULL, NULL, NULL, NULL, 10, NULL, 'channel', 2, NULL, NULL, '[]', NULL);


--
-- Data for Name: patrol_watch_packs; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_watch_packs VALUES
	(1, 19, 1);


--
-- Data for Name: patrol_wordsmark; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.patrol_wordsmark VALUES
	(1, 0);


--
-- Data for Name: reports_weeklysummary; Type: TABLE DATA; Schema: public; Owner: sipatrol_owner
--

INSERT INTO public.reports_weeklysummary VALUES
	(1, 2026, 46, 1, '{"ages": [{"key": "under_1", "now": 0, "before": 0}, {"key": "1_to_3", "now": 0, "before": 0}, {"key": "3_to_7", "now": 0, "before": 0}, {"key": "from_7", "now": 0, "before": 0}], "days": [{"date": "2026-11-09", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-10", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-11", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-12", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-13", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-14", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-15", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}], "flow": {"end": 0, "start": 0, "decided": 0, "flagged": 0, "lowered": 0, "returned": 0, "handed_in": 0, "handed_out": 0}, "week": 46, "year": 2026, "asked": {"key": "needs_information", "now": 0, "before": 0}, "blind": [{"days": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"], "name": "PANTAUAN-bp3mi-jabar", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"], "name": "Pantauan 39", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}], "cases": {"end": 0, "start": 0, "closed": 0, "opened": 0, "reopened": 0, "escalated": 0, "closed_before": 0, "opened_before": 0, "escalated_before": 0}, "kinds": [], "until": "2026-11-16T00:00:00+07:00", "delays": [{"key": "all", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "high", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "medium", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}], "levels": [{"key": "high", "now": 0, "before": 0}, {"key": "medium", "now": 0, "before": 0}], "office": "bp3mi-jabar", "places": [], "offices": [], "version": 1, "watches": 2, "measures": [{"key": "read", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "flagged", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "high", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "decided", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "confirmed", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "waiting", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "hours", "series": [null, null, null, null, null, null, null, null, null, null, null, null]}, {"key": "cases", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}], "verdicts": [], "countries": [], "decisions": [{"key": "confirmed", "now": 0, "before": 0}, {"key": "dismissed", "now": 0, "before": 0}, {"key": "needs_information", "now": 0, "before": 0}], "platforms": [], "sentences": [{"en": "First week with data: 0 flags from 0 posts read.", "id": "Minggu pertama dengan data: 0 tanda dari 0 unggahan yang dibaca."}, {"en": "Officers decided 0 flags. No flag is waiting.", "id": "Petugas memutus 0 tanda. Tidak ada tanda yang menunggu."}, {"en": "2 of 2 watches brought no data on at least one day (PANTAUAN-bp3mi-jabar all week; Pantauan 39 all week). The figures of this week are therefore too low; do not read them as a fall. No register was loaded, so no offer could be checked.", "id": "2 dari 2 pantauan tidak menghasilkan data paling sedikit satu hari (PANTAUAN-bp3mi-jabar seluruh minggu; Pantauan 39 seluruh minggu). Angka minggu ini karena itu terlalu rendah; jangan dibaca sebagai penurunan. Register belum dimuat, jadi tidak ada tawaran yang dapat dicek."}], "indicators": [], "office_name": "BP3MI Jawa Barat", "preliminary": false, "oldest_hours": null, "register_date": null, "register_edition": null}', NULL, '2026-11-23 04:47:00+00', 'a62a4a80be8b12effd58e49442aed7f0eac5e3c4251073f82134e3ed61341df2', 'REKAP-bp3mi-jabar', '', 4, 10),
	(2, 2026, 46, 1, '{"ages": [{"key": "under_1", "now": 0, "before": 0}, {"key": "1_to_3", "now": 0, "before": 0}, {"key": "3_to_7", "now": 0, "before": 0}, {"key": "from_7", "now": 0, "before": 0}], "days": [{"date": "2026-11-09", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-10", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-11", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-12", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-13", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-14", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-15", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}], "flow": {"end": 0, "start": 0, "decided": 0, "flagged": 0, "lowered": 0, "returned": 0, "handed_in": 0, "handed_out": 0}, "week": 46, "year": 2026, "asked": {"key": "needs_information", "now": 0, "before": 0}, "blind": [{"days": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"], "name": "PANTAUAN-bp3mi-sulsel", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}], "cases": {"end": 0, "start": 0, "closed": 0, "opened": 0, "reopened": 0, "escalated": 0, "closed_before": 0, "opened_before": 0, "escalated_before": 0}, "kinds": [], "until": "2026-11-16T00:00:00+07:00", "delays": [{"key": "all", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "high", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "medium", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}], "levels": [{"key": "high", "now": 0, "before": 0}, {"key": "medium", "now": 0, "before": 0}], "office": "bp3mi-sulsel", "places": [], "offices": [], "version": 1, "watches": 1, "measures": [{"key": "read", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "flagged", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "high", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "decided", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "confirmed", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "waiting", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "hours", "series": [null, null, null, null, null, null, null, null, null, null, null, null]}, {"key": "cases", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}], "verdicts": [], "countries": [], "decisions": [{"key": "confirmed", "now": 0, "before": 0}, {"key": "dismissed", "now": 0, "before": 0}, {"key": "needs_information", "now": 0, "before": 0}], "platforms": [], "sentences": [{"en": "First week with data: 0 flags from 0 posts read.", "id": "Minggu pertama dengan data: 0 tanda dari 0 unggahan yang dibaca."}, {"en": "Officers decided 0 flags. No flag is waiting.", "id": "Petugas memutus 0 tanda. Tidak ada tanda yang menunggu."}, {"en": "1 of 1 watches brought no data on at least one day (PANTAUAN-bp3mi-sulsel all week). The figures of this week are therefore too low; do not read them as a fall. No register was loaded, so no offer could be checked.", "id": "1 dari 1 pantauan tidak menghasilkan data paling sedikit satu hari (PANTAUAN-bp3mi-sulsel seluruh minggu). Angka minggu ini karena itu terlalu rendah; jangan dibaca sebagai penurunan. Register belum dimuat, jadi tidak ada tawaran yang dapat dicek."}], "indicators": [], "office_name": "BP3MI Sulawesi Selatan", "preliminary": false, "oldest_hours": null, "register_date": null, "register_edition": null}', NULL, '2026-11-23 04:47:00+00', '43c4b5283d17311756b41c92ae993234ca7549cc211cf1cb1dcd1704c70a01f2', 'REKAP-bp3mi-sulsel', '', 4, 22),
	(3, 2026, 46, 1, '{"ages": [{"key": "under_1", "now": 0, "before": 0}, {"key": "1_to_3", "now": 0, "before": 0}, {"key": "3_to_7", "now": 0, "before": 0}, {"key": "from_7", "now": 0, "before": 0}], "days": [{"date": "2026-11-09", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-10", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-11", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-12", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-13", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-14", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-15", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}], "flow": {"end": 0, "start": 0, "decided": 0, "flagged": 0, "lowered": 0, "returned": 0, "handed_in": 0, "handed_out": 0}, "week": 46, "year": 2026, "asked": {"key": "needs_information", "now": 0, "before": 0}, "blind": [{"days": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"], "name": "PANTAUAN-directorate", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}], "cases": {"end": 0, "start": 0, "closed": 0, "opened": 0, "reopened": 0, "escalated": 0, "closed_before": 0, "opened_before": 0, "escalated_before": 0}, "kinds": [], "until": "2026-11-16T00:00:00+07:00", "delays": [{"key": "all", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "high", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "medium", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}], "levels": [{"key": "high", "now": 0, "before": 0}, {"key": "medium", "now": 0, "before": 0}], "office": "directorate", "places": [], "offices": [], "version": 1, "watches": 1, "measures": [{"key": "read", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "flagged", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "high", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "decided", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "confirmed", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "waiting", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "hours", "series": [null, null, null, null, null, null, null, null, null, null, null, null]}, {"key": "cases", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}], "verdicts": [], "countries": [], "decisions": [{"key": "confirmed", "now": 0, "before": 0}, {"key": "dismissed", "now": 0, "before": 0}, {"key": "needs_information", "now": 0, "before": 0}], "platforms": [], "sentences": [{"en": "First week with data: 0 flags from 0 posts read.", "id": "Minggu pertama dengan data: 0 tanda dari 0 unggahan yang dibaca."}, {"en": "Officers decided 0 flags. No flag is waiting.", "id": "Petugas memutus 0 tanda. Tidak ada tanda yang menunggu."}, {"en": "1 of 1 watches brought no data on at least one day (PANTAUAN-directorate all week). The figures of this week are therefore too low; do not read them as a fall. No register was loaded, so no offer could be checked.", "id": "1 dari 1 pantauan tidak menghasilkan data paling sedikit satu hari (PANTAUAN-directorate seluruh minggu). Angka minggu ini karena itu terlalu rendah; jangan dibaca sebagai penurunan. Register belum dimuat, jadi tidak ada tawaran yang dapat dicek."}], "indicators": [], "office_name": "Direktorat Siber Pelindungan PMI", "preliminary": false, "oldest_hours": null, "register_date": null, "register_edition": null}', NULL, '2026-11-23 04:47:00+00', '317731f9011018ea627cea75faaadb93ecebea03307eeacbbd79540443006027', 'REKAP-directorate', '', 4, 1),
	(4, 2026, 46, 1, '{"ages": [{"key": "under_1", "now": 0, "before": 0}, {"key": "1_to_3", "now": 0, "before": 0}, {"key": "3_to_7", "now": 0, "before": 0}, {"key": "from_7", "now": 0, "before": 0}], "days": [{"date": "2026-11-09", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-10", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-11", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-12", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-13", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-14", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-15", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}], "flow": {"end": 0, "start": 0, "decided": 0, "flagged": 0, "lowered": 0, "returned": 0, "handed_in": 0, "handed_out": 0}, "week": 46, "year": 2026, "asked": {"key": "needs_information", "now": 0, "before": 0}, "blind": [{"days": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"], "name": "PANTAUAN-bp3mi-jabar", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"], "name": "PANTAUAN-bp3mi-sulsel", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"], "name": "PANTAUAN-directorate", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-14", "2026-11-15"], "name": "Pantauan 39", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}], "cases": {"end": 0, "start": 0, "closed": 0, "opened": 0, "reopened": 0, "escalated": 0, "closed_before": 0, "opened_before": 0, "escalated_before": 0}, "kinds": [], "until": "2026-11-16T00:00:00+07:00", "delays": [{"key": "all", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "high", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "medium", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}], "levels": [{"key": "high", "now": 0, "before": 0}, {"key": "medium", "now": 0, "before": 0}], "office": "", "places": [], "offices": [], "version": 1, "watches": 4, "measures": [{"key": "read", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "flagged", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "high", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "decided", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "confirmed", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "waiting", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "hours", "series": [null, null, null, null, null, null, null, null, null, null, null, null]}, {"key": "cases", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}], "verdicts": [], "countries": [], "decisions": [{"key": "confirmed", "now": 0, "before": 0}, {"key": "dismissed", "now": 0, "before": 0}, {"key": "needs_information", "now": 0, "before": 0}], "platforms": [], "sentences": [{"en": "First week with data: 0 flags from 0 posts read.", "id": "Minggu pertama dengan data: 0 tanda dari 0 unggahan yang dibaca."}, {"en": "Officers decided 0 flags. No flag is waiting.", "id": "Petugas memutus 0 tanda. Tidak ada tanda yang menunggu."}, {"en": "4 of 4 watches brought no data on at least one day (PANTAUAN-bp3mi-jabar all week; PANTAUAN-bp3mi-sulsel all week; PANTAUAN-directorate all week; and 1 more). The figures of this week are therefore too low; do not read them as a fall. No register was loaded, so no offer could be checked.", "id": "4 dari 4 pantauan tidak menghasilkan data paling sedikit satu hari (PANTAUAN-bp3mi-jabar seluruh minggu; PANTAUAN-bp3mi-sulsel seluruh minggu; PANTAUAN-directorate seluruh minggu; dan 1 lainnya). Angka minggu ini karena itu terlalu rendah; jangan dibaca sebagai penurunan. Register belum dimuat, jadi tidak ada tawaran yang dapat dicek."}], "indicators": [], "office_name": "", "preliminary": false, "oldest_hours": null, "register_date": null, "register_edition": null}', NULL, '2026-11-23 04:47:00+00', '5878e9cd8532ba77e1ae0c6024a8d4a61242d2e2ebd2b790a756622ee7ca3c77', 'REKAP-nasional', '', 4, NULL),
	(5, 2026, 47, 1, '{"ages": [{"key": "under_1", "now": 0, "before": 0}, {"key": "1_to_3", "now": 0, "before": 0}, {"key": "3_to_7", "now": 0, "before": 0}, {"key": "from_7", "now": 0, "before": 0}], "days": [{"date": "2026-11-16", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-17", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-18", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-19", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-20", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-21", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}, {"date": "2026-11-22", "read": 0, "begun": true, "blind": true, "decided": 0, "flagged": 0, "read_before": 0, "decided_before": 0, "flagged_before": 0}], "flow": {"end": 0, "start": 0, "decided": 0, "flagged": 0, "lowered": 0, "returned": 0, "handed_in": 0, "handed_out": 0}, "week": 47, "year": 2026, "asked": {"key": "needs_information", "now": 0, "before": 0}, "blind": [{"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "PANTAUAN-bp3mi-jabar", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 39", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 40", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 43", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 55", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 59", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 63", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 67", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 71", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 75", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 79", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 83", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 87", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 91", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}, {"days": ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"], "name": "Pantauan 95", "cause": {"en": "not fetched", "id": "tidak diambil"}, "platform": "telegram", "posts_a_day": null}], "cases": {"end": 0, "start": 0, "closed": 0, "opened": 0, "reopened": 0, "escalated": 0, "closed_before": 0, "opened_before": 0, "escalated_before": 0}, "kinds": [], "until": "2026-11-23T00:00:00+07:00", "delays": [{"key": "all", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "high", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}, {"key": "medium", "slow": null, "median": null, "decided": 0, "slow_before": null, "median_before": null}], "levels": [{"key": "high", "now": 0, "before": 0}, {"key": "medium", "now": 0, "before": 0}], "office": "bp3mi-jabar", "places": [], "offices": [], "version": 1, "watches": 15, "measures": [{"key": "read", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "flagged", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "high", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "decided", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "confirmed", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "waiting", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}, {"key": "hours", "series": [null, null, null, null, null, null, null, null, null, null, null, null]}, {"key": "cases", "series": [null, null, null, null, null, null, null, null, null, null, null, 0]}], "verdicts": [], "countries": [], "decisions": [{"key": "confirmed", "now": 0, "before": 0}, {"key": "dismissed", "now": 0, "before": 0}, {"key": "needs_information", "now": 0, "before": 0}], "platforms": [], "sentences": [{"en": "First week with data: 0 flags from 0 posts read.", "id": "Minggu pertama dengan data: 0 tanda dari 0 unggahan yang dibaca."}, {"en": "Officers decided 0 flags. No flag is waiting.", "id": "Petugas memutus 0 tanda. Tidak ada tanda yang menunggu."}, {"en": "15 of 15 watches brought no data on at least one day (PANTAUAN-bp3mi-jabar all week; Pantauan 39 all week; Pantauan 40 all week; and 12 more). The figures of this week are therefore too low; do not read them as a fall. No register was loaded, so no offer could be checked.", "id": "15 dari 15 pantauan tidak menghasilkan data paling sedikit satu hari (PANTAUAN-bp3mi-jabar seluruh minggu; Pantauan 39 seluruh minggu; Pantauan 40 seluruh minggu; dan 12 lainnya). Angka minggu ini karena itu terlalu rendah; jangan dibaca sebagai penurunan. Register belum dimuat, jadi tidak ada tawaran yang dapat dicek."}], "indicators": [], "office_name": "BP3MI Jawa Barat Baru", "preliminary": false, "oldest_hours": null, "register_date": null, "register_edition": null}', NULL, '2026-11-23 04:47:00+00', 'b757799514a81492c1a163b94c8bf5fe9893e6eb19947eab5bf822610041a500', '', '', 2, 10);


--
-- Name: auth_group_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.auth_group_id_seq', 1, false);


--
-- Name: auth_group_permissions_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 1, false);


--
-- Name: auth_permission_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.auth_permission_id_seq', 296, true);


--
-- Name: django_admin_log_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.django_admin_log_id_seq', 1, false);


--
-- Name: django_content_type_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.django_content_type_id_seq', 74, true);


--
-- Name: django_migrations_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.django_migrations_id_seq', 44, true);


--
-- Name: patrol_agency_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_agency_id_seq', 4, true);


--
-- Name: patrol_bulk_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_bulk_id_seq', 5, true);


--
-- Name: patrol_bulkentry_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_bulkentry_id_seq', 1, true);


--
-- Name: patrol_campaign_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_campaign_id_seq', 14, true);


--
-- Name: patrol_campaignevent_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_campaignevent_id_seq', 13, true);


--
-- Name: patrol_case_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_case_id_seq', 4, true);


--
-- Name: patrol_caseevent_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_caseevent_id_seq', 25, true);


--
-- Name: patrol_caseflag_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_caseflag_id_seq', 7, true);


--
-- Name: patrol_comparison_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_comparison_id_seq', 1, true);


--
-- Name: patrol_credential_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_credential_id_seq', 4, true);


--
-- Name: patrol_decision_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_decision_id_seq', 15, true);


--
-- Name: patrol_device_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_device_id_seq', 1, true);


--
-- Name: patrol_draw_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_draw_id_seq', 3, true);


--
-- Name: patrol_erasure_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_erasure_id_seq', 2, true);


--
-- Name: patrol_erasureanswer_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_erasureanswer_id_seq', 4, true);


--
-- Name: patrol_erasurerequest_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_erasurerequest_id_seq', 5, true);


--
-- Name: patrol_exposure_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_exposure_id_seq', 1, true);


--
-- Name: patrol_fetch_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_fetch_id_seq', 23, true);


--
-- Name: patrol_finding_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_finding_id_seq', 45, true);


--
-- Name: patrol_flag_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_flag_id_seq', 18, true);


--
-- Name: patrol_flagevent_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_flagevent_id_seq', 19, true);


--
-- Name: patrol_indicator_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_indicator_id_seq', 26, true);


--
-- Name: patrol_intake_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_intake_id_seq', 3, true);


--
-- Name: patrol_job_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_job_id_seq', 7, true);


--
-- Name: patrol_keywordpack_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_keywordpack_id_seq', 2, true);


--
-- Name: patrol_licence_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_licence_id_seq', 4, true);


--
-- Name: patrol_licencecheck_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_licencecheck_id_seq', 57, true);


--
-- Name: patrol_media_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_media_id_seq', 1, true);


--
-- Name: patrol_notice_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_notice_id_seq', 15, true);


--
-- Name: patrol_office_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_office_id_seq', 25, true);


--
-- Name: patrol_pairingcode_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_pairingcode_id_seq', 1, true);


--
-- Name: patrol_person_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_person_id_seq', 19, true);


--
-- Name: patrol_pointsedition_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_pointsedition_id_seq', 1, true);


--
-- Name: patrol_post_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_post_id_seq', 58, true);


--
-- Name: patrol_postmark_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_postmark_id_seq', 25, true);


--
-- Name: patrol_postversion_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_postversion_id_seq', 58, true);


--
-- Name: patrol_profile_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_profile_id_seq', 1, true);


--
-- Name: patrol_protection_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_protection_id_seq', 18, true);


--
-- Name: patrol_protectionevent_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_protectionevent_id_seq', 3, true);


--
-- Name: patrol_reading_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_reading_id_seq', 57, true);


--
-- Name: patrol_registeredition_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_registeredition_id_seq', 3, true);


--
-- Name: patrol_review_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_review_id_seq', 4, true);


--
-- Name: patrol_savedfilter_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_savedfilter_id_seq', 2, true);


--
-- Name: patrol_seen_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_seen_id_seq', 58, true);


--
-- Name: patrol_series_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_series_id_seq', 19, true);


--
-- Name: patrol_shownpicture_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_shownpicture_id_seq', 1, true);


--
-- Name: patrol_sighting_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_sighting_id_seq', 26, true);


--
-- Name: patrol_standing_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_standing_id_seq', 4, true);


--
-- Name: patrol_tie_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_tie_id_seq', 22, true);


--
-- Name: patrol_trusted_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_trusted_id_seq', 7, true);


--
-- Name: patrol_watch_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_watch_id_seq', 25, true);


--
-- Name: patrol_watch_packs_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.patrol_watch_packs_id_seq', 1, true);


--
-- Name: reports_weeklysummary_id_seq; Type: SEQUENCE SET; Schema: public; Owner: sipatrol_owner
--

SELECT pg_catalog.setval('public.reports_weeklysummary_id_seq', 5, true);


--
-- Name: patrol_agency agency_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_agency
    ADD CONSTRAINT agency_once UNIQUE (edition_id, name);


--
-- Name: auth_group auth_group_name_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


--
-- Name: auth_group_permissions auth_group_permissions_group_id_permission_id_0cd325b0_uniq; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


--
-- Name: auth_group_permissions auth_group_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


--
-- Name: auth_group auth_group_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


--
-- Name: auth_permission auth_permission_content_type_id_codename_01ab375a_uniq; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


--
-- Name: auth_permission auth_permission_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


--
-- Name: patrol_bulkentry bulk_entry_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulkentry
    ADD CONSTRAINT bulk_entry_once UNIQUE (bulk_id, flag_id);


--
-- Name: patrol_licencecheck check_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_licencecheck
    ADD CONSTRAINT check_once UNIQUE NULLS NOT DISTINCT (reading_id, edition_id, rules_version);


--
-- Name: patrol_comparison comparison_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_comparison
    ADD CONSTRAINT comparison_once UNIQUE (first_id, second_id);


--
-- Name: django_admin_log django_admin_log_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);


--
-- Name: django_content_type django_content_type_app_label_model_76bd3d3b_uniq; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


--
-- Name: django_content_type django_content_type_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


--
-- Name: django_migrations django_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


--
-- Name: django_session django_session_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


--
-- Name: patrol_exposure exposure_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_exposure
    ADD CONSTRAINT exposure_once UNIQUE (person_id, day);


--
-- Name: patrol_finding finding_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_finding
    ADD CONSTRAINT finding_once UNIQUE (check_of_id, rule);


--
-- Name: patrol_indicator indicator_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_indicator
    ADD CONSTRAINT indicator_once UNIQUE (kind, value);


--
-- Name: patrol_job job_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_job
    ADD CONSTRAINT job_once UNIQUE (kind, key);


--
-- Name: patrol_media media_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_media
    ADD CONSTRAINT media_once UNIQUE (version_id, "position");


--
-- Name: patrol_agency patrol_agency_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_agency
    ADD CONSTRAINT patrol_agency_pkey PRIMARY KEY (id);


--
-- Name: patrol_auditentry patrol_auditentry_hash_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_auditentry
    ADD CONSTRAINT patrol_auditentry_hash_key UNIQUE (hash);


--
-- Name: patrol_auditentry patrol_auditentry_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_auditentry
    ADD CONSTRAINT patrol_auditentry_pkey PRIMARY KEY (seq);


--
-- Name: patrol_bulk patrol_bulk_number_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulk
    ADD CONSTRAINT patrol_bulk_number_key UNIQUE (number);


--
-- Name: patrol_bulk patrol_bulk_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulk
    ADD CONSTRAINT patrol_bulk_pkey PRIMARY KEY (id);


--
-- Name: patrol_bulkentry patrol_bulkentry_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulkentry
    ADD CONSTRAINT patrol_bulkentry_pkey PRIMARY KEY (id);


--
-- Name: patrol_campaign patrol_campaign_number_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_campaign
    ADD CONSTRAINT patrol_campaign_number_key UNIQUE (number);


--
-- Name: patrol_campaign patrol_campaign_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_campaign
    ADD CONSTRAINT patrol_campaign_pkey PRIMARY KEY (id);


--
-- Name: patrol_campaignevent patrol_campaignevent_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_campaignevent
    ADD CONSTRAINT patrol_campaignevent_pkey PRIMARY KEY (id);


--
-- Name: patrol_capture patrol_capture_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_capture
    ADD CONSTRAINT patrol_capture_pkey PRIMARY KEY (id);


--
-- Name: patrol_case patrol_case_number_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_case
    ADD CONSTRAINT patrol_case_number_key UNIQUE (number);


--
-- Name: patrol_case patrol_case_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_case
    ADD CONSTRAINT patrol_case_pkey PRIMARY KEY (id);


--
-- Name: patrol_caseevent patrol_caseevent_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseevent
    ADD CONSTRAINT patrol_caseevent_pkey PRIMARY KEY (id);


--
-- Name: patrol_caseflag patrol_caseflag_flag_id_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseflag
    ADD CONSTRAINT patrol_caseflag_flag_id_key UNIQUE (flag_id);


--
-- Name: patrol_caseflag patrol_caseflag_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseflag
    ADD CONSTRAINT patrol_caseflag_pkey PRIMARY KEY (id);


--
-- Name: patrol_comparison patrol_comparison_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_comparison
    ADD CONSTRAINT patrol_comparison_pkey PRIMARY KEY (id);


--
-- Name: patrol_credential patrol_credential_name_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_credential
    ADD CONSTRAINT patrol_credential_name_key UNIQUE (name);


--
-- Name: patrol_credential patrol_credential_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_credential
    ADD CONSTRAINT patrol_credential_pkey PRIMARY KEY (id);


--
-- Name: patrol_decision patrol_decision_decision_key_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_decision
    ADD CONSTRAINT patrol_decision_decision_key_key UNIQUE (decision_key);


--
-- Name: patrol_decision patrol_decision_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_decision
    ADD CONSTRAINT patrol_decision_pkey PRIMARY KEY (id);


--
-- Name: patrol_decision patrol_decision_reverses_id_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_decision
    ADD CONSTRAINT patrol_decision_reverses_id_key UNIQUE (reverses_id);


--
-- Name: patrol_device patrol_device_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_device
    ADD CONSTRAINT patrol_device_pkey PRIMARY KEY (id);


--
-- Name: patrol_device patrol_device_token_sha256_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_device
    ADD CONSTRAINT patrol_device_token_sha256_key UNIQUE (token_sha256);


--
-- Name: patrol_draw patrol_draw_decision_id_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_draw
    ADD CONSTRAINT patrol_draw_decision_id_key UNIQUE (decision_id);


--
-- Name: patrol_draw patrol_draw_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_draw
    ADD CONSTRAINT patrol_draw_pkey PRIMARY KEY (id);


--
-- Name: patrol_erasedfile patrol_erasedfile_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasedfile
    ADD CONSTRAINT patrol_erasedfile_pkey PRIMARY KEY (sha256);


--
-- Name: patrol_erasure patrol_erasure_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasure
    ADD CONSTRAINT patrol_erasure_pkey PRIMARY KEY (id);


--
-- Name: patrol_erasureanswer patrol_erasureanswer_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasureanswer
    ADD CONSTRAINT patrol_erasureanswer_pkey PRIMARY KEY (id);


--
-- Name: patrol_erasureanswer patrol_erasureanswer_request_id_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasureanswer
    ADD CONSTRAINT patrol_erasureanswer_request_id_key UNIQUE (request_id);


--
-- Name: patrol_erasurerequest patrol_erasurerequest_number_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasurerequest
    ADD CONSTRAINT patrol_erasurerequest_number_key UNIQUE (number);


--
-- Name: patrol_erasurerequest patrol_erasurerequest_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasurerequest
    ADD CONSTRAINT patrol_erasurerequest_pkey PRIMARY KEY (id);


--
-- Name: patrol_exposure patrol_exposure_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_exposure
    ADD CONSTRAINT patrol_exposure_pkey PRIMARY KEY (id);


--
-- Name: patrol_fetch patrol_fetch_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_fetch
    ADD CONSTRAINT patrol_fetch_pkey PRIMARY KEY (id);


--
-- Name: patrol_fetch patrol_fetch_token_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_fetch
    ADD CONSTRAINT patrol_fetch_token_key UNIQUE (token);


--
-- Name: patrol_finding patrol_finding_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_finding
    ADD CONSTRAINT patrol_finding_pkey PRIMARY KEY (id);


--
-- Name: patrol_flag patrol_flag_number_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flag
    ADD CONSTRAINT patrol_flag_number_key UNIQUE (number);


--
-- Name: patrol_flag patrol_flag_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flag
    ADD CONSTRAINT patrol_flag_pkey PRIMARY KEY (id);


--
-- Name: patrol_flag patrol_flag_post_id_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flag
    ADD CONSTRAINT patrol_flag_post_id_key UNIQUE (post_id);


--
-- Name: patrol_flagevent patrol_flagevent_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flagevent
    ADD CONSTRAINT patrol_flagevent_pkey PRIMARY KEY (id);


--
-- Name: patrol_heartbeat patrol_heartbeat_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_heartbeat
    ADD CONSTRAINT patrol_heartbeat_pkey PRIMARY KEY (name);


--
-- Name: patrol_hostpace patrol_hostpace_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_hostpace
    ADD CONSTRAINT patrol_hostpace_pkey PRIMARY KEY (host);


--
-- Name: patrol_indicator patrol_indicator_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_indicator
    ADD CONSTRAINT patrol_indicator_pkey PRIMARY KEY (id);


--
-- Name: patrol_intake patrol_intake_key_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_intake
    ADD CONSTRAINT patrol_intake_key_key UNIQUE (key);


--
-- Name: patrol_intake patrol_intake_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_intake
    ADD CONSTRAINT patrol_intake_pkey PRIMARY KEY (id);


--
-- Name: patrol_job patrol_job_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_job
    ADD CONSTRAINT patrol_job_pkey PRIMARY KEY (id);


--
-- Name: patrol_keywordpack patrol_keywordpack_name_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_keywordpack
    ADD CONSTRAINT patrol_keywordpack_name_key UNIQUE (name);


--
-- Name: patrol_keywordpack patrol_keywordpack_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_keywordpack
    ADD CONSTRAINT patrol_keywordpack_pkey PRIMARY KEY (id);


--
-- Name: patrol_licence patrol_licence_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_licence
    ADD CONSTRAINT patrol_licence_pkey PRIMARY KEY (id);


--
-- Name: patrol_licencecheck patrol_licencecheck_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_licencecheck
    ADD CONSTRAINT patrol_licencecheck_pkey PRIMARY KEY (id);


--
-- Name: patrol_linkedpost patrol_linkedpost_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_linkedpost
    ADD CONSTRAINT patrol_linkedpost_pkey PRIMARY KEY (post_id);


--
-- Name: patrol_media patrol_media_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_media
    ADD CONSTRAINT patrol_media_pkey PRIMARY KEY (id);


--
-- Name: patrol_notice patrol_notice_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_notice
    ADD CONSTRAINT patrol_notice_pkey PRIMARY KEY (id);


--
-- Name: patrol_office patrol_office_code_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_office
    ADD CONSTRAINT patrol_office_code_key UNIQUE (code);


--
-- Name: patrol_office patrol_office_name_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_office
    ADD CONSTRAINT patrol_office_name_key UNIQUE (name);


--
-- Name: patrol_office patrol_office_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_office
    ADD CONSTRAINT patrol_office_pkey PRIMARY KEY (id);


--
-- Name: patrol_officecare patrol_officecare_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_officecare
    ADD CONSTRAINT patrol_officecare_pkey PRIMARY KEY (office_id);


--
-- Name: patrol_othername patrol_othername_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_othername
    ADD CONSTRAINT patrol_othername_pkey PRIMARY KEY (platform, external_id);


--
-- Name: patrol_owncare patrol_owncare_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_owncare
    ADD CONSTRAINT patrol_owncare_pkey PRIMARY KEY (person_id);


--
-- Name: patrol_ownsettings patrol_ownsettings_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_ownsettings
    ADD CONSTRAINT patrol_ownsettings_pkey PRIMARY KEY (person_id);


--
-- Name: patrol_pairingcode patrol_pairingcode_code_sha256_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_pairingcode
    ADD CONSTRAINT patrol_pairingcode_code_sha256_key UNIQUE (code_sha256);


--
-- Name: patrol_pairingcode patrol_pairingcode_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_pairingcode
    ADD CONSTRAINT patrol_pairingcode_pkey PRIMARY KEY (id);


--
-- Name: patrol_person patrol_person_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_person
    ADD CONSTRAINT patrol_person_pkey PRIMARY KEY (id);


--
-- Name: patrol_person patrol_person_username_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_person
    ADD CONSTRAINT patrol_person_username_key UNIQUE (username);


--
-- Name: patrol_pictureread patrol_pictureread_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_pictureread
    ADD CONSTRAINT patrol_pictureread_pkey PRIMARY KEY (key);


--
-- Name: patrol_pointsedition patrol_pointsedition_number_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_pointsedition
    ADD CONSTRAINT patrol_pointsedition_number_key UNIQUE (number);


--
-- Name: patrol_pointsedition patrol_pointsedition_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_pointsedition
    ADD CONSTRAINT patrol_pointsedition_pkey PRIMARY KEY (id);


--
-- Name: patrol_post patrol_post_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_post
    ADD CONSTRAINT patrol_post_pkey PRIMARY KEY (id);


--
-- Name: patrol_postmark patrol_postmark_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postmark
    ADD CONSTRAINT patrol_postmark_pkey PRIMARY KEY (id);


--
-- Name: patrol_posttext patrol_posttext_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_posttext
    ADD CONSTRAINT patrol_posttext_pkey PRIMARY KEY (version_id);


--
-- Name: patrol_postversion patrol_postversion_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postversion
    ADD CONSTRAINT patrol_postversion_pkey PRIMARY KEY (id);


--
-- Name: patrol_postwords patrol_postwords_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postwords
    ADD CONSTRAINT patrol_postwords_pkey PRIMARY KEY (post_id);


--
-- Name: patrol_profile patrol_profile_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_profile
    ADD CONSTRAINT patrol_profile_pkey PRIMARY KEY (id);


--
-- Name: patrol_protection patrol_protection_flag_id_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protection
    ADD CONSTRAINT patrol_protection_flag_id_key UNIQUE (flag_id);


--
-- Name: patrol_protection patrol_protection_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protection
    ADD CONSTRAINT patrol_protection_pkey PRIMARY KEY (id);


--
-- Name: patrol_protectionevent patrol_protectionevent_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protectionevent
    ADD CONSTRAINT patrol_protectionevent_pkey PRIMARY KEY (id);


--
-- Name: patrol_reading patrol_reading_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_reading
    ADD CONSTRAINT patrol_reading_pkey PRIMARY KEY (id);


--
-- Name: patrol_readingclaims patrol_readingclaims_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_readingclaims
    ADD CONSTRAINT patrol_readingclaims_pkey PRIMARY KEY (reading_id);


--
-- Name: patrol_registeredition patrol_registeredition_number_key; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_registeredition
    ADD CONSTRAINT patrol_registeredition_number_key UNIQUE (number);


--
-- Name: patrol_registeredition patrol_registeredition_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_registeredition
    ADD CONSTRAINT patrol_registeredition_pkey PRIMARY KEY (id);


--
-- Name: patrol_review patrol_review_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_review
    ADD CONSTRAINT patrol_review_pkey PRIMARY KEY (id);


--
-- Name: patrol_savedfilter patrol_savedfilter_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_savedfilter
    ADD CONSTRAINT patrol_savedfilter_pkey PRIMARY KEY (id);


--
-- Name: patrol_seen patrol_seen_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_seen
    ADD CONSTRAINT patrol_seen_pkey PRIMARY KEY (id);


--
-- Name: patrol_series patrol_series_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_series
    ADD CONSTRAINT patrol_series_pkey PRIMARY KEY (id);


--
-- Name: patrol_severemark patrol_severemark_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_severemark
    ADD CONSTRAINT patrol_severemark_pkey PRIMARY KEY (post_id);


--
-- Name: patrol_shownpicture patrol_shownpicture_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_shownpicture
    ADD CONSTRAINT patrol_shownpicture_pkey PRIMARY KEY (id);


--
-- Name: patrol_sighting patrol_sighting_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_sighting
    ADD CONSTRAINT patrol_sighting_pkey PRIMARY KEY (id);


--
-- Name: patrol_standing patrol_standing_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_standing
    ADD CONSTRAINT patrol_standing_pkey PRIMARY KEY (id);


--
-- Name: patrol_tie patrol_tie_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_tie
    ADD CONSTRAINT patrol_tie_pkey PRIMARY KEY (id);


--
-- Name: patrol_trusted patrol_trusted_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_trusted
    ADD CONSTRAINT patrol_trusted_pkey PRIMARY KEY (id);


--
-- Name: patrol_watch_packs patrol_watch_packs_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_watch_packs
    ADD CONSTRAINT patrol_watch_packs_pkey PRIMARY KEY (id);


--
-- Name: patrol_watch_packs patrol_watch_packs_watch_id_keywordpack_id_11944b5d_uniq; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_watch_packs
    ADD CONSTRAINT patrol_watch_packs_watch_id_keywordpack_id_11944b5d_uniq UNIQUE (watch_id, keywordpack_id);


--
-- Name: patrol_watch patrol_watch_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_watch
    ADD CONSTRAINT patrol_watch_pkey PRIMARY KEY (id);


--
-- Name: patrol_wordsmark patrol_wordsmark_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_wordsmark
    ADD CONSTRAINT patrol_wordsmark_pkey PRIMARY KEY (id);


--
-- Name: patrol_postmark post_mark_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postmark
    ADD CONSTRAINT post_mark_once UNIQUE (post_id, key, kind);


--
-- Name: patrol_post post_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_post
    ADD CONSTRAINT post_once UNIQUE (platform, external_id);


--
-- Name: patrol_reading reading_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_reading
    ADD CONSTRAINT reading_once UNIQUE (version_id, reader_version, pictures_key);


--
-- Name: reports_weeklysummary reports_weeklysummary_pkey; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.reports_weeklysummary
    ADD CONSTRAINT reports_weeklysummary_pkey PRIMARY KEY (id);


--
-- Name: patrol_review review_step_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_review
    ADD CONSTRAINT review_step_once UNIQUE (draw_id, step);


--
-- Name: patrol_savedfilter saved_filter_name_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_savedfilter
    ADD CONSTRAINT saved_filter_name_once UNIQUE (person_id, name);


--
-- Name: patrol_seen seen_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_seen
    ADD CONSTRAINT seen_once UNIQUE (post_id, watch_id);


--
-- Name: patrol_series series_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_series
    ADD CONSTRAINT series_once UNIQUE (name, year);


--
-- Name: patrol_shownpicture shown_picture_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_shownpicture
    ADD CONSTRAINT shown_picture_once UNIQUE (post_id, sha256);


--
-- Name: patrol_sighting sighting_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_sighting
    ADD CONSTRAINT sighting_once UNIQUE (indicator_id, version_id, role);


--
-- Name: reports_weeklysummary summary_edition_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.reports_weeklysummary
    ADD CONSTRAINT summary_edition_once UNIQUE NULLS NOT DISTINCT (office_id, year, week, edition);


--
-- Name: patrol_tie tie_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_tie
    ADD CONSTRAINT tie_once UNIQUE (later_id, earlier_id, kind, key);


--
-- Name: patrol_postversion version_once; Type: CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postversion
    ADD CONSTRAINT version_once UNIQUE (post_id, number);


--
-- Name: audit_by_target; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX audit_by_target ON public.patrol_auditentry USING btree (target_type, target_id);


--
-- Name: auth_group_name_a6ea08ec_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


--
-- Name: auth_group_permissions_group_id_b120cbf9; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


--
-- Name: auth_group_permissions_permission_id_84c5c92e; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


--
-- Name: auth_permission_content_type_id_2f476e4b; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


--
-- Name: bulk_by_office; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX bulk_by_office ON public.patrol_bulk USING btree (office_id, at DESC);


--
-- Name: bulk_entry_by_state; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX bulk_entry_by_state ON public.patrol_bulkentry USING btree (bulk_id, state, id);


--
-- Name: campaign_newest; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX campaign_newest ON public.patrol_campaign USING btree (grown_at DESC, id DESC);


--
-- Name: capture_by_hash; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX capture_by_hash ON public.patrol_capture USING btree (sha256);


--
-- Name: case_by_office; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX case_by_office ON public.patrol_case USING btree (office_id, state, opened_at DESC);


--
-- Name: decision_at; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX decision_at ON public.patrol_decision USING btree (at);


--
-- Name: decision_batch; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX decision_batch ON public.patrol_decision USING btree (batch) WHERE (batch IS NOT NULL);


--
-- Name: django_admin_log_content_type_id_c4bce8eb; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);


--
-- Name: django_admin_log_user_id_c564eba6; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);


--
-- Name: django_session_expire_date_a5c62663; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


--
-- Name: django_session_session_key_c0390e0f_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


--
-- Name: draw_by_office; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX draw_by_office ON public.patrol_draw USING btree (kind, office_id, day);


--
-- Name: draw_low_once; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE UNIQUE INDEX draw_low_once ON public.patrol_draw USING btree (flag_id) WHERE ((kind)::text = 'low'::text);


--
-- Name: erased_file_due; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX erased_file_due ON public.patrol_erasedfile USING btree (sha256) WHERE ((state)::text = 'due'::text);


--
-- Name: fetch_by_watch; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX fetch_by_watch ON public.patrol_fetch USING btree (watch_id, started_at DESC);


--
-- Name: flag_by_office; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX flag_by_office ON public.patrol_flag USING btree (office_id, state, raised_at);


--
-- Name: flag_decided; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX flag_decided ON public.patrol_flag USING btree (decided_at);


--
-- Name: flag_queue; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX flag_queue ON public.patrol_flag USING btree (office_id, urgency, raised_at, id) WHERE ((state)::text = ANY ((ARRAY['needs_information'::character varying, 'waiting'::character varying])::text[]));


--
-- Name: flag_queue_of_all; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX flag_queue_of_all ON public.patrol_flag USING btree (urgency, raised_at, id) WHERE ((state)::text = ANY ((ARRAY['needs_information'::character varying, 'waiting'::character varying])::text[]));


--
-- Name: flag_row; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX flag_row ON public.patrol_flag USING btree (row_key);


--
-- Name: flag_row_open; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX flag_row_open ON public.patrol_flag USING btree (office_id, row_key, urgency, raised_at, id) INCLUDE (snoozed_until) WHERE ((state)::text = ANY ((ARRAY['needs_information'::character varying, 'waiting'::character varying])::text[]));


--
-- Name: flag_text_bands; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX flag_text_bands ON public.patrol_flag USING gin (text_bands) WITH (fastupdate=off);


--
-- Name: intake_by_person; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX intake_by_person ON public.patrol_intake USING btree (person_id, at DESC);


--
-- Name: job_due; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX job_due ON public.patrol_job USING btree (kind, due_at) WHERE ((state)::text = 'waiting'::text);


--
-- Name: licence_by_number; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX licence_by_number ON public.patrol_licence USING btree (edition_id, number);


--
-- Name: linked_post_bands; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX linked_post_bands ON public.patrol_linkedpost USING gin (text_bands) WITH (fastupdate=off);


--
-- Name: linked_post_due; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX linked_post_due ON public.patrol_linkedpost USING btree (post_id) WHERE (linked_at IS NULL);


--
-- Name: media_waiting; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX media_waiting ON public.patrol_media USING btree (version_id) WHERE ((state)::text = 'waiting'::text);


--
-- Name: notice_of_office; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX notice_of_office ON public.patrol_notice USING btree (office_id, at DESC) WHERE (read_at IS NULL);


--
-- Name: notice_of_person; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX notice_of_person ON public.patrol_notice USING btree (person_id, at DESC) WHERE (read_at IS NULL);


--
-- Name: office_one_directorate; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE UNIQUE INDEX office_one_directorate ON public.patrol_office USING btree (kind) WHERE ((kind)::text = 'directorate'::text);


--
-- Name: patrol_agency_edition_id_185ee7d9; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_agency_edition_id_185ee7d9 ON public.patrol_agency USING btree (edition_id);


--
-- Name: patrol_auditentry_hash_25758164_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_auditentry_hash_25758164_like ON public.patrol_auditentry USING btree (hash varchar_pattern_ops);


--
-- Name: patrol_bulk_approved_by_id_cf3e9c6c; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_bulk_approved_by_id_cf3e9c6c ON public.patrol_bulk USING btree (approved_by_id);


--
-- Name: patrol_bulk_by_id_17d6d667; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_bulk_by_id_17d6d667 ON public.patrol_bulk USING btree (by_id);


--
-- Name: patrol_bulk_ended_by_id_c652c8b6; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_bulk_ended_by_id_c652c8b6 ON public.patrol_bulk USING btree (ended_by_id);


--
-- Name: patrol_bulk_number_beb03839_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_bulk_number_beb03839_like ON public.patrol_bulk USING btree (number varchar_pattern_ops);


--
-- Name: patrol_bulk_office_id_10f09ac7; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_bulk_office_id_10f09ac7 ON public.patrol_bulk USING btree (office_id);


--
-- Name: patrol_bulkentry_bulk_id_3c57daa9; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_bulkentry_bulk_id_3c57daa9 ON public.patrol_bulkentry USING btree (bulk_id);


--
-- Name: patrol_bulkentry_decision_id_6a5bfdb5; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_bulkentry_decision_id_6a5bfdb5 ON public.patrol_bulkentry USING btree (decision_id);


--
-- Name: patrol_bulkentry_flag_id_78d2b8ef; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_bulkentry_flag_id_78d2b8ef ON public.patrol_bulkentry USING btree (flag_id);


--
-- Name: patrol_campaign_merged_into_id_383ce20a; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_campaign_merged_into_id_383ce20a ON public.patrol_campaign USING btree (merged_into_id);


--
-- Name: patrol_campaign_number_78406e32_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_campaign_number_78406e32_like ON public.patrol_campaign USING btree (number varchar_pattern_ops);


--
-- Name: patrol_campaignevent_by_id_a5bde484; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_campaignevent_by_id_a5bde484 ON public.patrol_campaignevent USING btree (by_id);


--
-- Name: patrol_campaignevent_campaign_id_411adead; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_campaignevent_campaign_id_411adead ON public.patrol_campaignevent USING btree (campaign_id);


--
-- Name: patrol_capture_fetch_id_511628d3; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_capture_fetch_id_511628d3 ON public.patrol_capture USING btree (fetch_id);


--
-- Name: patrol_capture_intake_id_91a69523; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_capture_intake_id_91a69523 ON public.patrol_capture USING btree (intake_id);


--
-- Name: patrol_capture_job_id_c76f2cf2; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_capture_job_id_c76f2cf2 ON public.patrol_capture USING btree (job_id);


--
-- Name: patrol_capture_of_id_70ebb73c; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_capture_of_id_70ebb73c ON public.patrol_capture USING btree (of_id);


--
-- Name: patrol_capture_office_id_ba650628; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_capture_office_id_ba650628 ON public.patrol_capture USING btree (office_id);


--
-- Name: patrol_capture_person_id_6d325091; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_capture_person_id_6d325091 ON public.patrol_capture USING btree (person_id);


--
-- Name: patrol_capture_post_id_b8c4db75; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_capture_post_id_b8c4db75 ON public.patrol_capture USING btree (post_id);


--
-- Name: patrol_case_closed_by_id_632cba6f; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_case_closed_by_id_632cba6f ON public.patrol_case USING btree (closed_by_id);


--
-- Name: patrol_case_escalated_by_id_40b3ea33; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_case_escalated_by_id_40b3ea33 ON public.patrol_case USING btree (escalated_by_id);


--
-- Name: patrol_case_number_70d88289_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_case_number_70d88289_like ON public.patrol_case USING btree (number varchar_pattern_ops);


--
-- Name: patrol_case_office_id_75bf6105; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_case_office_id_75bf6105 ON public.patrol_case USING btree (office_id);


--
-- Name: patrol_case_opened_by_id_64713093; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_case_opened_by_id_64713093 ON public.patrol_case USING btree (opened_by_id);


--
-- Name: patrol_case_responsible_id_41db9f25; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_case_responsible_id_41db9f25 ON public.patrol_case USING btree (responsible_id);


--
-- Name: patrol_caseevent_by_id_05002dfb; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_caseevent_by_id_05002dfb ON public.patrol_caseevent USING btree (by_id);


--
-- Name: patrol_caseevent_case_id_000de0e5; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_caseevent_case_id_000de0e5 ON public.patrol_caseevent USING btree (case_id);


--
-- Name: patrol_caseevent_flag_id_603b3be5; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_caseevent_flag_id_603b3be5 ON public.patrol_caseevent USING btree (flag_id);


--
-- Name: patrol_caseflag_added_by_id_b68a2627; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_caseflag_added_by_id_b68a2627 ON public.patrol_caseflag USING btree (added_by_id);


--
-- Name: patrol_caseflag_case_id_1ea4534b; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_caseflag_case_id_1ea4534b ON public.patrol_caseflag USING btree (case_id);


--
-- Name: patrol_comparison_by_id_ee774808; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_comparison_by_id_ee774808 ON public.patrol_comparison USING btree (by_id);


--
-- Name: patrol_comparison_first_id_830b4639; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_comparison_first_id_830b4639 ON public.patrol_comparison USING btree (first_id);


--
-- Name: patrol_comparison_second_id_c370a708; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_comparison_second_id_c370a708 ON public.patrol_comparison USING btree (second_id);


--
-- Name: patrol_credential_changed_by_id_b6254ba6; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_credential_changed_by_id_b6254ba6 ON public.patrol_credential USING btree (changed_by_id);


--
-- Name: patrol_credential_name_bcbb588b_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_credential_name_bcbb588b_like ON public.patrol_credential USING btree (name varchar_pattern_ops);


--
-- Name: patrol_decision_by_id_34ba488c; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_decision_by_id_34ba488c ON public.patrol_decision USING btree (by_id);


--
-- Name: patrol_decision_check_then_id_3569b69d; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_decision_check_then_id_3569b69d ON public.patrol_decision USING btree (check_then_id);


--
-- Name: patrol_decision_flag_id_bb357c3f; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_decision_flag_id_bb357c3f ON public.patrol_decision USING btree (flag_id);


--
-- Name: patrol_device_person_id_1c2ed797; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_device_person_id_1c2ed797 ON public.patrol_device USING btree (person_id);


--
-- Name: patrol_device_token_sha256_2c50cf17_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_device_token_sha256_2c50cf17_like ON public.patrol_device USING btree (token_sha256 varchar_pattern_ops);


--
-- Name: patrol_draw_flag_id_8d773aa3; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_draw_flag_id_8d773aa3 ON public.patrol_draw USING btree (flag_id);


--
-- Name: patrol_draw_office_id_f4ad89de; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_draw_office_id_f4ad89de ON public.patrol_draw USING btree (office_id);


--
-- Name: patrol_erasedfile_erasure_id_c573b581; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasedfile_erasure_id_c573b581 ON public.patrol_erasedfile USING btree (erasure_id);


--
-- Name: patrol_erasedfile_sha256_43c6b322_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasedfile_sha256_43c6b322_like ON public.patrol_erasedfile USING btree (sha256 varchar_pattern_ops);


--
-- Name: patrol_erasure_by_id_747ec03d; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasure_by_id_747ec03d ON public.patrol_erasure USING btree (by_id);


--
-- Name: patrol_erasure_request_id_da826007; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasure_request_id_da826007 ON public.patrol_erasure USING btree (request_id);


--
-- Name: patrol_erasure_version_id_d51131e9; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasure_version_id_d51131e9 ON public.patrol_erasure USING btree (version_id);


--
-- Name: patrol_erasureanswer_by_id_e2b88606; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasureanswer_by_id_e2b88606 ON public.patrol_erasureanswer USING btree (by_id);


--
-- Name: patrol_erasurerequest_by_id_24da0bc7; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasurerequest_by_id_24da0bc7 ON public.patrol_erasurerequest USING btree (by_id);


--
-- Name: patrol_erasurerequest_number_a01b82b1_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasurerequest_number_a01b82b1_like ON public.patrol_erasurerequest USING btree (number varchar_pattern_ops);


--
-- Name: patrol_erasurerequest_post_id_ded6af2a; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_erasurerequest_post_id_ded6af2a ON public.patrol_erasurerequest USING btree (post_id);


--
-- Name: patrol_exposure_person_id_f4da55e0; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_exposure_person_id_f4da55e0 ON public.patrol_exposure USING btree (person_id);


--
-- Name: patrol_fetch_watch_id_716c0405; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_fetch_watch_id_716c0405 ON public.patrol_fetch USING btree (watch_id);


--
-- Name: patrol_flag_current_check_id_ba70377e; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_flag_current_check_id_ba70377e ON public.patrol_flag USING btree (current_check_id);


--
-- Name: patrol_flag_number_db3bcc6c_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_flag_number_db3bcc6c_like ON public.patrol_flag USING btree (number varchar_pattern_ops);


--
-- Name: patrol_flagevent_flag_id_c308585f; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_flagevent_flag_id_c308585f ON public.patrol_flagevent USING btree (flag_id);


--
-- Name: patrol_heartbeat_name_b3ea7a49_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_heartbeat_name_b3ea7a49_like ON public.patrol_heartbeat USING btree (name varchar_pattern_ops);


--
-- Name: patrol_hostpace_host_bb44757e_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_hostpace_host_bb44757e_like ON public.patrol_hostpace USING btree (host varchar_pattern_ops);


--
-- Name: patrol_intake_device_id_552db779; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_intake_device_id_552db779 ON public.patrol_intake USING btree (device_id);


--
-- Name: patrol_intake_office_id_6b8bc9ef; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_intake_office_id_6b8bc9ef ON public.patrol_intake USING btree (office_id);


--
-- Name: patrol_intake_person_id_5c0a6256; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_intake_person_id_5c0a6256 ON public.patrol_intake USING btree (person_id);


--
-- Name: patrol_job_by_id_aa84bb74; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_job_by_id_aa84bb74 ON public.patrol_job USING btree (by_id);


--
-- Name: patrol_keywordpack_changed_by_id_0b0fd949; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_keywordpack_changed_by_id_0b0fd949 ON public.patrol_keywordpack USING btree (changed_by_id);


--
-- Name: patrol_keywordpack_name_d72f4bfb_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_keywordpack_name_d72f4bfb_like ON public.patrol_keywordpack USING btree (name varchar_pattern_ops);


--
-- Name: patrol_licence_agency_id_55f867b6; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_licence_agency_id_55f867b6 ON public.patrol_licence USING btree (agency_id);


--
-- Name: patrol_licence_edition_id_65843c1f; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_licence_edition_id_65843c1f ON public.patrol_licence USING btree (edition_id);


--
-- Name: patrol_linkedpost_campaign_id_00e693b0; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_linkedpost_campaign_id_00e693b0 ON public.patrol_linkedpost USING btree (campaign_id);


--
-- Name: patrol_media_capture_id_1b0e5b28; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_media_capture_id_1b0e5b28 ON public.patrol_media USING btree (capture_id);


--
-- Name: patrol_media_masked_id_9592031c; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_media_masked_id_9592031c ON public.patrol_media USING btree (masked_id);


--
-- Name: patrol_media_thumbnail_id_4ceccd59; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_media_thumbnail_id_4ceccd59 ON public.patrol_media USING btree (thumbnail_id);


--
-- Name: patrol_notice_by_id_952eab88; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_notice_by_id_952eab88 ON public.patrol_notice USING btree (by_id);


--
-- Name: patrol_notice_case_id_70ea309b; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_notice_case_id_70ea309b ON public.patrol_notice USING btree (case_id);


--
-- Name: patrol_notice_erasure_id_503b104f; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_notice_erasure_id_503b104f ON public.patrol_notice USING btree (erasure_id);


--
-- Name: patrol_notice_flag_id_37c703ea; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_notice_flag_id_37c703ea ON public.patrol_notice USING btree (flag_id);


--
-- Name: patrol_notice_office_id_fccb491c; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_notice_office_id_fccb491c ON public.patrol_notice USING btree (office_id);


--
-- Name: patrol_notice_person_id_24c73a9d; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_notice_person_id_24c73a9d ON public.patrol_notice USING btree (person_id);


--
-- Name: patrol_notice_read_by_id_f56f2d5a; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_notice_read_by_id_f56f2d5a ON public.patrol_notice USING btree (read_by_id);


--
-- Name: patrol_office_code_e2736ef4_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_office_code_e2736ef4_like ON public.patrol_office USING btree (code varchar_pattern_ops);


--
-- Name: patrol_office_name_0ef1d8ec_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_office_name_0ef1d8ec_like ON public.patrol_office USING btree (name varchar_pattern_ops);


--
-- Name: patrol_pairingcode_code_sha256_f96deb40_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_pairingcode_code_sha256_f96deb40_like ON public.patrol_pairingcode USING btree (code_sha256 varchar_pattern_ops);


--
-- Name: patrol_pairingcode_person_id_33942b14; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_pairingcode_person_id_33942b14 ON public.patrol_pairingcode USING btree (person_id);


--
-- Name: patrol_person_office_id_71101b5b; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_person_office_id_71101b5b ON public.patrol_person USING btree (office_id);


--
-- Name: patrol_person_username_16d42384_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_person_username_16d42384_like ON public.patrol_person USING btree (username varchar_pattern_ops);


--
-- Name: patrol_pictureread_key_c19d94fa_like; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_pictureread_key_c19d94fa_like ON public.patrol_pictureread USING btree (key varchar_pattern_ops);


--
-- Name: patrol_pointsedition_approved_by_id_b9289b3f; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_pointsedition_approved_by_id_b9289b3f ON public.patrol_pointsedition USING btree (approved_by_id);


--
-- Name: patrol_postmark_indicator_id_c2fdff63; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_postmark_indicator_id_c2fdff63 ON public.patrol_postmark USING btree (indicator_id);


--
-- Name: patrol_postversion_capture_id_5cbe72c1; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_postversion_capture_id_5cbe72c1 ON public.patrol_postversion USING btree (capture_id);


--
-- Name: patrol_postwords_version_id_dc0afdb6; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_postwords_version_id_dc0afdb6 ON public.patrol_postwords USING btree (version_id);


--
-- Name: patrol_profile_capture_id_a362c130; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_profile_capture_id_a362c130 ON public.patrol_profile USING btree (capture_id);


--
-- Name: patrol_protection_by_id_56e6ea9c; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_protection_by_id_56e6ea9c ON public.patrol_protection USING btree (by_id);


--
-- Name: patrol_protection_closed_by_id_761155b7; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_protection_closed_by_id_761155b7 ON public.patrol_protection USING btree (closed_by_id);


--
-- Name: patrol_protection_handed_by_id_91559dc7; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_protection_handed_by_id_91559dc7 ON public.patrol_protection USING btree (handed_by_id);


--
-- Name: patrol_protection_office_id_c93f83f5; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_protection_office_id_c93f83f5 ON public.patrol_protection USING btree (office_id);


--
-- Name: patrol_protectionevent_by_id_35352112; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_protectionevent_by_id_35352112 ON public.patrol_protectionevent USING btree (by_id);


--
-- Name: patrol_protectionevent_flag_id_b53c10d2; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_protectionevent_flag_id_b53c10d2 ON public.patrol_protectionevent USING btree (flag_id);


--
-- Name: patrol_protectionevent_office_id_cabfd94e; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_protectionevent_office_id_cabfd94e ON public.patrol_protectionevent USING btree (office_id);


--
-- Name: patrol_registeredition_imported_by_id_dbd2d579; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_registeredition_imported_by_id_dbd2d579 ON public.patrol_registeredition USING btree (imported_by_id);


--
-- Name: patrol_registeredition_restores_id_46728b35; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_registeredition_restores_id_46728b35 ON public.patrol_registeredition USING btree (restores_id);


--
-- Name: patrol_review_by_id_5620181e; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_review_by_id_5620181e ON public.patrol_review USING btree (by_id);


--
-- Name: patrol_review_draw_id_c086a43d; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_review_draw_id_c086a43d ON public.patrol_review USING btree (draw_id);


--
-- Name: patrol_savedfilter_person_id_56dd0ff1; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_savedfilter_person_id_56dd0ff1 ON public.patrol_savedfilter USING btree (person_id);


--
-- Name: patrol_severemark_by_id_10f49681; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_severemark_by_id_10f49681 ON public.patrol_severemark USING btree (by_id);


--
-- Name: patrol_sighting_version_id_8077b6ce; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_sighting_version_id_8077b6ce ON public.patrol_sighting USING btree (version_id);


--
-- Name: patrol_standing_agency_id_e547af51; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_standing_agency_id_e547af51 ON public.patrol_standing USING btree (agency_id);


--
-- Name: patrol_tie_by_id_762cf54e; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_tie_by_id_762cf54e ON public.patrol_tie USING btree (by_id);


--
-- Name: patrol_tie_earlier_id_121c6f02; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_tie_earlier_id_121c6f02 ON public.patrol_tie USING btree (earlier_id);


--
-- Name: patrol_tie_indicator_id_deb8713a; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_tie_indicator_id_deb8713a ON public.patrol_tie USING btree (indicator_id);


--
-- Name: patrol_trusted_approved_by_id_f7e52590; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_trusted_approved_by_id_f7e52590 ON public.patrol_trusted USING btree (approved_by_id);


--
-- Name: patrol_trusted_ended_by_id_9bb289ed; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_trusted_ended_by_id_9bb289ed ON public.patrol_trusted USING btree (ended_by_id);


--
-- Name: patrol_trusted_indicator_id_a53ed15c; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_trusted_indicator_id_a53ed15c ON public.patrol_trusted USING btree (indicator_id);


--
-- Name: patrol_trusted_proposed_by_id_cb4a8f31; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_trusted_proposed_by_id_cb4a8f31 ON public.patrol_trusted USING btree (proposed_by_id);


--
-- Name: patrol_watch_created_by_id_11b08f36; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_watch_created_by_id_11b08f36 ON public.patrol_watch USING btree (created_by_id);


--
-- Name: patrol_watch_credential_id_f703fdf4; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_watch_credential_id_f703fdf4 ON public.patrol_watch USING btree (credential_id);


--
-- Name: patrol_watch_office_id_a3481ede; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_watch_office_id_a3481ede ON public.patrol_watch USING btree (office_id);


--
-- Name: patrol_watch_packs_keywordpack_id_0bed4a00; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_watch_packs_keywordpack_id_0bed4a00 ON public.patrol_watch_packs USING btree (keywordpack_id);


--
-- Name: patrol_watch_packs_watch_id_5137b378; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX patrol_watch_packs_watch_id_5137b378 ON public.patrol_watch_packs USING btree (watch_id);


--
-- Name: picture_read_hash; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX picture_read_hash ON public.patrol_pictureread USING btree (sha256);


--
-- Name: picture_read_pixels; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX picture_read_pixels ON public.patrol_pictureread USING btree (pixels);


--
-- Name: post_by_thread; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX post_by_thread ON public.patrol_post USING btree (platform, thread, posted_at DESC) WHERE (NOT ((thread)::text = ''::text));


--
-- Name: post_due; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX post_due ON public.patrol_post USING btree (due_at) WHERE (due_at IS NOT NULL);


--
-- Name: post_mark_key; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX post_mark_key ON public.patrol_postmark USING btree (key, post_id DESC) WHERE (NOT void);


--
-- Name: post_newest; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX post_newest ON public.patrol_post USING btree (first_seen DESC, id DESC);


--
-- Name: post_same_text; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX post_same_text ON public.patrol_post USING btree (text_key, posted_at);


--
-- Name: post_words_countries; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX post_words_countries ON public.patrol_postwords USING gin (countries) WITH (fastupdate=off);


--
-- Name: post_words_trigrams; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX post_words_trigrams ON public.patrol_postwords USING gin (words public.gin_trgm_ops) WITH (fastupdate=off);


--
-- Name: profile_newest; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX profile_newest ON public.patrol_profile USING btree (platform, account, seen_at DESC);


--
-- Name: protection_by_office; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX protection_by_office ON public.patrol_protection USING btree (office_id, state, at DESC);


--
-- Name: reports_weeklysummary_frozen_by_id_004b82fa; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX reports_weeklysummary_frozen_by_id_004b82fa ON public.reports_weeklysummary USING btree (frozen_by_id);


--
-- Name: reports_weeklysummary_office_id_02bea60e; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX reports_weeklysummary_office_id_02bea60e ON public.reports_weeklysummary USING btree (office_id);


--
-- Name: review_at; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX review_at ON public.patrol_review USING btree (at);


--
-- Name: seen_by_watch; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX seen_by_watch ON public.patrol_seen USING btree (watch_id, at);


--
-- Name: seen_once_by_intake; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE UNIQUE INDEX seen_once_by_intake ON public.patrol_seen USING btree (intake_id, post_id) WHERE (intake_id IS NOT NULL);


--
-- Name: shown_picture_bands; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX shown_picture_bands ON public.patrol_shownpicture USING gin (bands) WITH (fastupdate=off);


--
-- Name: shown_picture_due; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX shown_picture_due ON public.patrol_shownpicture USING btree (id) WHERE (looked_at IS NULL);


--
-- Name: shown_picture_file; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX shown_picture_file ON public.patrol_shownpicture USING btree (sha256);


--
-- Name: sighting_by_post; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX sighting_by_post ON public.patrol_sighting USING btree (post_id);


--
-- Name: sighting_newest_post; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX sighting_newest_post ON public.patrol_sighting USING btree (indicator_id, post_id DESC);


--
-- Name: trusted_once_at_a_time; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE UNIQUE INDEX trusted_once_at_a_time ON public.patrol_trusted USING btree (indicator_id) WHERE (ended_at IS NULL);


--
-- Name: watch_due; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE INDEX watch_due ON public.patrol_watch USING btree (due_at) WHERE ((state)::text = 'active'::text);


--
-- Name: watch_once; Type: INDEX; Schema: public; Owner: sipatrol_owner
--

CREATE UNIQUE INDEX watch_once ON public.patrol_watch USING btree (platform, kind, query) WHERE (NOT ((query)::text = ''::text));


--
-- Name: patrol_erasureanswer by_two; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER by_two BEFORE INSERT ON public.patrol_erasureanswer FOR EACH ROW EXECUTE FUNCTION public.patrol_answered_by_two();


--
-- Name: patrol_bulk moves; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_bulk FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.patrol_bulk_moves();


--
-- Name: patrol_campaign moves; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_campaign FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.patrol_campaign_moves();


--
-- Name: patrol_case moves; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_case FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.patrol_case_moves();


--
-- Name: patrol_flag moves; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_flag FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.patrol_flag_moves();


--
-- Name: patrol_protection moves; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_protection FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.patrol_protection_moves();


--
-- Name: patrol_tie moves; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_tie FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.patrol_tie_moves();


--
-- Name: patrol_watch moves; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER moves BEFORE UPDATE OF state ON public.patrol_watch FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.patrol_watch_moves();


--
-- Name: patrol_posttext only_eraser; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER only_eraser BEFORE DELETE OR UPDATE ON public.patrol_posttext FOR EACH ROW EXECUTE FUNCTION public.patrol_only_eraser('sipatrol_eraser');


--
-- Name: patrol_readingclaims only_eraser; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER only_eraser BEFORE DELETE OR UPDATE ON public.patrol_readingclaims FOR EACH ROW EXECUTE FUNCTION public.patrol_only_eraser('sipatrol_eraser');


--
-- Name: patrol_agency refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_agency FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_auditentry refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_auditentry FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_campaignevent refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_campaignevent FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_capture refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_capture FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_caseevent refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_caseevent FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_decision refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_decision FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_draw refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_draw FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_erasure refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_erasure FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_erasureanswer refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_erasureanswer FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_erasurerequest refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_erasurerequest FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_finding refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_finding FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_flagevent refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_flagevent FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_licence refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_licence FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_licencecheck refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_licencecheck FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_pointsedition refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_pointsedition FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_postversion refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_postversion FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_protectionevent refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_protectionevent FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_reading refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_reading FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_registeredition refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_registeredition FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_review refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_review FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_standing refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.patrol_standing FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: reports_weeklysummary refuse_change; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.reports_weeklysummary FOR EACH ROW EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_agency refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_agency FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_auditentry refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_auditentry FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_campaignevent refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_campaignevent FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_capture refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_capture FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_caseevent refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_caseevent FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_decision refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_decision FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_draw refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_draw FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_erasure refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_erasure FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_erasureanswer refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_erasureanswer FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_erasurerequest refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_erasurerequest FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_finding refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_finding FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_flagevent refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_flagevent FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_licence refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_licence FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_licencecheck refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_licencecheck FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_pointsedition refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_pointsedition FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_posttext refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_posttext FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_only_eraser('sipatrol_eraser');


--
-- Name: patrol_postversion refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_postversion FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_protectionevent refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_protectionevent FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_reading refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_reading FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_readingclaims refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_readingclaims FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_only_eraser('sipatrol_eraser');


--
-- Name: patrol_registeredition refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_registeredition FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_review refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_review FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: patrol_standing refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.patrol_standing FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: reports_weeklysummary refuse_truncate; Type: TRIGGER; Schema: public; Owner: sipatrol_owner
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.reports_weeklysummary FOR EACH STATEMENT EXECUTE FUNCTION public.patrol_refuse_change();


--
-- Name: auth_group_permissions auth_group_permissio_permission_id_84c5c92e_fk_auth_perm; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_group_permissions auth_group_permissions_group_id_b120cbf9_fk_auth_group_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: auth_permission auth_permission_content_type_id_2f476e4b_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: django_admin_log django_admin_log_content_type_id_c4bce8eb_fk_django_co; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: django_admin_log django_admin_log_user_id_c564eba6_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_patrol_person_id FOREIGN KEY (user_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_agency patrol_agency_edition_id_185ee7d9_fk_patrol_registeredition_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_agency
    ADD CONSTRAINT patrol_agency_edition_id_185ee7d9_fk_patrol_registeredition_id FOREIGN KEY (edition_id) REFERENCES public.patrol_registeredition(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_bulk patrol_bulk_approved_by_id_cf3e9c6c_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulk
    ADD CONSTRAINT patrol_bulk_approved_by_id_cf3e9c6c_fk_patrol_person_id FOREIGN KEY (approved_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_bulk patrol_bulk_by_id_17d6d667_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulk
    ADD CONSTRAINT patrol_bulk_by_id_17d6d667_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_bulk patrol_bulk_ended_by_id_c652c8b6_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulk
    ADD CONSTRAINT patrol_bulk_ended_by_id_c652c8b6_fk_patrol_person_id FOREIGN KEY (ended_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_bulk patrol_bulk_office_id_10f09ac7_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulk
    ADD CONSTRAINT patrol_bulk_office_id_10f09ac7_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_bulkentry patrol_bulkentry_bulk_id_3c57daa9_fk_patrol_bulk_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulkentry
    ADD CONSTRAINT patrol_bulkentry_bulk_id_3c57daa9_fk_patrol_bulk_id FOREIGN KEY (bulk_id) REFERENCES public.patrol_bulk(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_bulkentry patrol_bulkentry_decision_id_6a5bfdb5_fk_patrol_decision_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulkentry
    ADD CONSTRAINT patrol_bulkentry_decision_id_6a5bfdb5_fk_patrol_decision_id FOREIGN KEY (decision_id) REFERENCES public.patrol_decision(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_bulkentry patrol_bulkentry_flag_id_78d2b8ef_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_bulkentry
    ADD CONSTRAINT patrol_bulkentry_flag_id_78d2b8ef_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_campaign patrol_campaign_merged_into_id_383ce20a_fk_patrol_campaign_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_campaign
    ADD CONSTRAINT patrol_campaign_merged_into_id_383ce20a_fk_patrol_campaign_id FOREIGN KEY (merged_into_id) REFERENCES public.patrol_campaign(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_campaignevent patrol_campaignevent_by_id_a5bde484_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_campaignevent
    ADD CONSTRAINT patrol_campaignevent_by_id_a5bde484_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_campaignevent patrol_campaignevent_campaign_id_411adead_fk_patrol_campaign_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_campaignevent
    ADD CONSTRAINT patrol_campaignevent_campaign_id_411adead_fk_patrol_campaign_id FOREIGN KEY (campaign_id) REFERENCES public.patrol_campaign(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_capture patrol_capture_fetch_id_511628d3_fk_patrol_fetch_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_capture
    ADD CONSTRAINT patrol_capture_fetch_id_511628d3_fk_patrol_fetch_id FOREIGN KEY (fetch_id) REFERENCES public.patrol_fetch(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_capture patrol_capture_intake_id_91a69523_fk_patrol_intake_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_capture
    ADD CONSTRAINT patrol_capture_intake_id_91a69523_fk_patrol_intake_id FOREIGN KEY (intake_id) REFERENCES public.patrol_intake(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_capture patrol_capture_job_id_c76f2cf2_fk_patrol_job_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_capture
    ADD CONSTRAINT patrol_capture_job_id_c76f2cf2_fk_patrol_job_id FOREIGN KEY (job_id) REFERENCES public.patrol_job(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_capture patrol_capture_of_id_70ebb73c_fk_patrol_capture_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_capture
    ADD CONSTRAINT patrol_capture_of_id_70ebb73c_fk_patrol_capture_id FOREIGN KEY (of_id) REFERENCES public.patrol_capture(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_capture patrol_capture_office_id_ba650628_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_capture
    ADD CONSTRAINT patrol_capture_office_id_ba650628_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_capture patrol_capture_person_id_6d325091_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_capture
    ADD CONSTRAINT patrol_capture_person_id_6d325091_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_capture patrol_capture_post_id_b8c4db75_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_capture
    ADD CONSTRAINT patrol_capture_post_id_b8c4db75_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_case patrol_case_closed_by_id_632cba6f_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_case
    ADD CONSTRAINT patrol_case_closed_by_id_632cba6f_fk_patrol_person_id FOREIGN KEY (closed_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_case patrol_case_escalated_by_id_40b3ea33_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_case
    ADD CONSTRAINT patrol_case_escalated_by_id_40b3ea33_fk_patrol_person_id FOREIGN KEY (escalated_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_case patrol_case_office_id_75bf6105_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_case
    ADD CONSTRAINT patrol_case_office_id_75bf6105_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_case patrol_case_opened_by_id_64713093_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_case
    ADD CONSTRAINT patrol_case_opened_by_id_64713093_fk_patrol_person_id FOREIGN KEY (opened_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_case patrol_case_responsible_id_41db9f25_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_case
    ADD CONSTRAINT patrol_case_responsible_id_41db9f25_fk_patrol_person_id FOREIGN KEY (responsible_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_caseevent patrol_caseevent_by_id_05002dfb_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseevent
    ADD CONSTRAINT patrol_caseevent_by_id_05002dfb_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_caseevent patrol_caseevent_case_id_000de0e5_fk_patrol_case_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseevent
    ADD CONSTRAINT patrol_caseevent_case_id_000de0e5_fk_patrol_case_id FOREIGN KEY (case_id) REFERENCES public.patrol_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_caseevent patrol_caseevent_flag_id_603b3be5_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseevent
    ADD CONSTRAINT patrol_caseevent_flag_id_603b3be5_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_caseflag patrol_caseflag_added_by_id_b68a2627_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseflag
    ADD CONSTRAINT patrol_caseflag_added_by_id_b68a2627_fk_patrol_person_id FOREIGN KEY (added_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_caseflag patrol_caseflag_case_id_1ea4534b_fk_patrol_case_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseflag
    ADD CONSTRAINT patrol_caseflag_case_id_1ea4534b_fk_patrol_case_id FOREIGN KEY (case_id) REFERENCES public.patrol_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_caseflag patrol_caseflag_flag_id_2fd3243b_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_caseflag
    ADD CONSTRAINT patrol_caseflag_flag_id_2fd3243b_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_comparison patrol_comparison_by_id_ee774808_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_comparison
    ADD CONSTRAINT patrol_comparison_by_id_ee774808_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_comparison patrol_comparison_first_id_830b4639_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_comparison
    ADD CONSTRAINT patrol_comparison_first_id_830b4639_fk_patrol_flag_id FOREIGN KEY (first_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_comparison patrol_comparison_second_id_c370a708_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_comparison
    ADD CONSTRAINT patrol_comparison_second_id_c370a708_fk_patrol_flag_id FOREIGN KEY (second_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_credential patrol_credential_changed_by_id_b6254ba6_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_credential
    ADD CONSTRAINT patrol_credential_changed_by_id_b6254ba6_fk_patrol_person_id FOREIGN KEY (changed_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_decision patrol_decision_by_id_34ba488c_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_decision
    ADD CONSTRAINT patrol_decision_by_id_34ba488c_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_decision patrol_decision_check_then_id_3569b69d_fk_patrol_li; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_decision
    ADD CONSTRAINT patrol_decision_check_then_id_3569b69d_fk_patrol_li FOREIGN KEY (check_then_id) REFERENCES public.patrol_licencecheck(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_decision patrol_decision_flag_id_bb357c3f_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_decision
    ADD CONSTRAINT patrol_decision_flag_id_bb357c3f_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_decision patrol_decision_reverses_id_4e7ce6a4_fk_patrol_decision_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_decision
    ADD CONSTRAINT patrol_decision_reverses_id_4e7ce6a4_fk_patrol_decision_id FOREIGN KEY (reverses_id) REFERENCES public.patrol_decision(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_device patrol_device_person_id_1c2ed797_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_device
    ADD CONSTRAINT patrol_device_person_id_1c2ed797_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_draw patrol_draw_decision_id_0d4de198_fk_patrol_decision_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_draw
    ADD CONSTRAINT patrol_draw_decision_id_0d4de198_fk_patrol_decision_id FOREIGN KEY (decision_id) REFERENCES public.patrol_decision(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_draw patrol_draw_flag_id_8d773aa3_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_draw
    ADD CONSTRAINT patrol_draw_flag_id_8d773aa3_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_draw patrol_draw_office_id_f4ad89de_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_draw
    ADD CONSTRAINT patrol_draw_office_id_f4ad89de_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_erasedfile patrol_erasedfile_erasure_id_c573b581_fk_patrol_erasure_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasedfile
    ADD CONSTRAINT patrol_erasedfile_erasure_id_c573b581_fk_patrol_erasure_id FOREIGN KEY (erasure_id) REFERENCES public.patrol_erasure(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_erasure patrol_erasure_by_id_747ec03d_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasure
    ADD CONSTRAINT patrol_erasure_by_id_747ec03d_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_erasure patrol_erasure_request_id_da826007_fk_patrol_erasurerequest_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasure
    ADD CONSTRAINT patrol_erasure_request_id_da826007_fk_patrol_erasurerequest_id FOREIGN KEY (request_id) REFERENCES public.patrol_erasurerequest(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_erasure patrol_erasure_version_id_d51131e9_fk_patrol_postversion_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasure
    ADD CONSTRAINT patrol_erasure_version_id_d51131e9_fk_patrol_postversion_id FOREIGN KEY (version_id) REFERENCES public.patrol_postversion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_erasureanswer patrol_erasureanswer_by_id_e2b88606_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasureanswer
    ADD CONSTRAINT patrol_erasureanswer_by_id_e2b88606_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_erasureanswer patrol_erasureanswer_request_id_9fe1cb0f_fk_patrol_er; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasureanswer
    ADD CONSTRAINT patrol_erasureanswer_request_id_9fe1cb0f_fk_patrol_er FOREIGN KEY (request_id) REFERENCES public.patrol_erasurerequest(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_erasurerequest patrol_erasurerequest_by_id_24da0bc7_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasurerequest
    ADD CONSTRAINT patrol_erasurerequest_by_id_24da0bc7_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_erasurerequest patrol_erasurerequest_post_id_ded6af2a_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_erasurerequest
    ADD CONSTRAINT patrol_erasurerequest_post_id_ded6af2a_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_exposure patrol_exposure_person_id_f4da55e0_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_exposure
    ADD CONSTRAINT patrol_exposure_person_id_f4da55e0_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_fetch patrol_fetch_watch_id_716c0405_fk_patrol_watch_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_fetch
    ADD CONSTRAINT patrol_fetch_watch_id_716c0405_fk_patrol_watch_id FOREIGN KEY (watch_id) REFERENCES public.patrol_watch(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_finding patrol_finding_check_of_id_a14485d5_fk_patrol_licencecheck_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_finding
    ADD CONSTRAINT patrol_finding_check_of_id_a14485d5_fk_patrol_licencecheck_id FOREIGN KEY (check_of_id) REFERENCES public.patrol_licencecheck(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_flag patrol_flag_current_check_id_ba70377e_fk_patrol_licencecheck_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flag
    ADD CONSTRAINT patrol_flag_current_check_id_ba70377e_fk_patrol_licencecheck_id FOREIGN KEY (current_check_id) REFERENCES public.patrol_licencecheck(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_flag patrol_flag_lease_person_id_16d8e64b_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flag
    ADD CONSTRAINT patrol_flag_lease_person_id_16d8e64b_fk_patrol_person_id FOREIGN KEY (lease_person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_flag patrol_flag_office_id_b1975a66_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flag
    ADD CONSTRAINT patrol_flag_office_id_b1975a66_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_flag patrol_flag_post_id_b85c3b73_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flag
    ADD CONSTRAINT patrol_flag_post_id_b85c3b73_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_flagevent patrol_flagevent_by_id_4fdc3665_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flagevent
    ADD CONSTRAINT patrol_flagevent_by_id_4fdc3665_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_flagevent patrol_flagevent_check_then_id_5a8e81ea_fk_patrol_li; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flagevent
    ADD CONSTRAINT patrol_flagevent_check_then_id_5a8e81ea_fk_patrol_li FOREIGN KEY (check_then_id) REFERENCES public.patrol_licencecheck(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_flagevent patrol_flagevent_flag_id_c308585f_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_flagevent
    ADD CONSTRAINT patrol_flagevent_flag_id_c308585f_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_intake patrol_intake_device_id_552db779_fk_patrol_device_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_intake
    ADD CONSTRAINT patrol_intake_device_id_552db779_fk_patrol_device_id FOREIGN KEY (device_id) REFERENCES public.patrol_device(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_intake patrol_intake_office_id_6b8bc9ef_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_intake
    ADD CONSTRAINT patrol_intake_office_id_6b8bc9ef_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_intake patrol_intake_person_id_5c0a6256_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_intake
    ADD CONSTRAINT patrol_intake_person_id_5c0a6256_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_job patrol_job_by_id_aa84bb74_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_job
    ADD CONSTRAINT patrol_job_by_id_aa84bb74_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_keywordpack patrol_keywordpack_changed_by_id_0b0fd949_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_keywordpack
    ADD CONSTRAINT patrol_keywordpack_changed_by_id_0b0fd949_fk_patrol_person_id FOREIGN KEY (changed_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_licence patrol_licence_agency_id_55f867b6_fk_patrol_agency_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_licence
    ADD CONSTRAINT patrol_licence_agency_id_55f867b6_fk_patrol_agency_id FOREIGN KEY (agency_id) REFERENCES public.patrol_agency(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_licence patrol_licence_edition_id_65843c1f_fk_patrol_registeredition_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_licence
    ADD CONSTRAINT patrol_licence_edition_id_65843c1f_fk_patrol_registeredition_id FOREIGN KEY (edition_id) REFERENCES public.patrol_registeredition(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_licencecheck patrol_licencecheck_edition_id_393a4aec_fk_patrol_re; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_licencecheck
    ADD CONSTRAINT patrol_licencecheck_edition_id_393a4aec_fk_patrol_re FOREIGN KEY (edition_id) REFERENCES public.patrol_registeredition(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_licencecheck patrol_licencecheck_reading_id_6c7b73e6_fk_patrol_reading_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_licencecheck
    ADD CONSTRAINT patrol_licencecheck_reading_id_6c7b73e6_fk_patrol_reading_id FOREIGN KEY (reading_id) REFERENCES public.patrol_reading(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_linkedpost patrol_linkedpost_campaign_id_00e693b0_fk_patrol_campaign_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_linkedpost
    ADD CONSTRAINT patrol_linkedpost_campaign_id_00e693b0_fk_patrol_campaign_id FOREIGN KEY (campaign_id) REFERENCES public.patrol_campaign(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_linkedpost patrol_linkedpost_post_id_49f602d6_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_linkedpost
    ADD CONSTRAINT patrol_linkedpost_post_id_49f602d6_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_media patrol_media_capture_id_1b0e5b28_fk_patrol_capture_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_media
    ADD CONSTRAINT patrol_media_capture_id_1b0e5b28_fk_patrol_capture_id FOREIGN KEY (capture_id) REFERENCES public.patrol_capture(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_media patrol_media_masked_id_9592031c_fk_patrol_capture_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_media
    ADD CONSTRAINT patrol_media_masked_id_9592031c_fk_patrol_capture_id FOREIGN KEY (masked_id) REFERENCES public.patrol_capture(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_media patrol_media_thumbnail_id_4ceccd59_fk_patrol_capture_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_media
    ADD CONSTRAINT patrol_media_thumbnail_id_4ceccd59_fk_patrol_capture_id FOREIGN KEY (thumbnail_id) REFERENCES public.patrol_capture(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_media patrol_media_version_id_f36547ec_fk_patrol_postversion_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_media
    ADD CONSTRAINT patrol_media_version_id_f36547ec_fk_patrol_postversion_id FOREIGN KEY (version_id) REFERENCES public.patrol_postversion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_notice patrol_notice_by_id_952eab88_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_notice
    ADD CONSTRAINT patrol_notice_by_id_952eab88_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_notice patrol_notice_case_id_70ea309b_fk_patrol_case_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_notice
    ADD CONSTRAINT patrol_notice_case_id_70ea309b_fk_patrol_case_id FOREIGN KEY (case_id) REFERENCES public.patrol_case(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_notice patrol_notice_erasure_id_503b104f_fk_patrol_erasurerequest_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_notice
    ADD CONSTRAINT patrol_notice_erasure_id_503b104f_fk_patrol_erasurerequest_id FOREIGN KEY (erasure_id) REFERENCES public.patrol_erasurerequest(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_notice patrol_notice_flag_id_37c703ea_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_notice
    ADD CONSTRAINT patrol_notice_flag_id_37c703ea_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_notice patrol_notice_office_id_fccb491c_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_notice
    ADD CONSTRAINT patrol_notice_office_id_fccb491c_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_notice patrol_notice_person_id_24c73a9d_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_notice
    ADD CONSTRAINT patrol_notice_person_id_24c73a9d_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_notice patrol_notice_read_by_id_f56f2d5a_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_notice
    ADD CONSTRAINT patrol_notice_read_by_id_f56f2d5a_fk_patrol_person_id FOREIGN KEY (read_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_officecare patrol_officecare_office_id_b605af71_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_officecare
    ADD CONSTRAINT patrol_officecare_office_id_b605af71_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_othername patrol_othername_post_id_953d5a28_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_othername
    ADD CONSTRAINT patrol_othername_post_id_953d5a28_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_owncare patrol_owncare_person_id_a8611649_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_owncare
    ADD CONSTRAINT patrol_owncare_person_id_a8611649_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_ownsettings patrol_ownsettings_person_id_c0743775_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_ownsettings
    ADD CONSTRAINT patrol_ownsettings_person_id_c0743775_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_pairingcode patrol_pairingcode_person_id_33942b14_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_pairingcode
    ADD CONSTRAINT patrol_pairingcode_person_id_33942b14_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_person patrol_person_office_id_71101b5b_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_person
    ADD CONSTRAINT patrol_person_office_id_71101b5b_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_pointsedition patrol_pointsedition_approved_by_id_b9289b3f_fk_patrol_pe; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_pointsedition
    ADD CONSTRAINT patrol_pointsedition_approved_by_id_b9289b3f_fk_patrol_pe FOREIGN KEY (approved_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_postmark patrol_postmark_indicator_id_c2fdff63_fk_patrol_indicator_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postmark
    ADD CONSTRAINT patrol_postmark_indicator_id_c2fdff63_fk_patrol_indicator_id FOREIGN KEY (indicator_id) REFERENCES public.patrol_indicator(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_postmark patrol_postmark_post_id_ae990f2a_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postmark
    ADD CONSTRAINT patrol_postmark_post_id_ae990f2a_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_posttext patrol_posttext_version_id_edf9c935_fk_patrol_postversion_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_posttext
    ADD CONSTRAINT patrol_posttext_version_id_edf9c935_fk_patrol_postversion_id FOREIGN KEY (version_id) REFERENCES public.patrol_postversion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_postversion patrol_postversion_capture_id_5cbe72c1_fk_patrol_capture_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postversion
    ADD CONSTRAINT patrol_postversion_capture_id_5cbe72c1_fk_patrol_capture_id FOREIGN KEY (capture_id) REFERENCES public.patrol_capture(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_postversion patrol_postversion_post_id_99d77ce9_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postversion
    ADD CONSTRAINT patrol_postversion_post_id_99d77ce9_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_postwords patrol_postwords_post_id_e5f06285_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postwords
    ADD CONSTRAINT patrol_postwords_post_id_e5f06285_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_postwords patrol_postwords_version_id_dc0afdb6_fk_patrol_postversion_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_postwords
    ADD CONSTRAINT patrol_postwords_version_id_dc0afdb6_fk_patrol_postversion_id FOREIGN KEY (version_id) REFERENCES public.patrol_postversion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_profile patrol_profile_capture_id_a362c130_fk_patrol_capture_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_profile
    ADD CONSTRAINT patrol_profile_capture_id_a362c130_fk_patrol_capture_id FOREIGN KEY (capture_id) REFERENCES public.patrol_capture(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_protection patrol_protection_by_id_56e6ea9c_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protection
    ADD CONSTRAINT patrol_protection_by_id_56e6ea9c_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_protection patrol_protection_closed_by_id_761155b7_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protection
    ADD CONSTRAINT patrol_protection_closed_by_id_761155b7_fk_patrol_person_id FOREIGN KEY (closed_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_protection patrol_protection_flag_id_7e11d582_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protection
    ADD CONSTRAINT patrol_protection_flag_id_7e11d582_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_protection patrol_protection_handed_by_id_91559dc7_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protection
    ADD CONSTRAINT patrol_protection_handed_by_id_91559dc7_fk_patrol_person_id FOREIGN KEY (handed_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_protection patrol_protection_office_id_c93f83f5_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protection
    ADD CONSTRAINT patrol_protection_office_id_c93f83f5_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_protectionevent patrol_protectionevent_by_id_35352112_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protectionevent
    ADD CONSTRAINT patrol_protectionevent_by_id_35352112_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_protectionevent patrol_protectionevent_flag_id_b53c10d2_fk_patrol_flag_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protectionevent
    ADD CONSTRAINT patrol_protectionevent_flag_id_b53c10d2_fk_patrol_flag_id FOREIGN KEY (flag_id) REFERENCES public.patrol_flag(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_protectionevent patrol_protectionevent_office_id_cabfd94e_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_protectionevent
    ADD CONSTRAINT patrol_protectionevent_office_id_cabfd94e_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_reading patrol_reading_version_id_ed9fd766_fk_patrol_postversion_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_reading
    ADD CONSTRAINT patrol_reading_version_id_ed9fd766_fk_patrol_postversion_id FOREIGN KEY (version_id) REFERENCES public.patrol_postversion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_readingclaims patrol_readingclaims_reading_id_78bf643d_fk_patrol_reading_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_readingclaims
    ADD CONSTRAINT patrol_readingclaims_reading_id_78bf643d_fk_patrol_reading_id FOREIGN KEY (reading_id) REFERENCES public.patrol_reading(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_registeredition patrol_registerediti_imported_by_id_dbd2d579_fk_patrol_pe; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_registeredition
    ADD CONSTRAINT patrol_registerediti_imported_by_id_dbd2d579_fk_patrol_pe FOREIGN KEY (imported_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_registeredition patrol_registerediti_restores_id_46728b35_fk_patrol_re; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_registeredition
    ADD CONSTRAINT patrol_registerediti_restores_id_46728b35_fk_patrol_re FOREIGN KEY (restores_id) REFERENCES public.patrol_registeredition(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_review patrol_review_by_id_5620181e_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_review
    ADD CONSTRAINT patrol_review_by_id_5620181e_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_review patrol_review_draw_id_c086a43d_fk_patrol_draw_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_review
    ADD CONSTRAINT patrol_review_draw_id_c086a43d_fk_patrol_draw_id FOREIGN KEY (draw_id) REFERENCES public.patrol_draw(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_savedfilter patrol_savedfilter_person_id_56dd0ff1_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_savedfilter
    ADD CONSTRAINT patrol_savedfilter_person_id_56dd0ff1_fk_patrol_person_id FOREIGN KEY (person_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_seen patrol_seen_fetch_id_69388499_fk_patrol_fetch_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_seen
    ADD CONSTRAINT patrol_seen_fetch_id_69388499_fk_patrol_fetch_id FOREIGN KEY (fetch_id) REFERENCES public.patrol_fetch(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_seen patrol_seen_intake_id_0e3f1125_fk_patrol_intake_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_seen
    ADD CONSTRAINT patrol_seen_intake_id_0e3f1125_fk_patrol_intake_id FOREIGN KEY (intake_id) REFERENCES public.patrol_intake(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_seen patrol_seen_post_id_8628e2b1_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_seen
    ADD CONSTRAINT patrol_seen_post_id_8628e2b1_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_seen patrol_seen_watch_id_f138e076_fk_patrol_watch_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_seen
    ADD CONSTRAINT patrol_seen_watch_id_f138e076_fk_patrol_watch_id FOREIGN KEY (watch_id) REFERENCES public.patrol_watch(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_severemark patrol_severemark_by_id_10f49681_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_severemark
    ADD CONSTRAINT patrol_severemark_by_id_10f49681_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_severemark patrol_severemark_post_id_654d2dfa_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_severemark
    ADD CONSTRAINT patrol_severemark_post_id_654d2dfa_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_shownpicture patrol_shownpicture_post_id_8ebd3125_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_shownpicture
    ADD CONSTRAINT patrol_shownpicture_post_id_8ebd3125_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_sighting patrol_sighting_indicator_id_5a5ea142_fk_patrol_indicator_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_sighting
    ADD CONSTRAINT patrol_sighting_indicator_id_5a5ea142_fk_patrol_indicator_id FOREIGN KEY (indicator_id) REFERENCES public.patrol_indicator(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_sighting patrol_sighting_post_id_e6e420e0_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_sighting
    ADD CONSTRAINT patrol_sighting_post_id_e6e420e0_fk_patrol_post_id FOREIGN KEY (post_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_sighting patrol_sighting_version_id_8077b6ce_fk_patrol_postversion_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_sighting
    ADD CONSTRAINT patrol_sighting_version_id_8077b6ce_fk_patrol_postversion_id FOREIGN KEY (version_id) REFERENCES public.patrol_postversion(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_standing patrol_standing_agency_id_e547af51_fk_patrol_agency_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_standing
    ADD CONSTRAINT patrol_standing_agency_id_e547af51_fk_patrol_agency_id FOREIGN KEY (agency_id) REFERENCES public.patrol_agency(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_tie patrol_tie_by_id_762cf54e_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_tie
    ADD CONSTRAINT patrol_tie_by_id_762cf54e_fk_patrol_person_id FOREIGN KEY (by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_tie patrol_tie_earlier_id_121c6f02_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_tie
    ADD CONSTRAINT patrol_tie_earlier_id_121c6f02_fk_patrol_post_id FOREIGN KEY (earlier_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_tie patrol_tie_indicator_id_deb8713a_fk_patrol_indicator_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_tie
    ADD CONSTRAINT patrol_tie_indicator_id_deb8713a_fk_patrol_indicator_id FOREIGN KEY (indicator_id) REFERENCES public.patrol_indicator(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_tie patrol_tie_later_id_38fec276_fk_patrol_post_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_tie
    ADD CONSTRAINT patrol_tie_later_id_38fec276_fk_patrol_post_id FOREIGN KEY (later_id) REFERENCES public.patrol_post(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_trusted patrol_trusted_approved_by_id_f7e52590_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_trusted
    ADD CONSTRAINT patrol_trusted_approved_by_id_f7e52590_fk_patrol_person_id FOREIGN KEY (approved_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_trusted patrol_trusted_ended_by_id_9bb289ed_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_trusted
    ADD CONSTRAINT patrol_trusted_ended_by_id_9bb289ed_fk_patrol_person_id FOREIGN KEY (ended_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_trusted patrol_trusted_indicator_id_a53ed15c_fk_patrol_indicator_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_trusted
    ADD CONSTRAINT patrol_trusted_indicator_id_a53ed15c_fk_patrol_indicator_id FOREIGN KEY (indicator_id) REFERENCES public.patrol_indicator(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_trusted patrol_trusted_proposed_by_id_cb4a8f31_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_trusted
    ADD CONSTRAINT patrol_trusted_proposed_by_id_cb4a8f31_fk_patrol_person_id FOREIGN KEY (proposed_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_watch patrol_watch_created_by_id_11b08f36_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_watch
    ADD CONSTRAINT patrol_watch_created_by_id_11b08f36_fk_patrol_person_id FOREIGN KEY (created_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_watch patrol_watch_credential_id_f703fdf4_fk_patrol_credential_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_watch
    ADD CONSTRAINT patrol_watch_credential_id_f703fdf4_fk_patrol_credential_id FOREIGN KEY (credential_id) REFERENCES public.patrol_credential(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_watch patrol_watch_office_id_a3481ede_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_watch
    ADD CONSTRAINT patrol_watch_office_id_a3481ede_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_watch_packs patrol_watch_packs_keywordpack_id_0bed4a00_fk_patrol_ke; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_watch_packs
    ADD CONSTRAINT patrol_watch_packs_keywordpack_id_0bed4a00_fk_patrol_ke FOREIGN KEY (keywordpack_id) REFERENCES public.patrol_keywordpack(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: patrol_watch_packs patrol_watch_packs_watch_id_5137b378_fk_patrol_watch_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.patrol_watch_packs
    ADD CONSTRAINT patrol_watch_packs_watch_id_5137b378_fk_patrol_watch_id FOREIGN KEY (watch_id) REFERENCES public.patrol_watch(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: reports_weeklysummary reports_weeklysummary_frozen_by_id_004b82fa_fk_patrol_person_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.reports_weeklysummary
    ADD CONSTRAINT reports_weeklysummary_frozen_by_id_004b82fa_fk_patrol_person_id FOREIGN KEY (frozen_by_id) REFERENCES public.patrol_person(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: reports_weeklysummary reports_weeklysummary_office_id_02bea60e_fk_patrol_office_id; Type: FK CONSTRAINT; Schema: public; Owner: sipatrol_owner
--

ALTER TABLE ONLY public.reports_weeklysummary
    ADD CONSTRAINT reports_weeklysummary_office_id_02bea60e_fk_patrol_office_id FOREIGN KEY (office_id) REFERENCES public.patrol_office(id) DEFERRABLE INITIALLY DEFERRED;


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

GRANT USAGE ON SCHEMA public TO sipatrol_app;
GRANT USAGE ON SCHEMA public TO sipatrol_eraser;


--
-- Name: FUNCTION patrol_erase(wanted bigint, asked bigint, moment timestamp with time zone); Type: ACL; Schema: public; Owner: sipatrol_eraser
--

REVOKE ALL ON FUNCTION public.patrol_erase(wanted bigint, asked bigint, moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.patrol_erase(wanted bigint, asked bigint, moment timestamp with time zone) TO sipatrol_app;


--
-- Name: TABLE auth_group; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO sipatrol_app;


--
-- Name: SEQUENCE auth_group_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO sipatrol_app;


--
-- Name: TABLE auth_group_permissions; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO sipatrol_app;


--
-- Name: SEQUENCE auth_group_permissions_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO sipatrol_app;


--
-- Name: TABLE auth_permission; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO sipatrol_app;


--
-- Name: SEQUENCE auth_permission_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO sipatrol_app;


--
-- Name: TABLE django_admin_log; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_admin_log TO sipatrol_app;


--
-- Name: SEQUENCE django_admin_log_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.django_admin_log_id_seq TO sipatrol_app;


--
-- Name: TABLE django_content_type; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO sipatrol_app;


--
-- Name: SEQUENCE django_content_type_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO sipatrol_app;


--
-- Name: TABLE django_migrations; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT ON TABLE public.django_migrations TO sipatrol_app;


--
-- Name: SEQUENCE django_migrations_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO sipatrol_app;


--
-- Name: TABLE django_session; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO sipatrol_app;


--
-- Name: TABLE patrol_agency; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_agency TO sipatrol_app;


--
-- Name: SEQUENCE patrol_agency_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_agency_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_auditentry; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_auditentry TO sipatrol_app;


--
-- Name: TABLE patrol_bulk; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_bulk TO sipatrol_app;


--
-- Name: SEQUENCE patrol_bulk_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_bulk_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_bulkentry; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_bulkentry TO sipatrol_app;


--
-- Name: SEQUENCE patrol_bulkentry_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_bulkentry_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_campaign; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_campaign TO sipatrol_app;


--
-- Name: SEQUENCE patrol_campaign_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_campaign_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_campaignevent; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_campaignevent TO sipatrol_app;


--
-- Name: SEQUENCE patrol_campaignevent_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_campaignevent_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_capture; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_capture TO sipatrol_app;


--
-- Name: COLUMN patrol_capture.id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(id) ON TABLE public.patrol_capture TO sipatrol_eraser;


--
-- Name: COLUMN patrol_capture.sha256; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(sha256) ON TABLE public.patrol_capture TO sipatrol_eraser;


--
-- Name: COLUMN patrol_capture.post_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(post_id) ON TABLE public.patrol_capture TO sipatrol_eraser;


--
-- Name: TABLE patrol_case; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_case TO sipatrol_app;


--
-- Name: SEQUENCE patrol_case_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_case_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_caseevent; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_caseevent TO sipatrol_app;


--
-- Name: SEQUENCE patrol_caseevent_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_caseevent_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_caseflag; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_caseflag TO sipatrol_app;


--
-- Name: SEQUENCE patrol_caseflag_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_caseflag_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_comparison; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_comparison TO sipatrol_app;


--
-- Name: SEQUENCE patrol_comparison_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_comparison_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_credential; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_credential TO sipatrol_app;


--
-- Name: SEQUENCE patrol_credential_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_credential_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_decision; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_decision TO sipatrol_app;


--
-- Name: SEQUENCE patrol_decision_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_decision_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_device; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_device TO sipatrol_app;


--
-- Name: SEQUENCE patrol_device_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_device_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_draw; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_draw TO sipatrol_app;


--
-- Name: SEQUENCE patrol_draw_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_draw_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_erasedfile; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.patrol_erasedfile TO sipatrol_eraser;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_erasedfile TO sipatrol_app;


--
-- Name: TABLE patrol_erasure; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_erasure TO sipatrol_eraser;
GRANT SELECT,INSERT ON TABLE public.patrol_erasure TO sipatrol_app;


--
-- Name: SEQUENCE patrol_erasure_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT USAGE ON SEQUENCE public.patrol_erasure_id_seq TO sipatrol_eraser;
GRANT SELECT,USAGE ON SEQUENCE public.patrol_erasure_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_erasureanswer; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT ON TABLE public.patrol_erasureanswer TO sipatrol_eraser;
GRANT SELECT,INSERT ON TABLE public.patrol_erasureanswer TO sipatrol_app;


--
-- Name: SEQUENCE patrol_erasureanswer_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_erasureanswer_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_erasurerequest; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT ON TABLE public.patrol_erasurerequest TO sipatrol_eraser;
GRANT SELECT,INSERT ON TABLE public.patrol_erasurerequest TO sipatrol_app;


--
-- Name: SEQUENCE patrol_erasurerequest_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_erasurerequest_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_exposure; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_exposure TO sipatrol_app;


--
-- Name: SEQUENCE patrol_exposure_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_exposure_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_fetch; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_fetch TO sipatrol_app;


--
-- Name: SEQUENCE patrol_fetch_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_fetch_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_finding; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_finding TO sipatrol_app;


--
-- Name: SEQUENCE patrol_finding_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_finding_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_flag; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_flag TO sipatrol_app;


--
-- Name: COLUMN patrol_flag.post_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(post_id) ON TABLE public.patrol_flag TO sipatrol_eraser;


--
-- Name: COLUMN patrol_flag.text_bands; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT UPDATE(text_bands) ON TABLE public.patrol_flag TO sipatrol_eraser;


--
-- Name: SEQUENCE patrol_flag_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_flag_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_flagevent; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_flagevent TO sipatrol_app;


--
-- Name: SEQUENCE patrol_flagevent_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_flagevent_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_heartbeat; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_heartbeat TO sipatrol_app;


--
-- Name: TABLE patrol_hostpace; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_hostpace TO sipatrol_app;


--
-- Name: TABLE patrol_indicator; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_indicator TO sipatrol_app;


--
-- Name: SEQUENCE patrol_indicator_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_indicator_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_intake; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_intake TO sipatrol_app;


--
-- Name: SEQUENCE patrol_intake_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_intake_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_job; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_job TO sipatrol_app;


--
-- Name: SEQUENCE patrol_job_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_job_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_keywordpack; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_keywordpack TO sipatrol_app;


--
-- Name: SEQUENCE patrol_keywordpack_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_keywordpack_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_licence; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_licence TO sipatrol_app;


--
-- Name: SEQUENCE patrol_licence_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_licence_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_licencecheck; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_licencecheck TO sipatrol_app;


--
-- Name: SEQUENCE patrol_licencecheck_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_licencecheck_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_linkedpost; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_linkedpost TO sipatrol_app;


--
-- Name: COLUMN patrol_linkedpost.post_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(post_id) ON TABLE public.patrol_linkedpost TO sipatrol_eraser;


--
-- Name: COLUMN patrol_linkedpost.offered; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT UPDATE(offered) ON TABLE public.patrol_linkedpost TO sipatrol_eraser;


--
-- Name: COLUMN patrol_linkedpost.text_bands; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT UPDATE(text_bands) ON TABLE public.patrol_linkedpost TO sipatrol_eraser;


--
-- Name: TABLE patrol_media; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_media TO sipatrol_app;


--
-- Name: COLUMN patrol_media.capture_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(capture_id) ON TABLE public.patrol_media TO sipatrol_eraser;


--
-- Name: COLUMN patrol_media.masked_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(masked_id) ON TABLE public.patrol_media TO sipatrol_eraser;


--
-- Name: COLUMN patrol_media.thumbnail_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(thumbnail_id) ON TABLE public.patrol_media TO sipatrol_eraser;


--
-- Name: COLUMN patrol_media.version_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(version_id) ON TABLE public.patrol_media TO sipatrol_eraser;


--
-- Name: SEQUENCE patrol_media_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_media_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_notice; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_notice TO sipatrol_app;


--
-- Name: SEQUENCE patrol_notice_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_notice_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_office; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_office TO sipatrol_app;


--
-- Name: SEQUENCE patrol_office_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_office_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_officecare; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_officecare TO sipatrol_app;


--
-- Name: TABLE patrol_othername; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_othername TO sipatrol_app;


--
-- Name: TABLE patrol_owncare; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_owncare TO sipatrol_app;


--
-- Name: TABLE patrol_ownsettings; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_ownsettings TO sipatrol_app;


--
-- Name: TABLE patrol_pairingcode; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_pairingcode TO sipatrol_app;


--
-- Name: SEQUENCE patrol_pairingcode_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_pairingcode_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_person; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_person TO sipatrol_app;


--
-- Name: SEQUENCE patrol_person_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_person_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_pictureread; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,DELETE ON TABLE public.patrol_pictureread TO sipatrol_eraser;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_pictureread TO sipatrol_app;


--
-- Name: TABLE patrol_pointsedition; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_pointsedition TO sipatrol_app;


--
-- Name: SEQUENCE patrol_pointsedition_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_pointsedition_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_post; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_post TO sipatrol_app;


--
-- Name: SEQUENCE patrol_post_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_post_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_postmark; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_postmark TO sipatrol_app;


--
-- Name: SEQUENCE patrol_postmark_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_postmark_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_posttext; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,UPDATE ON TABLE public.patrol_posttext TO sipatrol_eraser;
GRANT SELECT,INSERT ON TABLE public.patrol_posttext TO sipatrol_app;


--
-- Name: TABLE patrol_postversion; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_postversion TO sipatrol_app;


--
-- Name: COLUMN patrol_postversion.id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(id) ON TABLE public.patrol_postversion TO sipatrol_eraser;


--
-- Name: COLUMN patrol_postversion.capture_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(capture_id) ON TABLE public.patrol_postversion TO sipatrol_eraser;


--
-- Name: COLUMN patrol_postversion.post_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(post_id) ON TABLE public.patrol_postversion TO sipatrol_eraser;


--
-- Name: SEQUENCE patrol_postversion_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_postversion_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_postwords; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT DELETE ON TABLE public.patrol_postwords TO sipatrol_eraser;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_postwords TO sipatrol_app;


--
-- Name: COLUMN patrol_postwords.version_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(version_id) ON TABLE public.patrol_postwords TO sipatrol_eraser;


--
-- Name: TABLE patrol_profile; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_profile TO sipatrol_app;


--
-- Name: SEQUENCE patrol_profile_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_profile_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_protection; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_protection TO sipatrol_app;


--
-- Name: SEQUENCE patrol_protection_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_protection_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_protectionevent; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_protectionevent TO sipatrol_app;


--
-- Name: SEQUENCE patrol_protectionevent_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_protectionevent_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_reading; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT ON TABLE public.patrol_reading TO sipatrol_eraser;
GRANT SELECT,INSERT ON TABLE public.patrol_reading TO sipatrol_app;


--
-- Name: SEQUENCE patrol_reading_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_reading_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_readingclaims; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,UPDATE ON TABLE public.patrol_readingclaims TO sipatrol_eraser;
GRANT SELECT,INSERT ON TABLE public.patrol_readingclaims TO sipatrol_app;


--
-- Name: TABLE patrol_registeredition; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_registeredition TO sipatrol_app;


--
-- Name: SEQUENCE patrol_registeredition_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_registeredition_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_review; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_review TO sipatrol_app;


--
-- Name: SEQUENCE patrol_review_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_review_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_savedfilter; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_savedfilter TO sipatrol_app;


--
-- Name: SEQUENCE patrol_savedfilter_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_savedfilter_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_seen; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_seen TO sipatrol_app;


--
-- Name: SEQUENCE patrol_seen_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_seen_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_series; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_series TO sipatrol_app;


--
-- Name: SEQUENCE patrol_series_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_series_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_severemark; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_severemark TO sipatrol_app;


--
-- Name: TABLE patrol_shownpicture; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_shownpicture TO sipatrol_app;


--
-- Name: COLUMN patrol_shownpicture.offered; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT UPDATE(offered) ON TABLE public.patrol_shownpicture TO sipatrol_eraser;


--
-- Name: COLUMN patrol_shownpicture.bands; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT UPDATE(bands) ON TABLE public.patrol_shownpicture TO sipatrol_eraser;


--
-- Name: COLUMN patrol_shownpicture.post_id; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT(post_id) ON TABLE public.patrol_shownpicture TO sipatrol_eraser;


--
-- Name: SEQUENCE patrol_shownpicture_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_shownpicture_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_sighting; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_sighting TO sipatrol_app;


--
-- Name: SEQUENCE patrol_sighting_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_sighting_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_standing; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.patrol_standing TO sipatrol_app;


--
-- Name: SEQUENCE patrol_standing_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_standing_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_tie; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_tie TO sipatrol_app;


--
-- Name: SEQUENCE patrol_tie_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_tie_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_trusted; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_trusted TO sipatrol_app;


--
-- Name: SEQUENCE patrol_trusted_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_trusted_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_watch; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_watch TO sipatrol_app;


--
-- Name: SEQUENCE patrol_watch_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_watch_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_watch_packs; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_watch_packs TO sipatrol_app;


--
-- Name: SEQUENCE patrol_watch_packs_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.patrol_watch_packs_id_seq TO sipatrol_app;


--
-- Name: TABLE patrol_wordsmark; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.patrol_wordsmark TO sipatrol_app;


--
-- Name: TABLE reports_weeklysummary; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,INSERT ON TABLE public.reports_weeklysummary TO sipatrol_app;


--
-- Name: SEQUENCE reports_weeklysummary_id_seq; Type: ACL; Schema: public; Owner: sipatrol_owner
--

GRANT SELECT,USAGE ON SEQUENCE public.reports_weeklysummary_id_seq TO sipatrol_app;


--
-- PostgreSQL database dump complete
--


