/** What becomes of the samples: the table, the chart, the page in the documentation, and the file for machines. */
package io.walpost.bench.report;
