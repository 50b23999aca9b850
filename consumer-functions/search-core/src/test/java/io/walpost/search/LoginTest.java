package io.walpost.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.walpost.consumer.Failure;
import io.walpost.consumer.KeptLogin;
import io.walpost.consumer.SinkException;
import io.walpost.consumer.SinkLogin;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An OpenSearch that lets in who has the password, which is kept until it is refused. */
@Timeout(60)
class LoginTest {

    private static final String CLUSTER = "/_cluster/health";

    private static Indices indices;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile String known = "first";
    private LoginProxy proxy;
    private OpenSearch search;

    @BeforeAll
    static void startSearch() {
        indices = new Indices();
    }

    @AfterAll
    static void closeSearch() {
        indices.close();
    }

    @BeforeEach
    void open() throws Exception {
        proxy = new LoginProxy(indices.server.url(), "first");
        search = new OpenSearch(new SearchServer(URI.create(proxy.url()), Duration.ofSeconds(10)), this::credentials);
    }

    @AfterEach
    void close() {
        search.close();
        proxy.close();
    }

    @Test
    void asksForThePasswordOnce() throws Exception {
        assertThat(search.send("GET", CLUSTER).isOk()).isTrue();
        assertThat(search.send("GET", CLUSTER).isOk()).isTrue();
        assertThat(asked).hasValue(1);
    }

    @Test
    void asksAgainOnceThePasswordIsRefused() throws Exception {
        search.send("GET", CLUSTER);
        proxy.setPassword("second");

        Answer refused = search.send("GET", CLUSTER);
        assertThat(refused.status()).isEqualTo(401);
        assertThatExceptionOfType(SinkException.class)
                .isThrownBy(() -> refused.orThrow("Indexing"))
                .extracting(SinkException::kind)
                .isEqualTo(Failure.SINK_UNREACHABLE);

        known = "second";
        assertThat(search.send("GET", CLUSTER).isOk()).isTrue();
        assertThat(asked).hasValue(2);
        assertThat(proxy.refused()).isEqualTo(1);
    }

    @Test
    void saysWhyThereIsNoPassword() {
        known = null;

        assertThatExceptionOfType(SinkException.class)
                .isThrownBy(() -> search.send("GET", CLUSTER))
                .withMessage("The secret cannot be read");
        known = "first";
        assertThat(proxy.refused()).as("sent without a password").isZero();
    }

    /** Several requests are under way with the old one when the first of them is refused. */
    @Test
    void keepsThePasswordThatWasAskedForSince() throws Exception {
        KeptLogin login = new KeptLogin(this::credentials);
        SinkLogin.Credentials old = login.credentials().orElseThrow();
        known = "second";
        login.refused(old);
        SinkLogin.Credentials next = login.credentials().orElseThrow();

        login.refused(old);

        assertThat(login.credentials()).contains(next).isNotEqualTo(Optional.of(old));
        assertThat(asked).hasValue(2);
    }

    private Optional<SinkLogin.Credentials> credentials() throws SinkException {
        asked.incrementAndGet();
        if (known == null) {
            throw new SinkException(Failure.SINK_UNREACHABLE, "The secret cannot be read", null);
        }
        return Optional.of(new SinkLogin.Credentials(Optional.of(LoginProxy.USER), known));
    }
}
