package io.walpost.sample.orders.search;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What is configured when nothing is but, perhaps, where the index is. */
record SearchAt(Optional<URI> url) implements SearchConfig {

    @Override
    public Optional<String> username() {
        return Optional.empty();
    }

    @Override
    public Optional<String> password() {
        return Optional.empty();
    }

    @Override
    public String index() {
        return "orders";
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(2);
    }
}
