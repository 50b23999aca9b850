package io.walpost.relay.service.cli;

import io.walpost.relay.replication.PostgresSettings;
import io.walpost.relay.replication.SetupStep;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * What a setup found, and what it made or would make.
 *
 * @param made whether the SQL was run
 */
record SetupReport(PostgresSettings settings, List<SetupStep> steps, boolean made) implements Report {

    static SetupReport planned(PostgresSettings settings, List<SetupStep> steps) {
        return new SetupReport(settings, steps, false);
    }

    static SetupReport done(PostgresSettings settings, List<SetupStep> steps) {
        return new SetupReport(settings, steps, true);
    }

    @Override
    public String text() {
        return made ? summary() : script();
    }

    private String summary() {
        StringBuilder text = new StringBuilder();
        for (SetupStep step : steps) {
            text.append(step.isDone() ? "there  " : "made   ")
                    .append(step.subject())
                    .append('\n');
        }
        return text.append("\nDatabase ")
                .append(settings.database())
                .append(" is prepared for the relay. doctor checks the rest.")
                .toString();
    }

    /** For psql, which runs each statement in a transaction of its own: a slot cannot be made in one that has written. */
    private String script() {
        if (steps.stream().allMatch(SetupStep::isDone)) {
            return "-- Nothing is missing in database " + settings.database() + ".";
        }
        StringBuilder text = new StringBuilder("-- Prepares database ")
                .append(settings.database())
                .append(" for the relay. Run it there with psql as a superuser,\n")
                .append("-- on Amazon RDS as a member of rds_superuser; not in one transaction.\n");
        for (SetupStep step : steps) {
            if (!step.isDone()) {
                text.append("\n-- ")
                        .append(step.subject())
                        .append('\n')
                        .append(step.sql())
                        .append('\n')
                        .append(
                                step.makesRole()
                                        ? "-- now give it a password: \\password " + settings.user() + "\n"
                                        : "");
            }
        }
        return text.toString().stripTrailing();
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("database", settings.database())
                .add("slot", settings.slot())
                .add("publication", settings.publication())
                .add(
                        "steps",
                        Json.array(steps.stream()
                                .map(step -> Json.object()
                                        .add("subject", step.subject())
                                        .add("state", step.isDone() ? "present" : made ? "made" : "missing")
                                        .add("sql", step.sql())
                                        .build())
                                .toList()))
                .build();
    }
}
