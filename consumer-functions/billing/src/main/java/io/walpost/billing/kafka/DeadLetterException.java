package io.walpost.billing.kafka;

import io.walpost.consumer.Outcome;

/** Why a record is a dead letter: its message and its cause become headers {@code dead-letter-reason} and {@code -cause}. */
final class DeadLetterException extends Exception {

    DeadLetterException(Outcome.DeadLetter dead) {
        super(dead.failure().label() + ": " + dead.failure().describe(dead.cause()), dead.cause());
    }
}
