package dev.clinickpi.privacy;

import static dev.clinickpi.privacy.Clinics.LUNA;
import static dev.clinickpi.privacy.Clinics.SOL;
import static dev.clinickpi.privacy.Clinics.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.clinickpi.clinic.ClinicId;
import dev.clinickpi.clinic.Service;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceMatcherTest {

    private static final ServiceMatcher MATCHER = new ServiceMatcher(List.of(
            service("implant", "Implantes", "implante", "implante dental"),
            service("prosthesis", "Prótesis", "implante dental"),
            service("laser", "Depilación láser", "láser", "depilacion con láser"),
            service("nails", "Uñas", "uña encarnada"),
            service("botox", "Bótox"),
            service("aligners", "Invisalign™", "ortodoncia (invisible)", "all-on-4"),
            service("first-visit", "1ª visita", "2x1"),
            service("dış", "Diş beyazlatma"),
            service("hammam", "حمّام"),
            service("facial", "ﬁller facial", "🧖 facial", "l'oreille"),
            service("blank", " \u00ad ", "")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Quiero un implante                           | implant
                    quiero un IMPLANTE                           | implant
                    ¿Hacéis implantes?                           | implant
                    un implante dental, por favor                | implant prosthesis
                    un implante  \u00a0dental                    | implant prosthesis
                    implante.dental                              | implant
                    implante. Dental                             | implant
                    implantes dentales                           | implant
                    implantesdentales                            |
                    reimplante                                   |
                    implanté bien                                | implant
                    la prótesis y la PROTESIS                    | prosthesis
                    la pro\u0301tesis                            | prosthesis
                    depilación láser                             | laser
                    DEPILACION LASER                             | laser
                    depilación con láser                         | laser
                    depilación                                   |
                    láseres                                      |
                    laser2                                       |
                    2laser                                       |
                    láser-2                                      | laser
                    CO₂láser                                     |
                    uñas                                         | nails
                    UNAS                                         | nails
                    tengo una uña encarnada                      | nails
                    una uña                                      |
                    botox!!!                                     | botox
                    💉botox💉                                    | botox
                    *botox*, _botox_ o ~botox~                   | botox
                    «botox»                                      | botox
                    ＢＯＴＯＸ                                    | botox
                    𝐛𝐨𝐭𝐨𝐱                                        | botox
                    botox𝐳                                       |
                    𝐳botox                                       |
                    b\u00adotox                                  | botox
                    bótox/láser                                  | botox laser
                    '#botox'                                     | botox
                    botoxs                                       |
                    bo tox                                       |
                    invisalign                                   | aligners
                    Invisalign™ y Botox™                         | aligners botox
                    ortodoncia (invisible)                       | aligners
                    ortodoncia (Invisible)?                      | aligners
                    ortodoncia invisible                         |
                    el All–on‑4                                  | aligners
                    all-on-40                                    |
                    una 1a visita                                | first-visit
                    la 1ª visita                                 | first-visit
                    11ª visita                                   |
                    ¿seguís con el 2X1?                          | first-visit
                    DIŞ BEYAZLATMA                               | dış
                    diş beyazlatma                               | dış
                    حمام                                         | hammam
                    الحمام                                       |
                    filler facial                                | facial
                    🧖🏻‍♀️ facial                                     |
                    🧖 facial                                    | facial
                    piercing de l’oreille                        | facial
                    first-visit                                  |
                    hammam                                       |
                    hola                                         |
                    '   '                                        |
                    """)
    void findsWholeWordsHoweverWritten(String text, String services) {
        assertThat(MATCHER.servicesIn(text)).isEqualTo(words(services));
    }

    @Test
    void findsTheSameUnderATurkishLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            ServiceMatcher matcher =
                    new ServiceMatcher(List.of(service("implant", "IMPLANTE"), service("wire", "Hilo")));
            assertThat(matcher.servicesIn("un implante o HILO")).containsExactlyInAnyOrder("implant", "wire");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void findsNothingInAnEmptyCatalogueOrText() {
        assertThat(new ServiceMatcher(List.of()).servicesIn("implante")).isEmpty();
        assertThat(MATCHER.servicesIn("")).isEmpty();
    }

    @Test
    void readsNoFurtherThanTheLongestMessage() {
        String filler = "x ".repeat(ServiceMatcher.MAX_LENGTH / 2 - 5);
        assertThat(filler.length()).isEqualTo(ServiceMatcher.MAX_LENGTH - 10);
        assertThat(MATCHER.servicesIn(filler + "implante yes")).containsExactly("implant");
        assertThat(MATCHER.servicesIn(filler + "xxxx implante")).isEmpty();
        assertThat(MATCHER.servicesIn(filler + "x implantealto")).isEmpty();
        assertThat(MATCHER.servicesIn(filler + "xx implantes")).isEmpty();
        assertThat(MATCHER.servicesIn("implante".repeat(10_000))).isEmpty();
    }

    @Test
    void isNotHeldUpByATextMadeToHoldItUp() {
        String marks = "\u0301\u0323".repeat(ServiceMatcher.MAX_LENGTH / 2);
        String prefixes = "implante ".repeat(ServiceMatcher.MAX_LENGTH / 9);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(MATCHER.servicesIn("e" + marks)).isEmpty();
            assertThat(MATCHER.servicesIn(prefixes)).containsExactly("implant");
        });
    }

    @Property
    void findsWhatATextSearchedWordByWordNames(
            @ForAll("catalogues") List<Service> services, @ForAll("texts") String text) {
        assertThat(new ServiceMatcher(services).servicesIn(text)).isEqualTo(naively(services, text));
    }

    @Provide
    Arbitrary<List<Service>> catalogues() {
        Arbitrary<String> term = Arbitraries.of("a", "b", "Á", "ñ", " ", "-", "1", "😀", "𝐳", "ß")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
        return term.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .list()
                .ofMaxSize(6)
                .map(all -> IntStream.range(0, all.size())
                        .mapToObj(i -> new Service("s" + i, all.get(i).get(0), all.get(i)))
                        .toList());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", "A", "á", "a\u0301", "B", "b", "ñ", "Ñ", "n", " ", " ", "\n", "-", "–", ".", "1", "2",
                        "😀", "𝐳", "z", "ß", "ss", "SS")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    private static Set<String> naively(List<Service> services, String text) {
        return services.stream()
                .filter(service -> Stream.concat(Stream.of(service.name()), service.aliases().stream())
                        .map(ServiceMatcherTest::simplified)
                        .filter(term -> !term.isEmpty())
                        .anyMatch(term -> Pattern.compile(
                                        "(?<![\\p{L}\\p{Nd}])" + Pattern.quote(term) + "(?![\\p{L}\\p{Nd}])")
                                .matcher(simplified(text))
                                .find()))
                .map(Service::id)
                .collect(Collectors.toSet());
    }

    private static String simplified(String text) {
        return text.replace("\u0301", "")
                .replaceAll("[áÁ]", "a")
                .replaceAll("[ñÑ]", "n")
                .replace("ß", "ss")
                .replace('–', '-')
                .replace("𝐳", "z")
                .toLowerCase(Locale.ENGLISH)
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Test
    void followsACatalogueThatIsReplaced() {
        ServiceMatchers matchers = new ServiceMatchers();
        Service implant = service("implant", "Implante");
        Service renamed = service("implant", "Corona");

        ServiceMatcher first = matchers.of(Clinics.with(SOL, implant));
        assertThat(matchers.of(Clinics.with(SOL, implant))).isSameAs(first);
        assertThat(matchers.of(Clinics.with(LUNA, renamed)).servicesIn("implante, corona"))
                .containsExactly("implant");
        assertThat(matchers.of(Clinics.with(SOL, implant))).isSameAs(first);
        assertThat(matchers.of(Clinics.with(SOL, renamed)).servicesIn("implante"))
                .isEmpty();
    }

    @Test
    void forgetsTheClinicsThatAreLongUnseen() {
        ServiceMatchers matchers = new ServiceMatchers();
        ServiceMatcher first = matchers.of(Clinics.with(SOL, service("implant", "Implante")));
        for (int i = 0; i < 1_000; i++) {
            matchers.of(Clinics.with(ClinicId.of("c" + i), service("a", "a")));
        }
        assertThat(matchers.of(Clinics.with(SOL, service("implant", "Implante"))))
                .isNotSameAs(first);
    }

    private static Set<String> words(String list) {
        return list == null ? Set.of() : Set.copyOf(Arrays.asList(list.split(" ")));
    }
}
