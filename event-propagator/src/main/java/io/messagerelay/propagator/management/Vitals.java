package io.messagerelay.propagator.management;

import io.messagerelay.propagator.spool.Heartbeat;
import io.messagerelay.propagator.spool.PaceFile;
import io.messagerelay.propagator.spool.SpoolOnlooker;
import java.util.function.BooleanSupplier;

/**
 * Where a run can be looked at while it works. Looked at by any thread.
 *
 * @param paused whether the spool has no room for what the source has
 */
public record Vitals(
    Heartbeat heartbeat, SpoolOnlooker spool, PaceFile pace, BooleanSupplier paused) {}
