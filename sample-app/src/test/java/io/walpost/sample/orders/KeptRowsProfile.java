package io.walpost.sample.orders;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.walpost.localstack.quarkus.PostgresResource;
import java.util.List;
import java.util.Map;

/** The service as it ships, on a real PostgreSQL, except that the outbox rows stay for a test to read. */
public class KeptRowsProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.debezium-outbox.remove-after-insert", "false");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(PostgresResource.class, Map.of("database", "orders")));
    }
}
