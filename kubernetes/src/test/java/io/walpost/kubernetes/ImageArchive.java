package io.walpost.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An image in a file, as docker load reads it. */
final class ImageArchive {

    private final Map<String, byte[]> files = new HashMap<>();
    private final JsonNode manifest;
    private final JsonNode config;

    ImageArchive(Path file) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Files.newInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), tar.readAllBytes());
            }
        }
        manifest = json("manifest.json").get(0);
        config = json(manifest.get("Config").asText()).get("config");
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(files.get(name));
    }

    /** What docker inspect shows as Config. */
    JsonNode config() {
        return config;
    }

    List<String> entrypoint() {
        List<String> words = new ArrayList<>();
        config.get("Entrypoint").forEach(word -> words.add(word.asText()));
        return words;
    }

    /** Each as NAME=value. */
    List<String> environment() {
        List<String> variables = new ArrayList<>();
        config.path("Env").forEach(variable -> variables.add(variable.asText()));
        return variables;
    }

    String tag() {
        return manifest.get("RepoTags").get(0).asText();
    }

    /** Those of the files, by layer, the lowest first. */
    List<List<TarArchiveEntry>> layers() throws IOException {
        List<List<TarArchiveEntry>> layers = new ArrayList<>();
        for (JsonNode name : manifest.get("Layers")) {
            List<TarArchiveEntry> entries = new ArrayList<>();
            eachEntry(name.asText(), (entry, content) -> entries.add(entry));
            layers.add(entries);
        }
        return layers;
    }

    /** Unpacks all layers into a folder, as whoever runs this. */
    void unpack(Path root) throws IOException {
        for (JsonNode name : manifest.get("Layers")) {
            eachEntry(name.asText(), (entry, content) -> {
                Path path = root.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(content, path);
                }
                Files.setPosixFilePermissions(path, permissions(entry.getMode()));
            });
        }
    }

    /** The enumeration begins with the owner's right to read, which is the highest of nine bits. */
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private void eachEntry(String layer, EntryAction action) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(files.get(layer))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                action.take(entry, tar);
            }
        }
    }

    private interface EntryAction {
        void take(TarArchiveEntry entry, InputStream content) throws IOException;
    }
}
