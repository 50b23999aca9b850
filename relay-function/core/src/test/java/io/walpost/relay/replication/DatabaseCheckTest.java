package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.checkpoint.ResumePoint;
import io.walpost.relay.checkpoint.WalHistory;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.Finding.Severity;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.testing.OutboxDatabase;
import io.walpost.relay.testing.RealSystems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseCheckTest {

    private final List<OutboxDatabase> databases = new ArrayList<>();

    @AfterEach
    void close() {
        databases.forEach(OutboxDatabase::close);
    }

    private OutboxDatabase prepared() {
        return closedLater(OutboxDatabase.prepared());
    }

    private OutboxDatabase bare() {
        return closedLater(OutboxDatabase.bare());
    }

    private OutboxDatabase closedLater(OutboxDatabase database) {
        databases.add(database);
        return database;
    }

    private static List<Finding> findings(OutboxDatabase database) throws RelayException {
        return new DatabaseCheck(database.settings()).findings();
    }

    @Test
    void findsNothingInAPreparedDatabase() throws RelayException {
        assertThat(findings(prepared())).isEmpty();
    }

    @Test
    void givesTheSqlThatPreparesABareDatabase() throws RelayException {
        OutboxDatabase database = bare();
        List<Finding> findings = findings(database);
        assertThat(findings)
                .extracting(Finding::problem)
                .containsExactly(
                        "The outbox table public.outboxevent does not exist.",
                        "The publication walpost does not exist.",
                        "The replication slot " + database.slot() + " does not exist.");
        findings.forEach(finding -> database.execute(finding.mend()));
        assertThat(findings(database)).isEmpty();
    }

    @Test
    void mendsAPublicationThatCarriesTooLittleOrTooMuch() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute(
                "ALTER PUBLICATION walpost SET (publish = 'delete')",
                "ALTER PUBLICATION walpost DROP TABLE outboxevent");
        List<Finding> tooLittle = findings(database);
        assertThat(tooLittle).extracting(Finding::severity).containsOnly(Severity.BLOCKING);
        assertThat(tooLittle)
                .extracting(Finding::problem)
                .containsExactly(
                        "The publication walpost leaves out INSERTs.",
                        "The publication walpost does not carry public.outboxevent.");
        tooLittle.forEach(finding -> database.execute(finding.mend()));
        assertThat(findings(database)).isEmpty();

        database.execute("ALTER PUBLICATION walpost SET (publish = 'insert, update')");
        List<Finding> tooMuch = findings(database);
        assertThat(tooMuch).extracting(Finding::severity).containsExactly(Severity.ADVICE);
        tooMuch.forEach(finding -> database.execute(finding.mend()));
        assertThat(findings(database)).isEmpty();
    }

    @Test
    void makesTheSlotAnewWhenItIsOlderThanItsPublication() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute("DROP PUBLICATION walpost");
        database.publish("order", "1", "while there was no publication");
        List<Finding> findings = findings(database);
        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.mend())
                .contains("pg_drop_replication_slot"));
        // As psql does: each statement in a transaction of its own.
        database.execute(findings.getFirst().mend().split(";\n"));
        assertThat(findings(database)).isEmpty();
    }

    @Test
    void refusesAPublicationThatLeavesRowsOut() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute("ALTER PUBLICATION walpost SET TABLE outboxevent WHERE (aggregateid <> '2')");
        List<Finding> findings = findings(database);
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).contains("row filter");
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
        });
        database.execute(findings.getFirst().mend());
        assertThat(findings(database)).isEmpty();
    }

    @Test
    void wantsAPartitionedTableToBePublishedAsOne() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute(
                "ALTER PUBLICATION walpost DROP TABLE outboxevent",
                "DROP TABLE outboxevent",
                """
                CREATE TABLE outboxevent (
                  id uuid, aggregatetype varchar(255), aggregateid varchar(255), type varchar(255),
                  timestamp timestamptz, payload text) PARTITION BY RANGE (timestamp)
                """,
                "CREATE TABLE outboxevent_2026 PARTITION OF outboxevent DEFAULT",
                "ALTER PUBLICATION walpost ADD TABLE outboxevent");
        List<Finding> findings = findings(database);
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.BLOCKING)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem()).contains("partitions");
                    database.execute(finding.mend());
                });
        assertThat(findings(database)).isEmpty();
    }

    @Test
    void advisesOnTablesThatThePublicationCarriesForNothing() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute("ALTER PUBLICATION walpost ADD TABLE other");
        assertThat(findings(database)).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).contains("public.other");
            assertThat(finding.severity()).isEqualTo(Severity.ADVICE);
        });
    }

    @Test
    void advisesOnAServerThatMayStaySilentForLongerThanTheRelayWaits() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute("ALTER DATABASE " + database.name() + " SET wal_sender_timeout = '90s'");
        assertThat(findings(database)).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).contains("wal_sender_timeout is 90000 ms");
            assertThat(finding.severity()).isEqualTo(Severity.ADVICE);
        });
    }

    @Test
    void tellsALostSlotFromOneThatNeverWas() {
        OutboxDatabase database = prepared();
        database.execute("SELECT pg_drop_replication_slot('" + database.slot() + "')");
        SlotMemory memory = SlotMemory.none(database.slot());
        memory.opened(new WalHistory("1", 1), 0x1234);
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> new DatabaseCheck(database.settings()).require(memory))
                .withMessageContaining("it was dropped")
                .withMessageContaining("between 0/1234 and ")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SLOT_LOST));
    }

    @Test
    void namesTheColumnsThatATableLacks() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute("ALTER TABLE outboxevent DROP COLUMN payload, DROP COLUMN type");
        assertThat(findings(database)).singleElement().satisfies(finding -> assertThat(finding.problem())
                .contains("lacks the columns type, payload"));
    }

    @Test
    void mendsARoleThatMayNotReplicate() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute("CREATE ROLE \"Relay " + database.name() + "\" LOGIN PASSWORD '"
                + RealSystems.postgres().password() + "'");
        DatabaseCheck check = new DatabaseCheck(database.settings("Relay " + database.name()));
        List<Finding> findings = check.findings();
        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.problem())
                .contains("may not use replication"));
        database.execute(findings.getFirst().mend());
        assertThat(check.findings()).isEmpty();
    }

    @Test
    void refusesASlotOfAnotherDatabase() throws RelayException {
        OutboxDatabase database = prepared();
        OutboxDatabase other = prepared();
        PostgresSettings wrong = new PostgresSettings(
                RealSystems.postgres().jdbcUrl(database.name()),
                "postgres",
                RealSystems.postgres().password(),
                other.slot(),
                "walpost",
                database.settings().tables(),
                database.settings().timeout());
        assertThat(new DatabaseCheck(wrong).findings()).singleElement().satisfies(finding -> assertThat(
                        finding.problem())
                .contains("belongs to the database " + other.name()));
    }

    @Test
    void saysWhyTheRelayDoesNotStart() {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> new PgReplicationSource(bare().settings()).open(ResumePoint.none()))
                .withMessageContaining("CREATE TABLE public.outboxevent")
                .withMessageContaining("CREATE PUBLICATION walpost FOR TABLE public.outboxevent")
                .withMessageContaining("pg_create_logical_replication_slot")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION));
    }

    @Test
    void tellsAWrongDatabaseFromOneThatIsDown() {
        assertThat(failure("jdbc:postgresql://127.0.0.1:1/none").kind()).isEqualTo(FailureKind.DATABASE_UNAVAILABLE);
        assertThat(failure(RealSystems.postgres().jdbcUrl("no_such_database")).kind())
                .isEqualTo(FailureKind.PRECONDITION);
    }

    private static RelayException failure(String url) {
        PostgresSettings settings = new PostgresSettings(
                url,
                "postgres",
                "postgres",
                "walpost",
                "walpost",
                List.of(TableName.parse("a.b")),
                Duration.ofSeconds(5));
        try {
            new DatabaseCheck(settings).findings();
        } catch (RelayException e) {
            return e;
        }
        throw new AssertionError("No failure for " + url);
    }

    @Test
    void givesTheSqlThatPreparesADatabaseForMessages() throws RelayException {
        OutboxDatabase database = bare();
        DatabaseCheck check =
                new DatabaseCheck(database.capturing(List.of(), Optional.of("outbox"), List.of("tenant")));
        List<Finding> findings = check.findings();
        assertThat(findings)
                .extracting(Finding::problem)
                .containsExactly(
                        "The publication walpost does not exist.",
                        "The replication slot " + database.slot() + " does not exist.");
        assertThat(findings.getFirst().mend()).doesNotContain("TABLE");
        findings.forEach(finding -> database.execute(finding.mend()));
        assertThat(check.findings()).isEmpty();
    }

    @Test
    void takesAHeaderWithoutAColumnForAMistakeUntilItHasSeenTheColumn() throws RelayException {
        OutboxDatabase database = prepared();
        DatabaseCheck check = new DatabaseCheck(
                database.capturing(List.of("public.outboxevent"), Optional.empty(), List.of("type:kind", "tenant")));
        List<Finding> findings = check.findings();
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.problem()).contains("'tenant'", "walpost.relay.headers.columns");
        });
        // What follows the comment's colon is the other way to mend it.
        database.execute(findings.getFirst().mend().replaceFirst(".*: ", ""));
        assertThat(check.findings()).isEmpty();
        database.execute("ALTER TABLE outboxevent DROP COLUMN tenant");
        assertThat(check.findings()).singleElement().satisfies(finding -> assertThat(finding.severity())
                .isEqualTo(Severity.ADVICE));
    }

    @Test
    void refusesAPublicationThatLeavesColumnsOut() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute(
                "ALTER TABLE outboxevent ADD COLUMN tenant text",
                "ALTER PUBLICATION walpost SET TABLE outboxevent (id, aggregatetype, aggregateid, type, timestamp)");
        DatabaseCheck check = new DatabaseCheck(
                database.capturing(List.of("public.outboxevent"), Optional.empty(), List.of("tenant")));
        List<Finding> findings = check.findings();
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.BLOCKING);
            assertThat(finding.problem()).contains("public.outboxevent", "payload, tracingspancontext, tenant");
        });
        database.execute(findings.getFirst().mend());
        assertThat(check.findings()).isEmpty();
    }

    @Test
    void refusesAPartitionThatThePublicationShowsAsItsTable() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute(
                "ALTER PUBLICATION walpost DROP TABLE outboxevent",
                "CREATE TABLE events (LIKE outboxevent) PARTITION BY RANGE (timestamp)",
                "ALTER TABLE events ATTACH PARTITION outboxevent DEFAULT",
                "ALTER PUBLICATION walpost ADD TABLE events",
                "ALTER PUBLICATION walpost SET (publish_via_partition_root = true)");
        assertThat(findings(database))
                .filteredOn(finding -> finding.severity() == Severity.BLOCKING)
                .singleElement()
                .satisfies(finding -> assertThat(finding.problem()).contains("public.outboxevent is a partition"));
        assertThat(new DatabaseCheck(database.capturing(List.of("public.events"), Optional.empty(), List.of()))
                        .findings())
                .isEmpty();
    }

    @Test
    void refusesBytesInDisguise() throws RelayException {
        OutboxDatabase database = prepared();
        database.execute(
                "CREATE DOMAIN blob AS bytea",
                "ALTER TABLE outboxevent ALTER COLUMN payload TYPE blob USING payload::bytea");
        List<Finding> findings = findings(database);
        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.problem())
                .contains("domain over bytea"));
        database.execute(findings.getFirst().mend());
        assertThat(findings(database)).isEmpty();
    }
}
