package io.walpost.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.sources.v1.KafkaSource;
import io.fabric8.knative.sources.v1.PingSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests as text. What the programs make of them is {@link ContainerIT}'s. */
class ManifestsTest {

    private static final String OVERLAYS = "io.walpost.kubernetes.Manifests#overlays";
    private static final String VERSION = System.getProperty("walpost.version");

    /** What a pod of Knative may have without a feature that has to be switched on first. */
    private static final Set<String> OF_A_REVISION = Set.of(
            "containers",
            "volumes",
            "serviceAccountName",
            "imagePullSecrets",
            "enableServiceLinks",
            "containerConcurrency",
            "timeoutSeconds",
            "responseStartTimeoutSeconds",
            "idleTimeoutSeconds");

    private static final Duration PATIENCE_OF_CONSUMERS = Duration.ofSeconds(10);
    private static final Duration LIMIT_OF_A_DRAIN = Duration.ofMinutes(4);
    private static final Duration LONGEST_REQUEST_OF_KNATIVE = Duration.ofMinutes(10);

    @Test
    void refusesFieldsThatAKindDoesNotHave() {
        assertThatThrownBy(() -> StrictReader.read("""
                        apiVersion: serving.knative.dev/v1
                        kind: Service
                        metadata: {name: relay}
                        spec: {template: {spec: {containerConcurency: 16}}}
                        """))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("containerConcurency");
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void hasTheRelayAndAllConsumers(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        assertThat(manifests
                        .workloads()
                        .map(workload -> workload.program(VERSION))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Artifacts.names("image"));
        assertThat(manifests.resources())
                .allSatisfy(resource -> assertThat(resource.getMetadata().getLabels())
                        .as("labels of %s", resource.getMetadata().getName())
                        .containsEntry("app.kubernetes.io/part-of", "walpost"));
        assertThat(manifests.resources().stream()
                        .filter(resource -> !resource.getKind().startsWith("Cluster"))
                        .map(resource -> resource.getMetadata().getNamespace()))
                .containsOnly("walpost");
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void asksEachProgramWhereItServes(String overlay) throws Exception {
        Map<String, Integer> ports = Program.all().collect(Collectors.toMap(Program::name, Program::port));
        assertThat(Manifests.of(overlay).workloads())
                .filteredOn(workload -> !workload.container().getPorts().isEmpty())
                .hasSize(ports.size())
                .allSatisfy(workload -> {
                    assertThat(workload.container().getPorts()).singleElement().satisfies(port -> assertThat(
                                    port.getContainerPort())
                            .isEqualTo(ports.get(workload.program(VERSION))));
                    assertThat(workload.environment(key -> key, secret -> secret))
                            .containsEntry("QUARKUS_HTTP_HOST", "0.0.0.0");
                });
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void setsNothingThatMeansNothing(String overlay) throws Exception {
        Set<String> known = KnownSettings.read();
        assertThat(Manifests.of(overlay).workloads()).allSatisfy(workload -> assertThat(
                        workload.container().getEnv().stream().map(EnvVar::getName))
                .as("environment of %s", workload)
                .doesNotHaveDuplicates()
                .allMatch(known::contains));
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void findsEveryKeyOfTheConfiguration(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        Map<String, String> addresses = manifests.addresses();
        Set<String> configMaps = manifests
                .all(ConfigMap.class)
                .map(config -> config.getMetadata().getName())
                .collect(Collectors.toSet());
        Stream<EnvVar> variables = manifests.workloads().flatMap(workload -> workload.container().getEnv().stream());
        Set<String> used = variables
                .filter(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getConfigMapKeyRef() != null)
                .map(variable -> variable.getValueFrom().getConfigMapKeyRef())
                .peek(key -> assertThat(configMaps).contains(key.getName()))
                .map(key -> key.getKey())
                .collect(Collectors.toSet());
        assertThat(used).isEqualTo(addresses.keySet());
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void holdsNoSecret(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        assertThat(manifests.workloads().flatMap(workload -> workload.container().getEnv().stream()))
                .filteredOn(variable -> variable.getName().matches(".*(PASSWORD|USERNAME|USER|JAAS|SECRET|TOKEN).*"))
                .isNotEmpty()
                .allSatisfy(variable -> {
                    assertThat(variable.getValue()).as(variable.getName()).isNull();
                    assertThat(variable.getValueFrom().getSecretKeyRef())
                            .as(variable.getName())
                            .isNotNull();
                });
        assertThat(manifests.resources())
                .extracting(HasMetadata::getKind)
                .as("kinds; a Secret is made by whoever has its values")
                .doesNotContain("Secret");
        assertThat(manifests.addresses().values()).noneMatch(address -> address.matches(".*(password|user)=.*|.*@.*"));
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void runsEverythingWithoutRights(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        Map<String, ServiceAccount> accounts = manifests
                .all(ServiceAccount.class)
                .collect(Collectors.toMap(account -> account.getMetadata().getName(), account -> account));
        assertThat(manifests.workloads()).allSatisfy(workload -> {
            SecurityContext security = workload.container().getSecurityContext();
            assertThat(security.getRunAsNonRoot()).isTrue();
            assertThat(security.getRunAsUser() + ":" + security.getRunAsGroup()).isEqualTo(ImageBuilder.USER);
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isEmpty();
            assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(accounts.get(workload.serviceAccount()).getAutomountServiceAccountToken())
                    .as("token of %s", workload)
                    .isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void boundsWhatEachMayUse(String overlay) throws Exception {
        assertThat(Manifests.of(overlay).workloads()).allSatisfy(workload -> {
            Container container = workload.container();
            assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .containsExactlyInAnyOrderElementsOf(workload.volumes().stream()
                            .map(volume -> volume.getName())
                            .toList());
            assertThat(workload.volumes())
                    .filteredOn(volume -> volume.getEmptyDir() != null)
                    .singleElement()
                    .satisfies(volume ->
                            assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull());
        });
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void takesCertificatesOfTheDatabaseOrGoesWithout(String overlay) throws Exception {
        assertThat(Manifests.of(overlay).workloads())
                .filteredOn(workload -> workload.environment(key -> key, secret -> secret).values().stream()
                        .anyMatch(value -> value.endsWith("-postgres-url")))
                .hasSize(7)
                .allSatisfy(workload -> {
                    assertThat(workload.volumes())
                            .filteredOn(volume -> volume.getName().equals("certificates"))
                            .singleElement()
                            .satisfies(
                                    volume -> assertThat(volume.getConfigMap().getOptional())
                                            .isTrue());
                    assertThat(workload.container().getVolumeMounts())
                            .filteredOn(mount -> mount.getName().equals("certificates"))
                            .extracting(VolumeMount::getMountPath)
                            .containsExactly(Manifests.CERTIFICATES);
                });
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void asksKnativeOnlyForWhatItAllowsByDefault(String overlay) throws Exception {
        assertThat(Manifests.of(overlay).all(Service.class)).isNotEmpty().allSatisfy(service -> {
            RevisionSpec spec = service.getSpec().getTemplate().getSpec();
            assertThat(Json.fields(spec)).isSubsetOf(OF_A_REVISION);
            assertThat(Duration.ofSeconds(spec.getTimeoutSeconds())).isLessThanOrEqualTo(LONGEST_REQUEST_OF_KNATIVE);
            Container container = spec.getContainers().getFirst();
            assertThat(container.getPorts()).hasSize(1);
            assertThat(container.getLivenessProbe().getHttpGet().getPort())
                    .as("Knative fills in the port")
                    .isNull();
        });
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void deliversToEachConsumerInOrderAndForAsLongAsItTakes(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        Map<String, Service> services = manifests
                .all(Service.class)
                .collect(Collectors.toMap(service -> service.getMetadata().getName(), service -> service));
        assertThat(manifests.all(KafkaSource.class)).hasSize(3).allSatisfy(source -> {
            String name = source.getMetadata().getName();
            RevisionSpec sink = services.get(source.getSpec().getSink().getRef().getName())
                    .getSpec()
                    .getTemplate()
                    .getSpec();
            Duration request = Duration.ofSeconds(sink.getTimeoutSeconds());
            assertThat(source.getSpec().getSink().getRef().getName()).isEqualTo(name);
            assertThat(source.getSpec().getConsumerGroup()).isEqualTo(name);
            assertThat(source.getSpec().getOrdering()).isEqualTo("ordered");
            assertThat(source.getSpec().getInitialOffset()).isEqualTo("earliest");
            assertThat(source.getSpec().getDelivery().getDeadLetterSink()).isNull();
            assertThat(request).isGreaterThan(PATIENCE_OF_CONSUMERS);
            assertThat(Duration.parse(source.getSpec().getDelivery().getTimeout()))
                    .isGreaterThan(request);
            assertThat(waiting(source)).isGreaterThan(Duration.ofDays(30));
            assertThat(source.getSpec().getBootstrapServers())
                    .containsExactly(manifests.addresses().get("kafka-bootstrap-servers"));
        });
    }

    /** How long an event is tried for, of the pauses alone, which grow by the delay each time. */
    private static Duration waiting(KafkaSource source) {
        assertThat(source.getSpec().getDelivery().getBackoffPolicy()).isEqualTo("linear");
        long retries = source.getSpec().getDelivery().getRetry();
        return Duration.parse(source.getSpec().getDelivery().getBackoffDelay())
                .multipliedBy(retries * (retries + 1) / 2);
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void letsNothingThroughThatIsNotNamed(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        List<NetworkPolicy> policies = manifests.all(NetworkPolicy.class).toList();
        assertThat(policies)
                .filteredOn(policy -> policy.getSpec().getIngress().isEmpty()
                        && policy.getSpec().getEgress().isEmpty())
                .as("a policy that denies everything to all")
                .singleElement()
                .satisfies(policy -> {
                    assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
                    assertThat(manifests.workloads())
                            .allMatch(workload -> selects(policy.getSpec().getPodSelector(), workload));
                });
        assertThat(policies).allSatisfy(policy -> {
            assertThat(policy.getSpec().getEgress())
                    .allSatisfy(rule -> assertThat(rule.getPorts()).isNotEmpty());
            assertThat(policy.getSpec().getIngress()).allSatisfy(rule -> {
                assertThat(rule.getPorts()).isNotEmpty();
                assertThat(rule.getFrom()).isNotEmpty();
            });
            assertThat(manifests.workloads())
                    .as("whom %s is about", policy.getMetadata().getName())
                    .anyMatch(workload -> selects(policy.getSpec().getPodSelector(), workload));
        });
        Map<String, Integer> ports = Map.of("kafka", 9092, "postgres", 5432, "redis", 6379, "opensearch", 9200);
        assertThat(manifests.workloads()).allSatisfy(workload -> workload.environment(
                        key -> "address of " + key, secret -> "")
                .values()
                .forEach(value -> ports.forEach((server, port) -> {
                    if (value.startsWith("address of ") && value.contains(server)) {
                        assertThat(policies)
                                .as("%s to %s", workload, server)
                                .anyMatch(policy ->
                                        selects(policy.getSpec().getPodSelector(), workload) && opens(policy, port));
                    }
                })));
    }

    private static boolean opens(NetworkPolicy policy, int port) {
        return policy.getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .anyMatch(open -> open.getPort().getIntVal() == port);
    }

    private static boolean selects(LabelSelector selector, Workload workload) {
        Map<String, String> labels = workload.pod().getLabels();
        return selector.getMatchLabels().entrySet().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())))
                && selector.getMatchExpressions().stream()
                        .allMatch(label -> label.getValues().contains(labels.get(label.getKey())));
    }

    @ParameterizedTest
    @MethodSource(OVERLAYS)
    void letsNodesBeEmptied(String overlay) throws Exception {
        Manifests manifests = Manifests.of(overlay);
        assertThat(manifests.all(PodDisruptionBudget.class)).hasSize(4).allSatisfy(budget -> {
            assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
            assertThat(manifests.workloads())
                    .filteredOn(workload -> selects(budget.getSpec().getSelector(), workload))
                    .hasSize(1);
        });
    }

    @Test
    void streamsFromExactlyOneRelay() throws Exception {
        Map<String, String> scale = scaleOfTheRelay("knative");
        assertThat(scale)
                .containsEntry("autoscaling.knative.dev/min-scale", "1")
                .containsEntry("autoscaling.knative.dev/max-scale", "1");
        Workload deployment = Manifests.of("deployment").workload("Deployment relay");
        Workload service = Manifests.of("knative").workload("Service relay");
        assertThat(deployment.container().getEnv())
                .as("the same relay")
                .isEqualTo(service.container().getEnv());
        assertThat(deployment.container().getResources())
                .isEqualTo(service.container().getResources());
        assertThat(Manifests.of("deployment").workloads().map(Workload::name)).containsOnlyOnce("relay");
    }

    @Test
    void drainsWhenPingSourcePosts() throws Exception {
        Manifests manifests = Manifests.of("scale-to-zero");
        assertThat(scaleOfTheRelay("scale-to-zero"))
                .containsEntry("autoscaling.knative.dev/min-scale", "0")
                .containsEntry("autoscaling.knative.dev/max-scale", "1");
        Workload relay = manifests.workload("Service relay");
        Map<String, String> environment = relay.environment(key -> key, secret -> secret);
        PingSource source = manifests.all(PingSource.class).findFirst().orElseThrow();
        assertThat(source.getSpec().getSink().getRef().getName()).isEqualTo("relay");
        assertThat(source.getSpec().getSink().getUri()).isEqualTo("/drain");
        assertThat(environment)
                .containsEntry(
                        "WALPOST_RELAY_ENDPOINT_OIDC_AUDIENCE",
                        source.getSpec().getSink().getAudience())
                .containsEntry(
                        "WALPOST_RELAY_ENDPOINT_OIDC_SUBJECTS",
                        "system:serviceaccount:" + source.getMetadata().getNamespace() + ":"
                                + source.getMetadata().getName() + "-oidc-sources.knative.dev-pingsource");
        assertThat(relay.container().getArgs()).containsExactly("drain-endpoint");
        Service service = manifests
                .all(Service.class)
                .filter(candidate -> candidate.getMetadata().getName().equals("relay"))
                .findFirst()
                .orElseThrow();
        assertThat(Duration.ofSeconds(service.getSpec().getTemplate().getSpec().getTimeoutSeconds()))
                .isGreaterThan(LIMIT_OF_A_DRAIN);
    }

    /** As somebody would paste it, but for where it is. */
    @Test
    void rendersTheOverlayOfTheGuide() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "guide"));
        String guide = Files.readString(Manifests.ROOT.resolve("docs/deploy-knative.md"));
        int begin = guide.indexOf("apiVersion: kustomize");
        String overlay = guide.substring(begin, guide.indexOf("```", begin)).replace("\n   ", "\n");
        Files.writeString(
                folder.resolve("kustomization.yaml"), overlay.replace("../deployment", "../../overlays/deployment"));
        Manifests manifests = Manifests.of("../" + folder);
        assertThat(manifests.resources())
                .extracting(resource -> resource.getMetadata().getNamespace())
                .containsOnly("shop");
        assertThat(manifests.workloads())
                .extracting(workload -> workload.container().getImage())
                .allMatch(image -> image.startsWith("registry.shop/walpost/") && image.endsWith(":0.1.0"));
        assertThat(manifests.addresses().get("relay-postgres-url"))
                .contains("sslrootcert=" + Manifests.CERTIFICATES + "/postgres.crt");
        assertThat(manifests.all(KafkaSource.class)).isNotEmpty().allSatisfy(source -> assertThat(
                        source.getSpec().getBootstrapServers())
                .containsExactly(manifests.addresses().get("kafka-bootstrap-servers")));
    }

    private static Map<String, String> scaleOfTheRelay(String overlay) throws IOException, InterruptedException {
        return Manifests.of(overlay).workload("Service relay").pod().getAnnotations();
    }
}
