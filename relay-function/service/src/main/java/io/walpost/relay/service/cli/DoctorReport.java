package io.walpost.relay.service.cli;

import io.walpost.relay.failure.Examination;
import io.walpost.relay.failure.Finding;
import io.walpost.relay.failure.Finding.Severity;
import jakarta.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** What was looked at, and what was found. */
record DoctorReport(List<Examination> examinations) implements Report {

    private static final String INDENT = "\n            ";

    boolean passed() {
        return examinations.stream().allMatch(Examination::passed);
    }

    private long count(Severity severity) {
        return examinations.stream()
                .flatMap(examination -> examination.findings().stream())
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Examination examination : examinations) {
            text.append(mark(examination))
                    .append("  ")
                    .append("%-13s".formatted(examination.subject()))
                    .append("  ")
                    .append(examination.detail())
                    .append('\n');
            for (Finding finding : examination.findings()) {
                text.append(INDENT.substring(1))
                        .append(finding.problem().replace("\n", INDENT))
                        .append(INDENT)
                        .append("  ")
                        .append(finding.mend().replace("\n", INDENT + "  "))
                        .append('\n');
            }
        }
        return text.append('\n').append(conclusion()).toString();
    }

    private static String mark(Examination examination) {
        if (examination.isSkipped()) {
            return "      ";
        }
        if (examination.findings().isEmpty()) {
            return Ansi.AUTO.string("@|green ok    |@");
        }
        return Ansi.AUTO.string(examination.passed() ? "@|yellow advice|@" : "@|red,bold WRONG |@");
    }

    private String conclusion() {
        long wrong = count(Severity.BLOCKING);
        long advice = count(Severity.ADVICE);
        String also =
                advice == 0 ? "" : " " + (advice == 1 ? "There is one advice." : "There are " + advice + " advices.");
        if (wrong == 0) {
            return "The relay can work." + also;
        }
        return (wrong == 1 ? "One thing has" : wrong + " things have") + " to be mended before the relay can work."
                + also;
    }

    @Override
    public JsonObject json() {
        return Json.object()
                .add("passed", passed())
                .add(
                        "checks",
                        Json.array(examinations.stream()
                                .map(examination -> Json.object()
                                        .add("subject", examination.subject())
                                        .add("detail", examination.detail())
                                        .add("passed", examination.passed())
                                        .add(
                                                "findings",
                                                Json.array(examination.findings().stream()
                                                        .map(Json::finding)
                                                        .toList()))
                                        .build())
                                .toList()))
                .build();
    }
}
