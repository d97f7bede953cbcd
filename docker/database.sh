#!/bin/sh
# Run once by the database image on an empty volume: the two roles, the database, what only a superuser may add.
# The same as casusregie/launch/postgres.py does for the embedded server; tests/launch compares the two.
set -eu
: "${CASUSREGIE_OWNER_PASSWORD:?}" "${CASUSREGIE_APP_PASSWORD:?}"
psql --set=ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner_password CASUSREGIE_OWNER_PASSWORD
\getenv app_password CASUSREGIE_APP_PASSWORD
CREATE ROLE casusregie_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE casusregie_app LOGIN PASSWORD :'app_password';
CREATE DATABASE casusregie OWNER casusregie_owner;
REVOKE ALL ON DATABASE casusregie FROM PUBLIC;
GRANT CONNECT ON DATABASE casusregie TO casusregie_app;
\connect casusregie
CREATE EXTENSION unaccent;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gin;
CREATE EXTENSION btree_gist;
CREATE EXTENSION citext;
ALTER SCHEMA public OWNER TO casusregie_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO casusregie_app;
SQL
