package io.walpost.bench.lambda;

import io.walpost.bench.measure.Handover;
import io.walpost.bench.measure.Handover.Gap;
import io.walpost.bench.measure.Load;
import io.walpost.bench.site.Site;
import io.walpost.bench.site.TopicReader;
import io.walpost.localstack.lambda.LambdaFunction;
import io.walpost.outbox.EventTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Invocations in continuous mode, each of which relieves the one before it. */
final class Relief {

    private static final String SLOT = "relief";

    private static final Duration TIMEOUT = Duration.ofSeconds(18);

    /** Of the last one, which is ended when all events have arrived, however slow the machine is. */
    private static final Duration LAST_TIMEOUT = Duration.ofMinutes(10);

    /** So that a successor waits for the slot for some seconds. */
    private static final long INTERVAL_SECONDS = 9;

    private final Site site;
    private final RelayFunctions functions;
    private final Map<String, String> settings;

    /** @param delivery as in {@code walpost.relay.delivery} */
    Relief(Site site, RelayFunctions functions, String delivery) {
        this.site = site;
        this.functions = functions;
        this.settings = Map.of(
                "WALPOST_RELAY_DELIVERY", delivery,
                "WALPOST_RELAY_LAMBDA_MODE", "continuous",
                "WALPOST_RELAY_LAMBDA_DEADLINE_MARGIN", "3s");
    }

    /** @param reliefs how many */
    Gap measure(int reliefs) throws InterruptedException {
        String topic = EventTopics.of(SLOT);
        site.topics().create(topic);
        site.database().createSlot(SLOT);
        List<LambdaFunction> chain = new ArrayList<>();
        for (int i = 0; i <= reliefs; i++) {
            chain.add(functions.make(SLOT, i < reliefs ? TIMEOUT : LAST_TIMEOUT, settings));
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                TopicReader reader = site.topics().reader(site.topics().ends(topic))) {
            CompletableFuture<List<Long>> handovers = run(chain, executor);
            Load load = new Load(500, 1, Duration.ZERO, Duration.ofSeconds(INTERVAL_SECONDS * (reliefs + 1)));
            try {
                return new Handover(load).measure(site.database(), SLOT, reader, handovers);
            } finally {
                // Before the executor, which waits for the last invocation.
                chain.forEach(LambdaFunction::close);
            }
        } finally {
            site.database().dropSlot(SLOT);
            site.topics().delete(topic);
        }
    }

    /** The moments at which the invocations but the last one ended. */
    private static CompletableFuture<List<Long>> run(List<LambdaFunction> chain, ExecutorService executor) {
        List<CompletableFuture<Long>> ends = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            LambdaFunction function = chain.get(i);
            ends.add(CompletableFuture.supplyAsync(
                    () -> {
                        RelayFunctions.invoke(function);
                        return System.nanoTime();
                    },
                    CompletableFuture.delayedExecutor(i * INTERVAL_SECONDS, TimeUnit.SECONDS, executor)));
        }
        List<CompletableFuture<Long>> relieved = ends.subList(0, ends.size() - 1);
        return CompletableFuture.allOf(relieved.toArray(CompletableFuture[]::new))
                .thenApply(all -> relieved.stream().map(CompletableFuture::join).toList());
    }
}
