package io.walpost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image in a registry is one for each platform, under one name. */
class PushedImagesIT {

    private static final String MANIFESTS = "manifests";
    private static final Program RELAY = Program.all()
            .filter(program -> program.name().equals("relay"))
            .findFirst()
            .orElseThrow();

    @TempDir
    static Path folder;

    private static TestRegistry registry;
    private static Set<Platform> both;

    @BeforeAll
    static void start() throws Exception {
        registry = new TestRegistry(ServerCertificate.create(folder));
        both = Platforms.chosen(List.of(), registry.image("base"), true);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static Containerizer to(String image) throws Exception {
        return Containerizer.to(RegistryImage.named(registry.image(image)))
                .setApplicationLayersCache(folder.resolve("cache"))
                .setBaseImageLayersCache(folder.resolve("base-cache"))
                // Its certificate is from nobody.
                .setAllowInsecureRegistries(true);
    }

    private static void pushBase(String image, Set<Platform> platforms) throws Exception {
        Path file = Files.writeString(folder.resolve("os-release"), "NAME=\"the tests' base\"\n");
        Jib.fromScratch()
                .setPlatforms(platforms)
                .addLayer(List.of(file), "/usr/lib")
                .containerize(to(image));
    }

    @Test
    void runsOnBothKindsOfNodes() throws Exception {
        pushBase("base:1", both);
        new ImageBuilder(Manifests.ROOT, registry.image("base:1"), both, "1").build(RELAY, to("walpost/relay:1"));
        List<String> platforms = new ArrayList<>();
        Set<List<JsonNode>> layers = new HashSet<>();
        for (JsonNode entry : registry.json("walpost/relay", MANIFESTS, "1").get("manifests")) {
            JsonNode image = registry.json(
                    "walpost/relay", MANIFESTS, entry.get("digest").asText());
            JsonNode config = registry.json(
                    "walpost/relay", "blobs", image.get("config").get("digest").asText());
            String platform =
                    config.get("os").asText() + "/" + config.get("architecture").asText();
            assertThat(platform)
                    .as("what the index says of it")
                    .isEqualTo(entry.get("platform").get("os").asText() + "/"
                            + entry.get("platform").get("architecture").asText());
            assertThat(config.get("config").get("Entrypoint").get(0).asText())
                    .isEqualTo(RELAY.entrypoint().getFirst());
            assertThat(config.get("config").get("User").asText()).isEqualTo(ImageBuilder.USER);
            platforms.add(platform);
            layers.add(List.copyOf(image.get("layers").findValues("digest")));
        }
        assertThat(platforms).containsExactly("linux/amd64", "linux/arm64");
        assertThat(layers).as("the programs are the same").singleElement().satisfies(names -> assertThat(names)
                .hasSize(3));
    }

    @Test
    void saysThatTheBaseImageIsForOnePlatform() throws Exception {
        pushBase("single:1", Set.of(new Platform("arm64", "linux")));
        assertThatThrownBy(() -> new ImageBuilder(Manifests.ROOT, registry.image("single:1"), both, "1")
                        .build(RELAY, to("walpost/relay:2")))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("single:1")
                .hasMessageContaining("multiple platforms");
    }
}
