package io.walpost.bench.sink;

import io.walpost.bench.orders.Ledger;
import io.walpost.bench.orders.OrderEvent;
import io.walpost.bench.site.BenchException;
import io.walpost.bench.site.Site;
import io.walpost.localstack.LocalRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of orders in Redis. An entry expires so long after the last event that it was told of, which tells when that
 * was.
 */
public final class CacheEntries implements Sink {

    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
    private static final int KEYS_AT_ONCE = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;

    /** For each key the version, and the milliseconds since the epoch at which it expires; a line for each. */
    private static final String READ = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local lines = {}
            for i, key in ipairs(KEYS) do
              lines[i] = (redis.call('HGET', key, 'version') or 'none') .. ' '
                .. string.format('%.0f', now + redis.call('PTTL', key))
            end
            return lines
            """;

    private final LocalRedis redis;
    private final String prefix;

    private CacheEntries(LocalRedis redis, String prefix) {
        this.redis = redis;
        this.prefix = prefix;
    }

    /** Removes what earlier runs have left. */
    public static CacheEntries open(Site site, String aggregateType) {
        LocalRedis redis = site.redis();
        redis.command("FLUSHALL");
        return new CacheEntries(redis, "walpost:" + aggregateType + ":");
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("QUARKUS_REDIS_HOSTS", redis.uri(), "WALPOST_CACHE_MARKER_TTL", TIME_TO_LIVE.toSeconds() + "s");
    }

    @Override
    public String expected(OrderEvent last) {
        return "version " + last.version();
    }

    @Override
    public Map<Long, String> contents(Ledger ledger) {
        Map<Long, String> contents = new HashMap<>();
        entries(ledger).forEach((order, entry) -> contents.put(order, "version " + entry.version()));
        int others = Integer.parseInt(redis.command("DBSIZE")) - ledger.last().size();
        if (others > 0) {
            throw new BenchException("The cache has " + others + " entries of orders that nobody has told it of");
        }
        return contents;
    }

    @Override
    public Map<Integer, Long> appliedAt(Ledger ledger) {
        Map<Integer, Long> times = new HashMap<>();
        entries(ledger).forEach((order, entry) -> ledger.number(order, entry.version())
                .ifPresent(
                        number -> times.put(number, (entry.expiresAt() - TIME_TO_LIVE.toMillis()) * MICROS_PER_MILLI)));
        return times;
    }

    private record Entry(long version, long expiresAt) {}

    /** Of the orders that there are to be. */
    private Map<Long, Entry> entries(Ledger ledger) {
        List<Long> orders = List.copyOf(ledger.last().keySet());
        Map<Long, Entry> entries = new HashMap<>();
        for (int from = 0; from < orders.size(); from += KEYS_AT_ONCE) {
            List<Long> some = orders.subList(from, Math.min(orders.size(), from + KEYS_AT_ONCE));
            String[] lines = read(some).split("\n");
            for (int i = 0; i < lines.length; i++) {
                String[] words = lines[i].split(" ");
                if (!words[0].equals("none")) {
                    entries.put(some.get(i), new Entry(Long.parseLong(words[0]), Long.parseLong(words[1])));
                }
            }
        }
        return entries;
    }

    private String read(List<Long> orders) {
        List<String> words = new ArrayList<>(List.of("EVAL", READ, Integer.toString(orders.size())));
        orders.forEach(order -> words.add(prefix + order));
        return redis.command(words.toArray(String[]::new));
    }

    @Override
    public void close() {
        redis.command("FLUSHALL");
    }
}
