package io.walpost.relay.pgoutput;

/** A message that does not follow the protocol. Its text names the message type and the byte, never the content. */
public final class PgOutputException extends Exception {

    PgOutputException(String message) {
        super(message);
    }
}
