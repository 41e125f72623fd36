-- The instant, in epoch milliseconds, from which on facts are kept. The row holds for clinics to come; each clinic has its own, which whoever numbers facts
-- of it holds meanwhile, so none is stored that the log has begun to forget.
CREATE TABLE kpi_retention (
    floor BIGINT NOT NULL
);
INSERT INTO kpi_retention (floor) VALUES (-9223372036854775808);
ALTER TABLE kpi_clinic ADD COLUMN floor BIGINT NOT NULL DEFAULT -9223372036854775808;

-- One row for each event, with the hash of its content. A unique key cannot span the months that kpi_fact is parted by, nor kpi_fact and kpi_outbox.
CREATE TABLE kpi_event_key (
    clinic_no INTEGER NOT NULL,
    event_id BIGINT NOT NULL,
    digest BIGINT NOT NULL,
    PRIMARY KEY (clinic_no, event_id)
);

-- One row for each fact. fact_no is clinic_no * 2^40 + the fact's position in its clinic: facts of a clinic lie together, in the order of arrival.
-- Whoever adds facts of a clinic holds its row of kpi_clinic, so they are numbered without gaps in the order of their commits. That number is unique; there is
-- no key to say so, since one would have to begin with "at".
CREATE TABLE kpi_fact (
    fact_no BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    conversation BIGINT,
    appointment BIGINT,
    patient BIGINT,
    clinic_no INTEGER NOT NULL,
    content BYTEA NOT NULL
) PARTITION BY RANGE (at);

CREATE INDEX kpi_fact_no ON kpi_fact (fact_no);
CREATE INDEX kpi_fact_conversation ON kpi_fact (clinic_no, conversation) WHERE conversation IS NOT NULL;
CREATE INDEX kpi_fact_appointment ON kpi_fact (clinic_no, appointment) WHERE appointment IS NOT NULL;
CREATE INDEX kpi_fact_patient ON kpi_fact (clinic_no, patient) WHERE patient IS NOT NULL;

-- Facts that wait for their number: what was appended in transactions of the host's.
CREATE TABLE kpi_outbox (
    clinic_no INTEGER NOT NULL,
    outbox_no BIGINT GENERATED ALWAYS AS IDENTITY,
    event_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp(),
    content BYTEA NOT NULL,
    PRIMARY KEY (clinic_no, outbox_no)
);

-- The policy of every table with a column "clinic_no".
ALTER TABLE kpi_event_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_event_key FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_event_key
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));
ALTER TABLE kpi_fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_fact FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_fact
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));
ALTER TABLE kpi_outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_outbox
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));

-- Makes a part of kpi_fact and attaches it: nobody who reads or writes waits for that, since it takes no lock on the whole but the one that keeps others from
-- doing the same. Privileges are those of the whole, so nobody is granted a part; the policy is there for who is all the same.
CREATE FUNCTION make_fact_partition(part TEXT, bounds TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I (LIKE kpi_fact INCLUDING CONSTRAINTS)', part);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
    EXECUTE format('CREATE POLICY clinic_isolation ON %I'
        ' USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()))', part);
    EXECUTE format('ALTER TABLE kpi_fact ATTACH PARTITION %I FOR VALUES %s', part, bounds);
END
$$;
REVOKE ALL ON FUNCTION make_fact_partition(TEXT, TEXT) FROM PUBLIC;

-- Months are made from January 2015 to December 2039. What is dated before or after has a part of its own, so that a clock that is wrong by decades makes no
-- hundreds of parts, and a new month never has to look through what lies outside all months.
SELECT make_fact_partition('kpi_fact_before', 'FROM (MINVALUE) TO (1420070400000)');
SELECT make_fact_partition('kpi_fact_after', 'FROM (2208988800000) TO (MAXVALUE)');

-- The name of the part for a month in UTC, which it refuses to give for anything else.
CREATE FUNCTION fact_month(month_start BIGINT, month_end BIGINT) RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
    first TIMESTAMP := to_timestamp(month_start / 1000) AT TIME ZONE 'UTC';
BEGIN
    IF month_start < 1420070400000 OR month_end > 2208988800000
            OR month_start <> extract(epoch FROM date_trunc('month', first)) * 1000
            OR month_end <> extract(epoch FROM date_trunc('month', first) + INTERVAL '1 month') * 1000 THEN
        RAISE EXCEPTION 'no month from 2015-01 to 2039-12' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN 'kpi_fact_' || to_char(first, 'YYYY_MM');
END
$$;
REVOKE ALL ON FUNCTION fact_month(BIGINT, BIGINT) FROM PUBLIC;

-- Makes the part for a month in UTC where there is none. Runs as the owner, so that who appends needs no right to make tables.
CREATE FUNCTION make_fact_month(month_start BIGINT, month_end BIGINT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    part TEXT := fact_month(month_start, month_end);
BEGIN
    LOCK TABLE kpi_fact IN SHARE UPDATE EXCLUSIVE MODE;
    IF to_regclass(quote_ident(part)) IS NULL THEN
        PERFORM make_fact_partition(part, format('FROM (%s) TO (%s)', month_start, month_end));
    END IF;
END
$$;
REVOKE ALL ON FUNCTION make_fact_month(BIGINT, BIGINT) FROM PUBLIC;

-- Drops the part for a month that lies before the floor. That takes a lock that readers wait behind, so it does not wait for it for long.
CREATE FUNCTION drop_fact_month(month_start BIGINT, month_end BIGINT) RETURNS VOID LANGUAGE plpgsql SECURITY DEFINER
    SET lock_timeout = '2s' AS $$
DECLARE
    part TEXT := fact_month(month_start, month_end);
BEGIN
    IF month_end > (SELECT floor FROM kpi_retention) THEN
        RAISE EXCEPTION 'facts of % are to be kept', part USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('DROP TABLE IF EXISTS %I', part);
END
$$;
REVOKE ALL ON FUNCTION drop_fact_month(BIGINT, BIGINT) FROM PUBLIC;

-- What runs as the owner finds the library's own tables, whatever path and temporary tables its caller has.
DO $$
BEGIN
    EXECUTE format('ALTER FUNCTION make_fact_month(BIGINT, BIGINT) SET search_path = %I, pg_temp', current_schema());
    EXECUTE format('ALTER FUNCTION drop_fact_month(BIGINT, BIGINT) SET search_path = %I, pg_temp', current_schema());
END
$$;

UPDATE kpi_schema SET version = 2;
