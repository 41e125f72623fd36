package dev.clinickpi.testkit.canary;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Goes through all that can be reached from an object by the fields of the library's own classes, and through collections, and looks at what it finds. */
final class ObjectWalk {

    private static final String OWN_CODE = "dev.clinickpi";

    private final CanarySearch search;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private final boolean isPrinted;

    /** @param isPrinted whether what an object prints is looked at, beside what it holds */
    ObjectWalk(CanarySearch search, boolean isPrinted) {
        this.search = search;
        this.isPrinted = isPrinted;
    }

    Optional<Canary> from(Object root) {
        waiting.add(root);
        Optional<Canary> found = Optional.empty();
        while (found.isEmpty() && !waiting.isEmpty()) {
            found = look(waiting.remove());
        }
        return found;
    }

    private Optional<Canary> look(Object value) {
        if (value instanceof CharSequence text) {
            return search.in(text.toString());
        } else if (value instanceof Long || value instanceof Integer) {
            return search.in(((Number) value).longValue());
        } else if (value instanceof Enum || value instanceof Class || !seen.add(value)) {
            return Optional.empty();
        } else if (value instanceof byte[] bytes) {
            return search.in(bytes);
        } else if (value.getClass().isArray()) {
            return lookAtArray(value);
        }
        enter(value);
        return isPrinted && (isOwn(value) || value instanceof Throwable || value instanceof Comparable)
                ? search.in(String.valueOf(value))
                : Optional.empty();
    }

    private Optional<Canary> lookAtArray(Object array) {
        for (int i = 0; i < Array.getLength(array); i++) {
            if (array instanceof long[] numbers) {
                Optional<Canary> found = search.in(numbers[i]);
                if (found.isPresent()) {
                    return found;
                }
            } else if (array instanceof Object[] objects) {
                push(objects[i]);
            }
        }
        return array instanceof char[] text ? search.in(new String(text)) : Optional.empty();
    }

    private void enter(Object value) {
        if (value instanceof Iterable<?> all) {
            all.forEach(this::push);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, mapped) -> {
                push(key);
                push(mapped);
            });
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(this::push);
        } else if (value instanceof AtomicReference<?> reference) {
            push(reference.get());
        } else if (value instanceof AtomicReferenceArray<?> references) {
            for (int i = 0; i < references.length(); i++) {
                push(references.get(i));
            }
        } else if (value instanceof Throwable fault) {
            push(fault.getMessage());
            push(fault.getCause());
            push(fault.getSuppressed());
        }
        if (isOwn(value)) {
            enterFields(value, value.getClass());
        }
    }

    private void enterFields(Object owner, @Nullable Class<?> type) {
        if (type == null || !type.getName().startsWith(OWN_CODE)) {
            return;
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                try {
                    push(field.get(owner));
                } catch (IllegalAccessException e) {
                    throw new AssertionError("A field of " + type.getSimpleName() + " cannot be read", e);
                }
            }
        }
        enterFields(owner, type.getSuperclass());
    }

    private void push(@Nullable Object value) {
        if (value != null) {
            waiting.add(value);
        }
    }

    private static boolean isOwn(Object value) {
        return value.getClass().getName().startsWith(OWN_CODE);
    }
}
