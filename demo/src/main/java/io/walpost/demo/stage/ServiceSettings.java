package io.walpost.demo.stage;

import java.util.HashMap;
import java.util.Map;

/** The settings that the services get by environment. */
final class ServiceSettings {

    private ServiceSettings() {}

    static Map<String, String> database(String url, String role) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", url,
                "QUARKUS_DATASOURCE_USERNAME", role,
                "QUARKUS_DATASOURCE_PASSWORD", Databases.PASSWORD);
    }

    static Map<String, String> relay(String url) {
        return Map.of(
                "WALPOST_RELAY_POSTGRES_URL", url,
                "WALPOST_RELAY_POSTGRES_USER", Databases.RELAY_ROLE,
                "WALPOST_RELAY_POSTGRES_PASSWORD", Databases.PASSWORD,
                "WALPOST_RELAY_SLOT", Databases.SLOT,
                "WALPOST_RELAY_PUBLICATION", Databases.PUBLICATION,
                "WALPOST_RELAY_TABLES", Databases.TABLE);
    }

    /** The order service's cache and search, as far as there are consumers that keep them true. */
    static Map<String, String> ordersExtras(StagePlan plan, Servers servers) {
        Map<String, String> settings = new HashMap<>(plan.settings());
        // Without its consumer nobody would take old values out of the cache.
        if (plan.has(ConsumerFunction.CACHE_INVALIDATION)) {
            settings.put("QUARKUS_REDIS_HOSTS", servers.redis().uri());
        }
        settings.put("ORDERS_SEARCH_URL", servers.openSearch().url());
        return settings;
    }

    /** Where a consumer finds its events, its database and what else it writes to. */
    static Map<String, String> consumer(
            ConsumerFunction function, StagePlan plan, Servers servers, Databases databases) {
        Map<String, String> settings = new HashMap<>(plan.settings());
        settings.putAll(database(databases.url(function), function.database()));
        settings.put("KAFKA_BOOTSTRAP_SERVERS", servers.kafka().bootstrapServers());
        switch (function) {
            case BILLING -> {}
            case CACHE_INVALIDATION ->
                settings.put("QUARKUS_REDIS_HOSTS", servers.redis().uri());
            case SEARCH ->
                settings.put("WALPOST_SEARCH_URL", servers.openSearch().url());
        }
        return settings;
    }

    static Map<String, String> and(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }
}
