package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BoundedRunTest {

    @Test
    void givesUpARunThatDoesNotComeToItsEndBeforeItAnswers() throws Exception {
        Hanging hanging = new Hanging();
        try {
            Optional<RelayException> failure = new BoundedRun(hanging).run(Duration.ofMillis(100));

            assertThat(failure).map(RelayException::kind).contains(FailureKind.DATABASE_UNAVAILABLE);
            assertThat(hanging.givenUp).isTrue();
        } finally {
            hanging.end.countDown();
        }
    }

    @Test
    void givesUpNoRunThatHasEnded() throws Exception {
        Hanging ended = new Hanging();
        ended.end.countDown();

        assertThat(new BoundedRun(ended).run(Duration.ofMinutes(1))).isEmpty();
        assertThat(ended.givenUp).isFalse();
    }

    /** As one whose server does not answer. */
    private static final class Hanging implements Run {

        private final CountDownLatch end = new CountDownLatch(1);
        private volatile boolean givenUp;

        @Override
        public void run() throws InterruptedException {
            end.await();
        }

        @Override
        public RunReport report(Optional<RelayException> failure) {
            throw new AssertionError("Nobody asks");
        }

        @Override
        public void giveUp() {
            givenUp = true;
        }
    }
}
