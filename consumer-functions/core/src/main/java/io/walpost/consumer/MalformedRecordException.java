package io.walpost.consumer;

/** A record is not an event of the wire contract. Its message names the record and the part that is wrong, no content. */
public final class MalformedRecordException extends Exception {

    private final transient RecordCoordinates coordinates;
    private final String part;

    MalformedRecordException(RecordCoordinates coordinates, String part, String problem) {
        super(coordinates + ": " + part + " " + problem);
        this.coordinates = coordinates;
        this.part = part;
    }

    public RecordCoordinates coordinates() {
        return coordinates;
    }

    /** What is missing or malformed: {@code header 'id'}, {@code key}. */
    public String part() {
        return part;
    }
}
