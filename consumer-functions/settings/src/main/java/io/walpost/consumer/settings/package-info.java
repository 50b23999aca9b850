/**
 * What every consumer function is told, and what each binding makes of it alike.
 *
 * <p>The defaults here are those of a service, which runs until it is stopped. Where a function that is invoked needs
 * others, because its invocation ends, the Lambda binding has them in its {@code META-INF/microprofile-config.properties},
 * with the reason beside each; a function's own {@code application.properties} is above both.
 */
package io.walpost.consumer.settings;
