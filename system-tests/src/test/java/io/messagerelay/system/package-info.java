/** Both services as real processes: the harness that runs them, and the proof by kills. */
@org.jspecify.annotations.NullMarked
package io.messagerelay.system;
