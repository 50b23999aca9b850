/**
 * The command line: one class per command.
 *
 * <p>A new command extends {@link io.walpost.relay.service.cli.RelayCommand} and is named in
 * {@link io.walpost.relay.service.cli.Walpost}. What it prints is a {@link io.walpost.relay.service.cli.Report}, in words
 * and as JSON; what goes wrong is a {@link io.walpost.relay.failure.RelayException}, whose kind decides the exit code.
 * Only {@code stream} starts Quarkus; the others begin at once and open no port.
 */
package io.walpost.relay.service.cli;
