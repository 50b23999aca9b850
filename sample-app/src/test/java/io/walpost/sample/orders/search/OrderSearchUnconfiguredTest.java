package io.walpost.sample.orders.search;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderSearchUnconfiguredTest {

    @Test
    void saysThatNoIndexIsNamed() {
        OrderSearch search = new OrderSearch(new NoUrl(), new ObjectMapper());

        assertThatThrownBy(
                        () -> search.find(new SearchQuery(Optional.of("ada"), Optional.empty(), Optional.empty(), 20)))
                .isInstanceOf(SearchUnavailableException.class)
                .hasMessage("there is no index to search: orders.search.url does not name one");
    }

    /** What is configured when nothing is. */
    private record NoUrl() implements SearchConfig {

        @Override
        public Optional<URI> url() {
            return Optional.empty();
        }

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
}
