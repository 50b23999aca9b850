package io.walpost.demo.stage;

import java.util.Locale;

/** The consumers of the orders' events, each with its effects in another system. */
public enum ConsumerFunction {
    /** Invoices in PostgreSQL. */
    BILLING("billing"),
    /** The order service's cache in Redis. */
    CACHE_INVALIDATION("cache"),
    /** The index in OpenSearch. */
    SEARCH("search");

    private final String database;

    ConsumerFunction(String database) {
        this.database = database;
    }

    /** Its name, which is also its group in Kafka and its folder among the consumer functions. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its database, at least for its dead letters; the role that owns it has the same name. */
    public String database() {
        return database;
    }

    /** Where Kafka keeps a copy of its dead letters. */
    String deadLetterTopic() {
        return label() + ".dead-letter";
    }
}
