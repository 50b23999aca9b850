package io.walpost.relay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Kafka is slow, or not to be heard at all, for longer than the server waits for a sign of life from the relay. */
class SlowKafkaTest {

    private static final int WINDOW = 200;
    private static final long SEED = 20_261_120;

    @Test
    void neverCostsTheReplicationConnection() throws Exception {
        try (Site site = new Site(WINDOW)) {
            assertThat(site.database().query("SHOW wal_sender_timeout")).isEqualTo("3s");
            Writers.topics().forEach(topic -> site.kafka().createTopic(topic, 3));
            site.startRelay();
            String walsender = await().atMost(Duration.ofSeconds(60))
                    .until(() -> site.database().walsender(), Objects::nonNull);
            Map<String, Integer> committed;
            try (Writers writers = new Writers(site.database(), Mix.STEADY, SEED, 1_500)) {
                site.kafkaLink().slow(Duration.ofMillis(700));
                awaitThreeTimeouts(site);
                assertThat(site.database().walsender()).isEqualTo(walsender);
                assertThat(unconfirmed(site)).as("the relay is behind").isGreaterThan(WINDOW);

                site.kafkaLink().hold();
                awaitThreeTimeouts(site);
                assertThat(site.database().walsender()).isEqualTo(walsender);
                committed = writers.finish();
            }
            site.kafkaLink().release();
            site.caughtUp();
            assertThat(site.database().walsender()).isEqualTo(walsender);

            ArrivalCheck check = new ArrivalCheck(List.of());
            ArrivalReader.read(site.kafka().bootstrapServers(), "read_uncommitted", Writers.topics(), check::accept);
            assertThat(check.arrived()).isEqualTo(committed);
        }
    }

    /** By the clock of the server, which is the one that counts. */
    private static void awaitThreeTimeouts(Site site) {
        site.database().execute("SELECT pg_sleep(9)");
    }

    private static long unconfirmed(Site site) {
        long arrived = ArrivalReader.count(site.kafka().bootstrapServers(), Writers.topics());
        return Long.parseLong(site.database().query("SELECT count(*) FROM outboxevent")) - arrived;
    }
}
