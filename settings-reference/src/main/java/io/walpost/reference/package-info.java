/** How the pages in docs/configuration come about. For tests. */
package io.walpost.reference;
