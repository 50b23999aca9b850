package io.walpost.relay.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names that a group of settings has, and those that only look so. */
final class SettingNames {

    /** Further away than this, a name is no misspelling of another. */
    private static final int NEAR = 6;

    /** Those of relay.sh, which are about the process. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("WALPOST_RELAY_JAVA_OPTS", "WALPOST_RELAY_AOT");

    private final String prefix;
    private final Set<String> known;

    /**
     * @param prefix what all names begin with, dot included
     * @param known all names; one with an asterisk stands for any key there
     */
    SettingNames(String prefix, Set<String> known) {
        this.prefix = prefix;
        this.known = new TreeSet<>(known);
    }

    /** Those of a group of settings, and of further ones whose names begin as the first one's do. */
    static SettingNames of(List<Class<?>> mappings) {
        return new SettingNames(
                mappings.getFirst().getAnnotation(ConfigMapping.class).prefix() + ".",
                mappings.stream()
                        .flatMap(mapping ->
                                ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream())
                        .collect(Collectors.toSet()));
    }

    /**
     * @param properties names from all sources
     * @param variables names of environment variables
     * @return for each name that means nothing a sentence, with the nearest name that does
     */
    List<String> unknown(Iterable<String> properties, Collection<String> variables) {
        List<String> sentences = new ArrayList<>();
        String variablePrefix = variable(prefix);
        for (String variable : new TreeSet<>(variables)) {
            if (variable.startsWith(variablePrefix)
                    && !OF_THE_SCRIPT.contains(variable)
                    && known.stream().noneMatch(name -> isNamed(name, variable))) {
                sentences.add(sentence(
                        "environment variable",
                        variable,
                        known.stream().map(SettingNames::variable).toList()));
            }
        }
        for (String property : properties) {
            boolean fromEnvironment = variables.contains(variable(property));
            if (property.startsWith(prefix)
                    && !fromEnvironment
                    && known.stream().noneMatch(name -> isSet(name, property))) {
                sentences.add(sentence("setting", property, known));
            }
        }
        return sentences;
    }

    /** A map's settings end in a key that anybody chooses, and a list's in an index. */
    private static boolean isSet(String name, String property) {
        return property.replaceAll("\\[\\d+]", "").equals(name.replace("[*]", ""))
                || name.contains("*") && property.startsWith(name.substring(0, name.indexOf('*')));
    }

    private static boolean isNamed(String name, String variable) {
        String own = variable(name.replace("[*]", ""));
        return variable.equals(own)
                || variable.matches(own + "_\\d+_")
                || own.contains("*") && variable.startsWith(own.substring(0, own.indexOf('*')));
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9*]", "_");
    }

    private static String sentence(String what, String name, Collection<String> candidates) {
        String nearest = candidates.stream()
                .filter(candidate -> distance(name, candidate) <= NEAR)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse(". docs/configuration/walpost-relay.md lists all settings.");
        return "The " + what + " " + name + " means nothing to the relay" + nearest;
    }

    /** How many letters have to be added, dropped or changed (Levenshtein). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
