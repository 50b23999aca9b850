/** The commands of a function's program: it serves, and a person works its dead letters and moves its offsets. */
package io.walpost.consumer.runtime.cli;
