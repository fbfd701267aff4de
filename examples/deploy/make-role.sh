#!/bin/sh
# A role that owns its database and is neither superuser nor exempt from row-level security: the service asks for exactly that.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/cohort_opt_password)" <<'SQL'
CREATE ROLE cohort_opt LOGIN PASSWORD :'password';
CREATE DATABASE cohort_opt OWNER cohort_opt;
SQL
