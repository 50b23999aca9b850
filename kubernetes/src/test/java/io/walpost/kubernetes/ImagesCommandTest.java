package io.walpost.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What becomes of the files of an earlier call, and that {@code ./walpost package} knows the options. */
class ImagesCommandTest {

    @TempDir
    private Path root;

    private Path images;

    @BeforeEach
    void packagesARelayBesideAnImageOfAnEarlierCall() throws Exception {
        Path app = Files.createDirectories(root.resolve("relay-function/service/target/quarkus-app"));
        Files.writeString(app.resolve("quarkus-run.jar"), "a program");
        images = Files.createDirectories(root.resolve("kubernetes/target/images"));
        Files.writeString(images.resolve("relay.tar"), "an earlier one");
    }

    @Test
    void keepsAnImageThatItCannotReplace() {
        assertThat(run("--base", "tar://" + root.resolve("no.tar"), "relay").exit())
                .isEqualTo(1);
        assertThat(images.resolve("relay.tar")).hasContent("an earlier one");
        assertThat(images).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void replacesAnImage() throws Exception {
        Path base = root.resolve("base.tar");
        Jib.fromScratch()
                .addLayer(List.of(Files.writeString(root.resolve("os-release"), "NAME=\"a base\"\n")), "/usr/lib")
                .containerize(Containerizer.to(TarImage.at(base).named("test/base:1"))
                        .setApplicationLayersCache(root.resolve("cache"))
                        .setBaseImageLayersCache(root.resolve("cache/base")));

        Outcome outcome = run("--base", "tar://" + base, "--tag", "7", "relay");

        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(new ImageArchive(images.resolve("relay.tar")).tag()).isEqualTo("walpost/relay:7");
        try (Stream<Path> files = Files.list(images)) {
            assertThat(files).containsExactly(images.resolve("relay.tar"));
        }
    }

    /** The launcher looks at them before it builds anything. */
    @Test
    void hasNoOptionThatTheLauncherDoesNotKnow() throws Exception {
        Outcome help = launch("--help");
        assertThat(help.exit()).isZero();
        assertThat(help.output()).contains("--no-images");
        for (OptionSpec option :
                new CommandLine(new ImagesCommand(root)).getCommandSpec().options()) {
            assertThat(help.output()).contains(option.longestName());
            if (!option.usageHelp()) {
                Outcome alone = launch(option.longestName());
                assertThat(alone.exit()).isEqualTo(2);
                assertThat(alone.output()).startsWith(option.longestName() + " needs a value.\n");
            }
        }
    }

    private record Outcome(int exit, String output) {}

    private Outcome run(String... arguments) {
        StringWriter output = new StringWriter();
        int exit = new CommandLine(new ImagesCommand(root))
                .setErr(new PrintWriter(output, true))
                .execute(arguments);
        return new Outcome(exit, output.toString());
    }

    /** Only what ends before it would build. */
    private static Outcome launch(String argument) throws Exception {
        Process process = new ProcessBuilder(Manifests.ROOT.resolve("walpost").toString(), "package", argument)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
