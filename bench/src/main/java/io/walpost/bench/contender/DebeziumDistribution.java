package io.walpost.bench.contender;

import io.walpost.bench.site.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Debezium Server on this machine: its archive from Maven Central, unpacked once for all benchmarks. */
public final class DebeziumDistribution {

    public static final String VERSION = "3.6.0.Final";

    private static final String NAME = "debezium-server-dist-" + VERSION + ".tar.gz";
    private static final String URL =
            "https://repo.maven.apache.org/maven2/io/debezium/debezium-server-dist/" + VERSION + "/" + NAME;

    private final Path cache;

    /** @param cache a folder that outlives a build, with about 1.2 GB to spare */
    public DebeziumDistribution(Path cache) {
        this.cache = cache;
    }

    /** Where it is for benchmarks of this user. */
    public static DebeziumDistribution ofThisUser() {
        return new DebeziumDistribution(Path.of(System.getProperty("user.home"), ".cache", "walpost"));
    }

    /** Its unpacked folder. Downloads and unpacks what is not there, and says so. */
    public Path home() throws InterruptedException {
        Path home = cache.resolve("debezium-server-" + VERSION);
        if (Files.exists(home)) {
            return home;
        }
        try {
            Files.createDirectories(cache);
            Path archive = cache.resolve(NAME);
            if (Files.notExists(archive)) {
                new Download(URL, archive).run();
            }
            unpack(archive, home);
            return home;
        } catch (IOException e) {
            throw new BenchException(
                    "Debezium Server " + VERSION + " cannot be had: " + e.getMessage() + ". Put " + URL + " into "
                            + cache + ", or leave it out with --only relay,ceiling.",
                    e);
        }
    }

    /** Without the connectors for Cassandra and the scripting engines, which are half of it and have no part here. */
    private void unpack(Path archive, Path home) throws IOException, InterruptedException {
        System.out.println("Unpacking " + archive.getFileName() + " to " + home);
        Path unfinished = Files.createTempDirectory(cache, "unpacking");
        Process tar = new ProcessBuilder(List.of(
                        "tar",
                        "-xzf",
                        archive.toString(),
                        "-C",
                        unfinished.toString(),
                        "--strip-components=1",
                        "--exclude=*/connectors/*",
                        "--exclude=*/lib_opt/*"))
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar cannot unpack " + archive);
        }
        Files.move(unfinished, home);
    }

    static Path runner(Path home) {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new BenchException("Remove " + home + ", which is incomplete, and try again."));
        } catch (IOException e) {
            throw new BenchException("Cannot read " + home + ": " + e.getMessage(), e);
        }
    }
}
