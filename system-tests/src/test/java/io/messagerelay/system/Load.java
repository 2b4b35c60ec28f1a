package io.messagerelay.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Writers that post events without end to several consumers. What is put off is sent again until it
 * is stored. Shared by threads.
 */
final class Load implements AutoCloseable {
  private static final int WRITERS = 8;
  private static final int BATCH = 5;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final List<ConsumerApi> consumers;
  private final String token;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<Answered> answers = new ConcurrentLinkedQueue<>();
  private final List<Future<List<String>>> writers = new ArrayList<>();
  private volatile boolean goesOn = true;

  Load(String token, ConsumerApi... consumers) {
    this.token = token;
    this.consumers = List.of(consumers);
  }

  void begin() {
    for (int i = 0; i < WRITERS; i++) {
      ConsumerApi consumer = consumers.get(i % consumers.size());
      String name = "w" + i;
      writers.add(threads.submit(() -> write(consumer, name)));
    }
  }

  /** Whether everything that was sent is stored, and nothing more will be. */
  boolean hasEnded() {
    return !goesOn && writers.stream().allMatch(Future::isDone);
  }

  /** Every answer so far. */
  List<Answered> answers() {
    return List.copyOf(answers);
  }

  /** Waits until everything that was sent is stored, and gives the ids, each once. */
  List<String> end() {
    goesOn = false;
    List<String> ids = new ArrayList<>();
    try {
      for (Future<List<String>> writer : writers) {
        ids.addAll(writer.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return ids;
  }

  /** Every third request is a batch. */
  private List<String> write(ConsumerApi consumer, String name) throws IOException {
    List<String> written = new ArrayList<>();
    for (int request = 0; goesOn; request++) {
      String prefix = name + "-" + request + "-";
      List<String> ids =
          IntStream.range(0, request % 3 == 0 ? BATCH : 1).mapToObj(i -> prefix + i).toList();
      while (!isStored(consumer, ids)) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      written.addAll(ids);
    }
    return written;
  }

  private boolean isStored(ConsumerApi consumer, List<String> ids) throws IOException {
    Answered answered = Answered.to(() -> consumer.post(token, Posts.of(ids, "x")));
    answers.add(answered);
    return answered.isSuccess();
  }

  @Override
  public void close() {
    goesOn = false;
    threads.shutdownNow();
    threads.close();
  }
}
