package io.walpost.demo.check;

import java.util.List;

/**
 * What a consumer's system holds, compared with what was committed.
 *
 * @param found how much there is
 * @param what it is, as in "invoices"
 * @param differences what does not agree, a sentence each
 */
record Comparison(long found, String what, List<String> differences) {

    Comparison {
        differences = List.copyOf(differences);
    }

    @Override
    public String toString() {
        return found + " " + what;
    }
}
