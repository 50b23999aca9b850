/** The program behind {@code bench/run}: what is measured, its options, and its screen. */
package io.walpost.bench;
