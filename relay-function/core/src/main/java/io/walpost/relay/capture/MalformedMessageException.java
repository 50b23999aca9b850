package io.walpost.relay.capture;

/** A message's content is not as the contract says. The text names the field, and never the content. */
final class MalformedMessageException extends Exception {

    MalformedMessageException(String message) {
        super(message, null, false, false);
    }
}
