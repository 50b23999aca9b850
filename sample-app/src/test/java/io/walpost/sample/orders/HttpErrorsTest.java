package io.walpost.sample.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that REST-assured would not send. */
@QuarkusTest
@TestProfile(KeptRowsProfile.class)
class HttpErrorsTest {

    private static final int LIMIT = 256 * 1024;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "a/b/c;;", "", "text/plain", "application/xml"})
    void refusesAContentTypeThatItCannotRead(String contentType) throws Exception {
        var response = send(post(BodyPublishers.ofString(OrderApi.BOOKS)).setHeader("Content-Type", contentType));

        assertJson(response, 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzz", "/", "text/html", "application/json;q=zz"})
    void refusesToAnswerInAFormatThatItCannotRead(String accept) throws Exception {
        var response = send(request("/orders/" + OrderApi.placeBooks()).header("Accept", accept));

        assertJson(response, 406, "not-acceptable");
    }

    @Test
    void refusesABodyThatIsDeclaredTooLarge() throws Exception {
        // The server answers without reading and closes, so a body on its way could meet a closed connection.
        var declared = post(BodyPublishers.ofByteArray(new byte[LIMIT + 1])).expectContinue(true);

        assertJson(sendOnANewConnection(declared), 413, "body-too-large");
    }

    @Test
    void refusesABodyThatTurnsOutTooLarge() throws Exception {
        try (LogLines log = new LogLines()) {
            assertJson(sendOnANewConnection(post(chunked(new byte[LIMIT + 1]))), 413, "body-too-large");

            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void readsABodyOfExactlyTheLimit() throws Exception {
        String filled = OrderApi.BOOKS + " ".repeat(LIMIT - OrderApi.BOOKS.length());

        assertThat(send(post(BodyPublishers.ofString(filled))).statusCode()).isEqualTo(201);
        assertThat(send(post(chunked(filled.getBytes()))).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/orders/%00", "/orders/1/lines/2", "/q/nothing"})
    void answersThatThereIsNoSuchPath(String path) throws Exception {
        assertJson(send(request(path)), 404, "not-found");
    }

    @Test
    void refusesAPathThatIsNotUtf8() throws Exception {
        assertThat(send(request("/orders/%ff")).statusCode()).isEqualTo(400);
    }

    private static void assertJson(HttpResponse<String> response, int status, String error) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).startsWith("{\"error\":\"" + error + "\",\"message\":\"");
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private static HttpRequest.Builder post(BodyPublisher body) {
        return request("/orders").header("Content-Type", "application/json").POST(body);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                .version(HttpClient.Version.HTTP_1_1);
    }

    /** The server closes the connection, which must not be another test's. */
    private static HttpResponse<String> sendOnANewConnection(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (HttpClient once = HttpClient.newHttpClient()) {
            return once.send(request.build(), BodyHandlers.ofString());
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
