-- The roles of Clinic KPI and what they may do. The database's administrator runs this before the first migration, which it prepares, and again after
-- each, which grants what is new. It may be run as often as one likes. Other names than these are settings made before, in the same connection:
--   SET clinic_kpi.names = '{"schema": "clinic_kpi", "owner": "clinic_kpi_owner", "application": "clinic_kpi_application", "writer": "clinic_kpi_writer", "service": "clinic_kpi_service", "bi": "clinic_kpi_bi"}';
-- The roles cannot log in: grant each to the login that is to have its rights, or ALTER ROLE ... LOGIN.
DO $$
DECLARE
    names JSONB := '{"schema": "clinic_kpi", "owner": "clinic_kpi_owner", "application": "clinic_kpi_application",
        "writer": "clinic_kpi_writer", "service": "clinic_kpi_service", "bi": "clinic_kpi_bi"}'::jsonb
        || coalesce(nullif(current_setting('clinic_kpi.names', true), ''), '{}')::jsonb;
    own_schema TEXT := names ->> 'schema';
    each TEXT;
    statement TEXT;
BEGIN
    -- Neither a superuser nor one that bypasses row-level security: the policies would not hold for it.
    FOR each IN SELECT value FROM jsonb_each_text(names - 'schema') LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = each) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', each);
        END IF;
    END LOOP;
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', own_schema, names ->> 'owner');
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I, %I, %I, %I',
        own_schema, names ->> 'application', names ->> 'writer', names ->> 'service', names ->> 'bi');
    IF to_regclass(format('%I.kpi_schema', own_schema)) IS NULL THEN
        RAISE NOTICE 'The schema % has no tables yet: migrate it as %, then run this again', own_schema, names ->> 'owner';
        RETURN;
    END IF;
    FOREACH statement IN ARRAY ARRAY[
        -- Everybody sees which version the tables are of.
        'GRANT SELECT ON %1$I.kpi_schema TO %2$I, %3$I, %4$I, %5$I',
        -- One clinic at a time: the application records and reads. The writer tails the log and writes cells, across clinics. The service role reads
        -- a clinic that it has let itself into, on record. BI is given views alone.
        'GRANT EXECUTE ON FUNCTION %1$I.choose_clinic() TO %2$I, %3$I, %5$I',
        'GRANT EXECUTE ON FUNCTION %1$I.span_clinics() TO %3$I',
        'GRANT INSERT (detail) ON %1$I.kpi_audit TO %4$I',
        'GRANT SELECT, INSERT, UPDATE ON %1$I.kpi_clinic TO %2$I, %3$I',
        'GRANT SELECT ON %1$I.kpi_clinic TO %4$I',
        'GRANT SELECT, INSERT ON %1$I.kpi_fact, %1$I.kpi_event_key, %1$I.kpi_outbox TO %2$I, %3$I',
        'GRANT SELECT ON %1$I.kpi_retention, %1$I.kpi_forgotten, %1$I.kpi_erased, %1$I.kpi_erasing TO %2$I, %3$I',
        'GRANT EXECUTE ON FUNCTION %1$I.make_fact_month(BIGINT, BIGINT) TO %2$I, %3$I',
        -- The writer numbers what the outbox holds, forgets what is older than is kept, and erases.
        'GRANT DELETE ON %1$I.kpi_fact, %1$I.kpi_event_key, %1$I.kpi_outbox TO %3$I',
        'GRANT UPDATE ON %1$I.kpi_retention TO %3$I',
        'GRANT INSERT, DELETE ON %1$I.kpi_forgotten, %1$I.kpi_erased, %1$I.kpi_erasing TO %3$I',
        'GRANT EXECUTE ON FUNCTION %1$I.drop_fact_month(BIGINT, BIGINT) TO %3$I',
        'GRANT SELECT ON %1$I.kpi_fact TO %4$I',
        -- What has been folded is the writer's alone to change.
        'GRANT SELECT, UPDATE ON %1$I.kpi_sharding TO %3$I',
        'GRANT SELECT, INSERT, UPDATE ON %1$I.kpi_shard TO %3$I',
        'GRANT SELECT, INSERT, UPDATE, DELETE ON %1$I.kpi_checkpoint, %1$I.kpi_day, %1$I.kpi_entity TO %3$I',
        'GRANT SELECT ON %1$I.kpi_shard, %1$I.kpi_checkpoint, %1$I.kpi_day, %1$I.kpi_entity TO %2$I, %4$I',
        -- Who answers a clinic's questions keeps what it has released of it.
        'GRANT SELECT, INSERT, UPDATE ON %1$I.kpi_publication TO %2$I, %3$I',
        -- Whoever is first asked for benchmarks makes them; nobody changes them.
        'GRANT SELECT, INSERT ON %1$I.kpi_benchmark TO %2$I, %3$I',
        -- Nobody may change a record, or choose its number.
        'GRANT SELECT ON %1$I.kpi_audit TO %2$I, %3$I',
        'GRANT INSERT (at, nanos, principal, role, action, clinic, detail) ON %1$I.kpi_audit TO %2$I, %3$I'
    ] LOOP
        EXECUTE format(statement, own_schema, names ->> 'application', names ->> 'writer', names ->> 'service', names ->> 'bi');
    END LOOP;
END
$$;
