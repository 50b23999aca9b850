package io.walpost.consumer.lambda;

/** Some records of the batch are to come again, and the event source mapping understands only failure or success. */
final class RecordsToRetryException extends RuntimeException {

    RecordsToRetryException(String message) {
        super(message);
    }
}
