package io.walpost.localstack;

/**
 * A listener of a broker that clients reach through a proxy.
 *
 * @param port where the broker listens
 * @param proxyPort where its clients are told to connect
 */
record ProxiedListener(int port, int proxyPort) {}
