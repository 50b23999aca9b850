package io.walpost.relay.capture;

/** What the payload's column holds, which decides the record's media type. */
public enum PayloadKind {
    TEXT,
    BINARY
}
