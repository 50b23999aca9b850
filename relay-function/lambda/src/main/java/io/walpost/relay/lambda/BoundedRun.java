package io.walpost.relay.lambda;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs on a thread of its own, and waits for it only so long: an attempt to connect cannot be interrupted, and an
 * invocation that Lambda has to end says nothing.
 *
 * <p>A thread that is left behind has been told to stop, and its producer is closed before there is an answer: after it
 * Lambda freezes the environment, perhaps for hours, and what a producer had left to send would come behind newer events.
 * If to close it takes too long, Lambda ends the environment, which is as good.
 */
final class BoundedRun {

    private final Run run;

    BoundedRun(Run run) {
        this.run = run;
    }

    /** @return what ended it before its time, if something did */
    Optional<RelayException> run(Duration limit) throws InterruptedException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            run.run();
            return null;
        });
        Thread.ofPlatform().name("relay").daemon().start(task);
        try {
            task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(
                    e.getCause() instanceof RelayException failure
                            ? failure
                            : new RelayException(
                                    FailureKind.INTERNAL,
                                    "The relay failed by a defect: " + e.getCause(),
                                    e.getCause()));
        } catch (TimeoutException e) {
            run.giveUp();
            return Optional.of(new RelayException(
                    FailureKind.DATABASE_UNAVAILABLE,
                    "The relay did not come to its end within the invocation; the server does not answer",
                    e,
                    "Is PostgreSQL up, and does the function's security group reach it?"));
        }
    }
}
