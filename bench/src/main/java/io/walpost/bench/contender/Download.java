package io.walpost.bench.contender;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fetches a large file from Maven Central, shows how far it is, and checks it. */
final class Download {

    private static final int OK = 200;
    private static final int CHUNK = 1 << 20;
    private static final int SHOWN_EACH = 25 * CHUNK;

    private final String url;
    private final Path target;

    Download(String url, Path target) {
        this.url = url;
        this.target = target;
    }

    void run() throws IOException, InterruptedException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            String expected =
                    send(client, url + ".sha1", BodyHandlers.ofString()).body().strip();
            HttpResponse<InputStream> response = send(client, url, BodyHandlers.ofInputStream());
            long size = response.headers().firstValueAsLong("content-length").orElse(-1);
            MessageDigest digest = sha1();
            try (InputStream in = response.body();
                    OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
                copy(in, out, size);
            }
            String actual = HexFormat.of().formatHex(digest.digest());
            if (!expected.startsWith(actual)) {
                Files.delete(part);
                throw new IOException("the checksum of " + url + " is " + actual + " and should be " + expected);
            }
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static <T> HttpResponse<T> send(HttpClient client, String url, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpResponse<T> response =
                client.send(HttpRequest.newBuilder(URI.create(url)).build(), handler);
        if (response.statusCode() != OK) {
            throw new IOException(url + " answers with status " + response.statusCode());
        }
        return response;
    }

    private void copy(InputStream in, OutputStream out, long size) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long done = 0;
        long shown = 0;
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            out.write(chunk, 0, read);
            done += read;
            if (done - shown >= SHOWN_EACH || done == size) {
                shown = done;
                System.out.printf("Downloading %s: %d of %d MB%n", target.getFileName(), done >> 20, size >> 20);
            }
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
