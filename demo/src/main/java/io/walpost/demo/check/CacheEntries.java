package io.walpost.demo.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.walpost.localstack.LocalRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads all entries of the cache of orders, past the order service. */
final class CacheEntries {

    private static final String PREFIX = "walpost:order:";
    private static final String BEGIN = "0";

    // One step through the keys with what they hold, a line each; JSON has no tabs and line breaks of its own.
    private static final String STEP = """
            local step = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', 1000)
            local lines = {step[1]}
            for i, key in ipairs(step[2]) do
              local entry = redis.call('HMGET', key, 'version', 'value')
              lines[i + 1] = key .. '\\t' .. (entry[1] or '') .. '\\t' .. (entry[2] or '')
            end
            return lines
            """;

    private CacheEntries() {}

    /** A key may be in the list twice. */
    static List<CacheEntry> in(LocalRedis redis) {
        List<CacheEntry> entries = new ArrayList<>();
        String cursor = BEGIN;
        do {
            List<String> lines = redis.command("EVAL", STEP, "0", cursor, PREFIX + "*")
                    .lines()
                    .toList();
            cursor = lines.getFirst();
            lines.stream().skip(1).map(CacheEntries::entry).forEach(entries::add);
        } while (!cursor.equals(BEGIN));
        return entries;
    }

    private static CacheEntry entry(String line) {
        String[] fields = line.split("\t", -1);
        return new CacheEntry(
                Long.parseLong(fields[0].substring(PREFIX.length())),
                fields[1].isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fields[1])),
                fields[2].isEmpty() ? Optional.empty() : Optional.of(order(fields[2])));
    }

    private static Account order(String value) {
        try {
            return Account.of(Json.MAPPER.readTree(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the cache holds what is not JSON", e);
        }
    }
}
