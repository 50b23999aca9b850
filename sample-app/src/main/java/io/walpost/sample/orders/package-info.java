/** Orders: what they are, how they change, and that each change and its event are one transaction. */
package io.walpost.sample.orders;
