package io.walpost.kubernetes;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds the images: {@code java -jar walpost-images.jar --help}. */
@Command(
        name = "images",
        sortOptions = false,
        description = {
            "Builds container images of what is packaged: into files that docker load, podman load or skopeo read, or"
                    + " into a registry.",
            "",
            "A registry's user and password come from WALPOST_REGISTRY_USER and WALPOST_REGISTRY_PASSWORD, and are not"
                    + " needed by one that lets everybody in."
        })
final class ImagesCommand implements Callable<Integer> {

    /** A Java that the relay's options know, with a shell for its script. */
    private static final String DEFAULT_BASE = "docker.io/library/eclipse-temurin:21-jre";

    @Option(
            names = "--base",
            paramLabel = "IMAGE",
            defaultValue = DEFAULT_BASE,
            description =
                    "The image to build on: a reference, best with a digest (NAME@sha256:…), or tar:// and the path"
                            + " of a file as docker save writes it. Default: " + DEFAULT_BASE)
    private String base;

    @Option(
            names = "--push",
            paramLabel = "PREFIX",
            description = "Pushes to PREFIX/NAME:VERSION, as in registry.example.com/walpost, instead.")
    private String prefix;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCH",
            split = ",",
            description = "What the images are for; the base image must have it. Default: linux/amd64,linux/arm64 with"
                    + " --push, and that of this machine for a file, which holds one. A base image in a file has its"
                    + " own.")
    private List<String> platforms = List.of();

    @Option(names = "--tag", paramLabel = "VERSION", description = "The images' tag. Default: the version of the build")
    private String tag;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    @Parameters(paramLabel = "NAME", description = "Only these: relay, billing, cache-invalidation, search.")
    private List<String> names = List.of();

    @Spec
    private CommandSpec spec;

    private final Path root;

    /** @param root the project's folder */
    ImagesCommand(Path root) {
        this.root = root;
    }

    public static void main(String... arguments) {
        Path root = Path.of(System.getProperty("walpost.home", ""));
        System.exit(new CommandLine(new ImagesCommand(root)).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String version = Optional.ofNullable(tag)
                .or(() -> Optional.ofNullable(getClass().getPackage().getImplementationVersion()))
                .orElse("latest");
        List<Program> programs = Program.all()
                .filter(program -> names.isEmpty() || names.contains(program.name()))
                .toList();
        if (programs.size() < names.size()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "There is no program for each of " + names);
        }
        ImageBuilder builder = new ImageBuilder(root, base, platforms(), version);
        PrintWriter err = spec.commandLine().getErr();
        try {
            for (Program program : programs) {
                String name = program.name() + ":" + version;
                JibContainer image = prefix != null
                        ? builder.build(program, registry(prefix + "/" + name))
                        : buildFile(builder, program, "walpost/" + name);
                err.println(program.name() + "  " + image.getDigest());
            }
            return CommandLine.ExitCode.OK;
        } catch (ImageException | InvalidImageReferenceException e) {
            err.println(e.getMessage());
            if (base.equals(DEFAULT_BASE)) {
                err.println("Without a way to Docker Hub, --base names another image, also one in a file.");
            } else if (prefix != null && platforms.isEmpty() && !base.startsWith("tar://")) {
                err.println("If the base image is not for all platforms, --platform names those to build for.");
            }
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private Set<Platform> platforms() {
        try {
            return Platforms.chosen(platforms, base, prefix != null);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Containerizer registry(String name) throws InvalidImageReferenceException {
        RegistryImage image = RegistryImage.named(name);
        String user = System.getenv("WALPOST_REGISTRY_USER");
        if (user != null) {
            image.addCredentialRetriever(
                    () -> Optional.of(Credential.from(user, System.getenv("WALPOST_REGISTRY_PASSWORD"))));
        }
        return cached(Containerizer.to(image));
    }

    /** The file of an earlier call stays until the new one is complete. */
    private JibContainer buildFile(ImageBuilder builder, Program program, String name)
            throws ImageException, InvalidImageReferenceException, IOException, InterruptedException {
        Path file = root.resolve("kubernetes/target/images").resolve(program.name() + ".tar");
        Path unfinished = file.resolveSibling(program.name() + ".tar.unfinished");
        Files.createDirectories(file.getParent());
        try {
            JibContainer image = builder.build(
                    program, cached(Containerizer.to(TarImage.at(unfinished).named(name))));
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            return image;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Containerizer cached(Containerizer target) {
        Path cache = root.resolve("kubernetes/target/jib");
        return target.setApplicationLayersCache(cache).setBaseImageLayersCache(cache.resolve("base"));
    }
}
