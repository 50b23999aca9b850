package io.walpost.consumer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses core = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.walpost.consumer");

    @Test
    void knowsNoBrokerAndNoFramework() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.sql..",
                        "jakarta.transaction..",
                        "io.walpost.outbox..",
                        "io.walpost.consumer..")
                .because("the same handlers are bound to SmallRye, Lambda and Knative:"
                        + " move what knows one of them into the binding, and pass plain values to the core")
                .check(core);
    }
}
