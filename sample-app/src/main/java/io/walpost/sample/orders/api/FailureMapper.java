package io.walpost.sample.orders.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.jboss.logging.Logger;

/** 503 if the database is the cause, so that trying again can help, and 500 otherwise: the details are for the log. */
@Provider
public class FailureMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(FailureMapper.class);

    private static final int RETRY_AFTER_SECONDS = 2;

    @Override
    public Response toResponse(Throwable failure) {
        Optional<DatabaseFailure> database = DatabaseFailure.in(failure);
        if (database.isPresent()) {
            return unavailable(database.get());
        }
        LOG.error("A request failed", failure);
        return ApiError.of(
                        "internal-error",
                        "the request failed; if it was a change, read the order to see whether it was made before trying"
                                + " again")
                .toResponse(500);
    }

    /** Without a stack trace, which would be the same for every request while the database is away. */
    private static Response unavailable(DatabaseFailure failure) {
        LOG.warnf("A request failed: %s: %s", failure.kind().error(), failure.cause());
        return ApiError.of(failure.kind().error(), failure.kind().message())
                .toResponse(Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }
}
