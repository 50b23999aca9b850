package io.walpost.relay.runtime;

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
import org.junit.jupiter.api.Test;

/**
 * Writes docs/configuration/walpost-relay.md from the settings and their Javadoc. In CI, where a file that differs is a
 * mistake, it only compares, like the formatter.
 */
class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "configuration", "walpost-relay.md");
    private static final String JAVADOC = "/META-INF/quarkus-javadoc.properties";

    @Test
    void documentsEverySetting() throws IOException {
        String page = page();
        if (!"true".equals(System.getenv("CI"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/configuration/walpost-relay.md; ./walpost test writes it")
                .isEqualTo(page);
        assertThat(page).contains("`walpost.relay.postgres.url`").contains("`WALPOST_RELAY_IN_FLIGHT_EVENTS`");
    }

    private static String page() throws IOException {
        Properties javadoc = new Properties();
        try (InputStream in = RelayConfig.class.getResourceAsStream(JAVADOC)) {
            javadoc.load(in);
        }
        String prefix = RelayConfig.class.getAnnotation(ConfigMapping.class).prefix();
        return """
               # Settings of the relay

               Written by the build from `RelayConfig`; do not edit. Every property `kafka.<name>` goes to the Kafka
               producer as `<name>` (`KAFKA_<NAME>` in the environment), among them `kafka.bootstrap.servers`, which is
               required, and all of TLS and SASL. The relay refuses to start with a property that would break its
               guarantees: `acks`, `enable.idempotence`, `max.in.flight.requests.per.connection`, `retries`,
               `delivery.timeout.ms`, `max.block.ms`, `transactional.id`, the serializers, and partitioners that do not go
               by the key. System properties come before the environment, and that before files.

               | property and environment variable | default | meaning |
               | --- | --- | --- |
               """ + settings(RelayConfig.class, prefix, javadoc).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> settings(Class<?> group, String prefix, Properties javadoc) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(method -> {
                    String name = prefix + "." + kebabCase(method.getName());
                    return method.getReturnType().getEnclosingClass() == RelayConfig.class
                            ? settings(method.getReturnType(), name, javadoc)
                            : Stream.of(row(method, name, javadoc));
                });
    }

    private static String row(Method method, String name, Properties javadoc) {
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
