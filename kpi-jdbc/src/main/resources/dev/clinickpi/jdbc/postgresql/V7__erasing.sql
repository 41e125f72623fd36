-- What has been erased and is still counted somewhere.

-- The count of erasures after which all that was erased of a clinic is still in kpi_erasing; null when nothing is.
ALTER TABLE kpi_clinic ADD COLUMN erasing_since BIGINT;

-- The count that a patient, a conversation or an appointment was erased under; 0 for one of before there was this column.
ALTER TABLE kpi_erased ADD COLUMN erasure BIGINT NOT NULL DEFAULT 0;

-- Facts that were erased, with the count that they were erased under: no question of the log finds them any more, and whoever has cells that count them takes
-- them out by what is here. They are deleted once no such cells are kept, within seconds where an engine writes.
CREATE TABLE kpi_erasing (
    clinic_no INTEGER NOT NULL,
    fact_no BIGINT NOT NULL,
    erasure BIGINT NOT NULL,
    event_id BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (clinic_no, fact_no)
);

ALTER TABLE kpi_erasing ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_erasing FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_erasing
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));

UPDATE kpi_schema SET version = 7;
