package io.walpost.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
    }

    @Test
    void keepsACommittedRowAndItsPortWhenItIsKilled() throws SQLException {
        POSTGRES.createDatabase("Orders");
        execute("CREATE TABLE survivors AS SELECT 42 AS id");
        long first = POSTGRES.pid().orElseThrow();

        POSTGRES.kill();
        assertThat(POSTGRES.running()).isFalse();
        assertThat(Ports.isFree(POSTGRES.port())).isTrue();
        POSTGRES.start();

        assertThat(query("SELECT id FROM survivors")).isEqualTo("42");
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
        POSTGRES.createDatabase("Orders");
        assertThat(query("SHOW " + setting)).isEqualTo(value);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(POSTGRES.jdbcUrl("Orders"), POSTGRES.user(), POSTGRES.password());
    }
}
