-- Why: a business transaction adds its device's job without any right on the queue's tables. Runs as the queue's owner after its engine's own migrations.
create schema if not exists device_queue;

-- `keep_earlier`: a job already waiting to run sooner keeps its time.
create or replace function device_queue.enqueue(business uuid, branch uuid, run_at timestamptz, keep_earlier boolean)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if business is distinct from nullif(pg_catalog.current_setting('app.business_id', true), '')::uuid then
    raise exception 'job of another business';
  end if;
  perform graphile_worker.add_job(
    'drain-device',
    pg_catalog.json_build_object('businessId', business, 'branchId', branch),
    queue_name => 'device:' || business || ':' || branch,
    run_at => run_at,
    max_attempts => 32767,
    -- Both, because nothing here proves that the branch is the business's: a wrong pair must not displace a right job.
    job_key => 'device:' || business || ':' || branch,
    job_key_mode => case when keep_earlier then 'preserve_run_at' else 'replace' end
  );
end $$;
revoke all on function device_queue.enqueue(uuid, uuid, timestamptz, boolean) from public;
grant usage on schema device_queue to fiscalise_app;
grant execute on function device_queue.enqueue(uuid, uuid, timestamptz, boolean) to fiscalise_app;

-- In the device's own queue, so that the tables are never asked for beside a sale; behind the sales that wait there.
create or replace function device_queue.enqueue_code_sync(business uuid, branch uuid, run_at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if business is distinct from nullif(pg_catalog.current_setting('app.business_id', true), '')::uuid then
    raise exception 'job of another business';
  end if;
  perform graphile_worker.add_job(
    'sync-device-codes',
    pg_catalog.json_build_object('businessId', business, 'branchId', branch),
    queue_name => 'device:' || business || ':' || branch,
    run_at => run_at,
    max_attempts => 32767,
    priority => 10,
    job_key => 'codes:' || business || ':' || branch,
    job_key_mode => 'replace'
  );
end $$;
revoke all on function device_queue.enqueue_code_sync(uuid, uuid, timestamptz) from public;
grant execute on function device_queue.enqueue_code_sync(uuid, uuid, timestamptz) to fiscalise_app;

-- One job per organisation of Zoho: what it writes back goes in order, within its limit of calls.
create or replace function device_queue.enqueue_write_back(business uuid, run_at timestamptz, keep_earlier boolean)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if business is distinct from nullif(pg_catalog.current_setting('app.business_id', true), '')::uuid then
    raise exception 'job of another business';
  end if;
  perform graphile_worker.add_job(
    'write-back',
    pg_catalog.json_build_object('businessId', business),
    queue_name => 'zoho:' || business,
    run_at => run_at,
    max_attempts => 32767,
    job_key => 'write-back:' || business,
    job_key_mode => case when keep_earlier then 'preserve_run_at' else 'replace' end
  );
end $$;
revoke all on function device_queue.enqueue_write_back(uuid, timestamptz, boolean) from public;
grant execute on function device_queue.enqueue_write_back(uuid, timestamptz, boolean) to fiscalise_app;

-- A document of the organisation is to be looked at. Twenty deliveries about one are one job.
create or replace function device_queue.enqueue_document(
  business uuid, kind text, document text, may_be_void boolean, run_at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if business is distinct from nullif(pg_catalog.current_setting('app.business_id', true), '')::uuid then
    raise exception 'job of another business';
  end if;
  perform graphile_worker.add_job(
    'look-at-document',
    pg_catalog.json_build_object(
      'businessId', business, 'kind', kind, 'documentId', document, 'mayBeVoid', may_be_void),
    queue_name => 'zoho:' || business,
    run_at => run_at,
    max_attempts => 32767,
    job_key => 'document:' || business || ':' || kind || ':' || document,
    job_key_mode => 'replace'
  );
end $$;
revoke all on function device_queue.enqueue_document(uuid, text, text, boolean, timestamptz) from public;
grant execute on function device_queue.enqueue_document(uuid, text, text, boolean, timestamptz) to fiscalise_app;

-- One run at a time for a business; asked for while it works, it works once more.
create or replace function device_queue.enqueue_bulk_run(business uuid, run_at timestamptz)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if business is distinct from nullif(pg_catalog.current_setting('app.business_id', true), '')::uuid then
    raise exception 'job of another business';
  end if;
  perform graphile_worker.add_job(
    'bulk-run',
    pg_catalog.json_build_object('businessId', business),
    queue_name => 'bulk:' || business,
    run_at => run_at,
    max_attempts => 32767,
    -- Behind whatever else waits for Zoho.
    priority => 10,
    job_key => 'bulk:' || business,
    job_key_mode => 'replace'
  );
end $$;
revoke all on function device_queue.enqueue_bulk_run(uuid, timestamptz) from public;
grant execute on function device_queue.enqueue_bulk_run(uuid, timestamptz) to fiscalise_app;

-- One reconciliation at a time for a business. `by_night`: the job begins one, unless one runs.
create or replace function device_queue.enqueue_reconciliation(business uuid, run_at timestamptz, by_night boolean)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if business is distinct from nullif(pg_catalog.current_setting('app.business_id', true), '')::uuid then
    raise exception 'job of another business';
  end if;
  perform graphile_worker.add_job(
    'reconcile',
    pg_catalog.json_build_object('businessId', business, 'byNight', by_night),
    queue_name => 'reconcile:' || business,
    run_at => run_at,
    max_attempts => 32767,
    -- Behind bulk runs too: a person waits for those.
    priority => 20,
    job_key => case when by_night then 'reconcile-night:' else 'reconcile:' end || business,
    job_key_mode => 'replace'
  );
end $$;
revoke all on function device_queue.enqueue_reconciliation(uuid, timestamptz, boolean) from public;
grant execute on function device_queue.enqueue_reconciliation(uuid, timestamptz, boolean) to fiscalise_app;

-- How much work waits, by task: numbers alone.
create or replace function device_queue.depth(at timestamptz)
returns table (task text, state text, jobs bigint, oldest_seconds double precision)
language sql stable security definer set search_path = '' as $$
  select t.identifier, s.state, count(*), max(extract(epoch from at - j.run_at))::double precision
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  cross join lateral (select case
    when j.locked_at is not null then 'running'
    when j.attempts >= j.max_attempts then 'given-up'
    when j.run_at <= at then 'due' else 'later' end) s(state)
  group by t.identifier, s.state
$$;
revoke all on function device_queue.depth(timestamptz) from public;
grant execute on function device_queue.depth(timestamptz) to fiscalise_app;
