package io.walpost.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** What Terraform calls metrics, settings and artifacts, held against those that there are. It needs no Terraform. */
class TerraformTest {

    private static final Path ROOT = TestStage.ROOT;
    private static final Path TERRAFORM = ROOT.resolve("infra-terraform");
    private static final Path ARTIFACTS = ROOT.resolve("deploy/artifacts.tsv");
    private static final Set<String> MADE = Set.of("target", ".terraform", ".git", ".walpost");

    private static final Pattern VARIABLE = Pattern.compile("\\b(?:WALPOST|KAFKA|QUARKUS)_[A-Z0-9_]+\\b");
    private static final Pattern QUOTED_VARIABLE = Pattern.compile("`(WALPOST_[A-Z0-9_]+)`");
    private static final Pattern QUOTED_PROPERTY = Pattern.compile("`([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+)`");
    private static final Pattern ZIP = Pattern.compile("([a-z-]+)\\s*= \"\\.\\./\\.\\./\\.\\./([^\"]+\\.zip)\"");

    @Test
    void alarmsAndDashboardNameMetricsThatTheFunctionsWrite() throws Exception {
        JsonNode namespaces = new ObjectMapper()
                .readTree(
                        TERRAFORM.resolve("modules/observability/metrics.json").toFile());
        assertThat(namespaces).hasSize(2);
        List<String> sources = texts(
                ROOT,
                path -> path.toString().contains("/src/main/java/")
                        && path.toString().endsWith(".java"));

        for (Map.Entry<String, JsonNode> namespace : namespaces.properties()) {
            List<String> constants = sources.stream()
                    .filter(source -> source.contains('"' + namespace.getKey() + '"'))
                    .toList();
            assertThat(constants).as("classes that name %s", namespace.getKey()).isNotEmpty();
            List<String> names = new ArrayList<>();
            names.add(namespace.getValue().get("dimension").asText());
            namespace.getValue().get("metrics").forEach(metric -> names.add(metric.asText()));
            for (String name : names) {
                assertThat(constants.stream().anyMatch(source -> source.contains('"' + name + '"')))
                        .as("a constant %s where %s is", name, namespace.getKey())
                        .isTrue();
            }
        }
    }

    @Test
    void environmentVariablesAreSettings() throws Exception {
        Set<String> documented = new TreeSet<>();
        for (String page : texts(ROOT.resolve("docs"), path -> path.toString().endsWith(".md"))) {
            documented.addAll(found(QUOTED_VARIABLE, page));
            found(QUOTED_PROPERTY, page).stream()
                    .filter(property -> property.startsWith("quarkus."))
                    .map(TerraformTest::variableOf)
                    .forEach(documented::add);
        }
        ProducerConfig.configNames().forEach(name -> documented.add(variableOf("kafka." + name)));

        Set<String> named = new TreeSet<>();
        for (String source : configurations()) {
            named.addAll(found(VARIABLE, source));
        }
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(documented).containsAll(named);
    }

    @Test
    void zipsAreThoseThatTheBuildMakes() throws Exception {
        Map<String, String> built = new TreeMap<>();
        for (String line : Files.readAllLines(ARTIFACTS)) {
            String[] fields = line.split("\t");
            if (fields.length == 3 && fields[1].equals("zip")) {
                built.put(fields[0], fields[2]);
            }
        }

        assertThat(zips("complete")).isEqualTo(built);
        assertThat(zips("existing-database")).hasSize(1).containsValue(built.get("relay"));
    }

    private static Map<String, String> zips(String example) throws IOException {
        Map<String, String> zips = new TreeMap<>();
        Matcher matcher = ZIP.matcher(Files.readString(TERRAFORM.resolve("examples/" + example + "/variables.tf")));
        while (matcher.find()) {
            zips.put(matcher.group(1), matcher.group(2));
        }
        return zips;
    }

    private static List<String> configurations() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String folder : List.of("modules", "examples")) {
            sources.addAll(
                    texts(TERRAFORM.resolve(folder), path -> path.toString().endsWith(".tf")));
        }
        return sources;
    }

    /** The texts of the files below a folder, without those that a build or a tool has made. */
    private static List<String> texts(Path folder, Predicate<Path> wanted) throws IOException {
        List<String> texts = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return MADE.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (wanted.test(file)) {
                    texts.add(Files.readString(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return texts;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.groupCount() == 0 ? matcher.group() : matcher.group(1));
        }
        return found;
    }

    /** As MicroProfile Config derives it. */
    private static String variableOf(String property) {
        return property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
