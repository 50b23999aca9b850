package io.walpost.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code ./walpost package} makes and what it leaves alone. Maven and Java are scripts: the one makes the function, the
 * other the images, and both say in a file that they ran.
 */
class PackageCommandTest {

    private static final String FUNCTION = "relay-function/lambda/target/function.zip";
    private static final String RELAY = "kubernetes/target/images/relay.tar";
    private static final String BILLING = "kubernetes/target/images/billing.tar";

    private static final String EARLIER = "of an earlier call";
    private static final String NEW = "of this call";

    @TempDir
    private Path folder;

    @BeforeEach
    void makesATreeInWhichAllWasBuiltBefore() throws IOException {
        script("walpost", Files.readString(TestStage.ROOT.resolve("walpost")));
        file(
                "deploy/artifacts.tsv",
                "relay\tzip\t" + FUNCTION + "\nrelay\timage\t" + RELAY + "\nbilling\timage\t" + BILLING + "\n");
        file("relay-function/lambda/pom.xml", "");
        for (String artifact : List.of(FUNCTION, RELAY, BILLING)) {
            file(artifact, EARLIER);
        }
        script("mvnw", "#!/bin/sh\necho maven >>ran.txt\nprintf '" + NEW + "' >" + FUNCTION + "\n");
        file("jdk/release", "JAVA_VERSION=\"25\"\n");
        script("jdk/bin/javac", "#!/bin/sh\n");
        java("for image in relay billing; do printf '" + NEW + "' >kubernetes/target/images/$image.tar; done");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --bsae tar:///base.tar               | There is no option '--bsae'.
                    --no-image                           | There is no option '--no-image'.
                    --no-images=yes                      | There is no option '--no-images=yes'.
                    --tag                                | --tag needs a value.
                    --push --tag 1                       | --push needs a value.
                    --base=                              | --base needs a value.
                    --base tar:///no/such/file.tar       | There is no file /no/such/file.tar, which --base names.
                    --platform arm64                     | 'arm64' is no platform; one is linux/amd64, another linux/arm64.
                    --push r --platform linux/arm64,arm  | 'arm' is no platform; one is linux/amd64, another linux/arm64.
                    --platform linux/amd64,linux/arm64   | A file holds one platform: name one, or --push to a registry.
                    --base tar://pom.xml --platform a/b  | A base image in a file has a platform of its own: leave --platform out.
                    relay biling                         | There is no program 'biling'.
                    ../relay                             | There is no program '../relay'.
                    """)
    void refusesWrongOptionsBeforeItTouchesAnything(String options, String message) throws Exception {
        Outcome outcome = run(options.split(" "));
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.output()).startsWith(message + "\n\nUsage: ./walpost package [options]");
        assertThat(folder.resolve("ran.txt")).doesNotExist();
        for (String artifact : List.of(FUNCTION, RELAY, BILLING)) {
            assertThat(folder.resolve(artifact)).hasContent(EARLIER);
        }
    }

    @Test
    void tellsItsOptionsWithoutBuildingAnything() throws Exception {
        for (String help : List.of("-h", "--help")) {
            Outcome outcome = run(help);
            assertThat(outcome.exit()).isZero();
            assertThat(outcome.output()).contains("--no-images", "--base", "--push", "--platform", "--tag");
        }
        assertThat(folder.resolve("ran.txt")).doesNotExist();
    }

    @Test
    void givesTheImagesTheirOptions() throws Exception {
        Outcome outcome =
                run("--base", "a b", "--platform=linux/arm64", "--tag=1", "--push", "r/w", "relay", "relay", "billing");
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(folder.resolve("ran.txt"))
                .hasContent("maven\n[--base=a b][--platform=linux/arm64][--push=r/w][--tag=1][relay][billing]");
    }

    @Test
    void makesEverything() throws Exception {
        Outcome outcome = run();
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(FUNCTION, RELAY, BILLING);
        assertThat(folder.resolve(FUNCTION)).hasContent(NEW);
        assertThat(folder.resolve(RELAY)).hasContent(NEW);
    }

    @Test
    void leavesImagesAloneThatItDoesNotMake() throws Exception {
        java("exit 9");
        Outcome functions = run("--no-images");
        assertThat(functions.exit()).as(functions.output()).isZero();
        assertThat(functions.output()).contains(FUNCTION).doesNotContain(RELAY);
        assertThat(folder.resolve(FUNCTION)).hasContent(NEW);
        assertThat(folder.resolve(RELAY)).hasContent(EARLIER);

        java(":");
        Outcome pushed = run("--push", "registry.example.com/walpost");
        assertThat(pushed.exit()).as(pushed.output()).isZero();
        assertThat(folder.resolve(RELAY)).hasContent(EARLIER);

        java("printf '" + NEW + "' >kubernetes/target/images/relay.tar");
        Outcome one = run("relay");
        assertThat(one.exit()).as(one.output()).isZero();
        assertThat(one.output()).contains(RELAY).doesNotContain(BILLING);
        assertThat(folder.resolve(BILLING)).hasContent(EARLIER);
    }

    @Test
    void takesNoFunctionOfAnEarlierCallForOneOfThisCall() throws Exception {
        script("mvnw", "#!/bin/sh\n");
        Outcome outcome = run("--no-images");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("MISSING", "1 of what deploy/artifacts.tsv lists is missing.");
    }

    @Test
    void failsWithTheImages() throws Exception {
        java("echo 'The base image is not to be had' >&2; exit 1");
        Outcome outcome = run();
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).endsWith("The base image is not to be had\n");
        assertThat(folder.resolve(RELAY)).hasContent(EARLIER);
    }

    private record Outcome(int exit, String output) {}

    private Outcome run(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("package"));
        arguments.addAll(List.of(options));
        Map<String, String> environment =
                Map.of("JAVA_HOME", folder.resolve("jdk").toString());
        try (LauncherProcess launcher = LauncherProcess.start(
                folder.resolve("walpost"), folder, environment, arguments.toArray(String[]::new))) {
            int exit = launcher.awaitExit();
            return new Outcome(exit, launcher.output());
        }
    }

    /** Its first three arguments are the launcher's own. */
    private void java(String commands) throws IOException {
        script("jdk/bin/java", """
                #!/bin/sh
                cd '%s' && shift 3
                { printf '[%%s]' "$@"; echo; } >>ran.txt
                %s
                """.formatted(folder, commands));
    }

    private void script(String name, String text) throws IOException {
        Files.setPosixFilePermissions(file(name, text), PosixFilePermissions.fromString("rwx------"));
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
