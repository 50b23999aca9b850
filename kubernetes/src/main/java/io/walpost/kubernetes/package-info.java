/** Puts what other modules package into container images. Knows their folders, and none of their classes. */
package io.walpost.kubernetes;
