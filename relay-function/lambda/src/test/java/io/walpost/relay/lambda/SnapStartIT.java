package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.localstack.lambda.LambdaFunction;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snapshot itself is Lambda's; what can be shown here is that the function needs nothing before it. */
@Timeout(180)
class SnapStartIT extends RelayFunctionTest {

    @Test
    void connectsToNothingBeforeItIsRestored() throws Exception {
        outbox.publish(0, 10);
        LambdaFunction function = function(Duration.ofSeconds(30));
        await().atMost(PATIENCE).until(() -> outbox.sessionsOfOthers() == 0);
        Servers.kafka().kill();

        function.initializeForSnapshot();

        assertThat(function.log())
                .as("Quarkus has started, and nobody has tried the broker that is not there")
                .contains("Installed features")
                .doesNotContain("ERROR", "WARN", "refused");
        assertThat(outbox.sessionsOfOthers()).isZero();
        assertThat(Outbox.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'walpost-relay'"))
                .isEqualTo("0");

        Servers.kafka();
        function.restore();
        assertThat(reportOf(function).get("events").intValue()).isEqualTo(10);
    }
}
