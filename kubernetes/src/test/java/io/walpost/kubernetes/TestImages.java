package io.walpost.kubernetes;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The images, on a base that is made here: nothing is downloaded. Each is built once. */
final class TestImages {

    static final String VERSION = System.getProperty("walpost.version");

    private static final Path FOLDER = Path.of("target", "test-images").toAbsolutePath();
    private static final Map<String, ImageArchive> BUILT = new ConcurrentHashMap<>();

    private TestImages() {}

    static ImageArchive of(Program program) {
        return BUILT.computeIfAbsent(program.name(), name -> {
            try {
                Path file = FOLDER.resolve(name + ".tar");
                new ImageBuilder(Manifests.ROOT, "tar://" + base(), Set.of(), VERSION)
                        .build(program, cached(file, "walpost/" + name + ":" + VERSION));
                return new ImageArchive(file);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Containerizer cached(Path file, String name) throws Exception {
        Path cache = FOLDER.resolve("cache");
        return Containerizer.to(TarImage.at(file).named(name))
                .setApplicationLayersCache(cache)
                .setBaseImageLayersCache(cache.resolve("base"));
    }

    private static synchronized Path base() throws Exception {
        Path base = FOLDER.resolve("base.tar");
        if (!Files.exists(base)) {
            Files.createDirectories(FOLDER);
            Path file = Files.writeString(FOLDER.resolve("os-release"), "NAME=\"the tests' base\"\n");
            Jib.fromScratch()
                    .addLayer(List.of(file), "/usr/lib")
                    .addEnvironmentVariable("JAVA_HOME", "/opt/java")
                    .containerize(cached(base, "test/base:1"));
        }
        return base;
    }
}
