package io.walpost.localstack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the local stack itself asks of a Redis server, in the protocol RESP 2. */
final class RedisClient {

    private static final int CONNECT_MILLIS = 500;
    private static final int ANSWER_MILLIS = 2_000;

    private final LocalRedis server;
    private volatile String password = "";

    RedisClient(LocalRedis server) {
        this.server = server;
    }

    /** False also while the server still reads its file. */
    boolean answers() {
        try {
            return send("PING").equals("PONG");
        } catch (IOException | LocalStackException e) {
            return false;
        }
    }

    String command(String... words) {
        try {
            return send(words);
        } catch (IOException e) {
            throw new LocalStackException(
                    "Redis at " + server.uri() + " does not answer " + words[0] + ": " + e.getMessage(), e);
        }
    }

    void requirePassword(String next) {
        command("CONFIG", "SET", "requirepass", next);
        password = next;
    }

    private String send(String... words) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            if (!password.isEmpty()) {
                socket.getOutputStream().write(encode("AUTH", password));
                // After a new start an error: the server has forgotten that it wants a password.
                line(in);
            }
            socket.getOutputStream().write(encode(words));
            return answer(in);
        }
    }

    private static byte[] encode(String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (String word : words) {
            byte[] content = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(("$" + content.length + "\r\n").getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(content);
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static String answer(InputStream in) throws IOException {
        String line = line(in);
        String content = line.substring(1);
        return switch (line.charAt(0)) {
            case '+', ':' -> content;
            case '$' -> bulk(in, Integer.parseInt(content));
            case '*' -> array(in, Integer.parseInt(content));
            case '-' -> throw new LocalStackException("Redis answers with an error: " + content);
            default -> throw new IOException("not an answer of Redis");
        };
    }

    private static String bulk(InputStream in, int length) throws IOException {
        if (length < 0) {
            return "";
        }
        byte[] content = in.readNBytes(length);
        line(in);
        return new String(content, StandardCharsets.UTF_8);
    }

    private static String array(InputStream in, int length) throws IOException {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            elements.add(answer(in));
        }
        return String.join("\n", elements);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\r'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            line.write(next);
        }
        in.read();
        return line.toString(StandardCharsets.UTF_8);
    }
}
