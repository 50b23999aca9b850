package io.walpost.sample.orders.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each request with a head and the beginning of a body, and then says nothing more. */
public final class HalfAnswers implements AutoCloseable {

    private static final String HALF =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"hits\":{";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger closed = new AtomicInteger();
    private final ServerSocket server;

    public HalfAnswers() throws IOException {
        server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.submit(() -> {
            while (true) {
                Socket connection = server.accept();
                threads.submit(() -> answer(connection));
            }
        });
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** How many connections the client has closed. */
    int closed() {
        return closed.get();
    }

    private Void answer(Socket connection) throws IOException {
        try (connection) {
            byte[] request = new byte[1 << 16];
            // A client that is slow enough gives up before it has asked anything.
            if (connection.getInputStream().read(request) >= 0) {
                connection.getOutputStream().write(HALF.getBytes(UTF_8));
                while (connection.getInputStream().read(request) >= 0) {
                    // The rest of the request, and then its end.
                }
            }
        } finally {
            closed.incrementAndGet();
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
