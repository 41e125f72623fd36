package dev.clinickpi.benchmarks;

import org.jspecify.annotations.Nullable;

/** A line of a log as Jackson binds it, without a look at what it says: the peer of our reader. */
record BareEvent(
        String id,
        String clinicId,
        String at,
        String type,
        @Nullable String conversationId,
        @Nullable String patientId,
        @Nullable String from,
        @Nullable String vertical,
        @Nullable String text,
        @Nullable String tier,
        @Nullable String serviceId,
        @Nullable String appointmentId,
        @Nullable String status,
        @Nullable String startsAt,
        @Nullable BareMoney value,
        @Nullable String cancelledAppointmentId,
        int score,
        @Nullable String model,
        long inputTokens,
        long cachedInputTokens,
        long outputTokens,
        @Nullable BareMoney cost,
        @Nullable String feature) {

    record BareMoney(String amount, String currency) {}
}
