package io.walpost.localstack.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * An unpacked function.zip.
 *
 * @param folder where it is unpacked, and where the function runs. Lambda does not let a function write there
 */
public record FunctionCode(Path folder) {

    /** @param folder where nothing is yet */
    public static FunctionCode unpack(Path zip, Path folder) throws IOException {
        FunctionCode code = new FunctionCode(Files.createDirectories(folder));
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(entries, target);
                }
            }
        }
        return code;
    }
}
