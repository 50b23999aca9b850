package io.walpost.kubernetes;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which processors images are for. */
final class Platforms {

    /** The nodes of a cluster may be of either kind, and one that gets the other's image says "exec format error". */
    private static final List<String> OF_A_CLUSTER = List.of("linux/amd64", "linux/arm64");

    private Platforms() {}

    /**
     * The platforms to build for; empty for the base image's own.
     *
     * @param named by the user, such as linux/arm64; none for the default
     * @param base the base image: one in a file has one platform, and nothing says beforehand which
     * @param pushed whether the images go to a registry: a file holds one platform
     * @throws IllegalArgumentException with a sentence
     */
    static Set<Platform> chosen(List<String> named, String base, boolean pushed) {
        if (base.startsWith("tar://")) {
            require(named.isEmpty(), "A base image in a file has a platform of its own: leave --platform out.");
            return Set.of();
        }
        require(pushed || named.size() <= 1, "A file holds one platform: name one, or --push to a registry.");
        List<String> names = named.isEmpty() ? pushed ? OF_A_CLUSTER : List.of(ofThisMachine()) : named;
        return names.stream().map(Platforms::platform).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Platform platform(String name) {
        String[] parts = name.split("/");
        require(parts.length == 2, "'" + name + "' is no platform; one is linux/amd64, another linux/arm64.");
        return new Platform(parts[1], parts[0]);
    }

    /** Containers are Linux, whatever runs them. */
    private static String ofThisMachine() {
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return "linux/"
                + switch (processor) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> processor;
                };
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
