package io.walpost.demo.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where each part listens on 127.0.0.1. */
public record Ports(
        int orders,
        int relay,
        int billing,
        int cacheInvalidation,
        int search,
        int postgres,
        int kafka,
        int redis,
        int openSearch,
        int billingPostgres) {

    /** How many ports in a row {@link #from} takes. */
    public static final int COUNT = 10;

    public static final int MIN_BASE = 1024;
    public static final int MAX_BASE = 65_535 - COUNT + 1;

    /** Where the parts listen when nobody says otherwise. */
    public static Ports defaults() {
        return new Ports(18080, 18081, 18082, 18083, 18084, 15432, 19092, 16379, 19200, 15433);
    }

    /** Ports in a row. */
    public static Ports from(int base) {
        return new Ports(
                base, base + 1, base + 2, base + 3, base + 4, base + 5, base + 6, base + 7, base + 8, base + 9);
    }

    int of(ConsumerFunction function) {
        return switch (function) {
            case BILLING -> billing;
            case CACHE_INVALIDATION -> cacheInvalidation;
            case SEARCH -> search;
        };
    }

    /** @throws DemoException if another program listens on any that the plan needs */
    void requireFree(StagePlan plan) {
        Map<Integer, String> taken = new TreeMap<>();
        users(plan).forEach((port, user) -> {
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
                    + "\nStop that program, or choose other ports with --port-base, such as --port-base "
                    + freeBase() + ".");
        }
    }

    private Map<Integer, String> users(StagePlan plan) {
        Map<Integer, String> users = new HashMap<>(Map.of(
                orders, ServiceProcess.ORDERS, relay, ServiceProcess.RELAY, postgres, "PostgreSQL", kafka, "Kafka"));
        plan.functions().forEach(function -> users.put(of(function), function.label()));
        if (plan.has(ConsumerFunction.CACHE_INVALIDATION)) {
            users.put(redis, "Redis");
        }
        if (plan.has(ConsumerFunction.SEARCH)) {
            users.put(openSearch, "OpenSearch");
        }
        if (plan.billingApart()) {
            users.put(billingPostgres, "billing's PostgreSQL");
        }
        return users;
    }

    private static int freeBase() {
        for (int base : List.of(21000, 22000, 23000, 24000, 25000)) {
            if (IntStream.range(base, base + COUNT).allMatch(Ports::isFree)) {
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
