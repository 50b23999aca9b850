package io.walpost.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on loopback. */
final class Ports {

    // Below the range from which Linux and macOS take the local ports of outgoing connections: while a server is down,
    // a client that keeps dialling its port could otherwise be given that very port, and connect to itself.
    private static final int FIRST = 20_000;
    private static final int END = 32_000;

    private Ports() {}

    /** A port that nothing listens on. */
    static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
    }

    static void requireFree(int port, String server) {
        if (!isFree(port)) {
            throw new LocalStackException(
                    "Port %d on 127.0.0.1, which %s needs, is in use by another program. Stop that program or choose another port."
                            .formatted(port, server));
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: connections of an earlier run in TIME_WAIT do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
