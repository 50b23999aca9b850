package io.walpost.consumer.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses runtime = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.walpost.consumer.runtime");

    @Test
    void knowsKafkaOnlyInItsBinding() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.walpost.consumer.runtime.kafka..", "io.walpost.consumer.runtime.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..", "io.smallrye.reactive..", "org.eclipse.microprofile.reactive..")
                .because("the consumer is also bound to Knative: keep what knows a broker in the package kafka")
                .check(runtime);
    }

    @Test
    void knowsHttpOnlyInItsBinding() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.walpost.consumer.runtime.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..")
                .because("HTTP is one way to be given records: keep it in the package http")
                .check(runtime);
    }

    @Test
    void doesNotMixTheBindings() {
        noClasses()
                .that()
                .resideInAPackage("io.walpost.consumer.runtime.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.walpost.consumer.runtime.kafka..")
                .because("the bindings share the EventConsumer and nothing else")
                .check(runtime);
    }

    @Test
    void knowsNeitherTheRelayNorTheExtensionsRuntimeNorAFunction() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.walpost.relay..", "io.walpost.outbox.runtime..", "io.walpost.billing..")
                .because("the library serves all functions, which share only the wire contract with those who write"
                        + " events")
                .check(runtime);
    }
}
