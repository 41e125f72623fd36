-- What has been erased. See the script for PostgreSQL, of which this is the counterpart.

-- How often something of the clinic has been erased; cells that were folded before the latest time are folded again.
ALTER TABLE kpi_clinic ADD COLUMN erasures BIGINT DEFAULT 0 NOT NULL;

-- What is refused for good: 1 is a conversation, 2 an appointment, 3 a patient; 0, with the entity 0, the whole clinic.
CREATE TABLE kpi_erased (
    clinic_no INTEGER NOT NULL,
    kind SMALLINT NOT NULL,
    entity BIGINT NOT NULL,
    PRIMARY KEY (clinic_no, entity, kind)
);

UPDATE kpi_schema SET version = 4;
