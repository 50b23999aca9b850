package io.walpost.kubernetes;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a manifest mounts into a container, beside the folder for temporary files. */
final class MountedFiles {

    /** The ConfigMaps that are not ours, each with the one file that it has. */
    private static final Map<String, String> CERTIFICATES =
            Map.of("kube-root-ca.crt", "ca.crt", "walpost-certificates", "postgres.crt");

    private MountedFiles() {}

    /** @param certificate of whom every server here has its own from */
    static void put(Workload workload, Path root, String certificate) throws IOException {
        Map<String, Volume> volumes =
                workload.volumes().stream().collect(Collectors.toMap(Volume::getName, Function.identity()));
        for (VolumeMount mount : workload.container().getVolumeMounts()) {
            Volume volume = volumes.get(mount.getName());
            if (volume.getEmptyDir() != null) {
                continue;
            }
            String file = CERTIFICATES.get(volume.getConfigMap().getName());
            if (file == null) {
                throw new AssertionError("Nobody has " + volume.getConfigMap().getName());
            }
            Path folder =
                    Files.createDirectories(root.resolve(mount.getMountPath().substring(1)));
            Files.writeString(folder.resolve(file), certificate);
        }
    }
}
