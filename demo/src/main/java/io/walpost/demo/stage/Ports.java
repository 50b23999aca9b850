package io.walpost.demo.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where each part listens on 127.0.0.1. */
public record Ports(int orders, int relay, int billing, int postgres, int kafka) {

    /** How many ports in a row {@link #from} takes. */
    public static final int COUNT = 5;

    public static final int MIN_BASE = 1024;
    public static final int MAX_BASE = 65_535 - COUNT + 1;

    /** Where the parts listen when nobody says otherwise. */
    public static Ports defaults() {
        return new Ports(18080, 18081, 18082, 15432, 19092);
    }

    /** Five ports in a row. */
    public static Ports from(int base) {
        return new Ports(base, base + 1, base + 2, base + 3, base + 4);
    }

    /** @throws DemoException if another program listens on any of them */
    void requireFree() {
        Map<Integer, String> taken = new TreeMap<>();
        users().forEach((port, user) -> {
            if (!isFree(port)) {
                taken.put(port, user);
            }
        });
        if (!taken.isEmpty()) {
            throw new DemoException(taken.entrySet().stream()
                            .map(port -> "Port " + port.getKey()
                                    + " on 127.0.0.1 is in use by another program; it is needed for: " + port.getValue()
                                    + ".")
                            .collect(Collectors.joining("\n"))
                    + "\nStop that program, or choose five other ports with --port-base, such as --port-base "
                    + freeBase() + ".");
        }
    }

    private Map<Integer, String> users() {
        return Map.of(
                orders, ServiceProcess.ORDERS,
                relay, ServiceProcess.RELAY,
                billing, ServiceProcess.BILLING,
                postgres, "PostgreSQL",
                kafka, "Kafka");
    }

    private static int freeBase() {
        for (int base : List.of(21000, 22000, 23000, 24000, 25000)) {
            if (from(base).users().keySet().stream().allMatch(Ports::isFree)) {
                return base;
            }
        }
        return 26000;
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the parts do: connections of an earlier run in TIME_WAIT do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
