package io.walpost.relay.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is packaged. */
class FunctionZipIT {

    private static final long MOST_BYTES = 80_000_000;

    @Test
    void isSmallAndHasTheCodecsOfBothProcessors() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(Servers.code().folder())) {
            files = paths.filter(Files::isRegularFile).toList();
        }

        long bytes = files.stream().mapToLong(file -> file.toFile().length()).sum();
        System.out.printf(Locale.ROOT, "The function.zip holds %.1f MB unzipped%n", bytes / 1e6);
        assertThat(bytes).isLessThan(MOST_BYTES);

        List<String> libraries = files.stream()
                .filter(file -> file.toString().endsWith(".jar"))
                .flatMap(FunctionZipIT::librariesForLinux)
                .toList();
        for (String codec : List.of("lz4", "zstd", "snappy")) {
            assertThat(libraries)
                    .filteredOn(library -> library.contains(codec))
                    .anyMatch(library -> library.matches(".*(amd64|x86_64).*"))
                    .anyMatch(library -> library.contains("aarch64"));
        }
    }

    private static Stream<String> librariesForLinux(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".so")
                            && name.toLowerCase(Locale.ROOT).contains("linux"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
