package io.walpost.bench.contender;

import io.walpost.bench.site.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/** What a consumer function says of itself in its metrics. */
public final class ConsumerCounts {

    private static final String ADDRESS = "Listening on: (http://\\S+)";

    private final String metrics;

    private ConsumerCounts(String metrics) {
        this.metrics = metrics;
    }

    /** Whether the function has come so far that it can be asked. */
    public static boolean canBeHad(RunningContender function) {
        return function.written(ADDRESS).isPresent();
    }

    /** As it is now. */
    public static ConsumerCounts of(RunningContender function) throws InterruptedException {
        String address = function.written(ADDRESS)
                .orElseThrow(() -> new BenchException("The function has acknowledged records and does not listen"));
        URI url = URI.create(address + "/q/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return new ConsumerCounts(client.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new BenchException("No metrics can be read from " + url + ": " + e.getMessage(), e);
        }
    }

    /** How many events had this outcome, such as {@code duplicate}. */
    public int events(String outcome) {
        return sum("walpost_consumer_events_total\\{.*outcome=\"" + outcome + "\".*}");
    }

    /** How many attempts failed and were made again. */
    public int retries() {
        return sum("walpost_consumer_retries_total\\{.*}");
    }

    private int sum(String series) {
        return Pattern.compile("^" + series + " (\\S+)$", Pattern.MULTILINE)
                .matcher(metrics)
                .results()
                .mapToInt(line -> (int) Double.parseDouble(line.group(1)))
                .sum();
    }
}
