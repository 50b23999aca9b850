package io.walpost.consumer.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.walpost.aws.testing.AwsExtension;
import io.walpost.aws.testing.SecretsManagerServer;
import io.walpost.consumer.Failure;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class SecretLoginTest {

    private static final String SECRET = "orders/search";

    @RegisterExtension
    private final AwsExtension aws = new AwsExtension();

    @Test
    void isTheSecretOfTheMoment() throws Exception {
        SecretsManagerServer server = aws.server();
        SecretLogin login = new SecretLogin(Optional.of(SECRET), Duration.ofSeconds(30));
        assertThat(login.isConfigured()).isTrue();
        assertThat(server.requests()).as("asked before a connection needs it").isEmpty();

        server.put(SECRET, "{\"username\":\"search\",\"password\":\"first\"}");
        assertThat(login.credentials()).contains(new SinkLogin.Credentials(Optional.of("search"), "first"));
        server.put(SECRET, "second");
        assertThat(login.credentials()).contains(new SinkLogin.Credentials(Optional.empty(), "second"));
    }

    @Test
    void saysWhyTheSecretCannotBeRead() {
        SecretLogin login = new SecretLogin(Optional.of(SECRET), Duration.ofSeconds(30));

        assertThatExceptionOfType(SinkException.class)
                .isThrownBy(login::credentials)
                .withMessageStartingWith("The secret orders/search does not exist, or has no value. ")
                .extracting(SinkException::kind)
                .isEqualTo(Failure.SINK_UNREACHABLE);
    }

    @Test
    void isNoneIfNoSecretIsNamed() throws Exception {
        SecretLogin login = new SecretLogin(Optional.empty(), Duration.ofSeconds(30));

        assertThat(login.isConfigured()).isFalse();
        assertThat(login.credentials()).isEmpty();
    }

    @Test
    void givesUpAQuestionThatPartitionsShareAndTakesItsAnswerLater() throws Exception {
        try (SlowServer slow = new SlowServer();
                ExecutorService partitions = Executors.newFixedThreadPool(4)) {
            System.setProperty("aws.endpointUrlSecretsManager", slow.url());
            SecretLogin login = new SecretLogin(Optional.of(SECRET), Duration.ofMillis(1500));

            List<Future<Void>> asking = IntStream.range(0, 4)
                    .mapToObj(partition -> partitions.submit(() -> assertGivesUp(login)))
                    .toList();
            for (Future<Void> each : asking) {
                each.get(30, TimeUnit.SECONDS);
            }
            slow.answers.countDown();

            assertThat(login.credentials()).contains(new SinkLogin.Credentials(Optional.of("search"), "password"));
            assertThat(slow.asked).as("questions").hasValue(1);
        }
    }

    private static Void assertGivesUp(SecretLogin login) {
        assertThatExceptionOfType(SinkException.class)
                .isThrownBy(login::credentials)
                .withMessageStartingWith("The secret orders/search could not be read within 1500 ms")
                .extracting(SinkException::kind)
                .isEqualTo(Failure.SINK_UNREACHABLE);
        return null;
    }

    /** Answers when it is told to. */
    private static final class SlowServer implements AutoCloseable {

        private static final String ANSWER =
                "{\"SecretString\":\"{\\\"username\\\":\\\"search\\\",\\\"password\\\":\\\"password\\\"}\"}";

        final CountDownLatch answers = new CountDownLatch(1);
        final AtomicInteger asked = new AtomicInteger();
        private final HttpServer server;

        SlowServer() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                asked.incrementAndGet();
                answers.await();
                byte[] json = ANSWER.getBytes(UTF_8);
                exchange.sendResponseHeaders(200, json.length);
                exchange.getResponseBody().write(json);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            answers.countDown();
            server.stop(0);
        }
    }
}
