package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A Redis that is gone, slow or unwilling: events wait, none is set aside, and all are applied when it is back. */
@Timeout(120)
class OutageTest {

    private static final int ORDERS = 200;

    /** So many failed attempts that the library has come from the whole batch to its first event. */
    private static final int MANY = 5 * ORDERS + 20;

    private static final Outcome APPLIED = new Outcome.Applied();

    private static CacheServer server;

    private final TestConsumer consumer = new TestConsumer(server.handler(CacheMode.INVALIDATE));

    @BeforeAll
    static void start() {
        server = new CacheServer();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @AfterEach
    void mend() {
        server.redis.start();
    }

    @BeforeEach
    void empty() {
        server.redis.command("FLUSHALL");
    }

    @Test
    void losesNothingWhenRedisIsKilledInMidBatch() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Integer> versions = new ArrayList<>();
        CompletableFuture<Void> consuming = CompletableFuture.runAsync(
                () -> {
                    for (int version = 1; !stop.get(); version++) {
                        assertSettled(consumer.consume(batch(version)));
                        versions.add(version);
                    }
                },
                Thread::startVirtualThread);
        for (int round = 0; round < 3; round++) {
            String seen = server.field(0, "version");
            await().until(() -> !server.field(0, "version").equals(seen));
            server.redis.kill();
            int retries = consumer.retries.size();
            await().until(() -> consumer.retries.size() > retries);
            server.redis.start();
        }
        stop.set(true);
        consuming.get(60, TimeUnit.SECONDS);

        assertThat(consumer.letters).isEmpty();
        String last = versions.getLast().toString();
        assertThat(IntStream.range(0, ORDERS))
                .allSatisfy(order -> assertThat(server.field(order, "version")).isEqualTo(last));
    }

    @Test
    void waitsLongerThanTheRetryWindow() throws Exception {
        server.redis.kill();
        long began = System.nanoTime();
        CompletableFuture<List<Outcome>> outcomes = consumer.begin(batch(1));
        await().until(() -> consumer.retries.size() > MANY
                && Duration.ofNanos(System.nanoTime() - began).compareTo(TestConsumer.RETRY_WINDOW.multipliedBy(3))
                        > 0);
        assertThat(outcomes).isNotDone();

        server.redis.start();

        assertThat(outcomes.get(30, TimeUnit.SECONDS)).hasSize(ORDERS).containsOnly(APPLIED);
        assertThat(consumer.letters).isEmpty();
        assertThat(consumer.retries).extracting(Outcome.Retry::failure).containsOnly(Failure.SINK_UNREACHABLE);
    }

    @Test
    void waitsForARedisThatAnswersNoMore() throws Exception {
        consumer.consume(batch(1));
        server.redis.pause();
        CompletableFuture<List<Outcome>> outcomes = consumer.begin(batch(2));
        await().until(() -> !consumer.retries.isEmpty());
        assertThat(outcomes).isNotDone();

        server.redis.resume();

        assertSettled(outcomes.get(30, TimeUnit.SECONDS));
        assertThat(consumer.letters).isEmpty();
        assertThat(server.field(ORDERS - 1, "version")).isEqualTo("2");
    }

    @Test
    void takesNoLongerForManyThanTheTimeout() throws Exception {
        ScriptRunner runner = server.patientRunner();
        Script script = Script.of("apply.lua");
        List<Script.Call> calls = Collections.nCopies(2000, new Script.Call("of nobody", List.of()));
        server.redis.pause();
        List<Answer> answers;
        long began = System.nanoTime();
        try {
            answers = runner.run(script, calls);
        } finally {
            server.redis.resume();
        }

        // Four times as long, if each of the requests that are sent at once had its own.
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(CacheServer.TIMEOUT, CacheServer.TIMEOUT.multipliedBy(3));
        assertThat(answers).hasSize(2000).allSatisfy(answer -> assertThat(answer.failure())
                .hasMessage("Redis did not answer within 2000 ms"));
    }

    @Test
    void waitsForASlowRedisWithoutTryingAgain() {
        long began = System.nanoTime();
        server.redis.command("CLIENT", "PAUSE", "500");

        assertThat(consumer.consume(batch(1))).containsOnly(APPLIED);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(450));
        assertThat(consumer.retries).isEmpty();
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(
                        "OOM",
                        Failure.SINK_OVERLOADED,
                        step(() -> set("maxmemory", "1")),
                        step(() -> set("maxmemory", "0"))),
                Arguments.of(
                        "READONLY",
                        Failure.SINK_UNREACHABLE,
                        step(() -> server.redis.command("REPLICAOF", "127.0.0.1", "1")),
                        step(() -> server.redis.command("REPLICAOF", "NO", "ONE"))),
                Arguments.of(
                        "MASTERDOWN",
                        Failure.SINK_UNREACHABLE,
                        step(() -> {
                            set("replica-serve-stale-data", "no");
                            server.redis.command("REPLICAOF", "127.0.0.1", "1");
                        }),
                        step(() -> server.redis.command("REPLICAOF", "NO", "ONE"))),
                Arguments.of(
                        "NOAUTH",
                        Failure.SINK_UNREACHABLE,
                        // Connections that are open stay as they were, so they are closed, by this one before it is.
                        step(() -> {
                            server.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                            set("requirepass", "secret");
                        }),
                        step(OutageTest::restart)),
                Arguments.of(
                        "NOPERM",
                        Failure.SINK_UNREACHABLE,
                        step(() -> server.redis.command("ACL", "SETUSER", "default", "-evalsha")),
                        step(() -> server.redis.command("ACL", "SETUSER", "default", "+evalsha"))),
                // The script may be called, and may not read: said in other words by each version of Redis.
                Arguments.of(
                        "a command of the script that is not allowed",
                        Failure.SINK_UNREACHABLE,
                        step(() -> server.redis.command("ACL", "SETUSER", "default", "-hmget")),
                        step(() -> server.redis.command("ACL", "SETUSER", "default", "+hmget"))),
                // Which comes when a part is written.
                Arguments.of(
                        "a later command of the script that is not allowed",
                        Failure.SINK_UNREACHABLE,
                        step(() -> server.redis.command("ACL", "SETUSER", "default", "-hdel")),
                        step(() -> server.redis.command("ACL", "SETUSER", "default", "+hdel"))),
                Arguments.of(
                        "the script's last command that is not allowed",
                        Failure.SINK_UNREACHABLE,
                        step(() -> server.redis.command("ACL", "SETUSER", "default", "-pexpire")),
                        step(() -> server.redis.command("ACL", "SETUSER", "default", "+pexpire"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void waitsUntilRedisIsWillingAgain(String name, Failure failure, Runnable make, Runnable mend) throws Exception {
        consumer.consume(batch(1));
        make.run();
        try {
            CompletableFuture<List<Outcome>> outcomes = consumer.begin(batch(2));
            await().atMost(Duration.ofSeconds(30)).until(() -> consumer.retries.size() > ORDERS);
            assertThat(outcomes).isNotDone();
            assertThat(consumer.retries).extracting(Outcome.Retry::failure).contains(failure);
            mend.run();

            assertSettled(outcomes.get(30, TimeUnit.SECONDS));
            assertThat(consumer.letters).isEmpty();
            assertThat(server.field(ORDERS - 1, "version")).isEqualTo("2");
        } finally {
            restart();
        }
    }

    @Test
    void waitsForAPlaceAmongTheClients() throws Exception {
        server.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        set("maxclients", "1");
        try (Socket other = takeThePlace()) {
            CompletableFuture<List<Outcome>> outcomes = consumer.begin(batch(1));
            // More often than the client has connections in its pool.
            await().until(() -> consumer.retries.size() > MANY);
            assertThat(consumer.retries).extracting(Outcome.Retry::failure).contains(Failure.SINK_OVERLOADED);
            assertThat(outcomes).isNotDone();
            other.close();

            assertThat(outcomes.get(30, TimeUnit.SECONDS)).containsOnly(APPLIED);
        } finally {
            restart();
        }
    }

    /** Which Redis may take for that of the connection before, whose end it has not noticed yet. */
    private static Socket takeThePlace() {
        return await().ignoreExceptions()
                .until(
                        () -> {
                            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.redis.port());
                            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                            if (socket.getInputStream().read() != '+') {
                                socket.close();
                            }
                            return socket;
                        },
                        socket -> !socket.isClosed());
    }

    @Test
    void servesNothingStaleFromARedisWithoutMemory() throws Exception {
        CacheReader reader = server.reader();
        reader.fill(0, reader.lookup(0).token(), 1, Orders.snapshot(1));
        set("maxmemory", "1");
        try {
            CompletableFuture<List<Outcome>> outcomes = consumer.begin(batch(2));
            await().until(() -> !consumer.retries.isEmpty());
            assertThat(server.field(0, "value")).isEmpty();
            set("maxmemory", "0");
            assertThat(outcomes.get(30, TimeUnit.SECONDS)).containsOnly(APPLIED);
        } finally {
            set("maxmemory", "0");
        }
    }

    private static void set(String setting, String value) {
        server.redis.command("CONFIG", "SET", setting, value);
    }

    /** Which forgets what was set, and keeps what was written. */
    private static void restart() {
        server.redis.kill();
        server.redis.start();
    }

    private static Runnable step(Runnable step) {
        return step;
    }

    private static void assertSettled(List<Outcome> outcomes) {
        assertThat(outcomes).hasSize(ORDERS).allMatch(Outcome::isSettled);
    }

    private static List<IncomingRecord> batch(int version) {
        return IntStream.range(0, ORDERS)
                .mapToObj(order -> Orders.record(order, version, (long) version * ORDERS + order))
                .toList();
    }
}
