-- What has been folded. See the script for PostgreSQL, of which this is the counterpart.

-- Over how many shards the clinics are spread; 0 until the first engine settles it.
CREATE TABLE kpi_sharding (
    shards INTEGER NOT NULL
);
INSERT INTO kpi_sharding (shards) VALUES (0);

-- One row for each shard: who writes its clinics, until when by the database's clock, and the moment that they all stand at. Times are milliseconds
-- since 1970 in UTC here and below.
CREATE TABLE kpi_shard (
    shard INTEGER PRIMARY KEY,
    owner VARCHAR(200),
    token BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    as_of BIGINT
);

-- One row for each clinic that was saved: where it stands. "version" counts the changes, "whole_since" is that of the last one that was all of the
-- clinic, "ahead" the facts that wait for their time.
CREATE TABLE kpi_checkpoint (
    clinic_no INTEGER PRIMARY KEY,
    shard INTEGER NOT NULL,
    version BIGINT NOT NULL,
    whole_since BIGINT NOT NULL,
    fingerprint VARCHAR NOT NULL,
    position BIGINT NOT NULL,
    as_of BIGINT NOT NULL,
    newest BIGINT NOT NULL,
    wake_at BIGINT NOT NULL,
    ahead VARBINARY NOT NULL
);

-- The cells of a day of UTC, numbered from 1970 on, and the version of the clinic that last changed them. No bytes: a day that has no cells any more,
-- kept for readers who know some.
CREATE TABLE kpi_day (
    clinic_no INTEGER NOT NULL,
    utc_day BIGINT NOT NULL,
    version BIGINT NOT NULL,
    cells VARBINARY NOT NULL,
    PRIMARY KEY (clinic_no, utc_day)
);
CREATE INDEX kpi_day_version ON kpi_day (clinic_no, version);

-- What time may still change: kind 1 is a conversation, 2 an appointment, 3 a patient. "open_message_at" is the latest message of an open conversation.
CREATE TABLE kpi_entity (
    clinic_no INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    entity BIGINT NOT NULL,
    state VARBINARY NOT NULL,
    open_message_at BIGINT,
    PRIMARY KEY (clinic_no, kind, entity)
);
CREATE INDEX kpi_entity_open ON kpi_entity (clinic_no, open_message_at);

UPDATE kpi_schema SET version = 3;
