package io.walpost.relay.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.quarkus.runtime.Startup;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.runtime.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The function that Lambda invokes by schedule. What it is invoked with does not matter; it answers with a report.
 *
 * <p>An invocation fails if what ended it would end the next one too, until somebody mends it. That another relay reads
 * the slot, or that the time is over, is an outcome. It can be killed at any instant: the slot then stands where it was
 * confirmed last, and what was published beyond that comes again.
 */
@Startup
@Singleton
class RelayFunction implements RequestStreamHandler {

    private static final Logger LOG = Logger.getLogger(RelayFunction.class);

    /** Read once, also before a snapshot: the environment of a version of the function does not change. */
    private final Configuration configuration;

    private final RelayException misconfigured;

    /** Made by the first invocation, after a restore; a password that a secret gave is known until it is refused. */
    private Settings settings;

    RelayFunction() {
        Configuration read = null;
        RelayException failure = null;
        try {
            read = Configuration.load(LambdaConfig.class);
            read.unknownNames().forEach(LOG::warn);
            read.warmUp();
        } catch (RelayException e) {
            // Told by each invocation: what fails before them, Lambda tries again and again, and reports less clearly.
            failure = e;
        }
        this.configuration = read;
        this.misconfigured = failure;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        long began = System.nanoTime();
        Duration remaining = Duration.ofMillis(context.getRemainingTimeInMillis());
        if (misconfigured != null) {
            throw new RelayFailedException(misconfigured);
        }
        String slot = configuration.relay().slot();
        Mode mode = configuration.group(LambdaConfig.class).mode();
        MetricsLog metrics = new MetricsLog(slot, InstantSource.system());
        RunReport report = run(mode, remaining, metrics);
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        metrics.end(report, time);
        String json = ReportJson.of(slot, mode, report, time);
        LOG.info(json);
        if (report.reason() == StopReason.FAILED) {
            RelayException failure = report.failure().orElseThrow();
            if (failure.kind() == FailureKind.INTERNAL) {
                LOG.error("A defect of the relay; please report it", failure);
            }
            throw new RelayFailedException(failure);
        }
        answer.write(json.getBytes(UTF_8));
    }

    private RunReport run(Mode mode, Duration remaining, MetricsLog metrics) {
        try {
            TimeBudget budget = TimeBudget.of(
                    remaining, configuration.group(LambdaConfig.class).deadlineMargin());
            if (settings == null) {
                settings = configuration.settings().withDrainTimeoutOfAtMost(budget.drain());
            }
            Run run =
                    switch (mode) {
                        case DRAIN -> new DrainRun(settings, budget.work(), metrics);
                        case CONTINUOUS -> new ContinuousRun(settings, budget.work(), metrics);
                    };
            Optional<RelayException> failure = new BoundedRun(run).run(budget.all());
            return run.report(failure);
        } catch (RelayException e) {
            return RunReport.ended(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return RunReport.ended(
                    new RelayException(FailureKind.INTERNAL, "The invocation was interrupted from outside", e));
        }
    }
}
