package io.walpost.consumer;

import java.util.Objects;

/**
 * A sink did not take an effect. How a sink that this library does not know (a cache, a search index) tells it what follows
 * from its failure.
 *
 * <p>The message ends up in logs and in dead letters. It names the sink and says what is wrong, and quotes nothing of an
 * event.
 */
public class SinkException extends Exception {

    private final Failure kind;

    /**
     * @param kind {@link Failure#SINK_UNREACHABLE}, {@link Failure#SINK_OVERLOADED}, {@link Failure#SINK_REFUSED}, or
     *     whichever other kind it is
     */
    public SinkException(Failure kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** Decides what is done about it, whatever the cause is. */
    public Failure kind() {
        return kind;
    }
}
