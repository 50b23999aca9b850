package io.walpost.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./walpost demo} as a user runs it. */
class DemoIT {

    private static final Pattern RESULT =
            Pattern.compile("OK: (\\d+) orders committed, (\\d+) deleted since, (\\d+) rolled back, (\\d+) events,"
                    + " (\\d+) invoices, (\\d+) cached orders, (\\d+) documents, (\\d+) duplicates, in order;"
                    + " commit-to-consumer p50 (\\d+\\.\\d) ms, p99 (\\d+\\.\\d) ms");

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String READY = "Ctrl-C ends everything.";
    private static final String STACK_TRACE = "\tat ";
    private static final String ESCAPE = "\u001b";

    @TempDir
    private Path folder;

    private final int ports = FreePorts.base();

    private LauncherProcess demo(Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "demo",
                "--port-base",
                Integer.toString(ports),
                "--data",
                folder.resolve("data").toString()));
        arguments.addAll(List.of(options));
        return LauncherProcess.start(folder, environment, arguments.toArray(String[]::new));
    }

    @Test
    void checksWhatItDidAndEnds() throws Exception {
        try (LauncherProcess demo = demo(Map.of(), "--orders", "200", "--exit")) {
            assertThat(demo.awaitExit()).as(demo.output()).isZero();

            Matcher result = RESULT.matcher(demo.lastLine());
            assertThat(result.matches()).as(demo.lastLine()).isTrue();
            long deleted = number(result, 2);
            assertThat(number(result, 1)).isEqualTo(200);
            assertThat(deleted).as("deleted since").isPositive();
            assertThat(number(result, 3)).as("rolled back").isPositive();
            assertThat(number(result, 4)).as("events").isGreaterThan(200);
            assertThat(number(result, 5)).as("invoices").isEqualTo(200);
            assertThat(number(result, 6)).as("cached orders").isPositive();
            assertThat(number(result, 7)).as("documents").isEqualTo(200 - deleted);
            assertThat(number(result, 8)).as("duplicates").isZero();
            assertThat(Double.parseDouble(result.group(9))).isPositive();
            assertThat(demo.output())
                    .contains("200/200 orders committed")
                    .doesNotContain(ESCAPE, STACK_TRACE, "Building");
        }
    }

    private static long number(Matcher result, int group) {
        return Long.parseLong(result.group(group));
    }

    @Test
    void runsUntilInterrupted() throws Exception {
        try (LauncherProcess demo = demo(Map.of(), "--orders", "20")) {
            demo.awaitOutput(READY);
            assertThat(demo.output()).containsPattern(RESULT);
            List<String> commands = demo.output()
                    .lines()
                    .filter(line -> line.startsWith("curl ") || line.contains(" dlq list "))
                    .toList();
            assertThat(commands).hasSize(6);

            assertThat(run(commands.get(0))).contains("\"status\":\"PLACED\"").contains("\"total\":25.00");
            assertThat(run(commands.get(1))).contains("\"total\":25.00");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(run(commands.get(2))).contains("\"total\":25.00"));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(run(commands.get(3)))
                    .contains("\"status\":\"OPEN\"")
                    .contains("\"total\":25.00"));
            assertThat(run(commands.get(4))).contains("credit-limit").contains("rolled back");
            assertThat(run(commands.get(5))).contains("No dead letters");
            demo.awaitOutput("OrderPlaced of order");

            List<ProcessHandle> descendants = demo.descendants();
            assertThat(descendants).hasSizeGreaterThan(9);
            demo.signal("INT");
            assertThat(demo.awaitExit()).isEqualTo(130);
            LauncherProcess.awaitGone(descendants);
            assertThat(demo.output()).doesNotContain(STACK_TRACE);
        }
    }

    @Test
    void leavesNothingWhenItIsKilledWhileStarting() throws Exception {
        try (LauncherProcess demo = demo(Map.of())) {
            demo.awaitOutput("Kafka ");
            await().atMost(LIMIT).until(() -> demo.descendants().stream()
                    .anyMatch(child -> commandLine(child).contains("quarkus-run.jar")));
            List<ProcessHandle> descendants = demo.descendants();

            demo.signal("KILL");

            LauncherProcess.awaitGone(descendants);
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        int taken = ports + 2;
        try (ServerSocket other = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress());
                LauncherProcess demo = demo(Map.of())) {
            assertThat(demo.awaitExit()).isEqualTo(1);

            assertThat(demo.output())
                    .contains("Port " + other.getLocalPort()
                            + " on 127.0.0.1 is in use by another program; it is needed" + " for: billing.")
                    .contains("--port-base")
                    .doesNotContain(STACK_TRACE);
            assertThat(folder.resolve("data/postgres")).doesNotExist();
        }
    }

    @Test
    void saysWhichPartDidNotStart() throws Exception {
        try (LauncherProcess demo = demo(Map.of("WALPOST_RELAY_IN_FLIGHT_EVENTS", "0"))) {
            demo.awaitOutput("order service ");
            List<ProcessHandle> descendants = demo.descendants();
            assertThat(demo.awaitExit()).isEqualTo(1);

            assertThat(demo.output())
                    .contains("Relay has ended with exit code 78. The end of its log, "
                            + folder.resolve("data/logs/relay.log"))
                    .contains("walpost.relay.in-flight.events must be at least 1")
                    .doesNotContain(STACK_TRACE);
            LauncherProcess.awaitGone(descendants);
        }
    }

    @Test
    void leavesAForeignFolderAlone() throws Exception {
        // The test's own folder holds the output, which no demo has put there.
        try (LauncherProcess demo = LauncherProcess.start(folder, Map.of(), "demo", "--data", folder.toString())) {
            assertThat(demo.awaitExit()).isEqualTo(1);
            assertThat(demo.output()).contains("is not empty").doesNotContain(STACK_TRACE);
        }
    }

    @Test
    void refusesWrongOptions() throws Exception {
        try (LauncherProcess demo = demo(Map.of(), "--orders", "-1")) {
            assertThat(demo.awaitExit()).isEqualTo(2);
            assertThat(demo.lastLine())
                    .isEqualTo("--orders must be from 1 to 1000000. ./walpost demo --help shows the options.");
        }
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    /** As if it was pasted into a shell. */
    private static String run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true);
        LauncherProcess.prepare(builder);
        Process shell = builder.start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as("%s%n%s", command, output).isZero();
        return output;
    }
}
