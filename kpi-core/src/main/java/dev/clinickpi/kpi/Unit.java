package dev.clinickpi.kpi;

/** What a KPI's value is measured in. */
public enum Unit {
    /** Money in the clinic's currency. */
    MONEY("money"),
    /** A share, from 0 to 1 unless the definition says otherwise. */
    RATIO("ratio"),
    /** Milliseconds. */
    MILLISECONDS("ms"),
    /** A whole number. */
    COUNT("count"),
    /** A satisfaction score, from 1 to 5. */
    SCORE("score");

    private final String id;

    Unit(String id) {
        this.id = id;
    }

    /** The name that results carry; a result in money carries the currency's code instead. */
    public String id() {
        return id;
    }

    /** What a result carries at a clinic: its currency for money, else {@link #id()}. */
    public String in(String currency) {
        return this == MONEY ? currency : id;
    }
}
