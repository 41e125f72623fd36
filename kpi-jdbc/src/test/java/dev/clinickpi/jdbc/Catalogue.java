package dev.clinickpi.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a database says of a schema: columns, keys, indexes, checks, and on PostgreSQL policies, triggers, functions and rights. */
final class Catalogue {

    private static final List<String> OF_H2 = List.of(
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' '"
                    + " || COALESCE(CAST(character_maximum_length AS VARCHAR), '') || ' ' || is_nullable || ' '"
                    + " || COALESCE(column_default, '') || ' ' || is_identity"
                    + " FROM information_schema.columns WHERE table_schema = '{SCHEMA}' ORDER BY 1",
            "SELECT i.table_name || ' index ' || i.index_type_name || ' ' || LISTAGG(c.column_name, ', ')"
                    + " WITHIN GROUP (ORDER BY c.ordinal_position)"
                    + " FROM information_schema.indexes i JOIN information_schema.index_columns c"
                    + " ON c.index_schema = i.index_schema AND c.index_name = i.index_name"
                    + " WHERE i.table_schema = '{SCHEMA}' GROUP BY i.table_name, i.index_name, i.index_type_name"
                    + " ORDER BY 1",
            "SELECT check_clause FROM information_schema.check_constraints"
                    + " WHERE constraint_schema = '{SCHEMA}' ORDER BY 1",
            "SELECT event_object_table || ' ' || event_manipulation || ' ' || action_timing || ' ' || java_class"
                    + " FROM information_schema.triggers WHERE trigger_schema = '{SCHEMA}' ORDER BY 1");

    private static final String TABLES = " FROM pg_class c WHERE c.relnamespace = '{schema}'::regnamespace";

    private static final List<String> OF_POSTGRESQL = List.of(
            "SELECT relname || ' ' || relkind::text || ' ' || relrowsecurity || ' ' || relforcerowsecurity || ' '"
                    + " || coalesce(relacl::text, '')" + TABLES + " ORDER BY 1",
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' '"
                    + " || coalesce(character_maximum_length::text, '') || ' ' || is_nullable || ' '"
                    + " || coalesce(column_default, '') || ' ' || is_identity"
                    + " FROM information_schema.columns WHERE table_schema = '{schema}' ORDER BY 1",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = '{schema}' ORDER BY 1",
            "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
                    + " WHERE connamespace = '{schema}'::regnamespace ORDER BY 1",
            "SELECT tablename || ' ' || policyname || ' ' || permissive || ' ' || roles::text || ' ' || cmd || ' '"
                    + " || coalesce(qual, '') || ' ' || coalesce(with_check, '')"
                    + " FROM pg_policies WHERE schemaname = '{schema}' ORDER BY 1",
            "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                    + " WHERE NOT t.tgisinternal AND c.relnamespace = '{schema}'::regnamespace ORDER BY 1",
            "SELECT pg_get_functiondef(oid) || ' ' || coalesce(proacl::text, '') FROM pg_proc"
                    + " WHERE pronamespace = '{schema}'::regnamespace ORDER BY 1");

    private Catalogue() {}

    static List<String> of(TestDatabase database, String schema) {
        List<String> lines = new ArrayList<>();
        for (String query : database.kind() == DatabaseKind.H2 ? OF_H2 : OF_POSTGRESQL) {
            lines.addAll(database.query(
                    query.replace("{schema}", schema).replace("{SCHEMA}", schema.toUpperCase(Locale.ROOT))));
        }
        return lines;
    }
}
