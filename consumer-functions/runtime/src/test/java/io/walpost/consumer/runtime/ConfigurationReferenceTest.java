package io.walpost.consumer.runtime;

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
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Writes docs/configuration/walpost-consumer.md from the settings and their Javadoc. In CI, where a file that differs is
 * a mistake, it only compares, like the formatter.
 */
class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "configuration", "walpost-consumer.md");
    private static final String JAVADOC = "/META-INF/quarkus-javadoc.properties";

    @Test
    void documentsEverySetting() throws IOException {
        String page = page();
        if (!"true".equals(System.getenv("CI"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/configuration/walpost-consumer.md; ./walpost test writes it")
                .isEqualTo(page);
        assertThat(page).contains("`walpost.consumer.stalled-after`").contains("`WALPOST_CONSUMER_DEAD_LETTERS_TOPIC`");
    }

    private static String page() throws IOException {
        Properties javadoc = new Properties();
        try (InputStream in = ConsumerSettings.class.getResourceAsStream(JAVADOC)) {
            javadoc.load(in);
        }
        String prefix =
                ConsumerSettings.class.getAnnotation(ConfigMapping.class).prefix();
        return """
               # Settings of the consumers

               Written by the build from `ConsumerSettings`; do not edit. They are those of every consumer function, which
               refuses to start with a value that could only fail later. Required besides: `quarkus.datasource.jdbc.url`,
               `quarkus.datasource.username` and `.password`, `kafka.bootstrap.servers`, and the topic,
               `mp.messaging.incoming.events.topic`. Every property `kafka.<name>` (`KAFKA_<NAME>` in the environment), TLS
               and SASL among them, goes to the consumer and to the producer of the dead letters, whose `acks`,
               `enable.idempotence`, `retries`, timeouts and `max.request.size` are its own. The consumer is SmallRye's
               channel `events`: `mp.messaging.incoming.events.<name>`.

               | property and environment variable | default | meaning |
               | --- | --- | --- |
               """ + settings(ConsumerSettings.class, prefix, javadoc).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> settings(Class<?> group, String prefix, Properties javadoc) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(method -> {
                    String name = prefix + "." + kebabCase(method.getName());
                    return method.getReturnType().getEnclosingClass() == ConsumerSettings.class
                            ? settings(method.getReturnType(), name, javadoc)
                            : Stream.of(row(method, name, javadoc));
                });
    }

    private static String row(Method method, String name, Properties javadoc) {
        String key = method.getDeclaringClass().getCanonicalName() + "." + method.getName();
        String meaning = javadoc.getProperty(key);
        assertThat(meaning).as("Javadoc of %s", key).isNotBlank();
        String environment = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return "| `%s`<br>`%s` | %s | %s |"
                .formatted(
                        name,
                        environment,
                        defaultOf(method),
                        meaning.replace("\n", " ").replace("|", "\\|"));
    }

    private static String defaultOf(Method method) {
        WithDefault value = method.getAnnotation(WithDefault.class);
        if (value != null) {
            return "`" + value.value() + "`";
        }
        return method.getReturnType() == Optional.class ? "" : "required";
    }

    private static String kebabCase(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
