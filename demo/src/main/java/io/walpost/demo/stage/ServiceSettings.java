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

    static Map<String, String> and(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return Map.copyOf(all);
    }
}
