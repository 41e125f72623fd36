package dev.clinickpi.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.clinickpi.codec.WordCache;
import java.io.IOException;

/** Makes an event of one line of JSON. */
final class EventParser {

    static final String NOT_JSON = "must be one JSON object, well-formed and with nothing behind it";
    static final String TOO_INTRICATE = "must not nest deeper than " + LineParsers.MAX_DEPTH
            + " levels nor name a field with more than " + LineParsers.MAX_NAME + " characters";

    private static final int MAX_DIGITS = 18;

    private final LineParsers parsers = new LineParsers();
    private final EventFields fields = new EventFields();
    private final WordCache words = new WordCache();
    private final EventMaker maker = new EventMaker(new ClinicIds());

    /**
     * The event of the line that these bytes hold, in UTF-8.
     *
     * @throws InvalidEventException if they hold none; its field is empty when the line as a whole is at fault
     */
    KpiEvent parse(byte[] bytes, int start, int end) {
        fields.clear();
        readLine(bytes, start, end);
        return maker.event(fields);
    }

    private void readLine(byte[] bytes, int start, int end) {
        // Jackson would guess UTF-16 or UTF-32 from zeros among the first bytes
        if (bytes[start] != '{' || (end - start > 1 && bytes[start + 1] == 0)) {
            throw new InvalidEventException("", NOT_JSON);
        }
        try (JsonParser parser = parsers.parser(bytes, start, end)) {
            parser.nextToken();
            readObject(parser);
            if (parser.nextToken() != null) {
                throw new InvalidEventException("", NOT_JSON);
            }
        } catch (StreamConstraintsException e) {
            throw new InvalidEventException("", TOO_INTRICATE);
        } catch (IOException e) {
            // not its message nor itself as the cause: it quotes the line
            throw new InvalidEventException("", NOT_JSON);
        }
    }

    private void readObject(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            EventField field = EventField.of(name);
            JsonToken token = parser.nextToken();
            if (field == null) {
                parsers.strange(name);
                parsers.skip(parser);
            } else {
                readValue(parser, token, field);
            }
        }
    }

    private void readMoney(JsonParser parser, EventField amount, EventField currency) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case "amount" -> readValue(parser, token, amount);
                case "currency" -> readValue(parser, token, currency);
                default -> {
                    parsers.strange(name);
                    parsers.skip(parser);
                }
            }
        }
    }

    private void readValue(JsonParser parser, JsonToken token, EventField field) throws IOException {
        switch (token) {
            case VALUE_NULL -> fields.putNull(field);
            case VALUE_STRING -> readString(parser, field);
            case VALUE_NUMBER_INT -> readWhole(parser, field);
            case START_OBJECT -> readObject(parser, field);
            default -> {
                fields.putOther(field);
                parsers.skip(parser);
            }
        }
    }

    private void readString(JsonParser parser, EventField field) throws IOException {
        switch (field.form()) {
            case TEXT -> fields.putText(field, parser.getText());
            case WORD ->
                fields.putText(
                        field, words.word(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
            case INSTANT -> readInstant(parser, field);
            default -> fields.putOther(field);
        }
    }

    private void readInstant(JsonParser parser, EventField field) throws IOException {
        long millis = InstantText.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (millis == InstantText.NONE) {
            fields.putOther(field);
        } else {
            fields.putInstant(field, millis);
        }
    }

    private void readWhole(JsonParser parser, EventField field) throws IOException {
        // no number of more digits is in any field's range, and Jackson would throw
        if (field.form() == EventField.Form.WHOLE && parser.getTextLength() <= MAX_DIGITS) {
            fields.putWhole(field, parser.getLongValue());
        } else {
            fields.putOther(field);
        }
    }

    private void readObject(JsonParser parser, EventField field) throws IOException {
        switch (field) {
            case VALUE -> {
                fields.putObject(field);
                readMoney(parser, EventField.VALUE_AMOUNT, EventField.VALUE_CURRENCY);
            }
            case COST -> {
                fields.putObject(field);
                readMoney(parser, EventField.COST_AMOUNT, EventField.COST_CURRENCY);
            }
            default -> {
                fields.putOther(field);
                parsers.skip(parser);
            }
        }
    }
}
