package io.walpost.billing.lambda;

import io.walpost.consumer.lambda.testing.EventSourceMapping;
import io.walpost.consumer.lambda.testing.Redelivery;
import io.walpost.consumer.testing.RunningConsumer;
import io.walpost.localstack.lambda.Answer;
import io.walpost.localstack.lambda.LambdaFunction;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A function, and an event source mapping that feeds it from a topic. */
final class MappedFunction implements RunningConsumer {

    private static final int BATCH = 50;
    private static final Answer DONE = new Answer.Success("{\"batchItemFailures\":[]}");

    private final LambdaFunction function;
    private final EventSourceMapping mapping;
    private final CompletableFuture<Void> delivery;
    private volatile boolean stopped;

    MappedFunction(LambdaFunction function, String bootstrapServers, String group, String topic) {
        this.function = function;
        this.mapping =
                new EventSourceMapping(bootstrapServers, group, topic, BATCH, Redelivery.JUST_THOSE, this::invoke);
        this.delivery =
                CompletableFuture.runAsync(() -> mapping.deliverUntil(() -> stopped), Thread::startVirtualThread);
    }

    private Answer invoke(String event) {
        if (stopped) {
            throw new CancellationException("Nothing more is delivered");
        }
        return function.invoke(event);
    }

    @Override
    public double waits() {
        return mapping.answers().stream().filter(answer -> !answer.equals(DONE)).count();
    }

    @Override
    public void kill() {
        function.kill();
    }

    @Override
    public void close() {
        stopped = true;
        function.close();
        try {
            delivery.join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof CancellationException)) {
                throw e;
            }
        } catch (CancellationException e) {
            // It was in the middle of a batch.
        } finally {
            // One may have been started in between.
            function.close();
        }
    }
}
