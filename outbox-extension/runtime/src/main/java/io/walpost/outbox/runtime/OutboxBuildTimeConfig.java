package io.walpost.outbox.runtime;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What decides about publishing when an application is built, because Hibernate's entities are settled then. */
@ConfigMapping(prefix = "walpost.outbox")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface OutboxBuildTimeConfig {

    /**
     * Where events are written. `table`: rows of the outbox table, which stay there as long as the application wants and
     * can be queried, reconciled and published again. `message`: logical messages in PostgreSQL's log and nowhere else;
     * no table is needed, none is mapped, and `quarkus.debezium-outbox.*` has no effect. Consumers see no difference.
     */
    @WithDefault("table")
    OutboxMode mode();
}
