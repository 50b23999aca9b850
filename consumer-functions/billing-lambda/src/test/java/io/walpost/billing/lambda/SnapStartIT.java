package io.walpost.billing.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.lambda.testing.EventSourceMapping;
import io.walpost.consumer.lambda.testing.Redelivery;
import io.walpost.localstack.lambda.LambdaFunction;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snapshot itself is Lambda's; what can be shown here is that the function needs nothing before it. */
@Timeout(120)
class SnapStartIT extends BillingFunctionTest {

    @Test
    void connectsToNothingBeforeItIsRestored() throws Exception {
        LambdaFunction function = function(Duration.ofSeconds(20), Duration.ofSeconds(5));
        POSTGRES.kill();

        function.initializeForSnapshot();

        assertThat(function.log())
                .as("Quarkus has started, and nobody has tried the database that is not there")
                .contains("Installed features")
                .doesNotContain("refused")
                .doesNotContain("ERROR");

        POSTGRES.start();
        topic.send(placed(4));
        function.restore();
        EventSourceMapping mapping = mapping(10, Redelivery.FROM_THE_FIRST);
        mapping.deliverAll();

        assertThat(mapping.answers()).containsExactly(NOTHING_FAILED);
        assertThat(database.count("invoice")).isEqualTo(1);
    }
}
