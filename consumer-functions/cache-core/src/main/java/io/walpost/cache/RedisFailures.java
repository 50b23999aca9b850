package io.walpost.cache;

import io.vertx.redis.client.Response;
import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/** What a failure of Redis means for the event: to wait, a dead letter, or nothing that is known. */
final class RedisFailures {

    /** By the first word of Redis's message. */
    private static final Map<String, Failure> BY_WORD = Map.ofEntries(
            Map.entry("CONNECTION_CLOSED", Failure.SINK_UNREACHABLE), // the client's own word
            Map.entry("LOADING", Failure.SINK_UNREACHABLE), // reads its file after a start
            Map.entry("MASTERDOWN", Failure.SINK_UNREACHABLE),
            Map.entry("CLUSTERDOWN", Failure.SINK_UNREACHABLE),
            Map.entry("READONLY", Failure.SINK_UNREACHABLE), // a replica, or the master before last
            Map.entry("MOVED", Failure.SINK_UNREACHABLE), // a node of a cluster, asked as if it were alone
            Map.entry("NOAUTH", Failure.SINK_UNREACHABLE),
            Map.entry("WRONGPASS", Failure.SINK_UNREACHABLE),
            Map.entry("NOPERM", Failure.SINK_UNREACHABLE),
            Map.entry("OOM", Failure.SINK_OVERLOADED), // maxmemory is reached, and nothing may be evicted
            Map.entry("BUSY", Failure.SINK_OVERLOADED), // a script runs for too long
            Map.entry("MISCONF", Failure.SINK_OVERLOADED), // cannot write its file
            Map.entry("NOREPLICAS", Failure.SINK_OVERLOADED),
            Map.entry("TRYAGAIN", Failure.SINK_OVERLOADED),
            Map.entry("NOSCRIPT", Failure.SINK_OVERLOADED), // forgotten between two requests: SCRIPT FLUSH
            Map.entry("WRONGTYPE", Failure.SINK_REFUSED)); // another program's key

    /** Before version 7, Redis says of some errors in a script also where they came up. */
    private static final Pattern PLACE_IN_SCRIPT = Pattern.compile("^@user_script: ?\\d+: -?");

    private static final String TOO_MANY_CLIENTS = "ERR max number of clients reached";

    private RedisFailures() {}

    /** What Redis did not say itself is the connection's. */
    static Exception of(Throwable failure) {
        if (failure instanceof SinkException known) {
            return known;
        }
        return failure instanceof Response
                ? saying(failure.getMessage())
                : new SinkException(
                        Failure.SINK_UNREACHABLE,
                        failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                        failure);
    }

    /**
     * Of a login that was not taken. Whatever Redis says then, it is no event's fault; its words differ between versions, and
     * only the first is told.
     */
    static Exception ofLogin(Throwable failure) {
        return failure instanceof Response
                ? new SinkException(
                        Failure.SINK_UNREACHABLE, "Redis refused the login: " + firstWord(failure.getMessage()), null)
                : of(failure);
    }

    /** @param message Redis's */
    static Exception saying(String message) {
        return known(PLACE_IN_SCRIPT.matcher(message).replaceFirst("").strip());
    }

    private static Exception known(String message) {
        if (message.startsWith(TOO_MANY_CLIENTS)) {
            return new SinkException(Failure.SINK_OVERLOADED, message, null);
        }
        String word = firstWord(message);
        Failure kind = BY_WORD.get(word);
        // What is not known may quote the request, and with it the payload.
        return kind == null
                ? new IOException("Redis refused the request: " + word)
                : new SinkException(kind, message, null);
    }

    private static String firstWord(String message) {
        return message.split(" ", 2)[0];
    }
}
