package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of servers whose JVM is killed. */
class OrphanTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Starts what it is told to, says so, and waits to be killed. */
    static final class Owner {

        private Owner() {}

        public static void main(String[] args) throws Exception {
            LocalServer server =
                    switch (args[0]) {
                        case "kafka" -> LocalKafka.temporary();
                        case "postgres" -> LocalPostgres.temporary();
                        case "opensearch" -> LocalOpenSearch.temporary();
                        case "redis" -> LocalRedis.temporary();
                        default -> LocalPostgres.at(Path.of(args[0]), Integer.parseInt(args[1]));
                    };
            server.start();
            if (server instanceof LocalPostgres postgres) {
                Sql.execute(postgres, "CREATE TABLE survivors AS SELECT 42 AS id");
            }
            if (List.of(args).contains("paused")) {
                server.pause();
            }
            System.out.println("started " + server.pid().orElseThrow() + " " + server.dataFolder());
            Thread.currentThread().join();
        }
    }

    @Test
    void aBrokerEndsWithItsJvmAndLeavesNothing() throws Exception {
        endsWithItsJvm("kafka");
    }

    @Test
    void postgresEndsWithItsJvmAndLeavesNothing() throws Exception {
        endsWithItsJvm("postgres");
    }

    @Test
    void openSearchEndsWithItsJvmAndLeavesNothing() throws Exception {
        endsWithItsJvm("opensearch");
    }

    @Test
    void redisEndsWithItsJvmAndLeavesNothing() throws Exception {
        endsWithItsJvm("redis");
    }

    @Test
    void aPausedPostgresEndsWithItsJvm() throws Exception {
        endsWithItsJvm("postgres", "paused");
    }

    private static void endsWithItsJvm(String... arguments) throws Exception {
        try (ChildJvm owner = ChildJvm.run(Owner.class, arguments)) {
            String[] started = owner.awaitLines("started", 1).getFirst().split(" ");
            ProcessHandle server = ProcessHandle.of(Long.parseLong(started[1])).orElseThrow();
            List<ProcessHandle> descendants = server.descendants().toList();
            Path folder = Path.of(started[2]);
            assertThat(folder).exists();

            Signals.send("KILL", List.of(owner.handle().pid()));

            Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(Processes.runs(server)).isFalse();
                assertThat(descendants).noneMatch(Processes::runs);
                assertThat(folder).doesNotExist();
            });
        }
    }

    @Test
    void aServerThatLostItsGuardIsTakenOver(@TempDir Path folder) throws Exception {
        int port = Ports.free();
        ProcessHandle orphan;
        try (ChildJvm owner = ChildJvm.run(Owner.class, folder.toString(), Integer.toString(port))) {
            long pid = Long.parseLong(owner.awaitLines("started", 1).getFirst().split(" ")[1]);
            orphan = ProcessHandle.of(pid).orElseThrow();
            List<Long> guards = owner.handle()
                    .children()
                    .map(ProcessHandle::pid)
                    .filter(child -> child != pid)
                    .toList();
            assertThat(guards).hasSize(1);
            Signals.send("KILL", guards);
            Signals.send("KILL", List.of(owner.handle().pid()));
            owner.awaitEnd();
        }
        assertThat(Processes.runs(orphan)).isTrue();

        try (LocalPostgres postgres = LocalPostgres.at(folder, port)) {
            postgres.start();

            assertThat(Processes.runs(orphan)).isFalse();
            assertThat(Sql.query(postgres, "SELECT id FROM survivors")).isEqualTo("42");
        }
    }
}
