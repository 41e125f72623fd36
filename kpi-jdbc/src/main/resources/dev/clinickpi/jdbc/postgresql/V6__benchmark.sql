-- The benchmarks that were made of each vertical and month, counted from January of the year 0. They are figures of at least six owners together
-- and belong to no clinic, so every clinic's transaction may read them. They are made once: nobody changes a row, whoever he is.
CREATE TABLE kpi_benchmark (
    vertical TEXT NOT NULL,
    month_no INTEGER NOT NULL,
    benchmarks BYTEA NOT NULL,
    PRIMARY KEY (vertical, month_no)
);
CREATE TRIGGER refuse_to_change BEFORE UPDATE OR DELETE OR TRUNCATE ON kpi_benchmark
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change();
ALTER TABLE kpi_benchmark ENABLE ALWAYS TRIGGER refuse_to_change;

UPDATE kpi_schema SET version = 6;
