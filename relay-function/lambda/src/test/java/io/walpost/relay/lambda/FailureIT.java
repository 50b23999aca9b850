package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.localstack.lambda.LambdaFunction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What needs somebody makes the invocation fail, with a sentence that says what to do, and without secrets. */
@Timeout(180)
class FailureIT extends RelayFunctionTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String HIDDEN = "h1dden";

    @Test
    void failsWithoutItsSlotAndWithoutItsPassword() throws Exception {
        LambdaFunction withoutSlot = function(LONG, "WALPOST_RELAY_SLOT=nowhere");
        assertThat(failureOf(withoutSlot))
                .startsWith("[precondition] The replication slot nowhere does not exist")
                .contains("setup");
        assertThat(metrics(withoutSlot)).singleElement().satisfies(line -> {
            assertThat(line.get("DrainFailures").intValue()).isEqualTo(1);
            assertThat(line.has("SlotLagBytes")).as("not known").isFalse();
        });

        LambdaFunction intruder = function(LONG, "WALPOST_RELAY_POSTGRES_PASSWORD=not-" + Servers.PASSWORD);
        assertThat(failureOf(intruder)).startsWith("[authentication]").contains("walpost.relay.postgres.user");
        assertThat(metrics(intruder).getFirst().get("DrainFailures").intValue()).isEqualTo(1);
        assertThat(withoutSlot.log() + intruder.log()).doesNotContain(Servers.PASSWORD);
    }

    @Test
    void failsWhenItsDatabaseIsNotPreparedAndGoesOnOnceItIs() throws Exception {
        outbox.publish(0, 10);
        outbox.execute("ALTER PUBLICATION walpost RENAME TO another");
        LambdaFunction function = function(LONG);

        assertThat(failureOf(function)).startsWith("[precondition]").contains("CREATE PUBLICATION walpost");

        outbox.execute("ALTER PUBLICATION another RENAME TO walpost");
        assertThat(reportOf(function).get("events").intValue()).isEqualTo(10);
    }

    @Test
    void failsWhereAnInvocationGetsNowhere() throws Exception {
        outbox.publish(0, 10);
        LambdaFunction function = function(Duration.ofSeconds(15), "KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1");

        assertThat(failureOf(function)).startsWith("[kafka-unavailable]");
        assertThat(metrics(function).getFirst().get("SlotLagSeconds").doubleValue())
                .as("the age of what waits")
                .isGreaterThan(1);
    }

    /** Whatever else the log has been set to tell. */
    @Test
    void saysNoSecretAtAnyLevelOfItsLog() throws Exception {
        outbox.publish(0, 10);
        String url = Servers.postgres().jdbcUrl(outbox.name);
        LambdaFunction function =
                function(LONG, talkative("WALPOST_RELAY_POSTGRES_URL=" + url + "?sslpassword=" + HIDDEN));
        assertThat(reportOf(function).get("events").intValue()).isEqualTo(10);

        LambdaFunction intruder =
                function(LONG, talkative("WALPOST_RELAY_POSTGRES_URL=" + url + "?password=" + HIDDEN));
        assertThat(failureOf(intruder)).startsWith("[authentication]").doesNotContain(HIDDEN);

        LambdaFunction lost = function(
                LONG,
                talkative("WALPOST_RELAY_POSTGRES_URL=jdbc:postgresql://127.0.0.1:1/db/outbox?password=" + HIDDEN));
        assertThat(failureOf(lost)).contains("walpost.relay.postgres.url").doesNotContain(HIDDEN);

        for (LambdaFunction each : List.of(function, intruder, lost)) {
            assertThat(each.log()).contains("DEBUG").doesNotContain(HIDDEN, Servers.PASSWORD);
        }
        assertThat(function.log()).as("the producer's properties").contains("sasl.jaas.config = [hidden]");
    }

    private static String[] talkative(String url) {
        return new String[] {
            url,
            "QUARKUS_LOG_LEVEL=DEBUG",
            "QUARKUS_LOG_CATEGORY__ORG_APACHE_KAFKA__LEVEL=DEBUG",
            "KAFKA_SASL_JAAS_CONFIG=a.Module required password=\"" + HIDDEN + "\";",
            "KAFKA_SSL_KEY_PASSWORD=" + HIDDEN,
            "AWS_SECRET_ACCESS_KEY=" + HIDDEN,
            "AWS_SESSION_TOKEN=" + HIDDEN
        };
    }

    @Test
    void failsWithASentenceAtSettingsThatMakeNoSense() throws Exception {
        assertThat(failureOf(function(LONG, "WALPOST_RELAY_LAMBDA_MODE=always")))
                .contains("walpost.relay.lambda.mode", "always");
        assertThat(failureOf(function(LONG, "WALPOST_RELAY_LAMBDA_DEADLINE_MARGIN=1s")))
                .contains("walpost.relay.lambda.deadline-margin must be at least 3s");
        LambdaFunction hasty = function(Duration.ofSeconds(5), "WALPOST_RELAY_LAMBDA_DEADLINE_MARGIN=10s");
        assertThat(failureOf(hasty)).contains("10000 ms of that alone", "Raise the function's timeout");
        LambdaFunction misspelt = function(LONG, "WALPOST_RELAY_LAMBDA_MODUS=drain");
        reportOf(misspelt);
        assertThat(misspelt.log()).contains("did you mean WALPOST_RELAY_LAMBDA_MODE?");
    }
}
