package io.walpost.sample.orders.api;

import io.walpost.sample.orders.OrderStatus;
import io.walpost.sample.orders.search.SearchQuery;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;

/** A search as a client asks for it. Taken as text, because JAX-RS would answer 404 to a value of another type. */
public class SearchParameters {

    @QueryParam("q")
    @Size(max = 200)
    String q;

    @QueryParam("customer")
    @Size(max = 100)
    String customer;

    @QueryParam("status")
    @Pattern(regexp = "PLACED|CANCELLED", message = "must be PLACED or CANCELLED")
    String status;

    @QueryParam("size")
    @DefaultValue("20")
    @Pattern(regexp = "[1-9]|[1-4][0-9]|50", message = "must be a number from 1 to 50")
    String size;

    SearchQuery toQuery() {
        return new SearchQuery(
                given(q), given(customer), given(status).map(OrderStatus::valueOf), Integer.parseInt(size));
    }

    private static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }
}
