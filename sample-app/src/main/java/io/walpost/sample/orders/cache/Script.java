package io.walpost.sample.orders.cache;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A Lua script of one key. Redis keeps it under its SHA-1 until it restarts, and is then given it again. */
final class Script {

    private final Redis redis;
    private final String text;
    private final String sha1;

    /** @param name its resource beside this class */
    Script(Redis redis, String name) {
        this.redis = redis;
        try (InputStream in = Script.class.getResourceAsStream(name)) {
            byte[] bytes = in.readAllBytes();
            this.text = new String(bytes, StandardCharsets.UTF_8);
            this.sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the script " + name, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    Future<Response> run(String key, List<byte[]> arguments) {
        return redis.send(request(Command.EVALSHA, sha1, key, arguments))
                .recover(failure -> String.valueOf(failure.getMessage()).startsWith("NOSCRIPT")
                        ? redis.send(request(Command.EVAL, text, key, arguments))
                        : Future.failedFuture(failure));
    }

    private static Request request(Command command, String script, String key, List<byte[]> arguments) {
        Request request = Request.cmd(command).arg(script).arg(1).arg(key);
        arguments.forEach(request::arg);
        return request;
    }
}
