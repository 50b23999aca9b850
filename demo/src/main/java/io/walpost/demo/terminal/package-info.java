/** What a person sees. */
package io.walpost.demo.terminal;
