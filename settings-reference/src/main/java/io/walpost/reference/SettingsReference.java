package io.walpost.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of docs/configuration, written from mappings of settings and their Javadoc, which Quarkus's annotation processor
 * has left beside the classes.
 *
 * <p>A test calls {@link #writeOrCompare}, which writes the page. In CI, where a page that differs is a mistake, it only
 * compares, like the formatter.
 */
public final class SettingsReference {

    private static final String JAVADOC = "META-INF/quarkus-javadoc.properties";
    private static final String HEADING =
            "\n| property and environment variable | default | meaning |\n| --- | --- | --- |\n";

    private final String introduction;
    private final Map<String, String> defaults;
    private final List<Class<?>> mappings;
    private final Properties javadoc = javadoc();

    /**
     * @param introduction the page up to its table
     * @param defaults what holds by property where nothing is set, if not what the mapping says
     * @param mappings each a {@link ConfigMapping}
     */
    public SettingsReference(String introduction, Map<String, String> defaults, Class<?>... mappings) {
        this.introduction = introduction;
        this.defaults = Map.copyOf(defaults);
        this.mappings = List.of(mappings);
    }

    /**
     * @param module the folder of the module that is tested
     * @param name of the page, as in {@code walpost-relay.md}
     * @return the page
     */
    public String writeOrCompare(Path module, String name) throws IOException {
        Path page = root(module.toAbsolutePath()).resolve("docs/configuration").resolve(name);
        String text = text();
        if (!"true".equals(System.getenv("CI"))) {
            Files.writeString(page, text);
        }
        assertThat(page)
                .as("docs/configuration/%s; ./walpost test writes it", name)
                .hasContent(text);
        return text;
    }

    private static Path root(Path folder) {
        return Files.exists(folder.resolve("docs/configuration")) ? folder : root(folder.getParent());
    }

    String text() {
        return introduction
                + mappings.stream()
                        .flatMap(mapping -> settings(
                                mapping,
                                mapping.getAnnotation(ConfigMapping.class).prefix()))
                        .sorted(Comparator.comparing(Setting::property))
                        .map(setting -> setting.row(defaults, javadoc))
                        .collect(Collectors.joining("\n", HEADING, "\n"));
    }

    private static Stream<Setting> settings(Class<?> group, String prefix) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(method -> new Setting(prefix, method))
                .flatMap(setting ->
                        setting.isGroup() ? settings(setting.type(), setting.property()) : Stream.of(setting));
    }

    /** Each module has a file of its own. */
    private static Properties javadoc() {
        Properties javadoc = new Properties();
        try {
            for (URL file :
                    Collections.list(SettingsReference.class.getClassLoader().getResources(JAVADOC))) {
                try (InputStream in = file.openStream()) {
                    javadoc.load(in);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return javadoc;
    }
}
