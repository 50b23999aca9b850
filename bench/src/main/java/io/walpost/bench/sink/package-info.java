/** Where consumers have their effects: what is there afterwards, and since when. */
package io.walpost.bench.sink;
