package io.walpost.outbox.deployment;

import static io.walpost.outbox.deployment.WalpostOutboxProcessor.RUNTIME;

import io.debezium.outbox.quarkus.internal.DebeziumOutboxMetadataSourcesContributor;
import io.quarkus.agroal.deployment.AggregatedDataSourceBuildTimeConfigBuildItem;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.datasource.common.runtime.DatabaseKind;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.BytecodeTransformerBuildItem;
import io.quarkus.gizmo.ClassTransformer;
import io.quarkus.gizmo.MethodDescriptor;
import io.quarkus.hibernate.orm.deployment.HibernateOrmConfig;
import io.walpost.outbox.runtime.OutboxBuildTimeConfig;
import io.walpost.outbox.runtime.OutboxMode;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.hibernate.boot.MetadataSources;

/** Wires the writer of logical messages, and takes Debezium's table out of the application. */
@BuildSteps(onlyIf = MessageModeProcessor.Chosen.class)
class MessageModeProcessor {

    @BuildStep
    AdditionalBeanBuildItem writer() {
        return new AdditionalBeanBuildItem(RUNTIME + "MessageWriter");
    }

    /**
     * Without the table's mapping, which nothing but this method of Debezium's adds, Hibernate neither validates nor
     * creates a table that nothing writes to. (Removing the service from its jar works only in a packaged application.)
     * Debezium's dispatcher stays: an {@code ExportedEvent} that the application fires fails there, instead of getting
     * lost.
     */
    @BuildStep
    BytecodeTransformerBuildItem noTable() {
        return new BytecodeTransformerBuildItem(
                DebeziumOutboxMetadataSourcesContributor.class.getName(), (className, visitor) -> {
                    MethodDescriptor contribute =
                            MethodDescriptor.ofMethod(className, "contribute", void.class, MetadataSources.class);
                    ClassTransformer contributor = new ClassTransformer(className);
                    contributor.removeMethod(contribute);
                    contributor.addMethod(contribute).returnVoid();
                    return contributor.applyTo(visitor);
                });
    }

    @BuildStep
    void requirePostgres(
            HibernateOrmConfig hibernate,
            List<AggregatedDataSourceBuildTimeConfigBuildItem> dataSources,
            BuildProducer<ValidationErrorBuildItem> errors) {
        String ours = hibernate.defaultPersistenceUnit().datasource().orElse(DataSourceUtil.DEFAULT_DATASOURCE_NAME);
        for (AggregatedDataSourceBuildTimeConfigBuildItem dataSource : dataSources) {
            if (dataSource.getName().equals(ours) && !DatabaseKind.isPostgreSQL(dataSource.getDbKind())) {
                errors.produce(new ValidationErrorBuildItem(new IllegalArgumentException(
                        "walpost.outbox.mode=message writes logical messages, which only PostgreSQL has, and datasource "
                                + ours + " of the default persistence unit is " + dataSource.getDbKind()
                                + ": set walpost.outbox.mode=table, or use PostgreSQL")));
            }
        }
    }

    /** Whether the application writes messages. */
    static final class Chosen implements BooleanSupplier {

        private final OutboxMode mode;

        Chosen(OutboxBuildTimeConfig config) {
            mode = config.mode();
        }

        @Override
        public boolean getAsBoolean() {
            return mode == OutboxMode.MESSAGE;
        }
    }
}
