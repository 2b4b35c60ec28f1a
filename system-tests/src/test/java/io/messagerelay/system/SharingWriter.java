package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Posts to one of two consumers, and some events to both at the same time. Holds every answer to
 * what it has to be.
 *
 * @param mine the consumer that most events go to
 * @param other another one of the same store
 * @param name begins the id of each event
 */
record SharingWriter(
    ConsumerApi mine,
    ConsumerApi other,
    String token,
    String name,
    int rounds,
    ExecutorService threads)
    implements Callable<List<String>> {
  private static final int BATCH = 7;
  private static final String CONTENT = "x";

  /** Posts everything and gives the ids, each once. */
  @Override
  public List<String> call() throws Exception {
    List<String> written = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<String> alone = ids(round, "alone", 1);
      List<String> batch = ids(round, "batch", BATCH);
      List<String> shared = ids(round, "shared", 1);
      List<String> sharedBatch = ids(round, "shared-batch", BATCH);
      storesAll(alone);
      theOtherHas(alone);
      storesAll(batch);
      oneStoresAndTheOtherKnows(shared);
      oneStoresAndTheOtherKnows(sharedBatch);
      theOtherRefusesOtherContent(alone);
      List.of(alone, batch, shared, sharedBatch).forEach(written::addAll);
    }
    return written;
  }

  private List<String> ids(int round, String kind, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "%s-%d-%s-%d".formatted(name, round, kind, i))
        .toList();
  }

  private void storesAll(List<String> ids) throws IOException {
    List<Kept> kept = post(mine, ids);

    assertThat(kept).extracting(Kept::eventId).isEqualTo(ids);
    assertThat(kept).noneMatch(Kept::duplicate);
  }

  private void theOtherHas(List<String> ids) throws IOException {
    assertThat(other.get(token, "/event/" + ids.getFirst()).statusCode()).isEqualTo(200);
  }

  private void oneStoresAndTheOtherKnows(List<String> ids) throws Exception {
    Future<List<Kept>> answerOfMine = threads.submit(() -> post(mine, ids));
    List<Kept> ofOther = post(other, ids);
    List<Kept> ofMine = answerOfMine.get();

    assertThat(ofMine).extracting(Kept::eventId).isEqualTo(ids);
    assertThat(ofMine).extracting(Kept::id).isEqualTo(ofOther.stream().map(Kept::id).toList());
    assertThat(ofMine)
        .extracting(Kept::duplicate)
        .isEqualTo(ofOther.stream().map(kept -> !kept.duplicate()).toList());
  }

  private void theOtherRefusesOtherContent(List<String> ids) throws IOException {
    assertThat(other.post(token, Posts.of(ids, "other content")).statusCode()).isEqualTo(422);
  }

  private List<Kept> post(ConsumerApi consumer, List<String> ids) throws IOException {
    return Kept.in(consumer.post(token, Posts.of(ids, CONTENT)));
  }
}
