package io.walpost.relay.service.endpoint;

import io.walpost.relay.failure.FailureKind;
import io.walpost.relay.failure.RelayException;
import io.walpost.relay.runtime.RelayConfig;
import java.util.ArrayList;
import java.util.List;

/** Decides by its bearer token whether a request is let in. Called by many threads, which may have to wait. */
sealed interface Gate permits SharedToken, KubernetesToken {

    /** Whether this token is good. No token is ever logged. */
    boolean admits(String token);

    /**
     * All gates that are configured; a token that one of them admits is let in.
     *
     * @throws RelayException if there is none, or if one cannot work
     */
    static List<Gate> of(RelayConfig.Endpoint config) throws RelayException {
        List<Gate> gates = new ArrayList<>();
        if (config.tokenFile().isPresent()) {
            gates.add(SharedToken.in(config.tokenFile().get()));
        }
        KubernetesToken.of(config.oidc()).ifPresent(gates::add);
        if (gates.isEmpty()) {
            throw new RelayException(
                    FailureKind.CONFIGURATION,
                    "Nobody could post: set walpost.relay.endpoint.token-file, or"
                            + " walpost.relay.endpoint.oidc.issuer, .jwks, .audience and .subjects");
        }
        return List.copyOf(gates);
    }
}
