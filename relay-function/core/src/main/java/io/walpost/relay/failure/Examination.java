package io.walpost.relay.failure;

import java.util.List;

/**
 * One thing that was looked at.
 *
 * @param subject its name, as in {@code slot}
 * @param detail what was found there, in a few words
 * @param findings what is wrong with it; empty if nothing
 */
public record Examination(String subject, String detail, List<Finding> findings) {

    private static final String SKIPPED = "not checked";

    public Examination {
        findings = List.copyOf(findings);
    }

    /** Whether the relay can work with it. */
    public boolean passed() {
        return findings.stream().noneMatch(finding -> finding.severity() == Finding.Severity.BLOCKING);
    }

    /** That of something that could not be looked at, because of what another examination has found. */
    public static Examination skipped(String subject) {
        return new Examination(subject, SKIPPED, List.of());
    }

    public boolean isSkipped() {
        return detail.equals(SKIPPED);
    }
}
