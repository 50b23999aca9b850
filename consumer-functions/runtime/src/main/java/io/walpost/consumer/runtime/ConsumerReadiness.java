package io.walpost.consumer.runtime;

import io.walpost.consumer.settings.ConsumerSettings;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready unless a record holds up those behind it: for too long, or because its dead letter is not taken. */
@Readiness
class ConsumerReadiness implements HealthCheck {

    private final RecordsInWork records;
    private final String name;
    private final ServiceSettings settings;

    ConsumerReadiness(RecordsInWork records, ConsumerSettings consumer, ServiceSettings settings) {
        this.records = records;
        this.name = consumer.name();
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).up();
        records.culprit().ifPresent(head -> {
            boolean refused =
                    head.hold().filter(RecordsInWork.Hold::deadLetterRefused).isPresent();
            boolean stalled = head.age().compareTo(settings.stalledAfter()) > 0;
            response.status(!refused && !stalled)
                    .withData("record", head.record().toString())
                    .withData("ageMillis", head.age().toMillis());
            head.hold()
                    .ifPresent(hold -> response.withData("cause", hold.cause()).withData("hint", hold.hint()));
        });
        return response.build();
    }
}
