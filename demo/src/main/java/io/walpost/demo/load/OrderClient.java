package io.walpost.demo.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Places and changes orders over HTTP. */
final class OrderClient {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int SUCCESS = 200;
    private static final int NO_SUCCESS = 300;
    private static final int UNPROCESSABLE = 422;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI orders;

    OrderClient(URI service) {
        this.orders = service.resolve("/orders");
    }

    Answer place(String customer, List<Item> items) throws InterruptedException {
        return post(orders, Map.of("customer", customer, "lines", items));
    }

    Answer addLine(long orderId, Item item) throws InterruptedException {
        return post(URI.create(orders + "/" + orderId + "/lines"), item);
    }

    Answer cancel(long orderId, String reason) throws InterruptedException {
        return post(URI.create(orders + "/" + orderId + "/cancel"), Map.of("reason", reason));
    }

    private Answer post(URI uri, Object body) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(LIMIT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                    .build();
            return read(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Answer.Unknown(e.toString());
        }
    }

    private Answer read(HttpResponse<String> response) {
        int status = response.statusCode();
        try {
            if (status >= SUCCESS && status < NO_SUCCESS) {
                JsonNode order = json.readTree(response.body());
                return new Answer.Committed(
                        order.required("id").longValue(),
                        order.required("version").intValue());
            }
            if (status == UNPROCESSABLE) {
                return new Answer.RolledBack(
                        json.readTree(response.body()).required("orderId").longValue());
            }
            return new Answer.Unknown("status " + status);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return new Answer.Unknown("status " + status + " with a body that is not understood");
        }
    }
}
