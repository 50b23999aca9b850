package io.walpost.consumer.lambda;

/**
 * What invoked the function is not a batch of Kafka records. Nothing of it was begun, and since the invocation fails,
 * all of it comes again. The message names the place, and quotes nothing of a record.
 */
final class MalformedEventException extends RuntimeException {

    MalformedEventException(String message) {
        super(message);
    }
}
