package io.walpost.sample.orders.api;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Refuses headers that are no media types as if they named one that is not known; RESTEasy would fail over them. */
@Provider
@PreMatching
public class MediaTypeFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (!canBeRead(request::getMediaType)) {
            throw new NotSupportedException();
        }
        if (!canBeRead(() -> request.getAcceptableMediaTypes().forEach(MediaTypeFilter::readWeight))) {
            throw new NotAcceptableException();
        }
    }

    private static void readWeight(MediaType acceptable) {
        Float.parseFloat(acceptable.getParameters().getOrDefault("q", "1"));
    }

    /** What is thrown differs with the mistake, and with RESTEasy's version. */
    private static boolean canBeRead(Runnable header) {
        try {
            header.run();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
