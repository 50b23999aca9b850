package io.walpost.demo.terminal;

import java.net.URI;
import java.util.List;

/** What a person can try while everything runs. */
public record Guide(URI orders, URI relay, URI billing, String postgres, String kafka, long nextOrderId) {

    private static final String CURL = "curl -s -w '\\n' ";

    /** Three commands to paste, in this order. */
    public List<String> commands() {
        return List.of(
                place("{\"customer\":\"ada\",\"lines\":[{\"sku\":\"book\",\"quantity\":2,\"unitPrice\":12.50}]}"),
                CURL + billing + "/invoices/" + nextOrderId,
                place("{\"customer\":\"ada\",\"lines\":[{\"sku\":\"yacht\",\"quantity\":1,\"unitPrice\":99999.99}]}"));
    }

    private String place(String order) {
        return CURL + "-H 'Content-Type: application/json' -d '" + order + "' " + orders + "/orders";
    }

    public void print(Screen screen) {
        List<String> commands = commands();
        screen.line("");
        screen.title("Everything keeps running:");
        screen.done("order service", orders + "/orders/1, /q/health");
        screen.done("billing", billing + "/invoices/1, /q/health");
        screen.done("relay", relay + "/q/metrics, /q/health");
        screen.done("PostgreSQL", postgres);
        screen.done("Kafka", kafka);
        screen.line("");
        screen.title("Place an order, number " + nextOrderId + ":");
        screen.line(commands.get(0));
        screen.line("");
        screen.title("Read its invoice:");
        screen.line(commands.get(1));
        screen.line("");
        screen.title("Place an order that is rolled back, because it exceeds the credit limit:");
        screen.line(commands.get(2));
        screen.line("");
        screen.line("Ctrl-C ends everything.");
    }
}
