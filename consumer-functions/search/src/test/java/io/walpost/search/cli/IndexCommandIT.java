package io.walpost.search.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.GuardedProcess;
import io.walpost.localstack.LocalKafka;
import io.walpost.search.IndexAdmin;
import io.walpost.search.Indices;
import io.walpost.search.OrderRecords;
import io.walpost.search.OrderTopic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the jar as it ships. */
@Timeout(300)
class IndexCommandIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final LocalKafka KAFKA = LocalKafka.temporary();
    private static Indices indices;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        KAFKA.start();
        indices = new Indices();
    }

    @AfterAll
    static void stop() {
        indices.close();
        KAFKA.close();
    }

    @Test
    void makesTheIndexAndBuildsItAnew() throws Exception {
        try (OrderTopic topic = new OrderTopic(KAFKA)) {
            topic.change(1);
            topic.change(2);
            topic.delete(2);
            topic.send("OrderPlaced", 3, OrderRecords.changedPayload(3, 1, "1e400"));
            topic.flush();

            Ended first = run(topic, "create");
            assertThat(first.output()).contains("Made shop-1 behind the alias shop");
            assertThat(first.exitCode()).isZero();
            assertThat(run(topic, "create").output()).contains("There is already shop-1");

            Ended rebuild = run(topic, "rebuild", "--remove-old");
            assertThat(rebuild.output())
                    .contains("shop-2: 4 of 4 records (100 %)")
                    .contains("searched instead of shop-1, which stays")
                    .contains("1 records were left out", "mapper_parsing_exception")
                    .contains("shop-1 may be the only one that has what they say, so it was not removed");
            assertThat(rebuild.exitCode()).as("wants attention").isEqualTo(3);
            assertThat(indices.versions("shop")).isEqualTo(Map.of(1L, 1L, 2L, -2L));
            assertThat(indices.search.send("GET", "/shop-1").isOk()).isTrue();

            Ended bold = run(topic, "rebuild", "--remove-old", "--accept-left-out");
            assertThat(bold.output())
                    .contains("searched instead of shop-2, which is removed")
                    .doesNotContain("not removed");
            assertThat(bold.exitCode()).isEqualTo(3);
        }
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        try (OrderTopic topic = new OrderTopic(KAFKA)) {
            Ended nothing = run(topic, Map.of("WALPOST_SEARCH_INDEX", "none"), "rebuild");
            assertThat(nothing.output()).contains("The alias none names 0 indices");
            assertThat(nothing.exitCode()).isEqualTo(78);

            Ended away = run(topic, Map.of("WALPOST_SEARCH_URL", "http://127.0.0.1:1"), "create");
            assertThat(away.output()).contains("OpenSearch at 127.0.0.1:1 does not answer", "start the sink");
            assertThat(away.exitCode()).isEqualTo(69);
        }
    }

    /** With so much that a rebuild can be met in the middle. */
    private static void fill(OrderTopic topic) {
        for (long id = 1; id <= 60_000; id++) {
            topic.change(id);
        }
        topic.flush();
    }

    private static void awaitHalfDone(IndexAdmin admin, Path log) {
        await().atMost(LIMIT)
                .until(() -> Files.readString(log).contains(" of 60000 records")
                        && !admin.behind(admin.rebuildAlias()).isEmpty());
    }

    @Test
    void leavesEverythingAsItWasUponCtrlC() throws Exception {
        try (OrderTopic topic = new OrderTopic(KAFKA)) {
            IndexAdmin admin = indices.newIndex();
            fill(topic);
            Path log = log();
            GuardedProcess process = start(log, topic, Map.of("WALPOST_SEARCH_INDEX", admin.alias()), "rebuild");
            try {
                awaitHalfDone(admin, log);
            } finally {
                process.stop();
            }

            assertThat(Files.readString(log)).contains("Stopped; " + admin.alias() + "-2 is removed");
            assertThat(admin.behind(admin.alias())).containsExactly(admin.alias() + "-1");
            assertThat(indices.search.send("GET", "/" + admin.alias() + "-2").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void saysWhatItWaitsFor() throws Exception {
        try (OrderTopic topic = new OrderTopic(KAFKA)) {
            IndexAdmin admin = indices.newIndex();
            fill(topic);
            Path log = log();
            Map<String, String> environment =
                    Map.of("WALPOST_SEARCH_INDEX", admin.alias(), "WALPOST_SEARCH_TIMEOUT", "2s");
            GuardedProcess process = start(log, topic, environment, "rebuild");
            try {
                awaitHalfDone(admin, log);
                indices.server.pause();
                await().atMost(LIMIT)
                        .until(() -> Files.readString(log).contains("does not answer (HttpTimeoutException)"));
                // Before OpenSearch goes on: what is left would soon be read.
                KAFKA.pause();
                indices.server.resume();
                await().atMost(LIMIT).until(() -> Files.readString(log).contains("Kafka has given nothing for"));
                KAFKA.resume();

                assertThat(process.awaitEnd(LIMIT)).as(process.logTail()).isTrue();
            } finally {
                indices.server.resume();
                KAFKA.resume();
                process.stop();
            }

            assertThat(Files.readString(log)).contains("searched instead of " + admin.alias() + "-1");
            assertThat(process.exitCode()).isZero();
            assertThat(indices.count(admin.alias())).isEqualTo(60_000);
        }
    }

    private record Ended(int exitCode, String output) {}

    private Ended run(OrderTopic topic, String... arguments) throws Exception {
        return run(topic, Map.of("WALPOST_SEARCH_INDEX", "shop"), arguments);
    }

    private Ended run(OrderTopic topic, Map<String, String> environment, String... arguments) throws Exception {
        Path log = log();
        GuardedProcess process = start(log, topic, environment, arguments);
        try {
            assertThat(process.awaitEnd(LIMIT)).as(process.logTail()).isTrue();
            return new Ended(process.exitCode(), Files.readString(log));
        } finally {
            process.stop();
        }
    }

    private static GuardedProcess start(
            Path log, OrderTopic topic, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dkafka.bootstrap.servers=" + KAFKA.bootstrapServers(),
                "-Dmp.messaging.incoming.events.topic=" + topic.name));
        if (!environment.containsKey("WALPOST_SEARCH_URL")) {
            command.add("-Dwalpost.search.url=" + indices.server.url());
        }
        command.addAll(List.of(
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar")
                        .toAbsolutePath()
                        .toString(),
                "index"));
        command.addAll(List.of(arguments));
        return GuardedProcess.start(command, environment, log);
    }

    private Path log() throws Exception {
        return Files.createTempFile(folder, "command", ".log");
    }
}
