package io.walpost.relay.service;

import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelayState;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while events flow, or would if there were any. A relay that stands by for a busy slot is not. One whose slot is
 * over its budget is: to replace it would not help; the body tells.
 */
@Readiness
class RelayReadiness implements HealthCheck {

    private static final String NAME = "relay";

    private final RelayMetrics metrics;
    private final SlotMonitor monitor;

    RelayReadiness(RelayMetrics metrics, SlotMonitor monitor) {
        this.metrics = metrics;
        this.monitor = monitor;
    }

    @Override
    public HealthCheckResponse call() {
        if (!RelayService.current().isStreaming()) {
            // Whether a drain can work is said by the drain.
            return HealthCheckResponse.up(NAME);
        }
        RelayState state = metrics.state();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME)
                .status(state == RelayState.STREAMING)
                .withData("state", state.label())
                .withData("confirmedLsn", metrics.confirmedLsn().toString())
                .withData("lagMillis", metrics.lag().toMillis())
                .withData("parkedKeys", metrics.parkedKeys());
        monitor.verdict().ifPresent(verdict -> {
            response.withData("slot", verdict.label());
            if (!verdict.hint().isEmpty()) {
                response.withData("slotHint", verdict.meaning() + " " + verdict.hint());
            }
        });
        monitor.status()
                .ifPresent(slot -> slot.retainedBytes().ifPresent(bytes -> response.withData("retainedBytes", bytes)));
        if (state != RelayState.STREAMING) {
            metrics.lastFailure()
                    .ifPresent(failure ->
                            response.withData("failure", failure.kind().label()).withData("hint", failure.hint()));
        }
        return response.build();
    }
}
