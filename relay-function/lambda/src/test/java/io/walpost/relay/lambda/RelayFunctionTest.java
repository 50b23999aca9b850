package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.walpost.localstack.lambda.Answer;
import io.walpost.localstack.lambda.LambdaFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the function.zip have in common: an outbox for each, and functions that end with it. */
abstract class RelayFunctionTest {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final String SCHEDULED = "{\"source\":\"aws.scheduler\"}";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    final Outbox outbox = new Outbox();
    private final List<LambdaFunction> functions = new ArrayList<>();

    @AfterEach
    void cleanUp() throws Exception {
        functions.forEach(LambdaFunction::close);
        outbox.close();
    }

    /** @param settings environment variables beside those that every function needs; as name=value */
    LambdaFunction function(Duration timeout, String... settings) {
        Map<String, String> environment = new HashMap<>(outbox.environment());
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            environment.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        LambdaFunction function = new LambdaFunction(
                Servers.code(), folder.resolve("function" + functions.size() + ".log"), timeout, environment);
        functions.add(function);
        return function;
    }

    static CompletableFuture<Answer> invoke(LambdaFunction function) {
        return CompletableFuture.supplyAsync(() -> function.invoke(SCHEDULED), Thread::startVirtualThread);
    }

    /** The report of an invocation that did not fail. */
    static JsonNode report(Answer answer) throws IOException {
        assertThat(answer).isInstanceOf(Answer.Success.class);
        return JSON.readTree(((Answer.Success) answer).json());
    }

    static JsonNode reportOf(LambdaFunction function) throws IOException {
        Answer answer = function.invoke(SCHEDULED);
        assertThat(answer).as(function.log()).isInstanceOf(Answer.Success.class);
        return report(answer);
    }

    /** What the function failed with. */
    static String failureOf(LambdaFunction function) {
        Answer answer = function.invoke(SCHEDULED);
        assertThat(answer).isInstanceOf(Answer.Failure.class);
        return ((Answer.Failure) answer).message();
    }

    /** The lines of metrics that the function printed. */
    static List<JsonNode> metrics(LambdaFunction function) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : function.log().lines().toList()) {
            if (line.startsWith("{\"_aws\"")) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }
}
