package io.walpost.relay.lambda;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.lambda.FunctionCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** One PostgreSQL, one Kafka and one unpacked function.zip for all tests of a JVM, which ends them. */
final class Servers {

    static final Path ZIP = Path.of("target", "function.zip");
    static final String ROLE = "relay";
    static final String PASSWORD = "s3cr3t-relay";

    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();
    private static boolean prepared;
    private static FunctionCode code;

    private Servers() {}

    /** Runs on return, whatever an earlier test did to it. It has a role that may replicate and do nothing else. */
    static synchronized LocalPostgres postgres() {
        POSTGRES.start();
        if (!prepared) {
            prepared = true;
            execute("postgres", "CREATE ROLE " + ROLE + " LOGIN REPLICATION PASSWORD '" + PASSWORD + "'");
        }
        return POSTGRES;
    }

    /** Runs on return, whatever an earlier test did to it. */
    static LocalKafka kafka() {
        KAFKA.start();
        return KAFKA;
    }

    static synchronized FunctionCode code() {
        if (code == null) {
            try {
                Path folder = Files.createTempDirectory(Path.of("target"), "function-")
                        .toAbsolutePath();
                code = FunctionCode.unpack(ZIP, folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return code;
    }

    static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(POSTGRES.jdbcUrl(database), POSTGRES.user(), POSTGRES.password());
    }

    static void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
