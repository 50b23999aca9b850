package io.walpost.localstack.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.walpost.localstack.LocalKafka;
import java.util.Map;

/** A Kafka broker for the application under test. */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

    private final LocalKafka kafka = LocalKafka.temporary();

    @Override
    public Map<String, String> start() {
        kafka.start();
        return Map.of("kafka.bootstrap.servers", kafka.bootstrapServers());
    }

    /** Gives the broker to test fields of the type {@link LocalKafka}, for tests that kill it. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(kafka, new TestInjector.MatchesType(LocalKafka.class));
    }

    @Override
    public void stop() {
        kafka.close();
    }
}
