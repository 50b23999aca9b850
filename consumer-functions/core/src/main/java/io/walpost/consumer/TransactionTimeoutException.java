package io.walpost.consumer;

/** The transaction was rolled back from outside, before its work was done: it took too long. */
final class TransactionTimeoutException extends Exception {

    TransactionTimeoutException() {
        super("The transaction was rolled back before its work was done, because it took too long");
    }
}
