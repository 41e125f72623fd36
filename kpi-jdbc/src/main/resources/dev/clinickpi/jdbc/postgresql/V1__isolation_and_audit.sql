-- Run with the schema as the first of the search path; nothing here names it. See docs/database.md.

-- How far these scripts have been run, whoever ran them. Each ends by saying so here.
CREATE TABLE kpi_schema (
    version INTEGER NOT NULL
);
INSERT INTO kpi_schema (version) VALUES (1);

-- Privileges to grant, so that no role has a name in here: whoever may execute the first may work for any one clinic at a time, the second
-- for all at once. They do nothing.
CREATE FUNCTION choose_clinic() RETURNS BOOLEAN IMMUTABLE PARALLEL SAFE
    RETURN true;
CREATE FUNCTION span_clinics() RETURNS BOOLEAN IMMUTABLE PARALLEL SAFE
    RETURN true;
REVOKE ALL ON FUNCTION choose_clinic(), span_clinics() FROM PUBLIC;

-- The clinic that the transaction asks for: SET LOCAL clinic_kpi.clinic. Null when it asks for none; PostgreSQL leaves an empty text behind
-- where a transaction that set one has ended.
CREATE FUNCTION asked_clinic() RETURNS TEXT STABLE PARALLEL SAFE
    RETURN nullif(current_setting('clinic_kpi.clinic', true), '');

-- What was done with the figures of clinics, in the order in which it was committed, without gaps. "nanos" is what an instant has below the
-- microsecond that "at" ends with. A null clinic is the whole installation. The defaults are for the service role, who may give the detail alone: so
-- it lets itself into a clinic's tables for an hour, under its own name and with a reason.
CREATE TABLE kpi_audit (
    audit_no BIGINT PRIMARY KEY,
    at TIMESTAMP(6) WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(),
    nanos SMALLINT NOT NULL DEFAULT 0 CHECK (nanos BETWEEN 0 AND 999),
    principal TEXT NOT NULL DEFAULT session_user,
    role VARCHAR(64) NOT NULL DEFAULT 'SERVICE_ROLE',
    action VARCHAR(64) NOT NULL DEFAULT 'OPEN_TABLES',
    clinic VARCHAR(64) DEFAULT asked_clinic() CHECK (clinic <> ''),
    detail TEXT NOT NULL,
    CONSTRAINT kpi_audit_reason CHECK (action <> 'OPEN_TABLES' OR (clinic IS NOT NULL AND btrim(detail) <> ''))
);
CREATE INDEX kpi_audit_clinic ON kpi_audit (clinic, audit_no);
CREATE INDEX kpi_audit_opened ON kpi_audit (principal, clinic, at) WHERE action = 'OPEN_TABLES';

-- The number of the last record. Whoever writes one holds this row until the commit: numbers are in the order of commits, and one that is rolled
-- back is the next one's.
CREATE TABLE kpi_audit_head (
    last_no BIGINT NOT NULL
);
INSERT INTO kpi_audit_head (last_no) VALUES (0);

-- The writer does not choose the number, and needs no right to the row that it comes from.
CREATE FUNCTION number_audit_record() RETURNS TRIGGER
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('UPDATE %I.kpi_audit_head SET last_no = last_no + 1 RETURNING last_no', TG_TABLE_SCHEMA) INTO STRICT NEW.audit_no;
    RETURN NEW;
END
$$;
CREATE TRIGGER number_audit_record BEFORE INSERT ON kpi_audit
    FOR EACH ROW EXECUTE FUNCTION number_audit_record();

CREATE FUNCTION refuse_to_change() RETURNS TRIGGER
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER refuse_to_change BEFORE UPDATE OR DELETE OR TRUNCATE ON kpi_audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change();
ALTER TABLE kpi_audit ENABLE ALWAYS TRIGGER number_audit_record;
ALTER TABLE kpi_audit ENABLE ALWAYS TRIGGER refuse_to_change;

-- Whether the service role has let itself into a clinic within the hour. The record has to be committed before the transaction that relies on it
-- begins, or it could be rolled back by whoever has read.
CREATE FUNCTION is_open_to_service(asked TEXT) RETURNS BOOLEAN STABLE PARALLEL SAFE SECURITY DEFINER
    RETURN EXISTS (
        SELECT FROM kpi_audit
        WHERE action = 'OPEN_TABLES' AND principal = session_user::text AND clinic = asked
            AND at < transaction_timestamp() AND at > statement_timestamp() - INTERVAL '1 hour');

-- The clinic that the transaction works for. Null when it asks for none, or for one that it may not.
CREATE FUNCTION current_clinic() RETURNS TEXT STABLE PARALLEL SAFE
    RETURN CASE
        WHEN has_function_privilege('choose_clinic()'::regprocedure, 'EXECUTE') THEN asked_clinic()
        WHEN is_open_to_service(asked_clinic()) THEN asked_clinic()
    END;

-- Whether the transaction asked for all clinics, SET LOCAL clinic_kpi.scope = 'every clinic', and may.
CREATE FUNCTION every_clinic() RETURNS BOOLEAN STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('clinic_kpi.scope', true) = 'every clinic', false)
        AND has_function_privilege('span_clinics()'::regprocedure, 'EXECUTE');

-- Not current_clinic(): that reads this table. Who may read it at all is a matter of grants. A record of the whole installation is written
-- by a transaction that asks for no clinic, and read by one that asks for all.
ALTER TABLE kpi_audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_audit FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_audit
    USING (clinic = (SELECT asked_clinic()) OR (SELECT every_clinic()))
    WITH CHECK (clinic IS NOT DISTINCT FROM (SELECT asked_clinic()) OR (SELECT every_clinic()));

-- One row for each clinic.
CREATE TABLE kpi_clinic (
    clinic_no INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    clinic VARCHAR(64) NOT NULL UNIQUE CHECK (clinic <> ''),
    facts BIGINT NOT NULL DEFAULT 0
);

-- The policy of every table with a column "clinic". The functions stand in sub-selects so that they are called once for a statement.
ALTER TABLE kpi_clinic ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_clinic FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_clinic
    USING (clinic = (SELECT current_clinic()) OR (SELECT every_clinic()));

-- The number of the transaction's clinic; null when there is none or it is not known yet.
CREATE FUNCTION current_clinic_no() RETURNS INTEGER STABLE PARALLEL SAFE
    RETURN (SELECT clinic_no FROM kpi_clinic WHERE clinic = current_clinic());
