/** How it is measured: one trial of one contender at a time, and the samples that come of all. */
package io.walpost.bench.measure;
