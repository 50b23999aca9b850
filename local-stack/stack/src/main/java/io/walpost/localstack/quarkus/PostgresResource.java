package io.walpost.localstack.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.walpost.localstack.LocalPostgres;
import java.util.Map;

/**
 * PostgreSQL for the default datasource of the application under test. The init argument {@code database} names the
 * database to create.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    private static final String DEFAULT_DATABASE = "test";

    private final LocalPostgres postgres = LocalPostgres.temporary();
    private String database = DEFAULT_DATABASE;

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.getOrDefault("database", DEFAULT_DATABASE);
    }

    @Override
    public Map<String, String> start() {
        postgres.start();
        postgres.createDatabase(database);
        return Map.of(
                "quarkus.datasource.jdbc.url", postgres.jdbcUrl(database),
                "quarkus.datasource.username", postgres.user(),
                "quarkus.datasource.password", postgres.password());
    }

    /** Gives the server to test fields of the type {@link LocalPostgres}, for tests that kill it. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(postgres, new TestInjector.MatchesType(LocalPostgres.class));
    }

    @Override
    public void stop() {
        postgres.close();
    }
}
