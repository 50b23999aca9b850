package io.walpost.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.Stage;
import io.walpost.localstack.LocalStackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;

/**
 * What makes each system refuse some events that are in order, until somebody mends it. A system may be down at the time: it
 * is tried until it is done.
 */
final class SinkMischief {

    private static final String CONSTRAINT = "nobody_called_mallory";
    private static final String WRONG_MAPPING =
            "{\"properties\":{\"cancelReason\":{\"type\":\"text\",\"fields\":{\"day\":{\"type\":\"date\"}}}}}";
    private static final int LEFT_OUT = 3;

    private final Stage stage;

    SinkMischief(Stage stage) {
        this.stage = stage;
    }

    /** Billing's database takes no invoice for this customer. */
    void refuseInvoicesOf(String customer) {
        billing("ALTER TABLE invoice DROP CONSTRAINT IF EXISTS " + CONSTRAINT + ", ADD CONSTRAINT " + CONSTRAINT
                + " CHECK (customer <> '" + customer + "')");
    }

    void takeInvoicesAgain() {
        billing("ALTER TABLE invoice DROP CONSTRAINT IF EXISTS " + CONSTRAINT);
    }

    private void billing(String sql) {
        untilDone(() -> {
            try (Connection connection = stage.databases().connectTo(ConsumerFunction.BILLING);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return true;
            } catch (SQLException e) {
                return false;
            }
        });
    }

    /** Another program takes the key of an order's entry. */
    void occupyEntry(long orderId) {
        redis("SET", key(orderId), "of another program");
    }

    void freeEntry(long orderId) {
        redis("DEL", key(orderId));
    }

    private static String key(long orderId) {
        return "walpost:order:" + orderId;
    }

    private void redis(String... command) {
        untilDone(() -> {
            try {
                stage.servers().redis().command(command);
                return true;
            } catch (LocalStackException e) {
                return false;
            }
        });
    }

    /** Somebody has the index read reasons of cancellations as dates, so that it refuses all others. */
    void mapReasonsAsDates() {
        URI mapping = URI.create(stage.servers().openSearch().url() + "/orders/_mapping");
        HttpRequest request = HttpRequest.newBuilder(mapping)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(WRONG_MAPPING))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            untilDone(() -> {
                try {
                    return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    /** A mapping cannot be taken back: a new index, filled from the topic, takes the place of the old one. */
    void rebuildIndex() throws InterruptedException {
        var rebuild = stage.consumer(ConsumerFunction.SEARCH).run("index", "rebuild", "--remove-old");
        assertThat(rebuild.exitCode())
                .as("%s%n%s", rebuild.output(), rebuild.errors())
                .isEqualTo(LEFT_OUT);
        assertThat(rebuild.output()).contains("is searched instead of", "records were left out");
    }

    private static void untilDone(Callable<Boolean> attempt) {
        await().atMost(Site.LIMIT).until(attempt);
    }
}
