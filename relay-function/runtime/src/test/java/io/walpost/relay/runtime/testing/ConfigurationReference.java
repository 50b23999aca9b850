package io.walpost.relay.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a page of docs/configuration/ from a group of settings and their Javadoc. In CI, where a file that differs is a
 * mistake, it only compares, like the formatter.
 */
public final class ConfigurationReference {

    private static final String JAVADOC = "/META-INF/quarkus-javadoc.properties";

    private final Class<?> config;
    private final Properties javadoc = new Properties();

    private ConfigurationReference(Class<?> config) throws IOException {
        this.config = config;
        try (InputStream in = config.getResourceAsStream(JAVADOC)) {
            javadoc.load(in);
        }
    }

    /**
     * @param name of the page, without its folder
     * @param introduction what stands before the table
     * @return the page
     */
    public static String check(String name, Class<?> config, String introduction) throws IOException {
        Path file = Path.of("..", "..", "docs", "configuration", name);
        String page = introduction + new ConfigurationReference(config).table();
        if (!"true".equals(System.getenv("CI"))) {
            Files.writeString(file, page);
        }
        assertThat(Files.readString(file))
                .as("docs/configuration/%s; ./walpost test writes it", name)
                .isEqualTo(page);
        return page;
    }

    private String table() {
        String prefix = config.getAnnotation(ConfigMapping.class).prefix();
        return """

               | property and environment variable | default | meaning |
               | --- | --- | --- |
               """ + settings(config, prefix).collect(Collectors.joining("\n", "", "\n"));
    }

    private Stream<String> settings(Class<?> group, String prefix) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(method -> {
                    String name = prefix + "." + kebabCase(method.getName());
                    return method.getReturnType().getEnclosingClass() == config
                            ? settings(method.getReturnType(), name)
                            : Stream.of(row(method, name));
                });
    }

    private String row(Method method, String name) {
        String key = method.getDeclaringClass().getCanonicalName() + "." + method.getName();
        String meaning = javadoc.getProperty(key);
        assertThat(meaning).as("Javadoc of %s", key).isNotBlank();
        String defaultValue = Optional.ofNullable(method.getAnnotation(WithDefault.class))
                .map(annotation -> "`" + annotation.value() + "`")
                .orElse("");
        String environment = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        // A variable's name cannot say a key's case.
        String names = method.getReturnType() == Map.class
                ? "`%s.\"<key>\"`".formatted(name)
                : "`%s`<br>`%s`".formatted(name, environment);
        return "| %s | %s | %s |"
                .formatted(names, defaultValue, meaning.replace("|", "\\|").replaceAll("\\s+", " "));
    }

    private static String kebabCase(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
