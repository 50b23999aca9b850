package io.walpost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.kubernetes.Artifacts.Artifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** deploy/artifacts.tsv against what is built. */
class ArtifactsTest {

    private static final Path FUNCTION = Path.of("target", "function.zip");

    @Test
    void listsTheImageOfEachProgram() {
        assertThat(Artifacts.all().stream().filter(artifact -> artifact.kind().equals("image")))
                .containsExactlyInAnyOrderElementsOf(Program.all()
                        .map(program -> new Artifact(
                                program.name(),
                                "image",
                                Path.of("kubernetes", "target", "images", program.name() + ".tar")))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("io.walpost.kubernetes.Program#all")
    void knowsWhereEachProgramServes(Program program) throws IOException {
        Properties settings = new Properties();
        try (var in = Files.newInputStream(
                Manifests.ROOT.resolve(program.module()).resolve("src/main/resources/application.properties"))) {
            settings.load(in);
        }
        assertThat(settings.getProperty("quarkus.http.port")).isEqualTo(Integer.toString(program.port()));
    }

    /**
     * A module is one of Lambda if it makes a function.zip, which Quarkus's extension does. The project's own pom, which
     * has no parent, only says which versions there are.
     */
    @Test
    void listsTheFunctionOfEachModuleOfLambda() throws IOException {
        assertThat(modulesOfLambda())
                .isNotEmpty()
                .isSubsetOf(functions().map(ArtifactsTest::module).toList());
    }

    private static List<Path> modulesOfLambda() throws IOException {
        try (Stream<Path> paths = Files.walk(Manifests.ROOT, 3)) {
            return paths.filter(path -> path.endsWith("pom.xml") && makesAFunction(path))
                    .map(path -> Manifests.ROOT.relativize(path.getParent()))
                    .toList();
        }
    }

    private static boolean makesAFunction(Path pom) {
        try {
            String text = Files.readString(pom);
            return text.contains("<parent>")
                    && text.contains("quarkus-maven-plugin")
                    && (text.contains("quarkus-amazon-lambda<") || text.contains("walpost-consumer-lambda<"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Artifact> functions() {
        return Artifacts.all().stream().filter(artifact -> artifact.kind().equals("zip"));
    }

    private static Path module(Artifact function) {
        return function.path().getParent().getParent();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void isMadeByAModule(Artifact function) throws IOException {
        assertThat(function.path().endsWith(FUNCTION)).isTrue();
        assertThat(modulesOfLambda()).contains(module(function));
    }
}
