package io.walpost.demo.stage;

import java.util.Map;
import java.util.Set;

/**
 * Which parts a stage has beside PostgreSQL, Kafka, the order service and the relay.
 *
 * @param functions the consumers, each with the server of its effects
 * @param billingApart whether billing's database is on a server of its own, which can then be stopped alone
 * @param settings further environment variables of order service and consumers
 */
public record StagePlan(Set<ConsumerFunction> functions, boolean billingApart, Map<String, String> settings) {

    public StagePlan {
        functions = Set.copyOf(functions);
        settings = Map.copyOf(settings);
    }

    /** Those consumers, with their defaults, and one PostgreSQL for all. */
    public static StagePlan of(ConsumerFunction... functions) {
        return new StagePlan(Set.of(functions), false, Map.of());
    }

    boolean has(ConsumerFunction function) {
        return functions.contains(function);
    }
}
