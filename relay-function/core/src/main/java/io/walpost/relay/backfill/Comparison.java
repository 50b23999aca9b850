package io.walpost.relay.backfill;

import io.walpost.relay.backfill.Progress.Phase;
import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.publish.PublishedIds;
import io.walpost.relay.replication.OutboxRows;
import io.walpost.relay.replication.SelectedRow;
import io.walpost.relay.replication.SelectionSummary;
import io.walpost.relay.route.TableRowRouter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the rows whose ids are in no topic. */
final class Comparison {

    /** How much earlier than its row's timestamp an event may have been published, by clocks that disagree. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final int KEYS_AT_ONCE = 10_000;

    private final PublishedIds published;
    private final TableRowRouter router;
    private final String deadLetterTopic;
    private final ReconcileRequest request;
    private final ProgressListener listener;

    Comparison(
            PublishedIds published,
            TableRowRouter router,
            String deadLetterTopic,
            ReconcileRequest request,
            ProgressListener listener) {
        this.published = published;
        this.router = router;
        this.deadLetterTopic = deadLetterTopic;
        this.request = request;
        this.listener = listener;
    }

    /**
     * Passes if the topics have all events that they ever had, as far back as the selection goes, or that was waived.
     *
     * @throws RelayException naming the topics that have forgotten some
     */
    void requireMemory(SelectionSummary summary) throws RelayException {
        if (request.acceptForgotten()) {
            return;
        }
        Map<String, String> forgetful = published.forgetful(topics(summary), summary.oldest());
        if (!forgetful.isEmpty()) {
            throw new RelayException(
                    FailureKind.PRECONDITION,
                    forgetful.entrySet().stream()
                            .map(topic -> "    The topic " + topic.getKey() + " " + topic.getValue() + ".")
                            .sorted()
                            .collect(Collectors.joining(
                                    "\n",
                                    "It cannot be told what is missing:\n",
                                    "\nSelect rows that the topics reach back to with --since, or other aggregate types,"
                                            + " or publish also what may only have been removed, with"
                                            + " --accept-forgotten")));
        }
    }

    private Set<String> topics(SelectionSummary summary) {
        return summary.aggregateTypes().stream()
                .map(this::topicOf)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    private Optional<String> topicOf(String aggregateType) {
        try {
            return Optional.of(router.topicOf(aggregateType));
        } catch (RelayException unroutable) {
            // No topic has its events. If they are no dead letters, publishing the first of them will say so.
            return Optional.empty();
        }
    }

    /** The ids of the next rows that are in no topic. */
    IdSet missing(OutboxRows rows, int count, ReconcileTally tally) throws RelayException {
        IdSet ids = new IdSet(count);
        Optional<Instant> oldest = load(rows, count, ids);
        int selected = ids.size();
        Optional<Instant> from = request.fromBeginning() ? Optional.empty() : oldest.map(time -> time.minus(MARGIN));
        PhaseProgress progress = new PhaseProgress(listener, Phase.READING_TOPICS, selected);
        published.read(topics(rows.summary()), from, id -> {
            ids.remove(id);
            progress.at(selected - ids.size());
        });
        int inTopics = selected - ids.size();
        published.read(Set.of(deadLetterTopic), Optional.empty(), ids::remove);
        progress.tell(selected - ids.size());
        tally.found(inTopics, selected - ids.size() - inTopics, ids.size());
        return ids;
    }

    /** Adds the ids of the next rows; the first row's time, if all have one. */
    private Optional<Instant> load(OutboxRows rows, int count, IdSet ids) throws RelayException {
        PhaseProgress progress = new PhaseProgress(listener, Phase.READING_KEYS, count);
        Optional<Instant> oldest = Optional.empty();
        for (int loaded = 0; loaded < count; ) {
            List<SelectedRow> page = rows.next(Math.min(KEYS_AT_ONCE, count - loaded));
            if (loaded == 0 && !page.isEmpty()) {
                oldest = page.getFirst().key().time();
            }
            page.forEach(row -> ids.add(row.key().id()));
            loaded += page.size();
            progress.at(loaded);
            if (page.isEmpty()) {
                break;
            }
        }
        progress.tell(ids.size());
        return oldest;
    }
}
