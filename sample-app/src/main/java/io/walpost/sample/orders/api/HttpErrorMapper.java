package io.walpost.sample.orders.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Locale;

/** What the HTTP layer itself refuses, such as an unknown path, a wrong method or a wrong media type. */
@Provider
public class HttpErrorMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        String error = status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
        String message = status.getReasonPhrase() + ": an order service answers POST /orders, POST /orders/{id}/lines,"
                + " POST /orders/{id}/cancel, GET and DELETE /orders/{id} and GET /orders/search, with application/json and"
                + " ids that are numbers";
        return ApiError.of(error, message).toResponse(status.getStatusCode());
    }
}
