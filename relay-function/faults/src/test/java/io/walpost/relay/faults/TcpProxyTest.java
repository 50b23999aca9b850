package io.walpost.relay.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the proxy does to a connection what it says; the server answers each byte with the next one. */
class TcpProxyTest {

    private final TcpProxy proxy = new TcpProxy();
    private ServerSocket server;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy.before(server.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(30_000);
    }

    private void serve() {
        try (Socket connection = server.accept()) {
            for (int question = connection.getInputStream().read();
                    question >= 0;
                    question = connection.getInputStream().read()) {
                connection.getOutputStream().write(question + 1);
            }
        } catch (IOException ended) {
            // As the tests want.
        }
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    private int ask(int question) throws IOException {
        client.getOutputStream().write(question);
        return client.getInputStream().read();
    }

    @Test
    void passesOn() throws IOException {
        assertThat(ask(1)).isEqualTo(2);
        assertThat(ask(7)).isEqualTo(8);
    }

    @Test
    void holdsUntilItLetsGo() throws IOException {
        proxy.hold();
        client.setSoTimeout(300);
        assertThatThrownBy(() -> ask(1)).isInstanceOf(SocketTimeoutException.class);
        proxy.release();
        client.setSoTimeout(30_000);
        assertThat(client.getInputStream().read()).isEqualTo(2);
    }

    @Test
    void isSlowInBothDirections() throws IOException {
        proxy.slow(Duration.ofMillis(150));
        long before = System.nanoTime();
        assertThat(ask(1)).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void cutsInGoodOrder() throws IOException {
        assertThat(ask(1)).isEqualTo(2);
        proxy.cut();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void resets() throws IOException {
        assertThat(ask(1)).isEqualTo(2);
        proxy.reset();
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void changesWhatTheServerSays() throws IOException {
        proxy.tamper((piece, length) -> piece[0] = 42);
        assertThat(ask(1)).isEqualTo(42);
    }

    @Test
    void endsConnectionsThatAServerRefuses() throws IOException {
        server.close();
        try (Socket refused = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            refused.setSoTimeout(30_000);
            assertThat(refused.getInputStream().read()).isEqualTo(-1);
        }
    }
}
