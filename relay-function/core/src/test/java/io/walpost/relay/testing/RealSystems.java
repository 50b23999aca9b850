package io.walpost.relay.testing;

import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalPostgres;

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
}
