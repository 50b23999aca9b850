package io.walpost.relay.service.endpoint;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code POST /drain}, if the process is there for that. What the request says does not matter, only who sends it. */
@Singleton
class DrainRoute {

    private static final String BEARER = "bearer ";
    private static final long LONGEST_BODY = 65_536;

    void register(@Observes Router router) {
        DrainEndpoint.desk().ifPresent(desk -> router.post("/drain")
                .handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY))
                .blockingHandler(context -> serve(desk, context), false));
    }

    private static void serve(DrainDesk desk, RoutingContext context) {
        String credentials = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        boolean isBearer = credentials != null && credentials.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (isBearer && desk.admits(credentials.substring(BEARER.length()).strip())) {
            desk.drain(answer -> answer.send(context.response()));
        } else {
            DrainAnswer.unauthorised().send(context.response());
        }
    }
}
