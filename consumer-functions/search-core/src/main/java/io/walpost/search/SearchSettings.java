package io.walpost.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The settings of the search function that are not those of every consumer. */
@ConfigMapping(prefix = "walpost.search")
public interface SearchSettings {

    /** The address of OpenSearch's HTTP API. */
    @WithDefault("http://127.0.0.1:9200")
    URI url();

    /** The user, if OpenSearch wants one. */
    Optional<String> username();

    /** The user's password. */
    Optional<String> password();

    /**
     * The alias that is written to, and under which orders are searched. The indices behind it are named after it and a
     * number: `orders-1`.
     */
    @WithDefault("orders")
    String index();

    /** Whether the first index is made before the first event, if there is none; `index create` makes it otherwise. */
    @WithDefault("false")
    boolean createIndex();

    /**
     * How long OpenSearch's answers to a wave of events, or to another request, are waited for, until what has none counts as
     * failed and is tried again.
     */
    @WithDefault("30s")
    Duration timeout();
}
