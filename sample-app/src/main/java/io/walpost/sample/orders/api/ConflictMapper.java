package io.walpost.sample.orders.api;

import io.walpost.sample.orders.OrderConflictException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** 409: the order does not allow the change. */
@Provider
public class ConflictMapper implements ExceptionMapper<OrderConflictException> {

    @Override
    public Response toResponse(OrderConflictException e) {
        return ApiError.of(e.error(), e.getMessage()).toResponse(409);
    }
}
