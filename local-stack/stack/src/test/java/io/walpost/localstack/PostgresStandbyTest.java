package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A standby follows its primary, keeps its failover slots, and takes its place. */
class PostgresStandbyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final LocalPostgres primary = LocalPostgres.temporary();
    private LocalPostgres standby;

    @AfterEach
    void close() {
        if (standby != null) {
            standby.close();
        }
        primary.close();
    }

    @Test
    void takesThePlaceOfAKilledPrimaryWithItsRowsAndItsFailoverSlots() throws SQLException {
        primary.start();
        Sql.execute(primary, "CREATE TABLE survivors AS SELECT 1 AS id");
        Sql.execute(primary, "SELECT pg_create_logical_replication_slot('kept', 'pgoutput', false, false, true)");
        Sql.execute(primary, "SELECT pg_create_logical_replication_slot('forgotten', 'pgoutput')");
        standby = primary.standby();
        standby.start();
        assertThat(Sql.query(standby, "SELECT pg_is_in_recovery()")).isEqualTo("t");
        assertThat(Sql.query(primary, "SHOW synchronized_standby_slots")).startsWith("standby_");
        Sql.execute(primary, "INSERT INTO survivors VALUES (2)");
        await().atMost(PATIENCE).until(this::hasRowAndSlot);

        primary.kill();
        standby.promote();

        assertThat(Sql.query(standby, "SELECT pg_is_in_recovery()")).isEqualTo("f");
        Sql.execute(standby, "INSERT INTO survivors VALUES (3)");
        assertThat(Sql.query(standby, "SELECT count(*) FROM survivors")).isEqualTo("3");
        assertThat(Sql.query(standby, "SELECT string_agg(slot_name, ' ') FROM pg_replication_slots"))
                .isEqualTo("kept");
        assertThat(Sql.query(standby, "SHOW synchronized_standby_slots")).isEmpty();
    }

    /** A standby keeps a slot from the moment on at which the slot needs no log from before the standby's own time. */
    private boolean hasRowAndSlot() throws SQLException {
        Sql.execute(primary, "SELECT pg_log_standby_snapshot()");
        Sql.execute(primary, "SELECT pg_replication_slot_advance('kept', pg_current_wal_lsn())");
        return Sql.query(
                        standby,
                        "SELECT (SELECT count(*) FROM survivors) = 2 AND EXISTS (SELECT FROM pg_replication_slots"
                                + " WHERE slot_name = 'kept' AND synced AND NOT temporary)")
                .equals("t");
    }

    @Test
    void aStandbyThatWasKilledFollowsAgain() throws SQLException {
        primary.start();
        standby = primary.standby();
        standby.start();
        standby.kill();
        Sql.execute(primary, "CREATE TABLE meanwhile AS SELECT 1 AS id");
        standby.start();
        await().atMost(PATIENCE).until(() -> Sql.query(standby, "SELECT to_regclass('meanwhile') IS NOT NULL")
                .equals("t"));
    }

    @Test
    void tellsThatThePrimaryMustRunToBeCopied() {
        standby = primary.standby();
        assertThatThrownBy(standby::start)
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("Cannot copy the primary on port " + primary.port());
    }

    @Test
    void tellsThatAPrimaryCannotBePromoted() {
        primary.start();
        assertThatThrownBy(primary::promote)
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("recovery is not in progress");
    }
}
