package io.walpost.demo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may know whom, in the compiled classes of all modules. */
class ArchitectureTest {

    private static final int DEEPEST_MODULE = 2;

    private static final JavaClasses ALL = new ClassFileImporter()
            .importPaths(Arrays.stream(Module.values()).map(Module::classes).toList());

    /** Every module that has code, what it may know, and what to do instead of knowing more. */
    enum Module {
        API(
                "outbox-extension/api",
                "move what needs another part out of the API: applications, relay and consumers share it"),
        RUNTIME(
                "outbox-extension/runtime",
                "the extension writes rows; what others must know of them belongs in the API",
                API),
        DEPLOYMENT(
                "outbox-extension/deployment",
                "what is decided at build time belongs here, and nothing else does",
                RUNTIME,
                API),
        AWS("aws", "relay and consumers share what they need of AWS: what only one of them needs belongs there"),
        RELAY_CORE(
                "relay-function/core",
                "the relay reads the wire contract, not the code that writes or consumes it: put shared names into the API",
                API),
        RELAY_RUNTIME(
                "relay-function/runtime",
                "the runtime turns settings into a relay: how it is run belongs to the service and the function",
                AWS,
                RELAY_CORE,
                API),
        RELAY_SERVICE(
                "relay-function/service",
                "the service only runs the relay: what it lacks belongs in relay-function/core, in the runtime or in the API",
                RELAY_RUNTIME,
                RELAY_CORE,
                API),
        RELAY_LAMBDA(
                "relay-function/lambda",
                "the function only runs the relay: what the service needs too belongs in the relay's runtime",
                RELAY_RUNTIME,
                RELAY_CORE,
                AWS,
                API),
        CONSUMER_CORE(
                "consumer-functions/core",
                "a consumer knows the wire contract only: put shared names into the API",
                API),
        CONSUMER_JSON(
                "consumer-functions/json",
                "reading JSON serves any handler: what one of them makes of an event belongs into that one",
                CONSUMER_CORE,
                API),
        CONSUMER_SETTINGS(
                "consumer-functions/settings",
                "both bindings have these settings: what only one of them needs belongs there",
                CONSUMER_CORE,
                API),
        CONSUMER_RUNTIME(
                "consumer-functions/runtime",
                "the runtime binds any consumer: what one function needs belongs into that function",
                CONSUMER_SETTINGS,
                CONSUMER_CORE,
                API),
        CONSUMER_LAMBDA(
                "consumer-functions/lambda",
                "a function starts cold: what the service and the function both need belongs in their settings or the core",
                AWS,
                CONSUMER_SETTINGS,
                CONSUMER_CORE,
                API),
        BILLING_CORE(
                "consumer-functions/billing-core",
                "billing knows events, not how they come: use the consumers' core or the API",
                CONSUMER_JSON,
                CONSUMER_CORE,
                API),
        BILLING(
                "consumer-functions/billing",
                "billing knows events, not who sends them: use the consumers' core or the API",
                BILLING_CORE,
                CONSUMER_RUNTIME,
                CONSUMER_CORE,
                API),
        SEARCH_CORE(
                "consumer-functions/search-core",
                "search knows events, not how they come: use the consumers' core or the API",
                CONSUMER_JSON,
                CONSUMER_CORE,
                API),
        SEARCH(
                "consumer-functions/search",
                "search knows events, not who sends them: use the consumers' core or the API",
                SEARCH_CORE,
                CONSUMER_RUNTIME,
                CONSUMER_CORE,
                API),
        CACHE_CORE(
                "consumer-functions/cache-core",
                "the function knows the format of entries (docs/cache.md), not the programs that read and fill them",
                CONSUMER_CORE,
                API),
        SAMPLE_APP(
                "sample-app",
                "the sample app is a user of the extension: if it lacks something, the extension's runtime or API does",
                RUNTIME,
                API),
        SETTINGS_REFERENCE("settings-reference", "it writes the reference of anyone's settings, and knows nobody's"),
        LOCAL_KAFKA("local-stack/kafka", "the broker's JVM has nothing but the broker on its class path"),
        LOCAL_OPENSEARCH("local-stack/opensearch", "the node's JVM has nothing but the node on its class path"),
        LOCAL_STACK(
                "local-stack/stack",
                "the local stack runs servers for anyone, and knows nobody",
                LOCAL_KAFKA,
                LOCAL_OPENSEARCH),
        CONSUMER_TESTING(
                "consumer-functions/testing",
                "a consumer is tested from outside: in Kafka, over HTTP and in the database",
                LOCAL_STACK,
                CONSUMER_CORE,
                API),
        LOCAL_LAMBDA(
                "local-stack/lambda", "what stands in for Lambda runs any function.zip, and knows none", LOCAL_STACK),
        KUBERNETES("kubernetes", "images are made of what other modules package: their files, not their classes"),
        BENCH(
                "bench",
                "the benchmark measures processes from outside: only its microbenchmarks may use the relay's core",
                LOCAL_STACK,
                LOCAL_LAMBDA,
                RELAY_CORE,
                API),
        DEMO(
                "demo",
                "the demo runs all parts as processes and sees them from outside: use HTTP, SQL or Kafka",
                LOCAL_STACK,
                API);

        private final String folder;
        private final String advice;
        private final Set<Module> known;

        Module(String folder, String advice, Module... known) {
            this.folder = folder;
            this.advice = advice;
            this.known = Set.of(known);
        }

        Path classes() {
            return TestStage.ROOT.resolve(folder).resolve("target/classes");
        }

        /** By place and not by package: a class cannot get around a rule by its name. */
        boolean contains(JavaClass javaClass) {
            return javaClass
                    .getSource()
                    .filter(source -> source.getUri().getScheme().equals("file"))
                    .map(source -> Path.of(source.getUri()).startsWith(classes()))
                    .orElse(false);
        }

        DescribedPredicate<JavaClass> ownClasses() {
            return DescribedPredicate.describe("are in " + folder, this::contains);
        }

        DescribedPredicate<JavaClass> knowableClasses() {
            List<Module> strangers = Arrays.stream(values())
                    .filter(module -> module != this && !known.contains(module))
                    .toList();
            String names = known.stream().map(module -> module.folder).sorted().collect(Collectors.joining(", "));
            return DescribedPredicate.describe(
                    "are in " + folder + ", in one of [" + names + "] or from outside Walpost",
                    target ->
                            strangers.stream().noneMatch(stranger -> stranger.contains(target.getBaseComponentType())));
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsOnlyWhomItMay(Module module) {
        classes()
                .that(module.ownClasses())
                .should()
                .onlyDependOnClassesThat(module.knowableClasses())
                .because(module.advice)
                .check(ALL);
    }

    @ParameterizedTest
    @EnumSource
    void hasBeenImported(Module module) {
        assertThat(ALL.stream().filter(module::contains))
                .as("classes in %s", module.classes())
                .isNotEmpty();
    }

    /** The extension's integration tests are an application of their own, which nobody ships. */
    @Test
    void everyModuleWithCodeIsListed() throws IOException {
        try (Stream<Path> paths = Files.walk(TestStage.ROOT, DEEPEST_MODULE + 3)) {
            assertThat(paths.filter(path -> path.endsWith("src/main/java")).map(path -> TestStage.ROOT
                            .relativize(path.getParent().getParent().getParent())
                            .toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Arrays.stream(Module.values()).map(module -> module.folder),
                                    Stream.of("outbox-extension/integration-tests"))
                            .toList());
        }
    }

    @Test
    void theApiNeedsOnlyTheJdk() {
        classes()
                .that(Module.API.ownClasses())
                .should()
                .onlyDependOnClassesThat(resideInAPackage("java..").or(Module.API.ownClasses()))
                .because("whoever reads or writes an event takes the API, whatever else it is built on:"
                        + " move what needs a library to the extension's runtime or to the relay")
                .check(ALL);
    }

    @Test
    void theDecoderNeedsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.walpost.relay.pgoutput..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "io.walpost.relay.pgoutput.."))
                .because("bytes become records without I/O or libraries: hand the decoder bytes, and let"
                        + " io.walpost.relay.replication fetch them")
                .check(ALL);
    }

    @Test
    void onlyReplicationKnowsTheDriver() {
        noClasses()
                .that(Module.RELAY_CORE
                        .ownClasses()
                        .or(Module.RELAY_RUNTIME.ownClasses())
                        .or(Module.RELAY_SERVICE.ownClasses())
                        .or(Module.RELAY_LAMBDA.ownClasses()))
                .and()
                .resideOutsideOfPackage("io.walpost.relay.replication..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.postgresql..")
                .because("the stream can then be faked, delayed and replaced: go through ReplicationStream, or extend"
                        + " io.walpost.relay.replication")
                .check(ALL);
    }

    @Test
    void onlyPublishKnowsTheProducer() {
        noClasses()
                .that(Module.RELAY_CORE
                        .ownClasses()
                        .or(Module.RELAY_RUNTIME.ownClasses())
                        .or(Module.RELAY_SERVICE.ownClasses())
                        .or(Module.RELAY_LAMBDA.ownClasses()))
                .and()
                .resideOutsideOfPackage("io.walpost.relay.publish..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .because("the producer can then be faked, delayed and replaced: go through EventPublisher, or extend"
                        + " io.walpost.relay.publish")
                .check(ALL);
    }

    @Test
    void theRelaysPackagesHaveNoCycles() {
        slices().assignedFrom(new RelayPackages())
                .should()
                .beFreeOfCycles()
                .because("the packages are the stages of the data path: move what two of them share to the earlier one,"
                        + " or to a package of its own")
                .check(ALL);
    }

    /** The package io.walpost.relay itself and each one below it. */
    private static final class RelayPackages implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return Module.RELAY_CORE.contains(javaClass)
                    ? SliceIdentifier.of(javaClass.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of the relay's core";
        }
    }
}
