-- One row for each fact. fact_no is clinic_no * 2^40 + the fact's number in its clinic: facts of a clinic lie together, in the order of arrival.
-- Whoever appends facts of a clinic holds its row of kpi_clinic, so they are numbered without gaps in the order of their commits.
CREATE TABLE kpi_fact (
    fact_no BIGINT PRIMARY KEY,
    clinic_no INTEGER NOT NULL,
    event_id BIGINT NOT NULL,
    conversation BIGINT,
    appointment BIGINT,
    patient BIGINT,
    content BYTEA NOT NULL
);

CREATE UNIQUE INDEX kpi_fact_event ON kpi_fact (clinic_no, event_id);
CREATE INDEX kpi_fact_conversation ON kpi_fact (clinic_no, conversation);
CREATE INDEX kpi_fact_appointment ON kpi_fact (clinic_no, appointment);
CREATE INDEX kpi_fact_patient ON kpi_fact (clinic_no, patient);

-- The policy of every table with a column "clinic_no".
ALTER TABLE kpi_fact ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_fact FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_fact
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));

UPDATE kpi_schema SET version = 2;
