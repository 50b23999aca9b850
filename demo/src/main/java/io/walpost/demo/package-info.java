/**
 * The program behind {@code ./walpost demo}: starts all parts as processes, places orders, shows what happens, and
 * judges the result. Start at {@link io.walpost.demo.DemoCommand}.
 */
package io.walpost.demo;
