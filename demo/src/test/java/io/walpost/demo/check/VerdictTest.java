package io.walpost.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    private static final Instant COMMITTED = Instant.parse("2026-01-01T00:00:00Z");

    private final EventLedger ledger = new EventLedger();

    private static Account account(long version, String total) {
        return new Account(version, false, new BigDecimal(total), 1, new BigDecimal(total));
    }

    private void arrives(String id, long orderId, long version, String total) {
        ledger.add(new Arrival(
                id,
                orderId,
                version,
                "OrderPlaced",
                COMMITTED,
                COMMITTED.plusMillis(5),
                Optional.of(account(version, total))));
    }

    private void isDeleted(long orderId, long version) {
        ledger.add(new Arrival(
                "deletion", orderId, version, "OrderDeleted", COMMITTED, COMMITTED.plusMillis(5), Optional.empty()));
    }

    private Committed committed(Map<Long, Account> orders) {
        return new Committed(orders, ledger.deleted());
    }

    private Verdict verdict(Map<Long, Account> orders, Map<Long, Account> invoices, Long... rolledBack) {
        Committed committed = committed(orders);
        Map<Long, Invoice> withoutCredits = invoices.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, invoice -> new Invoice(invoice.getValue(), Optional.empty())));
        return Verdict.of(
                committed,
                List.of(InvoiceCheck.of(committed, withoutCredits), IndexCheck.of(committed, orders)),
                Set.of(rolledBack),
                ledger);
    }

    private List<String> staleEntries(Map<Long, Account> orders, CacheEntry... entries) {
        return CacheCheck.of(committed(orders), ledger.lastVersions(), List.of(entries))
                .differences();
    }

    @Test
    void holdsWhenAllSidesAgree() {
        arrives("a", 1, 1, "9.50");
        arrives("b", 1, 2, "9.50");
        arrives("a", 1, 1, "9.50");
        arrives("c", 3, 1, "2.00");
        isDeleted(3, 2);

        Verdict verdict =
                verdict(Map.of(1L, account(2, "9.50")), Map.of(1L, account(2, "9.50"), 3L, account(1, "2.00")), 2L);

        assertThat(verdict.differences()).isEmpty();
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.summary())
                .isEqualTo("OK: 2 orders committed, 1 deleted since, 1 rolled back, 4 events, 2 invoices, 1 documents,"
                        + " 1 duplicates, in order; commit-to-consumer p50 5.0 ms, p99 5.0 ms");
    }

    @Test
    void missesAnInvoice() {
        arrives("a", 1, 1, "9.50");
        assertThat(verdict(Map.of(1L, account(1, "9.50")), Map.of()).differences())
                .containsExactly("order 1: is committed and has no invoice");
    }

    @Test
    void missesTheInvoiceOfADeletedOrder() {
        arrives("a", 1, 1, "9.50");
        isDeleted(1, 2);
        assertThat(verdict(Map.of(), Map.of()).differences())
                .containsExactly("order 1: is committed and has no invoice");
    }

    @Test
    void seesAnInvoiceOfNoOrder() {
        assertThat(verdict(Map.of(), Map.of(7L, account(1, "9.50")), 7L).differences())
                .containsExactly("order 7: has an invoice and was never committed");
    }

    @Test
    void seesAnInvoiceThatDiffers() {
        arrives("a", 1, 1, "9.50");
        assertThat(verdict(Map.of(1L, account(1, "9.50")), Map.of(1L, account(1, "19.00")))
                        .differences())
                .singleElement()
                .asString()
                .contains("total 19.00", "total 9.50");
    }

    @ParameterizedTest
    @CsvSource({
        "3, 9.50, 2, 9.50, true",
        "3, 0.00, 2, 9.50, false",
        "3, 9.50, 1, 9.50, false",
        "3, 9.50, 2, 19.00, false",
        "2, 9.50, 2, 9.50, false"
    })
    void seesACreditNoteThatDiffers(long version, String total, int lines, String linesTotal, boolean right) {
        Account order = new Account(3, true, new BigDecimal("9.50"), 2, new BigDecimal("9.50"));
        Account credit = new Account(version, true, new BigDecimal(total), lines, new BigDecimal(linesTotal));

        List<String> differences = InvoiceCheck.of(
                        committed(Map.of(1L, order)), Map.of(1L, new Invoice(order, Optional.of(credit))))
                .differences();

        if (right) {
            assertThat(differences).isEmpty();
        } else {
            assertThat(differences).containsExactly("order 1: its credit note says " + credit + "; it has " + order);
        }
    }

    @Test
    void seesAnEventTooEarlyAndOneMissing() {
        arrives("b", 1, 2, "9.50");
        assertThat(verdict(Map.of(1L, account(2, "9.50")), Map.of(1L, account(2, "9.50")))
                        .differences())
                .containsExactly("order 1: version 2 arrived where version 1 was due");
        assertThat(verdict(Map.of(1L, account(3, "9.50")), Map.of(1L, account(3, "9.50")))
                        .differences())
                .contains("order 1: has version 3, and its last event is of version 2");
    }

    @Test
    void seesAnEventAfterTheDeletion() {
        arrives("a", 1, 1, "9.50");
        isDeleted(1, 2);
        arrives("b", 1, 3, "9.50");
        assertThat(verdict(Map.of(), Map.of(1L, account(3, "9.50"))).differences())
                .containsExactly("order 1: version 3 arrived after its deletion");
    }

    @Test
    void seesADeletionOfAnOrderThatIsThere() {
        arrives("a", 1, 1, "9.50");
        isDeleted(1, 2);
        assertThat(verdict(Map.of(1L, account(2, "9.50")), Map.of(1L, account(2, "9.50")))
                        .differences())
                .containsExactly("order 1: has an event of its deletion and is still there");
    }

    @Test
    void seesAnEventOfARolledBackOrder() {
        arrives("a", 4, 1, "9.50");
        assertThat(verdict(Map.of(), Map.of(), 4L).differences())
                .containsExactly("order 4: has events and was never committed");
    }

    @Test
    void seesARolledBackOrderThatIsCommitted() {
        arrives("a", 1, 1, "9.50");
        assertThat(verdict(Map.of(1L, account(1, "9.50")), Map.of(1L, account(1, "9.50")), 1L)
                        .differences())
                .containsExactly("order 1: was reported as rolled back, and is committed");
    }

    @Test
    void seesWhatTheCacheShouldNotHold() {
        arrives("a", 1, 1, "9.50");
        arrives("b", 1, 2, "12.00");
        arrives("c", 3, 1, "2.00");
        isDeleted(3, 2);
        Map<Long, Account> orders = Map.of(1L, account(2, "12.00"));

        assertThat(staleEntries(orders, entry(1, 2, account(2, "12.00")), marker(3, 2)))
                .isEmpty();
        assertThat(staleEntries(orders, entry(1, 1, account(1, "9.50"))))
                .singleElement()
                .asString()
                .contains("the cache says version 1", "it has version 2");
        assertThat(staleEntries(orders, entry(3, 1, account(1, "2.00"))))
                .containsExactly("order 3: is in the cache and was deleted");
        assertThat(staleEntries(orders, entry(4, 1, account(1, "2.00"))))
                .containsExactly("order 4: is in the cache and was never committed");
        assertThat(staleEntries(orders, marker(1, 1)))
                .containsExactly("order 1: the cache knows of version 1, and its last event is of version 2");
    }

    private static CacheEntry entry(long orderId, long version, Account order) {
        return new CacheEntry(orderId, OptionalLong.of(version), Optional.of(order));
    }

    private static CacheEntry marker(long orderId, long version) {
        return new CacheEntry(orderId, OptionalLong.of(version), Optional.empty());
    }

    @Test
    void seesWhatTheIndexLacksAndWhatItShouldNotHold() {
        arrives("c", 3, 1, "2.00");
        isDeleted(3, 2);
        Committed committed = committed(Map.of(1L, account(2, "12.00"), 2L, account(1, "1.00")));

        assertThat(IndexCheck.of(committed, Map.of(1L, account(1, "9.50"), 3L, account(1, "2.00")))
                        .differences())
                .satisfiesExactly(
                        stale -> assertThat(stale).startsWith("order 1: the search index says version 1"),
                        missing -> assertThat(missing).isEqualTo("order 2: is not in the search index"),
                        risen -> assertThat(risen).isEqualTo("order 3: is in the search index and was deleted"));
    }

    @Test
    void showsTheFirstFewDifferences() {
        for (long order = 1; order <= 9; order++) {
            arrives("event " + order, order, 1, "9.50");
        }
        Verdict verdict = verdict(Map.of(), Map.of());

        assertThat(verdict.shownDifferences()).hasSize(6).last().isEqualTo("and 4 more");
        assertThat(verdict.summary()).startsWith("FAILED: 0 orders").contains("9 differences");
    }
}
