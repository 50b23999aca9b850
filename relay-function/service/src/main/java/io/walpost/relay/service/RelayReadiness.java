package io.walpost.relay.service;

import io.walpost.relay.RelayMetrics;
import io.walpost.relay.RelayState;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while events flow, or would if there were any. A relay that stands by for a busy slot is not. */
@Readiness
class RelayReadiness implements HealthCheck {

    private static final String NAME = "relay";

    private final RelayMetrics metrics;

    RelayReadiness(RelayMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public HealthCheckResponse call() {
        RelayState state = metrics.state();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME)
                .status(state == RelayState.STREAMING)
                .withData("state", state.name())
                .withData("confirmedLsn", metrics.confirmedLsn().toString())
                .withData("lagMillis", metrics.lag().toMillis())
                .withData("parkedKeys", metrics.parkedKeys());
        if (state != RelayState.STREAMING) {
            metrics.lastFailure().ifPresent(failure -> response.withData(
                            "failure", failure.kind().label())
                    .withData("hint", failure.hint()));
        }
        return response.build();
    }
}
