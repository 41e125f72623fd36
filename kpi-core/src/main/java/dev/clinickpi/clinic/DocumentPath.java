package dev.clinickpi.clinic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.regex.Pattern;

/** Where a value stands in a document, such as {@code clinics[0].openingHours[1].FRIDAY[0]}, as the parser and as the validator see it. */
final class DocumentPath {

    private static final Pattern ID_SHAPED = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private DocumentPath() {}

    /** The path of the value that a parser stands at the beginning of. */
    static String of(JsonParser parser) {
        JsonStreamContext context = parser.getParsingContext();
        return of(parser.currentToken().isStructStart() ? context.getParent() : context);
    }

    private static String of(JsonStreamContext context) {
        if (context.inRoot()) {
            return "";
        }
        String parent = of(context.getParent());
        return context.inArray() ? parent + index(context.getCurrentIndex()) : field(parent, context.getCurrentName());
    }

    /** The path of a value that breaks a constraint. An index or a key belongs to the node behind the list or map that it is of. */
    static String of(Path violated) {
        String path = "";
        for (Path.Node node : violated) {
            if (node.getIndex() != null) {
                path += index(node.getIndex());
            } else if (node.getKey() != null) {
                path = field(path, node.getKey().toString());
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                path = field(path, node.getName());
            }
        }
        return path;
    }

    private static String index(int index) {
        return "[" + index + "]";
    }

    /** A key that a document makes up may say anything, so only one that looks like an id is repeated. */
    private static String field(String parent, String name) {
        String shown = ID_SHAPED.matcher(name).matches() ? name : "?";
        return parent.isEmpty() ? shown : parent + "." + shown;
    }
}
