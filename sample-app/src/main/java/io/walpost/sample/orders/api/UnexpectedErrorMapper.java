package io.walpost.sample.orders.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** 500: the details are for the log. */
@Provider
public class UnexpectedErrorMapper implements ExceptionMapper<Exception> {

    private static final Logger LOG = Logger.getLogger(UnexpectedErrorMapper.class);

    @Override
    public Response toResponse(Exception e) {
        LOG.error("A request failed", e);
        return ApiError.of(
                        "internal-error",
                        "the request failed; if it was a change, read the order to see whether it was made before trying"
                                + " again")
                .toResponse(500);
    }
}
