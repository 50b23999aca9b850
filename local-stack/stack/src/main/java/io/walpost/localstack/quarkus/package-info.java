/** Quarkus test resources that start a server before the application under test. */
package io.walpost.localstack.quarkus;
