package io.walpost.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./walpost test} makes of Terraform's tests and Maven's, which here are scripts that only say that they ran. */
class TestCommandTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void copiesTheLauncher() throws IOException {
        script("walpost", Files.readString(TestStage.ROOT.resolve("walpost")));
    }

    @Test
    void runsBothAndGivesOptionsToMaven() throws Exception {
        assertThat(run(0, 0, "-q")).isEqualTo(new Outcome(0, "terraform \nmaven -B verify -q -T 2\n"));
        assertThat(run(0, 5)).isEqualTo(new Outcome(5, "terraform \nmaven -B verify -T 2\n"));
    }

    @Test
    void failsWithTerraform() throws Exception {
        assertThat(run(1, 0)).isEqualTo(new Outcome(1, "terraform \n"));
    }

    @Test
    void saysLastWhatWasSkipped() throws Exception {
        for (int maven : new int[] {0, 5}) {
            Outcome outcome = run(3, maven);
            assertThat(outcome.exit()).isEqualTo(maven);
            assertThat(outcome.output())
                    .startsWith("terraform \nmaven -B verify -T 2\n")
                    .contains("\nSKIPPED: the tests of infra-terraform.");
        }
    }

    @Test
    void leavesTerraformOutIfModulesAreChosen() throws Exception {
        assertThat(run(1, 0, "-pl", "demo", "-am")).isEqualTo(new Outcome(0, "maven -B verify -pl demo -am -T 2\n"));
    }

    private record Outcome(int exit, String output) {}

    private Outcome run(int terraform, int maven, String... options) throws Exception {
        script("infra-terraform/test", "#!/bin/sh\necho \"terraform $*\"\nexit " + terraform + "\n");
        script("mvnw", "#!/bin/sh\necho \"maven $*\"\nexit " + maven + "\n");
        String[] arguments = new String[options.length + 1];
        arguments[0] = "test";
        System.arraycopy(options, 0, arguments, 1, options.length);
        try (LauncherProcess launcher = LauncherProcess.start(folder.resolve("walpost"), folder, Map.of(), arguments)) {
            int exit = launcher.awaitExit();
            return new Outcome(exit, launcher.output());
        }
    }

    private void script(String name, String text) throws IOException {
        Path script = folder.resolve(name);
        Files.createDirectories(script.getParent());
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
