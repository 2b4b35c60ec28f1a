package io.messagerelay.contract;

import java.util.List;

/**
 * What an event has to keep to beside the form that is built in: what a team says of its own types.
 * Shared by threads; does not block.
 */
public interface EventRules {
  /** No more than the built-in form: a payload is a string. */
  EventRules BUILT_IN = builtIn(false);

  /** The built-in form, but for the payload, which may be any JSON value. */
  EventRules ANY_PAYLOAD = builtIn(true);

  private static EventRules builtIn(boolean anyPayload) {
    return new EventRules() {
      @Override
      public boolean allowAnyPayload() {
        return anyPayload;
      }

      @Override
      public List<Fault> faults(String type, Payload payload, JsonText event) {
        return List.of();
      }
    };
  }

  /** Whether there may be types whose payload is another JSON value than a string. */
  boolean allowAnyPayload();

  /**
   * What is wrong with an event that has the built-in form, but for a payload of another kind than
   * a string, which only these rules can allow.
   *
   * @param event the whole of it, as it came
   * @return at most {@link EventJson#MOST_FAULTS}, empty for none
   */
  List<Fault> faults(String type, Payload payload, JsonText event);
}
