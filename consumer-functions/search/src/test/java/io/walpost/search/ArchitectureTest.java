package io.walpost.search;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses search = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Nor those that the core's tests lend to others.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.walpost.search");

    @Test
    void knowsKafkaOnlyWhereAnIndexIsRebuiltFromATopic() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.walpost.search.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive..")
                .because(
                        "search is also bound to Lambda and Knative: what knows a broker is in walpost-consumer-runtime")
                .check(search);
    }

    @Test
    void knowsNeitherTheRelayNorTheExtensionsRuntime() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.walpost.relay..", "io.walpost.outbox.runtime..")
                .because("consumers share only the wire contract with those who write events: use walpost-outbox-api")
                .check(search);
    }
}
