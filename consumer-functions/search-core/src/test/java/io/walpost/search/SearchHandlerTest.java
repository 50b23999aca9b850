package io.walpost.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.walpost.consumer.Failure;
import io.walpost.consumer.IncomingRecord;
import io.walpost.consumer.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class SearchHandlerTest {

    private static final Outcome APPLIED = new Outcome.Applied();
    private static final Outcome DUPLICATE = new Outcome.Duplicate();
    private static final Outcome IGNORED = new Outcome.Ignored();

    private static Indices indices;

    private String alias;
    private SearchConsumer consumer;

    @BeforeAll
    static void start() {
        indices = new Indices();
    }

    @AfterAll
    static void stop() {
        indices.close();
    }

    @BeforeEach
    void create() throws Exception {
        alias = indices.newIndex().alias();
        consumer = new SearchConsumer(indices.search, alias);
    }

    @Test
    void indexesTheOrderAsTheEventCarriesIt() throws Exception {
        assertThat(consumer.consume(OrderRecords.changed(7, 1))).containsExactly(APPLIED);

        assertThat(indices.source(alias, 7))
                .as("with amounts as they were written")
                .isEqualTo(OrderRecords.order(7, 1, "25.00"));
    }

    @Test
    void appliesADuplicateOnce() throws Exception {
        IncomingRecord first = OrderRecords.changed(7, 1);
        IncomingRecord second = OrderRecords.changed(7, 2);

        assertThat(consumer.consume(first, second)).containsExactly(APPLIED, APPLIED);
        assertThat(consumer.consume(first, second, second)).containsExactly(DUPLICATE, DUPLICATE, DUPLICATE);

        assertThat(indices.version(alias, 7)).isEqualTo(2);
        assertThat(consumer.letters.put).isEmpty();
    }

    @Test
    void keepsTheNewerDocumentWhenAnOlderEventComesLate() throws Exception {
        assertThat(consumer.consume(OrderRecords.changed(7, 3))).containsExactly(APPLIED);

        assertThat(consumer.consume(OrderRecords.changed(7, 1), OrderRecords.changed(7, 2)))
                .containsExactly(DUPLICATE, DUPLICATE);

        assertThat(indices.document(alias, 7).path("_source").path("version").asLong())
                .isEqualTo(3);
    }

    @Test
    void keepsTheNewestOfAllWhenManyWriteInAnyOrder() throws Exception {
        long seed = new Random().nextLong();
        List<IncomingRecord> records = new ArrayList<>();
        for (long version = 1; version <= 40; version++) {
            for (long id = 1; id <= 25; id++) {
                records.add(OrderRecords.changed(id, version));
            }
        }
        Collections.shuffle(records, new Random(seed));
        int quarter = records.size() / 4;

        CompletableFuture.allOf(LongStream.range(0, 4)
                        .mapToObj(i -> records.subList((int) i * quarter, (int) (i + 1) * quarter))
                        .map(part ->
                                CompletableFuture.runAsync(() -> consumer.consume(part), Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .get(60, TimeUnit.SECONDS);

        assertThat(indices.versions(alias)).as("seed " + seed).hasSize(25).allSatisfy((id, version) -> assertThat(
                        version)
                .isEqualTo(40));
    }

    @Test
    void keepsDeletedWhatWasDeletedWhenEverythingIsReplayed() throws Exception {
        List<IncomingRecord> history =
                List.of(OrderRecords.changed(7, 1), OrderRecords.changed(7, 2), OrderRecords.deleted(7, 3));
        assertThat(consumer.consume(history)).containsExactly(APPLIED, APPLIED, APPLIED);
        assertThat(indices.document(alias, 7).path("_source").toString()).isEqualTo("{\"deleted\":true}");

        forgetRealDeletesAtOnce();

        assertThat(consumer.consume(history)).containsExactly(DUPLICATE, DUPLICATE, DUPLICATE);
        assertThat(indices.document(alias, 7).path("_source").toString()).isEqualTo("{\"deleted\":true}");
        assertThat(indices.version(alias, 7)).isEqualTo(3);
    }

    /** What the documents that say "deleted" are for. If this fails, they are needed no longer. */
    @Test
    void wouldBringBackAnOrderThatWasReallyDeleted() throws Exception {
        consumer.consume(OrderRecords.changed(7, 1));
        forgetRealDeletesAtOnce();
        indices.search
                .send("DELETE", "/" + alias + "/_doc/7?version=2&version_type=external")
                .orThrow("Delete");
        indices.search.send("POST", "/" + alias + "/_flush?force=true").orThrow("Flush");

        // Forgotten some time after the deletion, by the clock of OpenSearch.
        await().untilAsserted(() -> {
            indices.search.send("POST", "/" + alias + "/_refresh").orThrow("Refresh");
            assertThat(consumer.consume(OrderRecords.changed(7, 1))).containsExactly(APPLIED);
        });
    }

    private void forgetRealDeletesAtOnce() throws Exception {
        indices.search
                .send("PUT", "/" + alias + "/_settings", "{\"index.gc_deletes\":\"0s\"}".getBytes(UTF_8))
                .orThrow("Setting");
        indices.search.send("POST", "/" + alias + "/_flush?force=true").orThrow("Flush");
        indices.search.send("POST", "/" + alias + "/_refresh").orThrow("Refresh");
    }

    @Test
    void putsAsideTheOneDocumentThatTheMappingRefuses() throws Exception {
        List<IncomingRecord> records = new ArrayList<>();
        for (long id = 1; id <= 100; id++) {
            records.add(
                    id == 50
                            ? OrderRecords.of("OrderPlaced", 50, OrderRecords.changedPayload(50, 1, "1e400"))
                            : OrderRecords.changed(id, 1));
        }

        List<Outcome> outcomes = consumer.consume(records);

        assertThat(outcomes).filteredOn(APPLIED::equals).hasSize(99);
        assertThat(outcomes.get(49)).isInstanceOfSatisfying(Outcome.DeadLetter.class, letter -> {
            assertThat(letter.failure()).isEqualTo(Failure.SINK_REFUSED);
            assertThat(letter.cause().getMessage())
                    .contains("mapper_parsing_exception", "status 400")
                    .doesNotContain("1e400", "E+400", "customer");
        });
        assertThat(consumer.letters.put).hasSize(1);
        assertThat(indices.versions(alias)).hasSize(99).doesNotContainKey(50L);
    }

    @Test
    void putsAsideADocumentWithAFieldThatTheMappingForbids() throws Exception {
        indexWith("{\"dynamic\":\"strict\",\"properties\":{\"id\":{\"type\":\"long\"}}}");

        assertThat(consumer.consume(OrderRecords.changed(7, 1)))
                .singleElement()
                .satisfies(outcome -> assertRefused(outcome, "strict_dynamic_mapping_exception"));
    }

    @Test
    void putsAsideADocumentWithAWordThatIsTooLongForTheIndex() throws Exception {
        indexWith("{\"dynamic\":false,\"properties\":{\"customer\":{\"type\":\"keyword\"}}}");
        String word = "w".repeat(40_000);
        String payload = OrderRecords.changedPayload(7, 1, "25.00").replace("customer 7", word);

        List<Outcome> outcomes =
                consumer.consume(OrderRecords.changed(6, 1), OrderRecords.of("OrderPlaced", 7, payload));

        assertThat(outcomes.getFirst()).isEqualTo(APPLIED);
        assertRefused(outcomes.getLast(), "illegal_argument_exception (max_bytes_length_exceeded_exception)");
    }

    /** In the place of the index that there is. */
    private void indexWith(String mapping) throws Exception {
        String body = "{\"mappings\":" + mapping + ",\"aliases\":{\"" + alias + "\":{}}}";
        indices.search.send("DELETE", "/" + alias + "-1").orThrow("Delete");
        indices.search.send("PUT", "/" + alias + "-2", body.getBytes(UTF_8)).orThrow("Create");
    }

    private static void assertRefused(Outcome outcome, String error) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.DeadLetter.class, letter -> {
            assertThat(letter.failure()).isEqualTo(Failure.SINK_REFUSED);
            assertThat(letter.cause()).hasMessage("Indexing the document failed: " + error + ", status 400");
        });
    }

    /** What OpenSearch answers with 400 as well. */
    static Stream<Arguments> troublesOfTheIndex() {
        return Stream.of(
                Arguments.of(
                        "index_closed_exception, status 400; open the index",
                        new String[] {"POST", "-1/_close", "{}"},
                        new String[] {"POST", "-1/_open", "{}"}),
                Arguments.of(
                        "illegal_argument_exception, status 400; does the alias name one index",
                        new String[] {"PUT", "-2", "{\"aliases\":{\"ALIAS\":{}}}"},
                        new String[] {"DELETE", "-2", ""}),
                Arguments.of(
                        "illegal_argument_exception, status 400; does the alias name one index",
                        new String[] {"PUT", "-1/_settings", "{\"index.default_pipeline\":\"of nobody\"}"},
                        new String[] {"PUT", "-1/_settings", "{\"index.default_pipeline\":\"_none\"}"}));
    }

    @ParameterizedTest
    @MethodSource("troublesOfTheIndex")
    void waitsUntilTheIndexCanBeWrittenTo(String message, String[] make, String[] mend) throws Exception {
        change(make);
        CompletableFuture<List<Outcome>> outcomes = CompletableFuture.supplyAsync(
                () -> consumer.consume(OrderRecords.changed(1, 1), OrderRecords.changed(2, 1)),
                Thread::startVirtualThread);
        await().until(() -> consumer.attempts.failed.size() >= 6);
        assertThat(consumer.attempts.failed).allSatisfy(retry -> {
            assertThat(retry.failure()).isEqualTo(Failure.SINK_UNREACHABLE);
            assertThat(retry.cause()).hasMessageStartingWith("Indexing the document failed: " + message);
        });
        assertThat(outcomes).isNotDone();

        change(mend);

        assertThat(outcomes.get(30, TimeUnit.SECONDS)).containsExactly(APPLIED, APPLIED);
        assertThat(consumer.letters.put).isEmpty();
        assertThat(indices.versions(alias)).containsOnlyKeys(1L, 2L);
    }

    /** @param change method, what follows the alias in the path, and body */
    private void change(String[] change) throws Exception {
        byte[] body = change[2].replace("ALIAS", alias).getBytes(UTF_8);
        indices.search.send(change[0], "/" + alias + change[1], body).orThrow("Change");
    }

    @Test
    void putsAsideWhatItCannotRead() {
        List<Outcome> outcomes = consumer.consume(
                OrderRecords.of("OrderPlaced", 1, "no JSON"),
                OrderRecords.of("OrderPlaced", 2, "{\"orderId\":2,\"version\":1}"),
                OrderRecords.of("OrderPlaced", 3, OrderRecords.changedPayload(4, 1, "1")),
                OrderRecords.of("OrderPlaced", 5, null),
                OrderRecords.of(null, 6, OrderRecords.changedPayload(6, 1, "1")),
                OrderRecords.of("OrderPlaced", 7, OrderRecords.changedPayload(7, 0, "1")),
                OrderRecords.of("OrderDeleted", 8, "{\"orderId\":8}"));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome)
                .isInstanceOfSatisfying(Outcome.DeadLetter.class, letter -> assertThat(letter.failure())
                        .isEqualTo(Failure.UNPROCESSABLE_EVENT)));
        assertThat(consumer.letters.put)
                .extracting(letter -> letter.verdict().cause().getMessage())
                .contains(
                        "The OrderPlaced cannot be indexed: order is missing",
                        "The orderId of the OrderPlaced is not the key of its record",
                        "The OrderPlaced has no payload",
                        "The OrderPlaced cannot be indexed: version is not positive",
                        "The OrderDeleted cannot be indexed: version is missing");
    }

    @Test
    void leavesAloneWhatIsNoneOfItsBusiness() throws Exception {
        assertThat(consumer.consume(
                        OrderRecords.of("OrderPraised", 1, "no JSON"),
                        OrderRecords.of("OrderPraised", 2, "{\"orderId\":2,\"stars\":5}"),
                        OrderRecords.of("OrderPraised", 3, null)))
                .containsExactly(IGNORED, IGNORED, IGNORED);
        assertThat(indices.versions(alias)).isEmpty();
    }

    @Test
    void indexesAnOrderThatAnEventOfALaterKindCarries() throws Exception {
        assertThat(consumer.consume(OrderRecords.of("OrderShipped", 7, OrderRecords.changedPayload(7, 4, "25.00"))))
                .containsExactly(APPLIED);
        assertThat(indices.version(alias, 7)).isEqualTo(4);
    }

    @Test
    void leavesOutFieldsOfALaterSchema() throws Exception {
        String later =
                OrderRecords.changedPayload(7, 1, "25.00").replace("\"currency\"", "\"iban\":\"secret\",\"currency\"");

        assertThat(consumer.consume(OrderRecords.of("OrderPlaced", 7, later))).containsExactly(APPLIED);

        assertThat(indices.document(alias, 7).toString()).contains("customer 7").doesNotContain("iban", "secret");
        assertThat(indices.search.send("GET", "/" + alias + "/_mapping").body().toString())
                .doesNotContain("iban");
    }

    @Test
    void takesAWaveThatIsTooLargeForOneRequest() throws Exception {
        String name = "x".repeat(1 << 20);
        List<IncomingRecord> records = LongStream.rangeClosed(1, 9)
                .mapToObj(id -> OrderRecords.of(
                        "OrderPlaced",
                        id,
                        OrderRecords.changedPayload(id, 1, "1").replace("customer " + id, name)))
                .toList();

        assertThat(consumer.consume(records)).hasSize(9).allMatch(APPLIED::equals);

        assertThat(indices.count(alias)).isEqualTo(9);
    }

    @Test
    void waitsForAnIndexThatNobodyHasMadeAndLetsNoneBeGuessed() throws Exception {
        IndexAdmin admin = indices.noIndex();
        SearchConsumer early = new SearchConsumer(indices.search, admin.alias());
        CompletableFuture<List<Outcome>> outcomes = CompletableFuture.supplyAsync(
                () -> early.consume(OrderRecords.changed(1, 1), OrderRecords.changed(2, 1)),
                Thread::startVirtualThread);
        await().until(() -> early.attempts.failed.size() >= 6);
        assertThat(early.attempts.failed.getFirst().failure()).isEqualTo(Failure.SINK_UNREACHABLE);
        assertThat(indices.search.send("GET", "/" + admin.alias()).status()).isEqualTo(404);

        admin.createIfAbsent();

        assertThat(outcomes.get(30, TimeUnit.SECONDS)).containsExactly(APPLIED, APPLIED);
        JsonNode mapping = indices.search
                .send("GET", "/" + admin.alias() + "-1/_mapping")
                .body()
                .path(admin.alias() + "-1")
                .path("mappings");
        assertThat(mapping.path("dynamic").asText()).isEqualTo("false");
        assertThat(mapping.path("properties").path("status").path("type").asText())
                .isEqualTo("keyword");
    }
}
