package io.walpost.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before OpenSearch answers in its place, breaks off, or is slow: events wait, and none of them for ever. */
@Timeout(60)
class StrangeAnswerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final int DOCUMENTS_OF_A_REQUEST = 250;
    private static final int REQUESTS_AT_ONCE = 4;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private AutoCloseable server;
    private OpenSearch search;
    private SearchConsumer consumer;

    @AfterEach
    void close() throws Exception {
        // Which waits for the end of all requests.
        search.close();
        server.close();
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 405, 407, 408, 421})
    void waitsWhenSomethingElseRefusesTheRequest(int status) throws Exception {
        serve(exchange -> answer(exchange, status, "<html>no JSON</html>"), Duration.ofSeconds(10));

        CompletableFuture<List<Outcome>> outcomes = begin(1);
        // One more than an event is given that may itself be to blame.
        await().atMost(PATIENCE).until(() -> consumer.attempts.failed.size() >= 4);

        assertThat(consumer.attempts.failed).allSatisfy(retry -> {
            assertThat(retry.failure()).isEqualTo(Failure.SINK_UNREACHABLE);
            assertThat(retry.cause())
                    .hasMessage("The bulk request failed: no error named, status " + status
                            + "; OpenSearch would name one, so look at what stands before it");
        });
        assertStillWaits(outcomes);
    }

    @Test
    void givesUpAnAnswerThatBreaksOff() throws Exception {
        try (HalfAnswers halves = new HalfAnswers()) {
            use(halves, halves.url(), Duration.ofSeconds(1));

            assertThatExceptionOfType(SinkException.class)
                    .isThrownBy(() -> search.send("GET", "/_alias/orders"))
                    .withMessageMatching("OpenSearch at 127.0.0.1:\\d+ does not answer \\(HttpTimeoutException\\)")
                    .extracting(SinkException::kind)
                    .isEqualTo(Failure.SINK_UNREACHABLE);
            await("its connection is closed").atMost(PATIENCE).until(() -> halves.begun() == 1 && halves.closed() == 1);

            CompletableFuture<List<Outcome>> outcomes = begin(1);
            await().atMost(PATIENCE).until(() -> consumer.attempts.failed.size() >= 4);
            assertThat(consumer.attempts.failed)
                    .allSatisfy(retry -> assertThat(retry.failure()).isEqualTo(Failure.SINK_UNREACHABLE));
            assertStillWaits(outcomes);
            await().atMost(PATIENCE).until(() -> halves.begun() == halves.closed());
        }
    }

    /** Each of its requests is quick enough by itself. */
    @Test
    void givesUpAWaveThatTakesTooLong() throws Exception {
        serve(
                exchange -> {
                    pause(Duration.ofMillis(400));
                    answer(exchange, 200, allIndexed(exchange));
                },
                Duration.ofSeconds(1));
        int rounds = 4;

        CompletableFuture<List<Outcome>> outcomes = begin(rounds * REQUESTS_AT_ONCE * DOCUMENTS_OF_A_REQUEST);
        await().atMost(PATIENCE).until(() -> !consumer.attempts.failed.isEmpty());

        assertThat(consumer.attempts.failed.getFirst().cause())
                .hasMessageEndingWith("does not answer (HttpTimeoutException)");
        assertStillWaits(outcomes);
    }

    private void assertStillWaits(CompletableFuture<List<Outcome>> outcomes) throws Exception {
        consumer.shutdown.begin();
        assertThat(outcomes.get(30, TimeUnit.SECONDS)).hasOnlyElementsOfType(Outcome.Retry.class);
        assertThat(consumer.letters.put).isEmpty();
    }

    private CompletableFuture<List<Outcome>> begin(int documents) {
        List<IncomingRecord> records = LongStream.rangeClosed(1, documents)
                .mapToObj(id -> OrderRecords.changed(id, 1))
                .toList();
        return CompletableFuture.supplyAsync(() -> consumer.consume(records), threads);
    }

    private void serve(Answering answering, Duration timeout) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", answering::answer);
        http.setExecutor(threads);
        http.start();
        use(() -> http.stop(0), "http://127.0.0.1:" + http.getAddress().getPort(), timeout);
    }

    private void use(AutoCloseable itsServer, String url, Duration timeout) {
        server = itsServer;
        search = new OpenSearch(new SearchServer(URI.create(url), timeout), SinkLogin.none());
        consumer = new SearchConsumer(search, "orders");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String allIndexed(HttpExchange exchange) throws IOException {
        long documents = new String(exchange.getRequestBody().readAllBytes(), UTF_8)
                        .lines()
                        .count()
                / 2;
        return Stream.generate(() -> "{\"index\":{\"status\":201}}")
                .limit(documents)
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }
}
