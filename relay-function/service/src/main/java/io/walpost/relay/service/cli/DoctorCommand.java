package io.walpost.relay.service.cli;

import io.walpost.relay.failure.Examination;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.KafkaCheck;
import io.walpost.relay.replication.DatabaseCheck;
import io.walpost.relay.runtime.Configuration;
import io.walpost.relay.service.ExitCode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Looks at everything that the relay needs. */
@Command(
        name = "doctor",
        description = {
            "Checks everything that the relay needs, and says what mends what is wrong. Changes nothing.",
            "",
            "Ends with 78 if the relay could not work; advice alone is no failure."
        })
final class DoctorCommand extends RelayCommand {

    @Override
    protected int run(Configuration configuration) throws InterruptedException {
        List<Examination> examinations = new ArrayList<>();
        examinations.add(settings(configuration));
        examinations.addAll(database(configuration));
        examinations.addAll(kafka(configuration));
        DoctorReport report = new DoctorReport(examinations);
        print(report);
        return report.passed() ? ExitCode.OK : ExitCode.CONFIGURATION;
    }

    @Override
    protected boolean tellsUnknownNames() {
        return true;
    }

    private static Examination settings(Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : List.<Check>of(configuration::postgres, configuration::producer, configuration::settings)) {
            try {
                check.run();
            } catch (RelayException e) {
                Finding finding =
                        Finding.blocking(e.getMessage(), "-- docs/configuration/walpost-relay.md lists all settings");
                if (!findings.contains(finding)) {
                    findings.add(finding);
                }
            }
        }
        String detail = findings.isEmpty() ? "complete" : "wrong or missing";
        configuration
                .unknownNames()
                .forEach(name -> findings.add(Finding.advice(name, "-- correct the name, or take it out")));
        return new Examination("settings", detail, findings);
    }

    private static List<Examination> database(Configuration configuration) {
        try {
            return new DatabaseCheck(configuration.postgres()).examine(configuration.walBudget());
        } catch (RelayException e) {
            return failed("server", e);
        }
    }

    private static List<Examination> kafka(Configuration configuration) throws InterruptedException {
        try {
            return new KafkaCheck(configuration.producer()).examine(configuration.topicPrefix());
        } catch (RelayException e) {
            return failed("brokers", e);
        }
    }

    /** A wrong setting is said once, with the settings. */
    private static List<Examination> failed(String subject, RelayException cause) {
        return List.of(
                cause.kind() == FailureKind.CONFIGURATION
                        ? Examination.skipped(subject)
                        : new Examination(
                                subject,
                                "no answer",
                                List.of(Finding.blocking(cause.getMessage(), "-- " + cause.hint()))));
    }

    @FunctionalInterface
    private interface Check {
        void run() throws RelayException;
    }
}
