package io.walpost.outbox.deployment;

import io.quarkus.agroal.deployment.AggregatedDataSourceBuildTimeConfigBuildItem;
import io.quarkus.agroal.spi.JdbcPropertyBuildItem;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.datasource.common.runtime.DatabaseKind;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.hibernate.orm.deployment.HibernateOrmConfig;
import io.walpost.outbox.runtime.AggregateEventCatalog;
import io.walpost.outbox.runtime.AggregateEventDescription;
import io.walpost.outbox.runtime.OutboxRecorder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Wires what every mode has into the application that is being built. */
class WalpostOutboxProcessor {

    static final String RUNTIME = "io.walpost.outbox.runtime.";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("walpost-outbox");
    }

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder()
                .addBeanClasses(
                        RUNTIME + "CheckedOutbox",
                        RUNTIME + "AggregateEventMapper",
                        RUNTIME + "CallerTransaction",
                        RUNTIME + "EventLimits")
                .build();
    }

    /** Not from JdbcDataSourceBuildItem, which is made from this. What the application sets for itself comes later. */
    @BuildStep
    void keepRowsOutOfErrors(
            HibernateOrmConfig hibernate,
            List<AggregatedDataSourceBuildTimeConfigBuildItem> dataSources,
            BuildProducer<JdbcPropertyBuildItem> properties) {
        String ours = hibernate.defaultPersistenceUnit().datasource().orElse(DataSourceUtil.DEFAULT_DATASOURCE_NAME);
        for (AggregatedDataSourceBuildTimeConfigBuildItem dataSource : dataSources) {
            if (dataSource.getName().equals(ours) && DatabaseKind.isPostgreSQL(dataSource.getDbKind())) {
                properties.produce(new JdbcPropertyBuildItem(ours, "logServerErrorDetail", "false"));
            }
        }
    }

    @BuildStep
    AdditionalBeanBuildItem traceContext(Capabilities capabilities) {
        boolean tracing = capabilities.isPresent(Capability.OPENTELEMETRY_TRACER);
        return new AdditionalBeanBuildItem(
                RUNTIME + (tracing ? "tracing.OpenTelemetryTraceContext" : "NoTraceContext"));
    }

    @BuildStep
    void findAggregateEvents(
            CombinedIndexBuildItem index,
            BuildProducer<AggregateEventBuildItem> events,
            BuildProducer<ValidationErrorBuildItem> errors) {
        AggregateEventScanner scanner = new AggregateEventScanner(index.getIndex());
        scanner.scan(
                events::produce,
                mistake -> errors.produce(new ValidationErrorBuildItem(new InvalidAggregateEventException(mistake))));
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem catalog(List<AggregateEventBuildItem> events, OutboxRecorder recorder) {
        List<AggregateEventDescription> descriptions = events.stream()
                .map(event -> new AggregateEventDescription(
                        load(event.eventClass()),
                        event.aggregateType(),
                        event.type(),
                        load(event.idDeclaringClass()),
                        event.idMember()))
                .toList();
        return SyntheticBeanBuildItem.configure(AggregateEventCatalog.class)
                .scope(Singleton.class)
                .runtimeValue(recorder.catalog(descriptions))
                .done();
    }

    /** Quarkus lets build steps load the application's classes; the recorder writes only their names. */
    private static Class<?> load(String className) {
        try {
            return Class.forName(className, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(className + " is in the application's index but not on its class path", e);
        }
    }

    /** For the payload's JSON and for reading the id. */
    @BuildStep
    ReflectiveClassBuildItem reflection(List<AggregateEventBuildItem> events) {
        return ReflectiveClassBuildItem.builder(events.stream()
                        .flatMap(event -> Stream.of(event.eventClass(), event.idDeclaringClass()))
                        .distinct()
                        .toArray(String[]::new))
                .reason("published through the outbox")
                .methods()
                .fields()
                .build();
    }
}
