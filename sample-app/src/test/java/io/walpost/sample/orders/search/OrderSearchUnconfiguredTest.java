package io.walpost.sample.orders.search;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderSearchUnconfiguredTest {

    @Test
    void saysThatNoIndexIsNamed() {
        OrderSearch search = new OrderSearch(new SearchAt(Optional.empty()), new ObjectMapper());

        assertThatThrownBy(
                        () -> search.find(new SearchQuery(Optional.of("ada"), Optional.empty(), Optional.empty(), 20)))
                .isInstanceOf(SearchUnavailableException.class)
                .hasMessage("there is no index to search: orders.search.url does not name one");
    }
}
