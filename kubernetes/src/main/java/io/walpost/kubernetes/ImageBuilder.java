package io.walpost.kubernetes;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Makes an image of a packaged program: one layer for the libraries of others, which seldom change, and one for ours. Root
 * owns the files, which nobody may write; {@link #USER} runs them. The same input gives the same image.
 */
final class ImageBuilder {

    /** Neither root nor anybody else; a number, so that Kubernetes can see that it is not root. */
    static final String USER = "10001:10001";

    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("555");
    private static final FilePermissions READABLE = FilePermissions.fromOctalString("444");

    /** What a folder may hold that is of this machine: a cache for one Java, and what Quarkus notes for its build. */
    private static final Set<String> OF_THE_BUILD = Set.of("app.aot", "quarkus-app-dependencies.txt");

    private final Path root;
    private final String base;
    private final Set<Platform> platforms;
    private final String version;

    /**
     * @param root the project's folder
     * @param base a reference in a registry, or {@code tar://} and the path of an image in a file
     * @param platforms that there is to be an image for, each of which the base image must have; empty for the base image's
     *     own, if it is in a file. Their order is that of the index
     * @param version of the programs, and the images' tag
     */
    ImageBuilder(Path root, String base, Set<Platform> platforms, String version) {
        this.root = root;
        this.base = base;
        this.platforms = new LinkedHashSet<>(platforms);
        this.version = version;
    }

    /** @throws ImageException with a sentence, if the program is not packaged or the base image is not to be had */
    JibContainer build(Program program, Containerizer target) throws ImageException, InterruptedException {
        Path app = root.resolve(program.module()).resolve("target/quarkus-app");
        if (!Files.exists(app.resolve("quarkus-run.jar"))) {
            throw new ImageException(app + " is missing; ./walpost package builds it", null);
        }
        try {
            return container(program, app).containerize(target.setToolName("walpost"));
        } catch (InvalidImageReferenceException e) {
            throw new ImageException("The base image " + base + " is no reference of an image", e);
        } catch (IOException | RegistryException | ExecutionException | CacheDirectoryCreationException e) {
            throw new ImageException(
                    "The image of " + program.name() + " on the base image " + base + " cannot be built: "
                            + rootOf(e).getMessage(),
                    e);
        }
    }

    private JibContainerBuilder container(Program program, Path app)
            throws InvalidImageReferenceException, IOException {
        JibContainerBuilder container = Jib.from(base);
        if (!platforms.isEmpty()) {
            container.setPlatforms(platforms);
        }
        return container
                .setFileEntriesLayers(layer("libraries", app, true), layer("walpost", app, false))
                .setEntrypoint(program.entrypoint())
                .setEnvironment(program.environment())
                .setWorkingDirectory(AbsoluteUnixPath.get(Program.HOME))
                .setUser(USER)
                .addExposedPort(Port.tcp(program.port()))
                .setLabels(Map.of(
                        "org.opencontainers.image.title",
                        "walpost/" + program.name(),
                        "org.opencontainers.image.version",
                        version,
                        "org.opencontainers.image.licenses",
                        "Apache-2.0",
                        "org.opencontainers.image.base.name",
                        base.startsWith("tar://") ? "a file" : base));
    }

    private static FileEntriesLayer layer(String name, Path app, boolean ofOthers) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        List<Path> files;
        try (Stream<Path> all = Files.walk(app)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String fileName = file.getFileName().toString();
            boolean isOfOthers = file.startsWith(app.resolve("lib")) && !fileName.startsWith("io.walpost.");
            if (isOfOthers == ofOthers && !OF_THE_BUILD.contains(fileName)) {
                layer.addEntry(
                        file,
                        AbsoluteUnixPath.get(Program.HOME).resolve(app.relativize(file)),
                        fileName.endsWith(".sh") ? EXECUTABLE : READABLE);
            }
        }
        return layer.build();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
