#!/bin/sh
# Runs once, when the database is made: the service gets a login of its own, which owns nothing (docs/operations.md).
set -eu
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=password="$SERVICE_DATABASE_PASSWORD" \
  --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
create role lottery_service login password :'password';
SQL
