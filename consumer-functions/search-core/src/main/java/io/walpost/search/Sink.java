package io.walpost.search;

import io.walpost.consumer.BatchHandler;
import io.walpost.consumer.SinkLogin;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** OpenSearch as the settings name it, and what is made of it. */
public final class Sink implements AutoCloseable {

    // A part of what OpenSearch allows, all of which can stand in a path as it is.
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,199}");

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final OpenSearch search;
    private final IndexAdmin admin;
    private final boolean createIndex;

    private Sink(OpenSearch search, String alias, boolean createIndex) {
        this.search = search;
        this.admin = new IndexAdmin(search, alias);
        this.createIndex = createIndex;
    }

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public static Sink of(SearchSettings settings) {
        return of(settings, SinkLogin.none());
    }

    /**
     * @param login who logs in if the settings do not say; nobody is asked yet
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    static Sink of(SearchSettings settings, SinkLogin login) {
        if (!NAME.matcher(settings.index()).matches()) {
            throw new IllegalArgumentException("walpost.search.index cannot be '" + settings.index()
                    + "': use small letters, digits, '-', '_' and '.', and begin with a letter or a digit");
        }
        if (settings.url().getHost() == null || !isHttp(settings.url().getScheme())) {
            throw new IllegalArgumentException(
                    "walpost.search.url is no address such as https://search.example.com:9200");
        }
        if (settings.username().isPresent() != settings.password().isPresent()) {
            throw new IllegalArgumentException(
                    "Of walpost.search.username and walpost.search.password only one is set; set both or none");
        }
        if (settings.password().isPresent() && login.isConfigured()) {
            throw new IllegalArgumentException(
                    "walpost.search.password is set, and a secret as well (of a Lambda function"
                            + " walpost.consumer.lambda.sink-secret); set one of them");
        }
        requireRange("walpost.search.timeout", settings.timeout());
        OpenSearch search = new OpenSearch(
                new SearchServer(settings.url(), settings.timeout()),
                login(settings).orElse(login));
        return new Sink(search, settings.index(), settings.createIndex());
    }

    private static Optional<SinkLogin> login(SearchSettings settings) {
        Optional<SinkLogin.Credentials> credentials =
                settings.password().map(password -> new SinkLogin.Credentials(settings.username(), password));
        return credentials.map(known -> () -> Optional.of(known));
    }

    private static void requireRange(String setting, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    setting + " must lie between 1 ms and " + LONGEST.toDays() + " days, and is " + value);
        }
    }

    private static boolean isHttp(String scheme) {
        return "http".equals(scheme) || "https".equals(scheme);
    }

    /** Brings events into the index behind the alias. */
    public BatchHandler handler() {
        Optional<IndexFirst> first = createIndex ? Optional.of(new IndexFirst(admin)) : Optional.empty();
        return SearchHandler.behind(admin.alias(), search, first);
    }

    public IndexAdmin admin() {
        return admin;
    }

    public OpenSearch search() {
        return search;
    }

    @Override
    public void close() {
        search.close();
    }
}
