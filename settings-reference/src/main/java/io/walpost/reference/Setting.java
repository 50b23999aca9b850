package io.walpost.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * One setting, or a group of them.
 *
 * @param prefix of the mapping or the group that it is in
 * @param method its method there
 */
record Setting(String prefix, Method method) {

    String property() {
        return prefix + "."
                + method.getName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    Class<?> type() {
        return method.getReturnType();
    }

    /** A group is declared within its mapping; values are of types from elsewhere. */
    boolean isGroup() {
        return type().isInterface() && type().getEnclosingClass() != null && type() != Map.Entry.class;
    }

    /** A row of the table. */
    String row(Map<String, String> defaults, Properties javadoc) {
        String key = method.getDeclaringClass().getCanonicalName() + "." + method.getName();
        String meaning = javadoc.getProperty(key);
        assertThat(meaning).as("Javadoc of %s", key).isNotBlank();
        return "| %s | %s | %s |"
                .formatted(
                        names(),
                        defaultValue(defaults),
                        meaning.replace("|", "\\|").replaceAll("\\s+", " "));
    }

    /** A variable's name cannot say the case of a key. */
    private String names() {
        return type() == Map.class
                ? "`%s.\"<key>\"`".formatted(property())
                : "`%s`<br>`%s`"
                        .formatted(
                                property(), property().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
    }

    private String defaultValue(Map<String, String> defaults) {
        WithDefault declared = method.getAnnotation(WithDefault.class);
        String value = defaults.getOrDefault(property(), declared == null ? null : declared.value());
        if (value != null) {
            return "`" + value + "`";
        }
        return type() == Optional.class || type() == Map.class ? "" : "required";
    }
}
