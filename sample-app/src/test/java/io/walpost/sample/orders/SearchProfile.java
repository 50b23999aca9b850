package io.walpost.sample.orders;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.walpost.localstack.quarkus.OpenSearchResource;
import io.walpost.localstack.quarkus.PostgresResource;
import java.util.List;
import java.util.Map;

/** The service as it ships, on a real PostgreSQL and a real OpenSearch. */
public class SearchProfile implements QuarkusTestProfile {

    /** A machine that has other things to do is no outage. */
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("orders.search.timeout", "5s");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(PostgresResource.class, Map.of("database", "orders")),
                new TestResourceEntry(OpenSearchResource.class, Map.of("setting", "orders.search.url")));
    }
}
