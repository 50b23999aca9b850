package io.walpost.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Instant COMMITTED = Instant.parse("2026-01-01T00:00:00Z");

    private final EventLedger ledger = new EventLedger();

    private static Account account(long version, String total) {
        return new Account(version, false, new BigDecimal(total), 1, new BigDecimal(total));
    }

    private void arrives(String id, long orderId, long version) {
        ledger.add(new Arrival(id, orderId, version, "OrderPlaced", COMMITTED, COMMITTED.plusMillis(5)));
    }

    private Verdict verdict(Map<Long, Account> orders, Map<Long, Account> invoices, Long... rolledBack) {
        return Verdict.of(orders, invoices, Set.of(rolledBack), ledger);
    }

    @Test
    void holdsWhenBothSidesAgree() {
        arrives("a", 1, 1);
        arrives("b", 1, 2);
        arrives("a", 1, 1);

        Verdict verdict = verdict(Map.of(1L, account(2, "9.50")), Map.of(1L, account(2, "9.50")), 2L);

        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.summary())
                .isEqualTo("OK: 1 orders committed, 1 rolled back, 2 events, 1 invoices, 1 duplicates, in order;"
                        + " commit-to-consumer p50 5.0 ms, p99 5.0 ms");
    }

    @Test
    void missesAnInvoice() {
        arrives("a", 1, 1);
        assertThat(verdict(Map.of(1L, account(1, "9.50")), Map.of()).differences())
                .containsExactly("order 1: is committed and has no invoice");
    }

    @Test
    void seesAnInvoiceOfNoOrder() {
        assertThat(verdict(Map.of(), Map.of(7L, account(1, "9.50")), 7L).differences())
                .containsExactly("order 7: has an invoice and was never committed");
    }

    @Test
    void seesAnInvoiceThatDiffers() {
        arrives("a", 1, 1);
        assertThat(verdict(Map.of(1L, account(1, "9.50")), Map.of(1L, account(1, "19.00")))
                        .differences())
                .singleElement()
                .asString()
                .contains("total 19.00", "total 9.50");
    }

    @Test
    void seesAnEventTooEarlyAndOneMissing() {
        arrives("b", 1, 2);
        assertThat(verdict(Map.of(1L, account(2, "9.50")), Map.of(1L, account(2, "9.50")))
                        .differences())
                .containsExactly("order 1: version 2 arrived where version 1 was due");
        assertThat(verdict(Map.of(1L, account(3, "9.50")), Map.of(1L, account(3, "9.50")))
                        .differences())
                .contains("order 1: has version 3, and its last event is of version 2");
    }

    @Test
    void seesAnEventOfARolledBackOrder() {
        arrives("a", 4, 1);
        assertThat(verdict(Map.of(), Map.of(), 4L).differences())
                .containsExactly("order 4: has events and was never committed");
    }

    @Test
    void seesARolledBackOrderThatIsCommitted() {
        arrives("a", 1, 1);
        assertThat(verdict(Map.of(1L, account(1, "9.50")), Map.of(1L, account(1, "9.50")), 1L)
                        .differences())
                .containsExactly("order 1: was reported as rolled back, and is committed");
    }

    @Test
    void showsTheFirstFewDifferences() {
        for (long order = 1; order <= 9; order++) {
            arrives("event " + order, order, 1);
        }
        Verdict verdict = verdict(Map.of(), Map.of());

        assertThat(verdict.shownDifferences()).hasSize(6).last().isEqualTo("and 4 more");
        assertThat(verdict.summary()).startsWith("FAILED: 0 orders").contains("9 differences");
    }
}
