package io.walpost.relay.capture;

/** The types that decide what a payload is, by their OIDs in {@code pg_type}, which are the same on every server. */
final class TypeOid {

    private static final int BYTEA = 17;
    private static final int JSON = 114;
    private static final int JSONB = 3802;

    private TypeOid() {}

    static PayloadKind payloadKind(int typeOid) {
        return switch (typeOid) {
            case BYTEA -> PayloadKind.BINARY;
            case JSON, JSONB -> PayloadKind.JSON;
            default -> PayloadKind.TEXT;
        };
    }
}
