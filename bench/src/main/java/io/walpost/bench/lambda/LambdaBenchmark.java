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
     * As the table of docs/deploy-lambda.md, which says of each target whether it is met.
     *
     * @param root the tree in which the function is packaged
     * @param quick whether once is enough
     */
    public static String run(Path root, boolean quick, FunctionTargets targets) throws InterruptedException {
        try (Site site = Site.start(root.resolve("bench/target/logs"))) {
            site.warmUp();
            RelayFunctions functions = new RelayFunctions(site, root);
            Times times = new InvocationTimes(site, functions).measure(quick ? 1 : ROUNDS, quick ? 5 : INVOCATIONS);
            int reliefs = quick ? 1 : RELIEFS;
            Gap relief = new Relief(site, functions, "at-least-once").measure(reliefs);
            Gap exactlyOnceRelief = new Relief(site, functions, "exactly-once").measure(reliefs);
            return new FunctionReport(functions.bytes() / MEGABYTE, times, relief, exactlyOnceRelief).text(targets);
        }
    }
}
