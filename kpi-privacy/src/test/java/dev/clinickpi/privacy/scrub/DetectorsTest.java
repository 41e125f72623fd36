package dev.clinickpi.privacy.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a chat, by type. The values are invented; those with check digits have the right ones. */
class DetectorsTest {

    private static final StandardScrubber SCRUBBER = StandardScrubber.create();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llámame al 612345678 porfa          | llámame al [PHONE] porfa
            +34 612 34 56 78                    | [PHONE]
            (+34) 612-34-56-78                  | [PHONE]
            0034 612 345 678                    | [PHONE]
            34 945007000                        | [PHONE]
            612.345.678                         | [PHONE]
            6 1 2 3 4 5 6 7 8                   | [PHONE]
            612345678ya                         | [PHONE]ya
            tel612345678                        | tel[PHONE]
            fijo 91 123 45 67 ext. 12           | fijo [PHONE]
            mi cel 55 1234 5678                 | mi cel [PHONE]
            5215512345678                       | [PHONE]
            +52 1 55 1234 5678                  | [PHONE]
            044 55 1234 5678                    | [PHONE]
            +54 9 11 2345-6789                  | [PHONE]
            011 15-2345-6789                    | [PHONE]
            15 2345 6789                        | [PHONE]
            300 123 4567                        | [PHONE]
            +56 9 6123 4567                     | [PHONE]
            987 654 321 es el suyo              | [PHONE] es el suyo
            Tel: 55304000                       | Tel: [PHONE]
            +49 1512 3456789                    | [PHONE]
            whatsapp 491512345678               | whatsapp [PHONE]
            34612345678@s.whatsapp.net          | [PHONE]
            120363041234567890@g.us             | [PHONE]
            https://wa.me/34612345678           | [PHONE]
            seis uno dos 34 56 78               | [PHONE]
            seiscientos doce treinta y cuatro cincuenta y seis setenta y ocho | [PHONE]
            six one two three four five six seven eight | [PHONE]
            seis doce treinta cuatro cincuenta seis setenta ocho | [PHONE]
            seis doble uno triple dos 34 5      | [PHONE]
            6l2 34 56 7O                        | [PHONE]
            6 1 2 o 4 5 6 7 8                   | [PHONE]
            612 345 678 o mañana                | [PHONE] o mañana
            612 345 678 o 612 345 679           | [PHONE] o [PHONE]
            612 guion 345 guion 678             | [PHONE]
            dos citas: 612345678                | dos citas: [PHONE]
            612345678 934567890                 | [PHONE] [PHONE]
            """)
    void phones(String text, String scrubbed) {
        assertThat(SCRUBBER.scrub(text)).isEqualTo(scrubbed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cita el 12/05/2026 a las 10:30",
                "del 01-02-2026 al 05-02-2026",
                "2026-03-02T20:14:07Z",
                "llámame el 12/05/2026",
                "llámame 09:30-11:30",
                "el móvil costó 1.250.000,00",
                "son 1.250.000,00 pesos",
                "entre 416.000 y 722.000 pesos",
                "factura 202600123456",
                "pedido nº 612345678",
                "612345678 pesos",
                "opciones 1, 2, 3, 4, 5, 6, 7, 8, 9",
                "LDH 340 (230-460); GOT 44 (2-37)",
                "plaquetas 51000, 9100 leucocitos",
                "TA 120/80, FC 75, 36,5",
                "AV de 0,5 en OD, positivo para CD 20",
                "vitamina C. Además, calcio",
                "salió a la calle. Fue bien",
                "hepatitis C 2019",
                "versión 10.12.0.415",
                "g612345678",
                "612345678k2",
                "nos vemos at home a las 5",
                "@ 5",
                "id 12",
                "550e8400-e29b-41d4-a716-446655440000"
            })
    void otherNumbersStay(String text) {
        assertThat(SCRUBBER.scrub(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ana.gil+citas@example.com           | [EMAIL]
            Escribe a ana@example.com. Gracias  | Escribe a [EMAIL]. Gracias
            (ana_gil-2@mail.example.co.uk)      | ([EMAIL])
            ana @ example . com                 | [EMAIL]
            ana (at) example (dot) com          | [EMAIL]
            ana[at]example[.]com                | [EMAIL]
            ana punto gil arroba gmail punto com | [EMAIL]
            ana guion bajo gil arroba hotmail.com | [EMAIL]
            anagil arroba gmail com             | [EMAIL]
            ana at gmail dot com                | [EMAIL]
            аnа@ехаmрlе.соm                     | [EMAIL]
            ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ         | [EMAIL]
            a\u200bna@exam\u00adple.com         | [EMAIL]
            maría@example.com                   | [EMAIL]
            ana@localhost                       | [EMAIL]
            mi insta es @ana_gil                | mi insta es [URL]
            https://www.instagram.com/ana.gil   | [URL]
            linkedin.com/in/ana-gil-123         | [URL]
            """)
    void addressesOnTheNet(String text, String scrubbed) {
        assertThat(SCRUBBER.scrub(text)).isEqualTo(scrubbed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12345678Z                           | [ID]
            12.345.678-Z                        | [ID]
            x1234567l                           | [ID]
            B12345674                           | [ID]
            B58010000                           | [ID]
            Q5801000J                           | [ID]
            28/12345678/40                      | [ID]
            GODE561231HDFRRN04                  | [ID]
            GODE561231GR8                       | [ID]
            76.086.428-5                        | [ID]
            20-12345678-6                       | [ID]
            pasaporte AAB123456                 | pasaporte [ID]
            mi DNI es el 12345678               | mi DNI es el [ID]
            DNI 45.678.912                      | DNI [ID]
            cédula 1.020.304.050                | cédula [ID]
            NHC: 2569870                        | NHC: [ID]
            NºCol: 28 28 20943                  | NºCol: [ID]
            wamid.HBgLMzQ2MTIzNDU2NzgVAgARGBI1  | [ID]
            ES91 2100 0418 4502 0005 1332       | [IBAN]
            es9121000418450200051332            | [IBAN]
            DE89370400440532013000              | [IBAN]
            4111 1111 1111 1111                 | [CARD]
            5555-5555-5555-4444                 | [CARD]
            3782 822463 10005                   | [CARD]
            """)
    void identifiersAndAccounts(String text, String scrubbed) {
        assertThat(SCRUBBER.scrub(text)).isEqualTo(scrubbed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678A",
                "X1234567A",
                "B12345675",
                "76.086.428-4",
                "20-12345678-7",
                "ES91 2100 0418 4502 0005 1333",
                "4111 1111 1111 1112"
            })
    void wrongCheckDigitsMakeNone(String text) {
        assertThat(SCRUBBER.find(text))
                .noneMatch(span -> span.length() == text.length()
                        && (span.type() == PiiType.ID || span.type() == PiiType.IBAN || span.type() == PiiType.CARD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vivo en calle mayor 23 2b           | vivo en [ADDRESS]
            Calle Carmen Romero, 23, 1D.        | [ADDRESS].
            C/ José Ortega, 3, Bajo A, 28035 Madrid | [ADDRESS]
            Avda. de la Constitución s/n        | [ADDRESS]
            Plaza de la Encarnación, 32 - 1º B  | [ADDRESS]
            Calle 45 # 12-34                    | [ADDRESS]
            Cra 7 No. 71-21 apto 302            | [ADDRESS]
            Av. Insurgentes 1602 int 4          | [ADDRESS]
            Jr. Los Olivos 123                  | [ADDRESS]
            Paseo de la Castellana 100, 3º izq  | [ADDRESS]
            Apartado de Correos 20134           | [ADDRESS]
            CP: 28035                           | CP: [ADDRESS]
            Domicilio: La casa roja             | Domicilio: [ADDRESS]
            """)
    void addresses(String text, String scrubbed) {
        assertThat(SCRUBBER.scrub(text)).isEqualTo(scrubbed);
    }
}
