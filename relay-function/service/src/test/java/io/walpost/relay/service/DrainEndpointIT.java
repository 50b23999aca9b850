package io.walpost.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.relay.service.RelayProcess.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged relay scaled to zero: it drains when Knative's PingSource posts, and only then. */
class DrainEndpointIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BACKLOG = 40_000;
    private static final String TOKEN = "of-a-secret-that-is-mounted";
    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();

    /** The common pool may have but one thread, which the end of a process is told on. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @TempDir
    static Path secrets;

    private static Path tokenFile;

    @BeforeAll
    static void start() throws Exception {
        POSTGRES.start();
        KAFKA.start();
        // As a Secret is often made: with the end of a line.
        tokenFile = Files.writeString(secrets.resolve("token"), TOKEN + "\n");
    }

    @AfterAll
    static void stop() {
        THREADS.close();
        KAFKA.close();
        POSTGRES.close();
    }

    private static Map<String, String> environment(Outbox outbox) {
        Map<String, String> environment = new HashMap<>(outbox.environment());
        environment.put("KAFKA_BOOTSTRAP_SERVERS", KAFKA.bootstrapServers());
        environment.put("WALPOST_RELAY_ENDPOINT_TOKEN_FILE", tokenFile.toString());
        return environment;
    }

    private static RelayProcess endpoint(Map<String, String> environment) {
        RelayProcess relay = new RelayProcess(environment, "drain-endpoint");
        relay.awaitReady();
        return relay;
    }

    private static List<String> published(Outbox outbox, int count) {
        try (CommittedTopic topic = new CommittedTopic(KAFKA.bootstrapServers(), outbox.topic(), 1)) {
            await().atMost(PATIENCE).until(() -> Set.copyOf(topic.ids()).size() >= count);
            return List.copyOf(topic.ids());
        }
    }

    @Test
    void drainsWhenItIsAskedTo() throws Exception {
        Outbox outbox = Outbox.in(POSTGRES, "asked");
        outbox.publish(1_000);
        try (RelayProcess relay = endpoint(environment(outbox))) {
            Answer first = Ping.of(relay, TOKEN);
            assertThat(first.status()).as(first.body()).isEqualTo(200);
            assertThat(first.body())
                    .contains("\"slot\":\"asked\"", "\"reached\":true", "\"events\":1000", "\"failure\":null");
            assertThat(first.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(published(outbox, 1_000)).hasSize(1_000).doesNotHaveDuplicates();

            // Nothing is read in between.
            assertThat(outbox.isRead()).isFalse();
            outbox.publish(10);
            assertThat(Ping.of(relay, TOKEN).body()).contains("\"events\":10,");
            assertThat(Ping.of(relay, TOKEN).body()).contains("\"events\":0,");

            assertThat(relay.get("/q/health/live").status()).isEqualTo(200);
            assertThat(relay.get("/drain").status()).isEqualTo(405);
            assertThat(relay.terminate()).isEqualTo(143);
            assertThat(relay.log()).contains("Drained slot asked").doesNotContain("ERROR", TOKEN);
        }
        // A new process knows what the last one did by the slot alone.
        outbox.publish(5);
        try (RelayProcess relay = endpoint(environment(outbox))) {
            assertThat(Ping.of(relay, TOKEN).body()).contains("\"events\":5,");
        }
        assertThat(published(outbox, 1_015)).hasSize(1_015).doesNotHaveDuplicates();
    }

    @Test
    void letsNobodyInWithoutTheToken() throws Exception {
        Outbox outbox = Outbox.in(POSTGRES, "guarded");
        outbox.publish(3);
        Path rolled = Files.writeString(secrets.resolve("rolled"), TOKEN);
        Map<String, String> environment = environment(outbox);
        environment.put("WALPOST_RELAY_ENDPOINT_TOKEN_FILE", rolled.toString());
        try (RelayProcess relay = endpoint(environment)) {
            assertThat(relay.send(Ping.to(relay)).status()).isEqualTo(401);
            for (String credentials : List.of("Bearer", "Bearer " + TOKEN + "x", "Basic " + TOKEN, TOKEN)) {
                Answer answer = relay.send(Ping.to(relay).setHeader("Authorization", credentials));
                assertThat(answer.status()).as(credentials).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            }
            assertThat(outbox.isConfirmed()).isFalse();

            Files.writeString(rolled, "another-token-by-now");
            assertThat(Ping.of(relay, TOKEN).status()).isEqualTo(401);
            assertThat(Ping.of(relay, "another-token-by-now").body()).contains("\"events\":3,");
            Files.writeString(rolled, "");
            assertThat(Ping.of(relay, "").status()).isEqualTo(401);
        }
    }

    @Test
    void takesATokenThatKubernetesMadeForThePingSource() throws Exception {
        Outbox outbox = Outbox.in(POSTGRES, "tokens");
        outbox.publish(3);
        try (ClusterIssuer cluster = new ClusterIssuer()) {
            Map<String, String> environment = environment(outbox);
            environment.remove("WALPOST_RELAY_ENDPOINT_TOKEN_FILE");
            environment.putAll(cluster.environment());
            try (RelayProcess relay = endpoint(environment)) {
                assertThat(cluster.badTokens()).isNotEmpty().allSatisfy((flaw, token) -> assertThat(
                                Ping.of(relay, token).status())
                        .as(flaw)
                        .isEqualTo(401));
                assertThat(outbox.isConfirmed()).isFalse();
                Answer answer = Ping.of(relay, cluster.goodToken());
                assertThat(answer.status()).as(relay.log()).isEqualTo(200);
                assertThat(answer.body()).contains("\"events\":3,");
                assertThat(relay.log()).doesNotContain(cluster.goodToken(), "ERROR");
            }
        }
    }

    @Test
    void startsOnlyIfSomebodyCouldPost() throws Exception {
        Map<String, String> environment = environment(new Outbox(POSTGRES, "never_asked_for"));
        environment.remove("WALPOST_RELAY_ENDPOINT_TOKEN_FILE");
        assertRefused(environment, "Nobody could post");

        environment.put(
                "WALPOST_RELAY_ENDPOINT_TOKEN_FILE", secrets.resolve("missing").toString());
        assertRefused(environment, "cannot be read");

        environment.put(
                "WALPOST_RELAY_ENDPOINT_TOKEN_FILE",
                Files.writeString(secrets.resolve("short"), "short").toString());
        assertRefused(environment, "less than 16 characters");

        environment.remove("WALPOST_RELAY_ENDPOINT_TOKEN_FILE");
        environment.put("WALPOST_RELAY_ENDPOINT_OIDC_ISSUER", "https://cluster");
        environment.put("WALPOST_RELAY_ENDPOINT_OIDC_JWKS", "http://example.com/jwks");
        assertRefused(
                environment, "without walpost.relay.endpoint.oidc.audience, walpost.relay.endpoint.oidc.subjects");

        environment.put("WALPOST_RELAY_ENDPOINT_OIDC_AUDIENCE", "relay");
        environment.put("WALPOST_RELAY_ENDPOINT_OIDC_SUBJECTS", "system:serviceaccount:shop:relay-drain");
        assertRefused(environment, "must be an address with https");
    }

    private static void assertRefused(Map<String, String> environment, String sentence) throws Exception {
        try (RelayProcess relay = new RelayProcess(environment, "drain-endpoint")) {
            assertThat(relay.exitCode()).isEqualTo(78);
            assertThat(relay.log()).contains(sentence).doesNotContain("\tat ");
        }
    }

    @Test
    void runsOneDrainAtATime() throws Exception {
        Outbox outbox = Outbox.in(POSTGRES, "single");
        outbox.publishInTransactions(BACKLOG);
        try (RelayProcess relay = endpoint(environment(outbox))) {
            CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> Ping.of(relay, TOKEN), THREADS);
            await().atMost(PATIENCE).until(outbox::isConfirmed);
            KAFKA.pause();
            try {
                Answer second = Ping.of(relay, TOKEN);
                assertThat(first).as("frozen before it was done").isNotDone();
                assertThat(second.status()).isEqualTo(409);
                assertThat(second.body()).contains("A drain is running");
            } finally {
                KAFKA.resume();
            }
            assertThat(first.get().status()).as(first.get().body()).isEqualTo(200);
            assertThat(Ping.of(relay, TOKEN).status()).isEqualTo(200);
        }
        assertThat(published(outbox, BACKLOG)).hasSize(BACKLOG).doesNotHaveDuplicates();
    }

    @Test
    void leavesTheSlotToARelayThatReadsIt() throws Exception {
        Outbox outbox = Outbox.in(POSTGRES, "taken");
        try (RelayProcess stream = new RelayProcess(environment(outbox));
                RelayProcess relay = endpoint(environment(outbox))) {
            stream.awaitReady();
            Answer answer = Ping.of(relay, TOKEN);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body()).contains("\"kind\":\"slot-busy\"");
        }
    }

    @Test
    void goesOnAtTheNextRequestWhenItsTimeIsOver() throws Exception {
        Outbox outbox = Outbox.in(POSTGRES, "limited");
        outbox.publishInTransactions(BACKLOG);
        Map<String, String> environment = environment(outbox);
        environment.put("WALPOST_RELAY_ENDPOINT_LIMIT", "5s");
        environment.put("WALPOST_RELAY_DRAIN_TIMEOUT", "1s");
        try (RelayProcess relay = endpoint(environment)) {
            CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> Ping.of(relay, TOKEN), THREADS);
            await().atMost(PATIENCE).until(() -> outbox.isConfirmed() || first.isDone());
            KAFKA.pause();
            try {
                Answer cut = first.get();
                assertThat(cut.status()).as(cut.body()).isEqualTo(503);
                assertThat(cut.body()).contains("\"reached\":false");
                assertThat(cut.headers().firstValue("Retry-After")).contains("5");
            } finally {
                KAFKA.resume();
            }
            await().atMost(PATIENCE).until(() -> Ping.of(relay, TOKEN).status() == 200);
        }
        // What Kafka took without saying so while it was frozen comes twice.
        assertThat(Set.copyOf(published(outbox, BACKLOG))).hasSize(BACKLOG);
    }

    @Test
    void saysWhatOnlyAPersonCanMend() throws Exception {
        Outbox outbox = Outbox.in(POSTGRES, "slotless");
        Map<String, String> environment = environment(outbox);
        environment.put("WALPOST_RELAY_SLOT", "no_such_slot");
        try (RelayProcess relay = endpoint(environment)) {
            Answer answer = Ping.of(relay, TOKEN);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("\"kind\":\"precondition\"", "The command setup makes the slot");
        }
    }

    @Test
    void confirmsWhatIsPublishedWhenItIsStoppedInTheMiddle() throws Exception {
        Outbox outbox = Outbox.in(POSTGRES, "stopped");
        outbox.publishInTransactions(BACKLOG);
        try (RelayProcess relay = endpoint(environment(outbox))) {
            CompletableFuture<Answer> drain = CompletableFuture.supplyAsync(() -> Ping.of(relay, TOKEN), THREADS);
            await().atMost(PATIENCE).until(outbox::isConfirmed);
            assertThat(relay.terminate()).isEqualTo(143);
            assertThat(drain.get().status()).as("was not done").isIn(0, 503);
            assertThat(relay.log())
                    .contains("Did not drain all of slot stopped")
                    .doesNotContain("ERROR");
        }
        try (RelayProcess relay = endpoint(environment(outbox))) {
            assertThat(Ping.of(relay, TOKEN).status()).isEqualTo(200);
        }
        // None twice: the second process began where the first had stopped.
        assertThat(published(outbox, BACKLOG)).hasSize(BACKLOG).doesNotHaveDuplicates();
    }
}
