package io.walpost.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.demo.TestStage;
import io.walpost.localstack.LocalPostgres;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read of the tables as billing makes them. */
class AccountsTest {

    private static final Path MIGRATIONS =
            TestStage.ROOT.resolve("consumer-functions/billing-core/src/main/resources/db/migration");

    @Test
    void readsInvoicesAndTheirCreditNotesWithWhatTheirLinesComeTo() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.temporary()) {
            postgres.start();
            postgres.createDatabase("billing");
            try (Connection billing = DriverManager.getConnection(
                            postgres.jdbcUrl("billing"), postgres.user(), postgres.password());
                    Statement statement = billing.createStatement()) {
                statement.execute(Files.readString(MIGRATIONS.resolve("V1__invoices.sql")));
                statement.execute(Files.readString(MIGRATIONS.resolve("V2__credit_notes.sql")));
                statement.execute("""
                        INSERT INTO invoice VALUES (1, 'Ada', 'EUR', 25.00, 2), (2, 'Grace', 'EUR', 30.00, 2);
                        INSERT INTO invoice_line VALUES
                            (1, 1, 'book', 2, 12.50), (2, 1, 'moth', 1, 10.00), (2, 2, 'pen', 4, 5.00);
                        INSERT INTO credit_note VALUES (2, 29.00, 3);
                        INSERT INTO credit_note_line VALUES (2, 2, 'pen', 3, 5.00);
                        """);

                assertThat(Accounts.ofInvoices(billing))
                        .isEqualTo(Map.of(
                                1L, new Invoice(account(2, false, "25.00", 1, "25.00"), Optional.empty()),
                                2L,
                                        new Invoice(
                                                account(3, true, "30.00", 2, "30.00"),
                                                Optional.of(account(3, true, "29.00", 1, "15.00")))));
            }
        }
    }

    private static Account account(long version, boolean cancelled, String total, int lines, String linesTotal) {
        return new Account(version, cancelled, new BigDecimal(total), lines, new BigDecimal(linesTotal));
    }
}
