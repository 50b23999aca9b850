package io.walpost.consumer.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import io.walpost.consumer.Deadline;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Patience;
import io.walpost.consumer.RecordConsumer;
import io.walpost.consumer.RecordCoordinates;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The function that Lambda invokes with a batch.
 *
 * <p>A record that its answer does not name is done with: its effect or its letter is durable, or it has none. The
 * invocation fails, so that the whole batch comes again, if it was given something else than Kafka records, or has no time
 * for any. What has had its effect by then is a duplicate the next time.
 */
@Singleton
class KafkaFunction implements RequestHandler<KafkaEvent, BatchResponse> {

    private static final Logger LOG = System.getLogger(KafkaFunction.class.getName());

    private final Clock clock = Clock.systemUTC();
    private final SideBySide partitions;
    private final LambdaSettings.Lambda settings;
    private final FunctionMetrics metrics;

    KafkaFunction(RecordConsumer consumer, LambdaSettings settings, FunctionMetrics metrics) {
        this.settings = settings.lambda();
        require(this.settings.partitionsAtOnce() > 0, "partitions-at-once must be at least 1");
        require(this.settings.margin().isPositive(), "margin must be positive");
        this.partitions = new SideBySide(consumer, this.settings.partitionsAtOnce());
        this.metrics = metrics;
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException("walpost.consumer.lambda." + sentence);
        }
    }

    @Override
    public BatchResponse handleRequest(KafkaEvent event, Context context) {
        try {
            return consume(event, deadline(remaining(context)));
        } finally {
            metrics.print(remaining(context).compareTo(settings.margin()) > 0);
        }
    }

    private static Duration remaining(Context context) {
        return Duration.ofMillis(context.getRemainingTimeInMillis());
    }

    private BatchResponse consume(KafkaEvent event, Patience patience) {
        List<List<IncomingRecord>> batch = KafkaRecords.byPartition(event);
        List<RecordCoordinates> toBeRetried = partitions.consume(batch, patience);
        if (!toBeRetried.isEmpty()) {
            int size = batch.stream().mapToInt(List::size).sum();
            String summary = toBeRetried.size() + " of " + size + " records are to come again, from "
                    + toBeRetried.getFirst() + " on";
            if (!settings.reportBatchItemFailures()) {
                throw new RecordsToRetryException(summary);
            }
            LOG.log(Level.WARNING, summary);
        }
        return BatchResponse.again(toBeRetried);
    }

    private Deadline deadline(Duration remaining) {
        Duration usable = remaining.minus(settings.margin());
        if (!usable.isPositive()) {
            throw new IllegalStateException("The invocation ends in " + remaining.toMillis()
                    + " ms, and walpost.consumer.lambda.margin leaves "
                    + settings.margin().toMillis()
                    + " ms of that alone; raise the function's timeout, or lower the margin");
        }
        return new Deadline(clock, clock.instant().plus(usable));
    }
}
