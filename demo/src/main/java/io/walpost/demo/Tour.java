package io.walpost.demo;

import io.walpost.demo.stage.ConsumerFunction;
import io.walpost.demo.stage.Ports;
import io.walpost.demo.stage.Servers;
import io.walpost.demo.stage.Stage;
import io.walpost.demo.terminal.Guide;
import io.walpost.demo.terminal.Guide.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Puts together what a person may try on a stage. */
final class Tour {

    private static final String HEALTH = "/q/metrics, /q/health";

    private final Stage stage;
    private final Path launcher;

    /** @param launcher as a person names it where the demo was started */
    Tour(Stage stage, Path launcher) {
        this.stage = stage;
        this.launcher = launcher;
    }

    Guide guide(long nextOrderId) {
        return new Guide(
                stage.orders().url(),
                stage.consumer(ConsumerFunction.BILLING).url(),
                parts(),
                deadLetters(),
                nextOrderId);
    }

    private List<Part> parts() {
        Servers servers = stage.servers();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(stage.orders().name(), stage.orders().url() + "/orders/1, " + HEALTH));
        parts.add(new Part(stage.relay().name(), stage.relay().url() + HEALTH));
        for (ConsumerFunction function : stage.functions()) {
            parts.add(new Part(function.label(), stage.consumer(function).url() + HEALTH));
        }
        parts.add(new Part(
                servers.postgres().name(),
                stage.databases().ordersUrl() + ", /billing, /cache, /search; "
                        + servers.postgres().user() + "/"
                        + servers.postgres().password()));
        parts.add(new Part(servers.kafka().name(), servers.kafka().bootstrapServers() + ", topic " + Stage.TOPIC));
        parts.add(new Part(servers.redis().name(), servers.redis().uri()));
        parts.add(new Part(servers.openSearch().name(), servers.openSearch().url() + "/orders/_search"));
        return parts;
    }

    /** The launcher takes the usual ports for granted; with others it has to be told. */
    private String deadLetters() {
        String command = launcher + " dlq list --consumer " + ConsumerFunction.BILLING.label();
        return stage.servers().postgres().port() == Ports.defaults().postgres()
                ? command
                : "QUARKUS_DATASOURCE_JDBC_URL=" + stage.databases().url(ConsumerFunction.BILLING) + " " + command;
    }
}
