/** Runs inside the node's own JVM, on the node's own class path. */
package io.walpost.localstack.opensearch;
