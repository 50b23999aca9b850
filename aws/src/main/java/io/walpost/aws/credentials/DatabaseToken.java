package io.walpost.aws.credentials;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * The password of a role with IAM database authentication ({@code rds_iam}): a request to connect that is signed and never
 * sent. The database takes it for a quarter of an hour, and looks at it only while a connection is made. Signing needs
 * nobody, once the credentials of AWS are there, so each connection is given a token of its own. Safe for use by several
 * threads.
 */
public final class DatabaseToken {

    private static final String JDBC = "jdbc:";
    private static final int DEFAULT_PORT = 5432;
    private static final Duration VALIDITY = Duration.ofMinutes(15);

    /** The modes of libpq and pgjdbc in which nothing is sent unless the connection is encrypted. */
    private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", "verify-full");

    private final String host;
    private final int port;
    private final String user;
    private final Clock clock;
    private AwsCredentialsProvider credentials;

    private DatabaseToken(String host, int port, String user, Clock clock) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.clock = clock;
    }

    /**
     * @param jdbcUrl names the host as RDS does, since the token is for this one and no alias
     * @param user the role
     * @throws IllegalArgumentException saying what is wrong with the URL, and nothing that it holds
     */
    public static DatabaseToken of(String jdbcUrl, String user) {
        return of(jdbcUrl, user, Clock.systemUTC());
    }

    static DatabaseToken of(String jdbcUrl, String user, Clock clock) {
        URI url;
        try {
            url = URI.create(jdbcUrl.startsWith(JDBC) ? jdbcUrl.substring(JDBC.length()) : jdbcUrl);
        } catch (IllegalArgumentException quotesTheUrl) {
            throw notOneHost();
        }
        if (url.getHost() == null) {
            throw notOneHost();
        }
        if (!ENCRYPTED.contains(parameter(url, "sslmode"))) {
            throw new IllegalArgumentException("IAM database authentication needs TLS, since a token is sent as it is:"
                    + " the URL must say sslmode=verify-full (or verify-ca, or require)");
        }
        return new DatabaseToken(url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort(), user, clock);
    }

    private static IllegalArgumentException notOneHost() {
        return new IllegalArgumentException("IAM database authentication needs a URL with one host, as in"
                + " jdbc:postgresql://orders.abc.eu-central-1.rds.amazonaws.com:5432/orders?sslmode=verify-full");
    }

    /** The last one, as with pgjdbc; empty if there is none. */
    private static String parameter(URI url, String name) {
        return url.getRawQuery() == null
                ? ""
                : Arrays.stream(url.getRawQuery().split("&"))
                        .filter(parameter -> parameter.startsWith(name + "="))
                        .map(parameter -> parameter.substring(name.length() + 1))
                        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
                        .reduce("", (first, second) -> second);
    }

    /** A new token, with the credentials of AWS that hold now. */
    public String create() throws CredentialsException {
        try {
            AwsCredentials signing = credentials().resolveCredentials();
            String region =
                    DefaultAwsRegionProviderChain.builder().build().getRegion().id();
            return sign(signing, region);
        } catch (SdkClientException e) {
            throw new CredentialsException(
                    "No token could be made for " + user + " at " + host + ": " + Secret.firstLine(e),
                    e,
                    false,
                    "It is signed with the credentials of the function or the process for AWS_REGION; are both there?");
        }
    }

    String sign(AwsCredentials signing, String region) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(host)
                .port(port)
                .encodedPath("/")
                .putRawQueryParameter("DBUser", user)
                .putRawQueryParameter("Action", "connect")
                .build();
        URI signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(signing)
                        .request(request)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, VALIDITY)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                .request()
                .getUri();
        return signed.toString().substring("https://".length());
    }

    /** Refreshes credentials that are about to expire, as those of a role are after some hours. */
    private synchronized AwsCredentialsProvider credentials() {
        if (credentials == null) {
            credentials = DefaultCredentialsProvider.builder().build();
        }
        return credentials;
    }

    @Override
    public String toString() {
        return "DatabaseToken[" + user + " at " + host + "]";
    }
}
