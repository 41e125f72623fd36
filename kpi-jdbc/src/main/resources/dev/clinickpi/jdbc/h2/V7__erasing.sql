-- What has been erased and is still counted somewhere. See the script for PostgreSQL, of which this is the counterpart.

-- The count of erasures after which all that was erased of a clinic is still in kpi_erasing; null when nothing is.
ALTER TABLE kpi_clinic ADD COLUMN erasing_since BIGINT;

-- The count that a patient, a conversation or an appointment was erased under; 0 for one of before there was this column.
ALTER TABLE kpi_erased ADD COLUMN erasure BIGINT DEFAULT 0 NOT NULL;

-- Facts that were erased, with the count that they were erased under, until no cells that count them are kept.
CREATE TABLE kpi_erasing (
    clinic_no INTEGER NOT NULL,
    fact_no BIGINT PRIMARY KEY,
    erasure BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    content VARBINARY(65536) NOT NULL
);

UPDATE kpi_schema SET version = 7;
