package io.walpost.localstack;

import java.util.stream.Stream;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container. */
final class PostgresContainer extends ContainerServer implements LocalPostgres {

    private static final String IMAGE = "postgres:17";

    private final PostgresClient client = new PostgresClient(this);

    PostgresContainer(DataFolder folder, int port) {
        super("PostgreSQL", folder, port, PostgreSQLContainer.POSTGRESQL_PORT, container());
    }

    private static PostgreSQLContainer container() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withUsername(USER)
                .withPassword(PASSWORD)
                .withDatabaseName("postgres");
        // Replaces the default command, which turns fsync off.
        container.setCommand(Stream.concat(Stream.of("postgres"), PostgresSettings.arguments().stream())
                .toArray(String[]::new));
        return container;
    }

    @Override
    boolean answers() {
        return client.answers();
    }

    @Override
    public void createDatabase(String name) {
        client.createDatabase(name);
    }

    @Override
    public LocalPostgres standby() {
        throw Backend.onlyProcesses("A standby");
    }

    @Override
    public void promote() {
        client.promote();
    }
}
