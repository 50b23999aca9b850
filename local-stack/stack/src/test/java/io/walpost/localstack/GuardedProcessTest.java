package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private GuardedProcess run(String script) throws IOException {
        return GuardedProcess.start(
                List.of("sh", "-c", script), Map.of("GREETING", "good day"), folder.resolve("program.log"));
    }

    private GuardedProcess runForEver() throws IOException {
        GuardedProcess program = run("trap 'echo good night; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        Awaitility.await().atMost(LIMIT).until(() -> program.logTail().equals("up"));
        return program;
    }

    @Test
    void saysHowTheProgramEnded() throws Exception {
        GuardedProcess program = run("echo \"$GREETING\"; exit 3");

        assertThat(program.awaitEnd(LIMIT)).isTrue();
        assertThat(program.running()).isFalse();
        assertThat(program.exitCode()).isEqualTo(3);
        assertThat(program.logTail()).isEqualTo("good day");
    }

    @Test
    void stopsInGoodOrder() throws Exception {
        GuardedProcess program = runForEver();

        program.stop();

        assertThat(program.running()).isFalse();
        assertThat(program.logTail()).endsWith("good night");
    }

    @Test
    void killsAtOnce() throws Exception {
        GuardedProcess program = runForEver();

        program.kill();

        assertThat(program.running()).isFalse();
        assertThat(program.logTail()).isEqualTo("up");
    }

    @Test
    void showsOnlyWhatWasWrittenSinceTheStart() throws Exception {
        run("echo first").awaitEnd(LIMIT);
        GuardedProcess second = run("echo second");

        assertThat(second.awaitEnd(LIMIT)).isTrue();
        assertThat(second.logTail()).isEqualTo("second");
    }
}
