package io.walpost.sample.orders.api;

import io.walpost.sample.orders.CreditLimitExceededException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** 422: the request is well-formed, and was rolled back. */
@Provider
public class CreditLimitMapper implements ExceptionMapper<CreditLimitExceededException> {

    @Override
    public Response toResponse(CreditLimitExceededException e) {
        return new ApiError("credit-limit", e.getMessage(), e.orderId(), null).toResponse(422);
    }
}
