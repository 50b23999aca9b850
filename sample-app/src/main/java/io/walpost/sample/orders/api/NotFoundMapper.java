package io.walpost.sample.orders.api;

import io.walpost.sample.orders.OrderNotFoundException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** 404: there is no such order. */
@Provider
public class NotFoundMapper implements ExceptionMapper<OrderNotFoundException> {

    @Override
    public Response toResponse(OrderNotFoundException e) {
        return ApiError.of("order-not-found", e.getMessage()).toResponse(404);
    }
}
