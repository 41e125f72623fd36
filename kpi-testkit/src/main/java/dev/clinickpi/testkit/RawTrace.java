package dev.clinickpi.testkit;

import dev.clinickpi.event.Fact;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that can be reached from a fact by its fields: every text as it stands, every number as decimal text. */
final class RawTrace {

    private static final String OWN_CODE = "dev.clinickpi";

    private final List<String> texts = new ArrayList<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private RawTrace() {}

    static List<String> of(Fact fact) {
        RawTrace trace = new RawTrace();
        trace.visit(fact);
        trace.texts.add(fact.toString());
        return trace.texts;
    }

    private void visit(@Nullable Object value) {
        if (value == null || !seen.add(value)) {
            return;
        }
        if (value instanceof Collection<?> collection) {
            collection.forEach(this::visit);
        } else if (value instanceof Map<?, ?> map) {
            visit(map.keySet());
            visit(map.values());
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                visit(Array.get(value, i));
            }
        } else if (value.getClass().getName().startsWith(OWN_CODE) && !(value instanceof Enum)) {
            visitFields(value, value.getClass());
        } else {
            texts.add(value.toString());
        }
    }

    private void visitFields(Object owner, @Nullable Class<?> type) {
        if (type == null || type == Object.class) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                try {
                    visit(field.get(owner));
                } catch (IllegalAccessException e) {
                    throw new AssertionError("A field of " + type.getSimpleName() + " cannot be read", e);
                }
            }
        }
        visitFields(owner, type.getSuperclass());
    }
}
