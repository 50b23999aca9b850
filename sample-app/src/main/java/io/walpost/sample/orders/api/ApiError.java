package io.walpost.sample.orders.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * The body of every answer that is not a success.
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
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(this)
                .build();
    }
}
