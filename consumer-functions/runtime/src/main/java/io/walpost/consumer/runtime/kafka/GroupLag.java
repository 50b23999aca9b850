package io.walpost.consumer.runtime.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.walpost.consumer.runtime.Measurement;
import io.walpost.consumer.settings.ConsumerSettings;
import jakarta.inject.Singleton;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * How many records the group has still to acknowledge. The client has numbers of this kind, but of its last fetch: while its
 * sink is down its partitions are paused, and those numbers stand still and then cease. While Kafka does not answer the
 * number is not known (NaN).
 */
@Singleton
class GroupLag implements Measurement {

    private static final Logger LOG = Logger.getLogger(GroupLag.class);

    private final GroupOffsets offsets;
    private final boolean consumes;
    private volatile double records = Double.NaN;

    /** The measuring thread's own. */
    private boolean failing;

    GroupLag(
            MeterRegistry registry,
            ConsumerSettings settings,
            GroupOffsets offsets,
            @ConfigProperty(name = ChannelSwitch.ENABLED) boolean consumes) {
        this.offsets = offsets;
        this.consumes = consumes;
        if (consumes) {
            Gauge.builder("walpost.consumer.lag.records", this, lag -> lag.records)
                    .description("Records of the topic that the group has not acknowledged, whichever member has them")
                    .tags("consumer", settings.name())
                    .register(registry);
        }
    }

    @Override
    public void measure() {
        if (!consumes) {
            return;
        }
        try {
            records = offsets.partitions().stream()
                    .mapToLong(GroupOffsets.Partition::behind)
                    .sum();
            failing = false;
        } catch (KafkaException e) {
            if (!failing) {
                LOG.infof("The group's lag is not known for now: %s", e.getMessage());
            }
            failing = true;
            records = Double.NaN;
            offsets.renew();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
