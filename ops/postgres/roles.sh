#!/bin/sh
# The roles the server logs in as, with their passwords, before the first migration (docs/operations.md#database).
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --file /roles/roles.sql
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set app="$APP_PASSWORD" --set queue="$QUEUE_PASSWORD" <<'SQL'
alter role fiscalise_app password :'app';
alter role fiscalise_queue password :'queue';
SQL
