-- The roles, the database and the extensions SIPatrol needs. Run once by a superuser, with psql:
--
--     SIPATROL_OWNER_PASSWORD=... SIPATROL_APP_PASSWORD=... SIPATROL_KEYHOLDER_PASSWORD=... \
--         psql -X -v ON_ERROR_STOP=1 -d postgres -f docs/roles.sql
--
-- May be run again at any time: what exists is left, passwords are set to what the environment says now.
-- SIPATROL_DATABASE names another database than `sipatrol`.
--
--   sipatrol_owner   owns the tables, runs migrations (DATABASE_OWNER_URL)
--   sipatrol_app     web, worker and beat (DATABASE_URL); gets its rights on tables from the migrations,
--                    none of them on what may only be appended to beyond SELECT and INSERT
--   sipatrol_eraser  nobody logs in as it; owns the functions that may erase personal content.
--                    The owner may hand a function to it (SET), and does not work with its rights (no INHERIT)
--   sipatrol_keyholder  the one process that opens contacts of reporters; reads what is sealed and who asks for it, and no report.
--                    Without SIPATROL_KEYHOLDER_PASSWORD it is there and nobody logs in as it

\set ON_ERROR_STOP 1
\getenv database SIPATROL_DATABASE
\if :{?database}
\else
    \set database sipatrol
\endif
\set owner_password ''
\set app_password ''
\set keyholder_password ''
\getenv owner_password SIPATROL_OWNER_PASSWORD
\getenv app_password SIPATROL_APP_PASSWORD
\getenv keyholder_password SIPATROL_KEYHOLDER_PASSWORD

-- A password short enough to be guessed, or the same one twice, makes two roles one: stop before anything is made.
SELECT length(:'owner_password') < 16 OR length(:'app_password') < 16 OR :'owner_password' = :'app_password'
    OR :'keyholder_password' <> '' AND (length(:'keyholder_password') < 16 OR :'keyholder_password' IN (:'owner_password', :'app_password'))
    AS weak, :'keyholder_password' <> '' AS keyholder
\gset
\if :weak
    DO $$ BEGIN RAISE EXCEPTION 'SIPATROL_OWNER_PASSWORD and SIPATROL_APP_PASSWORD must be set, have 16 characters or more, and differ'
        USING HINT = 'The same holds for SIPATROL_KEYHOLDER_PASSWORD where it is set.'; END $$;
\endif

SELECT 'CREATE ROLE sipatrol_owner LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipatrol_owner')
\gexec
SELECT 'CREATE ROLE sipatrol_app LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipatrol_app')
\gexec
SELECT 'CREATE ROLE sipatrol_eraser NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipatrol_eraser')
\gexec
SELECT 'CREATE ROLE sipatrol_keyholder NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'sipatrol_keyholder')
\gexec
\if :keyholder
    ALTER ROLE sipatrol_keyholder LOGIN PASSWORD :'keyholder_password';
\endif
ALTER ROLE sipatrol_owner PASSWORD :'owner_password';
ALTER ROLE sipatrol_app PASSWORD :'app_password';
GRANT sipatrol_eraser TO sipatrol_owner WITH SET TRUE, INHERIT FALSE;
-- The planner's default takes every look-up for the move of a disk's head and reads two million posts to find ten thousand. And no
-- query here runs so long that compiling it would pay.
ALTER ROLE sipatrol_app SET random_page_cost = 1.1;
ALTER ROLE sipatrol_app SET jit = off;
-- As in docs/postgres.conf, for the connections of these roles on any server: what fails is logged without its statement, its parameters
-- and the DETAIL that quotes the row.
SELECT format('ALTER ROLE %I SET %s', role, setting)
FROM unnest(ARRAY['sipatrol_owner', 'sipatrol_app', 'sipatrol_keyholder']) AS role, unnest(ARRAY[
    'log_min_error_statement = panic', 'log_error_verbosity = terse', 'log_parameter_max_length = 0',
    'log_parameter_max_length_on_error = 0', 'log_statement = none', 'log_min_duration_statement = -1']) AS setting
\gexec

SELECT format('CREATE DATABASE %I OWNER sipatrol_owner TEMPLATE template0 ENCODING ''UTF8''', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec

\connect :"database"
-- TEMPORARY: the pipeline copies each batch into a temporary staging table, and PostgreSQL gives this right for a whole database or not at
-- all. So the app role may make temporary tables of any name; no function of ours looks at them (`migrate` sees to it).
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO sipatrol_app;
GRANT CONNECT ON DATABASE :"database" TO sipatrol_keyholder;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO sipatrol_app, sipatrol_eraser;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gin;
