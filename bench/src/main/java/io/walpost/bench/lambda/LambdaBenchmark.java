package io.walpost.bench.lambda;

import io.walpost.bench.lambda.InvocationTimes.Times;
import io.walpost.bench.measure.Handover.Gap;
import io.walpost.bench.site.Site;
import java.nio.file.Path;

/** What {@code bench/run --lambda} measures, with what stands in for Lambda here. */
public final class LambdaBenchmark {

    private static final int ROUNDS = 5;
    private static final int INVOCATIONS = 20;
    private static final int RELIEFS = 3;
    private static final double MEGABYTE = 1e6;

    private LambdaBenchmark() {}

    /**
     * As lines for docs/deploy-lambda.md.
     *
     * @param root the tree in which the function is packaged
     * @param quick whether once is enough
     */
    public static String run(Path root, boolean quick) throws InterruptedException {
        try (Site site = Site.start(root.resolve("bench/target/logs"))) {
            site.warmUp();
            RelayFunctions functions = new RelayFunctions(site, root);
            Times times = new InvocationTimes(site, functions).measure(quick ? 1 : ROUNDS, quick ? 5 : INVOCATIONS);
            int reliefs = quick ? 1 : RELIEFS;
            String atLeastOnce = row(new Relief(site, functions, "at-least-once").measure(reliefs));
            String exactlyOnce = row(new Relief(site, functions, "exactly-once").measure(reliefs));
            return """
                    | what | measured |
                    | --- | --- |
                    | unzipped | %.0f MB |
                    | cold, from the start of the process to the first event in the topic | %d ms |
                    | cold, to the answer | %d ms |
                    | warm, with one event | %d ms |
                    | warm, with nothing to do | %d ms |
                    | from commit to consumer at 500 events/s, 2 s before to 2 s after a relief: p50 / p99 / longest | %s |
                    | the same with exactly-once delivery | %s |
                    """.formatted(
                            functions.bytes() / MEGABYTE,
                            times.firstEvent(),
                            times.cold(),
                            times.warm(),
                            times.idle(),
                            atLeastOnce,
                            exactlyOnce);
        }
    }

    private static String row(Gap gap) {
        return "%.0f / %.0f / %.0f ms, %d events, %d duplicates"
                .formatted(gap.p50(), gap.p99(), gap.longest(), gap.events(), gap.duplicates());
    }
}
