package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.testing.OutboxDatabase;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class SlotQueryTest {

    private static final int BEFORE_FAILOVER_SLOTS = 14;

    @Test
    void asksAnOlderServerOnlyForWhatItHas() throws Exception {
        try (OutboxDatabase database = OutboxDatabase.prepared();
                Connection connection = database.connect()) {
            SlotStatus newer = SlotQuery.read(connection, database.slot()).orElseThrow();
            SlotStatus older = SlotQuery.read(connection, database.slot(), BEFORE_FAILOVER_SLOTS)
                    .orElseThrow();
            assertThat(newer.inactiveSince()).isPresent();
            assertThat(older.inactiveSince()).isEmpty();
            assertThat(older.invalidationReason()).isEmpty();
            assertThat(older.failover()).isFalse();
            assertThat(older.confirmed()).isEqualTo(newer.confirmed()).isEqualTo(database.confirmedFlushLsn());
            assertThat(older.walStatus()).isEqualTo(WalStatus.RESERVED);
            assertThat(older.retainedBytes()).isPresent();
            assertThat(SlotQuery.read(connection, "no_such_slot")).isEmpty();
        }
    }
}
