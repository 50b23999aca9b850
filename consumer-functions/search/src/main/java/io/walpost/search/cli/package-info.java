/**
 * What a person does with the index of orders: makes it, and builds it anew from the topic, beside the function that keeps
 * it up to date.
 */
package io.walpost.search.cli;
