package io.walpost.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.walpost.consumer.Outcome;
import io.walpost.consumer.ReceivedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one order is in the database, and what its readers may see. Each method is one step, of which everything between
 * the parts of the system consists: what a step does in Redis is atomic there, so that the order of steps is all that can
 * differ from run to run.
 */
final class OrderModel {

    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private final String id;
    private final CacheServer server;
    private final CacheHandler handler;
    private final CacheReader cache;

    /** The event of each version, from version 1 on. */
    private final List<ReceivedEvent> log = new ArrayList<>();

    /** The latest version of which the event was applied, or was a duplicate; no reader may get less from then on. */
    private long applied;

    OrderModel(String id, CacheServer server, CacheMode mode) {
        this.id = id;
        this.server = server;
        this.handler = server.handler(mode);
        this.cache = server.reader();
        commit();
    }

    /** The version in the database. */
    long committed() {
        return log.size();
    }

    void commit() {
        log.add(Orders.changed(id, committed() + 1));
    }

    void commitWithoutVersion() {
        log.add(Orders.withoutVersion(id, (committed() + 1) * 100));
    }

    /** Hands over the event of a version, for the first time or again. */
    void deliver(long version) throws InterruptedException {
        Outcome outcome = handler.handle(List.of(log.get((int) version - 1))).getFirst();
        assertThat(outcome).isInstanceOfAny(Outcome.Applied.class, Outcome.Duplicate.class);
        applied = Math.max(applied, version);
    }

    /** Redis forgets the entry: its time is up, or Redis needed the memory. */
    void forget() {
        server.forget(id);
    }

    /** What a reader finds that comes now, which must not be behind what was applied. */
    CacheReader.Found lookup() throws InterruptedException {
        CacheReader.Found found = cache.lookup(id);
        if (found.isHit()) {
            assertThat(version(found.value())).isBetween(applied, committed());
        }
        return found;
    }

    /** What a reader finds once all events were applied is what is in the database. */
    void checkEnd() throws InterruptedException {
        for (long version = 1; version <= committed(); version++) {
            deliver(version);
        }
        lookup();
    }

    private static long version(String value) {
        Matcher matcher = VERSION.matcher(value);
        assertThat(matcher.find()).as(value).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** A reader on its way: looks up, reads the database if it has to, and puts what it read into the cache. */
    final class Reader {
        private CacheReader.Found found;
        private long read;

        void lookup() throws InterruptedException {
            found = OrderModel.this.lookup();
        }

        void readDatabase() {
            read = committed();
        }

        void fill() throws InterruptedException {
            if (!found.isHit()) {
                cache.fill(id, found.token(), read, Orders.snapshot(read));
            }
        }
    }
}
