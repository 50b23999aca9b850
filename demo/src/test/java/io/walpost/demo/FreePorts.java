package io.walpost.demo;

import io.walpost.demo.stage.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports in a row that nothing listens on. */
public final class FreePorts {

    // Below the range from which Linux and macOS take the local ports of outgoing connections.
    private static final int FIRST = 20_000;
    private static final int END = 32_000;

    private FreePorts() {}

    static int base() {
        return inARow(Ports.COUNT);
    }

    public static int one() {
        return inARow(1);
    }

    private static int inARow(int count) {
        return ThreadLocalRandom.current()
                .ints(FIRST, END)
                .filter(base -> IntStream.range(base, base + count).allMatch(FreePorts::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
