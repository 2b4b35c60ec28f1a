package io.messagerelay.consumer.intake;

/**
 * What an intake did since it was made. {@code events / groups} is the size of a group.
 *
 * @param groups transactions committed
 * @param events events that they settled, repeats included
 * @param waitingEvents events accepted and not answered yet
 * @param waitingBytes heap that those hold at most
 */
public record IntakeCounts(long groups, long events, int waitingEvents, long waitingBytes) {}
