package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few who do something with one order, in every order of their steps that there is. */
class EveryInterleavingTest {

    /** What the client's pool has. */
    private static final int CONNECTIONS = 6;

    private static CacheServer server;

    @BeforeAll
    static void start() {
        server = new CacheServer();
    }

    @BeforeEach
    void empty() {
        server.redis.command("FLUSHALL");
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void oneChangeTwoReadersAndAnEntryThatIsForgotten(CacheMode mode) throws Exception {
        int runs = everyInterleaving(
                mode, order -> List.of(change(order, 2), reader(order), reader(order), List.of(order::forget)));

        assertThat(runs).isEqualTo(5040);
    }

    @ParameterizedTest
    @EnumSource
    void twoChangesAndTwoReaders(CacheMode mode) throws Exception {
        int runs = everyInterleaving(mode, order -> {
            List<Step> changes = new ArrayList<>(change(order, 2));
            changes.addAll(change(order, 3));
            return List.of(changes, reader(order), reader(order));
        });

        assertThat(runs).isEqualTo(4200);
    }

    @ParameterizedTest
    @EnumSource
    void twoChangesWhoseEventsComeInAnyOrderTwiceAndAReader(CacheMode mode) throws Exception {
        int runs = everyInterleaving(
                mode,
                order -> List.of(
                        List.of(order::commit, order::commit, () -> order.deliver(2), () -> order.deliver(2)),
                        List.of(() -> order.deliver(1), () -> order.deliver(Math.min(3, order.committed()))),
                        reader(order)));

        assertThat(runs).isEqualTo(1260);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeWithoutVersionTwoReadersAndAnEntryThatIsForgotten(CacheMode mode) throws Exception {
        int runs = everyInterleaving(
                mode,
                order -> List.of(
                        List.of(order::commitWithoutVersion, () -> order.deliver(2)),
                        reader(order),
                        reader(order),
                        List.of(order::forget)));

        assertThat(runs).isEqualTo(5040);
    }

    @ParameterizedTest
    @EnumSource
    void twoChangesWhoseEventsComeAgainAfterTheEntryWasForgottenAndAReader(CacheMode mode) throws Exception {
        int runs = everyInterleaving(
                mode,
                order -> List.of(
                        List.of(order::commit, () -> order.deliver(2), order::commit, () -> order.deliver(3)),
                        List.of(order::forget, () -> order.deliver(Math.min(2, order.committed()))),
                        reader(order)));

        assertThat(runs).isEqualTo(1260);
    }

    private static List<Step> change(OrderModel order, long version) {
        return List.of(order::commit, () -> order.deliver(version));
    }

    private static List<Step> reader(OrderModel order) {
        OrderModel.Reader reader = order.new Reader();
        return List.of(reader::lookup, reader::readDatabase, reader::fill);
    }

    /** @param actors given an order of its own in each run, who do their steps one after the other */
    private static int everyInterleaving(CacheMode mode, Function<OrderModel, List<List<Step>>> actors)
            throws Exception {
        int[] steps = actors.apply(new OrderModel("sample", server, mode)).stream()
                .mapToInt(List::size)
                .toArray();
        List<List<Integer>> interleavings = new ArrayList<>();
        interleave(steps, new ArrayList<>(), interleavings);
        List<Future<?>> runs = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (List<Integer> turns : interleavings) {
                runs.add(threads.submit(() -> run(new OrderModel(turns.toString(), server, mode), actors, turns)));
            }
        }
        for (Future<?> run : runs) {
            run.get();
        }
        return runs.size();
    }

    private static void interleave(int[] left, List<Integer> turns, List<List<Integer>> complete) {
        if (IntStream.of(left).allMatch(steps -> steps == 0)) {
            complete.add(List.copyOf(turns));
        }
        for (int actor = 0; actor < left.length; actor++) {
            if (left[actor] > 0) {
                left[actor]--;
                turns.add(actor);
                interleave(left, turns, complete);
                turns.removeLast();
                left[actor]++;
            }
        }
    }

    private static Void run(OrderModel order, Function<OrderModel, List<List<Step>>> actors, List<Integer> turns)
            throws Exception {
        List<List<Step>> steps = actors.apply(order);
        int[] next = new int[steps.size()];
        try {
            for (int actor : turns) {
                steps.get(actor).get(next[actor]++).run();
            }
            order.lookup();
            return null;
        } catch (AssertionError e) {
            throw new AssertionError("in the order " + turns, e);
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
