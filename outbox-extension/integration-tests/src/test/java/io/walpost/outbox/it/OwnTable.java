package io.walpost.outbox.it;

import java.util.Map;

/** An application that has an outbox table of its own, with its own name for a column. */
public class OwnTable extends Postgres {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.debezium-outbox.remove-after-insert", "false",
                "quarkus.debezium-outbox.table-name", "own_outbox",
                "quarkus.debezium-outbox.id.name", "event_id",
                "quarkus.flyway.locations", "db/own");
    }
}
