/** The whole path with all three consumers, and faults in each of its parts at once. */
package io.walpost.demo.faults;
