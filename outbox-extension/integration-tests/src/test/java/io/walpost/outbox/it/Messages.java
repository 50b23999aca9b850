package io.walpost.outbox.it;

import java.util.Map;

/**
 * Events without a table. The migration that would create it is left out, and Hibernate still validates its mapping at
 * start.
 */
public class Messages extends Postgres {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "walpost.outbox.mode", "message",
                "quarkus.flyway.locations", "db/migration");
    }
}
