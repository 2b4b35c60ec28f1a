package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.auth.Outcome.Reply;
import io.messagerelay.propagator.delivery.Delivery.Answered;
import io.messagerelay.propagator.delivery.Delivery.Away;
import io.messagerelay.propagator.delivery.Delivery.Deferred;
import io.messagerelay.propagator.delivery.Delivery.Held;
import io.messagerelay.propagator.delivery.Delivery.TooBig;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an answer means; the only place that knows. Shared by threads.
 *
 * <pre>
 * 2xx with the events' ids        stored, a duplicate or refused, event by event
 * 2xx without them                deferred: something else answered, nothing is known
 * 400 413 415 422                 one event: refused. Several: refused event by event where the
 *                                 answer says so, otherwise too big
 * 403 404 405 406 411 431         held: a setting is wrong, not an event
 * 401                             away: the sender has renewed the token already
 * 429                             away: it takes nothing more from anybody now
 * everything else                 deferred: 408, 409, 425, 5xx, and redirects
 * </pre>
 */
final class AnswerTable {
  /** The status of an event that was refused inside a batch. */
  private static final int REFUSED_IN_A_BATCH = 400;

  private final Receiver receiver;

  AnswerTable(Receiver receiver) {
    this.receiver = receiver;
  }

  Delivery meaning(List<SpooledEvent> batch, Reply reply) {
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return accepted(batch, reply);
    }
    return switch (status) {
      case 400, 413, 415, 422 -> refused(batch, reply);
      case 401 -> away(reply, " to a token that it has just given out");
      case 403 -> held(reply, "the account may not write events; give it the scope events:write");
      case 404, 405 ->
          held(reply, "no events are taken there; check CONSUMER_URL and ENDPOINT_TO_POST");
      case 406, 411 ->
          held(reply, "not an event-consumer; check CONSUMER_URL and what stands in between");
      case 431 -> held(reply, "the token is too long for it; allow longer request headers there");
      case 429 -> away(reply, "");
      default -> deferred(reply, "");
    };
  }

  private Delivery accepted(List<SpooledEvent> batch, Reply reply) {
    return switch (receiver.acknowledge()) {
      case STATUS -> new Answered(batch.stream().<Settlement>map(Delivered::new).toList());
      case ID -> acknowledged(batch, reply);
    };
  }

  private Delivery acknowledged(List<SpooledEvent> batch, Reply reply) {
    AnswerJson answer = AnswerJson.read(reply.body());
    List<Settlement> settlements =
        batch.size() == 1 ? one(batch.getFirst(), answer) : each(batch, answer.results());
    if (!settlements.isEmpty()) {
      return new Answered(settlements);
    }
    return answer.results().stream().anyMatch(AnswerTable::isNamelessRefusal)
        ? new TooBig(words(reply, " and refused an event without naming it"))
        : deferred(reply, ", but not with the ids of what was sent");
  }

  /** An event whose id the consumer could not read: sent alone, it is refused by status. */
  private static boolean isNamelessRefusal(AnswerJson result) {
    return result.status().equals("rejected") && result.eventId().isEmpty();
  }

  private Delivery refused(List<SpooledEvent> batch, Reply reply) {
    AnswerJson answer = AnswerJson.read(reply.body());
    if (batch.size() == 1) {
      return new Answered(List.of(new Dead(batch.getFirst(), reply.status(), answer.reasons())));
    }
    List<Settlement> settlements = each(batch, answer.results());
    return settlements.isEmpty()
        ? new TooBig(words(reply, " to " + batch.size() + " events"))
        : new Answered(settlements);
  }

  /** Empty when the answer is not about this event. */
  private static List<Settlement> one(SpooledEvent event, AnswerJson answer) {
    if (!answer.eventId().equals(event.eventId())) {
      return List.of();
    }
    return List.of(answer.duplicate() ? new Duplicate(event) : new Delivered(event));
  }

  /** Empty when the results are not about these events, one each, in this order. */
  private static List<Settlement> each(List<SpooledEvent> batch, List<AnswerJson> results) {
    if (results.size() != batch.size()) {
      return List.of();
    }
    List<Settlement> settlements = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      settlement(batch.get(i), results.get(i)).ifPresent(settlements::add);
    }
    return settlements.size() == batch.size() ? settlements : List.of();
  }

  private static Optional<Settlement> settlement(SpooledEvent event, AnswerJson result) {
    if (!result.eventId().equals(event.eventId())) {
      return Optional.empty();
    }
    return switch (result.status()) {
      case "stored" -> Optional.of(new Delivered(event));
      case "duplicate" -> Optional.of(new Duplicate(event));
      case "rejected" -> Optional.of(new Dead(event, REFUSED_IN_A_BATCH, result.reasons()));
      case String unknown -> Optional.empty();
    };
  }

  private Held held(Reply reply, String advice) {
    return new Held(words(reply, ": " + advice));
  }

  private Away away(Reply reply, String detail) {
    return new Away(words(reply, detail), reply.retryAfter());
  }

  private Deferred deferred(Reply reply, String detail) {
    return new Deferred(words(reply, detail), reply.retryAfter());
  }

  private String words(Reply reply, String detail) {
    return receiver.endpoint() + " answered " + reply.status() + detail;
  }
}
