package io.walpost.bench.measure;

import io.walpost.bench.contender.Contender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** All that a benchmark does. */
public record Plan(List<Entry> entries) {

    /** A scenario and who takes part in it. */
    public record Entry(Scenario scenario, List<Turn> turns) {

        /** Who has a turn in a round; in another order each time, so that none is always the first. */
        List<Contender> contenders(int round) {
            List<Contender> contenders = new ArrayList<>(turns.stream()
                    .filter(turn -> round <= turn.rounds())
                    .map(Turn::contender)
                    .toList());
            Collections.rotate(contenders, round - 1);
            return contenders;
        }
    }

    /** @param rounds in how many of the rounds, from the first on */
    public record Turn(Contender contender, int rounds) {}

    /** The same with some of the scenarios and some of the contenders only. */
    public Plan only(Predicate<Scenario> wantedScenario, Predicate<Contender> wanted) {
        return new Plan(entries.stream()
                .filter(entry -> wantedScenario.test(entry.scenario()))
                .map(entry -> new Entry(
                        entry.scenario(),
                        entry.turns().stream()
                                .filter(turn -> wanted.test(turn.contender()))
                                .toList()))
                .filter(entry -> !entry.turns().isEmpty())
                .toList());
    }

    /** The contenders, each once. */
    public List<Contender> contenders() {
        return entries.stream()
                .flatMap(entry -> entry.turns().stream())
                .map(Turn::contender)
                .distinct()
                .toList();
    }

    /** How many rounds there are. */
    public int rounds() {
        return entries.stream()
                .flatMap(entry -> entry.turns().stream())
                .mapToInt(Turn::rounds)
                .max()
                .orElse(0);
    }

    /** How many trials there are. */
    public int trials() {
        return entries.stream()
                .flatMap(entry -> entry.turns().stream())
                .mapToInt(Turn::rounds)
                .sum();
    }
}
