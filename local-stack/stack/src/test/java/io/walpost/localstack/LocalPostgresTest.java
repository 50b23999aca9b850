package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPostgresTest {

    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();

    @BeforeEach
    void start() {
        POSTGRES.start();
    }

    @AfterAll
    static void close() {
        POSTGRES.close();
        assertThat(POSTGRES.dataFolder()).doesNotExist();
    }

    @Test
    void keepsACommittedRowAndItsPortWhenItIsKilled() throws SQLException {
        Sql.execute(POSTGRES, "CREATE TABLE survivors AS SELECT 42 AS id");
        long first = POSTGRES.pid().orElseThrow();
        List<ProcessHandle> backends =
                ProcessHandle.of(first).orElseThrow().descendants().toList();

        POSTGRES.kill();

        assertThat(POSTGRES.running()).isFalse();
        assertThat(backends).isNotEmpty().noneMatch(Processes::runs);
        assertThat(Ports.isFree(POSTGRES.port())).isTrue();

        POSTGRES.start();

        assertThat(Sql.query(POSTGRES, "SELECT id FROM survivors")).isEqualTo("42");
        assertThat(POSTGRES.pid().orElseThrow()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "wal_level, logical",
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "track_commit_timestamp, on",
        "max_wal_senders, 20",
        "max_replication_slots, 20",
        "max_prepared_transactions, 20",
        "listen_addresses, 127.0.0.1",
        "server_encoding, UTF8"
    })
    void runsWithTheSettingsThatItPromises(String setting, String value) throws SQLException {
        assertThat(Sql.query(POSTGRES, "SHOW " + setting)).isEqualTo(value);
    }

    @Test
    void isPostgresql17() throws SQLException {
        assertThat(Sql.query(POSTGRES, "SHOW server_version")).startsWith("17.");
    }

    @Test
    void createsADatabaseOnce() throws SQLException {
        POSTGRES.createDatabase("Orders \"2026\"");
        POSTGRES.createDatabase("Orders \"2026\"");

        assertThat(Sql.query(POSTGRES, "SELECT count(*) FROM pg_database WHERE datname LIKE 'Orders%'"))
                .isEqualTo("1");
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(POSTGRES.jdbcUrl("postgres"), POSTGRES.user(), "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void answersNothingWhileItIsPaused() throws SQLException {
        try (Connection connection = Sql.connect(POSTGRES);
                Statement statement = connection.createStatement()) {
            POSTGRES.pause();
            connection.setNetworkTimeout(Runnable::run, 300);

            assertThatThrownBy(() -> statement.execute("SELECT 1")).hasRootCauseMessage("Read timed out");
            assertThat(POSTGRES.running()).isTrue();
        } finally {
            POSTGRES.resume();
        }
        assertThat(Sql.query(POSTGRES, "SELECT 'awake'")).isEqualTo("awake");
    }

    @Test
    void canBeKilledWhileItIsPaused() throws SQLException {
        POSTGRES.pause();
        POSTGRES.kill();
        POSTGRES.start();

        assertThat(Sql.query(POSTGRES, "SELECT 'back'")).isEqualTo("back");
    }

    @Test
    void startsAlthoughAnotherProcessGotTheIdOfTheKilledOne() throws Exception {
        POSTGRES.kill();
        Path file = POSTGRES.dataFolder().resolve("data/postmaster.pid");
        String earlier = Files.readString(file);
        Files.writeString(file, ProcessHandle.current().pid() + earlier.substring(earlier.indexOf('\n')));

        POSTGRES.start();

        assertThat(Sql.query(POSTGRES, "SELECT 'back'")).isEqualTo("back");
    }

    @Test
    void tellsThatItMustRunToBePaused() {
        POSTGRES.kill();

        assertThatThrownBy(POSTGRES::pause)
                .isInstanceOf(LocalStackException.class)
                .hasMessage("PostgreSQL does not run; start it first.");
    }
}
