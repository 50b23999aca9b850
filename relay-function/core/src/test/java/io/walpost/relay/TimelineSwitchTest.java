package io.walpost.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.relay.publish.Delivery;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import io.walpost.relay.testing.RunningRelay;
import io.walpost.relay.testing.TopicReader;
import io.walpost.relay.testing.Workload;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that is killed, comes back as a standby, and is promoted: the same log, going on in another timeline. */
@ParameterizedClass
@EnumSource
class TimelineSwitchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OutboxDatabase database = OutboxDatabase.prepared();
    private final String type = "Timeline-" + database.name();
    private final TopicReader topic = TopicReader.ofCommitted("outbox.event." + type);
    private final Delivery delivery;

    TimelineSwitchTest(Delivery delivery) {
        this.delivery = delivery;
    }

    @AfterEach
    void close() {
        topic.close();
        database.close();
    }

    @Test
    void goesOnWhereItWasAndRepeatsNothing() throws Exception {
        int before = timeline();
        Map<String, Integer> expected;
        try (var relay = RunningRelay.on(database, delivery)) {
            try (var workload = Workload.start(database, type, 2, 20_261_120)) {
                await().atMost(PATIENCE).until(() -> relay.metrics().events() >= 500);
                database.execute("COPY (SELECT 1) TO PROGRAM 'cat > standby.signal'");
                RealSystems.postgres().kill();
                RealSystems.postgres();
                // It answers queries only when it has replayed its log.
                await().atMost(PATIENCE).ignoreExceptions().until(() -> "t"
                        .equals(database.query("SELECT pg_promote()")));
                int committed = workload.committed();
                await().atMost(PATIENCE).until(() -> workload.committed() >= committed + 500);
                expected = workload.finish();
            }
            topic.until(expected.values().stream().mapToInt(Integer::intValue).sum());
            relay.streaming();
        }
        assertThat(Workload.verify(topic.poll(), expected)).as("duplicates").isZero();
        assertThat(timeline()).isEqualTo(before + 1);
    }

    private int timeline() {
        return Integer.parseInt(database.query("SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"), 16);
    }
}
