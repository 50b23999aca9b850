package io.walpost.relay.testing;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** One PostgreSQL and one Kafka for all tests of a JVM, which ends them. */
public final class RealSystems {

    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();

    private RealSystems() {}

    /** Runs on return, whatever an earlier test did to it. */
    public static LocalPostgres postgres() {
        POSTGRES.start();
        return POSTGRES;
    }

    /** Runs on return, whatever an earlier test did to it. */
    public static LocalKafka kafka() {
        KAFKA.start();
        return KAFKA;
    }

    /** Sets a property of a topic. */
    public static void alterTopic(String topic, String property, String value) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka().bootstrapServers()))) {
            AlterConfigOp set = new AlterConfigOp(new ConfigEntry(property, value), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
                    .all()
                    .get();
        }
    }
}
