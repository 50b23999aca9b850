package io.walpost.outbox.deployment;

import static io.walpost.outbox.deployment.WalpostOutboxProcessor.RUNTIME;

import io.debezium.outbox.quarkus.internal.DebeziumTracerEventDispatcher;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.AdditionalIndexedClassesBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourceBuildItem;
import io.walpost.outbox.runtime.OutboxBuildTimeConfig;
import io.walpost.outbox.runtime.OutboxMode;
import java.util.function.BooleanSupplier;

/** Wires the outbox table, on top of what Debezium's extension does. */
@BuildSteps(onlyIf = TableModeProcessor.Chosen.class)
class TableModeProcessor {

    @BuildStep
    AdditionalBeanBuildItem writer() {
        return new AdditionalBeanBuildItem(RUNTIME + "TableWriter");
    }

    /** Debezium reads the column types from the type arguments of the ExportedEvents in the index. */
    @BuildStep
    AdditionalIndexedClassesBuildItem exportedEvent() {
        return new AdditionalIndexedClassesBuildItem(RUNTIME + "OutboxRow");
    }

    @BuildStep
    void traceContext(
            Capabilities capabilities,
            BuildProducer<ExcludedTypeBuildItem> excludedTypes,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.OPENTELEMETRY_TRACER)) {
            excludedTypes.produce(new ExcludedTypeBuildItem(DebeziumTracerEventDispatcher.class.getName()));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(RUNTIME + "tracing.TraceContextDispatcher"));
        }
    }

    @BuildStep
    NativeImageResourceBuildItem migration() {
        return new NativeImageResourceBuildItem("db/walpost/R__walpost_outbox.sql");
    }

    /** Whether the application writes to a table. */
    static final class Chosen implements BooleanSupplier {

        private final OutboxMode mode;

        Chosen(OutboxBuildTimeConfig config) {
            mode = config.mode();
        }

        @Override
        public boolean getAsBoolean() {
            return mode == OutboxMode.TABLE;
        }
    }
}
