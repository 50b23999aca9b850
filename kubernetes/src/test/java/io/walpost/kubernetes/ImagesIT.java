package io.walpost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The images as files: who runs what in them, and what is not in them. */
class ImagesIT {

    private static final String PROGRAMS = "io.walpost.kubernetes.Program#all";
    private static final int ANYBODY_MAY_WRITE = 0222;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource(PROGRAMS)
    void runsAsNobodyInParticular(Program program) {
        ImageArchive image = TestImages.of(program);
        assertThat(image.tag()).isEqualTo("walpost/" + program.name() + ":" + TestImages.VERSION);
        assertThat(image.config().get("User").asText()).isEqualTo("10001:10001");
        assertThat(image.config().get("WorkingDir").asText()).isEqualTo("/walpost");
        assertThat(image.config().get("ExposedPorts").has(program.port() + "/tcp"))
                .isTrue();
        assertThat(image.config()
                        .get("Labels")
                        .get("org.opencontainers.image.title")
                        .asText())
                .isEqualTo("walpost/" + program.name());
        assertThat(image.config()
                        .get("Labels")
                        .get("org.opencontainers.image.version")
                        .asText())
                .isEqualTo(TestImages.VERSION);
        assertThat(image.entrypoint()).isEqualTo(program.entrypoint());
        assertThat(image.environment())
                .as("of the base image, and its own; no secret")
                .contains("JAVA_HOME=/opt/java")
                .noneMatch(variable -> variable.matches("(?i).*(password|secret|token|jaas).*"));
    }

    @ParameterizedTest
    @MethodSource(PROGRAMS)
    void hasWhatIsOfOthersInALayerOfItsOwn(Program program) throws Exception {
        List<List<String>> layers = TestImages.of(program).layers().stream()
                .map(entries -> entries.stream()
                        .filter(entry -> !entry.isDirectory())
                        .map(entry -> "/" + entry.getName())
                        .toList())
                .toList();
        assertThat(layers).as("the base, libraries, ours").hasSize(3);
        assertThat(layers.get(1)).isNotEmpty().allMatch(name -> name.startsWith("/walpost/lib/"));
        assertThat(layers.get(1)).noneMatch(name -> name.contains("io.walpost."));
        assertThat(layers.get(2)).contains("/walpost/quarkus-run.jar").anyMatch(name -> name.contains("io.walpost."));
        assertThat(layers.get(2)).hasSizeLessThan(layers.get(1).size());
        assertThat(layers.stream().flatMap(List::stream))
                .noneMatch(name -> name.endsWith("/app.aot") || name.contains("/.env") || name.endsWith(".pem"));
    }

    @ParameterizedTest
    @MethodSource(PROGRAMS)
    void letsNobodyWriteItsFiles(Program program) throws Exception {
        List<TarArchiveEntry> ours = TestImages.of(program).layers().stream()
                .skip(1)
                .flatMap(List::stream)
                .toList();
        assertThat(ours).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.getLongUserId()).as(entry.getName()).isZero();
            if (!entry.isDirectory()) {
                assertThat(entry.getMode() & ANYBODY_MAY_WRITE)
                        .as(entry.getName())
                        .isZero();
            }
        });
    }

    @Test
    void startsTheRelayWithTheOptionsThatItIsMeasuredWith() throws Exception {
        Program relay = relay();
        assertThat(TestImages.of(relay).layers().get(2))
                .filteredOn(entry -> entry.getName().equals("walpost/relay.sh"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getMode() & 0777).isEqualTo(0555));
        assertThat(relay.entrypoint()).containsExactly("/walpost/relay.sh");
    }

    @Test
    void isTheSameWheneverItIsBuilt() throws Exception {
        TestImages.of(relay());
        String base = "tar://" + Path.of("target", "test-images", "base.tar").toAbsolutePath();
        List<String> digests = List.of("one.tar", "two.tar").stream()
                .map(name -> {
                    try {
                        return new ImageBuilder(Manifests.ROOT, base, Set.of(), "1")
                                .build(
                                        relay(),
                                        Containerizer.to(TarImage.at(folder.resolve(name))
                                                        .named("walpost/relay:1"))
                                                .setApplicationLayersCache(folder.resolve(name + "-cache"))
                                                .setBaseImageLayersCache(folder.resolve("base-cache")))
                                .getDigest()
                                .toString();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.toList());
        assertThat(digests.getFirst()).isEqualTo(digests.getLast());
        assertThat(Files.size(folder.resolve("one.tar"))).isPositive();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Containerizer target =
                Containerizer.to(TarImage.at(folder.resolve("x.tar")).named("x"));
        assertThatThrownBy(() -> new ImageBuilder(folder, "tar:///base.tar", Set.of(), "1").build(relay(), target))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("./walpost package builds it");
        assertThatThrownBy(() -> new ImageBuilder(Manifests.ROOT, "tar://" + folder.resolve("no.tar"), Set.of(), "1")
                        .build(relay(), target))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("no.tar");
    }

    private static Program relay() {
        return Program.all()
                .filter(program -> program.name().equals("relay"))
                .findFirst()
                .orElseThrow();
    }
}
