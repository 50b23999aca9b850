package io.walpost.relay.service.cli;

import io.walpost.relay.failure.RelayException;
import io.walpost.relay.replication.DatabaseSetup;
import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.SetupOptions;
import io.walpost.relay.replication.SetupScript;
import io.walpost.relay.replication.SetupStep;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.ExitCode;
import java.io.Console;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Prepares the database, with the login of an administrator. */
@Command(
        name = "setup",
        description = {
            "Prepares the database: publication, slot, and the rights of the relay's role.",
            "",
            "What is there already stays; run it as often as you like. The role is granted what it needs and no more.",
            "",
            "It works with the login of an administrator, whose password is read from WALPOST_ADMIN_PASSWORD, or asked"
                    + " for; URL and user may come from WALPOST_ADMIN_URL and WALPOST_ADMIN_USER, too."
        })
final class SetupCommand extends RelayCommand {

    @Option(
            names = "--admin-user",
            paramLabel = "ROLE",
            description = "A superuser; on Amazon RDS a member of rds_superuser.")
    private String adminUser;

    @Option(
            names = "--admin-url",
            paramLabel = "URL",
            description = "The administrator's JDBC URL; walpost.relay.postgres.url by default.")
    private String adminUrl;

    @Option(
            names = {"--sql", "--dry-run"},
            description = "Prints the SQL and changes nothing. Without an administrator's login it asks no database,"
                    + " and prints all of it; with one, what is missing.")
    private boolean sql;

    @Option(
            names = "--create-role",
            description = "Makes the role walpost.relay.postgres.user, if it does not exist, with"
                    + " walpost.relay.postgres.password.")
    private boolean createRole;

    @Option(
            names = "--backfill",
            description = "Also grants SELECT on the outbox tables, which backfill and reconcile need.")
    private boolean backfill;

    @Option(
            names = "--no-failover",
            description = "Standbys do not keep the slot. Otherwise they do, from PostgreSQL 17 on.")
    private boolean noFailover;

    @Override
    protected int run(Configuration configuration) throws RelayException {
        PostgresSettings relay = configuration.postgres();
        SetupOptions options = new SetupOptions(createRole, backfill, !noFailover);
        Optional<PostgresSettings> admin = admin(configuration, relay);
        if (admin.isEmpty()) {
            if (!sql) {
                throw new ParameterException(
                        spec().commandLine(),
                        "Name an administrator with --admin-user (or WALPOST_ADMIN_USER), or ask for the SQL with --sql");
            }
            print(SetupReport.planned(relay, SetupScript.steps(relay, options)));
            return ExitCode.OK;
        }
        try (DatabaseSetup setup = DatabaseSetup.connect(relay, admin.get(), options)) {
            List<SetupStep> steps = setup.plan();
            if (sql) {
                print(SetupReport.planned(relay, steps));
                return ExitCode.OK;
            }
            for (SetupStep step : steps) {
                if (!step.isDone()) {
                    setup.apply(step);
                }
            }
            print(SetupReport.done(relay, steps));
            return ExitCode.OK;
        }
    }

    private Optional<PostgresSettings> admin(Configuration configuration, PostgresSettings relay) {
        Optional<String> user = Optional.ofNullable(adminUser).or(() -> configuration.get("walpost.admin.user"));
        String url = Optional.ofNullable(adminUrl)
                .or(() -> configuration.get("walpost.admin.url"))
                .orElse(relay.url());
        return user.map(name -> relay.as(url, name, password(configuration, name)));
    }

    private static String password(Configuration configuration, String user) {
        return configuration.get("walpost.admin.password").orElseGet(() -> {
            // Without a terminal there may be another way in, such as a client certificate.
            Console console = System.console();
            char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
            return typed == null ? "" : new String(typed);
        });
    }
}
