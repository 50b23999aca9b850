package io.walpost.relay.service.endpoint;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.RelayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.http.Get;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;

/** Admits tokens that Kubernetes issued to certain service accounts, for the audience that stands for this relay. */
final class KubernetesToken implements Gate {

    private static final Logger LOG = Logger.getLogger(KubernetesToken.class);
    private static final String PREFIX = "walpost.relay.endpoint.oidc.";
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CLOCK_SKEW_SECONDS = 30;

    private final JwtConsumer consumer;
    private final Set<String> subjects;

    private KubernetesToken(JwtConsumer consumer, Set<String> subjects) {
        this.consumer = consumer;
        this.subjects = subjects;
    }

    /** Empty if nothing of it is configured. */
    static Optional<KubernetesToken> of(RelayConfig.Oidc config) throws RelayException {
        Map<String, Boolean> settings = new LinkedHashMap<>();
        settings.put("issuer", config.issuer().isPresent());
        settings.put("jwks", config.jwks().isPresent());
        settings.put("audience", config.audience().isPresent());
        settings.put("subjects", config.subjects().isPresent());
        List<String> missing = settings.keySet().stream()
                .filter(name -> !settings.get(name))
                .map(name -> PREFIX + name)
                .toList();
        if (missing.size() == settings.size()) {
            return Optional.empty();
        }
        if (!missing.isEmpty()) {
            throw wrong("Tokens of Kubernetes cannot be checked without " + String.join(", ", missing), null);
        }
        HttpsJwks keys = new HttpsJwks(secure(config.jwks().get()));
        keys.setSimpleHttpGet(client(config.caFile()));
        return Optional.of(new KubernetesToken(
                new JwtConsumerBuilder()
                        .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(keys))
                        .setJwsAlgorithmConstraints(
                                ConstraintType.PERMIT,
                                AlgorithmIdentifiers.RSA_USING_SHA256,
                                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                        .setExpectedIssuer(config.issuer().get())
                        .setExpectedAudience(config.audience().get())
                        .setRequireSubject()
                        .setRequireExpirationTime()
                        .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                        .build(),
                Set.copyOf(config.subjects().get())));
    }

    @Override
    public boolean admits(String token) {
        try {
            String subject = consumer.processToClaims(token).getSubject();
            if (!subjects.contains(subject)) {
                LOG.warnf("%s may not post; %ssubjects does not name it", subject, PREFIX);
                return false;
            }
            return true;
        } catch (InvalidJwtException e) {
            // Its message quotes claims; the codes of what is wrong do not.
            LOG.warnf(
                    "A token is refused: %s",
                    e.getErrorDetails().stream()
                            .map(detail -> Integer.toString(detail.getErrorCode()))
                            .collect(Collectors.joining(
                                    ", ", "org.jose4j.jwt.consumer.ErrorCodes ", keysUnreachable(e))));
            return false;
        } catch (MalformedClaimException e) {
            LOG.warn("A token is refused: its subject is no text");
            return false;
        }
    }

    private static String keysUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return "; the keys at " + PREFIX + "jwks cannot be read: " + cause.getMessage();
            }
        }
        return "";
    }

    /** Keys that come over a line which others can write to prove nothing. */
    private static String secure(String address) throws RelayException {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw wrong(PREFIX + "jwks is no address: " + address, e);
        }
        boolean isHere = "http".equals(uri.getScheme()) && THIS_MACHINE.contains(String.valueOf(uri.getHost()));
        if (!isHere && !"https".equals(uri.getScheme())) {
            throw wrong(PREFIX + "jwks must be an address with https, and is " + address, null);
        }
        return address;
    }

    private static Get client(Optional<Path> caFile) throws RelayException {
        Get client = new Get();
        client.setConnectTimeout((int) PATIENCE.toMillis());
        client.setReadTimeout((int) PATIENCE.toMillis());
        if (caFile.isPresent()) {
            try (InputStream pem = Files.newInputStream(caFile.get())) {
                Collection<X509Certificate> certificates =
                        CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                                .map(X509Certificate.class::cast)
                                .toList();
                client.setTrustedCertificates(certificates);
            } catch (IOException | CertificateException e) {
                throw wrong(PREFIX + "ca-file (" + caFile.get() + ") has no certificates that can be read", e);
            }
        }
        return client;
    }

    private static RelayException wrong(String message, Throwable cause) {
        return new RelayException(FailureKind.CONFIGURATION, message, cause);
    }
}
