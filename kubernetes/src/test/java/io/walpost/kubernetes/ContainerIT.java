package io.walpost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Probe;
import io.walpost.localstack.LocalKafka;
import io.walpost.localstack.LocalOpenSearch;
import io.walpost.localstack.LocalPostgres;
import io.walpost.localstack.LocalRedis;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The images' files, run as their user on a read-only root, with exactly the environment of a manifest; only addresses and
 * secrets are those of this machine. PostgreSQL is reached by TLS, and known by the certificate that is mounted.
 */
class ContainerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AtomicInteger FOLDERS = new AtomicInteger();
    private static final LocalPostgres POSTGRES = LocalPostgres.temporary();
    private static final LocalKafka KAFKA = LocalKafka.temporary();
    private static final LocalRedis REDIS = LocalRedis.temporary();
    private static final LocalOpenSearch OPENSEARCH = LocalOpenSearch.temporary();

    /** How many orders each consumer has to take; -Dwalpost.load.orders=100000 measures (docs/adr/0021-knative.md). */
    private static final int ORDERS = Integer.getInteger("walpost.load.orders", 500);

    private static ServerCertificate certificate;

    @TempDir
    static Path roots;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(
                Sandbox.works(), "SKIPPED: a container's view of the file system takes root, unshare and setpriv");
        certificate = ServerCertificate.create(roots);
        POSTGRES.start();
        KAFKA.start();
        REDIS.start();
        OPENSEARCH.start();
        encrypt();
        List.of("shop", "billing", "cache", "search").forEach(POSTGRES::createDatabase);
        execute(
                "shop",
                "CREATE TABLE outboxevent (id uuid PRIMARY KEY, aggregatetype varchar(255) NOT NULL,"
                        + " aggregateid varchar(255) NOT NULL, type varchar(255) NOT NULL, timestamp timestamptz NOT NULL,"
                        + " payload text, tracingspancontext varchar(256))",
                "CREATE PUBLICATION walpost FOR TABLE outboxevent WITH (publish = 'insert')",
                "SELECT pg_create_logical_replication_slot('walpost', 'pgoutput')");
    }

    /** PostgreSQL writes the files itself, wherever it runs. */
    private static void encrypt() throws SQLException {
        execute(
                "postgres",
                file("server.crt", certificate.certificate()),
                file("server.key", certificate.key()),
                "ALTER SYSTEM SET ssl = on",
                "SELECT pg_reload_conf()");
        await("TLS").atMost(PATIENCE).until(() -> count("postgres", """
                SELECT count(*) FROM pg_settings WHERE name = 'ssl' AND setting = 'on'
                """) == 1);
    }

    private static String file(String name, String content) {
        return "COPY (SELECT unnest(string_to_array('" + content.strip() + "', E'\\n'))) TO PROGRAM 'umask 077; cat > "
                + name + "'";
    }

    @AfterAll
    static void stop() {
        OPENSEARCH.close();
        REDIS.close();
        KAFKA.close();
        POSTGRES.close();
    }

    private static ContainerProcess run(Manifests manifests, Workload workload) throws IOException {
        ImageArchive image = TestImages.of(Program.all()
                .filter(program -> program.name().equals(workload.program(TestImages.VERSION)))
                .findFirst()
                .orElseThrow());
        Path root = Files.createDirectory(roots.resolve(Integer.toString(FOLDERS.incrementAndGet())));
        image.unpack(root);
        MountedFiles.put(workload, root, certificate.certificate());
        Map<String, String> environment =
                workload.environment(key -> here(manifests.addresses().get(key)), ContainerIT::secret);
        environment.put("JAVA_TOOL_OPTIONS", "-XX:MaxRAM=" + memory(workload));
        return new ContainerProcess(image, root, workload.container().getArgs(), environment);
    }

    /** An address of this machine's instead of the cluster's. */
    private static String here(String address) {
        if (address.startsWith("jdbc:postgresql://")) {
            return POSTGRES.jdbcUrl(address.replaceAll(".*/([a-z]+)\\?.*", "$1")) + "?sslmode=verify-full&sslrootcert="
                    + Manifests.CERTIFICATES + "/postgres.crt";
        }
        return switch (address) {
            case "kafka.data.svc:9092" -> KAFKA.bootstrapServers();
            case "redis://redis.data.svc:6379" -> "redis://127.0.0.1:" + REDIS.port();
            case "https://opensearch.data.svc:9200" -> OPENSEARCH.url();
            default -> throw new AssertionError("What stands for " + address + " here?");
        };
    }

    /** PostgreSQL here has a user and a password; Redis and OpenSearch have none. */
    private static String secret(String name) {
        if (name.endsWith("-redis/password") || name.startsWith("search-opensearch/")) {
            return null;
        }
        return name.endsWith("/user") ? POSTGRES.user() : POSTGRES.password();
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long count(String database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(POSTGRES.jdbcUrl(database), POSTGRES.user(), POSTGRES.password());
    }

    /** The JVM takes the limit for the machine's memory, as it does in a container. */
    private static long memory(Workload workload) {
        return workload.container()
                .getResources()
                .getLimits()
                .get("memory")
                .getNumericalAmount()
                .longValueExact();
    }

    private static void assertFits(ContainerProcess process, Workload workload) throws IOException {
        long peak = process.peakMemory();
        System.out.printf("Peak memory of %s: %d MB%n", workload, peak >> 20);
        assertThat(peak).as("peak memory of %s", workload).isLessThan(memory(workload));
    }

    private static void complete(Manifests manifests, String name) throws Exception {
        Workload workload = manifests.workload(name);
        try (ContainerProcess job = run(manifests, workload)) {
            assertThat(job.exitCode()).as(job.log()).isZero();
        }
    }

    private static void awaitProbe(ContainerProcess process, Probe probe) {
        String path = probe.getHttpGet().getPath();
        await(path).atMost(PATIENCE).until(() -> process.get(path) == 200);
    }

    private static void awaitProbes(ContainerProcess process, Workload workload) {
        awaitProbe(process, workload.container().getReadinessProbe());
        awaitProbe(process, workload.container().getLivenessProbe());
    }

    @ParameterizedTest
    @CsvSource({"knative,Service relay", "deployment,Deployment relay", "scale-to-zero,Service relay"})
    void answersTheProbesOfTheRelay(String overlay, String name) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        Workload workload = manifests.workload(name);
        try (ContainerProcess relay = run(manifests, workload)) {
            awaitProbes(relay, workload);
            if (overlay.equals("scale-to-zero")) {
                assertThat(relay.send(
                                HttpRequest.newBuilder(relay.uri("/drain")).POST(HttpRequest.BodyPublishers.noBody())))
                        .isEqualTo(401);
            } else {
                // Compressed by native code, which has to be unpacked somewhere.
                execute(
                        "shop",
                        "INSERT INTO outboxevent SELECT gen_random_uuid(), 'order', i::text, 'Placed', now(),"
                                + " repeat('x', 1000) FROM generate_series(1, 1000) i");
                await().atMost(PATIENCE).until(() -> count("shop", """
                        SELECT count(*) FROM pg_replication_slots
                         WHERE pg_current_wal_lsn() - confirmed_flush_lsn < 1000
                        """) == 1);
            }
            assertFits(relay, workload);
            assertThat(relay.terminate()).as(relay.log()).isEqualTo(143);
            assertThat(relay.log()).doesNotContain("ERROR", "means nothing", "Read-only", "UnsatisfiedLinkError");
        }
    }

    @ParameterizedTest
    @CsvSource({"billing,billing", "cache-invalidation,cache", "search,search"})
    void isPreparedByJobsAndServesWithinItsMemory(String name, String database) throws Exception {
        Manifests manifests = Manifests.of("knative");
        Workload service = manifests.workload("Service " + name);
        complete(manifests, "Job " + name + "-migration");
        if (name.equals("search")) {
            complete(manifests, "Job search-index");
        }
        long migrations = count(database, "SELECT count(*) FROM flyway_schema_history");
        assertThat(migrations).isPositive();
        try (ContainerProcess consumer = run(manifests, service)) {
            awaitProbes(consumer, service);
            OrderEvents.deliver(consumer, ORDERS);
            assertThat(count(database, "SELECT count(*) FROM walpost_dead_letter"))
                    .as("dead letters")
                    .isZero();
            assertFits(consumer, service);
            assertThat(consumer.terminate()).isEqualTo(143);
            assertThat(consumer.log())
                    .doesNotContain("ERROR", "Unrecognized configuration key", "Read-only", "Migrating schema");
        }
        assertThat(count(database, "SELECT count(*) FROM flyway_schema_history"))
                .isEqualTo(migrations);
    }

    @Test
    void remembersWhatItAppliedWhenItComesBackFromZero() throws Exception {
        Manifests manifests = Manifests.of("knative");
        complete(manifests, "Job billing-migration");
        Workload service = manifests.workload("Service billing");
        UUID id = UUID.randomUUID();
        long order = ORDERS + 4711L;
        for (int start = 0; start < 2; start++) {
            try (ContainerProcess billing = run(manifests, service)) {
                awaitProbes(billing, service);
                assertThat(billing.send(OrderEvents.placed(billing.uri("/"), id, order, 0, 17)))
                        .as(billing.log())
                        .isEqualTo(204);
                assertFits(billing, service);
                assertThat(billing.terminate()).isEqualTo(143);
            }
        }
        assertThat(count("billing", "SELECT count(*) FROM invoice WHERE order_id = " + order))
                .isEqualTo(1);
        assertThat(count("billing", "SELECT count(*) FROM walpost_dead_letter")).isZero();
    }
}
