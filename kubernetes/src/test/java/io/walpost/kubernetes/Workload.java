package io.walpost.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that runs one container. */
record Workload(
        HasMetadata resource, ObjectMeta pod, List<Container> containers, List<Volume> volumes, String serviceAccount) {

    private static final Pattern IMAGE = Pattern.compile("registry\\.example\\.com/walpost/([a-z-]+):(\\S+)");

    Container container() {
        if (containers.size() != 1) {
            throw new AssertionError(this + " should have one container");
        }
        return containers.getFirst();
    }

    String name() {
        return resource.getMetadata().getName();
    }

    /** The name of the image's program, which must have this version. */
    String program(String version) {
        Matcher image = IMAGE.matcher(container().getImage());
        if (!image.matches() || !image.group(2).equals(version)) {
            throw new AssertionError(this + " has the image " + container().getImage() + ", which is none of version "
                    + version + " that an overlay's images name");
        }
        return image.group(1);
    }

    /**
     * The environment of the container.
     *
     * @param addresses the value for a key of the ConfigMap
     * @param secrets the value for secret/key; null leaves the variable out, which must be optional then
     */
    Map<String, String> environment(UnaryOperator<String> addresses, UnaryOperator<String> secrets) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (EnvVar variable : container().getEnv()) {
            String value;
            if (variable.getValueFrom() == null) {
                value = variable.getValue();
            } else if (variable.getValueFrom().getConfigMapKeyRef() != null) {
                value = addresses.apply(
                        variable.getValueFrom().getConfigMapKeyRef().getKey());
            } else {
                var key = variable.getValueFrom().getSecretKeyRef();
                value = secrets.apply(key.getName() + "/" + key.getKey());
                if (value == null && Boolean.TRUE.equals(key.getOptional())) {
                    continue;
                }
            }
            if (value == null || environment.put(variable.getName(), value) != null) {
                throw new AssertionError(variable.getName() + " of " + this + " has no value, or two");
            }
        }
        return environment;
    }

    @Override
    public String toString() {
        return resource.getKind() + " " + name();
    }
}
