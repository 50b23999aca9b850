package io.walpost.sample.orders.api;

import io.walpost.sample.orders.search.SearchUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/** 503: orders can be read and changed, only not searched. */
@Provider
public class SearchUnavailableMapper implements ExceptionMapper<SearchUnavailableException> {

    private static final Logger LOG = Logger.getLogger(SearchUnavailableMapper.class);

    private static final int RETRY_AFTER_SECONDS = 2;

    @Override
    public Response toResponse(SearchUnavailableException e) {
        LOG.warnf("A search failed: %s%s", e.getMessage(), e.getCause() == null ? "" : " (" + e.getCause() + ")");
        return ApiError.of("search-unavailable", e.getMessage())
                .toResponse(Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS));
    }
}
