package io.walpost.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./walpost} says when it does not get as far as running anything. */
class LauncherTest {

    @TempDir
    private Path folder;

    @Test
    void showsItsCommands() throws Exception {
        for (String command : new String[] {"help", "--help", "-h"}) {
            try (LauncherProcess launcher = LauncherProcess.start(folder, Map.of(), command)) {
                assertThat(launcher.awaitExit()).isZero();
                assertThat(launcher.output()).contains("demo ", "test ", "stack ", "dlq ", "offsets ");
            }
        }
    }

    @Test
    void refusesAnUnknownCommand() throws Exception {
        try (LauncherProcess launcher = LauncherProcess.start(folder, Map.of(), "dmeo")) {
            assertThat(launcher.awaitExit()).isEqualTo(2);
            assertThat(launcher.output()).isEqualTo("There is no command 'dmeo'. ./walpost help lists all.\n");
        }
    }

    @Test
    void refusesAConsumerThatIsNotThere() throws Exception {
        for (String name : new String[] {"nobody", "../demo", ""}) {
            try (LauncherProcess launcher =
                    LauncherProcess.start(folder, Map.of(), "dlq", "list", "--consumer", name)) {
                assertThat(launcher.awaitExit()).isEqualTo(1);
                assertThat(launcher.output())
                        .startsWith("There is no consumer function '" + name + "'. There are:")
                        .contains("billing");
            }
        }
    }

    @Test
    void saysWhichJavaItLookedAtAndWhatToInstall() throws Exception {
        // No machine has a Java 99.
        String launcher = Files.readString(TestStage.ROOT.resolve("walpost"));
        Path demanding = Files.createFile(
                folder.resolve("walpost"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(demanding, launcher.replace("\nneeded=21\n", "\nneeded=99\n"));
        Path old = Files.createDirectories(folder.resolve("no java"));

        try (LauncherProcess run =
                LauncherProcess.start(demanding, folder, Map.of("JAVA_HOME", old.toString()), "demo")) {
            assertThat(run.awaitExit()).isEqualTo(1);
            assertThat(run.output())
                    .contains("needs a JDK 99 or newer")
                    .contains(old + " (JAVA_HOME): no Java there")
                    .contains("apt install");
        }
        try (LauncherProcess run = LauncherProcess.start(demanding, folder, Map.of(), "demo")) {
            assertThat(run.awaitExit()).isEqualTo(1);
            assertThat(run.output())
                    .contains(System.getProperty("java.home") + " (JAVA_HOME): version "
                            + System.getProperty("java.version"));
        }
    }
}
