package io.walpost.consumer.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void knowsNeitherHttpNorABrokerNorTheServiceBinding() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.walpost.consumer.runtime..",
                        "org.apache.kafka..",
                        "io.smallrye.reactive..",
                        "io.vertx..",
                        "jakarta.ws.rs..")
                .because("a function starts cold: what the service needs must not be loaded with it."
                        + " Move what both need into the core")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.walpost.consumer.lambda"));
    }
}
