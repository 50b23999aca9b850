package io.walpost.consumer.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import io.walpost.consumer.RecordKey;
import io.walpost.consumer.runtime.Binding;
import io.walpost.consumer.runtime.EventConsumer;
import io.walpost.consumer.runtime.ServiceSettings;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Takes one event per request, at {@code POST /}. */
@Singleton
class CloudEventRoute {

    private static final Logger LOG = Logger.getLogger(CloudEventRoute.class);

    private static final String NO_PLACE =
            "The event does not say where its record lies: ce-knativekafkapartition, ce-knativekafkaoffset, and"
                    + " ce-knativekafkatopic unless mp.messaging.incoming.events.topic is set. Use a KafkaSource that"
                    + " is new enough.";

    private final EventConsumer consumer;
    private final ServiceSettings settings;
    private final Optional<String> topic;
    private final InWork inWork;

    CloudEventRoute(
            EventConsumer consumer,
            ServiceSettings settings,
            @ConfigProperty(name = "mp.messaging.incoming.events.topic") Optional<String> topic) {
        this.consumer = consumer;
        this.settings = settings;
        this.topic = topic;
        this.inWork = new InWork(settings.http().maxInWork());
    }

    void register(@Observes Router router) {
        if (settings.binding() == Binding.HTTP) {
            // Two routes, because Vert.x has no handler of ours before the one that reads the body.
            router.post("/").handler(this::admit);
            router.post("/").handler(BodyHandler.create(false)).blockingHandler(this::serve, false);
        }
    }

    /** Before the body is read, which takes memory. */
    private void admit(RoutingContext context) {
        if (inWork.enter()) {
            context.addEndHandler(ended -> inWork.leave());
            context.next();
        } else {
            Answer.tooMany("As many events are in work as walpost.consumer.http.max-in-work allows")
                    .send(context.response());
        }
    }

    private void serve(RoutingContext context) {
        Answer answer;
        try {
            answer = take(read(context.request(), context.body().buffer()));
        } catch (NoCloudEventException e) {
            answer = Answer.refused(e);
        } catch (RuntimeException e) {
            LOG.error("An event could not be taken, and is to be sent again", e);
            answer = Answer.notNow(
                    "Not applied, by a defect: see the log", settings.http().retryAfter());
        }
        answer.send(context.response());
    }

    private static CloudEvent read(HttpServerRequest request, Buffer buffer) throws NoCloudEventException {
        byte[] body = buffer == null ? new byte[0] : buffer.getBytes();
        if (BinaryMode.isUsedBy(request.headers())) {
            return BinaryMode.read(request.headers(), body);
        }
        if (StructuredMode.isUsedBy(request.getHeader("Content-Type"))) {
            return StructuredMode.read(body);
        }
        return BinaryMode.read(request.headers(), body);
    }

    /** What is no CloudEvent is handed on if it has a place, and becomes a dead letter: after 400 KafkaSource would drop it. */
    private Answer take(CloudEvent event) throws NoCloudEventException {
        Optional<IncomingRecord> record = SourceRecord.of(event, topic);
        if (record.isEmpty()) {
            Optional<String> flaw = event.flaw();
            if (flaw.isPresent()) {
                throw NoCloudEventException.malformed(flaw.get());
            }
            LOG.warn(NO_PLACE);
            return Answer.notNow(NO_PLACE, settings.http().retryAfter());
        }
        Optional<RecordKey> key = RecordKey.of(record.get());
        if (!inWork.begin(key)) {
            return Answer.tooMany("Another event of this key is in work");
        }
        try {
            Outcome outcome = consumer.consume(
                            List.of(record.get()), settings.http().patience())
                    .getFirst();
            return Answer.of(outcome, settings.http().retryAfter());
        } finally {
            inWork.end(key);
        }
    }
}
