package io.messagerelay.consumer.http;

import io.messagerelay.consumer.intake.IntakeResult.Deferred;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Fault;
import java.util.List;

/** Why events are refused or put off, as their sender sees it. */
final class EventProblems {
  private EventProblems() {}

  static Problem invalid(List<Fault> faults) {
    return Problem.of(Problem.Kind.INVALID_EVENT, "each error says where and what", faults);
  }

  static Problem conflict() {
    String detail = "the event that is stored under this id stays as it is";
    return Problem.of(Problem.Kind.ID_CONFLICT, detail, List.of(Batch.CONFLICT));
  }

  static Problem malformed(Fault fault) {
    String detail = "the body as a whole cannot be read";
    return Problem.of(Problem.Kind.INVALID_REQUEST, detail, List.of(fault));
  }

  static Problem tooMany() {
    String detail = "a batch has at most " + EventLimits.BATCH_EVENTS + " items";
    return Problem.of(Problem.Kind.TOO_LARGE, detail);
  }

  static Problem deferred(Deferred deferred) {
    Problem problem =
        switch (deferred.reason()) {
          case OVERLOADED ->
              Problem.of(Problem.Kind.OVERLOADED, "nothing of the request was stored");
          case STORE_UNAVAILABLE ->
              Problem.of(Problem.Kind.STORE_UNAVAILABLE, "nothing of the request was stored");
          case COMMIT_UNKNOWN ->
              Problem.of(
                  Problem.Kind.COMMIT_UNKNOWN, "sending it again under the same ids is safe");
          case DRAINING -> Problem.of(Problem.Kind.DRAINING, "nothing of the request was stored");
        };
    return problem.retryAfter(deferred.retryAfter());
  }
}
