package io.walpost.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.ServiceCommand;
import io.walpost.demo.stage.ServiceProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Works a consumer's dead letters as a person does, and checks that they are those that there should be. */
final class DeadLetterDesk {

    private final ConsumerFunction function;
    private final ServiceProcess consumer;
    private final Poison poison;
    private final TopicLog topic;

    DeadLetterDesk(Site site, ConsumerFunction function, Poison poison, TopicLog topic) {
        this.function = function;
        this.consumer = site.consumer(function);
        this.poison = poison;
        this.topic = topic;
    }

    /** Each letter has the cause that it should have, and each event that was to be set aside has its letter. */
    List<Letter> check() throws Exception {
        List<Letter> letters = Letter.list(consumer);
        Map<String, List<Letter>> roots =
                letters.stream().filter(letter -> !letter.isParked()).collect(Collectors.groupingBy(Letter::key));
        for (Letter letter : letters) {
            assertThat(letter.isParked() ? roots.containsKey(letter.key()) : poison.explains(function, letter))
                    .as("%s has a letter that nothing explains: %s", function.label(), letter)
                    .isTrue();
        }
        assertThat(letters)
                .extracting(Letter::eventId)
                .as("%s's letters", function.label())
                .containsAll(poison.hopeless());
        assertThat(roots)
                .as("%s's letters by key", function.label())
                .containsKeys(poison.refusedKeys(function).toArray(String[]::new));
        if (parks()) {
            for (Map.Entry<String, List<Letter>> root : roots.entrySet()) {
                requireParkedBehind(root.getValue(), root.getKey(), letters);
            }
        }
        return letters;
    }

    private boolean parks() {
        return function != ConsumerFunction.CACHE_INVALIDATION;
    }

    private void requireParkedBehind(List<Letter> roots, String key, List<Letter> letters) {
        long first = roots.stream()
                .min(Comparator.comparingLong(Letter::offset))
                .orElseThrow()
                .offset();
        for (TopicLog.Entry entry : topic.ofKey(key)) {
            assertThat(entry.offset() < first || letters.stream().anyMatch(letter -> letter.isOf(entry)))
                    .as(
                            "%s: order %s, %s at offset %d is set aside behind offset %d",
                            function.label(), key, entry.type(), entry.offset(), first)
                    .isTrue();
        }
    }

    /** Heals what can be healed, gives up what cannot, and replays the rest. No letter is left. */
    void work(List<Letter> letters) throws Exception {
        poison.heal(function);
        List<String> discard = new ArrayList<>(List.of("dlq", "discard", "--reason", "it is no JSON"));
        List<Letter> hopeless = letters.stream()
                .filter(letter -> poison.hopeless().contains(letter.eventId()))
                .toList();
        hopeless.forEach(letter -> discard.addAll(List.of("--id", Long.toString(letter.id()))));
        requireDone(consumer.run(discard.toArray(String[]::new)), hopeless.size() + " letters discarded");
        requireDone(consumer.run("dlq", "replay"), (letters.size() - hopeless.size()) + " replayed, 0 failed again");
    }

    private static void requireDone(ServiceCommand command, String output) {
        assertThat(command.exitCode())
                .as("%s%n%s", command.output(), command.errors())
                .isZero();
        assertThat(command.output()).contains(output);
    }
}
