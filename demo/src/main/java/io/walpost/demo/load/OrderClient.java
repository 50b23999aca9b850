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
import java.util.Optional;

/** Places, changes and reads orders over HTTP. */
public final class OrderClient {

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

    public OrderClient(URI service) {
        this.orders = service.resolve("/orders");
    }

    public Answer place(String customer, List<Item> items) throws InterruptedException {
        return post(orders, Map.of("customer", customer, "lines", items));
    }

    public Answer addLine(long orderId, Item item) throws InterruptedException {
        return post(URI.create(uri(orderId) + "/lines"), item);
    }

    public Answer cancel(long orderId, String reason) throws InterruptedException {
        return post(URI.create(uri(orderId) + "/cancel"), Map.of("reason", reason));
    }

    public Answer delete(long orderId) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri(orderId)).timeout(LIMIT).DELETE().build();
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return isSuccess(status) ? new Answer.Deleted(orderId) : new Answer.Unknown("status " + status);
        } catch (IOException e) {
            return new Answer.Unknown(e.toString());
        }
    }

    /** The order as JSON, through the order service's cache; empty if there is none, or no answer. */
    public Optional<String> read(long orderId) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri(orderId)).timeout(LIMIT).build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return isSuccess(response.statusCode()) ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private URI uri(long orderId) {
        return URI.create(orders + "/" + orderId);
    }

    private static boolean isSuccess(int status) {
        return status >= SUCCESS && status < NO_SUCCESS;
    }

    private Answer post(URI uri, Object body) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(LIMIT)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                    .build();
            return answer(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Answer.Unknown(e.toString());
        }
    }

    private Answer answer(HttpResponse<String> response) {
        int status = response.statusCode();
        try {
            if (isSuccess(status)) {
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
