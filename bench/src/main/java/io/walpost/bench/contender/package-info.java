/** What is measured: programs that read a slot, each run as a process of its own and seen from outside. */
package io.walpost.bench.contender;
