package io.messagerelay.consumer.intake;

import io.messagerelay.contract.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Takes valid events and answers when they are committed. Shared by threads; never blocks the
 * caller.
 */
public interface Intake {

  /** Why no request at all would be taken now; what is found here saves reading its body. */
  Optional<IntakeResult.Deferred> refusal();

  /**
   * Submits the events of one request; they are committed together where the store allows it.
   *
   * @param events 1 to 1,000, in the order of the request
   * @return completes normally, always; on a thread of the intake, or at once for a request that is
   *     not taken
   */
  CompletionStage<IntakeResult> submit(List<Event> events);
}
