-- What has been erased.

-- How often something of the clinic has been erased; cells that were folded before the latest time are folded again. Whoever erases holds the row, as
-- whoever adds facts does.
ALTER TABLE kpi_clinic ADD COLUMN erasures BIGINT NOT NULL DEFAULT 0;

-- What is refused for good: 1 is a conversation, 2 an appointment, 3 a patient; 0, with the entity 0, the whole clinic. The keyed ids have to stay: nothing
-- else can tell an event of somebody who was erased from one of somebody who is new.
CREATE TABLE kpi_erased (
    clinic_no INTEGER NOT NULL,
    kind SMALLINT NOT NULL,
    entity BIGINT NOT NULL,
    PRIMARY KEY (clinic_no, entity, kind)
);

ALTER TABLE kpi_erased ENABLE ROW LEVEL SECURITY;
ALTER TABLE kpi_erased FORCE ROW LEVEL SECURITY;
CREATE POLICY clinic_isolation ON kpi_erased
    USING (clinic_no = (SELECT current_clinic_no()) OR (SELECT every_clinic()));

UPDATE kpi_schema SET version = 4;
