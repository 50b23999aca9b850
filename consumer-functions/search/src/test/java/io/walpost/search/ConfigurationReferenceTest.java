package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Writes docs/configuration/walpost-search.md from the settings; in CI, like the formatter, it only compares. */
class ConfigurationReferenceTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "configuration", "walpost-search.md");

    @Test
    void documentsEverySetting() throws IOException {
        String page = page();
        if (!"true".equals(System.getenv("CI"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/configuration/walpost-search.md; ./walpost test writes it")
                .isEqualTo(page);
        assertThat(page).contains("| `walpost.search.create-index`<br>`WALPOST_SEARCH_CREATE_INDEX` | `false` |");
    }

    private static String page() throws IOException {
        Properties javadoc = new Properties();
        try (InputStream in = SearchSettings.class.getResourceAsStream("/META-INF/quarkus-javadoc.properties")) {
            javadoc.load(in);
        }
        return Arrays.stream(SearchSettings.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> row(method, javadoc))
                .collect(Collectors.joining("\n", """
                        # Settings of search

                        Written by the build from `SearchSettings`; do not edit. They come on top of
                        [those of every consumer](walpost-consumer.md).

                        | property and environment variable | default | meaning |
                        | --- | --- | --- |
                        """, "\n"));
    }

    private static String row(Method setting, Properties javadoc) {
        String key = SearchSettings.class.getCanonicalName() + "." + setting.getName();
        String meaning = javadoc.getProperty(key);
        assertThat(meaning).as("Javadoc of %s", key).isNotBlank();
        String name = "walpost.search."
                + setting.getName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        WithDefault value = setting.getAnnotation(WithDefault.class);
        return "| `%s`<br>`%s` | %s | %s |"
                .formatted(
                        name,
                        name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                        value == null ? "" : "`" + value.value() + "`",
                        meaning.replace("\n", " "));
    }
}
