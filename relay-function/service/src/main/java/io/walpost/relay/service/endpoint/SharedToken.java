package io.walpost.relay.service.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jboss.logging.Logger;

/** Admits the token that a file holds at that moment: a Secret that is mounted changes under a running process. */
final class SharedToken implements Gate {

    private static final Logger LOG = Logger.getLogger(SharedToken.class);
    private static final int SHORTEST = 16;

    private final Path file;

    private SharedToken(Path file) {
        this.file = file;
    }

    static SharedToken in(Path file) throws RelayException {
        try {
            if (read(file).length() < SHORTEST) {
                throw new RelayException(
                        FailureKind.CONFIGURATION,
                        "The token in " + file + " (walpost.relay.endpoint.token-file) has less than " + SHORTEST
                                + " characters");
            }
        } catch (IOException e) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "The file " + file + " (walpost.relay.endpoint.token-file) cannot be read",
                    e);
        }
        return new SharedToken(file);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    @Override
    public boolean admits(String token) {
        try {
            String expected = read(file);
            return expected.length() >= SHORTEST && MessageDigest.isEqual(digest(expected), digest(token));
        } catch (IOException e) {
            LOG.warnf("The file %s (walpost.relay.endpoint.token-file) cannot be read; nobody is let in by it", file);
            return false;
        }
    }

    /** Of one length whatever the text's, which the time of a comparison would tell otherwise. */
    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
