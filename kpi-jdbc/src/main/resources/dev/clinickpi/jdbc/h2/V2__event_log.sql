-- The instant, in epoch milliseconds, from which on facts are kept. The row holds for clinics to come; each clinic has its own, which whoever numbers facts
-- of it holds meanwhile, so none is stored that the log has begun to forget.
CREATE TABLE kpi_retention (
    floor BIGINT NOT NULL
);
INSERT INTO kpi_retention (floor) VALUES (-9223372036854775808);
ALTER TABLE kpi_clinic ADD COLUMN floor BIGINT DEFAULT -9223372036854775808 NOT NULL;

-- One row for each event, with the hash of its content, whether it lies in kpi_fact or in kpi_outbox.
CREATE TABLE kpi_event_key (
    clinic_no INTEGER NOT NULL,
    event_id BIGINT NOT NULL,
    digest BIGINT NOT NULL,
    PRIMARY KEY (clinic_no, event_id)
);

-- One row for each fact. fact_no is clinic_no * 2^40 + the fact's position in its clinic: facts of a clinic lie together, in the order of arrival.
-- Whoever adds facts of a clinic holds its row of kpi_clinic, so they are numbered without gaps in the order of their commits.
CREATE TABLE kpi_fact (
    fact_no BIGINT PRIMARY KEY,
    event_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    conversation BIGINT,
    appointment BIGINT,
    patient BIGINT,
    clinic_no INTEGER NOT NULL,
    content VARBINARY(65536) NOT NULL
);

CREATE INDEX kpi_fact_conversation ON kpi_fact (clinic_no, conversation);
CREATE INDEX kpi_fact_appointment ON kpi_fact (clinic_no, appointment);
CREATE INDEX kpi_fact_patient ON kpi_fact (clinic_no, patient);

-- Facts that wait for their number: what was appended in transactions of the host's.
CREATE TABLE kpi_outbox (
    outbox_no BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    clinic_no INTEGER NOT NULL,
    event_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL,
    content VARBINARY(65536) NOT NULL
);

CREATE INDEX kpi_outbox_clinic ON kpi_outbox (clinic_no);

-- The entities that facts have been forgotten of: 1 for a conversation, 2 for an appointment, 3 for a patient. Their ids stay, so that what comes later is not
-- taken for all that there is.
CREATE TABLE kpi_forgotten (
    clinic_no INTEGER NOT NULL,
    kind SMALLINT NOT NULL,
    entity BIGINT NOT NULL,
    PRIMARY KEY (clinic_no, entity, kind)
);

UPDATE kpi_schema SET version = 2;
