package io.walpost.relay.capture;

/** What the payload's column holds, which decides the record's media type. */
public enum PayloadKind {
    /** Text of any kind. */
    TEXT,
    /** JSON, as the server has checked. */
    JSON,
    /** Bytes. */
    BINARY
}
