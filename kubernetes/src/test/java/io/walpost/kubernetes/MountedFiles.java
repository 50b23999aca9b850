package io.walpost.kubernetes;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What a manifest mounts into a container, beside the folder for temporary files. */
final class MountedFiles {

    private MountedFiles() {}

    static void put(Workload workload, Path root) throws IOException {
        Map<String, Volume> volumes =
                workload.volumes().stream().collect(Collectors.toMap(Volume::getName, Function.identity()));
        for (VolumeMount mount : workload.container().getVolumeMounts()) {
            Volume volume = volumes.get(mount.getName());
            if (volume.getEmptyDir() != null) {
                continue;
            }
            if (!volume.getConfigMap().getName().equals("kube-root-ca.crt")) {
                throw new AssertionError("Nobody has " + volume.getConfigMap().getName());
            }
            Path folder =
                    Files.createDirectories(root.resolve(mount.getMountPath().substring(1)));
            Files.writeString(folder.resolve("ca.crt"), certificate());
        }
    }

    /** Any certificate will do: nothing is asked for with it. */
    private static String certificate() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            X509Certificate any = Arrays.stream(factory.getTrustManagers())
                    .map(X509TrustManager.class::cast)
                    .findFirst()
                    .orElseThrow()
                    .getAcceptedIssuers()[0];
            return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(any.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
