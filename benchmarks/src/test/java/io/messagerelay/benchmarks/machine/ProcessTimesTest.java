package io.messagerelay.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class ProcessTimesTest {
  private final ProcessTimes own = ProcessTimes.ofThisProcess();

  @Test
  void tells_time_and_memory_of_this_process() {
    assertThat(own.processorTime()).isPositive();
    assertThat(own.residentBytes()).isPositive().isLessThanOrEqualTo(own.mostResidentBytes());
  }

  @Test
  void is_found_by_the_port_it_listens_on() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Listener.on(socket.getLocalPort())).contains(own);
    }
  }
}
