@org.jspecify.annotations.NullMarked
package io.messagerelay.benchmarks.finding;
