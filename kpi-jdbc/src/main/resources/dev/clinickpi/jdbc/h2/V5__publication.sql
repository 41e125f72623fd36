-- What publication has released of each clinic. See the script for PostgreSQL, of which this is the counterpart.
CREATE TABLE kpi_publication (
    clinic_no INTEGER PRIMARY KEY,
    version BIGINT NOT NULL,
    state VARBINARY NOT NULL
);

UPDATE kpi_schema SET version = 5;
