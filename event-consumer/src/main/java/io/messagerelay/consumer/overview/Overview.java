package io.messagerelay.consumer.overview;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a process has done of late.
 *
 * @param queuedBytes heap that waiting events hold at most
 * @param storedPerSecond of the last ten seconds, or since the start
 * @param commit of the last minute; empty where nothing was committed
 * @param samples the oldest first
 */
public record Overview(
    Instant time,
    int queuedEvents,
    long queuedBytes,
    double storedPerSecond,
    double refusedPerSecond,
    Optional<Percentiles> commit,
    List<Sample> samples) {
  public Overview {
    samples = List.copyOf(samples);
  }
}
