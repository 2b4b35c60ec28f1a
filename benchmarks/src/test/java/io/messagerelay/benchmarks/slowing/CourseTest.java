package io.messagerelay.benchmarks.slowing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class CourseTest {
  /** Half a second each, with so many events delivered. */
  private static Course delivering(int... events) {
    return new Course(
        IntStream.range(0, events.length).mapToObj(i -> sample(i, events[i], 0)).toList());
  }

  private static Course waiting(int... events) {
    return new Course(
        IntStream.range(0, events.length).mapToObj(i -> sample(i, 0, events[i])).toList());
  }

  private static Sample sample(int number, int delivered, int waiting) {
    double begin = number / 2.0;
    return new Sample(begin, begin + 0.5, 0, delivered, waiting, 0, 0, new Histogram(2));
  }

  @Test
  void a_rate_is_followed_when_the_mean_of_what_follows_is_within_a_part_of_it() {
    Course course = delivering(50, 50, 50, 50, 9, 11, 10, 10);

    assertThat(course.untilRate(1, 20, 0.1, 1)).hasValue(1);
  }

  @Test
  void a_rate_is_followed_at_once_when_there_is_no_time_between() {
    assertThat(delivering(50, 50, 10, 10, 10).untilRate(1, 20, 0.1, 1)).hasValue(0);
  }

  @Test
  void a_rate_that_passes_by_on_the_way_is_not_followed() {
    assertThat(delivering(50, 10, 0, 0, 10, 10).untilRate(0, 20, 0.1, 1)).hasValue(2);
  }

  @Test
  void a_rate_is_not_followed_in_less_than_the_seconds_of_the_mean() {
    assertThat(delivering(50, 50, 10).untilRate(0, 20, 0.1, 1)).isEmpty();
  }

  @Test
  void a_backlog_is_gone_at_the_end_of_the_first_sample_with_no_more() {
    assertThat(waiting(2, 90, 50, 3, 2).untilWaiting(0.5, 3)).hasValue(1.5);
  }

  @Test
  void a_backlog_that_stays_is_never_gone() {
    assertThat(waiting(2, 90, 50).untilWaiting(0.5, 3)).isEmpty();
  }

  @Test
  void what_lies_between_is_whole_samples() {
    Course part = delivering(1, 2, 3, 4).between(0.4, 1.6);

    assertThat(part.sum(Sample::delivered)).isEqualTo(5);
    assertThat(part.rate(Sample::delivered)).isEqualTo(5);
  }

  @Test
  void parts_have_the_samples_that_begin_in_them() {
    assertThat(delivering(1, 2, 3, 4, 5).every(1))
        .extracting(part -> part.sum(Sample::delivered))
        .containsExactly(3.0, 7.0, 5.0);
    assertThat(delivering(1, 2, 3, 4, 5).every(2))
        .extracting(Course::middle)
        .containsExactly(1.0, 2.25);
  }

  @Test
  void latency_is_that_of_all_its_requests() {
    var slow = new Histogram(2);
    slow.recordValueWithCount(900_000_000, 2);
    var fast = new Histogram(2);
    fast.recordValueWithCount(10_000_000, 3);
    var course =
        new Course(
            List.of(new Sample(0, 1, 0, 0, 0, 0, 0, slow), new Sample(1, 2, 0, 0, 0, 0, 0, fast)));

    assertThat(course.latencyMillis(50)).isCloseTo(10, within(0.1));
    assertThat(course.latencyMillis(99)).isCloseTo(900, within(9.0));
    assertThat(course.requests()).isEqualTo(5);
  }

  @Test
  void latency_is_no_number_without_requests() {
    assertThat(delivering(1).latencyMillis(50)).isNaN();
  }
}
