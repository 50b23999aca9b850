package io.walpost.relay.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network before one server: what passes can be held, delayed, cut and changed. Its port is known before the server
 * is, because some servers have to be told it.
 */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final Gate gate = new Gate();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile Tamper tamper = Tamper.NONE;

    TcpProxy() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Begins to pass connections on to a server on loopback. */
    TcpProxy before(int serverPort) {
        Thread.ofVirtual().start(() -> accept(serverPort));
        return this;
    }

    private void accept(int serverPort) {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept(), serverPort);
            } catch (IOException closed) {
                // The proxy, or a client that has left again.
            }
        }
    }

    private void connect(Socket client, int serverPort) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException serverIsDown) {
            client.close();
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        ProxiedConnection connection = new ProxiedConnection(
                client, server, gate, (piece, length) -> tamper.apply(piece, length), connections::remove);
        connections.add(connection);
        connection.start();
    }

    /** Ends all connections in good order. */
    void cut() {
        connections.forEach(ProxiedConnection::close);
    }

    /** Ends all connections with a reset. */
    void reset() {
        connections.forEach(ProxiedConnection::reset);
    }

    /** Keeps connections open and lets nothing through, until {@link #release}. */
    void hold() {
        gate.shut();
    }

    /** Delays each piece of at most 32 KiB, until {@link #release}. */
    void slow(Duration delay) {
        gate.slow(delay);
    }

    /** Lets everything through at once again. */
    void release() {
        gate.open();
    }

    /** Changes what the server sends from now on. */
    void tamper(Tamper changes) {
        tamper = changes;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gate.open();
        cut();
    }
}
