package io.walpost.outbox.it;

import java.util.Map;

/** The outbox rows stay, so that a test can read them. */
public class KeptRows extends Postgres {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.debezium-outbox.remove-after-insert", "false");
    }
}
