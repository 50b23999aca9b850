package io.walpost.relay.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.aws.testing.AwsExtension;
import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.relay.publish.ProducerSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The four lines of docs/operations.md. What Amazon MSK makes of the signature only Amazon MSK can tell. */
class MskIamTest {

    private static final String BROKER = "b-1.orders.a1b2c3.c2.kafka.eu-central-1.amazonaws.com";

    private static final Map<String, String> IAM = Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "AWS_MSK_IAM",
            "sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;",
            "sasl.client.callback.handler.class", "software.amazon.msk.auth.iam.IAMClientCallbackHandler");

    @RegisterExtension
    private final AwsExtension aws = new AwsExtension();

    @Test
    void isWhatTheProducerLogsInWith() {
        Map<String, Object> properties = new HashMap<>(IAM);
        properties.put("bootstrap.servers", "127.0.0.1:1");

        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(ProducerSettings.of(properties).properties())) {
            assertThat(producer.metrics()).isNotEmpty();
        }
    }

    @Test
    void signsWithTheCredentialsOfTheMoment() throws Exception {
        AuthenticateCallbackHandler handler =
                Utils.newInstance(IAM.get("sasl.client.callback.handler.class"), AuthenticateCallbackHandler.class);
        handler.configure(Map.of(), "AWS_MSK_IAM", List.of());
        Class.forName("software.amazon.msk.auth.iam.IAMLoginModule");
        SaslClient client =
                Sasl.createSaslClient(new String[] {"AWS_MSK_IAM"}, null, "kafka", BROKER, Map.of(), handler);

        String first = new String(client.evaluateChallenge(new byte[0]), UTF_8);

        assertThat(first)
                .contains("\"host\":\"" + BROKER + "\"")
                .contains("\"action\":\"kafka-cluster:Connect\"")
                .contains(SecretsManagerServer.ACCESS_KEY)
                .contains("\"x-amz-signature\"")
                .doesNotContain(SecretsManagerServer.SECRET_KEY);
        handler.close();
    }
}
