package io.walpost.relay.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.testing.OutboxDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseSetupTest {

    private static final String TABLE = """
            CREATE TABLE %s (id uuid, aggregatetype varchar(255), aggregateid varchar(255), type varchar(255),
              timestamp timestamptz, payload text)
            """;

    private static final SetupOptions OPTIONS = new SetupOptions(true, false, true);

    private OutboxDatabase database;

    @BeforeEach
    void open() {
        database = OutboxDatabase.bare();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private PostgresSettings settings(String... tables) {
        PostgresSettings admin = database.settings();
        return new PostgresSettings(
                admin.url(),
                "role_" + database.name(),
                "a password ' of the relay",
                admin.slot(),
                admin.publication(),
                List.of(tables).stream().map(TableName::parse).toList(),
                admin.timeout());
    }

    private List<SetupStep> plan(PostgresSettings relay, SetupOptions options) throws RelayException {
        try (DatabaseSetup setup = DatabaseSetup.connect(relay, database.settings(), options)) {
            return setup.plan();
        }
    }

    private List<SetupStep> run(PostgresSettings relay, SetupOptions options) throws RelayException {
        try (DatabaseSetup setup = DatabaseSetup.connect(relay, database.settings(), options)) {
            List<SetupStep> steps = setup.plan();
            for (SetupStep step : steps) {
                if (!step.isDone()) {
                    setup.apply(step);
                }
            }
            return steps;
        }
    }

    private static void assertNothingLeft(List<SetupStep> steps) {
        assertThat(steps)
                .allSatisfy(step -> assertThat(step.isDone()).as(step.subject()).isTrue());
    }

    @Test
    void preparesABareDatabaseForARoleThatMayDoNothingElse() throws Exception {
        database.execute(TABLE.formatted("outboxevent"));
        PostgresSettings relay = settings("public.outboxevent");
        assertThat(run(relay, OPTIONS))
                .filteredOn(step -> !step.isDone())
                .extracting(SetupStep::sql)
                .containsExactly(
                        "CREATE ROLE " + relay.user() + " LOGIN REPLICATION;",
                        "CREATE PUBLICATION walpost FOR TABLE public.outboxevent"
                                + " WITH (publish = 'insert', publish_via_partition_root = true);",
                        "SELECT pg_create_logical_replication_slot('" + database.slot()
                                + "', 'pgoutput', failover => true);");
        assertThat(new DatabaseCheck(relay).findings()).isEmpty();
        assertNothingLeft(run(relay, OPTIONS));
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> {
            try (Connection connection = PgConnections.forSql(relay)) {
                connection.createStatement().execute("SELECT FROM outboxevent");
            }
        });
        assertThat(database.query(
                        "SELECT failover FROM pg_replication_slots WHERE slot_name = '" + database.slot() + "'"))
                .isEqualTo("t");
    }

    @Test
    void grantsReadingOnlyForBackfill() throws Exception {
        database.execute(
                "CREATE SCHEMA \"Shop\"", TABLE.formatted("\"Shop\".\"Events\""), TABLE.formatted("outboxevent"));
        PostgresSettings relay = settings("Shop.Events", "public.outboxevent");
        run(relay, OPTIONS);
        List<SetupStep> steps = run(relay, new SetupOptions(false, true, false));
        assertThat(steps)
                .filteredOn(step -> !step.isDone())
                .extracting(SetupStep::sql)
                .containsExactly(
                        "GRANT USAGE ON SCHEMA \"Shop\" TO " + relay.user() + ";",
                        "GRANT SELECT ON \"Shop\".\"Events\" TO " + relay.user() + ";",
                        "GRANT SELECT ON public.outboxevent TO " + relay.user() + ";");
        try (Connection connection = PgConnections.forSql(relay)) {
            connection.createStatement().execute("SELECT FROM \"Shop\".\"Events\"");
        }
        assertNothingLeft(plan(relay, new SetupOptions(false, true, false)));
    }

    @Test
    void completesAPublicationThatCarriesTooLittle() throws Exception {
        database.execute(
                TABLE.formatted("outboxevent"),
                TABLE.formatted("parted") + " PARTITION BY RANGE (timestamp)",
                "CREATE TABLE parted_all PARTITION OF parted DEFAULT",
                "CREATE PUBLICATION walpost FOR TABLE parted WITH (publish = 'update')");
        PostgresSettings relay = settings("public.outboxevent", "public.parted");
        assertThat(run(relay, OPTIONS))
                .filteredOn(step -> !step.isDone())
                .extracting(SetupStep::sql)
                .contains(
                        "ALTER PUBLICATION walpost SET (publish = 'insert');",
                        "ALTER PUBLICATION walpost SET (publish_via_partition_root = true);",
                        "ALTER PUBLICATION walpost ADD TABLE public.outboxevent;");
        assertThat(new DatabaseCheck(relay).findings()).isEmpty();
        assertNothingLeft(plan(relay, OPTIONS));
    }

    @Test
    void printsAScriptThatPreparesADatabaseItHasNotSeen() throws Exception {
        database.execute(TABLE.formatted("outboxevent"));
        PostgresSettings relay = settings("public.outboxevent");
        SetupOptions options = new SetupOptions(true, true, true);
        SetupScript.steps(relay, options).forEach(step -> database.execute(step.sql()));
        assertNothingLeft(plan(relay, options));
    }

    @Test
    void leavesAloneWhatIsNotItsOwn() {
        assertBlocked(settings("public.outboxevent"), OPTIONS, "CREATE TABLE public.outboxevent");
        database.execute(TABLE.formatted("outboxevent"));
        assertBlocked(settings("public.outboxevent"), new SetupOptions(false, false, true), "--create-role");
        database.execute("SELECT pg_create_logical_replication_slot('" + database.slot() + "', 'pgoutput')");
        assertBlocked(settings("public.outboxevent"), OPTIONS, "is older than the publication");
    }

    @Test
    void makesARoleWithoutAPasswordOnlyIfItNeedsNone() throws Exception {
        database.execute(TABLE.formatted("outboxevent"));
        PostgresSettings relay = settings("public.outboxevent");
        PostgresSettings without = relay.as(relay.url(), relay.user(), "");
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> run(without, OPTIONS))
                .withMessageContaining("without a password")
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
                    assertThat(failure.hint()).contains("walpost.relay.postgres.password");
                });
        String roles = "SELECT count(*) FROM pg_roles WHERE rolname = '" + relay.user() + "'";
        assertThat(database.query(roles))
                .as("the next setup would leave it as it is")
                .isEqualTo("0");
        assertThat(plan(without, OPTIONS)).as("as SQL to read").anyMatch(SetupStep::makesRole);

        run(with(new Tokens(), relay), OPTIONS);
        assertThat(database.query(roles)).isEqualTo("1");
    }

    private static PostgresSettings with(PasswordSource password, PostgresSettings relay) {
        return new PostgresSettings(
                relay.url(),
                relay.user(),
                password,
                relay.slot(),
                relay.publication(),
                relay.tables(),
                relay.messagePrefix(),
                relay.headers(),
                relay.timeout());
    }

    /** As with IAM, where a role has no password. */
    private static final class Tokens implements PasswordSource {

        @Override
        public String password() {
            throw new AssertionError("A token is of no use here");
        }

        @Override
        public boolean isLasting() {
            return false;
        }
    }

    private void assertBlocked(PostgresSettings relay, SetupOptions options, String text) {
        assertThatExceptionOfType(RelayException.class)
                .isThrownBy(() -> plan(relay, options))
                .withMessageContaining(text)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.PRECONDITION));
    }

    @Test
    void theDoctorSaysOfEachThingWhetherItWillDo() throws Exception {
        database.execute(TABLE.formatted("outboxevent"));
        PostgresSettings relay = settings("public.outboxevent");
        run(relay, OPTIONS);
        DatabaseCheck check = new DatabaseCheck(relay);
        assertThat(check.examine(new WalBudget(1L << 30)))
                .allSatisfy(examination -> assertThat(examination.passed()).isTrue())
                .extracting(examination -> examination.subject())
                .containsExactly("server", "replication", "captured", "publication", "slot", "limits");
        database.execute("ALTER ROLE " + relay.user() + " NOREPLICATION");
        assertThat(check.examine(new WalBudget(1L << 30)))
                .filteredOn(examination -> examination.subject().equals("replication"))
                .singleElement()
                .satisfies(examination -> assertThat(examination.findings())
                        .extracting(Finding::mend)
                        .singleElement()
                        .asString()
                        .contains("pg_hba.conf"));
    }
}
