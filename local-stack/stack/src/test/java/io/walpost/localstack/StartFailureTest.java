package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {

    @TempDir
    private Path folder;

    @Test
    void namesThePortThatIsInUse() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LocalPostgres postgres = LocalPostgres.at(folder.resolve("postgres"), other.getLocalPort());
                LocalKafka kafka = LocalKafka.at(folder.resolve("kafka"), other.getLocalPort());
                LocalRedis redis = LocalRedis.at(folder.resolve("redis"), other.getLocalPort())) {
            String sentence = "Port %d on 127.0.0.1, which %s needs, is in use by another program."
                    + " Stop that program or choose another port.";
            assertThatThrownBy(postgres::start)
                    .isInstanceOf(LocalStackException.class)
                    .hasMessage(sentence, other.getLocalPort(), "PostgreSQL");
            assertThatThrownBy(kafka::start)
                    .isInstanceOf(LocalStackException.class)
                    .hasMessage(sentence, other.getLocalPort(), "Kafka");
            assertThatThrownBy(redis::start)
                    .isInstanceOf(LocalStackException.class)
                    .hasMessage(sentence, other.getLocalPort(), "Redis");
        }
    }

    @Test
    void namesTheDataFolderThatAnotherServerUses() {
        try (LocalPostgres first = LocalPostgres.at(folder, Ports.free());
                LocalPostgres second = LocalPostgres.at(folder, Ports.free())) {
            first.start();

            assertThatThrownBy(second::start)
                    .isInstanceOf(LocalStackException.class)
                    .hasMessage(
                            "The data folder %s is in use by another run of PostgreSQL."
                                    + " Stop that run or choose another folder.",
                            folder);
            assertThat(first.running()).isTrue();
        }
    }

    @Test
    void showsTheEndOfTheLogOfAServerThatGivesUp() throws IOException {
        Files.createDirectories(folder.resolve("data"));

        try (LocalPostgres postgres = LocalPostgres.at(folder, Ports.free())) {
            assertThatThrownBy(postgres::start)
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageStartingWith(
                            "PostgreSQL ended while starting. The end of its log, " + folder.resolve("server.log"))
                    .hasMessageContaining("could not access the server configuration file");
            assertThat(postgres.running()).isFalse();
        }
    }

    @Test
    void saysThatTheDataFolderCannotBeMade() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        try (LocalKafka kafka = LocalKafka.at(file.resolve("kafka"), Ports.free())) {
            assertThatThrownBy(kafka::start)
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageStartingWith("Kafka cannot start in " + file.resolve("kafka"))
                    .hasMessageEndingWith("Choose a folder that you may write to.");
        }
    }

    @Test
    void saysHowMuchSpaceIsMissing() {
        DataFolder data = DataFolder.permanent(folder);

        data.requireSpace("Kafka", 512);
        assertThatThrownBy(() -> data.requireSpace("Kafka", 511))
                .isInstanceOf(LocalStackException.class)
                .hasMessage(
                        "The disk of %s has 511 MiB free; Kafka needs 512 MiB."
                                + " Free some space or choose another folder.",
                        folder);
    }

    @Test
    void recognisesAFullDiskInTheLog() throws IOException {
        LogFile log = DataFolder.permanent(folder).log();
        Files.writeString(
                log.path(), "FATAL:  could not write to file \"pg_wal/xlogtemp.9\": No space left on device\n");

        assertThat(StartFailure.of("PostgreSQL", DataFolder.permanent(folder), "ended", log))
                .hasMessageStartingWith("PostgreSQL cannot start: the disk of " + folder)
                .hasMessageEndingWith("Free some space or choose another folder.");
    }

    @Test
    void leavesOutWhatAnEarlierRunWroteAndTheFramesOfStackTraces() throws IOException {
        Path file = folder.resolve("server.log");
        Files.writeString(file, "No space left on device\n");
        LogFile log = LogFile.from(file);
        Files.writeString(
                file, "No space left on device\njava.lang.IllegalStateException: broken\n\tat x.Y.z(Y.java:1)\n");

        assertThat(log.tail()).isEqualTo("java.lang.IllegalStateException: broken");
    }

    @Test
    void saysWhatRootNeedsForPostgres() {
        assertThatThrownBy(() -> UserNamespace.prefixForRoot("no-such-program"))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("unshare, which gets around it, is missing")
                .hasMessageEndingWith("Install it (package util-linux), or run this as another user than root.");
        assertThatThrownBy(() -> UserNamespace.prefixForRoot("false"))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("this system refuses the user namespace")
                .hasMessageEndingWith("Allow user namespaces, or run this as another user than root.");
    }
}
