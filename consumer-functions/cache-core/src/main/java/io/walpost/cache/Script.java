package io.walpost.cache;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A Lua script of one key that Redis keeps under its SHA-1 until it restarts. */
final class Script {

    private final String text;
    private final String sha1;

    private Script(String text) {
        this.text = text;
        this.sha1 = sha1(text);
    }

    /** @param resource its name on the class path */
    static Script of(String resource) {
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            return new Script(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the script " + resource, e);
        }
    }

    /** A call of what Redis may have forgotten; it then answers {@code NOSCRIPT}. */
    Request bySha1(Call call) {
        return request(Command.EVALSHA, sha1, call);
    }

    /** A call that brings the script, which Redis keeps. */
    Request byText(Call call) {
        return request(Command.EVAL, text, call);
    }

    private static Request request(Command command, String script, Call call) {
        Request request = Request.cmd(command).arg(script).arg(1).arg(call.key());
        call.arguments().forEach(request::arg);
        return request;
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    /** What a script is called with. */
    record Call(String key, List<Buffer> arguments) {}
}
