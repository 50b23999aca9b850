package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Redis that lets in who has the password, which is asked for whenever a connection needs it, and is rotated. */
@Timeout(60)
class LoginTest {

    private static final Outcome APPLIED = new Outcome.Applied();
    private static final int ORDERS = 50;

    private final CacheServer server = new CacheServer();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Optional<SinkLogin.Credentials> known = Optional.empty();

    private final TestConsumer consumer = new TestConsumer(server.handler(CacheMode.INVALIDATE, () -> {
        asked.incrementAndGet();
        return Optional.of(known.orElseThrow(
                () -> new SinkException(Failure.SINK_UNREACHABLE, "The secret cannot be read", null)));
    }));

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void doesNotMindThatNoPasswordIsWanted() {
        known = credentials(Optional.empty(), "of nobody");

        assertThat(consumer.consume(batch(1))).hasSize(ORDERS).containsOnly(APPLIED);
        assertThat(consumer.consume(batch(2))).hasSize(ORDERS).containsOnly(APPLIED);
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksForThePasswordOnce() {
        server.redis.requirePassword("first");
        known = credentials(Optional.of("default"), "first");

        int batches = 20;
        for (int version = 1; version <= batches; version++) {
            assertThat(consumer.consume(batch(version))).hasSize(ORDERS).containsOnly(APPLIED);
        }

        assertThat(asked).hasValue(1);
        assertThat(consumer.retries).isEmpty();
        assertThat(server.field(ORDERS, "version")).isEqualTo(Integer.toString(batches));
    }

    @Test
    void takesAPasswordWithoutAUserForTheDefaultUsers() {
        server.redis.requirePassword("first");
        known = credentials(Optional.empty(), "first");

        assertThat(consumer.consume(batch(1))).containsOnly(APPLIED);
    }

    @Test
    void waitsUntilThePasswordIsThereAndRight() throws Exception {
        server.redis.requirePassword("first");
        CompletableFuture<List<Outcome>> outcomes = consumer.begin(batch(1));
        awaitRetry("The secret cannot be read");

        known = credentials(Optional.empty(), "the one before");
        awaitRetry("Redis refused the login: WRONGPASS");
        assertThat(outcomes).isNotDone();
        known = credentials(Optional.empty(), "first");

        assertThat(outcomes.get(30, TimeUnit.SECONDS)).hasSize(ORDERS).containsOnly(APPLIED);
        assertThat(consumer.letters).isEmpty();
        assertThat(consumer.retries).extracting(Outcome.Retry::failure).containsOnly(Failure.SINK_UNREACHABLE);
    }

    @Test
    void logsInAgainWithTheNextPasswordOnceAConnectionIsLost() {
        server.redis.requirePassword("first");
        known = credentials(Optional.empty(), "first");
        assertThat(consumer.consume(batch(1))).containsOnly(APPLIED);

        server.redis.requirePassword("second");
        known = credentials(Optional.empty(), "second");
        server.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

        assertThat(consumer.consume(batch(2))).containsOnly(APPLIED);
        assertThat(asked).hasValue(2);
        assertThat(server.field(1, "version")).isEqualTo("2");
    }

    /** With a word that Redis says of many things. */
    @Test
    void waitsWhenTheSecretIsWithoutAUserAndTheDefaultUserMayNot() throws Exception {
        addUser();
        server.redis.command("ACL", "SETUSER", "default", "off");
        known = credentials(Optional.empty(), "first");

        CompletableFuture<List<Outcome>> outcomes = consumer.begin(batch(1));
        awaitRetry("Redis refused the login: ERR");
        assertWaitsForTheRightLogin(outcomes);
    }

    /** Who is not let in with a password is the default user still, who may less. */
    @Test
    void waitsWhenTheLoginIsRefusedAndTheDefaultUserMayLess() throws Exception {
        addUser();
        server.redis.command("ACL", "SETUSER", "default", "-evalsha", "-eval");
        known = credentials(Optional.of("cache"), "the one before");

        CompletableFuture<List<Outcome>> outcomes = consumer.begin(batch(1));
        awaitRetry("Redis refused the login: WRONGPASS");
        assertWaitsForTheRightLogin(outcomes);
    }

    private void addUser() {
        server.redis.command("ACL", "SETUSER", "cache", "on", ">first", "~*", "+@all");
    }

    private void assertWaitsForTheRightLogin(CompletableFuture<List<Outcome>> outcomes) throws Exception {
        // So many that the library has come to the first event, and would have given it up.
        await().until(() -> consumer.retries.size() > 5 * ORDERS + 20);
        assertThat(outcomes).isNotDone();
        assertThat(consumer.retries).extracting(Outcome.Retry::failure).containsOnly(Failure.SINK_UNREACHABLE);
        assertThat(consumer.retries)
                .extracting(retry -> retry.cause().getMessage())
                .allMatch(message -> message.matches("Redis refused the login: [A-Z]+"));

        known = credentials(Optional.of("cache"), "first");

        assertThat(outcomes.get(30, TimeUnit.SECONDS)).hasSize(ORDERS).containsOnly(APPLIED);
        assertThat(consumer.letters).isEmpty();
    }

    private void awaitRetry(String cause) {
        await().until(() -> consumer.retries.stream()
                .anyMatch(retry -> retry.cause().getMessage().startsWith(cause)));
    }

    private static Optional<SinkLogin.Credentials> credentials(Optional<String> user, String password) {
        return Optional.of(new SinkLogin.Credentials(user, password));
    }

    private static List<IncomingRecord> batch(int version) {
        return LongStream.rangeClosed(1, ORDERS)
                .mapToObj(order -> Orders.record(order, version, version * ORDERS + order))
                .toList();
    }
}
