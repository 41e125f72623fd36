-- What publication has released of each clinic: where its periods were cut and the cells that stand in them, as one state whose version counts its changes.
-- It holds keyed hashes of patients, as cells do. Whoever loses it must not cut the same people another way: keep it as long as the facts.
CREATE TABLE kpi_publication (
    clinic_no INTEGER PRIMARY KEY,
    version BIGINT NOT NULL,
    state BYTEA NOT NULL
);

ALTER TABLE kpi_publication ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_publication FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_publication
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));

UPDATE kpi_schema SET version = 5;
