package io.walpost.billing.http;

import io.walpost.consumer.Failure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** A reader cannot mend the database, but can ask again. */
@Provider
public class DatabaseFailureMapper implements ExceptionMapper<SQLException> {

    private static final Logger LOG = Logger.getLogger(DatabaseFailureMapper.class);

    @Override
    public Response toResponse(SQLException e) {
        Failure failure = Failure.of(e);
        LOG.warnf("An invoice could not be read; %s: %s (%s)", failure.label(), failure.describe(e), failure.hint());
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorBody("The database could not be asked (" + failure.label() + "); try again later"))
                .build();
    }
}
