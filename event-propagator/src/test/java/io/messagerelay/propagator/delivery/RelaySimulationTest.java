package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.delivery.RelaySimulation.IN_MEMORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.messagerelay.propagator.delivery.RelaySimulation.Opening;
import io.messagerelay.propagator.delivery.RelaySimulation.Parts;
import io.messagerelay.propagator.spool.Aside;
import io.messagerelay.propagator.spool.AsideEvent;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpoolLimits;
import io.messagerelay.propagator.spool.SpooledEvent;
import io.messagerelay.propagator.spool.SqliteSpool;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Many lives of a relay, each after a seed of its own. {@code make simulate SEEDS=100000} tries
 * more of them, {@code make simulate SEED=4711} one again.
 */
class RelaySimulationTest {
  private static final long FIRST = Long.getLong("simulation.first", 1);
  private static final long SEEDS = Long.getLong("simulation.seeds", 1_000);

  private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.messagerelay.propagator");
  private static final Level USUAL = LOG.getLevel();

  /** Thousands of lives have much to say. */
  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(USUAL);
  }

  @Test
  void no_life_of_a_relay_breaks_a_promise() {
    long steps =
        LongStream.range(FIRST, FIRST + SEEDS).parallel().map(RelaySimulationTest::run).sum();

    assertThat(steps).as("steps in all").isGreaterThan(SEEDS * 100);
  }

  /** Fewer of them, because its flushes take time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void nor_does_one_whose_spool_is_on_disk(long seed, @TempDir Path folder) {
    Opening onDisk =
        (lanes, clock) ->
            SqliteSpool.open(
                folder.resolve("spool.db"), lanes, new SpoolLimits(1L << 30, 0), clock);

    assertThat(run(seed, Parts.REAL.on(onDisk))).as("steps").isGreaterThan(100);
  }

  /** So that a simulation which sees nothing is seen. */
  @ParameterizedTest
  @MethodSource
  void a_broken_relay_is_found_out(String fault, Parts parts, String complaint) {
    assertThatThrownBy(() -> LongStream.range(1, 500).forEach(seed -> run(seed, parts)))
        .as(fault)
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching("seed \\d+, at step \\d+: (" + complaint + ")");
  }

  static List<Arguments> a_broken_relay_is_found_out() {
    return List.of(
        Arguments.of(
            "acknowledges before the answer",
            new Parts(IN_MEMORY, UnaryOperator.identity(), _ -> RelaySimulationTest::believe),
            "n-\\d+ is settled and not stored"),
        Arguments.of(
            "retries out of order",
            new Parts(IN_MEMORY, RetriesOutOfOrder::new, UnaryOperator.identity()),
            "n-\\d+ is stored before n-\\d+ of the same key"),
        Arguments.of(
            "sends again, behind others, what it sets aside",
            new Parts(IN_MEMORY, OvertakesAside::new, UnaryOperator.identity()),
            "n-\\d+ is stored before n-\\d+ of the same key"),
        Arguments.of(
            "forgets on crash",
            new Parts(IN_MEMORY, ForgetsOnCrash::new, UnaryOperator.identity()),
            "not everything is settled .*|n-\\d+ is (neither stored nor a dead letter|stored before n-\\d+ of the same key)"));
  }

  private static EventSender.Sending believe(List<SpooledEvent> batch) {
    List<Settlement> all = batch.stream().<Settlement>map(Settlement.Delivered::new).toList();
    return () -> new Delivery.Answered(all);
  }

  private static final class RetriesOutOfOrder extends ForwardingSpool {
    RetriesOutOfOrder(Spool disk) {
      super(disk);
    }

    @Override
    public List<SpooledEvent> claim(int lane, long afterSeq, int atMost, long maxBytes) {
      List<SpooledEvent> batch = super.claim(lane, afterSeq, atMost, maxBytes);
      return batch.stream().anyMatch(event -> event.attempts() > 1) ? batch.reversed() : batch;
    }
  }

  private static final class OvertakesAside extends ForwardingSpool {
    OvertakesAside(Spool disk) {
      super(disk);
    }

    @Override
    public Aside aside() {
      Aside disks = super.aside();
      return new Aside() {
        @Override
        public void put(SpooledEvent event, String cause, Instant due) {
          disk.settle(List.of(new Settlement.Duplicate(event)));
          NewEntry again =
              new NewEntry.Deliverable(
                  event.eventId(), event.eventKey(), event.place(), event.body());
          disk.take(event.source(), List.of(again), null);
        }

        @Override
        public Optional<AsideEvent> claim() {
          return disks.claim();
        }

        @Override
        public void defer(AsideEvent event, Instant due) {
          disks.defer(event, due);
        }

        @Override
        public Optional<Instant> due() {
          return disks.due();
        }
      };
    }
  }

  /** Saves the source's progress, and keeps the events in memory until the next call. */
  private static final class ForgetsOnCrash extends ForwardingSpool {
    private final List<NewEntry> inMemory = new ArrayList<>();

    ForgetsOnCrash(Spool disk) {
      super(disk);
    }

    @Override
    public Take take(String source, List<NewEntry> entries, @Nullable String progress) {
      super.take(source, inMemory, progress);
      inMemory.clear();
      inMemory.addAll(entries);
      return Take.TAKEN;
    }

    @Override
    public List<SpooledEvent> claim(int lane, long afterSeq, int atMost, long maxBytes) {
      super.take("numbers", inMemory, null);
      inMemory.clear();
      return super.claim(lane, afterSeq, atMost, maxBytes);
    }
  }

  private static int run(long seed) {
    return run(seed, Parts.REAL);
  }

  private static int run(long seed, Parts parts) {
    try {
      return new RelaySimulation(seed, parts).run();
    } catch (AssertionError broken) {
      throw new AssertionError("seed " + seed + ", " + broken.getMessage(), broken);
    }
  }
}
