package io.walpost.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The list of all that is deployed, deploy/artifacts.tsv: a line for each with its name, its kind and its path. */
final class Artifacts {

    private Artifacts() {}

    record Artifact(String name, String kind, Path path) {}

    static List<Artifact> all() {
        try {
            return Files.readAllLines(Manifests.ROOT.resolve("deploy/artifacts.tsv")).stream()
                    .map(line -> line.split("\t", -1))
                    .map(columns -> new Artifact(columns[0], columns[1], Path.of(columns[2])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of those of a kind, zip or image. */
    static List<String> names(String kind) {
        return all().stream()
                .filter(artifact -> artifact.kind().equals(kind))
                .map(Artifact::name)
                .toList();
    }
}
