package io.walpost.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** What an overlay comes to, as kustomize renders it. */
record Manifests(String overlay, List<HasMetadata> resources) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Where a container finds the certificates of whoever signed the database's. */
    static final String CERTIFICATES = "/etc/walpost/certificates";

    private static final Map<String, Manifests> RENDERED = new HashMap<>();
    private static final Path OVERLAYS = Path.of("overlays");
    private static final int PATIENCE_SECONDS = 120;
    private static final List<List<String>> KUSTOMIZE =
            List.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"));

    /** The names of all overlays. */
    static Stream<String> overlays() throws IOException {
        try (Stream<Path> folders = Files.list(OVERLAYS)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    /** Rendered once, and read strictly. Without kustomize or kubectl, the test that asks is skipped, and says so. */
    static synchronized Manifests of(String overlay) throws IOException, InterruptedException {
        if (!RENDERED.containsKey(overlay)) {
            RENDERED.put(overlay, rendered(overlay));
        }
        return RENDERED.get(overlay);
    }

    private static Manifests rendered(String overlay) throws IOException, InterruptedException {
        for (List<String> command : KUSTOMIZE) {
            if (isThere(command.getFirst())) {
                return new Manifests(overlay, StrictReader.read(render(command, OVERLAYS.resolve(overlay))));
            }
        }
        return Assumptions.abort("SKIPPED: neither kustomize nor kubectl is on the PATH, so the overlay " + overlay
                + " cannot be rendered");
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String render(List<String> command, Path overlay) throws IOException, InterruptedException {
        Path out = Files.createTempFile("manifests", ".yaml");
        Path err = Files.createTempFile("manifests", ".err");
        try {
            Process process = new ProcessBuilder(Stream.concat(command.stream(), Stream.of(overlay.toString()))
                            .toList())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(overlay + " cannot be rendered: " + Files.readString(err, UTF_8));
            }
            return Files.readString(out, UTF_8);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    <T extends HasMetadata> Stream<T> all(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The configuration that is not secret, by its keys. */
    Map<String, String> addresses() {
        Map<String, String> addresses = new TreeMap<>();
        all(ConfigMap.class).forEach(config -> addresses.putAll(config.getData()));
        return addresses;
    }

    /** Everything that runs a container. */
    Stream<Workload> workloads() {
        return Stream.of(
                        all(Service.class).map(service -> {
                            RevisionSpec spec = service.getSpec().getTemplate().getSpec();
                            return new Workload(
                                    service,
                                    service.getSpec().getTemplate().getMetadata(),
                                    spec.getContainers(),
                                    spec.getVolumes(),
                                    spec.getServiceAccountName());
                        }),
                        all(Deployment.class)
                                .map(deployment -> workload(
                                        deployment, deployment.getSpec().getTemplate())),
                        all(Job.class).map(job -> workload(job, job.getSpec().getTemplate())))
                .flatMap(workloads -> workloads);
    }

    private static Workload workload(HasMetadata resource, io.fabric8.kubernetes.api.model.PodTemplateSpec template) {
        PodSpec spec = template.getSpec();
        return new Workload(
                resource,
                template.getMetadata(),
                spec.getContainers(),
                spec.getVolumes(),
                spec.getServiceAccountName());
    }

    /** By its kind and name, as in Job search-index. */
    Workload workload(String name) {
        return workloads()
                .filter(workload -> workload.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + name + " in " + overlay));
    }
}
