package io.walpost.relay.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection through a proxy: when one side ends it, the other end is closed too. */
final class ProxiedConnection {

    private static final int PIECE = 32 << 10;

    private final Socket client;
    private final Socket server;
    private final Gate gate;
    private final Tamper tamper;
    private final Consumer<ProxiedConnection> onEnd;

    ProxiedConnection(Socket client, Socket server, Gate gate, Tamper tamper, Consumer<ProxiedConnection> onEnd) {
        this.client = client;
        this.server = server;
        this.gate = gate;
        this.tamper = tamper;
        this.onEnd = onEnd;
    }

    void start() {
        Thread.ofVirtual().start(() -> pump(client, server, Tamper.NONE));
        Thread.ofVirtual().start(() -> pump(server, client, tamper));
    }

    private void pump(Socket from, Socket to, Tamper changes) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                gate.pass();
                changes.apply(piece, length);
                out.write(piece, 0, length);
            }
        } catch (IOException ended) {
            // By one of its sides or by the proxy: what that means is the business of those at its ends.
        }
        gate.pass();
        close();
    }

    /** Ends it as a host does that closes a connection. */
    void close() {
        try (client;
                server) {
            onEnd.accept(this);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as a host does that has forgotten the connection: whatever is on its way is lost. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Then it has ended already.
        }
        close();
    }
}
