package io.walpost.relay.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Issues tokens of service accounts, and shows its keys, as a cluster does. */
final class ClusterIssuer implements AutoCloseable {

    private static final int RSA_BITS = 2048;
    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final String AUDIENCE = "shop/relay";
    private static final String SUBJECT = "system:serviceaccount:shop:relay-drain-oidc-sources.knative.dev-pingsource";

    private final RsaJsonWebKey key = key();
    private final HttpServer server;

    ClusterIssuer() throws IOException {
        byte[] keys = new JsonWebKeySet(key).toJson().getBytes(UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/openid/v1/jwks", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(keys);
            }
        });
        server.start();
    }

    private static RsaJsonWebKey key() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(RSA_BITS);
            key.setKeyId("cluster");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, String> environment() {
        return Map.of(
                "WALPOST_RELAY_ENDPOINT_OIDC_ISSUER",
                ISSUER,
                "WALPOST_RELAY_ENDPOINT_OIDC_JWKS",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/openid/v1/jwks",
                "WALPOST_RELAY_ENDPOINT_OIDC_AUDIENCE",
                AUDIENCE,
                "WALPOST_RELAY_ENDPOINT_OIDC_SUBJECTS",
                "system:serviceaccount:shop:other," + SUBJECT);
    }

    String goodToken() {
        return sign(claims -> {}, signature -> {});
    }

    /** By what is wrong with each. */
    Map<String, String> badTokens() {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("no token", "x");
        tokens.put("for another audience", sign(claims -> claims.setAudience("shop/billing"), signature -> {}));
        tokens.put("for no audience", sign(claims -> claims.unsetClaim("aud"), signature -> {}));
        tokens.put("of another issuer", sign(claims -> claims.setIssuer("https://elsewhere"), signature -> {}));
        tokens.put(
                "of another service account",
                sign(claims -> claims.setSubject("system:serviceaccount:shop:default"), signature -> {}));
        tokens.put("expired", sign(claims -> claims.setExpirationTimeMinutesInTheFuture(-2), signature -> {}));
        tokens.put("without end", sign(claims -> claims.unsetClaim("exp"), signature -> {}));
        tokens.put("by another key", sign(claims -> {}, signature -> signature.setKey(key().getPrivateKey())));
        tokens.put("not signed", sign(claims -> {}, signature -> {
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
            signature.setKey(null);
        }));
        return tokens;
    }

    private String sign(Consumer<JwtClaims> claim, Consumer<JsonWebSignature> flaw) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(SUBJECT);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(60);
        claim.accept(claims);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        flaw.accept(signature);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
