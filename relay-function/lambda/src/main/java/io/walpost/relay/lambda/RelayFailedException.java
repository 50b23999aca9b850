package io.walpost.relay.lambda;

import io.walpost.relay.failure.RelayException;

/** Makes an invocation count as failed. It says what failed and what helps; where in the code is of no use to anybody. */
final class RelayFailedException extends RuntimeException {

    RelayFailedException(RelayException failure) {
        super("[" + failure.kind().label() + "] " + failure.getMessage() + ". " + failure.hint(), null, false, false);
    }
}
