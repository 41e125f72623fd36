package dev.clinickpi.jdbc.source;

import dev.clinickpi.jdbc.source.Overlap.OfTime;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a query has been read, as its watermark column says it. A text is none: it could say anything of anybody, and watermarks are printed. */
sealed interface Watermark {

    /** By instants. */
    record OfInstant(Instant instant) implements Watermark {

        /** What databases have no dates before. */
        private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

        @Override
        public Watermark max(Watermark other) {
            return other instanceof OfInstant them && them.instant.isAfter(instant) ? them : this;
        }

        @Override
        public Watermark atMost(Instant now, @Nullable ZoneId zone) {
            return instant.isAfter(now) ? new OfInstant(now) : this;
        }

        @Override
        public Optional<Watermark> behind(Overlap overlap, @Nullable ZoneId zone) {
            if (!(overlap instanceof OfTime behind)) {
                return Optional.empty();
            }
            Instant from = instant.minus(behind.time());
            return Optional.of(new OfInstant(from.isBefore(EARLIEST) ? EARLIEST : from));
        }

        @Override
        public void bind(PreparedStatement statement, int parameter) throws SQLException {
            statement.setObject(parameter, instant.atOffset(ZoneOffset.UTC));
        }

        @Override
        public String toString() {
            return instant.toString();
        }
    }

    /** By wall times of a zone. */
    record OfLocalTime(LocalDateTime time) implements Watermark {

        @Override
        public Watermark max(Watermark other) {
            return other instanceof OfLocalTime them && them.time.isAfter(time) ? them : this;
        }

        @Override
        public Watermark atMost(Instant now, @Nullable ZoneId zone) {
            LocalDateTime local = LocalDateTime.ofInstant(now, zone == null ? ZoneOffset.UTC : zone);
            return time.isAfter(local) ? new OfLocalTime(local) : this;
        }

        /**
         * A clock that goes back shows times again that are behind the watermark: what is written then must be read too, so the read begins where the
         * clock went back to.
         */
        @Override
        public Optional<Watermark> behind(Overlap overlap, @Nullable ZoneId zone) {
            if (zone == null || !(overlap instanceof OfTime behind)) {
                return Optional.empty();
            }
            Instant from = time.atZone(zone).toInstant().minus(behind.time());
            LocalDateTime begin = LocalDateTime.ofInstant(from, zone);
            ZoneOffsetTransition next = zone.getRules().nextTransition(from);
            boolean wentBack =
                    next != null && next.isOverlap() && next.getDateTimeAfter().isBefore(begin);
            return Optional.of(new OfLocalTime(wentBack ? next.getDateTimeAfter() : begin));
        }

        @Override
        public void bind(PreparedStatement statement, int parameter) throws SQLException {
            statement.setObject(parameter, time);
        }

        @Override
        public String toString() {
            return time.toString();
        }
    }

    /** By numbers that grow. */
    record OfNumber(BigDecimal number) implements Watermark {

        @Override
        public Watermark max(Watermark other) {
            return other instanceof OfNumber them && them.number.compareTo(number) > 0 ? them : this;
        }

        @Override
        public Watermark atMost(Instant now, @Nullable ZoneId zone) {
            return this;
        }

        @Override
        public Optional<Watermark> behind(Overlap overlap, @Nullable ZoneId zone) {
            return overlap instanceof Overlap.OfNumber behind
                    ? Optional.of(new OfNumber(number.subtract(behind.number())))
                    : Optional.empty();
        }

        /** As a long where it is one: PostgreSQL would turn a column of whole numbers into decimals to compare them, and walk the table. */
        @Override
        public void bind(PreparedStatement statement, int parameter) throws SQLException {
            if (number.stripTrailingZeros().scale() <= 0
                    && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                statement.setLong(parameter, number.longValueExact());
            } else {
                statement.setBigDecimal(parameter, number);
            }
        }

        @Override
        public String toString() {
            return number.toPlainString();
        }
    }

    /** The later of two of one kind; this one if they are of different kinds. */
    Watermark max(Watermark other);

    /** This one, or the present moment when it lies ahead: a row dated in 2999 must not keep all later ones from being read. */
    Watermark atMost(Instant now, @Nullable ZoneId zone);

    /** Where a read has to begin; empty when the overlap is not of this kind or local times have no zone. */
    Optional<Watermark> behind(Overlap overlap, @Nullable ZoneId zone);

    /** Sets it as a parameter. */
    void bind(PreparedStatement statement, int parameter) throws SQLException;

    /** What the value of a watermark column says; null for what is none. */
    static @Nullable Watermark of(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return new OfInstant(instant);
        } else if (value instanceof LocalDateTime time) {
            return new OfLocalTime(time);
        } else if (value instanceof Long whole) {
            return new OfNumber(BigDecimal.valueOf(whole));
        }
        return value instanceof BigDecimal number ? new OfNumber(number) : null;
    }

    /** The watermark of its text; empty when it is the text of none. */
    static Optional<Watermark> parse(String text) {
        try {
            if (text.endsWith("Z")) {
                return Optional.of(new OfInstant(Instant.parse(text)));
            } else if (text.indexOf('T') > 0) {
                return Optional.of(new OfLocalTime(LocalDateTime.parse(text)));
            }
            return text.matches("-?[0-9]{1,40}(\\.[0-9]{1,40})?")
                    ? Optional.of(new OfNumber(new BigDecimal(text)))
                    : Optional.empty();
        } catch (DateTimeException unparsable) {
            return Optional.empty();
        }
    }
}
