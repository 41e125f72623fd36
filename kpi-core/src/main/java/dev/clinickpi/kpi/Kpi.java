package dev.clinickpi.kpi;

import dev.clinickpi.cell.Measure;
import dev.clinickpi.kpi.KpiDefinition.Meaning;
import dev.clinickpi.time.Refresh;
import java.math.BigDecimal;
import java.util.List;

/** The twelve KPIs (section 4). */
public final class Kpi {

    /** What answering while the clinic is closed brings in. */
    public static final KpiDefinition REVENUE_RECOVERED = new KpiDefinition(
            RevenueRecovered.ID,
            Unit.MONEY,
            Refresh.REAL_TIME,
            Direction.HIGHER_IS_BETTER,
            null,
            new Meaning(
                    "Lo que valen las conversaciones que empezaron con la clínica cerrada y se respondieron antes de abrir.",
                    "What the conversations that began while the clinic was closed and were answered before it opened are worth."),
            1,
            Measure.RECOVERED,
            RevenueRecovered::evaluate);

    /** The share of conversations that lead to a confirmed appointment. */
    public static final KpiDefinition CONVERSION_RATE = new KpiDefinition(
            ConversionRate.ID,
            Unit.RATIO,
            Refresh.HOURLY,
            Direction.HIGHER_IS_BETTER,
            null,
            new Meaning(
                    "Qué parte de las conversaciones termina en una cita confirmada dentro de 30 días.",
                    "The share of conversations that lead to a confirmed appointment within 30 days."),
            1,
            Measure.CONVERSATIONS,
            ConversionRate::evaluate);

    /** How long patients wait for the bot. */
    public static final KpiDefinition RESPONSE_TIME = new KpiDefinition(
            ResponseTime.ID,
            Unit.MILLISECONDS,
            Refresh.REAL_TIME,
            Direction.LOWER_IS_BETTER,
            new Target.Below(BigDecimal.valueOf(2_000)),
            new Meaning(
                    "Cuánto espera un paciente la respuesta del bot: 95 de cada 100 esperan como mucho esto.",
                    "How long a patient waits for the bot's answer: 95 of 100 wait at most this long."),
            1,
            null,
            ResponseTime::evaluate);

    /** The share of appointments that patients miss. */
    public static final KpiDefinition NO_SHOW_RATE = new KpiDefinition(
            NoShowRate.ID,
            Unit.RATIO,
            Refresh.DAILY,
            Direction.LOWER_IS_BETTER,
            null,
            new Meaning(
                    "Qué parte de las citas con desenlace conocido se perdió porque el paciente no vino.",
                    "The share of appointments with a known outcome that the patient missed."),
            1,
            Measure.RESOLVED,
            NoShowRate::evaluate);

    /** The share of conversations that go to a person. */
    public static final KpiDefinition HANDOFF_RATE = new KpiDefinition(
            "handoff-rate",
            Unit.RATIO,
            Refresh.REAL_TIME,
            Direction.WITHIN_BAND,
            new Target.Band(new BigDecimal("0.15"), new BigDecimal("0.25")),
            new Meaning(
                    "Qué parte de las conversaciones pasó a una persona de la clínica; entre el 15 y el 25 % es sano.",
                    "The share of conversations that went to a person of the clinic; 15 to 25 % is healthy."),
            1,
            Measure.CONVERSATIONS,
            scope -> Figure.ratio(scope.count(Measure.HANDED_OFF), scope.count(Measure.CONVERSATIONS)));

    /** How promising the conversations are. */
    public static final KpiDefinition LEAD_TIERS = new KpiDefinition(
            LeadTiers.ID,
            Unit.RATIO,
            Refresh.DAILY,
            Direction.HIGHER_IS_BETTER,
            null,
            new Meaning(
                    "Qué parte de las conversaciones puntuadas es prometedora (hot o warm), y cuántas hay de cada nivel.",
                    "The share of scored conversations that are promising (hot or warm), and how many there are of each tier."),
            1,
            Measure.LEADS,
            LeadTiers::evaluate);

    /** What patients ask for. */
    public static final KpiDefinition TOP_SERVICES = new KpiDefinition(
            TopServices.ID,
            Unit.COUNT,
            Refresh.WEEKLY,
            Direction.NEUTRAL,
            null,
            new Meaning(
                    "Qué servicios mencionan los pacientes y en cuántas conversaciones, de más a menos.",
                    "Which services patients mention and in how many conversations, most first."),
            1,
            Measure.CONVERSATIONS,
            TopServices::evaluate);

    /** How satisfied patients are. */
    public static final KpiDefinition CSAT = new KpiDefinition(
            Csat.ID,
            Unit.SCORE,
            Refresh.DAILY,
            Direction.HIGHER_IS_BETTER,
            null,
            new Meaning(
                    "La nota media, de 1 a 5, que los pacientes dan a su conversación.",
                    "The mean score, from 1 to 5, that patients give their conversation."),
            1,
            Measure.CSAT_SCORES,
            Csat::evaluate);

    /** What the language models cost. */
    public static final KpiDefinition LLM_COST = new KpiDefinition(
            LlmCost.ID,
            Unit.MONEY,
            Refresh.DAILY,
            Direction.LOWER_IS_BETTER,
            null,
            new Meaning(
                    "Lo que cuestan los modelos de lenguaje, al precio y al cambio de cada día.",
                    "What the language models cost, at each day's price and exchange rate."),
            1,
            null,
            LlmCost::evaluate);

    /** The share of cancelled places that the waitlist fills. */
    public static final KpiDefinition WAITLIST_CONVERSION = new KpiDefinition(
            WaitlistConversion.ID,
            Unit.RATIO,
            Refresh.DAILY,
            Direction.HIGHER_IS_BETTER,
            null,
            new Meaning(
                    "Qué parte de las citas canceladas se volvió a ocupar desde la lista de espera.",
                    "The share of cancelled appointments whose place was filled from the waitlist."),
            1,
            Measure.CANCELLATIONS,
            WaitlistConversion::evaluate);

    /** How many conversations go on right now. */
    public static final KpiDefinition ACTIVE_CONVERSATIONS = new KpiDefinition(
            "active-conversations",
            Unit.COUNT,
            Refresh.REAL_TIME,
            Direction.NEUTRAL,
            null,
            new Meaning(
                    "Cuántas conversaciones están vivas ahora mismo.",
                    "How many conversations are going on right now."),
            1,
            null,
            scope -> Figure.of(scope.activeConversations()).ofTheMoment());

    /** How much of its subscription the clinic uses. */
    public static final KpiDefinition TIER_UTILIZATION = new KpiDefinition(
            TierUtilization.ID,
            Unit.RATIO,
            Refresh.WEEKLY,
            Direction.HIGHER_IS_BETTER,
            null,
            new Meaning(
                    "Qué parte de las funciones de su plan usa la clínica, y si le conviene otro.",
                    "The share of its tier's features that the clinic uses, and whether another tier would fit better."),
            1,
            null,
            TierUtilization::evaluate);

    /** All twelve, in the order that a dashboard shows them. */
    public static final List<KpiDefinition> ALL = List.of(
            REVENUE_RECOVERED,
            CONVERSION_RATE,
            RESPONSE_TIME,
            NO_SHOW_RATE,
            HANDOFF_RATE,
            LEAD_TIERS,
            TOP_SERVICES,
            CSAT,
            LLM_COST,
            WAITLIST_CONVERSION,
            ACTIVE_CONVERSATIONS,
            TIER_UTILIZATION);

    private Kpi() {}
}
