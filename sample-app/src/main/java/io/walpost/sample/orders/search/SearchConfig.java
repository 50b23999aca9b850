package io.walpost.sample.orders.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where orders are searched. */
@ConfigMapping(prefix = "orders.search")
interface SearchConfig {

    /** The address of OpenSearch; without it nothing is found, and a search says so. */
    Optional<URI> url();

    /** The user, if OpenSearch wants one. */
    Optional<String> username();

    /** The user's password. */
    Optional<String> password();

    /** The alias or index that the search consumer writes to. */
    @WithDefault("orders")
    String index();

    /** How long a search waits for its answer. */
    @WithDefault("2s")
    Duration timeout();
}
