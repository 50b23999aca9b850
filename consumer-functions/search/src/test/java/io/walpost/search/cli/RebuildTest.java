package io.walpost.search.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.walpost.consumer.Shutdown;
import io.walpost.localstack.LocalKafka;
import io.walpost.search.IndexAdmin;
import io.walpost.search.IndexException;
import io.walpost.search.Indices;
import io.walpost.search.OrderRecords;
import io.walpost.search.OrderTopic;
import io.walpost.search.SearchConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class RebuildTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final RebuildOptions CAREFULLY = new RebuildOptions(false, false, false, false);
    private static final RebuildOptions REMOVING_THE_OLD = new RebuildOptions(true, false, false, false);
    private static final RebuildOptions REMOVING_WHATEVER = new RebuildOptions(true, true, false, false);
    private static final RebuildOptions DISCARDING = new RebuildOptions(false, false, true, false);
    private static final RebuildOptions ACCEPTING_A_LOSS = new RebuildOptions(false, false, false, true);

    private static final LocalKafka KAFKA = LocalKafka.temporary();
    private static Indices indices;

    private final Shutdown stop = new Shutdown();
    private OrderTopic topic;
    private IndexAdmin admin;
    private String alias;

    @BeforeAll
    static void start() {
        KAFKA.start();
        indices = new Indices();
    }

    @AfterAll
    static void end() {
        indices.close();
        KAFKA.close();
    }

    @BeforeEach
    void create() throws Exception {
        topic = new OrderTopic(KAFKA);
        admin = indices.newIndex();
        alias = admin.alias();
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void missesNoOrderWhileOrdersAreChangedAndSearched() throws Exception {
        int orders = 3000;
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (long id = 1; id <= orders; id++) {
            topic.change(id);
        }
        topic.flush();
        AtomicLong fewest = new AtomicLong(Long.MAX_VALUE);
        try (LiveConsumer live = new LiveConsumer(KAFKA, topic.name, indices.search, alias);
                ScheduledExecutorService others = Executors.newScheduledThreadPool(2)) {
            await().atMost(PATIENCE).until(() -> indices.versions(alias).equals(topic.orders));
            CompletableFuture<Void> writing = new CompletableFuture<>();
            CompletableFuture<Void> searching = new CompletableFuture<>();
            others.scheduleAtFixedRate(() -> write(random, 2 * orders, writing), 0, 2, TimeUnit.MILLISECONDS);
            others.scheduleAtFixedRate(() -> probe(fewest, searching), 0, 20, TimeUnit.MILLISECONDS);

            RebuildReport report = rebuild(CAREFULLY, progress -> {});

            assertThat(report.switched()).isTrue();
            assertThat(report.leftOut()).isZero();
            assertThat(report.read()).as("records that came in meanwhile").isGreaterThan(orders);
            assertThat(writing).as("the writer").isNotDone();
            assertThat(searching).as("the one who searches").isNotDone();
            // Not at once: the interrupt would be taken for a search that fails.
            others.shutdown();
            assertThat(others.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            topic.flush();
            await("seed " + seed).atMost(PATIENCE).untilAsserted(() -> assertThat(indices.versions(alias))
                    .isEqualTo(topic.orders));
            assertThat(live.letters().put).isEmpty();
        }
        assertThat(topic.orders).hasSizeGreaterThan(orders);
        assertThat(topic.orders.values()).anyMatch(version -> version < 0);
        assertThat(fewest.get()).as("orders that a search could find").isBetween((long) orders, Long.MAX_VALUE - 1);
        assertThat(admin.behind(alias)).containsExactly(alias + "-2");
        assertThat(admin.behind(admin.rebuildAlias())).isEmpty();
        assertThat(indices.count(alias + "-1")).as("the old index").isGreaterThanOrEqualTo(orders);
    }

    private void write(Random random, int orders, CompletableFuture<Void> failure) {
        try {
            long id = 1 + random.nextInt(orders);
            if (topic.orders.containsKey(id) && random.nextInt(10) == 0) {
                topic.delete(id);
            } else {
                topic.change(id);
            }
        } catch (RuntimeException e) {
            failure.completeExceptionally(e);
        }
    }

    private void probe(AtomicLong fewest, CompletableFuture<Void> failure) {
        try {
            long found = indices.search
                    .send("GET", "/" + alias + "/_count")
                    .orThrow("Count")
                    .body()
                    .path("count")
                    .asLong();
            fewest.accumulateAndGet(found, Math::min);
        } catch (Exception e) {
            failure.completeExceptionally(e);
        }
    }

    /** The gap that the reading after the switch is there to close, made on purpose. */
    @Test
    void readsWhatTheLiveConsumerWroteToTheOldIndexJustBeforeTheSwitch() throws Exception {
        topic.change(1);
        topic.flush();
        AtomicBoolean written = new AtomicBoolean();

        rebuild(CAREFULLY, progress -> {
            if (progress.remaining() == 0 && written.compareAndSet(false, true)) {
                topic.change(2);
                topic.flush();
                new SearchConsumer(indices.search, alias).consume(OrderRecords.changed(2, 1));
            }
        });

        assertThat(written).isTrue();
        assertThat(indices.versions(alias + "-1")).containsOnlyKeys(2L);
        assertThat(indices.versions(alias)).isEqualTo(topic.orders).containsOnlyKeys(1L, 2L);
    }

    @Test
    void saysThatTheSwitchIsMadeWhenItFailsAfterwards() throws Exception {
        topic.change(1);
        topic.flush();
        AtomicLong next = new AtomicLong(1);

        assertThatThrownBy(() -> rebuild(CAREFULLY, progress -> {
                    if (isLive(alias + "-2")) {
                        throw new KafkaException("The broker is gone");
                    }
                    // So that something is left to read after the switch, however many laps there are before.
                    topic.change(next.incrementAndGet());
                    topic.flush();
                }))
                .isInstanceOf(UnfinishedRebuildException.class)
                .hasMessage("The alias " + alias + " names " + alias
                        + "-2 already, and the last changes from before that"
                        + " may be missing in it: the topic cannot be read: The broker is gone\n" + alias + "-1 stays."
                        + " When that is mended, rebuild anew with --discard-unfinished; the function goes on with "
                        + alias + "-2 meanwhile.");

        assertThat(admin.behind(alias)).containsExactly(alias + "-2");
        assertThat(rebuild(DISCARDING, progress -> {}).switched()).isTrue();
        assertThat(indices.versions(alias)).isEqualTo(topic.orders);
    }

    private boolean isLive(String index) {
        try {
            return admin.behind(alias).contains(index);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void keepsDeletedWhatWasDeletedAndCountsWhatCannotBeIndexed() throws Exception {
        topic.change(1);
        topic.change(2);
        topic.delete(2);
        topic.send("OrderPlaced", 3, OrderRecords.changedPayload(3, 1, "1e400"));
        topic.send("OrderPlaced", 4, "no JSON");
        topic.flush();

        RebuildReport report = rebuild(CAREFULLY, progress -> {});

        assertThat(report.leftOut()).isEqualTo(2);
        assertThat(report.firstLeftOut()).hasSize(2).anyMatch(line -> line.contains("mapper_parsing_exception"));
        assertThat(indices.versions(alias)).isEqualTo(Map.of(1L, 1L, 2L, -2L));
    }

    @Test
    void removesTheOldIndexOnRequest() throws Exception {
        topic.change(1);
        topic.flush();

        RebuildReport report = rebuild(REMOVING_THE_OLD, progress -> {});

        assertThat(report.oldRemoved()).isTrue();
        assertGone(alias + "-1");
        assertThat(indices.versions(alias)).isEqualTo(topic.orders);
    }

    /** As after a change of the mapping, which does not take what the mapping before took. */
    @Test
    void keepsTheOldIndexWhileItAloneHasWhatWasLeftOut() throws Exception {
        topic.change(1);
        topic.send("OrderPlaced", 2, OrderRecords.changedPayload(2, 1, "1e400"));
        topic.flush();
        new SearchConsumer(indices.search, alias).consume(OrderRecords.changed(2, 1));

        RebuildReport careful = rebuild(REMOVING_THE_OLD, progress -> {});

        assertThat(careful.switched()).isTrue();
        assertThat(careful.leftOut()).isEqualTo(1);
        assertThat(careful.oldRemoved()).isFalse();
        assertThat(indices.versions(alias)).containsOnlyKeys(1L);
        assertThat(indices.versions(alias + "-1")).containsOnlyKeys(2L);

        RebuildReport bold = rebuild(REMOVING_WHATEVER, progress -> {});

        assertThat(bold.leftOut()).isEqualTo(1);
        assertThat(bold.oldRemoved()).isTrue();
        assertGone(alias + "-2");
    }

    private void assertGone(String index) throws Exception {
        assertThat(indices.search.send("GET", "/" + index).status()).as(index).isEqualTo(404);
    }

    @Test
    void changesNothingWhenItIsStopped() throws Exception {
        for (long id = 1; id <= 5000; id++) {
            topic.change(id);
        }
        topic.flush();

        RebuildReport report = rebuild(CAREFULLY, progress -> stop.begin());

        assertThat(report.switched()).isFalse();
        assertUntouched();
        assertThat(indices.versions(alias)).isEmpty();
    }

    @Test
    void waitsForOpenSearchThatIsKilledMeanwhile() throws Exception {
        for (long id = 1; id <= 5000; id++) {
            topic.change(id);
        }
        topic.flush();
        AtomicBoolean killed = new AtomicBoolean();

        CompletableFuture<RebuildReport> report = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return rebuild(CAREFULLY, progress -> {
                            if (killed.compareAndSet(false, true)) {
                                indices.server.kill();
                            }
                        });
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task, "rebuild").start());
        await().atMost(PATIENCE).until(() -> killed.get() && !indices.server.running());
        indices.server.start();

        assertThat(report.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).switched())
                .isTrue();
        assertThat(indices.versions(alias)).isEqualTo(topic.orders);
    }

    @Test
    void saysWhatAnEarlierRebuildLeftAndDiscardsItOnRequest() throws Exception {
        topic.change(1);
        topic.flush();
        admin.create(alias + "-2", admin.rebuildAlias());

        assertThatThrownBy(() -> rebuild(CAREFULLY, progress -> {}))
                .isInstanceOf(IndexException.class)
                .hasMessage(alias + "-2 belongs to a rebuild that runs, or that did not end."
                        + " If none runs, discard it and rebuild anew.");

        assertThat(rebuild(DISCARDING, progress -> {}).switched()).isTrue();
        assertThat(indices.versions(alias)).isEqualTo(topic.orders);
        assertThat(admin.behind(admin.rebuildAlias())).isEmpty();
    }

    @Test
    void saysWhenARebuildWasKilledAfterTheSwitch() throws Exception {
        topic.change(1);
        topic.flush();
        admin.create(alias + "-2", admin.rebuildAlias());
        admin.switchAlias(alias + "-1", alias + "-2");

        assertThatThrownBy(() -> rebuild(CAREFULLY, progress -> {}))
                .hasMessageContaining("and left this index without the newest changes");

        assertThat(rebuild(DISCARDING, progress -> {}).newIndex()).isEqualTo(alias + "-3");
        assertThat(indices.versions(alias)).isEqualTo(topic.orders);
        assertThat(admin.behind(admin.rebuildAlias())).isEmpty();
    }

    @Test
    void refusesATopicThatHasLostItsBeginning() throws Exception {
        for (long id = 1; id <= 100; id++) {
            topic.change(id);
        }
        topic.flush();
        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            kafka.deleteRecords(Map.of(new TopicPartition(topic.name, 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> rebuild(CAREFULLY, progress -> {}))
                .isInstanceOf(IndexException.class)
                .hasMessageStartingWith("The topic has lost its first records.");
        assertUntouched();

        assertThat(rebuild(ACCEPTING_A_LOSS, progress -> {}).switched()).isTrue();
        assertThat(indices.versions(alias)).hasSize(99);
    }

    @Test
    void switchesNothingThatSomebodyElseHasSwitched() throws Exception {
        topic.change(1);
        topic.flush();
        AtomicBoolean switched = new AtomicBoolean();

        assertThatThrownBy(() -> rebuild(CAREFULLY, progress -> {
                    if (switched.compareAndSet(false, true)) {
                        createAndSwitchTo(alias + "-9");
                    }
                }))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("does not name " + alias + "-1 any more");

        assertThat(admin.behind(alias)).containsExactly(alias + "-9");
        assertThat(admin.behind(admin.rebuildAlias())).isEmpty();
    }

    private void createAndSwitchTo(String index) {
        try {
            indices.search.send("PUT", "/" + index, "{}".getBytes(UTF_8)).orThrow("Create");
            admin.switchAlias(alias + "-1", index);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesToReplaceAnIndexThatIsNotThere() {
        IndexAdmin none = indices.noIndex();

        assertThatThrownBy(() -> rebuild(none, CAREFULLY, progress -> {}))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("names 0 indices");
    }

    private void assertUntouched() throws Exception {
        assertThat(admin.behind(alias)).isEqualTo(List.of(alias + "-1"));
        assertThat(admin.behind(admin.rebuildAlias())).isEmpty();
        assertThat(indices.search.send("GET", "/" + alias + "-2").status()).isEqualTo(404);
    }

    private RebuildReport rebuild(RebuildOptions options, Consumer<RebuildProgress> listener) throws Exception {
        return rebuild(admin, options, listener);
    }

    private RebuildReport rebuild(IndexAdmin of, RebuildOptions options, Consumer<RebuildProgress> listener)
            throws Exception {
        try (TopicReader reader = new TopicReader(Map.of("bootstrap.servers", KAFKA.bootstrapServers()), topic.name)) {
            return new Rebuild(indices.search, of, reader, listener).run(options, stop);
        }
    }
}
