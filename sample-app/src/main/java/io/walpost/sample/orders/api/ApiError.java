package io.walpost.sample.orders.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * The body of every answer that is not a success, as JSON whatever the request accepts. Two kinds of answers are not this
 * service's: health under {@code /q} has a format of its own, and what the HTTP server cannot make a request of is
 * answered with a status alone. That is a path with escapes that are malformed or not UTF-8 ({@code %zz}, {@code %ff}) and
 * a length that is no number (400), a request line (414) or headers (431) that are too long.
 *
 * @param error a name for what went wrong, for a program
 * @param message what went wrong and what to do, for a person
 * @param orderId the order that it is about, if one
 * @param violations what is wrong with which field, if fields are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ApiError(String error, String message, Long orderId, List<Violation> violations) {

    record Violation(String field, String message) {}

    static ApiError of(String error, String message) {
        return new ApiError(error, message, null, null);
    }

    Response toResponse(int status) {
        return toResponse(Response.status(status));
    }

    Response toResponse(Response.ResponseBuilder response) {
        return response.type(MediaType.APPLICATION_JSON_TYPE).entity(this).build();
    }
}
