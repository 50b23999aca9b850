package io.walpost.consumer;

/** A record is not an event of the wire contract. Its message names the record and the part that is wrong, no content. */
public final class MalformedRecordException extends Exception {

    MalformedRecordException(RecordCoordinates coordinates, String part, String problem) {
        super(coordinates + ": " + part + " " + problem);
    }
}
