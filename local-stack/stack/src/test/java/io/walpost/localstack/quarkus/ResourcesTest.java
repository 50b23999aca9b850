package io.walpost.localstack.quarkus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    @Test
    void postgresResourceGivesADatasourceOfTheNamedDatabase() throws Exception {
        PostgresResource resource = new PostgresResource();
        resource.init(Map.of("database", "orders"));
        try {
            Map<String, String> settings = resource.start();

            try (Connection connection = DriverManager.getConnection(
                    settings.get("quarkus.datasource.jdbc.url"),
                    settings.get("quarkus.datasource.username"),
                    settings.get("quarkus.datasource.password"))) {
                assertThat(connection.getCatalog()).isEqualTo("orders");
            }
        } finally {
            resource.stop();
        }
    }

    @Test
    void openSearchResourceGivesANode() throws Exception {
        OpenSearchResource resource = new OpenSearchResource();
        resource.init(Map.of("setting", "search.url"));
        try {
            String url = resource.start().get("search.url");

            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            assertThat(connection.getResponseCode()).isEqualTo(200);
        } finally {
            resource.stop();
        }
    }

    @Test
    void kafkaResourceGivesABroker() throws Exception {
        KafkaResource resource = new KafkaResource();
        try {
            String servers = resource.start().get("kafka.bootstrap.servers");

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                assertThat(admin.describeCluster().nodes().get()).hasSize(1);
            }
        } finally {
            resource.stop();
        }
    }

    @Test
    void redisResourceGivesAServer() throws Exception {
        RedisResource resource = new RedisResource();
        try {
            URI uri = URI.create(resource.start().get("quarkus.redis.hosts"));

            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
                assertThat(socket.getInputStream().readNBytes(5))
                        .asString(US_ASCII)
                        .isEqualTo("+PONG");
            }
        } finally {
            resource.stop();
        }
    }
}
