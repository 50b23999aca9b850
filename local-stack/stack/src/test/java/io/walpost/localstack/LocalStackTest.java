package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class LocalStackTest {

    private static final Pattern PID = Pattern.compile("\\(pid (\\d+), ");

    @Test
    void startsAgainWhatSomebodyKilledAndEndsEverythingUponCtrlC(@TempDir Path data) throws Exception {
        int port = Ports.free();
        try (ChildJvm stack = ChildJvm.run(
                LocalStack.class,
                "--only=postgres",
                "--data=" + data,
                "--postgres-port=" + port,
                "--restart-after=100ms")) {
            long first = pid(stack.awaitLines("PostgreSQL  jdbc:", 1).getLast());

            Signals.send("KILL", List.of(first));

            long second = pid(stack.awaitLines("PostgreSQL  jdbc:", 2).getLast());
            assertThat(second).isNotEqualTo(first);
            assertThat(stack.output()).contains("PostgreSQL ended; it starts again in 100 ms");

            Signals.send("INT", List.of(stack.handle().pid()));

            assertThat(stack.awaitEnd()).isEqualTo(130);
            assertThat(ProcessHandle.of(second)).isEmpty();
            assertThat(Ports.isFree(port)).isTrue();
        }
    }

    private static long pid(String line) {
        Matcher matcher = PID.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Test
    void endsWithTheSentenceAndNoStackTraceWhenAServerCannotStart(@TempDir Path data) throws Exception {
        try (LocalPostgres other = LocalPostgres.at(data.resolve("postgres"), Ports.free())) {
            other.start();

            try (ChildJvm stack = ChildJvm.run(
                    LocalStack.class, "--only=postgres", "--data=" + data, "--postgres-port=" + Ports.free())) {
                assertThat(stack.awaitEnd()).isEqualTo(1);
                assertThat(stack.awaitLines("", 1).getFirst())
                        .startsWith("The data folder " + data.resolve("postgres") + " is in use");
            }
        }
    }

    @Test
    void helps() {
        StringWriter out = new StringWriter();
        CommandLine command = LocalStack.commandLine().setOut(new PrintWriter(out));

        assertThat(command.execute("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "--postgres-port",
                        "15432",
                        "19092",
                        "19200",
                        "16379",
                        ".walpost/stack",
                        "postgres, kafka, opensearch, redis");
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500", "2s, 2000", "1m, 60000", "0s, 0"})
    void readsTimes(String text, long millis) {
        assertThat(new TimeConverter().convert(text)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "2h", "-1s", "", "soon"})
    void refusesWhatIsNoTime(String text) {
        StringWriter err = new StringWriter();
        CommandLine command = LocalStack.commandLine().setErr(new PrintWriter(err));

        assertThat(command.execute("--restart-after", text)).isEqualTo(2);
        assertThat(err.toString()).contains("is not a time such as 500ms, 2s or 1m");
    }
}
