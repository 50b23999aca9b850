package io.walpost.outbox.it;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.walpost.localstack.quarkus.PostgresResource;
import java.util.List;

/** The application as it is, on a real PostgreSQL. */
public class Postgres implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(PostgresResource.class));
    }
}
