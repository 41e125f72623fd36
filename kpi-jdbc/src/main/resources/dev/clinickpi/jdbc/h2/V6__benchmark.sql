-- The benchmarks that were made of each vertical and month. See the script for PostgreSQL, of which this is the counterpart.
CREATE TABLE kpi_benchmark (
    vertical VARCHAR NOT NULL,
    month_no INTEGER NOT NULL,
    benchmarks VARBINARY NOT NULL,
    PRIMARY KEY (vertical, month_no)
);
CREATE TRIGGER kpi_benchmark_append_only BEFORE UPDATE, DELETE ON kpi_benchmark CALL 'dev.clinickpi.jdbc.AppendOnlyTrigger';

UPDATE kpi_schema SET version = 6;
