-- What has been folded. No table here refers to kpi_clinic by a foreign key: its check would wait for whoever holds a clinic's row there, and a host
-- that appends events in a transaction of its own may do so for long.

-- Over how many shards the clinics are spread; 0 until the first engine settles it.
CREATE TABLE kpi_sharding (
    shards INTEGER NOT NULL
);
INSERT INTO kpi_sharding (shards) VALUES (0);

-- One row for each shard: who writes its clinics, until when by the database's clock, and the moment that they all stand at. Times are milliseconds
-- since 1970 in UTC here and below. The row is updated at every save, so its page has room for many of its versions.
CREATE TABLE kpi_shard (
    shard INTEGER PRIMARY KEY,
    owner VARCHAR(200),
    token BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    as_of BIGINT
) WITH (fillfactor = 10);

-- One row for each clinic that was saved: where it stands. "version" counts the changes, "whole_since" is that of the last one that was all of the
-- clinic, "ahead" the facts that wait for their time. Updated at every save, in place where its page has room.
CREATE TABLE kpi_checkpoint (
    clinic_no INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL,
    version BIGINT NOT NULL,
    whole_since BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    position BIGINT NOT NULL,
    as_of BIGINT NOT NULL,
    newest BIGINT NOT NULL,
    wake_at BIGINT NOT NULL,
    ahead BYTEA NOT NULL
) WITH (fillfactor = 50);

-- The cells of a day of UTC, numbered from 1970 on, and the version of the clinic that last changed them. No bytes: a day that has no cells any more,
-- kept for readers who know some. Days of up to some kilobytes are kept in the row, as they are: they are packed already. Today's row is rewritten at
-- every save, so dead rows are cleared away long before a fifth of the table is dead.
CREATE TABLE kpi_day (
    clinic_no INTEGER NOT NULL,
    utc_day BIGINT NOT NULL,
    version BIGINT NOT NULL,
    cells BYTEA NOT NULL,
    PRIMARY KEY (clinic_no, utc_day)
) WITH (toast_tuple_target = 8000, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX kpi_day_version ON kpi_day (clinic_no, version);

-- What time may still change: kind 1 is a conversation, 2 an appointment, 3 a patient. "open_message_at" is the latest message of an open conversation.
CREATE TABLE kpi_entity (
    clinic_no INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    entity BIGINT NOT NULL,
    state BYTEA NOT NULL,
    open_message_at BIGINT,
    PRIMARY KEY (clinic_no, kind, entity)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX kpi_entity_open ON kpi_entity (clinic_no, open_message_at) WHERE open_message_at IS NOT NULL;

-- The policy of every table with a column "clinic_no". The shards belong to no clinic.
ALTER TABLE kpi_checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_checkpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_checkpoint
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));

ALTER TABLE kpi_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_day FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_day
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));

ALTER TABLE kpi_entity ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_entity FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_entity
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));

UPDATE kpi_schema SET version = 3;
