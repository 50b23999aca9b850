package io.walpost.relay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.relay.testing.OutboxDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a relay that is killed with -9 makes come twice, when it delivers at least once. */
class RelayKillTest {

    private static final Logger LOG = LoggerFactory.getLogger(RelayKillTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long SEED = 20_261_120;
    private static final int KILLS = 5;

    private final List<Struck> kills = new ArrayList<>();

    private void start(Site site) {
        Writers.topics().forEach(topic -> site.kafka().createTopic(topic, 3));
        site.startRelay();
    }

    private void killAndStart(Site site) {
        Instant at = Instant.now();
        site.relay().kill();
        site.startRelay();
        kills.add(new Struck(Fault.RELAY_KILLED, at, site.relayFrom()));
    }

    private List<DuplicateCount> judge(Site site, Map<String, Integer> committed) {
        site.caughtUp();
        ArrivalCheck check = new ArrivalCheck(kills);
        ArrivalReader.read(site.kafka().bootstrapServers(), "read_uncommitted", Writers.topics(), check::accept);
        assertThat(check.arrived()).isEqualTo(committed);
        check.duplicates().forEach(count -> LOG.info("{}", count));
        return check.duplicates();
    }

    private static long count(Site site) {
        return ArrivalReader.count(site.kafka().bootstrapServers(), Writers.topics());
    }

    /** A window of that size makes it certain; the default one leaves it to the machine how soon the relay hears. */
    @Test
    void costsAtMostFiveHundredDuplicatesAtThreeThousandEventsASecond() throws Exception {
        assertThat(duplicatesAtThreeThousandEventsASecond(500)).hasSize(KILLS).allMatch(count -> count <= 500);
    }

    @Test
    void costsMostlyLessThanThatWithTheDefaultWindow() throws Exception {
        List<Integer> counts = duplicatesAtThreeThousandEventsASecond(10_000);
        assertThat(counts).hasSize(KILLS).allMatch(count -> count <= 10_000);
        assertThat(counts.stream().sorted().skip(KILLS / 2).findFirst().orElseThrow())
                .as("the median of %s", counts)
                .isLessThanOrEqualTo(500);
    }

    private List<Integer> duplicatesAtThreeThousandEventsASecond(int window) throws Exception {
        try (Site site = new Site(window)) {
            start(site);
            Map<String, Integer> committed;
            try (Writers writers = new Writers(site.database(), Mix.STEADY, SEED, 3_000)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    site.caughtUp();
                    long before = count(site);
                    await().atMost(PATIENCE).until(() -> count(site) >= before + 3_000);
                    killAndStart(site);
                }
                site.caughtUp();
                committed = writers.finish();
            }
            return judge(site, committed).stream().map(DuplicateCount::total).toList();
        }
    }

    @Test
    void costsAtMostTheWindowWhileABacklogDrains() throws Exception {
        int window = 1_000;
        try (Site site = new Site(window)) {
            start(site);
            site.caughtUp();
            site.relay().stop();
            Map<String, Integer> committed;
            try (Writers writers = new Writers(site.database(), Mix.STEADY, SEED, 20_000)) {
                await().atMost(PATIENCE).until(() -> committed(site.database()) >= 30_000);
                committed = writers.finish();
            }
            site.kafkaLink().slow(Duration.ofMillis(30));
            site.startRelay();
            for (int kill = 0; kill < KILLS; kill++) {
                long before = count(site);
                await().atMost(PATIENCE).until(() -> count(site) >= before + 2 * window);
                killAndStart(site);
            }
            site.kafkaLink().release();
            assertThat(judge(site, committed)).hasSize(KILLS).allMatch(count -> count.total() <= window);
        }
    }

    private static long committed(OutboxDatabase database) {
        return Long.parseLong(database.query("SELECT count(*) FROM outboxevent"));
    }

    /** The one case in which the window is exceeded: see docs/adr/0013-fault-run.md. */
    @Test
    void repeatsATransactionThatIsLargerThanTheWindowAsFarAsItWasPublished() throws Exception {
        int window = 500;
        int events = 20_000;
        try (Site site = new Site(window)) {
            start(site);
            site.caughtUp();
            site.kafkaLink().slow(Duration.ofMillis(30));
            commitOne(site.database(), events);
            await().atMost(PATIENCE).until(() -> count(site) >= 4 * window);
            killAndStart(site);
            long published = count(site);
            site.kafkaLink().release();
            DuplicateCount count = judge(site, Map.of("0-0", events)).getFirst();
            assertThat(published).isLessThan(events);
            assertThat(count.total()).isBetween(4 * window, (int) published);
            assertThat(count.isWithin(window)).as("one transaction only").isTrue();
        }
    }

    private static void commitOne(OutboxDatabase database, int events) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO outboxevent VALUES (?, ?, '0-0', 'Happened', now(), ?)")) {
            connection.setAutoCommit(false);
            for (int number = 1; number <= events; number++) {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, Writers.type(0));
                insert.setString(3, Payload.of("0-0", number, 300));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }
}
