package io.walpost.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.walpost.localstack.LocalPostgres;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** PostgreSQL behind the pool and the transaction manager that Quarkus uses, with the inbox and a table for effects. */
public final class TransactionalDatabase implements AutoCloseable {

    private static final String DATABASE = "consumer";

    public final LocalPostgres postgres = LocalPostgres.temporary();
    public final AgroalDataSource dataSource;
    public final UserTransaction transaction = com.arjuna.ats.jta.UserTransaction.userTransaction();

    public TransactionalDatabase() throws SQLException {
        postgres.start();
        postgres.createDatabase(DATABASE);
        dataSource = AgroalDataSource.from(
                new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(16)
                        // As Quarkus sets it: what breaks a connection keeps it out of the pool.
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .acquisitionTimeout(Duration.ofSeconds(1))
                        .transactionIntegration(new NarayanaTransactionIntegration(
                                com.arjuna.ats.jta.TransactionManager.transactionManager(),
                                new com.arjuna.ats.internal.jta.transaction.arjunacore
                                        .TransactionSynchronizationRegistryImple()))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(postgres.jdbcUrl(DATABASE))
                                .principal(new NamePrincipal(postgres.user()))
                                .credential(new SimplePassword(postgres.password())))));
        execute(migration("/db/walpost-inbox/R__walpost_inbox.sql"));
        execute(migration("/db/walpost-dead-letters/R__walpost_dead_letter.sql"));
        execute("CREATE TABLE effect (event_id uuid, amount int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    }

    public String url() {
        return postgres.jdbcUrl(DATABASE);
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public int count(String table) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() {
        dataSource.close();
        postgres.close();
    }

    private static String migration(String file) {
        try (InputStream sql = TransactionalDatabase.class.getResourceAsStream(file)) {
            return new String(sql.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
