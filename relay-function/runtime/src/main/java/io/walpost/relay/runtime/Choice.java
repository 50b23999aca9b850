package io.walpost.relay.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads a setting that is one of a few words. */
final class Choice {

    private Choice() {}

    /** @throws IllegalArgumentException naming the setting and the words */
    static <E extends Enum<E>> E of(Class<E> type, String text, String setting) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text.trim().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(setting + " '" + text + "' is none of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Choice::word)
                                .collect(Collectors.joining(", "))));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
