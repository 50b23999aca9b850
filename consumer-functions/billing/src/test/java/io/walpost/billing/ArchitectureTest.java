package io.walpost.billing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses billing = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.walpost.billing");

    @Test
    void doesNotKnowKafka() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..", "io.smallrye.reactive..", "org.eclipse.microprofile.reactive..")
                .because(
                        "billing is also bound to Lambda and Knative: what knows a broker is in walpost-consumer-runtime")
                .check(billing);
    }

    @Test
    void knowsHttpOnlyWhereItAnswers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.walpost.billing.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .because("HTTP is one way to read invoices: keep it in the package http")
                .check(billing);
    }

    @Test
    void readsEventsWithoutKnowingInvoices() {
        noClasses()
                .that()
                .resideInAPackage("io.walpost.billing.order..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.walpost.billing.invoice..", "java.sql..", "javax.sql..")
                .because(
                        "an event says what happened, whatever billing makes of it: put rules on invoices into invoice")
                .check(billing);
    }

    @Test
    void knowsNeitherTheRelayNorTheExtensionsRuntime() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.walpost.relay..", "io.walpost.outbox.runtime..")
                .because("consumers share only the wire contract with those who write events: use walpost-outbox-api")
                .check(billing);
    }
}
