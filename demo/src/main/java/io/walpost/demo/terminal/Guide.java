package io.walpost.demo.terminal;

import java.net.URI;
import java.util.List;

/**
 * What a person can try while everything runs.
 *
 * @param parts everything that runs
 * @param deadLetters the command that lists billing's
 */
public record Guide(URI orders, URI billing, List<Part> parts, String deadLetters, long nextOrderId) {

    private static final String CURL = "curl -s -w '\\n' ";

    /** Something that runs, and where to look at it. */
    public record Part(String name, String where) {}

    /** A command to paste, and what it is for. */
    public record Step(String title, String command) {}

    /** In this order. */
    public List<Step> steps() {
        return List.of(
                new Step(
                        "Place an order, number " + nextOrderId + ":",
                        place(
                                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"book\",\"quantity\":2,\"unitPrice\":12.50}]}")),
                new Step(
                        "Read it, the second time from the cache:",
                        CURL + "'" + orders + "/orders/" + nextOrderId + "'"),
                new Step("Search for it:", CURL + "'" + orders + "/orders/search?q=ada%20book&size=3'"),
                new Step("Read its invoice:", CURL + "'" + billing + "/invoices/" + nextOrderId + "'"),
                new Step(
                        "Place an order that is rolled back, because it exceeds the credit limit:",
                        place(
                                "{\"customer\":\"ada\",\"lines\":[{\"sku\":\"yacht\",\"quantity\":1,\"unitPrice\":99999.99}]}")),
                new Step("List billing's dead letters:", deadLetters));
    }

    private String place(String order) {
        return CURL + "-H 'Content-Type: application/json' -d '" + order + "' " + orders + "/orders";
    }

    public void print(Screen screen) {
        screen.line("");
        screen.title("Everything keeps running:");
        parts.forEach(part -> screen.done(part.name(), part.where()));
        steps().forEach(step -> {
            screen.line("");
            screen.title(step.title());
            screen.line(step.command());
        });
        screen.line("");
        screen.line("Ctrl-C ends everything.");
    }
}
